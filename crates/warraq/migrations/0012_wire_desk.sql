-- The wire desk: feeds that are asked by themselves, and what came of them.
CREATE TABLE wire_sources (
    id              BIGINT PRIMARY KEY,
    name            TEXT NOT NULL,
    address         TEXT NOT NULL,
    -- empty: as the feed says
    licence         TEXT NOT NULL,
    section_id      BIGINT REFERENCES sections (id),
    -- empty: as the feed says
    language        TEXT NOT NULL,
    -- hold or publish
    rule            TEXT NOT NULL,
    minutes         BIGINT NOT NULL,
    -- 0: it rests
    active          BIGINT NOT NULL,
    -- what it told of its last answer, to ask whether there is anything new
    tag             TEXT NOT NULL,
    modified        TEXT NOT NULL,
    tried_at        BIGINT,
    succeeded_at    BIGINT,
    -- how many stories the last answer had
    stories         BIGINT NOT NULL,
    -- why nothing came: a word and what belongs to it; empty: something did
    trouble         TEXT NOT NULL,
    trouble_detail  TEXT NOT NULL,
    failures        BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    -- until then somebody is asking it
    leased_until    BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    -- it is asked no more; what came of it still names it
    removed_at      BIGINT
);
CREATE INDEX wire_sources_due ON wire_sources (due_at) WHERE active = 1 AND removed_at IS NULL;
CREATE UNIQUE INDEX wire_sources_address ON wire_sources (address) WHERE removed_at IS NULL;

CREATE TABLE wire_stories (
    id            BIGINT PRIMARY KEY,
    source_id     BIGINT NOT NULL REFERENCES wire_sources (id),
    -- what it is known by there
    guid          TEXT NOT NULL,
    -- of all that it says: by this a newer text is noticed
    content_hash  BYTEA NOT NULL,
    address       TEXT NOT NULL,
    headline      TEXT NOT NULL,
    standfirst    TEXT NOT NULL,
    excerpt       TEXT NOT NULL,
    -- sanitised
    body          TEXT NOT NULL,
    bylines       TEXT NOT NULL,
    licence       TEXT NOT NULL,
    language      TEXT NOT NULL,
    -- its date there, never later than when it came
    at            BIGINT NOT NULL,
    fetched_at    BIGINT NOT NULL,
    -- the first story that says the same, or itself
    group_id      BIGINT NOT NULL,
    -- 1: the first of its source in the group
    leads         BIGINT NOT NULL,
    -- see news/likeness.rs; empty: too short
    likeness      BYTEA NOT NULL,
    -- new, taken, dismissed, expired
    state         TEXT NOT NULL,
    article_id    BIGINT REFERENCES articles (id),
    -- 1: the rule of its source published the article
    let_out       BIGINT NOT NULL,
    -- an article that says the same
    same_as       BIGINT REFERENCES articles (id),
    -- who decided; NULL: a rule
    user_id       BIGINT REFERENCES users (id),
    decided_at    BIGINT,
    -- what was dismissed in one go comes back in one go
    batch         BIGINT,
    -- since when the feed has it no longer
    gone_at       BIGINT
);
CREATE UNIQUE INDEX wire_stories_name ON wire_stories (source_id, guid);
CREATE INDEX wire_stories_guid ON wire_stories (guid);
-- The list of the desk, and of one source.
CREATE INDEX wire_stories_list ON wire_stories (state, at, id) WHERE group_id = id;
CREATE INDEX wire_stories_source ON wire_stories (source_id, state, at, id) WHERE leads = 1;
CREATE INDEX wire_stories_group ON wire_stories (group_id, id);
CREATE INDEX wire_stories_batch ON wire_stories (batch) WHERE batch IS NOT NULL;
-- What its feed still has; what waits too long; what is forgotten.
CREATE INDEX wire_stories_there ON wire_stories (source_id) WHERE gone_at IS NULL;
CREATE INDEX wire_stories_age ON wire_stories (fetched_at) WHERE state IN ('new', 'dismissed');
CREATE INDEX wire_stories_gone ON wire_stories (gone_at) WHERE gone_at IS NOT NULL;

-- Stories that are alike have a band in common; those that repeat another have none.
CREATE TABLE wire_story_bands (
    band      BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    story_id  BIGINT NOT NULL REFERENCES wire_stories (id),
    PRIMARY KEY (band, at, story_id)
) /* WITHOUT ROWID */;
-- A story that goes takes its bands along.
CREATE INDEX wire_story_bands_story ON wire_story_bands (story_id);
CREATE INDEX wire_story_bands_age ON wire_story_bands (at);

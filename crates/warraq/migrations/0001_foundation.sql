-- The publication and its people, articles, comments, pictures and work to do.
--
-- One text for both engines. Times are milliseconds since 1970-01-01 UTC, booleans are 0 and 1, JSON is text that we
-- parse. Two spellings are adapted by engine/sqlite.rs: BIGINT PRIMARY KEY becomes INTEGER PRIMARY KEY (SQLite's row
-- id), and the comment WITHOUT ROWID becomes the clause.

CREATE TABLE site (
    id          BIGINT PRIMARY KEY CHECK (id = 1),
    title       TEXT NOT NULL,
    tagline     TEXT NOT NULL,
    language    TEXT NOT NULL,
    time_zone   TEXT NOT NULL,
    base_url    TEXT NOT NULL,
    permalink   TEXT NOT NULL,
    settings    TEXT NOT NULL,
    changed_at  BIGINT NOT NULL
);

-- The last number given to each noun. Numbers are never used again.
CREATE TABLE counters (
    name   TEXT NOT NULL PRIMARY KEY,
    value  BIGINT NOT NULL
) /* WITHOUT ROWID */;

CREATE TABLE sections (
    id           BIGINT PRIMARY KEY,
    parent_id    BIGINT REFERENCES sections (id),
    slug         TEXT NOT NULL,
    -- slugs from the outermost section down, joined by '/': what stands in the address
    path         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    description  TEXT NOT NULL DEFAULT '',
    position     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX sections_parent ON sections (parent_id);

CREATE TABLE tags (
    id           BIGINT PRIMARY KEY,
    slug         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL,
    description  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX tags_folded ON tags (folded);

CREATE TABLE people (
    id    BIGINT PRIMARY KEY,
    slug  TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    bio   TEXT NOT NULL DEFAULT ''
);

-- Staff accounts. The address is sealed; address_index is a keyed hash, for sign-in only.
CREATE TABLE users (
    id             BIGINT PRIMARY KEY,
    person_id      BIGINT REFERENCES people (id),
    name           TEXT NOT NULL,
    role           TEXT NOT NULL,
    address        BYTEA NOT NULL,
    address_index  BYTEA NOT NULL UNIQUE,
    password_hash  TEXT,
    created_at     BIGINT NOT NULL
);

CREATE TABLE media (
    id            BIGINT PRIMARY KEY,
    -- hash of the bytes as they came in: the same picture is kept once
    origin_hash   TEXT NOT NULL UNIQUE,
    file          TEXT NOT NULL,
    mime          TEXT NOT NULL,
    width         BIGINT NOT NULL,
    height        BIGINT NOT NULL,
    bytes         BIGINT NOT NULL,
    focal_x       BIGINT NOT NULL DEFAULT 50,
    focal_y       BIGINT NOT NULL DEFAULT 50,
    alt           TEXT NOT NULL DEFAULT '',
    credit        TEXT NOT NULL DEFAULT '',
    -- JSON list of {width, height, file}: derived, made again by a job
    renditions    TEXT NOT NULL DEFAULT '[]',
    created_at    BIGINT NOT NULL
);

CREATE TABLE articles (
    id                 BIGINT PRIMARY KEY,
    form               TEXT NOT NULL,
    status             TEXT NOT NULL,
    kind               TEXT NOT NULL,
    language           TEXT NOT NULL,
    slug               TEXT NOT NULL,
    -- who it is for other systems: never changes, also when the address does
    guid               TEXT NOT NULL UNIQUE,
    version            BIGINT NOT NULL,
    section_id         BIGINT REFERENCES sections (id),
    translation_group  BIGINT,
    published_at       BIGINT,
    scheduled_at       BIGINT,
    updated_at         BIGINT NOT NULL,
    created_at         BIGINT NOT NULL,
    comments_open      BIGINT NOT NULL,
    comment_count      BIGINT NOT NULL DEFAULT 0,
    word_count         BIGINT NOT NULL,
    lead_media_id      BIGINT REFERENCES media (id),
    lead_alt           TEXT NOT NULL DEFAULT '',
    lead_caption       TEXT NOT NULL DEFAULT '',
    lead_credit        TEXT NOT NULL DEFAULT '',
    source_name        TEXT NOT NULL DEFAULT '',
    source_url         TEXT NOT NULL DEFAULT '',
    licence            TEXT NOT NULL DEFAULT '',
    withdrawn_reason   TEXT NOT NULL DEFAULT '',
    kicker             TEXT NOT NULL DEFAULT '',
    headline           TEXT NOT NULL,
    standfirst         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX articles_translations ON articles (translation_group);
-- What the newsroom lists: drafts, what is scheduled…
CREATE INDEX articles_status ON articles (status, updated_at);
-- Standing pages are few and named on every page.
CREATE INDEX articles_pages ON articles (status, id) WHERE form = 'page';

-- The text, apart from the rest: a new comment changes a counter of the article and must not write its text again.
CREATE TABLE bodies (
    article_id  BIGINT PRIMARY KEY REFERENCES articles (id),
    html        TEXT NOT NULL
);

-- Every slug that an article has or had. One owner for ever.
CREATE TABLE slugs (
    slug        TEXT NOT NULL PRIMARY KEY,
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    since       BIGINT NOT NULL
) /* WITHOUT ROWID */;
CREATE INDEX slugs_article ON slugs (article_id);

CREATE TABLE article_sections (
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    section_id  BIGINT NOT NULL REFERENCES sections (id),
    position    BIGINT NOT NULL,
    PRIMARY KEY (article_id, section_id)
) /* WITHOUT ROWID */;

CREATE TABLE article_tags (
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    tag_id      BIGINT NOT NULL REFERENCES tags (id),
    position    BIGINT NOT NULL,
    PRIMARY KEY (article_id, tag_id)
) /* WITHOUT ROWID */;

CREATE TABLE bylines (
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    position    BIGINT NOT NULL,
    person_id   BIGINT NOT NULL REFERENCES people (id),
    role        TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) /* WITHOUT ROWID */;

-- Everything that an article ever said; number counts up from 1 within the article.
CREATE TABLE revisions (
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    number      BIGINT NOT NULL,
    user_id     BIGINT REFERENCES users (id),
    draft       TEXT NOT NULL,
    note        TEXT NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (article_id, number)
);

CREATE TABLE corrections (
    id          BIGINT PRIMARY KEY,
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    kind        TEXT NOT NULL,
    note        TEXT NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE INDEX corrections_article ON corrections (article_id);

-- Which published article stands in which list: derived from the tables above, kept so that a page of a list costs
-- the same in an archive of any size. list and key are explained in store/listings.rs.
CREATE TABLE listings (
    list          BIGINT NOT NULL,
    key           BIGINT NOT NULL,
    published_at  BIGINT NOT NULL,
    article_id    BIGINT NOT NULL REFERENCES articles (id),
    PRIMARY KEY (list, key, published_at, article_id)
) /* WITHOUT ROWID */;
CREATE INDEX listings_article ON listings (article_id);

CREATE TABLE listing_counts (
    list  BIGINT NOT NULL,
    key   BIGINT NOT NULL,
    n     BIGINT NOT NULL,
    PRIMARY KEY (list, key)
) /* WITHOUT ROWID */;

-- The places of the front page that an editor filled by hand.
CREATE TABLE front_slots (
    position    BIGINT NOT NULL PRIMARY KEY,
    article_id  BIGINT NOT NULL UNIQUE REFERENCES articles (id)
);

CREATE TABLE comments (
    id             BIGINT PRIMARY KEY,
    article_id     BIGINT NOT NULL REFERENCES articles (id),
    parent_id      BIGINT REFERENCES comments (id),
    -- the comment that began the thread; its own id for one that answers the article
    thread_id      BIGINT NOT NULL,
    status         TEXT NOT NULL,
    reason         TEXT NOT NULL DEFAULT '',
    user_id        BIGINT REFERENCES users (id),
    author         TEXT NOT NULL,
    author_url     TEXT NOT NULL DEFAULT '',
    -- sealed with a key outside the database; NULL once expired. Nothing is ordered or found by it.
    address        BYTEA,
    -- keyed hash: «was a comment from this address approved before?»
    address_index  BYTEA,
    -- sealed network address and keyed hash of its block; NULL once expired
    network        BYTEA,
    network_index  BYTEA,
    -- keyed hash of the folded text, finds repetitions
    text_index     BYTEA NOT NULL,
    -- random, from it the picture beside the name is drawn
    avatar         BIGINT NOT NULL,
    guid           TEXT UNIQUE,
    text           TEXT NOT NULL,
    html           TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    decided_at     BIGINT
);
CREATE INDEX comments_article ON comments (article_id, status, thread_id, id);
CREATE INDEX comments_status ON comments (status, id);
CREATE INDEX comments_address ON comments (address_index, status);
CREATE INDEX comments_network ON comments (network_index, created_at);
CREATE INDEX comments_text ON comments (text_index, created_at);
CREATE INDEX comments_private ON comments (created_at) WHERE address IS NOT NULL OR network IS NOT NULL;

CREATE TABLE jobs (
    id          BIGINT PRIMARY KEY,
    kind        TEXT NOT NULL,
    payload     TEXT NOT NULL,
    -- two jobs with one key are one job
    unique_key  TEXT UNIQUE,
    state       TEXT NOT NULL,
    run_at      BIGINT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    -- a worker that died gives the job back when its lease ends
    lease_ends  BIGINT,
    worker      TEXT NOT NULL DEFAULT '',
    last_error  TEXT NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (state, run_at, id);

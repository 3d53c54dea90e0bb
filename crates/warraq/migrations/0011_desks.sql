-- The comments desk: why a comment was judged as it was, who decided what about it, whom we no longer hear, who looked
-- at an address.
ALTER TABLE comments ADD COLUMN findings TEXT NOT NULL DEFAULT '';
-- The queue of one article, and of one reason, newest first.
CREATE INDEX comments_of_article ON comments (article_id, status, id);
CREATE INDEX comments_reason ON comments (status, reason, id) WHERE reason <> '';
-- Answers to a comment that is deleted go up to the one before it.
CREATE INDEX comments_parent ON comments (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE comment_acts (
    id             BIGINT PRIMARY KEY,
    -- the comment may be gone: what was decided about it is remembered
    comment_id     BIGINT NOT NULL,
    -- what was decided in one go is undone in one go
    batch          BIGINT NOT NULL,
    -- NULL: the command line, or a rule
    user_id        BIGINT REFERENCES users (id),
    act            TEXT NOT NULL,
    status_before  TEXT NOT NULL,
    reason_before  TEXT NOT NULL,
    status_after   TEXT NOT NULL,
    reason_after   TEXT NOT NULL,
    created_at     BIGINT NOT NULL
);
CREATE INDEX comment_acts_comment ON comment_acts (comment_id, id);
CREATE INDEX comment_acts_batch ON comment_acts (batch, id);

CREATE TABLE bans (
    id          BIGINT PRIMARY KEY,
    -- address or network
    kind        TEXT NOT NULL,
    -- keyed hash: the same that the comments carry
    key_index   BYTEA NOT NULL,
    reason      TEXT NOT NULL,
    -- the comment that it began with
    comment_id  BIGINT NOT NULL,
    user_id     BIGINT REFERENCES users (id),
    created_at  BIGINT NOT NULL,
    lifted_at   BIGINT,
    lifted_by   BIGINT REFERENCES users (id)
);
CREATE UNIQUE INDEX bans_key ON bans (key_index) WHERE lifted_at IS NULL;
CREATE INDEX bans_in_force ON bans (id) WHERE lifted_at IS NULL;

CREATE TABLE address_views (
    id          BIGINT PRIMARY KEY,
    comment_id  BIGINT NOT NULL,
    user_id     BIGINT NOT NULL REFERENCES users (id),
    created_at  BIGINT NOT NULL
);
CREATE INDEX address_views_comment ON address_views (comment_id, id);

-- The media library: what a file was called, what is said of it, who brought it.
ALTER TABLE media ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN caption TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN licence TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN user_id BIGINT REFERENCES users (id);
-- The library shows pictures alone, whatever lies between them.
CREATE INDEX media_pictures ON media (id) WHERE width > 0;
CREATE INDEX old_files_media ON old_files (media_id) WHERE media_id IS NOT NULL;

-- The words by which a picture is found, folded.
CREATE TABLE media_words (
    word      TEXT NOT NULL,
    media_id  BIGINT NOT NULL REFERENCES media (id),
    PRIMARY KEY (word, media_id)
) /* WITHOUT ROWID */;
CREATE INDEX media_words_media ON media_words (media_id);

-- Which articles show a picture, in any of their versions.
CREATE TABLE media_uses (
    media_id    BIGINT NOT NULL REFERENCES media (id),
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    PRIMARY KEY (media_id, article_id)
) /* WITHOUT ROWID */;
CREATE INDEX media_uses_article ON media_uses (article_id);
-- The picture on top of an article, looked for when a picture is to be deleted.
CREATE INDEX articles_lead ON articles (lead_media_id) WHERE lead_media_id IS NOT NULL;
INSERT INTO media_uses (media_id, article_id) SELECT lead_media_id, id FROM articles WHERE lead_media_id IS NOT NULL;

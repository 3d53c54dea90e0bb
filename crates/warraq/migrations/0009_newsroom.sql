-- The newsroom: who is signed in, who works on what.
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN disabled_at BIGINT;

CREATE TABLE sessions (
    -- hash of the token in the cookie; the token itself is kept nowhere
    token_hash  BYTEA NOT NULL PRIMARY KEY,
    user_id     BIGINT NOT NULL REFERENCES users (id),
    -- what the browser says it is, for the list of one's own sessions
    agent       TEXT NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id, created_at);

-- Who began it; NULL for what was imported.
ALTER TABLE articles ADD COLUMN user_id BIGINT REFERENCES users (id);
-- Whose turn it is.
ALTER TABLE articles ADD COLUMN assignee_id BIGINT REFERENCES users (id);
-- Where a draft is on its way to publication: a word of the publication's own list.
ALTER TABLE articles ADD COLUMN stage TEXT NOT NULL DEFAULT 'draft';
-- Counts every save in the newsroom, so that two who write at once do not overwrite each other.
ALTER TABLE articles ADD COLUMN draft_version BIGINT NOT NULL DEFAULT 0;
CREATE INDEX articles_user ON articles (user_id, updated_at) WHERE user_id IS NOT NULL;
CREATE INDEX articles_assignee ON articles (assignee_id, updated_at) WHERE assignee_id IS NOT NULL;
CREATE INDEX articles_scheduled ON articles (scheduled_at, id) WHERE scheduled_at IS NOT NULL;

-- Who has an article open for writing. A lock that was not renewed for a while is nobody's.
CREATE TABLE edit_locks (
    article_id  BIGINT PRIMARY KEY REFERENCES articles (id),
    user_id     BIGINT NOT NULL REFERENCES users (id),
    since       BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL
);

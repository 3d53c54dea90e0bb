-- Files of a site that moved in, and which of them have not come yet.
CREATE TABLE old_files (
    -- the whole address that it had there
    url       TEXT PRIMARY KEY,
    -- what it is here; NULL as long as it has not come
    media_id  BIGINT REFERENCES media (id),
    -- for those who do not see it, and who made it
    alt       TEXT NOT NULL DEFAULT '',
    credit    TEXT NOT NULL DEFAULT '',
    -- why it did not come, and when it was last tried
    reason    TEXT NOT NULL DEFAULT '',
    tried_at  BIGINT
);
CREATE INDEX old_files_missing ON old_files (url) WHERE media_id IS NULL;

-- Articles that show or name a file that has not come, or has come and was not put there yet.
CREATE TABLE missing_files (
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    url         TEXT NOT NULL REFERENCES old_files (url),
    -- JSON of what to say about it on top of the article; empty when it stands in the text alone
    lead        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (article_id, url)
) /* WITHOUT ROWID */;
CREATE INDEX missing_files_url ON missing_files (url);

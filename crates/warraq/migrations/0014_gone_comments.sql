-- Comments that came from elsewhere and were taken out for good: the next import leaves them out.
CREATE TABLE gone_comments (
    guid  TEXT NOT NULL PRIMARY KEY
) /* WITHOUT ROWID */;

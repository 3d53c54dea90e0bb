-- Addresses of a site that moved in, where they lead nowhere by themselves.
CREATE TABLE old_addresses (
    -- path, and query where it has one; what is not ASCII percent-encoded in small letters
    path       TEXT PRIMARY KEY,
    -- to an article …
    article_id BIGINT REFERENCES articles (id),
    -- … or to another place of the publication: a path, encoded
    place      TEXT NOT NULL DEFAULT ''
);

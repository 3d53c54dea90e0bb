-- What search engines and shared links are told of an article, where that is not what the article says.
ALTER TABLE articles ADD COLUMN preview_title TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN preview_description TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN preview_hidden BIGINT NOT NULL DEFAULT 0;

-- What came in from elsewhere, as it was there: for what has no place here yet, and for a better reading later.
CREATE TABLE originals (
    -- what it was known by there
    guid        TEXT PRIMARY KEY,
    -- what it was, such as wordpress-post or wordpress-nav_menu_item
    kind        TEXT NOT NULL,
    -- what became of it, if anything
    article_id  BIGINT REFERENCES articles (id),
    -- keyed hash of the content
    content_index BYTEA NOT NULL,
    -- packed, then sealed: forms that readers once filled in may be among them
    content     BYTEA NOT NULL
);
CREATE INDEX originals_article ON originals (article_id);

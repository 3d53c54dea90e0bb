-- Stories of agencies: what each text is like, so that the same story from another source is found.
CREATE TABLE wires (
    article_id  BIGINT PRIMARY KEY REFERENCES articles (id),
    -- the story that it repeats
    same_as     BIGINT REFERENCES articles (id),
    -- its date there
    at          BIGINT NOT NULL,
    -- see news/likeness.rs
    likeness    BYTEA NOT NULL
);

-- Texts that are alike have a band in common; those that repeat another have none.
CREATE TABLE wire_bands (
    band        BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    article_id  BIGINT NOT NULL REFERENCES articles (id),
    PRIMARY KEY (band, at, article_id)
) /* WITHOUT ROWID */;

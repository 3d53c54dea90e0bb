-- What changed for readers, article by article. Whatever is derived from published articles follows it.
CREATE TABLE changes (
    article_id BIGINT PRIMARY KEY REFERENCES articles (id),
    -- counts up with every change; the article's last one stands here
    number     BIGINT NOT NULL UNIQUE
);

-- Searches that found nothing: the folded words, how often they were asked for, and the last day. Nobody's name.
CREATE TABLE empty_searches (
    words    TEXT PRIMARY KEY,
    asked    BIGINT NOT NULL,
    last_day BIGINT NOT NULL
);

-- The log of a site that is there already begins with everything that readers see.
INSERT INTO changes (article_id, number)
    SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM articles WHERE status = 'published';
INSERT INTO counters (name, value) SELECT 'change', COUNT(*) FROM changes HAVING COUNT(*) > 0;

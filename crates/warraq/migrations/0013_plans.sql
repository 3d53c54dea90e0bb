-- What the newsroom intends with an article.
CREATE TABLE plans (
    article_id  BIGINT PRIMARY KEY REFERENCES articles (id),
    -- the day that it is planned for: midnight UTC of that civil day
    planned_on  BIGINT,
    -- it must not go out before
    embargo_at  BIGINT,
    -- it goes away then
    expires_at  BIGINT
);
CREATE INDEX plans_planned ON plans (planned_on, article_id) WHERE planned_on IS NOT NULL;
CREATE INDEX plans_expires ON plans (expires_at, article_id) WHERE expires_at IS NOT NULL;

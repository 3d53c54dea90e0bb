-- Which revision readers see: 0 while none was published, or when nobody can say which it was.
ALTER TABLE articles ADD COLUMN published_revision BIGINT NOT NULL DEFAULT 0;
-- A revision that is older than the last change of what readers see went out with that change.
UPDATE articles SET published_revision = (SELECT MAX(r.number) FROM revisions r WHERE r.article_id = articles.id)
WHERE published_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM revisions r WHERE r.article_id = articles.id)
  AND NOT EXISTS (
    SELECT 1 FROM revisions r WHERE r.article_id = articles.id AND r.number > 1 AND r.created_at > articles.updated_at
  );

-- A picture that went out with an archive is known again by its name when it comes back.
CREATE INDEX media_file ON media (file);

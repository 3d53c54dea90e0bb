-- Drafts of one stage, and how many there are. The stages themselves stand in the settings of the publication. With the
-- status in it, although it is always the same, SQLite counts in the index alone.
CREATE INDEX articles_stage ON articles (status, stage, updated_at) WHERE status = 'draft';

-- Drafts of one stage, and how many there are. The stages themselves stand in the settings of the publication.
CREATE INDEX articles_stage ON articles (stage, updated_at) WHERE status = 'draft';

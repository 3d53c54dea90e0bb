-- A tag, or somebody with a byline, that is another one now: the address and the name lead there. One step, never two.
ALTER TABLE tags ADD COLUMN joined_to BIGINT;
ALTER TABLE people ADD COLUMN joined_to BIGINT;
-- Few are, and mostly none: whether there is one is asked whenever something is kept.
CREATE INDEX tags_joined ON tags (joined_to) WHERE joined_to IS NOT NULL;
CREATE INDEX people_joined ON people (joined_to) WHERE joined_to IS NOT NULL;

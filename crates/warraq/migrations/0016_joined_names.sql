-- A tag, or somebody with a byline, that is another one now: the address and the name lead there. One step, never two.
ALTER TABLE tags ADD COLUMN joined_to BIGINT;
ALTER TABLE people ADD COLUMN joined_to BIGINT;

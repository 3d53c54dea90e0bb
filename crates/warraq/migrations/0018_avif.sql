-- Which pictures were made as AVIF too, or turned out larger so. 0: not yet.
ALTER TABLE media ADD COLUMN avif_tried BIGINT NOT NULL DEFAULT 0;
CREATE INDEX media_without_avif ON media (id) WHERE avif_tried = 0 AND width > 0;

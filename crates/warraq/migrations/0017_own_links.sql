-- Links by which readers see what is kept of them and have it forgotten. The letter with the link went to the address whose
-- keyed hash this is; the address itself is not kept here.
CREATE TABLE own_links (
    token_hash     BYTEA NOT NULL PRIMARY KEY,
    address_index  BYTEA NOT NULL UNIQUE,
    created_at     BIGINT NOT NULL,
    ends_at        BIGINT NOT NULL
);
CREATE INDEX own_links_ends ON own_links (ends_at);

-- Accounts of the newsroom: how one comes in, how one gets back in, and who did what.

-- Where an account may work; none: everywhere.
CREATE TABLE user_sections (
    user_id     BIGINT NOT NULL REFERENCES users (id),
    section_id  BIGINT NOT NULL REFERENCES sections (id),
    PRIMARY KEY (user_id, section_id)
) /* WITHOUT ROWID */;

-- Somebody who was asked to join and has not answered. The address is sealed; an address is asked once at a time.
CREATE TABLE invitations (
    id             BIGINT PRIMARY KEY,
    token_hash     BYTEA NOT NULL UNIQUE,
    address        BYTEA NOT NULL,
    address_index  BYTEA NOT NULL UNIQUE,
    -- who it is, as the one who asks calls them
    name           TEXT NOT NULL,
    role           TEXT NOT NULL,
    -- numbers of sections, joined by commas; empty: everywhere
    sections       TEXT NOT NULL,
    language       TEXT NOT NULL,
    user_id        BIGINT REFERENCES users (id),
    created_at     BIGINT NOT NULL,
    ends_at        BIGINT NOT NULL
);

-- Links that lead to a new password (of an account, for an hour) or to the first account (of nobody, until the next
-- start). One of each.
CREATE TABLE links (
    token_hash  BYTEA NOT NULL PRIMARY KEY,
    user_id     BIGINT UNIQUE REFERENCES users (id),
    created_at  BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL
);

-- Second factors. The secret is sealed; last_step is the last step of the clock whose code was taken.
CREATE TABLE factors (
    user_id       BIGINT PRIMARY KEY REFERENCES users (id),
    secret        BYTEA NOT NULL,
    confirmed_at  BIGINT,
    last_step     BIGINT NOT NULL DEFAULT 0,
    created_at    BIGINT NOT NULL
);

-- What stands in for a lost second factor, each once.
CREATE TABLE recovery_codes (
    user_id    BIGINT NOT NULL REFERENCES users (id),
    code_hash  BYTEA NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (user_id, code_hash)
);

-- Who knew the password and has not yet given the code.
CREATE TABLE half_sessions (
    token_hash  BYTEA NOT NULL PRIMARY KEY,
    user_id     BIGINT NOT NULL REFERENCES users (id),
    tries       BIGINT NOT NULL DEFAULT 0,
    ends_at     BIGINT NOT NULL
);
CREATE INDEX half_sessions_user ON half_sessions (user_id);

-- What somebody did who had the right to. Rows are written in the transaction of what they tell, and never changed, but
-- for the count of failed attempts.
CREATE TABLE audit (
    id       BIGINT PRIMARY KEY,
    at       BIGINT NOT NULL,
    -- NULL: the command line, the timetable, or somebody unknown; see origin
    user_id  BIGINT REFERENCES users (id),
    origin   TEXT NOT NULL,
    act      TEXT NOT NULL,
    -- what it was done to: a noun and its number
    noun     TEXT NOT NULL,
    noun_id  BIGINT,
    details  TEXT NOT NULL,
    times    BIGINT NOT NULL DEFAULT 1,
    -- sealed block of the network address
    network  BYTEA
);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_user ON audit (user_id, at, id);
CREATE INDEX audit_act ON audit (act, at, id);
CREATE INDEX audit_user_act ON audit (user_id, act, at, id);
CREATE INDEX audit_network ON audit (at) WHERE network IS NOT NULL;

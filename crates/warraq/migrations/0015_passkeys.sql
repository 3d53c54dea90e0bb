-- Passkeys: what an account signs in with in the place of password and code (WebAuthn).

-- By which authenticators know the account: drawn by lot with the first passkey, and nothing that names anybody.
ALTER TABLE users ADD COLUMN handle BYTEA;
CREATE UNIQUE INDEX users_handle ON users (handle);

CREATE TABLE passkeys (
    id               BIGINT PRIMARY KEY,
    user_id          BIGINT NOT NULL REFERENCES users (id),
    -- the authenticator's number for it, up to 1023 bytes
    credential       BYTEA NOT NULL UNIQUE,
    -- of COSE: -7 (ES256), -8 (EdDSA)
    algorithm        BIGINT NOT NULL,
    public_key       BYTEA NOT NULL,
    -- how often the authenticator says that it signed; 0: it does not count
    counter          BIGINT NOT NULL,
    -- may be, and is, copied to other devices of its owner
    backup_eligible  BIGINT NOT NULL,
    backed_up        BIGINT NOT NULL,
    name             TEXT NOT NULL,
    created_at       BIGINT NOT NULL,
    used_at          BIGINT
);
CREATE INDEX passkeys_user ON passkeys (user_id);

-- What an authenticator was asked to sign. Taken once; those nobody answers are over after minutes. The key is the hash of
-- the token of a cookie at the door (user_id is NULL), or of the session of the one who registers.
CREATE TABLE passkey_challenges (
    token_hash  BYTEA NOT NULL PRIMARY KEY,
    user_id     BIGINT REFERENCES users (id),
    challenge   BYTEA NOT NULL,
    ends_at     BIGINT NOT NULL
);
CREATE INDEX passkey_challenges_ends ON passkey_challenges (ends_at);

//! Which laws do the fuzz targets check? Those that the tests of the library check on texts of their own.
//!
//! ```sh
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run folds -- -max_len=65536 -timeout=1
//! cargo +nightly fuzz run query --features query
//! cargo +nightly fuzz run passkeys --features passkeys
//! ```

#[path = "../../crates/arabic/tests/hostile/laws.rs"]
pub mod laws;

#[cfg(feature = "passkeys")]
#[path = "../../crates/warraq/tests/it/passkeys/laws.rs"]
pub mod passkeys;

#[cfg(feature = "query")]
#[path = "../../crates/warraq/tests/it/queries/laws.rs"]
pub mod queries;

//! How did the tables come to be? Numbered files, each run once, in order, whole or not at all.

use super::StoreError;
use super::engine::sqlite;
use super::writer::Hand;

/// Name and text of every migration; the number is the place in the list.
const MIGRATIONS: &[(&str, &str)] = &[
    ("foundation", include_str!("../../migrations/0001_foundation.sql")),
    ("search", include_str!("../../migrations/0002_search.sql")),
    ("old addresses", include_str!("../../migrations/0003_old_addresses.sql")),
    ("originals and previews", include_str!("../../migrations/0004_originals.sql")),
    ("old files", include_str!("../../migrations/0005_old_files.sql")),
    ("wires", include_str!("../../migrations/0006_wires.sql")),
    ("pulse", include_str!("../../migrations/0007_pulse.sql")),
    ("published revisions", include_str!("../../migrations/0008_published_revisions.sql")),
    ("newsroom", include_str!("../../migrations/0009_newsroom.sql")),
    ("accounts", include_str!("../../migrations/0010_accounts.sql")),
    ("desks", include_str!("../../migrations/0011_desks.sql")),
    ("wire desk", include_str!("../../migrations/0012_wire_desk.sql")),
    ("plans", include_str!("../../migrations/0013_plans.sql")),
    ("gone comments", include_str!("../../migrations/0014_gone_comments.sql")),
    ("passkeys", include_str!("../../migrations/0015_passkeys.sql")),
    ("joined names", include_str!("../../migrations/0016_joined_names.sql")),
    ("own links", include_str!("../../migrations/0017_own_links.sql")),
    ("avif", include_str!("../../migrations/0018_avif.sql")),
    ("stages", include_str!("../../migrations/0019_stages.sql")),
];

/// Bring the database up to date.
pub(super) fn run(hand: &mut Hand) -> Result<(), StoreError> {
    hand.begin()?;
    let result = run_all(hand);
    hand.batch(if result.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    result
}

/// The newest migration that this program has.
pub(super) fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

fn run_all(hand: &mut Hand) -> Result<(), StoreError> {
    hand.batch("CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)")?;
    let found = hand.with(|tx| tx.value::<i64>("SELECT MAX(number) FROM migrations", &[]))??.unwrap_or(0);
    if found > newest() {
        return Err(StoreError::TooNew { found, known: newest() });
    }
    for (place, (name, text)) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        let text = if hand.is_sqlite() { sqlite::dialect(text) } else { (*text).to_owned() };
        hand.batch(&text)?;
        let number = place as i64 + 1;
        hand.with(|tx| {
            tx.execute("INSERT INTO migrations (number, name) VALUES ($1, $2)", &[number.into(), (*name).into()])
        })??;
        tracing::info!(number, name, "migrated the database");
    }
    Ok(())
}

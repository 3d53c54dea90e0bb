//! Everything in one file, and back.
//!
//! The copy of a database is always a SQLite file, whatever engine it came from: so a backup of one engine can be
//! restored into the other, and anybody can open it in twenty years. SQLite is copied page by page while the site
//! serves; PostgreSQL row by row inside one snapshot.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::engine::postgres as server;
use super::engine::{Cell, sqlite};
use super::writer::Hand;
use super::{Arg, Db, Location, Sql, Store, StoreError, changes, migrations};

/// A finished copy of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Rows of all tables together.
    pub rows: i64,
}

/// Why there is no good copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The copy was opened and does not hold together.
    #[error("the copy was opened and is not good: {0}")]
    NotGood(String),
    /// The place where a backup should be restored to is in use.
    #[error("{0} is not empty; restore into a new place")]
    NotEmpty(String),
}

/// One table: how to read all of it, how to write a row, how many columns.
struct Table {
    name: &'static str,
    select: Sql,
    insert: Sql,
    count: Sql,
    columns: usize,
}

macro_rules! tables {
    ($($name:literal ($columns:literal) = $values:literal, $count:literal;)*) => {
        /// Every table, parents before children. A test compares it with the tables that there are.
        const TABLES: &[Table] = &[$(Table {
            name: $name,
            select: concat!("SELECT ", $columns, " FROM ", $name),
            insert: concat!("INSERT INTO ", $name, " (", $columns, ") VALUES (", $values, ")"),
            count: concat!("SELECT COUNT(*) FROM ", $name),
            columns: $count,
        },)*];
    };
}

tables! {
    "site" ("id, title, tagline, language, time_zone, base_url, permalink, settings, changed_at") = "$1, $2, $3, $4, $5, $6, $7, $8, $9", 9;
    "counters" ("name, value") = "$1, $2", 2;
    "sections" ("id, parent_id, slug, path, name, description, position") = "$1, $2, $3, $4, $5, $6, $7", 7;
    "tags" ("id, slug, name, folded, description, joined_to") = "$1, $2, $3, $4, $5, $6", 6;
    "people" ("id, slug, name, bio, joined_to") = "$1, $2, $3, $4, $5", 5;
    "users" ("id, person_id, name, role, address, address_index, password_hash, created_at, language, disabled_at, handle") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11", 11;
    "sessions" ("token_hash, user_id, agent, created_at, seen_at") = "$1, $2, $3, $4, $5", 5;
    "user_sections" ("user_id, section_id") = "$1, $2", 2;
    "invitations" ("id, token_hash, address, address_index, name, role, sections, language, user_id, created_at, ends_at") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11", 11;
    "own_links" ("token_hash, address_index, created_at, ends_at") = "$1, $2, $3, $4", 4;
    "links" ("token_hash, user_id, created_at, ends_at") = "$1, $2, $3, $4", 4;
    "factors" ("user_id, secret, confirmed_at, last_step, created_at") = "$1, $2, $3, $4, $5", 5;
    "recovery_codes" ("user_id, code_hash, used_at") = "$1, $2, $3", 3;
    "half_sessions" ("token_hash, user_id, tries, ends_at") = "$1, $2, $3, $4", 4;
    "passkeys" ("id, user_id, credential, algorithm, public_key, counter, backup_eligible, backed_up, name, created_at, used_at") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11", 11;
    "passkey_challenges" ("token_hash, user_id, challenge, ends_at") = "$1, $2, $3, $4", 4;
    "audit" ("id, at, user_id, origin, act, noun, noun_id, details, times, network") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10", 10;
    "media" ("id, origin_hash, file, mime, width, height, bytes, focal_x, focal_y, alt, credit, renditions, created_at, name, caption, licence, user_id, avif_tried") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18", 18;
    "articles" ("id, form, status, kind, language, slug, guid, version, section_id, translation_group, published_at, scheduled_at, updated_at, created_at, comments_open, comment_count, word_count, lead_media_id, lead_alt, lead_caption, lead_credit, source_name, source_url, licence, withdrawn_reason, kicker, headline, standfirst, preview_title, preview_description, preview_hidden, published_revision, user_id, assignee_id, stage, draft_version") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36", 36;
    "media_words" ("word, media_id") = "$1, $2", 2;
    "media_uses" ("media_id, article_id") = "$1, $2", 2;
    "edit_locks" ("article_id, user_id, since, seen_at") = "$1, $2, $3, $4", 4;
    "bodies" ("article_id, html") = "$1, $2", 2;
    "slugs" ("slug, article_id, since") = "$1, $2, $3", 3;
    "article_sections" ("article_id, section_id, position") = "$1, $2, $3", 3;
    "article_tags" ("article_id, tag_id, position") = "$1, $2, $3", 3;
    "bylines" ("article_id, position, person_id, role") = "$1, $2, $3, $4", 4;
    "revisions" ("article_id, number, user_id, draft, note, created_at") = "$1, $2, $3, $4, $5, $6", 6;
    "corrections" ("id, article_id, kind, note, created_at") = "$1, $2, $3, $4, $5", 5;
    "listings" ("list, key, published_at, article_id") = "$1, $2, $3, $4", 4;
    "listing_counts" ("list, key, n") = "$1, $2, $3", 3;
    "front_slots" ("position, article_id") = "$1, $2", 2;
    "comments" ("id, article_id, parent_id, thread_id, status, reason, user_id, author, author_url, address, address_index, network, network_index, text_index, avatar, guid, text, html, created_at, decided_at, findings") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21", 21;
    "gone_comments" ("guid") = "$1", 1;
    "comment_acts" ("id, comment_id, batch, user_id, act, status_before, reason_before, status_after, reason_after, created_at") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10", 10;
    "bans" ("id, kind, key_index, reason, comment_id, user_id, created_at, lifted_at, lifted_by") = "$1, $2, $3, $4, $5, $6, $7, $8, $9", 9;
    "address_views" ("id, comment_id, user_id, created_at") = "$1, $2, $3, $4", 4;
    "changes" ("article_id, number") = "$1, $2", 2;
    "pulses" ("number, changed") = "$1, $2", 2;
    "empty_searches" ("words, asked, last_day") = "$1, $2, $3", 3;
    "old_addresses" ("path, article_id, place") = "$1, $2, $3", 3;
    "originals" ("guid, kind, article_id, content_index, content") = "$1, $2, $3, $4, $5", 5;
    "old_files" ("url, media_id, alt, credit, reason, tried_at") = "$1, $2, $3, $4, $5, $6", 6;
    "missing_files" ("article_id, url, lead") = "$1, $2, $3", 3;
    "plans" ("article_id, planned_on, embargo_at, expires_at") = "$1, $2, $3, $4", 4;
    "wires" ("article_id, same_as, at, likeness") = "$1, $2, $3, $4", 4;
    "wire_bands" ("band, at, article_id") = "$1, $2, $3", 3;
    "wire_sources" ("id, name, address, licence, section_id, language, rule, minutes, active, tag, modified, tried_at, succeeded_at, stories, trouble, trouble_detail, failures, due_at, leased_until, created_at, removed_at") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21", 21;
    "wire_stories" ("id, source_id, guid, content_hash, address, headline, standfirst, excerpt, body, bylines, licence, language, at, fetched_at, group_id, leads, likeness, state, article_id, let_out, same_as, user_id, decided_at, batch, gone_at") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25", 25;
    "wire_story_bands" ("band, at, story_id") = "$1, $2, $3", 3;
    "jobs" ("id, kind, payload, unique_key, state, run_at, attempts, lease_ends, worker, last_error, created_at") = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11", 11;
}

impl Store {
    /// Copy the database into a new file while it is in use, open the copy, and check it.
    ///
    /// # Errors
    /// The database, or a copy that is not good.
    pub async fn copy_to(&self, file: &Path) -> Result<Backup, BackupError> {
        let (location, file) = (self.location().clone(), file.to_owned());
        let copied = tokio::task::spawn_blocking(move || {
            match location {
                Location::Sqlite(path) => copy_pages(&path, &file)?,
                Location::Postgres(url) => copy_rows_out(&url, &file)?,
            }
            check(&file)
        });
        copied.await.map_err(|error| StoreError::Unavailable(error.to_string()))?
    }
}

/// Fill an empty database from a copy, which may be older than this program. Its log of changes goes on under the name
/// `log`: who followed the database that was copied may know more than the copy.
///
/// # Errors
/// The copy is not good, or the database is not empty.
pub fn restore(file: &Path, into: &Location, log: i64) -> Result<Backup, BackupError> {
    let backup = check(file)?;
    match into {
        Location::Sqlite(path) if path.exists() => return Err(BackupError::NotEmpty(path.display().to_string())),
        Location::Sqlite(path) => copy_pages(file, path)?,
        Location::Postgres(url) => copy_rows_in(file, url)?,
    }
    let mut hand = migrated(into)?;
    hand.begin()?;
    hand.with(|tx| changes::begin(tx, log))??;
    hand.batch("COMMIT")?;
    Ok(backup)
}

/// Open a copy and look whether it holds together.
fn check(file: &Path) -> Result<Backup, BackupError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(StoreError::from)?;
    let mut db = Db::sqlite(&connection);
    let damage = super::health::damage(&mut db)?;
    if !damage.is_empty() {
        return Err(BackupError::NotGood(damage.join("; ")));
    }
    let version = db.value::<i64>("SELECT MAX(number) FROM migrations", &[])?.unwrap_or(0);
    if version == 0 || version > migrations::newest() {
        return Err(BackupError::NotGood(format!(
            "it has migration {version}, this program knows {}",
            migrations::newest()
        )));
    }
    let there: Vec<String> = db.all("SELECT name FROM sqlite_schema WHERE type = 'table'", &[], |row| row.get(0))?;
    // An older copy has fewer tables.
    let is_complete = version == migrations::newest();
    let mut rows = 0;
    for table in TABLES.iter().filter(|table| is_complete || there.iter().any(|name| name == table.name)) {
        if is_complete {
            db.each_row(table.select, &[], |_| {
                rows += 1;
                Ok(())
            })?;
        } else {
            // Nor has it all columns.
            rows += db.value::<i64>(table.count, &[])?.unwrap_or(0);
        }
    }
    Ok(Backup { rows })
}

/// SQLite's own way of copying a database that is being written.
fn copy_pages(from: &Path, to: &Path) -> Result<(), BackupError> {
    let source = sqlite::open(from, false)
        .or_else(|_| Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(StoreError::from))?;
    // One view of it from the first page to the last: without it every commit of somebody else would let SQLite begin the
    // copy anew, and on a busy site it would never end.
    source.execute_batch("BEGIN").map_err(StoreError::from)?;
    source.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(())).map_err(StoreError::from)?;
    create_private(to)?;
    let mut target = Connection::open(to).map_err(StoreError::from)?;
    let copy = rusqlite::backup::Backup::new(&source, &mut target).map_err(StoreError::from)?;
    copy.run_to_completion(1_000, Duration::from_millis(1), None).map_err(StoreError::from)?;
    drop(copy);
    // One file, not three: what is copied here is not served from here.
    target.pragma_update(None, "journal_mode", "DELETE").map_err(StoreError::from)?;
    target.close().map_err(|(_, error)| StoreError::from(error))?;
    std::fs::File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::Unavailable(error.to_string()))?;
    Ok(())
}

fn copy_rows_out(url: &str, to: &Path) -> Result<(), BackupError> {
    let mut session = server::connect(url)?;
    session.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
    create_private(to)?;
    let mut target = migrated(&Location::Sqlite(to.to_owned()))?;
    target.begin()?;
    // Parents may come after children within one table (a section and its parent).
    target.batch("PRAGMA defer_foreign_keys = ON")?;
    let mut source = Db::postgres(&mut session);
    for table in TABLES {
        copy_table(&mut source, &mut target, table)?;
    }
    target.batch("COMMIT")?;
    target.batch("PRAGMA journal_mode = DELETE")?;
    Ok(())
}

/// An empty file that nobody else may read: a copy holds drafts and sealed addresses.
fn create_private(file: &Path) -> Result<(), BackupError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    made.map(drop).map_err(|error| BackupError::Store(StoreError::Unavailable(format!("{}: {error}", file.display()))))
}

fn copy_rows_in(from: &Path, url: &str) -> Result<(), BackupError> {
    // The copy is brought up to date before its rows are read; the file that was given stays as it is.
    let current = from.with_extension("current");
    copy_pages(from, &current)?;
    drop(migrated(&Location::Sqlite(current.clone()))?);
    let copied = copy_current_rows_in(&current, url);
    // Left behind it would only take room.
    let _ = std::fs::remove_file(&current);
    copied
}

fn copy_current_rows_in(from: &Path, url: &str) -> Result<(), BackupError> {
    let connection = sqlite::open(from, false)?;
    let mut target = migrated(&Location::Postgres(url.to_owned()))?;
    let taken = target.with(|tx| tx.value::<i64>("SELECT COUNT(*) FROM site", &[]))??.unwrap_or(0);
    if taken > 0 {
        return Err(BackupError::NotEmpty("the database".into()));
    }
    target.begin()?;
    target.batch("SET CONSTRAINTS ALL DEFERRED")?;
    let mut source = Db::sqlite(&connection);
    for table in TABLES {
        copy_table(&mut source, &mut target, table)?;
    }
    target.batch("COMMIT")?;
    Ok(())
}

/// A database with all tables that this program knows.
fn migrated(location: &Location) -> Result<Hand, StoreError> {
    let mut hand = Hand::open(location)?;
    migrations::run(&mut hand)?;
    Ok(hand)
}

fn copy_table(source: &mut Db<'_>, target: &mut Hand, table: &Table) -> Result<(), BackupError> {
    let mut waiting: Vec<Vec<Cell>> =
        source.all(table.select, &[], |row| (0..table.columns).map(|column| row.get(column)).collect())?;
    parents_first(table, &mut waiting);
    target
        .with(|tx| {
            for row in &waiting {
                let args: Vec<Arg<'_>> = row.iter().map(Arg::from).collect();
                tx.later(table.insert, &args)?;
            }
            tx.settle()
        })?
        .map_err(|error| BackupError::NotGood(format!("{}: {error}", table.name)))
}

/// Answers after what they answer, sub-sections after sections. Numbers need not grow that way: an import gives another
/// number to what comes with one that is taken.
fn parents_first(table: &Table, rows: &mut [Vec<Cell>]) {
    let number = |cell: Option<&Cell>| if let Some(Cell::Int(number)) = cell { Some(*number) } else { None };
    let columns = table.select.trim_start_matches("SELECT ").split(" FROM ").next().unwrap_or_default();
    let Some(parent) = columns.split(", ").position(|column| column == "parent_id") else { return };
    let parents: HashMap<i64, i64> =
        rows.iter().filter_map(|row| Some((number(row.first())?, number(row.get(parent))?))).collect();
    // Rows that stand below each other in a circle are damaged; nobody shall wait for their end.
    let depth = |id: i64| std::iter::successors(Some(id), |id| parents.get(id).copied()).take(1_000).count();
    rows.sort_by_cached_key(|row| number(row.first()).map(|id| (depth(id), id)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_and_no_column_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.db");
        drop(migrated(&Location::Sqlite(path.clone())).expect("made"));
        let connection = Connection::open(&path).expect("opened");
        let mut db = Db::sqlite(&connection);
        let there = db
            .all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migrations' AND name NOT LIKE 'sqlite_%' ORDER BY name", &[], |row| row.get::<String>(0))
            .expect("tables");
        let mut ours: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        ours.sort_unstable();
        assert_eq!(there, ours);
        for table in TABLES {
            let columns = db
                .all("SELECT name FROM pragma_table_info($1) ORDER BY cid", &[table.name.into()], |row| {
                    row.get::<String>(0)
                })
                .expect("columns");
            assert_eq!(table.select, format!("SELECT {} FROM {}", columns.join(", "), table.name));
            assert_eq!(table.columns, columns.len());
        }
    }
}

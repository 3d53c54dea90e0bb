//! Opening a database: its settings, its migrations.

use rusqlite::Connection;
use warraq::store::{Location, Store, StoreError, health};

use crate::support::{Engine, Newsroom, on_both};

on_both! {
    async fn opening_again_finds_everything_and_migrates_nothing(site) {
        let editor = site.editor();
        let id = editor.publishes(crate::support::story("خبر")).await;
        let again = site.second_desk().await;
        let owner = again.store.read(move |db| warraq::store::articles::owner_of_id(db, id)).await.expect("a read");
        assert!(owner.is_some());
        let migrations = site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM migrations", &[])).await;
        assert_eq!(migrations, site.finds(|db| db.value::<i64>("SELECT MAX(number) FROM migrations", &[])).await);
    }

    async fn a_database_of_a_newer_program_is_not_touched(site) {
        site.desk
            .store
            .write(|tx| tx.execute("INSERT INTO migrations (number, name) VALUES (9999, 'later')", &[]))
            .await
            .expect("written");
        let location = site.location().clone();
        let opened = tokio::task::spawn_blocking(move || Store::open(&location, 1).map(drop)).await.expect("a thread");
        assert!(matches!(opened, Err(StoreError::TooNew { found: 9999, .. })), "{opened:?}");
    }

    async fn a_fresh_database_holds_together(site) {
        assert_eq!(site.finds(health::damage).await, Vec::<String>::new());
        assert_eq!(site.finds(health::wrong_counts).await, 0);
    }
}

#[test]
fn sqlite_keeps_its_promises_on_every_connection() {
    let site = Newsroom::open(Engine::Sqlite);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let pragmas = |db: &mut warraq::store::Db<'_>| {
        let number = |db: &mut warraq::store::Db<'_>, sql| db.value::<i64>(sql, &[]);
        Ok::<_, StoreError>((
            db.value::<String>("PRAGMA journal_mode", &[])?,
            number(db, "PRAGMA synchronous")?,
            number(db, "PRAGMA foreign_keys")?,
            number(db, "PRAGMA query_only")?,
        ))
    };
    let reading = runtime.block_on(site.desk.store.read(pragmas)).expect("a read");
    assert_eq!(reading, (Some("wal".into()), Some(2), Some(1), Some(1)), "readers");
    let writing = runtime.block_on(site.desk.store.write(move |tx| pragmas(tx))).expect("a write");
    assert_eq!(writing, (Some("wal".into()), Some(2), Some(1), Some(0)), "the writer");
}

#[test]
fn a_database_that_cannot_be_had_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = Location::Sqlite(folder.path().join("no/such/folder/warraq.db"));
    let opened = Store::open(&nowhere, 1).map(drop);
    assert!(matches!(opened, Err(StoreError::Unavailable(_))), "{opened:?}");
    let nobody = Location::Postgres(format!("postgres://x@127.0.0.1:{}/x", crate::support::binary::free_port()));
    let opened = Store::open(&nobody, 1).map(drop);
    assert!(matches!(opened, Err(StoreError::Unavailable(_))), "{opened:?}");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("warraq.db");
    std::fs::write(&path, "this is a shopping list, not a database, and it is long enough to be looked at")
        .expect("written");
    assert!(Store::open(&Location::Sqlite(path.clone()), 1).is_err());
    assert!(std::fs::read_to_string(&path).expect("read").starts_with("this is a shopping list"));
}

#[test]
fn damage_is_found() {
    let site = Newsroom::open(Engine::Sqlite);
    let connection = Connection::open(site.folder().join("warraq.db")).expect("opened");
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF; INSERT INTO slugs (slug, article_id, since) VALUES ('nowhere', 4711, 0)",
        )
        .expect("damaged");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let damage = runtime.block_on(site.desk.store.read(health::damage)).expect("a read");
    assert_eq!(damage.len(), 1, "{damage:?}");
}

/// Of an index that does not begin with the number, PostgreSQL would read everything to find a few numbers, for as long as
/// the writer's connection lasts, when it met the statement while the table was empty.
#[test]
fn a_postgres_that_writes_looks_for_single_rows_and_packs_texts_quickly() {
    Newsroom::run(Engine::Postgres, async |site| {
        let told = site.desk.store.write(|tx| {
            let plan = tx.all(
                "EXPLAIN SELECT id FROM comments WHERE id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
                   19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40)",
                &[],
                |row| row.get::<String>(0),
            )?;
            let long: String = (0..2_000).map(|number| format!("كلمة {number} ")).collect();
            tx.execute("INSERT INTO people (id, slug, name, bio) VALUES (1, 'x', 'x', $1)", &[(&long).into()])?;
            let packed = tx.value::<String>("SELECT pg_column_compression(bio) FROM people", &[])?;
            let knows = tx.value::<i64>(
                "SELECT COUNT(*) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)",
                &[],
            )?;
            Ok::<_, StoreError>((plan.join("\n"), packed, knows))
        });
        let (plan, packed, knows) = told.await.expect("told");
        assert!(plan.contains("using comments_pkey"), "{plan}");
        assert_eq!(packed.as_deref(), Some(if knows == Some(1) { "lz4" } else { "pglz" }));
    });
}

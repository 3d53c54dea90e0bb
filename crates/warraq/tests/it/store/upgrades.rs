//! A database that an older program made: it is brought up to date and loses nothing.

use warraq::store::{Location, Store, changes, restore, searches};

use crate::support::{Engine, Newsroom, on_both, story};

/// The database as the first program left it.
async fn grows_old(site: &Newsroom) {
    site.desk
        .write(|tx| {
            for sql in [
                "DROP INDEX media_without_avif",
                "ALTER TABLE media DROP COLUMN avif_tried",
                "DROP INDEX articles_stage",
                "DROP TABLE own_links",
                "DROP INDEX people_joined",
                "DROP INDEX tags_joined",
                "ALTER TABLE people DROP COLUMN joined_to",
                "ALTER TABLE tags DROP COLUMN joined_to",
                "DROP TABLE passkey_challenges",
                "DROP TABLE passkeys",
                "DROP INDEX users_handle",
                "ALTER TABLE users DROP COLUMN handle",
                "DROP TABLE gone_comments",
                "DROP TABLE wire_story_bands",
                "DROP TABLE wire_stories",
                "DROP TABLE wire_sources",
                "DROP TABLE media_uses",
                "DROP TABLE media_words",
                "DROP INDEX media_pictures",
                "DROP INDEX old_files_media",
                "DROP INDEX articles_lead",
                "ALTER TABLE media DROP COLUMN name",
                "DROP TABLE plans",
                "ALTER TABLE media DROP COLUMN caption",
                "ALTER TABLE media DROP COLUMN licence",
                "ALTER TABLE media DROP COLUMN user_id",
                "DROP TABLE address_views",
                "DROP TABLE bans",
                "DROP TABLE comment_acts",
                "DROP INDEX comments_of_article",
                "DROP INDEX comments_reason",
                "DROP INDEX comments_parent",
                "ALTER TABLE comments DROP COLUMN findings",
                "DROP TABLE audit",
                "DROP TABLE half_sessions",
                "DROP TABLE recovery_codes",
                "DROP TABLE factors",
                "DROP TABLE links",
                "DROP TABLE invitations",
                "DROP TABLE user_sections",
                "DROP TABLE edit_locks",
                "DROP INDEX articles_user",
                "DROP INDEX articles_assignee",
                "DROP INDEX articles_scheduled",
                "ALTER TABLE articles DROP COLUMN user_id",
                "ALTER TABLE articles DROP COLUMN assignee_id",
                "ALTER TABLE articles DROP COLUMN stage",
                "ALTER TABLE articles DROP COLUMN draft_version",
                "DROP TABLE sessions",
                "ALTER TABLE users DROP COLUMN language",
                "ALTER TABLE users DROP COLUMN disabled_at",
                "DROP TABLE pulses",
                "DROP INDEX media_file",
                "ALTER TABLE articles DROP COLUMN published_revision",
                "DROP TABLE wire_bands",
                "DROP TABLE wires",
                "DROP TABLE missing_files",
                "DROP TABLE old_files",
                "DROP TABLE originals",
                "ALTER TABLE articles DROP COLUMN preview_title",
                "ALTER TABLE articles DROP COLUMN preview_description",
                "ALTER TABLE articles DROP COLUMN preview_hidden",
                "DROP TABLE old_addresses",
                "DROP TABLE changes",
                "DROP TABLE empty_searches",
                "DELETE FROM counters WHERE name IN ('change', 'log', 'pulse')",
                "DELETE FROM migrations WHERE number > 1",
            ] {
                tx.execute(sql, &[])?;
            }
            Ok(())
        })
        .await
        .expect("an old database");
}

on_both! {
    async fn a_site_from_before_search_has_everything_in_its_log(site) {
        let editor = site.editor();
        let first = editor.publishes(story("خبر أول")).await;
        let gone = editor.publishes(story("خبر سُحب")).await;
        editor.withdraws(gone, "خطأ").await;
        editor.drafts(story("مسودة")).await;
        let last = editor.publishes(story("خبر أخير")).await;
        grows_old(site).await;
        let today = site.second_desk().await.store;
        let log = today.read(|db| changes::after(db, 0, 10)).await.expect("a log");
        assert_eq!(log, [(first, 1), (last, 2)]);
        assert_eq!(today.read(changes::newest).await.expect("a number"), 2);
        assert_eq!(today.read(changes::log).await.expect("a name"), 0);
        assert_eq!(today.read(|db| searches::empty(db, 1)).await.expect("a table"), []);
    }
}

/// A backup that an older program made is restored, into either engine.
#[test]
fn an_old_backup_is_brought_up_to_date() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (site, empty) = (Newsroom::open(Engine::Sqlite), Newsroom::open(engine));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            warraq::desk::sites::found(&site.desk, crate::support::plan()).await.expect("a publication");
            let first = site.editor().publishes(story("خبر أول")).await;
            grows_old(&site).await;
            let copy = site.folder().join("copy.db");
            site.desk.store.copy_to(&copy).await.expect("a copy");
            let target = match empty.location() {
                Location::Sqlite(_) => Location::Sqlite(empty.folder().join("restored.db")),
                postgres => postgres.clone(),
            };
            let restored = tokio::task::spawn_blocking(move || {
                let backup = restore(&copy, &target, 7).expect("restored");
                assert!(backup.rows > 0);
                Store::open(&target, 1).expect("opened")
            });
            let restored = restored.await.expect("a thread");
            let log = restored.read(|db| changes::after(db, 0, 10)).await.expect("a log");
            assert_eq!(log, [(first, 1)]);
        });
        site.may_leave_work();
        empty.may_leave_work();
    }
}

//! A database that an older program made: it is brought up to date and loses nothing.

use warraq::store::{changes, searches};

use crate::support::{on_both, story};

on_both! {
    async fn a_site_from_before_search_has_everything_in_its_log(site) {
        let editor = site.editor();
        let first = editor.publishes(story("خبر أول")).await;
        let gone = editor.publishes(story("خبر سُحب")).await;
        editor.withdraws(gone, "خطأ").await;
        editor.drafts(story("مسودة")).await;
        let last = editor.publishes(story("خبر أخير")).await;
        // As the first program left it.
        site.desk
            .write(|tx| {
                for sql in [
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
        let today = site.second_desk().await.store;
        let log = today.read(|db| changes::after(db, 0, 10)).await.expect("a log");
        assert_eq!(log, [(first, 1), (last, 2)]);
        assert_eq!(today.read(changes::newest).await.expect("a number"), 2);
        assert_eq!(today.read(changes::log).await.expect("a name"), 0);
        assert_eq!(today.read(|db| searches::empty(db, 1)).await.expect("a table"), []);
    }
}

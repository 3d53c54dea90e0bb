//! Which lists an article stands in, and how many stand there.

use jiff::civil::date;
use warraq::desk::articles as verbs;
use warraq::news::article::{Draft, Form, Kind};
use warraq::news::people::BylineRole;
use warraq::store::listings::{self, List};
use warraq::store::{articles, health};

use crate::store::dump;
use crate::support::{Newsroom, on_both, story};

async fn count(site: &Newsroom, list: List) -> i64 {
    site.finds(move |db| listings::count(db, list)).await
}

async fn page(site: &Newsroom, list: List, limit: i64, offset: i64) -> Vec<i64> {
    site.finds(move |db| articles::listed(db, list, limit, offset)).await.iter().map(|story| story.id.0).collect()
}

on_both! {
    async fn an_article_stands_in_every_list_where_it_belongs(site) {
        let editor = site.editor();
        let economy = editor.section("اقتصاد").await;
        let trade = editor.section_under("اقتصاد", "تجارة").await;
        let ports = editor.section_under("اقتصاد/تجارة", "موانئ").await;
        let politics = editor.section("سياسة").await;
        let (tag, person) = (editor.tag("الحزام").await, editor.person("ليلى").await);
        let draft = Draft {
            kind: Kind::Opinion,
            sections: vec![ports],
            tags: vec![tag],
            bylines: vec![(person, BylineRole::Writer)],
            ..story("رأي")
        };
        // In Riyadh it is the next day, the next month and the next year already.
        let id = editor.publishes_on("2025-12-31T22:30:00Z", draft).await;
        let lists = [
            List::All,
            List::Opinion,
            List::Section(economy),
            List::Section(trade),
            List::Section(ports),
            List::Tag(tag),
            List::Author(person),
            List::Year(2026),
            List::Month(2026, 1),
            List::Day(date(2026, 1, 1)),
        ];
        for list in lists {
            assert_eq!(page(site, list, 10, 0).await, [id.0], "{list:?}");
            assert_eq!(count(site, list).await, 1, "{list:?}");
        }
        for list in [List::Section(politics), List::Year(2025), List::Day(date(2025, 12, 31))] {
            assert_eq!((page(site, list, 10, 0).await, count(site, list).await), (vec![], 0), "{list:?}");
        }
        editor.withdraws(id, "").await;
        for list in lists {
            assert_eq!(
                (page(site, list, 10, 0).await, count(site, list).await),
                (vec![], 0),
                "{list:?} after it was withdrawn"
            );
        }
        assert_eq!(site.finds(health::wrong_counts).await, 0);
    }

    async fn a_page_stands_in_no_list(site) {
        let section = site.editor().section("اقتصاد").await;
        site.editor().publishes(Draft { form: Form::Page, sections: vec![section], ..story("من نحن") }).await;
        assert_eq!(count(site, List::All).await + count(site, List::Section(section)).await, 0);
        assert_eq!(site.finds(articles::pages).await.len(), 1);
    }

    async fn what_changed_with_the_new_version_changes_the_lists(site) {
        let editor = site.editor();
        let (one, two) = (editor.section("أول").await, editor.section("ثان").await);
        let id = editor.publishes(Draft { sections: vec![one], ..story("خبر") }).await;
        editor.revises(id, Draft { sections: vec![two], kind: Kind::Opinion, ..story("خبر") }).await;
        assert_eq!(count(site, List::Section(one)).await, 1);
        editor.publishes_again(id).await;
        assert_eq!((count(site, List::Section(one)).await, count(site, List::Section(two)).await), (0, 1));
        assert_eq!(count(site, List::Opinion).await, 1);
        assert_eq!(site.finds(health::wrong_counts).await, 0);
    }

    async fn lists_are_newest_first_and_pages_do_not_overlap(site) {
        let editor = site.editor();
        let mut expected = Vec::new();
        for number in 0..7 {
            // Three of them at the same moment.
            let hour = number.max(2);
            expected.insert(
                0,
                editor.publishes_on(&format!("2026-02-01T{hour:02}:00:00Z"), story(&format!("خبر {number}"))).await.0,
            );
        }
        assert_eq!(page(site, List::All, 100, 0).await, expected);
        let mut pages = page(site, List::All, 3, 0).await;
        pages.extend(page(site, List::All, 3, 3).await);
        pages.extend(page(site, List::All, 3, 6).await);
        assert_eq!(pages, expected);
        assert!(page(site, List::All, 3, 9).await.is_empty());
    }

    async fn the_calendar_knows_its_months_and_days(site) {
        let editor = site.editor();
        for day in ["2024-02-29", "2024-02-03", "2024-11-30", "2025-01-01"] {
            editor.publishes_on(&format!("{day}T09:00:00Z"), story(day)).await;
        }
        assert_eq!(site.finds(listings::months).await, [202_501, 202_411, 202_402]);
        assert_eq!(site.finds(|db| listings::filled(db, List::Year(2024))).await, [2, 11]);
        assert_eq!(site.finds(|db| listings::filled(db, List::Month(2024, 2))).await, [3, 29]);
        assert_eq!(site.finds(|db| listings::filled(db, List::All)).await, Vec::<i64>::new());
    }

    async fn made_again_they_are_the_same(site) {
        let editor = site.editor();
        editor.section("اقتصاد").await;
        let trade = editor.section_under("اقتصاد", "تجارة").await;
        let tag = editor.tag("الحزام").await;
        for number in 0..12 {
            let draft = Draft {
                sections: vec![trade],
                tags: vec![tag],
                kind: if number % 3 == 0 { Kind::Opinion } else { Kind::Own },
                ..story(&format!("خبر {number}"))
            };
            let id = editor.publishes_on(&format!("2025-{:02}-10T23:00:00Z", number + 1), draft).await;
            if number % 5 == 4 {
                editor.withdraws(id, "").await;
            }
        }
        let tables = |dump: Vec<(&'static str, Vec<String>)>| {
            dump.into_iter().filter(|(name, _)| name.starts_with("listing")).collect::<Vec<_>>()
        };
        let before = tables(dump(&site.desk.store).await);
        assert_eq!(verbs::rebuild_listings(&site.desk).await.expect("rebuilt"), 10);
        assert_eq!(tables(dump(&site.desk.store).await), before);
        assert_eq!(site.finds(health::wrong_counts).await, 0);
    }

    async fn a_new_time_zone_moves_the_days_by_a_job(site) {
        let editor = site.editor();
        editor.publishes_on("2025-12-31T22:30:00Z", story("ليلة رأس السنة")).await;
        assert_eq!(count(site, List::Year(2026)).await, 1);
        site.changes_site(|site| site.time_zone = warraq::news::site::Site::parse_time_zone("UTC").expect("a zone"))
            .await;
        site.run_jobs().await;
        assert_eq!((count(site, List::Year(2026)).await, count(site, List::Year(2025)).await), (0, 1));
        // Another name needs no such work.
        site.changes_site(|site| site.title = "غيره".into()).await;
        assert_eq!(site.finds(warraq::store::jobs::census).await, []);
    }
}

//! Pages that say what went wrong.

use warraq::news::article::Draft;

use crate::support::cluster::Database;
use crate::support::{Newsroom, on_both, story};

/// A designed page: in the site's language, with a way home, not kept by anybody, not found by search engines.
#[track_caller]
fn check(page: &crate::support::Page, title: &str) {
    assert_eq!(page.text("h1"), title);
    assert_eq!((page.attribute("html", "lang"), page.attribute("html", "dir")), ("ar".into(), "rtl".into()));
    assert!(page.attributes("main a", "href").contains(&"/".to_owned()), "a way home");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.attribute("meta[name=robots]", "content"), "noindex");
    assert_eq!(page.count("link[rel=canonical]"), 0);
}

async fn article(site: &Newsroom) -> &'static str {
    site.editor().publishes(Draft { slug: "x".into(), ..story("خبر") }).await;
    "/2026/03/01/x/"
}

on_both! {
    async fn not_found(site) {
        article(site).await;
        let page = site.reader().reads("/2026/03/01/nothing/").await.is(404);
        check(&page, "لم نجد هذه الصفحة");
        assert_eq!(page.all(".card__headline"), ["خبر"], "stories that may help");
    }

    async fn gone(site) {
        let path = article(site).await;
        site.editor().withdraws(warraq::news::ArticleId(1), "خطأ <في> المصدر").await;
        for path in [path, "/a/1", "/?p=1", "/2026/03/01/x/feed/"] {
            let page = site.reader().reads(path).await.is(410);
            check(&page, "سُحبت هذه المادة");
            assert_eq!(page.text(".message__detail"), "خطأ <في> المصدر");
        }
        let comment = site.reader().comments(path, "قارئ", "r@example.org", "رأي").await;
        assert_eq!(comment.status, 410);
    }

    async fn method_not_allowed(site) {
        let path = article(site).await;
        for (method, path, allowed) in [
            ("DELETE", path, "GET, HEAD"),
            ("PUT", "/", "GET, HEAD"),
            ("POST", "/", "GET, HEAD"),
            ("POST", "/feed/", "GET, HEAD"),
            ("POST", path, "GET, HEAD"),
            ("GET", "/wp-comments-post.php", "POST"),
            ("POST", "/robots.txt", "GET, HEAD"),
            ("OPTIONS", "/", "GET, HEAD"),
            ("BREW", "/", "GET, HEAD"),
        ] {
            let page = site.reader().asks(method, path, &[], "").await;
            assert_eq!(page.status, 405, "{method} {path}");
            check(&page, "لا تُفتح هذه الصفحة هكذا");
            assert_eq!(page.header("allow"), allowed, "{method} {path}");
        }
    }

    async fn too_large(site) {
        let path = article(site).await;
        let page = site.reader().comments(path, "قارئ", "r@example.org", &"x".repeat(200_000)).await.is(413);
        check(&page, "المُرسَل أكبر من المسموح به");
    }

    async fn not_understood(site) {
        article(site).await;
        for body in ["", "comment_post_ID=x", "comment_post_ID=", "comment=x"] {
            let page = site.reader().asks("POST", "/wp-comments-post.php", &[], body).await.is(422);
            check(&page, "لم نفهم هذا الطلب");
        }
    }

    async fn too_many(site) {
        let path = article(site).await;
        let web = site.web_with(warraq::config::Config { comments_per_ten_minutes: 3, ..Default::default() });
        let reader = crate::support::Reader::new(web.clone(), "203.0.113.1:1".parse().expect("an address"));
        for number in 0..3 {
            reader.comments(path, "قارئ", "r@example.org", &format!("رأي {number}")).await.is(303);
        }
        let page = reader.comments(path, "قارئ", "r@example.org", "رأي رابع").await.is(429);
        check(&page, "تمهّل قليلًا");
        assert!(page.header("retry-after").parse::<u32>().is_ok());
        let neighbour = crate::support::Reader::new(web.clone(), "203.0.113.200:1".parse().expect("an address"));
        neighbour.comments(path, "قارئ", "r@example.org", "من البيت نفسه").await.is(429);
        let stranger = crate::support::Reader::new(web, "192.0.2.1:1".parse().expect("an address"));
        stranger.comments(path, "قارئ", "r2@example.org", "من شبكة أخرى").await.is(303);
        reader.reads(path).await.ok();
    }

    async fn a_publication_that_was_never_founded(site) {
        site.desk.write(|tx| Ok(tx.execute("DELETE FROM site", &[])?)).await.expect("gone");
        let page = site.reader().reads("/readyz").await.is(503);
        assert_eq!(page.body(), "no publication yet\n");
        assert!(site.reader().reads("/").await.status >= 400);
        site.may_leave_work();
    }

    async fn a_template_that_breaks_says_nothing_of_itself(site) {
        site.has_theme_file("templates/article.html", "{{ no_such_thing_as_this.x }}");
        let path = article(site).await;
        let page = site.reader().reads(path).await.is(500);
        check(&page, "حدث خطأ عندنا");
        assert!(!page.body().contains("no_such_thing") && !page.body().contains("article.html"));
    }
}

/// The database goes away while readers read, and comes back: nobody has to start anything anew.
#[test]
fn the_database_is_away_and_comes_back() {
    Newsroom::run(crate::support::Engine::Postgres, async |site| {
        let path = article(site).await;
        let warraq::store::Location::Postgres(url) = site.location().clone() else {
            unreachable!("this story runs on PostgreSQL")
        };
        let reader = site.reader();
        for known in ["/", "/feed/"] {
            reader.reads(known).await.ok();
        }
        assert_eq!(reader.reads("/readyz").await.ok().body(), "ready\n");
        Database::close(&url, true);
        for known in ["/", "/feed/"] {
            reader.reads(known).await.ok();
        }
        for path in [path, "/feed/atom/", "/nothing/", "/2026/"] {
            let page = reader.reads(path).await.is(503);
            if page.header("content-type").starts_with("text/html") {
                check(&page, "نعود بعد قليل");
            }
            assert_eq!(page.header("retry-after"), "60");
        }
        reader.comments(path, "قارئ", "r@example.org", "رأي").await.is(503);
        assert_eq!(reader.reads("/healthz").await.ok().body(), "ok\n", "the process itself is well");
        assert_eq!(reader.reads("/readyz").await.is(503).body(), "the database is away\n");
        Database::close(&url, false);
        reader.reads(path).await.ok();
        let sent = reader.comments(path, "قارئ", "r@example.org", "رأي").await;
        assert_eq!(sent.status, 303, "{}", sent.body());
        assert_eq!(reader.reads("/readyz").await.ok().body(), "ready\n");
    });
}

/// A server that restarts hangs up on idle connections: the next reader must not notice more than one such answer.
#[test]
fn lost_connections_are_made_again() {
    Newsroom::run(crate::support::Engine::Postgres, async |site| {
        let path = article(site).await;
        let warraq::store::Location::Postgres(url) = site.location().clone() else {
            unreachable!("this story runs on PostgreSQL")
        };
        for round in 0..3 {
            Database::hang_up(&url);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            site.reader().reads(path).await.ok();
            let sent = site.reader().comments(path, "قارئ", "r@example.org", &format!("رأي {round}")).await;
            assert_eq!(sent.status, 303, "round {round}: {}", sent.body());
        }
    });
}

#[test]
fn a_glance_at_a_server_that_hung_up_finds_another_connection() {
    Newsroom::run(crate::support::Engine::Postgres, async |site| {
        let warraq::store::Location::Postgres(url) = site.location().clone() else {
            unreachable!("this story runs on PostgreSQL")
        };
        for round in 0..3 {
            Database::hang_up(&url);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            let counted = site.desk.store.glance(|db| db.value::<i64>("SELECT COUNT(*) FROM site", &[])).await;
            assert_eq!(counted.expect("a number"), Some(1), "round {round}");
        }
    });
}

#[test]
fn a_sqlite_file_that_breaks_is_said_and_the_process_lives() {
    Newsroom::run(crate::support::Engine::Sqlite, async |site| {
        site.may_leave_work();
        let path = article(site).await;
        site.reader().reads("/").await.ok();
        // Nothing can be read from a table that is gone; that is a mistake of ours, not of the reader.
        site.desk.write(|tx| Ok(tx.execute("ALTER TABLE articles RENAME TO elsewhere", &[])?)).await.expect("renamed");
        let page = site.reader().reads(path).await.is(500);
        check(&page, "حدث خطأ عندنا");
        assert!(!page.body().contains("no such table"), "{}", page.body());
        assert_eq!(site.reader().reads("/healthz").await.ok().body(), "ok\n");
    });
}

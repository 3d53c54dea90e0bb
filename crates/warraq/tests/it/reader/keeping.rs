//! What is kept, and what makes us forget it? Every page that these stories open is also compared with what a server says
//! that keeps nothing (see `support::Reader`).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use warraq::cache::{Attempt, Cache, Made};
use warraq::config::Config;
use warraq::desk::{articles, comments, fronts};
use warraq::news::article::{CorrectionKind, Draft};
use warraq::store::pulse::Trace;

use crate::support::{Newsroom, Reader, on_both, story};

fn named(slug: &str, headline: &str) -> Draft {
    Draft { slug: slug.into(), ..story(headline) }
}

/// Opens each address and says which of them had to be made.
async fn made(site: &Newsroom, reader: &Reader, paths: &[&str]) -> Vec<String> {
    let mut made = Vec::new();
    for path in paths {
        let before = site.web().kept_answers().made;
        reader.reads(path).await;
        if site.web().kept_answers().made > before {
            made.push((*path).to_owned());
        }
    }
    made
}

on_both! {
    async fn a_change_forgets_what_showed_it_and_nothing_else(site) {
        let editor = site.editor();
        let (economy, culture) = (editor.section("اقتصاد").await, editor.section("ثقافة").await);
        let in_section = |slug: &str, section| Draft { sections: vec![section], ..named(slug, slug) };
        let old = editor.publishes_on("2026-01-01T09:00:00Z", in_section("old", culture)).await;
        editor.publishes_on("2026-01-02T09:00:00Z", in_section("second", culture)).await;
        editor.publishes_on("2026-02-02T09:00:00Z", in_section("first", economy)).await;
        let reader = site.reader();
        let paths = [
            "/",
            "/2026/01/01/old/",
            "/2026/01/02/second/",
            "/2026/02/02/first/",
            "/category/اقتصاد/",
            "/category/ثقافة/",
            "/2026/01/",
            "/2026/02/",
            "/feed/",
            "/comments/feed/",
            "/robots.txt",
            "/nothing/",
        ];
        let paths = paths.map(warraq::web::urls::encode);
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        assert_eq!(made(site, &reader, &paths).await.len(), paths.len(), "nothing was kept at first");
        assert!(made(site, &reader, &paths).await.is_empty(), "now everything is");

        let (economy_path, culture_path) = (paths[4], paths[5]);
        // Its own page, the list of its month, the neighbour that names it, the front, the feed, the page of what is not
        // found with the newest stories.
        editor.revises(old, in_section("old", culture)).await;
        assert!(made(site, &reader, &paths).await.is_empty(), "a draft is nothing that readers see");
        editor.publishes_again(old).await;
        let forgotten = made(site, &reader, &paths).await;
        for path in ["/", "/2026/01/01/old/", "/2026/01/02/second/", culture_path, "/2026/01/", "/feed/"] {
            assert!(forgotten.iter().any(|one| one == path), "{path} shows it: {forgotten:?}");
        }
        for path in ["/2026/02/02/first/", economy_path, "/2026/02/", "/robots.txt"] {
            assert!(!forgotten.iter().any(|one| one == path), "{path} does not show it");
        }

        let new = editor.publishes(in_section("new", economy)).await;
        let forgotten = made(site, &reader, &paths).await;
        for path in ["/", "/2026/02/02/first/", economy_path, "/feed/"] {
            assert!(forgotten.iter().any(|one| one == path), "{path} shows it: {forgotten:?}");
        }
        for path in ["/2026/01/01/old/", "/2026/01/02/second/", culture_path, "/2026/01/", "/2026/02/", "/robots.txt"] {
            assert!(!forgotten.iter().any(|one| one == path), "{path} does not show it");
        }

        editor.withdraws(new, "خطأ").await;
        let forgotten = made(site, &reader, &paths).await;
        assert!(forgotten.iter().any(|one| one == "/") && forgotten.iter().any(|one| one == economy_path));
        assert!(!forgotten.iter().any(|one| one == culture_path || one == "/2026/01/01/old/"), "{forgotten:?}");
    }

    async fn whatever_happens_readers_see_it_at_once(site) {
        // What the reader opens is compared with a server that keeps nothing: see `support::Reader::asks`.
        site.publishes_every_comment().await;
        let editor = site.editor();
        let section = editor.section("اقتصاد").await;
        let tag = editor.tag("طاقة").await;
        let person = editor.person("ليلى حداد").await;
        let whole = |slug: &str, headline: &str| Draft {
            sections: vec![section],
            tags: vec![tag],
            bylines: vec![(person, warraq::news::people::BylineRole::Writer)],
            ..named(slug, headline)
        };
        let one = editor.publishes_on("2026-02-01T09:00:00Z", whole("one", "الأول")).await;
        let two = editor.publishes_on("2026-02-03T09:00:00Z", named("two", "الثاني")).await;
        let reader = site.reader();
        let look = async || {
            let mut paths: Vec<String> = [
                "/", "/feed/", "/comments/feed/", "/sitemap.xml", "/sitemap-site.xml", "/sitemap-2026-02.xml", "/2026/",
                "/2026/02/", "/2026/02/01/", "/2026/02/01/one/", "/2026/02/03/two/", "/2026/02/02/between/",
                "/2026/02/01/uno/", "/2026/02/01/one/feed/", "/category/اقتصاد/", "/category/جديد/", "/tag/طاقة/",
                "/author/ليلى-حداد/", "/about/", "/a/1", "/a/2", "/a/3", "/nothing/", "/robots.txt",
            ]
            .iter()
            .map(|path| warraq::web::urls::encode(path))
            .collect();
            // Twice: what the first made is what the second is given.
            paths.extend(paths.clone());
            for path in paths {
                reader.reads(&path).await;
            }
        };
        look().await;
        editor.publishes_on("2026-02-02T09:00:00Z", whole("between", "بينهما")).await;
        look().await;
        reader.comments("/2026/02/01/one/", "قارئ", "reader@example.org", "تعليق أول على الخبر").await.is(303);
        look().await;
        let comment = site.finds(|db| warraq::store::comments::newest(db, 1)).await.remove(0).id;
        comments::hide(&site.desk, comment, "x").await.expect("hidden");
        look().await;
        comments::approve(&site.desk, comment).await.expect("approved");
        look().await;
        articles::correct(&site.desk, one, CorrectionKind::Correction, "صُحّح رقم").await.expect("corrected");
        look().await;
        editor.revises(one, whole("uno", "عنوان آخر")).await;
        editor.publishes_again(one).await;
        look().await;
        fronts::arrange(&site.desk, vec![(1, two)]).await.expect("pinned");
        look().await;
        editor.revises(one, Draft { translation_of: Some(two), ..whole("uno", "عنوان آخر") }).await;
        editor.publishes_again(one).await;
        look().await;
        editor.publishes(Draft { form: warraq::news::article::Form::Page, ..named("about", "من نحن") }).await;
        look().await;
        editor.section("جديد").await;
        look().await;
        site.changes_site(|site| site.title = "اسم آخر".into()).await;
        look().await;
        editor.withdraws(two, "سُحب").await;
        look().await;
        editor.publishes_again(two).await;
        look().await;
        site.changes_site(|site| site.permalink = warraq::news::permalink::Permalink::parse("/%postname%/").expect("a form")).await;
        look().await;
        reader.reads("/uno/").await.ok();
    }

    async fn what_another_process_changed_is_noticed(site) {
        let id = site.editor().publishes(named("x", "خبر")).await;
        let reader = site.reader();
        let path = "/2026/03/01/x/";
        assert_eq!(reader.reads(path).await.ok().text("h1"), "خبر");
        let other = site.second_desk().await;
        let elsewhere = crate::support::Editor { desk: &other };
        elsewhere.revises(id, named("x", "خبر آخر")).await;
        elsewhere.publishes_again(id).await;
        site.desk.store.listen().await.expect("heard");
        assert_eq!(reader.reads(path).await.ok().text("h1"), "خبر آخر");
        // Both write in turn: nobody misses the other.
        elsewhere.revises(id, named("x", "ثالث")).await;
        elsewhere.publishes_again(id).await;
        site.editor().publishes(named("y", "غيره")).await;
        assert_eq!(reader.reads(path).await.ok().text("h1"), "ثالث");
    }

    async fn who_was_away_for_long_forgets_everything(site) {
        let id = site.editor().publishes(named("x", "خبر")).await;
        let reader = site.reader();
        reader.reads("/2026/03/01/x/").await.ok();
        let other = site.second_desk().await;
        let elsewhere = crate::support::Editor { desk: &other };
        elsewhere.revises(id, named("x", "خبر آخر")).await;
        elsewhere.publishes_again(id).await;
        other.write(|tx| tx.execute("DELETE FROM pulses", &[]).map_err(warraq::error::Error::from)).await.expect("gone");
        site.desk.store.listen().await.expect("heard");
        assert_eq!(reader.reads("/2026/03/01/x/").await.ok().text("h1"), "خبر آخر");
    }

    async fn a_discussion_closes_on_time(site) {
        site.changes_site(|site| site.settings.comments.close_after_days = Some(2)).await;
        site.editor().publishes(named("x", "خبر")).await;
        let reader = site.reader();
        assert_eq!(reader.reads("/2026/03/01/x/").await.ok().count("#respond form"), 1);
        site.passes(47);
        assert_eq!(reader.reads("/2026/03/01/x/").await.ok().count("#respond form"), 1);
        site.passes(1);
        assert_eq!(reader.reads("/2026/03/01/x/").await.ok().count("#respond form"), 0);
    }

    async fn each_form_is_kept_apart(site) {
        site.editor().publishes(named("x", "خبر")).await;
        let reader = site.reader();
        let plain = reader.reads("/2026/03/01/x/").await.ok();
        let mut tags = vec![plain.header("etag").to_owned()];
        for (accepts, token) in [("gzip", "gzip"), ("gzip, br", "br"), ("identity", ""), ("br;q=0", "")] {
            for _ in 0..2 {
                let page = reader.reads_with("/2026/03/01/x/", &[("accept-encoding", accepts)]).await.ok();
                assert_eq!(page.header("content-encoding"), token);
                assert_eq!(page.header("vary"), "accept-encoding");
                if !token.is_empty() {
                    assert!(page.bytes.len() < plain.bytes.len() / 2);
                    tags.push(page.header("etag").to_owned());
                    let known = [("accept-encoding", accepts), ("if-none-match", page.header("etag"))];
                    assert!(reader.reads_with("/2026/03/01/x/", &known).await.is(304).bytes.is_empty());
                }
            }
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 3, "each form has a strong tag of its own: {tags:?}");
        let head = reader.asks("HEAD", "/2026/03/01/x/", &[], "").await.ok();
        assert_eq!(head.header("content-length"), plain.bytes.len().to_string());
    }

    async fn nothing_but_the_path_makes_a_page(site) {
        site.editor().publishes(named("x", "خبر")).await;
        let reader = site.reader();
        let plain = reader.reads("/2026/03/01/x/").await.ok();
        let before = site.web().kept_answers();
        let mut tried = 0;
        let names = [
            "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "fbclid", "gclid", "dclid", "msclkid",
            "mc_cid", "mc_eid", "yclid", "_ga", "ref", "source", "lang", "locale", "hl", "amp", "preview", "debug", "theme",
            "template", "v", "ver", "version", "t", "ts", "time", "timestamp", "cb", "cache", "nocache", "no_cache", "rand",
            "random", "_", "__", "callback", "jsonp", "format", "output", "type", "q", "query", "search", "page", "paged",
            "offset", "limit", "sort", "order", "orderby", "filter", "id", "post", "user", "uid", "session", "sid", "token",
            "key", "api_key", "auth", "login", "redirect", "url", "next", "return", "returnto", "continue", "path", "file",
        ];
        for name in names {
            for value in ["1", "%3Cscript%3E", ""] {
                let page = reader.asks("GET", &format!("/2026/03/01/x/?{name}={value}"), &[], "").await.ok();
                assert_eq!((&page.bytes, &page.headers), (&plain.bytes, &plain.headers), "?{name}={value}");
                tried += 1;
            }
        }
        let headers = [
            ("cookie", "session=1"), ("cookie", "lang=en; theme=dark"), ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "http"), ("x-forwarded-port", "8443"),
            ("x-forwarded-scheme", "nothttps"), ("x-forwarded-prefix", "/evil"), ("x-forwarded-server", "evil.example"),
            ("x-forwarded-for", "203.0.113.9"), ("x-original-url", "/nothing/"), ("x-rewrite-url", "/nothing/"),
            ("x-original-host", "evil.example"), ("x-host", "evil.example"), ("forwarded", "host=evil.example"),
            ("x-http-method-override", "POST"), ("x-method-override", "DELETE"), ("x-real-ip", "127.0.0.1"),
            ("true-client-ip", "127.0.0.1"), ("cf-connecting-ip", "127.0.0.1"), ("client-ip", "127.0.0.1"),
            ("accept-language", "en"), ("accept", "application/json"), ("accept", "image/avif"), ("accept-charset", "utf-7"),
            ("user-agent", "Googlebot/2.1"), ("user-agent", "<script>alert(1)</script>"), ("referer", "https://evil.example/"),
            ("origin", "https://evil.example"), ("authorization", "Basic eDp5"), ("x-requested-with", "XMLHttpRequest"),
            ("dnt", "1"), ("sec-gpc", "1"), ("save-data", "on"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"),
            ("x-wap-profile", "http://evil.example/"), ("x-debug", "1"), ("x-cache-key", "evil"), ("cache-control", "no-cache"),
            ("pragma", "no-cache"), ("upgrade-insecure-requests", "1"), ("via", "1.1 evil"), ("te", "trailers"),
        ];
        for (name, value) in headers {
            let page = reader.reads_with("/2026/03/01/x/", &[(name, value)]).await.ok();
            assert_eq!((&page.bytes, &page.headers), (&plain.bytes, &plain.headers), "{name}: {value}");
            tried += 1;
        }
        assert!(tried >= 220, "{tried}");
        assert_eq!(site.web().kept_answers(), before, "none of them made a page or was kept");
    }

    async fn however_many_ask_it_is_made_once(site) {
        let cache: Arc<Cache<String>> = Arc::new(Cache::new(site.desk.store.clone(), 1 << 20));
        let made = Arc::new(AtomicUsize::new(0));
        let asks = (0..100).map(|_| {
            let (cache, made) = (Arc::clone(&cache), Arc::clone(&made));
            tokio::spawn(async move {
                let make = || async {
                    made.fetch_add(1, Ordering::SeqCst);
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                    Attempt::Keep(Made { value: "x".to_owned(), bytes: 1, trace: Trace::default(), until: None })
                };
                cache.find("name", Timestamp::UNIX_EPOCH, make).await
            })
        });
        for ask in asks.collect::<Vec<_>>() {
            assert_eq!(*ask.await.expect("an answer"), "x");
        }
        // A trace of nothing was right at pulse 0; whoever waited found that the pulse has moved since, but nothing that
        // the answer shows.
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    async fn what_cannot_be_made_anew_is_given_as_it_was(site) {
        let cache: Cache<String> = Cache::new(site.desk.store.clone(), 1 << 20);
        let at = |second: i64| Timestamp::from_second(second).expect("a time");
        let keep = |value: &str, until: i64| {
            Attempt::Keep(Made { value: value.to_owned(), bytes: 1, trace: Trace::default(), until: Some(at(until)) })
        };
        assert_eq!(*cache.find("x", at(0), || async { Attempt::Failed("503".to_owned()) }).await, "503");
        assert_eq!(*cache.find("x", at(0), || async { keep("first", 10) }).await, "first");
        assert_eq!(*cache.find("x", at(9), || async { keep("second", 20) }).await, "first");
        assert_eq!(*cache.find("x", at(10), || async { Attempt::Failed("503".to_owned()) }).await, "first", "better than nothing");
        assert_eq!(*cache.find("x", at(10), || async { keep("too early", 99) }).await, "first", "one attempt a second");
        assert_eq!(*cache.find("x", at(12), || async { keep("third", 20) }).await, "third");
        assert_eq!(*cache.find("y", at(0), || async { Attempt::Once("alone".to_owned()) }).await, "alone");
        assert_eq!(*cache.find("y", at(0), || async { Attempt::Once("anew".to_owned()) }).await, "anew");
    }

    async fn whoever_walks_through_everything_does_not_drive_out_what_is_read(site) {
        let cache: Cache<String> = Cache::new(site.desk.store.clone(), 1 << 20);
        let read = async |name: &str| {
            let was_made = AtomicUsize::new(0);
            let make = || async {
                was_made.fetch_add(1, Ordering::SeqCst);
                Attempt::Keep(Made { value: String::new(), bytes: 10_000, trace: Trace::default(), until: None })
            };
            cache.find(name, Timestamp::UNIX_EPOCH, make).await;
            was_made.into_inner() == 0
        };
        let popular: Vec<String> = (0..20).map(|number| format!("popular {number}")).collect();
        for _ in 0..4 {
            for name in &popular {
                read(name).await;
            }
        }
        for cold in 0..5_000 {
            read(&format!("cold {cold}")).await;
            if cold % 10 == 0 {
                read(&popular[cold / 10 % 20]).await;
            }
        }
        let mut found = 0;
        for name in &popular {
            found += usize::from(read(name).await);
        }
        assert!(found >= 18, "{found} of 20 popular pages are still there");
        assert!(cache.size().bytes <= 1 << 20, "{:?}", cache.size());
    }
}

#[test]
fn a_server_may_be_told_to_keep_nothing() {
    Newsroom::run(crate::support::Engine::Sqlite, async |site: &Newsroom| {
        site.editor().publishes(named("x", "خبر")).await;
        let web = site.web_with(Config { cache_megabytes: 0, ..Config::default() });
        let reader = Reader::new(Arc::clone(&web), "198.51.100.7:1".parse().expect("an address"));
        reader.reads("/2026/03/01/x/").await.ok();
        assert_eq!((web.kept_answers().answers, web.kept_answers().made), (0, 0));
    });
}

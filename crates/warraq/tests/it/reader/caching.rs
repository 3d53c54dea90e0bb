//! What may be kept, and what a page may depend on: its path, nothing else.

use crate::support::{on_both, story};

const PAGES: [&str; 9] = [
    "/",
    "/2026/03/01/x/",
    "/2026/",
    "/feed/",
    "/feed/atom/",
    "/feed/json/",
    "/sitemap.xml",
    "/robots.txt",
    "/2026/03/01/x/feed/",
];

on_both! {
    async fn a_page_that_did_not_change_is_not_sent_again(site) {
        site.editor().publishes(warraq::news::article::Draft { slug: "x".into(), ..story("خبر") }).await;
        let reader = site.reader();
        for path in PAGES {
            let first = reader.reads(path).await.ok();
            let tag = first.header("etag").to_owned();
            assert!(!tag.is_empty() && first.header("cache-control").contains("no-cache"), "{path}");
            for asked in [tag.clone(), format!("\"other\", {tag}"), tag.trim_start_matches("W/").to_owned(), "*".into()]
            {
                let again = reader.reads_with(path, &[("if-none-match", &asked)]).await.is(304);
                assert!(again.bytes.is_empty(), "{path}");
                assert_eq!(again.header("etag"), tag);
            }
            reader.reads_with(path, &[("if-none-match", "W/\"other\"")]).await.ok();
            let head = reader.asks("HEAD", path, &[], "").await.ok();
            assert!(head.bytes.is_empty(), "{path}");
            assert_eq!(
                (head.header("etag"), head.header("content-type")),
                (tag.as_str(), first.header("content-type")),
                "{path}"
            );
        }
    }

    async fn a_change_changes_the_tag(site) {
        let editor = site.editor();
        let id = editor.publishes(warraq::news::article::Draft { slug: "x".into(), ..story("خبر") }).await;
        let tag = async |path: &str| site.reader().reads(path).await.ok().header("etag").to_owned();
        let before = (tag("/").await, tag("/2026/03/01/x/").await);
        editor.revises(id, warraq::news::article::Draft { slug: "x".into(), ..story("خبر آخر") }).await;
        assert_eq!((tag("/").await, tag("/2026/03/01/x/").await), before, "a draft changes nothing");
        editor.publishes_again(id).await;
        assert_ne!(tag("/").await, before.0);
        assert_ne!(tag("/2026/03/01/x/").await, before.1);
    }

    async fn cookies_headers_and_unknown_parameters_change_nothing(site) {
        site.editor().publishes(warraq::news::article::Draft { slug: "x".into(), ..story("خبر") }).await;
        let reader = site.reader();
        for path in PAGES {
            let plain = reader.reads(path).await.ok();
            assert!(plain.header("set-cookie").is_empty() && plain.header("vary") == "accept-encoding", "{path}");
            for headers in [
                &[("cookie", "session=1; lang=en")][..],
                &[("accept-language", "en"), ("user-agent", "curl/8"), ("accept", "application/json")],
                &[
                    ("host", "evil.example"),
                    ("x-forwarded-host", "evil.example"),
                    ("x-forwarded-proto", "http"),
                    ("forwarded", "host=evil.example"),
                ],
                &[
                    ("referer", "https://evil.example/"),
                    ("authorization", "Basic eDp5"),
                    ("x-requested-with", "XMLHttpRequest"),
                ],
            ] {
                assert_eq!(reader.reads_with(path, headers).await.ok().bytes, plain.bytes, "{path} with {headers:?}");
            }
            for query in ["utm_source=x", "fbclid=1", "lang=en", "p=", "replytocom=x", "preview=true", "debug"] {
                let page = reader.reads(&format!("{path}?{query}")).await.ok();
                assert_eq!(page.bytes, plain.bytes, "{path}?{query}");
            }
            assert_eq!(
                site.reader_at("[2001:db8::1]:1").reads(path).await.bytes,
                plain.bytes,
                "{path} for somebody else"
            );
        }
    }

    async fn files_with_a_hash_in_their_name_are_kept_for_ever(site) {
        let front = site.reader().reads("/").await.ok();
        let style = front.attributes("link[rel=stylesheet]", "href").remove(0);
        let file = site.reader().reads(&style).await.ok();
        assert!(file.header("cache-control").contains("immutable"));
        assert!(file.header("content-type").starts_with("text/css"));
        for font in front.attributes("link[rel=preload][as=font]", "href") {
            let font = site.reader().reads(&font).await.ok();
            assert_eq!(font.header("content-type"), "font/woff2");
        }
    }

    async fn scripts_come_from_files_alone(site) {
        site.editor().publishes(warraq::news::article::Draft { slug: "x".into(), ..story("خبر") }).await;
        for path in ["/", "/2026/03/01/x/", "/2026/", "/nothing/"] {
            let page = site.reader().reads(path).await;
            let policy = page.header("content-security-policy");
            assert!(
                policy.contains("script-src 'self'") && !policy.contains("unsafe") && !policy.contains("nonce"),
                "{policy}"
            );
            assert_eq!(page.count("script:not([src]):not([type='application/ld+json'])"), 0, "{path}");
            assert_eq!(page.count("[style]") + page.count("style"), 0, "{path}");
            let foreign = page
                .attributes("script, img, link[rel=stylesheet], link[rel=preload], link[rel=icon]", "src")
                .into_iter()
                .chain(page.attributes("link[rel=stylesheet], link[rel=preload]", "href"));
            for address in foreign {
                assert!(address.starts_with('/') && !address.starts_with("//"), "{path}: {address}");
            }
        }
    }
}

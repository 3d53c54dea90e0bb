//! Feeds: of everything, of each list, of comments, in three formats.

use warraq::feeds::validate::problems;
use warraq::news::article::{Draft, Kind, Lead, Source};
use warraq::news::language::Language;
use warraq::news::people::BylineRole;

use crate::support::{BASE, Newsroom, on_both, story};

async fn filled(site: &Newsroom) {
    site.publishes_every_comment().await;
    let editor = site.editor();
    let section = editor.section("اقتصاد").await;
    let (tag, person) = (editor.tag("الحزام & الطريق").await, editor.person("ليلى حسن").await);
    let picture = warraq::desk::media::take_in(&site.desk, crate::desk::media::picture(640, 400), "ميناء", "ورّاق")
        .await
        .expect("a picture");
    site.run_jobs().await;
    for number in 1..=24 {
        let draft = Draft {
            slug: format!("s{number}"),
            kind: if number == 24 { Kind::Wire } else { Kind::Own },
            source: if number == 24 {
                Source {
                    name: "شينخوا".into(), url: "https://agency.example/".into(), licence: "بإذن".into()
                }
            } else {
                Source::default()
            },
            language: (number == 23).then(|| Language::parse("en").expect("a language")),
            sections: vec![section],
            tags: vec![tag],
            bylines: vec![(person, BylineRole::Writer)],
            lead: Some(Lead { media: picture, alt: "x".into(), caption: String::new(), credit: "y".into() }),
            body: "<p>نص فيه ]]&gt; و <a href=\"/a/1\">رابط</a> &amp; \"علامات\"</p>".into(),
            ..story(&format!("خبر <{number}> & غيره"))
        };
        editor.publishes_on(&format!("2026-02-{number:02}T09:00:00Z"), draft).await;
    }
    for number in 0..3 {
        site.reader()
            .comments("/2026/02/24/s24/", &format!("قارئ <{number}>"), "r@example.org", &format!("رأي & {number} ]]>"))
            .await
            .is(303);
    }
}

on_both! {
    async fn every_feed_in_every_format_is_valid(site) {
        filled(site).await;
        let reader = site.reader();
        for (home, items) in [
            ("/", 20),
            ("/category/اقتصاد/", 20),
            ("/tag/الحزام-الطريق/", 20),
            ("/author/ليلى-حسن/", 20),
            ("/2026/", 20),
            ("/2026/02/", 20),
            ("/2026/02/24/", 1),
            ("/comments/", 3),
            ("/2026/02/24/s24/", 3),
            ("/2026/02/01/s1/", 0),
        ] {
            let rss = reader.reads(&format!("{home}feed/")).await.ok();
            assert_eq!(problems(rss.body()), Vec::<String>::new(), "{home}");
            assert!(rss.header("content-type").starts_with("application/rss+xml"));
            assert_eq!(rss.body().matches("<item>").count(), items, "{home}");
            let atom = reader.reads(&format!("{home}feed/atom/")).await.ok();
            assert_eq!(problems(atom.body()), Vec::<String>::new(), "{home}");
            assert!(atom.header("content-type").starts_with("application/atom+xml"));
            assert_eq!(atom.body().matches("<entry").count(), items, "{home}");
            let json = reader.reads(&format!("{home}feed/json/")).await.ok();
            assert!(
                json.header("content-type").starts_with("application/feed+json"),
                "{}",
                json.header("content-type")
            );
            let json: serde_json::Value = serde_json::from_str(json.body()).expect("JSON");
            assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
            assert_eq!(json["items"].as_array().map(Vec::len), Some(items), "{home}");
        }
    }

    async fn a_feed_carries_the_whole_story(site) {
        filled(site).await;
        let feed = site.reader().reads("/feed/").await.ok();
        for part in ["content:encoded", "dc:creator", "ليلى حسن", "slash:comments", "<enclosure ", "wfw:commentRss"]
        {
            assert!(feed.body().contains(part), "{part} is missing");
        }
        assert!(feed.body().contains(&format!("{BASE}/a/1")), "links within the text are absolute");
        assert!(!feed.body().contains("href=\"/"), "{}", feed.body());
        let json: serde_json::Value =
            serde_json::from_str(site.reader().reads("/feed/json/").await.body()).expect("JSON");
        let first = &json["items"][0];
        assert_eq!(first["title"], "خبر <24> & غيره");
        assert!(first["content_html"].as_str().is_some_and(|html| html.contains("رابط")), "{first}");
        assert_eq!(json["items"][1]["language"], "en");
    }

    async fn other_ways_to_write_a_feed_lead_to_it(site) {
        filled(site).await;
        for (path, to) in [
            ("/feed", "/feed/"),
            ("/feed/rss2/", "/feed/"),
            ("/feed/rss", "/feed/"),
            ("/feed/atom", "/feed/atom/"),
            ("/comments/feed", "/comments/feed/"),
        ] {
            assert_eq!(site.reader().reads(path).await.is(301).location(), to, "{path}");
        }
        site.reader().reads("/feed/json/x/").await.is(404);
        site.reader().reads("/tag/none/feed/").await.is(404);
    }

    async fn a_withdrawn_story_leaves_the_feeds(site) {
        filled(site).await;
        site.editor().withdraws(warraq::news::ArticleId(24), "").await;
        for path in ["/feed/", "/feed/atom/", "/feed/json/", "/category/اقتصاد/feed/", "/comments/feed/"] {
            assert!(!site.reader().reads(path).await.ok().body().contains("s24"), "{path}");
        }
        site.reader().reads("/2026/02/24/s24/feed/").await.is(410);
    }
}

//! Sitemaps and robots.txt.

use warraq::feeds::validate::problems;
use warraq::news::article::{Draft, Form};
use warraq::news::language::Language;

use crate::support::{BASE, on_both, story};

fn locations(xml: &str) -> Vec<String> {
    xml.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())).collect()
}

on_both! {
    async fn every_address_in_the_sitemap_answers(site) {
        let editor = site.editor();
        let (section, tag, person) =
            (editor.section("اقتصاد").await, editor.tag("الحزام").await, editor.person("ليلى").await);
        let unused = editor.tag("لا شيء تحته").await;
        let arabic = editor
            .publishes_on(
                "2026-01-10T09:00:00Z",
                Draft {
                    sections: vec![section],
                    tags: vec![tag],
                    bylines: vec![(person, warraq::news::people::BylineRole::Writer)],
                    ..story("قمة بكين")
                },
            )
            .await;
        let english = Language::parse("en").expect("a language");
        editor.publishes(Draft { language: Some(english), translation_of: Some(arabic), ..story("A summit") }).await;
        editor.publishes(Draft { form: Form::Page, slug: "about".into(), ..story("من نحن") }).await;
        editor.drafts(Draft { slug: "secret".into(), tags: vec![unused], ..story("سر") }).await;
        let gone = editor.publishes(Draft { slug: "gone".into(), ..story("سُحب") }).await;
        editor.withdraws(gone, "").await;
        let reader = site.reader();
        let index = reader.reads("/sitemap.xml").await.ok();
        assert_eq!(problems(index.body()), Vec::<String>::new());
        let maps = locations(index.body());
        assert_eq!(maps.len(), 3, "{maps:?}");
        let mut addresses = Vec::new();
        for map in maps {
            let map = reader.reads(map.strip_prefix(BASE).expect("an address of ours")).await.ok();
            assert_eq!(problems(map.body()), Vec::<String>::new());
            assert!(!map.body().contains("secret") && !map.body().contains("gone"));
            addresses.extend(locations(map.body()));
        }
        for address in &addresses {
            let page = reader.reads(address.strip_prefix(BASE).expect("an address of ours")).await.ok();
            assert_eq!(
                &page.attribute("link[rel=canonical]", "href"),
                address,
                "the sitemap says the canonical address"
            );
        }
        assert_eq!(addresses.len(), 2 + 1 + 1 + 3, "articles, page, front, section, tag, person: {addresses:?}");
    }

    async fn the_news_sitemap_knows_two_days(site) {
        let editor = site.editor();
        editor.publishes_on("2026-02-27T08:59:59Z", Draft { slug: "old".into(), ..story("قديم") }).await;
        editor.publishes_on("2026-02-27T09:00:00Z", Draft { slug: "fresh".into(), ..story("جديد") }).await;
        let map = site.reader().reads("/news-sitemap.xml").await.ok();
        assert_eq!(problems(map.body()), Vec::<String>::new());
        assert!(map.body().contains("fresh") && !map.body().contains("old"), "{}", map.body());
        site.passes(1);
        assert!(!site.reader().reads("/news-sitemap.xml").await.ok().body().contains("fresh"));
    }

    async fn robots_are_told_where_to_look(site) {
        let robots = site.reader().reads("/robots.txt").await.ok();
        assert!(robots.header("content-type").starts_with("text/plain"));
        for line in [format!("Sitemap: {BASE}/sitemap.xml"), format!("Sitemap: {BASE}/news-sitemap.xml")] {
            assert!(robots.body().lines().any(|found| found == line), "{line}: {}", robots.body());
        }
        assert!(robots.body().contains("User-agent: *"));
    }
}

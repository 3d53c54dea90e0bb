//! Sections, tags, people, days; and the pages of long lists.

use warraq::news::article::{Draft, Form};
use warraq::news::people::BylineRole;

use crate::support::{BASE, Newsroom, on_both, story};

async fn twelve(site: &Newsroom) {
    let editor = site.editor();
    editor.section("اقتصاد").await;
    let trade = editor.section_under("اقتصاد", "تجارة").await;
    editor.section("ثقافة").await;
    let (tag, person) = (editor.tag("الحزام").await, editor.person("ليلى حسن").await);
    for number in 1..=12 {
        let draft = Draft {
            sections: vec![trade],
            tags: vec![tag],
            bylines: vec![(person, BylineRole::Writer)],
            ..story(&format!("خبر رقم {number}"))
        };
        editor.publishes_on(&format!("2026-02-{number:02}T09:00:00Z"), draft).await;
    }
    site.changes_site(|site| site.settings.per_page = 5).await;
}

on_both! {
    async fn every_list_shows_its_articles_newest_first(site) {
        twelve(site).await;
        let reader = site.reader();
        for path in
            ["/category/اقتصاد/", "/category/اقتصاد/تجارة/", "/tag/الحزام/", "/author/ليلى-حسن/", "/2026/", "/2026/02/"]
        {
            let page = reader.reads(path).await.ok();
            let headlines = page.all(".card__headline");
            assert_eq!(headlines, ["خبر رقم 12", "خبر رقم 11", "خبر رقم 10", "خبر رقم 9", "خبر رقم 8"], "{path}");
            assert_eq!(page.count("h1"), 1, "{path}");
            assert!(page.body().contains("12 مادة"), "{path} says how many there are");
            assert!(page.attribute("link[rel=canonical]", "href").starts_with(BASE), "{path}");
            assert!(page.count("link[type='application/rss+xml']") >= 1, "{path}");
        }
        let day = reader.reads("/2026/02/03/").await.ok();
        assert_eq!(day.all(".card__headline"), ["خبر رقم 3"]);
        assert_eq!(reader.reads("/category/اقتصاد/").await.text("h1"), "اقتصاد");
        assert_eq!(reader.reads("/author/ليلى-حسن/").await.text("h1"), "ليلى حسن");
        let empty = reader.reads("/category/ثقافة/").await.ok();
        assert_eq!(empty.count(".card"), 0, "an empty section is there, and says so");
    }

    async fn pages_of_a_list_begin_and_end_where_they_should(site) {
        twelve(site).await;
        let reader = site.reader();
        let last = reader.reads("/category/اقتصاد/page/3/").await.ok();
        assert_eq!(last.all(".card__headline"), ["خبر رقم 2", "خبر رقم 1"]);
        assert_eq!((last.count("link[rel=prev]"), last.count("link[rel=next]")), (1, 0));
        let first = reader.reads("/category/اقتصاد/").await.ok();
        assert_eq!((first.count("link[rel=prev]"), first.count("link[rel=next]")), (0, 1));
        reader.reads("/category/اقتصاد/page/4/").await.is(404);
        reader.reads("/category/اقتصاد/page/999999999/").await.is(404);
        reader.reads("/category/اقتصاد/page/99999999999999999999/").await.is(404);
        let one = reader.reads("/category/اقتصاد/page/1/").await.is(301);
        assert_eq!(one.location(), "/category/%D8%A7%D9%82%D8%AA%D8%B5%D8%A7%D8%AF/");
        assert_eq!(reader.reads("/category/اقتصاد").await.is(301).location(), one.location());
    }

    async fn the_pages_of_the_front_begin_and_end_too(site) {
        twelve(site).await;
        let reader = site.reader();
        assert_eq!(reader.reads("/page/1/").await.is(301).location(), "/");
        assert_eq!(reader.reads("/page/2").await.is(301).location(), "/page/2/");
        assert_eq!(reader.reads("/page/3/").await.ok().all(".card__headline"), ["خبر رقم 2", "خبر رقم 1"]);
        reader.reads("/page/4/").await.is(404);
        let front = reader.reads("/").await.ok();
        assert!(front.attributes(".pages a", "href").contains(&"/page/2/".to_owned()));
    }

    async fn no_article_is_left_out_between_the_pages(site) {
        twelve(site).await;
        let reader = site.reader();
        let mut seen = Vec::new();
        let mut next = Some("/tag/%D8%A7%D9%84%D8%AD%D8%B2%D8%A7%D9%85/".to_owned());
        while let Some(path) = next {
            let page = reader.reads(&path).await.ok();
            seen.extend(page.all(".card__headline"));
            next = page.attributes("a[rel=next]", "href").pop();
        }
        let expected: Vec<String> = (1..=12).rev().map(|number| format!("خبر رقم {number}")).collect();
        assert_eq!(seen, expected);
    }

    async fn the_calendar_leads_from_year_to_day(site) {
        twelve(site).await;
        let reader = site.reader();
        assert!(reader.reads("/2026/").await.attributes("main a", "href").contains(&"/2026/02/".to_owned()));
        assert!(reader.reads("/2026/02/").await.attributes("main a", "href").contains(&"/2026/02/12/".to_owned()));
        assert_eq!(reader.reads("/2026/02").await.is(301).location(), "/2026/02/");
        reader.reads("/2026/01/").await.is(404);
        reader.reads("/2026/02/20/").await.is(404);
    }

    async fn what_stands_around_every_page_follows_its_changes(site) {
        let editor = site.editor();
        let reader = site.reader();
        let around = async || {
            let page = reader.reads("/").await.ok();
            (page.all(".masthead nav a").join(" "), page.text(".masthead__title"), page.all("footer a").join(" "))
        };
        editor.publishes(story("خبر")).await;
        let (before, _, footer) = around().await;
        assert!(!before.contains("رياضة") && !footer.contains("من نحن"), "{before} {footer}");
        editor.section("رياضة").await;
        assert!(around().await.0.contains("رياضة"));
        let about = editor.publishes(Draft { form: Form::Page, ..story("من نحن") }).await;
        assert!(around().await.2.contains("من نحن"));
        editor.withdraws(about, "").await;
        assert!(!around().await.2.contains("من نحن"));
        site.changes_site(|site| site.title = "اسم آخر".into()).await;
        assert_eq!(around().await.1, "اسم آخر");
    }
}

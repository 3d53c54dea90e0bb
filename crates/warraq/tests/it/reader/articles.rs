//! The page of an article.

use warraq::desk::articles as verbs;
use warraq::news::ArticleId;
use warraq::news::article::{CorrectionKind, Draft, Form, Kind, Lead, Source};
use warraq::news::language::Language;
use warraq::news::people::BylineRole;

use crate::support::{BASE, Newsroom, on_both, story};

/// A whole article with everything that an article can have; gives its path.
async fn whole(site: &Newsroom) -> (ArticleId, String) {
    let editor = site.editor();
    editor.section("اقتصاد").await;
    let trade = editor.section_under("اقتصاد", "تجارة").await;
    let tag = editor.tag("طريق الحرير").await;
    let (leila, omar) = (editor.person("ليلى حسن").await, editor.person("عمر سالم").await);
    let picture = warraq::desk::media::take_in(&site.desk, crate::desk::media::picture(900, 500), "", "")
        .await
        .expect("a picture");
    site.run_jobs().await;
    let draft = Draft {
        kind: Kind::Wire,
        kicker: "تحليل".into(),
        standfirst: "ماذا بعد القمة؟".into(),
        source: Source {
            name: "شينخوا".into(), url: "https://agency.example/1".into(), licence: "بإذن".into()
        },
        sections: vec![trade],
        tags: vec![tag],
        bylines: vec![(leila, BylineRole::Writer), (omar, BylineRole::Translator)],
        lead: Some(Lead {
            media: picture, alt: "القاعة".into(), caption: "قبل الافتتاح".into(), credit: "ورّاق".into()
        }),
        ..story("قمة في بكين")
    };
    let id = editor.publishes_on("2026-02-20T18:00:00Z", draft).await;
    (id, "/2026/02/20/%D9%82%D9%85%D8%A9-%D9%81%D9%8A-%D8%A8%D9%83%D9%8A%D9%86/".to_owned())
}

on_both! {
    async fn notes_are_numbered_lead_there_and_back_and_go_with_the_text(site) {
        let editor = site.editor();
        let body = |title: &str| {
            "<p>تحدّث الوزير عن الموانئ<sup class=\"fn\"><a href=\"#fn-9\">9</a></sup> والسفن<sup class=\"fn\"><a href=\"#fn-2\">2</a></sup>.</p>\
             <ol class=\"footnotes\"><li id=\"fn-2\">China Daily</li><li id=\"fn-9\">TITLE</li></ol>"
                .replace("TITLE", title)
        };
        let first = editor.publishes(Draft { body: body("بيان الأرصفة"), ..story("أول") }).await;
        let second = editor.publishes(Draft { body: body("بيان آخر"), ..story("ثان") }).await;
        let reader = site.reader();
        let path = reader.reads(&format!("/a/{first}")).await.is(301).location().to_owned();
        let page = reader.reads(&path).await.ok();
        assert_eq!(page.all(".prose sup.fn a[role=doc-noteref]"), ["1", "2"]);
        assert_eq!(page.attribute(".prose sup.fn a", "href"), format!("#fn-{first}-1"));
        assert_eq!(page.attribute(".prose sup.fn a", "aria-label"), "حاشية 1");
        assert_eq!(page.text(".prose section[role=doc-endnotes] h2"), "الحواشي");
        assert_eq!(page.count(&format!("li#fn-{first}-2 p[dir=ltr]")), 1, "a note runs its own way");
        assert!(page.text(&format!("li#fn-{first}-1")).starts_with("بيان الأرصفة"));
        assert_eq!(page.attribute(&format!("li#fn-{first}-1 a[role=doc-backlink]"), "href"), format!("#fnref-{first}-1"));
        assert!(!page.attribute("meta[name=description]", "content").contains('1'), "no number in the middle of a description");
        for feed in ["/feed/", "/feed/atom/", "/feed/json/"] {
            let feed = reader.reads(feed).await.ok();
            for id in [first, second] {
                for name in [format!("fn-{id}-1"), format!("fnref-{id}-2")] {
                    assert!(feed.body().contains(&name), "{name} in a feed of several articles");
                }
            }
        }
        warraq::desk::searches::catch_up(&site.desk, |_| {}).await.expect("indexed");
        assert_eq!(reader.reads("/search?q=الموانئ").await.ok().all(".result mark").first().map(String::as_str), Some("الموانئ"));
        assert_eq!(reader.reads("/search?q=الأرصفة").await.ok().all(".result__headline"), ["أول"], "words of a note are found");
    }

    async fn everything_that_belongs_to_it_is_there(site) {
        let (id, path) = whole(site).await;
        let page = site.reader().reads(&path).await.ok();
        assert_eq!((page.attribute("html", "lang"), page.attribute("html", "dir")), ("ar".into(), "rtl".into()));
        assert_eq!((page.count("h1"), page.text("h1.story__headline")), (1, "تحليل: قمة في بكين".into()));
        assert!(page.text("title").starts_with("قمة في بكين"), "{}", page.text("title"));
        assert_eq!(page.text(".story__standfirst"), "ماذا بعد القمة؟");
        assert_eq!(page.all(".bylines a[rel=author]"), ["ليلى حسن", "عمر سالم"]);
        assert_eq!(page.attribute("link[rel=canonical]", "href"), format!("{BASE}{path}"));
        assert_eq!(page.attribute("link[rel=shortlink]", "href"), format!("{BASE}/a/{id}"));
        assert_eq!(page.attribute("meta[name=description]", "content"), "ماذا بعد القمة؟");
        assert_eq!(page.attribute("meta[name='Googlebot-News']", "content"), "noindex", "wire copy");
        assert_eq!(page.all(".trail a"), ["اقتصاد", "تجارة"]);
        assert_eq!(page.attribute(".story__picture img", "alt"), "القاعة");
        assert!(page.text(".story__picture figcaption").contains("قبل الافتتاح"));
        assert_eq!(page.all(".prose p").len(), 2);
        assert!(page.body().contains("شينخوا") && page.body().contains("وكالات"), "its kind and source are seen");
        assert!(page.body().contains("20 فبراير 2026"), "a date in words");
        assert_eq!(page.text("#comments-title"), "لا تعليقات");
        assert_eq!(page.attribute("form.form", "action"), format!("{path}comments#respond"));
        assert!(page.body().contains("لن يتم نشر عنوان بريدك الإلكتروني"));
    }

    async fn machines_can_read_it(site) {
        let (_, path) = whole(site).await;
        let page = site.reader().reads(&path).await.ok();
        let data: serde_json::Value =
            serde_json::from_str(&page.text("script[type='application/ld+json']")).expect("JSON");
        let graph =
            data.get("@graph").and_then(|graph| graph.as_array()).cloned().unwrap_or_else(|| vec![data.clone()]);
        let kind = |wanted: &str| graph.iter().find(|thing| thing["@type"].to_string().contains(wanted)).cloned();
        let article = kind("Article").expect("an article");
        assert_eq!(article["headline"], "قمة في بكين");
        assert_eq!(article["inLanguage"], "ar");
        assert!(article["datePublished"].as_str().is_some_and(|date| date.starts_with("2026-02-20T")), "{article}");
        assert!(article["author"].to_string().contains("ليلى حسن"), "{article}");
        assert!(article["image"].to_string().contains("/media/"), "{article}");
        let property = |name: &str| page.attribute(&format!("meta[property='{name}']"), "content");
        assert_eq!(property("og:title"), "قمة في بكين");
        assert_eq!(property("og:url"), format!("{BASE}{path}"));
        assert_eq!((property("og:type"), property("og:locale")), ("article".into(), "ar_AR".into()));
        assert!(property("og:image").starts_with(&format!("{BASE}/media/")));
        let picture = property("og:image");
        let file = site.reader().reads(picture.trim_start_matches(BASE)).await.ok();
        assert!(
            file.header("content-type").starts_with("image/")
                && file.header("content-security-policy").contains("sandbox")
        );
        assert!(file.header("cache-control").contains("immutable"));
    }

    async fn an_english_article_on_an_arabic_site_reads_from_the_left(site) {
        let editor = site.editor();
        let arabic = editor.publishes(story("قمة")).await;
        let english = Language::parse("en").expect("a language");
        let id = editor
            .publishes(Draft { language: Some(english), translation_of: Some(arabic), ..story("A summit in Beijing") })
            .await;
        let page = site.reader().reads("/2026/03/01/a-summit-in-beijing/").await.ok();
        assert_eq!((page.attribute("html", "lang"), page.attribute("html", "dir")), ("en".into(), "ltr".into()));
        assert_eq!(page.text("#comments-title"), "No comments");
        assert_eq!(
            page.attributes("link[rel=alternate][hreflang]", "hreflang").iter().filter(|lang| *lang == "ar").count(),
            1
        );
        let arabic = site.reader().reads("/2026/03/01/%D9%82%D9%85%D8%A9/").await.ok();
        assert_eq!(arabic.attribute("html", "dir"), "rtl");
        assert!(
            arabic.attributes("a", "href").contains(&"/2026/03/01/a-summit-in-beijing/".to_owned()),
            "article {id} is offered"
        );
        assert!(arabic.body().contains("English"));
        // On the front its headline keeps its own direction.
        let front = site.reader().reads("/").await.ok();
        assert_eq!(front.attribute("html", "dir"), "rtl");
        assert!(front.count("bdi[lang=en][dir=ltr]") > 0);
    }

    async fn a_language_without_interface_texts_keeps_its_own_direction(site) {
        let editor = site.editor();
        editor
            .publishes(Draft {
                language: Some(Language::parse("ru").expect("a language")),
                slug: "sammit".into(),
                ..story("Саммит")
            })
            .await;
        let page = site.reader().reads("/2026/03/01/sammit/").await.ok();
        assert_eq!((page.attribute("html", "lang"), page.attribute("html", "dir")), ("ar".into(), "rtl".into()));
        assert_eq!(
            (page.attribute("article.story", "lang"), page.attribute("article.story", "dir")),
            ("ru".into(), "ltr".into())
        );
    }

    async fn corrections_stand_over_the_text(site) {
        let (id, path) = whole(site).await;
        verbs::correct(&site.desk, id, CorrectionKind::Correction, "صُحِّح <b>الاسم</b>").await.expect("kept");
        let page = site.reader().reads(&path).await.ok();
        let note = page.text(".corrections");
        assert!(note.contains("تصويب") && note.contains("صُحِّح <b>الاسم</b>"), "{note}");
        assert_eq!(page.count(".corrections b"), 0, "plain text");
    }

    async fn a_standing_page_lives_at_its_name(site) {
        site.editor().publishes(Draft { form: Form::Page, slug: "من-نحن".into(), ..story("من نحن") }).await;
        let page = site.reader().reads("/من-نحن/").await.ok();
        assert_eq!(page.text("h1"), "من نحن");
        assert_eq!(page.attribute("link[rel=canonical]", "href"), format!("{BASE}/%D9%85%D9%86-%D9%86%D8%AD%D9%86/"));
        let front = site.reader().reads("/").await.ok();
        assert!(front.attributes("footer a", "href").contains(&"/%D9%85%D9%86-%D9%86%D8%AD%D9%86/".to_owned()));
    }

    async fn a_headline_cannot_break_the_page(site) {
        let title = "x</script><script>alert(1)</script>\" onload=\"x";
        site.editor().publishes(Draft { slug: "x".into(), standfirst: "</title><b>".into(), ..story(title) }).await;
        let page = site.reader().reads("/2026/03/01/x/").await.ok();
        assert_eq!(page.text("h1"), title);
        assert!(!page.body().contains("<script>alert"), "{}", page.body());
        assert_eq!(page.count("head b") + page.count("title b"), 0);
        let front = site.reader().reads("/").await.ok();
        assert!(!front.body().contains("<script>alert"));
    }

    async fn an_unpublished_version_is_not_shown(site) {
        let (id, path) = whole(site).await;
        site.editor().revises(id, story("لم يُنشر بعد")).await;
        let reader = site.reader();
        for path in [path.as_str(), "/", "/feed/", "/feed/atom/", "/feed/json/", "/2026/", "/sitemap-2026-02.xml"] {
            assert!(!reader.reads(path).await.ok().body().contains("لم يُنشر بعد"), "{path}");
        }
    }
}

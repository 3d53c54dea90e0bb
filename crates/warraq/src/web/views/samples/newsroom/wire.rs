//! What could the wire desk have to show?

use std::collections::BTreeMap;

use super::layout;
use crate::web::views::DateView;
use crate::web::views::newsroom::comments::{NoticeView, TabView};
use crate::web::views::newsroom::wire::{
    AlsoView, SourceChoice, SourceForm, SourceRow, WirePage, WireRow, WireSourcePage, WireSourcesPage, WireStoryPage,
};
use crate::web::views::newsroom::{LanguageChoice, SectionChoice};
use crate::web::views::samples::{Sample, value};

/// Every sample of the wire desk.
pub(super) fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut add = |template, name, lang, value| samples.push(Sample { template, name, lang, value });
    for lang in ["ar", "en"] {
        let page = WirePage {
            layout: layout(lang, "wire"),
            tabs: ["new", "taken", "dismissed"].map(tab).to_vec(),
            state: "new",
            sources: vec![
                SourceChoice { id: 1, name: "وكالة الأنباء".into(), current: false },
                SourceChoice { id: 2, name: "Agency <wire>".into(), current: true },
            ],
            is_filtered: true,
            rows: vec![fresh(), hostile()],
            next: Some("/newsroom/wire/?state=new&before=1.2".into()),
            back: "state=new".into(),
            notice: Some(NoticeView { text: "استُبعد: 3".into(), undo: Some(7) }),
            may_keep: true,
        };
        add("newsroom/wire.html", "wire stories that wait", lang, value(&page));
        let done = WirePage {
            state: "taken",
            rows: vec![taken(), WireRow { by: None, ..taken() }],
            may_keep: false,
            notice: None,
            ..page.clone()
        };
        add("newsroom/wire.html", "wire stories that were taken in", lang, value(&done));
        for (name, sources, is_filtered, state) in [
            ("no source yet", vec![], false, "new"),
            ("nothing new", page.sources.clone(), true, "new"),
            ("nothing was dismissed", page.sources.clone(), false, "dismissed"),
        ] {
            let none = WirePage { rows: vec![], next: None, notice: None, sources, is_filtered, state, ..page.clone() };
            add("newsroom/wire.html", name, lang, value(&none));
        }
        for row in [fresh(), taken(), hostile()] {
            let has_text = row.state == "new";
            let story = WireStoryPage {
                layout: layout(lang, "wire"),
                standfirst: if has_text { "مقدمة <الخبر>".into() } else { String::new() },
                body: if has_text { "<p>نص الخبر.</p><ul><li>نقطة</li></ul>".into() } else { String::new() },
                licence: if has_text { "CC BY 4.0".into() } else { String::new() },
                notice: None,
                row,
            };
            add("newsroom/wire_story.html", "one wire story", lang, value(&story));
        }
        let sources = WireSourcesPage {
            layout: layout(lang, "wire"),
            sources: ["well", "trouble", "first", "paused"].map(source).to_vec(),
            next: Some("/newsroom/wire/sources/?after=50".into()),
            form: form(BTreeMap::new()),
            notice: Some(NoticeView { text: "حُفظ.".into(), undo: None }),
        };
        add("newsroom/wire_sources.html", "sources", lang, value(&sources));
        let wrong = BTreeMap::from([
            ("name", "سمِّ المصدر.".to_owned()),
            ("address", "هذا ليس عنوان خلاصة.".into()),
            ("licence", "الرخصة أطول مما يسع.".into()),
            ("section", "اختر القسم.".into()),
            ("minutes", "بين 5 و1440 دقيقة.".into()),
            ("sources", "بلغت المصادر 500.".into()),
        ]);
        let none = WireSourcesPage { sources: vec![], next: None, notice: None, form: form(wrong.clone()), ..sources };
        add("newsroom/wire_sources.html", "no source, and a wrong form", lang, value(&none));
        for (state, errors) in [("trouble", BTreeMap::new()), ("paused", wrong)] {
            let one = WireSourcePage {
                layout: layout(lang, "wire"),
                source: source(state),
                form: form(errors),
                notice: None,
            };
            add("newsroom/wire_source.html", state, lang, value(&one));
        }
    }
    samples
}

fn tab(key: &'static str) -> TabView {
    let count = (key == "new").then(|| "1,000+".to_owned());
    TabView { key, href: format!("/newsroom/wire/?state={key}"), current: key == "new", count }
}

fn fresh() -> WireRow {
    WireRow {
        id: 31,
        href: "/newsroom/wire/31/".into(),
        headline: "وزير الخارجية الصيني يصل إلى القاهرة".into(),
        lang: "ar".into(),
        dir: "rtl",
        excerpt: "وصل وزير الخارجية الصيني إلى القاهرة يوم الخميس في زيارة رسمية تستغرق يومين…".into(),
        source: "وكالة الأنباء".into(),
        section: Some("سياسة".into()),
        bylines: vec!["ليلى Laila".into(), "سامر".into()],
        address: Some("https://agency.example/2026/03/1?a=b&c=d".into()),
        at: date(),
        state: "new",
        by: None,
        article_href: None,
        same_href: Some("/newsroom/articles/12/".into()),
        also: vec![
            AlsoView { name: "Agency <wire>".into(), href: "/newsroom/wire/32/".into() },
            AlsoView { name: "وكالة أخرى".into(), href: "/newsroom/wire/33/".into() },
        ],
        may_take: true,
        may_dismiss: true,
    }
}

fn hostile() -> WireRow {
    WireRow {
        id: 30,
        headline:
            "<script>alert(1)</script> \u{202e}txet A very long headline of an agency that does not know when to stop"
                .into(),
        lang: "en".into(),
        dir: "ltr",
        excerpt: String::new(),
        section: None,
        bylines: vec![],
        address: None,
        same_href: None,
        also: vec![],
        may_take: false,
        may_dismiss: false,
        ..fresh()
    }
}

fn taken() -> WireRow {
    WireRow {
        state: "taken",
        by: Some("<ليلى>".into()),
        article_href: Some("/newsroom/articles/14/".into()),
        may_take: false,
        may_dismiss: false,
        ..fresh()
    }
}

fn source(state: &'static str) -> SourceRow {
    SourceRow {
        id: 3,
        href: "/newsroom/wire/sources/3/".into(),
        name: "Agency <wire>".into(),
        address: "https://agency.example/feeds/world.xml?lang=ar&key=…".into(),
        section: (state != "first").then(|| "سياسة".into()),
        rule: if state == "well" { "publish" } else { "hold" },
        state,
        words: vec!["يُسأل كل 15 دقيقة.".into(), "ليس هناك خلاصة.".into()],
        active: state != "paused",
        may_change: state != "first",
    }
}

fn form(errors: BTreeMap<&'static str, String>) -> SourceForm {
    SourceForm {
        name: "\"Agency\" <wire>".into(),
        address: "https://agency.example/feed".into(),
        licence: String::new(),
        minutes: "15".into(),
        section: Some(2),
        sections: vec![
            SectionChoice { id: 1, name: "سياسة".into(), depth: 0 },
            SectionChoice { id: 2, name: "Asia".into(), depth: 1 },
        ],
        language: "ar".into(),
        languages: vec![LanguageChoice { tag: "ar".into(), name: "العربية".into() }],
        rule: "publish".into(),
        errors,
    }
}

fn date() -> DateView {
    DateView {
        iso: "2026-03-01T09:00:00Z".into(),
        date: "1 مارس 2026".into(),
        time: "12:00".into(),
        other_calendar: None,
    }
}

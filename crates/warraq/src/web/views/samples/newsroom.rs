//! What could a page of the newsroom have to show?

mod accounts;
mod comments;
mod naming;
mod pictures;
mod wire;

use std::collections::BTreeMap;

use super::{Sample, date, value};
use crate::interface::Interface;
use crate::news::site::Digits;
use crate::web::views::Logo;
use crate::web::views::newsroom::calendar::{CalendarDay, CalendarEntry, CalendarPage};
use crate::web::views::newsroom::{
    BylineField, Choices, FieldChange, FrontRoomPage, HomePage, LanguageChoice, Layout, LeadField, LineChange, ListTab,
    NavItem, NewStoryPage, Piece, PlanField, RefusalPage, RevisionLine, RevisionPage, RevisionsPage, SectionChoice,
    SectionField, SectionsPage, SettingsForm, SettingsPage, SignInPage, SlotField, StaffChoice, StaffView, StageChoice,
    StageCount, StoriesPage, StoryChoice, StoryForm, StoryLine, StoryPage,
};

/// Every sample of the newsroom.
pub(super) fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    for lang in ["ar", "en"] {
        let mut add = |template, name, lang, value| samples.push(Sample { template, name, lang, value });
        let at_the_door = SignInPage {
            layout: Layout { staff: None, nav: vec![], ..layout(lang, "") },
            email: String::new(),
            next: "/newsroom/".into(),
            failed: None,
            passkeys: true,
            in_the_clear: false,
        };
        add("newsroom/sign_in.html", "sign in", lang, value(&at_the_door));
        let failed = SignInPage {
            email: "<name@example.org>".into(),
            failed: Some("sign-in-failed"),
            passkeys: false,
            in_the_clear: true,
            ..at_the_door
        };
        add("newsroom/sign_in.html", "sign in, again", lang, value(&failed));
        let home = HomePage {
            layout: layout(lang, "home"),
            mine: lines("draft"),
            waiting: lines("draft"),
            scheduled: lines("scheduled"),
            published: lines("published"),
            held: 11,
            stages: vec![
                StageCount {
                    name: "<مراجعة>".into(),
                    drafts: "3".into(),
                    href: "/newsroom/articles/?list=draft&stage=stage-1".into(),
                },
                StageCount {
                    name: "Legal".into(),
                    drafts: "11".into(),
                    href: "/newsroom/articles/?list=draft&stage=ready".into(),
                },
            ],
        };
        add("newsroom/home.html", "first page", lang, value(&home));
        let empty = HomePage {
            mine: vec![],
            waiting: vec![],
            scheduled: vec![],
            published: vec![],
            held: 0,
            stages: vec![],
            ..home
        };
        add("newsroom/home.html", "first page of the first day", lang, value(&empty));
        for list in LISTS {
            let page = StoriesPage {
                layout: layout(lang, "stories"),
                list,
                lists: LISTS
                    .iter()
                    .map(|key| ListTab { key, href: format!("/newsroom/articles/?list={key}"), current: key == list })
                    .collect(),
                words: String::new(),
                stages: if *list == "draft" { choices().stages } else { vec![] },
                stage: String::new(),
                lines: lines(if *list == "published" { "published" } else { "draft" }),
                next: Some("/newsroom/articles/?before=1.2".into()),
            };
            add("newsroom/stories.html", list, lang, value(&page));
            let empty = StoriesPage { lines: vec![], next: None, ..page };
            add("newsroom/stories.html", "an empty list", lang, value(&empty));
            let nobody = StoriesPage { stage: "desk".into(), ..empty.clone() };
            add("newsroom/stories.html", "a stage where nothing stands", lang, value(&nobody));
            let lost = StoriesPage { words: "<كلمة>".into(), ..empty };
            add("newsroom/stories.html", "words that are nowhere", lang, value(&lost));
        }
        let new = NewStoryPage {
            layout: layout(lang, "stories"),
            headline: String::new(),
            planned_on: Some("2026-11-23".into()),
            choices: choices(),
            errors: BTreeMap::from([("headline", "العنوان مطلوب.".to_owned())]),
        };
        add("newsroom/new_story.html", "a new story", lang, value(&new));
        stories(lang, &mut add);
        calendar(lang, &mut add);
        arranging(lang, &mut add);
        samples.extend(accounts::all(lang));
        let mut add = |template, name, lang, value| samples.push(Sample { template, name, lang, value });
        for word in REFUSALS {
            let is_invalid = *word == "invalid";
            let page = RefusalPage {
                layout: layout(lang, ""),
                word,
                by: matches!(*word, "changed" | "locked").then(|| "ليلى <المحررة>".into()),
                detail: (*word == "conflict").then(|| "article 12 is public already".into()),
                flaws: if is_invalid {
                    vec!["العنوان مطلوب".into(), "النص أطول من المسموح".into()]
                } else {
                    vec![]
                },
            };
            add("newsroom/refused.html", word, lang, value(&page));
        }
    }
    samples.extend(comments::all());
    samples.extend(wire::all());
    samples.extend(pictures::all());
    samples
}

fn stories(lang: &'static str, add: &mut impl FnMut(&'static str, &'static str, &'static str, minijinja::Value)) {
    let page = StoryPage {
        layout: layout(lang, "stories"),
        story: story("draft"),
        choices: choices(),
        errors: BTreeMap::new(),
        done: Some("saved"),
        locked_by: None,
        may_publish: true,
        waits_for_stage: None,
        editor_texts: texts(lang, "editor-"),
    };
    add("newsroom/story.html", "a draft", lang, value(&page));
    for (name, status) in [("published", "published"), ("scheduled", "scheduled"), ("withdrawn", "withdrawn")] {
        let page = StoryPage { story: story(status), done: None, ..page.clone() };
        add("newsroom/story.html", name, lang, value(&page));
    }
    for status in ["draft", "scheduled"] {
        let page = StoryPage { story: story(status), waits_for_stage: Some("<جاهزة>".into()), ..page.clone() };
        add("newsroom/story.html", "goes out from the last stage alone", lang, value(&page));
    }
    let in_the_way = StoryPage {
        story: StoryForm { lead: None, language: "fr".into(), ..story("draft") },
        errors: BTreeMap::from([
            ("headline", "العنوان مطلوب.".to_owned()),
            ("lead-alt", "اكتب وصفًا.".to_owned()),
            ("story", "حفظ زميل هذه المادة.".to_owned()),
        ]),
        done: None,
        locked_by: Some("ليلى <المحررة>".into()),
        may_publish: false,
        ..page
    };
    add("newsroom/story.html", "somebody in the way, everything wrong", lang, value(&in_the_way));
    let revision = |number, is_newest| RevisionLine {
        number,
        href: format!("/newsroom/articles/12/revisions/{number}"),
        by: (number > 1).then(|| "ليلى Laila".into()),
        note: if number == 2 { "<بعد مراجعة المصدر>".into() } else { String::new() },
        at: date(number as usize),
        is_public: number == 2,
        is_newest,
    };
    let list = RevisionsPage {
        layout: layout(lang, "stories"),
        id: 12,
        headline: "طريق الحرير".into(),
        revisions: vec![revision(3, true), revision(2, false), revision(1, false)],
        next: Some("/newsroom/articles/12/revisions/?before=1".into()),
    };
    add("newsroom/revisions.html", "three", lang, value(&list));
    let piece = |text: &str, changed| Piece { text: text.into(), changed };
    let page = RevisionPage {
        layout: layout(lang, "stories"),
        id: 12,
        headline: "طريق الحرير".into(),
        revision: revision(2, false),
        against: 1,
        dir: "rtl",
        lang: "ar".into(),
        changes: vec![
            FieldChange {
                field: "headline",
                lines: vec![LineChange {
                    before: vec![piece("طريق ", false), piece("الشاي", true)],
                    after: vec![piece("طريق ", false), piece("الحرير", true)],
                }],
            },
            FieldChange {
                field: "body",
                lines: vec![
                    LineChange { before: vec![], after: vec![piece("فقرة <جديدة>", true)] },
                    LineChange { before: vec![piece("فقرة ذهبت", true)], after: vec![] },
                ],
            },
        ],
        may_restore: true,
    };
    add("newsroom/revision.html", "what changed", lang, value(&page));
    let same = RevisionPage { changes: vec![], against: 0, may_restore: false, ..page };
    add("newsroom/revision.html", "nothing changed", lang, value(&same));
}

fn arranging(lang: &'static str, add: &mut impl FnMut(&'static str, &'static str, &'static str, minijinja::Value)) {
    let front = FrontRoomPage {
        layout: layout(lang, "front"),
        slots: (1..=5).map(|place| SlotField { place, story: (place == 2).then_some(2) }).collect(),
        stories: vec![
            StoryChoice { id: 1, headline: super::LONG_HEADLINE.into() },
            StoryChoice { id: 2, headline: "The canal & the <market>".into() },
        ],
        done: true,
    };
    add("newsroom/front.html", "one pinned", lang, value(&front));
    let field = |id, name: &str, depth| SectionField {
        id,
        name: name.into(),
        description: "<وصف>".into(),
        position: id,
        href: "/category/x/".into(),
        depth,
    };
    let sections = SectionsPage {
        layout: layout(lang, "sections"),
        sections: vec![field(1, "اقتصاد", 0), field(2, "تجارة", 1)],
        done: true,
    };
    add("newsroom/sections.html", "two", lang, value(&sections));
    let none = SectionsPage { sections: vec![], done: false, ..sections };
    add("newsroom/sections.html", "none yet", lang, value(&none));
    let form = SettingsForm {
        title: "خطّ الحبر".into(),
        language: "ar".into(),
        time_zone: "Asia/Riyadh".into(),
        permalink: "/%postname%/".into(),
        calendar: "gregorian".into(),
        digits: "latn".into(),
        month_names: "EG".into(),
        per_page: "20".into(),
        hold_first: true,
        max_links: "2".into(),
        accent: "#1d5fa3".into(),
        refuse_training: true,
        refused_crawlers: "PetalBot".into(),
        ..SettingsForm::default()
    };
    let settings = SettingsPage {
        layout: layout(lang, "settings"),
        form,
        calendars: vec!["gregorian", "hijri", "gregorian+hijri", "hijri+gregorian"],
        digits: vec!["latn", "arab"],
        months: vec!["EG", "SY", "DZ", "MA"],
        permalinks: vec!["/%postname%/"],
        logo: Some(Logo { src: "/media/ab/abcdef.webp".into(), srcset: String::new(), width: 480, height: 120 }),
        errors: BTreeMap::new(),
        done: true,
    };
    add("newsroom/settings.html", "as they are", lang, value(&settings));
    let wrong = SettingsPage {
        logo: None,
        errors: BTreeMap::from([("logo", "z".to_owned()), ("title", "x".to_owned()), ("time_zone", "<y>".to_owned())]),
        done: false,
        ..settings
    };
    add("newsroom/settings.html", "something wrong", lang, value(&wrong));
    naming::all(lang, add);
}

const LISTS: &[&str] = &["mine", "waiting", "draft", "scheduled", "published", "pages", "withdrawn"];

const REFUSALS: &[&str] = &[
    "signed-out",
    "not-allowed",
    "needs-factor",
    "cross-site",
    "not-found",
    "method",
    "too-large",
    "too-many",
    "invalid",
    "conflict",
    "changed",
    "locked",
    "unavailable",
    "full",
    "broken",
];

/// The interface texts whose keys begin with `prefix`, as the scripts of a page find them.
fn texts(lang: &str, prefix: &str) -> String {
    let texts = Interface::new(lang, Digits::Latn).map(|texts| texts.with_prefix(prefix)).unwrap_or_default();
    serde_json::to_string(&texts).unwrap_or_default().replace('<', "\\u003c")
}

/// The frame of a page at this place of the navigation.
pub(super) fn layout(lang: &str, here: &str) -> Layout {
    let item = |key, href: &str| NavItem { key, href: href.into(), current: key == here };
    Layout {
        lang: lang.into(),
        dir: if lang == "ar" { "rtl" } else { "ltr" },
        digits: "latn",
        title: "غرفة الأخبار - خطّ الحبر".into(),
        texts: texts(lang, "room-"),
        site: "خطّ الحبر".into(),
        staff: Some(StaffView { name: "ليلى Laila".into(), role: "editor" }),
        nav: vec![
            item("home", "/newsroom/"),
            item("stories", "/newsroom/articles/"),
            item("comments", "/newsroom/comments/"),
        ],
    }
}

fn lines(status: &'static str) -> Vec<StoryLine> {
    let line = |id: i64, headline: &str, dir, lang: &str| StoryLine {
        id,
        href: format!("/newsroom/articles/{id}/"),
        headline: headline.into(),
        dir,
        lang: lang.into(),
        status,
        stage: ["idea", "draft", "stage-1", "copy", "ready"][id as usize % 5].into(),
        stage_name: ["فكرة", "مسودة", "<Legal> مراجعة", "في التدقيق", "جاهزة"][id as usize % 5].into(),
        kind: if id % 2 == 0 { "own" } else { "wire" },
        section: (id % 3 != 0).then(|| "اقتصاد".into()),
        owner: (id % 2 == 0).then(|| "ليلى Laila".into()),
        assignee: (id % 3 == 0).then(|| "سامر".into()),
        at: date(id as usize),
        words: 512,
        comments: id,
        has_changes: status == "published" && id % 2 == 0,
        is_embargoed: status == "draft" && id == 2,
    };
    vec![
        line(1, "طريق الحرير من البحر إلى البحر", "rtl", "ar"),
        line(2, "The canal & the <market>", "ltr", "en"),
        line(3, super::LONG_HEADLINE, "rtl", "ar"),
        line(4, "سوق", "rtl", "ar"),
    ]
}

/// A month in weeks and day by day, and one without anything.
fn calendar(lang: &'static str, add: &mut impl FnMut(&'static str, &'static str, &'static str, minijinja::Value)) {
    let entry = |what, headline: &str, is_rtl: bool| CalendarEntry {
        what,
        href: "/newsroom/articles/1/".into(),
        headline: headline.into(),
        dir: if is_rtl { "rtl" } else { "ltr" },
        lang: if is_rtl { "ar" } else { "en" }.into(),
        time: (what != "planned").then(|| "18:00".into()),
        stage: (what == "planned").then(|| "desk".into()),
        section: Some("اقتصاد".into()),
        assignee: is_rtl.then(|| "سامر".into()),
        is_embargoed: what == "planned" && !is_rtl,
    };
    let day = |number: usize| CalendarDay {
        iso: format!("2026-11-{:02}", number % 30 + 1),
        number: (number % 30 + 1).to_string(),
        name: format!("{} نوفمبر 2026", number % 30 + 1),
        is_inside: number < 30,
        is_today: number == 11,
        begin: (number >= 11).then(|| "/newsroom/articles/new?planned_on=2026-11-23".into()),
        entries: match number {
            12 => {
                vec![entry("planned", super::LONG_HEADLINE, true), entry("planned", "The canal & the <market>", false)]
            }
            13 => vec![entry("out", "سوق", true), entry("away", "طريق الحرير", true)],
            _ => vec![],
        },
        published: if number < 11 { number } else { 0 },
        published_href: "/newsroom/articles/?list=published".into(),
    };
    let page = CalendarPage {
        layout: layout(lang, "calendar"),
        month: "نوفمبر 2026".into(),
        iso: "2026-11".into(),
        before: "/newsroom/calendar/?month=2026-10".into(),
        after: "/newsroom/calendar/?month=2026-12".into(),
        today: None,
        is_list: false,
        other_form: "/newsroom/calendar/?month=2026-11&form=list".into(),
        weekdays: ["السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"].map(Into::into).into(),
        weeks: (0..5).map(|week| (0..7).map(|weekday| day(7 * week + weekday)).collect()).collect(),
        has_more: false,
        is_empty: false,
    };
    add("newsroom/calendar.html", "a month", lang, value(&page));
    let list =
        CalendarPage { is_list: true, has_more: true, today: Some("/newsroom/calendar/".into()), ..page.clone() };
    add("newsroom/calendar.html", "day by day", lang, value(&list));
    let quiet = |day: &CalendarDay| CalendarDay { entries: vec![], published: 0, ..day.clone() };
    let weeks = page.weeks.iter().map(|week| week.iter().map(quiet).collect()).collect();
    add("newsroom/calendar.html", "nothing is planned", lang, value(&CalendarPage { weeks, is_empty: true, ..page }));
}

fn story(status: &'static str) -> StoryForm {
    StoryForm {
        id: 0,
        version: 7,
        status,
        has_changes: status == "published",
        is_embargoed: status == "draft",
        public_href: (status == "published").then(|| "/a/12".into()),
        at: (status != "draft").then(|| date(3)),
        form: "article",
        kind: "wire",
        language: "ar".into(),
        lang: "ar".into(),
        dir: "rtl",
        kicker: "اقتصاد".into(),
        headline: "طريق \"الحرير\" <من البحر>".into(),
        standfirst: "مقدمة.".into(),
        body: "<p>فقرة أولى.</p></textarea><p>ثانية.</p>".into(),
        slug: String::new(),
        slug_now: "طريق-الحرير".into(),
        sections: vec![2, 1],
        tags: vec!["شاي".into(), "Silk".into()],
        bylines: vec![
            BylineField { name: "ليلى".into(), role: "translator" },
            BylineField { name: String::new(), role: "writer" },
        ],
        source_name: "وكالة".into(),
        source_url: "https://agency.example/1".into(),
        source_licence: String::new(),
        lead: Some(LeadField {
            id: 3,
            src: "/media/a.jpg".into(),
            width: 800,
            height: 500,
            alt: "ميناء".into(),
            caption: String::new(),
            credit: "سلمى".into(),
        }),
        comments_open: true,
        translation_of: Some(4),
        preview_title: String::new(),
        preview_description: String::new(),
        preview_hidden: false,
        plan: PlanField {
            planned_on: "2026-11-23".into(),
            embargo_at: "2026-11-23T18:00".into(),
            expires_at: String::new(),
            embargo: (status == "draft").then(|| date(1)),
            end: (status == "published").then(|| date(2)),
        },
        stage: "desk".into(),
        stage_name: "في التحرير".into(),
        assignee: Some(2),
        withdrawn_reason: if status == "withdrawn" { "خطأ في المصدر".into() } else { String::new() },
        words: 512,
    }
}

fn choices() -> Choices {
    let section = |id, name: &str, depth| SectionChoice { id, name: name.into(), depth };
    Choices {
        sections: vec![section(1, "اقتصاد", 0), section(2, "تجارة", 1), section(3, "ثقافة", 0)],
        kinds: vec!["own", "wire", "translation", "opinion", "sponsored"],
        roles: vec!["writer", "translator", "editor", "photographer", "correspondent"],
        stages: [("idea", "فكرة"), ("desk", "في التحرير"), ("stage-1", "<Legal> مراجعة")]
            .map(|(key, name)| StageChoice { key: key.into(), name: name.into() })
            .into(),
        staff: vec![StaffChoice { id: 1, name: "ليلى".into() }, StaffChoice { id: 2, name: "سامر <".into() }],
        languages: vec![
            LanguageChoice { tag: "ar".into(), name: "العربية".into() },
            LanguageChoice { tag: "en".into(), name: "English".into() },
        ],
    }
}

//! What could the pages have to show on which names are looked after?

use std::collections::BTreeMap;

use super::{layout, value};
use crate::web::views::Link;
use crate::web::views::newsroom::{
    JoinView, MenuField, MenuRow, MenusPage, RedirectLine, RedirectsPage, StageChoice, StageRow, StagesPage, TermLine,
    TermPage, TermsPage,
};

pub(super) fn all(
    lang: &'static str,
    add: &mut impl FnMut(&'static str, &'static str, &'static str, minijinja::Value),
) {
    for kind in ["people", "tags"] {
        let line = |name: &str, public: bool| TermLine {
            name: name.into(),
            href: format!("/newsroom/{kind}/1/"),
            public: public.then(|| "/tag/x/".into()),
            stories: if public { "12" } else { "0" }.into(),
        };
        let terms = TermsPage {
            layout: layout(lang, kind),
            kind,
            action: format!("/newsroom/{kind}/"),
            words: "طر".into(),
            lines: vec![line("طريق الحرير", true), line("The <road> & the sea", false)],
            next: Some(format!("/newsroom/{kind}/?after=x")),
            name: String::new(),
            errors: BTreeMap::new(),
        };
        add("newsroom/terms.html", kind, lang, value(&terms));
        let none = TermsPage {
            lines: vec![],
            next: None,
            name: "!".into(),
            errors: BTreeMap::from([("name", "<x>".to_owned())]),
            ..terms
        };
        add("newsroom/terms.html", "none", lang, value(&none));
        let term = TermPage {
            layout: layout(lang, kind),
            kind,
            action: format!("/newsroom/{kind}/1/"),
            list: format!("/newsroom/{kind}/"),
            name: "ليان <الزعفراني>".into(),
            text: "تكتب عن الشاي.".into(),
            public: "/author/ليان/".into(),
            into: String::new(),
            join: None,
            errors: BTreeMap::new(),
            done: true,
        };
        add("newsroom/term.html", kind, lang, value(&term));
        let join = JoinView { slug: "ليان".into(), says: vec!["<ليان>".into(), "لا رجعة".into()] };
        let asked = TermPage { into: "<ليان>".into(), join: Some(join), done: false, ..term.clone() };
        add("newsroom/term.html", "to be joined", lang, value(&asked));
        let errors = BTreeMap::from([("name", "<x>".to_owned()), ("into", "<x>".to_owned())]);
        let wrong = TermPage { errors, done: false, ..term };
        add("newsroom/term.html", "no name", lang, value(&wrong));
    }
    menus(lang, add);
    redirects(lang, add);
    stages(lang, add);
}

fn menus(lang: &'static str, add: &mut impl FnMut(&'static str, &'static str, &'static str, minijinja::Value)) {
    let row =
        |number, name: &str, address: &str| MenuRow { number, name: name.into(), address: address.into(), error: None };
    let field = |key| MenuField { key, links: vec![row(1, "اقتصاد", "/category/اقتصاد/"), row(2, "", "")] };
    let page = MenusPage {
        layout: layout(lang, "menus"),
        menus: vec![field("menu"), field("footer")],
        places: vec![Link { name: "<من نحن>".into(), href: "/من-نحن/".into() }],
        is_wrong: false,
        done: true,
    };
    add("newsroom/menus.html", "two links", lang, value(&page));
    let odd = MenuRow { error: Some("<لا عنوان>".into()), ..row(1, "x", "javascript:alert(1)") };
    let wrong = MenusPage {
        menus: vec![MenuField { key: "menu", links: vec![odd] }, field("footer")],
        is_wrong: true,
        done: false,
        ..page
    };
    add("newsroom/menus.html", "something wrong", lang, value(&wrong));
}

fn redirects(lang: &'static str, add: &mut impl FnMut(&'static str, &'static str, &'static str, minijinja::Value)) {
    let line =
        RedirectLine {
            from: "/قديم/<x>".into(), path: "/%d9%82".into(), to: "/جديد/".into(), href: "/%D8%AC/".into()
        };
    let page = RedirectsPage {
        layout: layout(lang, "redirects"),
        words: String::new(),
        lines: vec![line],
        next: Some("/newsroom/redirects/?after=x".into()),
        from: String::new(),
        to: String::new(),
        errors: BTreeMap::new(),
        done: Some("kept"),
    };
    add("newsroom/redirects.html", "one", lang, value(&page));
    let none = RedirectsPage {
        lines: vec![],
        next: None,
        from: "<x>".into(),
        errors: BTreeMap::from([("from", "<x>".to_owned()), ("to", "y".to_owned())]),
        done: Some("forgotten"),
        ..page
    };
    add("newsroom/redirects.html", "none", lang, value(&none));
}

/// As it is kept, with things wrong, with others who were quicker; as few and as many as there may be.
fn stages(lang: &'static str, add: &mut impl FnMut(&'static str, &'static str, &'static str, minijinja::Value)) {
    let row = |number: usize, name: &str, drafts: i64| StageRow {
        number,
        key: format!("stage-{number}"),
        name: name.into(),
        taken_on_by: ["contributor", "author", "editor", "owner"][number % 4],
        begins: number == 1,
        drafts,
        href: format!("/newsroom/articles/?list=draft&stage=stage-{number}"),
        error: None,
    };
    let choice = |row: &StageRow| StageChoice { key: row.key.clone(), name: row.name.clone() };
    let rows = vec![row(1, "فكرة", 0), row(2, "Legal <b>", 11), row(3, "مراجعة قانونية طويلة الاسم جدًّا", 2)];
    let page = StagesPage {
        layout: layout(lang, "stages"),
        choices: rows.iter().map(choice).collect(),
        rows: rows.clone(),
        roles: vec!["contributor", "author", "editor", "owner"],
        only_last_goes_out: false,
        seen: "0123456789abcdef".into(),
        is_full: false,
        most: 20,
        name: String::new(),
        errors: BTreeMap::new(),
        changed: None,
        done: true,
    };
    add("newsroom/stages.html", "three", lang, value(&page));
    let odd = StageRow { error: Some("<سمّ المرحلة>".into()), ..row(2, "", 1) };
    let wrong = StagesPage {
        rows: vec![rows[0].clone(), odd],
        name: "\"<x>".into(),
        errors: BTreeMap::from([("name", "<x>".to_owned()), ("remove", "y".to_owned())]),
        done: false,
        ..page.clone()
    };
    add("newsroom/stages.html", "something wrong", lang, value(&wrong));
    let late = StagesPage { changed: Some(vec!["<Legal>".into(), "فكرة".into()]), done: false, ..page.clone() };
    add("newsroom/stages.html", "somebody was quicker", lang, value(&late));
    let one = StagesPage { choices: vec![choice(&rows[0])], rows: vec![rows[0].clone()], done: false, ..page.clone() };
    add("newsroom/stages.html", "one", lang, value(&one));
    let rows: Vec<StageRow> = (1..=20).map(|number| row(number, "مرحلة", number as i64)).collect();
    let many = StagesPage {
        choices: rows.iter().map(choice).collect(),
        rows,
        is_full: true,
        only_last_goes_out: true,
        ..page
    };
    add("newsroom/stages.html", "twenty", lang, value(&many));
}

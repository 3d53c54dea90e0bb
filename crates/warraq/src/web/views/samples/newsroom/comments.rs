//! What could the comments desk have to show?

use super::layout;
use crate::web::views::DateView;
use crate::web::views::newsroom::comments::{
    AnsweredView, BanView, BansPage, ChoiceView, CommentPage, CommentRow, CommentsPage, HistoryView, NoticeView,
    SeenView, SurePage, TabView,
};
use crate::web::views::samples::{Sample, value};

/// Every sample of the comments desk.
pub(super) fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut add = |template, name, lang, value| samples.push(Sample { template, name, lang, value });
    for lang in ["ar", "en"] {
        let queue = CommentsPage {
            layout: layout(lang, "comments"),
            tabs: ["held", "published", "hidden", "spam"].map(tab).to_vec(),
            state: "held",
            article: None,
            words: String::new(),
            reasons: vec![ChoiceView { value: "links", label: "روابط كثيرة".into(), current: false }],
            is_filtered: false,
            rows: rows(),
            next: Some("/newsroom/comments/?state=held&before=12".into()),
            back: "state=held".into(),
            notice: Some(NoticeView { text: "نُشر: 3".into(), undo: Some(7) }),
        };
        add("newsroom/comments.html", "comments that wait", lang, value(&queue));
        let none = CommentsPage { rows: vec![], next: None, notice: None, ..queue.clone() };
        add("newsroom/comments.html", "no comments", lang, value(&none));
        let lost = CommentsPage {
            words: "\"الصين\" <b>".into(),
            article: Some(12),
            is_filtered: true,
            next: Some("/newsroom/comments/?state=held&q=x&before=1".into()),
            ..none
        };
        add("newsroom/comments.html", "no comment fits", lang, value(&lost));
        for row in rows() {
            let is_held = row.state == "held";
            let page = CommentPage {
                layout: layout(lang, "comments"),
                history: if is_held { vec![] } else { history() },
                views: if is_held { vec![] } else { vec![SeenView { by: "<ليلى>".into(), at: date() }] },
                address: (!is_held).then(|| "<reader>@example.org".into()),
                has_address: is_held,
                has_network: true,
                can_answer: is_held,
                notice: None,
                row,
            };
            add("newsroom/comment.html", "one comment", lang, value(&page));
        }
        let sure = SurePage {
            layout: layout(lang, "comments"),
            rows: rows(),
            reason: "إعلان".into(),
            back: "state=spam".into(),
        };
        add("newsroom/comments_sure.html", "delete for good", lang, value(&sure));
        let bans = BansPage {
            layout: layout(lang, "comments"),
            bans: vec![
                BanView {
                    id: 2,
                    kind: "network",
                    reason: String::new(),
                    comment_href: "/newsroom/comments/9/".into(),
                    comment: 9,
                    by: None,
                    at: date(),
                },
                BanView {
                    id: 1,
                    kind: "address",
                    reason: "تهديد <للكاتبة>".into(),
                    comment_href: "/newsroom/comments/4/".into(),
                    comment: 4,
                    by: Some("ليلى Laila".into()),
                    at: date(),
                },
            ],
            next: None,
            notice: Some(NoticeView { text: "رُفع الحظر.".into(), undo: None }),
        };
        add("newsroom/bans.html", "those who are banned", lang, value(&bans));
        add("newsroom/bans.html", "nobody is banned", lang, value(&BansPage { bans: vec![], notice: None, ..bans }));
    }
    samples
}

fn tab(key: &'static str) -> TabView {
    let count = matches!(key, "held" | "spam").then(|| "1,000+".to_owned());
    TabView { key, href: format!("/newsroom/comments/?state={key}"), current: key == "held", count }
}

fn rows() -> Vec<CommentRow> {
    let held = CommentRow {
        id: 31,
        href: "/newsroom/comments/31/".into(),
        author: "قارئة".into(),
        url: String::new(),
        staff: false,
        text: "شكرًا على المقال.\nوماذا عن الميناء؟".into(),
        at: date(),
        state: "held",
        why: vec!["الأول من هذا العنوان".into()],
        article: 12,
        headline: "قمة في بكين".into(),
        public_href: None,
        only_href: "/newsroom/comments/?state=held&article=12".into(),
        answers: None,
        acts: vec!["approve", "hide", "spam", "delete"],
    };
    let hostile = CommentRow {
        id: 30,
        href: "/newsroom/comments/30/".into(),
        author: "<img src=x onerror=alert(1)>".into(),
        url: "https://casino.example/\"><script>alert(1)</script>".into(),
        text: "<script>alert(1)</script> c.a.s.i.n.o https://a.example https://b.example \u{202e}txet".into(),
        state: "spam",
        why: vec!["كلمة تُحجز: casino".into(), "روابط في النص: 5".into()],
        answers: Some(AnsweredView {
            href: "/newsroom/comments/29/".into(),
            author: "Anna".into(),
            text: "A very long beginning of what somebody said before…".into(),
            state: "published",
        }),
        acts: vec!["approve", "hide", "delete"],
        ..held.clone()
    };
    let published = CommentRow {
        id: 28,
        staff: true,
        state: "published",
        why: vec![],
        public_href: Some("/a/12#comment-28".into()),
        ..held.clone()
    };
    vec![held, hostile, published]
}

fn history() -> Vec<HistoryView> {
    vec![
        HistoryView { act: "نُشر".into(), by: Some("ليلى Laila".into()), reason: String::new(), at: date() },
        HistoryView { act: "أُخفي".into(), by: None, reason: "<b>إساءة</b>".into(), at: date() },
    ]
}

fn date() -> DateView {
    DateView {
        iso: "2026-03-01T09:00:00Z".into(),
        date: "1 مارس 2026".into(),
        time: "12:00".into(),
        other_calendar: None,
    }
}

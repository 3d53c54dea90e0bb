//! What could a page have to show? Samples of every view, easy cases and awkward ones.
//!
//! They fill the gallery and the test that renders every template strictly: no pictures, one article only, headlines
//! that do not end, names in four scripts, forms with every error, discussions that go deep or are closed.

mod newsroom;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::{
    Alternate, ArticlePage, ArticleView, BylineView, Card, Choice, CommentForm, CommentView, CorrectionView, DateView,
    Discussion, FeedLink, FieldErrors, FrontPage, Layout, Link, Listing, ListingHead, ListingPage, Markup, MessageKind,
    MessagePage, NavItem, OpenGraph, OwnComment, OwnPage, PageLink, Pagination, Picture, SearchForm, SearchPage,
    SearchResult, SectionBlock, SiteView, Source, Thread, Translation,
};

/// A view with the template that shows it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// `article.html`
    pub template: &'static str,
    /// What is special about it.
    pub name: &'static str,
    /// Language of the interface.
    pub lang: &'static str,
    /// The view.
    pub value: Value,
}

/// Every sample.
#[must_use]
pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut add = |template, name, lang, value| samples.push(Sample { template, name, lang, value });
    for (name, lang, page) in fronts() {
        add("front.html", name, lang, value(&page));
    }
    for (name, lang, page) in listings() {
        add("listing.html", name, lang, value(&page));
    }
    for (name, lang, page) in articles() {
        add("article.html", name, lang, value(&page));
    }
    for (name, lang, page) in pages() {
        add("page.html", name, lang, value(&page));
    }
    for (name, lang, page) in searches() {
        add("search.html", name, lang, value(&page));
    }
    for (name, lang, page) in messages() {
        add("message.html", name, lang, value(&page));
    }
    for (name, lang, page) in own() {
        add("own.html", name, lang, value(&page));
    }
    samples.extend(newsroom::all());
    samples
}

fn value(view: &impl Serialize) -> Value {
    Value::from(Serde(view))
}

/// Samples of one view: name, language of the interface, view.
type Samples<T> = Vec<(&'static str, &'static str, T)>;

/// Fronts, from a full day to an empty site.
#[must_use]
pub fn fronts() -> Samples<FrontPage> {
    let full = FrontPage {
        layout: layout("ar", "خطّ الحبر"),
        lead: Some(Card { picture: Some(picture(0)), ..card(0) }),
        seconds: (1..5).map(card).collect(),
        latest: (5..12).map(card).collect(),
        blocks: vec![
            SectionBlock { section: link("اقتصاد"), cards: (0..4).map(|n| card(n + 12)).collect() },
            SectionBlock { section: link("ثقافة"), cards: (0..3).map(|n| card(n + 16)).collect() },
            SectionBlock { section: link("علوم"), cards: (0..3).map(|n| card(n + 19)).collect() },
            SectionBlock { section: link("سياسة"), cards: (0..4).map(|n| card(n + 22)).collect() },
        ],
        opinion: (0..4).map(opinion).collect(),
        pagination: pagination(1, 12),
    };
    let bare = |story: Card| Card { picture: None, ..story };
    let long = Card { headline: LONG_HEADLINE.into(), standfirst: Some(LONG_STANDFIRST.into()), ..card(0) };
    let english = FrontPage {
        layout: layout("en", "The Ink Line"),
        lead: Some(english_card(0)),
        seconds: (1..4).map(english_card).collect(),
        latest: (4..10).map(english_card).collect(),
        blocks: vec![SectionBlock {
            section: Link { name: "Economy".into(), href: "/category/economy/".into() },
            cards: (0..4).map(english_card).collect(),
        }],
        opinion: vec![],
        pagination: pagination(1, 2),
    };
    let empty = FrontPage {
        layout: layout("ar", "خطّ الحبر"),
        lead: None,
        seconds: vec![],
        latest: vec![],
        blocks: vec![],
        opinion: vec![],
        pagination: pagination(1, 1),
    };
    let wordy = FrontPage {
        lead: Some(bare(long.clone())),
        seconds: vec![bare(long.clone()), bare(Card { published: date(3), ..english_card(1) }), bare(long)],
        latest: full.latest.iter().cloned().map(bare).collect(),
        blocks: full
            .blocks
            .iter()
            .map(|block| SectionBlock { cards: block.cards.iter().cloned().map(bare).collect(), ..block.clone() })
            .collect(),
        ..full.clone()
    };
    let one = FrontPage { lead: Some(card(0)), ..empty.clone() };
    let bare_one = FrontPage { lead: Some(bare(card(0))), ..empty.clone() };
    let young = FrontPage { lead: Some(card(0)), latest: vec![card(1), card(2)], ..empty.clone() };
    vec![
        ("a full day", "ar", full),
        ("no pictures, endless headlines", "ar", wordy),
        ("one article", "ar", one),
        ("one article without a picture", "ar", bare_one),
        ("three articles", "ar", young),
        ("nothing published yet", "ar", empty),
        ("English", "en", english),
    ]
}

/// Listings of every kind.
#[must_use]
pub fn listings() -> Samples<ListingPage> {
    let head = ListingHead {
        kind: Listing::Section,
        name: "اقتصاد".into(),
        total: 214,
        description: Some(Markup("<p>التجارة والصناعة والمال في الصين وصلاتها بالعالم العربي.</p>".into())),
        picture: None,
        trail: vec![],
        children: vec![link("تجارة"), link("طاقة"), link("تقنية")],
        feed: Some("/category/economy/feed/".into()),
    };
    let section = ListingPage {
        layout: layout("ar", "اقتصاد"),
        head: head.clone(),
        cards: (0..8).map(card).collect(),
        pagination: pagination(1, 27),
    };
    let with = |kind, name: &str, total| ListingPage {
        layout: layout("ar", name),
        head: ListingHead { kind, name: name.into(), total, description: None, children: vec![], ..head.clone() },
        ..section.clone()
    };
    let author = ListingPage {
        head: ListingHead {
            kind: Listing::Author,
            name: "ليلى حدّاد".into(),
            total: 11,
            description: Some(Markup("<p>كاتبة تتابع شؤون شرق آسيا منذ خمسة عشر عامًا، وتترجم عن الصينية.</p>".into())),
            picture: Some(picture(3)),
            children: vec![],
            ..head.clone()
        },
        ..with(Listing::Author, "ليلى حدّاد", 11)
    };
    let year = ListingPage {
        head: ListingHead {
            children: vec![link("يناير"), link("فبراير"), link("مارس")],
            ..with(Listing::Year, "2020", 340).head
        },
        ..with(Listing::Year, "2020", 340)
    };
    let nested = ListingPage {
        head: ListingHead { trail: vec![link("اقتصاد")], ..with(Listing::Section, "طاقة", 2).head },
        cards: vec![card(1), card(2)],
        pagination: pagination(1, 1),
        ..with(Listing::Section, "طاقة", 2)
    };
    let latest = ListingPage { pagination: pagination(14, 27), ..with(Listing::Latest, "", 214) };
    let empty = ListingPage { cards: vec![], pagination: pagination(1, 1), ..with(Listing::Tag, "李白 Li Bai", 0) };
    let english = ListingPage {
        layout: layout("en", "Economy"),
        head: ListingHead { name: "Economy".into(), total: 1, description: None, children: vec![], ..head.clone() },
        cards: (0..3).map(english_card).collect(),
        pagination: pagination(1, 3),
    };
    vec![
        ("section", "ar", section.clone()),
        ("section within a section", "ar", nested),
        ("author with portrait", "ar", author),
        ("year", "ar", year),
        ("month", "ar", with(Listing::Month, "أكتوبر 2020", 31)),
        ("day", "ar", with(Listing::Day, "22 أكتوبر 2020", 2)),
        ("tag with nothing in it", "ar", empty),
        ("later page of the front", "ar", latest),
        ("English", "en", english),
    ]
}

/// Articles: every kind, both directions, discussions of every sort.
#[must_use]
pub fn articles() -> Samples<ArticlePage> {
    let full = ArticlePage {
        layout: Layout {
            json_ld: Some(Markup(
                r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"معرض"}"#.into(),
            )),
            open_graph: Some(open_graph()),
            alternates: vec![Alternate { lang: "en".into(), href: "https://ink.example/2020/10/22/silk-fair/".into() }],
            ..layout("ar", "معرض الحرير يعود إلى هانغتشو بعد غياب")
        },
        article: article(),
        discussion: Some(Discussion { count: 7, comments: comments().into(), pages: vec![], form: Some(form()) }),
        related: (3..7).map(card).collect(),
        older: Some(link("سوق الكتب القديمة في نانجينغ تفتح أبوابها ليلًا")),
        newer: Some(link("جسر جديد يصل ضفتي النهر الأصفر")),
    };
    let plain = ArticlePage {
        article: ArticleView {
            picture: None,
            kicker: None,
            corrections: vec![],
            translations: vec![],
            source: None,
            tags: vec![],
            updated: None,
            kind: "own",
            ..article()
        },
        discussion: Some(Discussion { count: 0, comments: Thread::default(), pages: vec![], form: Some(form()) }),
        related: vec![],
        older: None,
        newer: None,
        ..full.clone()
    };
    let kind = |kind, headline: &str| ArticlePage {
        article: ArticleView { kind, headline: headline.into(), ..plain.article.clone() },
        ..plain.clone()
    };
    let wrong = CommentForm {
        author: "李娜 Li Na".into(),
        email: "li.na@".into(),
        url: "example".into(),
        reply_to: Some(Link { name: "Anna Müller".into(), href: "#comment-4".into() }),
        parent: Some(4),
        errors: FieldErrors {
            author: Some("author-reserved"),
            email: Some("email-invalid"),
            url: Some("url-invalid"),
            comment: Some("comment-missing"),
            form: Some("too-fast"),
        },
        ..form()
    };
    let errors = ArticlePage {
        discussion: Some(Discussion { count: 7, comments: comments().into(), pages: vec![], form: Some(wrong) }),
        ..plain.clone()
    };
    let closed = ArticlePage {
        discussion: Some(Discussion {
            count: 2,
            comments: comments()
                .into_iter()
                .take(2)
                .map(|comment| CommentView { reply_href: None, ..comment })
                .collect::<Vec<_>>()
                .into(),
            pages: vec![
                PageLink { label: "1".into(), href: None, current: true },
                PageLink { label: "2".into(), href: Some("/2026/11/20/port/comment-page-2/".into()), current: false },
            ],
            form: None,
        }),
        ..plain.clone()
    };
    let silent = ArticlePage { discussion: None, ..plain.clone() };
    let long = ArticlePage {
        article: ArticleView {
            headline: LONG_HEADLINE.into(),
            standfirst: Some(LONG_STANDFIRST.into()),
            kicker: Some("ملفّ خاص عن طرق التجارة القديمة والجديدة".into()),
            ..article()
        },
        ..full.clone()
    };
    let foreign = ArticlePage { article: english_article(), ..full.clone() };
    let english = ArticlePage {
        layout: layout("en", "The silk fair returns to Hangzhou"),
        article: english_article(),
        discussion: Some(Discussion { count: 7, comments: comments().into(), pages: vec![], form: Some(form()) }),
        related: (0..4).map(english_card).collect(),
        ..plain.clone()
    };
    vec![
        ("everything", "ar", full),
        ("plain, no comments yet", "ar", plain.clone()),
        (
            "wire copy",
            "ar",
            ArticlePage {
                article: ArticleView { source: article().source, bylines: vec![], ..kind("wire", "").article }
                    .with_headline("الصين تعلن موعد إطلاق مسبار جديد إلى القمر"),
                ..plain.clone()
            },
        ),
        ("opinion", "ar", kind("opinion", "المدينة التي تتعلم من ماضيها")),
        ("sponsored", "ar", kind("sponsored", "كيف تختار شايك: دليل من بيت للشاي")),
        ("a form with every error", "ar", errors),
        ("discussion closed", "ar", closed),
        ("no discussion", "ar", silent),
        ("endless headline", "ar", long),
        ("English article on an Arabic site", "ar", foreign),
        ("English", "en", english),
    ]
}

/// An article page with `count` comments, for measuring.
#[must_use]
pub fn article_with_comments(count: usize) -> ArticlePage {
    let cycle = comments();
    let comments: Vec<CommentView> = cycle
        .iter()
        .cycle()
        .take(count)
        .zip(100..)
        .map(|(comment, id)| CommentView { id, ..comment.clone() })
        .collect();
    ArticlePage {
        layout: layout("ar", "معرض الحرير يعود إلى هانغتشو بعد غياب"),
        article: ArticleView { picture: None, ..article() },
        discussion: Some(Discussion {
            count: i64::try_from(count).unwrap_or(i64::MAX),
            comments: comments.into(),
            pages: vec![],
            form: Some(form()),
        }),
        related: (3..7).map(card).collect(),
        older: Some(link("سوق الكتب القديمة")),
        newer: None,
    }
}

/// An article page with a comment of every make: with and without a parent, a website, a way to answer, a badge.
#[must_use]
pub fn article_with_every_comment() -> ArticlePage {
    let every = (0..16_u8).map(|bits| CommentView {
        parent: (bits & 1 > 0).then_some(3),
        author_href: (bits & 2 > 0).then(|| "https://anna.example/?a=1&b=\"2\"".into()),
        reply_href: (bits & 4 > 0).then(|| "/2020/10/22/story/?replytocom=3&x#respond".into()),
        staff: bits & 8 > 0,
        author: "<b>\"Anna\" & 'Müller'</b>".into(),
        ..comments().swap_remove(usize::from(bits) % 7)
    });
    let discussion =
        Discussion { count: 16, comments: every.collect::<Vec<_>>().into(), pages: vec![], form: Some(form()) };
    ArticlePage { discussion: Some(discussion), ..article_with_comments(0) }
}

/// Searches: nothing asked, found, nothing found.
#[must_use]
pub fn searches() -> Samples<SearchPage> {
    let choices = |names: &[(&str, &str)], chosen: &str| -> Vec<Choice> {
        names
            .iter()
            .map(|(value, name)| Choice { value: (*value).into(), name: (*name).into(), chosen: *value == chosen })
            .collect()
    };
    let form = |q: &str, chosen: &str| SearchForm {
        q: q.into(),
        sections: choices(&[("economy", "اقتصاد"), ("economy/trade", "– تجارة"), ("culture", "ثقافة")], chosen),
        kinds: choices(&[("own", "خاص"), ("wire", "وكالات")], ""),
        narrowed: !chosen.is_empty(),
        ..SearchForm::default()
    };
    let result = |card: Card, snippet: &str| SearchResult {
        headline: Markup(card.headline.replace("الحرير", "<mark>الحرير</mark>")),
        snippet: Markup(snippet.into()),
        card,
    };
    let empty = SearchPage {
        layout: layout("ar", "البحث"),
        form: form("", ""),
        total: None,
        more: false,
        results: vec![],
        suggestion: None,
        pagination: pagination(1, 1),
        feed: None,
    };
    let found = SearchPage {
        form: form("طريق الحرير", "economy"),
        total: Some(214),
        results: (0..5)
            .map(|n| result(card(n), "… تجمع الدورة الجديدة حرفيي <mark>الحرير</mark> &amp; المصممين على <mark>طريق</mark> واحد، وتفتح أبوابها …"))
            .chain([result(english_card(1), "The <mark>silk</mark> fair opens its gates …")])
            .collect(),
        pagination: pagination(2, 11),
        feed: Some("/search/feed/?q=x".into()),
        ..empty.clone()
    };
    let nothing = SearchPage {
        form: form("الحريير", ""),
        total: Some(0),
        suggestion: Some(Link { name: "الحرير".into(), href: "/search?q=x".into() }),
        ..empty.clone()
    };
    let english = SearchPage { layout: layout("en", "Search"), total: Some(1_000), more: true, ..found.clone() };
    vec![
        ("nothing asked yet", "ar", empty),
        ("found", "ar", found),
        ("nothing found", "ar", nothing),
        ("English", "en", english),
    ]
}

/// Standing pages.
#[must_use]
pub fn pages() -> Samples<ArticlePage> {
    let about = ArticlePage {
        layout: layout("ar", "من نحن"),
        article: ArticleView {
            headline: "من نحن".into(),
            body: Markup(
                "<p>نحن فريق صغير يكتب عن الصين للقارئ العربي.</p><h2>كيف نعمل</h2><ul><li>نذكر مصدر كل خبر.</li>\
                 <li>نصحّح الخطأ علنًا.</li></ul>"
                    .into(),
            ),
            standfirst: None,
            picture: None,
            ..article()
        },
        discussion: None,
        related: vec![],
        older: None,
        newer: None,
    };
    let english = ArticlePage {
        layout: layout("en", "About us"),
        article: ArticleView { headline: "About us".into(), standfirst: None, updated: None, ..english_article() },
        ..about.clone()
    };
    vec![("about", "ar", about), ("about, English", "en", english)]
}

/// Every kind of message.
#[must_use]
pub fn messages() -> Samples<MessagePage> {
    let kinds = [
        ("not found", MessageKind::NotFound, 404),
        ("gone", MessageKind::Gone, 410),
        ("forbidden", MessageKind::Forbidden, 403),
        ("method not allowed", MessageKind::MethodNotAllowed, 405),
        ("too large", MessageKind::TooLarge, 413),
        ("invalid", MessageKind::Invalid, 422),
        ("discussion closed", MessageKind::DiscussionClosed, 422),
        ("too many", MessageKind::TooMany, 429),
        ("broken", MessageKind::Broken, 500),
        ("unavailable", MessageKind::Unavailable, 503),
        ("comment held", MessageKind::CommentHeld, 200),
        ("own comments: asked", MessageKind::OwnAsked, 200),
        ("own comments: forgotten", MessageKind::OwnForgotten, 200),
        ("own comments: link over", MessageKind::OwnOver, 410),
    ];
    let page = |kind, status, lang| MessagePage {
        layout: layout(lang, "رسالة"),
        kind,
        status,
        detail: (kind == MessageKind::Gone).then(|| "سُحبت بطلب من الكاتب بعد أن تبيّن خطأ في مصدرها.".into()),
        cards: if kind == MessageKind::NotFound { (0..4).map(card).collect() } else { vec![] },
        back: (kind == MessageKind::CommentHeld).then(|| "/2020/10/22/silk-fair/#comments".into()),
        typed: (kind == MessageKind::DiscussionClosed)
            .then(|| "قرأت المادة مرتين.\nمتى يُنشر الجزء الثاني <هل من موعد؟>".into()),
    };
    let bare = MessagePage {
        layout: Layout { nav: vec![].into(), pages: vec![], feeds: vec![], ..layout("ar", "رسالة") },
        ..page(MessageKind::Unavailable, 503, "ar")
    };
    kinds
        .into_iter()
        .map(|(name, kind, status)| (name, "ar", page(kind, status, "ar")))
        .chain([("not found, English", "en", MessagePage { cards: vec![], ..page(MessageKind::NotFound, 404, "en") })])
        .chain([("unavailable, nothing at hand", "ar", bare)])
        .collect()
}

/// What readers see of what is kept of them.
#[must_use]
pub fn own() -> Samples<OwnPage> {
    let ask = |lang, email: &str, error| OwnPage {
        layout: layout(lang, "تعليقاتك"),
        action: "/your-comments".into(),
        email: email.into(),
        error,
        file: None,
        total: 0,
        comments: vec![],
    };
    let comment = |href: Option<&str>, text: &str| OwnComment {
        headline: LONG_HEADLINE.into(),
        href: href.map(str::to_owned),
        date: date(9),
        author: "قارئة <من الساحل>".into(),
        text: text.into(),
    };
    let comments = vec![comment(Some("/a/12#comment-3"), "شكرًا.\nمتى الجزء الثاني؟"), comment(None, "<b>لا</b>")];
    let found = |lang, total, comments| OwnPage {
        action: "/your-comments/x".into(),
        file: Some("/your-comments/x/comments.json".into()),
        total,
        comments,
        ..ask(lang, "", None)
    };
    vec![
        ("ask", "ar", ask("ar", "", None)),
        ("ask, English, no address", "en", ask("en", "nobody", Some("email-invalid"))),
        ("found", "ar", found("ar", 2, comments.clone())),
        ("found, English, more than fit", "en", found("en", 300, comments)),
        ("nothing left", "ar", found("ar", 0, vec![])),
    ]
}

const LONG_HEADLINE: &str = "من سوق صغيرة على ضفة القناة الكبرى إلى معرض يقصده التجار من أربعين بلدًا: حكاية مدينة \
    تعلّمت كيف تبيع الحرير والشاي والورق، وكيف تحفظ أسرار صناعتها ألف عام دون أن تغلق أبوابها في وجه أحد";
const LONG_STANDFIRST: &str = "على امتداد القناة الكبرى تتجاور المشاغل القديمة والمصانع الحديثة، ويقول أصحابها إن ما \
    يجمعها أكثر مما يفرّقها: خيط واحد يمرّ من يد إلى يد، ودفتر حساب يُكتب بالحبر نفسه منذ أجيال، وزبون يعود كل خريف \
    ليسأل عن اللون الذي رآه أبوه.";

const HEADLINES: [&str; 12] = [
    "معرض الحرير يعود إلى هانغتشو بعد غياب عامين",
    "قطار الليل إلى أورومتشي: أربعون ساعة بين الصحراء والجبل",
    "جامعات عربية توسّع تدريس اللغة الصينية",
    "لماذا يرتفع سعر الشاي الأبيض كل ربيع؟",
    "مكتبة عامة في شنجن تفتح أبوابها 24 ساعة",
    "ميناء نينغبو يستقبل سفينة تعمل بالميثانول",
    "طهاة من شيآن يعيدون وصفات طريق التجارة القديم",
    "مرصد جديد على هضبة التبت يبدأ رصد الأشعة الكونية",
    "خزّافو جينغدتشن يعلّمون صنعتهم عبر الإنترنت",
    "مترو بكين يضيف لافتات بالعربية قرب حيّ نيوجيه",
    "زراعة الأرز في المياه المالحة: تجربة تكبر",
    "معجم صيني–عربي جديد بعد عشرين عامًا من العمل",
];
const SECTIONS: [&str; 4] = ["اقتصاد", "ثقافة", "سياسة", "علوم"];

fn layout(lang: &str, title: &str) -> Layout {
    let arabic = lang == "ar";
    let nav = if arabic {
        ["سياسة", "اقتصاد", "ثقافة", "علوم", "مجتمع", "رحلات"]
    } else {
        ["Politics", "Economy", "Culture", "Science", "Society", "Travel"]
    };
    Layout {
        lang: lang.into(),
        dir: if arabic { "rtl" } else { "ltr" },
        title: format!("\u{2068}{title}\u{2069} – {}", if arabic { "خطّ الحبر" } else { "The Ink Line" }),
        description: Some(if arabic { "مجلة نموذجية عن شؤون الصين" } else { "A sample magazine" }.into()),
        canonical: Some("https://ink.example/".into()),
        shortlink: Some("https://ink.example/a/12".into()),
        prev: None,
        next: None,
        robots: None,
        googlebot_news: None,
        open_graph: None,
        json_ld: None,
        feeds: vec![
            FeedLink { title: "RSS".into(), href: "/feed/".into(), mime: "application/rss+xml" },
            FeedLink { title: "Atom".into(), href: "/feed/atom/".into(), mime: "application/atom+xml" },
        ],
        alternates: vec![],
        site: SiteView {
            title: if arabic { "خطّ الحبر" } else { "The Ink Line" }.into(),
            tagline: if arabic {
                "موقع متخصص في الشؤون الصينية"
            } else {
                "A publication about Chinese affairs"
            }
            .into(),
            home: "/".into(),
            lang: lang.into(),
            dir: if arabic { "rtl" } else { "ltr" },
            colours: arabic.then(|| "/colours/1d5fa3.css".into()),
            logo: None,
            today: Some(if arabic { "الخميس 22 أكتوبر 2020" } else { "Thursday, 22 October 2020" }.into()),
        },
        nav: nav
            .into_iter()
            .map(|name| NavItem {
                name: name.into(),
                href: format!("/category/{name}/"),
                current: name == "اقتصاد" || name == "Economy",
                children: if name == "اقتصاد" {
                    vec![link("تجارة"), link("طاقة"), link("تقنية")]
                } else {
                    vec![]
                },
            })
            .collect::<Vec<_>>()
            .into(),
        pages: if arabic {
            vec![link("من نحن"), link("اتصل بنا"), link("سياسة الخصوصية")]
        } else {
            vec![Link { name: "About us".into(), href: "/about/".into() }]
        },
    }
}

fn link(name: &str) -> Link {
    Link { name: name.into(), href: format!("/{}/", name.replace(' ', "-")) }
}

fn date(hour: usize) -> DateView {
    DateView {
        iso: format!("2020-10-22T{:02}:30:00+03:00", hour % 24),
        date: "22 أكتوبر 2020".into(),
        time: format!("{:02}:30", hour % 24),
        other_calendar: Some("5 ربيع الأول 1442".into()),
    }
}

/// Drawn, so that samples need no files: hills under a sun, in another colour each.
fn picture(number: usize) -> Picture {
    let (sky, hill) =
        [("d9c7a8", "5c6f63"), ("bccbd4", "3d4f5f"), ("e3c9bd", "7d4a3c"), ("cdd3bd", "4e5b3a")][number % 4];
    let (width, height) = if number % 4 == 3 { (800, 800) } else { (1200, 750) };
    Picture {
        src: format!(
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'%3E%3Crect \
             width='{width}' height='{height}' fill='%23{sky}'/%3E%3Ccircle cx='820' cy='220' r='90' fill='%23fff' \
             opacity='.7'/%3E%3Cpath d='M0 520 Q300 300 620 500 T1200 420 V800 H0Z' fill='%23{hill}'/%3E%3C/svg%3E"
        ),
        srcset: String::new(),
        srcset_avif: String::new(),
        width,
        height,
        alt: "تلال تحت شمس منخفضة".into(),
        caption: Some("تلال الشاي غرب المدينة عند الغروب".into()),
        credit: Some("Chen Wei 陈伟".into()),
        focal_x: 70,
        focal_y: 30,
    }
}

fn byline(name: &str, role: &'static str) -> BylineView {
    BylineView { name: name.into(), href: format!("/author/{}/", name.replace(' ', "-")), role }
}

fn card(number: usize) -> Card {
    let kind = ["own", "wire", "own", "translation", "own", "own", "sponsored"][number % 7];
    Card {
        id: i64::try_from(number).unwrap_or(0) + 1,
        href: format!("/2020/10/22/story-{number}/"),
        lang: "ar".into(),
        dir: "rtl",
        kind,
        kicker: (number % 5 == 3).then(|| "أسواق".into()),
        headline: HEADLINES[number % HEADLINES.len()].into(),
        standfirst: Some(
            "يقول القائمون عليه إن الدورة الجديدة تجمع الحرفيين والمصممين والتجار في مكان واحد، وإن أبوابها مفتوحة \
                للجمهور."
                .into(),
        ),
        bylines: if kind == "wire" {
            vec![]
        } else if kind == "translation" {
            vec![byline("Zhang Wei 张伟", "writer"), byline("ليلى حدّاد", "translator")]
        } else {
            vec![byline("سامر النجّار", "writer")]
        },
        source: (kind == "wire").then(|| Source { name: "Xinhua 新华社".into(), href: None, licence: None }),
        section: Some(link(SECTIONS[number % SECTIONS.len()])),
        published: date(22 - number % 20),
        picture: (number % 3 != 2).then(|| picture(number)),
        comments: i64::try_from(number % 4 * 5).unwrap_or(0),
    }
}

fn opinion(number: usize) -> Card {
    let authors = ["منى الخطيب", "يوسف عبد الكريم", "Anna Müller", "李娜 Li Na"];
    Card {
        kind: "opinion",
        headline: [
            "المدينة التي تتعلم من ماضيها",
            "في مديح القطار البطيء",
            "What a teahouse remembers",
            "الترجمة جسر لا نفق",
        ][number % 4]
            .into(),
        lang: if number == 2 { "en" } else { "ar" }.into(),
        dir: if number == 2 { "ltr" } else { "rtl" },
        bylines: vec![byline(authors[number % 4], "writer")],
        picture: None,
        ..card(number)
    }
}

fn english_card(number: usize) -> Card {
    Card {
        lang: "en".into(),
        dir: "ltr",
        headline: [
            "The silk fair returns to Hangzhou",
            "Night train to Ürümqi: forty hours between desert and mountain",
            "A library in Shenzhen stays open around the clock",
            "Why white tea costs more every spring (and who pays)",
        ][number % 4]
            .into(),
        standfirst: Some(
            "Craftsmen, designers and traders meet in one place again, and the doors are open to all.".into(),
        ),
        kicker: None,
        bylines: vec![byline("Anna Müller", "writer")],
        section: Some(Link { name: "Economy".into(), href: "/category/economy/".into() }),
        published: DateView { date: "22 October 2020".into(), other_calendar: None, ..date(20 - number) },
        ..card(number)
    }
}

fn article() -> ArticleView {
    ArticleView {
        id: 12,
        href: "/2020/10/22/silk-fair/".into(),
        lang: "ar".into(),
        dir: "rtl",
        kind: "translation",
        kicker: Some("معارض".into()),
        headline: "معرض الحرير يعود إلى هانغتشو بعد غياب عامين".into(),
        standfirst: Some(
            "أكثر من ثلاثمئة مشغل تعرض نسيجها هذا الخريف، والزائرون يسألون عن الألوان قبل \
            الأسعار."
                .into(),
        ),
        body: Markup(
            "<p>عادت أروقة المعرض إلى الامتلاء صباح اليوم. يقول العارضون إن الموسم بدأ «أبكر مما توقّعنا»، وإن الطلب \
                على \
             الأقمشة المصبوغة بالنباتات تضاعف منذ 2018، بنسبة بلغت 45% في المدن الكبرى.</p>\
             <p>وتضيف مديرة المعرض <bdi lang=\"zh\">陈静</bdi> (Chen Jing) أن الهدف هذه المرة <strong>أن يلتقي الحرفيّ \
             بالمصمّم</strong>، لا أن تُباع الأمتار فحسب. وأشارت إلى “شراكات” مع مشاغل في دمشق وفاس.</p>\
             <blockquote><p>الخيط لا يعرف الحدود، لكنه يعرف اليد التي غزلته.</p></blockquote>\
             <h2>ما الذي تغيّر؟</h2>\
             <p>كان المعرض حتى وقت قريب سوقًا للجملة. أما اليوم ففيه <a href=\"/category/culture/\">ورش مفتوحة \
                 للجمهور</a>، \
             وقاعة صغيرة تُعرض فيها قطع من القرن <em>الثاني عشر</em>.</p>\
             <ul><li>ورشة للصباغة بالنيلة كل صباح</li><li>درس في قراءة النقوش القديمة</li></ul>\
             <p>ويستمر المعرض حتى نهاية الشهر، والدخول إليه مجاني.</p>"
                .into(),
        ),
        bylines: vec![
            byline("Zhang Wei 张伟", "writer"),
            byline("ليلى حدّاد", "translator"),
            byline("سامر النجّار", "editor"),
        ],
        source: Some(Source {
            name: "Hangzhou Daily 杭州日报".into(),
            href: Some("https://source.example/1".into()),
            licence: Some("تُنشر الترجمة بإذن من الناشر".into()),
        }),
        trail: vec![link("اقتصاد"), link("تجارة")],
        tags: vec![link("الحرير"), link("هانغتشو"), link("Canton Fair"), link("الحِرَف")],
        published: date(9),
        updated: Some(date(14)),
        picture: Some(picture(0)),
        corrections: vec![CorrectionView {
            kind: "correction",
            note: "جاء في نسخة سابقة أن عدد المشاغل مئتان، والصواب أنها أكثر من ثلاثمئة.".into(),
            date: date(14),
        }],
        translations: vec![Translation {
            lang: "en".into(),
            language_name: "English".into(),
            href: "/2020/10/22/silk-fair-en/".into(),
            headline: "The silk fair returns to Hangzhou".into(),
            dir: "ltr",
        }],
        reading_minutes: 3,
        short_url: "https://ink.example/a/12".into(),
    }
}

fn english_article() -> ArticleView {
    ArticleView {
        lang: "en".into(),
        dir: "ltr",
        kind: "own",
        kicker: Some("Trade".into()),
        headline: "The silk fair returns to Hangzhou after two years".into(),
        standfirst: Some("More than three hundred workshops show their cloth this autumn.".into()),
        body: Markup(
            "<p>The halls filled again this morning. Exhibitors say that the season began “earlier than we thought”, \
                and that \
             demand for plant-dyed cloth has doubled since 2018.<sup class=\"fn\"><a href=\"#fn-2-1\" id=\"fnref-2-1\" \
             role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup></p><p>The fair’s director, <bdi lang=\"zh\">陈静</bdi> (Chen \
             Jing), quotes an Arabic proverb: <bdi lang=\"ar\" dir=\"rtl\">«من جدّ وجد»</bdi>, and <em>means \
                 it</em>.</p>\
             <h2>What has changed?</h2><p>Until recently it was a wholesale market. Today there are workshops for \
             everybody.</p><section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"footnotes-2\"><h2 \
             id=\"footnotes-2\">Notes</h2><ol><li id=\"fn-2-1\"><p>The fair’s own count. <a href=\"#fnref-2-1\" \
             class=\"footnotes__back\" role=\"doc-backlink\" aria-label=\"Back to note 1 in the text\">↑</a></p></li></ol>\
             </section>"
                .into(),
        ),
        bylines: vec![byline("Anna Müller", "writer")],
        source: None,
        translations: vec![Translation {
            lang: "ar".into(),
            language_name: "العربية".into(),
            href: "/2020/10/22/silk-fair/".into(),
            headline: "معرض الحرير يعود إلى هانغتشو".into(),
            dir: "rtl",
        }],
        corrections: vec![],
        trail: vec![Link { name: "Economy".into(), href: "/category/economy/".into() }],
        published: DateView { date: "22 October 2020".into(), other_calendar: None, ..date(9) },
        updated: None,
        ..article()
    }
}

impl ArticleView {
    fn with_headline(mut self, headline: &str) -> Self {
        self.headline = headline.to_owned();
        self
    }
}

fn open_graph() -> OpenGraph {
    OpenGraph {
        kind: "article",
        title: "معرض الحرير يعود إلى هانغتشو".into(),
        description: Some("أكثر من ثلاثمئة مشغل".into()),
        url: "https://ink.example/2020/10/22/silk-fair/".into(),
        image: Some("https://ink.example/media/silk.jpg".into()),
        image_alt: Some("تلال تحت شمس منخفضة".into()),
        image_width: Some(1200),
        image_height: Some(630),
        locale: "ar_AR".into(),
        published: Some("2020-10-22T09:30:00+03:00".into()),
        modified: Some("2020-10-22T14:30:00+03:00".into()),
    }
}

fn form() -> CommentForm {
    CommentForm { action: "/2020/10/22/silk-fair/comments".into(), ..CommentForm::default() }
}

/// A thread five deep, names in four scripts, paragraphs in both directions.
fn comments() -> Vec<CommentView> {
    let said = [
        (
            "أم كريم",
            None,
            0,
            "<p dir=\"auto\">زرت المعرض قبل عشر سنوات، وأذكر رائحة القماش إلى اليوم. شكرًا على هذا التقرير.</p>",
        ),
        ("李娜", Some(1), 1, "<p dir=\"auto\">欢迎再来!</p><p dir=\"auto\">أهلًا بكم دائمًا في هانغتشو.</p>"),
        ("ليلى حدّاد", Some(2), 2, "<p dir=\"auto\">شكرًا لك يا 李娜، والترجمة أسعدتني كثيرًا.</p>"),
        (
            "Anna Müller",
            None,
            0,
            "<p dir=\"auto\">Is the catalogue available in English? I could not find it on the site.</p>",
        ),
        (
            "سامر",
            Some(4),
            1,
            "<p dir=\"auto\">نعم، هنا: <a rel=\"nofollow ugc noopener\" \
                href=\"https://fair.example/catalogue-2020-autumn\">https://fair.example/catalogue-2020-autumn</a></p>",
        ),
        ("Пётр Иванов", Some(5), 3, "<p dir=\"auto\">Спасибо!</p>"),
        (
            "قارئ باسم طويل جدًا لا يتسع له السطر في الشاشات الصغيرة مهما حاول",
            Some(6),
            4,
            "<p dir=\"auto\">وأنا أيضًا أشكركم.</p>",
        ),
    ];
    said.into_iter()
        .zip(1..)
        .map(|((author, parent, depth, body), id)| CommentView {
            id,
            parent,
            depth,
            author: author.into(),
            author_href: (id == 4).then(|| "https://anna.example/".into()),
            avatar: Markup(format!(
                "<svg viewBox=\"0 0 5 5\" width=\"36\" height=\"36\"><rect width=\"5\" height=\"5\" \
                    fill=\"#{}\"/><path \
                 d=\"M1 1h1v1h1v1h1v1h-3z\" fill=\"#fff\"/></svg>",
                ["8a5a44", "4b6a7a", "6b7a4b", "7a4b6a"][usize::try_from(id).unwrap_or(0) % 4]
            )),
            published: date(10 + usize::try_from(id).unwrap_or(0)),
            body: Markup(body.into()),
            reply_href: Some(format!("/2020/10/22/silk-fair/?replytocom={id}#respond")),
            staff: id == 3,
        })
        .collect()
}

fn pagination(current: i64, total: i64) -> Pagination {
    let address = |page: i64| format!("/page/{page}/");
    let page = |page: i64| PageLink { label: page.to_string(), href: Some(address(page)), current: page == current };
    let gap = || PageLink { label: "…".into(), href: None, current: false };
    let mut pages = Vec::new();
    for number in 1..=total {
        if number == 1 || number == total || (number - current).abs() <= 1 {
            pages.push(page(number));
        } else if (number - current).abs() == 2 {
            pages.push(gap());
        }
    }
    Pagination {
        current,
        total,
        prev: (current > 1).then(|| address(current - 1)),
        next: (current < total).then(|| address(current + 1)),
        pages,
    }
}

//! Whole pages in, articles out; and laws that hold for any bytes.

use jiff::civil::{date, datetime};
use proptest::prelude::*;

use super::*;

/// What a page of `fixtures/pages` must give. The marks of the body are its tags in order, so that a lost heading or
/// a list in pieces is seen; `first` and `last` open and close its text.
struct Expected {
    file: &'static str,
    headline: &'static str,
    body: &'static str,
    first: &'static str,
    last: &'static str,
    published: Option<Published>,
    byline: &'static [&'static str],
    comments: Option<u32>,
}

fn page(file: &str) -> (SavedPage, Vec<Warning>) {
    let path = format!("{}/../../fixtures/pages/{file}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    read(&bytes, &Hints { file_name: file, ..Hints::default() }).unwrap_or_else(|error| panic!("{error}"))
}

/// The names of the block elements of a body, outer ones only.
fn marks(html: &str) -> String {
    let lines = html.lines().filter(|line| line.starts_with('<'));
    lines.filter_map(|line| line[1..].split(['>', ' ']).next()).collect::<Vec<_>>().join(" ")
}

fn check_page(expected: &Expected) {
    let (page, _) = page(expected.file);
    let file = expected.file;
    assert_eq!(page.headline, expected.headline, "{file}");
    assert_eq!(marks(&page.body_html), expected.body, "{file}: {}", page.body_html);
    let (first, last) = (page.paragraphs.first().cloned(), page.paragraphs.last().cloned());
    assert!(first.unwrap_or_default().starts_with(expected.first), "{file}: {:?}", page.paragraphs.first());
    assert!(last.unwrap_or_default().ends_with(expected.last), "{file}: {:?}", page.paragraphs.last());
    assert_eq!(page.published, expected.published, "{file}");
    assert_eq!(page.byline, expected.byline, "{file}");
    assert_eq!(page.comment_count, expected.comments, "{file}");
    for phrase in
        ["لن يتم نشر", "اترك رد", "Leave a Reply", "شارك", "Facebook", "فيسبوك", "ذات صلة", "إعلان", "الرئيسية"]
    {
        assert!(!page.body_html.contains(phrase), "{file}: {phrase}");
    }
}

fn day(year: i16, month: i8, day: i8) -> Option<Published> {
    Some(Published::Day(date(year, month, day)))
}

fn instant(text: &str) -> Option<Published> {
    text.parse().ok().map(Published::Instant)
}

#[test]
fn pages_copied_as_text() {
    check_page(&Expected {
        file: "culture-breadcrumb.txt",
        headline: "مكتبة الحي القديم تفتح أبوابها ليلًا",
        body: "p p p p",
        first: "قررت إدارة",
        last: "شهر مارس المقبل.",
        published: day(2020, 10, 22),
        byline: &["سلمى الراوي"],
        comments: None,
    });
    check_page(&Expected {
        file: "no-blank-lines.txt",
        headline: "ميناء الشمال يستقبل أول سفينة شراعية لنقل البن",
        body: "p p p p",
        first: "رست في ميناء",
        last: "وغادرت السفينة مساءً.",
        published: day(2021, 3, 5),
        byline: &[],
        comments: Some(0),
    });
    check_page(&Expected {
        file: "dated-opinion.txt",
        headline: "هل تحتاج المدن الصغيرة إلى مترو؟",
        body: "p p p p",
        first: "كلما ازدحمت",
        last: "أمام بيتي؟».",
        published: Some(Published::Local(datetime(2020, 6, 14, 9, 30, 0, 0))),
        byline: &["هاني عبد الدايم"],
        comments: Some(3),
    });
    check_page(&Expected {
        file: "english-comments.txt",
        headline: "Shepherds bring the old radio station back on air",
        body: "p p p p",
        first: "After eleven silent years",
        last: "letters on Sundays.",
        published: day(2019, 3, 9),
        byline: &["Maria Stone"],
        comments: Some(2),
    });
    check_page(&Expected {
        file: "comments-without-form.txt",
        headline: "الخباز الذي يكتب الشعر على أكياس الخبز",
        body: "p p p",
        first: "منذ سنة",
        last: "صور اللاعبين.",
        published: day(2018, 4, 3),
        byline: &[],
        comments: Some(2),
    });
    check_page(&Expected {
        file: "sub-heading.txt",
        headline: "لماذا تبدو النجوم أكثر في الصحراء؟",
        body: "p h2 p p p h2 p",
        first: "من يقضي ليلة",
        last: "يبلغ أعيننا.",
        published: day(2022, 12, 10),
        byline: &[],
        comments: Some(0),
    });
    check_page(&Expected {
        file: "with-list.txt",
        headline: "خمس نصائح لحفظ الخضار أسبوعًا كاملًا",
        body: "p p ul p p ol p",
        first: "تفسد الخضار",
        last: "ولا يضيع منه شيء.",
        published: None,
        byline: &["رنا قاسم"],
        comments: None,
    });
    check_page(&Expected {
        file: "french.txt",
        headline: "Le phare de la pointe retrouve son gardien",
        body: "p p p",
        first: "Pendant douze ans",
        last: "dit-elle en riant.",
        published: day(2021, 8, 1),
        byline: &["Claire Morel"],
        comments: Some(0),
    });
    check_page(&Expected {
        file: "wrapped-mail.txt",
        headline: "Old tram returns to the sea front after forty years",
        body: "p p p",
        first: "The green tram that carried three generations to the beach is running again,",
        last: "a coin and a story.",
        published: day(2022, 5, 4),
        byline: &["John Reed"],
        comments: None,
    });
    check_page(&Expected {
        file: "cookie-notice.txt",
        headline: "مزارعو الوادي يعودون إلى زراعة الزعفران بعد غياب طويل",
        body: "p p p",
        first: "عاد عشرات",
        last: "المصدر: نشرة التعاونية الزراعية",
        published: day(2023, 2, 2),
        byline: &[],
        comments: Some(0),
    });
}

#[test]
fn pages_saved_as_html() {
    check_page(&Expected {
        file: "classic.html",
        headline: "الزعفران يعود إلى السفوح",
        body: "p figure p h2 p ul blockquote",
        first: "رجع المزارعون",
        last: "لا تُقطف أبدًا.",
        published: instant("2020-10-22T06:30:00Z"),
        byline: &["ناهد & فريق التحرير"],
        comments: Some(2),
    });
    check_page(&Expected {
        file: "newspaper.html",
        headline: "قطار الرمل يصل إلى البحر",
        body: "p p p p table",
        first: "وصل قطار الرمل",
        last: "07:50",
        published: instant("2019-06-03T16:45:00Z"),
        byline: &["وائل الشامي"],
        comments: Some(0),
    });
    check_page(&Expected {
        file: "elementor.html",
        headline: "ورشة تصنع العود من خشب السفن",
        body: "p p figure p",
        first: "في زقاق خلف المرفأ",
        last: "جزيرة في الشمال.",
        published: day(2024, 1, 12),
        byline: &["لمى الخطيب"],
        comments: None,
    });
    check_page(&Expected {
        file: "jannah.html",
        headline: "مرصد الجبل يفتح بابه للأطفال",
        body: "p p p",
        first: "قرر علماء",
        last: "نغلق أعيننا».",
        published: day(2023, 5, 15),
        byline: &["سامر نجم"],
        comments: Some(3),
    });
    check_page(&Expected {
        file: "block-theme.html",
        headline: "The bridge that sings in the wind",
        body: "p p figure figure h3 p pre",
        first: "When the north wind",
        last: "E4 = 330 Hz",
        published: instant("2022-11-05T10:00:00Z"),
        byline: &["Ellen Park"],
        comments: None,
    });
    check_page(&Expected {
        file: "blogger.html",
        headline: "رسائل جدتي من القطار",
        body: "p p p",
        first: "كانت جدتي",
        last: "سأنشرها هنا تباعًا.",
        published: instant("2010-07-09T18:14:00Z"),
        byline: &["هدى"],
        comments: None,
    });
    check_page(&Expected {
        file: "only-divs.html",
        headline: "البحيرة التي تغيّر لونها",
        body: "p p p p",
        first: "في أقصى السهل",
        last: "أجور البيوت في القرية.",
        published: day(2021, 9, 8),
        byline: &["طارق السفير"],
        comments: None,
    });
    check_page(&Expected {
        file: "windows-1256.html",
        headline: "صياد يعثر على ساعة غرقت قبل قرن",
        body: "p p p",
        first: "عاد الصياد",
        last: "اسمه تحتها.",
        published: day(2005, 10, 22),
        byline: &[],
        comments: None,
    });
    check_page(&Expected {
        file: "microdata.html",
        headline: "بئر القرية يمتلئ بعد عامين من الجفاف",
        body: "p p",
        first: "استيقظ أهل القرية",
        last: "أسابيع كي يصل.",
        published: day(2018, 2, 11),
        byline: &["فريد صالح"],
        comments: None,
    });
}

#[test]
fn the_rest_of_what_a_page_says() {
    let (classic, warnings) = page("classic.html");
    assert_eq!(classic.language.as_deref(), Some("ar"));
    assert_eq!(classic.site_name.as_deref(), Some("مروج"));
    assert_eq!(classic.section.as_deref(), Some("زراعة"));
    assert_eq!(classic.tags, ["زعفران", "جبل"]);
    assert!(classic.source_url.is_some_and(|url| url.starts_with("https://muruj.example/2020/10/22/%d8")));
    assert_eq!(classic.lead_picture.and_then(|p| p.caption).as_deref(), Some("حقل في الصباح"));
    assert!(classic.body_html.contains("“نقطف الأزهار قبل أن تراها الشمس، وإلا ضاع نصف <a href="));
    assert!(classic.body_html.contains("<figcaption>حقل على السفح <em>عند الفجر</em></figcaption>"));
    assert_eq!(classic.body_html.matches("<img").count(), 1);
    assert_eq!(warnings, []);

    let (elementor, _) = page("elementor.html");
    assert!(elementor.body_html.contains("src=\"./oud_files/workshop.jpg\""));

    let (jannah, _) = page("jannah.html");
    assert_eq!(jannah.standfirst.as_deref(), Some("ليلة كل شهر، والتلسكوب الكبير لمن هم دون الثانية عشرة"));
    assert_eq!(jannah.tags, ["فلك", "أطفال"]);
    assert_eq!(jannah.lead_picture.map(|picture| picture.src).as_deref(), Some("mars.jpg"));

    let (newspaper, warnings) = page("newspaper.html");
    assert_eq!(newspaper.lead_picture.and_then(|p| p.caption).as_deref(), Some("القطار في محطة الرمل"));
    assert!(newspaper.body_html.contains("<td>07:10</td>"));
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["embed-as-link"]);

    let (opinion, _) = page("dated-opinion.txt");
    assert_eq!(opinion.standfirst.as_deref(), Some("لا تكفي الحافلات وحدها، لكن المترو ليس جواب كل سؤال"));

    let (culture, _) = page("culture-breadcrumb.txt");
    assert_eq!(culture.section.as_deref(), Some("ثقافة"));
    assert_eq!(culture.tags, ["مكتبات", "قراءة", "شتاء"]);

    assert_eq!(page("microdata.html").0.kicker.as_deref(), Some("تحقيق"));
    assert_eq!(page("block-theme.html").0.site_name.as_deref(), Some("Riverside Notes"));
    let lead = page("block-theme.html").0.lead_picture.map(|picture| picture.src);
    assert_eq!(lead.as_deref(), Some("https://river.example/bridge.jpg"));
}

fn check_language(file: &str, hint: Option<&str>, expected: Option<&str>) {
    let (page, _) = page(file);
    let bare = SavedPage { language: None, ..page };
    assert_eq!(guess_language(&bare, hint).as_deref(), expected, "{file}");
}

#[test]
fn languages() {
    check_language("no-blank-lines.txt", Some("en"), Some("ar"));
    check_language("english-comments.txt", Some("ar"), Some("en"));
    check_language("english-comments.txt", None, Some("en"));
    check_language("french.txt", Some("ar"), Some("fr"));
    check_language("english-comments.txt", Some("en-GB"), Some("en"));
}

fn check_refused(bytes: &[u8], code: &str) {
    let result = read(bytes, &Hints { file_name: "p", ..Hints::default() });
    assert_eq!(result.map_err(|error| error.code()).map(|(page, _)| page), Err(code));
}

#[test]
fn what_holds_no_article() {
    check_refused(b"", "page-empty");
    check_refused(b"\xEF\xBB\xBF  \n", "page-empty");
    check_refused("كلمتان فقط".as_bytes(), "page-no-article");
    check_refused(b"<html><body><nav><a href=/>Home</a></nav></body></html>", "page-no-article");
    check_refused("هذه جملة وحيدة بلا عنوان فوقها، وهي طويلة بما يكفي لتكون فقرة كاملة.".as_bytes(), "page-no-article");
    check_refused(b"%PDF-1.4", "page-binary");
}

#[test]
fn errors_name_the_file_and_say_what_to_do() {
    let error = read(b"%PDF-1.4", &Hints { file_name: "story.html", ..Hints::default() }).err().map(|e| e.to_string());
    let error = error.unwrap_or_default();
    assert!(error.starts_with("story.html: ") && error.contains("PDF") && error.contains("save it as"), "{error}");
}

#[test]
fn the_name_of_our_own_site_is_no_headline() {
    let text =
        "صوت الجبل والسهل معًا\nكل صباح\n\nوصل الرعاة إلى السهل بعد رحلة استغرقت أربعة أيام في الثلج والضباب الكثيف.";
    let headline = |hints: &Hints<'_>| read(text.as_bytes(), hints).map(|(page, _)| page.headline);
    assert_eq!(headline(&Hints::default()), Ok("صوت الجبل والسهل معًا".to_owned()));
    let hints = Hints {
        site_title: Some("صوت الجبل والسهل معا"), tagline: Some("كل صباح"), ..Hints::default()
    };
    assert!(headline(&hints).is_err());
}

#[test]
fn paragraphs_become_html() {
    let paragraphs = ["“قال” <b>".to_owned(), "  ".to_owned(), "a & b".to_owned()];
    assert_eq!(paragraphs_to_html(&paragraphs), "<p>“قال” &lt;b&gt;</p>\n<p>a &amp; b</p>\n");
}

#[test]
fn scripts_and_links_to_scripts_are_gone() {
    let html = "<h1>A page with a trap in it</h1><article><p>This is a long enough sentence to be read as the text of \
                the page, <a href=\"javascript:alert(1)\" onclick=\"x()\">with a trap</a> in the middle of it, and it \
                goes on for a while so that nobody doubts it is the article.</p><script>alert(2)</script>\
                <p><img src=\"x.jpg\" onerror=\"alert(3)\" alt=\"&quot;><script>\"></p></article>";
    let (page, _) = read(html.as_bytes(), &Hints::default()).unwrap_or_else(|error| panic!("{error}"));
    assert!(!page.body_html.contains("javascript") && !page.body_html.contains("<script"), "{}", page.body_html);
    assert!(!page.body_html.contains("onclick") && !page.body_html.contains("onerror"), "{}", page.body_html);
    assert!(page.body_html.contains("with a trap in the middle"), "{}", page.body_html);
}

/// What grows with the square of the length would not come to an end within the time that a test has.
fn check_bounded(start: &str, unit: &str) {
    let bomb = format!("{start}{}", unit.repeat(500_000 / unit.len()));
    let _ = read(bomb.as_bytes(), &Hints::default());
}

#[test]
fn garbage_comes_to_an_end() {
    for unit in [
        "<div>",
        "<p>",
        "<b id=x>",
        "<a href=1>x",
        "<table><td>",
        "<ul><li>x",
        "<div><table></div>",
        "<!--",
        "</p>",
        "<p a b c d e f ",
        "<svg><title>",
        "<p>كلمة",
        "<h2>x</h2><p>وقال إن السفينة وصلت إلى الميناء.</p>",
        "{\"a\":[",
        "كلمة\n",
        "كلمة. ",
        "قال.\n\n",
        "رد\n\n",
        "مقالات ذات صلة\n\n",
        "22 أكتوبر 2020\n",
    ] {
        check_bounded(if unit.starts_with('<') { "<html><h1>A headline of five words</h1>" } else { "" }, unit);
    }
}

fn markup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=entry-content>",
        "</div>",
        "<b>",
        "</b>",
        "<a href='x\">",
        "</a>",
        "<table>",
        "<td>",
        "</table>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h1>",
        "</h1>",
        "<br>",
        "<img src=a.jpg>",
        "<figure>",
        "</figure>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<svg>",
        "&#x;",
        "&amp;",
        "<time datetime='2020-",
        "اترك رد",
        "قال الرجل إن البحر هادئ.",
        "\n\n",
        "0",
        "بواسطة",
        "22 أكتوبر 2020",
        "<noscript>",
        "<iframe src=//v>",
        "<blockquote>",
        "<article>",
        "<",
    ]);
    prop::collection::vec(tag, 0..80).prop_map(|tags| tags.concat())
}

/// Letters, vowel marks, quotation marks and digits.
const WORD: &str = "[ابتثجحخدذرزسشصضطظعغفقكلمنهويًُّ“”0-9]{2,9}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, &Hints::default());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,300}") {
        let _ = read(text.as_bytes(), &Hints::default());
    }

    #[test]
    fn any_markup_gives_only_known_elements(html in markup()) {
        if let Ok((page, _)) = read(format!("<html>{html}").as_bytes(), &Hints::default()) {
            for tag in page.body_html.split('<').skip(1) {
                let name = tag.trim_start_matches('/').split(['>', ' ']).next().unwrap_or_default();
                let known = [
                    "p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "a", "figure", "img", "figcaption", "table",
                    "tr",
                    "th", "td", "strong", "em", "br", "hr", "pre", "code", "sub", "sup", "del", "ins", "q", "cite",
                    "mark", "bdi",
                ];
                prop_assert!(known.contains(&name), "{}", tag);
            }
        }
    }

    /// Whatever stands between a headline and the reply form comes out word for word and in order.
    #[test]
    fn sentences_are_never_changed(
        words in prop::collection::vec(prop::collection::vec(WORD, 14..30), 1..8)
    ) {
        let sentences: Vec<String> = words.iter().map(|words| format!("وقال {}.", words.join(" "))).collect();
        let text = format!("جريدة السهل\n\nخبر جديد من السهل البعيد\n\n0\n\n{}\n\nاترك رد\n", sentences.join("\n\n"));
        let (page, _) = read(text.as_bytes(), &Hints::default())
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(page.headline, "خبر جديد من السهل البعيد");
        prop_assert_eq!(page.paragraphs, sentences);
    }
}

//! What would WordPress show of this article?
//!
//! WordPress keeps what the author wrote and makes the page each time it is asked. [`render`] does what its `the_content`
//! does, in that order: blocks, typography, paragraphs (where there are no blocks), shortcodes, additions to pictures.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::blocks::{has_blocks, parse, render as render_blocks};
use crate::classic::paragraphs::paragraphs;
use crate::classic::smilies::smilies;
use crate::classic::typography::{Marks, typography};
use crate::html::{Piece, attribute, pieces, tag_name};
use crate::images::{dress, dress_shortcodes, number_of};
use crate::library::Library;
use crate::shortcodes::core::{Place, expand, is_core};
use crate::shortcodes::{self, unwrap_paragraphs};

/// What depends on the site and on what the result is for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The number of the article, for galleries of its own pictures.
    pub post: u64,
    /// The typographic marks of the site's language; `None` leaves straight marks straight.
    pub marks: Option<Marks>,
    /// `:-)` becomes 🙂.
    pub smilies: bool,
    /// `srcset`, `loading` and so on.
    pub dress_pictures: bool,
    /// Class names by which WordPress lays blocks out.
    pub layout_classes: bool,
    /// The class `has-global-padding`, which themes with spacing at their root get.
    pub global_padding: bool,
    /// No paragraph around a shortcode that stands alone. WordPress itself forgets this for articles that it shows after one
    /// with blocks in the same answer.
    pub unwrap_shortcodes: bool,
    /// Shortcodes of plugins, whose names are known though not what they do: they stay, and typography leaves them alone.
    pub other_shortcodes: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            post: 0,
            marks: Some(Marks::ENGLISH),
            smilies: false,
            dress_pictures: false,
            layout_classes: false,
            global_padding: false,
            unwrap_shortcodes: true,
            other_shortcodes: Vec::new(),
        }
    }
}

impl Options {
    /// As a running WordPress answers in `content.rendered`.
    pub fn as_wordpress(post: u64) -> Options {
        Options { post, smilies: true, dress_pictures: true, layout_classes: true, ..Options::default() }
    }
}

/// A body as it would be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rendered {
    /// All of it, with `<!--more-->` and `<!--nextpage-->` where they stood.
    pub html: String,
    /// Its pages, parted at `<!--nextpage-->`; at least one.
    pub pages: Vec<String>,
    /// Where the teaser ends.
    pub more: Option<More>,
    /// What it refers to.
    pub uses: Uses,
}

/// `<!--more text-->`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    /// Its place in the first page, in bytes of [`Rendered::html`].
    pub at: usize,
    /// What the link to the rest says, when the author chose it.
    pub text: Option<String>,
    /// Whether the teaser is not shown again above the rest.
    pub no_teaser: bool,
}

/// What a body refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uses {
    /// Numbers of uploaded files.
    pub attachments: BTreeSet<u64>,
    /// Addresses in `href` and `src`, as they stand there.
    pub addresses: BTreeSet<String>,
}

/// Something that could not be shown as WordPress would show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A word for counting: the name of the block or shortcode.
    pub code: String,
    /// What is missing, in a sentence.
    pub message: String,
}

impl Warning {
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Warning {
        Warning { code: code.into(), message: message.into() }
    }
}

/// Numbers that stand in the HTML.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) galleries: usize,
    pub(crate) audios: usize,
    pub(crate) videos: usize,
    pub(crate) containers: usize,
}

/// Makes the page of a body.
///
/// ```
/// use wordpress::{body::{render, Options}, library::Nothing};
/// let (rendered, warnings) = render("سطر\n\n[قائمة]", &Nothing, &Options::default());
/// assert_eq!(rendered.html, "<p>سطر</p>\n<p>[قائمة]</p>\n");
/// assert_eq!(warnings[0].code, "shortcode");
/// ```
pub fn render(content: &str, library: &dyn Library, options: &Options) -> (Rendered, Vec<Warning>) {
    let mut warnings = Vec::new();
    let mut uses = Uses::default();
    let mut counters = Counters::default();
    let blocks = has_blocks(content);
    let is_shortcode = |name: &str| is_core(name) || options.other_shortcodes.iter().any(|other| other == name);
    let content = &own_lines(content);
    let mut html = if blocks {
        render_blocks(&parse(content), library, options, &mut counters, &mut uses, &mut warnings)
    } else {
        content.to_string()
    };
    if let Some(marks) = &options.marks {
        html = typography(&html, marks, is_shortcode);
    }
    if !blocks {
        html = paragraphs(&html, true);
    }
    if options.unwrap_shortcodes {
        html = unwrap_paragraphs(&html, is_shortcode);
    }
    let marks = options.marks.unwrap_or_default();
    let mut place = Place {
        post: options.post,
        library,
        marks: &marks,
        counters: &mut counters,
        uses: &mut uses,
        warnings: &mut warnings,
    };
    html = expand(&html, &mut place);
    if options.dress_pictures {
        html = dress(&html, library, &mut uses);
    }
    if options.smilies {
        html = smilies(&html);
    }
    look_around(&html, options, &mut uses, &mut warnings);
    let pages = pages(&html);
    let more = more(&html);
    (Rendered { html, pages, more, uses }, warnings)
}

/// Only the blocks of a body, as `do_blocks` shows them: without typography, shortcodes and additions to pictures.
pub fn show_blocks(content: &str, library: &dyn Library, options: &Options) -> (String, Vec<Warning>) {
    let (mut warnings, mut uses, mut counters) = (Vec::new(), Uses::default(), Counters::default());
    let html = render_blocks(&parse(content), library, options, &mut counters, &mut uses, &mut warnings);
    (html, warnings)
}

/// Only WordPress's own shortcodes of a text, as `do_shortcode` shows them.
pub fn show_shortcodes(text: &str, library: &dyn Library, options: &Options) -> (String, Vec<Warning>) {
    let (mut warnings, mut uses, mut counters) = (Vec::new(), Uses::default(), Counters::default());
    let marks = options.marks.unwrap_or_default();
    let mut place = Place {
        post: options.post,
        library,
        marks: &marks,
        counters: &mut counters,
        uses: &mut uses,
        warnings: &mut warnings,
    };
    let html = expand(text, &mut place);
    (if options.dress_pictures { dress_shortcodes(&html) } else { html }, warnings)
}

/// An address on a line of its own asks for an embedded page. Without asking the other site it stays an address, but `&amp;`
/// in it has been resolved.
fn own_lines(content: &str) -> Cow<'_, str> {
    let is_address = |line: &str| {
        let line = line.trim();
        (line.starts_with("http://") || line.starts_with("https://"))
            && line.contains("&amp;")
            && !line.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
    };
    if !content.lines().any(is_address) {
        return Cow::Borrowed(content);
    }
    let lines = content.split_inclusive('\n');
    let mut out = String::with_capacity(content.len());
    for line in lines {
        out.push_str(&if is_address(line) { Cow::Owned(line.replace("&amp;", "&")) } else { Cow::Borrowed(line) });
    }
    Cow::Owned(out)
}

/// Notes addresses and pictures, and the shortcodes that nobody has expanded.
fn look_around(html: &str, options: &Options, uses: &mut Uses, warnings: &mut Vec<Warning>) {
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) => {
                for name in ["href", "src"] {
                    uses.addresses.extend(attribute(tag, name).filter(|url| !url.is_empty()).map(str::to_owned));
                }
                if tag_name(tag) == "img" {
                    uses.attachments.extend(number_of(tag));
                }
            }
            Piece::Text(text) => {
                let unknown = |name: &str| {
                    shortcodes::looks_like_name(name) || options.other_shortcodes.iter().any(|other| other == name)
                };
                for span in shortcodes::spans(text, unknown) {
                    if let shortcodes::Span::Shortcode(found) = span {
                        warnings.push(Warning::new(
                            "shortcode",
                            format!("[{}] is not known and stays as text", found.name),
                        ));
                    }
                }
            }
            Piece::Comment(_) | Piece::CData(_) => {}
        }
    }
}

/// The body parted at `<!--nextpage-->`, without the paragraphs that would stand around it.
fn pages(html: &str) -> Vec<String> {
    const MARK: &str = "<!--nextpage-->";
    let mut pages = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(MARK) {
        let (mut before, mut after) = (&rest[..at], &rest[at + MARK.len()..]);
        if let (Some(shorter), Some(shorter_after)) = (before.strip_suffix("<p>"), after.strip_prefix("</p>")) {
            (before, after) = (shorter, shorter_after);
        }
        pages.push(before.trim_matches('\n').to_owned());
        rest = after;
    }
    pages.push(rest.trim_matches('\n').to_owned());
    pages
}

fn more(html: &str) -> Option<More> {
    let at = html.find("<!--more")?;
    let end = html[at..].find("-->")? + at;
    let text = html[at + "<!--more".len()..end].trim();
    Some(More { at, text: (!text.is_empty()).then(|| text.to_owned()), no_teaser: html.contains("<!--noteaser-->") })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::{Attachment, Nothing};

    struct One;

    impl Library for One {
        fn attachment(&self, id: u64) -> Option<Attachment> {
            (id == 7).then(|| Attachment {
                id,
                url: "https://example.org/صورة.jpg".into(),
                page: "https://example.org/صورة/".into(),
                caption: "\"تعليق\"".into(),
                alt: "وصف".into(),
                mime: "image/jpeg".into(),
                width: 640,
                height: 480,
                ..Attachment::default()
            })
        }
    }

    #[test]
    fn what_the_server_lists_has_the_classes_of_the_author() {
        struct Months;
        impl Library for Months {
            fn listing(&self, _wanted: crate::library::Listing) -> Option<Vec<crate::library::Entry>> {
                Some(Vec::new())
            }
        }
        let check = |block: &str, expected: &str| {
            let shown = show_blocks(&format!("<!-- wp:{block} /-->"), &Months, &Options::default()).0;
            assert!(shown.contains(&format!("class=\"{expected}\"")), "{block}: {shown}");
        };
        check("archives {\"className\":\"mine\"}", "wp-block-archives-list mine wp-block-archives");
        check("tag-cloud {\"className\":\"mine\"}", "mine wp-block-tag-cloud");
        check("page-list", "wp-block-page-list");
        check("latest-posts {\"align\":\"wide\"}", "wp-block-latest-posts__list alignwide wp-block-latest-posts");
    }

    fn check(content: &str, expected: &str) {
        let options = Options { dress_pictures: true, layout_classes: true, ..Options::default() };
        assert_eq!(render(content, &One, &options).0.html, expected, "{content:?}");
    }

    #[test]
    fn typed_texts_are_shown() {
        check("أول\n\n\"ثان\"", "<p>أول</p>\n<p>&#8220;ثان&#8221;</p>\n");
        check(
            "<img class=\"wp-image-7\" src=\"https://example.org/صورة.jpg\">",
            "<p><img loading=\"lazy\" decoding=\"async\" width=\"640\" height=\"480\" class=\"wp-image-7\" src=\"https://example.org/صورة.jpg\"></p>\n",
        );
        check(
            "[caption id=\"attachment_7\" width=\"300\"]<img src=\"a.png\" /> تعليق[/caption]",
            "<figure id=\"attachment_7\" aria-describedby=\"caption-attachment-7\" style=\"width: 300px\" class=\"wp-caption alignnone\"><img decoding=\"async\" src=\"a.png\" /><figcaption id=\"caption-attachment-7\" class=\"wp-caption-text\">تعليق</figcaption></figure>\n",
        );
    }

    #[test]
    fn a_gallery_is_put_in_order() {
        struct Three;
        impl Library for Three {
            fn attachment(&self, id: u64) -> Option<Attachment> {
                let title = ["ج", "أ", "ب"].get(usize::try_from(id).ok()?)?.to_string();
                Some(Attachment {
                    id,
                    title,
                    url: format!("{id}.png"),
                    mime: "image/png".into(),
                    ..Attachment::default()
                })
            }
            fn pictures_of(&self, _post: u64) -> Vec<u64> {
                vec![0, 1, 2]
            }
        }
        let check = |attributes: &str, expected: [&str; 3]| {
            let shown = show_shortcodes(&format!("[gallery link=none {attributes}]"), &Three, &Options::default()).0;
            let found: Vec<&str> = shown.match_indices("src=\"").map(|(at, _)| &shown[at + 5..at + 6]).collect();
            assert_eq!(found, expected, "{attributes}");
        };
        check("", ["0", "1", "2"]);
        check("order=DESC", ["2", "1", "0"]);
        check("orderby=title", ["1", "2", "0"]);
        check("ids='2,0,1'", ["2", "0", "1"]);
        check("ids='2,0,1' order=DESC", ["2", "0", "1"]);
        check("ids='2,0,1' orderby=ID order=desc", ["2", "1", "0"]);
        check("ids='2,0,1' orderby=rand", ["2", "0", "1"]);
    }

    #[test]
    fn blocks_are_shown() {
        check("<!-- wp:paragraph -->\n<p>\"س\"</p>\n<!-- /wp:paragraph -->", "\n<p>&#8220;س&#8221;</p>\n");
        check(
            "<!-- wp:group --><div class=\"wp-block-group\"><!-- wp:more /--></div><!-- /wp:group -->",
            "<div class=\"wp-block-group is-layout-flow wp-block-group-is-layout-flow\"></div>",
        );
    }

    #[test]
    fn a_body_says_what_it_uses() {
        let (shown, warnings) =
            render("[gallery ids=\"7,8\"]<!--nextpage-->\n\n<a href=\"/x\">x</a> [plugin]", &One, &Options::default());
        assert!(shown.uses.attachments.contains(&7) && shown.uses.addresses.contains("/x"));
        assert_eq!(shown.pages.len(), 2);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        let (shown, _) = render("أ\n\n<!--more اقرأ-->\n\nب", &Nothing, &Options::default());
        assert_eq!(shown.more.and_then(|more| more.text).as_deref(), Some("اقرأ"));
    }

    /// Texts of tags, marks and letters of several lengths, well and ill formed.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "<!-- wp:group {\"a\":1} -->",
                "<!-- /wp:group -->",
                "<!-- wp:image {\"id\":7} /-->",
                "<p>",
                "</p>",
                "<pre>",
                "</pre>",
                "<li>",
                "<blockquote>",
                "<code>",
                "<",
                ">",
                "\"",
                "'",
                "--",
                "...",
                "9x9",
                "[caption width=1]",
                "[/caption]",
                "[gallery ids=7]",
                "[[audio]]",
                "[video src=a.mp4",
                "]",
                "[",
                "https://é.org/(م)",
                "www.م",
                "a@b.cc",
                "&",
                "&amp;",
                "%d8",
                "%",
                "\\",
                "\n",
                "\n\n",
                "<br>",
                "<img class='wp-image-7' src=م>",
                "<!--more-->",
                "<!--nextpage-->",
                "<figcaption>",
                "<option>",
                "{",
                "}",
                "-->",
                "é",
                "م",
                "😀",
                "\u{A0}",
                "\u{1}",
                "\0",
                ":)",
                "/",
                "=",
                "x",
                "<source",
                "<?",
                "<!",
            ])
            .prop_map(str::to_owned),
            "\\PC{0,3}",
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn no_text_is_too_strange(text in text()) {
            let document = parse(&text);
            prop_assert_eq!(document.write(), text.as_str());
            if document.is_closed() {
                let canonical = document.write_canonical();
                prop_assert_eq!(parse(&canonical).write_canonical(), canonical);
            }
            for options in [Options::default(), Options::as_wordpress(1)] {
                let (shown, _) = render(&text, &One, &options);
                prop_assert!(!shown.pages.is_empty());
            }
            crate::links::make_links(&text, "example.org");
            crate::balance::balance(&text);
            prop_assert!(crate::slugs::slug(&text, "", "de_DE").len() <= crate::slugs::LONGEST);
            crate::text::trim_words(&text, 3, "…");
            crate::text::escape_ampersands(&text);
            shortcodes::strip(&text, is_core);
            shortcodes::contains(&text, "audio", is_core);
            shortcodes::parse_attributes(&text);
        }
    }

    #[test]
    fn hostile_bodies_end() {
        for hostile in [
            "<!-- wp:group -->",
            "<!-- wp:group --><div>",
            "[caption]",
            "[gallery ids=7]",
            "<img ",
            "<!--nextpage-->",
            "<!--more",
            ":)",
        ] {
            let size = |count| render(&hostile.repeat(count), &One, &Options::as_wordpress(1)).0.html.len();
            assert!(size(20_000) <= size(2_000) * 11 + 1_000, "{hostile:?}");
        }
        let deep =
            format!("{}س{}", "<!-- wp:group --><div>".repeat(100_000), "</div><!-- /wp:group -->".repeat(100_000));
        assert!(render(&deep, &Nothing, &Options::as_wordpress(1)).0.html.contains('س'));
    }
}

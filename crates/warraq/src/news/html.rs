//! What may stand in a page as HTML? Only what came through [`sanitise`].

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::footnotes;

/// HTML that is safe to show. There are three ways to one: [`sanitise`], [`sanitise_guest`], and reading back from the
/// store what went in through them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the store kept. Only `store` may call this (a test of the walls looks).
    pub(crate) fn from_store(markup: String) -> Self {
        Self(markup)
    }

    /// The words without the markup, one space or line end where an element ended.
    #[must_use]
    pub fn text(&self) -> String {
        plain_text(&self.0)
    }
}

/// Keep the elements of an article, drop everything that could run, load or disguise.
///
/// No `svg`, `math`, `style`, `iframe`, `template`, `noscript`: every known way around a sanitiser of 2025 and 2026
/// needed one of them.
#[must_use]
pub fn sanitise(markup: &str) -> Html {
    static RULES: LazyLock<Builder<'static>> = LazyLock::new(|| with_notes(rules("noopener")));
    Html(footnotes::settle(RULES.clean(markup).to_string()))
}

/// The same for what a guest wrote: links lend their target no weight.
#[must_use]
pub fn sanitise_guest(markup: &str) -> Html {
    static RULES: LazyLock<Builder<'static>> = LazyLock::new(|| rules("nofollow ugc noopener"));
    Html(RULES.clean(markup).to_string())
}

/// References to notes, and the notes: what [`footnotes::settle`] then makes true. Nothing else has a name.
fn with_notes(mut rules: Builder<'static>) -> Builder<'static> {
    rules
        .add_allowed_classes("sup", ["fn"])
        .add_allowed_classes("ol", ["footnotes"])
        .add_tag_attributes("a", ["id"])
        .add_tag_attributes("li", ["id"])
        .attribute_filter(|_, attribute, value| {
            (attribute != "id" || footnotes::is_name(value)).then_some(Cow::Borrowed(value))
        });
    rules
}

fn rules(rel: &'static str) -> Builder<'static> {
    let tags: HashSet<&str> = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "cite",
        "q",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "a",
        "strong",
        "em",
        "b",
        "i",
        "u",
        "s",
        "sub",
        "sup",
        "small",
        "mark",
        "abbr",
        "code",
        "pre",
        "kbd",
        "br",
        "hr",
        "figure",
        "figcaption",
        "img",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "colgroup",
        "col",
        "bdi",
        "bdo",
        "span",
        "div",
        "time",
        "del",
        "ins",
        "ruby",
        "rt",
        "rp",
        "aside",
        "audio",
        "video",
        "source",
    ]
    .into();
    let attributes: HashMap<&str, HashSet<&str>> = [
        ("a", ["href", "hreflang", "title"].into()),
        ("blockquote", ["cite"].into()),
        ("q", ["cite"].into()),
        ("img", ["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"].into()),
        ("ol", ["start", "reversed"].into()),
        ("li", ["value"].into()),
        ("td", ["colspan", "rowspan", "headers"].into()),
        ("th", ["colspan", "rowspan", "scope", "headers"].into()),
        ("time", ["datetime"].into()),
        ("abbr", ["title"].into()),
        ("audio", ["src", "controls", "loop"].into()),
        ("video", ["src", "controls", "loop", "muted", "playsinline", "poster", "width", "height"].into()),
        ("source", ["src", "type"].into()),
    ]
    .into();
    let classes: HashMap<&str, HashSet<&str>> =
        [("aside", ["note"].into()), ("blockquote", ["pull-quote"].into()), ("figure", ["wide", "gallery"].into())]
            .into();
    let mut builder = Builder::empty();
    builder
        .tags(tags)
        .clean_content_tags(
            [
                "script", "style", "svg", "math", "iframe", "template", "noscript", "object", "embed", "form",
                "textarea", "select",
            ]
            .into(),
        )
        .generic_attributes(["lang", "dir"].into())
        .tag_attributes(attributes)
        .allowed_classes(classes)
        // Nothing plays by itself. One value only: several would stand in another order each time.
        .set_tag_attribute_values(["audio", "video"].map(|tag| (tag, [("controls", "")].into())).into())
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some(rel))
        .strip_comments(true);
    builder
}

/// The text of sanitised markup: elements of a block end with a line end, entities are resolved. The number of a note
/// is no word of the sentence that it stands in.
pub(super) fn plain_text(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len() / 2);
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        unescape_into(&rest[..start], &mut text);
        if rest[start..].starts_with(footnotes::REFERENCE)
            && let Some(end) = rest[start..].find("</sup>")
        {
            rest = &rest[start + end + "</sup>".len()..];
            continue;
        }
        let Some(end) = rest[start..].find('>') else { return text };
        let name = rest[start + 1..start + end].trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        if matches!(
            name,
            "p" | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "blockquote"
                | "li"
                | "br"
                | "tr"
                | "figcaption"
                | "div"
                | "hr"
                | "td"
                | "th"
                | "pre"
                | "dt"
                | "dd"
        ) && !text.ends_with('\n')
            && !text.is_empty()
        {
            text.push('\n');
        }
        rest = &rest[start + end + 1..];
    }
    unescape_into(rest, &mut text);
    text
}

fn unescape_into(piece: &str, text: &mut String) {
    let mut rest = piece;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        let tail = &rest[start..];
        // The sanitiser writes these five and no other.
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", '\u{a0}')];
        if let Some((name, letter)) = known.iter().find(|(name, _)| tail.starts_with(name)) {
            text.push(*letter);
            rest = &tail[name.len()..];
        } else {
            text.push('&');
            rest = &tail[1..];
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, safe: &str) {
        assert_eq!(sanitise(markup).as_str(), safe, "{markup}");
    }

    #[test]
    fn keeps_an_article() {
        check("<p>نص <strong>مهم</strong></p>", "<p>نص <strong>مهم</strong></p>");
        check("<h2 dir=\"rtl\" lang=\"ar\">عنوان</h2>", "<h2 dir=\"rtl\" lang=\"ar\">عنوان</h2>");
        check("<a href=\"/a/1\">x</a>", "<a href=\"/a/1\" rel=\"noopener\">x</a>");
        check(
            "<blockquote class=\"pull-quote evil\">x</blockquote>",
            "<blockquote class=\"pull-quote\">x</blockquote>",
        );
    }

    #[test]
    fn drops_what_runs() {
        check("<script>alert(1)</script><p>x</p>", "<p>x</p>");
        check("<p onclick=\"x()\">x</p>", "<p>x</p>");
        check("<a href=\"javascript:alert(1)\">x</a>", "<a rel=\"noopener\">x</a>");
        check(
            "<video src=\"/media/x.mp4\" autoplay onplay=\"x()\"></video>",
            "<video src=\"/media/x.mp4\" controls=\"\"></video>",
        );
        check("<audio src=\"javascript:1\"></audio>", "<audio controls=\"\"></audio>");
        check("<svg><a xlink:href=\"javascript:1\">x</a></svg>y", "y");
        check("<math><mtext></mtext></math>y", "y");
        check("<iframe src=\"//evil\">x</iframe>y", "y");
        check("<p style=\"position:fixed\">x</p>", "<p>x</p>");
    }

    #[test]
    fn gives_the_words() {
        let check = |markup: &str, text: &str| assert_eq!(sanitise(markup).text().trim(), text);
        check("<p>a &amp; b</p><p>c</p>", "a & b\nc");
        check("x &lt;b&gt; y", "x <b> y");
        check("<ul><li>1</li><li>2</li></ul>", "1\n2");
    }
}

//! What does a text of Ghost's editor say, where the export has no HTML of it?
//!
//! Drafts that were never opened again, and copies by other tools, may hold the text only as the editor keeps it: Lexical
//! (since version 5) or Mobiledoc. Words, headings, lists, quotations, links, pictures and code are made into HTML; what
//! is no text (players, buttons, forms) becomes a link to what it shows, or is named and left out.

use std::collections::BTreeSet;

use serde_json::Value;

/// A text as HTML, and the names of what was left out of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) html: String,
    pub(super) left_out: BTreeSet<String>,
}

/// Bits of the format of a Lexical text.
const FORMATS: [(u64, &str); 7] =
    [(1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup")];

/// The text of a Lexical document; `None` when it is none.
pub(super) fn from_lexical(source: &str) -> Option<Made> {
    let document: Value = serde_json::from_str(source).ok()?;
    let mut made = Made::default();
    for node in document["root"]["children"].as_array()? {
        made.node(node);
    }
    Some(made)
}

/// The text of a Mobiledoc; `None` when it is none.
pub(super) fn from_mobiledoc(source: &str) -> Option<Made> {
    let document: Value = serde_json::from_str(source).ok()?;
    let mut made = Made::default();
    for section in document["sections"].as_array()? {
        made.section(&document, section);
    }
    Some(made)
}

impl Made {
    fn node(&mut self, node: &Value) {
        let kind = text(node, "type");
        match kind.trim_start_matches("extended-") {
            "paragraph" => self.around("p", node),
            "heading" => self.around(heading(text(node, "tag")), node),
            "quote" | "aside" => self.around("blockquote", node),
            "list" => self.around(if text(node, "listType") == "number" { "ol" } else { "ul" }, node),
            "listitem" => self.around("li", node),
            "text" => self.words(text(node, "text"), node["format"].as_u64().unwrap_or(0)),
            "linebreak" => self.html.push_str("<br>"),
            "link" | "autolink" => {
                self.html.push_str(&format!("<a href=\"{}\">", escaped(text(node, "url"))));
                self.children(node);
                self.html.push_str("</a>");
            }
            // What a card holds stands in the node itself.
            name => self.card(name, node),
        }
    }

    fn around(&mut self, tag: &str, node: &Value) {
        self.html.push_str(&format!("<{tag}>"));
        self.children(node);
        self.html.push_str(&format!("</{tag}>"));
    }

    fn children(&mut self, node: &Value) {
        for child in node["children"].as_array().into_iter().flatten() {
            self.node(child);
        }
    }

    fn words(&mut self, words: &str, format: u64) {
        let tags: Vec<&str> = FORMATS.iter().filter(|(bit, _)| format & bit != 0).map(|(_, tag)| *tag).collect();
        self.html.extend(tags.iter().map(|tag| format!("<{tag}>")));
        self.html.push_str(&escaped(words));
        self.html.extend(tags.iter().rev().map(|tag| format!("</{tag}>")));
    }

    /// A section of a Mobiledoc: `[1, tag, markers]`, `[2, src]`, `[3, tag, [markers]]`, `[10, card]`.
    fn section(&mut self, document: &Value, section: &Value) {
        match section[0].as_u64() {
            Some(1) => {
                let tag = match section[1].as_str().unwrap_or("p") {
                    "blockquote" | "aside" | "pull-quote" => "blockquote",
                    tag if tag.starts_with('h') => heading(tag),
                    _ => "p",
                };
                self.html.push_str(&format!("<{tag}>"));
                self.markers(document, &section[2]);
                self.html.push_str(&format!("</{tag}>"));
            }
            Some(2) => self.picture(section[1].as_str().unwrap_or_default(), "", ""),
            Some(3) => {
                let tag = if section[1].as_str() == Some("ol") { "ol" } else { "ul" };
                self.html.push_str(&format!("<{tag}>"));
                for item in section[2].as_array().into_iter().flatten() {
                    self.html.push_str("<li>");
                    self.markers(document, item);
                    self.html.push_str("</li>");
                }
                self.html.push_str(&format!("</{tag}>"));
            }
            Some(10) => {
                let card = section[1].as_u64().and_then(|place| document["cards"].get(usize::try_from(place).ok()?));
                if let Some(card) = card {
                    self.card(card[0].as_str().unwrap_or_default(), &card[1]);
                }
            }
            _ => {
                self.left_out.insert("section".into());
            }
        }
    }

    /// `[kind, opened markups, how many are closed behind it, text or number of an atom]`
    fn markers(&mut self, document: &Value, markers: &Value) {
        let mut open: Vec<&str> = Vec::new();
        for marker in markers.as_array().into_iter().flatten() {
            for place in marker[1].as_array().into_iter().flatten().filter_map(Value::as_u64) {
                let Some(markup) = usize::try_from(place).ok().and_then(|place| document["markups"].get(place)) else {
                    continue;
                };
                open.push(self.open(markup));
            }
            if marker[0].as_u64() == Some(1) {
                let atom = marker[3].as_u64().and_then(|place| document["atoms"].get(usize::try_from(place).ok()?));
                match atom.and_then(|atom| atom[0].as_str()) {
                    Some("soft-return") => self.html.push_str("<br>"),
                    _ => self.html.push_str(&escaped(atom.and_then(|atom| atom[1].as_str()).unwrap_or_default())),
                }
            } else {
                self.html.push_str(&escaped(marker[3].as_str().unwrap_or_default()));
            }
            for _ in 0..marker[2].as_u64().unwrap_or(0) {
                let Some(tag) = open.pop() else { break };
                self.html.push_str(&format!("</{tag}>"));
            }
        }
        while let Some(tag) = open.pop() {
            self.html.push_str(&format!("</{tag}>"));
        }
    }

    /// Opens a markup, `["a", ["href", "…"]]`, and says how it is closed.
    fn open(&mut self, markup: &Value) -> &'static str {
        const KNOWN: [&str; 9] = ["strong", "b", "em", "i", "s", "u", "code", "sub", "sup"];
        let name = markup[0].as_str().unwrap_or_default();
        if name == "a" {
            let attributes: Vec<&str> = markup[1].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let href = attributes.chunks(2).find(|pair| pair[0] == "href").and_then(|pair| pair.get(1));
            self.html.push_str(&format!("<a href=\"{}\">", escaped(href.copied().unwrap_or_default())));
            return "a";
        }
        let tag = KNOWN.into_iter().find(|known| *known == name).unwrap_or("span");
        self.html.push_str(&format!("<{tag}>"));
        tag
    }

    /// Cards have the same contents in both kinds of document.
    fn card(&mut self, name: &str, card: &Value) {
        match name {
            "image" => self.picture(text(card, "src"), text(card, "alt"), text(card, "caption")),
            "gallery" => {
                for image in card["images"].as_array().into_iter().flatten() {
                    self.picture(text(image, "src"), text(image, "alt"), text(image, "caption"));
                }
            }
            "html" | "card-html" => self.html.push_str(text(card, "html")),
            "markdown" | "card-markdown" => {
                for part in text(card, "markdown").split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
                    self.html.push_str(&format!("<p>{}</p>", escaped(part)));
                }
                self.left_out.insert("the marks of Markdown are shown as they were typed".into());
            }
            "code" | "codeblock" => {
                self.html.push_str(&format!("<pre><code>{}</code></pre>", escaped(text(card, "code"))));
            }
            "callout" => self.html.push_str(&format!("<blockquote>{}</blockquote>", text(card, "calloutText"))),
            "toggle" => {
                let (heading, content) = (text(card, "heading"), text(card, "content"));
                self.html.push_str(&format!("<p><strong>{heading}</strong></p>{content}"));
            }
            "hr" | "horizontalrule" => self.html.push_str("<hr>"),
            "embed" | "bookmark" | "file" | "video" | "audio" | "button" => self.link(card),
            // A line below which only some may read; who may read at all is decided by the whole article.
            "paywall" => {}
            _ => {
                self.left_out.insert(name.to_owned());
                self.children(card);
            }
        }
    }

    fn picture(&mut self, src: &str, alt: &str, caption: &str) {
        self.html.push_str(&format!("<figure><img src=\"{}\" alt=\"{}\">", escaped(src), escaped(alt)));
        if !caption.is_empty() {
            self.html.push_str(&format!("<figcaption>{caption}</figcaption>"));
        }
        self.html.push_str("</figure>");
    }

    /// What only a player would show, as a link to it.
    fn link(&mut self, card: &Value) {
        let address = ["url", "src", "buttonUrl"].into_iter().map(|key| text(card, key)).find(|url| !url.is_empty());
        let Some(address) = address else { return };
        let titles =
            [text(card, "title"), text(&card["metadata"], "title"), text(card, "fileTitle"), text(card, "buttonText")];
        let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or(address);
        self.html.push_str(&format!("<p><a href=\"{}\">{}</a></p>", escaped(address), escaped(title)));
    }
}

fn text<'a>(node: &'a Value, key: &str) -> &'a str {
    node[key].as_str().unwrap_or_default()
}

fn heading(tag: &str) -> &'static str {
    ["h1", "h2", "h3", "h4", "h5", "h6"].into_iter().find(|known| *known == tag).unwrap_or("h2")
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(made: Option<Made>, html: &str, left_out: &[&str]) {
        let made = made.expect("a document");
        assert_eq!(made.html, html);
        assert_eq!(made.left_out.iter().map(String::as_str).collect::<Vec<_>>(), left_out);
    }

    #[test]
    fn a_lexical_text_is_read() {
        let nodes =
            |children: Value| from_lexical(&json!({"root": {"type": "root", "children": children}}).to_string());
        check(
            nodes(json!([
                {"type": "extended-heading", "tag": "h3", "children": [{"type": "extended-text", "text": "ميناء"}]},
                {"type": "paragraph", "children": [
                    {"type": "extended-text", "text": "أ < ب", "format": 3},
                    {"type": "linebreak"},
                    {"type": "link", "url": "https://x.example/\"", "children": [{"type": "extended-text", "text": "رابط"}]}
                ]},
                {"type": "list", "listType": "number", "children": [
                    {"type": "listitem", "children": [{"type": "extended-text", "text": "١"}]}
                ]},
                {"type": "image", "src": "__GHOST_URL__/content/images/a.jpg", "alt": "سفينة", "caption": "<b>تعليق</b>"},
                {"type": "embed", "url": "https://video.example/1"},
                {"type": "signup"},
                {"type": "horizontalrule"}
            ])),
            "<h3>ميناء</h3><p><strong><em>أ &lt; ب</em></strong><br><a href=\"https://x.example/&quot;\">رابط</a></p>\
             <ol><li>١</li></ol><figure><img src=\"__GHOST_URL__/content/images/a.jpg\" alt=\"سفينة\"><figcaption><b>تعليق</b>\
             </figcaption></figure><p><a href=\"https://video.example/1\">https://video.example/1</a></p><hr>",
            &["signup"],
        );
        assert_eq!(from_lexical("{"), None);
        assert_eq!(from_lexical("{\"root\": 1}"), None);
    }

    #[test]
    fn a_mobiledoc_is_read() {
        let document = json!({
            "version": "0.3.1",
            "markups": [["strong"], ["a", ["href", "/x/"]], ["script"]],
            "atoms": [["soft-return", "", {}]],
            "cards": [["code", {"code": "<b>"}], ["email-cta", {}]],
            "sections": [
                [1, "p", [[0, [0, 1], 1, "أ"], [1, [], 0, 0], [0, [], 1, "ب"], [0, [2], 9, "ج"]]],
                [3, "ul", [[[0, [], 0, "بند"]]]],
                [10, 0], [10, 1], [10, 7], [1, "h2", []]
            ]
        });
        check(
            from_mobiledoc(&document.to_string()),
            "<p><strong><a href=\"/x/\">أ</a><br>ب</strong><span>ج</span></p><ul><li>بند</li></ul>\
             <pre><code>&lt;b&gt;</code></pre><h2></h2>",
            &["email-cta"],
        );
        assert_eq!(from_mobiledoc("[]"), None);
    }
}

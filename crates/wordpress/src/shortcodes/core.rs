//! What do WordPress's own shortcodes become?
//!
//! `[caption]`, `[gallery]`, `[audio]`, `[video]`, `[playlist]`, `[embed]`. Numbers that WordPress counts over a whole page
//! (`gallery-3`) are counted over the body here.

use std::fmt::Write;

use super::{Attributes, Shortcode};
use crate::body::{Counters, Uses, Warning};
use crate::classic::typography::{Marks, typography};
use crate::html::escape;
use crate::library::{Attachment, Library};
use crate::links::clean_address;

/// The names of WordPress's own shortcodes.
pub const NAMES: &[&str] = &["audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"];

/// Whether a name is one of [`NAMES`].
pub fn is_core(name: &str) -> bool {
    NAMES.contains(&name)
}

/// What the shortcodes need to know about the place where they stand.
pub(crate) struct Place<'a> {
    pub(crate) post: u64,
    pub(crate) library: &'a dyn Library,
    pub(crate) marks: &'a Marks,
    pub(crate) counters: &'a mut Counters,
    pub(crate) uses: &'a mut Uses,
    pub(crate) warnings: &'a mut Vec<Warning>,
}

/// How deep shortcodes within shortcodes are expanded.
const DEEPEST: usize = 8;

/// `text` with WordPress's own shortcodes expanded.
pub(crate) fn expand(text: &str, place: &mut Place<'_>) -> String {
    expand_at(text, place, 0)
}

fn expand_at(text: &str, place: &mut Place<'_>, depth: usize) -> String {
    if depth == DEEPEST {
        return text.to_owned();
    }
    super::expand(text, is_core, |shortcode| {
        Some(match shortcode.name {
            "caption" | "wp_caption" => caption(shortcode, place, depth),
            "gallery" => gallery(shortcode, place),
            "audio" => player(shortcode, place, &AUDIO),
            "video" => player(shortcode, place, &VIDEO),
            "embed" => embed(shortcode),
            _ => {
                place.warnings.push(Warning::new("playlist", "a playlist needs a player; it is left out"));
                String::new()
            }
        })
    })
}

fn caption(shortcode: &Shortcode<'_>, place: &mut Place<'_>, depth: usize) -> String {
    let content = shortcode.content.unwrap_or("");
    let attributes = &shortcode.attributes;
    let (picture, caption) = match attributes.get("caption") {
        Some(caption) => (content, caption.to_owned()),
        None => {
            let end = picture_end(content);
            let (picture, caption) = content.split_at(end);
            (picture, caption.trim().to_owned())
        }
    };
    let shown = expand_at(picture, place, depth + 1);
    let width: u32 = attributes.get("width").and_then(leading_number).unwrap_or(0);
    if width < 1 || caption.is_empty() {
        return if attributes.get("caption").is_none() && picture.is_empty() {
            expand_at(content, place, depth + 1)
        } else {
            shown
        };
    }
    let id: String = attributes
        .get("id")
        .unwrap_or("")
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        .collect();
    let mut out = String::from("<figure ");
    let caption_id = format!("caption-{}", id.replace('_', "-"));
    if !id.is_empty() {
        if let Some(number) = id.strip_prefix("attachment_").and_then(|n| n.parse().ok()) {
            place.uses.attachments.insert(number);
        }
        let _ = write!(out, "id=\"{id}\" aria-describedby=\"{caption_id}\" ");
    }
    let align = attributes.get("align").unwrap_or("alignnone");
    let class = attributes.get("class").map(|class| format!(" {class}")).unwrap_or_default();
    let _ = write!(
        out,
        "style=\"width: {width}px\" class=\"wp-caption {}{}\">{shown}<figcaption ",
        escape(align),
        escape(&class)
    );
    if !id.is_empty() {
        let _ = write!(out, "id=\"{caption_id}\" ");
    }
    let _ = write!(out, "class=\"wp-caption-text\">{}</figcaption></figure>", expand_at(&caption, place, depth + 1));
    out
}

fn leading_number(text: &str) -> Option<u32> {
    let digits = text.trim().bytes().take_while(u8::is_ascii_digit).count();
    text.trim()[..digits].parse().ok()
}

/// The end of the picture at the beginning of a caption's content: an `<img>`, perhaps within a link.
fn picture_end(content: &str) -> usize {
    let Some(image) = content.find("<img ") else { return 0 };
    let image = content[..image]
        .rfind("<a ")
        .filter(|&link| {
            content[link..image].find('>').is_some_and(|end| content[link + end + 1..image].trim().is_empty())
        })
        .map_or(image, |_| image);
    let Some(end) = content[image..].find('>').map(|n| image + n + 1) else { return 0 };
    let rest = &content[end..];
    let after = rest.trim_start();
    if after.starts_with("</a>") { end + (rest.len() - after.len()) + 4 } else { end }
}

fn gallery(shortcode: &Shortcode<'_>, place: &mut Place<'_>) -> String {
    place.counters.galleries += 1;
    let number = place.counters.galleries;
    let attributes = &shortcode.attributes;
    let post = attributes.get("id").and_then(|id| id.parse().ok()).unwrap_or(place.post);
    let numbers = |list: &str| list.split([',', ' ']).filter_map(|id| id.trim().parse().ok()).collect::<Vec<u64>>();
    let mut ids = match attributes.get("ids").or(attributes.get("include")) {
        Some(list) => numbers(list),
        None => place.library.pictures_of(post),
    };
    if let Some(excluded) = attributes.get("exclude").map(numbers) {
        ids.retain(|id| !excluded.contains(id));
    }
    // A picture that is named twice is shown once.
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    let mut pictures: Vec<Attachment> = ids
        .iter()
        .filter_map(|id| place.library.attachment(*id))
        .filter(|one| one.mime.starts_with("image/"))
        .collect();
    put_in_order(&mut pictures, attributes);
    if pictures.is_empty() {
        if !ids.is_empty() {
            place.warnings.push(Warning::new("gallery", "no picture of this gallery is known"));
        }
        return String::new();
    }
    let columns = attributes.get("columns").and_then(leading_number).unwrap_or(3);
    let size = attributes.get("size").unwrap_or("thumbnail");
    let mut out = format!(
        "<div id='gallery-{number}' class='gallery galleryid-{post} gallery-columns-{columns} gallery-size-{size}'>",
        size = escape(size)
    );
    for picture in &pictures {
        place.uses.attachments.insert(picture.id);
        let (url, width, height) = picture.sized(size);
        let describes = if picture.caption.trim().is_empty() {
            String::new()
        } else {
            format!(" aria-describedby=\"gallery-{number}-{}\"", picture.id)
        };
        let measures =
            if width > 0 && height > 0 { format!("width=\"{width}\" height=\"{height}\" ") } else { String::new() };
        let mut image = format!(
            "<img {measures}src=\"{}\" class=\"attachment-{size} size-{size}\" alt=\"{}\"{describes} />",
            escape(url),
            escape(&picture.alt),
            size = escape(size)
        );
        let link = match attributes.get("link") {
            Some("none") => None,
            Some("file") => Some(picture.url.as_str()),
            _ => Some(picture.page.as_str()),
        };
        if let Some(link) = link.filter(|link| !link.is_empty()) {
            image = format!("<a href='{}'>{image}</a>", escape(link));
        }
        let shape = if width > height { "landscape" } else { "portrait" };
        let _ = write!(
            out,
            "<figure class='gallery-item'>\n\t\t\t<div class='gallery-icon {shape}'>\n\t\t\t\t{image}\n\t\t\t</div>"
        );
        if !describes.is_empty() {
            let caption = typography(&picture.caption, place.marks, is_core);
            let _ = write!(
                out,
                "\n\t\t\t\t<figcaption class='wp-caption-text gallery-caption' id='gallery-{number}-{}'>\n\t\t\t\t{caption}\n\t\t\t\t</figcaption>",
                picture.id
            );
        }
        out.push_str("</figure>");
    }
    out.push_str("\n\t\t</div>\n");
    out
}

/// `orderby` and `order`. Without the first pictures stand as they were named, or as they were arranged; chance (`rand`) is
/// left out, so that a text that comes in twice is the same.
fn put_in_order(pictures: &mut [Attachment], attributes: &Attributes) {
    let by = attributes.get("orderby").unwrap_or("").split_whitespace().next().unwrap_or("").to_ascii_lowercase();
    match by.as_str() {
        "id" => pictures.sort_by_key(|picture| picture.id),
        "title" => pictures.sort_by_cached_key(|picture| picture.title.to_lowercase()),
        _ => {}
    }
    let are_named = ["ids", "include"].iter().any(|name| attributes.get(name).is_some());
    let is_backwards = attributes.get("order").is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    // The order in which pictures are named is not turned round.
    if is_backwards && (!are_named || !by.is_empty()) && by != "post__in" && by != "rand" {
        pictures.reverse();
    }
}

/// A kind of player and the files that it plays, with their types.
struct Player {
    name: &'static str,
    kinds: &'static [(&'static str, &'static str)],
}

const AUDIO: Player = Player {
    name: "audio",
    kinds: &[
        ("mp3", "audio/mpeg"),
        ("ogg", "audio/ogg"),
        ("flac", "audio/flac"),
        ("m4a", "audio/mpeg"),
        ("wav", "audio/wav"),
    ],
};

const VIDEO: Player = Player {
    name: "video",
    kinds: &[
        ("mp4", "video/mp4"),
        ("m4v", "video/mp4"),
        ("webm", "video/webm"),
        ("ogv", "video/ogg"),
        ("flv", "video/x-flv"),
    ],
};

fn player(shortcode: &Shortcode<'_>, place: &mut Place<'_>, player: &Player) -> String {
    let attributes = &shortcode.attributes;
    let name = player.name;
    let kind_of = |url: &str| {
        let path = url.split(['?', '#']).next().unwrap_or(url).to_ascii_lowercase();
        player.kinds.iter().find(|(ending, _)| path.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.')))
    };
    let src = attributes.get("src").filter(|src| !src.is_empty());
    let mut files: Vec<(&str, &str)> = Vec::new();
    if let Some(src) = src {
        match kind_of(src) {
            Some((_, mime)) => files.push((src, mime)),
            None => {
                return format!("<a class=\"wp-embedded-{name}\" href=\"{}\">{}</a>", clean_address(src), escape(src));
            }
        }
    }
    for (ending, mime) in player.kinds {
        if let Some(url) = attributes.get(ending).filter(|url| !url.is_empty()) {
            files.push((url, mime));
        }
    }
    let Some(&(first, _)) = files.first() else {
        place.warnings.push(Warning::new(name, "a player without a file; it is left out"));
        return String::new();
    };
    let counter = if name == "audio" { &mut place.counters.audios } else { &mut place.counters.videos };
    *counter += 1;
    let number = *counter;
    let on = |key: &str| attributes.get(key).is_some_and(|value| !matches!(value, "" | "0" | "off" | "false"));
    let mut tag = format!("<{name} class=\"wp-{name}-shortcode\" id=\"{name}-{}-{number}\"", place.post);
    let (width, height) = (
        attributes.get("width").and_then(leading_number).unwrap_or(640),
        attributes.get("height").and_then(leading_number).unwrap_or(360),
    );
    if name == "video" {
        let _ = write!(tag, " width=\"{width}\" height=\"{height}\"");
        if let Some(poster) = attributes.get("poster").filter(|poster| !poster.is_empty()) {
            let _ = write!(tag, " poster=\"{}\"", clean_address(poster));
        }
    }
    for key in ["loop", "autoplay", "muted"] {
        if on(key) {
            let _ = write!(tag, " {key}=\"1\"");
        }
    }
    let preload = attributes.get("preload").unwrap_or(if name == "audio" { "none" } else { "metadata" });
    let _ = write!(tag, " preload=\"{}\"", escape(preload));
    if name == "audio" {
        tag.push_str(" style=\"width: 100%;\"");
    }
    tag.push_str(" controls=\"controls\">");
    for (url, mime) in &files {
        let join = if url.contains('?') { '&' } else { '?' };
        let address = clean_address(&format!("{url}{join}_={number}"));
        let _ = write!(tag, "<source type=\"{mime}\" src=\"{address}\" />");
    }
    if let Some(content) = shortcode.content {
        tag.push_str(content.trim());
    }
    let _ = write!(tag, "<a href=\"{0}\">{0}</a></{name}>", clean_address(first));
    if name == "video" { format!("<div style=\"width: {width}px;\" class=\"wp-video\">{tag}</div>") } else { tag }
}

/// Without asking the other site an embedded page can only be a link.
fn embed(shortcode: &Shortcode<'_>) -> String {
    let url = shortcode.attributes.get("src").or(shortcode.content).unwrap_or("").trim();
    if url.is_empty() { String::new() } else { format!("<a href=\"{0}\">{0}</a>", escape(url)) }
}

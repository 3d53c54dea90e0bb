//! What does WordPress add to pictures when it shows them?
//!
//! Documented as `wp_filter_content_tags`: width and height of pictures that it knows by their class `wp-image-17`, smaller
//! versions to choose from, `decoding` and, where the size is known, `loading`.

use crate::body::Uses;
use crate::html::{Piece, attribute, pieces, tag_name, with_attribute};
use crate::library::{Attachment, Library};

/// `html` with the additions.
pub(crate) fn dress(html: &str, library: &dyn Library, uses: &mut Uses) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) if tag_name(tag) == "img" => out.push_str(&dress_image(tag, library, uses)),
            Piece::Tag(tag) if tag_name(tag) == "iframe" && is_measured(tag) && attribute(tag, "loading").is_none() => {
                out.push_str(&with_attribute(tag, "loading", "lazy"));
            }
            Piece::Text(text) | Piece::Tag(text) | Piece::Comment(text) | Piece::CData(text) => out.push_str(text),
        }
    }
    out
}

/// The pictures of a shortcode that is shown outside of an article: there they are made with `decoding` and `loading` as
/// their last attributes, in an article [`dress`] adds them to all pictures as the first ones.
pub(crate) fn dress_shortcodes(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) if tag_name(tag) == "img" && is_measured(tag) && attribute(tag, "loading").is_none() => {
                out.push_str(&with_last(tag, "decoding=\"async\" loading=\"lazy\""));
            }
            Piece::Text(text) | Piece::Tag(text) | Piece::Comment(text) | Piece::CData(text) => out.push_str(text),
        }
    }
    out
}

/// A tag with these attributes behind its others.
fn with_last(tag: &str, attributes: &str) -> String {
    let end = tag.trim_end_matches('>').trim_end_matches('/').trim_end().len();
    let rest = &tag[end..];
    let gap = if rest.starts_with('/') { " " } else { "" };
    format!("{} {attributes}{gap}{rest}", &tag[..end])
}

fn is_measured(tag: &str) -> bool {
    attribute(tag, "width").is_some() && attribute(tag, "height").is_some()
}

fn dress_image(tag: &str, library: &dyn Library, uses: &mut Uses) -> String {
    let mut tag = tag.to_owned();
    let known = number_of(&tag).and_then(|id| library.attachment(id));
    if let Some(known) = &known {
        uses.attachments.insert(known.id);
        if attribute(&tag, "width").is_none()
            && attribute(&tag, "height").is_none()
            && let Some((width, height)) = measure(known, attribute(&tag, "src").unwrap_or(""))
        {
            tag = with_attribute(&with_attribute(&tag, "height", &height.to_string()), "width", &width.to_string());
        }
        if attribute(&tag, "srcset").is_none()
            && let Some((set, sizes)) = versions(known, attribute(&tag, "src").unwrap_or(""))
        {
            tag = with_last(&tag, &format!("srcset=\"{set}\" sizes=\"{sizes}\""));
        }
    }
    if attribute(&tag, "decoding").is_none() {
        tag = with_attribute(&tag, "decoding", "async");
    }
    if attribute(&tag, "loading").is_none() && is_measured(&tag) {
        tag = with_attribute(&tag, "loading", "lazy");
    }
    tag
}

/// The number in the class `wp-image-17`.
pub(crate) fn number_of(tag: &str) -> Option<u64> {
    let classes = attribute(tag, "class")?;
    classes.split_ascii_whitespace().find_map(|class| class.strip_prefix("wp-image-")?.parse().ok())
}

fn file_name(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit('/').next().unwrap_or(path)
}

fn measure(known: &Attachment, url: &str) -> Option<(u32, u32)> {
    let name = file_name(url);
    let size = known.sizes.iter().find(|size| file_name(&size.url) == name).map(|size| (size.width, size.height));
    let full = (file_name(&known.url) == name).then_some((known.width, known.height));
    size.or(full).filter(|(width, height)| *width > 0 && *height > 0)
}

/// `srcset` and `sizes`, when there are at least two versions of the same shape.
fn versions(known: &Attachment, url: &str) -> Option<(String, String)> {
    let (width, height) = measure(known, url)?;
    let same_shape = |w: u32, h: u32| {
        let expected = f64::from(height) * f64::from(w) / f64::from(width);
        (expected - f64::from(h)).abs() <= 1.0
    };
    let mut set: Vec<(u32, &str)> = vec![(width, url)];
    let all = known.sizes.iter().map(|size| (size.width, size.height, size.url.as_str()));
    for (w, h, other) in all.chain([(known.width, known.height, known.url.as_str())]) {
        if w > 0 && w <= 2048 && same_shape(w, h) && !set.iter().any(|(taken, _)| *taken == w) {
            set.push((w, other));
        }
    }
    if set.len() < 2 {
        return None;
    }
    let set: Vec<String> = set.iter().map(|(w, url)| format!("{url} {w}w")).collect();
    Some((set.join(", "), format!("(max-width: {width}px) 100vw, {width}px")))
}

//! Which size of a picture within a text does a browser fetch?
//!
//! A body names a picture by its original, which is as wide as a page of a paper. [`offered`] lets browsers choose among
//! the smaller copies when the text is shown; what is kept stays as it was written, so that copies of another size or
//! format, made later, are offered by old texts too.

use std::borrow::Cow;
use std::collections::HashMap;

use super::media::{Media, address_of};

/// How wide a picture of a text is shown: the measure of a story (39 times 17 pixels) on a wide screen, the whole screen
/// of a phone. A `rem` of `sizes` is 16 pixels, whatever the page says.
const SIZES: &str = "(min-width: 44rem) 41.5rem, 100vw";
/// The same for pictures that are not fetched before they are near: browsers that can find it out themselves
/// (HTML, 4.8.4.2.2), so that one of a gallery is fetched as small as it is shown.
const SIZES_OF_LAZY: &str = "auto, (min-width: 44rem) 41.5rem, 100vw";

/// A text in which every picture that is among `pictures` offers its smaller copies. One that says itself which sizes there
/// are keeps them. `html` is sanitised: every value stands in double quotes.
#[must_use]
pub fn offered<'h>(html: &'h str, pictures: &[Media]) -> Cow<'h, str> {
    let known: HashMap<String, &Media> = pictures
        .iter()
        .filter(|media| !media.renditions.is_empty())
        .map(|media| (address_of(&media.file), media))
        .collect();
    if known.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len() + pictures.len() * 1_024);
    let mut rest = html;
    while let Some(at) = rest.find("<img ") {
        let (before, tag_on) = rest.split_at(at);
        let Some(ends) = end_of_tag(tag_on) else { break };
        let (tag, after) = tag_on.split_at(ends);
        out.push_str(before);
        match value(tag, "src").and_then(|src| known.get(src)) {
            Some(media) if value(tag, "srcset").is_none() => write(&mut out, tag, media),
            _ => out.push_str(tag),
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn write(out: &mut String, tag: &str, media: &Media) {
    let smallest = media.srcset_avif();
    let is_lazy = value(tag, "loading").is_none_or(|loading| loading == "lazy");
    let sizes = if is_lazy { SIZES_OF_LAZY } else { SIZES };
    if !smallest.is_empty() {
        out.push_str("<picture><source type=\"image/avif\" srcset=\"");
        out.push_str(&smallest);
        out.push_str("\" sizes=\"");
        out.push_str(sizes);
        out.push_str("\">");
    }
    out.push_str(tag.trim_end_matches('>').trim_end_matches('/').trim_end());
    let mut say = |name: &str, is: &str| {
        if value(tag, name).is_none() {
            for part in [" ", name, "=\"", is, "\""] {
                out.push_str(part);
            }
        }
    };
    say("srcset", &media.srcset());
    say("sizes", sizes);
    // Nothing moves when it arrives.
    if value(tag, "width").is_none() && value(tag, "height").is_none() {
        say("width", &media.width.to_string());
        say("height", &media.height.to_string());
    }
    say("loading", "lazy");
    say("decoding", "async");
    out.push('>');
    if !smallest.is_empty() {
        out.push_str("</picture>");
    }
}

/// Where a tag ends, the bracket included; brackets within quotes do not end it.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut is_quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The value of an attribute of a tag.
fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag.strip_prefix("<img")?;
    loop {
        let (said, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if said.rsplit(|c: char| c.is_whitespace()).next() == Some(name) {
            return Some(value);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::MediaId;
    use crate::news::media::Rendition;

    fn media(name: &str, avif: bool) -> Media {
        let copy = |width: u32| Rendition {
            width,
            height: width / 2,
            file: format!("{name}{width}.webp"),
            avif: avif.then(|| format!("{name}{width}.avif")),
        };
        Media {
            id: MediaId(1),
            file: format!("{name}.jpg"),
            mime: "image/jpeg".into(),
            width: 800,
            height: 400,
            bytes: 1,
            focal: (50, 50),
            alt: String::new(),
            credit: String::new(),
            renditions: vec![copy(480), copy(800)],
        }
    }

    #[test]
    fn a_picture_offers_its_copies() {
        let webp = "srcset=\"/media/a480.webp 480w, /media/a800.webp 800w\"";
        let check = |tag: &str, avif: bool, expected: &str| {
            let html = format!("<figure>{tag}<figcaption>مرفأ</figcaption></figure>");
            let shown = format!("<figure>{expected}<figcaption>مرفأ</figcaption></figure>");
            assert_eq!(offered(&html, &[media("a", avif)]), shown, "{tag}");
        };
        let after = |sizes: &str| format!("{webp} sizes=\"{sizes}\"");
        check(
            "<img src=\"/media/a.jpg\" alt=\"سفينة > قارب\">",
            false,
            &format!(
                "<img src=\"/media/a.jpg\" alt=\"سفينة > قارب\" {} width=\"800\" height=\"400\" loading=\"lazy\" decoding=\"async\">",
                after(SIZES_OF_LAZY)
            ),
        );
        check(
            "<img width=\"90\" loading=\"eager\" src=\"/media/a.jpg\">",
            true,
            &format!(
                "<picture><source type=\"image/avif\" srcset=\"/media/a480.avif 480w, /media/a800.avif 800w\" sizes=\"{SIZES}\">\
                 <img width=\"90\" loading=\"eager\" src=\"/media/a.jpg\" {} decoding=\"async\"></picture>",
                after(SIZES)
            ),
        );
        for same in [
            "<img src=\"/media/b.jpg\">",
            "<img alt=\"src=/media/a.jpg\">",
            "<img alt=\"/media/a.jpg\">",
            "<img src=\"/media/a.jpg\" srcset=\"/media/x.jpg 2x\">",
            "<img src=\"/media/a.jpg",
            "<img >",
        ] {
            check(same, true, same);
        }
    }

    #[test]
    fn without_copies_nothing_changes() {
        let without = Media { renditions: Vec::new(), ..media("a", false) };
        assert!(matches!(offered("<img src=\"/media/a.jpg\">", &[without]), Cow::Borrowed(_)));
        assert!(matches!(offered("<p>نص</p>", &[]), Cow::Borrowed(_)));
    }
}

//! Which pictures, recordings and documents are there?

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use jiff::Timestamp;

use super::article::Flaw;
use super::{MediaId, UserId};

/// A picture that was made safe and kept; a recording or document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its number.
    pub id: MediaId,
    /// File name in the media folder, made by us from the content.
    pub file: String,
    /// `image/jpeg`, `image/png`; `application/pdf`, `audio/mpeg`, …
    pub mime: String,
    /// Pixels; 0 for what is no picture.
    pub width: u32,
    /// Pixels; 0 for what is no picture.
    pub height: u32,
    /// Size of the file.
    pub bytes: u64,
    /// What must stay visible when it is cropped, in percent from the left and from the top.
    pub focal: (u8, u8),
    /// What it shows, in words.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// Smaller copies, narrowest first.
    pub renditions: Vec<Rendition>,
}

impl Media {
    /// Where it is served, within the site.
    #[must_use]
    pub fn address(&self) -> String {
        address_of(&self.file)
    }

    /// Its files in the media folder: the original and all smaller copies.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.file).chain(self.renditions.iter().flat_map(Rendition::files))
    }

    /// The smaller copies as `srcset` (HTML, 4.8.4.2.1): WebP. Empty when there are none yet.
    #[must_use]
    pub fn srcset(&self) -> String {
        srcset(self.renditions.iter().map(|copy| (&copy.file, copy.width)))
    }

    /// The same as AVIF. Empty when there are none yet.
    #[must_use]
    pub fn srcset_avif(&self) -> String {
        srcset(self.renditions.iter().filter_map(|copy| Some((copy.avif.as_ref()?, copy.width))))
    }

    /// Can it be shown as a picture? Recordings and documents cannot.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        is_picture(&self.mime)
    }
}

/// Is this the type of a picture?
#[must_use]
pub fn is_picture(mime: &str) -> bool {
    mime.starts_with("image/")
}

/// Where a file of the media folder, original or smaller copy, is served.
#[must_use]
pub fn address_of(file: &str) -> String {
    format!("/media/{file}")
}

fn srcset<'a>(files: impl Iterator<Item = (&'a String, u32)>) -> String {
    let mut all = String::new();
    for (file, width) in files {
        let sign = if all.is_empty() { "" } else { ", " };
        let _ = write!(all, "{sign}{} {width}w", address_of(file));
    }
    all
}

/// A smaller copy in a modern format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// File name in the media folder.
    pub file: String,
    /// The same as AVIF, once it is made. Either all copies of a picture have one or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avif: Option<String>,
}

impl Rendition {
    /// Its files.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.file).chain(&self.avif)
    }
}

/// The longest text about a picture, in scalar values.
pub const MAX_WORDS: usize = 1_000;

/// What is said of a picture, for all articles that do not say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureWords {
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// What stands under it.
    pub caption: String,
    /// On which terms it may be shown.
    pub licence: String,
}

impl PictureWords {
    /// Tidied, or what is wrong.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn tidied(mut self) -> Result<Self, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let texts = [
            ("alt", &mut self.alt),
            ("credit", &mut self.credit),
            ("caption", &mut self.caption),
            ("licence", &mut self.licence),
        ];
        for (field, text) in texts {
            *text = super::article::tidy(text);
            if text.chars().count() > MAX_WORDS {
                flaws.push(Flaw { field, reason: "too-long" });
            }
        }
        if flaws.is_empty() { Ok(self) } else { Err(flaws) }
    }
}

/// A picture of the library, as those see it who work with it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The picture; its alt text and credit are those of the library.
    pub media: Media,
    /// What the file was called when it came; never part of an address.
    pub name: String,
    /// What stands under it.
    pub caption: String,
    /// On which terms it may be shown.
    pub licence: String,
    /// Who brought it; `None` for an import.
    pub user: Option<UserId>,
    /// Their name.
    pub by: Option<String>,
    /// When it came.
    pub at: Timestamp,
}

/// What an article lacks before readers may see its pictures: each needs words for those who do not see it. `lead` is what
/// the article says of the picture on top and what the library says; `body` is sanitised HTML.
#[must_use]
pub fn alt_flaw(lead: Option<(&str, &str)>, body: &str) -> Option<Flaw> {
    let is_mute = lead.is_some_and(|(own, of_library)| own.trim().is_empty() && of_library.trim().is_empty());
    (is_mute || mute_pictures(body) > 0).then_some(Flaw { field: "alt", reason: "required" })
}

/// How many pictures in sanitised HTML have no words.
#[must_use]
pub fn mute_pictures(html: &str) -> usize {
    html.match_indices("<img").filter(|(at, tag)| !says_something(&html[at + tag.len()..])).count()
}

/// Does the tag that goes on with `rest` have an `alt` that is not blank? The sanitiser quotes every value.
fn says_something(mut rest: &str) -> bool {
    loop {
        rest = rest.trim_start();
        let Some(name_ends) = rest.find(['=', '>']) else { return false };
        let (name, after) = rest.split_at(name_ends);
        let Some(value) = after.strip_prefix("=\"") else { return false };
        let Some((value, after)) = value.split_once('"') else { return false };
        if name.trim() == "alt" {
            return !value.trim().is_empty();
        }
        rest = after;
    }
}

/// The names of the files of the media folder that sanitised HTML shows or links, each once.
#[must_use]
pub fn files_in(html: &str) -> Vec<&str> {
    let mut names: Vec<&str> = html
        .split("/media/")
        .skip(1)
        .filter_map(|rest| {
            let ends = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '.')));
            let name = &rest[..ends.unwrap_or(rest.len())];
            // Two digits, a slash, forty digits, an end.
            (name.len() > 44 && name.as_bytes()[2] == b'/').then_some(name)
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_needs_words() {
        let check = |html: &str, mute: usize| assert_eq!(mute_pictures(html), mute, "{html}");
        check("<p>نص</p>", 0);
        check(r#"<img src="/media/a.jpg" alt="ميناء">"#, 0);
        check(r#"<img src="/media/a.jpg" alt="a > b" width="3">"#, 0);
        check(r#"<img src="/media/a.jpg">"#, 1);
        check(r#"<img src="/media/a.jpg" alt=" ">"#, 1);
        check(r#"<img alt="" src="/media/a.jpg"><img src="b" alt="x"><img>"#, 2);
        check(r#"<img src="alt=&quot;x&quot;">"#, 1);
        assert_eq!(alt_flaw(None, ""), None);
        assert_eq!(alt_flaw(Some(("", "من المكتبة")), ""), None);
        assert_eq!(alt_flaw(Some(("هنا", "")), ""), None);
        assert!(alt_flaw(Some((" ", "")), "").is_some() && alt_flaw(None, "<img>").is_some());
    }

    #[test]
    fn the_files_of_a_text_are_found() {
        let name = format!("ab/{}.jpg", "ab".repeat(20));
        let html =
            format!("<img src=\"/media/{name}\"><a href=\"/media/{name}\">x</a><img src=\"/media/x.jpg\">/media/");
        assert_eq!(files_in(&html), [name.as_str()]);
        assert!(files_in("<p>/media/ميناء</p>").is_empty());
    }
}

//! What is an article? A story or a standing page, from the first draft to withdrawal.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::html::Html;
use super::language::Language;
use super::media::Media;
use super::people::{Byline, BylineRole};
use super::section::{Section, Tag};
use super::{ArticleId, MediaId, PersonId, SectionId, TagId};

/// The longest text that fits a field, in scalar values. Longer input is refused, never cut.
pub mod limits {
    /// Headline, kicker.
    pub const HEADLINE: usize = 500;
    /// Standfirst, caption, alternative text.
    pub const STANDFIRST: usize = 3_000;
    /// Body as HTML.
    pub const BODY: usize = 2_000_000;
    /// Names: of people, sections, tags, sources.
    pub const NAME: usize = 200;
}

super::words! {
    /// A story with a date, or a page that stands by itself.
    Form {
        /// Stands in lists, feeds, archives.
        Article = "article",
        /// Stands at `/slug/` and in the footer.
        Page = "page",
    }
}

super::words! {
    /// Where in its life an article is.
    Status {
        /// Nobody outside sees it.
        Draft = "draft",
        /// Goes out by itself at its time.
        Scheduled = "scheduled",
        /// Everybody sees it.
        Published = "published",
        /// Was public, is gone; its address says so.
        Withdrawn = "withdrawn",
    }
}

super::words! {
    /// What kind of story it is; the reader sees it at once.
    Kind {
        /// The newsroom's own.
        Own = "own",
        /// From an agency.
        Wire = "wire",
        /// Translated from elsewhere.
        Translation = "translation",
        /// Somebody's view.
        Opinion = "opinion",
        /// Paid for.
        Sponsored = "sponsored",
    }
}

super::words! {
    /// How a published article was changed.
    CorrectionKind {
        /// Something was added.
        Update = "update",
        /// Something was wrong.
        Correction = "correction",
        /// Something could be misunderstood.
        Clarification = "clarification",
    }
}

/// Everything that an editor writes down about an article; a revision is one of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Story or page.
    pub form: Form,
    /// What kind of story.
    pub kind: Kind,
    /// `None`: the site's.
    pub language: Option<Language>,
    /// Asked-for slug; empty: made from the headline.
    pub slug: String,
    /// The short line over the headline.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The paragraph under the headline.
    pub standfirst: String,
    /// HTML, not yet sanitised.
    pub body: String,
    /// Where copy that is not ours came from.
    pub source: Source,
    /// Main section first.
    pub sections: Vec<SectionId>,
    /// In the order shown.
    pub tags: Vec<TagId>,
    /// In the order shown.
    pub bylines: Vec<(PersonId, BylineRole)>,
    /// The picture on top.
    pub lead: Option<Lead>,
    /// May readers answer?
    pub comments_open: bool,
    /// The article that this one translates (or is translated by).
    pub translation_of: Option<ArticleId>,
    /// What search engines and shared links are told.
    pub preview: Preview,
}

/// What search engines and those who share a link are told, where that is not simply what the article says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Preview {
    /// Instead of the headline; empty: the headline.
    pub title: String,
    /// Instead of the standfirst; empty: that, or the beginning of the text.
    pub description: String,
    /// Search engines are asked to leave the article out.
    pub is_hidden: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            form: Form::Article,
            kind: Kind::Own,
            language: None,
            slug: String::new(),
            kicker: String::new(),
            headline: String::new(),
            standfirst: String::new(),
            body: String::new(),
            source: Source::default(),
            sections: Vec::new(),
            tags: Vec::new(),
            bylines: Vec::new(),
            lead: None,
            comments_open: true,
            translation_of: None,
            preview: Preview::default(),
        }
    }
}

/// Where copy that is not ours came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The agency or publication; empty for our own.
    pub name: String,
    /// Where it stands there.
    pub url: String,
    /// Under which terms we may show it.
    pub licence: String,
}

/// A picture on top of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Which.
    pub media: MediaId,
    /// What it shows, here.
    #[serde(default)]
    pub alt: String,
    /// What to say under it.
    #[serde(default)]
    pub caption: String,
    /// Who made it.
    #[serde(default)]
    pub credit: String,
}

/// What is wrong with a draft: field and reason, each a key of the interface strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flaw {
    /// `headline`, `body`…
    pub field: &'static str,
    /// `required`, `too-long`, `not-an-address`.
    pub reason: &'static str,
}

impl Draft {
    /// Clean the short texts (presentation forms, stray controls, outer spaces), as every way in needs it.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for text in [
            &mut self.kicker,
            &mut self.headline,
            &mut self.standfirst,
            &mut self.source.name,
            &mut self.source.licence,
            &mut self.preview.title,
            &mut self.preview.description,
        ] {
            *text = tidy(text);
        }
        if let Some(lead) = &mut self.lead {
            for text in [&mut lead.alt, &mut lead.caption, &mut lead.credit] {
                *text = tidy(text);
            }
        }
        self
    }

    /// What keeps this draft from being kept at all.
    #[must_use]
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut fits = |field, text: &str, limit| {
            if text.chars().count() > limit {
                flaws.push(Flaw { field, reason: "too-long" });
            }
        };
        fits("headline", &self.headline, limits::HEADLINE);
        fits("kicker", &self.kicker, limits::HEADLINE);
        fits("standfirst", &self.standfirst, limits::STANDFIRST);
        fits("body", &self.body, limits::BODY);
        fits("source", &self.source.name, limits::NAME);
        fits("licence", &self.source.licence, limits::NAME);
        fits("preview-title", &self.preview.title, limits::HEADLINE);
        fits("preview-description", &self.preview.description, limits::STANDFIRST);
        if self.headline.is_empty() {
            flaws.push(Flaw { field: "headline", reason: "required" });
        }
        let url = &self.source.url;
        if !url.is_empty() && !super::comment::is_web(url) {
            flaws.push(Flaw { field: "source", reason: "not-an-address" });
        }
        flaws
    }
}

impl Draft {
    /// What readers would miss if it went out like this.
    #[must_use]
    pub fn gaps(&self) -> Vec<Flaw> {
        let mut gaps = Vec::new();
        if super::html::sanitise(&self.body).text().trim().is_empty() {
            gaps.push(Flaw { field: "body", reason: "required" });
        }
        if self.lead.as_ref().is_some_and(|lead| lead.alt.is_empty()) {
            gaps.push(Flaw { field: "lead-alt", reason: "required" });
        }
        if super::media::mute_pictures(super::html::sanitise(&self.body).as_str()) > 0 {
            gaps.push(Flaw { field: "alt", reason: "required" });
        }
        if self.kind == Kind::Wire && self.source.name.is_empty() {
            gaps.push(Flaw { field: "source", reason: "required" });
        }
        gaps
    }
}

/// A short text as it is kept: NFC, presentation forms resolved, no stray controls, one space between words.
#[must_use]
pub fn tidy(text: &str) -> String {
    let folded = arabic::fold::fold(text, arabic::fold::Fold::INTAKE);
    let clean = arabic::direction::strip_controls(&folded);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a list, a front or a feed's index shows of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its number.
    pub id: ArticleId,
    /// Story or page.
    pub form: Form,
    /// What kind of story.
    pub kind: Kind,
    /// Of the article, which may differ from the site's.
    pub language: Language,
    /// Its part of the address, decoded.
    pub slug: String,
    /// What other systems know it by.
    pub guid: String,
    /// The short line over the headline, or empty.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The paragraph under it, or empty.
    pub standfirst: String,
    /// Where it came from; name empty for our own.
    pub source: Source,
    /// The main section: number, path, name.
    pub section: Option<SectionRef>,
    /// In the order shown.
    pub bylines: Vec<Byline>,
    /// The picture on top.
    pub picture: Option<LeadPicture>,
    /// When it went out.
    pub published_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Published comments.
    pub comment_count: i64,
    /// May readers answer?
    pub comments_open: bool,
    /// Articles with one number are translations of each other.
    pub translation_group: Option<i64>,
}

/// A section as an article names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRef {
    /// Its number.
    pub id: SectionId,
    /// Its address path.
    pub path: String,
    /// Its name.
    pub name: String,
}

/// A picture with the words of this article about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadPicture {
    /// The picture.
    pub media: Media,
    /// What it shows.
    pub alt: String,
    /// What to say under it, or empty.
    pub caption: String,
    /// Who made it, or empty.
    pub credit: String,
}

/// A whole article, as its own page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What lists show too.
    pub summary: Summary,
    /// The text.
    pub body: Html,
    /// The pictures of the library that stand in the text, in any order.
    pub pictures: Vec<Media>,
    /// In the body.
    pub word_count: i64,
    /// From the outermost section to the main one.
    pub trail: Vec<Section>,
    /// In the order shown.
    pub tags: Vec<Tag>,
    /// Oldest first.
    pub corrections: Vec<Correction>,
    /// What search engines and shared links are told.
    pub preview: Preview,
}

/// A public note about a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Of which kind.
    pub kind: CorrectionKind,
    /// What changed, for the reader.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_short_texts() {
        let check = |text: &str, kept: &str| assert_eq!(tidy(text), kept);
        check("  عنوان \n  طويل ", "عنوان طويل");
        check("\u{202E}خبر\u{202C}", "خبر");
        check("ﻻ", "لا");
    }

    #[test]
    fn names_what_is_wrong() {
        let check = |draft: Draft, flaw: Option<(&str, &str)>| {
            assert_eq!(draft.flaws().first().map(|f| (f.field, f.reason)), flaw)
        };
        check(Draft { headline: "خبر".into(), ..Draft::default() }, None);
        check(Draft::default(), Some(("headline", "required")));
        check(Draft { headline: "x".repeat(limits::HEADLINE + 1), ..Draft::default() }, Some(("headline", "too-long")));
        let source = Source { url: "javascript:1".into(), ..Source::default() };
        check(Draft { headline: "x".into(), source, ..Draft::default() }, Some(("source", "not-an-address")));
    }
}

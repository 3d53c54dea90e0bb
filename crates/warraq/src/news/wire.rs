//! Where does wire copy come from, and what becomes of it?

use jiff::{SignedDuration, Timestamp};

use super::article::{Flaw, limits, tidy};
use super::comment::is_web;
use super::language::Language;
use super::{ArticleId, SectionId, WireSourceId, WireStoryId};

/// How long a story stays on the desk that nobody took.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The shortest time between two questions to a source, in minutes.
pub const MIN_MINUTES: i64 = 5;
/// The longest time between two questions to a source, in minutes. A source that fails is not asked less often either.
pub const MAX_MINUTES: i64 = 24 * 60;
/// The longest wait that a host may ask for.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The longest address.
const ADDRESS: usize = 2_000;
/// How many sources are kept.
pub const MAX_SOURCES: i64 = 500;

super::words! {
    /// What becomes of a story as it comes.
    Rule {
        /// It waits until somebody takes it in.
        Hold = "hold",
        /// Readers see it at once, in the section of its source.
        Publish = "publish",
    }
}

super::words! {
    /// Where a story of the wire desk is.
    State {
        /// It waits.
        New = "new",
        /// It became an article.
        Taken = "taken",
        /// Nobody wants it.
        Dismissed = "dismissed",
        /// It waited too long. Its name is kept while the feed still has it, so that it does not come again.
        Expired = "expired",
    }
}

super::words! {
    /// Why nothing came of a source, or less than there was.
    Trouble {
        /// It is no address that we ask.
        Address = "address",
        /// The name leads to no machine.
        Unknown = "unknown",
        /// It leads to a machine that is not on the open internet.
        Forbidden = "forbidden",
        /// Nobody answered, or the line broke.
        Broken = "broken",
        /// It took too long.
        TooSlow = "too-slow",
        /// It wants a password, or will not speak to us.
        Refused = "refused",
        /// The feed is not there, or no longer.
        Missing = "missing",
        /// We ask too often.
        Busy = "busy",
        /// The host has a problem of its own.
        Failed = "failed",
        /// Some other answer than a feed.
        Status = "status",
        /// It is larger than we take.
        TooLarge = "too-large",
        /// It begins with a document type, which may be a trap.
        DocumentType = "document-type",
        /// What came is no feed.
        NoFeed = "no-feed",
    }
}

/// What is said about a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFields {
    /// Readers see it beside every story.
    pub name: String,
    /// Where the feed is.
    pub address: String,
    /// Under which terms we may show its stories; empty: as the feed says.
    pub licence: String,
    /// Where its stories stand.
    pub section: Option<SectionId>,
    /// Of its stories; `None`: as the feed says.
    pub language: Option<Language>,
    /// What becomes of them.
    pub rule: Rule,
    /// How long after a good answer it is asked again.
    pub minutes: i64,
}

impl SourceFields {
    /// Clean the texts.
    #[must_use]
    pub fn tidied(self) -> Self {
        Self { name: tidy(&self.name), address: self.address.trim().to_owned(), licence: tidy(&self.licence), ..self }
    }

    /// What keeps the source from being kept.
    #[must_use]
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut wrong = |field, reason, is_wrong| {
            if is_wrong {
                flaws.push(Flaw { field, reason });
            }
        };
        wrong("wire-name", "required", self.name.is_empty());
        wrong("wire-name", "too-long", self.name.chars().count() > limits::NAME);
        wrong("wire-address", "not-an-address", !is_web(&self.address) || self.address.len() > ADDRESS);
        wrong("wire-licence", "too-long", self.licence.chars().count() > limits::NAME);
        wrong("wire-section", "required", self.rule == Rule::Publish && self.section.is_none());
        wrong("wire-minutes", "out-of-range", !(MIN_MINUTES..=MAX_MINUTES).contains(&self.minutes));
        flaws
    }
}

/// A feed that is asked by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its number.
    pub id: WireSourceId,
    /// What is said about it.
    pub fields: SourceFields,
    /// It is asked; otherwise it rests.
    pub active: bool,
    /// When it was last asked.
    pub tried_at: Option<Timestamp>,
    /// When it last answered with a feed.
    pub succeeded_at: Option<Timestamp>,
    /// How many stories its last feed had.
    pub stories: i64,
    /// What is wrong, with what belongs to it: a number, a host.
    pub trouble: Option<(Trouble, String)>,
    /// How often it failed in a row.
    pub failures: i64,
    /// When it is asked next.
    pub due_at: Timestamp,
}

/// A source in the hands of somebody who asks it.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The source.
    pub source: Source,
    /// What it told of itself with its last answer: `ETag` and `Last-Modified`.
    pub known: (String, String),
    /// Until when nobody else asks it.
    pub until: Timestamp,
}

/// A line of the wire desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub id: WireStoryId,
    /// The story that it repeats, or itself.
    pub group: WireStoryId,
    /// Its source.
    pub source: WireSourceId,
    /// The name of that.
    pub source_name: String,
    /// The section of that.
    pub section: Option<SectionId>,
    /// Where it stands there; may be empty.
    pub address: String,
    /// The headline.
    pub headline: String,
    /// How it begins.
    pub excerpt: String,
    /// Who wrote it, a name a line.
    pub bylines: String,
    /// Its language; empty: nobody said.
    pub language: String,
    /// Its date there; the time when it came, where that is earlier or there is none.
    pub at: Timestamp,
    /// When it came.
    pub fetched_at: Timestamp,
    /// Where it is.
    pub state: State,
    /// What it became.
    pub article: Option<ArticleId>,
    /// An article that says the same.
    pub same_as: Option<ArticleId>,
    /// Who took or dismissed it; `None`: a rule.
    pub by: Option<String>,
}

/// When a source is asked again: after its own time, twice as long for each failure in a row, a day at most; later where
/// the host asks for that, a week at most.
#[must_use]
pub fn wait(minutes: i64, failures: i64, asked: Option<u32>) -> SignedDuration {
    let doubled = minutes.saturating_mul(1 << failures.clamp(0, 12)).min(MAX_MINUTES.max(minutes));
    let asked = SignedDuration::from_secs(asked.unwrap_or(0).into()).min(LONGEST_WAIT);
    SignedDuration::from_mins(doubled).max(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_fails_is_asked_less_often() {
        let check = |minutes, failures, asked, expected| {
            let waited = wait(minutes, failures, asked);
            assert_eq!(waited, SignedDuration::from_mins(expected), "{minutes} {failures} {asked:?}");
        };
        check(15, 0, None, 15);
        check(15, 1, None, 30);
        check(15, 2, None, 60);
        check(15, 6, None, 960);
        check(15, 7, None, 1_440);
        check(15, 1_000_000, None, 1_440);
        check(1_440, 3, None, 1_440);
        check(15, 1, Some(7_200), 120);
        check(15, 1, Some(60), 30);
        check(15, 20, Some(48 * 3_600), 2_880);
        check(15, 1, Some(u32::MAX), 7 * 1_440);
    }

    #[test]
    fn a_source_needs_what_its_rule_needs() {
        let good = SourceFields {
            name: "وكالة".into(),
            address: "https://wire.example/feed".into(),
            licence: String::new(),
            section: None,
            language: None,
            rule: Rule::Hold,
            minutes: 15,
        };
        let check = |change: &dyn Fn(&mut SourceFields), expected: &[(&str, &str)]| {
            let mut fields = good.clone();
            change(&mut fields);
            let flaws: Vec<_> = fields.tidied().flaws().iter().map(|flaw| (flaw.field, flaw.reason)).collect();
            assert_eq!(flaws, expected);
        };
        check(&|_| {}, &[]);
        check(&|fields| fields.name = " ".into(), &[("wire-name", "required")]);
        check(&|fields| fields.name = "ا".repeat(201), &[("wire-name", "too-long")]);
        for address in ["", "wire.example", "file:///etc/passwd", "javascript:alert(1)"] {
            check(&|fields| fields.address = address.into(), &[("wire-address", "not-an-address")]);
        }
        check(&|fields| fields.rule = Rule::Publish, &[("wire-section", "required")]);
        check(&|fields| fields.minutes = 4, &[("wire-minutes", "out-of-range")]);
        check(&|fields| fields.minutes = 1_441, &[("wire-minutes", "out-of-range")]);
    }
}

//! Who and what is named in this text, where, and by which words?
//!
//! [`find`] reads a text once and gives its [`Mention`]s in order: names known to the gazetteer, with their clitics cut
//! off; titles that mean whoever held the office when the text was published; short names after full ones; adjectives
//! of states; capitals that stand for governments; «the two leaders»; and names that nobody knew, as candidates. Every
//! mention names the rule that made it. Where two readings are possible and nothing decides, there is no mention: a
//! wrong person is worse than none.
//!
//! ```
//! use dossier::gazetteer::{Day, Gazetteer};
//! use dossier::mentions::{self, How};
//!
//! let known = Gazetteer::built_in();
//! let text = "التقى الرئيس الروسي بنظيره الصيني شي جين بينغ، وقال بوتين إن المحادثات مثمرة.";
//! let mentions = mentions::find(text, known, Day::new(2020, 10, 23));
//! let persons: Vec<_> = mentions.persons().map(|m| (&text[m.bytes.clone()], m.how, mentions.id(m.who.unwrap()))).collect();
//! assert_eq!(persons, [
//!     ("الرئيس الروسي", How::Title, "vladimir-putin"),
//!     ("شي جين بينغ", How::Name, "xi-jinping"),
//!     ("بوتين", How::Alias, "vladimir-putin"),
//! ]);
//! ```

pub(crate) mod known;
mod settle;
#[cfg(test)]
mod tests;
mod titles;

use std::ops::Range;

use crate::gazetteer::{Day, EntityNumber, Gazetteer, Gender, Kind};
use crate::reading::{Reading, Script};
use crate::unknown;

/// Whom or what a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// An entity of the gazetteer.
    Known(EntityNumber),
    /// A name that the gazetteer does not have: its number in [`Mentions::candidates`].
    Candidate(u32),
}

/// By what somebody is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// A full name.
    Name,
    /// A short or other name.
    Alias,
    /// A title or description: «الزعيم الروسي», «البلدان».
    Title,
    /// The adjective of a state: «الصيني» in «الوفد الصيني».
    Nisba,
    /// A pronoun, for those who resolve them.
    Pronoun,
}

/// A place in the text where somebody or something is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The bytes of the name, without clitics.
    pub bytes: Range<usize>,
    /// The bytes of the title that stands before a name: «الرئيس الصيني» of «الرئيس الصيني شي جين بينغ».
    pub title: Option<Range<usize>>,
    /// Whom it means; none for a title whose holder is not known.
    pub who: Option<Who>,
    /// What it is.
    pub kind: Kind,
    /// By what it is mentioned.
    pub how: How,
    /// 1, 2 or 3 for more.
    pub number: u8,
    /// The gender, where grammar or gazetteer tell.
    pub gender: Option<Gender>,
    /// Whether it stands for the government rather than the place: «موسكو» in «أعلنت موسكو».
    pub acts: bool,
    /// The name of the rule that found it.
    pub rule: &'static str,
}

/// A name that the gazetteer does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The longest form in the text.
    pub name: String,
    /// Its slug, unique in the text.
    pub id: String,
    /// What it seems to be.
    pub kind: Kind,
}

/// What a text mentions.
#[derive(Clone, Debug)]
pub struct Mentions<'g> {
    gazetteer: &'g Gazetteer,
    mentions: Vec<Mention>,
    candidates: Vec<Candidate>,
}

/// Finds what `text`, published on `published`, mentions.
pub fn find<'g>(text: &str, gazetteer: &'g Gazetteer, published: Day) -> Mentions<'g> {
    find_with(text, gazetteer, published, unknown::Model::built_in())
}

/// The same with another finder of unknown names, or without one.
pub fn find_with<'g>(
    text: &str,
    gazetteer: &'g Gazetteer,
    published: Day,
    model: Option<&unknown::Model>,
) -> Mentions<'g> {
    let reading = Reading::new(text);
    let hits = known::hits(&reading, gazetteer);
    let mut spans = model.map(|model| unknown::spans(model, &reading, gazetteer, &hits)).unwrap_or_default();
    // The model has read Arabic alone.
    spans.retain(|span| reading.words[span.first].script == Script::Arabic);
    settle::settle(&reading, gazetteer, published, &hits, &spans)
}

impl<'g> Mentions<'g> {
    /// All mentions in the order of the text; two with the same bytes for «the two leaders».
    pub fn all(&self) -> &[Mention] {
        &self.mentions
    }

    /// Those of persons.
    pub fn persons(&self) -> impl DoubleEndedIterator<Item = &Mention> {
        self.mentions.iter().filter(|mention| mention.kind == Kind::Person)
    }

    /// The names that nobody knew.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// What the mentions were looked up in.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// The mentions that end at or before byte `at`, the nearest last.
    pub fn before(&self, at: usize) -> &[Mention] {
        let past = self.mentions.partition_point(|mention| mention.bytes.start < at);
        let mut end = past;
        while end > 0 && self.mentions[end - 1].bytes.end > at {
            end -= 1;
        }
        &self.mentions[..end]
    }

    /// The mentions that begin within `range`, in order.
    pub fn within(&self, range: Range<usize>) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.bytes.start < range.start);
        let to = self.mentions.partition_point(|mention| mention.bytes.start < range.end);
        &self.mentions[from..to.max(from)]
    }

    /// The mention that covers byte `at`, the first where there are two.
    pub fn at(&self, at: usize) -> Option<&Mention> {
        let near = self.mentions.partition_point(|mention| mention.bytes.start <= at);
        self.mentions[near.saturating_sub(2)..near].iter().find(|mention| mention.bytes.contains(&at))
    }

    /// The slug of an entity or candidate.
    pub fn id(&self, who: Who) -> &str {
        match who {
            Who::Known(number) => &self.gazetteer.entity(number).id,
            Who::Candidate(number) => &self.candidates[number as usize].id,
        }
    }

    /// The name of an entity in `language`, or of a candidate.
    pub fn name(&self, who: Who, language: &str) -> &str {
        match who {
            Who::Known(number) => self.gazetteer.entity(number).name(language),
            Who::Candidate(number) => &self.candidates[number as usize].name,
        }
    }
}

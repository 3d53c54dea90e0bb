//! Who said or did what, when; which words prove it?
//!
//! Whom and what a text names, its dates, who says what in whose words, and who met, called, wrote to, visited whom: each
//! finding with its place and the rule that made it. It is for Arabic first; English is read by the same rules from
//! smaller lists.
//!
//! | module | question |
//! |---|---|
//! | [`extract`](mod@extract) | What does this article say, in one piece? |
//! | [`dates`] | Which day, month or year is meant here? |
//! | [`speech`] | Who says this, in whose words, and when? |
//! | [`events`] | Who met, called, wrote to, visited, congratulated or signed with whom, where and when? |
//! | [`gazetteer`] | Who and what is known, by which names, in which offices? |
//! | [`mentions`] | Who and what is named in this text, where, and by which words? |
//! | [`unknown`] | Which words are names that nobody knew? |
//! | [`quoted`] | What stands between quotation marks? |
//! | [`kind`] | Are these somebody's words, or only a name or a word in doubt? |
//! | [`passages`] | Where are the paragraphs and the sentences? |
//! | [`offsets`] | Which character is this byte? |
//!
//! ```
//! use dossier::kind::{self, Kind};
//! use dossier::quoted::quoted;
//!
//! let text = "وقالت الوزيرة لصحيفة «الميناء»: «سنفتح الجسر في الربيع».";
//! let found = quoted(text);
//! let words: Vec<_> = found.iter().map(|quotation| quotation.text(text)).collect();
//! assert_eq!(words, ["الميناء", "سنفتح الجسر في الربيع"]);
//!
//! let judged: Vec<_> = kind::judge(text, &found).iter().map(|judgement| (judgement.kind, judgement.rule)).collect();
//! assert_eq!(judged, [(Kind::Name, "naming-noun"), (Kind::Speech, "cue-colon")]);
//! ```
//!
//! # Units
//! Two units are in use and never mixed. `start` and `end` count Unicode scalar values from the beginning of the text
//! as given, which are the positions of Python's `str` and of the JSON that the program prints. `bytes` and every other
//! range are in bytes of UTF-8, stand on character boundaries and slice the text. [`offsets`] turns one into the other.
//! Ends are exclusive. The text is never normalised before it is measured.
//!
//! # What is not there yet
//! Quotations set off by other means than quotation marks: doubled parentheses, `<<…>>`, the ornate brackets of Quranic
//! verses, indented blocks, italics, Chinese title marks. Single marks in writing without spaces are taken for
//! apostrophes. Lines that were wrapped at a fixed width count as paragraphs. What each module does not understand
//! stands in its own words.
//!
//! # What it does not do
//! Nothing reads a file, a clock or the environment; nothing panics on any text; time grows with the length of the
//! text.
//!
//! # Sources
//! The marks and their names: Unicode 16, block General Punctuation and Latin-1 Supplement, and the note on quotation
//! marks in chapter 6.2 of its core specification, which says that the same mark opens in one language and closes in
//! another. Line and paragraph breaks: the mandatory breaks of UAX #14 (classes BK, CR, LF, NL). What a sentence ends
//! with: the terminators of UAX #29, without its tailoring by language. That a quotation of several paragraphs
//! re-opens each of them and closes the last is the custom of English and Arabic newspapers. The lists of verbs and
//! nouns were written for this crate.

pub mod dates;
pub mod events;
pub mod extract;
pub mod gazetteer;
pub mod kind;
mod marks;
pub mod mentions;
pub mod offsets;
pub mod passages;
pub mod quoted;
mod reading;
pub mod speech;
mod text;
pub mod unknown;
mod verbs;

//! Are these somebody's words, or only a name or a word in doubt?
//!
//! Newspapers put marks around what people say, around names and titles (صحيفة «الميناء»), and around words that the
//! writer does not want to answer for (ما يسمى «الهدنة»). Only the first are quotations. [`RULES`] are tried in their
//! order, on the marked words and on the sentence around them; the first that applies decides and gives its name.
//!
//! The custom behind the rules: Arabic news prose puts the verb of saying before the words, with a colon or with إنّ;
//! English puts it before or after. A name in marks follows the noun that says what it is the name of. A clause of
//! somebody's words woven into the writer's own sentence («وصف اللقاء بأنه «مثمر»») has the verb before it and is
//! usually longer than a name. Without verb, colon and length there is no reason to call it speech: a quotation that
//! is missed is found by an editor, a name shown as somebody's words is an error.
//!
//! What is not seen: irony, scripture and proverbs, a verb in another paragraph, a speaker without a verb other than
//! before a colon.

mod lists;
pub(crate) use lists::is_naming_noun;

use arabic::fold::{Fold, fold};
use arabic::words::tokens;

use crate::marks::{PROCLITICS, is_invisible};
use crate::passages::{SentenceEnds, is_line_break};
use crate::quoted::Quoted;

/// What marked words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What somebody said or wrote.
    Speech,
    /// The name or title of something.
    Name,
    /// A word used under reserve, or one that no rule takes for speech.
    Doubt,
}

/// What marked words were taken for, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Judgement {
    /// What they are.
    pub kind: Kind,
    /// The name of the rule that decided.
    pub rule: &'static str,
}

/// One reason to take marked words for something.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, which stays the same from version to version.
    pub name: &'static str,
    /// What the words are where it applies.
    pub kind: Kind,
    /// When it applies, for people.
    pub when: &'static str,
    applies: fn(&Place) -> bool,
}

/// Says of each of `quoted`, which [`quoted`](crate::quoted::quoted()) found in `text`, what it is. The answers stand
/// in the same order.
pub fn judge(text: &str, quoted: &[Quoted]) -> Vec<Judgement> {
    let mut judged: Vec<Judgement> = Vec::with_capacity(quoted.len());
    let mut earlier: Vec<Option<usize>> = Vec::with_capacity(quoted.len());
    // The quotation that was read last at each depth.
    let mut last: Vec<usize> = Vec::new();
    for (at, found) in quoted.iter().enumerate() {
        last.truncate(found.depth + 1);
        earlier.push(last.get(found.depth).copied());
        let begins = found.depth.checked_sub(1).and_then(|depth| last.get(depth)).map_or(0, |&a| quoted[a].bytes.start);
        last.truncate(found.depth);
        last.push(at);
        let place = Place::new(text, quoted, &judged, &earlier, begins);
        let rule = RULES.iter().find(|rule| (rule.applies)(&place));
        judged.push(rule.map_or(NO_REASON, |rule| Judgement { kind: rule.kind, rule: rule.name }));
    }
    judged
}

const NO_REASON: Judgement = Judgement { kind: Kind::Doubt, rule: "no-reason" };

/// The longest name that is expected, in words.
const LONGEST_NAME: usize = 7;
/// The shortest words that are speech by themselves, in words.
const LONG: usize = 8;

/// The rules, first to last. Where none applies, the rule is called `no-reason` and the words are in doubt.
pub const RULES: &[Rule] = &[
    Rule {
        name: "so-called",
        kind: Kind::Doubt,
        when: "after «ما يسمى» and its like, so-called",
        applies: |place| place.may_be_name() && place.follows_any(lists::SO_CALLED),
    },
    Rule {
        name: "known-as",
        kind: Kind::Name,
        when: "after «المسمى», «المعروف بـ», “known as”, “entitled” and their like",
        applies: |place| place.may_be_name() && place.follows_any(lists::KNOWN_AS),
    },
    Rule {
        name: "naming-noun",
        kind: Kind::Name,
        when: "after the noun that says what is named, and its adjectives: صحيفة، الفيلم القصير، مبادرة",
        applies: |place| place.may_be_name() && place.follows_naming_noun(),
    },
    Rule {
        name: "noun-after",
        kind: Kind::Name,
        when: "before an English noun that says what is named: “Al-Mina” newspaper",
        applies: |place| {
            place.words.len() <= 4
                && !place.comma
                && place.after.first().is_some_and(|word| word.is_ascii() && is_naming_noun(word))
        },
    },
    Rule {
        name: "list-of-names",
        kind: Kind::Name,
        when: "joined by «و», “and” or a comma to a name in marks",
        applies: |place| place.joined_to == Some(Kind::Name) && place.may_be_name() && !place.colon,
    },
    Rule {
        name: "list-of-words",
        kind: Kind::Speech,
        when: "joined by «و», “and” or a comma to somebody's words",
        applies: |place| place.joined_to == Some(Kind::Speech) && !place.colon,
    },
    Rule {
        name: "described-as",
        kind: Kind::Speech,
        when: "after a verb of describing and «بـ» or «بأنه»",
        applies: |place| {
            let by = place.proclitic.as_deref().is_some_and(|proclitic| proclitic.ends_with('ب') || proclitic == "بال");
            (by || place.ends_with(lists::AS_BEING)) && place.before.iter().any(|word| lists::is_describing(word))
        },
    },
    Rule {
        name: "cue-colon",
        kind: Kind::Speech,
        when: "after a colon in a sentence with a verb of saying",
        applies: |place| place.colon && place.cue,
    },
    Rule {
        name: "subject",
        kind: Kind::Name,
        when: "the subject of a verb of saying: قالت «النبراس» إن…, قالت «هيئة النهر» في بيان",
        applies: |place| {
            let verb = place.before.last().is_some_and(|word| lists::is_cue(word) && !lists::leads_to_words(word));
            let object = place.after.first().is_some_and(|word| lists::THAT.contains(&word.as_str()));
            let statement = place.after.first().is_some_and(|word| word == "في")
                && place.after.get(1).is_some_and(|word| lists::STATEMENTS.contains(&word.as_str()));
            place.adjacent && verb && (object || statement || (place.words.len() <= 2 && !place.after.is_empty()))
        },
    },
    Rule {
        name: "cue-that",
        kind: Kind::Speech,
        when: "after a verb of saying and «إن» or «أن», three words or to the end of the sentence",
        applies: |place| {
            place.cue && place.ends_with(lists::THAT) && (place.words.len() >= 3 || place.after.is_empty())
        },
    },
    Rule {
        name: "cue-adjacent",
        kind: Kind::Speech,
        when: "just after «قائلا», «مضيفا», «قوله» and their like",
        applies: |place| place.adjacent && place.before.last().is_some_and(|word| lists::leads_to_words(word)),
    },
    Rule {
        name: "cue-after",
        kind: Kind::Speech,
        when: "a comma and a verb of saying follow",
        applies: |place| {
            let reach = if place.words.len() >= 3 { 4 } else { 1 };
            let first_joins = place.words.len() < 3 && place.after.first().is_some_and(|word| word.starts_with('و'));
            place.parted && !first_joins && place.after.iter().take(reach).any(|word| lists::is_cue(word))
        },
    },
    Rule {
        name: "cue-comma",
        kind: Kind::Speech,
        when: "after a verb of saying and a comma, to the end of a sentence: He said, “Yes.”",
        applies: |place| place.cue && place.after_comma && place.sentence,
    },
    Rule {
        name: "headline-capitals",
        kind: Kind::Name,
        when: "every long word of two or more has a capital",
        applies: |place| place.headline && place.may_be_name(),
    },
    Rule {
        name: "body",
        kind: Kind::Name,
        when: "begins with the noun of a body or a work, after neither colon nor «إن»: «محكمة الأنهار العليا»",
        applies: |place| {
            let open = !place.colon && !place.ends_with(lists::THAT) && place.joined_to.is_none();
            open && place.may_be_name() && place.words.first().is_some_and(|word| lists::begins_name(word))
        },
    },
    Rule {
        name: "sentence-inside",
        kind: Kind::Speech,
        when: "three words or more with the end of a sentence among them",
        applies: |place| place.words.len() >= 3 && place.sentence,
    },
    Rule { name: "long", kind: Kind::Speech, when: "eight words or more", applies: |place| place.words.len() >= LONG },
    Rule {
        name: "colon",
        kind: Kind::Speech,
        when: "five words or more after a colon",
        applies: |place| place.colon && place.words.len() >= 5,
    },
    Rule {
        name: "cue-in-sentence",
        kind: Kind::Speech,
        when: "three words or more in a sentence with a verb of saying before them",
        applies: |place| place.cue && place.words.len() >= 3,
    },
    Rule {
        name: "continued",
        kind: Kind::Speech,
        when: "only the name of the speaker and the verb stand between this and somebody's words",
        applies: |place| place.continues && place.words.len() >= 3,
    },
    Rule {
        name: "few-words",
        kind: Kind::Doubt,
        when: "one word or two, and no other reason",
        applies: |place| place.words.len() <= 2,
    },
];

/// How many bytes are looked at before the marked words, in them, and after them: thirty words or so, enough for any
/// rule and the same however long the text is.
const REACH: usize = 360;
/// How many other marked words are passed over on the way back through the sentence.
const MAX_PASSED: usize = 4;
/// How many words of those marked are read.
const MAX_WORDS: usize = 16;

/// The marked words in their place. Words are folded ([`Fold::KEY`]).
struct Place {
    /// The words of the sentence before the mark; [`MARKED`] for other marked words.
    before: Vec<String>,
    /// What is written as one word with the mark: «بـ».
    proclitic: Option<String>,
    /// Whether nothing but space stands between the word before and the mark.
    adjacent: bool,
    /// Whether a colon does.
    colon: bool,
    /// Whether a comma does.
    after_comma: bool,
    /// Whether one of the words before is a verb of saying or its like.
    cue: bool,
    /// The marked words, the first [`MAX_WORDS`].
    words: Vec<String>,
    /// Whether a sentence ends among or after the marked words, before the closing mark.
    sentence: bool,
    /// Whether the marked words end with a comma.
    comma: bool,
    /// Whether they are written as English headlines are.
    headline: bool,
    /// Whether a comma or the end of a sentence parts the marked words from those after.
    parted: bool,
    /// The first words after, in the same sentence.
    after: Vec<String>,
    /// What the marked words before these are, if only a joining word stands between.
    joined_to: Option<Kind>,
    /// Whether the sentence before is only the attribution of somebody's words.
    continues: bool,
}

/// Stands for marked words among others.
const MARKED: &str = "\u{FFFC}";

impl Place {
    /// The place of the quotation that `earlier` ends with; `begins` is where its surroundings begin.
    fn new(text: &str, quoted: &[Quoted], judged: &[Judgement], earlier: &[Option<usize>], begins: usize) -> Place {
        let at = judged.len();
        let found = &quoted[at];
        let sibling = earlier[at];
        let gap = gap_before(text, quoted, sibling, found, begins);
        let near = gap.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let mut before = sentence_before(text, quoted, judged, earlier, begins);
        let attached = !gap.ends_with(char::is_whitespace);
        let proclitic = before.pop_if(|word| attached && PROCLITICS.contains(&word.as_str()));
        let raw = found.text(text);
        let inside = &raw[..floor(raw, REACH)];
        let words = first_keys(inside, MAX_WORDS);
        let after = after(text, found);
        let comma = raw.ends_with([',', '،']);
        let ends = raw.ends_with(ENDS);
        Place {
            cue: (0..before.len()).any(|word| lists::is_cue(&before[word]) || lists::is_cue_pair(&before[word..])),
            adjacent: near.ends_with(|c: char| c.is_alphanumeric() || c == 'ـ' || matches!(c, '\u{64B}'..='\u{652}')),
            colon: near.ends_with([':', '：']),
            after_comma: near.ends_with([',', '،']),
            sentence: ends || SentenceEnds::new(inside).next().is_some_and(|end| end < inside.len()),
            comma,
            headline: is_headline(inside),
            parted: comma || ends || after.starts_with([',', '،']),
            after: first_keys(after, 4),
            joined_to: sibling
                .filter(|_| keys(gap).iter().all(|word| lists::JOINING.contains(&word.as_str())))
                .filter(|_| !near.ends_with(ENDS))
                .map(|sibling| judged[sibling].kind),
            continues: sibling.is_some_and(|sibling| judged[sibling].kind == Kind::Speech) && is_attribution(gap),
            before,
            proclitic,
            words,
        }
    }

    /// Short enough for a name, no sentence, and not the beginning of a clause that somebody says.
    fn may_be_name(&self) -> bool {
        let clause =
            self.cue && self.words.len() >= 3 && self.words.first().is_some_and(|word| lists::opens_clause(word));
        self.words.len() <= LONGEST_NAME && !self.sentence && !self.comma && !clause
    }

    /// Whether the words before end with one of `phrases`.
    fn follows_any(&self, phrases: &[&str]) -> bool {
        let follows = |phrase: &&str| {
            let mut words = self.before.iter().rev();
            phrase.split(' ').rev().all(|expected| words.next().is_some_and(|word| lists::is_word(word, expected)))
        };
        self.adjacent && phrases.iter().any(follows)
    }

    fn follows_naming_noun(&self) -> bool {
        let adjectives = self.before.iter().rev().take_while(|word| word.starts_with("ال")).count().min(3);
        let noun = |back: usize| self.before.iter().rev().nth(back).and_then(|word| lists::naming_noun(word));
        // An adjective after a noun with the article has the article too: الفيلم القصير. After one without, the next
        // word is a name already: قناة النهر.
        self.adjacent
            && (noun(0).is_some() || (1..=adjectives).any(|back| noun(back) == Some(lists::Article::Definite)))
    }

    fn ends_with(&self, words: &[&str]) -> bool {
        self.adjacent && self.before.last().is_some_and(|word| words.contains(&word.as_str()))
    }
}

const ENDS: [char; 4] = ['.', '!', '?', '؟'];

/// The words of the sentence before the last of `earlier`, across other marked words.
fn sentence_before(
    text: &str,
    quoted: &[Quoted],
    judged: &[Judgement],
    earlier: &[Option<usize>],
    begins: usize,
) -> Vec<String> {
    let mut backwards: Vec<String> = Vec::new();
    let mut at = judged.len();
    for _ in 0..MAX_PASSED {
        let gap = gap_before(text, quoted, earlier[at], &quoted[at], begins);
        let sentence = &gap[SentenceEnds::new(gap).last().unwrap_or(0)..];
        backwards.extend(keys(sentence).into_iter().rev());
        let Some(sibling) = earlier[at].filter(|_| sentence.len() == gap.len()) else { break };
        let ended = judged[sibling].kind == Kind::Speech && quoted[sibling].text(text).ends_with(ENDS);
        let reached = quoted[sibling].outer.end == quoted[at].outer.start - gap.len();
        if ended || !reached {
            break;
        }
        backwards.push(MARKED.to_owned());
        at = sibling;
    }
    backwards.reverse();
    backwards
}

/// What stands between the marked words before and these, or what there is of it in the line and in reach.
fn gap_before<'t>(text: &'t str, quoted: &[Quoted], sibling: Option<usize>, found: &Quoted, begins: usize) -> &'t str {
    let start = sibling.map_or(begins, |sibling| quoted[sibling].outer.end);
    let end = found.outer.start;
    let start = start.max(ceil(text, end.saturating_sub(REACH)));
    let gap = &text[start.min(end)..end];
    gap.rfind(is_line_break).map_or(gap, |line| gap[line..].trim_start_matches(is_line_break))
}

/// What follows in the sentence, in reach.
fn after<'t>(text: &'t str, found: &Quoted) -> &'t str {
    let rest = &text[found.outer.end..];
    let rest = &rest[..floor(rest, REACH / 3)];
    let line = &rest[..rest.find(is_line_break).unwrap_or(rest.len())];
    &line[..SentenceEnds::new(line).next().unwrap_or(line.len())]
}

/// Whether `gap` is a few words with a verb of saying, and a full stop.
fn is_attribution(gap: &str) -> bool {
    let words = keys(gap);
    let cue = words.iter().any(|word| lists::is_cue(word));
    cue && words.len() <= 6 && gap.trim_end().ends_with(ENDS)
}

/// “Boats of the North”, not “We saw boats”.
fn is_headline(words: &str) -> bool {
    let mut long = 0;
    for word in tokens(words).filter(|word| word.text.chars().count() >= 4) {
        if !word.text.starts_with(char::is_uppercase) {
            return false;
        }
        long += 1;
    }
    long >= 2
}

fn keys(text: &str) -> Vec<String> {
    first_keys(text, usize::MAX)
}

/// The keys of at most `most` words.
fn first_keys(text: &str, most: usize) -> Vec<String> {
    tokens(&fold(text, Fold::KEY)).take(most).map(|token| token.text.to_owned()).collect()
}

fn floor(text: &str, byte: usize) -> usize {
    boundary(text, (0..=byte.min(text.len())).rev())
}

fn ceil(text: &str, byte: usize) -> usize {
    boundary(text, byte.min(text.len())..text.len() + 1)
}

fn boundary(text: &str, mut bytes: impl Iterator<Item = usize>) -> usize {
    bytes.find(|&byte| text.is_char_boundary(byte)).unwrap_or(0)
}

#[cfg(test)]
mod tests;

//! Who says this, in whose words, and when?
//!
//! [`find`] gives what persons and bodies say in a text, in order: **verbatim** where the words stand between quotation
//! marks that [`kind`](crate::kind) takes for speech, **reported** where a clause follows a verb of saying («قال إن»,
//! «أعرب عن», «دعا إلى») or an attribution («بحسب»). What follows a colon without marks counts as reported: nobody
//! vouches for the very words. A reported clause that is nothing but marked words is verbatim only; marked words inside
//! a clause are given beside it.
//!
//! # Who it is
//! Tried in this order, each with its own rule name: the subject after the verb («قال بوتين إن»), up to the word that
//! ends it; the subject before it («بوتين قال»); for a participle («مضيفا أن») the subject of the sentence; the speaker
//! after the words («…»، قال فلان); else the nearest speaker or subject told before that agrees in gender and number
//! («وذكر أن»). Verbs that go on («وأضاف», «وتابع») look among speakers only. A title («الوزير») is whoever was told with it
//! before. The spokesman of somebody is not that somebody.
//!
//! # What is left out
//! Speech that is denied, asked or only possible («لم يقل», «قد يقول»); passives without a speaker have none. What stands
//! within somebody's quoted words is theirs.
//!
//! Not understood: irony, a speaker named only by a nickname in another paragraph, speech within reported speech (the
//! outer speaker gets all of it), verbs that are not in `data/*/verbs.txt`.

mod lists;
mod subject;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use crate::dates::{Date, Value};
use crate::kind::{Judgement, Kind};
use crate::mentions::{Mentions, Who};
use crate::quoted::Quoted;
use crate::text::{Gap, Words};
use crate::verbs::{self, Class, Complements, Form, Gender, Number, Tense};

/// Whether the words are somebody's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Manner {
    /// Between quotation marks.
    Verbatim,
    /// In the writer's words.
    Reported,
}

/// By what a speaker was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// Named in the same sentence.
    Named,
    /// The verb has no subject of its own; whom it means was told before.
    Dropped,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker, which may stand in an earlier sentence.
    pub bytes: Range<usize>,
    /// Who that is, if known.
    pub who: Option<Who>,
    /// By what it was found.
    pub found: Found,
    /// As the verb or the name shows it.
    pub gender: Option<Gender>,
    /// As the verb or the name shows it.
    pub number: Number,
}

/// What somebody says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words, without quotation marks, or the reported clause without «أن».
    pub bytes: Range<usize>,
    /// Whose words they are.
    pub manner: Manner,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The verb or noun of saying.
    pub cue: Option<Range<usize>>,
    /// On which occasion: «في مؤتمر صحفي».
    pub occasion: Option<Range<usize>>,
    /// When it was said, if the sentence tells.
    pub date: Option<Value>,
    /// The name of the rule that found it.
    pub rule: &'static str,
}

/// What a text says by whom, with all that was found in it before: `quoted` and `judged` by
/// [`kind::judge`](crate::kind::judge), `mentions` and `dates`. In the order in which it stands there.
pub fn find(
    text: &str,
    quoted: &[Quoted],
    judged: &[Judgement],
    mentions: &Mentions,
    dates: &[Date],
) -> Vec<Quotation> {
    run(&Words::new(text), quoted, judged, mentions, dates).1
}

/// The same in a text that was cut up already, and the finder, whose grammar of names serves others too.
pub(crate) fn run<'f, 't>(
    words: &'f Words<'t>,
    quoted: &[Quoted],
    judged: &[Judgement],
    mentions: &'f Mentions<'f>,
    dates: &'f [Date],
) -> (Finder<'f, 't>, Vec<Quotation>) {
    let marked: Vec<Range<usize>> = quoted
        .iter()
        .zip(judged)
        .filter(|(one, judgement)| one.depth == 0 && judgement.kind == Kind::Speech)
        .map(|(one, _)| words.at_byte(one.bytes.start)..words.at_byte(one.bytes.end))
        .filter(|range| !range.is_empty())
        .collect();
    let mut finder = Finder {
        words,
        mentions,
        dates,
        marked,
        spoken: vec![false; quoted.len()],
        speakers: Vec::new(),
        subjects: Vec::new(),
        found: Vec::new(),
    };
    finder.spoken.truncate(finder.marked.len());
    for sentence in 0..words.sentences.len() {
        finder.sentence(words.of_sentence(sentence));
    }
    let found = finder.finish();
    (finder, found)
}

/// How many words lie between a verb of saying and what is said, at most.
const REACH: usize = 34;
/// How many speakers and subjects are remembered.
const MEMORY: usize = 12;

pub(crate) struct Finder<'f, 't> {
    pub(crate) words: &'f Words<'t>,
    pub(crate) mentions: &'f Mentions<'f>,
    dates: &'f [Date],
    /// What stands between marks and is speech, in words.
    marked: Vec<Range<usize>>,
    /// Which of those have been given to somebody.
    spoken: Vec<bool>,
    /// Who spoke so far, the last at the end.
    speakers: Vec<Speaker>,
    /// Of whom the sentences spoke.
    subjects: Vec<Speaker>,
    found: Vec<Quotation>,
}

/// A verb of saying, and where what is said begins.
struct Cue {
    at: usize,
    form: Form,
    said: Said,
}

/// What follows a verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// A clause or noun: the word it follows, and its own first word.
    Clause { after: usize, from: usize },
    /// What stands after a colon, without marks.
    Colon { from: usize },
    /// Marked words: their number.
    Marked { number: usize },
}

impl Said {
    /// The word at which the subject has ended for sure.
    fn limit(self, finder: &Finder) -> usize {
        match self {
            Said::Clause { after, .. } => after,
            Said::Colon { from } => from,
            Said::Marked { number } => finder.marked[number].start,
        }
    }
}

impl Finder<'_, '_> {
    fn sentence(&mut self, sentence: Range<usize>) {
        let mut cues: Vec<Cue> = Vec::new();
        let mut at = sentence.start;
        let mut main_subject: Option<Speaker> = None;
        while at < sentence.end {
            if let Some(number) = self.marked_at(at) {
                at = self.marked[number].end.max(at + 1);
                continue;
            }
            if let Some(found) = self.attribution(at, &sentence) {
                self.remember(&found);
                self.found.push(found);
                at += 1;
                continue;
            }
            if let Some(form) = verbs::form(self.words.key(at)) {
                if form.says()
                    && !self.is_negated(at, &form)
                    && let Some(said) = self.said(at, &form, &sentence)
                {
                    cues.push(Cue { at, form, said });
                    // A participle after the verb says it: «قال مضيفا: …».
                } else if main_subject.is_none() && cues.is_empty() && form.tense != Tense::Participle {
                    let limit = (at + 12).min(sentence.end);
                    main_subject =
                        self.subject_after(at, &form, limit).or_else(|| self.subject_before(at, &sentence, &form));
                    if let Some(subject) = &main_subject {
                        push(&mut self.subjects, subject.clone());
                    }
                }
            }
            at += 1;
        }
        if main_subject.is_none() && cues.is_empty() {
            main_subject = self.subject_of_any_verb(&sentence);
            if let Some(subject) = &main_subject {
                push(&mut self.subjects, subject.clone());
            }
        }
        let mut last: Option<Speaker> = main_subject;
        for (number, cue) in cues.iter().enumerate() {
            let next = cues.get(number + 1);
            if let Some(speaker) = self.cue(cue, next, &sentence, last.as_ref()) {
                last = Some(speaker);
            }
        }
        self.nominal_subject(&sentence);
    }

    /// Whether a speech between marks begins or covers word `at`.
    pub(crate) fn marked_at(&self, at: usize) -> Option<usize> {
        let number = self.marked.partition_point(|range| range.end <= at);
        self.marked.get(number).filter(|range| range.contains(&at)).map(|_| number)
    }

    fn is_negated(&self, at: usize, form: &Form) -> bool {
        let before = |by: usize| at.checked_sub(by).filter(|&before| self.words.together(before, at));
        let Some(one) = before(1).filter(|_| self.words.gap(at).is_space()) else { return false };
        let key = self.words.key(one);
        let bare = key.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().count() > 1).unwrap_or(key);
        match bare {
            // «قد قال» he has said; «قد يقول» he may say.
            "قد" => form.tense == Tense::Imperfect,
            "ما" => form.tense == Tense::Perfect && before(2).is_none(),
            "ان" | "حتي" | "كي" | "لكي" => form.tense == Tense::Imperfect,
            "that" | "as" | "to" => false,
            // «وأنه أقر»: what he says that he did.
            "انه" | "انها" | "انهم" | "بانه" | "بانها" => form.tense == Tense::Perfect,
            _ => lists::negates(bare) && bare != "ما",
        }
    }

    /// What the verb at `at` is followed by, if by anything that is said.
    fn said(&self, at: usize, form: &Form, sentence: &Range<usize>) -> Option<Said> {
        let words = self.words;
        let doubtful = lists::doubtful(&fold(form.lemma)) && form.tense != Tense::Participle;
        let reach = if doubtful { 9 } else { REACH };
        // «بيّن», not «بين»: with its shadda, or first in its clause.
        let between = form.lemma == "بين" && form.tense == Tense::Perfect && !words.written(at).contains('\u{651}');
        if between
            && (!words.key(at).starts_with('و')
                || words.key(at + 1).starts_with("ال") && words.key(at + 2).starts_with('و'))
        {
            return None;
        }
        let mut second_choice = None;
        let mut seen_mark = false;
        for here in at + 1..(at + reach).min(sentence.end) {
            let gap = words.gap(here);
            if let Some(number) = self.marked_at(here) {
                return second_choice.or(Some(Said::Marked { number })).filter(|_| !seen_mark);
            }
            if gap.has(Gap::COLON) && !gap.has(Gap::SEMICOLON) && self.is_free_colon(here) {
                // «قال مسؤول: إن المحكمة قضت»
                if words.key(here) == "ان" && form.complements.has(Complements::THAT) {
                    return Some(Said::Clause { after: here, from: here + 1 });
                }
                return Some(Said::Colon { from: here });
            }
            let key = words.key(here);
            if let Some(said) = self.complement(at, here, form) {
                // «قال» takes إن; «الذي يريد أن» is not what he says.
                let other_that = form.lemma == "قال" && words.written(here).starts_with('أ');
                let not_yet = here > at + 1 && self.within_relative(at, here);
                if !other_that && !not_yet {
                    return Some(said);
                }
                second_choice = second_choice.or(Some(said).filter(|_| !not_yet));
            }
            if let Some(other) = verbs::form(key) {
                let joined = key.starts_with('و') && other.tense != Tense::Participle;
                let says = other.says() && !is_noun_too(&other);
                if (other.tense == Tense::Participle && other.says()) || (joined && says) {
                    break;
                }
            }
            if gap.has(Gap::QUOTE) && gap.has(Gap::STOP) {
                seen_mark = true;
            }
        }
        if let Some(said) = second_choice {
            return Some(said);
        }
        self.english_clause(at, form, sentence)
    }

    /// A colon within a sentence, not that of a time of day.
    fn is_free_colon(&self, at: usize) -> bool {
        let digits = |at: usize| self.words.get(at).is_some_and(|word| word.digits);
        !(digits(at) && digits(at.wrapping_sub(1)))
    }

    /// Whether a relative clause is open between the verb and `here`, which has a verb of its own.
    fn within_relative(&self, at: usize, here: usize) -> bool {
        let opened = (at + 1..here)
            .rev()
            .take(6)
            .find(|&word| matches!(self.words.key(word), "الذي" | "التي" | "الذين" | "who" | "which"));
        opened.is_some_and(|from| here - from <= 3)
    }

    /// The clause or noun that begins with word `here`, by what the verb allows.
    fn complement(&self, at: usize, here: usize, form: &Form) -> Option<Said> {
        let words = self.words;
        let key = words.key(here);
        let bare = key.strip_prefix('و').unwrap_or(key);
        let complements = form.complements;
        let next = here + 1;
        let pronoun = |rest: &str| matches!(rest, "ه" | "ها" | "هم" | "هما" | "هن" | "ني" | "نا" | "نني" | "ك");
        let that = |word: &str| match word.strip_prefix("ان") {
            Some("") => Some(true),
            Some(rest) if pronoun(rest) => Some(false),
            _ => None,
        };
        let clause = |bare: bool, particle: usize| Said::Clause {
            after: here,
            from: if bare { particle + 1 } else { particle },
        };
        if key == "that" && complements.has(Complements::THAT) {
            return Some(Said::Clause { after: here, from: next });
        }
        if complements.has(Complements::THAT)
            && let Some(is_bare) = that(key)
        {
            return Some(clause(is_bare, here));
        }
        if complements.has(Complements::BY_THAT.or(Complements::BY))
            && let Some(is_bare) = key.strip_prefix('ب').and_then(that)
        {
            return Some(clause(is_bare, here));
        }
        let preposition = match key {
            "الي" => Complements::TO,
            "علي" => Complements::ON,
            "من" => Complements::FROM,
            "عن" => Complements::ABOUT,
            _ => {
                let near = words.together(at, here) && words.gap(here).is_space();
                let named = self.mentions.at(words.get(here)?.start).is_some();
                if complements.has(Complements::NOUN) && near && here <= at + 8 && lists::stance_nouns(bare) {
                    return Some(Said::Clause { after: here, from: here });
                }
                if complements.has(Complements::BY) && near && !named && here <= at + 8 && key.starts_with('ب') {
                    let cut = arabic::morphology::segments(words.written(here)).len() >= 2;
                    let timed = self.date_at(here);
                    return (cut && !timed && !lists::ends_subject(key))
                        .then_some(Said::Clause { after: here, from: here });
                }
                return None;
            }
        };
        if !complements.has(preposition) || here > at + 12 {
            return None;
        }
        match that(words.key(next)) {
            Some(is_bare) => Some(clause(is_bare, next)),
            // «دعا إلى تسريع»: not a place or a time.
            None => {
                let place =
                    words.get(next).is_none_or(|word| self.mentions.at(word.start).is_some()) || self.date_at(next);
                let noun = preposition != Complements::FROM || form.lemma == "حذر";
                (noun && !place && words.gap(next).is_space()).then_some(Said::Clause { after: here, from: next })
            }
        }
    }

    fn date_at(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let number = self.dates.partition_point(|date| date.bytes.end <= word.start);
        self.dates.get(number).is_some_and(|date| date.bytes.start < word.end)
    }

    /// “The minister said prices would rise”: nothing stands between.
    fn english_clause(&self, at: usize, form: &Form, sentence: &Range<usize>) -> Option<Said> {
        let words = self.words;
        let latin = words.written(at).is_ascii() && form.complements.has(Complements::THAT);
        if !latin || form.tense == Tense::Participle {
            return None;
        }
        let mut from = at + 1;
        if lists::told(words.key(from)) {
            from += 1;
        }
        let clause = from + 2 < sentence.end
            && words.gap(from).is_space()
            && !lists::ends_subject(words.key(from))
            && !self.date_at(from);
        // After marked words the subject follows: “…,” said the minister.
        let after_words = at.checked_sub(1).is_some_and(|before| self.marked_at(before).is_some());
        (clause && !after_words).then_some(Said::Clause { after: from, from })
    }

    /// Works out one cue, and gives its speaker for the next in the sentence.
    fn cue(
        &mut self,
        cue: &Cue,
        next: Option<&Cue>,
        sentence: &Range<usize>,
        before: Option<&Speaker>,
    ) -> Option<Speaker> {
        let limit = cue.said.limit(self);
        let (speaker, rule) = self.speaker(cue, limit, sentence, before);
        // «يقولون إن»: people say; nobody in particular. «أقر بذنبه» of nobody known is no speech.
        let vague = cue.form.number == Number::Plural || cue.form.complements.has(Complements::BY);
        if speaker.is_none() && vague && matches!(cue.said, Said::Clause { .. }) {
            return None;
        }
        if let Some(speaker) = &speaker {
            let told = Speaker { found: Found::Named, ..speaker.clone() };
            push(&mut self.speakers, told);
        }
        let end = next.map_or(sentence.end, |next| self.start_of(next).min(sentence.end));
        let words = self.words;
        let bytes_of_cue = words.bytes(cue.at, cue.at + 1);
        let occasion = self.occasion(cue.at, limit);
        let date = self.date_of(cue, limit, sentence);
        let quotation = |bytes: Range<usize>, manner, rule| Quotation {
            bytes,
            manner,
            speaker: speaker.clone(),
            cue: Some(bytes_of_cue.clone()),
            occasion: occasion.clone(),
            date,
            rule,
        };
        match cue.said {
            Said::Marked { number } => {
                self.spoken[number] = true;
                let range = self.marked[number].clone();
                let found = quotation(self.bytes_of_marked(number), Manner::Verbatim, rule);
                self.found.push(found);
                self.speak_within(range.end..end, quotation);
            }
            Said::Clause { from, .. } | Said::Colon { from } => {
                let rule = if matches!(cue.said, Said::Colon { .. }) { "colon" } else { rule };
                let whole = self.marked_at(from).filter(|&number| self.marked[number].start == from);
                // Nothing but marked words, or these and a few of the writer's.
                let only = whole.filter(|&number| {
                    let rest = self.marked[number].end..self.end_of_clause(from, end);
                    rest.len() <= 1 || words.gap(rest.start).has(Gap::COMMA.and(Gap::STOP))
                });
                if let Some(number) = only {
                    self.spoken[number] = true;
                    let found = quotation(self.bytes_of_marked(number), Manner::Verbatim, rule);
                    self.found.push(found);
                    let after = self.marked[number].end..end;
                    self.speak_within(after, quotation);
                } else {
                    let end = self.end_of_clause(from, end);
                    if end > from {
                        self.found.push(quotation(words.bytes(from, end), Manner::Reported, rule));
                        self.speak_within(from..end, quotation);
                    }
                }
            }
        }
        speaker
    }

    /// Gives the marked words within `range` to the same speaker.
    fn speak_within(
        &mut self,
        range: Range<usize>,
        quotation: impl Fn(Range<usize>, Manner, &'static str) -> Quotation,
    ) {
        let first = self.marked.partition_point(|marked| marked.start < range.start);
        for number in first..self.marked.len() {
            if self.marked[number].start >= range.end {
                break;
            }
            if !std::mem::replace(&mut self.spoken[number], true) {
                let found = quotation(self.bytes_of_marked(number), Manner::Verbatim, "within-report");
                self.found.push(found);
            }
        }
    }

    fn bytes_of_marked(&self, number: usize) -> Range<usize> {
        let range = &self.marked[number];
        let bytes = self.words.bytes(range.start, range.end);
        // Signs of the quotation's own stand after its last word: «هل وصل؟».
        let rest = &self.words.text[bytes.end..];
        let signs = rest.len() - rest.trim_start_matches(['.', '!', '?', '؟', '…', ')']).len();
        let closes = rest[signs..].trim_start_matches(crate::marks::is_invisible).chars().next();
        let closes = closes.is_some_and(|c| crate::marks::meaning(c).is_some());
        bytes.start..bytes.end + if closes { signs } else { 0 }
    }

    /// Where the words of a cue begin: its verb, or the subject before it.
    fn start_of(&self, cue: &Cue) -> usize {
        let key = self.words.key(cue.at);
        if key.starts_with(['و', 'ف']) || cue.form.tense == Tense::Participle {
            return cue.at;
        }
        let back = (cue.at.saturating_sub(6)..=cue.at).rev();
        back.take_while(|&at| self.words.together(at, cue.at))
            .find(|&at| self.words.gap(at).has(Gap::COMMA.and(Gap::SEMICOLON)))
            .unwrap_or(cue.at)
    }

    /// Where a reported clause ends before `end`.
    fn end_of_clause(&self, from: usize, end: usize) -> usize {
        let words = self.words;
        for at in from + 1..end {
            if let Some(number) = self.marked_at(at)
                && self.marked[number].start < at
            {
                continue;
            }
            let gap = words.gap(at);
            let key = words.key(at);
            let comma = gap.has(Gap::COMMA.and(Gap::SEMICOLON));
            let in_that = key == "في" && words.key(at + 1) == "حين";
            if comma
                && (lists::breaks_report(key) && key != "حين"
                    || in_that
                    || lists::according(key)
                    || is_according(words, at))
            {
                return at;
            }
            if gap.has(Gap::LINE) {
                return at;
            }
        }
        end
    }

    fn occasion(&self, at: usize, limit: usize) -> Option<Range<usize>> {
        let words = self.words;
        (at + 1..limit).find_map(|here| {
            let preposition =
                matches!(words.key(here), "في" | "خلال" | "عبر" | "عقب" | "بعد" | "in" | "during" | "after" | "at");
            let noun = preposition
                && (here + 1..(here + 3).min(limit)).any(|noun| {
                    let key = words.key(noun);
                    lists::occasions(key) || key.strip_prefix("ال").is_some_and(lists::occasions)
                });
            let end = (here + 2..limit).find(|&at| words.gap(at).has(Gap::COMMA)).unwrap_or(limit);
            (noun && end > here).then(|| words.bytes(here, end))
        })
    }

    /// The date that stands beside the cue, outside of what is said.
    fn date_of(&self, cue: &Cue, limit: usize, sentence: &Range<usize>) -> Option<Value> {
        let words = self.words;
        let start = words.get(sentence.start)?.start;
        let near = if words.key(cue.at).starts_with(['و', 'ف']) { words.get(cue.at)?.start } else { start };
        let end = words.get(limit).map_or(words.text.len(), |word| word.start);
        let number = self.dates.partition_point(|date| date.bytes.start < near);
        self.dates.get(number).filter(|date| date.bytes.end <= end).map(|date| date.value)
    }

    /// «بحسب مصدر», «وفقا لبيان», «على حد قول», «نقلا عن», “according to”.
    fn attribution(&mut self, at: usize, sentence: &Range<usize>) -> Option<Quotation> {
        let words = self.words;
        let key = words.key(at);
        let (from, clitic) = match key {
            "according" if words.key(at + 1) == "to" => (at + 2, ""),
            "وفقا" | "ووفقا" | "طبقا" | "وطبقا" if words.key(at + 1).starts_with('ل') => {
                (at + 1, "ل")
            }
            "علي" | "وعلي" if words.key(at + 1) == "حد" => (at + 3, ""),
            "نقلا" if words.key(at + 1) == "عن" => (at + 2, ""),
            key if lists::according(key) => (at + 1, ""),
            "كما" | "مثلما" if verbs::form(words.key(at + 1)).is_some_and(|form| form.says()) => {
                (at + 2, "كما")
            }
            _ => return None,
        };
        // «بحسب ما قاله مصدر», «حسبما ذكر»
        let mut from = from;
        let mut cue = if clitic == "كما" { words.bytes(at + 1, at + 2) } else { words.bytes(at, at + 1) };
        if words.key(from) == "ما" {
            from += 1;
            if verbs::form(words.key(from)).is_some() || is_said_with_pronoun(words.key(from)) {
                cue = words.bytes(from, from + 1);
                from += 1;
            }
        }
        if words.key(at + 1) == "حد" {
            cue = words.bytes(at + 2, at + 3);
        }
        let clause_initial = at == sentence.start
            || words.gap(at).has(Gap::COMMA.and(Gap::SEMICOLON).and(Gap::DASH).and(Gap::OPEN))
            || self.marked_at(at - 1).is_some();
        let last = at > sentence.start;
        if !clause_initial && clitic == "كما" {
            return None;
        }
        let comma = (from..sentence.end.min(from + 16)).find(|&at| at > from && words.gap(at).has(Gap::COMMA));
        let stop = comma.unwrap_or(sentence.end).min(from + 14);
        let mut speaker = self.phrase(from, stop)?;
        let after = words.at_byte(speaker.bytes.end);
        // «وفقا لمصدر»; of «للوزارة» nothing can be cut.
        let named = &words.text[speaker.bytes.clone()];
        if clitic == "ل" && named.starts_with('ل') && !named.starts_with("لل") {
            speaker.bytes.start += 'ل'.len_utf8();
        }
        let initial = at == sentence.start;
        let quotation = |bytes: Range<usize>, manner, rule| Quotation {
            bytes,
            manner,
            speaker: Some(speaker.clone()),
            cue: Some(cue.clone()),
            occasion: None,
            date: None,
            rule,
        };
        // The words before it, if they are marked and end here.
        if let Some(number) = at.checked_sub(1).and_then(|before| self.marked_at(before)) {
            if std::mem::replace(&mut self.spoken[number], true) {
                return None;
            }
            return Some(quotation(self.bytes_of_marked(number), Manner::Verbatim, "according-after"));
        }
        if initial {
            let mut from = comma.filter(|&comma| comma < sentence.end).unwrap_or(after).max(after);
            if matches!(words.key(from), "فان" | "فانه" | "فانها" | "ان") {
                from += usize::from(matches!(words.key(from), "فان" | "ان"));
            }
            // «بحسب الشرطة أن شجارا نشب»
            if let Some(number) = (from..sentence.end.min(from + REACH)).find_map(|at| self.marked_at(at))
                && !self.spoken[number]
            {
                self.spoken[number] = true;
                let inner = quotation(self.bytes_of_marked(number), Manner::Verbatim, "according-within");
                if self.marked[number].start == from {
                    return Some(inner);
                }
                self.found.push(inner);
            }
            let end = self.end_of_clause(from, sentence.end);
            return (from + 2 <= end).then(|| quotation(words.bytes(from, end), Manner::Reported, "according-before"));
        }
        // At the end of what is said: the clause before.
        let ends = words.get(after).is_none_or(|word| word.sentence != words.get(at).map_or(0, |w| w.sentence))
            || words.gap(after).has(Gap::COMMA.and(Gap::STOP).and(Gap::CLOSE))
            || after >= sentence.end;
        if let Some(number) =
            (after..sentence.end.min(after + 8)).find_map(|at| self.marked_at(at)).filter(|_| !ends || clause_initial)
            && !self.spoken[number]
        {
            self.spoken[number] = true;
            return Some(quotation(self.bytes_of_marked(number), Manner::Verbatim, "according-before"));
        }
        let begins = sentence.start + usize::from(matches!(words.key(sentence.start), "و" | "كما" | "وقد"));
        let fits = last && ends && at >= begins + 3 && self.marked_at(begins).is_none();
        let has_cue = (begins..at)
            .any(|at| verbs::form(words.key(at)).is_some_and(|form| form.says() && form.class != Class::Ask));
        (fits && !has_cue).then(|| quotation(words.bytes(begins, at), Manner::Reported, "according-after"))
    }

    fn remember(&mut self, found: &Quotation) {
        if let Some(speaker) = &found.speaker {
            push(&mut self.speakers, Speaker { found: Found::Named, ..speaker.clone() });
        }
    }

    /// Marked words that no cue before them has claimed: a speaker after them, a verb of describing before them, or the
    /// speaker who went on.
    fn finish(&mut self) -> Vec<Quotation> {
        // Who said the marked words that begin with each byte.
        let mut said: HashMap<usize, Option<Speaker>> = (self.found.iter())
            .filter(|found| found.manner == Manner::Verbatim)
            .map(|found| (found.bytes.start, found.speaker.clone()))
            .collect();
        for number in 0..self.marked.len() {
            if self.spoken[number] {
                continue;
            }
            let before = number.checked_sub(1).map(|before| self.bytes_of_marked(before).start);
            let found = self.orphan(number, before.and_then(|before| said.get(&before).cloned().flatten()));
            said.insert(found.bytes.start, found.speaker.clone());
            self.found.push(found);
        }
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|quotation| (quotation.bytes.start, quotation.bytes.end));
        found.dedup_by(|a, b| a.bytes == b.bytes && a.manner == b.manner);
        found
    }

    /// `before_it` said the marked words before these.
    fn orphan(&self, number: usize, before_it: Option<Speaker>) -> Quotation {
        let words = self.words;
        let marked = self.marked[number].clone();
        let bytes = self.bytes_of_marked(number);
        let quotation = |speaker: Option<Speaker>, cue: Option<usize>, rule| Quotation {
            bytes: bytes.clone(),
            manner: Manner::Verbatim,
            speaker,
            cue: cue.map(|at| words.bytes(at, at + 1)),
            occasion: None,
            date: None,
            rule,
        };
        // «…»، قال فلان
        let near = (marked.end..(marked.end + 7).min(words.len()))
            .take_while(|&at| at == marked.end || !words.gap(at).has(Gap::LINE.and(Gap::STOP)))
            .take_while(|&at| !words.gap(at).has(Gap::LINE) && self.marked_at(at).is_none());
        for at in near {
            let Some(form) = verbs::form(words.key(at)).filter(|form| form.says() || form.class == Class::Describe)
            else {
                continue;
            };
            let own = words.key(at).starts_with('و') && at == marked.end && words.gap(at).has(Gap::STOP);
            if own {
                break;
            }
            let sentence = at..words.len().min(at + 14);
            let named = self.subject_after(at, &form, sentence.end).or_else(|| {
                let before = marked.end..words.len();
                self.subject_before(at, &before, &form)
            });
            let speaker = named.or_else(|| self.told_before(&form, bytes.start));
            if speaker.is_some() {
                return quotation(speaker, Some(at), "speaker-after");
            }
        }
        // «وصفه بأنه «…»», «قال … «…»» that the reach missed: the nearest verb before.
        let Some(first) = words.get(marked.start) else { return quotation(None, None, "no-speaker") };
        let sentence = words.of_sentence(first.sentence);
        let before = sentence.start..marked.start;
        let cue = before.clone().rev().take(REACH).find_map(|at| {
            if self.marked_at(at).is_some() {
                return None;
            }
            let key = words.key(at);
            let direct = verbs::form(key)
                .filter(|form| form.says() || form.class == Class::Describe && form.number != Number::Dual);
            direct.or_else(|| with_pronoun(key)).map(|form| (at, form))
        });
        if let Some((at, form)) = cue {
            let speaker = self
                .subject_after(at, &form, marked.start)
                .or_else(|| self.subject_before(at, &sentence, &form))
                .or_else(|| self.told_before(&form, first.start));
            return quotation(speaker, Some(at), "verb-before");
        }
        // «قوله» and its like.
        if let Some(at) = before.rev().take(8).find(|&at| is_saying_noun(words.key(at))) {
            let speaker = self.quoted_from(at, &sentence).or_else(|| self.last_speaker(first.start, None, None));
            return quotation(speaker, Some(at), "noun-before");
        }
        // «الوزير: «…»»
        if words.gap(marked.start).has(Gap::COLON)
            && verbs::form(words.key(sentence.start)).is_none()
            && let Some(speaker) = self
                .phrase(sentence.start, marked.start)
                .filter(|speaker| speaker.who.is_some() || self.is_name(speaker))
        {
            return quotation(Some(speaker), None, "name-colon");
        }
        // The next paragraph of the same speech.
        let previous = number.checked_sub(1).map(|previous| self.marked[previous].clone());
        let continues = previous.is_some_and(|previous| {
            words.text[words.bytes(previous.start, previous.end).end..bytes.start].contains('\n')
        }) && words.gap(marked.start).has(Gap::LINE);
        if let Some(speaker) = before_it.filter(|_| continues) {
            return quotation(Some(Speaker { found: Found::Dropped, ..speaker }), None, "goes-on");
        }
        quotation(None, None, "no-speaker")
    }
}

fn push(list: &mut Vec<Speaker>, speaker: Speaker) {
    if list.len() >= MEMORY {
        list.remove(0);
    }
    list.push(speaker);
}

/// «قوله», «قولها»
fn is_saying_noun(key: &str) -> bool {
    let bare = key.strip_prefix('ب').unwrap_or(key);
    matches!(bare, "قوله" | "قولها" | "قولهم" | "القول" | "تعبيره" | "تعبيرها" | "وصفه" | "وصفها")
}

fn is_said_with_pronoun(key: &str) -> bool {
    with_pronoun(key).is_some()
}

/// «قاله», «وصفه», «وصفته»: a verb with the pronoun of an object.
fn with_pronoun(key: &str) -> Option<Form> {
    let bare = ["ها", "هم", "هما", "ه"].iter().find_map(|pronoun| key.strip_suffix(pronoun))?;
    verbs::form(bare).filter(|form| form.tense != Tense::Participle && (form.says() || form.class == Class::Describe))
}

fn is_according(words: &Words, at: usize) -> bool {
    match words.key(at) {
        "وفقا" | "طبقا" | "according" | "نقلا" => true,
        "علي" => words.key(at + 1) == "حد",
        "كما" => verbs::form(words.key(at + 1)).is_some_and(|form| form.says()),
        _ => false,
    }
}

/// Forms that are everyday nouns as well: «بيان», «ذكر».
fn is_noun_too(form: &Form) -> bool {
    matches!(form.lemma, "ذكر" | "بين" | "رد" | "وعد" | "دون" | "عقب" | "زاد" | "نشر")
}

fn fold(word: &str) -> String {
    arabic::fold::fold(word, arabic::fold::Fold::KEY).into_owned()
}

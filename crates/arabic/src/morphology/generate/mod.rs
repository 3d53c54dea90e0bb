//! How do the lines of the lexicon become tables of stems?
//!
//! This runs when the crate is built. Each line gives a lemma; rules of [`verbs`] and [`nouns`] make its stems, the
//! nouns that verbs bring along, and the nisba adjectives of nouns and names; [`pack`] writes what the reader of the
//! tables looks up.

mod nouns;
mod pack;
mod spelling;
mod verbs;

use std::collections::{HashMap, HashSet};

use self::nouns::Bending;
use self::verbs::Verb;
use super::classes::*;

/// The number of a lemma.
pub(super) type Lemma = u32;

/// Every ending of a noun that has no peculiarity.
const NOMINAL: Groups = BARE | BEFORE_PRONOUN | TANWIN | DUAL | FEMININE_PLURAL;
/// The endings of a past stem that never changes.
const PAST: Groups = BARE | BEFORE_PRONOUN | PAST_SHE | PAST_TWO | PAST_THEY | PAST_CONSONANT;
/// The endings of a present stem that never changes.
const PRESENT: Groups = BARE | BEFORE_PRONOUN | PRESENT_THEY | PRESENT_TWO | PRESENT_WOMEN;

/// A stem on its way into the tables.
#[derive(Clone, Copy)]
struct Stem<'t> {
    /// As it is spelled in careful writing, without vowel marks.
    text: &'t str,
    kind: Kind,
    groups: Groups,
    flags: u8,
    /// How unlikely it is; ten points are about a factor of three.
    cost: u8,
    lemma: Lemma,
}

/// What the tables will hold.
#[derive(Default)]
struct Sink {
    /// By text, kind, flags, cost and lemma: the ending groups.
    stems: HashMap<(String, u8, u8, u8, Lemma), Groups>,
    /// Headword and part of speech.
    lemmas: Vec<(String, Pos)>,
    /// The frequent ones, by class and headword.
    common: HashSet<(&'static str, String)>,
}

impl Sink {
    fn put(&mut self, stem: Stem) {
        self.put_spelled(stem);
        // شؤون and مسؤول are شئون and مسئول to many writers.
        if stem.text.contains("ؤو") {
            self.put_spelled(Stem { text: &stem.text.replace("ؤو", "ئو"), ..stem });
        }
    }

    fn put_spelled(&mut self, stem: Stem) {
        let key = (stem.text.to_owned(), stem.kind as u8, stem.flags, stem.cost, stem.lemma);
        *self.stems.entry(key).or_default() |= stem.groups;
    }

    /// What a word of this class costs: `usual`, or less for one of the frequent.
    fn cost(&self, class: &'static str, headword: &str, usual: u8) -> u8 {
        if self.common.contains(&(class, headword.to_owned())) { usual - COMMON_GAIN } else { usual }
    }

    fn lemma(&mut self, headword: &str, pos: Pos) -> Lemma {
        self.lemmas.push((headword.to_owned(), pos));
        u32::try_from(self.lemmas.len() - 1).unwrap_or(u32::MAX)
    }
}

/// Packs the tables of a lexicon: pairs of a section's name and its lines. Lines that mean nothing come back beside it.
pub(super) fn tables(sections: &[(String, String)]) -> (Vec<u8>, Vec<String>) {
    let mut sink = Sink::default();
    let mut complaints = Vec::new();
    let lines = |name: &str| -> Vec<Vec<&str>> {
        let of_section = sections.iter().filter(|(section, _)| section == name);
        of_section.flat_map(|(_, text)| text.lines()).filter_map(columns).collect()
    };
    let (nouns, adjectives, verbs) = (lines("nouns"), lines("adjectives"), lines("verbs"));
    let names = lines("names");
    let listed: HashSet<&str> = nouns.iter().chain(&adjectives).map(|columns| columns[0]).collect();
    for columns in lines("common") {
        let class = ["noun", "verb", "adjective"].into_iter().find(|class| *class == columns[0]);
        match class {
            Some(class) => sink.common.extend(columns[1..].iter().map(|word| (class, (*word).to_owned()))),
            None => complaints.push(columns.join(" ")),
        }
    }
    let mut made = HashSet::new();

    for columns in lines("particles") {
        match columns.get(1) {
            _ if TRANSPARENT.contains(&columns[0]) => {}
            Some(class) if small_word(columns[0], class, &listed, &mut sink) => {}
            _ => complaints.push(columns.join(" ")),
        }
    }
    own_prefixes(&mut sink);
    for columns in &nouns {
        noun(columns, &mut sink);
    }
    for columns in &adjectives {
        adjective(columns, &mut sink);
    }
    for columns in &verbs {
        let parsed = columns.get(1).and_then(|present| Verb::parse(columns[0], present));
        match parsed {
            Some(parsed) => verb(&parsed, columns, &listed, &mut made, &mut sink),
            None => complaints.push(columns.join(" ")),
        }
    }
    for columns in &names {
        name(columns, &mut sink);
    }
    let of_names: HashSet<&str> = names.iter().map(|columns| columns[0]).collect();
    let bases = nouns.iter().chain(&names).map(|columns| columns[0].to_owned());
    let bases: Vec<String> = bases.chain(made.iter().cloned().collect::<std::collections::BTreeSet<_>>()).collect();
    for base in bases {
        if let Some(nisba) = nouns::nisba(&base)
            && !listed.contains(nisba.as_str())
            && made.insert(nisba.clone())
        {
            let lemma = sink.lemma(&nisba, Pos::Adjective);
            let cost = if of_names.contains(base.as_str()) { NISBA_COST } else { NISBA_COST + 4 };
            nouns::stems(&nisba, Bending::Adjective, lemma, cost, &mut sink);
        }
    }
    (pack::pack(&sink), complaints)
}

/// Spellings whose preposition or pronoun is split off like any other.
const TRANSPARENT: [&str; 11] =
    ["لأن", "بحيث", "لذلك", "بماذا", "بالتالي", "وحده", "وحدها", "وحدهم", "وحدك", "وحدنا", "وحدي"];

/// Particles that are met on every page.
const COMMON_PARTICLES: [&str; 32] = [
    "هل",
    "أ",
    "لا",
    "لم",
    "لن",
    "ما",
    "قد",
    "لقد",
    "سوف",
    "نعم",
    "يا",
    "إلا",
    "إن",
    "أن",
    "أيضا",
    "فقط",
    "أو",
    "أم",
    "ثم",
    "بل",
    "لكن",
    "كأن",
    "لأن",
    "إنما",
    "كي",
    "لكي",
    "إذا",
    "إذ",
    "لو",
    "كما",
    "حيث",
    "بينما",
];

/// How much likelier a frequent word is.
const COMMON_GAIN: u8 = 8;
const PLURAL_COST: u8 = 4;
const NOUN_COST: u8 = 20;
const VERB_COST: u8 = 22;
const NAME_COST: u8 = 24;
/// Verbal nouns that no line names.
const MASDAR_COST: u8 = 23;
const PARTICIPLE_COST: u8 = 26;
const NISBA_COST: u8 = 27;

/// The columns of a line, without comments.
fn columns(line: &str) -> Option<Vec<&str>> {
    let columns: Vec<&str> = line.split('#').next()?.split_whitespace().collect();
    (!columns.is_empty()).then_some(columns)
}

fn noun(columns: &[&str], sink: &mut Sink) {
    let headword = without_shadda(columns[0]);
    let lemma = sink.lemma(&headword, Pos::Noun);
    let cost = sink.cost("noun", &headword, NOUN_COST);
    if matches!(headword.as_str(), "أب" | "أخ" | "حم") {
        // They show their case in a long vowel before another noun or a pronoun: أبوها, never أبها.
        for vowel in ["و", "ا", "ي"] {
            let text = format!("{headword}{vowel}");
            let groups = BARE | BEFORE_PRONOUN;
            sink.put(Stem { text: &text, kind: Kind::Nominal, groups, flags: NO_ARTICLE, cost, lemma });
        }
        let groups = NOMINAL & !BEFORE_PRONOUN;
        sink.put(Stem { text: &headword, kind: Kind::Nominal, groups, flags: 0, cost, lemma });
    } else {
        nouns::stems(&headword, Bending::Noun, lemma, cost, sink);
    }
    for plural in &columns[1..] {
        // What may be a singular is rather one: الكتاب is the book, not the writers.
        nouns::stems(&without_shadda(plural), Bending::Plural, lemma, cost + PLURAL_COST, sink);
    }
}

fn adjective(columns: &[&str], sink: &mut Sink) {
    let headword = without_shadda(columns[0]);
    let lemma = sink.lemma(&headword, Pos::Adjective);
    let cost = sink.cost("adjective", &headword, NOUN_COST) - 1;
    nouns::stems(&headword, Bending::Adjective, lemma, cost, sink);
    for other in &columns[1..] {
        let other = without_shadda(other);
        let bending = if other.ends_with(['ى', 'ء']) { Bending::Noun } else { Bending::Plural };
        nouns::stems(&other, bending, lemma, cost + 1, sink);
    }
}

fn verb(parsed: &Verb, columns: &[&str], listed: &HashSet<&str>, made: &mut HashSet<String>, sink: &mut Sink) {
    let lemma = sink.lemma(columns[0], Pos::Verb);
    let cost = sink.cost("verb", columns[0], VERB_COST) + u8::from(!parsed.is_first_form());
    parsed.stems(lemma, cost, sink);
    let given: Vec<String> = columns[2..].iter().map(|masdar| without_shadda(masdar)).collect();
    let masdars = if given.is_empty() { parsed.masdars() } else { given };
    let is_regular = columns.len() == 2;
    for (at, masdar) in masdars.into_iter().enumerate() {
        if !listed.contains(masdar.as_str()) && made.insert(masdar.clone()) {
            let lemma = sink.lemma(&masdar, Pos::Noun);
            // فعال of the third form lives in few verbs.
            let cost = if is_regular && at > 0 { MASDAR_COST + 8 } else { MASDAR_COST };
            nouns::stems(&masdar, Bending::Noun, lemma, cost, sink);
        }
    }
    for participle in parsed.participles() {
        if !listed.contains(participle.as_str()) && made.insert(participle.clone()) {
            let lemma = sink.lemma(&participle, Pos::Adjective);
            nouns::stems(&participle, Bending::Adjective, lemma, PARTICIPLE_COST, sink);
        }
    }
}

fn name(columns: &[&str], sink: &mut Sink) {
    let lemma = sink.lemma(columns[0], Pos::Name);
    for (at, spelling) in columns.iter().enumerate() {
        let spelling = without_shadda(spelling);
        let (text, flags) = match without_article(&spelling) {
            Some(rest) => (rest, OWN_ARTICLE),
            None => (spelling.as_str(), 0),
        };
        // روسيا is rather the country than an adverb of its nisba.
        let is_country = spelling.ends_with("يا") && spelling.chars().count() >= 5;
        let cost = if is_country { NAME_COST - 12 } else { NAME_COST } + u8::from(at > 0);
        sink.put(Stem { text, kind: Kind::Name, groups: BARE | TANWIN, flags, cost, lemma });
        if let Some(base) = text.strip_suffix('ة') {
            // Without its two dots the name is still itself.
            sink.put(Stem { text: base, kind: Kind::Name, groups: FEMININE, flags, cost, lemma });
        }
    }
    if columns[0] == "الله" {
        let (kind, groups, cost) = (Kind::Name, BARE, NAME_COST - 10);
        sink.put(Stem { text: "له", kind, groups, flags: OWN_ARTICLE | ARTICLE_NEEDED, cost, lemma });
    }
}

/// Particles, pronouns and numbers; `false` when the class has no such name.
fn small_word(word: &str, class: &str, listed: &HashSet<&str>, sink: &mut Sink) -> bool {
    use Pos::*;
    let nominal_pronoun = ["نفس", "ذات", "عين", "بعض", "أحد", "إحدى", "كلا", "كلتا", "كلي", "كلتي"].contains(&word);
    let (pos, kind, cost) = match class {
        "prep" => (Preposition, Kind::Preposition, 4),
        "pron" if nominal_pronoun => (Determiner, Kind::Nominal, 14),
        "pron" => (Pronoun, Kind::Pronoun, 5),
        "dem" => (Demonstrative, Kind::Pronoun, 5),
        "rel" => (Relative, Kind::Pronoun, 4),
        "det" if ["كل", "جميع", "أي", "أكثر"].contains(&word) => (Determiner, Kind::Nominal, 10),
        "det" => (Determiner, Kind::Nominal, 14),
        "num" => (Number, Kind::Nominal, 14),
        "adv" if word == "وحد" => (Adverb, Kind::Preposition, 10),
        "adv" => (Adverb, Kind::Particle, 12),
        "aux" => (Auxiliary, Kind::Particle, 12),
        "conj" | "part" => {
            let pos = if class == "conj" { Conjunction } else { Particle };
            let kind = match word {
                "أن" | "إن" | "كأن" | "لكن" | "لأن" | "ليت" | "لعل" => Kind::Governor,
                "ما" | "لا" | "كي" | "حيث" | "متى" | "كيف" | "أين" => Kind::Pronoun,
                _ => Kind::Particle,
            };
            let cost = match word {
                _ if word.chars().count() == 1 => 30,
                _ if COMMON_PARTICLES.contains(&word) => 5,
                _ => 14,
            };
            (pos, kind, cost)
        }
        "interj" => (Interjection, Kind::Particle, 24),
        _ => return false,
    };
    let lemma = sink.lemma(headword(word, pos, listed), pos);
    match kind {
        Kind::Nominal => {
            let bending = if pos == Number || class == "det" { Bending::Plural } else { Bending::Noun };
            nouns::stems(word, bending, lemma, cost, sink);
        }
        Kind::Preposition => {
            let groups = if word.ends_with('ى') { BARE } else { BARE | BEFORE_PRONOUN };
            sink.put(Stem { text: word, kind, groups, flags: 0, cost, lemma });
            if word.ends_with("اء") {
                // وراءه and ورائه, by its case.
                let text = spelling::with_last(word, "ئ");
                sink.put(Stem { text: &text, kind, groups: BEFORE_PRONOUN, flags: 0, cost, lemma });
            }
            if let "على" | "إلى" | "لدى" = word {
                let text = spelling::with_last(word, "ي");
                sink.put(Stem { text: &text, kind, groups: BEFORE_PRONOUN, flags: 0, cost, lemma });
            }
        }
        Kind::Governor => sink.put(Stem { text: word, kind, groups: BARE | BEFORE_PRONOUN, flags: 0, cost, lemma }),
        _ => match without_article(word).filter(|_| pos == Relative) {
            Some(rest) => {
                let flags = OWN_ARTICLE | ARTICLE_NEEDED;
                sink.put(Stem { text: rest, kind: Kind::Name, groups: BARE, flags, cost, lemma });
            }
            None => sink.put(Stem { text: word, kind, groups: BARE, flags: 0, cost, lemma }),
        },
    }
    true
}

/// The lemma of a small word, of which the lexicon lists every form.
fn headword<'w>(word: &'w str, pos: Pos, listed: &HashSet<&str>) -> &'w str {
    let base = match pos {
        Pos::Number => return word.strip_suffix('ة').unwrap_or(word),
        Pos::Auxiliary if word.starts_with("ليس") || word.starts_with("لس") => return "ليس",
        Pos::Determiner if ["ذوا", "ذوي", "ذوو", "ذات", "ذاتا", "ذواتا", "ذوات"].contains(&word) =>
        {
            return "ذو";
        }
        Pos::Determiner if ["أبو", "أبا", "أبي"].contains(&word) => return "أب",
        Pos::Determiner if ["أخو", "أخا", "أخي"].contains(&word) => return "أخ",
        // كثيرا and اليوم are كثير and يوم.
        Pos::Adverb => word.strip_suffix('ا').or_else(|| word.strip_prefix("ال")),
        _ => None,
    };
    base.filter(|base| listed.contains(base)).unwrap_or(word)
}

/// ب and ل are words of their own when a pronoun follows: به، لها.
fn own_prefixes(sink: &mut Sink) {
    for (word, groups) in [("ب", BARE | BEFORE_PRONOUN), ("ل", BARE | BEFORE_PRONOUN), ("ك", BARE)] {
        let lemma = sink.lemma(word, Pos::Preposition);
        let kind = Kind::Preposition;
        sink.put(Stem { text: word, kind, groups: groups & BEFORE_PRONOUN, flags: 0, cost: 6, lemma });
        sink.put(Stem { text: word, kind, groups: BARE, flags: 0, cost: 30, lemma });
    }
}

fn without_shadda(word: &str) -> String {
    word.replace('ّ', "")
}

fn without_article(word: &str) -> Option<&str> {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_complaints(section: &str, lines: &str, expected: &[&str]) {
        let (tables, complaints) = tables(&[(section.to_owned(), lines.to_owned())]);
        assert_eq!(complaints, expected, "{section}");
        assert!(tables.len() > HEADER);
    }

    #[test]
    fn lines_without_meaning_come_back() {
        check_complaints("verbs", "كتب يكتب كتابة # a comment\nقال\n", &["قال"]);
        check_complaints("verbs", "قال قول", &["قال قول"]);
        check_complaints("particles", "في prep\nفي nothing", &["في nothing"]);
        check_complaints("common", "noun بيت\nhouse بيت", &["house بيت"]);
        check_complaints("nouns", "# alone\n\nبيت بيوت", &[]);
    }

    #[test]
    fn what_is_common_is_likelier() {
        let sections = [("nouns", "بيت بيوت\nبيات"), ("common", "noun بيت")];
        let mut sink = Sink::default();
        sink.common.insert(("noun", "بيت".to_owned()));
        assert_eq!((sink.cost("noun", "بيت", 20), sink.cost("noun", "بيات", 20)), (20 - COMMON_GAIN, 20));
        let owned = sections.map(|(name, lines)| (name.to_owned(), lines.to_owned()));
        assert_ne!(tables(&owned).0, tables(&owned[..1]).0);
    }
}

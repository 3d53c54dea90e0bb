//! Which verb is this, who is it done by, and what follows it?
//!
//! The verbs of news stand in `data/ar/verbs.txt` and `data/en/verbs.txt`, one a line; the persons and tenses are made
//! here. A form is looked up by its folded letters, without «و», «ف» and «س» before it.

use std::collections::HashMap;
use std::sync::LazyLock;

use arabic::fold::{Fold, fold};

use crate::gazetteer::Quick;

/// What a verb of news says of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It says something.
    Say,
    /// It goes on saying something.
    Add,
    /// It asks.
    Ask,
    /// It says that something is not so.
    Deny,
    /// It voices a feeling or a wish.
    Voice,
    /// It calls something names: «وصفه بأنه».
    Describe,
    /// It does something else.
    Other,
}

/// What the reported words come after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Complements(u8);

impl Complements {
    /// أن, إن
    pub(crate) const THAT: Complements = Complements(1);
    /// بأن
    pub(crate) const BY_THAT: Complements = Complements(2);
    /// إلى
    pub(crate) const TO: Complements = Complements(4);
    /// على
    pub(crate) const ON: Complements = Complements(8);
    /// من
    pub(crate) const FROM: Complements = Complements(16);
    /// عن
    pub(crate) const ABOUT: Complements = Complements(32);
    /// بـ
    pub(crate) const BY: Complements = Complements(64);
    /// The bare noun.
    pub(crate) const NOUN: Complements = Complements(128);

    pub(crate) const fn has(self, other: Complements) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Complements) -> Complements {
        Complements(self.0 | other.0)
    }
}

/// The tense, or that it stands beside another verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Perfect,
    Imperfect,
    /// With «س».
    Future,
    /// «قائلا»
    Participle,
}

/// What the form shows of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// He, they of men.
    Masculine,
    /// She, they of women and of things.
    Feminine,
}

/// What the form shows of how many there are. A verb before its subject is singular whatever follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// One.
    Singular,
    /// Two.
    Dual,
    /// More.
    Plural,
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The verb in its line: the perfect, third person.
    pub(crate) lemma: &'static str,
    pub(crate) class: Class,
    pub(crate) complements: Complements,
    pub(crate) tense: Tense,
    /// None where the form is of either, or of the first person.
    pub(crate) gender: Option<Gender>,
    pub(crate) number: Number,
}

impl Form {
    /// Whether it says something, in any manner.
    pub(crate) fn says(&self) -> bool {
        self.class != Class::Other && self.class != Class::Describe
    }
}

/// The form that the folded `key` is, with «و», «ف», «س» before it or not.
pub(crate) fn form(key: &str) -> Option<Form> {
    if let Some(found) = FORMS.get(key) {
        return Some(*found);
    }
    let bare = key.strip_prefix(['و', 'ف']);
    if let Some(found) = bare.and_then(|bare| FORMS.get(bare)) {
        return Some(*found);
    }
    let future = bare.unwrap_or(key).strip_prefix('س')?;
    let found = FORMS.get(future).filter(|form| form.tense == Tense::Imperfect)?;
    Some(Form { tense: Tense::Future, ..*found })
}

/// Whether the folded `key`, without «و» and «ف», is a verb of news in the perfect.
pub(crate) fn is_perfect(key: &str) -> bool {
    FORMS.get(key).is_some_and(|form| form.tense == Tense::Perfect)
}

/// The verb that the folded `key` is a form of, whatever it does, with «و», «ف», «س» before it or not.
pub(crate) fn any_form(key: &str) -> Option<&'static str> {
    form(key).filter(|form| form.tense != Tense::Participle).map(|form| form.lemma)
}

/// Gives all forms of an Arabic verb, folded, without what is joined to them.
pub(crate) fn all_forms(perfect: &str, imperfect: &str, mut put: impl FnMut(String)) {
    arabic_forms(perfect, imperfect, |form, _, _, _| put(form));
    // The jussive of hollow and weak verbs: «لم يزر», «لم يلتق», «لم يجر».
    let imperfect = key(imperfect);
    let letters: Vec<char> = imperfect.chars().collect();
    if let [.., long @ ('و' | 'ي'), last] = letters[..]
        && letters.len() == 4
    {
        let _ = long;
        let stem: String = letters[1..2].iter().chain([&last]).collect();
        put(format!("ي{stem}"));
        put(format!("ت{stem}"));
    }
}

const ARABIC: &str = include_str!("../data/ar/verbs.txt");
const ENGLISH: &str = include_str!("../data/en/verbs.txt");

static FORMS: LazyLock<HashMap<String, Form, Quick>> = LazyLock::new(|| {
    let mut forms = HashMap::default();
    for (perfect, imperfect, participle, class, complements) in rows(ARABIC) {
        let form = |tense, gender, number| Form { lemma: perfect, class, complements, tense, gender, number };
        arabic_forms(perfect, imperfect, |word, tense, gender, number| {
            forms.entry(word).or_insert(form(tense, gender, number));
        });
        if participle != "-" {
            let stem = key(participle);
            let stem = stem.trim_end_matches('ا');
            for (ending, gender, number) in [
                ("ا", Some(Gender::Masculine), Number::Singular),
                ("ه", Some(Gender::Feminine), Number::Singular),
                ("ين", Some(Gender::Masculine), Number::Plural),
            ] {
                forms.entry(format!("{stem}{ending}")).or_insert(form(Tense::Participle, gender, number));
            }
        }
    }
    for (past, present, participle, class, complements) in rows(ENGLISH) {
        let form = |tense| Form { lemma: past, class, complements, tense, gender: None, number: Number::Singular };
        for (words, tense) in [(past, Tense::Perfect), (present, Tense::Imperfect), (participle, Tense::Participle)] {
            for word in words.split('/').filter(|word| *word != "-") {
                forms.entry(word.to_owned()).or_insert(form(tense));
            }
        }
    }
    forms
});

type Row = (&'static str, &'static str, &'static str, Class, Complements);

fn rows(file: &'static str) -> impl Iterator<Item = Row> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split_whitespace();
        let words = (columns.next()?, columns.next()?, columns.next()?);
        let class = match columns.next()? {
            "say" => Class::Say,
            "add" => Class::Add,
            "ask" => Class::Ask,
            "deny" => Class::Deny,
            "voice" => Class::Voice,
            "describe" => Class::Describe,
            _ => Class::Other,
        };
        let complements = columns.next().unwrap_or("-").split(',').fold(Complements::default(), |all, one| {
            Complements(
                all.0
                    | match one {
                        "ان" | "that" => Complements::THAT.0,
                        "بان" => Complements::BY_THAT.0,
                        "الي" => Complements::TO.0,
                        "علي" => Complements::ON.0,
                        "من" => Complements::FROM.0,
                        "عن" => Complements::ABOUT.0,
                        "ب" => Complements::BY.0,
                        "اسم" => Complements::NOUN.0,
                        _ => 0,
                    },
            )
        });
        Some((words.0, words.1, words.2, class, complements))
    })
}

fn arabic_forms(perfect: &str, imperfect: &str, mut put: impl FnMut(String, Tense, Option<Gender>, Number)) {
    use Gender::{Feminine, Masculine};
    // Before it is folded: «هنأ» is not weak.
    let weak = perfect.ends_with(['ى', 'ي', 'ا']);
    let (perfect, imperfect) = (&key(perfect), &key(imperfect));
    let stem: &str = if weak { &perfect[..perfect.len() - 'ي'.len_utf8()] } else { perfect.as_str() };
    put(perfect.clone(), Tense::Perfect, Some(Masculine), Number::Singular);
    put(format!("{stem}ت"), Tense::Perfect, Some(Feminine), Number::Singular);
    put(format!("{stem}وا"), Tense::Perfect, Some(Masculine), Number::Plural);
    put(if weak { format!("{stem}يا") } else { format!("{stem}ا") }, Tense::Perfect, Some(Masculine), Number::Dual);
    put(format!("{stem}تا"), Tense::Perfect, Some(Feminine), Number::Dual);
    put(if weak { format!("{stem}ينا") } else { format!("{stem}نا") }, Tense::Perfect, None, Number::Plural);
    let Some(rest) = imperfect.strip_prefix('ي') else { return };
    let open = rest.ends_with('ي') || rest.ends_with('و');
    let base = if open { &rest[..rest.len() - 'ي'.len_utf8()] } else { rest };
    put(format!("ي{rest}"), Tense::Imperfect, Some(Masculine), Number::Singular);
    put(format!("ت{rest}"), Tense::Imperfect, Some(Feminine), Number::Singular);
    put(format!("ي{base}ون"), Tense::Imperfect, Some(Masculine), Number::Plural);
    put(format!("ي{rest}ان"), Tense::Imperfect, Some(Masculine), Number::Dual);
    put(format!("ت{rest}ان"), Tense::Imperfect, Some(Feminine), Number::Dual);
    put(format!("ن{rest}"), Tense::Imperfect, None, Number::Plural);
    // The jussive of weak verbs, after لم: «لم ينف», «لم يقل» stand in the table of the negated where they matter.
    if open {
        put(format!("ي{base}"), Tense::Imperfect, Some(Masculine), Number::Singular);
        put(format!("ت{base}"), Tense::Imperfect, Some(Feminine), Number::Singular);
    }
}

fn key(word: &str) -> String {
    fold(word, Fold::KEY).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Option<(&str, Tense, Option<Gender>, Number)>) {
        let found = form(&key(word)).map(|form| (form.lemma, form.tense, form.gender, form.number));
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn forms_are_found_with_what_is_joined_to_them() {
        use Gender::{Feminine, Masculine};
        use Number::{Plural, Singular};
        check("قال", Some(("قال", Tense::Perfect, Some(Masculine), Singular)));
        check("وقالت", Some(("قال", Tense::Perfect, Some(Feminine), Singular)));
        check("ستقول", Some(("قال", Tense::Future, Some(Feminine), Singular)));
        check("مضيفةً", Some(("أضاف", Tense::Participle, Some(Feminine), Singular)));
        check("نفت", Some(("نفى", Tense::Perfect, Some(Feminine), Singular)));
        check("ينفون", Some(("نفى", Tense::Imperfect, Some(Masculine), Plural)));
        check("وتعهدا", Some(("تعهد", Tense::Perfect, Some(Masculine), Number::Dual)));
        check("said", Some(("said", Tense::Perfect, None, Singular)));
        check("مقال", None);
        check("و", None);
    }

    #[test]
    fn complements_are_read() {
        let complements = form("اكد").map(|form| form.complements);
        assert!(complements.is_some_and(|it| it.has(Complements::THAT) && it.has(Complements::NOUN)));
        assert!(complements.is_some_and(|it| !it.has(Complements::ABOUT)));
    }
}

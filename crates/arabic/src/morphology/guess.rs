//! What is to be made of a word that the lexicon does not know?
//!
//! Only clitics that show themselves come off: the article with what stands before it, the letters of a present verb
//! with its endings, a pronoun of two letters after enough of a stem. A foreign name keeps its letters.

use super::affixes::{Prefix, letter, prefixes};
use super::parse::Parse;
use super::word::Word;

/// The likeliest division of an unknown word, and others.
pub(super) fn guesses(word: &Word) -> Vec<Parse> {
    let mut found = Vec::new();
    for prefix in prefixes(word) {
        let rest = word.len - prefix.len;
        let Some(cost) = prefix_cost(word, &prefix, rest) else { continue };
        let whole = Parse { prefix, end: word.len, pronoun: word.len, entry: None, cost };
        found.push(whole);
        if !prefix.article && !word.has_tanwin {
            for (pronoun, most, cost) in PRONOUNS {
                if word.letters().ends_with(pronoun)
                    && rest >= pronoun.len() + most
                    && word.written[word.len - 1] != TA_MARBUTA
                {
                    let at = word.len - pronoun.len();
                    let cost = (i32::from(whole.cost) + cost).max(0) as u16;
                    found.push(Parse { end: at, pronoun: at, cost, ..whole });
                }
            }
        }
    }
    found.sort_by_key(|parse| parse.cost);
    found
}

const TA_MARBUTA: u8 = 9;

/// Pronouns that an unknown word may bear, how many letters must remain, and what the reading costs more than the
/// whole word.
const PRONOUNS: [(&[u8], usize, i32); 5] =
    [(&[39, 37, 7], 3, -8), (&[39, 7], 3, -6), (&[39, 37], 4, -4), (&[39], 4, -2), (&[38, 7], 5, 4)];

/// What an unknown word without clitics costs.
pub(super) const WHOLE: u16 = 60;

fn prefix_cost(word: &Word, prefix: &Prefix, rest: usize) -> Option<u16> {
    if prefix.question {
        return None;
    }
    if prefix.article {
        return (rest >= 3).then_some(WHOLE - 10 + prefix.cost / 4);
    }
    if prefix.person != 0 {
        // سيفعل: the lexicon has nearly every verb, so that سيغال is rather a name.
        let is_future = prefix.future && rest >= 3;
        return is_future.then_some(if prefix.conjunction != 0 { WHOLE - 8 } else { WHOLE + 5 });
    }
    match (prefix.conjunction, prefix.preposition) {
        (0, 0) => Some(WHOLE),
        (letter::WAW, 0) if rest >= 4 && !looks_foreign(word) => Some(WHOLE - 2),
        (letter::WAW, 0) if rest >= 3 => Some(WHOLE + 6),
        (letter::WAW, _) if rest >= 4 => Some(WHOLE + 8),
        (_, 0) if rest >= 4 => Some(WHOLE + 10),
        (0, _) if rest >= 4 => Some(WHOLE + 8),
        _ => None,
    }
}

/// Whether و seems to be the first letter of a name: ويليام، واشنطن، وودز.
fn looks_foreign(word: &Word) -> bool {
    matches!(word.folded[1], letter::YA | letter::WAW)
        || word.folded[1] == letter::ALEF && word.written[1] == letter::ALEF && word.folded[2] != letter::NUN
}

/// The letters of the stem of an unknown word that all its forms share.
pub(super) fn light_stem(letters: &[u8]) -> &[u8] {
    for (ending, most) in ENDINGS {
        if let Some(rest) = letters.strip_suffix(*ending)
            && rest.len() >= *most
        {
            return rest;
        }
    }
    letters
}

/// Folded endings, longest first, and how many letters must remain.
const ENDINGS: &[(&[u8], usize)] = &[
    (&[42, 42, 38], 3), // يين
    (&[42, 7, 10], 3),  // يات
    (&[42, 39], 3),     // ية
    (&[42, 7], 3),      // يا
    (&[7, 10], 3),      // ات
    (&[40, 38], 3),     // ون
    (&[42, 38], 3),     // ين
    (&[7, 38], 4),      // ان
    (&[39], 3),         // ة
    (&[42], 3),         // ي
    (&[7], 3),          // ا
];

//! By which words would somebody look for this? For short texts that need no index of meanings: comments, pictures.
//!
//! A word is folded as search folds it (hamza, alef, ya, ta marbuta, harakat, tatweel, case), and found with or without
//! what Arabic writes before it: «وللصين» by «الصين» and by «صين».

use arabic::fold::{Fold, fold};
use arabic::words::tokens;

/// What is written before a word together with the article.
const WITH_ARTICLE: &[&str] = &["وبال", "فبال", "وكال", "فكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال"];
/// What is written before a word without an article; it may as well be the word's own first letter.
const WITHOUT: &[char] = &['و', 'ف', 'ب', 'ك', 'ل'];
/// What is left of a word has at least three letters.
const SHORTEST: usize = 3;
/// Longer words are not looked for; nobody types them.
const LONGEST: usize = 60;

/// The words that are looked for, each in the one form by which it is found.
#[must_use]
pub fn wanted(text: &str) -> Vec<String> {
    let folded = fold(text, Fold::KEY);
    let mut words: Vec<String> = words(&folded).map(|word| bare(word).to_owned()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Every form under which a word of the text may be looked for, each once, in order.
#[must_use]
pub fn forms(text: &str) -> Vec<String> {
    let folded = fold(text, Fold::KEY);
    let mut forms = Vec::new();
    for word in words(&folded) {
        forms.push(bare(word).to_owned());
        forms.extend(without_letter(word).map(|rest| bare(rest).to_owned()));
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Do all of these words, as [`wanted`] gives them, stand in the text, or begin a word in it?
#[must_use]
pub fn stand_in(wanted: &[String], text: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let forms = forms(text);
    wanted.iter().all(|word| {
        let at = forms.partition_point(|form| form.as_str() < word.as_str());
        forms.get(at).is_some_and(|form| form.starts_with(word.as_str()))
    })
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    tokens(folded).map(|token| token.text).filter(|word| word.chars().count() <= LONGEST)
}

/// A word without the article and what stands before that.
fn bare(word: &str) -> &str {
    let mut rests = WITH_ARTICLE.iter().filter_map(|prefix| word.strip_prefix(prefix));
    rests.find(|rest| rest.chars().count() >= SHORTEST).unwrap_or(word)
}

fn without_letter(word: &str) -> Option<&str> {
    word.strip_prefix(WITHOUT).filter(|rest| rest.chars().count() >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_however_it_is_written() {
        let check = |asked: &str, text: &str, found: bool| {
            assert_eq!(stand_in(&wanted(asked), text), found, "«{asked}» in «{text}»");
        };
        check("الصين", "سافر وللصين عاد", true);
        check("صين", "بالصّين", true);
        check("الكتاب", "كتاب جديد", true);
        check("كتاب", "والكتاب", true);
        check("بكين", "زار وبكين", true);
        check("مدرسه", "مدرسةٌ", true);
        check("أحمد إسلام", "احمد واسلام", true);
        check("SILK road", "the Silk Road's end", true);
        check("كتا", "والكتاب", true);
        check("", "أي شيء", true);
        check("الصين", "اليابان", false);
        check("تاب", "الكتاب", false);
        check("أحمد محمود", "احمد", false);
        check("2026", "في عام 2026", true);
    }

    #[test]
    fn forms_are_few() {
        let check = |text: &str, expected: &[&str]| {
            let mut expected: Vec<_> = expected.iter().map(|form| (*form).to_owned()).collect();
            expected.sort_unstable();
            assert_eq!(forms(text), expected, "{text}");
        };
        check("والصين وبكين", &["صين", "وبكين", "بكين"]);
        check("  …! ", &[]);
    }
}

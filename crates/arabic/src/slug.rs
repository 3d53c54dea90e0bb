//! What is the address of this title?
//!
//! A slug is readable: Arabic stays Arabic, hamza and all. Beside WordPress it differs in three habits. WordPress keeps
//! the slug percent-encoded in lower case (`%d8%a7…`) and cuts it at 200 encoded bytes, in the middle of a word or even
//! of a letter; here the slug is text, the encoding is left to the maker of the address, and it is cut between words at
//! [`MAX_SLUG_CHARS`]. WordPress drops a comma without a trace («a,b» → `ab`) and keeps an Arabic one; here every
//! punctuation mark parts words, apostrophes excepted. And harakat and tatweel, which WordPress keeps, go.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fold::{Fold, fold};

/// The longest slug, in Unicode scalar values.
pub const MAX_SLUG_CHARS: usize = 120;

const SPELLING: Fold = Fold::PRESENTATION_FORMS
    .with(Fold::INVISIBLES)
    .with(Fold::TATWEEL)
    .with(Fold::HARAKAT)
    .with(Fold::DIGITS)
    .with(Fold::CASE);

/// Marks inside a word that do not part it: «it's» is `its`.
const APOSTROPHES: &[char] = &['\'', '’', '‘', 'ʼ', '＇', '`', '´'];

/// The slug of `title`: its words in lower case, joined by `-`, in NFC, at most [`MAX_SLUG_CHARS`] long. Empty only
/// when the title has neither letter nor digit.
///
/// ```
/// assert_eq!(arabic::slug::slug("الصين وروسيا: قمّةٌ جديدة في ٢٠٢٠!"), "الصين-وروسيا-قمة-جديدة-في-2020");
/// ```
pub fn slug(title: &str) -> String {
    let title: String = title.chars().filter(|c| !APOSTROPHES.contains(c)).collect();
    let mut slug = String::new();
    let mut length = 0;
    for word in words(&fold(&title, SPELLING)) {
        let word_length = word.chars().count();
        if length == 0 {
            slug.extend(word.chars().take(MAX_SLUG_CHARS));
        } else if length + 1 + word_length <= MAX_SLUG_CHARS {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
        length += word_length + usize::from(length > 0);
    }
    slug.nfc().collect()
}

/// Whether `text` is a slug as [`slug`] makes them.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && slug(text) == text
}

/// Runs of letters, digits and the marks that belong to them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .map(|word| word.trim_start_matches(is_combining_mark))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_slug(title: &str, expected: &str) {
        assert_eq!(slug(title), expected, "slug of {title:?}");
        assert_eq!(is_slug(expected), !expected.is_empty(), "{expected:?}");
    }

    #[test]
    fn titles_become_addresses() {
        check_slug("الصين وروسيا: شراكة «استراتيجية»", "الصين-وروسيا-شراكة-استراتيجية");
        check_slug("إلى أين؟ مسؤولية الهيئة", "إلى-أين-مسؤولية-الهيئة");
        check_slug("المُحرِّرُ كـــتب", "المحرر-كتب");
        check_slug("قمة ٢٠٢٠", "قمة-2020");
        check_slug("Xi Jinping's  Visit — to Cairo", "xi-jinpings-visit-to-cairo");
        check_slug("“الصين”، روسيا…", "الصين-روسيا");
        check_slug("الصين،روسيا", "الصين-روسيا");
        check_slug("الصـ\u{200B}ين\u{202E}", "الصين");
        check_slug("ﷲ ﻻ", "الله-لا");
        check_slug("می\u{200C}خواهم", "میخواهم");
        check_slug("习近平访问开罗", "习近平访问开罗");
        check_slug("Ельцин и Клинтон", "ельцин-и-клинтон");
        check_slug("हिन्दी में", "हिन्दी-में");
        check_slug("U.S.", "u-s");
        check_slug("--a--", "a");
        check_slug("!؟ 🙂", "");
        check_slug("", "");
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let long = slug(&"كلمات ".repeat(50));
        assert!(long.chars().count() <= MAX_SLUG_CHARS && long.ends_with("كلمات"), "{long}");
        assert_eq!(slug(&"ب".repeat(300)).chars().count(), MAX_SLUG_CHARS);
        assert_eq!(slug(&format!("أول {}", "ب".repeat(300))), "أول");
    }

    #[test]
    fn what_is_no_slug_is_told() {
        assert!(!is_slug("Xi") && !is_slug("a b") && !is_slug("-a") && !is_slug("٢٠٢٠") && !is_slug(""));
    }

    proptest! {
        #[test]
        fn slugs_are_idempotent_and_short(title in crate::fold::tests::text()) {
            let once = slug(&title);
            prop_assert_eq!(slug(&once), once.as_str());
            prop_assert!(once.chars().count() <= MAX_SLUG_CHARS);
            prop_assert!(!once.contains("--") && !once.starts_with('-') && !once.ends_with('-'));
        }

        #[test]
        fn no_title_with_a_letter_is_lost(before in "\\PC{0,9}", letter in "[a-zأ-غف-ي0-9٠-٩]", after in "\\PC{0,9}") {
            let title = format!("{before}{letter}{after}");
            prop_assert!(!slug(&title).is_empty());
        }
    }
}

//! Where does this name stand in a list?
//!
//! An Arabic reader looks for «الصين» under ص and for «أحمد» beside «احمد». The key is the folded name without its
//! leading article; keys compare by code point, which for Arabic letters is the order of the alphabet.

use unicode_normalization::char::is_combining_mark;

use crate::fold::{Fold, fold};
use crate::invisible::is_arabic_letter;

/// The key by which `name` is sorted. Names with one key are the same to a reader of the list.
///
/// ```
/// let mut names = vec!["روسيا", "الصين", "إيران", "اليابان", "ألمانيا"];
/// names.sort_by_key(|name| arabic::sort::sort_key(name));
/// assert_eq!(names, ["ألمانيا", "إيران", "روسيا", "الصين", "اليابان"]);
/// ```
pub fn sort_key(name: &str) -> String {
    let spelled = fold(name, SPELLING);
    let name = spelled.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    fold(without_article(name), Fold::KEY).into_owned()
}

/// The hamza stays, because it tells the alef of «ألمانيا» from that of an article.
const SPELLING: Fold = Fold::KEY.without(Fold::HAMZA_ON_ALEF);

const ARTICLES: &[&str] = &["ال", "ٱل"];

fn without_article(name: &str) -> &str {
    let first = name.split(|c: char| !is_arabic_letter(c)).next().unwrap_or_default();
    if OWN_ALEF_LAM.contains(&first) || OWN_ALEF_LAM_STEMS.iter().any(|stem| first.starts_with(stem)) {
        return name;
    }
    let Some(bare) = ARTICLES.iter().find_map(|article| name.strip_prefix(article)) else { return name };
    if bare.chars().take_while(|&c| is_arabic_letter(c)).count() >= 2 { bare } else { name }
}

/// Words that begin with ا and ل of their own, as [`SPELLING`] writes them: God's name, relative pronouns, small words
/// and names that are often typed without their hamza.
const OWN_ALEF_LAM: &[&str] = &[
    "الله",
    "اللهم",
    "الذي",
    "التي",
    "الذين",
    "اللذان",
    "اللتان",
    "اللواتي",
    "الا",
    "الي",
    "الف",
    "الان",
    "الياس",
    "اليسا",
    "الاسكا",
    "الاباما",
    "الب",
    "البا",
    "الفا",
    "الين",
    "اليكس",
    "الدورادو",
    "الكترا",
];

/// Beginnings of such words: nouns of the eighth form from roots in ل, and foreign names.
const OWN_ALEF_LAM_STEMS: &[&str] = &[
    "التزام",
    "التحاق",
    "التقاء",
    "التفات",
    "التفاف",
    "التهاب",
    "التماس",
    "التباس",
    "التحام",
    "التواء",
    "التقاط",
    "التهام",
    "التجاء",
    "المانيا",
    "الماني",
    "المان",
    "البانيا",
    "الباني",
    "البرت",
    "الفريد",
    "الفونس",
    "الكسندر",
    "الكساندر",
    "اليزابيث",
    "الكترون",
    "الماس",
    "البوم",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_key(name: &str, expected: &str) {
        assert_eq!(sort_key(name), expected, "{name:?}");
    }

    #[test]
    fn the_article_is_passed_over() {
        check_key("الصين", "صين");
        check_key("اَلصِّين", "صين");
        check_key("ٱلصين", "صين");
        check_key("«الأهرام»", "اهرام");
        check_key("الأمم المتحدة", "امم المتحده");
        check_key("الإمارات", "امارات");
    }

    #[test]
    fn an_alef_and_lam_of_the_word_stay() {
        check_key("ألمانيا", "المانيا");
        check_key("المانيا", "المانيا");
        check_key("إلى الأمام", "الي الامام");
        check_key("إلياس", "الياس");
        check_key("الله", "الله");
        check_key("التزامات", "التزامات");
        check_key("ألف ليلة", "الف ليله");
        check_key("ال", "ال");
        check_key("الم", "الم");
    }

    #[test]
    fn spellings_of_one_name_meet() {
        check_key("أحمد", "احمد");
        check_key("احمـد", "احمد");
        check_key(" Xi Jinping ", "xi jinping");
        check_key("", "");
    }

    proptest! {
        #[test]
        fn keys_are_folded(name in crate::fold::tests::text()) {
            let key = sort_key(&name);
            prop_assert_eq!(fold(&key, Fold::KEY), key.as_str());
        }
    }
}

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

fn check_fold(set: Fold, text: &str, expected: &str) {
    assert_eq!(fold(text, set), expected, "{set:?} of {text:?}");
    assert_eq!(Folded::new(text, set).text(), expected, "{set:?} of {text:?}, with origins");
}

#[test]
fn each_fold_does_its_own_work() {
    check_fold(Fold::NFC, "ا\u{0654}حمد", "أحمد");
    check_fold(Fold::NFC, "أ\u{0655}", "إ\u{0654}");
    check_fold(Fold::NFC, "أ\u{0363}\u{0654}", "أ\u{0363}\u{0654}");
    check_fold(Fold::NFC, "أَ\u{0654}", "أَ\u{0654}");
    check_fold(Fold::NFC, "م\u{0651}\u{064E}", "م\u{064E}\u{0651}");
    check_fold(Fold::NFC, "\u{1112}\u{1161}\u{11AB}", "한");
    check_fold(Fold::NFC, "مـدرسة", "مـدرسة");
    check_fold(Fold::PRESENTATION_FORMS, "ﷲ", "الله");
    check_fold(Fold::PRESENTATION_FORMS, "ﻻ ﻷ ﻹ ﻵ", "لا لأ لإ لآ");
    check_fold(Fold::PRESENTATION_FORMS, "ﺍﻟﺼﻴﻦ", "الصين");
    check_fold(Fold::PRESENTATION_FORMS, "ﷺ", "صلى الله عليه وسلم");
    check_fold(Fold::PRESENTATION_FORMS, "مﹷ", "مَ");
    check_fold(Fold::PRESENTATION_FORMS, "ﬁn ﻡ", "ﬁn م");
    check_fold(Fold::TATWEEL, "الـــصين", "الصين");
    check_fold(Fold::HARAKAT, "المُحَرِّرُ", "المحرر");
    check_fold(Fold::HARAKAT, "هٰذا الرَّحْمٰن", "هذا الرحمن");
    check_fold(Fold::HARAKAT, "آمَنَ أُحِبُّ", "آمن أحب");
    check_fold(Fold::HARAKAT, "ٱلۡحَمۡدُ", "ٱلحمد");
    check_fold(Fold::HAMZA_ON_ALEF, "أحمد إلى آخر ٱلكتاب", "احمد الى اخر الكتاب");
    check_fold(Fold::HAMZA_ON_ALEF, "سؤال شيئ", "سؤال شيئ");
    check_fold(Fold::HAMZA_ON_CARRIER, "مسؤول هيئة سماء", "مسوول هيية سماء");
    check_fold(Fold::ALEF_MAKSURA, "مستشفى", "مستشفي");
    check_fold(Fold::TA_MARBUTA, "مدرسة", "مدرسه");
    check_fold(Fold::PERSIAN_URDU, "کتابی گہ ھ ں", "كتابي كه ه ن");
    check_fold(Fold::PERSIAN_URDU, "پاکستان", "پاكستان");
    check_fold(Fold::DIGITS, "٢٠٢٠ و۱۴۴۲", "2020 و1442");
    check_fold(Fold::CASE, "Xi JINPING Ельцин ΣΟΦΟΣ", "xi jinping ельцин σοφοσ");
    check_fold(Fold::INVISIBLES, "ال\u{200B}ص\u{200D}ين\u{202E}", "الصين");
    check_fold(Fold::STRAY_CONTROLS, "می\u{200C}خواهم\u{202E}", "می\u{200C}خواهم");
    check_fold(Fold::LOOK_ALIKES, "پاریس", "باریس");
    check_fold(Fold::LOOK_ALIKES, "Саsіnо", "casino");
    check_fold(Fold::LOOK_ALIKES, "ｃａｓｉｎｏ 𝐜𝐚𝐬𝐢𝐧𝐨 ⓒⓐⓢⓘⓝⓞ cásìñø", "casino casino casino casino");
}

#[test]
fn presets_join_what_belongs_together() {
    check_fold(Fold::INTAKE, "ﻣُﺤﻤﺪ\u{200F} ـ\u{200B}", "مُحمد ـ");
    check_fold(Fold::INTAKE, "«الصين» – 2020", "«الصين» – 2020");
    check_fold(Fold::KEY, "إسرائيل", "اسراييل");
    check_fold(Fold::KEY, "اسرائيل", "اسراييل");
    check_fold(Fold::KEY, "مدرسۃ", "مدرسه");
    check_fold(Fold::KEY, "شي جين بينغ XI ٢٠١٢", "شي جين بينغ xi 2012");
    check_fold(Fold::KEY, "Путин", "путин");
    check_fold(Fold::DISGUISE, "ڪـآزيـنُـﯙ", "كازينو");
    check_fold(Fold::DISGUISE, "C\u{200B}АSΙNО", "casino");
}

#[test]
fn sets_compose() {
    let set = Fold::TATWEEL | Fold::HARAKAT;
    assert!(set.contains(Fold::TATWEEL) && !set.contains(Fold::DIGITS));
    assert_eq!(set.without(Fold::HARAKAT), Fold::TATWEEL);
    assert_eq!(format!("{set:?}"), "NFC | TATWEEL | HARAKAT");
    check_fold(set, "كِـتاب", "كتاب");
}

#[test]
fn what_is_folded_already_is_borrowed() {
    assert!(matches!(fold("قال شي جين بينغ in 2020", Fold::INTAKE), Cow::Borrowed(_)));
    assert!(matches!(fold("مُحمد", Fold::INTAKE), Cow::Borrowed(_)));
    assert!(matches!(fold("مُحمد", Fold::KEY), Cow::Owned(_)));
}

fn check_origin(text: &str, set: Fold, found: &str, original: &str) {
    let folded = Folded::new(text, set);
    let start = folded.text().find(found).expect("the folded text has it");
    assert_eq!(&text[folded.origin(start..start + found.len())], original, "{found:?} in {text:?}");
}

#[test]
fn the_way_back_covers_marks_and_ligatures() {
    check_origin("قال الرَّئِيسُ اليوم", Fold::KEY, "الرييس", "الرَّئِيسُ");
    check_origin("في مـــصر", Fold::KEY, "مصر", "مـــصر");
    check_origin("عبد ﷲ بن", Fold::KEY, "الله", "ﷲ");
    check_origin("عبد ﷲ بن", Fold::KEY, "ل", "ﷲ");
    check_origin("سنة ٢٠٢٠ م", Fold::KEY, "2020", "٢٠٢٠");
    check_origin("ا\u{0654}حمد", Fold::NFC, "أ", "ا\u{0654}");
    check_origin("ا\u{0654}حمد", Fold::KEY, "احمد", "ا\u{0654}حمد");
    check_origin("قال Xi", Fold::KEY, "xi", "Xi");
}

#[test]
fn ranges_past_the_end_are_cut() {
    let folded = Folded::new("مُحمد", Fold::KEY);
    assert_eq!(folded.origin(0..999), 0.."مُحمد".len());
    assert_eq!(folded.origin(999..1000), "مُحمد".len().."مُحمد".len());
    assert_eq!(Folded::new("ـ", Fold::KEY).origin(0..1), 2..2);
}

const PRESETS: &[Fold] = &[Fold::INTAKE, Fold::KEY, Fold::DISGUISE];

/// Every character outside the blocks of Han and Hangul, alone and between letters: folding twice is folding once.
#[test]
fn folds_are_idempotent_on_every_character() {
    let characters =
        ('\0'..'\u{3400}').chain('\u{A000}'..'\u{AC00}').chain('\u{E000}'..'\u{17000}').chain('\u{1D000}'..'\u{20000}');
    for c in characters {
        for &set in PRESETS {
            for text in [format!("{c}"), format!("ا{c}ب")] {
                let once = fold(&text, set).into_owned();
                assert_eq!(fold(&once, set), once, "{set:?} of {text:?}");
            }
        }
    }
}

const OTHERS: &str = "🏴👩🚀❤\u{FE0F}\u{200C}\u{200D}क्षᄒ\u{1161}\u{11AB}Aa1-.٣۴'’";

/// Strings that are rich in what folds touch.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        4 => proptest::char::range('\u{0600}', '\u{06FF}'),
        2 => proptest::sample::select("اأإآٱلويىئؤةهـَُِّْٰٔٓ ".chars().collect::<Vec<_>>()),
        1 => proptest::char::range('\u{FB50}', '\u{FEFF}'),
        1 => proptest::char::range('\u{200B}', '\u{206F}'),
        1 => proptest::char::range('\u{0300}', '\u{036F}'),
        1 => proptest::char::range('\u{E0020}', '\u{E007F}'),
        1 => proptest::sample::select(OTHERS.chars().collect::<Vec<_>>()),
        2 => any::<char>(),
    ];
    proptest::collection::vec(c, 0..40).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn nfc_is_that_of_unicode(text in text()) {
        prop_assert_eq!(fold(&text, Fold::NFC), text.nfc().collect::<String>());
    }

    #[test]
    fn folds_are_idempotent_and_canonical(text in text(), bits in 0u16..1 << 13) {
        let set = Fold(bits);
        let set = if bits >> 12 == 1 { set | Fold::LOOK_ALIKES } else { set };
        let once = fold(&text, set).into_owned();
        prop_assert_eq!(fold(&once, set), once.clone());
        prop_assert!(unicode_normalization::is_nfc(&once));
        let folded = Folded::new(&text, set);
        prop_assert_eq!(folded.text(), once);
    }

    #[test]
    fn origins_are_on_boundaries_and_in_order(text in text(), bits in 0u16..1 << 12, a in 0usize..99, b in 0usize..99) {
        let folded = Folded::new(&text, Fold(bits));
        let origin = folded.origin(a..b);
        prop_assert!(origin.start <= origin.end && origin.end <= text.len());
        prop_assert!(text.is_char_boundary(origin.start) && text.is_char_boundary(origin.end));
        let wider = folded.origin(a..b + 3);
        prop_assert!(wider.start == origin.start && (a >= b || wider.end >= origin.end));
    }
}

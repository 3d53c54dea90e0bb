use proptest::prelude::*;

use super::*;
use crate::fold::tests::text;

fn check_segments(word: &str, expected: &str) {
    let found: Vec<&str> = segments(word).into_iter().map(|range| &word[range]).collect();
    assert_eq!(found.join("+"), expected, "{word}: {:?}", analyse(word));
}

#[test]
fn conjunctions_and_prepositions_part() {
    check_segments("والتعاون", "و+التعاون");
    check_segments("للتعاون", "ل+لتعاون");
    check_segments("بالتعاون", "ب+التعاون");
    check_segments("تعاونهما", "تعاون+هما");
    check_segments("للصين", "ل+لصين");
    check_segments("وللصين", "و+ل+لصين");
    check_segments("كرئيس", "ك+رئيس");
    check_segments("فقال", "ف+قال");
    check_segments("وبمدارسهم", "و+ب+مدارس+هم");
    check_segments("بهذا", "ب+هذا");
    check_segments("لذلك", "ل+ذلك");
    check_segments("لله", "ل+له");
    check_segments("والله", "و+الله");
    check_segments("للذين", "ل+لذين");
    check_segments("للغة", "ل+لغة");
    check_segments("وَالسَّلَام", "وَ+السَّلَام");
}

#[test]
fn letters_of_the_word_stay() {
    check_segments("وزير", "وزير");
    check_segments("وجه", "وجه");
    check_segments("فيلم", "فيلم");
    check_segments("فريق", "فريق");
    check_segments("بلد", "بلد");
    check_segments("بيان", "بيان");
    check_segments("كتاب", "كتاب");
    check_segments("لقاء", "لقاء");
    check_segments("سلام", "سلام");
    check_segments("ألمانيا", "ألمانيا");
    check_segments("التزام", "التزام");
    check_segments("قانون", "قانون");
    check_segments("مبنى", "مبنى");
    check_segments("كذلك", "كذلك");
    check_segments("واشنطن", "واشنطن");
    check_segments("كلينتون", "كلينتون");
}

#[test]
fn pronouns_part() {
    check_segments("نشرتها", "نشرت+ها");
    check_segments("منه", "من+ه");
    check_segments("عليه", "علي+ه");
    check_segments("لديهم", "لدي+هم");
    check_segments("وغيرها", "و+غير+ها");
    check_segments("بأنه", "ب+أن+ه");
    check_segments("لأنه", "ل+أن+ه");
    check_segments("أصدقاؤه", "أصدقاؤ+ه");
    check_segments("وراءها", "وراء+ها");
    check_segments("كتبوه", "كتبو+ه");
    check_segments("سيكتبونها", "س+يكتبون+ها");
    check_segments("أعطاني", "أعطا+ني");
    check_segments("وحده", "وحد+ه");
    check_segments("مدرسة", "مدرسة");
}

#[test]
fn proclitics_part_from_what_is_no_arabic_word() {
    check_segments("و2006", "و+2006");
    check_segments("بـ١٥", "بـ+١٥");
    check_segments("والGPS", "و+ال+GPS");
    check_segments("COVID", "COVID");
    check_segments("-", "-");
    check_segments("", "");
}

fn check_key(word: &str, lemma: &str) {
    let found = keys(word);
    assert_eq!(found.first().map(|key| key.text.as_str()), Some(lemma), "{word}: {found:?}");
}

#[test]
fn nouns_meet_at_their_singular() {
    check_key("كتاب", "كتاب");
    check_key("كتابًا", "كتاب");
    check_key("الكتابين", "كتاب");
    check_key("كتبهم", "كتاب");
    check_key("وزرائها", "وزير");
    check_key("أصدقاؤه", "صديق");
    check_key("والمدارس", "مدرسه");
    check_key("مدرستنا", "مدرسه");
    check_key("مستشفيات", "مستشفي");
    check_key("مبناه", "مبني");
    check_key("قضايا", "قضيه");
    check_key("مبادئهم", "مبدا");
    check_key("منشآت", "منشاه");
    check_key("شئون", "شان");
    check_key("المسئولين", "مسوول");
    check_key("أيام", "يوم");
}

#[test]
fn verbs_meet_at_their_past() {
    check_key("يقولون", "قال+");
    check_key("قلتم", "قال+");
    check_key("يقل", "قال+");
    check_key("سنستفيد", "استفاد+");
    check_key("أُقيمت", "اقام+");
    check_key("دعوا", "دعا+");
    check_key("نرمي", "رمي+");
    check_key("بقيت", "بقي+");
    check_key("يصلون", "وصل+");
    check_key("استمررنا", "استمرر+");
    check_key("تلقّى", "تلققي+");
    check_key("آخذ", "اخذ+");
    check_key("أنشأوا", "انشا+");
    check_key("سئل", "سال+");
}

#[test]
fn adjectives_meet_at_their_masculine() {
    check_key("كبيرة", "كبير");
    check_key("الكبار", "كبير");
    check_key("الصينيون", "صيني");
    check_key("الاقتصادية", "اقتصادي");
    check_key("حمراء", "احمر");
    check_key("المتحدة", "متحد");
}

#[test]
fn names_keep_their_letters() {
    check_key("للصين", "صين");
    check_key("أحمد", "احمد");
    check_key("احمد", "احمد");
    check_key("روسيا", "روسيا");
    check_key("ستايزنبرغ", "ستايزنبرغ");
}

#[test]
fn unknown_words_agree_with_themselves() {
    let forms = ["الزغمرات", "والزغمرات", "بالزغمرات", "للزغمرات"];
    forms.iter().for_each(|form| check_key(form, "زغمر"));
}

fn check_sloppy(written: &str, careful: &str) {
    let (written, careful) = (keys(written), keys(careful));
    assert!(written.iter().any(|key| key.text == careful[0].text), "{written:?} {careful:?}");
}

#[test]
fn sloppy_spellings_share_a_key() {
    check_sloppy("مدرسه", "مدرسة");
    check_sloppy("اسرائيل", "إسرائيل");
    check_sloppy("اوكرانيا", "أوكرانيا");
    check_sloppy("المسئول", "المسؤول");
    check_sloppy("شئ", "شيء");
    check_sloppy("مستشفي", "مستشفى");
    check_sloppy("الإجتماع", "الاجتماع");
    check_sloppy("کتاب", "كتاب");
    check_sloppy("ﻛﺘﺎﺏ", "كتاب");
    check_sloppy("شؤون", "شئون");
}

fn check_lemma(word: &str, lemma: &str, pos: Pos) {
    let found = &analyse(word)[0];
    assert_eq!((found.lemma.as_str(), found.pos), (lemma, pos), "{word}");
}

#[test]
fn lemmas_are_written_with_care() {
    check_lemma("مسئولين", "مسؤول", Pos::Noun);
    check_lemma("امريكا", "أمريكا", Pos::Name);
    check_lemma("يعلّمهم", "علم", Pos::Verb);
    check_lemma("في", "في", Pos::Preposition);
    check_lemma("ثلاثة", "ثلاث", Pos::Number);
    check_lemma("هذه", "هذه", Pos::Demonstrative);
    check_lemma("زغمرة", "زغمر", Pos::Unknown);
}

#[test]
fn parts_have_names() {
    let word = "وللكتب";
    let parts: Vec<_> = analyse(word)[0].segments.iter().map(|part| (part.part, &word[part.range.clone()])).collect();
    let expected = [(Part::Conjunction, "و"), (Part::Preposition, "ل"), (Part::Article, "ل"), (Part::Stem, "كتب")];
    assert_eq!(parts, expected);
    let word = "سيكتبونها";
    let parts: Vec<_> = analyse(word)[0].segments.iter().map(|part| (part.part, &word[part.range.clone()])).collect();
    let expected =
        [(Part::Future, "س"), (Part::Person, "ي"), (Part::Stem, "كتب"), (Part::Ending, "ون"), (Part::Pronoun, "ها")];
    assert_eq!(parts, expected);
}

fn check_in_context(sentence: &str, expected: &str) {
    let words: Vec<&str> = sentence.split(' ').collect();
    let found: Vec<String> = words
        .iter()
        .zip(segments_in(&words))
        .map(|(word, ranges)| ranges.into_iter().map(|range| &word[range]).collect::<Vec<_>>().join("+"))
        .collect();
    assert_eq!(found.join(" "), expected);
}

#[test]
fn neighbours_decide() {
    check_in_context("قال إنه سيعود للصين", "قال إن+ه س+يعود ل+لصين");
    check_in_context("إلى وسط المدينة", "إلى وسط المدينة");
}

#[test]
fn absurd_words_are_passed_through() {
    let long = "وال".repeat(10_000);
    assert!(segments(&long).iter().eq(std::iter::once(&(0..long.len()))));
    assert_eq!(keys(&long).len(), 1);
    assert_eq!(analyse("").len(), 1);
    assert!(keys("").is_empty());
}

/// What looks like a word: letters that affixes are made of, others, marks and tatweel.
fn word() -> impl Strategy<Value = String> {
    "[والبكفسيتنهمةىأؤئءدرحق\u{0640}\u{064E}-\u{0652}]{0,12}"
}

proptest! {
    #[test]
    fn segments_are_the_word(word in prop_oneof![word(), text()]) {
        let mut at = 0;
        for range in segments(&word) {
            prop_assert_eq!(range.start, at);
            prop_assert!(word.is_char_boundary(range.end) && range.end > at);
            at = range.end;
        }
        prop_assert_eq!(at, word.len());
    }

    #[test]
    fn parts_are_the_word(word in prop_oneof![word(), text()]) {
        for reading in analyse(&word) {
            let parts: String = reading.segments.iter().map(|part| &word[part.range.clone()]).collect();
            prop_assert_eq!(&parts, &word);
        }
    }

    #[test]
    fn writing_changes_no_key(word in prop_oneof![word(), text()]) {
        let plain = fold(&word, Fold::HARAKAT | Fold::TATWEEL | Fold::PRESENTATION_FORMS | Fold::INVISIBLES);
        prop_assume!(!word.contains(['\u{064B}', '\u{064C}', '\u{064D}']));
        prop_assert_eq!(keys(&word), keys(&plain));
    }

    #[test]
    fn weights_sum_to_one(word in prop_oneof![word(), text()]) {
        let found = keys(&word);
        prop_assert!(found.len() <= MOST_KEYS);
        prop_assert!(found.is_empty() || (found.iter().map(|key| key.weight).sum::<f32>() - 1.0).abs() < 1e-4);
        prop_assert!(found.is_sorted_by(|a, b| a.weight >= b.weight));
    }
}

use proptest::prelude::*;

use super::*;

/// What was found, `>` before it for each quotation that it stands in.
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = quoted(text)
        .iter()
        .map(|found| {
            let indent = ">".repeat(found.depth);
            let end = if found.is_closed() { "" } else { " (open)" };
            format!("{indent}{}{end}", found.text(text))
        })
        .collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn all_pairs_of_marks() {
    check("لا علامات هنا", &[]);
    check("قال «وصلنا» ثم مضى", &["وصلنا"]);
    check("قال “وصلنا” ثم مضى", &["وصلنا"]);
    check("قال ”وصلنا“ ثم مضى", &["وصلنا"]);
    check("قال ”وصلنا” ثم مضى", &["وصلنا"]);
    check("قال “وصلنا“ ثم مضى", &["وصلنا"]);
    check("قال „وصلنا“ ثم مضى", &["وصلنا"]);
    check("قال „وصلنا” ثم مضى", &["وصلنا"]);
    check("قال \"وصلنا\" ثم مضى", &["وصلنا"]);
    check("قال \"وصلنا” ثم مضى", &["وصلنا"]);
    check("قال ‘وصلنا’ ثم مضى", &["وصلنا"]);
    check("قال 'وصلنا' ثم مضى", &["وصلنا"]);
    check("قال ’وصلنا‘ ثم مضى", &["وصلنا"]);
    check("قال ‹وصلنا› ثم مضى", &["وصلنا"]);
    check("قال »وصلنا« ثم مضى", &["وصلنا"]);
    check("他说「到了」，『好』", &["到了", "好"]);
    check("他说“到了”就走", &["到了"]);
}

#[test]
fn several_in_one_line() {
    check("«أ» و«ب» و«ت»", &["أ", "ب", "ت"]);
    check("\"سامر\" و\"ندى\" وبـ\"هند\"", &["سامر", "ندى", "هند"]);
    check("”سامر“ و”ندى“", &["سامر", "ندى"]);
    check("»سامر« و»ندى«", &["سامر", "ندى"]);
    check("“Yes,” she said. “And no.”", &["Yes,", "And no."]);
}

#[test]
fn one_in_another() {
    check("«قالت “نعم” ومضت»", &["قالت “نعم” ومضت", ">نعم"]);
    check("«قالت «نعم» ومضت»", &["قالت «نعم» ومضت", ">نعم"]);
    check("\"قالت 'نعم' ومضت\"", &["قالت 'نعم' ومضت", ">نعم"]);
    check("\"قالت: 'نعم'\"", &["قالت: 'نعم'", ">نعم"]);
    check("\"قالت \"نعم\" ومضت\"", &["قالت \"نعم\" ومضت", ">نعم"]);
    check("”قالت ”نعم“ ومضت“", &["قالت ”نعم“ ومضت", ">نعم"]);
    check("«قالت “إنه ‘بعيد’ عنا” ومضت»", &["قالت “إنه ‘بعيد’ عنا” ومضت", ">إنه ‘بعيد’ عنا", ">>بعيد"]);
    check("\"\"وصلنا\"\" ثم", &["وصلنا"]);
    check("««««عميق»»»» ثم «قريب»", &["عميق", "قريب"]);
    // Deeper marks are no longer followed; they do not confuse what comes after.
    check("««««««عميق»»»»»» ثم «قريب»", &["««عميق»»", "قريب"]);
}

#[test]
fn white_space_and_invisible_characters_stay_outside() {
    check("قال « وصلنا » ثم", &["وصلنا"]);
    check("قال\u{200F} \u{200F}\"\u{200F}وصلنا\u{200F}\"\u{200F} ثم", &["وصلنا"]);
    check("قال \"وصلنا \"ثم \"مضينا\"", &["وصلنا", "مضينا"]);
    check("«» و\"\" و“ ” و«…»", &[]);
}

#[test]
fn a_missing_mark() {
    check("قال «وصلنا. ثم مضى\nفقرة أخرى", &["وصلنا. ثم مضى (open)"]);
    check("قال \"وصلنا. ثم مضى\nفقرة «أخرى»", &["وصلنا. ثم مضى (open)", "أخرى"]);
    check("قال «وصلنا. وأضاف «لا».", &["وصلنا. وأضاف «لا». (open)", ">لا"]);
    check("قال \"وصلنا. وأضاف \"لا\".", &["وصلنا. وأضاف \"لا\". (open)", ">لا"]);
    check("قال «وصلنا “قبل” الفجر\nثم «نعم»", &["وصلنا “قبل” الفجر (open)", ">قبل", "نعم"]);
    check("«قال “نعم» ثم", &["قال “نعم", ">نعم (open)"]);
    check("قال “وصلنا». ثم «نعم»", &["وصلنا", "نعم"]);
    check("قال “وصلنا مساء». ثم مضى", &["وصلنا مساء"]);
    check("قال وصلنا» ثم مضى", &[]);
    check("قال وصلنا\" ثم مضى", &[]);
    check("قال ‘وصلنا ثم مضى", &[]);
}

#[test]
fn several_paragraphs() {
    check("قال: «وصلنا.\n\n«واسترحنا.\n\n«وسنعود».\n\nثم «لا».", &["وصلنا.\n\n«واسترحنا.\n\n«وسنعود", "لا"]);
    check("قال: \"وصلنا.\n\"وسنعود\". ثم \"لا\".", &["وصلنا.\n\"وسنعود", "لا"]);
    check("قال: ”وصلنا.\n”وسنعود“.", &["وصلنا.\n”وسنعود"]);
    check("قال: «وصلنا.\nوسنعود». ثم", &["وصلنا.\nوسنعود"]);
    check("قال: \"وصلنا.\nوسنعود\". ثم", &["وصلنا.\nوسنعود"]);
    check("قال: «وصلنا “فجرا”.\n«وسنعود “ليلا”».", &["وصلنا “فجرا”.\n«وسنعود “ليلا”", ">فجرا", ">ليلا"]);
    check("قال: «وصلنا.\n«ولم نعد.\nانتهى", &["وصلنا.\n«ولم نعد. (open)"]);
    check("قال: «وصلنا.\nوقال سامر: «نعم».", &["وصلنا. (open)", "نعم"]);
    check("قال: «وصلنا.\nشاشة 13\" جديدة", &["وصلنا. (open)"]);
    check(&format!("قال: «وصلنا.{} نعم» ثم", "\nسطر".repeat(9)), &["وصلنا. (open)"]);
}

#[test]
fn apostrophes_are_not_marks() {
    check("It’s Qur’an, Sa‘ud and don't", &[]);
    check("‘Abd al-Rahman met the workers’ union", &[]);
    check("‘Umar said ‘we came’ and left", &["we came"]);
    check("al-Shafi‘ and ‘Ali left", &[]);
    check("the workers’ and the writers’ union", &[]);
    check("‘the workers’ union came,’ he said", &["the workers’ union came,"]);
    check("‘we met the workers’ he said", &["we met the workers"]);
    check("rock ’n’ roll of the '90s and ’80s", &[]);
    check("’tis late, ’twas early", &[]);
    check("“It’s ‘late’,” she said", &["It’s ‘late’,", ">late"]);
}

#[test]
fn signs_of_measure_are_not_marks() {
    check("شاشة 13\" وأخرى 15\" للبيع", &[]);
    check("شاشة ١٣\" باسم \"نور\" للبيع", &["نور"]);
    check("قال \"شاشة 13\" وغادر", &["شاشة 13"]);
    check("هاتف “برج 7″ جديد", &["برج 7"]);
    check("هاتف “برج 7″ جديد” ثم", &["برج 7″ جديد"]);
    check("شاشة 13″ وأخرى 15″ للبيع", &[]);
    check("he is 6' 2\" tall", &[]);
    check("السعر \" مرتفع", &[]);
    check("السعر « مرتفع", &[]);
}

fn check_place(text: &str, start: usize, end: usize, open: char, close: Option<char>) {
    let found = quoted(text);
    assert_eq!((found[0].start, found[0].end), (start, end), "{text:?}");
    assert_eq!(found[0].marks, Marks { open, close }, "{text:?}");
    let words: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(words, found[0].text(text));
    let outer = &text[found[0].outer.clone()];
    assert!(outer.starts_with(open) && close.is_none_or(|close| outer.ends_with(close)), "{outer:?}");
}

#[test]
fn places_count_scalar_values() {
    check_place("«نعم»", 1, 4, '«', Some('»'));
    check_place("قال 😀 \"نَعَم\" ثم", 7, 12, '"', Some('"'));
    check_place("قال « نعم » ثم", 6, 9, '«', Some('»'));
    check_place("قال «نعم ولا", 5, 12, '«', None);
}

fn check_pieces(text: &str, expected: &[&str]) {
    assert_eq!(quoted(text)[0].pieces(text).collect::<Vec<_>>(), expected, "{text:?}");
}

#[test]
fn pieces_leave_out_the_marks_between() {
    check_pieces("«وصلنا»", &["وصلنا"]);
    check_pieces("«وصلنا.\n\n« وعدنا.\n«ثم»", &["وصلنا.", "وعدنا.", "ثم"]);
    check_pieces("«وصلنا.\n“وعدنا” أمس»", &["وصلنا.", "“وعدنا” أمس"]);
    check_pieces("«“وصلنا” أمس»", &["“وصلنا” أمس"]);
}

#[test]
fn a_quotation_over_several_paragraphs_counts_in_the_depth() {
    let found = quoted("‹\n«نعم “「“نعم›");
    assert!(found.iter().all(|one| one.depth < MAX_DEPTH), "{found:?}");
}

fn soup() -> impl Strategy<Value = String> {
    let pieces = "«»‹›“”„‟\"″‘’'‚「」،.: \n\u{200F}";
    let piece = prop_oneof![
        6 => proptest::sample::select(pieces.chars().map(String::from).collect::<Vec<_>>()),
        2 => proptest::sample::select(vec!["نعم", "و", "بـ", "13", "s", "A", "😀", "قال"]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn places_are_those_of_the_words(text in soup()) {
        let chars: Vec<char> = text.chars().collect();
        for found in quoted(&text) {
            prop_assert!(found.start < found.end);
            prop_assert_eq!(chars[found.start..found.end].iter().collect::<String>(), &text[found.bytes.clone()]);
            prop_assert!(found.outer.start < found.bytes.start && found.bytes.end <= found.outer.end);
            prop_assert!(text[found.outer.clone()].starts_with(found.marks.open));
            prop_assert!(found.marks.close.is_none_or(|close| text[found.outer.clone()].ends_with(close)));
            prop_assert!(found.pieces(&text).count() >= 1);
        }
    }

    #[test]
    fn one_stands_in_or_after_another(text in soup()) {
        let found = quoted(&text);
        for (at, one) in found.iter().enumerate() {
            let around = found[..at].iter().filter(|other| other.outer.end > one.outer.start);
            let mut depth = 0;
            for outer in around {
                prop_assert!(outer.bytes.start <= one.outer.start && one.outer.end <= outer.bytes.end, "{:?}", text);
                depth += 1;
            }
            prop_assert_eq!(one.depth, depth);
            prop_assert!(depth < MAX_DEPTH);
        }
    }
}

/// All that is found in 64 kB, added up, is no longer than the depth allows: what is linear in the length stays so.
#[test]
fn nothing_grows_faster_than_the_text() {
    for piece in ["«", "»", "\"", "'", "“a ", "«a\n", "a» ", "\"a ", "‘a s’ ", "\u{200F}\"", "«“‘a", "5\" \"a"]
    {
        let text = piece.repeat((64 << 10) / piece.len());
        let found = quoted(&text);
        let total: usize = found.iter().map(|found| found.bytes.len()).sum();
        assert!(total <= text.len() * MAX_DEPTH, "{piece:?}: {total}");
    }
}

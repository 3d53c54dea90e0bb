use super::*;
use crate::quoted::quoted;

/// What each marked span is, by its rule: `+` before the rule of speech, `-` before that of anything else.
fn check(text: &str, expected: &[&str]) {
    let found = quoted(text);
    let judged: Vec<String> = judge(text, &found)
        .iter()
        .map(|judgement| format!("{}{}", if judgement.kind == Kind::Speech { '+' } else { '-' }, judgement.rule))
        .collect();
    assert_eq!(judged, expected, "{text:?}");
}

#[test]
fn words_in_doubt() {
    check("انتقد ما يسمى «الهدنة الكبرى» أمس", &["-so-called"]);
    check("انتقد ما يعرف بـ«الهدنة» أمس", &["-so-called"]);
    check("The so-called “quiet harbour” is loud", &["-so-called"]);
    check("كان الشتاء «حارا» هذا العام", &["-few-words"]);
    check("جرى العمل «على عجل في الظلام» العام الماضي", &["-no-reason"]);
    check("They were “tired” of it", &["-few-words"]);
}

#[test]
fn names() {
    check("السفينة المعروفة باسم «نجمة الشمال» رست", &["-known-as"]);
    check("الطاهي الملقب بـ«ملك الأرز» وصل", &["-known-as"]);
    check("A boat known as “Star of the north” came", &["-known-as"]);
    check("ذكرت صحيفة «الميناء» أمس", &["-naming-noun"]);
    check("وفي صحيفتي «الميناء» و«النهر» أمس", &["-naming-noun", "-list-of-names"]);
    check("شاهدنا الفيلم القصير الأول «قارب من ورق وماء» أمس", &["-naming-noun"]);
    check("قرأت روايته «قارب من ورق»، أمس", &["-naming-noun"]);
    check("وقال للصحيفة المحلية «الميناء» أمس", &["-naming-noun"]);
    check("The film “Boats of paper” opened", &["-naming-noun"]);
    check("He reads the “Harbour” newspaper", &["-noun-after"]);
    check("قالت «النبراس» إن السفينة رست", &["-subject"]);
    check("أعلنت «لجنة المرافئ الشمالية الكبرى» أن السفينة رست", &["-subject"]);
    check("وقالت «رابطة أهالي المرفأ القديم» في بيان إنها باقية", &["-subject"]);
    check("كما يقول مدير «المحكمة العليا للأنهار» سامر", &["-body"]);
    check("وأكد أن «المحكمة عادلة جدا» معنا", &["+cue-that"]);
    check("She loves “Boats of the Northern Harbour” a lot", &["-headline-capitals"]);
    check("أكد أن «نور» و«هند» بخير", &["-few-words", "-few-words"]);
}

#[test]
fn speech_after_its_verb() {
    check("قال سامر: «نعم».", &["+cue-colon"]);
    check("وقالت ندى لبرنامج «المرفأ» مساء: «سنعود».", &["-naming-noun", "+cue-colon"]);
    check("وأضاف أن «السفينة لن تغادر» المرفأ", &["+cue-that"]);
    check("وقال الربان في لقاء عبر الشاشة، وهو من أهل الجزيرة، إن “لدينا وقتا طويلا. سننتظر الريح”.", &["+cue-that"]);
    check("ولفت الربان قائلا إن “الريح عامل مهم”.", &["+cue-that"]);
    check("وذكر خلال اللقاء “أتحدث أنا وصديقي كل يوم عن البحر والريح”.", &["+long"]);
    check("سخر الربان قائلا «نعم» ومضى", &["+cue-adjacent"]);
    check("ونقل عنه قوله «الريح لنا» أمس", &["+cue-adjacent"]);
    check("واكتفى الربان بالقول إن الريح «في طريقها إلينا»", &["+cue-in-sentence"]);
    check("ونقلت عن الربان «الريح من الشمال» أمس", &["+cue-in-sentence"]);
    check("وصف الرحلة بأنها «مثمرة»، ومضى", &["+described-as"]);
    check("وصف الرحلة بـ«المثمرة» و«الطويلة»", &["+described-as", "+list-of-words"]);
    check("وشدد على ضرورة «فتح المرفأ للجميع» هذا العام", &["+cue-in-sentence"]);
    check("وقال في مؤتمر «لن نترك المرفأ أبدا» ومضى", &["+cue-in-sentence"]);
    check("He said, “We came.” Then he left", &["+cue-comma"]);
    check("سيقول غدا: «نعم»", &["+cue-colon"]);
}

#[test]
fn speech_before_its_verb() {
    check("«السفينة في المرفأ»، قال الربان.", &["+cue-after"]);
    check("“Yes,” said the captain.", &["+cue-after"]);
    check("“We will stay here,” the captain said.", &["+cue-after"]);
    check("“We will stay,” she said. “And wait for wind”", &["+cue-after", "+continued"]);
}

#[test]
fn speech_by_itself() {
    check("«هل تعود السفينة؟» هكذا كان السؤال", &["+sentence-inside"]);
    check("الربان متفائل: «الريح تأتي من الشمال غدا»", &["+colon"]);
    check("الربان متفائل: «ريح الشمال»", &["-few-words"]);
    check("كان الاتفاق على «أن يبقى المرفأ مفتوحا للسفن كلها طوال الليل» غدا", &["+long"]);
}

#[test]
fn a_cue_of_another_sentence_does_not_count() {
    check("قال الربان ذلك. وفي المرفأ «سوق قديمة للسمك» كبيرة", &["-no-reason"]);
    check("قال الربان ذلك\nوفي المرفأ «سوق قديمة للسمك» كبيرة", &["-no-reason"]);
    check("قال: «نعم. هند معنا.» وفي المرفأ «سوق قديمة للسمك» كبيرة", &["+cue-colon", "-no-reason"]);
}

#[test]
fn the_inner_is_judged_in_the_outer() {
    check("قال الربان: «سألني ابني: “متى نعود؟” فسكت».", &["+cue-colon", "+cue-colon"]);
    check("قال الربان: «قرأت رواية “قارب من ورق” أمس».", &["+cue-colon", "-naming-noun"]);
}

#[test]
fn every_rule_has_its_own_name_and_reason() {
    for (at, rule) in RULES.iter().enumerate() {
        assert!(RULES[..at].iter().all(|other| other.name != rule.name), "{}", rule.name);
        assert!(!rule.when.is_empty() && rule.name != NO_REASON.rule);
    }
}

#[test]
fn time_does_not_grow_faster_than_the_text() {
    for piece in ["«a» ", "«a", "\"a ", "قال «a\n", "“a” و"] {
        let text = piece.repeat((64 << 10) / piece.len());
        let found = quoted(&text);
        assert_eq!(judge(&text, &found).len(), found.len());
    }
}

proptest::proptest! {
    #[test]
    fn every_span_gets_an_answer(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        let found = quoted(&text);
        let judged = judge(&text, &found);
        proptest::prop_assert_eq!(judged.len(), found.len());
        for judgement in judged {
            let known = RULES.iter().any(|rule| rule.name == judgement.rule && rule.kind == judgement.kind);
            proptest::prop_assert!(known || judgement == NO_REASON);
        }
    }
}

const PIECES: &[&str] = &[
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    " ",
    "\n",
    ". ",
    ":",
    "، ",
    "قال ",
    "صحيفة ",
    "بـ",
    "و",
    "إن ",
    "نعم",
    "\u{200F}",
    "said ",
    "Boat ",
    "😀",
    "ما يسمى ",
];

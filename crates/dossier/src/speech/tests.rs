use crate::dates::Day;
use crate::extract::extract;
use crate::gazetteer::Gazetteer;

/// `expected`: for each quotation `v` or `r`, the speaker's words (`-` for none), `:`, its own words; parted by `|`.
fn check(text: &str, expected: &str) {
    let dossier = extract(text, Day::parse("2020-10-23").expect("a day"), Gazetteer::built_in());
    let found: Vec<String> = dossier
        .quotations
        .iter()
        .map(|q| format!("{} {}: {}", &q.kind[..1], q.speaker_text.as_deref().unwrap_or("-"), q.text))
        .collect();
    assert_eq!(found.join(" | "), expected, "{text}");
}

#[test]
fn the_subject_stands_after_the_verb_or_before_it() {
    check("قال فلاديمير بوتين إن الأمر جيد.", "r فلاديمير بوتين: الأمر جيد");
    check("لكن فلاديمير بوتين قال إن الأمر جيد.", "r فلاديمير بوتين: الأمر جيد");
    check("وقال وزير الزراعة سعد الوراق للصحفيين إن القمح وفير.", "r وزير الزراعة سعد الوراق: القمح وفير");
    check(
        "قالت المتحدثة باسم الوزارة هند عمار، أمس: «وصلنا متأخرين جدا».",
        "v المتحدثة باسم الوزارة هند عمار: وصلنا متأخرين جدا",
    );
    check("ذكرت وكالة الأنباء أن الجسر أغلق.", "r وكالة الأنباء: الجسر أغلق");
}

#[test]
fn a_dropped_subject_is_who_spoke_before() {
    check("قال الوزير إن القمح وفير. وأضاف أن السعر ثابت.", "r الوزير: القمح وفير | r الوزير: السعر ثابت");
    check(
        "قالت المديرة إن الدرس بدأ. وقال الحارس إن الباب مغلق. وأضافت أن المفتاح معها.",
        "r المديرة: الدرس بدأ | r الحارس: الباب مغلق | r المديرة: المفتاح معها",
    );
    check("وصل السفير إلى المطار. وقال إن الرحلة طويلة.", "r السفير: الرحلة طويلة");
}

#[test]
fn one_sentence_may_have_several_cues() {
    check("قال الوزير إن القمح وفير، مضيفا أن السعر ثابت.", "r الوزير: القمح وفير | r الوزير: السعر ثابت");
    check("أكد الوزير ضرورة الحوار، ولفت إلى أن الوقت ضيق.", "r الوزير: ضرورة الحوار | r الوزير: الوقت ضيق");
}

#[test]
fn marked_words_are_verbatim_and_the_rest_is_not() {
    check("قال الوزير: «سنفتح الجسر في الربيع».", "v الوزير: سنفتح الجسر في الربيع");
    check("قال الوزير إن “الجسر سيفتح في الربيع”.", "v الوزير: الجسر سيفتح في الربيع");
    check("«سنفتح الجسر في الربيع»، قال الوزير.", "v الوزير: سنفتح الجسر في الربيع");
    check("وقال الوزير: سنفتح الجسر في الربيع.", "r الوزير: سنفتح الجسر في الربيع");
    check("“We will open the bridge,” said the minister.", "v the minister: We will open the bridge");
}

#[test]
fn attributions_name_the_source() {
    check("وبحسب الشرطة، أغلق الجسر ليلا.", "r الشرطة: أغلق الجسر ليلا");
    check("أغلق الجسر ليلا، وفقا لمصدر في الشرطة.", "r مصدر في الشرطة: أغلق الجسر ليلا");
    check("According to the police, the bridge was closed.", "r the police: the bridge was closed");
}

#[test]
fn what_is_not_said_is_not_reported() {
    check("لم يذكر الوزير أن السعر سيرتفع.", "");
    check("قد يقول قائل إن السعر سيرتفع.", "");
    check("هل قال الوزير إن السعر سيرتفع؟", "");
    check("قرأ الوزير مقال «البحر».", "");
}

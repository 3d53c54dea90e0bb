use proptest::prelude::*;

use super::*;

fn dossier(text: &str) -> Dossier {
    extract(text, Day::parse("2020-10-23").expect("a day"), Gazetteer::built_in())
}

/// `expected`: kind, actors, `>` before one who is visited or written to, date, status; several parted by `;`.
fn check_events(text: &str, expected: &str) {
    let found: Vec<String> = dossier(text)
        .events
        .iter()
        .map(|event| {
            let to = event.to.as_deref().map(|to| format!(" > {to}")).unwrap_or_default();
            let others = event.actors.iter().filter(|actor| Some(actor.as_str()) != event.to.as_deref());
            let others = others.cloned().collect::<Vec<_>>().join(" + ");
            format!("{} {others}{to} {} {}", event.kind, event.date.as_deref().unwrap_or("-"), event.status)
        })
        .collect();
    assert_eq!(found.join("; "), expected, "{text}");
}

#[test]
fn events_have_actors_direction_date_and_status() {
    check_events("زار شي جين بينغ روسيا في يونيو 2019.", "visit xi-jinping > russia 2019-06 happened");
    check_events(
        "خلال زيارة شي جين بينغ إلى روسيا في يونيو 2019، وقع حريق.",
        "visit xi-jinping > russia 2019-06 happened",
    );
    check_events(
        "أجرى فلاديمير بوتين أمس اتصالا هاتفيا مع شي جين بينغ.",
        "call vladimir-putin > xi-jinping 2020-10-22 happened",
    );
    check_events("تلقى شي جين بينغ رسالة من فلاديمير بوتين.", "letter vladimir-putin > xi-jinping - happened");
    check_events("هنأ شي جين بينغ فلاديمير بوتين بالعيد.", "congratulation xi-jinping > vladimir-putin - happened");
    check_events("لم يلتق شي جين بينغ فلاديمير بوتين.", "meeting xi-jinping + vladimir-putin - denied");
    check_events(
        "سيلتقي شي جين بينغ فلاديمير بوتين الاثنين المقبل.",
        "meeting xi-jinping + vladimir-putin 2020-10-26 planned",
    );
}

#[test]
fn what_only_looks_like_an_event_is_none() {
    check_events("التقى الفريقان في المباراة النهائية.", "");
    check_events("يمكن زيارة الموقع الإلكتروني للشركة.", "");
    check_events("رسالة الفيلم واضحة للجميع.", "");
    check_events("تلقى الضحايا اتصالا هاتفيا من محتال.", "");
    check_events("زار سامر جدته في القرية.", "");
    check_events("بلغ المتسلق قمة الجبل.", "");
    check_events("وقع حادث على الطريق.", "");
}

#[test]
fn the_json_has_the_shape_of_the_contract() {
    let json = serde_json::to_value(dossier("قال فلاديمير بوتين أمس: «نحن مستعدون لذلك دائما».")).expect("JSON");
    assert_eq!(json["language"], "ar");
    assert_eq!(json["entities"][0]["id"], "vladimir-putin");
    assert_eq!(json["entities"][0]["mentions"][0]["how"], "name");
    assert_eq!(json["dates"][0]["value"], "2020-10-22");
    assert_eq!(json["dates"][0]["start"], 19);
    assert_eq!(json["quotations"][0]["kind"], "verbatim");
    assert_eq!(json["quotations"][0]["speaker"], "vladimir-putin");
    assert_eq!(json["quotations"][0]["cue"], "قال");
    assert_eq!(json["quotations"][0]["start"], 25);
    assert!(json["events"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn time_does_not_grow_faster_than_the_text() {
    // Counted in findings, which must double with the text; the bench measures time.
    let one =
        "وقال فلاديمير بوتين يوم الخميس إن «العلاقات جيدة جدا اليوم». وأضاف أن شي جين بينغ زار روسيا في يونيو 2019.\n";
    let count = |times: usize| {
        let found = dossier(&one.repeat(times));
        (found.dates.len(), found.quotations.len(), found.events.len())
    };
    let (a, b) = (count(20), count(40));
    assert_eq!((a.0 * 2, a.1 * 2, a.2 * 2), b);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_text_is_read_without_harm(text in "(( |،|: |\\. |\n|«|»|\"|\\(|\\))(قال|وأضاف|قائلا|بوتين|فلاديمير بوتين|الرئيس الصيني|إن|أن|بأن|إلى|عن|وزير|الخارجية|زار|روسيا|التقى|اتصالا|هاتفيا|مع|رسالة|قمة|نظيره|الخميس|5|مايو|بحسب|وفقا لمصدر|لم|said|he|the|\u{200F}|ـ|ِ|💡)){0,40}") {
        let length = text.chars().count();
        let found = dossier(&text);
        let characters: Vec<char> = text.chars().collect();
        for (start, end, words) in found.dates.iter().map(|d| (d.start, d.end, &d.text))
            .chain(found.quotations.iter().map(|q| (q.start, q.end, &q.text)))
            .chain(found.events.iter().map(|e| (e.start, e.end, &e.text)))
            .chain(found.entities.iter().flat_map(|e| e.mentions.iter().map(|m| (m.start, m.end, &m.text))))
        {
            prop_assert!(start <= end && end <= length);
            prop_assert_eq!(&characters[start..end].iter().collect::<String>(), words);
        }
    }

    #[test]
    fn anything_at_all_is_read_without_harm(text in "(?s).{0,200}") {
        dossier(&text);
    }
}

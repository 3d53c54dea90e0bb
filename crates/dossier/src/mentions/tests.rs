use proptest::prelude::*;

use super::*;

const DAY: Day = Day::new(2020, 10, 23);

/// What `text` mentions, as «text=id», with a mark for how.
fn found(text: &str, day: Day) -> Vec<String> {
    let mentions = find(text, Gazetteer::built_in(), day);
    let show = |mention: &Mention| {
        let id = mention.who.map_or("?", |who| mentions.id(who));
        format!("{}={id}", &text[mention.bytes.clone()])
    };
    mentions.all().iter().filter(|mention| mention.how != How::Nisba).map(show).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text, DAY), expected, "{text}");
}

fn check_on(day: &str, text: &str, expected: &[&str]) {
    assert_eq!(found(text, Day::parse(day).unwrap()), expected, "{text}");
}

#[test]
fn clitics_are_cut_off() {
    check("سافر الوفد من الصين إلى روسيا.", &["الصين=china", "روسيا=russia"]);
    check("تعاونت روسيا والصين مع مصر.", &["روسيا=russia", "الصين=china", "مصر=egypt"]);
    check("قال مسؤول إن للصين وبالصين مصانع.", &["لصين=china", "الصين=china"]);
    check("رحّب الخبراء بفرنسا ولألمانيا.", &["فرنسا=france", "ألمانيا=germany"]);
}

#[test]
fn titles_mean_their_holders() {
    check("قال الرئيس الصيني إن بلاده مستعدة.", &["الرئيس الصيني=xi-jinping"]);
    check_on("2010-01-05", "قال الرئيس الصيني إن بلاده مستعدة.", &["الرئيس الصيني=hu-jintao"]);
    check("التقى الزعيم الروسي الصحفيين.", &["الزعيم الروسي=vladimir-putin"]);
    check("استقبلت المستشارة الألمانية الضيوف.", &["المستشارة الألمانية=angela-merkel"]);
    check("بحث وزير الخارجية الصيني الأمر.", &["وزير الخارجية الصيني=wang-yi"]);
    check("بحث وزير خارجية الصين الأمر.", &["وزير خارجية الصين=wang-yi", "الصين=china"]);
    check("صرح رئيس وزراء اليابان بذلك.", &["رئيس وزراء اليابان=yoshihide-suga", "اليابان=japan"]);
    check(
        "دعا الأمين العام للأمم المتحدة إلى الهدوء.",
        &["الأمين العام للأمم المتحدة=antonio-guterres", "لأمم المتحدة=united-nations"],
    );
    check("وصل العاهل السعودي أمس.", &["العاهل السعودي=king-salman"]);
    check(
        "هاتف الرئيس المصري نظيره الفرنسي.",
        &["الرئيس المصري=abdel-fattah-el-sisi", "نظيره الفرنسي=emmanuel-macron"],
    );
}

#[test]
fn titles_without_a_known_holder_mean_nobody_known() {
    check("قال وزير الزراعة ذلك.", &[]);
    check("انتقد الرئيس الأمريكي السابق القرار.", &["الرئيس الأمريكي السابق=?"]);
    check_on("1950-01-01", "قال الرئيس الصيني ذلك.", &["الرئيس الصيني=?"]);
}

#[test]
fn a_title_before_a_name_belongs_to_it() {
    let text = "وصل الرئيس الصيني شي جين بينغ إلى موسكو.";
    let mentions = find(text, Gazetteer::built_in(), DAY);
    let xi = mentions.persons().next().unwrap();
    assert_eq!(&text[xi.bytes.clone()], "شي جين بينغ");
    assert_eq!(xi.title.clone().map(|title| &text[title]), Some("الرئيس الصيني"));
    assert_eq!(mentions.persons().count(), 1);
}

#[test]
fn short_names_follow_full_ones() {
    check("تحدث شي جين بينغ أمس. وقال شي إن الأمر مهم.", &["شي جين بينغ=xi-jinping", "شي=xi-jinping"]);
    check("لم يقل أحد أي شي عن الأمر.", &[]);
    check("قال الرئيس الصيني ذلك. وأضاف شي أن العمل مستمر.", &["الرئيس الصيني=xi-jinping", "شي=xi-jinping"]);
    check("بوتين يزور القرية.", &["بوتين=vladimir-putin"]);
}

#[test]
fn an_office_alone_means_who_was_named_with_it() {
    check(
        "التقى الرئيس فلاديمير بوتين الطلاب. وقال الرئيس إن التعليم مهم.",
        &["فلاديمير بوتين=vladimir-putin", "الرئيس=vladimir-putin"],
    );
    check("وقال الرئيس التنفيذي للشركة ذلك.", &[]);
}

#[test]
fn two_are_the_last_two() {
    check(
        "تحادث بوتين وترامب هاتفيا. واتفق الزعيمان على اللقاء.",
        &["بوتين=vladimir-putin", "ترامب=donald-trump", "الزعيمان=vladimir-putin", "الزعيمان=donald-trump"],
    );
    check(
        "وقعت مصر والصين اتفاقا، ويفيد البلدين معا.",
        &["مصر=egypt", "الصين=china", "البلدين=egypt", "البلدين=china"],
    );
    check("تحتاج البلدان النامية إلى دعم مصر والصين.", &["مصر=egypt", "الصين=china"]);
}

#[test]
fn capitals_act_for_their_governments() {
    check("أعلنت موسكو أنها سترد.", &["موسكو=russia"]);
    check("نزل الثلج على موسكو أمس.", &["موسكو=moscow"]);
    check("المحادثات بين واشنطن وبكين مستمرة.", &["واشنطن=united-states", "بكين=china"]);
}

#[test]
fn adjectives_are_told_apart_from_names() {
    let text = "العلاقات الروسية الصينية جيدة.";
    let mentions = find(text, Gazetteer::built_in(), DAY);
    let all: Vec<_> = mentions.all().iter().map(|mention| (mentions.id(mention.who.unwrap()), mention.how)).collect();
    assert_eq!(all, [("russia", How::Nisba), ("china", How::Nisba)]);
}

#[test]
fn names_in_latin_letters_need_their_capitals() {
    check("President Xi Jinping met us in Beijing.", &["Xi Jinping=xi-jinping", "Beijing=beijing"]);
    check("the UN and who", &["UN=united-nations"]);
}

#[test]
fn mentions_are_looked_up_by_place() {
    let text = "زار بوتين الصين ثم تحدث ماكرون.";
    let mentions = find(text, Gazetteer::built_in(), DAY);
    let at = text.find("ثم").unwrap();
    assert_eq!(mentions.before(at).len(), 2);
    assert_eq!(mentions.within(at..text.len()).len(), 1);
    assert_eq!(mentions.at(text.find("الصين").unwrap()).map(|mention| mention.kind), Some(Kind::State));
    assert!(mentions.at(0).is_none());
}

#[test]
fn hostile_texts_cost_no_more_than_their_length() {
    let known = Gazetteer::built_in();
    for piece in [
        "الرئيس ",
        "بوتين ",
        "وشي ",
        "البلدان ",
        "رئيس وزراء ",
        "نظيره ",
        "والصين",
        "\u{64B}",
        "محمد ",
        "للل",
        "شي جين ",
        "— ",
    ] {
        let text = piece.repeat(20_000 / piece.len());
        let mentions = find(&text, known, DAY);
        assert!(mentions.all().len() <= text.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn mentions_stand_on_character_boundaries(
        text in "(?s)(الرئيس |الصين|و|ب| |شي جين بينغ|نظيره الروسي |«|\\.|البلدان|[\\PC]|Xi Jinping |موسكو ){0,40}",
    ) {
        let mentions = find(&text, Gazetteer::built_in(), DAY);
        let mut last = 0;
        for mention in mentions.all() {
            prop_assert!(mention.bytes.start >= last);
            prop_assert!(!text[mention.bytes.clone()].is_empty());
            if let Some(title) = &mention.title {
                prop_assert!(!text[title.clone()].is_empty());
            }
            last = mention.bytes.start;
        }
    }
}

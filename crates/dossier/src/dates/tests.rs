use proptest::prelude::*;

use super::*;

/// `expected` has for each date its words, `=`, its value, and `..` its last if there is one; parted by `;`.
fn check_on(published: &str, text: &str, expected: &str) {
    let day = Day::parse(published).expect("a day");
    let found: Vec<String> = find(text, day)
        .iter()
        .map(|date| {
            let until = date.until.map(|until| format!("..{until}")).unwrap_or_default();
            format!("{}={}{until}", &text[date.bytes.clone()], date.value)
        })
        .collect();
    assert_eq!(found.join("; "), expected, "{text}");
}

/// On Friday, 23 October 2020.
fn check(text: &str, expected: &str) {
    check_on("2020-10-23", text, expected);
}

#[test]
fn days_of_months_are_read() {
    check("في 5 مايو 2019 وصل", "5 مايو 2019=2019-05-05");
    check("في ٢٢ آذار ٢٠١١", "٢٢ آذار ٢٠١١=2011-03-22");
    check("في الحادي والعشرين من يوليو الماضي", "الحادي والعشرين من يوليو الماضي=2020-07-21");
    check("مايو الحادي عشر 2018", "مايو الحادي عشر 2018=2018-05-11");
    check("في 3 تشرين الأول/أكتوبر 2017", "3 تشرين الأول/أكتوبر 2017=2017-10-03");
    check("في 3 أغسطس (آب) الماضي", "3 أغسطس (آب) الماضي=2020-08-03");
    check("العاشر من الشهر الجاري", "العاشر من الشهر الجاري=2020-10-10");
    check("الخميس 22 أكتوبر", "الخميس 22 أكتوبر=2020-10-22");
    check("on 22 October 2020 he left", "22 October 2020=2020-10-22");
    check("on October 22, 2020, he left", "October 22, 2020=2020-10-22");
    check("30 فبراير 2019", "فبراير 2019=2019-02");
}

#[test]
fn numbers_between_signs_are_read() {
    check("بتاريخ 21/4/2016", "21/4/2016=2016-04-21");
    check("2016-04-21", "2016-04-21=2016-04-21");
    check("في 20 / 8 / 2015م", "20 / 8 / 2015م=2015-08-20");
    check("يوم 9/7/1436هـ", "9/7/1436هـ=2015-04-28");
    check("في 3/2015", "3/2015=2015-03");
    check("بنسبة 3/4 من 1096.10 دولار", "");
    check("فاز 3-2 و6-1", "");
}

#[test]
fn months_and_years_are_read() {
    check("منذ يونيو 2019", "يونيو 2019=2019-06");
    check("في أغسطس، هنأه", "أغسطس=2020-08");
    check("في نوفمبر", "نوفمبر=2020-11");
    check("في يناير أعلن", "يناير=2020-01");
    check("شهر غشت الماضي", "شهر غشت الماضي=2020-08");
    check("في جويلية من العام الماضي", "جويلية من العام الماضي=2019-07");
    check("في كانون الثاني المقبل", "كانون الثاني المقبل=2021-01");
    check("عام 2011 وفي 2013.", "عام 2011=2011; 2013=2013");
    check("سنة ألفين وعشرة", "سنة ألفين وعشرة=2010");
    check("عامي 2020 و2021", "عامي 2020 و2021=2020..2021");
    check("العام المقبل", "العام المقبل=2021");
    check("الشهر الماضي", "الشهر الماضي=2020-09");
    check("last month and in 2019", "last month=2020-09; 2019=2019");
}

#[test]
fn weekdays_look_back_unless_something_is_to_come() {
    check("أشاد يوم الخميس", "الخميس=2020-10-22");
    check("قال الجمعة إن", "الجمعة=2020-10-23");
    check("سيصل الخميس إلى", "الخميس=2020-10-29");
    check("وصل الأحد الماضي", "الأحد الماضي=2020-10-18");
    check("يزور الأحد المقبل", "الأحد المقبل=2020-10-25");
    check("أمس الخميس", "أمس الخميس=2020-10-22");
    check("وصل أول من أمس ثم غادر أمس الأول", "أول من أمس=2020-10-21; أمس الأول=2020-10-21");
    check("بعد غد", "بعد غد=2020-10-25");
    check("met on Tuesday and left yesterday", "Tuesday=2020-10-20; yesterday=2020-10-22");
}

#[test]
fn stretches_and_parts_keep_their_precision() {
    check("من 3 إلى 5 مايو 2019", "من 3 إلى 5 مايو 2019=2019-05-03..2019-05-05");
    check("أقيم بين 25 سبتمبر و2 أكتوبر", "بين 25 سبتمبر و2 أكتوبر=2020-09-25..2020-10-02");
    check("الأسبوع الماضي", "الأسبوع الماضي=2020-10-12..2020-10-18");
    check("قبل ثلاثة أيام", "قبل ثلاثة أيام=2020-10-20");
    check("منذ عامين", "منذ عامين=2018");
    check("الربع الثالث من عام 2016", "الربع الثالث من عام 2016=2016-07..2016-09");
    check("ثمانينيات القرن الماضي", "ثمانينيات القرن الماضي=1980..1989");
    check("صيف 2016", "صيف 2016=2016-06..2016-08");
    check("منتصف يونيو الماضي", "منتصف يونيو الماضي=2020-06");
    let day = Day::parse("2020-10-23").expect("a day");
    let found = find("أوائل 2019", day);
    assert_eq!((found[0].part, found[0].last_day().to_string()), (Some(Part::Early), "2019-06-30".to_owned()));
}

#[test]
fn hijri_dates_are_turned() {
    check("5 ربيع الأول 1442 هـ", "5 ربيع الأول 1442 هـ=2020-10-22");
    check("في رمضان الماضي", "رمضان الماضي=2020-04-24..2020-05-23");
    check("في ذي الحجة 1441", "ذي الحجة 1441=2020-07-22..2020-08-19");
    let found = find("5 ربيع الأول 1442 هـ", Day::parse("2020-10-23").expect("a day"));
    assert_eq!((found[0].calendar, found[0].hijri), (Calendar::Hijri, Some((1442, Some(3), Some(5)))));
}

#[test]
fn names_and_other_words_are_no_dates() {
    check("في شارع 26 يوليو وميدان 6 أكتوبر", "");
    check("حركة 20 فبراير", "");
    check("مارس الرياضة صغيرا", "");
    check("سيارة نيسان جديدة", "");
    check("قال رمضان صبحي", "");
    check("أدى صلاة الجمعة", "");
    check("في 2000 مدرسة", "");
    check("ربح 2019 دولارا", "");
    check("اليوم العالمي للمرأة", "");
    check("عبد الأحد وأحد الوزراء", "");
    check("نسخة كوفيد-19", "");
    check("they may march", "");
}

proptest! {
    #[test]
    fn any_words_of_time_are_read_without_harm(text in "(( |،|/|-|\n)(5|31|2020|1442|هـ|مايو|تشرين|الأول|الخميس|أمس|من|إلى|بين|و|قبل|بعد|ثلاثة|أيام|عام|العام|الماضي|ربيع|رمضان|نهاية|الأسبوع|القرن|99999|\u{200F}|ِ)){0,24}") {
        let published = Day::new(2020, 2, 29).expect("a day");
        let mut last = 0;
        for date in find(&text, published) {
            prop_assert!(date.bytes.start >= last && date.bytes.start < date.bytes.end);
            prop_assert!(text.get(date.bytes.clone()).is_some());
            prop_assert!(date.first_day() <= date.last_day(), "{:?}", date);
            last = date.bytes.end;
        }
    }

    #[test]
    fn any_day_of_publication_will_do(year in -9999i32..=9999, month in 1u8..=12, day in 1u8..=28) {
        let published = Day::new(year, month, day).expect("a day");
        find("الخميس الماضي و5 مايو و قبل 900 قرن والقرن المقبل ورمضان المقبل في رجب والأسبوع القادم", published);
    }
}

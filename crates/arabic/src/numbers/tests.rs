use proptest::prelude::*;

use super::*;

/// `expected` as «text=value kind», parted by «; », with c, o, f or % for the kind.
fn check_numbers(text: &str, expected: &str) {
    let found: Vec<_> = numbers(text).iter().map(|number| shown(text, number)).collect();
    assert_eq!(found.join("; "), expected, "in {text:?}");
}

fn shown(text: &str, number: &Number) -> String {
    let kind = match number.kind {
        Kind::Cardinal => "c",
        Kind::Ordinal => "o",
        Kind::Fraction => "f",
        Kind::Percent => "%",
    };
    format!("{}={} {kind}", &text[number.range()], number.value)
}

/// `text` is one number from end to end.
fn check_number(text: &str, value: &str, kind: Kind) {
    let found = parse_number(text).map(|number| (number.value.to_string(), number.kind));
    assert_eq!(found, Some((value.to_owned(), kind)), "{text:?}");
}

fn check_cardinal(text: &str, value: &str) {
    check_number(text, value, Kind::Cardinal);
}

fn check_ordinal(text: &str, value: &str) {
    check_number(text, value, Kind::Ordinal);
}

fn check_fraction(text: &str, value: &str) {
    check_number(text, value, Kind::Fraction);
}

#[test]
fn cardinals_in_words() {
    check_cardinal("واحد", "1");
    check_cardinal("واحدة", "1");
    check_cardinal("اثنان", "2");
    check_cardinal("اثنتين", "2");
    check_cardinal("ثلاث", "3");
    check_cardinal("ثمانية", "8");
    check_cardinal("ثماني", "8");
    check_cardinal("عشرة", "10");
    check_cardinal("أحد عشر", "11");
    check_cardinal("إحدى عشرة", "11");
    check_cardinal("اثنا عشر", "12");
    check_cardinal("اثنتي عشرة", "12");
    check_cardinal("ثلاثة عشر", "13");
    check_cardinal("ثماني عشرة", "18");
    check_cardinal("عشرون", "20");
    check_cardinal("عشرين", "20");
    check_cardinal("ثلاثة وعشرون", "23");
    check_cardinal("ثلاث وعشرين", "23");
    check_cardinal("إحدى وعشرين", "21");
    check_cardinal("تسعة و تسعون", "99");
    check_cardinal("مئة", "100");
    check_cardinal("مائة", "100");
    check_cardinal("مئتان", "200");
    check_cardinal("مائتان", "200");
    check_cardinal("مائتين", "200");
    check_cardinal("ثلاثمئة", "300");
    check_cardinal("ثلاث مئة", "300");
    check_cardinal("ثمانمائة", "800");
    check_cardinal("ثمانيمئة", "800");
    check_cardinal("مئة وخمسة", "105");
    check_cardinal("مائة وواحدُ وستون", "161");
    check_cardinal("تسعمئة وتسعة وتسعون", "999");
    check_cardinal("ألف", "1000");
    check_cardinal("الف", "1000");
    check_cardinal("ألفان", "2000");
    check_cardinal("ألفا", "2000");
    check_cardinal("ألفاً", "1000");
    check_cardinal("ألفين وعشرين", "2020");
    check_cardinal("ألفان وثلاثمئة وأحد عشر", "2311");
    check_cardinal("ثلاثة آلاف", "3000");
    check_cardinal("خمسة عشر ألفا", "15000");
    check_cardinal("خمسة وثلاثين ألفاً", "35000");
    check_cardinal("مئة ألف", "100000");
    check_cardinal("مئتا ألف", "200000");
    check_cardinal("مائتي ألف", "200000");
    check_cardinal("مليون", "1000000");
    check_cardinal("مليوني", "2000000");
    check_cardinal("ثلاثة ملايين", "3000000");
    check_cardinal("مليار ومئتا مليون", "1200000000");
    check_cardinal("تريليون", "1000000000000");
    check_cardinal("ألف مليون", "1000000000");
    check_cardinal("مائة ألف تريليون", "100000000000000000");
    check_cardinal("ثلاثة ملايين وأربعمئة وخمسة وستون ألفا ومئة واثنان", "3465102");
    check_cardinal("واحد وعشرون تريليون وثلاث مائة", "21000000000300");
    check_cardinal("ثَلاثَةٌ وعِشرون", "23");
    check_cardinal("صفر", "0");
    check_cardinal("سالب خمسة", "-5");
    check_cardinal("نصف دزينة", "6");
}

#[test]
fn cardinals_in_digits() {
    check_cardinal("300", "300");
    check_cardinal("٣٠٠", "300");
    check_cardinal("۳۰۰", "300");
    check_cardinal("1,234,567", "1234567");
    check_cardinal("١٬٢٣٤٬٥٦٧", "1234567");
    check_cardinal("١،٢٣٤،٥٦٧", "1234567");
    check_cardinal("1.234.567", "1234567");
    check_cardinal("1,234", "1234");
    check_cardinal("1.234", "1.234");
    check_cardinal("3.5", "3.5");
    check_cardinal("٣٫٥", "3.5");
    check_cardinal("١٢٬٥", "12.5");
    check_cardinal("5,00", "5");
    check_cardinal("1,234.5", "1234.5");
    check_cardinal("1.234,5", "1234.5");
    check_cardinal("1 414 021 100", "1414021100");
    check_cardinal("12\u{202F}500", "12500");
    check_cardinal(".08", "0.08");
    check_cardinal("-1", "-1");
    check_cardinal("1e10", "10000000000");
    check_cardinal("2020", "2020");
}

#[test]
fn words_and_digits_mix() {
    check_cardinal("خمسة ملايين و300 ألف", "5300000");
    check_cardinal("3.5 مليون", "3500000");
    check_cardinal("3,5 مليارات", "3500000000");
    check_cardinal("4آلاف و٣ مئة", "4300");
    check_cardinal("ألف و300", "1300");
    check_cardinal("20 ألفا", "20000");
    check_cardinal("٣ مئة و٢١", "321");
    check_numbers("3 ملايين و5 قتلى", "3 ملايين=3000000 c; 5=5 c");
    check_numbers("300 و 212 رقمان", "300=300 c; 212=212 c");
    check_numbers("بين 20 و30 ألفا", "20=20 c; 30 ألفا=30000 c");
}

#[test]
fn numbers_that_stand_side_by_side_stay_apart() {
    check_numbers("ثلاثة وأربعة", "ثلاثة=3 c; أربعة=4 c");
    check_numbers("عشرون وثلاثون", "عشرون=20 c; ثلاثون=30 c");
    check_numbers("خمسة، عشرة", "خمسة=5 c; عشرة=10 c");
    check_numbers("ألف ومليون", "ألف=1000 c; مليون=1000000 c");
    check_numbers("192.168.1.2", "192=192 c; 168=168 c; 1=1 c; 2=2 c");
    check_numbers("في 5/17/2018", "5=5 c; 17=17 c; 2018=2018 c");
    check_numbers("1, 234, 567", "1=1 c; 234=234 c; 567=567 c");
    check_numbers("موسم 2020/2021", "2020=2020 c; 2021=2021 c");
    check_numbers("خمسة\nعشر", "خمسة=5 c; عشر=10 c");
}

#[test]
fn proclitics_stay_outside() {
    check_numbers("وثلاثة وعشرون", "ثلاثة وعشرون=23 c");
    check_numbers("بخمسة ملايين", "خمسة ملايين=5000000 c");
    check_numbers("لألف عام", "ألف=1000 c");
    check_numbers("للألف عام", "لألف=1000 c");
    check_numbers("كمليون", "مليون=1000000 c");
    check_numbers("والثلاثة الآخرون", "الثلاثة=3 c");
    check_numbers("وَثَلاثَة", "ثَلاثَة=3 c");
    check_numbers("و300", "300=300 c");
    check_numbers("الـ20", "20=20 c");
    check_numbers("وألف", "ألف=1000 c");
}

#[test]
fn ordinals() {
    check_ordinal("الأول", "1");
    check_ordinal("الأولى", "1");
    check_ordinal("الاولى", "1");
    check_ordinal("الثاني", "2");
    check_ordinal("الثالثة", "3");
    check_ordinal("العاشر", "10");
    check_ordinal("الحادي عشر", "11");
    check_ordinal("الحادية عشرة", "11");
    check_ordinal("الثانية عشرة", "12");
    check_ordinal("التاسع عشر", "19");
    check_ordinal("العشرون", "20");
    check_ordinal("العشرين", "20");
    check_ordinal("الحادي والعشرون", "21");
    check_ordinal("الحادية والعشرين", "21");
    check_ordinal("الواحد والعشرون", "21");
    check_ordinal("الخامسة و عشرون", "25");
    check_ordinal("التاسعة والتسعين", "99");
    check_ordinal("الخامس بعد المئة", "105");
    check_ordinal("الثانية بعد الألف", "1002");
    check_ordinal("المئة والخامسة والعشرون", "125");
    check_numbers("الذكرى المئة", "المئة=100 o");
    check_numbers("الليلة الألف", "الألف=1000 o");
    check_numbers("في القرن الحادي والعشرين.", "الحادي والعشرين=21 o");
    check_numbers("للمرة الثالثة", "الثالثة=3 o");
    check_numbers("بالثالث", "الثالث=3 o");
    check_numbers("ثالث أكبر اقتصاد", "ثالث=3 o");
}

#[test]
fn what_looks_like_an_ordinal() {
    check_numbers("في تشرين الأول", "");
    check_numbers("كانون الثاني وربيع الآخر وجمادى الأولى", "");
    check_numbers("أول أمس", "");
    check_numbers("أول من أمس", "");
    check_numbers("ثاني أكسيد الكربون", "");
    check_numbers("30 ثانية", "30=30 c");
    check_numbers("مجموعة العشرين", "العشرين=20 c");
    check_numbers("أولاً وثانياً", "");
    check_numbers("الثلاثاء والأربعاء والخميس والاثنين والأحد", "");
}

#[test]
fn fractions() {
    check_fraction("نصف", "0.5");
    check_fraction("ثلث", "1/3");
    check_fraction("ثلثي", "2/3");
    check_fraction("ثلاثة أرباع", "0.75");
    check_fraction("ثلاث ارباع", "0.75");
    check_fraction("خمسة أثمان", "0.625");
    check_fraction("خمسة وربع", "5.25");
    check_fraction("واحد ونصف", "1.5");
    check_fraction("مائة و ثلاثة و ثلث", "310/3");
    check_fraction("واحد على ثلاثة", "1/3");
    check_fraction("واحد من كل خمسة", "0.2");
    check_fraction("جزء من ألف", "0.001");
    check_fraction("واحد من مائة ألف تريليون", "0.00000000000000001");
    check_fraction("3/4", "0.75");
    check_fraction("2 1/4", "2.25");
    check_fraction("-4/5", "-0.8");
    check_cardinal("نصف مليون", "500000");
    check_cardinal("ربع مليار", "250000000");
    check_cardinal("ثلاثة أرباع المليون", "750000");
    check_cardinal("مليون ونصف", "1500000");
    check_cardinal("مليون ونصف المليون", "1500000");
    check_cardinal("ثلاثة ملايين وربع المليون", "3250000");
    check_cardinal("ثلاثة فاصلة خمسة", "3.5");
    check_cardinal("ثلاثة فاصلة صفر خمسة", "3.05");
    check_cardinal("مائتين فاصلة ثلاثة من مائة", "200.03");
    check_numbers("خمس السكان", "خمس=0.2 f");
    check_numbers("خمس سنوات", "خمس=5 c");
    check_numbers("نصف نهائي", "");
    check_numbers("كان ثمن الحجر", "");
}

#[test]
fn percents() {
    check_number("20%", "20", Kind::Percent);
    check_number("٢٠٪", "20", Kind::Percent);
    check_number("٪20", "20", Kind::Percent);
    check_number("20 في المئة", "20", Kind::Percent);
    check_number("3.5 في المائة", "3.5", Kind::Percent);
    check_number("عشرين في المئة", "20", Kind::Percent);
    check_number("ثلاثون بالمائة", "30", Kind::Percent);
    check_number("مئة بالمئة", "100", Kind::Percent);
    check_number("نصف في المئة", "0.5", Kind::Percent);
    check_number("سالب خمسة بالمائة", "-5", Kind::Percent);
    check_number("اثنان ونصف في المئة", "2.5", Kind::Percent);
}

#[test]
fn what_is_no_number() {
    check_numbers("لست هنا", "");
    check_numbers("سنة جديدة وآلاف الناس", "");
    check_numbers("أحد الوزراء وإحدى الدول", "");
    check_numbers("ألّف كتابا", "");
    check_numbers("وسط البلد والستار والعشب", "");
    check_numbers("قمة G20 و COVID-19 و5G", "");
    check_numbers("https://example.com/a?b=12", "");
    check_numbers("12 صفر 1442", "12=12 c; 1442=1442 c");
    check_numbers("", "");
}

#[test]
fn long_texts_take_time_by_length() {
    for piece in ["ألف و", "مليون ", "1.", "1 000 ", "نصف ", "/", "1/", "ـ", "و ", "صفر فاصلة "] {
        let text = piece.repeat(64_000 / piece.len());
        assert!(numbers(&text).iter().all(|number| text.get(number.range()).is_some()));
    }
}

proptest! {
    #[test]
    fn ranges_are_those_of_the_text(text in "([و]?(ال)?(ثلاثة|عشر|عشرون|مئة|ألف|مليونا|نصف|أرباع|الأول|في المئة|1|,|[.]|%|/|من|على|٣|-)[ \n]?){0,14}|\\PC{0,40}") {
        let mut end = 0;
        for number in numbers(&text) {
            prop_assert!(number.start >= end && number.start < number.end);
            prop_assert!(text.get(number.range()).is_some());
            end = number.end;
        }
    }

    #[test]
    fn digits_are_read_back(value in 0i64..1_000_000_000, arab in any::<bool>(), grouped in any::<bool>()) {
        let digits = if arab { crate::digits::Digits::Arab } else { crate::digits::Digits::Latn };
        let written = crate::digits::write_number(value.unsigned_abs(), digits, grouped);
        prop_assert_eq!(parse_number(&written).map(|number| number.value), Some(Ratio::from(value)));
    }

    #[test]
    fn words_are_read_back(value in 1i64..1_000_000_000) {
        let written = in_words(value);
        prop_assert_eq!(parse_number(&written).map(|number| number.value), Some(Ratio::from(value)), "{}", written);
    }
}

/// `value` in words, masculine, nominative: enough to test with.
fn in_words(value: i64) -> String {
    const UNITS: [&str; 11] = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"];
    const TENS: [&str; 10] = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"];
    const HUNDREDS: [&str; 10] =
        ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"];
    let index = |number: i64| usize::try_from(number).unwrap_or(0);
    let below_thousand = |number: i64| {
        let rest = number % 100;
        let low = match rest {
            0 => String::new(),
            1..=10 => UNITS[index(rest)].to_owned(),
            11 => "أحد عشر".to_owned(),
            12 => "اثنا عشر".to_owned(),
            13..=19 => format!("{} عشر", UNITS[index(rest - 10)]),
            _ if rest % 10 == 0 => TENS[index(rest / 10)].to_owned(),
            _ => format!("{} و{}", UNITS[index(rest % 10)], TENS[index(rest / 10)]),
        };
        let high = HUNDREDS[index(number / 100)].to_owned();
        [high, low].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" و")
    };
    let scaled = |number: i64, one: &str, two: &str, few: &str| match number {
        0 => String::new(),
        1 => one.to_owned(),
        2 => two.to_owned(),
        3..=10 => format!("{} {few}", UNITS[index(number)]),
        _ => format!("{} {one}", below_thousand(number)),
    };
    let parts = [
        scaled(value / 1_000_000, "مليون", "مليونان", "ملايين"),
        scaled(value / 1_000 % 1_000, "ألف", "ألفان", "آلاف"),
        below_thousand(value % 1_000),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" و")
}

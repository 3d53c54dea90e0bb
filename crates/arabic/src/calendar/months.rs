//! What is this month called, and where?

use crate::fold::{Fold, fold};

/// The series of Gregorian month names that Arabic publications use, after the twelve Arabic locales of CLDR 48.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum MonthNames {
    /// يناير, فبراير, …: Egypt, the Gulf, Sudan, Libya, Yemen, and the default of CLDR.
    #[default]
    Common,
    /// كانون الثاني, شباط, …: Iraq, Jordan, Lebanon, Palestine, Syria.
    Levant,
    /// غشت, شتنبر, …: Morocco.
    Morocco,
    /// جانفي, فيفري, …: Algeria and Tunisia.
    Maghreb,
    /// أغشت, شتمبر, …: Mauritania.
    Mauritania,
}

impl MonthNames {
    /// All series.
    pub const ALL: [MonthNames; 5] =
        [MonthNames::Common, MonthNames::Levant, MonthNames::Morocco, MonthNames::Maghreb, MonthNames::Mauritania];

    /// The series of a region, by its ISO 3166 code in either case; the common one for any other.
    pub fn for_region(region: &str) -> MonthNames {
        match region.to_ascii_uppercase().as_str() {
            "IQ" | "JO" | "LB" | "PS" | "SY" => MonthNames::Levant,
            "MA" | "EH" => MonthNames::Morocco,
            "DZ" | "TN" => MonthNames::Maghreb,
            "MR" => MonthNames::Mauritania,
            _ => MonthNames::Common,
        }
    }

    /// The twelve names, January first.
    pub const fn names(self) -> &'static [&'static str; 12] {
        match self {
            MonthNames::Common => &COMMON,
            MonthNames::Levant => &LEVANT,
            MonthNames::Morocco => &MOROCCO,
            MonthNames::Maghreb => &MAGHREB,
            MonthNames::Mauritania => &MAURITANIA,
        }
    }
}

/// The name of a month, January being 1; `None` for a number that is no month.
pub fn month_name(series: MonthNames, month: u8) -> Option<&'static str> {
    series.names().get(usize::from(month).checked_sub(1)?).copied()
}

/// The month that `text` names in any series, whatever its spelling of hamza, harakat and final letters.
pub fn read_month(text: &str) -> Option<u8> {
    let key = fold(text.trim(), Fold::KEY);
    let key = key.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut names = MonthNames::ALL
        .iter()
        .flat_map(|series| series.names().iter().copied().zip(1..))
        .chain(VARIANTS.iter().copied());
    names.find(|(name, _)| fold(name, Fold::KEY) == key).map(|(_, month)| month)
}

/// The name of a month of the Hijri year, Muharram being 1; `None` for a number that is no month.
pub fn hijri_month_name(month: u8) -> Option<&'static str> {
    HIJRI.get(usize::from(month).checked_sub(1)?).copied()
}

/// The names of the days, Sunday first.
pub const WEEKDAYS: [&str; 7] = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"];

const COMMON: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const LEVANT: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];
const MOROCCO: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];
const MAGHREB: [&str; 12] =
    ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const MAURITANIA: [&str; 12] =
    ["يناير", "فبراير", "مارس", "إبريل", "مايو", "يونيو", "يوليو", "أغشت", "شتمبر", "أكتوبر", "نوفمبر", "دجمبر"];
const HIJRI: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];

/// Other spellings met in newspapers.
const VARIANTS: &[(&str, u8)] = &[
    ("كانون ثاني", 1),
    ("كانون ثان", 1),
    ("نوار", 5),
    ("يونيه", 6),
    ("يوليه", 7),
    ("تشرين أول", 10),
    ("تشرين ثاني", 11),
    ("تشرين ثان", 11),
    ("كانون أول", 12),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check_name(region: &str, month: u8, expected: &str) {
        assert_eq!(month_name(MonthNames::for_region(region), month), Some(expected), "{region} {month}");
    }

    #[test]
    fn regions_have_their_names() {
        check_name("EG", 10, "أكتوبر");
        check_name("SA", 8, "أغسطس");
        check_name("", 1, "يناير");
        check_name("sy", 10, "تشرين الأول");
        check_name("IQ", 1, "كانون الثاني");
        check_name("JO", 12, "كانون الأول");
        check_name("LB", 3, "آذار");
        check_name("PS", 8, "آب");
        check_name("MA", 8, "غشت");
        check_name("MA", 12, "دجنبر");
        check_name("DZ", 1, "جانفي");
        check_name("TN", 8, "أوت");
        check_name("MR", 4, "إبريل");
        check_name("MR", 12, "دجمبر");
        assert_eq!(month_name(MonthNames::Common, 0), None);
        assert_eq!(month_name(MonthNames::Common, 13), None);
    }

    fn check_read(text: &str, expected: Option<u8>) {
        assert_eq!(read_month(text), expected, "{text:?}");
    }

    #[test]
    fn months_are_read_in_any_spelling() {
        check_read("أكتوبر", Some(10));
        check_read("اكتوبر", Some(10));
        check_read("تشرين  الاول", Some(10));
        check_read("تشرين أول", Some(10));
        check_read("ابريل", Some(4));
        check_read("إبريل", Some(4));
        check_read("آيار", Some(5));
        check_read("جويليه", Some(7));
        check_read(" ماي ", Some(5));
        check_read("أُوت", Some(8));
        check_read("شبـاط", Some(2));
        check_read("رمضان", None);
        check_read("", None);
    }

    #[test]
    fn no_name_stands_for_two_months() {
        for (series, month) in MonthNames::ALL.iter().flat_map(|series| (1..=12).map(move |month| (*series, month))) {
            assert_eq!(month_name(series, month).and_then(read_month), Some(month), "{series:?}");
        }
    }

    #[test]
    fn hijri_months_have_names() {
        assert_eq!(hijri_month_name(9), Some("رمضان"));
        assert_eq!(hijri_month_name(12), Some("ذو الحجة"));
        assert_eq!(hijri_month_name(13), None);
    }
}

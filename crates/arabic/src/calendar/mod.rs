//! What is this day called?
//!
//! Gregorian months go by five series of names between Mauritania and Iraq; a publication chooses one
//! ([`MonthNames::for_region`]), a reader of texts must know all ([`read_month`]). The Hijri calendar is that of Umm
//! al-Qura, by a table of 1343–1500 AH.
//!
//! ```
//! use arabic::calendar::{hijri_date, long_date, Hijri, MonthNames};
//! use arabic::digits::Digits;
//!
//! let series = MonthNames::for_region("SY");
//! assert_eq!(long_date(2020, 10, 22, series, Digits::Latn).as_deref(), Some("22 تشرين الأول 2020"));
//! let hijri = Hijri::from_gregorian(2020, 10, 22).unwrap();
//! assert_eq!(hijri_date(hijri, Digits::Latn), "5 ربيع الأول 1442");
//! ```

mod gregorian;
mod hijri;
mod months;
mod table;

pub use gregorian::{date_of, day_number, is_date};
pub use hijri::Hijri;
pub use months::{MonthNames, WEEKDAYS, hijri_month_name, month_name, read_month};

use crate::digits::Digits;

/// A Gregorian date in words: «22 أكتوبر 2020». `None` when there is no such day.
pub fn long_date(year: i32, month: u8, day: u8, series: MonthNames, digits: Digits) -> Option<String> {
    if !is_date(year, month, day) {
        return None;
    }
    month_name(series, month).map(|name| day_month_year(day.into(), name, year, digits))
}

/// A Hijri date in words: «5 ربيع الأول 1442». The reader adds «هـ» where both calendars stand together.
pub fn hijri_date(date: Hijri, digits: Digits) -> String {
    let name = hijri_month_name(date.month()).unwrap_or_default();
    day_month_year(date.day().into(), name, date.year().into(), digits)
}

/// A page with forty comments has forty dates, so this does without the machinery of formatting.
fn day_month_year(day: i32, month: &str, year: i32, digits: Digits) -> String {
    let mut out = String::with_capacity(month.len() + 20);
    digits.push(&mut out, day);
    out.push(' ');
    out.push_str(month);
    out.push(' ');
    digits.push(&mut out, year);
    out
}

/// The name of the day of the week: «الخميس». `None` when there is no such day.
pub fn weekday_name(year: i32, month: u8, day: u8) -> Option<&'static str> {
    if !is_date(year, month, day) {
        return None;
    }
    // The first of January 1970 was a Thursday.
    let index = (day_number(year, month, day) + 4).rem_euclid(7);
    WEEKDAYS.get(usize::try_from(index).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_date(date: (i32, u8, u8), region: &str, digits: Digits, expected: Option<&str>) {
        let (year, month, day) = date;
        assert_eq!(long_date(year, month, day, MonthNames::for_region(region), digits).as_deref(), expected);
    }

    #[test]
    fn dates_are_written() {
        check_date((2020, 10, 22), "EG", Digits::Latn, Some("22 أكتوبر 2020"));
        check_date((2020, 10, 22), "EG", Digits::Arab, Some("٢٢ أكتوبر ٢٠٢٠"));
        check_date((2020, 1, 5), "LB", Digits::Latn, Some("5 كانون الثاني 2020"));
        check_date((2021, 2, 29), "EG", Digits::Latn, None);
    }

    fn check_weekday(date: (i32, u8, u8), expected: Option<&str>) {
        assert_eq!(weekday_name(date.0, date.1, date.2), expected);
    }

    #[test]
    fn days_have_names() {
        check_weekday((1970, 1, 1), Some("الخميس"));
        check_weekday((2020, 10, 22), Some("الخميس"));
        check_weekday((2024, 2, 25), Some("الأحد"));
        check_weekday((1969, 12, 31), Some("الأربعاء"));
        check_weekday((2020, 2, 30), None);
    }
}

//! Which day is this, in the count of days?

/// The number of days from 1 January 1970 to a date of the proleptic Gregorian calendar. Month and day must be valid.
///
/// The year is taken to begin in March, so that the leap day is its last and months need no table: the day of the year
/// on which the m-th month after March begins is (153 m + 2) / 5.
pub const fn day_number(year: i32, month: u8, day: u8) -> i64 {
    let after_march = (month as i64 + 9) % 12;
    let year = year as i64 - (month < 3) as i64;
    let day_of_year = (153 * after_march + 2) / 5 + day as i64 - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - DAYS_TO_1970
}

/// Days from 1 March of year 0 to 1 January 1970.
const DAYS_TO_1970: i64 = 719_468;
const DAYS_IN_400_YEARS: i64 = 146_097;

/// The year, month and day of a day number; the opposite of [`day_number`].
pub fn date_of(day_number: i64) -> (i32, u8, u8) {
    let days = day_number + DAYS_TO_1970;
    let era = days.div_euclid(DAYS_IN_400_YEARS);
    let day_of_era = days.rem_euclid(DAYS_IN_400_YEARS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let after_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * after_march + 2) / 5 + 1;
    let month = if after_march < 10 { after_march + 3 } else { after_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month < 3);
    (i32::try_from(year).unwrap_or(i32::MAX), u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

/// Whether there is such a day.
pub fn is_date(year: i32, month: u8, day: u8) -> bool {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u8::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=length).contains(&day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_day(year: i32, month: u8, day: u8, expected: i64) {
        assert_eq!(day_number(year, month, day), expected);
        assert_eq!(date_of(expected), (year, month, day));
    }

    #[test]
    fn days_are_counted_from_1970() {
        check_day(1970, 1, 1, 0);
        check_day(1969, 12, 31, -1);
        check_day(2000, 2, 29, 11_016);
        check_day(2020, 10, 22, 18_557);
        check_day(1924, 8, 1, -16_589);
        check_day(0, 3, 1, -719_468);
    }

    #[test]
    fn impossible_days_are_none() {
        assert!(is_date(2020, 2, 29) && is_date(2000, 2, 29));
        assert!(!is_date(2021, 2, 29) && !is_date(1900, 2, 29));
        assert!(!is_date(2020, 4, 31) && !is_date(2020, 13, 1) && !is_date(2020, 0, 1) && !is_date(2020, 1, 0));
    }

    proptest! {
        #[test]
        fn every_day_has_one_date(number in -2_000_000i64..2_000_000) {
            let (year, month, day) = date_of(number);
            prop_assert!(is_date(year, month, day));
            prop_assert_eq!(day_number(year, month, day), number);
        }
    }
}

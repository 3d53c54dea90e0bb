//! Which day of the Umm al-Qura calendar is it?

use super::gregorian::{date_of, day_number, is_date};
use super::table::{FIRST_DAY, FIRST_YEAR, YEARS};

/// A date of the Umm al-Qura calendar, from 1343 to 1500 AH: a day that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hijri {
    year: u16,
    month: u8,
    day: u8,
}

impl Hijri {
    /// The date, if the calendar has such a day within 1343–1500 AH.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Hijri> {
        let lengths = *YEARS.get(usize::from(year.checked_sub(FIRST_YEAR)?))?;
        let is_day = (1..=12).contains(&month) && (1..=month_length(lengths, month)).contains(&i64::from(day));
        is_day.then_some(Hijri { year, month, day })
    }

    /// The date of a Gregorian day from 1 August 1924 to 16 November 2077; `None` outside, or when there is no such
    /// day.
    ///
    /// ```
    /// let date = arabic::calendar::Hijri::from_gregorian(2020, 10, 22).unwrap();
    /// assert_eq!((date.year(), date.month(), date.day()), (1442, 3, 5));
    /// ```
    pub fn from_gregorian(year: i32, month: u8, day: u8) -> Option<Hijri> {
        if !is_date(year, month, day) {
            return None;
        }
        let day_number = day_number(year, month, day);
        let after = STARTS.partition_point(|&start| start <= day_number);
        let index = after.checked_sub(1)?;
        let lengths = *YEARS.get(index)?;
        let mut left = day_number - STARTS[index];
        for month in 1..=12 {
            let length = month_length(lengths, month);
            if left < length {
                let year = FIRST_YEAR + u16::try_from(index).ok()?;
                return Some(Hijri { year, month, day: u8::try_from(left + 1).ok()? });
            }
            left -= length;
        }
        None
    }

    /// The Gregorian year, month and day.
    pub fn to_gregorian(self) -> (i32, u8, u8) {
        let index = usize::from(self.year - FIRST_YEAR);
        let before: i64 = (1..self.month).map(|month| month_length(YEARS[index], month)).sum();
        date_of(STARTS[index] + before + i64::from(self.day) - 1)
    }

    /// The year, anno Hegirae.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, Muharram being 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.day
    }
}

/// The day number of the first day of each year of the table.
const STARTS: [i64; YEARS.len()] = {
    let mut starts = [FIRST_DAY; YEARS.len()];
    let mut index = 1;
    while index < YEARS.len() {
        starts[index] = starts[index - 1] + year_length(YEARS[index - 1]);
        index += 1;
    }
    starts
};

const fn year_length(lengths: u32) -> i64 {
    let mut days = 0;
    let mut month = 1;
    while month <= 12 {
        days += month_length(lengths, month);
        month += 1;
    }
    days
}

const fn month_length(lengths: u32, month: u8) -> i64 {
    28 + (lengths >> (2 * (month - 1)) & 0b11) as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_date(hijri: (u16, u8, u8), gregorian: (i32, u8, u8)) {
        let (year, month, day) = gregorian;
        let date = Hijri::new(hijri.0, hijri.1, hijri.2);
        assert_eq!(Hijri::from_gregorian(year, month, day), date, "{gregorian:?}");
        assert_eq!(date.map(Hijri::to_gregorian), Some(gregorian), "{hijri:?}");
    }

    #[test]
    fn known_days_agree() {
        check_date((1343, 1, 1), (1924, 8, 1));
        check_date((1343, 10, 1), (1925, 4, 24));
        check_date((1400, 1, 1), (1979, 11, 20));
        check_date((1421, 1, 1), (2000, 4, 6));
        check_date((1442, 1, 1), (2020, 8, 20));
        check_date((1442, 3, 5), (2020, 10, 22));
        check_date((1444, 9, 1), (2023, 3, 23));
        check_date((1445, 9, 1), (2024, 3, 11));
        check_date((1446, 1, 1), (2024, 7, 7));
        check_date((1500, 12, 30), (2077, 11, 16));
    }

    #[test]
    fn days_outside_the_calendar_are_none() {
        assert_eq!(Hijri::from_gregorian(1924, 7, 31), None);
        assert_eq!(Hijri::from_gregorian(2077, 11, 17), None);
        assert_eq!(Hijri::from_gregorian(2021, 2, 29), None);
        assert_eq!(Hijri::from_gregorian(i32::MAX, 1, 1), None);
        assert_eq!(Hijri::new(1342, 1, 1), None);
        assert_eq!(Hijri::new(1501, 1, 1), None);
        assert_eq!(Hijri::new(1442, 1, 30), None);
        assert_eq!(Hijri::new(1442, 13, 1), None);
        assert_eq!(Hijri::new(1442, 0, 1), None);
    }

    proptest! {
        #[test]
        fn there_and_back(number in FIRST_DAY..FIRST_DAY + 55_990) {
            let (year, month, day) = date_of(number);
            let hijri = Hijri::from_gregorian(year, month, day);
            prop_assert_eq!(hijri.map(Hijri::to_gregorian), Some((year, month, day)));
            prop_assert!(hijri.is_some_and(|date| Hijri::new(date.year, date.month, date.day) == hijri));
        }
    }
}

//! Which day, month or year is meant here?
//!
//! News dates its sentences by the day it appears: «الخميس», «الشهر الماضي», «في أغسطس». [`find`] reads them, and the
//! absolute ones, by the word classes of time in the module's lexicon and a small grammar: a day and a month, a month and
//! a year, a weekday, a unit with «الماضي» or a count and «قبل», part of a stretch, from one to another.
//!
//! - **Precision is kept**: «في أغسطس» is a month, not its first day. What lasts longer than a day, month or year has
//!   its last one in [`Date::until`].
//! - **Relative dates** look back from the day of publication, unless the sentence speaks of what is to come
//!   («سيصل الخميس»). A weekday is the nearest, the day of publication included when looking back. A month or day without
//!   year is the nearest past one, but one that begins within two months is taken for the coming one unless a verb of
//!   the past stands by.
//! - **Hijri dates** are turned by the Umm al-Qura table; the value is Gregorian, [`Date::hijri`] keeps what was written.
//! - **Names are no dates**: «شارع 26 يوليو», «حركة 6 أبريل», «صلاة الجمعة», «شركة نيسان», «مارس» the verb. A number is a
//!   year only after a word that asks for one.
//!
//! The words «يوم» before a weekday and «في» before anything do not belong to the date; «شهر» and «عام» do.
//!
//! Not understood: dates relative to another date of the text («بعد يومين من ذلك»), holidays, times of day, years of two
//! digits, a lone day of the month in words.

mod lexicon;
mod reader;
mod resolve;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use arabic::calendar::{date_of, day_number, is_date};

pub use self::lexicon::Part;
use crate::text::Words;

/// A day of the Gregorian calendar: one that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, if there is such a one.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        (is_date(year, month, day) && (-9999..=9999).contains(&year)).then_some(Day { year, month, day })
    }

    /// Reads `2020-10-23`.
    ///
    /// ```
    /// use dossier::dates::Day;
    /// assert_eq!(Day::parse("2020-10-23").unwrap().to_string(), "2020-10-23");
    /// assert_eq!(Day::parse("2020-02-30"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.trim().splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, January being 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.day
    }

    fn number(self) -> i64 {
        day_number(self.year, self.month, self.day)
    }

    fn of_number(number: i64) -> Day {
        let (year, month, day) = date_of(number.clamp(-4_000_000, 2_900_000));
        Day { year, month, day }
    }

    /// Sunday is 0.
    fn weekday(self) -> u8 {
        u8::try_from((self.number() + 4).rem_euclid(7)).unwrap_or(0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A day, a month or a year, as precise as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Value {
    /// The year.
    pub year: i32,
    /// The month, January being 1, if it is known.
    pub month: Option<u8>,
    /// The day of the month, if it is known; never without the month.
    pub day: Option<u8>,
}

impl Value {
    /// The first day of it.
    pub fn first(self) -> Day {
        Day { year: self.year, month: self.month.unwrap_or(1), day: self.day.unwrap_or(1) }
    }

    /// The last day of it.
    pub fn last(self) -> Day {
        match (self.month, self.day) {
            (Some(month), Some(day)) => Day { year: self.year, month, day },
            (Some(month), None) => Day { year: self.year, month, day: resolve::month_length(self.year, month) },
            (None, _) => Day { year: self.year, month: 12, day: 31 },
        }
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Value {
        Value { year: day.year, month: Some(day.month), day: Some(day.day) }
    }
}

impl fmt::Display for Value {
    /// `2020-10-22`, `2020-10` or `2020`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// Which calendar a date was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// The common one.
    Gregorian,
    /// That of Umm al-Qura.
    Hijri,
}

/// Whether a date can be told without the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// It can.
    Absolute,
    /// It cannot.
    Relative,
}

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// The day, month or year, or the first of several.
    pub value: Value,
    /// The last of several: of a range, a week, a decade.
    pub until: Option<Value>,
    /// Which part of it is meant: «أوائل 2019».
    pub part: Option<Part>,
    /// The calendar that it was written in.
    pub calendar: Calendar,
    /// Year, month and day as a Hijri date says them.
    pub hijri: Option<(u16, Option<u8>, Option<u8>)>,
    /// Whether it depends on the day of publication.
    pub how: How,
    /// The name of the rule that read it.
    pub rule: &'static str,
}

impl Date {
    /// The first day that may be meant, the part of the stretch regarded.
    pub fn first_day(&self) -> Day {
        self.days().0
    }

    /// The last day that may be meant.
    pub fn last_day(&self) -> Day {
        self.days().1
    }

    fn days(&self) -> (Day, Day) {
        let (first, last) = (self.value.first(), self.until.unwrap_or(self.value).last());
        resolve::part_of(first, last, self.part)
    }
}

/// The dates of `text`, which appeared on the day `published`, from first to last. None overlaps another.
///
/// ```
/// use dossier::dates::{Day, find};
/// let published = Day::parse("2020-10-23").unwrap();
/// let text = "أشاد الرئيس يوم الخميس بما أُنجز منذ يونيو 2019";
/// let found: Vec<_> = find(text, published).iter().map(|d| (&text[d.bytes.clone()], d.value.to_string())).collect();
/// assert_eq!(found, [("الخميس", "2020-10-22".to_owned()), ("يونيو 2019", "2019-06".to_owned())]);
/// ```
pub fn find(text: &str, published: Day) -> Vec<Date> {
    find_in(&Words::new(text), published)
}

/// The same in a text that was cut up already.
pub(crate) fn find_in(words: &Words, published: Day) -> Vec<Date> {
    let reader = reader::Reader::new(words);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match reader.read(at) {
            Some(reading) if !reading.wanted => at = reading.to.max(at + 1),
            Some(reading) => {
                let tense = reader.tense(&reading);
                if let Some(date) = resolve::resolve(&reading, published, tense) {
                    at = reading.to.max(at + 1);
                    found.push(date);
                } else {
                    at += 1;
                }
            }
            None => at += 1,
        }
    }
    found
}

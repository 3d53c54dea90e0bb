//! When was that, and on whose clock?
//!
//! WordPress keeps each time twice: as the clock of the site showed it, and in UTC. The zone itself is not in the export,
//! but the difference of the two is, once for every item and comment that was ever published.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::Offset;

/// A time as WordPress writes it: `2020-05-10 10:00:00`, in no zone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Date {
    text: String,
    civil: Option<DateTime>,
}

impl Date {
    /// The time that `text` says. What says none (the zero date `0000-00-00 00:00:00` of drafts, the empty text, a 31st of
    /// February) is kept as text.
    pub fn parse(text: impl Into<String>) -> Date {
        let text = text.into();
        let civil = civil(text.trim());
        Date { text, civil }
    }

    /// The time, if it is one.
    pub fn civil(&self) -> Option<DateTime> {
        self.civil
    }

    /// What was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it says on purpose that there is no time: empty, or the year 0.
    pub fn is_none(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with("0000-")
    }
}

impl From<DateTime> for Date {
    /// The time in the way of WordPress, to the second.
    fn from(civil: DateTime) -> Date {
        Date::parse(civil.strftime("%Y-%m-%d %H:%M:%S").to_string())
    }
}

/// How far the clock of the site was from UTC at this time. `None` when one of the two is no time, or when they are
/// further apart than any clock on earth is, or not by whole quarters of an hour (somebody changed one of them by hand).
pub fn offset_between(local: &Date, gmt: &Date) -> Option<Offset> {
    let apart = local.civil()?.duration_since(gmt.civil()?).as_secs();
    let is_a_zone = (-12 * 3600..=14 * 3600).contains(&apart) && apart % 900 == 0;
    Offset::from_seconds(i32::try_from(apart).ok()?).ok().filter(|_| is_a_zone)
}

/// A count of the offsets that were met. A site with summer time has two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offsets {
    seconds: BTreeMap<i32, u64>,
}

impl Offsets {
    /// Counts one pair. Returns the offset that it had.
    pub fn add(&mut self, local: &Date, gmt: &Date) -> Option<Offset> {
        let offset = offset_between(local, gmt)?;
        *self.seconds.entry(offset.seconds()).or_default() += 1;
        Some(offset)
    }

    /// The offsets with their counts, the most frequent first.
    pub fn counts(&self) -> Vec<(Offset, u64)> {
        let mut counts: Vec<(Offset, u64)> = self
            .seconds
            .iter()
            .filter_map(|(&seconds, &count)| Some((Offset::from_seconds(seconds).ok()?, count)))
            .collect();
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        counts
    }

    /// The most frequent offset.
    pub fn usual(&self) -> Option<Offset> {
        self.counts().first().map(|&(offset, _)| offset)
    }
}

/// `YYYY-MM-DD`, and perhaps ` HH:MM` or ` HH:MM:SS`.
fn civil(text: &str) -> Option<DateTime> {
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, time),
        None => (text, "00:00:00"),
    };
    let [year, month, day] = numbers(day, '-')?;
    let [hour, minute, second] =
        if time.matches(':').count() == 1 { numbers(&format!("{time}:00"), ':')? } else { numbers(time, ':')? };
    if year == 0 {
        return None;
    }
    let narrow = |n: i16| i8::try_from(n).ok();
    DateTime::new(year, narrow(month)?, narrow(day)?, narrow(hour)?, narrow(minute)?, narrow(second)?, 0).ok()
}

fn numbers(text: &str, between: char) -> Option<[i16; 3]> {
    let mut parts = text.splitn(3, between).map(|part| {
        let is_number = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse().ok() } else { None }
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_date(text: &str, expected: Option<&str>, is_none: bool) {
        let date = Date::parse(text);
        assert_eq!(date.civil().map(|civil| civil.to_string()).as_deref(), expected, "{text:?}");
        assert_eq!((date.text(), date.is_none()), (text, is_none), "{text:?}");
    }

    #[test]
    fn dates_are_read_or_kept_as_text() {
        check_date("2020-05-10 10:00:00", Some("2020-05-10T10:00:00"), false);
        check_date("2020-05-10T10:00:00", Some("2020-05-10T10:00:00"), false);
        check_date(" 2020-05-10 10:00 ", Some("2020-05-10T10:00:00"), false);
        check_date("2020-05-10", Some("2020-05-10T00:00:00"), false);
        check_date("1492-01-02 00:00:00", Some("1492-01-02T00:00:00"), false);
        check_date("0000-00-00 00:00:00", None, true);
        check_date("", None, true);
        check_date("0000-05-10 10:00:00", None, true);
        check_date("2020-00-10 10:00:00", None, false);
        check_date("2021-02-29 10:00:00", None, false);
        check_date("2020-05-10 24:00:00", None, false);
        check_date("-2020-05-10 10:00:00", None, false);
        check_date("٢٠٢٠-٠٥-١٠ ١٠:٠٠:٠٠", None, false);
        check_date("2020-05-10 10:00:00:00", None, false);
        check_date("yesterday", None, false);
    }

    fn check_offset(local: &str, gmt: &str, expected: Option<i32>) {
        let offset = offset_between(&Date::parse(local), &Date::parse(gmt));
        assert_eq!(offset.map(Offset::seconds), expected, "{local} against {gmt}");
    }

    #[test]
    fn two_clocks_give_an_offset() {
        check_offset("2020-05-10 10:00:00", "2020-05-10 07:00:00", Some(3 * 3600));
        check_offset("2020-05-10 00:30:00", "2020-05-09 19:00:00", Some(19_800));
        check_offset("2020-01-01 00:00:00", "2020-01-01 05:00:00", Some(-5 * 3600));
        check_offset("2020-01-01 00:00:00", "2020-01-01 00:00:00", Some(0));
        check_offset("2020-01-01 00:00:00", "0000-00-00 00:00:00", None);
        check_offset("2020-01-01 00:00:00", "2020-01-02 00:00:00", None);
        check_offset("2020-01-01 00:07:00", "2020-01-01 00:00:00", None);
        check_offset("9999-12-31 00:00:00", "0001-01-01 00:00:00", None);
    }

    #[test]
    fn the_usual_offset_is_the_most_frequent() {
        let mut offsets = Offsets::default();
        for (local, gmt) in [("2020-07-01 12:00:00", "2020-07-01 09:00:00"); 3] {
            offsets.add(&Date::parse(local), &Date::parse(gmt));
        }
        offsets.add(&Date::parse("2020-01-01 12:00:00"), &Date::parse("2020-01-01 10:00:00"));
        offsets.add(&Date::parse(""), &Date::parse("2020-01-01 10:00:00"));
        assert_eq!(offsets.usual(), Some(Offset::constant(3)));
        assert_eq!(offsets.counts(), [(Offset::constant(3), 3), (Offset::constant(2), 1)]);
    }
}

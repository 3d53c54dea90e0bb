//! Which day does this visible line name?
//!
//! Themes print dates in words («22 أكتوبر، 2020»), in any of the month series that Arabic uses, or in digits. A line
//! counts as a date only when nothing else stands in it, so that a sentence which mentions a day stays a sentence.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::Published;
use super::furniture::fold;

/// A machine-readable moment: `2020-10-22T14:03:00+03:00`, `2020-10-22 14:03`, `2020-10-22`, `20201022T1403Z`.
pub(super) fn read_machine(text: &str) -> Option<Published> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(Published::Instant(moment));
    }
    if let Some(moment) = offset_without_colon(text) {
        return Some(Published::Instant(moment));
    }
    // A bare date also parses as a date and time at midnight, so the length decides.
    if text.len() > 10
        && let Ok(moment) = text.parse::<DateTime>()
    {
        return plausible(moment.date()).then_some(Published::Local(moment));
    }
    let date = text.get(..10)?.parse::<Date>().ok()?;
    (plausible(date) && text.len() == 10).then_some(Published::Day(date))
}

/// A line that is a date and nothing else, perhaps with a weekday, a time of day, «نشر في» before it.
pub(super) fn read_line(line: &str) -> Option<Published> {
    if line.len() > 160 || !line.chars().any(char::is_numeric) {
        return None;
    }
    if let Some(moment) = read_machine(line) {
        return Some(moment);
    }
    let (line, time) = take_time(&fold(line));
    let mut found = Found::default();
    for word in line.split(|c: char| c.is_whitespace() || "،,/-.|():".contains(c)).filter(|word| !word.is_empty()) {
        found.take(word)?;
    }
    let date = found.date(&line)?;
    Some(match time {
        Some(time) => Published::Local(date.to_datetime(time)),
        None => Published::Day(date),
    })
}

/// Names of months as [`fold`] gives them; a test holds this.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["يناير", "كانون الثاني", "جانفي", "january", "jan", "janvier"],
    &["فبراير", "شباط", "فيفري", "february", "feb", "fevrier"],
    &["مارس", "اذار", "march", "mar", "mars"],
    &["ابريل", "نيسان", "افريل", "april", "apr", "avril"],
    &["مايو", "ايار", "ماي", "may", "mai"],
    &["يونيو", "يونيه", "حزيران", "جوان", "june", "jun", "juin"],
    &["يوليو", "يوليه", "تموز", "جويليه", "يوليوز", "july", "jul", "juillet"],
    &["اغسطس", "اب", "اوت", "غشت", "august", "aug", "aout"],
    &["سبتمبر", "ايلول", "شتنبر", "september", "sep", "sept", "septembre"],
    &["اكتوبر", "تشرين الاول", "october", "oct", "octobre"],
    &["نوفمبر", "تشرين الثاني", "نونبر", "november", "nov", "novembre"],
    &["ديسمبر", "كانون الاول", "دجنبر", "december", "dec", "decembre"],
];

/// The number (1–12) of a month name already folded, in any series used for the Gregorian calendar: the one of Egypt
/// and the Gulf, the one of the Levant and Iraq, those of Algeria, Tunisia and Morocco, English and French.
fn read_month(folded: &str) -> Option<i8> {
    MONTHS.iter().position(|names| names.contains(&folded)).and_then(|i| i8::try_from(i + 1).ok())
}

/// Offsets such as `+0300`, which ISO 8601 allows and strict readers refuse.
fn offset_without_colon(text: &str) -> Option<Timestamp> {
    let split = text.len().checked_sub(2)?;
    let (sign_at, minutes) = (text.get(split.checked_sub(3)?..split)?, text.get(split..)?);
    if !sign_at.starts_with(['+', '-']) || !minutes.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{}:{minutes}", text.get(..split)?).parse().ok()
}

/// Nothing was published on the web before 1990; later limits would need a clock.
fn plausible(date: Date) -> bool {
    (1990..=2199).contains(&date.year())
}

/// What the words of a line gave so far.
#[derive(Default)]
struct Found {
    numbers: Vec<i16>,
    month: Option<i8>,
    /// «كانون» and «تشرين» wait for the word that tells the first from the second.
    half: Option<&'static str>,
}

impl Found {
    /// Takes one folded word; `None` when the word has no place in a date.
    fn take(&mut self, word: &str) -> Option<()> {
        if let Some(half) = self.half.take() {
            let second = if word.starts_with("ال") { word.to_owned() } else { format!("ال{word}") };
            self.month = Some(read_month(&format!("{half} {second}"))?);
            return Some(());
        }
        // Western ordinals: 1st, 22nd, 1er; and the two letters that mark the calendar: «م».
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ordinal = ["", "st", "nd", "rd", "th", "er"].contains(&&word[digits.len()..]);
        if ordinal && !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            self.numbers.push(digits.parse().ok()?);
            return (self.numbers.len() <= 3).then_some(());
        }
        match word {
            "كانون" => self.half = Some("كانون"),
            "تشرين" => self.half = Some("تشرين"),
            _ if self.month.is_none() && read_month(word).is_some() => self.month = read_month(word),
            // Two names of one month side by side: «أكتوبر/تشرين الأول».
            _ if read_month(word).is_some() && read_month(word) == self.month => {}
            _ if is_filler(word) => {}
            _ => return None,
        }
        Some(())
    }

    fn date(&self, line: &str) -> Option<Date> {
        let date = match (self.month, self.numbers.as_slice()) {
            (Some(month), &[day, year]) if year > 31 => make(year, month.into(), day),
            (Some(month), &[year, day]) if year > 31 => make(year, month.into(), day),
            (None, &[year, month, day]) if year > 31 => make(year, month, day),
            // Day first is the order of Arabic and of most of Europe; only a month above twelve says otherwise.
            (None, &[first, second, year]) if year > 31 && line.contains(['/', '-', '.']) => {
                if second > 12 {
                    make(year, first, second)
                } else {
                    make(year, second, first)
                }
            }
            _ => None,
        }?;
        plausible(date).then_some(date)
    }
}

fn make(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Words that accompany a date, as [`fold`] gives them.
#[rustfmt::skip]
const FILLERS: [&str; 59] = [
    "السبت", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "يوم", "في", "بتاريخ", "تاريخ", "نشر",
    "نشرت",
    "النشر", "نشرها", "الساعه", "م", "ميلادي", "ميلاديه", "الموافق", "تم", "كتب", "اخر", "تحديث", "التحديث", "posted",
    "published", "on", "date", "at", "last", "updated", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday",
    "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "publie", "le", "lundi", "mardi", "mercredi", "jeudi",
    "vendredi", "samedi", "dimanche", "de", "of", "a", "thurs",
];

/// Words that accompany a date: weekdays, «نشر في», «بتاريخ», «الساعة».
fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Takes `14:03`, `2:03 pm`, `2:03 م` out of a folded line.
fn take_time(line: &str) -> (String, Option<Time>) {
    let is_time = |word: &str| -> Option<(i8, i8)> {
        let (hours, minutes) = word.trim_matches(|c: char| !c.is_ascii_digit()).split_once(':')?;
        let minutes = minutes.split(':').next()?;
        (minutes.len() == 2 && hours.len() <= 2).then_some(())?;
        Some((hours.parse().ok()?, minutes.parse().ok()?))
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some((at, (hours, minutes))) = words.iter().enumerate().find_map(|(i, w)| Some((i, is_time(w)?))) else {
        return (line.to_owned(), None);
    };
    let marker = words.get(at + 1).map(|word| word.trim_matches([',', '،', '.', ')', '|']));
    let (shift, marked) = match marker {
        Some("pm" | "p.m" | "مساء" | "م") if hours < 12 => (12, true),
        Some("am" | "a.m" | "صباحا" | "ص") if hours == 12 => (-12, true),
        Some("pm" | "p.m" | "مساء" | "م" | "am" | "a.m" | "صباحا" | "ص") => (0, true),
        _ => (0, false),
    };
    let rest = words.iter().enumerate().filter(|(i, _)| *i != at && !(marked && *i == at + 1)).map(|(_, word)| *word);
    (rest.collect::<Vec<_>>().join(" "), Time::new(hours + shift, minutes, 0, 0).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    fn check_day(line: &str, year: i16, month: i8, day: i8) {
        assert_eq!(read_line(line), Some(Published::Day(date(year, month, day))), "{line}");
    }

    fn check_local(line: &str, hour: i8, minute: i8) {
        assert_eq!(read_line(line), Some(Published::Local(datetime(2020, 10, 22, hour, minute, 0, 0))), "{line}");
    }

    fn check_not(line: &str) {
        assert_eq!(read_line(line), None, "{line}");
    }

    #[test]
    fn tables_are_written_as_they_are_compared() {
        for name in MONTHS.iter().flat_map(|names| names.iter()).chain(&FILLERS) {
            assert_eq!(fold(name), *name);
        }
    }

    #[test]
    fn arabic_month_series() {
        check_day("22 أكتوبر، 2020", 2020, 10, 22);
        check_day("٢٢ أكتوبر ٢٠٢٠", 2020, 10, 22);
        check_day("22 تشرين الأول 2020", 2020, 10, 22);
        check_day("22 تشرين أول 2020", 2020, 10, 22);
        check_day("5 كانون الثاني/يناير 2021", 2021, 1, 5);
        check_day("يناير 5, 2021", 2021, 1, 5);
        check_day("7 جويلية 2019", 2019, 7, 7);
        check_day("7 غشت 2019", 2019, 8, 7);
        check_day("7 آب 2019", 2019, 8, 7);
        check_day("الخميس، 22 أكتوبر 2020 م", 2020, 10, 22);
        check_day("نُشر في: 22 أكتوبر 2020", 2020, 10, 22);
    }

    #[test]
    fn other_languages_and_digits() {
        check_day("October 22, 2020", 2020, 10, 22);
        check_day("Posted on 22nd October 2020", 2020, 10, 22);
        check_day("1er août 2020", 2020, 8, 1);
        check_day("22/10/2020", 2020, 10, 22);
        check_day("10/22/2020", 2020, 10, 22);
        check_day("2020-10-22", 2020, 10, 22);
        check_day("2020/10/22", 2020, 10, 22);
    }

    #[test]
    fn times_of_day() {
        check_local("22 أكتوبر 2020 - 14:03", 14, 3);
        check_local("22 أكتوبر 2020 2:03 م", 14, 3);
        check_local("22 أكتوبر 2020، الساعة 12:03 صباحا", 0, 3);
        check_local("October 22, 2020 at 2:03 pm", 14, 3);
    }

    #[test]
    fn lines_that_are_no_dates() {
        check_not("");
        check_not("أكتوبر");
        check_not("في أكتوبر 2020");
        check_not("وصل الوفد في 22 أكتوبر 2020");
        check_not("30 فبراير 2020");
        check_not("10 20 2020");
        check_not("22 أكتوبر 1020");
        check_not("3 تعليقات");
    }

    #[test]
    fn machine_moments() {
        let instant = "2020-10-22T11:03:00Z".parse::<Timestamp>().ok().map(Published::Instant);
        assert!(instant.is_some());
        assert_eq!(read_machine("2020-10-22T14:03:00+03:00"), instant);
        assert_eq!(read_machine("2020-10-22T14:03:00+0300"), instant);
        assert_eq!(read_machine("2020-10-22T14:03"), Some(Published::Local(datetime(2020, 10, 22, 14, 3, 0, 0))));
        assert_eq!(read_machine("2020-10-22"), Some(Published::Day(date(2020, 10, 22))));
        assert_eq!(read_machine("soon"), None);
        assert_eq!(read_machine("٢٠٢٠-١٠-٢٢"), None);
    }
}

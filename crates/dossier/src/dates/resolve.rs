//! Which days are these, seen from the day of publication?

use arabic::calendar::{Hijri, is_date};

use super::lexicon::{Part, Unit};
use super::reader::{Core, Named, Reading, Tense};
use super::{Calendar, Date, Day, How, Value};

/// From one day, month or year to another, or one alone.
type Stretch = (Value, Option<Value>);

/// The date that `reading` is; none when there is no such day.
pub(super) fn resolve(reading: &Reading, published: Day, tense: Tense) -> Option<Date> {
    let mut first = reading.first;
    let second = reading.second;
    // «من 3 إلى 5 مايو»: what the first lacks the second says.
    if let (Core::Named(one), Some(Core::Named(two))) = (&mut first, second) {
        complete(one, &two);
    }
    let (value, until) = stretch(first, published, tense)?;
    let mut part = reading.part;
    let (value, until) = match second {
        None => (value, until),
        Some(core) => {
            let mut core = core;
            if let (Core::Named(one), Core::Named(two)) = (first, &mut core) {
                complete(two, &one);
            }
            let (from, to) = stretch(core, published, tense)?;
            let mut last = to.unwrap_or(from);
            if let (Core::Named(Named { weekday: Some(_), day: None, .. }), true) = (core, last.first() < value.first())
            {
                last = Day::of_number(last.first().number() + 7).into();
            }
            part = None;
            let yearless = matches!(first, Core::Named(Named { year: None, relative: None, .. }));
            let value =
                if last.last() < value.first() && yearless { stretch(first, published, Tense::Past)?.0 } else { value };
            if last.last() < value.first() {
                return None;
            }
            (value, Some(last))
        }
    };
    let hijri = match first {
        Core::Named(named) if named.hijri => hijri_of(named, value),
        _ => None,
    };
    Some(Date {
        bytes: reading.bytes.clone(),
        value,
        until: until.filter(|&until| until != value),
        part,
        calendar: if hijri.is_some() { Calendar::Hijri } else { Calendar::Gregorian },
        hijri,
        how: if is_absolute(first) && second.is_none_or(is_absolute) { How::Absolute } else { How::Relative },
        rule: reading.rule,
    })
}

fn complete(one: &mut Named, other: &Named) {
    if one.month.is_none() && one.relative.is_none() {
        one.month = other.month;
        one.hijri = other.hijri;
        one.relative = one.relative.or(other.relative);
    }
    if one.year.is_none() && one.relative.is_none() {
        one.year = other.year;
        one.relative = other.relative;
    }
}

fn is_absolute(core: Core) -> bool {
    match core {
        Core::Named(named) => named.year.is_some() && named.relative.is_none(),
        Core::Season { year, .. } | Core::Portion { year, .. } | Core::Nth { year, .. } => year.is_some(),
        Core::Decade(_) | Core::Century(_) => true,
        _ => false,
    }
}

fn hijri_of(named: Named, value: Value) -> Option<(u16, Option<u8>, Option<u8>)> {
    let first = value.first();
    let date = Hijri::from_gregorian(first.year, first.month, first.day)?;
    Some((date.year(), named.month, named.day))
}

fn stretch(core: Core, published: Day, tense: Tense) -> Option<Stretch> {
    match core {
        Core::Named(named) if named.hijri => hijri(named, published, tense),
        Core::Named(named) => gregorian(named, published, tense),
        Core::Offset { unit, by } => offset(unit, by, published),
        Core::Relative { unit, by } => relative(unit, by, published),
        Core::Last { unit, by } => Some(lasting(unit, by, published)),
        Core::Rest(unit) => {
            let (from, until) = relative(unit, 0, published)?;
            Some((Value::from(published), Some(Value::from(until.unwrap_or(from).last()))))
        }
        Core::Season { season, year, by } => Some(season_of(season, year, by, published, tense)),
        Core::Decade(year) => Some((year_value(year), Some(year_value(year + 9)))),
        Core::Century(number) => Some((year_value(number * 100 - 99), Some(year_value(number * 100)))),
        Core::Portion { months, nth, year, by } => {
            let year = year.unwrap_or(published.year + i32::from(by.unwrap_or(0)));
            let from = u8::try_from(months.checked_mul(nth.checked_sub(1)?)?.checked_add(1)?).ok()?;
            let to = from.checked_add(u8::try_from(months).ok()?)?.checked_sub(1)?;
            (to <= 12).then_some((month_value(year, from), Some(month_value(year, to))))
        }
        Core::Nth { nth, weekday, month, year, by } => nth_of(nth, weekday, month, year, by, published, tense),
    }
}

fn gregorian(named: Named, published: Day, tense: Tense) -> Option<Stretch> {
    let by = |unit: Unit| named.relative.filter(|(of, _)| *of == unit).map(|(_, by)| by);
    let year = named.year.or_else(|| by(Unit::Year).map(|by| published.year + i32::from(by)));
    if let Some(weekday) = named.weekday.filter(|_| named.month.is_none() && year.is_none()) {
        return weekday_of(named, weekday, published, tense).map(|day| (day.into(), None));
    }
    let Some(month) = named.month else {
        let Some(day) = named.day else { return year.map(|year| (year_value(year), None)) };
        // A day of the month alone: of this month, or the one that is said.
        let (month, _) = relative(Unit::Month, by(Unit::Month).unwrap_or(0), published)?;
        let value = Value { day: Some(day), ..month };
        return is_date(value.year, value.month?, day).then_some((value, None));
    };
    let with_year = |year: i32| Value { year, month: Some(month), day: named.day };
    let exists = |value: Value| value.day.is_none_or(|day| is_date(value.year, month, day));
    let year = match year {
        Some(year) => year,
        None => {
            let candidates = [published.year - 1, published.year, published.year + 1];
            let fits = |&year: &i32| {
                let value = with_year(year);
                let right = |weekday| named.day.is_none() || value.first().weekday() == weekday;
                exists(value) && named.weekday.is_none_or(right)
            };
            nearest(candidates.iter().copied().filter(fits), with_year, by(Unit::Month), published, tense)
                .or_else(|| nearest(candidates.into_iter(), with_year, by(Unit::Month), published, tense))?
        }
    };
    let value = with_year(year);
    exists(value).then_some((value, None))
}

/// How many days ahead a month or day without a year may begin, to be taken for the coming one.
const SOON: i64 = 62;

/// Of `years`, that in which the date is meant.
fn nearest(
    years: impl Iterator<Item = i32>,
    value: impl Fn(i32) -> Value,
    by: Option<i8>,
    published: Day,
    tense: Tense,
) -> Option<i32> {
    let mut years: Vec<i32> = years.collect();
    years.sort_unstable();
    let now = published.number();
    let past = |year: &&i32| value(**year).first().number() <= now;
    let coming = |year: &&i32| value(**year).last().number() >= now;
    match (by, tense) {
        (Some(-1), _) => years.iter().rev().find(|year| value(**year).last().number() < now),
        (Some(1), _) => years.iter().find(|year| value(**year).first().number() > now),
        (Some(_), _) => years.iter().find(|year| value(**year).year == published.year),
        (None, Tense::Future | Tense::Alone) => years.iter().find(coming),
        (None, Tense::Past) => years.iter().rev().find(past),
        (None, Tense::Unknown) => {
            let soon = years.iter().find(coming).filter(|year| value(**year).first().number() - now <= SOON);
            soon.or_else(|| years.iter().rev().find(past))
        }
    }
    .or_else(|| years.last())
    .copied()
}

fn weekday_of(named: Named, weekday: u8, published: Day, tense: Tense) -> Option<Day> {
    let now = published.number();
    if let Some(day) = named.day {
        // «الجمعة 15»: the month nearest to now in which that is so.
        let months = [0, -1, 1, -2, 2, -3, 3];
        return months.iter().find_map(|&by| {
            let (month, _) = relative(Unit::Month, by, published)?;
            let date = Day::new(month.year, month.month?, day)?;
            (date.weekday() == weekday).then_some(date)
        });
    }
    let back = i64::from((published.weekday() + 7 - weekday) % 7);
    let ahead = i64::from((weekday + 7 - published.weekday()) % 7);
    let number = match named.relative {
        Some((Unit::Week, by)) => {
            // Weeks begin on Monday here, as in ISO 8601: «الجمعة من الأسبوع المقبل».
            let monday = now - i64::from((published.weekday() + 6) % 7);
            monday + 7 * i64::from(by) + i64::from((weekday + 6) % 7)
        }
        Some((_, -1)) => now - if back == 0 { 7 } else { back },
        Some((_, 1)) => now + if ahead == 0 { 7 } else { ahead },
        Some(_) => now + ahead,
        None => match tense {
            Tense::Alone => now + if ahead == 0 { 7 } else { ahead },
            Tense::Future => now + ahead,
            Tense::Past | Tense::Unknown => now - back,
        },
    };
    Some(Day::of_number(number))
}

fn hijri(named: Named, published: Day, tense: Tense) -> Option<Stretch> {
    let today = Hijri::from_gregorian(published.year, published.month, published.day);
    let by = named.relative.map(|(_, by)| by);
    let of = |year: u16| -> Option<Stretch> {
        let (first, last) = match (named.month, named.day) {
            (Some(month), Some(day)) => (Hijri::new(year, month, day)?, None),
            (Some(month), None) => (Hijri::new(year, month, 1)?, last_of(year, month)),
            (None, _) => (Hijri::new(year, 1, 1)?, last_of(year, 12)),
        };
        let value = |date: Hijri| {
            let (year, month, day) = date.to_gregorian();
            Value { year, month: Some(month), day: Some(day) }
        };
        Some((value(first), last.map(value)))
    };
    // «رمضان 2001»: the month that begins in a Gregorian year.
    if let Some(year) = named.year.filter(|year| *year > 1500) {
        let start = Hijri::from_gregorian(year, 1, 1)?.year();
        return (start..=start + 1).filter_map(of).find(|(value, _)| value.year == year);
    }
    if let Some(year) = named.year {
        return of(u16::try_from(year).ok()?);
    }
    let now = published.number();
    let year = today?.year();
    let years: Vec<Stretch> = (year - 1..=year + 1).filter_map(of).collect();
    let first = |stretch: &&Stretch| stretch.0.first().number();
    let last = |stretch: &&Stretch| stretch.1.unwrap_or(stretch.0).last().number();
    match (by, tense) {
        (Some(-1), _) => years.iter().rev().find(|stretch| last(stretch) < now),
        (Some(1), _) => years.iter().find(|stretch| first(stretch) > now),
        (_, Tense::Future | Tense::Alone) => years.iter().find(|stretch| last(stretch) >= now),
        _ => years
            .iter()
            .find(|stretch| last(stretch) >= now && first(stretch) - now <= SOON && tense == Tense::Unknown)
            .or_else(|| years.iter().rev().find(|stretch| first(stretch) <= now)),
    }
    .copied()
}

fn last_of(year: u16, month: u8) -> Option<Hijri> {
    (28..=31).rev().find_map(|day| Hijri::new(year, month, day))
}

fn offset(unit: Unit, by: i64, published: Day) -> Option<Stretch> {
    let by = by.clamp(-100_000, 100_000);
    Some(match unit {
        Unit::Day => (Day::of_number(published.number() + by).into(), None),
        Unit::Week => (Day::of_number(published.number() + 7 * by).into(), None),
        Unit::Month | Unit::Quarter | Unit::Half => {
            let months = match unit {
                Unit::Month => by,
                Unit::Quarter => 3 * by,
                _ => 6 * by,
            };
            (month_after(published, months)?, None)
        }
        Unit::Year => (year_value(year_after(published, by)?), None),
        Unit::Decade => (year_value(year_after(published, 10 * by)?), None),
        Unit::Century => (year_value(year_after(published, 100 * by)?), None),
    })
}

fn year_after(published: Day, years: i64) -> Option<i32> {
    i32::try_from(i64::from(published.year) + years).ok().filter(|year| (1..=9999).contains(year))
}

fn month_after(published: Day, months: i64) -> Option<Value> {
    let months = i64::from(published.year) * 12 + i64::from(published.month) - 1 + months;
    let year = i32::try_from(months.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
    Some(month_value(year, u8::try_from(months.rem_euclid(12) + 1).ok()?))
}

/// «الشهر الماضي», «هذا الأسبوع».
fn relative(unit: Unit, by: i8, published: Day) -> Option<Stretch> {
    let by = i64::from(by);
    Some(match unit {
        Unit::Day => (Day::of_number(published.number() + by).into(), None),
        Unit::Week => {
            let monday = published.number() - i64::from((published.weekday() + 6) % 7) + 7 * by;
            (Day::of_number(monday).into(), Some(Day::of_number(monday + 6).into()))
        }
        Unit::Month => (month_after(published, by)?, None),
        Unit::Quarter | Unit::Half => {
            let months = if unit == Unit::Quarter { 3 } else { 6 };
            let within = i64::from((published.month - 1) % months);
            let from = month_after(published, by * i64::from(months) - within)?;
            (from, Some(month_after(from.first(), i64::from(months) - 1)?))
        }
        Unit::Year => (year_value(year_after(published, by)?), None),
        Unit::Decade => {
            let from = year_after(published, 10 * by)?.div_euclid(10) * 10;
            (year_value(from), Some(year_value(from + 9)))
        }
        Unit::Century => {
            let from = (year_after(published, 100 * by)? - 1).div_euclid(100) * 100 + 1;
            (year_value(from), Some(year_value(from + 99)))
        }
    })
}

/// «الأسابيع الثلاثة الماضية», up to today, or from tomorrow on.
fn lasting(unit: Unit, by: i64, published: Day) -> Stretch {
    let moved = |from: Day, by: i64| -> Day {
        match unit {
            Unit::Day => Day::of_number(from.number() + by),
            Unit::Week => Day::of_number(from.number() + 7 * by),
            _ => {
                let months = match unit {
                    Unit::Month => by,
                    Unit::Quarter => 3 * by,
                    Unit::Half => 6 * by,
                    Unit::Decade => 120 * by,
                    Unit::Century => 1200 * by,
                    _ => 12 * by,
                };
                month_after(from, months).map_or(from, |month| {
                    let month_number = month.month.unwrap_or(1);
                    let day = from.day.min(month_length(month.year, month_number));
                    Day { year: month.year, month: month_number, day }
                })
            }
        }
    };
    let by = by.clamp(-5_000, 5_000);
    if by < 0 {
        (moved(published, by).into(), Some(published.into()))
    } else {
        let tomorrow = Day::of_number(published.number() + 1);
        (tomorrow.into(), Some(Day::of_number(moved(tomorrow, by).number() - 1).into()))
    }
}

/// From its first month: spring in March.
fn season_of(season: u8, year: Option<i32>, by: Option<i8>, published: Day, tense: Tense) -> Stretch {
    let start = 3 + 3 * season;
    let value = |year: i32| month_value(year, start);
    let years = [published.year - 1, published.year, published.year + 1];
    let year = year
        .or_else(|| match by {
            Some(0) => Some(published.year),
            _ => nearest(years.into_iter(), value, by, published, tense),
        })
        .unwrap_or(published.year);
    let until = if season == 3 { month_value(year + 1, 2) } else { month_value(year, start + 2) };
    (value(year), Some(until))
}

/// «أول جمعة من يوليو», «الأسبوع الثاني من عام 2015», «الأسبوع الأخير من مايو».
fn nth_of(
    nth: i8,
    weekday: Option<u8>,
    month: Option<u8>,
    year: Option<i32>,
    by: Option<(Unit, i8)>,
    published: Day,
    tense: Tense,
) -> Option<Stretch> {
    let named = Named { month, year, relative: by, ..Named::default() };
    let (value, until) = match by {
        Some((unit, by)) if month.is_none() => relative(unit, by, published)?,
        _ => gregorian(named, published, tense)?,
    };
    let (first, last) = (value.first().number(), until.unwrap_or(value).last().number());
    // A week belongs to where its Thursday is.
    let anchor = i64::from(weekday.unwrap_or(4));
    let nth = i64::from(nth);
    let day = if nth > 0 {
        let offset = (anchor - i64::from(Day::of_number(first).weekday())).rem_euclid(7);
        first + offset + 7 * (nth - 1)
    } else {
        let offset = (i64::from(Day::of_number(last).weekday()) - anchor).rem_euclid(7);
        last - offset
    };
    if !(first..=last).contains(&day) {
        return None;
    }
    Some(match weekday {
        Some(_) => (Day::of_number(day).into(), None),
        None => (Day::of_number(day - 3).into(), Some(Day::of_number(day + 3).into())),
    })
}

/// The first and last day of `part` of the days from `first` to `last`.
pub(super) fn part_of(first: Day, last: Day, part: Option<Part>) -> (Day, Day) {
    let Some(part) = part else { return (first, last) };
    let (from, to) = (first.number(), last.number());
    let length = to - from + 1;
    // The halves of a year end with a month.
    let whole = first.year == last.year && (first.month, first.day, last.month, last.day) == (1, 1, 12, 31);
    match (part, whole) {
        (Part::Early, true) => return (first, Day { month: 6, day: 30, ..first }),
        (Part::Late, true) => return (Day { month: 7, ..first }, last),
        _ => {}
    }
    // Half of it, as people speak of the beginning of a year; the middle is its middle third.
    let half = length / 2;
    let (from, to) = match part {
        Part::Early => (from, from + (half - 1).max(0)),
        Part::Middle => (from + length / 3, to - length / 3),
        Part::Late => (from + half, to),
    };
    (Day::of_number(from), Day::of_number(to.max(from)))
}

fn year_value(year: i32) -> Value {
    Value { year, month: None, day: None }
}

fn month_value(year: i32, month: u8) -> Value {
    Value { year, month: Some(month), day: None }
}

/// How many days the month has.
pub(super) fn month_length(year: i32, month: u8) -> u8 {
    (28..=31).rev().find(|&day| is_date(year, month, day)).unwrap_or(28)
}

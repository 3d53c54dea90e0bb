//! How is a moment shown? In the site's calendar, month names, digits and time zone.

use arabic::calendar::{Hijri, MonthNames, hijri_date, long_date};
use jiff::Timestamp;
use jiff::civil::Date;

use super::interface::{Arg, Interface};
use super::views::DateView;
use crate::news::site::{Calendar, Digits, Site};

/// A moment, for a page in the language of `texts`.
pub(super) fn moment(site: &Site, texts: &Interface, at: Timestamp) -> DateView {
    let local = at.to_zoned(site.time_zone.clone());
    let (date, other_calendar) = match site.settings.calendar {
        Calendar::Gregorian => (gregorian(site, texts, local.date()), None),
        Calendar::Hijri => (hijri(site, texts, local.date()), None),
        Calendar::GregorianWithHijri => (gregorian(site, texts, local.date()), Some(hijri(site, texts, local.date()))),
        Calendar::HijriWithGregorian => (hijri(site, texts, local.date()), Some(gregorian(site, texts, local.date()))),
    };
    let [hour, minute] = [local.hour(), local.minute()].map(i8::unsigned_abs);
    let digit = |number: u8| char::from(b'0' + number);
    let time = [digit(hour / 10), digit(hour % 10), ':', digit(minute / 10), digit(minute % 10)];
    let time = digits(site, &time.iter().collect::<String>());
    DateView { iso: whole_second(at).to_string(), date, time, other_calendar }
}

/// Without the fraction, which nobody reads.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// A day, as the heading of its list.
pub(super) fn day(site: &Site, texts: &Interface, date: Date) -> String {
    gregorian(site, texts, date)
}

/// A month, as the heading of its list: «أكتوبر 2020».
pub(super) fn month(site: &Site, texts: &Interface, year: i16, month: i8) -> String {
    format!("{} {}", month_name(site, texts, month), digits(site, &year.to_string()))
}

/// The name of a month, 1 to 12.
pub(super) fn month_name(site: &Site, texts: &Interface, month: i8) -> String {
    if texts.language() == "ar" {
        let series = MonthNames::for_region(&site.settings.month_names);
        return arabic::calendar::month_name(series, month.unsigned_abs()).unwrap_or_default().to_owned();
    }
    texts.text(&format!("month-{month}"), &[])
}

/// A number in the site's digits.
pub(super) fn digits(site: &Site, text: &str) -> String {
    site.settings.digits.convert(text)
}

fn gregorian(site: &Site, texts: &Interface, date: Date) -> String {
    let (year, month, day) = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
    if texts.language() == "ar" {
        let series = MonthNames::for_region(&site.settings.month_names);
        return long_date(year, month, day, series, arabic_digits(site)).unwrap_or_else(|| date.to_string());
    }
    let month = month_name(site, texts, date.month());
    let (day, year) = (digits(site, &day.to_string()), digits(site, &year.to_string()));
    texts.text(
        "date-long",
        &[("day", Arg::from(day.as_str())), ("month", Arg::from(month.as_str())), ("year", Arg::from(year.as_str()))],
    )
}

/// Umm al-Qura; outside of the years that were published, the Gregorian date.
fn hijri(site: &Site, texts: &Interface, date: Date) -> String {
    match Hijri::from_gregorian(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs()) {
        Some(hijri) if texts.language() == "ar" => hijri_date(hijri, arabic_digits(site)),
        Some(hijri) => {
            let month = texts.text(&format!("hijri-month-{}", hijri.month()), &[]);
            let (day, year) = (digits(site, &hijri.day().to_string()), digits(site, &hijri.year().to_string()));
            texts.text("date-hijri", &[("day", (&*day).into()), ("month", (&*month).into()), ("year", (&*year).into())])
        }
        None => gregorian(site, texts, date),
    }
}

fn arabic_digits(site: &Site) -> arabic::digits::Digits {
    match site.settings.digits {
        Digits::Latn => arabic::digits::Digits::Latn,
        Digits::Arab => arabic::digits::Digits::Arab,
    }
}

//! What comes when? What is planned, what goes out and what goes away, in the weeks of a month or day by day.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::places::Room;
use super::refusal::Refusal;
use super::stages;
use super::visit::{Fields, Visit};
use crate::news::language::Language;
use crate::store::stories::{self, Line};
use crate::web::dates;
use crate::web::reply::Reply;
use crate::web::views::newsroom::calendar::{CalendarDay, CalendarEntry, CalendarPage};

/// So many of each kind are shown in a month; the page says when there are more.
const MOST: i64 = 1_000;
/// So many that went out in a month are counted; the page says when there are more.
const MOST_PUBLISHED: i64 = 10_000;

/// Everything that a month of the calendar is made from.
struct Month {
    planned: Vec<Line>,
    going_out: Vec<Line>,
    going_away: Vec<Line>,
    went_out: Vec<Timestamp>,
    /// There is more than was read.
    has_more: bool,
}

/// `GET /newsroom/calendar/?month=2026-11&form=list`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let site = &visit.frame.site;
    let today = site.day_of(visit.desk().clock.now());
    let first = month_of(query.one("month")).unwrap_or(today.first_of_month());
    let is_list = query.one("form") == "list";
    let days = weeks_around(first, first_weekday(&site.settings.month_names));
    let (from, until) = match (days.first(), days.last().and_then(|last| last.tomorrow().ok())) {
        (Some(from), Some(until)) => (*from, until),
        _ => return Err(Refusal::NotFound),
    };
    let found = load(visit, from, until).await?;
    let mut entries = entries(visit, &found)?;
    let mut published: BTreeMap<Date, usize> = BTreeMap::new();
    for at in &found.went_out {
        *published.entry(site.day_of(*at)).or_default() += 1;
    }
    let shown: Vec<CalendarDay> = days
        .iter()
        .map(|day| CalendarDay {
            iso: day.to_string(),
            number: dates::digits(site, &day.day().to_string()),
            name: format!("{} {}", weekday_name(visit, day.weekday()), dates::day(site, visit.texts(), *day)),
            is_inside: day.first_of_month() == first,
            is_today: *day == today,
            begin: (*day >= today).then(|| format!("{}?planned_on={day}", Room::NewStory.path())),
            entries: entries.remove(day).unwrap_or_default(),
            published: published.get(day).copied().unwrap_or_default(),
            published_href: list_of(*day, &site.time_zone),
        })
        .collect();
    let is_empty = !shown.iter().any(|day| day.is_inside && (day.published > 0 || !day.entries.is_empty()));
    let form = if is_list { "&form=list" } else { "" };
    let address = |month: Date, form: &str| {
        format!("{}?month={:04}-{:02}{form}", Room::Calendar.path(), month.year(), month.month())
    };
    let beside = |months: i64| first.checked_add(months.months()).unwrap_or(first);
    let view = CalendarPage {
        layout: visit.layout(&visit.says("nav-calendar"), "calendar"),
        month: dates::month(site, visit.texts(), first.year(), first.month()),
        iso: format!("{:04}-{:02}", first.year(), first.month()),
        before: address(beside(-1), form),
        after: address(beside(1), form),
        today: (first != today.first_of_month()).then(|| address(today, form)),
        is_list,
        other_form: address(first, if is_list { "" } else { "&form=list" }),
        weekdays: days.iter().take(7).map(|day| weekday_name(visit, day.weekday())).collect(),
        weeks: shown.chunks(7).map(<[CalendarDay]>::to_vec).collect(),
        has_more: found.has_more,
        is_empty,
    };
    visit.page("newsroom/calendar.html", &view)
}

async fn load(visit: &Visit<'_>, from: Date, until: Date) -> Result<Month, Refusal> {
    let staff = visit.staff()?.clone();
    let begins = |day: Date| Ok(day.to_zoned(visit.frame.site.time_zone.clone())?.timestamp());
    let moments = begins(from).and_then(|from| Ok((from, begins(until)?)));
    let (first, last) = moments.map_err(|error: jiff::Error| Refusal::Broken(error.to_string()))?;
    visit
        .view(move |db| {
            let mut found = Month {
                planned: stories::planned(db, from, until, MOST)?,
                going_out: stories::going_out(db, first, last, MOST)?,
                going_away: stories::going_away(db, first, last, MOST)?,
                went_out: stories::went_out(db, first, last, MOST_PUBLISHED)?,
                has_more: false,
            };
            let lists = [&found.planned, &found.going_out, &found.going_away];
            found.has_more =
                lists.iter().any(|lines| lines.len() as i64 >= MOST) || found.went_out.len() as i64 >= MOST_PUBLISHED;
            for lines in [&mut found.planned, &mut found.going_out] {
                lines.retain(|line| line.is_open_to(&staff));
            }
            Ok(found)
        })
        .await
}

/// By day: what is planned for it, then what has its hour.
fn entries(visit: &Visit<'_>, found: &Month) -> Result<BTreeMap<Date, Vec<CalendarEntry>>, Refusal> {
    let site = &visit.frame.site;
    let mut by_day: BTreeMap<Date, Vec<CalendarEntry>> = BTreeMap::new();
    for line in &found.planned {
        let day = line.at.to_zoned(TimeZone::UTC).date();
        by_day.entry(day).or_default().push(entry(visit, "planned", line, None));
    }
    let mut timed: Vec<(Timestamp, &'static str, &Line)> = Vec::new();
    timed.extend(found.going_out.iter().map(|line| (line.at, "out", line)));
    timed.extend(found.going_away.iter().map(|line| (line.at, "away", line)));
    timed.sort_by_key(|(at, ..)| *at);
    for (at, what, line) in timed {
        by_day.entry(site.day_of(at)).or_default().push(entry(visit, what, line, Some(at)));
    }
    Ok(by_day)
}

fn entry(visit: &Visit<'_>, what: &'static str, line: &Line, at: Option<Timestamp>) -> CalendarEntry {
    let site = &visit.frame.site;
    let language = Language::parse(&line.language).unwrap_or_else(|_| site.language.clone());
    CalendarEntry {
        what,
        href: Room::Story(line.id).path(),
        headline: line.headline.clone(),
        dir: language.dir(),
        lang: line.language.clone(),
        time: at.map(|at| dates::moment(site, visit.texts(), at).time),
        stage: (what == "planned").then(|| stages::name_of(visit, &line.stage)),
        section: line.section.clone(),
        assignee: line.assignee.as_ref().map(|(_, name)| name.clone()),
        is_embargoed: line.embargo_at.is_some_and(|until| until > visit.desk().clock.now()),
    }
}

fn weekday_name(visit: &Visit<'_>, day: Weekday) -> String {
    visit.says(&format!("weekday-{}", day.to_monday_one_offset()))
}

/// The list of published stories from the end of a day on.
fn list_of(day: Date, zone: &TimeZone) -> String {
    let end = day.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
    let end = end.map_or(i64::MAX, |end| end.timestamp().as_millisecond());
    format!("{}?list=published&before={end}.0", Room::Stories.path())
}

/// `2026-11`: its first day.
fn month_of(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let (year, month) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok()?);
    // Within what a calendar of ours can be asked for, with a month to spare on both sides.
    (1900..=2200).contains(&year).then(|| Date::new(year, month, 1).ok()).flatten()
}

/// The days of the weeks that a month touches.
fn weeks_around(first: Date, begins: Weekday) -> Vec<Date> {
    let mut days = Vec::with_capacity(42);
    let mut day = first;
    while day.weekday() != begins {
        let Ok(before) = day.yesterday() else { break };
        day = before;
    }
    while day < first || day.first_of_month() == first || day.weekday() != begins {
        days.push(day);
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    days
}

/// The day with which a week begins in a country (CLDR 46, `weekData`, `firstDay`); Monday in the rest of the world.
fn first_weekday(region: &str) -> Weekday {
    match region {
        "AE" | "AF" | "BH" | "DJ" | "DZ" | "EG" | "IQ" | "IR" | "JO" | "KW" | "LY" | "OM" | "QA" | "SD" | "SY" => {
            Weekday::Saturday
        }
        "SA" | "YE" | "US" | "CA" | "CN" | "JP" | "IL" | "IN" => Weekday::Sunday,
        _ => Weekday::Monday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_whole_weeks() {
        let check = |month: &str, begins: Weekday, from: &str, until: &str, weeks: usize| {
            let days = weeks_around(month_of(month).expect(month), begins);
            let shown = days.first().zip(days.last()).map(|(first, last)| (first.to_string(), last.to_string()));
            assert_eq!(shown, Some((from.to_owned(), until.to_owned())), "{month}");
            assert_eq!(days.len(), 7 * weeks, "{month}");
        };
        check("2026-11", Weekday::Saturday, "2026-10-31", "2026-12-04", 5);
        check("2026-11", Weekday::Sunday, "2026-11-01", "2026-12-05", 5);
        check("2026-11", Weekday::Monday, "2026-10-26", "2026-12-06", 6);
        check("2026-02", Weekday::Sunday, "2026-02-01", "2026-02-28", 4);
        check("2026-12", Weekday::Saturday, "2026-11-28", "2027-01-01", 5);
    }

    #[test]
    fn a_month_is_a_year_and_a_number() {
        assert_eq!(month_of("2026-11").map(|day| day.to_string()), Some("2026-11-01".to_owned()));
        for odd in ["", "2026", "2026-13", "2026-00", "x-1", "99999-01", "1066-01", "-5-1"] {
            assert_eq!(month_of(odd), None, "{odd}");
        }
    }
}

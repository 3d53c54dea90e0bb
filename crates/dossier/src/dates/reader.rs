//! Which words together say when?

use std::collections::HashMap;
use std::ops::Range;

use arabic::morphology::{self, Part as MorphPart};
use arabic::numbers::{self, Kind};

use super::lexicon::{
    Count, Part, Sense, Unit, half, is_counted, names_by_date, names_by_weekday, owner_month, sense, sense_within,
};
use crate::text::{Gap, Words};
use crate::verbs;

/// A day, month or year that has names or numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub(super) weekday: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) month: Option<u8>,
    pub(super) year: Option<i32>,
    pub(super) hijri: bool,
    /// «الماضي» and the like, and which unit it says that of.
    pub(super) relative: Option<(Unit, i8)>,
}

/// What a date is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Core {
    Named(Named),
    /// قبل ثلاثة أيام
    Offset {
        unit: Unit,
        by: i64,
    },
    /// الشهر الماضي
    Relative {
        unit: Unit,
        by: i8,
    },
    /// الأسابيع الثلاثة الماضية
    Last {
        unit: Unit,
        by: i64,
    },
    /// بقية العام
    Rest(Unit),
    Season {
        season: u8,
        year: Option<i32>,
        by: Option<i8>,
    },
    /// The first year of a decade.
    Decade(i32),
    /// The nineteenth is 19.
    Century(i32),
    /// Quarters and halves of a year.
    Portion {
        months: i32,
        nth: i32,
        year: Option<i32>,
        by: Option<i8>,
    },
    /// أول جمعة من يوليو; a week without weekday; the last is −1.
    Nth {
        nth: i8,
        weekday: Option<u8>,
        month: Option<u8>,
        year: Option<i32>,
        by: Option<(Unit, i8)>,
    },
}

/// A date that was read and not resolved yet.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) first: Core,
    /// The end of a range.
    pub(super) second: Option<Core>,
    pub(super) part: Option<Part>,
    pub(super) from: usize,
    /// The word after it.
    pub(super) to: usize,
    pub(super) bytes: Range<usize>,
    pub(super) rule: &'static str,
    /// Whether it is a date, not the name of something: «شارع 26 يوليو».
    pub(super) wanted: bool,
}

/// Of which time a sentence speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
    /// There is nothing in the sentence but the date.
    Alone,
}

/// A part of a date: what it says, the word after it, the rule.
type Piece = (Core, usize, &'static str);

pub(super) struct Reader<'w, 't> {
    words: &'w Words<'t>,
    /// Numbers in words, by their first word: value, word after, ordinal.
    numbers: HashMap<usize, (i64, usize, bool)>,
}

impl<'w, 't> Reader<'w, 't> {
    pub(super) fn new(words: &'w Words<'t>) -> Reader<'w, 't> {
        let mut found = HashMap::new();
        let mut at = 0;
        for number in numbers::numbers(words.text) {
            while words.get(at).is_some_and(|word| word.end <= number.start) {
                at += 1;
            }
            let Some(word) = words.get(at).filter(|word| word.start <= number.start && !word.digits) else { continue };
            let Some(value) = number.value.to_integer().and_then(|value| i64::try_from(value).ok()) else { continue };
            if matches!(number.kind, Kind::Cardinal | Kind::Ordinal) && word.start < number.end {
                let mut to = at + 1;
                while words.get(to).is_some_and(|word| word.start < number.end) {
                    to += 1;
                }
                found.insert(at, (value, to, number.kind == Kind::Ordinal));
            }
        }
        Reader { words, numbers: found }
    }

    /// The date that begins with word `at`.
    pub(super) fn read(&self, at: usize) -> Option<Reading> {
        let words = self.words;
        // Most words begin no date.
        if !words.get(at)?.digits && !self.numbers.contains_key(&at) && sense_within(words.key(at)).is_none() {
            return None;
        }
        let reading = self.range(at).or_else(|| self.single(at))?;
        Some(Reading { wanted: self.is_wanted(&reading), ..reading })
    }

    fn single(&self, at: usize) -> Option<Reading> {
        let (part, from) = self.part(at);
        let (part, from, (core, to, rule)) = match self.core(from, at == from) {
            Some(piece) => (part, from, piece),
            None => (None, at, self.core(at, true).filter(|_| from > at)?),
        };
        // «منتصف» before a day says nothing of the day.
        let (part, at, core, to, rule) = match (part, core) {
            (Some(Part::Late), Core::Relative { unit: Unit::Week, .. }) => (part, at, core, to, rule),
            (
                Some(_),
                Core::Named(Named { day: Some(_), .. } | Named { weekday: Some(_), .. }) | Core::Offset { .. },
            ) => (None, from, core, to, rule),
            _ => (part, at, core, to, rule),
        };
        Some(self.reading(core, None, part, at, to, rule))
    }

    fn reading(
        &self,
        first: Core,
        second: Option<Core>,
        part: Option<Part>,
        from: usize,
        to: usize,
        rule: &'static str,
    ) -> Reading {
        let words = self.words;
        let mut bytes = words.bytes(from, to);
        if self.numbers.contains_key(&from) && sense(words.key(from)).is_none() {
            let bare = words.key(from);
            let cut =
                usize::from(bare.starts_with(['و', 'ف']) && bare.chars().count() > 4 && !bare.starts_with("واحد"));
            bytes.start += letters(&words.text[bytes.clone()], cut);
        } else if let Some((_, cut)) = sense_within(words.key(from)) {
            bytes.start += letters(&words.text[bytes.clone()], cut);
        }
        // «(نيسان)»: the bracket that was opened within is closed within.
        let opened = words.text[bytes.clone()].contains('(') && !words.text[bytes.clone()].contains(')');
        if opened && words.text[bytes.end..].starts_with(')') {
            bytes.end += 1;
        }
        Reading { first, second, part, from, to, bytes, rule, wanted: true }
    }

    /// «أوائل», «في منتصف», «شهر» before what it is a part of.
    fn part(&self, at: usize) -> (Option<Part>, usize) {
        match self.sense_first(at) {
            Some(Sense::Part(part)) if self.words.together(at, at + 1) => {
                let of = usize::from(self.sense(at + 1) == Some(Sense::Of) || self.words.key(at + 1) == "the");
                (Some(part), at + 1 + of)
            }
            _ => (None, at),
        }
    }

    /// «من 3 إلى 5 مايو», «13-15 يوليو», «بين الأربعاء والجمعة», «عامي 2020 و2021».
    fn range(&self, at: usize) -> Option<Reading> {
        let words = self.words;
        if let Some(found) = self.pair_of_years(at) {
            return Some(found);
        }
        let (opener, start) = match self.sense(at) {
            Some(Sense::Between) => (Some(Sense::Between), at + 1),
            Some(Sense::Of) if words.key(at) == "من" => (Some(Sense::Of), at + 1),
            _ => (None, at),
        };
        if start > at && !words.together(at, start) {
            return None;
        }
        let start = start + usize::from(self.is_day_noun(start));
        // Month first: «تموز 13 الى 15», «نوفمبر بين 19 و20».
        let (first, next) = match self.core(start, start == at) {
            Some((core, next, _)) => (core, next),
            None => {
                let (day, next) = self.day(start)?;
                (Core::Named(Named { day: Some(day), ..Named::default() }), next)
            }
        };
        if let (Core::Named(named @ Named { day: None, weekday: None, month: Some(_), .. }), Some(Sense::Between)) =
            (first, self.sense(next))
            && let Some((one, after)) = self.day(next + 1)
            && let Some(to) = self.joiner(after, true)
            && let Some((two, end)) = self.day(to)
        {
            let first = Core::Named(Named { day: Some(one), ..named });
            let second = Core::Named(Named { day: Some(two), ..named });
            return Some(self.reading(first, Some(second), None, at, end, "range"));
        }
        // «الأسبوع المقبل بين الأربعاء والجمعة»
        if let Core::Relative { unit: Unit::Week, by } = first
            && matches!(self.sense(next), Some(Sense::Between | Sense::Of))
            && let Some((Core::Named(mut one), after, _)) =
                self.core(next + 1 + usize::from(self.is_day_noun(next + 1)), false)
            && one.weekday.is_some()
            && let Some(to) = self.joiner(after, self.sense(next) == Some(Sense::Between))
            && let Some((Core::Named(mut two), end, _)) = self.core(to + usize::from(self.is_day_noun(to)), true)
            && two.weekday.is_some()
        {
            (one.relative, two.relative) = (Some((Unit::Week, by)), Some((Unit::Week, by)));
            return Some(self.reading(Core::Named(one), Some(Core::Named(two)), None, at, end, "range"));
        }
        // «يومي الجمعة والسبت»
        let two_days = start.checked_sub(1).is_some_and(|before| words.key(before).ends_with("يومي"));
        let to = self.joiner(next, opener == Some(Sense::Between) || two_days)?;
        let to = to + usize::from(self.is_day_noun(to));
        let dashed = words.gap(to).has(Gap::DASH);
        let (second, end) = match self.core(to, true) {
            Some((core, end, _)) => (core, end),
            None => {
                let (day, end) = self.day(to)?;
                (Core::Named(Named { day: Some(day), ..Named::default() }), end)
            }
        };
        let (Core::Named(one), Core::Named(mut two)) = (first, second) else {
            // «اليوم حتى الأحد المقبل»
            let timed = |core: Core| matches!(core, Core::Named(_) | Core::Offset { unit: Unit::Day, .. });
            let until = self.sense(next) == Some(Sense::To) && timed(first) && timed(second);
            return until.then(|| self.reading(first, Some(second), None, start, end, "range"));
        };
        let mut end = end;
        // «بين 4 و22 هذا الشهر»
        if two == (Named { day: two.day, ..Named::default() }) && one.month.is_none() && one.relative.is_none() {
            let (relative, after) = self.month_said(end)?;
            (two.relative, end) = (Some(relative), after);
        }
        let fits = match (one, two) {
            (Named { weekday: Some(_), .. }, Named { weekday: Some(_), .. }) => opener.is_some() || two_days || !dashed,
            (Named { day: Some(_), .. }, Named { day: Some(_), .. }) => true,
            (Named { day: None, month: Some(_), .. }, Named { day: None, month: Some(_), .. }) => {
                opener.is_some() || self.sense(next) == Some(Sense::To) || dashed
            }
            (
                Named { month: None, day: None, year: Some(a), .. },
                Named { month: None, day: None, year: Some(b), .. },
            ) => a < b && b - a <= 400,
            (Named { weekday: Some(_), .. }, _) | (_, Named { weekday: Some(_), .. }) => opener.is_some(),
            (Named { day: Some(_), .. }, _) => self.sense(next) == Some(Sense::To) && one.month.is_some(),
            _ => false,
        };
        // «من» is of the range only before numbers: «من الجمعة حتى الأحد» leaves it out.
        let bare = |named: Named| named.day.is_some() && named.month.is_none();
        let from = match opener {
            Some(Sense::Between) => at,
            Some(_) if bare(one) && one.weekday.is_none() => at,
            Some(_) => start,
            None => at,
        };
        fits.then(|| self.reading(Core::Named(one), Some(Core::Named(two)), None, from, end, "range"))
    }

    /// The word after «إلى», «حتى», a dash, or «و» after «بين».
    fn joiner(&self, at: usize, with_and: bool) -> Option<usize> {
        let words = self.words;
        if !words.together(at, at.checked_sub(1)?) {
            return None;
        }
        let gap = words.gap(at);
        match self.sense(at) {
            Some(Sense::To) => return Some(at + 1),
            Some(Sense::And) if with_and => return Some(at + 1),
            _ => {}
        }
        if gap.has(Gap::DASH) && gap.only(Gap::DASH.and(Gap::SPACE)) {
            return Some(at);
        }
        (with_and && words.key(at).starts_with('و')).then_some(at)
    }

    /// «عامي 2020 و2021», «الأعوام 2018 و2019 و2020»
    fn pair_of_years(&self, at: usize) -> Option<Reading> {
        let Some(Sense::Unit { unit: Unit::Year, count: Count::Two | Count::Many, .. }) = self.sense_first(at) else {
            return None;
        };
        let (first, mut next) = self.year(at + 1)?;
        let mut last = first;
        while let Some(to) = self.joiner(next, true) {
            let Some((year, end)) = self.year(to) else { break };
            (last, next) = (year, end);
        }
        let named = |year| Core::Named(Named { year: Some(year), ..Named::default() });
        (last > first).then(|| self.reading(named(first), Some(named(last)), None, at, next, "years"))
    }

    /// Whether it is a date at all, and not the name of something.
    fn is_wanted(&self, reading: &Reading) -> bool {
        let words = self.words;
        let before = reading.from.checked_sub(1).filter(|&before| words.together(before, reading.from));
        let key = before.map_or("", |before| words.key(before));
        let adjacent = words.gap(reading.from).is_space();
        match reading.first {
            Core::Named(Named { month: Some(_), year: None, relative: None, .. }) if reading.second.is_none() => {
                !(adjacent && names_by_date(key))
            }
            Core::Named(Named { weekday: Some(_), month: None, day: None, .. }) => !(adjacent && names_by_weekday(key)),
            _ => true,
        }
    }

    /// The sense of word `at`, as it stands.
    fn sense(&self, at: usize) -> Option<Sense> {
        sense(self.words.key(at))
    }

    /// The sense of word `at`, with «و», «ب», «ل» before it or not: as a date may begin.
    fn sense_first(&self, at: usize) -> Option<Sense> {
        sense_within(self.words.key(at)).map(|(sense, _)| sense)
    }

    fn core(&self, at: usize, first: bool) -> Option<Piece> {
        let word = self.words.get(at)?;
        if word.digits {
            return self
                .numeric(at)
                .or_else(|| self.day_month(at))
                .or_else(|| self.counted(at))
                .or_else(|| self.bare_year(at));
        }
        let sense = if first { self.sense_first(at) } else { self.sense(at).or_else(|| self.sense_first(at)) };
        let found = match sense {
            Some(Sense::Weekday { .. }) => self.weekday(at),
            Some(
                Sense::Month { .. }
                | Sense::HalfMonth { .. }
                | Sense::Hijri(_)
                | Sense::HalfHijri { .. }
                | Sense::HijriOwner,
            ) => self.month_first(at),
            Some(Sense::Unit { .. }) => self.unit(at),
            Some(Sense::Before(by)) => self.before(at, by),
            Some(Sense::Today | Sense::Yesterday | Sense::Tomorrow) => self.day_word(at),
            Some(Sense::Ago | Sense::After) => self.ago(at),
            Some(Sense::Season(season)) => self.season(at, season),
            Some(Sense::Decade(decade)) => self.decade(at, decade),
            Some(Sense::Part(Part::Late)) => self.nth(at).or_else(|| self.weekend(at)),
            Some(Sense::Rest) => self.rest(at),
            Some(Sense::Of) => self.stretch_after_in(at),
            _ => None,
        };
        found
            .or_else(|| self.day_month(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.nth(at))
            .or_else(|| self.before_yesterday(at))
    }

    /// The integer at `at`, the word after it, whether it is an ordinal. Parts of decimals, percentages and names are
    /// none.
    fn number(&self, at: usize) -> Option<(i64, usize, bool)> {
        let words = self.words;
        let word = words.get(at)?;
        if !word.digits {
            return self.numbers.get(&at).copied();
        }
        if words.key(at).len() > 4 {
            return None;
        }
        let joined = |at: usize| {
            let both = words.get(at).is_some_and(|word| word.digits)
                && words.get(at.wrapping_sub(1)).is_some_and(|w| w.digits);
            both && words.gap(at).has(Gap::STOP.and(Gap::COMMA)) && !words.gap(at).has(Gap::SPACE)
        };
        let percent = words.text[word.end..].trim_start_matches(' ').starts_with(['%', '٪']);
        let attached =
            words.gap(at).is_none() && at > 0 && !matches!(words.key(at - 1), "و" | "ف" | "ب" | "ل" | "وب" | "ول");
        let hyphened = at > 0
            && words.gap(at) == Gap::DASH
            && !words.get(at - 1).is_some_and(|before| before.digits)
            && self.sense(at - 1).is_none();
        if joined(at) || joined(at + 1) || percent || attached || hyphened {
            return None;
        }
        words.key(at).parse().ok().map(|value| (value, at + 1, false))
    }

    /// A day of the month.
    fn day(&self, at: usize) -> Option<(u8, usize)> {
        let (value, next, _) = self.number(at)?;
        let day = u8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
        Some((day, next))
    }

    /// A year in digits or words, with «م» or «هـ» after it.
    fn year(&self, at: usize) -> Option<(i32, usize)> {
        let (value, mut next, ordinal) = self.number(at)?;
        if ordinal || !(1000..=2999).contains(&value) {
            return None;
        }
        if matches!(self.words.key(next), "م" | "ميلادي" | "ميلاديه" | "ه" | "هجري" | "هجريه")
            && self.words.together(at, next)
        {
            next += 1;
        }
        i32::try_from(value).ok().map(|year| (year, next))
    }

    fn is_day_noun(&self, at: usize) -> bool {
        matches!(self.words.key(at), "يوم" | "يومي" | "ليله" | "مساء" | "صباح" | "فجر" | "ظهر")
    }

    /// A month by its name or two («أبريل (نيسان)», «آب/أغسطس»), perhaps with «شهر» before it: the month, whether it is
    /// Hijri, the word after, whether it can be nothing else.
    fn month(&self, at: usize) -> Option<(u8, bool, usize, bool)> {
        let words = self.words;
        let (noun, begin) = match self.sense_first(at)? {
            Sense::Unit { unit: Unit::Month, count: Count::One, definite: false } => (true, at + 1),
            _ => (false, at),
        };
        let (month, hijri, mut next, sure) = match if noun { self.sense(begin)? } else { self.sense_first(begin)? } {
            Sense::Month { month, sure } => (month, false, begin + 1, sure),
            Sense::HalfMonth { first, second } => {
                (if half(words.key(begin + 1))? { first } else { second }, false, begin + 2, true)
            }
            Sense::HalfHijri { first, second } => {
                (if half(words.key(begin + 1))? { first } else { second }, true, begin + 2, true)
            }
            Sense::Hijri(month) => (month, true, begin + 1, false),
            Sense::HijriOwner => (owner_month(words.key(begin + 1))?, true, begin + 2, true),
            _ => return None,
        };
        let mut both = false;
        if words.gap(next).only(Gap::SLASH.and(Gap::OPEN).and(Gap::SPACE)) && words.together(at, next) {
            let other = match self.sense(next) {
                Some(Sense::Month { month, .. }) => Some((month, next + 1)),
                Some(Sense::HalfMonth { first, second }) => {
                    half(words.key(next + 1)).map(|one| (if one { first } else { second }, next + 2))
                }
                _ => None,
            };
            if let Some((_, after)) = other.filter(|(other, _)| *other == month && !hijri) {
                (next, both) = (after, true);
            }
        }
        Some((month, hijri, next, sure || noun || both))
    }

    /// The year after a month: «2019», «من عام 2019», «من العام الماضي», «الماضي».
    fn year_after(&self, at: usize, of: Unit) -> (Option<i32>, Option<(Unit, i8)>, usize) {
        let words = self.words;
        if !words.together(at, at.saturating_sub(1)) || words.gap(at).has(Gap::COLON.and(Gap::SEMICOLON).and(Gap::OPEN))
        {
            return (None, None, at);
        }
        let closed = words.gap(at).only(Gap::SPACE.and(Gap::CLOSE));
        let spaced = words
            .gap(at)
            .only(Gap::SPACE.and(Gap::COMMA).and(Gap::CLOSE).and(Gap::DASH).and(Gap::STOP).and(Gap::SLASH));
        if closed && let Some(Sense::Relative(by)) = self.sense(at) {
            return (None, Some((of, by)), at + 1);
        }
        let next = at + usize::from(self.sense(at) == Some(Sense::Of) || words.key(at) == "ل");
        match self.sense_first(next) {
            Some(Sense::Unit { unit: Unit::Year, count: Count::One, definite }) if closed => {
                if let (true, Some(Sense::Relative(by))) = (definite, self.sense(next + 1)) {
                    return (None, Some((Unit::Year, by)), next + 2);
                }
                if let Some((year, end)) = self.year(next + 1) {
                    return (Some(year), None, end);
                }
            }
            Some(Sense::Before(by)) if closed => {
                if let Some(Sense::Unit { unit: Unit::Year, .. }) = self.sense(next + 1) {
                    return (None, Some((Unit::Year, by)), next + 2);
                }
            }
            _ if spaced => {
                if let Some((year, end)) = self.year(next).filter(|_| next == at || self.number(next).is_some()) {
                    // «في مايو 1500 شخص»
                    let in_words = !words.get(next).is_some_and(|word| word.digits);
                    if !(is_counted(words.key(end)) && words.together(next, end)) || in_words {
                        return (Some(year), None, end);
                    }
                }
            }
            _ => {}
        }
        (None, None, at)
    }

    /// «22 أكتوبر 2020», «الحادي والعشرين من مايو», «20 من الشهر القادم».
    fn day_month(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let (day, next) = self.day(at)?;
        let near =
            |at: usize| words.gap(at).only(Gap::SPACE.and(Gap::DASH).and(Gap::SLASH)) && words.together(at, at - 1);
        if !near(next) {
            return None;
        }
        let of = next + usize::from(matches!(words.key(next), "من" | "of") && words.together(next, next + 1));
        if let Some((month, hijri, after, _)) = self.month(of) {
            let (year, relative, end) = self.year_after(after, Unit::Month);
            let hijri = hijri && self.is_hijri_year(year);
            let named = Named {
                day: Some(day),
                month: Some(month),
                year,
                relative,
                hijri: hijri || self.hijri_month(of),
                weekday: None,
            };
            return Some((Core::Named(named), end, "day-month"));
        }
        let (relative, end) = self.month_said(next)?;
        let named = Named { day: Some(day), relative: Some(relative), ..Named::default() };
        Some((Core::Named(named), end, "day-of-month"))
    }

    fn hijri_month(&self, at: usize) -> bool {
        self.month(at).is_some_and(|(_, hijri, _, _)| hijri)
    }

    fn is_hijri_year(&self, year: Option<i32>) -> bool {
        year.is_none_or(|year| (1300..=1500).contains(&year))
    }

    /// «هذا الشهر», «من الشهر القادم», «من الجاري».
    fn month_said(&self, at: usize) -> Option<((Unit, i8), usize)> {
        let of = at + usize::from(self.sense(at) == Some(Sense::Of));
        match (self.sense(of)?, self.sense(of + 1)) {
            (Sense::Unit { unit: Unit::Month, count: Count::One, definite: true }, Some(Sense::Relative(by))) => {
                Some(((Unit::Month, by), of + 2))
            }
            (Sense::Before(by), Some(Sense::Unit { unit: Unit::Month, .. })) => Some(((Unit::Month, by), of + 2)),
            (Sense::Relative(0), _) if of > at => Some(((Unit::Month, 0), of + 1)),
            _ => None,
        }
    }

    /// «أكتوبر 2020», «مايو الحادي عشر», «October 22, 2020», «أغسطس الماضي», «أغسطس».
    fn month_first(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let (month, hijri, next, sure) = self.month(at)?;
        let near = words.together(at, next) && words.gap(next).only(Gap::SPACE.and(Gap::DASH));
        if near
            && let Some((day, after)) = self.day(next)
            && !(is_counted(words.key(after)) && words.together(at, after))
            && words.gap(next).is_space()
            && self.month(after).is_none()
        {
            let (year, relative, end) = self.year_after(after, Unit::Month);
            let named = Named { day: Some(day), month: Some(month), year, relative, hijri, weekday: None };
            return Some((Core::Named(named), end, "month-day"));
        }
        let (year, relative, end) = self.year_after(next, Unit::Month);
        let named = Named { month: Some(month), year, relative, hijri, ..Named::default() };
        if year.is_some() || relative.is_some() {
            return Some((Core::Named(named), end, "month-year"));
        }
        let english = words.written(at).starts_with(|c: char| c.is_ascii_lowercase());
        let asked = self.is_asked_for(at);
        // «صفر» is a nought, too.
        let wanted = sure || (asked && !(hijri && month == 2));
        (wanted && !english).then_some((Core::Named(named), end, "month"))
    }

    /// Whether a preposition or the beginning or end of something asks for a time.
    fn is_asked_for(&self, at: usize) -> bool {
        let words = self.words;
        let Some(before) = at.checked_sub(1).filter(|&before| words.together(before, at)) else { return false };
        if !words.gap(at).is_space() {
            return false;
        }
        let key = words.key(before);
        let key = key.strip_prefix('و').filter(|bare| bare.chars().count() > 1).unwrap_or(key);
        matches!(
            key,
            "في" | "منذ"
                | "خلال"
                | "حتي"
                | "قبل"
                | "بعد"
                | "من"
                | "الي"
                | "بين"
                | "in"
                | "since"
                | "until"
                | "by"
                | "of"
                | "from"
        ) || matches!(sense(key), Some(Sense::Part(_)))
    }

    /// «الخميس», «الاثنين 12 يناير 2016», «الجمعة الماضي», «الجمعة من الأسبوع المقبل», «السبت في 23».
    fn weekday(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let Some(Sense::Weekday { day: weekday, definite }) = self.sense_first(at) else { return None };
        // «أحد» and «جمعة» are other words without the article.
        if !definite && !at.checked_sub(1).is_some_and(|before| self.is_day_noun(before)) {
            return None;
        }
        let with = |named: Named| Core::Named(Named { weekday: Some(weekday), ..named });
        let next = at + 1;
        let near = words.together(at, next) && words.gap(next).only(Gap::SPACE.and(Gap::COMMA).and(Gap::OPEN));
        if near {
            let of = next + usize::from(matches!(words.key(next), "في" | "الموافق" | "على"));
            if let Some((Core::Named(named), end, _)) = self.core_date(of) {
                return Some((with(named), end, "weekday-date"));
            }
            if words.gap(next).is_space()
                && let Some((day, end)) = self.day(of)
                && !(is_counted(words.key(end)) && words.together(at, end))
                && self.month(end).is_none()
                && !matches!(words.key(end), "صباحا" | "مساء" | "ظهرا")
            {
                // «الأحد الأول»: the first such day of the month; a number of five or less in words.
                let in_words = !words.get(of).is_some_and(|word| word.digits);
                if in_words && of == next && day <= 5 {
                    let nth = i8::try_from(day).ok()?;
                    let core =
                        Core::Nth { nth, weekday: Some(weekday), month: None, year: None, by: Some((Unit::Month, 0)) };
                    return Some((core, end, "nth-weekday"));
                }
                return Some((with(Named { day: Some(day), ..Named::default() }), end, "weekday-day"));
            }
        }
        if near && let Some(Sense::Relative(by)) = self.sense(next).filter(|_| words.gap(next).is_space()) {
            let mut end = next + 1;
            let mut named = Named { relative: Some((Unit::Day, by)), ..Named::default() };
            // «الخميس الماضي 22 أكتوبر»
            if words.together(at, end)
                && let Some((Core::Named(date), after, _)) = self.core_date(end)
            {
                (named, end) = (date, after);
            }
            return Some((with(named), end, "weekday-relative"));
        }
        let of = next + usize::from(self.sense(next) == Some(Sense::Of));
        if near && let Some((by, end)) = self.week_said(of) {
            let named = Named { relative: Some((Unit::Week, by)), ..Named::default() };
            return Some((with(named), end, "weekday-of-week"));
        }
        // «الخميس اليوم» is not said, «أمس الخميس» begins with the other.
        let english = words.written(at).starts_with(|c: char| c.is_ascii_lowercase());
        (!english).then_some((with(Named::default()), next, "weekday"))
    }

    fn week_said(&self, at: usize) -> Option<(i8, usize)> {
        match (self.sense(at)?, self.sense(at + 1)) {
            (Sense::Unit { unit: Unit::Week, count: Count::One, definite: true }, Some(Sense::Relative(by))) => {
                Some((by, at + 2))
            }
            (Sense::Before(by), Some(Sense::Unit { unit: Unit::Week, .. })) => Some((by, at + 2)),
            _ => None,
        }
    }

    /// A day and a month, either way around.
    fn core_date(&self, at: usize) -> Option<Piece> {
        let found = if self.words.get(at)?.digits {
            self.numeric(at).or_else(|| self.day_month(at))
        } else {
            self.month_first(at).or_else(|| self.day_month(at))
        };
        found.filter(|(core, ..)| matches!(core, Core::Named(named) if named.day.is_some()))
    }

    /// «21-04-2016», «2016/1/22», «3/2015», «11/12, 2016».
    fn numeric(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let digits =
            |at: usize| words.get(at).filter(|word| word.digits).and_then(|_| words.key(at).parse::<i32>().ok());
        let signs = Gap::SLASH.and(Gap::DASH).and(Gap::STOP);
        let tight = |at: usize| words.gap(at).only(signs) && !words.gap(at).is_none();
        let before = words.gap(at).has(Gap::SPACE.and(Gap::OPEN).and(Gap::COLON).and(Gap::COMMA))
            || at == 0
            || matches!(words.key(at.wrapping_sub(1)), "و" | "ل" | "ب");
        let length = |at: usize| words.key(at).len();
        let first = digits(at).filter(|_| before)?;
        // «20 / 8 / 2015»
        let wide = |at: usize| words.gap(at).only(Gap::SLASH.and(Gap::SPACE)) && words.gap(at).has(Gap::SLASH);
        let year_third = length(at + 2) == 4 && wide(at + 1) && wide(at + 2);
        let tight = |at: usize| tight(at) || year_third && wide(at);
        let second = digits(at + 1).filter(|_| tight(at + 1) && length(at + 1) <= 4)?;
        let ends = |next: usize| !tight(next) || digits(next).is_none();
        let month = |month: i32| u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
        let day = |day: i32| u8::try_from(day).ok().filter(|day| (1..=31).contains(day));
        let named = |year: i32, month: Option<u8>, day: Option<u8>| {
            let hijri = (1300..=1500).contains(&year);
            Core::Named(Named { year: Some(year), month, day, hijri, ..Named::default() })
        };
        let is_year =
            |at: usize, year: i32| length(at) == 4 && ((1300..=1500).contains(&year) || (1800..=2100).contains(&year));
        let with_sign =
            |end: usize| end + usize::from(matches!(words.key(end), "ه" | "م" | "هجري") && words.together(at, end));
        if let Some(third) = digits(at + 2).filter(|_| tight(at + 2)) {
            if !ends(at + 3) {
                return None;
            }
            let core = if is_year(at, first) {
                named(first, Some(month(second)?), Some(day(third)?))
            } else if is_year(at + 2, third) {
                match (month(second), day(first)) {
                    (Some(month), Some(day)) => named(third, Some(month), Some(day)),
                    // 4/22/2016
                    _ => named(third, Some(month(first)?), Some(day(second)?)),
                }
            } else {
                return None;
            };
            return Some((core, with_sign(at + 3), "numeric"));
        }
        let slashed = words.gap(at + 1).has(Gap::SLASH);
        if slashed && is_year(at + 1, second) && length(at) <= 2 {
            return Some((named(second, Some(month(first)?), None), with_sign(at + 2), "numeric-month"));
        }
        if slashed && is_year(at, first) && length(at + 1) <= 2 {
            return Some((named(first, Some(month(second)?), None), with_sign(at + 2), "numeric-month"));
        }
        // «22/4» may be anything; a day asks for a date.
        if slashed && length(at) <= 2 && length(at + 1) <= 2 {
            let (year, _, end) = self.year_after(at + 2, Unit::Month);
            let key = at.checked_sub(1).map_or("", |before| words.key(before));
            let asked = year.is_some()
                || matches!(key, "يوم" | "بتاريخ" | "في" | "اعود" | "dated")
                || matches!(sense(key), Some(Sense::Weekday { .. }))
                || (length(at + 1) == 2 && words.key(at + 1).starts_with('0'));
            let (day, month) = match (month(second), day(first)) {
                (Some(month), Some(day)) => (day, month),
                _ => (day(second)?, month(first)?),
            };
            let named = Named { day: Some(day), month: Some(month), year, ..Named::default() };
            return asked.then_some((Core::Named(named), end, "numeric-day"));
        }
        None
    }

    /// «عام 2020», «العام الماضي», «الشهر الجاري», «الأشهر الثلاثة الماضية», «يوم 27», «شهر مايو», «الربع الثالث».
    fn unit(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let Some(Sense::Unit { unit, count, definite }) = self.sense_first(at) else { return None };
        let next = at + 1;
        if !words.together(at, next) || !words.gap(next).only(Gap::SPACE) {
            return None;
        }
        match (unit, count, definite) {
            (Unit::Year, Count::One, _) => {
                if let Some((year, end)) = self.year(next) {
                    let hijri = (1300..=1500).contains(&year) && self.is_marked_hijri(end);
                    let named = Named { year: Some(year), hijri, ..Named::default() };
                    return Some((Core::Named(named), end, "year"));
                }
            }
            (Unit::Month, Count::One, false) => {
                if let Some(found) = self.month_first(at) {
                    return Some(found);
                }
            }
            (Unit::Day, Count::One, false) => {
                if words.get(next).is_some_and(|word| word.digits)
                    && let Some((day, end)) = self.day(next)
                {
                    if let Some((_, after, rule)) = self.core_date(next) {
                        // The date is its own; «يوم» does not belong to it.
                        let _ = (after, rule);
                        return None;
                    }
                    if !(is_counted(words.key(end)) && words.together(at, end)) && self.numeric(next).is_none() {
                        return Some((Core::Named(Named { day: Some(day), ..Named::default() }), end, "day-number"));
                    }
                }
                return None;
            }
            (Unit::Quarter | Unit::Half, Count::One, true) => {
                if let Some((nth, after, true)) = self.number(next) {
                    let months = if unit == Unit::Quarter { 3 } else { 6 };
                    let (year, by, end) = self.year_after(after, Unit::Year);
                    if year.is_some() || by.is_some() || self.sense(after).is_none() {
                        let by = by.map(|(_, by)| by);
                        let nth = i32::try_from(nth).ok()?;
                        return Some((Core::Portion { months, nth, year, by }, end, "portion"));
                    }
                }
            }
            (Unit::Century, Count::One, true) => {
                if let Some((number, end, true)) = self.number(next) {
                    return Some((
                        Core::Century(i32::try_from(number).ok().filter(|n| (1..=30).contains(n))?),
                        end,
                        "century",
                    ));
                }
            }
            (Unit::Week, Count::One, true) => {
                if let Some((nth, after, true)) = self.number(next)
                    && let Some(found) = self.nth_week(i8::try_from(nth).ok()?, after)
                {
                    return Some(found);
                }
                if self.sense(next) == Some(Sense::Relative(-1))
                    && words.key(next).starts_with("الاخير")
                    && let Some(found) = self.nth_week(-1, next + 1)
                {
                    return Some(found);
                }
            }
            _ => {}
        }
        if !definite && !words.written(at).is_ascii() {
            return None;
        }
        // «الأسبوع بعد القادم»
        if self.sense(next) == Some(Sense::After)
            && let Some(Sense::Relative(1)) = self.sense(next + 1)
        {
            return Some((Core::Relative { unit, by: 2 }, next + 2, "unit-relative"));
        }
        let (many, after) = match (count, self.number(next)) {
            (Count::Many, Some((number, after, _))) => (Some(number), after),
            (Count::Many, None) if matches!(words.key(next), "القليله" | "العديده" | "القلائل") => {
                (Some(3), next + 1)
            }
            (Count::Two, _) => (Some(2), next),
            (Count::Many, None) => (None, next),
            (Count::One, _) => (None, next),
        };
        let Some(Sense::Relative(by)) = self.sense(after) else {
            // «الأسبوع القادم يوم الجمعة» is read from its first word.
            return None;
        };
        if count == Count::Many && many.is_none() {
            let by = if by < 0 { -3 } else { 3 };
            return (by < 0 || unit != Unit::Day).then_some((Core::Last { unit, by }, after + 1, "last-units"));
        }
        if let Some(many) = many {
            return Some((Core::Last { unit, by: many * i64::from(by).signum() }, after + 1, "last-units"));
        }
        // «اليوم التالي» is the day after one that is told, which may be any.
        let end = after + 1;
        if unit == Unit::Week
            && let Some((weekday, end)) = self.weekday_of_week(end)
        {
            let named = Named { weekday: Some(weekday), relative: Some((Unit::Week, by)), ..Named::default() };
            return Some((Core::Named(named), end, "weekday-of-week"));
        }
        if unit == Unit::Year && words.key(after).starts_with("السابق") {
            return None;
        }
        Some((Core::Relative { unit, by }, end, "unit-relative"))
    }

    fn is_marked_hijri(&self, end: usize) -> bool {
        matches!(self.words.key(end.wrapping_sub(1)), "ه" | "هجري" | "هجريه")
    }

    /// «الأسبوع القادم يوم الجمعة», «هذا الأسبوع الأحد»
    fn weekday_of_week(&self, at: usize) -> Option<(u8, usize)> {
        let at = at + usize::from(self.is_day_noun(at));
        match self.sense(at) {
            Some(Sense::Weekday { day, definite: true })
                if self.words.gap(at).is_space() && self.joiner(at + 1, true).is_none() =>
            {
                Some((day, at + 1))
            }
            _ => None,
        }
    }

    fn nth_week(&self, nth: i8, at: usize) -> Option<Piece> {
        let (month, year, by, end) = self.within(at)?;
        Some((Core::Nth { nth, weekday: None, month, year, by }, end, "nth-week"))
    }

    /// «من يوليو», «في هذا الشهر», «من عام 2015»: in what something is counted.
    #[expect(
        clippy::type_complexity,
        reason = "the month, the year, what is said of either, taken apart by two callers"
    )]
    fn within(&self, at: usize) -> Option<(Option<u8>, Option<i32>, Option<(Unit, i8)>, usize)> {
        if self.sense(at) != Some(Sense::Of) {
            return None;
        }
        let at = at + 1;
        if let Some((month, false, after, _)) = self.month(at) {
            let (year, by, end) = self.year_after(after, Unit::Month);
            return Some((Some(month), year, by, end));
        }
        if let Some((relative, end)) = self.month_said(at) {
            return Some((None, None, Some(relative), end));
        }
        match self.year_after(at, Unit::Year) {
            (None, None, _) => None,
            (year, by, end) => Some((None, year, by, end)),
        }
    }

    /// «أول يوم جمعة من يوليو», «آخر جمعة في رمضان».
    fn nth(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let (nth, next) = match words.key(at) {
            "اخر" => (-1, at + 1),
            "first" => (1, at + 1),
            "last" => (-1, at + 1),
            _ => {
                let (number, next, ordinal) = self.number(at)?;
                (i8::try_from(number).ok().filter(|number| ordinal && (1..=5).contains(number))?, next)
            }
        };
        let next = next + usize::from(words.key(next) == "يوم");
        let Some(Sense::Weekday { day, .. }) = self.sense(next) else { return None };
        let (month, year, by, end) = self.within(next + 1)?;
        Some((Core::Nth { nth, weekday: Some(day), month, year, by }, end, "nth-weekday"))
    }

    /// «هذا الشهر», «هذا الصيف», “last year”, “this May”.
    fn before(&self, at: usize, by: i8) -> Option<Piece> {
        let next = at + 1;
        if !self.words.together(at, next) || !self.words.gap(next).is_space() {
            return None;
        }
        match self.sense(next)? {
            Sense::Unit { unit: Unit::Day, .. } => None,
            Sense::Unit { unit, count: Count::One, definite } if definite || self.words.written(at).is_ascii() => {
                if unit == Unit::Week
                    && let Some((weekday, end)) = self.weekday_of_week(next + 1)
                {
                    let named = Named { weekday: Some(weekday), relative: Some((Unit::Week, by)), ..Named::default() };
                    return Some((Core::Named(named), end, "weekday-of-week"));
                }
                Some((Core::Relative { unit, by }, next + 1, "unit-relative"))
            }
            Sense::Month { month, .. } => {
                let named = Named { month: Some(month), relative: Some((Unit::Month, by)), ..Named::default() };
                Some((Core::Named(named), next + 1, "month-relative"))
            }
            Sense::HalfMonth { .. } => {
                let (month, _, end, _) = self.month(next)?;
                let named = Named { month: Some(month), relative: Some((Unit::Month, by)), ..Named::default() };
                Some((Core::Named(named), end, "month-relative"))
            }
            Sense::Weekday { day, .. } => {
                let relative = Some((Unit::Day, if by == 0 { 1 } else { by }));
                Some((
                    Core::Named(Named { weekday: Some(day), relative, ..Named::default() }),
                    next + 1,
                    "weekday-relative",
                ))
            }
            Sense::Season(season) => Some((Core::Season { season, year: None, by: Some(by) }, next + 1, "season")),
            _ => None,
        }
    }

    /// «أمس», «أول أمس», «أمس الأول», «اليوم الخميس», «بعد غد».
    fn day_word(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let (by, mut end) = match self.sense_first(at)? {
            Sense::Yesterday if words.key(at + 1) == "الاول" => (-2, at + 2),
            Sense::Yesterday => (-1, at + 1),
            Sense::Tomorrow => (1, at + 1),
            _ => {
                // «اليوم» is a noun too: «اليوم العالمي», «في اليوم نفسه».
                if let Some(Sense::Relative(by)) = self.sense(at + 1).filter(|_| words.gap(at + 1).only(Gap::SPACE)) {
                    return (by != 0).then_some((
                        Core::Offset { unit: Unit::Day, by: by.into() },
                        at + 2,
                        "day-relative",
                    ));
                }
                let noun = words.together(at, at + 1)
                    && words.gap(at + 1).is_space()
                    && !matches!(self.sense(at + 1), Some(Sense::Weekday { definite: true, .. }))
                    && words.key(at + 1).starts_with("ال")
                    && !matches!(words.key(at + 1), "التي" | "الذي" | "الي" | "الذين");
                let noun = noun
                    || matches!(words.key(at + 1), "نفسه" | "ذاته")
                    || matches!(words.key(at.wrapping_sub(1)), "ذلك" | "هذا" | "في");
                let quoted = words.gap(at).has(Gap::QUOTE) && words.gap(at + 1).has(Gap::QUOTE);
                if noun || quoted || self.number(at + 1).is_some_and(|(_, _, ordinal)| ordinal) {
                    return None;
                }
                (0, at + 1)
            }
        };
        // «أمس الخميس», «اليوم الخميس 22 أكتوبر»
        if let Some(Sense::Weekday { definite: true, .. }) =
            self.sense(end).filter(|_| words.gap(end).only(Gap::SPACE.and(Gap::OPEN)))
        {
            if let Some((Core::Named(named), after, _)) = self.weekday(end)
                && named.month.is_some()
            {
                return Some((Core::Named(named), after, "weekday-date"));
            }
            end += 1;
        }
        Some((Core::Offset { unit: Unit::Day, by }, end, "day-word"))
    }

    /// «قبل يوم أمس», «أول أمس»
    fn before_yesterday(&self, at: usize) -> Option<Piece> {
        let ordinal = matches!(self.words.key(at), "اول" | "واول");
        if ordinal && self.words.key(at + 1) == "من" && self.sense(at + 2) == Some(Sense::Yesterday) {
            return Some((Core::Offset { unit: Unit::Day, by: -2 }, at + 3, "day-word"));
        }
        let found = ordinal && self.sense(at + 1) == Some(Sense::Yesterday);
        found.then_some((Core::Offset { unit: Unit::Day, by: -2 }, at + 2, "day-word"))
    }

    /// «قبل ثلاثة أيام», «منذ شهرين», «بعد أسبوعين», «بعد غد».
    fn ago(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let past = self.sense_first(at)? == Sense::Ago;
        let next = at + 1;
        if !words.together(at, next) || !words.gap(next).is_space() {
            return None;
        }
        let day_noun = usize::from(self.is_day_noun(next));
        match self.sense(next + day_noun) {
            Some(Sense::Tomorrow) if !past => {
                return Some((Core::Offset { unit: Unit::Day, by: 2 }, next + 1, "day-word"));
            }
            Some(Sense::Yesterday) if past && words.key(at).ends_with("قبل") => {
                return Some((Core::Offset { unit: Unit::Day, by: -2 }, next + day_noun + 1, "day-word"));
            }
            _ => {}
        }
        let (number, unit, mut end) = self.count(next)?;
        let since = words.key(at).ends_with("منذ");
        // «بعد ثلاثة أيام من الحرب», «قبل عام من الانتخابات»: from another time.
        if self.sense(end) == Some(Sense::Of) && words.together(at, end) {
            match words.key(end + 1) {
                "الان" | "اليوم" => end += 2,
                "المستقبل" => end += 2,
                _ if words.key(end) == "من" => return None,
                _ => {}
            }
        } else {
            let followed = words.key(end).starts_with("ال") && words.gap(end).is_space() && !since;
            if !past && (followed || !self.is_future(at)) {
                return None;
            }
        }
        if unit == Unit::Day && number == 0 {
            return None;
        }
        let by = if past { number.checked_neg()? } else { number };
        Some((Core::Offset { unit, by }, end, "offset"))
    }

    /// A number and a unit, or a unit that counts itself: «ثلاثة أيام», «شهرين», «بضعة أشهر», «سنة».
    fn count(&self, at: usize) -> Option<(i64, Unit, usize)> {
        if let Some(Sense::Unit { unit, count, definite: false }) = self.sense(at) {
            let number = match count {
                Count::One => 1,
                Count::Two => 2,
                Count::Many => 3,
            };
            return (!matches!(unit, Unit::Quarter | Unit::Half)).then_some((number, unit, at + 1));
        }
        let (number, next) = match self.words.key(at) {
            "بضعه" | "بضع" | "عده" | "several" | "few" => (3, at + 1),
            "نحو" | "حوالي" | "قرابه" | "about" => {
                return self.count(at + 1);
            }
            _ => {
                let (number, next, ordinal) = self.number(at)?;
                ((!ordinal).then_some(number)?, next)
            }
        };
        match self.sense(next)? {
            Sense::Unit { unit, definite: false, .. } if !matches!(unit, Unit::Quarter | Unit::Half) => {
                Some((number, unit, next + 1))
            }
            _ => None,
        }
    }

    /// «3 أيام القادمة», “three years ago”.
    fn counted(&self, at: usize) -> Option<Piece> {
        let (number, unit, end) = self.count(at)?;
        match self.sense(end)? {
            Sense::Relative(by) if by != 0 && self.words.gap(end).is_space() => {
                Some((Core::Last { unit, by: number.checked_mul(by.into())? }, end + 1, "last-units"))
            }
            Sense::AgoLater => Some((Core::Offset { unit, by: number.checked_neg()? }, end + 1, "offset")),
            _ => None,
        }
    }

    /// «في الأسابيع الثلاثة الماضية»: the preposition belongs to it.
    fn stretch_after_in(&self, at: usize) -> Option<Piece> {
        if self.words.key(at) != "في"
            || !matches!(self.sense(at + 1), Some(Sense::Unit { count: Count::Many, definite: true, .. }))
        {
            return None;
        }
        self.unit(at + 1).filter(|(core, ..)| matches!(core, Core::Last { .. }))
    }

    fn season(&self, at: usize, season: u8) -> Option<Piece> {
        let (year, by, end) = self.year_after(at + 1, Unit::Year);
        let part = at.checked_sub(1).is_some_and(|before| matches!(self.sense(before), Some(Sense::Part(_))));
        let asked = year.is_some() || by.is_some() || part && self.words.key(at).starts_with("ال");
        asked.then_some((Core::Season { season, year, by: by.map(|(_, by)| by) }, end, "season"))
    }

    /// «السبعينيات», «ثمانينيات القرن الماضي».
    fn decade(&self, at: usize, decade: i32) -> Option<Piece> {
        let words = self.words;
        let mut end = at + 1;
        let mut century = if decade == 10 || decade == 20 { 2000 } else { 1900 };
        let mut said = false;
        if let (Some(Sense::Unit { unit: Unit::Century, definite: true, .. }), true) =
            (self.sense(end), words.together(at, end))
        {
            if self.sense(end + 1) == Some(Sense::Relative(-1)) {
                (century, end, said) = (1900, end + 2, true);
            } else if let Some((number, after, true)) = self.number(end + 1) {
                (century, end, said) = (i32::try_from(number).ok()?.checked_mul(100)?.checked_sub(100)?, after, true);
            }
        }
        // «خمسينات العمر»: without the article it wants its century.
        let definite = words.key(at).contains("ال") && !matches!(words.key(end), "من") && decade != 10;
        let last = self.is_asked_for(at) && !words.together(at, end);
        (said || definite || last).then_some((Core::Decade(century + decade), end, "decade"))
    }

    /// «نهاية الأسبوع», without more.
    fn weekend(&self, at: usize) -> Option<Piece> {
        match self.sense(at + 1) {
            Some(Sense::Unit { unit: Unit::Week, count: Count::One, definite: true })
                if self.words.gap(at + 1).is_space() =>
            {
                let said = matches!(self.sense(at + 2), Some(Sense::Relative(_) | Sense::After));
                (!said).then_some((Core::Relative { unit: Unit::Week, by: 0 }, at + 2, "weekend"))
            }
            _ => None,
        }
    }

    /// «بقية العام», «باقي الأسبوع».
    fn rest(&self, at: usize) -> Option<Piece> {
        let of = at + 1 + usize::from(self.sense(at + 1) == Some(Sense::Before(0)));
        match self.sense(of)? {
            Sense::Unit { unit, definite: true, .. } if unit != Unit::Day => {
                let end = of + 1 + usize::from(self.sense(of + 1) == Some(Sense::Relative(0)));
                Some((Core::Rest(unit), end, "rest"))
            }
            _ => None,
        }
    }

    /// «في 2019»: a number after a word that asks for a time.
    fn bare_year(&self, at: usize) -> Option<Piece> {
        let words = self.words;
        let (year, end) = self.year(at)?;
        if !(1800..=2100).contains(&year) && !self.is_marked_hijri(end) {
            return None;
        }
        let marked = end > at + 1;
        let last = !words.together(at, end)
            || words.gap(end).has(Gap::COMMA.and(Gap::CLOSE).and(Gap::SEMICOLON).and(Gap::COLON));
        let bracketed = words.gap(at).has(Gap::OPEN) && words.gap(end).has(Gap::CLOSE);
        let ranged = words.gap(end).has(Gap::DASH)
            || words.gap(at).has(Gap::DASH)
            || self.between(at)
            || self.sense(end) == Some(Sense::To);
        let free = last || (year % 100 != 0 && !is_counted(words.key(end)));
        let wanted = marked || bracketed || ranged || (self.is_asked_for(at) && free && !is_counted(words.key(end)));
        let hijri = self.is_marked_hijri(end);
        wanted.then_some((Core::Named(Named { year: Some(year), hijri, ..Named::default() }), end, "bare-year"))
    }

    fn between(&self, at: usize) -> bool {
        let before = |by: usize| at.checked_sub(by).map_or("", |before| self.words.key(before));
        matches!(before(1), "بين" | "between")
            || (matches!(before(1), "و" | "and" | "الي" | "حتي") && self.year(at.saturating_sub(2)).is_some())
    }

    /// Of which time the sentence speaks, by the verb before the date, else by that after it.
    pub(super) fn tense(&self, reading: &Reading) -> Tense {
        let words = self.words;
        let Some(word) = words.get(reading.from) else { return Tense::Unknown };
        let sentence = words.of_sentence(word.sentence);
        let around = |at: &usize| !self.is_time(*at);
        let short = sentence.len() <= 3 * REACH;
        let others =
            sentence.clone().take(3 * REACH).filter(|at| !(reading.from..reading.to).contains(at)).find(around);
        if short && others.is_none() {
            return Tense::Alone;
        }
        let before = (sentence.start.max(reading.from.saturating_sub(REACH))..reading.from).rev();
        let after = reading.to..sentence.end.min(reading.to + REACH);
        before.chain(after).find_map(|at| self.tense_of(at)).unwrap_or(Tense::Unknown)
    }

    fn is_time(&self, at: usize) -> bool {
        self.sense(at).is_some() || self.words.get(at).is_some_and(|word| word.digits)
    }

    fn is_future(&self, at: usize) -> bool {
        let words = self.words;
        let Some(word) = words.get(at) else { return false };
        let sentence = words.of_sentence(word.sentence);
        (sentence.start.max(at.saturating_sub(REACH))..sentence.end.min(at + REACH))
            .any(|at| self.tense_of(at) == Some(Tense::Future))
    }

    fn tense_of(&self, at: usize) -> Option<Tense> {
        let words = self.words;
        let key = words.key(at);
        if FUTURE.contains(&key) {
            return Some(Tense::Future);
        }
        let bare = key.strip_prefix(['و', 'ف']).unwrap_or(key);
        let future =
            bare.strip_prefix('س').is_some_and(|rest| rest.starts_with(['ي', 'ت', 'ن', 'ا']) && rest.len() >= 6);
        if future {
            let reading = morphology::analyse(words.written(at)).into_iter().next()?;
            let is = reading.segments.iter().any(|segment| segment.part == MorphPart::Future);
            return is.then_some(Tense::Future);
        }
        verbs::is_perfect(bare).then_some(Tense::Past)
    }
}

/// How many words to either side are asked for the tense.
const REACH: usize = 14;

/// Words that speak of what is to come, folded.
const FUTURE: &[&str] = &[
    "سوف",
    "المقرر",
    "مقرر",
    "المقرره",
    "مقررا",
    "المزمع",
    "المرتقب",
    "المرتقبه",
    "المتوقع",
    "المنتظر",
    "يعتزم",
    "تعتزم",
    "يعتزمون",
    "ينوي",
    "تنوي",
    "يستعد",
    "تستعد",
    "المقبل",
    "المقبله",
    "القادم",
    "القادمه",
    "will",
    "shall",
    "scheduled",
    "plans",
    "expected",
    "upcoming",
    "يبدا",
    "تبدا",
    "تنطلق",
    "ينطلق",
    "لن",
];

/// How many bytes the first `cut` letters of `text` take, with what is joined to them.
fn letters(text: &str, cut: usize) -> usize {
    if cut == 0 {
        return 0;
    }
    let letter = |c: char| !matches!(c, 'ـ' | '\u{64B}'..='\u{65F}' | '\u{670}') && !crate::marks::is_invisible(c);
    text.char_indices().filter(|(_, c)| letter(*c)).nth(cut).map_or(0, |(byte, _)| byte)
}

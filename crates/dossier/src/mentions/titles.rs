//! Which titles stand here, of which state or body, and what follows them?

use super::known::{Clitics, Hit, Hits};
use crate::gazetteer::{EntityNumber, Flat, Gazetteer, Kind, Use};
use crate::reading::{Gap, Reading};

/// A title: «الرئيس الصيني», «رئيس وزراء اليابان», «الأمين العام للأمم المتحدة», or an office alone: «الرئيس».
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub(super) first: usize,
    /// Past the last word, modifiers like السابق included.
    pub(super) end: usize,
    /// Bytes of clitics before it.
    pub(super) cut: usize,
    pub(super) office: Office,
    /// The state or body.
    pub(super) of: Option<EntityNumber>,
    /// The second state of «الرئيسان الروسي والصيني».
    pub(super) second: Option<EntityNumber>,
    pub(super) form: Flat,
    /// Of somebody who is no longer in office, or not yet.
    pub(super) former: bool,
}

/// Which office a title names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Office {
    /// A row of the offices.
    Row(u16),
    /// The same as that of the person before: «نظيره».
    Counterpart,
}

/// What follows a title and says when.
const FORMER: &[&str] = &[
    "السابق",
    "السابقه",
    "الاسبق",
    "الاسبقه",
    "الراحل",
    "الراحله",
    "المنتخب",
    "المنتخبه",
    "المخلوع",
    "المستقيل",
    "المعزول",
    "المقبل",
];
const PRESENT: &[&str] = &["الحالي", "الحاليه", "الجديد", "الجديده", "المكلف"];
const COUNTERPARTS: &[&str] = &[
    "نظيره",
    "نظيرها",
    "نظيرته",
    "نظيرتها",
    "بنظيره",
    "بنظيرها",
    "بنظيرته",
    "لنظيره",
    "لنظيرها",
    "ونظيره",
    "ونظيرها",
    "ونظيرته",
    "ونظيرتها",
    "نظيري",
];

/// The title that begins at word `at`, the longest reading.
pub(super) fn title_at(reading: &Reading, gazetteer: &Gazetteer, hits: &Hits, at: usize) -> Option<Title> {
    if COUNTERPARTS.contains(&reading.folded(at)) {
        return counterpart(reading, gazetteer, hits, at);
    }
    let mut alone = None;
    for hit in hits.at(at) {
        let Use::Office { office, form } = hit.form.uses else { continue };
        let title = Title {
            first: at,
            end: hit.end,
            cut: hit.cut,
            office: Office::Row(office),
            of: None,
            second: None,
            form,
            former: false,
        };
        if let Some((of, second, end)) = complement(reading, gazetteer, hits, hit.end, form) {
            return Some(with_modifiers(reading, Title { of: Some(of), second, end, ..title }));
        }
        alone = alone.or_else(|| form.definite.then_some(title));
    }
    alone.map(|title| with_modifiers(reading, title))
}

fn counterpart(reading: &Reading, gazetteer: &Gazetteer, hits: &Hits, at: usize) -> Option<Title> {
    use crate::gazetteer::Gender::{Feminine, Masculine};
    let word = reading.folded(at);
    let gender = if word.contains("نظيرت") { Feminine } else { Masculine };
    let form = Flat { gender, number: 1, definite: true };
    let (of, second, end) = complement(reading, gazetteer, hits, at + 1, form)?;
    let cut = if word.starts_with("نظير") { 0 } else { super::known::written_cut(reading.written(at), 1) };
    let title = Title { first: at, end, cut, office: Office::Counterpart, of: Some(of), second, form, former: false };
    Some(with_modifiers(reading, title))
}

/// The state or body that the words from `at` on say an office belongs to.
fn complement(
    reading: &Reading,
    gazetteer: &Gazetteer,
    hits: &Hits,
    at: usize,
    office: Flat,
) -> Option<(EntityNumber, Option<EntityNumber>, usize)> {
    if reading.words.get(at)?.gap > Gap::Space {
        return None;
    }
    for hit in hits.at(at) {
        match hit.form.uses {
            Use::Nisba { of, form } if office.definite && form.definite && hit.clitics == Clitics::default() => {
                if form.number > 1 || form.gender != office.gender {
                    continue;
                }
                if office.number == 2 {
                    let second = joined_nisba(reading, hits, hit.end)?;
                    return Some((of, Some(second.0), second.1));
                }
                return Some((of, None, hit.end));
            }
            Use::Name(of) | Use::Variant(of) if belongs(gazetteer, of) => match hit.clitics {
                Clitics { conjunction: false, preposition: None } if !office.definite => {
                    return Some((of, None, hit.end));
                }
                Clitics { conjunction: false, preposition: Some('ل') } => return Some((of, None, hit.end)),
                _ => {}
            },
            _ => {}
        }
    }
    None
}

/// The state of «والصيني» at `at`, and past its word.
fn joined_nisba(reading: &Reading, hits: &Hits, at: usize) -> Option<(EntityNumber, usize)> {
    reading.words.get(at).filter(|word| word.gap <= Gap::Space)?;
    let nisba = |hit: &&Hit| matches!(hit.form.uses, Use::Nisba { .. }) && hit.clitics.conjunction;
    let hit = hits.at(at).iter().find(nisba)?;
    match hit.form.uses {
        Use::Nisba { of, .. } => Some((of, hit.end)),
        _ => None,
    }
}

fn belongs(gazetteer: &Gazetteer, of: EntityNumber) -> bool {
    matches!(gazetteer.entity(of).kind, Kind::State | Kind::Organisation)
}

fn with_modifiers(reading: &Reading, mut title: Title) -> Title {
    while reading.words.get(title.end).is_some_and(|word| word.gap <= Gap::Space) {
        let word = reading.folded(title.end);
        if FORMER.contains(&word) {
            title.former = true;
        } else if !PRESENT.contains(&word) {
            break;
        }
        title.end += 1;
    }
    title
}

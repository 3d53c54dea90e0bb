//! How else may this name be spelled?
//!
//! Two ways. [`variants`] makes the spellings that desks really use from one spelling, for the tree that finds names in
//! a text; [`by_sound`] keeps the sound of every name (see [`arabic::names`]), for a name that is asked as a whole.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use arabic::names::{name_keys, same_name, similar};

use super::tree::{Quick, QuickHasher};
use super::{Entity, EntityNumber, Kind};

/// Of one name at most so many variants are made.
const MOST: usize = 40;

/// A letter or row of letters that another desk writes otherwise, in foreign names.
const LETTERS: &[(&str, &[&str])] = &[
    // The sound g: غورباتشوف, جورباتشوف, كورباتشوف.
    ("غ", &["ج", "ق", "ك"]),
    // The end of Chinese syllables: بينغ, بينج, بنغ.
    ("ينغ", &["نغ", "ينج", "نج"]),
    ("ونغ", &["ونج", "نغ"]),
    ("انغ", &["انج", "نغ"]),
    ("تش", &["ش", "ج"]),
    ("يو", &["و"]),
    ("وي", &["و"]),
    ("ست", &["شت"]),
    ("شت", &["ست"]),
    ("كس", &["اكس"]),
    ("ايم", &["يم"]),
    ("اي", &["ي"]),
    ("يي", &["ي"]),
];

/// How the end of a foreign name may be written otherwise.
const ENDS: &[(&str, &[&str])] =
    &[("يا", &["ية"]), ("ية", &["يا"]), ("ا", &["ه"]), ("ه", &["ا"]), ("س", &["ز"]), ("تز", &["تس"]), ("ي", &["ى"])];

/// Other spellings of the Arabic `name`, without itself.
pub(super) fn variants(name: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![name.to_owned()];
    let add = |found: &mut Vec<String>, new: String| {
        if found.len() < MOST && !found.contains(&new) {
            found.push(new);
        }
    };
    for (whole, parted) in [("عبدال", "عبد ال"), ("ابن ", "بن "), ("أبو ", "ابو")] {
        if name.contains(whole) {
            add(&mut found, name.replace(whole, parted));
        }
        if name.contains(parted) {
            add(&mut found, name.replace(parted, whole));
        }
    }
    if is_foreign(name) {
        for (letters, others) in LETTERS {
            for at in 0..found.len() {
                if found.len() < MOST && found[at].contains(letters) {
                    for other in *others {
                        let new = found[at].replace(letters, other);
                        add(&mut found, new);
                    }
                }
            }
        }
        for at in 0..found.len() {
            if found.len() == MOST {
                break;
            }
            for (end, others) in ENDS {
                if let Some(stem) = found[at].strip_suffix(end).filter(|stem| stem.chars().count() >= 3) {
                    let stem = stem.to_owned();
                    others.iter().for_each(|other| add(&mut found, format!("{stem}{other}")));
                }
            }
        }
    }
    found.swap_remove(0);
    found
}

/// The spellings of a name of two to four words in which its last words are written together, or its joined words
/// apart: شي جينبينغ.
pub(super) fn joined(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let mut found = Vec::new();
    if (2..=4).contains(&words.len()) && is_foreign(name) && words.iter().all(|word| word.chars().count() <= 6) {
        for at in 1..words.len() {
            found.push(format!(
                "{}{}{}",
                words[..at].join(" "),
                words[at],
                words[at + 1..].iter().map(|word| format!(" {word}")).collect::<String>()
            ));
            if at >= 1 && at + 1 < words.len() {
                found.push(format!("{} {}{}", words[..at].join(" "), words[at], words[at + 1..].concat()));
            }
        }
    }
    found
}

/// Whether no letter shows an Arab name.
fn is_foreign(name: &str) -> bool {
    !name.contains(['ع', 'ح', 'ض', 'ظ', 'ذ', 'ص', 'ط', 'ء']) && !name.split(' ').any(|word| word.starts_with("ال"))
}

/// Entities by the hashes of the sounds of their names.
pub(super) type Sounds = HashMap<u64, Vec<EntityNumber>, Quick>;

/// The entities of certain kinds by the sounds of their names.
pub(super) fn by_sound(entities: &[Entity], is_asked: impl Fn(Kind) -> bool) -> Sounds {
    let mut found = Sounds::default();
    for (number, entity) in (0..).map(EntityNumber).zip(entities).filter(|(_, entity)| is_asked(entity.kind)) {
        for key in entity.names.iter().flat_map(|name| name_keys(&name.text)) {
            let numbers = found.entry(hash(&key)).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    found
}

/// Shorter names have too many neighbours.
pub(super) const LEAST_MISPRINTED: usize = 6;

/// Whether one letter of `known` was changed, left out or added to make `wanted`.
pub(super) fn is_misprint(known: &str, wanted: &[char]) -> bool {
    // Arabic letters take two bytes: a quick look before a careful one.
    if known.len() + 4 < wanted.len() || known.len() > wanted.len() * 2 + 4 {
        return false;
    }
    let known: Vec<char> = known.chars().collect();
    if known.len().abs_diff(wanted.len()) > 1 {
        return false;
    }
    let same = known.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    let (a, b) = (&known[same..], &wanted[same..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => a.get(1..) == b.get(1..),
        std::cmp::Ordering::Less => *a == b[1..],
        std::cmp::Ordering::Greater => a[1..] == *b,
    }
}

/// Those that sound like `name`, the nearest first.
pub(super) fn find_by_sound(sounds: &[&Sounds], entities: &[Entity], name: &str) -> Vec<EntityNumber> {
    let mut found: Vec<EntityNumber> = name_keys(name)
        .iter()
        .flat_map(|key| sounds.iter().filter_map(move |sounds| sounds.get(&hash(key))))
        .flatten()
        .copied()
        .collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(200);
    let nearness = |number: EntityNumber| {
        let names = entities[number.0 as usize].names.iter();
        let near = names.filter(|known| same_name(&known.text, name)).map(|known| similar(&known.text, name));
        near.fold(0.0, f32::max)
    };
    let mut near: Vec<(f32, EntityNumber)> = found.into_iter().map(|number| (nearness(number), number)).collect();
    near.retain(|(near, _)| *near > 0.0);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.into_iter().map(|(_, number)| number).collect()
}

fn hash(key: &str) -> u64 {
    let mut hasher = QuickHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}

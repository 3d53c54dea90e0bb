//! Which spellings, in which script, are one name?
//!
//! A foreign name has as many Arabic spellings as there are desks that write it: هونغ كونغ and هونج كونج, بوتين and بوتن,
//! غوغل and جوجل and قوقل. [`name_keys`] gives each spelling a few short keys, and two spellings are taken for one name when
//! they share a key ([`same_name`]). A key is the row of the consonants as they sound, in any script:
//!
//! - what Arabic spelling leaves open is folded away: hamza, emphatic and plain letters, ج غ ق for the sound g (unless
//!   letters like ع and ح show an Arab name), ك or ج after ن for ng, the article, spaces, joined «عبدالله»;
//! - vowels go, except those at the end and y and w before a, when three consonants are left to tell the name; with two
//!   or fewer they stay («مالي» is not «ملا»), and in Arab names too («حسن» is not «حسين»). A first word of one consonant keeps its vowel: «لي بينغ» is not «لو بينغ»;
//! - Latin names are read as English, French and the usual spellings of Arabic names write them («Mohamed»,
//!   «Abderrahmane», «el-Sisi»), and as pinyin when all their syllables are pinyin («Xi Jinping»);
//! - a table of well-known names (`data/names.txt`: states, capitals, provinces and cities of China, leaders, firms, bodies)
//!   adds what sound does not tell: «Egypt» is مصر, 习近平 is شي جين بينغ. **A name in Chinese characters that is not in the table
//!   has no key**, because characters do not say how Arabic writes them.
//!
//! Keys propose, they do not prove: names that differ in inner vowels alone share one («وانغ تشينغ» and «وانغ تشونغ», «سالم»
//! and «سليم», «غوغل» and «غوغول»), unless the table knows both. A text that is not a name has keys too, which mean nothing.
//!
//! ```
//! use arabic::names::{equivalents, same_name};
//!
//! assert!(same_name("شي جينبنغ", "شي جين بينغ"));
//! assert!(same_name("Xi Jinping", "شي جين بينغ"));
//! assert!(same_name("习近平", "شي جينبينغ"));
//! assert!(!same_name("النيجر", "نيجيريا"));
//! assert_eq!(equivalents("Moscow"), ["موسكو"]);
//! ```

mod arabic;
mod latin;
mod pinyin;
mod romanise;
mod sounds;
mod table;

use std::borrow::Cow;

use crate::invisible::{is_arabic_letter, is_han};
use sounds::{Sound, flat, nearness};

pub use romanise::romanise;

/// Of longer texts only the beginning, this many scalar values, is read: they are no names.
pub const MAX_NAME_CHARS: usize = 120;

/// The keys of a name in Arabic, Latin or Chinese letters, sorted, each once; at most 200. None for other scripts and
/// for Chinese names that the table lacks.
pub fn name_keys(name: &str) -> Vec<String> {
    let name = head(name);
    let mut keys = Vec::new();
    match script(name) {
        Script::Arabic => arabic::add_arabic_keys(name, &mut keys),
        Script::Latin => latin::add_latin_keys(name, &mut keys),
        Script::Han | Script::Other => {}
    }
    for usual in table::arabic_spellings(name).filter_map(|spellings| spellings.first()) {
        let mut of_usual = Vec::new();
        arabic::add_arabic_keys(usual, &mut of_usual);
        keys.extend(of_usual);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of a name in Arabic letters, by its sounds alone.
pub fn name_key(arabic: &str) -> Vec<String> {
    let mut keys = Vec::new();
    arabic::add_arabic_keys(head(arabic), &mut keys);
    keys
}

/// The keys of a name in Latin letters, by its sounds alone.
pub fn latin_key(latin: &str) -> Vec<String> {
    let mut keys = Vec::new();
    latin::add_latin_keys(head(latin), &mut keys);
    keys
}

/// Whether two spellings share a key and are not known to be different names.
pub fn same_name(a: &str, b: &str) -> bool {
    if table::are_different(head(a), head(b)) {
        return false;
    }
    let keys = name_keys(b);
    name_keys(a).iter().any(|key| keys.binary_search(key).is_ok())
}

/// The Arabic spellings of a well-known name that is written `name`, in any of the three scripts; the name as a whole,
/// spaces, accents and case aside. The usual spelling comes first; none when the table lacks it.
pub fn equivalents(name: &str) -> Vec<Cow<'static, str>> {
    table::arabic_spellings(head(name)).flatten().map(|&spelling| Cow::Borrowed(spelling)).collect()
}

/// How near two names sound, from 0 to 1, for proposing what a reader may have meant. 1 when they sound the same; names
/// of one person in two spellings usually reach 0.8.
pub fn similar(a: &str, b: &str) -> f32 {
    let right: Vec<_> = all_sounds(b).iter().map(|sounds| flat(sounds)).collect();
    let left = all_sounds(a);
    let pairs = left.iter().map(|sounds| flat(sounds)).flat_map(|a| right.iter().map(move |b| nearness(&a, b)));
    pairs.fold(0.0, f32::max)
}

fn all_sounds(name: &str) -> Vec<Vec<Vec<Sound>>> {
    let name = head(name);
    match script(name) {
        Script::Arabic => arabic::arabic_sounds(name),
        Script::Latin => latin::latin_sounds(name),
        Script::Han => table::arabic_spellings(name).flatten().flat_map(|name| arabic::arabic_sounds(name)).collect(),
        Script::Other => Vec::new(),
    }
}

#[derive(Clone, Copy)]
enum Script {
    Arabic,
    Latin,
    Han,
    Other,
}

/// The script of the first letter that has one we read.
fn script(name: &str) -> Script {
    let of = |c: char| match c {
        _ if is_arabic_letter(c) => Some(Script::Arabic),
        _ if is_han(c) => Some(Script::Han),
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Some(Script::Latin),
        _ => None,
    };
    name.chars().find_map(of).unwrap_or(Script::Other)
}

fn head(name: &str) -> &str {
    name.char_indices().nth(MAX_NAME_CHARS).map_or(name, |(end, _)| &name[..end])
}

#[cfg(test)]
mod tests;

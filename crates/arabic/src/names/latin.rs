//! How does a name in Latin letters sound? English, French and scholarly spellings of Arabic names, and names of other
//! languages as their Arabic renderings have them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::arabic::add_arabic_keys;
use super::pinyin::arabic_of_pinyin;
use super::sounds::Sound::{self, Consonant, Vowel};
use super::sounds::{Vowels, add_keys};

/// At most so many ways to read a name are followed.
const MOST_READINGS: usize = 16;

/// The keys of a Latin name, added to `keys`.
pub(super) fn add_latin_keys(name: &str, keys: &mut Vec<String>) {
    let words = words(name);
    for reading in readings(&words) {
        add_keys(&reading, Vowels::Mixed, keys);
    }
    for arabic in arabic_of_pinyin(&words) {
        add_arabic_keys(&arabic, keys);
    }
}

/// The sounds of a Latin name in each of its readings.
pub(super) fn latin_sounds(name: &str) -> Vec<Vec<Vec<Sound>>> {
    let words = words(name);
    let mut sounds = readings(&words);
    sounds.extend(arabic_of_pinyin(&words).first().into_iter().flat_map(|name| super::arabic::arabic_sounds(name)));
    sounds
}

/// The words in small letters without accents, articles and the article in «Abdul».
fn words(name: &str) -> Vec<String> {
    let plain: String = name
        .nfd()
        .filter(|&c| !is_combining_mark(c) && !matches!(c, '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | 'ʼ' | '`' | '´'))
        .flat_map(char::to_lowercase)
        .collect();
    let mut words = Vec::new();
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        let has_more = rest.contains(char::is_alphanumeric);
        let hyphen = rest.starts_with(['-', '‐', '‑']);
        if has_more && (matches!(word, "al" | "el") || hyphen && ASSIMILATED_ARTICLES.contains(&word)) {
            continue;
        }
        match ["abdul", "abdel", "abdal", "abdoul", "abdol"].iter().find_map(|article| word.strip_prefix(article)) {
            Some(rest) => words.extend(["abd", rest].iter().filter(|word| !word.is_empty()).map(ToString::to_string)),
            None => words.push(word.to_owned()),
        }
    }
    words
}

const ASSIMILATED_ARTICLES: &[&str] = &[
    "ad", "an", "ar", "as", "at", "az", "ash", "ath", "adh", "ul", "ud", "ur", "us", "ed", "en", "er", "es", "et",
    "ez", "ech",
];

fn readings(words: &[String]) -> Vec<Vec<Vec<Sound>>> {
    let mut readings: Vec<Vec<Vec<Sound>>> = vec![Vec::new()];
    for (number, word) in words.iter().enumerate() {
        let next = word_readings(word, number == 0);
        readings = readings
            .iter()
            .flat_map(|reading| next.iter().map(move |word| [reading.as_slice(), std::slice::from_ref(word)].concat()))
            .take(MOST_READINGS)
            .collect();
    }
    readings
}

/// The ways to read a word: «ch» is three sounds, «g» before e and i two.
fn word_readings(word: &str, first: bool) -> Vec<Vec<Sound>> {
    let mut readings: Vec<Vec<Sound>> = vec![Vec::new()];
    let mut at = 0;
    while let Some(c) = word[at..].chars().next() {
        let rest = &word[at..];
        let starts = first && at == 0;
        let (length, options): (usize, &[&str]) = match GRAPHEMES.iter().find(|(letters, _)| rest.starts_with(letters))
        {
            // ng and nk close a syllable together.
            Some(&("nk", _)) if rest.len() > 2 && rest[2..].starts_with(['a', 'e', 'i', 'o', 'u', 'y']) => (2, &["nk"]),
            Some(&(letters, options)) => (letters.len(), options),
            None => (c.len_utf8(), letter(c, &rest[c.len_utf8()..], starts)),
        };
        let last = at + length == word.len();
        at += length;
        // A silent h or e at the end.
        let options: &[&str] = match (c, last && length == 1) {
            ('h', true) if !starts => &["", "h"],
            ('e', true) if at > 2 => &["", "y"],
            _ => options,
        };
        readings = readings
            .iter()
            .flat_map(|reading| {
                options.iter().map(move |sounds| {
                    let is_vowel = |sound| is_vowel(c) || matches!((c, sound), ('w', b'w') | ('y', b'y')) && !starts;
                    let sounds =
                        sounds.bytes().map(|sound| if is_vowel(sound) { Vowel(sound) } else { Consonant(sound) });
                    reading.iter().copied().chain(sounds).collect()
                })
            })
            .take(MOST_READINGS)
            .collect();
    }
    readings
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'ı' | 'ø' | 'æ' | 'œ')
}

/// Letters that make one sound together; longer ones first.
const GRAPHEMES: &[(&str, &[&str])] = &[
    ("tsch", &["C"]),
    ("tch", &["C"]),
    ("sch", &["S", "sk"]),
    ("sh", &["S"]),
    ("ch", &["C", "S", "k"]),
    ("kh", &["x"]),
    ("gh", &["g"]),
    ("dh", &["z", "d"]),
    ("th", &["t"]),
    ("ph", &["f"]),
    ("ck", &["k"]),
    ("dj", &["j"]),
    ("zh", &["j", "z"]),
    ("nk", &["nk", "ng"]),
    ("tz", &["ts"]),
];

fn letter(c: char, after: &str, starts: bool) -> &'static [&'static str] {
    let soft = after.starts_with(['e', 'i', 'y']);
    match c {
        'a' | 'æ' => &["a"],
        'e' | 'i' | 'ı' | 'œ' | 'ø' => &["y"],
        'o' | 'u' => &["w"],
        'y' => &["y"],
        'w' => {
            if starts {
                &["w", "f"]
            } else {
                &["w"]
            }
        }
        'b' | 'p' => &["b"],
        'c' if soft => &["s"],
        'c' | 'k' => &["k"],
        'q' => &["k", "g"],
        'd' | 'ð' => &["d"],
        'f' | 'v' => &["f"],
        'g' if soft => &["j", "g"],
        'g' => &["g"],
        'h' => &["h"],
        'j' => &["j"],
        'l' | 'ł' => &["l"],
        'm' => &["m"],
        'n' => &["n"],
        'r' => &["r"],
        's' | 'ß' => &["s"],
        't' | 'þ' => &["t"],
        'x' => &["ks"],
        'z' => &["z"],
        '0' => &["0"],
        '1' => &["1"],
        '2' => &["2"],
        '3' => &["3"],
        '4' => &["4"],
        '5' => &["5"],
        '6' => &["6"],
        '7' => &["7"],
        '8' => &["8"],
        '9' => &["9"],
        _ => &[""],
    }
}

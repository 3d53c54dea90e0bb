//! How does a name in Arabic letters sound?

use super::sounds::Sound::{self, Consonant, Vowel};
use super::sounds::{Vowels, add_keys};
use crate::fold::{Fold, fold};

/// Everything that spelling leaves open, hamza and the last ى kept to see what they are.
const SPELLING: Fold = Fold::KEY
    .without(Fold::HAMZA_ON_ALEF)
    .without(Fold::ALEF_MAKSURA)
    .without(Fold::TA_MARBUTA)
    .without(Fold::PERSIAN_URDU);

/// One way to read a spelling.
#[derive(Clone, Copy)]
struct Reading {
    /// ج غ ق sound g, as ج in Cairo and ق in the Gulf.
    hard: bool,
    /// ال at the beginning is the article.
    article: bool,
    /// ى at the end sounds a.
    maksura: bool,
    /// ك and ق after ن and before a consonant sound g, as in إنكلترا.
    nasal: bool,
}

/// The keys of an Arabic name, added to `keys`.
pub(super) fn add_arabic_keys(name: &str, keys: &mut Vec<String>) {
    let words = words(name);
    let vowels = if is_arab(&words) { Vowels::Exact } else { Vowels::Long };
    for reading in readings(&words) {
        add_keys(&sounds(&words, reading), vowels, keys);
    }
}

/// Whether letters that hardly occur in foreign names show an Arab name, whose long vowels are always written.
fn is_arab(words: &[String]) -> bool {
    words.iter().any(|word| word.contains(['ع', 'ح', 'ض', 'ظ', 'ذ', 'ث']))
}

/// The sounds of an Arabic name in each of its readings.
pub(super) fn arabic_sounds(name: &str) -> Vec<Vec<Vec<Sound>>> {
    let words = words(name);
    readings(&words).map(|reading| sounds(&words, reading)).collect()
}

fn words(name: &str) -> Vec<String> {
    let folded = fold(name, SPELLING);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut parted = Vec::new();
    for word in words {
        // «عبدالرحمن» is «عبد الرحمن».
        match word.strip_prefix("عبدال") {
            Some(rest) if rest.chars().count() >= 2 => parted.extend(["عبد".to_owned(), rest.to_owned()]),
            _ if parted.is_empty() => parted.push(word.to_owned()),
            _ => parted.push(without_article(word).to_owned()),
        }
    }
    parted
}

fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2).unwrap_or(word)
}

fn readings(words: &[String]) -> impl Iterator<Item = Reading> + use<> {
    let any = |letters: &[char]| words.iter().any(|word| word.contains(letters));
    let hard = any(&['ج', 'غ', 'ق', 'گ', 'ڨ']) && !is_arab(words);
    let article = words.first().is_some_and(|word| without_article(word).len() < word.len());
    let maksura = words.last().is_some_and(|word| word.ends_with('ى'));
    let both = |open: bool| [true, false].into_iter().filter(move |&choice| open || !choice);
    let nasal = words.iter().any(|word| word.contains("نك") || word.contains("نق"));
    both(article).flat_map(move |article| {
        both(hard).flat_map(move |hard| {
            let readings = both(maksura).flat_map(move |maksura| both(nasal).map(move |nasal| (maksura, nasal)));
            readings.map(move |(maksura, nasal)| Reading { hard, article, maksura, nasal })
        })
    })
}

fn sounds(words: &[String], reading: Reading) -> Vec<Vec<Sound>> {
    let all: Vec<Vec<char>> = words
        .iter()
        .enumerate()
        .map(|(at, word)| if at == 0 && reading.article { without_article(word) } else { word })
        .map(|word| word.chars().collect())
        .collect();
    let last = all.len().saturating_sub(1);
    all.iter()
        .enumerate()
        .map(|(number, word)| {
            let after = all.get(number + 1).and_then(|next| next.first()).copied();
            word_sounds(word, after, number == 0, number == last, reading)
        })
        .collect()
}

fn word_sounds(word: &[char], after: Option<char>, first: bool, last: bool, reading: Reading) -> Vec<Sound> {
    let mut sounds = Vec::new();
    let mut at = 0;
    while at < word.len() {
        let c = word[at];
        let next = word.get(at + 1).copied();
        let following = next.or(after);
        let at_end = at + 1 == word.len();
        let starts = first && at == 0;
        // ng: هونغ, هونج, هونك.
        let closes_ng = at > 0 && word[at - 1] == 'ن' && !following.is_some_and(is_vowel_letter);
        let sound = match c {
            'ت' if next == Some('ش') => {
                at += 1;
                Consonant(b'C')
            }
            'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' => Vowel(b'a'),
            'ع' | 'ء' if starts => Vowel(b'a'),
            'ى' if last && at_end && reading.maksura => Vowel(b'a'),
            'ة' => Vowel(b'a'),
            'ه' | 'ہ' | 'ھ' | 'ە' if at_end && at > 0 && last => Vowel(b'a'),
            // «كه», «جيه»: the e of Chinese syllables.
            'ه' if at_end && at > 0 => {
                at += 1;
                continue;
            }
            'و' | 'ؤ' if starts => Consonant(b'w'),
            'ي' | 'ی' | 'ئ' if starts => Consonant(b'y'),
            'و' | 'ؤ' | 'ۆ' | 'ۇ' => Vowel(b'w'),
            'ي' | 'ى' | 'ی' | 'ئ' | 'ې' | 'ے' => Vowel(b'y'),
            'ج' | 'غ' if closes_ng => Consonant(b'g'),
            'ق' | 'ك' | 'ک' if closes_ng && reading.nasal => Consonant(b'g'),
            'ج' | 'ق' if reading.hard => Consonant(b'g'),
            _ => match consonant(c) {
                Some(sound) => Consonant(sound),
                None => {
                    at += 1;
                    continue;
                }
            },
        };
        sounds.push(sound);
        at += 1;
    }
    sounds
}

fn is_vowel_letter(c: char) -> bool {
    matches!(c, 'ا' | 'أ' | 'إ' | 'آ' | 'و' | 'ي' | 'ى' | 'ی' | 'ة' | 'ه')
}

fn consonant(c: char) -> Option<u8> {
    Some(match c {
        'ب' | 'پ' => b'b',
        'ت' | 'ط' | 'ث' | 'ٹ' => b't',
        'ج' | 'ژ' => b'j',
        'چ' => b'C',
        'ح' | 'ه' | 'ہ' | 'ھ' => b'h',
        'خ' => b'x',
        'د' | 'ض' | 'ڈ' => b'd',
        'ذ' | 'ز' | 'ظ' => b'z',
        'ر' | 'ڑ' => b'r',
        'س' | 'ص' => b's',
        'ش' => b'S',
        'غ' | 'گ' | 'ڨ' => b'g',
        'ف' | 'ڤ' => b'f',
        'ق' | 'ك' | 'ک' => b'k',
        'ل' => b'l',
        'م' => b'm',
        'ن' | 'ں' => b'n',
        '0'..='9' => u8::try_from(c).ok()?,
        _ => return None,
    })
}

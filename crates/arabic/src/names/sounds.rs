//! What is left of a name when only its sounds count? The skeleton that Arabic and Latin spellings share.
//!
//! Letters become sounds, each one ASCII letter: p is b, v is f, emphatic and plain consonants are one, `C` is tsh, `S`
//! sh, `x` kh; `a`, `y` and `w` are vowels written long, which in Latin letters may be short.

/// A sound of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sound {
    Consonant(u8),
    Vowel(u8),
}

use Sound::{Consonant, Vowel};

/// What the vowels among the sounds are.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Vowels {
    /// Those that Arabic letters write, which foreign names have now and then.
    Long,
    /// Those that Arabic letters write in an Arab name, where each counts: حسن is not حسين.
    Exact,
    /// Long and short ones, as in Latin letters.
    Mixed,
}

/// At most so many keys are made of one name.
pub(super) const MOST_KEYS: usize = 96;

/// Names of more consonants are told by these alone, even Arab ones.
const MANY_CONSONANTS: usize = 8;

/// The keys of a name of these words, added to `keys`.
///
/// Where three consonants or more tell a name, vowels go but for the last ones and for y and w before a; with fewer,
/// all stay, as they do in Arab names. A first word of a single consonant («شي», «لي») keeps its vowel; a longer one may, so that both meet when
/// the words are joined.
pub(super) fn add_keys(words: &[Vec<Sound>], vowels: Vowels, keys: &mut Vec<String>) {
    let mut sounds: Vec<Sound> = Vec::new();
    for &sound in words.iter().flatten() {
        // Doubled consonants and vowels count once.
        if sounds.last() != Some(&sound) {
            sounds.push(sound);
        }
    }
    let consonants = count_consonants(&sounds);
    if sounds.is_empty() {
        return;
    }
    if consonants <= 2 || vowels != Vowels::Long {
        add_vowelled(&sounds, vowels, keys);
    }
    if consonants <= 2 || vowels == Vowels::Exact && consonants <= MANY_CONSONANTS {
        return;
    }
    let first_word = words.iter().find(|word| !word.is_empty());
    let short_first_word = words.len() > 1 && first_word.is_some_and(|word| count_consonants(word) == 1);
    let glides: &[bool] = if vowels == Vowels::Mixed { &[true, false] } else { &[true] };
    for &glides in glides {
        let with = skeleton(&sounds, true, glides);
        if short_first_word {
            push(keys, with);
        } else {
            push(keys, skeleton(&sounds, false, glides));
            push(keys, with);
        }
    }
}

fn count_consonants(sounds: &[Sound]) -> usize {
    sounds.iter().filter(|sound| matches!(sound, Consonant(_))).count()
}

/// The consonants with the vowels at the end, with `keep_first` those right after the first consonant, and with `glides`
/// y and w before a. `A` stands for the vowels that the name begins with.
fn skeleton(sounds: &[Sound], keep_first: bool, glides: bool) -> String {
    let is_consonant = |sound: &Sound| matches!(sound, Consonant(_));
    let first = sounds.iter().position(is_consonant).unwrap_or(0);
    let last = sounds.iter().rposition(is_consonant).unwrap_or(0);
    let first_run = first + 1 + sounds[first + 1..].iter().take_while(|sound| !is_consonant(sound)).count();
    let mut key = String::new();
    for (at, &sound) in sounds.iter().enumerate() {
        match sound {
            Vowel(_) if at == 0 => key.push('A'),
            Vowel(_) if at < first => {}
            Vowel(vowel) => {
                let glide = glides && vowel != b'a' && sounds.get(at + 1) == Some(&Vowel(b'a'));
                if at > last || glide || keep_first && at < first_run {
                    push_sound(&mut key, vowel);
                }
            }
            Consonant(consonant) => push_sound(&mut key, consonant),
        }
    }
    key
}

fn push_sound(key: &mut String, sound: u8) {
    let sound = char::from(sound);
    if !key.ends_with(sound) {
        key.push(sound);
    }
}

/// The sounds with all vowels; of short ones each may also be unwritten.
fn add_vowelled(sounds: &[Sound], vowels: Vowels, keys: &mut Vec<String>) {
    let mut open = vec![String::new()];
    let mut at = 0;
    while at < sounds.len() {
        let run = sounds[at..].iter().take_while(|sound| matches!(sound, Vowel(_))).count();
        let written: String = sounds[at..at + run]
            .iter()
            .map(|&sound| match sound {
                Consonant(sound) | Vowel(sound) => char::from(sound),
            })
            .collect();
        let options = match () {
            () if run == 0 => {
                if let Consonant(consonant) = sounds[at] {
                    open.iter_mut().for_each(|key| push_sound(key, consonant));
                }
                at += 1;
                continue;
            }
            () if at == 0 => vec!["A".to_owned()],
            () if vowels == Vowels::Mixed && at + run < sounds.len() => {
                let mut options = vec![String::new(), written.replace('a', ""), written];
                options.dedup();
                options
            }
            () => vec![written],
        };
        open = open
            .iter()
            .flat_map(|key| options.iter().map(move |vowel| format!("{key}{vowel}")))
            .take(MOST_KEYS)
            .collect();
        at += run;
    }
    open.into_iter().for_each(|key| push(keys, key));
}

fn push(keys: &mut Vec<String>, key: String) {
    if !key.is_empty() && keys.len() < MOST_KEYS && !keys.contains(&key) {
        keys.push(key);
    }
}

/// Sounds as bytes, for measuring how far apart two names are.
pub(super) fn flat(words: &[Vec<Sound>]) -> Vec<Sound> {
    let mut sounds: Vec<Sound> = words.iter().flatten().copied().take(LONGEST).collect();
    sounds.dedup();
    sounds
}

/// Names beyond this many sounds are compared by their beginnings.
const LONGEST: usize = 64;

/// How near two rows of sounds are, 1 for the same: an edit distance in which vowels weigh a quarter and consonants that
/// are often confused less than half.
pub(super) fn nearness(a: &[Sound], b: &[Sound]) -> f32 {
    let weight = |sounds: &[Sound]| sounds.iter().map(|&sound| weight(sound)).sum::<f32>();
    let most = weight(a).max(weight(b));
    if most == 0.0 {
        return 0.0;
    }
    (1.0 - distance(a, b) / most).clamp(0.0, 1.0)
}

fn distance(a: &[Sound], b: &[Sound]) -> f32 {
    let mut row: Vec<f32> = vec![0.0];
    for &sound in b {
        row.push(row.last().copied().unwrap_or(0.0) + weight(sound));
    }
    for &left in a {
        let mut diagonal = row[0];
        row[0] += weight(left);
        for (at, &right) in b.iter().enumerate() {
            let replaced = diagonal + replacing(left, right);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + weight(left)).min(row[at] + weight(right));
        }
    }
    row.last().copied().unwrap_or(0.0)
}

fn weight(sound: Sound) -> f32 {
    if matches!(sound, Vowel(_)) { 0.25 } else { 1.0 }
}

fn replacing(a: Sound, b: Sound) -> f32 {
    match (a, b) {
        _ if a == b => 0.0,
        (Vowel(_), Vowel(_)) => 0.25,
        (Consonant(a), Consonant(b)) if CONFUSED.iter().any(|group| group.contains(&a) && group.contains(&b)) => 0.4,
        (Consonant(_), Consonant(_)) => 1.0,
        _ => 1.25,
    }
}

const CONFUSED: &[&[u8]] = &[b"gkx", b"gj", b"jCz", b"hx", b"sSzC", b"td", b"bf", b"kC", b"mn"];

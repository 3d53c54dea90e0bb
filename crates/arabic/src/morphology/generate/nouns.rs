//! Which stems does a noun have, by the way it ends?

use super::super::classes::*;
use super::spelling::{split_last, with_last};
use super::{Lemma, NOMINAL, Sink, Stem};

/// How much a nominal word bends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Bending {
    /// Two, the sound plurals and ة are all usual: adjectives, participles.
    Adjective,
    /// ات is usual, ة and ون are not impossible: nouns.
    Noun,
    /// A plural: no plural of it, seldom ات.
    Plural,
}

/// Hands on the stems of a nominal word spelled `word`.
pub(super) fn stems(word: &str, bending: Bending, lemma: Lemma, cost: u8, sink: &mut Sink) {
    let plain = bending == Bending::Plural;
    let flags = if bending == Bending::Adjective { ADJECTIVE } else { 0 };
    let mut put = |text: &str, groups: Groups, extra: u8| {
        let groups = if plain { groups & (BARE | BEFORE_PRONOUN | TANWIN | FEMININE) } else { groups };
        if groups != 0 {
            sink.put(Stem { text, kind: Kind::Nominal, groups, flags, cost: cost.saturating_add(extra), lemma });
        }
    };
    let (base, last) = split_last(word);
    let before = split_last(base).1;
    let count = word.chars().count();
    match last {
        'ة' if before == 'ا' => {
            // قناة، مباراة: the alef stays before ت and becomes و or ي before ات.
            put(base, FEMININE, 0);
            let root = split_last(base).0;
            put(&format!("{root}و"), FEMININE_PLURAL, 0);
            put(&format!("{root}ي"), FEMININE_PLURAL, 0);
        }
        'ة' => {
            put(base, FEMININE | FEMININE_PLURAL, 0);
            if before == 'أ' {
                // منشأة has منشآت.
                put(&with_last(base, "آت"), BARE | BEFORE_PRONOUN, 0);
            }
        }
        'ى' => {
            put(word, BARE, 0);
            put(&with_last(word, "ا"), BEFORE_PRONOUN, 0);
            put(&with_last(word, "ي"), DUAL | FEMININE_PLURAL, 0);
            if bending == Bending::Adjective {
                // The passive participles: معطى، معطاة.
                put(&with_last(word, "ا"), FEMININE, 0);
                put(base, MASCULINE_PLURAL, 4);
            }
        }
        'ا' => {
            put(word, BARE | BEFORE_PRONOUN, 0);
            put(&with_last(word, "ي"), DUAL | FEMININE_PLURAL, 0);
            put(&with_last(word, "و"), DUAL | FEMININE_PLURAL, 2);
        }
        'ء' if before == 'ا' => {
            put(word, NOMINAL & !TANWIN | FEMININE, 0);
            put(&with_last(word, "ؤ"), BEFORE_PRONOUN, 0);
            put(&with_last(word, "ئ"), BEFORE_PRONOUN | DUAL, 0);
            put(&with_last(word, "و"), DUAL | FEMININE_PLURAL, 2);
        }
        'ء' => {
            put(word, NOMINAL, 0);
            put(&with_last(word, "ؤ"), BEFORE_PRONOUN | MASCULINE_PLURAL, 0);
            put(
                &with_last(word, "ئ"),
                BEFORE_PRONOUN | TANWIN | DUAL | FEMININE | FEMININE_PLURAL | MASCULINE_PLURAL,
                0,
            );
            put(&with_last(word, "أ"), DUAL, 2);
            put(&with_last(word, "آن"), BARE, 2);
        }
        'أ' => {
            put(word, BARE | BEFORE_PRONOUN | DUAL, 0);
            put(&with_last(word, "ؤ"), BEFORE_PRONOUN, 0);
            put(&with_last(word, "ئ"), BEFORE_PRONOUN, 0);
            put(&with_last(word, "آن"), BARE, 0);
            put(&with_last(word, "آت"), BARE | BEFORE_PRONOUN, 0);
        }
        'ؤ' => {
            put(word, NOMINAL, 0);
            put(&with_last(word, "ئ"), BEFORE_PRONOUN | DUAL, 0);
        }
        'ي' if drops_ya(word, bending) => {
            put(word, NOMINAL, 0);
            // «قاضٍ» is rarer than «قاضي», and short ones look like other words.
            put(base, BARE, if count <= 3 { 18 } else { 8 });
            match bending {
                Bending::Adjective => {
                    put(word, FEMININE, 0);
                    put(base, MASCULINE_PLURAL, 2);
                }
                _ => {
                    put(word, FEMININE, 6);
                    put(base, MASCULINE_PLURAL, 6);
                }
            }
        }
        _ => {
            put(word, NOMINAL, 0);
            match bending {
                Bending::Adjective => put(word, FEMININE | MASCULINE_PLURAL, 0),
                _ => {
                    // Those that act are people: مراسل، كاتب.
                    let acts = count >= 4 && (word.starts_with('م') || word.chars().nth(1) == Some('ا'));
                    let may_act = count >= 4 && !word.starts_with('أ');
                    put(
                        word,
                        MASCULINE_PLURAL,
                        if acts {
                            2
                        } else if may_act {
                            8
                        } else {
                            22
                        },
                    );
                    put(word, FEMININE, if count >= 4 { 8 } else { 16 });
                }
            }
        }
    }
    if let Some(start) = word.strip_suffix("يء") {
        // شئ and بطئ for شيء and بطيء are often read.
        put(&format!("{start}ئ"), BARE, 12);
    }
}

/// Whether the ي of a word falls away in the indefinite: قاضٍ، معانٍ, but not in عربي.
fn drops_ya(word: &str, bending: Bending) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let count = letters.len();
    let shape = count >= 4 && letters[count - 3] == 'ا';
    match bending {
        Bending::Plural => shape && count <= 5,
        _ => {
            count == 4 && letters[1] == 'ا'
                || letters[0] == 'م' && count >= 4 && letters[1] != 'ا'
                || letters[0] == 'ت' && count >= 4
        }
    }
}

/// The nisba adjective of a word: الصين → صيني, حكومة → حكومي.
pub(super) fn nisba(word: &str) -> Option<String> {
    let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3).unwrap_or(word);
    let count = bare.chars().count();
    if count < 3 || bare.ends_with('ي') {
        return None;
    }
    let mut base = bare;
    for ending in ["يا", "ية", "ا", "ة"] {
        if let Some(rest) = bare.strip_suffix(ending)
            && rest.chars().count() >= 2
        {
            base = rest;
            break;
        }
    }
    let (root, last) = split_last(base);
    Some(match last {
        'ى' => format!("{root}وي"),
        'ء' if root.ends_with('ا') => format!("{root}ئي"),
        'ي' => return None,
        _ => format!("{base}ي"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_nisba(word: &str, expected: Option<&str>) {
        assert_eq!(nisba(word).as_deref(), expected, "{word}");
    }

    #[test]
    fn the_nisba_follows_from_the_ending() {
        check_nisba("الصين", Some("صيني"));
        check_nisba("حكومة", Some("حكومي"));
        check_nisba("سوريا", Some("سوري"));
        check_nisba("فرنسا", Some("فرنسي"));
        check_nisba("اقتصاد", Some("اقتصادي"));
        check_nisba("قضاء", Some("قضائي"));
        check_nisba("عربي", None);
    }
}

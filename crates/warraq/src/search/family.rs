//! Which words are made of one another?
//!
//! Arabic makes its words by setting a root of consonants into patterns: تعاون، متعاون، تعاوني، معاون are one family.
//! What is left of a lemma without the letters of the patterns names its family well enough: a reader who asks for
//! «انتخاب» is served by «ناخبون», after those that say «انتخابات».

use arabic::morphology::Pos;

/// Consonants that a root has, most often.
const ROOT: usize = 3;
/// Stands for any of ا و ي where a root has too few other letters.
const WEAK: char = 'و';

/// The family of a lemma by its key.
pub(super) fn family(key: &str, pos: Pos) -> String {
    let mut letters: Vec<char> = key.chars().filter(|c| *c != '+').collect();
    let without_last = |letters: &[char]| strong(&letters[..letters.len() - 1]);
    // The ending of the feminine; of what is derived from it, صيني from صين.
    if letters.last() == Some(&'ه') && without_last(&letters) >= 2 {
        letters.pop();
    }
    if letters.ends_with(&['ا', 'ت']) && strong(&letters[..letters.len() - 2]) >= ROOT {
        letters.truncate(letters.len() - 2);
    }
    let relational = pos == Pos::Adjective || strong(&letters) >= ROOT;
    if relational && letters.last() == Some(&'ي') && letters.len() > ROOT {
        letters.pop();
    }
    let rest = pattern_start(&letters);
    let letters = &letters[rest..];
    let mut root: Vec<char> = letters.iter().copied().filter(|c| !is_weak(*c)).collect();
    // The ت of افتعل stands after the first letter of the root.
    if root.len() > ROOT && root[1] == 'ت' {
        root.remove(1);
    }
    let is_short = root.len() == 2;
    root.dedup();
    if is_short
        && root.len() == 2
        && let Some(place) = weak_place(letters)
    {
        root.insert(place, WEAK);
    }
    if root.len() < 2 { letters.iter().collect() } else { root.into_iter().collect() }
}

/// How many letters before the root belong to the pattern.
fn pattern_start(letters: &[char]) -> usize {
    let root_after = |count: usize, least: usize| strong(&letters[count.min(letters.len())..]) >= least;
    match letters {
        ['ا' | 'م' | 'ي', 'س', 'ت', ..] if root_after(3, 2) => 3,
        ['م', 'ت', ..] if root_after(2, ROOT) || root_after(2, 2) && has_inner_weak(&letters[2..]) => 2,
        ['م', 'ن', ..] if root_after(2, ROOT) && letters[2] != 'ت' => 2,
        ['ا', 'ن', ..] if root_after(2, ROOT) && letters[2] != 'ت' => 2,
        ['م' | 'ت', ..] if root_after(1, ROOT) || root_after(1, 2) && has_inner_weak(&letters[1..]) => 1,
        ['ا', ..] => 1,
        _ => 0,
    }
}

fn is_weak(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي' | 'ء' | 'ى')
}

fn strong(letters: &[char]) -> usize {
    letters.iter().filter(|c| !is_weak(**c)).count()
}

fn has_inner_weak(letters: &[char]) -> bool {
    letters.len() > 2 && letters[..letters.len() - 1].iter().any(|c| is_weak(*c))
}

/// Where in a root of two other letters the weak one belongs.
fn weak_place(letters: &[char]) -> Option<usize> {
    let first = letters.first()?;
    if *first == 'و' {
        return Some(0);
    }
    if letters.last().copied().is_some_and(is_weak) {
        return Some(2);
    }
    letters.iter().copied().any(is_weak).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use arabic::morphology::keys;

    fn check_family(one: &str, other: &str, same: bool) {
        let of = |word: &str| family(&keys(word)[0].text, keys(word)[0].pos);
        assert_eq!(of(one) == of(other), same, "{one} {} / {other} {}", of(one), of(other));
    }

    #[test]
    fn words_of_one_root_are_a_family() {
        check_family("تعاون", "متعاون", true);
        check_family("الصين", "الصيني", true);
        check_family("انتخاب", "ناخب", true);
        check_family("استثمار", "مستثمر", true);
        check_family("تفجير", "انفجار", true);
        check_family("اقتصاد", "اقتصادي", true);
        check_family("مسؤول", "مسؤولية", true);
        check_family("إدارة", "مدير", true);
        check_family("قضاء", "قاضي", true);
        check_family("تحديد", "محدد", true);
        check_family("مصر", "مصري", true);
        check_family("قمة", "مقام", false);
        check_family("مدرسة", "تدريب", false);
    }
}

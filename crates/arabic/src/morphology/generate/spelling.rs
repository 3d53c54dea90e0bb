//! How is a word with hamza spelled?
//!
//! Patterns are written with their short vowels and ء for every hamza; the seat of the hamza follows from the vowels
//! around it.

/// `pattern` without vowel marks, each hamza on its seat.
pub(super) fn spell(pattern: &str) -> String {
    let letters: Vec<char> = pattern.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let c = letters[at];
        let next = letters.get(at + 1).copied();
        if is_vowel(c) {
            at += 1;
            continue;
        }
        if c != 'ء' {
            out.push(c);
            at += 1;
            continue;
        }
        let long_a = next == Some('َ') && letters.get(at + 2) == Some(&'ا');
        if at == 0 {
            match next {
                Some('ِ') => out.push('إ'),
                _ if long_a => out.push('آ'),
                _ => out.push('أ'),
            }
            at += if long_a { 3 } else { 1 };
            continue;
        }
        let seat = seat(letters[at - 1], next);
        if seat == 'أ' && long_a {
            out.push('آ');
            at += 3;
        } else {
            out.push(seat);
            at += 1;
        }
    }
    out
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'َ' | 'ُ' | 'ِ' | 'ْ')
}

/// The seat between what stands before and after.
fn seat(before: char, after: Option<char>) -> char {
    let Some(after) = after else {
        return match before {
            'َ' => 'أ',
            'ُ' => 'ؤ',
            'ِ' => 'ئ',
            _ => 'ء',
        };
    };
    match (before, after) {
        ('ي' | 'ِ', _) | (_, 'ِ' | 'ي') => 'ئ',
        ('ا' | 'و', 'َ' | 'ة') => 'ء',
        ('ُ', _) | (_, 'ُ' | 'و') => 'ؤ',
        _ => 'أ',
    }
}

/// The last letter and what stands before it.
pub(super) fn split_last(word: &str) -> (&str, char) {
    match word.char_indices().next_back() {
        Some((at, last)) => (&word[..at], last),
        None => (word, ' '),
    }
}

/// `word` with its last letter replaced.
pub(super) fn with_last(word: &str, last: &str) -> String {
    format!("{}{last}", split_last(word).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_spelling(pattern: &str, expected: &str) {
        assert_eq!(spell(pattern), expected, "{pattern}");
    }

    #[test]
    fn the_hamza_finds_its_seat() {
        check_spelling("مَسءُول", "مسؤول");
        check_spelling("سَاءِل", "سائل");
        check_spelling("قَارِء", "قارئ");
        check_spelling("ءَاخِذ", "آخذ");
        check_spelling("ءِنشَاء", "إنشاء");
        check_spelling("مَءخُوذ", "مأخوذ");
        check_spelling("تَفَاءُل", "تفاؤل");
        check_spelling("مَقرُوء", "مقروء");
        check_spelling("تَنَبُء", "تنبؤ");
        check_spelling("بِدَاءَة", "بداءة");
        check_spelling("مَسءَلَة", "مسألة");
        check_spelling("تَهنِءَة", "تهنئة");
    }
}

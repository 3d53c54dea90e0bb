//! How is a Chinese name in pinyin written in Arabic?
//!
//! A syllable of Hanyu Pinyin (GB/T 16159) is an initial and a final; the tables give the renderings that the Arabic
//! services of Chinese and Arab agencies use. Tones and the dots of ü do not matter. Combinations that Mandarin lacks
//! are read too: they do no harm.

/// The longest name that is read as pinyin, in letters.
const LONGEST: usize = 24;
const MOST: usize = 12;

/// Arabic spellings of `words` (in small Latin letters) if all of them are pinyin and there are two syllables or more.
pub(super) fn arabic_of_pinyin(words: &[String]) -> Vec<String> {
    let length: usize = words.iter().map(String::len).sum();
    if words.len() > 4 || length > LONGEST {
        return Vec::new();
    }
    let Some(words) = words.iter().map(|word| syllables(word)).collect::<Option<Vec<_>>>() else { return Vec::new() };
    if words.iter().map(Vec::len).sum::<usize>() < 2 {
        return Vec::new();
    }
    let mut names = vec![String::new()];
    for (number, word) in words.iter().enumerate() {
        if number > 0 {
            names.iter_mut().for_each(|name| name.push(' '));
        }
        for &(initial, last) in word {
            names = names
                .iter()
                .flat_map(|name| initial.iter().flat_map(move |i| last.iter().map(move |f| format!("{name}{i}{f}"))))
                .take(MOST)
                .collect();
        }
    }
    names
}

type Renderings = &'static [&'static str];

/// The syllables of a word, the longest finals first; `None` when it has other parts.
fn syllables(word: &str) -> Option<Vec<(Renderings, Renderings)>> {
    // For each place, how the rest is parted, from the end.
    let mut rest: Vec<Option<Vec<(Renderings, Renderings)>>> = vec![None; word.len() + 1];
    rest[word.len()] = Some(Vec::new());
    for at in (0..word.len()).rev() {
        let Some(text) = word.get(at..) else { continue };
        rest[at] = INITIALS
            .iter()
            .filter_map(|&(initial, letters)| Some((text.strip_prefix(initial)?, initial.len(), letters)))
            .find_map(|(after, length, letters)| {
                let finals = FINALS.iter().filter(|(last, _)| after.starts_with(last));
                let mut parted = finals.filter_map(|&(last, vowels)| {
                    let mut syllables = vec![(letters, vowels)];
                    syllables.extend(rest[at + length + last.len()].clone()?);
                    Some(syllables)
                });
                parted.next()
            });
    }
    rest.swap_remove(0)
}

/// Longer ones first; the empty one before finals that stand alone.
const INITIALS: &[(&str, Renderings)] = &[
    ("zh", &["تش", "ج"]),
    ("ch", &["تش"]),
    ("sh", &["ش"]),
    ("b", &["ب"]),
    ("p", &["ب"]),
    ("m", &["م"]),
    ("f", &["ف"]),
    ("d", &["د"]),
    ("t", &["ت"]),
    ("n", &["ن"]),
    ("l", &["ل"]),
    ("g", &["غ", "ق"]),
    ("k", &["ك"]),
    ("h", &["ه", "خ"]),
    ("j", &["ج"]),
    ("q", &["تش"]),
    ("x", &["ش"]),
    ("r", &["ر"]),
    ("z", &["تس", "ز"]),
    ("c", &["تس"]),
    ("s", &["س"]),
    ("y", &["ي"]),
    ("w", &["و"]),
    ("", &["ا"]),
];

/// Longer ones first. In «ian» and its like the i is heard before the a; e alone is written ه or ي.
const FINALS: &[(&str, Renderings)] = &[
    ("iang", &["يانغ"]),
    ("iong", &["يونغ"]),
    ("uang", &["وانغ"]),
    ("ang", &["انغ"]),
    ("eng", &["نغ"]),
    ("ong", &["ونغ"]),
    ("ing", &["ينغ"]),
    ("ian", &["يان"]),
    ("iao", &["ياو"]),
    ("uai", &["واي"]),
    ("uan", &["وان"]),
    ("ai", &["اي"]),
    ("ei", &["ي"]),
    ("ao", &["او"]),
    ("ou", &["و"]),
    ("an", &["ان"]),
    ("en", &["ن"]),
    ("ia", &["يا"]),
    ("ie", &["يه", "ي"]),
    ("iu", &["يو"]),
    ("in", &["ين"]),
    ("ua", &["وا"]),
    ("uo", &["و"]),
    ("ui", &["وي"]),
    ("ue", &["ويه", "وي"]),
    ("un", &["ون"]),
    ("er", &["ر"]),
    ("a", &["ا"]),
    ("o", &["و"]),
    ("e", &["ه", "ي"]),
    ("i", &["ي"]),
    ("u", &["و"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pinyin(name: &str, expected: &str) {
        let words: Vec<_> = name.split(' ').map(str::to_owned).collect();
        let found = arabic_of_pinyin(&words);
        assert!(
            found.iter().any(|name| name == expected) || expected.is_empty() && found.is_empty(),
            "{name}: {found:?}"
        );
    }

    #[test]
    fn names_are_written_as_the_agencies_do() {
        check_pinyin("xi jinping", "شي جينبينغ");
        check_pinyin("hu jintao", "هو جينتاو");
        check_pinyin("zhongguo", "تشونغغو");
        check_pinyin("guangdong", "غوانغدونغ");
        check_pinyin("li keqiang", "لي كهتشيانغ");
        check_pinyin("jiang zemin", "جيانغ زيمين");
        check_pinyin("xinjiang", "شينجيانغ");
        check_pinyin("smith", "");
        check_pinyin("john smith", "");
        check_pinyin("lin", "");
    }
}

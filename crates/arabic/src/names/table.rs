//! Which spellings of well-known names do we know? The lines of `data/names.txt`, looked up by the whole name.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fold::{Fold, fold};

const DATA: &str = include_str!("../../data/names.txt");

struct Table {
    /// The Arabic spellings of each line, the usual first.
    lines: Vec<Vec<&'static str>>,
    /// The lines of each spelling in its plain form.
    by_spelling: HashMap<String, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { lines: Vec::new(), by_spelling: HashMap::new() };
    for line in DATA.lines().filter(|line| line.contains('|')) {
        let spellings = |column: &'static str| column.split(';').map(str::trim).filter(|name| !name.is_empty());
        let columns: Vec<_> = line.split('|').collect();
        let number = table.lines.len();
        for spelling in columns.iter().flat_map(|column| spellings(column)) {
            let lines = table.by_spelling.entry(plain(spelling)).or_default();
            if !lines.contains(&number) {
                lines.push(number);
            }
        }
        table.lines.push(columns.first().into_iter().flat_map(|column| spellings(column)).collect());
    }
    table
});

/// The Arabic spellings of the names that are written `name`, one list a name.
pub(super) fn arabic_spellings(name: &str) -> impl Iterator<Item = &'static [&'static str]> {
    let table = &*TABLE;
    let lines = table.by_spelling.get(&plain(name)).map_or(&[][..], Vec::as_slice);
    lines.iter().map(|&line| table.lines[line].as_slice())
}

/// Whether both spellings are known, and for different names.
pub(super) fn are_different(a: &str, b: &str) -> bool {
    let table = &*TABLE;
    let lines = |name| table.by_spelling.get(&plain(name));
    lines(a).zip(lines(b)).is_some_and(|(a, b)| !a.iter().any(|line| b.contains(line)))
}

/// `name` folded, without accents and without what stands between its letters.
fn plain(name: &str) -> String {
    let folded = fold(name, Fold::KEY);
    folded.nfd().filter(|&c| !is_combining_mark(c) && (c.is_alphanumeric() || c == '+')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_well_formed() {
        assert!(TABLE.lines.len() >= 400, "{}", TABLE.lines.len());
        for line in DATA.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let columns: Vec<_> = line.split('|').map(str::trim).collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert!(columns[0].chars().all(|c| !c.is_ascii_alphabetic()), "{line}");
            assert!(columns[1].is_ascii() || !columns[1].contains(crate::invisible::is_arabic_letter), "{line}");
            let is_han = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | '·' | ';' | ' ' | '+');
            assert!(columns[2].chars().all(is_han), "{line}");
        }
    }

    #[test]
    fn no_line_says_a_spelling_twice() {
        for line in DATA.lines().filter(|line| line.contains('|')) {
            for column in line.split('|') {
                let mut names: Vec<_> = column.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
                let length = names.len();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), length, "{line}");
            }
        }
    }

    /// The usual spellings of all lines, by sound: of more than 200,000 pairs these alone meet.
    #[test]
    fn hardly_two_names_sound_the_same() {
        let mut by_key: HashMap<String, Vec<&str>> = HashMap::new();
        for name in TABLE.lines.iter().filter_map(|spellings| spellings.first()) {
            crate::names::name_key(name).into_iter().for_each(|key| by_key.entry(key).or_default().push(name));
        }
        let mut met: Vec<_> =
            by_key.into_values().filter(|names| names.len() > 1).map(|names| names.join(" ")).collect();
        met.sort_unstable();
        met.dedup();
        assert_eq!(met, ["اليونان يوننان", "جيلين قويلين", "شانشي شنشي", "عمان عمّان", "هونان هاينان"]);
    }

    #[test]
    fn one_spelling_alone_means_two_names() {
        let twice: Vec<_> =
            TABLE.by_spelling.iter().filter(|(_, lines)| lines.len() > 1).map(|(name, _)| name).collect();
        assert_eq!(twice, ["عمان"], "Oman and, without its shadda, Amman");
    }
}

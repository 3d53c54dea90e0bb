//! What may somebody have meant who found nothing? The nearest word that headlines use.

use super::index::{Index, SearchError};
use super::query::Query;

/// Words of headlines that are compared at most: a bound for archives of any size.
const COMPARED: usize = 200_000;
/// Of how many words that nobody used something near is looked for: who mistypes more has not mistyped.
const REPLACED: usize = 3;

impl Index {
    /// The query with each word that nobody ever used replaced by the nearest word of the headlines; `None` when there
    /// is nothing to replace, or nothing near.
    ///
    /// # Errors
    /// A damaged index.
    pub fn suggest(&self, query: &Query) -> Result<Option<String>, SearchError> {
        let mut changed = false;
        let mut unknown = 0;
        let mut words = Vec::new();
        for word in &query.words {
            let is_used = self.is_used(&word.exact)?;
            unknown += usize::from(!is_used);
            if unknown > REPLACED {
                return Ok(None);
            }
            let better = if is_used { None } else { self.nearest(&word.exact)? };
            changed |= better.is_some();
            words.push(better.unwrap_or_else(|| word.exact.clone()));
        }
        Ok(changed.then(|| words.join(" ")))
    }

    fn is_used(&self, word: &str) -> Result<bool, SearchError> {
        let term = tantivy::Term::from_field_text(self.fields.exact, word);
        Ok(self.reader.searcher().doc_freq(&term)? > 0)
    }

    /// The most used of the nearest words.
    fn nearest(&self, word: &str) -> Result<Option<String>, SearchError> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 3 {
            return Ok(None);
        }
        let bound = if letters.len() < 6 { 1 } else { 2 };
        let mut best: Option<(usize, u32, String)> = None;
        let mut compared = 0;
        for segment in self.reader.searcher().segment_readers() {
            let index = segment.inverted_index(self.fields.head_exact)?;
            let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() && compared < COMPARED {
                compared += 1;
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                if let Some(distance) = distance(&letters, term, bound) {
                    let used = terms.value().doc_freq;
                    let is_better = best
                        .as_ref()
                        .is_none_or(|(least, most, _)| distance < *least || distance == *least && used > *most);
                    if is_better {
                        best = Some((distance, used, term.to_owned()));
                    }
                }
            }
        }
        Ok(best.map(|(.., term)| term))
    }
}

/// How many letters must be put in, left out, changed or exchanged with their neighbour to make one of the other
/// (F. J. Damerau, «A technique for computer detection and correction of spelling errors», CACM 7, 1964); `None` when
/// more than `bound`.
fn distance(one: &[char], other: &str, bound: usize) -> Option<usize> {
    // Arabic letters have two bytes: whatever is far too long or too short is not looked at.
    if other.len() > (one.len() + bound) * 4 || other.len() + bound < one.len() {
        return None;
    }
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > bound {
        return None;
    }
    let width = other.len() + 1;
    let mut rows: [Vec<usize>; 3] = [vec![0; width], (0..width).collect(), vec![0; width]];
    for (i, a) in one.iter().enumerate() {
        rows[2][0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = rows[1][j] + usize::from(a != b);
            let mut least = changed.min(rows[1][j + 1] + 1).min(rows[2][j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(rows[0][j - 1] + 1);
            }
            rows[2][j + 1] = least;
        }
        if rows[2].iter().min().is_some_and(|least| *least > bound) {
            return None;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][width - 1]).filter(|distance| *distance <= bound && *distance > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_was_mistyped() {
        let check = |one: &str, other: &str, expected: Option<usize>| {
            let letters: Vec<char> = one.chars().collect();
            assert_eq!(distance(&letters, other, 2), expected, "{one} {other}");
        };
        check("الصيين", "الصين", Some(1));
        check("بيكن", "بكين", Some(1));
        check("تعاون", "تعاون", None);
        check("تعاون", "اقتصاد", None);
        check("شنغاي", "شنغهاي", Some(1));
        check("abc", "ab", Some(1));
    }
}

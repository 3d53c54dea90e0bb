//! Where are the paragraphs and the sentences?

use std::ops::Range;

/// The paragraphs of `text`, as bytes, without the white space around them. A paragraph ends at a line break; blank
/// ones are left out.
///
/// ```
/// use dossier::passages::paragraphs;
/// assert_eq!(paragraphs("a\n\n  b\r\n").collect::<Vec<_>>(), [0..1, 5..6]);
/// ```
pub fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive(is_line_break).filter_map(move |line| {
        let start = at;
        at += line.len();
        trimmed(text, start..at)
    })
}

/// The sentences of `text`, as bytes, without the white space around them. A sentence ends with its paragraph or after
/// `. ! ? ؟ ۔ …` (and their wide forms) and the marks that close there, when white space follows; a single letter
/// with a full stop («د.», “J.”) ends nothing. The sentences inside a quotation count like others.
///
/// ```
/// use dossier::passages::sentences;
/// let text = "وصل د. سامر. ثم غادر؟";
/// let found: Vec<_> = sentences(text).map(|sentence| &text[sentence]).collect();
/// assert_eq!(found, ["وصل د. سامر.", "ثم غادر؟"]);
/// ```
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    paragraphs(text).flat_map(move |paragraph| {
        let mut start = paragraph.start;
        let mut ends = SentenceEnds::new(&text[paragraph.clone()]);
        let mut done = false;
        std::iter::from_fn(move || {
            if done {
                return None;
            }
            let end = ends.next().map_or_else(
                || {
                    done = true;
                    paragraph.end
                },
                |end| paragraph.start + end,
            );
            Some(std::mem::replace(&mut start, end)..end)
        })
        .filter_map(move |sentence| trimmed(text, sentence))
    })
}

/// Whether `c` ends a line: the mandatory breaks of UAX #14.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The places after which a new sentence may begin.
pub(crate) struct SentenceEnds<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> SentenceEnds<'t> {
    pub(crate) fn new(text: &'t str) -> SentenceEnds<'t> {
        SentenceEnds { text, at: 0 }
    }
}

impl Iterator for SentenceEnds<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let found = self.at + self.text[self.at..].find(TERMINATORS)?;
            let rest = &self.text[found..];
            let end = self.text.len() - rest.trim_start_matches(TERMINATORS).trim_start_matches(CLOSERS).len();
            self.at = end;
            let wide = rest.starts_with(WIDE_TERMINATORS);
            let parted = self.text[end..].chars().next().is_none_or(char::is_whitespace);
            if wide || (parted && !is_initial(&self.text[..found], &self.text[found..end])) {
                return Some(end);
            }
        }
    }
}

const TERMINATORS: &[char] = &['.', '!', '?', '؟', '۔', '…', '。', '！', '？'];
/// Chinese and Japanese put no space after them.
const WIDE_TERMINATORS: &[char] = &['。', '！', '？'];
const CLOSERS: &[char] = &['»', '”', '"', '’', '\'', '›', '“', '‘', ')', ']', '}', '」', '』'];

/// Whether the full stop `mark` after `before` only shortens a name or a title to its first letter.
fn is_initial(before: &str, mark: &str) -> bool {
    let mut letters = before.chars().rev();
    mark == "." && letters.next().is_some_and(char::is_alphabetic) && !letters.next().is_some_and(char::is_alphanumeric)
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.end - part.trim_start().len();
    let end = range.start + part.trim_end().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_paragraphs(text: &str, expected: &[&str]) {
        assert_eq!(paragraphs(text).map(|range| &text[range]).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn paragraphs_end_at_line_breaks() {
        check_paragraphs("", &[]);
        check_paragraphs(" \n\n ", &[]);
        check_paragraphs("أولى\n\nثانية", &["أولى", "ثانية"]);
        check_paragraphs(" أولى \r\n ثانية ", &["أولى", "ثانية"]);
        check_paragraphs("أولى\u{2029}ثانية\u{2028}ثالثة", &["أولى", "ثانية", "ثالثة"]);
    }

    fn check_sentences(text: &str, expected: &[&str]) {
        assert_eq!(sentences(text).map(|range| &text[range]).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        check_sentences("", &[]);
        check_sentences("وصل الوفد", &["وصل الوفد"]);
        check_sentences("وصل الوفد. ثم غادر!", &["وصل الوفد.", "ثم غادر!"]);
        check_sentences("هل وصل؟ نعم... وغادر", &["هل وصل؟", "نعم...", "وغادر"]);
        check_sentences("قال «وصل الوفد.» ثم غادر.", &["قال «وصل الوفد.»", "ثم غادر."]);
        check_sentences("نما بنسبة 3.5 في المئة. وزاد", &["نما بنسبة 3.5 في المئة.", "وزاد"]);
        check_sentences("وصل د. سامر إلى المرفأ", &["وصل د. سامر إلى المرفأ"]);
        check_sentences("J. Doe came. He left", &["J. Doe came.", "He left"]);
        check_sentences("عنوان\nوصل. غادر", &["عنوان", "وصل.", "غادر"]);
        check_sentences("到了。走了。", &["到了。", "走了。"]);
    }

    proptest! {
        #[test]
        fn passages_lie_in_order_and_lose_no_word(text in "[\\n\\r .!؟a«»ن1]{0,80}") {
            for ranges in [paragraphs(&text).collect::<Vec<_>>(), sentences(&text).collect()] {
                let kept: String = ranges.iter().flat_map(|range| text[range.clone()].split_whitespace()).collect();
                prop_assert_eq!(kept, text.split_whitespace().collect::<String>());
                prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
                prop_assert!(ranges.iter().all(|range| range.start < range.end));
            }
        }
    }
}

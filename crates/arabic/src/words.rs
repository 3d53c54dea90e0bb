//! Where are the words of this text, how many are they, and how does it begin?

use std::ops::{ControlFlow, Range};

use unicode_segmentation::UnicodeSegmentation;

/// Words of Arabic that a grown reader is taken to read silently in a minute. M. Brysbaert, «How many words do we read
/// per minute?», Journal of Memory and Language 109 (2019), finds 238 for English non-fiction, and fewer in proportion
/// for languages that say the same in fewer words, as Arabic does, where a word carries article and pronouns with it.
pub const WORDS_PER_MINUTE: usize = 180;

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The word as written.
    pub text: &'t str,
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset past its last byte.
    pub end: usize,
}

impl Token<'_> {
    /// The bytes that the word stands in.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The words of `text` by the word boundaries of Unicode (UAX #29): harakat, tatweel and the zero-width non-joiner do
/// not part a word, punctuation of either script does; «3.5» is one word, each Chinese character is one.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    text.unicode_word_indices().map(|(start, word)| Token { text: word, start, end: start + word.len() })
}

/// Hands on the words of `text`, as [`tokens`] finds them, until the sink breaks off: several times as fast where the
/// words are Arabic between usual punctuation.
pub fn each_word<'t>(text: &'t str, mut sink: impl FnMut(Token<'t>) -> ControlFlow<()>) -> ControlFlow<()> {
    // What is not plain waits until a plain word comes, because marks may reach across white space.
    let mut waiting = 0;
    let mut at = 0;
    let read_slowly = |range: Range<usize>, sink: &mut dyn FnMut(Token<'t>) -> ControlFlow<()>| {
        tokens(&text[range.clone()]).try_for_each(|token| {
            sink(Token { text: token.text, start: range.start + token.start, end: range.start + token.end })
        })
    };
    for chunk in text.split_inclusive([' ', '\n']) {
        let end = at + chunk.len();
        if let Some((from, to)) = plain_word(chunk)
            && text[end..].chars().next().is_none_or(begins_anew)
        {
            read_slowly(waiting..at, &mut sink)?;
            sink(Token { text: &chunk[from..to], start: at + from, end: at + to })?;
            waiting = end;
        }
        at = end;
    }
    read_slowly(waiting..at, &mut sink)
}

/// Whether nothing before `c` can belong to its word. Spaces that follow each other are one, with the mark after them
/// (WB3d, WB4).
fn begins_anew(c: char) -> bool {
    (c.is_ascii() && c != ' ') || is_letter(c) || matches!(c, '«' | '“')
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}')
}

/// Where the word is in a chunk of nothing but Arabic letters and harakat between punctuation: most words need no more
/// than this to be found.
fn plain_word(chunk: &str) -> Option<(usize, usize)> {
    const BEFORE: [char; 4] = ['«', '"', '(', '“'];
    const AFTER: [char; 10] = ['،', '.', ':', '؛', '»', '"', ')', '؟', '!', '”'];
    let end = chunk.trim_end_matches([' ', '\n']).trim_end_matches(AFTER).len();
    let word = chunk[..end].trim_start_matches(BEFORE);
    let is_plain =
        word.starts_with(is_letter) && word.chars().all(|c| is_letter(c) || matches!(c, '\u{064B}'..='\u{0652}'));
    is_plain.then_some((end - word.len(), end))
}

/// How many words `text` has: as many as [`tokens`] finds.
pub fn word_count(text: &str) -> usize {
    // No word reaches across white space (but for the narrow no-break space within a number, UAX #29), and most chunks
    // between it are one word of plain letters.
    text.split(|c: char| c.is_whitespace() && c != '\u{202F}')
        .map(|chunk| if is_plain_word(chunk) { 1 } else { chunk.unicode_words().count() })
        .sum()
}

/// Whether `chunk` is Arabic letters and harakat alone, beginning with a letter.
fn is_plain_word(chunk: &str) -> bool {
    let letter = |c: char| matches!(c, '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{066E}' | '\u{066F}' | '\u{0671}'..='\u{06D3}');
    chunk.chars().next().is_some_and(letter) && chunk.chars().all(|c| letter(c) || matches!(c, '\u{064B}'..='\u{0652}'))
}

/// How many minutes a text of `words` words takes, rounded to the nearest and never less than one.
pub fn reading_minutes(words: usize) -> u32 {
    let minutes = words.saturating_add(WORDS_PER_MINUTE / 2) / WORDS_PER_MINUTE;
    u32::try_from(minutes).unwrap_or(u32::MAX).max(1)
}

/// The beginning of `text` in at most `max_chars` scalar values, white space run together. It ends with a sentence when
/// one ends in the second half of what fits; else after a word, with «…»; inside a word only when the first does not
/// fit.
///
/// ```
/// use arabic::words::excerpt;
/// assert_eq!(excerpt("التقى الرئيسان في القاهرة أمس.", 20), "التقى الرئيسان في…");
/// assert_eq!(excerpt("التقى الرئيسان. ثم غادرا القاهرة أمس", 24), "التقى الرئيسان.");
/// ```
pub fn excerpt(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    let mut sentence_end = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count() + usize::from(length > 0);
        if length + word_length > max_chars {
            return cut(out, sentence_end, word, max_chars);
        }
        if length > 0 {
            out.push(' ');
        }
        out.push_str(word);
        length += word_length;
        if ends_sentence(word) && length * 2 >= max_chars {
            sentence_end = out.len();
        }
    }
    out
}

const ELLIPSIS: char = '…';
const SENTENCE_ENDS: &[char] = &['.', '!', '?', '؟', '۔', '…', '。', '！', '？'];
const CLOSERS: &[char] = &['»', '”', '"', '’', ')', ']', '}', '﴾'];
/// What looks lost before an ellipsis.
const DANGLING: &[char] = &['،', '؛', ',', ';', ':', '-', '–', '—', '«', '“', '"', '(', '[', '{', '.', '…', '‘'];

fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(CLOSERS);
    // «د.» and «J.» are abbreviations.
    bare.ends_with(SENTENCE_ENDS) && bare.trim_end_matches(SENTENCE_ENDS).chars().count() > 1
}

fn cut(mut out: String, sentence_end: usize, next: &str, max_chars: usize) -> String {
    if sentence_end > 0 {
        out.truncate(sentence_end);
        return out;
    }
    let Some(room) = max_chars.checked_sub(1) else { return String::new() };
    if out.is_empty() {
        out.push_str(next);
    }
    trim_dangling(&mut out);
    if out.chars().count() > room {
        let end = out.rfind(' ').unwrap_or_else(|| whole_letters(&out, room));
        out.truncate(end);
        trim_dangling(&mut out);
    }
    out.push(ELLIPSIS);
    out
}

/// How many bytes of `word` are letters, with their marks, that fit into `room` scalar values.
fn whole_letters(word: &str, room: usize) -> usize {
    let mut left = room;
    let fits = |letter: &&str| {
        let length = letter.chars().count();
        let fits = length <= left;
        left = left.saturating_sub(length);
        fits
    };
    word.graphemes(true).take_while(fits).map(str::len).sum()
}

fn trim_dangling(out: &mut String) {
    out.truncate(out.trim_end_matches(|c: char| c.is_whitespace() || DANGLING.contains(&c)).len());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_tokens(text: &str, expected: &[&str]) {
        let found: Vec<_> = tokens(text).map(|token| token.text).collect();
        assert_eq!(found, expected, "{text:?}");
        assert!(tokens(text).all(|token| &text[token.range()] == token.text));
    }

    #[test]
    fn words_are_found() {
        check_tokens("قال: «نعم، سأذهب!»", &["قال", "نعم", "سأذهب"]);
        check_tokens("المُحرِّر كـــتب", &["المُحرِّر", "كـــتب"]);
        check_tokens("می\u{200C}خواهم", &["می\u{200C}خواهم"]);
        check_tokens("نما 3.5% في ٢٠٢٠", &["نما", "3.5", "في", "٢٠٢٠"]);
        check_tokens("الصين-روسيا Xi's", &["الصين", "روسيا", "Xi's"]);
        check_tokens("习近平", &["习", "近", "平"]);
        check_tokens(" … ", &[]);
    }

    #[test]
    fn words_are_counted() {
        assert_eq!(word_count("بحث الرئيسان، أمس، التعاون."), 4);
        assert_eq!(word_count("«» – !"), 0);
    }

    fn check_minutes(words: usize, expected: u32) {
        assert_eq!(reading_minutes(words), expected, "{words} words");
    }

    #[test]
    fn minutes_are_rounded() {
        check_minutes(0, 1);
        check_minutes(269, 1);
        check_minutes(270, 2);
        check_minutes(1800, 10);
        check_minutes(usize::MAX, u32::MAX);
    }

    fn check_excerpt(text: &str, max_chars: usize, expected: &str) {
        assert_eq!(excerpt(text, max_chars), expected, "{max_chars} of {text:?}");
    }

    #[test]
    fn excerpts_end_where_a_reader_would_stop() {
        check_excerpt("نص قصير", 20, "نص قصير");
        check_excerpt("نص\n\n  قصير", 20, "نص قصير");
        check_excerpt("بحث الرئيسان، أمس، التعاون", 19, "بحث الرئيسان، أمس…");
        check_excerpt("بحث الرئيسان، أمس، التعاون", 13, "بحث الرئيسان…");
        check_excerpt("انتهى اللقاء. ثم بدأ المؤتمر", 18, "انتهى اللقاء.");
        check_excerpt("نعم. ثم بدأ المؤتمر الصحفي", 20, "نعم. ثم بدأ المؤتمر…");
        check_excerpt("هل انتهى؟» سأل الصحفي الوزير", 15, "هل انتهى؟»");
        check_excerpt("قال إن د. محمد غادر القاهرة", 13, "قال إن د…");
        check_excerpt("بلغ النمو 3.5 في المئة", 16, "بلغ النمو 3.5…");
        check_excerpt("المستشفيات", 5, "المس…");
        check_excerpt("مُحَمَّد", 4, "مُ…");
        check_excerpt("كلمة", 1, "…");
        check_excerpt("كلمة أخرى", 4, "كلم…");
        check_excerpt("كلمة", 0, "");
    }

    proptest! {
        #[test]
        fn excerpts_fit(text in crate::fold::tests::text(), max_chars in 0usize..30) {
            prop_assert!(excerpt(&text, max_chars).chars().count() <= max_chars);
        }

        #[test]
        fn words_are_counted_as_they_are_found(text in crate::fold::tests::text()) {
            prop_assert_eq!(word_count(&text), tokens(&text).count());
        }

        #[test]
        fn offsets_are_those_of_the_text(text in crate::fold::tests::text()) {
            for token in tokens(&text) {
                prop_assert_eq!(&text[token.range()], token.text);
            }
        }
    }
}

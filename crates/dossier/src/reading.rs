//! Which words does this text have, folded, and what stands between them?
//!
//! The text is read once, for everything that looks for names. A word is a run of letters, digits and their marks; each
//! Chinese character is one. Words are folded as names are compared: hamza, ى, ة, harakat, tatweel, case, accents.

use arabic::fold::{Fold, fold};

/// The words of a text.
pub(crate) struct Reading<'t> {
    pub(crate) text: &'t str,
    pub(crate) words: Vec<Word>,
    folded: String,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its first byte in the text.
    pub(crate) start: usize,
    /// Past its last byte.
    pub(crate) end: usize,
    /// Its place among the folded words.
    folded: (usize, usize),
    /// What stands before it.
    pub(crate) gap: Gap,
    /// The script of its first letter.
    pub(crate) script: Script,
}

/// What parts a word from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing, a hyphen or an apostrophe.
    Joint,
    /// White space, or a point after an initial.
    Space,
    /// A mark that may stand inside a sentence.
    Mark,
    /// The end of a sentence.
    Sentence,
    /// The end of a paragraph, or the beginning of the text.
    Paragraph,
}

/// What a word is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Arabic,
    Latin,
    Han,
    Digits,
    Other,
}

impl<'t> Reading<'t> {
    pub(crate) fn new(text: &'t str) -> Reading<'t> {
        let mut reading =
            Reading { text, words: Vec::with_capacity(text.len() / 10), folded: String::with_capacity(text.len()) };
        reading.read();
        reading
    }

    /// The word number `at` as it is compared.
    pub(crate) fn folded(&self, at: usize) -> &str {
        let (start, end) = self.words[at].folded;
        &self.folded[start..end]
    }

    /// The word number `at` as it is written.
    pub(crate) fn written(&self, at: usize) -> &'t str {
        &self.text[self.words[at].start..self.words[at].end]
    }

    fn read(&mut self) {
        let mut gap = Gap::Paragraph;
        let mut chars = self.text.char_indices().peekable();
        while let Some(&(start, first)) = chars.peek() {
            let script = script(first);
            let Some(script) = script else {
                let after_initial =
                    self.words.last().is_some_and(|word| self.text[word.start..word.end].chars().nth(1).is_none());
                gap = gap.max(gap_of(first, after_initial));
                chars.next();
                continue;
            };
            chars.next();
            let mut end = start + first.len_utf8();
            if script != Script::Han {
                while let Some(&(at, c)) = chars.peek() {
                    if !continues(c) || is_han(c) {
                        break;
                    }
                    end = at + c.len_utf8();
                    chars.next();
                }
            }
            let from = self.folded.len();
            fold_into(&self.text[start..end], &mut self.folded);
            let folded = (from, self.folded.len());
            if folded.0 < folded.1 {
                self.words.push(Word { start, end, folded, gap, script });
                gap = Gap::Joint;
            }
        }
    }
}

fn script(c: char) -> Option<Script> {
    match c {
        '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' | '\u{066E}'..='\u{06D3}' => Some(Script::Arabic),
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Some(Script::Latin),
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Some(Script::Digits),
        _ if is_han(c) => Some(Script::Han),
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' if c.is_alphabetic() => Some(Script::Arabic),
        _ if c.is_alphanumeric() => Some(Script::Other),
        _ => None,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Whether a word goes on with `c`.
fn continues(c: char) -> bool {
    matches!(c, '\u{0621}'..='\u{0652}' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{0670}' | '\u{200C}' | '\u{200D}')
        || (c > '\u{7F}' && (c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}' | '\u{0653}'..='\u{065F}')))
}

fn gap_of(c: char, after_initial: bool) -> Gap {
    match c {
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Gap::Paragraph,
        '.' if after_initial => Gap::Space,
        '.' | '!' | '?' | '؟' | '۔' | '…' | '。' | '！' | '？' => Gap::Sentence,
        '-' | '\'' | '’' | 'ʼ' | '‘' | '·' | '‑' => Gap::Joint,
        _ if c.is_whitespace() => Gap::Space,
        '\u{064B}'..='\u{0652}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Gap::Joint
        }
        _ => Gap::Mark,
    }
}

/// Adds the folded letters of `word` to `out`.
fn fold_into(word: &str, out: &mut String) {
    let from = out.len();
    for c in word.chars() {
        match c {
            'أ' | 'إ' | 'آ' => out.push('ا'),
            'ؤ' => out.push('و'),
            'ئ' | 'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            '\u{0640}' | '\u{064B}'..='\u{0652}' => {}
            '\u{0621}'..='\u{064A}' | '0'..='9' | 'a'..='z' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            _ => {
                out.truncate(from);
                out.push_str(&fold(word, Fold::KEY | Fold::LOOK_ALIKES));
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let reading = Reading::new(text);
        let found: Vec<&str> = (0..reading.words.len()).map(|at| reading.folded(at)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_folded() {
        check("أشاد الرئيس الروسى، بالعلاقات.", &["اشاد", "الرييس", "الروسي", "بالعلاقات"]);
        check("المُحرّر كـــتب", &["المحرر", "كتب"]);
        check("António Guterres", &["antonio", "guterres"]);
        check("习近平 said", &["习", "近", "平", "said"]);
        check("ﻻ ﷲ ڤيينا", &["لا", "الله", "فيينا"]);
        check("", &[]);
    }

    #[test]
    fn gaps_are_told() {
        let reading = Reading::new("أبو-ظبي ج. بوش، قال. نعم\nلا");
        let gaps: Vec<Gap> = reading.words.iter().map(|word| word.gap).collect();
        use Gap::*;
        assert_eq!(gaps, [Paragraph, Joint, Space, Space, Mark, Sentence, Paragraph]);
    }

    proptest! {
        #[test]
        fn words_stand_in_order_on_character_boundaries(text in "(?s).{0,80}") {
            let reading = Reading::new(&text);
            let mut last = 0;
            for (at, word) in reading.words.iter().enumerate() {
                prop_assert!(word.start >= last && word.end > word.start);
                prop_assert!(!reading.written(at).is_empty() && !reading.folded(at).is_empty());
                last = word.end;
            }
        }
    }
}

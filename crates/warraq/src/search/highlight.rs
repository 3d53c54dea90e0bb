//! Which sentence proves it? The place in a story that fits a query best, found words marked in the spelling that the
//! story has, harakat included.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::{ControlFlow, Range};

use arabic::words::each_word;

use super::analysis::{Class, Of, Reader, Reading};
use super::query::Query;
use arabic::morphology::Key;

/// Words that an excerpt shows.
const WINDOW: usize = 34;
/// Of those, how many stand before the first that was found.
const BEFORE: usize = 6;

/// A word of a text, and whether the query asks for it.
struct Seen {
    range: Range<usize>,
    /// Which word of the query it is, if any.
    found: Option<usize>,
}

/// Marks what a query asks for.
pub struct Marker<'q> {
    /// As written, and by lemma.
    words: Vec<(&'q str, Vec<&'q str>)>,
    phrases: Vec<&'q [String]>,
}

impl<'q> Marker<'q> {
    /// For the words and phrases of a query.
    #[must_use]
    pub fn new(query: &'q Query) -> Self {
        // Words like «في» are marked only when nothing else was asked for.
        let telling = query.words.iter().any(|word| word.class != Class::Common) || !query.phrases.is_empty();
        let words = query
            .words
            .iter()
            .filter(|word| !telling || word.class != Class::Common)
            .map(|word| (word.exact.as_str(), word.keys.iter().map(|(key, _)| key.as_str()).collect()))
            .collect();
        let phrases = query.phrases.iter().chain(&query.names).map(Vec::as_slice).filter(|phrase| !phrase.is_empty());
        Self { words, phrases: phrases.collect() }
    }

    /// An excerpt of `text` as HTML: escaped, found words in `<mark>`, «…» where something was left out. Without any
    /// found word it is the beginning of the text. `language` is the story's.
    #[must_use]
    pub fn excerpt(&self, text: &str, language: &str, reader: &mut Reader) -> String {
        let words = self.seen(text, language, reader, Until::AllTogether);
        let Some(last) = words.len().checked_sub(1) else { return String::new() };
        let first = best_window(&words);
        let end = (first + WINDOW - 1).min(last);
        let mut html = String::new();
        if first > 0 {
            html.push_str("… ");
        }
        let start = if first > 0 { words[first].range.start } else { 0 };
        let stop = if end < last { words[end].range.end } else { text.len() };
        write_marked(text, start..stop, &words[first..=end], &mut html);
        if end < last {
            html.push_str(" …");
        }
        html.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All of `text` as HTML, found words in `<mark>`.
    #[must_use]
    pub fn marked(&self, text: &str, language: &str, reader: &mut Reader) -> String {
        let mut html = String::new();
        write_marked(text, 0..text.len(), &self.seen(text, language, reader, Until::End), &mut html);
        html
    }

    fn seen(&self, text: &str, language: &str, reader: &mut Reader, until: Until) -> Vec<Seen> {
        let mut words: Vec<Seen> = Vec::new();
        let mut all: Vec<String> = Vec::new();
        let mut before = None;
        // Where each word of the query was last seen.
        let mut last_seen = vec![None; self.words.len()];
        let mut stop = usize::MAX;
        let _ = each_word(text, |token| {
            let mut found = None;
            // Most words are not asked for, and their keys alone say so.
            if self.phrases.is_empty() && is_arabic(token.text) && !self.may_be(reader.keys(token.text)) {
                before = None;
            } else {
                let Some(reading) = reader.word(token, Of::Story(language), &mut before) else {
                    return ControlFlow::Continue(());
                };
                found = self.which(&reading);
                if !self.phrases.is_empty() {
                    all.push(reading.exact);
                }
            }
            words.push(Seen { range: token.range(), found });
            if let (Some(word), Until::AllTogether, usize::MAX) = (found, until, stop) {
                last_seen[word] = Some(words.len());
                let near = |at: &Option<usize>| at.is_some_and(|at| words.len() - at < WINDOW - BEFORE);
                if self.phrases.is_empty() && last_seen.iter().all(near) {
                    stop = words.len() + WINDOW;
                }
            }
            if words.len() > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        for (number, phrase) in self.phrases.iter().enumerate() {
            for start in 0..(all.len() + 1).saturating_sub(phrase.len()) {
                if all[start..start + phrase.len()] == **phrase {
                    let found = Some(self.words.len() + number);
                    words[start..start + phrase.len()].iter_mut().for_each(|word| word.found = found);
                }
            }
        }
        words
    }

    fn may_be(&self, keys: &[Key]) -> bool {
        self.words.iter().any(|(_, sought)| sought.is_empty() || keys.iter().any(|key| sought.contains(&&*key.text)))
    }

    fn which(&self, reading: &Reading<'_>) -> Option<usize> {
        self.words.iter().position(|(exact, keys)| {
            reading.exact == *exact || reading.keys.iter().any(|key| keys.contains(&&*key.text))
        })
    }
}

/// How much of a text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// All of it.
    End,
    /// Up to the first place where everything that is asked for stands together, and as much after it as an excerpt
    /// shows.
    AllTogether,
}

fn is_arabic(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}'))
}

/// Where the window begins that shows most of what was asked for, the earliest of equals.
fn best_window(words: &[Seen]) -> usize {
    let places: Vec<usize> =
        words.iter().enumerate().filter(|(_, word)| word.found.is_some()).map(|(at, _)| at).collect();
    let worth = |first: usize| {
        let shown = words[first..words.len().min(first + WINDOW)].iter().filter_map(|word| word.found);
        let (mut different, mut all) = (HashSet::new(), 0);
        for word in shown {
            different.insert(word);
            all += 1;
        }
        (different.len(), all.min(6))
    };
    // A text that repeats one word a thousand times need not be looked at everywhere.
    let starts = places.iter().take(400).map(|at| at.saturating_sub(BEFORE));
    starts.rev().max_by_key(|first| worth(*first)).unwrap_or(0)
}

fn write_marked(text: &str, shown: Range<usize>, words: &[Seen], html: &mut String) {
    let mut at = shown.start;
    for word in words.iter().filter(|word| word.found.is_some() && word.range.start >= shown.start) {
        escape(&text[at..word.range.start], html);
        html.push_str("<mark>");
        escape(&text[word.range.clone()], html);
        html.push_str("</mark>");
        at = word.range.end;
    }
    escape(&text[at..shown.end.max(at)], html);
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            // Writing into a String cannot fail.
            '\'' => drop(write!(html, "&#39;")),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_marked(typed: &str, text: &str, expected: &str) {
        let mut reader = Reader::remembering(64);
        let query = Query::parse(typed, &mut reader);
        assert_eq!(Marker::new(&query).marked(text, "ar", &mut reader), expected, "{typed}");
    }

    #[test]
    fn words_are_marked_in_their_own_spelling() {
        check_marked("تعاون", "أكّد أهمية التَّعاوُن معها.", "أكّد أهمية <mark>التَّعاوُن</mark> معها.");
        check_marked("مدرسة", "زار المدارس وحدها", "زار <mark>المدارس</mark> وحدها");
        check_marked("احمد", "قال أحمد نعم", "قال <mark>أحمد</mark> نعم");
        check_marked("في الصين", "في مدن الصين", "في مدن <mark>الصين</mark>");
        check_marked("trains", "The train stops", "The <mark>train</mark> stops");
    }

    #[test]
    fn a_phrase_is_marked_only_as_a_whole() {
        check_marked("«طريق الحرير»", "الحرير من طريق الحرير", "الحرير من <mark>طريق</mark> <mark>الحرير</mark>");
    }

    #[test]
    fn what_stands_in_a_text_cannot_break_the_page() {
        check_marked(
            "الصين",
            "<b>الصين</b> & \"x\" 'y'",
            "&lt;b&gt;<mark>الصين</mark>&lt;/b&gt; &amp; &quot;x&quot; &#39;y&#39;",
        );
    }

    #[test]
    fn an_excerpt_shows_the_place_where_most_stands_together() {
        let far = "كلام ".repeat(60);
        let text = format!("ذكر القمح مرة. {far} ثم جاء القمح مع الميناء في جملة واحدة. {far}");
        let mut reader = Reader::remembering(64);
        let query = Query::parse("القمح الميناء", &mut reader);
        let html = Marker::new(&query).excerpt(&text, "ar", &mut reader);
        assert!(html.starts_with("… ") && html.ends_with(" …"), "{html}");
        assert!(html.contains("<mark>القمح</mark> مع <mark>الميناء</mark>"), "{html}");
        assert!(html.split_whitespace().count() <= WINDOW + 2, "{html}");
    }

    #[test]
    fn without_a_find_it_is_the_beginning() {
        let mut reader = Reader::remembering(64);
        let query = Query::parse("غيره", &mut reader);
        assert_eq!(Marker::new(&query).excerpt("نص قصير", "ar", &mut reader), "نص قصير");
        assert_eq!(Marker::new(&query).excerpt("", "ar", &mut reader), "");
    }
}

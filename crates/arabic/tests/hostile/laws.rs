//! What holds for every text? Each law takes a text and panics when the library breaks its word.
//!
//! The fuzz targets in `fuzz/` check the same laws on texts of their own.

use std::ops::Range;

use arabic::fold::{Fold, Folded, fold};
use arabic::morphology::stemmers::{light10, light10_normalised, snowball};
use arabic::morphology::{Analyser, analyse, is_known, keys, segments, segments_in};
use arabic::{calendar, digits, direction, names, numbers, sentences, slug, sort, words};

/// A law for the words of a text looks at so many; there are not more kinds of them in a repeated text.
const WORDS: usize = 150;

/// Folding twice is folding once, and every piece knows where it came from.
pub fn folds(text: &str) {
    for set in [Fold::NFC, Fold::INTAKE, Fold::KEY, Fold::DISGUISE] {
        let folded = Folded::new(text, set);
        assert_eq!(folded.text(), fold(text, set), "{set:?}: two ways to fold");
        assert_eq!(fold(folded.text(), set), folded.text(), "{set:?}: folded twice");
        let mut before = 0;
        // Steps of an odd length come down inside and outside characters by turns.
        for at in (0..=folded.text().len()).step_by(31) {
            let origin = folded.origin(at..at + 1);
            check_range(text, &origin);
            assert!(origin.start >= before, "{set:?}: {at} came from {origin:?}, which is before {before}");
            before = origin.start;
        }
        check_range(text, &folded.origin(0..usize::MAX));
    }
}

/// Words follow one another and are what stands there; counting them is finding them.
pub fn tokens(text: &str) {
    let found: Vec<words::Token<'_>> = words::tokens(text).collect();
    check_order(text, found.iter().map(words::Token::range));
    found.iter().for_each(|token| assert_eq!(&text[token.range()], token.text));
    assert_eq!(words::word_count(text), found.len());
    for length in [0, 1, 160, usize::MAX] {
        let excerpt = words::excerpt(text, length);
        assert!(excerpt.chars().count() <= length, "an excerpt of {length} is too long: {excerpt:?}");
    }
    let slug = slug::slug(text);
    assert!(slug.chars().count() <= slug::MAX_SLUG_CHARS);
    assert!(slug.is_empty() || slug::is_slug(&slug), "{slug:?}");
    let key = sort::sort_key(text);
    assert_eq!(fold(&key, Fold::KEY), key);
}

/// Sentences follow one another, and nothing that is read stands between them.
pub fn sentences(text: &str) {
    let found: Vec<Range<usize>> = sentences::sentences(text).collect();
    check_order(text, found.iter().cloned());
    let mut end = 0;
    for sentence in found.iter().cloned().chain(std::iter::once(text.len()..text.len())) {
        let between = &text[end..sentence.start];
        assert!(!between.contains(char::is_alphanumeric), "lost between sentences: {between:?}");
        end = sentence.end;
    }
    for sentence in [found.first(), found.get(found.len() / 2), found.last()].into_iter().flatten() {
        assert_eq!(sentences::sentence_at(text, sentence.start).as_ref(), Some(sentence));
    }
    let _ = sentences::sentence_at(text, usize::MAX);
}

/// Numbers follow one another; digits are written and read back; isolates hold.
pub fn numbers(text: &str) {
    let found = numbers::numbers(text);
    check_order(text, found.iter().map(numbers::Number::range));
    if let Some(number) = numbers::parse_number(text) {
        check_range(text, &number.range());
    }
    assert_eq!(digits::to_latn(&digits::to_arab(text)), digits::to_latn(text));
    let _ = (digits::Digits::parse(text), calendar::read_month(text), calendar::MonthNames::for_region(text));
    let plain = direction::strip_controls(text);
    assert!(!direction::has_unsafe_controls(&plain));
    let _ = (direction::base_direction(text), direction::language_direction(text), direction::isolate(text));
}

/// Keys of a name are few, and nearness is a share.
pub fn names(text: &str) {
    const KEYS: usize = 200;
    let found = names::name_keys(text);
    assert!(found.is_sorted() && found.len() <= KEYS, "{} keys", found.len());
    assert!(names::name_key(text).len() <= KEYS && names::latin_key(text).len() <= KEYS);
    assert!(found.is_empty() || names::same_name(text, text));
    for other in ["شي جين بينغ", "Volodymyr Zelenskyy", "习近平", text] {
        for similar in [names::similar(text, other), names::similar(other, text)] {
            assert!((0.0..=1.0).contains(&similar), "as near as {similar}");
        }
        let _ = names::same_name(text, other);
    }
    let _ = names::equivalents(text);
    let _ = names::romanise(text);
}

/// The parts of a word are the word and none of them is empty; its keys are there and weigh one together. The text as a whole is a word too.
pub fn morphology(text: &str) {
    let words: Vec<&str> = words::tokens(text).take(WORDS).map(|token| token.text).collect();
    for word in words.iter().copied().chain([text]) {
        check_cover(word, &segments(word));
        check_order(word, segments(word).into_iter());
        let readings = analyse(word);
        assert!(!readings.is_empty(), "{word:?} has no reading");
        for reading in readings {
            let parts: Vec<_> = reading.segments.into_iter().map(|segment| segment.range).collect();
            check_cover(word, &parts);
        }
        let keys = keys(word);
        let weight: f32 = keys.iter().map(|key| key.weight).sum();
        assert!(keys.is_empty() || (weight - 1.0).abs() < 1e-3, "{word:?}: keys weigh {weight}");
        let _ = (is_known(word), light10(word), light10_normalised(word), snowball(word));
    }
    for (word, parts) in words.iter().zip(segments_in(&words)) {
        check_cover(word, &parts);
    }
    let mut read = Vec::new();
    Analyser::new(8).read(text, |token, keys| {
        if read.len() < WORDS {
            read.push((token.range(), keys.len()));
        }
    });
    check_order(text, read.iter().map(|(range, _)| range.clone()));
}

fn check_range(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} is no part of a text of {} bytes", text.len());
}

/// Ranges are parts of `text`, follow one another, and none is empty.
fn check_order(text: &str, ranges: impl Iterator<Item = Range<usize>>) {
    let mut end = 0;
    for range in ranges {
        check_range(text, &range);
        assert!(range.start >= end && range.end > range.start, "{range:?} after one that ends at {end}");
        end = range.end;
    }
}

/// Ranges follow one another without a gap from the beginning of `word` to its end. One may be empty: where a ligature
/// such as ﷲ is one character of several parts, the last has it.
fn check_cover(word: &str, ranges: &[Range<usize>]) {
    let mut end = 0;
    for range in ranges {
        check_range(word, range);
        assert_eq!(range.start, end, "a gap in {word:?}: {ranges:?}");
        end = range.end;
    }
    assert_eq!(end, word.len(), "the parts of {word:?}: {ranges:?}");
}

//! What can be done with a text? Every function of the library that takes one, with the size of what it answers.

use arabic::fold::{Fold, Folded, fold};
use arabic::morphology::stemmers::{light10, light10_normalised, snowball};
use arabic::morphology::{Analyser, analyse, is_known, keys, segments, segments_in};
use arabic::{calendar, digits, direction, names, numbers, sentences, slug, sort, words};

/// A name, and what it does: a text in, the number of bytes or things out.
pub(crate) type Act = (&'static str, fn(&str) -> usize);

/// All of them.
pub(crate) const ACTS: [Act; 43] = [
    ("fold NFC", |text| fold(text, Fold::NFC).len()),
    ("fold INTAKE", |text| fold(text, Fold::INTAKE).len()),
    ("fold KEY", |text| fold(text, Fold::KEY).len()),
    ("fold DISGUISE", |text| fold(text, Fold::DISGUISE).len()),
    ("Folded KEY", |text| Folded::new(text, Fold::KEY).text().len()),
    ("tokens", |text| words::tokens(text).count()),
    ("word_count", words::word_count),
    ("excerpt", |text| words::excerpt(text, 160).len()),
    ("excerpt of everything", |text| words::excerpt(text, usize::MAX).len()),
    ("sentences", |text| sentences::sentences(text).count()),
    ("sentence_at", |text| usize::from(sentences::sentence_at(text, text.len()).is_some())),
    ("numbers", |text| numbers::numbers(text).len()),
    ("parse_number", |text| usize::from(numbers::parse_number(text).is_some())),
    ("name_keys", |text| names::name_keys(text).len()),
    ("name_key", |text| names::name_key(text).len()),
    ("latin_key", |text| names::latin_key(text).len()),
    ("same_name", |text| usize::from(names::same_name(text, text))),
    ("equivalents", |text| names::equivalents(text).len()),
    ("similar", |text| usize::from(names::similar(text, text) > 0.5)),
    ("romanise", |text| names::romanise(text).len()),
    ("analyse the whole", |text| analyse(text).len()),
    ("segments of the whole", |text| segments(text).len()),
    ("keys of the whole", |text| keys(text).len()),
    ("is_known", |text| usize::from(is_known(text))),
    ("light10", |text| light10(text).len()),
    ("light10_normalised", |text| light10_normalised(text).len()),
    ("snowball", |text| snowball(text).len()),
    ("segments_in", |text| {
        let words: Vec<&str> = words::tokens(text).map(|token| token.text).collect();
        segments_in(&words).iter().map(Vec::len).sum()
    }),
    ("keys of all words, with memory", |text| {
        let mut found = 0;
        Analyser::new(1 << 16).read(text, |_, keys| found += keys.len());
        found
    }),
    ("keys of all words, without memory", |text| words::tokens(text).map(|token| keys(token.text).len()).sum()),
    ("analyse all words", |text| words::tokens(text).map(|token| analyse(token.text).len()).sum()),
    ("slug", |text| slug::slug(text).len()),
    ("is_slug", |text| usize::from(slug::is_slug(text))),
    ("sort_key", |text| sort::sort_key(text).len()),
    ("base_direction", |text| usize::from(direction::base_direction(text).is_some())),
    ("language_direction", |text| direction::language_direction(text).as_str().len()),
    ("isolate", |text| direction::isolate(text).len()),
    ("strip_controls", |text| direction::strip_controls(text).len()),
    ("has_unsafe_controls", |text| usize::from(direction::has_unsafe_controls(text))),
    ("to_arab", |text| digits::to_arab(text).len()),
    ("to_latn", |text| digits::to_latn(text).len()),
    ("read_month", |text| usize::from(calendar::read_month(text).is_some())),
    ("MonthNames::for_region", |text| calendar::MonthNames::for_region(text).names().len()),
];

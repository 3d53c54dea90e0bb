//! How is a text folded in one pass?
//!
//! Each character is dropped, taken apart (presentation forms, then the canonical decomposition of UAX #15), mapped by
//! the tables of [`super::letters`], and put together again. Mapping happens on the decomposed text, so that a letter
//! and the hamza above it are seen apart however they were typed; composing comes last, so that the result is NFC.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical, decompose_compatible};

use super::{Fold, letters};
use crate::invisible::{is_arabic_mark, is_invisible, visible};

/// Folds `text`, handing each character of the result to `sink` with the bytes of `text` that it came from. The ranges
/// begin and end on character boundaries and never go backwards.
pub(super) fn run(text: &str, fold: Fold, sink: impl FnMut(char, Range<usize>)) {
    let mut engine = Engine { fold, base: None, marks: Vec::new(), source: 0..0, sink };
    if fold.contains(Fold::STRAY_CONTROLS) && !fold.contains(Fold::INVISIBLES) {
        visible(text).for_each(|(at, c)| engine.take(c, at..at + c.len_utf8()));
    } else {
        text.char_indices().for_each(|(at, c)| engine.take(c, at..at + c.len_utf8()));
    }
    engine.settle();
    engine.flush();
}

/// Whether `c` passes through `fold` unchanged whatever stands beside it. Only the frequent cases are known.
pub(super) fn is_inert(c: char, fold: Fold) -> bool {
    match c {
        '\t'..='\r' | ' '..='@' | '['..='~' => true,
        'A'..='Z' => !fold.contains(Fold::CASE),
        '\u{0621}'..='\u{064A}' | '\u{0660}'..='\u{0669}' => letters::letter(c, fold) == Some(c),
        '\u{060C}' | '\u{061B}' | '\u{061F}' | '«' | '»' | '–' | '—' | '‘'..='”' | '…' => true,
        _ => false,
    }
}

/// Frequent characters that never compose with the one before, and need not be taken apart: the letters with hamza
/// among them are known to the tables as they are.
fn is_simple(c: char) -> bool {
    matches!(c, '\t'..='~' | '\u{0621}'..='\u{064A}' | '\u{0660}'..='\u{0669}' | '\u{060C}' | '\u{061F}')
}

struct Engine<S> {
    fold: Fold,
    /// The starter that waits for its marks.
    base: Option<char>,
    marks: Vec<(u8, char)>,
    /// Where the waiting characters came from.
    source: Range<usize>,
    sink: S,
}

impl<S: FnMut(char, Range<usize>)> Engine<S> {
    fn take(&mut self, c: char, source: Range<usize>) {
        if is_simple(c) {
            return self.map(c, source);
        }
        if self.fold.contains(Fold::INVISIBLES) && is_invisible(c) {
            return;
        }
        if self.fold.contains(Fold::PRESENTATION_FORMS) && is_presentation_form(c) {
            let is_mark = is_arabic_mark(c);
            decompose_compatible(c, |part| {
                if !(is_mark && matches!(part, ' ' | letters::TATWEEL)) {
                    self.map(part, source.clone());
                }
            });
        } else if self.fold.contains(Fold::LOOK_ALIKES) && letters::is_styled(c) {
            letters::unstyled(c, |part| self.map(part, source.clone()));
        } else {
            decompose_canonical(c, |part| self.map(part, source.clone()));
        }
    }

    fn map(&mut self, c: char, source: Range<usize>) {
        if matches!(c, '\u{0653}'..='\u{0655}') {
            if !letters::drops_hamza(self.base, self.fold) {
                self.take_base_apart();
                self.push(c, source);
            } else if self.base.is_some() {
                self.source.end = source.end;
            }
            return;
        }
        match letters::letter(c, self.fold) {
            None => {
                // A mark that goes belongs to the letter it stood on.
                if self.base.is_some() && is_mark_of_previous(c) {
                    self.source.end = source.end.max(self.source.end);
                }
            }
            Some(mapped) if self.fold.contains(Fold::CASE) && !is_simple(mapped) => {
                for lower in mapped.to_lowercase() {
                    decompose_canonical(lower, |part| {
                        if let Some(part) = letters::after_case(part, self.fold) {
                            self.push(part, source.clone());
                        }
                    });
                }
            }
            Some(mapped) if self.fold.contains(Fold::CASE) => self.push(mapped.to_ascii_lowercase(), source),
            Some(mapped) => self.push(mapped, source),
        }
    }

    fn push(&mut self, c: char, source: Range<usize>) {
        let class = if is_simple(c) { 0 } else { canonical_combining_class(c) };
        if class != 0 {
            if self.base.is_none() && self.marks.is_empty() {
                self.source = source;
            } else {
                self.source.end = self.source.end.max(source.end);
            }
            self.marks.push((class, c));
            return;
        }
        self.settle();
        if self.marks.is_empty()
            && let Some(base) = self.base
            && !is_simple(c)
            && let Some(both) = compose(base, c)
        {
            self.base = Some(both);
            self.source.end = self.source.end.max(source.end);
            return;
        }
        self.flush();
        self.base = Some(c);
        self.source = source;
    }

    /// A second hamza or madda may compose before the first (إٔ is not أ with a hamza below), so the first comes off.
    fn take_base_apart(&mut self) {
        if let Some(base @ 'آ'..='ئ') = self.base {
            let mut own_marks = 0;
            decompose_canonical(base, |part| match canonical_combining_class(part) {
                0 => self.base = Some(part),
                class => {
                    self.marks.insert(own_marks, (class, part));
                    own_marks += 1;
                }
            });
        }
    }

    /// Sorts the waiting marks by class and composes what composes with the base.
    fn settle(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        self.marks.sort_by_key(|&(class, _)| class);
        let Some(mut base) = self.base else { return };
        let mut last_kept = 0;
        self.marks.retain(|&(class, mark)| {
            if last_kept < class
                && let Some(both) = compose(base, mark)
            {
                base = both;
                return false;
            }
            last_kept = class;
            true
        });
        self.base = Some(base);
    }

    /// Hands on what waits, settled before.
    fn flush(&mut self) {
        if let Some(base) = self.base.take() {
            (self.sink)(base, self.source.clone());
        }
        for (_, mark) in self.marks.drain(..) {
            (self.sink)(mark, self.source.clone());
        }
    }
}

fn is_mark_of_previous(c: char) -> bool {
    canonical_combining_class(c) != 0
}

fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

//! A filled template of which only some values change: the text between them is kept, and copied.

use std::fmt;

/// The first of the characters that stand for values while a template is filled for its pattern: for private use, which
/// no text of ours contains.
const FIRST: u32 = 0xe010;

/// The text of a filled template between its values, each piece with the number of the value that follows it.
pub(super) struct Pattern {
    pieces: Vec<(String, usize)>,
    end: String,
}

impl Pattern {
    /// What stands for value number `value` while the template is filled; there is room for fifty.
    pub(super) fn mark(value: usize) -> String {
        let mark = u32::try_from(value).ok().filter(|value| *value < MARKS);
        mark.and_then(|value| char::from_u32(FIRST + value)).map(String::from).unwrap_or_default()
    }

    /// The pattern of a template that was filled with marks.
    pub(super) fn of(text: &str) -> Self {
        let (mut pieces, mut rest) = (Vec::new(), text);
        let value = |c: char| (FIRST..FIRST + MARKS).contains(&u32::from(c)).then(|| (u32::from(c) - FIRST) as usize);
        while let Some((at, c, value)) = rest.char_indices().find_map(|(at, c)| Some((at, c, value(c)?))) {
            pieces.push((rest[..at].to_owned(), value));
            rest = &rest[at + c.len_utf8()..];
        }
        Self { pieces, end: rest.to_owned() }
    }

    /// Writes it; `write` writes the values by their numbers.
    pub(super) fn write<W: fmt::Write + ?Sized>(
        &self,
        out: &mut W,
        mut write: impl FnMut(usize, &mut W) -> fmt::Result,
    ) -> fmt::Result {
        for (before, value) in &self.pieces {
            out.write_str(before)?;
            write(*value, out)?;
        }
        out.write_str(&self.end)
    }
}

const MARKS: u32 = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_between_the_values_is_kept() {
        let pattern = Pattern::of(&format!("<a>{}</a>{}{}!", Pattern::mark(0), Pattern::mark(49), Pattern::mark(0)));
        let mut out = String::new();
        pattern
            .write(&mut out, |value, out| fmt::Write::write_str(out, if value == 0 { "أ" } else { "ب" }))
            .expect("a string");
        assert_eq!(out, "<a>أ</a>بأ!");
        assert_eq!(Pattern::mark(50), "");
    }
}

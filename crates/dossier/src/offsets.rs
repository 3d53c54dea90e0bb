//! Which character is this byte?

/// How many characters lie between two positions that are remembered: the memory is a 16th of the text or less, a
/// question costs a binary search and at most this many steps.
const STRIDE: usize = 128;

/// The places of a text in bytes of UTF-8 and in Unicode scalar values, each found from the other in O(log n).
///
/// ```
/// use dossier::offsets::Offsets;
/// let offsets = Offsets::new("«نعم»");
/// assert_eq!(offsets.scalar(2), 1);
/// assert_eq!(offsets.byte(4), 8);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// The byte at which each [`STRIDE`]th character begins.
    marks: Vec<usize>,
}

impl<'t> Offsets<'t> {
    /// Measures `text` once, in time that grows with its length.
    pub fn new(text: &'t str) -> Offsets<'t> {
        Offsets { text, marks: text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect() }
    }

    /// How many scalar values stand before byte `byte`. A byte inside a character counts as its first, a byte past the
    /// end as the end.
    pub fn scalar(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let Some(mark) = self.marks.partition_point(|&mark| mark <= byte).checked_sub(1) else { return 0 };
        mark * STRIDE + self.text[self.marks[mark]..byte].chars().count()
    }

    /// The byte at which the scalar value number `scalar` begins; the length of the text when there are not so many.
    pub fn byte(&self, scalar: usize) -> usize {
        let Some(&mark) = self.marks.get(scalar / STRIDE) else { return self.text.len() };
        let rest = &self.text[mark..];
        mark + rest.char_indices().nth(scalar % STRIDE).map_or(rest.len(), |(byte, _)| byte)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, byte: usize, scalar: usize) {
        let offsets = Offsets::new(text);
        assert_eq!((offsets.scalar(byte), offsets.byte(scalar)), (scalar, byte), "{text:?}");
    }

    #[test]
    fn places_are_found_from_either_side() {
        check("", 0, 0);
        check("abc", 2, 2);
        check("«نعم»", 2, 1);
        check("«نعم»", 10, 5);
        check("😀a", 4, 1);
        check(&"ن".repeat(STRIDE), STRIDE * 2, STRIDE);
        check(&"ن".repeat(STRIDE * 3), STRIDE * 2 + 2, STRIDE + 1);
    }

    #[test]
    fn places_outside_are_brought_inside() {
        let offsets = Offsets::new("نعم");
        assert_eq!(offsets.scalar(3), 1);
        assert_eq!(offsets.scalar(99), 3);
        assert_eq!(offsets.byte(99), 6);
    }

    proptest! {
        #[test]
        fn both_directions_agree(text in "(?s).{0,400}") {
            let offsets = Offsets::new(&text);
            for (scalar, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.scalar(byte), scalar);
                prop_assert_eq!(offsets.byte(scalar), byte);
            }
            prop_assert_eq!(offsets.scalar(text.len()), text.chars().count());
        }
    }
}

//! What do these bytes of CBOR say? As much of RFC 8949 as authenticators write (CTAP 2.1, section 8): definite lengths,
//! shortest heads, no tags, no fractions.

/// How deep things may lie in each other, where they are skipped.
const DEPTH: u8 = 4;

/// Reads from the front; what is wrong, too long or missing is `None`.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// A whole number.
    pub(super) fn int(&mut self) -> Option<i64> {
        match self.head()? {
            (0, value) => i64::try_from(value).ok(),
            (1, value) => i64::try_from(value).ok().map(|value| -1 - value),
            _ => None,
        }
    }

    /// A string of bytes.
    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        match self.head()? {
            (2, length) => self.take(length),
            _ => None,
        }
    }

    /// A text.
    pub(super) fn text(&mut self) -> Option<&'a str> {
        match self.head()? {
            (3, length) => std::str::from_utf8(self.take(length)?).ok(),
            _ => None,
        }
    }

    /// How many pairs follow.
    pub(super) fn map(&mut self) -> Option<u64> {
        match self.head()? {
            (5, pairs) => Some(pairs),
            _ => None,
        }
    }

    /// Pass over one thing, whatever it is.
    pub(super) fn skip(&mut self) -> Option<()> {
        self.skip_within(DEPTH)
    }

    fn skip_within(&mut self, depth: u8) -> Option<()> {
        // False, true and null are one byte each; of the rest of that kind authenticators write nothing.
        if let [0xf4..=0xf6, rest @ ..] = self.0 {
            self.0 = rest;
            return Some(());
        }
        let (kind, value) = self.head()?;
        let parts = match kind {
            0 | 1 => 0,
            2 | 3 => return self.take(value).map(drop),
            4 => value,
            5 => value.checked_mul(2)?,
            _ => return None,
        };
        let depth = if parts == 0 { depth } else { depth.checked_sub(1)? };
        // Each takes a byte at least: this ends with the bytes, whatever number stands there.
        (0..parts).try_for_each(|_| self.skip_within(depth))
    }

    /// Kind and number of what follows. A number that could be written shorter is refused.
    fn head(&mut self) -> Option<(u8, u64)> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        let (kind, short) = (first >> 5, first & 0x1f);
        let width = match short {
            0..=23 => return Some((kind, u64::from(short))),
            24..=27 => 1_u64 << (short - 24),
            _ => return None,
        };
        let value = self.take(width)?.iter().fold(0, |value, byte| (value << 8) | u64::from(*byte));
        let smallest = match width {
            1 => 24,
            2 => 1 << 8,
            4 => 1 << 16,
            _ => 1 << 32,
        };
        (value >= smallest).then_some((kind, value))
    }

    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_standard_writes_them() {
        let check = |bytes: &[u8], value: Option<i64>| assert_eq!(Reader::new(bytes).int(), value, "{bytes:02x?}");
        check(&[0x00], Some(0));
        check(&[0x17], Some(23));
        check(&[0x18, 0x18], Some(24));
        check(&[0x19, 0x03, 0xe8], Some(1000));
        check(&[0x1a, 0x00, 0x0f, 0x42, 0x40], Some(1_000_000));
        check(&[0x20], Some(-1));
        check(&[0x26], Some(-7));
        check(&[0x39, 0x01, 0x00], Some(-257));
        check(&[0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Some(i64::MIN));
        // Too large for us, longer than need be, cut off, no number at all.
        check(&[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], None);
        check(&[0x18, 0x17], None);
        check(&[0x19, 0x00, 0xff], None);
        check(&[0x19, 0x03], None);
        check(&[0x1c], None);
        check(&[0x1f], None);
        check(&[0x40], None);
        check(&[], None);
    }

    #[test]
    fn what_is_not_wanted_is_passed_over() {
        let check = |bytes: &[u8], left: Option<usize>| {
            let mut reader = Reader::new(bytes);
            assert_eq!(reader.skip().map(|()| reader.rest().len()), left, "{bytes:02x?}");
        };
        check(&[0x00, 0x01], Some(1));
        check(&[0x42, 1, 2, 3], Some(1));
        check(&[0x61, b'a'], Some(0));
        check(&[0xa1, 0x61, b'a', 0x82, 0xf5, 0xf6], Some(0));
        check(&[0x81, 0x81, 0x81, 0x81, 0x80], Some(0));
        check(&[0x81, 0x81, 0x81, 0x81, 0x81, 0x00], None);
        check(&[0x42, 1], None);
        check(&[0x5f, 0x41, 1, 0xff], None);
        check(&[0xc0, 0x00], None);
        check(&[0xf9, 0x3c, 0x00], None);
        check(&[0xf7], None);
        check(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], None);
        check(&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], None);
        check(&[], None);
    }
}

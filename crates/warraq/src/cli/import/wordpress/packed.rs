//! Is what a packed file unpacks to still an export, or a trap?
//!
//! An export may have many gigabytes, so its size says nothing. Text becomes ten to thirty times smaller; a thousand times
//! smaller becomes what says the same over and over.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

/// What may come out before anybody asks how, in bytes.
const UNASKED: u64 = 100 * 1024 * 1024;
/// How many times as much may come out as went in.
const RATIO: u64 = 200;

/// The bytes of a packed file; an error as soon as they are far more than a text could have become.
pub(super) struct Unpacked<R> {
    inner: MultiGzDecoder<Counted<R>>,
    went_in: Rc<Cell<u64>>,
    came_out: u64,
}

impl<R: BufRead> Unpacked<R> {
    pub(super) fn new(packed: R) -> Self {
        let went_in = Rc::default();
        let counted = Counted { inner: packed, bytes: Rc::clone(&went_in) };
        Self { inner: MultiGzDecoder::new(counted), went_in, came_out: 0 }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.came_out += read as u64;
        if self.came_out > UNASKED && self.came_out / RATIO > self.went_in.get() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!(
                    "it unpacks to more than {RATIO} times its size, which no export does; unpack it and look what is in it"
                ),
            ));
        }
        Ok(read)
    }
}

struct Counted<R> {
    inner: R,
    bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.bytes.set(self.bytes.get() + bytes as u64);
        self.inner.consume(bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn comes_out(megabytes: u64, fill: impl Fn(&mut [u8], u64)) -> io::Result<u64> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        let mut piece = vec![0; 1 << 20];
        for number in 0..megabytes {
            fill(&mut piece, number);
            packed.write_all(&piece)?;
        }
        let packed = packed.finish()?;
        io::copy(&mut Unpacked::new(&packed[..]), &mut io::sink())
    }

    #[test]
    fn what_says_the_same_over_and_over_is_a_trap() {
        let zeros = |_: &mut [u8], _| {};
        assert_eq!(comes_out(90, zeros).expect("small enough not to ask"), 90 << 20);
        let error = comes_out(120, zeros).expect_err("a trap");
        assert!(error.to_string().contains("200 times"), "{error}");
    }

    #[test]
    fn a_text_is_none_however_long() {
        let words = |piece: &mut [u8], number: u64| {
            for (place, line) in piece.chunks_mut(16).enumerate() {
                let text = format!("{:016x}", (number << 20 | place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
                line.copy_from_slice(&text.as_bytes()[..line.len()]);
            }
        };
        assert_eq!(comes_out(120, words).expect("a text"), 120 << 20);
    }
}

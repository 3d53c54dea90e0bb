//! Which part of a file was asked for, and how does it go out without being held in memory?

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, header};
use hyper::body::{Body, Frame, SizeHint};
use tokio::task::JoinHandle;

/// How much is read at once.
const PIECE: u64 = 128 * 1024;

/// What a request for a part means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that there are not.
    Beyond,
}

/// Which bytes of a file of `bytes` bytes are asked for. Several parts at once are answered with all of it, as is what
/// nobody understands.
pub(super) fn wanted(asked: &HeaderMap, tag: &str, bytes: u64) -> Wanted {
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let Some(range) = text(header::RANGE).and_then(|range| range.strip_prefix("bytes=")) else { return Wanted::Whole };
    if text(header::IF_RANGE).is_some_and(|known| known != tag) {
        return Wanted::Whole;
    }
    let Some((first, last)) = range.trim().split_once('-') else { return Wanted::Whole };
    match (first.trim(), last.trim()) {
        ("", last) => match last.parse::<u64>() {
            Ok(0) => Wanted::Beyond,
            Ok(last) if bytes > 0 => Wanted::Part(bytes.saturating_sub(last)..bytes),
            Ok(_) => Wanted::Beyond,
            Err(_) => Wanted::Whole,
        },
        (first, last) => {
            let Ok(first) = first.parse::<u64>() else { return Wanted::Whole };
            let end = match last {
                "" => bytes,
                last => match last.parse::<u64>() {
                    Ok(last) if last >= first => last.saturating_add(1).min(bytes),
                    _ => return Wanted::Whole,
                },
            };
            if first < bytes { Wanted::Part(first..end) } else { Wanted::Beyond }
        }
    }
}

/// A part of a file on its way out.
pub struct FileBody {
    left: u64,
    state: State,
}

enum State {
    Idle(File),
    Reading(JoinHandle<std::io::Result<(File, Bytes)>>),
    Over,
}

impl FileBody {
    /// `part` of a file.
    pub(super) fn new(mut file: File, part: &Range<u64>) -> std::io::Result<Self> {
        file.seek(SeekFrom::Start(part.start))?;
        Ok(Self { left: part.end - part.start, state: State::Idle(file) })
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Idle(_) if self.left == 0 => return Poll::Ready(None),
                State::Idle(mut file) => {
                    let most = self.left.min(PIECE) as usize;
                    self.state = State::Reading(tokio::task::spawn_blocking(move || {
                        let mut piece = vec![0; most];
                        file.read_exact(&mut piece)?;
                        Ok((file, piece.into()))
                    }));
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(read) = Pin::new(&mut reading).poll(cx) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    let (file, piece) = ready!(Poll::Ready(read)).map_err(std::io::Error::other)??;
                    self.left -= piece.len() as u64;
                    self.state = State::Idle(file);
                    return Poll::Ready(Some(Ok(Frame::data(piece))));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges() {
        let check = |range: &str, wants: Wanted| {
            let mut asked = HeaderMap::new();
            asked.insert(header::RANGE, range.parse().expect("a header"));
            assert_eq!(wanted(&asked, "\"x\"", 100), wants, "{range}");
        };
        check("bytes=0-", Wanted::Part(0..100));
        check("bytes=0-0", Wanted::Part(0..1));
        check("bytes=10-19", Wanted::Part(10..20));
        check("bytes=90-200", Wanted::Part(90..100));
        check("bytes=-10", Wanted::Part(90..100));
        check("bytes=-200", Wanted::Part(0..100));
        check("bytes=100-", Wanted::Beyond);
        check("bytes=-0", Wanted::Beyond);
        check("bytes=0-1,5-6", Wanted::Whole);
        check("bytes=9-3", Wanted::Whole);
        check("bytes=x", Wanted::Whole);
        check("lines=1-2", Wanted::Whole);
        check("bytes=0-18446744073709551615", Wanted::Part(0..100));
        assert_eq!(wanted(&HeaderMap::new(), "", 100), Wanted::Whole);
        let mut asked = HeaderMap::new();
        asked.insert(header::RANGE, "bytes=1-2".parse().expect("a header"));
        asked.insert(header::IF_RANGE, "\"y\"".parse().expect("a header"));
        assert_eq!(wanted(&asked, "\"x\"", 100), Wanted::Whole, "another file than the one that was begun");
        assert_eq!(wanted(&asked, "\"y\"", 100), Wanted::Part(1..3));
    }
}

//! What did the old site hold?
//!
//! The export of WordPress, «WordPress eXtended RSS» (WXR) 1.0, 1.1 and 1.2, is an RSS 2.0 file with elements of
//! WordPress's own. It looks like XML and is printed line by line without an XML writer, so a real file may hold what
//! XML forbids: a bare `&` in the address of a commenter, control codes, `]]>` inside of CDATA, half a file, a warning of
//! PHP in the midst of it. [`Reader`] takes all of these, goes on, and says what it met; [`Writer`] writes the same
//! values as WordPress does.
//!
//! ```
//! use wordpress::wxr::{Entry, Found, Reader};
//!
//! let file = "<rss><channel><title>ورّاق</title><item><title>أول & آخر</title></item></channel></rss>";
//! for found in Reader::new(file.as_bytes()) {
//!     match found.expect("bytes in memory can be read") {
//!         Found::Entry { line, entry: Entry::Item(item) } => assert_eq!((line, item.title.as_str()), (1, "أول & آخر")),
//!         Found::Entry { .. } => {}
//!         Found::Warning(warning) => eprintln!("{warning}"),
//!         Found::Refused(refused) => eprintln!("{refused}"),
//!     }
//! }
//! ```
//!
//! # What the values are
//! Text as the database of the old site held it: entities are resolved where WordPress escapes, line ends are left as they
//! are (an XML parser would turn CR LF into LF and so break the byte counts of serialised values), and control codes stay,
//! with a warning. Bytes that are not of the encoding become U+FFFD, with a warning. Names of terms and authors stand in
//! that database with `&amp;` for `&`: [`resolve_entities`].
//!
//! # Memory and time
//! Memory grows with the largest single entry, up to [`Limits::entry_bytes`]; time grows with the length of the file.
//! No external entity is ever looked up, and a document type that declares anything is refused.

mod dates;
mod entries;
mod found;
mod names;
mod reader;
mod slugs;
mod source;
mod text;
mod writer;

pub use dates::{Date, Offsets, offset_between};
pub use entries::{Author, Category, Channel, Comment, Entry, Filed, Item, Meta, Tag, Term};
pub use found::{Found, Limits, ReadError, Refused, Warning};
pub use reader::Reader;
pub use slugs::{MAX_SLUG_BYTES, ReadSlug, read_slug};
pub use text::resolve_entities;
pub use writer::Writer;

#[cfg(test)]
mod tests;

//! What does an address mean? Every address that a reader can type, on one screen, in the forms that WordPress has.
//!
//! Reading is pure: path in, meaning out. Which article a slug names, and whether the address is the canonical one, is
//! for the handler to find out.

use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::news::permalink::{Permalink, Wanted};

/// The meaning of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `/`, `/page/2/`
    Front(i64),
    /// `/category/a/b/page/2/`, `/2020/10/`
    List(ListName, i64),
    /// `/feed/`, `/tag/x/feed/atom/`
    Feed(FeedOf, Format),
    /// `/a/12`
    Short(i64),
    /// An article or standing page, and what of it.
    Article(Wanted, Part),
}

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListName {
    /// Slugs joined by `/`.
    Section(String),
    /// A slug.
    Tag(String),
    /// A slug.
    Author(String),
    /// `/2020/`
    Year(i16),
    /// `/2020/10/`
    Month(i16, i8),
    /// `/2020/10/22/`
    Day(Date),
}

/// Whose feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedOf {
    /// `/feed/`
    Site,
    /// `/comments/feed/`
    Comments,
    /// `/tag/x/feed/`
    List(ListName),
}

/// Which format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `/feed/` (also `/feed/rss/`, `/feed/rss2/`, `/feed/rdf/`)
    Rss,
    /// `/feed/atom/`
    Atom,
    /// `/feed/json/`
    Json,
}

/// What of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The article with the first page of its discussion.
    Whole,
    /// `…/comment-page-2/`
    CommentPage(i64),
    /// `…/comments`: where the form posts to.
    Comments,
    /// `…/comments/waiting/`: «your comment waits».
    Waiting,
    /// `…/feed/`
    Feed(Format),
}

impl Address {
    /// Read a decoded path.
    #[must_use]
    pub fn read(path: &str, permalink: &Permalink) -> Option<Self> {
        let pieces: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
        match pieces.as_slice() {
            [] => Some(Self::Front(1)),
            ["page", page] => Some(Self::Front(page_number(page)?)),
            ["feed", format @ ..] => Some(Self::Feed(FeedOf::Site, Format::read(format)?)),
            ["comments", "feed", format @ ..] => Some(Self::Feed(FeedOf::Comments, Format::read(format)?)),
            ["a", id] => Some(Self::Short(id.parse().ok()?)),
            ["category", rest @ ..] => {
                list(rest, |pieces| (!pieces.is_empty()).then(|| ListName::Section(pieces.join("/"))))
            }
            ["tag", rest @ ..] => list(rest, |pieces| only(pieces).map(ListName::Tag)),
            ["author", rest @ ..] => list(rest, |pieces| only(pieces).map(ListName::Author)),
            pieces => list(pieces, dates).or_else(|| article(pieces, permalink)),
        }
    }

    /// The canonical decoded path. Of an article only its handler knows it, because it may hold date and section.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        Some(match self {
            Self::Front(1) => "/".into(),
            Self::Front(page) => format!("/page/{page}/"),
            Self::List(list, 1) => list.path(),
            Self::List(list, page) => format!("{}page/{page}/", list.path()),
            Self::Feed(FeedOf::Site, format) => format!("/{}", format.suffix()),
            Self::Feed(FeedOf::Comments, format) => format!("/comments/{}", format.suffix()),
            Self::Feed(FeedOf::List(list), format) => format!("{}{}", list.path(), format.suffix()),
            Self::Short(id) => format!("/a/{id}"),
            Self::Article(..) => return None,
        })
    }
}

impl ListName {
    /// The decoded path of its first page.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Section(path) => format!("/category/{path}/"),
            Self::Tag(slug) => format!("/tag/{slug}/"),
            Self::Author(slug) => format!("/author/{slug}/"),
            Self::Year(year) => format!("/{year:04}/"),
            Self::Month(year, month) => format!("/{year:04}/{month:02}/"),
            Self::Day(day) => format!("/{:04}/{:02}/{:02}/", day.year(), day.month(), day.day()),
        }
    }
}

impl Format {
    /// What is added to the address of the thing.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Rss => "feed/",
            Self::Atom => "feed/atom/",
            Self::Json => "feed/json/",
        }
    }

    /// The format that an address names behind `feed`; WordPress's oldest, RDF, is RSS here.
    pub(super) fn read(pieces: &[&str]) -> Option<Self> {
        match pieces {
            [] | ["rss" | "rss2" | "rdf"] => Some(Self::Rss),
            ["atom"] => Some(Self::Atom),
            ["json"] => Some(Self::Json),
            _ => None,
        }
    }
}

impl Part {
    /// What is added to the address of the article, which ends with a slash.
    #[must_use]
    pub fn suffix(self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::CommentPage(page) => format!("comment-page-{page}/"),
            Self::Comments => "comments".into(),
            Self::Waiting => "comments/waiting/".into(),
            Self::Feed(format) => format.suffix().into(),
        }
    }
}

/// A path as browsers and feeds want it: everything but the usual letters as `%D8%A7`, in upper case (RFC 3986, 2.1).
#[must_use]
pub fn encode(path: &str) -> String {
    const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(path, &KEPT).to_string()
}

/// A path as people read it; `None` when it is not UTF-8 or holds what no address of ours holds.
#[must_use]
pub fn decode(path: &str) -> Option<String> {
    let text = percent_decode_str(path).decode_utf8().ok()?;
    let odd = |letter: char| letter.is_control() || letter == '\u{FEFF}';
    if text.contains(odd) { None } else { Some(text.into_owned()) }
}

/// `…`, `…/page/N`, `…/feed`, `…/feed/atom` of whatever `name` understands.
fn list(pieces: &[&str], name: impl Fn(&[&str]) -> Option<ListName>) -> Option<Address> {
    if let [rest @ .., "page", page] = pieces
        && let (Some(list), Some(page)) = (name(rest), page_number(page))
    {
        return Some(Address::List(list, page));
    }
    if let Some((rest, format)) = feed_tail(pieces)
        && let Some(list) = name(rest)
    {
        return Some(Address::Feed(FeedOf::List(list), format));
    }
    Some(Address::List(name(pieces)?, 1))
}

fn only(pieces: &[&str]) -> Option<String> {
    match pieces {
        [slug] => Some((*slug).to_owned()),
        _ => None,
    }
}

fn dates(pieces: &[&str]) -> Option<ListName> {
    let number = |piece: &str, digits: usize| -> Option<i16> {
        (piece.len() == digits && piece.bytes().all(|digit| digit.is_ascii_digit())).then(|| piece.parse().ok())?
    };
    match pieces {
        [year] => Some(ListName::Year(number(year, 4)?)),
        [year, month] => {
            let date = Date::new(number(year, 4)?, number(month, 2)? as i8, 1).ok()?;
            Some(ListName::Month(date.year(), date.month()))
        }
        [year, month, day] => {
            Some(ListName::Day(Date::new(number(year, 4)?, number(month, 2)? as i8, number(day, 2)? as i8).ok()?))
        }
        _ => None,
    }
}

fn article(pieces: &[&str], permalink: &Permalink) -> Option<Address> {
    let (rest, part) = match pieces {
        [rest @ .., "comments"] => (rest, Part::Comments),
        [rest @ .., "comments", "waiting"] => (rest, Part::Waiting),
        [rest @ .., last] if last.starts_with("comment-page-") => {
            (rest, Part::CommentPage(page_number(last.trim_start_matches("comment-page-"))?))
        }
        pieces => feed_tail(pieces).map_or((pieces, Part::Whole), |(rest, format)| (rest, Part::Feed(format))),
    };
    let last = rest.last()?;
    // An address of another form may be one that the article had before: its last piece is the best guess.
    let wanted = permalink.read(&format!("/{}", rest.join("/"))).unwrap_or_else(|| Wanted::Slug((*last).to_owned()));
    Some(Address::Article(wanted, part))
}

fn feed_tail<'a, 'b>(pieces: &'a [&'b str]) -> Option<(&'a [&'b str], Format)> {
    match pieces {
        [rest @ .., "feed"] => Some((rest, Format::Rss)),
        [rest @ .., "feed", format] => Some((rest, Format::read(&[*format])?)),
        _ => None,
    }
}

fn page_number(piece: &str) -> Option<i64> {
    piece.parse().ok().filter(|page| (1..=1_000_000_000).contains(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, meaning: &Address) {
        assert_eq!(Address::read(path, &Permalink::default()).as_ref(), Some(meaning), "{path}");
        if let Some(canonical) = meaning.path() {
            assert_eq!(Address::read(&canonical, &Permalink::default()).as_ref(), Some(meaning), "{canonical}");
        }
    }

    #[test]
    fn reads_every_form() {
        use Address::{Article, Feed, Front, List, Short};
        let slug = |slug: &str| Wanted::Slug(slug.into());
        let section = ListName::Section("اقتصاد/تجارة".into());
        check("/", &Front(1));
        check("/page/3/", &Front(3));
        check("/page/3", &Front(3));
        check("/feed/", &Feed(FeedOf::Site, Format::Rss));
        check("/feed/rss2/", &Feed(FeedOf::Site, Format::Rss));
        check("/feed/atom/", &Feed(FeedOf::Site, Format::Atom));
        check("/comments/feed/", &Feed(FeedOf::Comments, Format::Rss));
        check("/a/12", &Short(12));
        check("/category/اقتصاد/تجارة/", &List(section.clone(), 1));
        check("/category/اقتصاد/تجارة/page/2/", &List(section.clone(), 2));
        check("/category/اقتصاد/تجارة/feed/", &Feed(FeedOf::List(section), Format::Rss));
        check("/tag/x/feed/json/", &Feed(FeedOf::List(ListName::Tag("x".into())), Format::Json));
        check("/author/hala/", &List(ListName::Author("hala".into()), 1));
        check("/2020/", &List(ListName::Year(2020), 1));
        check("/2020/10/page/2/", &List(ListName::Month(2020, 10), 2));
        check("/2020/10/22/", &List(ListName::Day(jiff::civil::date(2020, 10, 22)), 1));
        check("/2020/10/22/خبر/", &Article(slug("خبر"), Part::Whole));
        check("/2020/10/22/خبر/comments", &Article(slug("خبر"), Part::Comments));
        check("/2020/10/22/خبر/comments/waiting/", &Article(slug("خبر"), Part::Waiting));
        check("/2020/10/22/خبر/comment-page-2/", &Article(slug("خبر"), Part::CommentPage(2)));
        check("/2020/10/22/خبر/feed/", &Article(slug("خبر"), Part::Feed(Format::Rss)));
        check("/من-نحن/", &Article(slug("من-نحن"), Part::Whole));
        check("/old/form/خبر/", &Article(slug("خبر"), Part::Whole));
    }

    #[test]
    fn says_nothing_of_nonsense() {
        let check = |path: &str| assert_eq!(Address::read(path, &Permalink::default()), None, "{path}");
        check("/page/0/");
        check("/page/-1/");
        check("/a/x");
        check("/category/");
        check("/tag/a/b/");
        check("/feed/xml/");
    }

    #[test]
    fn writes_what_browsers_want_and_reads_what_they_send() {
        assert_eq!(encode("/tag/الصين/"), "/tag/%D8%A7%D9%84%D8%B5%D9%8A%D9%86/");
        for sent in ["/tag/%D8%A7%D9%84%D8%B5%D9%8A%D9%86/", "/tag/%d8%a7%d9%84%d8%b5%d9%8a%d9%86/", "/tag/الصين/"]
        {
            assert_eq!(decode(sent).as_deref(), Some("/tag/الصين/"));
        }
        assert_eq!(decode("/%ff/"), None);
        assert_eq!(decode("/a%00b/"), None);
        assert_eq!(decode("/a%0d%0ab/"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_path_is_read_without_panic(path in "\\PC{0,60}") {
            let _ = Address::read(&path, &Permalink::default());
            let _ = decode(&path);
        }
    }
}

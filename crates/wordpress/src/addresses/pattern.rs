//! How does the old site make the address of a post?
//!
//! The setting is called «permalink structure»: a path with words between percent signs. It is not in the export, but the
//! addresses of the posts are, together with everything that the words stand for.

use std::collections::HashMap;
use std::fmt;

use jiff::civil::DateTime;

/// How many posts propose patterns; all posts vote.
const PROPOSERS: usize = 400;

/// How many patterns one post may propose.
const MAX_PROPOSALS: usize = 24;

/// How many patterns are voted on.
const MAX_CANDIDATES: usize = 16;

/// The longest path that proposes anything, in segments.
const MAX_SEGMENTS: usize = 16;

/// A permalink structure. Its `Display` is WordPress's notation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Literal(String),
    Tag(Tag),
}

/// A word of a permalink structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// `%year%`, four digits.
    Year,
    /// `%monthnum%`, two digits.
    Month,
    /// `%day%`, two digits.
    Day,
    /// `%hour%`, two digits.
    Hour,
    /// `%minute%`, two digits.
    Minute,
    /// `%second%`, two digits.
    Second,
    /// `%post_id%`.
    PostId,
    /// `%postname%`: the slug.
    PostName,
    /// `%category%`: the slug of one of the categories, after those above it.
    Category,
    /// `%author%`: the slug of the author.
    Author,
}

const TAGS: &[(Tag, &str)] = &[
    (Tag::Year, "%year%"),
    (Tag::Month, "%monthnum%"),
    (Tag::Day, "%day%"),
    (Tag::Hour, "%hour%"),
    (Tag::Minute, "%minute%"),
    (Tag::Second, "%second%"),
    (Tag::PostId, "%post_id%"),
    (Tag::PostName, "%postname%"),
    (Tag::Category, "%category%"),
    (Tag::Author, "%author%"),
];

/// What the words stand for, for one post. Slugs are percent-encoded in lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) id: u64,
    pub(super) slug: &'a str,
    pub(super) date: Option<DateTime>,
    /// The paths of the categories, such as `news/local`.
    pub(super) categories: &'a [String],
    pub(super) author: &'a str,
}

impl Pattern {
    /// The pattern of a site that has none: `/?p=%post_id%`.
    pub fn plain() -> Pattern {
        Pattern::parse("/?p=%post_id%")
    }

    /// The pattern in WordPress's notation, such as `/%year%/%monthnum%/%postname%/`. Words that are not known stand
    /// for themselves.
    pub fn parse(notation: &str) -> Pattern {
        let mut pieces = Vec::new();
        let mut rest = notation;
        while let Some((at, tag, word)) = next_tag(rest) {
            if at > 0 {
                pieces.push(Piece::Literal(rest[..at].to_owned()));
            }
            pieces.push(Piece::Tag(tag));
            rest = &rest[at + word.len()..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest.to_owned()));
        }
        Pattern { pieces }
    }

    /// Whether posts have no path of their own, but `?p=ID`.
    pub fn is_plain(&self) -> bool {
        matches!(self.pieces.first(), Some(Piece::Literal(first)) if first.contains('?'))
    }

    /// The words, in their order.
    pub fn tags(&self) -> impl Iterator<Item = Tag> {
        self.pieces.iter().filter_map(|piece| if let Piece::Tag(tag) = piece { Some(*tag) } else { None })
    }

    /// What stands before the first word, up to a `/`: terms, authors and dates have it before their addresses too.
    pub fn front(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Literal(first)) if !self.is_plain() => &first[..first.rfind('/').map_or(0, |at| at + 1)],
            _ => "/",
        }
    }

    /// Whether addresses end with `/`.
    pub fn has_slash(&self) -> bool {
        matches!(self.pieces.last(), Some(Piece::Literal(last)) if last.ends_with('/'))
    }

    /// The address of a post. `None` when a word has nothing to stand for.
    pub(super) fn address(&self, facts: Facts<'_>) -> Option<String> {
        let mut address = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => address.push_str(text),
                Piece::Tag(Tag::Category) => address.push_str(facts.categories.first()?),
                Piece::Tag(tag) => address.push_str(&value_of(*tag, facts)?),
            }
        }
        Some(address)
    }

    /// Whether this is the address of that post.
    pub(super) fn fits(&self, address: &str, facts: Facts<'_>) -> bool {
        let mut rests = vec![address];
        for piece in &self.pieces {
            let mut after = Vec::new();
            for rest in &rests {
                match piece {
                    Piece::Literal(text) => after.extend(rest.strip_prefix(text.as_str())),
                    Piece::Tag(Tag::Category) => {
                        after.extend(facts.categories.iter().filter_map(|path| rest.strip_prefix(path.as_str())));
                    }
                    Piece::Tag(tag) => {
                        after.extend(value_of(*tag, facts).and_then(|value| rest.strip_prefix(value.as_str())));
                    }
                }
            }
            // Two categories may stand for the same letters: each place counts once, or they would multiply.
            after.sort_unstable_by_key(|rest| rest.len());
            after.dedup_by_key(|rest| rest.len());
            rests = after;
        }
        rests.iter().any(|rest| rest.is_empty())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Literal(text) => f.write_str(text),
            Piece::Tag(tag) => f.write_str(tag.word()),
        })
    }
}

impl Tag {
    /// The word in WordPress's notation.
    pub fn word(self) -> &'static str {
        match self {
            Tag::Year => "%year%",
            Tag::Month => "%monthnum%",
            Tag::Day => "%day%",
            Tag::Hour => "%hour%",
            Tag::Minute => "%minute%",
            Tag::Second => "%second%",
            Tag::PostId => "%post_id%",
            Tag::PostName => "%postname%",
            Tag::Category => "%category%",
            Tag::Author => "%author%",
        }
    }
}

/// The pattern that most of these posts fit, and how many do. `posts` can be gone through more than once.
pub(super) fn detect<'a>(posts: &(impl Iterator<Item = (&'a str, Facts<'a>)> + Clone)) -> Option<(Pattern, usize)> {
    let count = posts.clone().count();
    let every = count.div_ceil(PROPOSERS).max(1);
    let mut proposals: HashMap<Pattern, (usize, usize)> = HashMap::new();
    for (address, facts) in posts.clone().step_by(every) {
        for pattern in propose(address, facts) {
            let order = proposals.len();
            proposals.entry(pattern).or_insert((0, order)).0 += 1;
        }
    }
    let mut candidates: Vec<(Pattern, (usize, usize))> = proposals.into_iter().collect();
    candidates.sort_by_key(|(_, (votes, order))| (std::cmp::Reverse(*votes), *order));
    candidates.truncate(MAX_CANDIDATES);
    candidates
        .into_iter()
        .map(|(pattern, (_, order))| {
            let fits = posts.clone().filter(|(address, facts)| pattern.fits(address, *facts)).count();
            (pattern, fits, order)
        })
        .max_by_key(|(pattern, fits, order)| (*fits, pattern.tags().count(), std::cmp::Reverse(*order)))
        .map(|(pattern, fits, _)| (pattern, fits))
}

/// The patterns of which this address could be an example, the likelier ones first.
fn propose(address: &str, facts: Facts<'_>) -> Vec<Pattern> {
    if let Some((path, query)) = address.split_once('?') {
        let is_plain = query.strip_prefix("p=").is_some_and(|id| id.parse() == Ok(facts.id));
        return if is_plain { vec![Pattern::parse(&format!("{path}?p={}", Tag::PostId.word()))] } else { Vec::new() };
    }
    let segments: Vec<&str> = address.trim_matches('/').split('/').collect();
    if segments.len() > MAX_SEGMENTS || segments == [""] {
        return Vec::new();
    }
    let tail = if address.ends_with('/') { "/" } else { "" };
    let mut proposals = Vec::new();
    // Beginnings with the number of segments that they take; the likelier ones lie on top.
    let mut open = vec![(String::new(), 0)];
    while let Some((begun, at)) = open.pop() {
        if proposals.len() == MAX_PROPOSALS || open.len() > MAX_PROPOSALS * MAX_SEGMENTS {
            break;
        }
        let Some(segment) = segments.get(at) else {
            proposals.push(Pattern::parse(&format!("{begun}{tail}")));
            continue;
        };
        let mut choices: Vec<(String, usize)> = Vec::new();
        choices.extend(words_of(segment, facts).into_iter().map(|word| (word, 1)));
        for path in facts.categories.iter().take(MAX_PROPOSALS) {
            let length = path.split('/').count();
            let is_here = segments[at..].len() >= length && segments[at..at + length].join("/") == *path;
            if is_here {
                choices.push((Tag::Category.word().to_owned(), length));
            }
        }
        choices.push(((*segment).to_owned(), 1));
        open.extend(choices.into_iter().rev().map(|(word, length)| (format!("{begun}/{word}"), at + length)));
    }
    proposals
}

/// The words that could stand for this segment.
fn words_of(segment: &str, facts: Facts<'_>) -> Vec<String> {
    let mut words = Vec::new();
    for (tag, word) in TAGS {
        if *tag != Tag::Category && value_of(*tag, facts).is_some_and(|value| value == segment) {
            words.push((*word).to_owned());
        }
    }
    if words.is_empty() {
        words.extend(inside(segment, facts));
    }
    words
}

/// Slug and number within a segment: `%postname%.html`, `%post_id%-%postname%`.
fn inside(segment: &str, facts: Facts<'_>) -> Option<String> {
    let id = facts.id.to_string();
    if !facts.slug.is_empty()
        && let Some((before, after)) = segment.split_once(facts.slug)
    {
        let before = before.replacen(&id, Tag::PostId.word(), 1);
        let after = after.replacen(&id, Tag::PostId.word(), 1);
        return Some(format!("{before}{}{after}", Tag::PostName.word()));
    }
    let (before, after) = segment.split_once(&id)?;
    let is_whole = !before.ends_with(|c: char| c.is_ascii_digit()) && !after.starts_with(|c: char| c.is_ascii_digit());
    is_whole.then(|| format!("{before}{}{after}", Tag::PostId.word()))
}

fn value_of(tag: Tag, facts: Facts<'_>) -> Option<String> {
    let two = |number: i8| Some(format!("{number:02}"));
    match tag {
        Tag::Year => Some(format!("{:04}", facts.date?.year())),
        Tag::Month => two(facts.date?.month()),
        Tag::Day => two(facts.date?.day()),
        Tag::Hour => two(facts.date?.hour()),
        Tag::Minute => two(facts.date?.minute()),
        Tag::Second => two(facts.date?.second()),
        Tag::PostId => (facts.id > 0).then(|| facts.id.to_string()),
        Tag::PostName => Some(facts.slug.to_owned()).filter(|slug| !slug.is_empty()),
        Tag::Author => Some(facts.author.to_owned()).filter(|author| !author.is_empty()),
        Tag::Category => None,
    }
}

fn next_tag(text: &str) -> Option<(usize, Tag, &'static str)> {
    TAGS.iter().filter_map(|(tag, word)| Some((text.find(word)?, *tag, *word))).min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_fits(notation: &str, address: &str, categories: &[&str], expected: bool) {
        let categories: Vec<String> = categories.iter().map(|path| (*path).to_owned()).collect();
        let date = Some(DateTime::constant(2020, 5, 1, 0, 0, 0, 0));
        let facts = Facts { id: 12, slug: "%d8%a3", date, categories: &categories, author: "layla" };
        assert_eq!(Pattern::parse(notation).fits(address, facts), expected, "{notation} {address}");
    }

    #[test]
    fn addresses_fit_as_a_whole() {
        check_fits("/%year%/%monthnum%/%postname%/", "/2020/05/%d8%a3/", &[], true);
        check_fits("/%year%/%monthnum%/%postname%/", "/2020/5/%d8%a3/", &[], false);
        check_fits("/%year%/%postname%", "/2020/%d8%a3/", &[], false);
        check_fits("/archives/%post_id%", "/archives/123", &[], false);
        check_fits("/%category%/%postname%/", "/news/local/%d8%a3/", &["a", "news", "news/local"], true);
        check_fits("/%category%/%postname%/", "/news/%d8%a3/", &[], false);
        check_fits("/?p=%post_id%", "/?p=12", &[], true);
    }

    #[test]
    fn alike_categories_do_not_multiply() {
        let many = vec!["a"; 100];
        check_fits(&"/%category%".repeat(16), &format!("{}/b", "/a".repeat(15)), &many, false);
        check_fits(&"/%category%".repeat(16), &"/a".repeat(16), &many, true);
    }
}

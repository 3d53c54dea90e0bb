//! How do a thousand comments become a page without filling a template a thousand times?
//!
//! Our own `parts/comment.html` only prints values and asks which of them are there. So it is filled once for each
//! combination of those (a *shape*), with a mark in the place of every value; after that a comment is written by
//! copying the pieces between the marks and its values in turn. A theme's `parts/comment.html` may do whatever a
//! template may, and is filled for every comment.

use std::fmt::Write as _;
use std::sync::OnceLock;

use minijinja::value::Serde;
use minijinja::{Error, ErrorKind, State, Value, context};

use super::escaped;
use crate::web::views::{CommentView, DateView, Markup, Thread};

/// The template of one comment; it sees `comment`.
pub(super) const COMMENT: &str = "parts/comment.html";

/// `thread(comments)`: every comment by the template [`COMMENT`]. `ours`: no theme stands in for it.
pub(super) fn thread(ours: bool) -> impl Fn(&State<'_, '_>, &Value) -> Result<Value, Error> {
    let shapes: [OnceLock<Shape>; SHAPES] = Default::default();
    move |state, comments| {
        let comments = comments
            .downcast_object_ref::<Thread>()
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "thread() takes the comments of a discussion"))?;
        let mut out = String::with_capacity(comments.len() * 1536);
        for comment in comments.iter() {
            if ours {
                shape(&shapes, state, comment)?.write(comment, &mut out);
            } else {
                out.push_str(&filled(state, Value::from(Serde(comment)))?);
            }
        }
        Ok(Value::from_safe_string(out))
    }
}

fn filled(state: &State<'_, '_>, comment: Value) -> Result<String, Error> {
    state.env().get_template(COMMENT)?.render(context! { comment })
}

/// One for each combination of the four things that a comment may have or lack.
const SHAPES: usize = 16;

/// The shape of `comment`, made when the first of its kind is written.
fn shape<'s>(
    shapes: &'s [OnceLock<Shape>; SHAPES],
    state: &State<'_, '_>,
    comment: &CommentView,
) -> Result<&'s Shape, Error> {
    let has = [comment.parent.is_some(), comment.author_href.is_some(), comment.reply_href.is_some(), comment.staff];
    let place = &shapes[has.iter().fold(0, |bits, has| bits * 2 + usize::from(*has))];
    match place.get() {
        Some(shape) => Ok(shape),
        None => {
            let shape = Shape::of(&filled(state, marks(has))?);
            Ok(place.get_or_init(|| shape))
        }
    }
}

/// What is printed of a comment, each with the mark that stands for it: characters for private use, which no text of
/// ours contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Id,
    Parent,
    Depth,
    Author,
    AuthorHref,
    Avatar,
    Iso,
    Date,
    Time,
    Body,
    ReplyHref,
}

const MARKS: [(char, Slot); 11] = [
    ('\u{e010}', Slot::Id),
    ('\u{e011}', Slot::Parent),
    ('\u{e012}', Slot::Depth),
    ('\u{e013}', Slot::Author),
    ('\u{e014}', Slot::AuthorHref),
    ('\u{e015}', Slot::Avatar),
    ('\u{e016}', Slot::Iso),
    ('\u{e017}', Slot::Date),
    ('\u{e018}', Slot::Time),
    ('\u{e019}', Slot::Body),
    ('\u{e01a}', Slot::ReplyHref),
];

/// A comment whose every value is its mark.
fn marks([parent, author_href, reply_href, staff]: [bool; 4]) -> Value {
    let mark = |slot| MARKS.iter().find(|(_, other)| *other == slot).map(|(mark, _)| mark.to_string());
    context! {
        id => mark(Slot::Id),
        parent => mark(Slot::Parent).filter(|_| parent),
        depth => mark(Slot::Depth),
        author => mark(Slot::Author),
        author_href => mark(Slot::AuthorHref).filter(|_| author_href),
        avatar => mark(Slot::Avatar),
        published => context! { iso => mark(Slot::Iso), date => mark(Slot::Date), time => mark(Slot::Time) },
        body => mark(Slot::Body),
        reply_href => mark(Slot::ReplyHref).filter(|_| reply_href),
        staff => staff,
    }
}

/// The text of a comment's template between its values, each piece with what follows it.
struct Shape {
    pieces: Vec<(String, Slot)>,
    end: String,
}

impl Shape {
    fn of(text: &str) -> Self {
        let (mut pieces, mut rest) = (Vec::new(), text);
        let slot_of = |c: char| MARKS.iter().find(|(mark, _)| *mark == c).map(|(_, slot)| *slot);
        while let Some((at, c, slot)) = rest.char_indices().find_map(|(at, c)| Some((at, c, slot_of(c)?))) {
            pieces.push((rest[..at].to_owned(), slot));
            rest = &rest[at + c.len_utf8()..];
        }
        Self { pieces, end: rest.to_owned() }
    }

    fn write(&self, comment: &CommentView, out: &mut String) {
        let CommentView { id, parent, depth, author, author_href, avatar, published, body, reply_href, staff: _ } =
            comment;
        let DateView { iso, date, time, other_calendar: _ } = published;
        let (Markup(avatar), Markup(body)) = (avatar, body);
        for (before, slot) in &self.pieces {
            out.push_str(before);
            match slot {
                Slot::Id => number(out, *id),
                Slot::Parent => number(out, parent.unwrap_or_default()),
                Slot::Depth => number(out, i64::from(*depth)),
                Slot::Author => out.push_str(&escaped(author)),
                Slot::AuthorHref => out.push_str(&escaped(author_href.as_deref().unwrap_or_default())),
                Slot::Avatar => out.push_str(avatar),
                Slot::Iso => out.push_str(&escaped(iso)),
                Slot::Date => out.push_str(&escaped(date)),
                Slot::Time => out.push_str(&escaped(time)),
                Slot::Body => out.push_str(body),
                Slot::ReplyHref => out.push_str(&escaped(reply_href.as_deref().unwrap_or_default())),
            }
        }
        out.push_str(&self.end);
    }
}

fn number(out: &mut String, number: i64) {
    // Writing into a String cannot fail.
    let _ = write!(out, "{number}");
}

#[cfg(test)]
mod tests {
    use super::super::super::views::samples;
    use super::super::tests::theme;
    use super::super::{Digits, Templates};
    use crate::web::views::ArticlePage;

    /// The template of a comment, with something that makes it a theme's.
    fn interpreted() -> (tempfile::TempDir, Templates) {
        let source = super::super::Embedded::get(super::COMMENT).expect("it is embedded");
        let folder = theme(super::COMMENT, &String::from_utf8_lossy(&source.data));
        let templates = Templates::load(Some(folder.path()), false).expect("it compiles");
        (folder, templates)
    }

    #[test]
    fn a_copied_comment_is_the_one_that_the_template_makes() {
        let copying = Templates::load(None, false).expect("they compile");
        let (_folder, filling) = interpreted();
        let mut comments = 0;
        let mut check = |name: &str, lang: &str, page: &ArticlePage| {
            comments += page.discussion.as_ref().map_or(0, |discussion| discussion.comments.len());
            let page =
                |templates: &Templates| templates.render("article.html", lang, Digits::Arab, page).expect("a page");
            assert_eq!(page(&copying), page(&filling), "{name}");
        };
        for (name, lang, page) in samples::articles() {
            check(name, lang, &page);
        }
        check("every shape", "ar", &samples::article_with_every_comment());
        assert!(comments > 32, "{comments}");
    }

    #[test]
    fn a_theme_may_do_with_a_comment_what_it_likes() {
        let folder = theme(super::COMMENT, "{% if comment.author|length > 3 %}[{{ comment.author|upper }}]{% endif %}");
        let templates = Templates::load(Some(folder.path()), false).expect("it compiles");
        let page = templates
            .render("article.html", "ar", Digits::Latn, &samples::article_with_every_comment())
            .expect("a page");
        assert!(page.contains("[") && !page.contains("class=\"comment "), "{page}");
    }
}

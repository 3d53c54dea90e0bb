//! How do a thousand comments become a page without filling a template a thousand times?
//!
//! Our own `parts/comment.html` only prints values and asks which of them are there. So it is filled once for each
//! combination of those (a *shape*), with a mark in the place of every value; after that a comment is written by
//! copying the pieces between the marks and its values in turn. A theme's `parts/comment.html` may do whatever a
//! template may, and is filled for every comment.

use std::fmt;
use std::sync::OnceLock;

use minijinja::value::Serde;
use minijinja::{Error, Output, State, Value, context};

use super::escaped;
use super::pattern::Pattern;
use crate::web::views::{CommentView, DateView, Markup, Thread};

/// The template of one comment; it sees `comment`.
pub(super) const COMMENT: &str = "parts/comment.html";

/// Writes comments into a page.
pub(super) struct Copier {
    /// No theme stands in for the template.
    ours: bool,
    shapes: [OnceLock<Pattern>; SHAPES],
}

impl Copier {
    pub(super) fn new(ours: bool) -> Self {
        Self { ours, shapes: Default::default() }
    }

    /// Every comment by the template [`COMMENT`].
    pub(super) fn write(&self, comments: &Thread, out: &mut Output<'_>, state: &State<'_, '_>) -> Result<(), Error> {
        for comment in comments.iter() {
            if self.ours {
                copied(shape(&self.shapes, state, comment)?, comment, out)?;
            } else {
                out.write_str(&filled(state, Value::from(Serde(comment)))?)?;
            }
        }
        Ok(())
    }
}

fn filled(state: &State<'_, '_>, comment: Value) -> Result<String, Error> {
    state.env().get_template(COMMENT)?.render(context! { comment })
}

/// One for each combination of the four things that a comment may have or lack.
const SHAPES: usize = 16;

/// The shape of `comment`, made when the first of its kind is written.
fn shape<'s>(
    shapes: &'s [OnceLock<Pattern>; SHAPES],
    state: &State<'_, '_>,
    comment: &CommentView,
) -> Result<&'s Pattern, Error> {
    let has = [comment.parent.is_some(), comment.author_href.is_some(), comment.reply_href.is_some(), comment.staff];
    let place = &shapes[has.iter().fold(0, |bits, has| bits * 2 + usize::from(*has))];
    match place.get() {
        Some(shape) => Ok(shape),
        None => {
            let shape = Pattern::of(&filled(state, marks(has))?);
            Ok(place.get_or_init(|| shape))
        }
    }
}

/// What is printed of a comment.
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

const SLOTS: [Slot; 11] = [
    Slot::Id,
    Slot::Parent,
    Slot::Depth,
    Slot::Author,
    Slot::AuthorHref,
    Slot::Avatar,
    Slot::Iso,
    Slot::Date,
    Slot::Time,
    Slot::Body,
    Slot::ReplyHref,
];

/// A comment whose every value is its mark.
fn marks([parent, author_href, reply_href, staff]: [bool; 4]) -> Value {
    let mark = |slot| SLOTS.iter().position(|other| *other == slot).map(Pattern::mark);
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

fn copied(shape: &Pattern, comment: &CommentView, out: &mut Output<'_>) -> fmt::Result {
    let CommentView { id, parent, depth, author, author_href, avatar, published, body, reply_href, staff: _ } = comment;
    let DateView { iso, date, time, other_calendar: _ } = published;
    let (Markup(avatar), Markup(body)) = (avatar, body);
    shape.write(out, |value, out| match SLOTS[value] {
        Slot::Id => write!(out, "{id}"),
        Slot::Parent => write!(out, "{}", parent.unwrap_or_default()),
        Slot::Depth => write!(out, "{depth}"),
        Slot::Author => out.write_str(&escaped(author)),
        Slot::AuthorHref => out.write_str(&escaped(author_href.as_deref().unwrap_or_default())),
        Slot::Avatar => out.write_str(avatar),
        Slot::Iso => out.write_str(&escaped(iso)),
        Slot::Date => out.write_str(&escaped(date)),
        Slot::Time => out.write_str(&escaped(time)),
        Slot::Body => out.write_str(body),
        Slot::ReplyHref => out.write_str(&escaped(reply_href.as_deref().unwrap_or_default())),
    })
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
                |templates: &Templates| templates.text("article.html", lang, Digits::Arab, page).expect("a page");
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
        let page =
            templates.text("article.html", "ar", Digits::Latn, &samples::article_with_every_comment()).expect("a page");
        assert!(page.contains("[") && !page.contains("class=\"comment "), "{page}");
    }
}

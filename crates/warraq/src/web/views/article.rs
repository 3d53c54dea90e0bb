//! One article or page, with its discussion.

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use serde::{Serialize, Serializer};

use super::{BylineView, Card, DateView, Layout, Link, Markup, PageLink, Picture, Source};

/// `article.html`, and `page.html` for a standing page.
#[derive(Debug, Clone, Serialize)]
pub struct ArticlePage {
    /// The frame.
    pub layout: Layout,
    /// The story itself.
    pub article: ArticleView,
    /// `None` when the article takes no comments and has none.
    pub discussion: Option<Discussion>,
    /// Stories on the same subject, up to four.
    pub related: Vec<Card>,
    /// Towards the next older and newer story, for a reader who goes on.
    pub older: Option<Link>,
    /// See `older`.
    pub newer: Option<Link>,
}

/// The story, from the kicker to the short address.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleView {
    /// The number in `/a/12`.
    pub id: i64,
    /// Site-relative address.
    pub href: String,
    /// Language and direction of the story, which may differ from the page's.
    pub lang: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// `own`, `wire`, `translation`, `opinion`, `sponsored`: a key of the interface strings `kind-…`.
    pub kind: &'static str,
    /// A word or two above the headline.
    pub kicker: Option<String>,
    /// The headline.
    pub headline: String,
    /// A sentence or two below the headline.
    pub standfirst: Option<String>,
    /// The text, sanitised.
    pub body: Markup,
    /// Everybody who is named, in order.
    pub bylines: Vec<BylineView>,
    /// Where copy that is not ours came from.
    pub source: Option<Source>,
    /// From the outermost section to the article's own.
    pub trail: Vec<Link>,
    /// Tags, in the editor's order.
    pub tags: Vec<Link>,
    /// When it went out.
    pub published: DateView,
    /// Only when it was changed after publication in a way worth telling.
    pub updated: Option<DateView>,
    /// The lead picture.
    pub picture: Option<Picture>,
    /// What was put right since, newest first.
    pub corrections: Vec<CorrectionView>,
    /// The same story in other languages.
    pub translations: Vec<Translation>,
    /// Whole minutes, at least 1.
    pub reading_minutes: i64,
    /// The short address for sharing, absolute: `https://…/a/12`.
    pub short_url: String,
}

/// What was put right after publication.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// `update`, `correction`, `clarification`: a key of the interface strings `correction-…`.
    pub kind: &'static str,
    /// The correction in the editors' words.
    pub note: String,
    /// When it was made.
    pub date: DateView,
}

/// The same story in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Translation {
    /// Its language tag.
    pub lang: String,
    /// The language's own name: «English», «العربية».
    pub language_name: String,
    /// Site-relative address.
    pub href: String,
    /// Its headline.
    pub headline: String,
    /// Direction of its language.
    pub dir: &'static str,
}

/// What readers said, and whether they can say more.
#[derive(Debug, Clone, Serialize)]
pub struct Discussion {
    /// Published comments, the number behind «تعليقان».
    pub count: i64,
    /// Threads in reading order: a comment stands after its parent, `depth` says how deep.
    pub comments: Thread,
    /// The pages of a long discussion, oldest first; empty when there is one.
    pub pages: Vec<PageLink>,
    /// `None` when the discussion is closed.
    pub form: Option<CommentForm>,
}

/// The comments of a page. A template prints them, each by `parts/comment.html`, or walks over them as over any list.
#[derive(Debug, Clone, Default)]
pub struct Thread(Arc<Vec<CommentView>>);

impl Thread {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In reading order.
    pub fn iter(&self) -> std::slice::Iter<'_, CommentView> {
        self.0.iter()
    }
}

impl From<Vec<CommentView>> for Thread {
    fn from(comments: Vec<CommentView>) -> Self {
        Self(Arc::new(comments))
    }
}

/// In a template it stays what it is, and a comment becomes a value only when the template looks at it.
impl Serialize for Thread {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_object(self.clone()).serialize(serializer)
    }
}

impl Object for Thread {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).map(|comment| Value::from(Serde(comment)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.len())
    }
}

/// One comment.
#[derive(Debug, Clone, Serialize)]
pub struct CommentView {
    /// The number in `#comment-12`.
    pub id: i64,
    /// The comment that it answers.
    pub parent: Option<i64>,
    /// 0 for a comment on the article; capped at 4 for the eye.
    pub depth: u8,
    /// The name that was given.
    pub author: String,
    /// The website a commenter gave.
    pub author_href: Option<String>,
    /// Inline SVG, generated from a random id.
    pub avatar: Markup,
    /// When it was sent.
    pub published: DateView,
    /// Sanitised paragraphs; each carries its own `dir="auto"`.
    pub body: Markup,
    /// `?replytocom=ID#respond`; `None` when the discussion is closed.
    pub reply_href: Option<String>,
    /// Was it written by somebody of the newsroom?
    pub staff: bool,
}

/// The reply form, empty or with what the reader typed and what was wrong with it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CommentForm {
    /// Where it posts to: `<article>comments`.
    pub action: String,
    /// The comment that is answered, with its author's name for «رد على …».
    pub reply_to: Option<Link>,
    /// Number of the comment that is answered.
    pub parent: Option<i64>,
    /// The name typed so far.
    pub author: String,
    /// The address typed so far; only ever in an answer to the one who typed it, never in a page that is kept.
    pub email: String,
    /// The website typed so far.
    pub url: String,
    /// The text typed so far.
    pub comment: String,
    /// What was wrong.
    pub errors: FieldErrors,
}

/// Keys of interface strings (`comment-error-…`), one per field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FieldErrors {
    /// Of the name.
    pub author: Option<&'static str>,
    /// Of the address.
    pub email: Option<&'static str>,
    /// Of the website.
    pub url: Option<&'static str>,
    /// Of the text.
    pub comment: Option<&'static str>,
    /// Of the form as a whole: too fast, closed, a duplicate.
    pub form: Option<&'static str>,
}

impl FieldErrors {
    /// Is there nothing to complain about?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.author.is_none()
            && self.email.is_none()
            && self.url.is_none()
            && self.comment.is_none()
            && self.form.is_none()
    }
}

//! What does a reader answer?

use jiff::Timestamp;

use super::html::Html;
use super::moderation::{Finding, Reason};
use super::{ArticleId, CommentId};
use crate::identity::PrivateEmail;

super::words! {
    /// Where in its life a comment is.
    Status {
        /// Everybody sees it.
        Published = "published",
        /// Waits for an editor.
        Held = "held",
        /// An editor took it away, or will not show it.
        Hidden = "hidden",
        /// Advertising and the like.
        Spam = "spam",
    }
}

/// The longest name, in scalar values.
pub const MAX_NAME: usize = 80;
/// The longest website address, in bytes.
pub const MAX_URL: usize = 300;

/// A comment that a reader sends, understood but not yet judged.
#[derive(Debug)]
pub struct NewComment {
    /// The article that is answered.
    pub article: ArticleId,
    /// The comment that is answered, for a comment within a thread.
    pub parent: Option<CommentId>,
    /// The name to show.
    pub author: String,
    /// Never shown, kept sealed.
    pub email: PrivateEmail,
    /// The reader's website, or empty.
    pub url: String,
    /// Plain text.
    pub text: String,
    /// A person never sees this field; a robot fills it.
    pub honeypot_filled: bool,
    /// How long the form was open, when the page could tell.
    pub seconds_since_form: Option<i64>,
}

/// The raw fields of the form.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct CommentFields {
    /// Name.
    pub author: String,
    /// E-mail address.
    pub email: String,
    /// Website.
    pub url: String,
    /// Text.
    pub comment: String,
    /// Number of the comment that is answered; empty or 0 for none.
    pub comment_parent: String,
    /// Number of the article, where the address does not say it (`/wp-comments-post.php`).
    #[serde(rename = "comment_post_ID")]
    pub comment_post_id: String,
    /// The field that only robots fill.
    pub website_confirm: String,
    /// Seconds the form was open, filled by a script where there is one.
    pub seconds_open: String,
}

/// What is wrong, field by field: `email-missing` is the interface string `comment-error-email-missing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommentFlaws {
    /// The name.
    pub author: Option<&'static str>,
    /// The address.
    pub email: Option<&'static str>,
    /// The website.
    pub url: Option<&'static str>,
    /// The text.
    pub comment: Option<&'static str>,
}

impl NewComment {
    /// Understand a form.
    ///
    /// # Errors
    /// Every field that is wrong, with the reason.
    pub fn parse(article: ArticleId, fields: &CommentFields) -> Result<Self, CommentFlaws> {
        let author = super::article::tidy(&fields.author);
        let url = fields.url.trim().to_owned();
        let text = clean_text(&fields.comment);
        let email = PrivateEmail::parse(&fields.email);
        let flaws = CommentFlaws {
            author: flaw_of_length(author.chars().count(), MAX_NAME, "author"),
            email: match &email {
                Ok(_) => None,
                Err(_) if fields.email.trim().is_empty() => Some("email-missing"),
                Err(_) => Some("email-invalid"),
            },
            url: if url.is_empty() || is_website(&url) { None } else { Some("url-invalid") },
            comment: flaw_of_length(text.chars().count(), super::comment_text::MAX_CHARS, "comment"),
        };
        let parent = fields.comment_parent.trim().parse().ok().filter(|id| *id > 0).map(CommentId);
        match email {
            Ok(email) if flaws == CommentFlaws::default() => Ok(Self {
                article,
                parent,
                author,
                email,
                url,
                text,
                honeypot_filled: !fields.website_confirm.is_empty(),
                seconds_since_form: fields.seconds_open.trim().parse().ok(),
            }),
            _ => Err(flaws),
        }
    }
}

fn flaw_of_length(chars: usize, limit: usize, field: &'static str) -> Option<&'static str> {
    match (chars, field) {
        (0, "author") => Some("author-missing"),
        (0, _) => Some("comment-missing"),
        (n, "author") if n > limit => Some("author-too-long"),
        (n, _) if n > limit => Some("comment-too-long"),
        _ => None,
    }
}

/// Line ends made one, stray controls gone; the reader's letters stay.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    arabic::direction::strip_controls(&text).trim().to_owned()
}

/// Is it an address of the web that a name may link to?
#[must_use]
pub fn is_website(text: &str) -> bool {
    text.len() <= MAX_URL && is_web(text)
}

/// Is it an address of the web? One with a name or password in it is none: it tells a secret, or an e-mail address that was
/// written into the wrong field.
#[must_use]
pub fn is_web(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.username().is_empty()
            && url.password().is_none()
    })
}

/// A comment as readers see it. No field holds an address or anything computed from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The ID of `#comment-ID`.
    pub id: CommentId,
    /// The article that it answers.
    pub article: ArticleId,
    /// The comment that it answers.
    pub parent: Option<CommentId>,
    /// The comment that began the thread.
    pub thread: CommentId,
    /// The name to show.
    pub author: String,
    /// The reader's website, or empty.
    pub url: String,
    /// Seed of the picture: random.
    pub avatar: u64,
    /// Written by somebody of the newsroom.
    pub staff: bool,
    /// Safe to show.
    pub html: Html,
    /// When it was written.
    pub at: Timestamp,
}

super::words! {
    /// What somebody did with a comment.
    Act {
        /// Readers see it.
        Approved = "approved",
        /// It waits again.
        Held = "held",
        /// Readers do not see it.
        Hidden = "hidden",
        /// It lies among the advertising.
        Spam = "spam",
        /// It is gone for good.
        Deleted = "deleted",
        /// The newsroom answered it.
        Answered = "answered",
        /// What was decided last was taken back.
        Undone = "undone",
        /// Its writer asked for that: name and address are gone.
        Erased = "erased",
    }
}

super::words! {
    /// What a ban recognises somebody by.
    BanKind {
        /// The e-mail address.
        Address = "address",
        /// The network: a household or an office.
        Network = "network",
    }
}

/// The longest reason for a decision, in scalar values.
pub const MAX_REASON: usize = 200;

impl Status {
    /// What it is called when somebody puts a comment there.
    #[must_use]
    pub fn act(self) -> Act {
        match self {
            Self::Published => Act::Approved,
            Self::Held => Act::Held,
            Self::Hidden => Act::Hidden,
            Self::Spam => Act::Spam,
        }
    }
}

/// A comment as those see it who decide about it.
#[derive(Debug, Clone)]
pub struct CommentCase {
    /// The comment.
    pub comment: Comment,
    /// As it was typed.
    pub text: String,
    /// Where it stands.
    pub status: Status,
    /// Why: the rule that decided, where one did.
    pub reason: Option<Reason>,
    /// Why, as it was kept: a rule's name, or an editor's words.
    pub why: String,
    /// Every rule that applied when it came.
    pub findings: Vec<Finding>,
    /// Headline of the article.
    pub headline: String,
    /// Do readers see the article?
    pub is_article_public: bool,
    /// The comment that it answers: number, state, name and how it begins.
    pub answers: Option<Answered>,
    /// Whether an address and a network are still kept, so that they can be banned.
    pub known: (bool, bool),
}

/// The comment before this one in its thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Its number.
    pub id: CommentId,
    /// Where it stands.
    pub status: Status,
    /// The name.
    pub author: String,
    /// How it begins.
    pub text: String,
}

/// Which comments somebody wants to decide about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// In this state.
    pub status: Status,
    /// Under this article only.
    pub article: Option<ArticleId>,
    /// Kept back by this rule only.
    pub reason: Option<Reason>,
    /// With these words only, as `wording::wanted` gives them.
    pub words: Vec<String>,
    /// With a smaller number than this.
    pub before: CommentId,
}

/// What was found for a [`Queue`].
#[derive(Debug, Clone)]
pub struct Found {
    /// Newest first.
    pub cases: Vec<CommentCase>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<CommentId>,
}

//! What do we say when we cannot say what was asked for? The one translation of errors to HTTP.

use http::{StatusCode, header};

use super::frame::Head;
use super::making::Making;
use super::reader::cards;
use super::reply::{CachePolicy, HTML, Reply};
use super::templates;
use super::views::{MessageKind, MessagePage};
use crate::error::Error;
use crate::store::{StoreError, articles, listings::List};

/// Why there is no page.
#[derive(Debug)]
pub(super) enum WebError {
    /// Nothing lives at this address.
    NotFound,
    /// It lived here, and was withdrawn.
    Gone(String),
    /// It lives elsewhere: an encoded path.
    Moved(String),
    /// A form from another site.
    Forbidden,
    /// The address takes no such method, only these.
    MethodNotAllowed(&'static str),
    /// More than we read.
    TooLarge,
    /// The request does not hold together.
    Invalid(String),
    /// A comment, where none are taken any more.
    DiscussionClosed,
    /// What somebody wrote was not taken; the words, so that they are not lost.
    NotTaken(Box<WebError>, String),
    /// Not so often.
    TooMany,
    /// The database is away, or writing has stopped.
    Unavailable(String),
    /// The disk is full.
    Full,
    /// A mistake of ours; the words are for the log.
    Broken(String),
}

impl From<Error> for WebError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) => Self::NotFound,
            Error::NotAllowed => Self::Forbidden,
            Error::Invalid(_) => Self::Invalid(error.to_string()),
            Error::Conflict(conflict) => Self::Invalid(conflict.says),
            Error::Store(error) => error.into(),
            Error::Media(error) => Self::Invalid(error.to_string()),
            Error::Search(_) => Self::Unavailable(error.to_string()),
            Error::File { .. } | Error::Key(_) | Error::Mail(_) => Self::Broken(error.to_string()),
        }
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Stopped(_) => Self::Unavailable(error.to_string()),
            StoreError::Full => Self::Full,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<templates::TemplateError> for WebError {
    fn from(error: templates::TemplateError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl WebError {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone(_) => StatusCode::GONE,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotTaken(why, _) => why.status(),
            Self::Invalid(_) | Self::DiscussionClosed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn kind(&self) -> MessageKind {
        match self {
            Self::NotFound | Self::Moved(_) => MessageKind::NotFound,
            Self::Gone(_) => MessageKind::Gone,
            Self::Forbidden => MessageKind::Forbidden,
            Self::MethodNotAllowed(_) => MessageKind::MethodNotAllowed,
            Self::TooLarge => MessageKind::TooLarge,
            Self::Invalid(_) => MessageKind::Invalid,
            Self::DiscussionClosed => MessageKind::DiscussionClosed,
            Self::NotTaken(why, _) => why.kind(),
            Self::TooMany => MessageKind::TooMany,
            Self::Unavailable(_) | Self::Full => MessageKind::Unavailable,
            Self::Broken(_) => MessageKind::Broken,
        }
    }

    /// The answer for a reader: a page that says what happened and what may help.
    pub(super) async fn into_reply(self, web: &Making<'_>) -> Reply {
        let (error, typed) = match self {
            Self::NotTaken(why, words) => (*why, Some(words).filter(|words| !words.trim().is_empty())),
            error => (error, None),
        };
        if let Self::Moved(to) = &error {
            return Reply::redirect(StatusCode::MOVED_PERMANENTLY, to);
        }
        match &error {
            Self::Broken(words) => tracing::error!(words, "a page could not be made"),
            Self::Unavailable(words) => tracing::warn!(words, "the database is away"),
            Self::Invalid(words) => tracing::info!(words, "a request was not understood"),
            _ => {}
        }
        let (status, kind) = (error.status(), error.kind());
        let allowed = if let Self::MethodNotAllowed(methods) = &error { Some(*methods) } else { None };
        let detail = match error {
            Self::Gone(reason) if !reason.is_empty() => Some(reason),
            _ => None,
        };
        let helpful = matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE);
        let said = Said { detail, typed, ..Said::default() };
        let mut reply = message(web, kind, status, said, helpful).await;
        if matches!(
            status,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::INSUFFICIENT_STORAGE | StatusCode::TOO_MANY_REQUESTS
        ) {
            reply = reply.with(header::RETRY_AFTER, "60");
        }
        if let Some(methods) = allowed {
            reply = reply.with(header::ALLOW, methods);
        }
        reply
    }
}

/// What a message says beside what its kind says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Words of the case itself.
    pub(super) detail: Option<String>,
    /// A way back, site-relative.
    pub(super) back: Option<String>,
    /// What the reader had written and we did not take.
    pub(super) typed: Option<String>,
}

/// A page that says one thing. `helpful` adds the newest stories.
pub(super) async fn message(
    web: &Making<'_>,
    kind: MessageKind,
    status: StatusCode,
    said: Said,
    helpful: bool,
) -> Reply {
    let Said { detail, back, typed } = said;
    let found = web
        .view(move |db, frame| {
            let newest = if helpful { articles::listed(db, List::All, 4, 0)? } else { Vec::new() };
            Ok::<_, Error>((frame, newest))
        })
        .await;
    let (frame, newest) = match found {
        Ok((frame, newest)) => (Some(frame), newest),
        Err(_) => (web.frames.last(), Vec::new()),
    };
    let Some(frame) = frame else { return plain(status) };
    let language = frame.interface_language(web, &frame.site.language).clone();
    let texts = web.texts(language.primary(), frame.digits());
    let cards = newest.iter().map(|summary| cards::card(&frame, texts, summary)).collect();
    let head = Head { title: texts.text(&title_key(kind), &[]), robots: Some("noindex"), ..Head::default() };
    let page = MessagePage {
        layout: frame.layout(&language, head),
        kind,
        status: status.as_u16(),
        detail,
        cards,
        back,
        typed,
    };
    match web.templates.render("message.html", language.as_str(), frame.digits(), &page) {
        Ok(html) => Reply::new(
            status,
            HTML,
            html.into(),
            if status == StatusCode::OK { CachePolicy::Revalidate } else { CachePolicy::Never },
        ),
        Err(error) => {
            tracing::error!(%error, "the page for an error could not be made");
            plain(status)
        }
    }
}

/// `message-not-found-title`: the interface strings have a title for each kind.
fn title_key(kind: MessageKind) -> String {
    let name = serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    format!("message-{name}-title")
}

/// When not even that page can be made: the publication was never read, or a theme broke the template.
fn plain(status: StatusCode) -> Reply {
    let html = format!(
        "<!doctype html><html lang=\"ar\" dir=\"rtl\"><meta charset=\"utf-8\"><title>{0}</title>\
         <p>تعذّر عرض الصفحة الآن. حاول مرة أخرى بعد دقيقة.</p><p lang=\"en\" dir=\"ltr\">The page cannot be shown now. Please try again in a minute.</p></html>",
        status.as_u16()
    );
    Reply::new(status, HTML, html.into(), CachePolicy::Never)
}

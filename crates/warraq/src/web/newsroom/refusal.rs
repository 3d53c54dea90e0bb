//! Why is something not done? Said to an editor as a page, to a script as JSON.

use http::{StatusCode, header};
use serde_json::json;

use super::visit::{self, Visit};
use crate::error::Error;
use crate::media::MediaError;
use crate::news::article::Flaw;
use crate::store::StoreError;
use crate::web::reply::Reply;
use crate::web::templates::TemplateError;
use crate::web::views::newsroom::RefusalPage;

/// What keeps the newsroom from doing what it was asked for.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Nobody is signed in.
    SignedOut,
    /// The publication asks this role for a second factor, and the account has none yet.
    NeedsFactor,
    /// The account may not do this.
    NotAllowed,
    /// The form did not come from a page of ours.
    CrossSite,
    /// There is no such thing.
    NotFound,
    /// The place takes no such method, only these.
    Method(&'static str),
    /// More than we read.
    TooLarge,
    /// Too many attempts.
    TooMany,
    /// What was sent cannot be kept.
    Invalid(Vec<Flaw>),
    /// It does not fit what is there now: a sentence for the page.
    Conflict(String),
    /// The same, named by the interface text `conflict-…`.
    Misfit(&'static str),
    /// Somebody else saved in between.
    Changed { by: String, version: i64 },
    /// Somebody else has it open.
    Locked { by: String },
    /// The database is away, or writing has stopped.
    Unavailable(String),
    /// The disk is full.
    Full,
    /// A mistake of ours; the words are for the log.
    Broken(String),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) => Self::NotFound,
            Error::Invalid(flaws) => Self::Invalid(flaws),
            Error::NotAllowed => Self::NotAllowed,
            Error::Conflict(conflict) => Self::Misfit(conflict.word),
            Error::Store(error) => error.into(),
            Error::Search(_) => Self::Unavailable(error.to_string()),
            Error::Media(MediaError::DiskFull) => Self::Full,
            Error::Media(_) | Error::File { .. } | Error::Key(_) | Error::Mail(_) => Self::Broken(error.to_string()),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Stopped(_) => Self::Unavailable(error.to_string()),
            StoreError::Full => Self::Full,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<TemplateError> for Refusal {
    fn from(error: TemplateError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::NotAllowed | Self::NeedsFactor | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) | Self::Misfit(_) | Self::Changed { .. } => StatusCode::CONFLICT,
            Self::Locked { .. } => StatusCode::LOCKED,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A word for scripts, and for the interface texts `refused-…-title` and `refused-…-text`.
    fn word(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::NotAllowed => "not-allowed",
            Self::NeedsFactor => "needs-factor",
            Self::CrossSite => "cross-site",
            Self::NotFound => "not-found",
            Self::Method(_) => "method",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many",
            Self::Invalid(_) => "invalid",
            Self::Conflict(_) | Self::Misfit(_) => "conflict",
            Self::Changed { .. } => "changed",
            Self::Locked { .. } => "locked",
            Self::Unavailable(_) => "unavailable",
            Self::Full => "full",
            Self::Broken(_) => "broken",
        }
    }

    /// The answer. `visit` lacks where not even the publication could be read.
    pub(super) fn into_reply(self, visit: Option<&Visit<'_>>) -> Reply {
        match &self {
            Self::Broken(words) => tracing::error!(words, "the newsroom could not answer"),
            Self::Unavailable(words) => tracing::warn!(words, "the database is away"),
            _ => {}
        }
        let mut reply = match visit {
            Some(visit) if !visit.wants_json => self.page(visit),
            _ => visit::json(self.status(), &self.to_json(visit)),
        };
        reply.status = self.status();
        if let Self::Method(methods) = self {
            reply = reply.with(header::ALLOW, methods);
        }
        if matches!(self, Self::Unavailable(_) | Self::Full | Self::TooMany) {
            reply = reply.with(header::RETRY_AFTER, "30");
        }
        reply
    }

    fn to_json(&self, visit: Option<&Visit<'_>>) -> serde_json::Value {
        match self {
            Self::Changed { by, version } => json!({ "error": self.word(), "by": by, "version": version }),
            Self::Locked { by } => json!({ "error": self.word(), "by": by }),
            Self::Invalid(flaws) => {
                let says = |flaw: &Flaw| match visit {
                    Some(visit) => visit.says(&flaw_key(flaw)),
                    None => flaw.reason.to_owned(),
                };
                let errors: serde_json::Map<_, _> =
                    flaws.iter().map(|flaw| (flaw.field.to_owned(), says(flaw).into())).collect();
                json!({ "error": self.word(), "errors": errors })
            }
            Self::Conflict(words) => json!({ "error": self.word(), "says": words }),
            Self::Misfit(word) => {
                let says = visit.map_or_else(|| (*word).to_owned(), |visit| visit.says(&format!("conflict-{word}")));
                json!({ "error": self.word(), "says": says })
            }
            _ => json!({ "error": self.word() }),
        }
    }

    fn page(&self, visit: &Visit<'_>) -> Reply {
        let title = visit.says(&format!("refused-{}-title", self.word()));
        let view = RefusalPage {
            layout: visit.layout(&title, ""),
            word: self.word(),
            by: match self {
                Self::Changed { by, .. } | Self::Locked { by } => Some(by.clone()),
                _ => None,
            },
            detail: match self {
                Self::Conflict(words) => Some(words.clone()),
                Self::Misfit(word) => Some(visit.says(&format!("conflict-{word}"))),
                _ => None,
            },
            flaws: match self {
                Self::Invalid(flaws) => flaws.iter().map(|flaw| visit.says(&flaw_key(flaw))).collect(),
                _ => Vec::new(),
            },
        };
        visit.page("newsroom/refused.html", &view).unwrap_or_else(|error| {
            tracing::error!(?error, "the page for a refusal could not be made");
            visit::json(self.status(), &self.to_json(None))
        })
    }
}

/// `flaw-headline-required`: an interface text.
pub(super) fn flaw_key(flaw: &Flaw) -> String {
    format!("flaw-{}-{}", flaw.field, flaw.reason)
}

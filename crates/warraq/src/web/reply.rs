//! What do we say, and how long may it be kept? Intent here, header names in one table.

use std::fs::File;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::{Either, Full};

use super::ranges::{FileBody, Wanted, wanted};
use super::templates::Page;

/// How long an answer may be kept by whoever passes it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// By everybody, but asked for again each time (`ETag` answers quickly).
    Revalidate,
    /// For ever: the address changes with the content.
    Immutable,
    /// By nobody: it answers one request of one person.
    Never,
}

impl CachePolicy {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Revalidate => "public, no-cache",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        })
    }
}

/// An answer, before it is written as HTTP.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// `Content-Type`.
    pub mime: &'static str,
    /// The body.
    pub body: Bytes,
    /// How long it may be kept.
    pub policy: CachePolicy,
    /// Further headers.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// A file that goes out in the place of the body, in parts if that is asked for.
    file: Option<StoredFile>,
}

#[derive(Debug, Clone)]
struct StoredFile {
    file: Arc<File>,
    bytes: u64,
    tag: String,
}

/// What goes out: bytes that are at hand, or a file read on the way.
pub type Body = Either<Full<Bytes>, FileBody>;

/// Headers that an answer has, about: the map grows once.
const HEADERS: usize = 16;

/// HTML.
pub const HTML: &str = "text/html; charset=utf-8";

impl Reply {
    /// A page.
    #[must_use]
    pub fn page(html: Page) -> Self {
        Self::new(StatusCode::OK, HTML, html.into(), CachePolicy::Revalidate)
    }

    /// A document of another type.
    #[must_use]
    pub fn document(mime: &'static str, text: String) -> Self {
        Self::new(StatusCode::OK, mime, text.into(), CachePolicy::Revalidate)
    }

    /// Anything.
    #[must_use]
    pub fn new(status: StatusCode, mime: &'static str, body: Bytes, policy: CachePolicy) -> Self {
        Self { status, mime, body, policy, headers: Vec::new(), file: None }
    }

    /// A file of the media folder, known by a tag.
    #[must_use]
    pub fn file(mime: &'static str, file: File, bytes: u64, tag: &str) -> Self {
        let mut reply = Self::new(StatusCode::OK, mime, Bytes::new(), CachePolicy::Immutable)
            .with(header::ACCEPT_RANGES, "bytes")
            .with(header::ETAG, tag);
        reply.file = Some(StoredFile { file: Arc::new(file), bytes, tag: tag.to_owned() });
        reply
    }

    /// «It lives there» (301), or «look there» (303).
    #[must_use]
    pub fn redirect(status: StatusCode, location: &str) -> Self {
        let mut reply = Self::new(status, "text/plain; charset=utf-8", Bytes::new(), CachePolicy::Revalidate);
        if status == StatusCode::SEE_OTHER {
            reply.policy = CachePolicy::Never;
        }
        reply.with(header::LOCATION, location)
    }

    /// One more header. A value that HTTP does not allow is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.put(name, value);
        self
    }

    fn put(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
    }

    /// Write it as HTTP: `304` where the asker has it already, no body for `HEAD`.
    #[must_use]
    pub fn into_response(mut self, method: &Method, asked: &HeaderMap) -> Response<Body> {
        let file = self.file.take().and_then(|file| self.part_of(&file, method, asked));
        let tag =
            (self.status == StatusCode::OK && self.policy == CachePolicy::Revalidate).then(|| entity_tag(&self.body));
        let unchanged = tag.as_deref().is_some_and(|tag| has_it(asked, tag));
        let mut response = Response::new(file.map_or_else(
            || Either::Left(Full::new(if unchanged || method == Method::HEAD { Bytes::new() } else { self.body })),
            Either::Right,
        ));
        *response.status_mut() = if unchanged { StatusCode::NOT_MODIFIED } else { self.status };
        let headers = response.headers_mut();
        headers.reserve(HEADERS);
        if !unchanged {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.mime));
        }
        headers.insert(header::CACHE_CONTROL, self.policy.header());
        if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(&tag).ok()) {
            headers.insert(header::ETAG, tag);
        }
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        response
    }
}

impl Reply {
    /// What of a file goes out; status and headers say which part it is.
    fn part_of(&mut self, stored: &StoredFile, method: &Method, asked: &HeaderMap) -> Option<FileBody> {
        let part = match wanted(asked, &stored.tag, stored.bytes) {
            Wanted::Whole => 0..stored.bytes,
            Wanted::Part(part) => {
                self.status = StatusCode::PARTIAL_CONTENT;
                let says = format!("bytes {}-{}/{}", part.start, part.end - 1, stored.bytes);
                self.put(header::CONTENT_RANGE, &says);
                part
            }
            Wanted::Beyond => {
                self.status = StatusCode::RANGE_NOT_SATISFIABLE;
                self.policy = CachePolicy::Never;
                self.put(header::CONTENT_RANGE, &format!("bytes */{}", stored.bytes));
                return None;
            }
        };
        if method == Method::HEAD {
            self.put(header::CONTENT_LENGTH, &(part.end - part.start).to_string());
            return None;
        }
        let body = stored.file.try_clone().and_then(|file| FileBody::new(file, &part));
        if body.is_err() {
            self.status = StatusCode::INTERNAL_SERVER_ERROR;
            self.policy = CachePolicy::Never;
        }
        body.ok()
    }
}

/// Weak, because the same page goes out compressed and plain.
fn entity_tag(body: &[u8]) -> String {
    format!("W/\"{}\"", &blake3::hash(body).to_hex()[..24])
}

fn has_it(asked: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tag = opaque(tag);
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|one| one.trim() == "*" || opaque(one) == tag))
}

/// What every answer carries.
///
/// Cacheable pages hold no nonce (a nonce that everybody shares protects nobody), so scripts and styles come from files
/// of ours alone.
pub fn add_security_headers(headers: &mut HeaderMap) {
    const ALWAYS: [(&str, &str); 6] = [
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; require-trusted-types-for 'script'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
    ];
    for (name, value) in ALWAYS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
}

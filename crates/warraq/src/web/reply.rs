//! What do we say, and how long may it be kept? Intent here, header names in one table.

use std::fs::File;
use std::hash::BuildHasher as _;
use std::sync::Arc;

use bytes::Bytes;
use foldhash::quality::FixedState;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::{Either, Full};

use super::encoding::{Encoding, is_text};
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

    /// An empty page, where nobody reads more than the status.
    #[must_use]
    pub fn nothing() -> Self {
        Self::document(HTML, String::new())
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

    /// Where it sends the reader.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        let found = self.headers.iter().find(|(name, _)| *name == header::LOCATION)?;
        found.1.to_str().ok()
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

    /// Decide everything but which of it the asker has already.
    #[must_use]
    pub fn ready(self, encoding: Encoding) -> Ready {
        let (encoding, body) =
            if self.file.is_some() { (Encoding::Identity, self.body) } else { encoding.apply(self.mime, self.body) };
        let mut headers = HeaderMap::with_capacity(HEADERS);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.mime));
        headers.insert(header::CACHE_CONTROL, self.policy.header());
        if self.file.is_none() && is_text(self.mime) {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(token) = encoding.token() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(token));
        }
        if self.status == StatusCode::OK && self.policy == CachePolicy::Revalidate {
            headers.extend(entity_tag(&body).map(|tag| (header::ETAG, tag)));
        }
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        add_security_headers(&mut headers);
        Ready { status: self.status, headers, body, file: self.file }
    }
}

/// An answer as it goes out to everybody who asks the same.
#[derive(Debug)]
pub struct Ready {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    file: Option<StoredFile>,
}

impl Ready {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Bytes that it takes, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.body.len() + self.headers.capacity() * 96
    }

    /// Write it as HTTP: `304` where the asker has it already, no body for `HEAD`, a part of a file where that is asked
    /// for.
    #[must_use]
    pub fn answer(&self, method: &Method, asked: &HeaderMap) -> Response<Body> {
        if let Some(file) = &self.file {
            return self.part_of(file, method, asked);
        }
        let unchanged = self.headers.get(header::ETAG).is_some_and(|tag| has_it(asked, tag));
        let mut headers = self.headers.clone();
        let (status, body) = if unchanged {
            headers.remove(header::CONTENT_TYPE);
            headers.remove(header::CONTENT_ENCODING);
            (StatusCode::NOT_MODIFIED, Bytes::new())
        } else if method == Method::HEAD {
            headers.insert(header::CONTENT_LENGTH, self.body.len().into());
            (self.status, Bytes::new())
        } else {
            (self.status, self.body.clone())
        };
        respond(status, headers, Either::Left(Full::new(body)))
    }

    fn part_of(&self, stored: &StoredFile, method: &Method, asked: &HeaderMap) -> Response<Body> {
        let mut headers = self.headers.clone();
        let nothing = || Either::Left(Full::default());
        let range = |text: String| HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("bytes */*"));
        let (status, part) = match wanted(asked, &stored.tag, stored.bytes) {
            Wanted::Whole => (self.status, 0..stored.bytes),
            Wanted::Part(part) => {
                let says = format!("bytes {}-{}/{}", part.start, part.end - 1, stored.bytes);
                headers.insert(header::CONTENT_RANGE, range(says));
                (StatusCode::PARTIAL_CONTENT, part)
            }
            Wanted::Beyond => {
                headers.insert(header::CONTENT_RANGE, range(format!("bytes */{}", stored.bytes)));
                headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
                return respond(StatusCode::RANGE_NOT_SATISFIABLE, headers, nothing());
            }
        };
        if method == Method::HEAD {
            headers.insert(header::CONTENT_LENGTH, (part.end - part.start).into());
            return respond(status, headers, nothing());
        }
        match stored.file.try_clone().and_then(|file| FileBody::new(file, &part)) {
            Ok(body) => respond(status, headers, Either::Right(body)),
            Err(error) => {
                tracing::error!(%error, "a file could not be read");
                headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
                respond(StatusCode::INTERNAL_SERVER_ERROR, headers, nothing())
            }
        }
    }
}

fn respond(status: StatusCode, headers: HeaderMap, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Strong (RFC 9110, 8.8.1): it names these bytes, and another form of the page has another one. It need not withstand
/// an enemy, who would gain nothing but an old copy of a page; a cryptographic hash took a twentieth of a page's time.
fn entity_tag(body: &[u8]) -> Option<HeaderValue> {
    let half = |seed| FixedState::with_seed(seed).hash_one(body);
    HeaderValue::try_from(format!("\"{:016x}{:016x}\"", half(1), half(2))).ok()
}

/// `If-None-Match`: a list of tags or `*`, compared without regard to strength (RFC 9110, 13.1.2).
fn has_it(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    fn opaque(tag: &[u8]) -> &[u8] {
        let tag = tag.trim_ascii();
        tag.strip_prefix(b"W/").unwrap_or(tag)
    }
    let values = asked.get_all(header::IF_NONE_MATCH).iter().map(HeaderValue::as_bytes);
    let mut tags = values.flat_map(|value| value.split(|byte| *byte == b','));
    tags.any(|one| one.trim_ascii() == b"*" || opaque(one) == opaque(tag.as_bytes()))
}

/// What every answer carries.
///
/// Cacheable pages hold no nonce (a nonce that everybody shares protects nobody), so scripts and styles come from files
/// of ours alone.
fn add_security_headers(headers: &mut HeaderMap) {
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

//! What do we say, and how long may it be kept? Intent here, header names in one table.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::Full;

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
}

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
        Self { status, mime, body, policy, headers: Vec::new() }
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
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// Write it as HTTP: `304` where the asker has it already, no body for `HEAD`.
    #[must_use]
    pub fn into_response(self, method: &Method, asked: &HeaderMap) -> Response<Full<Bytes>> {
        let tag =
            (self.status == StatusCode::OK && self.policy == CachePolicy::Revalidate).then(|| entity_tag(&self.body));
        let unchanged = tag.as_deref().is_some_and(|tag| has_it(asked, tag));
        let mut response =
            Response::new(Full::new(if unchanged || method == Method::HEAD { Bytes::new() } else { self.body }));
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
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; \
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

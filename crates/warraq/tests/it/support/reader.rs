//! What does a reader do? Opens addresses, follows links, sends a comment.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use dom_query::Document;
use http::{HeaderMap, Method, Request};
use http_body_util::{BodyExt as _, Full};
use warraq::web::{Web, routes};

/// Somebody with a browser, without cookies.
#[derive(Clone)]
pub(crate) struct Reader {
    web: Arc<Web>,
    /// The same publication, where nothing is kept.
    forgetful: Option<Arc<Web>>,
    from: SocketAddr,
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

/// What every answer must carry.
const ALWAYS: [&str; 6] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "x-frame-options",
    "permissions-policy",
];

impl Reader {
    pub(crate) fn new(web: Arc<Web>, from: SocketAddr) -> Self {
        Self { web, forgetful: None, from }
    }

    /// Whatever this reader opens is compared with what a server says that keeps nothing.
    pub(crate) fn compared_with(self, forgetful: Arc<Web>) -> Self {
        Self { forgetful: Some(forgetful), ..self }
    }

    /// Open an address.
    pub(crate) async fn reads(&self, path: &str) -> Page {
        self.asks("GET", path, &[], "").await
    }

    /// Open an address with further headers.
    pub(crate) async fn reads_with(&self, path: &str, headers: &[(&str, &str)]) -> Page {
        self.asks("GET", path, headers, "").await
    }

    /// Send a form from a page of ours, as a browser does.
    pub(crate) async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.asks("POST", path, &headers, &form.finish()).await
    }

    /// Comment on the article at `path`.
    pub(crate) async fn comments(&self, path: &str, author: &str, email: &str, text: &str) -> Page {
        self.sends(&format!("{path}comments"), &[("author", author), ("email", email), ("comment", text)]).await
    }

    /// Any request.
    pub(crate) async fn asks(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        let page = self.asks_of(&self.web, method, path, headers, body.as_bytes()).await;
        // A search that finds nothing is written down, the newsroom is nobody else's; time-bound answers are not compared.
        let is_a_page =
            method == "GET" && !["/search", "/news-sitemap", "/newsroom"].iter().any(|place| path.starts_with(place));
        if let Some(forgetful) = self.forgetful.as_ref().filter(|_| is_a_page) {
            let fresh = self.asks_of(forgetful, method, path, headers, body.as_bytes()).await;
            // A server that keeps nothing cannot speak for a database that is away.
            if fresh.status != 503 {
                assert_eq!(page.status, fresh.status, "{path} is kept although it has changed");
                assert_eq!(page.headers, fresh.headers, "{path} is kept although it has changed");
                assert!(page.bytes == fresh.bytes, "{path} is kept although it has changed");
            }
            if headers.is_empty() && fresh.status < 500 {
                let status = routes::status(forgetful, path).await.as_u16();
                assert_eq!(status, fresh.status, "{path}: asked for the status alone");
            }
        }
        page
    }

    /// Send whatever bytes there are.
    pub(crate) async fn posts(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Page {
        self.asks_of(&self.web, "POST", path, headers, body).await
    }

    async fn asks_of(&self, web: &Arc<Web>, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Page {
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).expect("a method")).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body))).expect("a request");
        let response = routes::serve(web, self.from, request).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        for name in ALWAYS {
            assert!(parts.headers.contains_key(name), "{method} {path} came without {name}");
        }
        Page { path: path.to_owned(), status: parts.status.as_u16(), headers: parts.headers, bytes }
    }
}

impl Page {
    /// The body as text.
    pub(crate) fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("UTF-8")
    }

    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a text"))
    }

    /// Where it sends the reader.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The words of the first element that fits.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.all(selector).into_iter().next().unwrap_or_default()
    }

    /// The words of every element that fits, in the order of the page.
    pub(crate) fn all(&self, selector: &str) -> Vec<String> {
        let document = Document::from(self.body());
        document.select(selector).iter().map(|found| squeeze(&found.text())).collect()
    }

    /// An attribute of the first element that fits.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> String {
        self.attributes(selector, name).into_iter().next().unwrap_or_default()
    }

    /// An attribute of every element that fits.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let document = Document::from(self.body());
        document.select(selector).iter().filter_map(|found| found.attr(name).map(|value| value.to_string())).collect()
    }

    /// How many elements fit.
    pub(crate) fn count(&self, selector: &str) -> usize {
        Document::from(self.body()).select(selector).length()
    }

    /// The page, which must be one.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}: {}", self.path, self.body());
        self
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.body());
        self
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

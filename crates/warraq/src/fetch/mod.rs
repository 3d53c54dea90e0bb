//! What do other machines say, and may we ask them? The one way out to the network.
//!
//! Only `http` and `https`, without credentials, to the open internet: see `address.rs` and `connection.rs`. Redirects are
//! followed by hand, each judged as the first address was. Sizes are counted while bytes come in, whatever the head of
//! the answer promises, packed ones while they are unpacked.

mod address;
mod connection;
mod error;
mod manners;
mod names;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Empty};
use tokio::time::timeout;
use url::Url;

pub use address::Network;
pub use error::{FetchError, Told};

use connection::{Dialler, Exchange, broken};
use manners::Manners;
use names::Names;

/// How often we are sent on.
const REDIRECTS: usize = 5;
/// The most that a page or feed has, unpacked.
pub const MAX_PAGE: u64 = 8 * 1024 * 1024;
/// The most that a picture, recording or document has.
pub const MAX_FILE: u64 = 100 * 1024 * 1024;
/// Until a host begins to answer, from when it is our turn there; then for the whole of a page, or for the longest silence
/// within a file.
const PATIENCE: u32 = 20;
/// For the whole of a file, from its beginning.
const LONG_PATIENCE: u32 = 600;
/// Until it is our turn at a host. Others of ours are asking it, two at a time, a file of each at the longest.
const TURN: u32 = 1_800;
/// How often a file is asked for before we give up for today.
const TRIES: u32 = 3;
/// The longest wait that a host may ask of us.
const LONGEST_WAIT: u32 = 30;

/// The settings of the way out, `[fetch]` in `warraq.toml`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FetchConfig {
    /// Addresses that may be asked although they are not on the open internet.
    pub allow: Vec<Network>,
    /// How long a place at a host stays empty after each request, in milliseconds.
    pub pause: u64,
}

impl Default for FetchConfig {
    fn default() -> Self {
        Self { allow: Vec::new(), pause: 100 }
    }
}

/// The one that asks. Clones share their manners.
#[derive(Clone)]
pub struct Fetcher(Arc<Inner>);

struct Inner {
    dialler: Dialler,
    manners: Manners,
    agent: HeaderValue,
    /// All waits are counted in these; a test has shorter ones.
    second: Duration,
}

/// What a host told of a page, so that it can say «nothing new» next time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// `ETag`, or empty.
    pub tag: String,
    /// `Last-Modified`, or empty.
    pub modified: String,
}

/// A page, or the word that it is what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// As when [`Known`] was told.
    Unchanged,
    /// It says this now.
    Says {
        /// Where it was found at last.
        url: String,
        /// Its bytes, unpacked.
        bytes: Vec<u8>,
        /// What to ask with next time.
        known: Known,
    },
}

impl Fetcher {
    /// `site` is the address of the publication: hosts may want to know who asks.
    #[must_use]
    pub fn new(config: &FetchConfig, site: &str) -> Self {
        Self::with_names(config, site, Names::System, Duration::from_secs(1))
    }

    fn with_names(config: &FetchConfig, site: &str, names: Names, second: Duration) -> Self {
        Self::with_dialler(config, site, Dialler::new(names, config.allow.clone()), second)
    }

    fn with_dialler(config: &FetchConfig, site: &str, dialler: Dialler, second: Duration) -> Self {
        let agent = format!("Warraq/{} (+{site})", env!("CARGO_PKG_VERSION"));
        Self(Arc::new(Inner {
            dialler,
            manners: Manners::new(Duration::from_millis(config.pause)),
            agent: HeaderValue::from_str(&agent).unwrap_or(HeaderValue::from_static("Warraq")),
            second,
        }))
    }

    /// A page or feed, at most [`MAX_PAGE`] bytes, within twenty seconds of its beginning.
    ///
    /// # Errors
    /// Why it did not come.
    pub async fn page(&self, url: &str, known: &Known) -> Result<Page, FetchError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        put(&mut headers, header::IF_NONE_MATCH, &known.tag);
        put(&mut headers, header::IF_MODIFIED_SINCE, &known.modified);
        let (url, mut exchange) = self.follow(url, &headers).await?;
        match exchange.answer.status() {
            StatusCode::NOT_MODIFIED => return Ok(Page::Unchanged),
            StatusCode::OK => {}
            status => return Err(refused(&url, status, exchange.answer.headers())),
        }
        let told = exchange.answer.headers();
        let known = Known { tag: text(told, &header::ETAG), modified: text(told, &header::LAST_MODIFIED) };
        let too_slow = |_| Err(FetchError::TooSlow { url: (&url).into() });
        let all = self.unpacked(&url, &mut exchange);
        let bytes = timeout(self.0.second * PATIENCE, all).await.unwrap_or_else(too_slow)?;
        Ok(Page::Says { url: url.to_string(), bytes, known })
    }

    /// All bytes of a page.
    async fn unpacked(&self, url: &Url, exchange: &mut Exchange) -> Result<Vec<u8>, FetchError> {
        // What goes wrong with a page that is kept in memory is its own fault.
        let unwritten = |error: &std::io::Error| broken(url, error);
        match text(exchange.answer.headers(), &header::CONTENT_ENCODING).to_ascii_lowercase().as_str() {
            "" | "identity" => {
                let mut sink = Bounded { to: Vec::new(), left: MAX_PAGE };
                self.pour(url, exchange, &mut sink, MAX_PAGE, unwritten).await?;
                Ok(sink.to)
            }
            "gzip" | "x-gzip" => {
                let mut unpacking = MultiGzDecoder::new(Bounded { to: Vec::new(), left: MAX_PAGE });
                self.pour(url, exchange, &mut unpacking, MAX_PAGE, unwritten).await?;
                Ok(unpacking.finish().map_err(|error| sunk(url, &error, MAX_PAGE, unwritten))?.to)
            }
            _ => Err(broken(url, &"it is packed in a way that was not asked for")),
        }
    }

    /// A file, at most [`MAX_FILE`] bytes, into a file here. What came of it stays when the line breaks; the next call
    /// with the same `into` goes on from there, if the host knows how and it is still the same file.
    ///
    /// # Errors
    /// Why it did not come.
    pub async fn file(&self, url: &str, into: &Path) -> Result<(), FetchError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let Err((failure, wait)) = self.some_of_file(url, into).await else { return Ok(()) };
            let wait = wait.unwrap_or(1 << tries);
            if tries == TRIES || wait > LONGEST_WAIT || !failure.may_pass() {
                return Err(failure);
            }
            tokio::time::sleep(self.0.second * wait).await;
        }
    }

    /// One try; with how many seconds the host would like us to wait.
    async fn some_of_file(&self, url: &str, into: &Path) -> Result<(), (FetchError, Option<u32>)> {
        let partial = Partial::at(into);
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some((bytes, validator)) = partial.begun() {
            put(&mut headers, header::RANGE, &format!("bytes={bytes}-"));
            put(&mut headers, header::IF_RANGE, &validator);
        }
        let (url, mut exchange) = self.follow(url, &headers).await.map_err(|error| (error, None))?;
        let told = exchange.answer.headers();
        let (from, whole) = match exchange.answer.status() {
            StatusCode::OK => (0, None),
            StatusCode::PARTIAL_CONTENT => match (partial.begun(), range(told)) {
                (Some((bytes, _)), Some((begins, whole))) if bytes == begins => (bytes, Some(whole)),
                _ => {
                    partial.forget();
                    return Err((broken(&url, &"it answers with another part than was asked for"), None));
                }
            },
            status => {
                if status == StatusCode::RANGE_NOT_SATISFIABLE {
                    partial.forget();
                }
                let failure = refused(&url, status, told);
                let wait = failure.wait();
                return Err((failure, wait));
            }
        };
        if !matches!(text(told, &header::CONTENT_ENCODING).as_str(), "" | "identity") {
            return Err((broken(&url, &"it is packed in a way that was not asked for"), None));
        }
        let mut file = partial.open(from, told).map_err(|error| (error, None))?;
        let mut sink = Bounded { to: &mut file, left: MAX_FILE.saturating_sub(from) };
        let poured = self.pour(&url, &mut exchange, &mut sink, MAX_FILE, |error| partial.unwritten(error));
        let poured = timeout(self.0.second * LONG_PATIENCE, poured).await;
        let came = from + (MAX_FILE.saturating_sub(from) - sink.left);
        let error = match poured {
            // A part may end before the file does.
            Ok(Ok(())) if whole.is_none_or(|whole| whole == came) => {
                partial.is_whole();
                return Ok(());
            }
            Ok(Ok(())) => broken(&url, &"it broke off before its end"),
            Ok(Err(error)) => error,
            Err(_) => FetchError::TooSlow { url: (&url).into() },
        };
        let is_another = whole.is_some_and(|whole| came > whole);
        if is_another || matches!(error, FetchError::TooLarge { .. }) {
            partial.forget();
        }
        Err((error, None))
    }

    /// Ask, and go where we are sent.
    async fn follow(&self, address: &str, headers: &HeaderMap) -> Result<(Url, Exchange), FetchError> {
        let mut url = judge(address, None)?;
        for _ in 0..=REDIRECTS {
            let exchange = self.ask(&url, headers).await?;
            let status = exchange.answer.status();
            if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok((url, exchange));
            }
            url = judge(&text(exchange.answer.headers(), &header::LOCATION), Some(&url))?;
        }
        Err(FetchError::Address { url: address.into(), reason: "we were sent on more than five times" })
    }

    async fn ask(&self, url: &Url, headers: &HeaderMap) -> Result<Exchange, FetchError> {
        let host = url.host_str().unwrap_or_default();
        let turn = timeout(self.0.second * TURN, self.0.manners.turn(host)).await;
        let turn = turn.map_err(|_| FetchError::NoTurn { host: host.to_owned() })?;
        let place = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let mut request = Request::get(place).body(Empty::<Bytes>::new()).map_err(|error| broken(url, &error))?;
        headers.clone_into(request.headers_mut());
        put(request.headers_mut(), header::HOST, &url[url::Position::BeforeHost..url::Position::AfterPort]);
        request.headers_mut().insert(header::USER_AGENT, self.0.agent.clone());
        request.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        let asked = timeout(self.0.second * PATIENCE, self.0.dialler.ask(url, request)).await;
        let mut exchange = asked.map_err(|_| FetchError::TooSlow { url: url.into() })??;
        exchange.turn = Some(turn);
        Ok(exchange)
    }

    /// Everything that comes, into a sink that knows how much it takes.
    async fn pour(
        &self,
        url: &Url,
        exchange: &mut Exchange,
        sink: &mut impl Write,
        most: u64,
        unwritten: impl Fn(&std::io::Error) -> FetchError,
    ) -> Result<(), FetchError> {
        loop {
            let frame = match timeout(self.0.second * PATIENCE, exchange.answer.frame()).await {
                Err(_) => return Err(FetchError::TooSlow { url: url.into() }),
                Ok(None) => return Ok(()),
                Ok(Some(frame)) => frame.map_err(|error| broken(url, &error))?,
            };
            if let Some(bytes) = frame.data_ref() {
                sink.write_all(bytes).map_err(|error| sunk(url, &error, most, &unwritten))?;
            }
        }
    }
}

/// An address that we ask: `http` or `https`, with a host and without credentials. One without a scheme belongs to the
/// page that named it.
fn judge(address: &str, from: Option<&Url>) -> Result<Url, FetchError> {
    let wrong = |reason| FetchError::Address { url: address.into(), reason };
    let parsed = from.map_or_else(|| Url::parse(address), |from| from.join(address));
    let mut url = parsed.map_err(|_| wrong("it is no address"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("only http and https are asked"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("a name and password do not belong in an address"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("it names no host"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// A sink with an end.
struct Bounded<W> {
    to: W,
    left: u64,
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() as u64 > self.left {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let written = self.to.write(bytes)?;
        self.left -= written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

/// Why a sink took nothing more: it was full as agreed, or something else.
fn sunk(url: &Url, error: &std::io::Error, most: u64, unwritten: impl Fn(&std::io::Error) -> FetchError) -> FetchError {
    match error.kind() {
        std::io::ErrorKind::FileTooLarge => FetchError::TooLarge { url: url.into(), most },
        _ => unwritten(error),
    }
}

fn refused(url: &Url, status: StatusCode, told: &HeaderMap) -> FetchError {
    FetchError::Status { url: url.into(), status: status.as_u16(), wait: wait(told) }
}

/// For how many seconds a host asks us to stay away (RFC 9110, 10.2.3). Where it names a date, its own clock counts: `Date`
/// says what that shows.
fn wait(told: &HeaderMap) -> Option<u32> {
    let asked = text(told, &header::RETRY_AFTER);
    let date = |text: &str| Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp());
    match asked.parse() {
        Ok(seconds) => Some(seconds),
        Err(_) => u32::try_from((date(&asked)? - date(&text(told, &header::DATE))?).get_seconds()).ok(),
    }
}

/// A header that can be written; an empty one says nothing.
fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value)
        && !value.is_empty()
    {
        headers.insert(name, value);
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().trim().to_owned()
}

/// Where the part that comes begins, and the size of the whole: `bytes 100-199/200`. A host that does not say how large the
/// whole is leaves us without a way to know that we have it.
fn range(headers: &HeaderMap) -> Option<(u64, u64)> {
    let range = text(headers, &header::CONTENT_RANGE);
    let (part, whole) = range.strip_prefix("bytes ")?.split_once('/')?;
    Some((part.split('-').next()?.trim().parse().ok()?, whole.trim().parse().ok()?))
}

/// A file that may be there in part. Beside it lies by what its host knows it.
struct Partial {
    file: PathBuf,
    validator: PathBuf,
}

impl Partial {
    fn at(file: &Path) -> Self {
        Self { file: file.to_owned(), validator: file.with_extension("known") }
    }

    /// How much is there, and of what; nothing, if the host gave no word by which it could be told from another.
    fn begun(&self) -> Option<(u64, String)> {
        let bytes = fs::metadata(&self.file).ok()?.len();
        let validator = fs::read_to_string(&self.validator).ok()?;
        (bytes > 0 && bytes < MAX_FILE && !validator.is_empty()).then_some((bytes, validator))
    }

    /// The file, to be written from `from`.
    fn open(&self, from: u64, told: &HeaderMap) -> Result<File, FetchError> {
        let disk = |path: &Path| {
            let path = path.display().to_string();
            move |source| FetchError::Disk { path, source }
        };
        if from > 0 {
            return File::options().append(true).open(&self.file).map_err(disk(&self.file));
        }
        let file = File::create(&self.file).map_err(disk(&self.file))?;
        // A weak tag says that two files mean the same, not that they are the same bytes.
        let tag = text(told, &header::ETAG);
        let validator = if tag.is_empty() || tag.starts_with("W/") { text(told, &header::LAST_MODIFIED) } else { tag };
        fs::write(&self.validator, validator).map_err(disk(&self.validator))?;
        Ok(file)
    }

    fn unwritten(&self, error: &std::io::Error) -> FetchError {
        // The kind is what others decide by; it cannot be taken out of a borrowed error otherwise.
        let source = std::io::Error::new(error.kind(), error.to_string());
        FetchError::Disk { path: self.file.display().to_string(), source }
    }

    fn is_whole(&self) {
        // Best effort: the next file of this name begins anew anyway.
        let _ = fs::remove_file(&self.validator);
    }

    fn forget(&self) {
        let _ = fs::remove_file(&self.file);
        let _ = fs::remove_file(&self.validator);
    }
}

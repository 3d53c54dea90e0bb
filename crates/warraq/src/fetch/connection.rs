//! How do we get to the machine that was judged, and to no other?
//!
//! The name is looked up here, once, each address is judged, and the socket is opened to the very address that passed:
//! a name server that answers otherwise a moment later is not asked again.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::{Host, Url};

use super::address::is_permitted;
use super::names::Names;
use super::{FetchError, Network};

/// For one address of a host; there may be several.
const CONNECT: Duration = Duration::from_secs(5);
/// What the head of an answer may measure.
const HEAD: usize = 64 * 1024;

/// What is needed to connect.
pub(super) struct Dialler {
    pub(super) names: Names,
    pub(super) allowed: Vec<Network>,
    tls: TlsConnector,
}

/// A request under way; the connection lives as long as this does.
pub(super) struct Exchange {
    pub(super) answer: Response<Incoming>,
    /// Held until the answer is read: the host has us as one guest.
    pub(super) turn: Option<super::manners::Turn>,
    _connection: Line,
}

struct Line(tokio::task::JoinHandle<()>);

impl Drop for Line {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Dialler {
    pub(super) fn new(names: Names, allowed: Vec<Network>) -> Self {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::trusting(roots, names, allowed)
    }

    pub(super) fn trusting(roots: RootCertStore, names: Names, allowed: Vec<Network>) -> Self {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(tokio_rustls::rustls::DEFAULT_VERSIONS)
            .expect("ring knows the versions that rustls chooses by default")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { names, allowed, tls: TlsConnector::from(Arc::new(config)) }
    }

    /// Ask one machine one thing.
    pub(super) async fn ask(&self, url: &Url, request: Request<Empty<Bytes>>) -> Result<Exchange, FetchError> {
        let stream = self.connect(url).await?;
        if url.scheme() == "https" {
            let name = server_name(url).ok_or_else(|| broken(url, &"its name fits no certificate"))?;
            let stream = self.tls.connect(name, stream).await.map_err(|error| broken(url, &error))?;
            send(url, stream, request).await
        } else {
            send(url, stream, request).await
        }
    }

    async fn connect(&self, url: &Url) -> Result<TcpStream, FetchError> {
        let port = url.port_or_known_default().unwrap_or(80);
        let host = url.host_str().unwrap_or_default().to_owned();
        let addresses: Vec<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            Some(Host::Domain(name)) => self.names.look_up(name, port).await.unwrap_or_default(),
            None => Vec::new(),
        };
        let Some(first) = addresses.first().copied() else { return Err(FetchError::Unknown { host }) };
        let permitted: Vec<IpAddr> =
            addresses.into_iter().filter(|address| is_permitted(*address, port, &self.allowed)).collect();
        let mut failure = FetchError::Forbidden { host, address: first, port };
        for address in permitted {
            match timeout(CONNECT, TcpStream::connect(SocketAddr::new(address, port))).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => failure = broken(url, &error),
                Err(_) => failure = FetchError::TooSlow { url: url.into() },
            }
        }
        Err(failure)
    }
}

async fn send<S>(url: &Url, stream: S, request: Request<Empty<Bytes>>) -> Result<Exchange, FetchError>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| broken(url, &error))?;
    let line = Line(tokio::spawn(async move {
        // What goes wrong is told to whoever reads the answer.
        let _ = connection.await;
    }));
    let answer = sender.send_request(request).await.map_err(|error| broken(url, &error))?;
    Ok(Exchange { answer, turn: None, _connection: line })
}

fn server_name(url: &Url) -> Option<ServerName<'static>> {
    match url.host()? {
        Host::Domain(name) => ServerName::try_from(name.to_owned()).ok(),
        Host::Ipv4(address) => Some(IpAddr::from(address).into()),
        Host::Ipv6(address) => Some(IpAddr::from(address).into()),
    }
}

pub(super) fn broken(url: &Url, error: &dyn std::fmt::Display) -> FetchError {
    FetchError::Broken { url: url.into(), detail: error.to_string() }
}

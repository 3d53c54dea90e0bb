//! How do requests come in? Our own accept loop, with the timers and caps that a public server needs.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use super::newsroom::Room;
use super::patience::Patient;
use super::reply::Body;
use super::{Web, routes};

/// A header that is not complete after this long ends the connection.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// A request that is not answered after this long, slow body included, ends the connection.
const REQUEST_TIME: Duration = Duration::from_secs(60);
/// The same where files are sent, by somebody who is signed in: whoever is not is told so before the body is read.
const UPLOAD_TIME: Duration = Duration::from_secs(15 * 60);
/// Somebody who takes no byte of an answer for this long is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long requests at work may take when the server stops.
const FAREWELL: Duration = Duration::from_secs(20);
/// Open connections; further ones wait to be accepted.
const CONNECTIONS: usize = 16_384;

/// Serve until `stop` says so; then finish what is at work.
///
/// # Errors
/// None: a connection that cannot be accepted is logged, and the next one is.
pub async fn run(web: Arc<Web>, listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    while !*stop.borrow() {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file handles, most likely: others will close theirs.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Small answers should not wait for more to come.
        let _ = stream.set_nodelay(true);
        let web = Arc::clone(&web);
        let answer = service_fn(move |request: Request<Incoming>| {
            let web = Arc::clone(&web);
            async move { Ok::<_, Infallible>(in_time(&web, peer, request).await) }
        });
        let connection =
            graceful.watch(protocol().serve_connection(TokioIo::new(Patient::new(stream, PATIENCE)), answer));
        tokio::spawn(async move {
            // Whoever hangs up is not an error of ours.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => tracing::warn!("some requests took too long and were cut off"),
    }
}

/// HTTP/1.1 with our timers.
fn protocol() -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(64 * 1024);
    protocol
}

async fn in_time(web: &Arc<Web>, peer: SocketAddr, request: Request<Incoming>) -> Response<Body> {
    // Two ways to say how long a body is are one too many: a proxy may believe the other one (request smuggling).
    let headers = request.headers();
    if headers.contains_key(header::CONTENT_LENGTH) && headers.contains_key(header::TRANSFER_ENCODING) {
        return closing(http::StatusCode::BAD_REQUEST);
    }
    let takes_files = Room::of(request.uri().path()).is_some_and(|room| room.takes_files());
    let limit = if takes_files { UPLOAD_TIME } else { REQUEST_TIME };
    tokio::time::timeout(limit, routes::serve(web, peer, request))
        .await
        .unwrap_or_else(|_| closing(http::StatusCode::REQUEST_TIMEOUT))
}

fn closing(status: http::StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::Left(Full::default()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONNECTION, http::HeaderValue::from_static("close"));
    response
}

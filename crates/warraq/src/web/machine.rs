//! What do machines ask about ourselves? `/healthz`: the process answers. `/readyz`: the database answers too.

use http::StatusCode;

use super::Web;
use super::reply::{CachePolicy, Reply};
use crate::error::Error;

const TEXT: &str = "text/plain; charset=utf-8";

/// The process answers.
pub(super) fn health() -> Reply {
    Reply::new(StatusCode::OK, TEXT, "ok\n".into(), CachePolicy::Never)
}

/// The publication can be served from its database.
pub(super) async fn ready(web: &Web) -> Reply {
    let there = web.desk.store.read(|db| Ok::<_, Error>(crate::store::site::load(db)?.is_some())).await;
    match there {
        Ok(true) => Reply::new(StatusCode::OK, TEXT, "ready\n".into(), CachePolicy::Never),
        Ok(false) => {
            Reply::new(StatusCode::SERVICE_UNAVAILABLE, TEXT, "no publication yet\n".into(), CachePolicy::Never)
        }
        Err(_) => {
            Reply::new(StatusCode::SERVICE_UNAVAILABLE, TEXT, "the database is away\n".into(), CachePolicy::Never)
        }
    }
}

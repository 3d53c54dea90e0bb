//! Files: styles, scripts, fonts, pictures, a theme's own.

use bytes::Bytes;
use http::{HeaderName, StatusCode, header};

use crate::media::{MediaError, StoredName};
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::reply::{CachePolicy, Reply};
use crate::web::templates::assets;

/// `/assets/…`: built files whose names carry their hash.
pub(in crate::web) fn asset(path: &str) -> Result<Reply, WebError> {
    let asset = assets::get(path).ok_or(WebError::NotFound)?;
    let policy = if asset.immutable { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let bytes = match asset.bytes {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    };
    Ok(Reply::new(StatusCode::OK, asset.mime, bytes, policy))
}

/// `/theme/…`: the files of the site's theme.
pub(in crate::web) fn theme(web: &Web, path: &str) -> Result<Reply, WebError> {
    let folder = web.folder.theme().ok_or(WebError::NotFound)?;
    let asset = assets::of_theme(&folder, path).ok_or(WebError::NotFound)?;
    Ok(Reply::new(StatusCode::OK, asset.mime, asset.bytes.into_owned().into(), CachePolicy::Revalidate))
}

/// `/media/…`: pictures, under names made from their content. Nothing in them can run.
pub(in crate::web) async fn media(web: &Web, path: &str) -> Result<Reply, WebError> {
    let name = StoredName::parse(path).map_err(|_| WebError::NotFound)?;
    let folder = web.desk.media.clone();
    let mime = name.kind().mime();
    let bytes = tokio::task::spawn_blocking(move || folder.read(&name))
        .await
        .map_err(|error| WebError::Broken(error.to_string()))?;
    let bytes = bytes.map_err(|error| match error {
        MediaError::NotFound { .. } => WebError::NotFound,
        other => WebError::Broken(other.to_string()),
    })?;
    let reply = Reply::new(StatusCode::OK, mime, bytes.into(), CachePolicy::Immutable);
    Ok(reply
        .with(HeaderName::from_static("content-security-policy"), "default-src 'none'; sandbox")
        .with(header::ACCEPT_RANGES, "none"))
}

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

/// `/media/…`: pictures, recordings and documents, under names made from their content. Nothing in them can run.
pub(in crate::web) async fn media(web: &Web, path: &str) -> Result<Reply, WebError> {
    let name = StoredName::parse(path).map_err(|_| WebError::NotFound)?;
    let folder = web.desk.media.clone();
    let kind = name.kind();
    let tag = format!("\"{}\"", name.as_str());
    let read = tokio::task::spawn_blocking(move || {
        if kind.is_picture() {
            let bytes = folder.read(&name)?;
            return Ok(Reply::new(StatusCode::OK, kind.mime(), bytes.into(), CachePolicy::Immutable)
                .with(header::ACCEPT_RANGES, "none"));
        }
        let (file, bytes) = folder.open_file(&name)?;
        Ok(Reply::file(kind.mime(), file, bytes, &tag))
    });
    let reply = read.await.map_err(|error| WebError::Broken(error.to_string()))?;
    let reply = reply.map_err(|error: MediaError| match error {
        MediaError::NotFound { .. } => WebError::NotFound,
        other => WebError::Broken(other.to_string()),
    })?;
    let reply =
        reply.with(HeaderName::from_static("content-security-policy"), "default-src 'none'; media-src 'self'; sandbox");
    // Sound and film are played; what else is no picture is saved, and never opened as a page of this site.
    let is_shown = kind.is_picture() || kind.is_recording();
    Ok(if is_shown { reply } else { reply.with(header::CONTENT_DISPOSITION, "attachment") })
}

//! What does every template look like? `/dev/gallery`, for those who work on a theme; in development only.

use std::fmt::Write as _;

use bytes::Bytes;
use http::StatusCode;

use super::Web;
use super::error::WebError;
use super::interface::Digits;
use super::reply::{CachePolicy, HTML, Reply};
use super::views::samples;

/// The list of samples, or sample number `place`.
pub(super) fn show(web: &Web, place: Option<usize>) -> Result<Reply, WebError> {
    if !web.development {
        return Err(WebError::NotFound);
    }
    let samples = samples::all();
    let Some(place) = place else {
        let mut html = String::from(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Gallery</title><h1>Gallery</h1><ol start=\"0\">",
        );
        for (place, sample) in samples.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = write!(
                html,
                "<li><a href=\"/dev/gallery/{place}\">{} – {} ({})</a></li>",
                sample.template, sample.name, sample.lang
            );
        }
        html.push_str("</ol></html>");
        return Ok(uncached(html.into()));
    };
    let sample = samples.get(place).ok_or(WebError::NotFound)?;
    Ok(uncached(web.templates.render_sample(sample.template, sample.lang, Digits::Latn, &sample.value)?.into()))
}

fn uncached(html: Bytes) -> Reply {
    Reply::new(StatusCode::OK, HTML, html, CachePolicy::Never)
}

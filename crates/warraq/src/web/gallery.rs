//! What does every template look like? `/dev/gallery`, for those who work on a theme; in development only.

use std::fmt::Write as _;

use super::Web;
use super::error::WebError;
use super::interface::Digits;
use super::reply::{CachePolicy, Reply};
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
        return Ok(uncached(html));
    };
    let sample = samples.get(place).ok_or(WebError::NotFound)?;
    Ok(uncached(web.templates.render_sample(sample.template, sample.lang, Digits::Latn, &sample.value)?))
}

fn uncached(html: String) -> Reply {
    let mut reply = Reply::page(html);
    reply.policy = CachePolicy::Never;
    reply
}

//! What does a reader see of what is kept of them? By the link of a letter, and by nothing else.

use std::net::IpAddr;

use http::{StatusCode, header};

use crate::desk::comments;
use crate::identity::{PrivateEmail, Token};
use crate::news::comment::Status;
use crate::store::comments::Own;
use crate::web::dates;
use crate::web::error::{Said, WebError, message};
use crate::web::frame::Head;
use crate::web::making::Making;
use crate::web::reply::{CachePolicy, Reply};
use crate::web::views::{MessageKind, OwnComment, OwnPage};

/// Where it is asked for.
const PLACE: &str = "/your-comments";
/// Comments on the page, the newest; the file has all of them.
const SHOWN: usize = 200;

/// `GET /your-comments`
pub(in crate::web) async fn form(web: &Making<'_>) -> Result<Reply, WebError> {
    page(web, OwnState::Ask { email: String::new(), error: None }).await
}

/// `POST /your-comments`: the answer is the same for every address.
pub(in crate::web) async fn ask(web: &Making<'_>, body: &[u8], from: IpAddr) -> Result<Reply, WebError> {
    let email = field(body, "email")?;
    let error = if email.trim().is_empty() { "email-missing" } else { "email-invalid" };
    let Ok(address) = PrivateEmail::parse(&email) else {
        let mut reply = page(web, OwnState::Ask { email, error: Some(error) }).await?;
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(reply);
    };
    if !web.throttle.admits(from) {
        return Err(WebError::TooMany);
    }
    comments::ask_for_own(&web.desk, &address).await?;
    Ok(discreetly(message(web, MessageKind::OwnAsked, StatusCode::OK, Said::default(), false).await))
}

/// `GET /your-comments/…`
pub(in crate::web) async fn show(web: &Making<'_>, token: &str) -> Result<Reply, WebError> {
    match found(web, token).await? {
        Some(own) => page(web, OwnState::Found { token: token.to_owned(), own }).await,
        None => Ok(over(web).await),
    }
}

/// `GET /your-comments/…/comments.json`: all of it, for machines.
pub(in crate::web) async fn file(web: &Making<'_>, token: &str) -> Result<Reply, WebError> {
    let Some(own) = found(web, token).await? else { return Ok(over(web).await) };
    let line = |own: &Own| {
        serde_json::json!({
            "id": own.id.0,
            "article": own.article.0.0,
            "headline": own.article.1,
            "status": own.status.as_str(),
            "author": own.author,
            "url": own.url,
            "text": own.text,
            "date": own.at.to_string(),
            "has_network": own.has_network,
        })
    };
    let all: Vec<serde_json::Value> = own.iter().map(line).collect();
    let text = serde_json::to_string_pretty(&all).map_err(|error| WebError::Broken(error.to_string()))?;
    let reply = Reply::document("application/json; charset=utf-8", text);
    Ok(discreetly(reply.with(header::CONTENT_DISPOSITION, "attachment; filename=\"comments.json\"")))
}

/// `POST /your-comments/…`: forgotten, with what they wrote or without.
pub(in crate::web) async fn erase(web: &Making<'_>, token: &str, body: &[u8]) -> Result<Reply, WebError> {
    let texts = match field(body, "erase")?.as_str() {
        "name" => false,
        "texts" => true,
        _ => return Err(WebError::Invalid("erase".into())),
    };
    let Some(token) = Token::parse(token) else { return Ok(over(web).await) };
    match comments::erase_by_link(&web.desk, &token, texts).await? {
        Some(_) => {
            Ok(discreetly(message(web, MessageKind::OwnForgotten, StatusCode::OK, Said::default(), false).await))
        }
        None => Ok(over(web).await),
    }
}

async fn found(web: &Making<'_>, token: &str) -> Result<Option<Vec<Own>>, WebError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    Ok(comments::of_link(&web.desk, &token).await?)
}

/// The link is over, or was never one.
async fn over(web: &Making<'_>) -> Reply {
    let said = Said { back: Some(PLACE.into()), ..Said::default() };
    discreetly(message(web, MessageKind::OwnOver, StatusCode::GONE, said, false).await)
}

enum OwnState {
    Ask { email: String, error: Option<&'static str> },
    Found { token: String, own: Vec<Own> },
}

async fn page(web: &Making<'_>, state: OwnState) -> Result<Reply, WebError> {
    let frame = web.frame().await?;
    let language = frame.site.language.clone();
    let texts = web.texts(language.primary(), frame.digits());
    let head = Head { title: texts.text("own-title", &[]), robots: Some("noindex"), ..Head::default() };
    let layout = frame.layout(&language, head);
    let empty = OwnPage {
        layout,
        action: PLACE.into(),
        email: String::new(),
        error: None,
        file: None,
        total: 0,
        comments: Vec::new(),
    };
    let view = match state {
        OwnState::Ask { email, error } => OwnPage { email, error, ..empty },
        OwnState::Found { token, own } => {
            let action = format!("{PLACE}/{token}");
            let shown = |own: &Own| OwnComment {
                headline: own.article.1.clone(),
                // By number: whoever wrote it may want to see it in its place.
                href: (own.status == Status::Published).then(|| format!("/a/{}#comment-{}", own.article.0, own.id)),
                date: dates::moment(&frame.site, texts, own.at),
                author: own.author.clone(),
                text: own.text.clone(),
            };
            OwnPage {
                file: Some(format!("{action}/comments.json")),
                action,
                total: own.len() as i64,
                comments: own.iter().rev().take(SHOWN).map(shown).collect(),
                ..empty
            }
        }
    };
    Ok(discreetly(Reply::page(web.templates.render("own.html", language.as_str(), frame.digits(), &view)?)))
}

fn field(body: &[u8], wanted: &str) -> Result<String, WebError> {
    let text = std::str::from_utf8(body).map_err(|_| WebError::Invalid("the form is not UTF-8".into()))?;
    let mut fields = url::form_urlencoded::parse(text.as_bytes());
    Ok(fields.find(|(name, _)| name == wanted).map_or_else(String::new, |(_, value)| value.into_owned()))
}

/// Kept by nobody on the way, and its address is told to nobody.
fn discreetly(mut reply: Reply) -> Reply {
    reply.policy = CachePolicy::Never;
    reply.with(header::REFERRER_POLICY, "no-referrer")
}

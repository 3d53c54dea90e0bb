//! A reader answers.

use std::net::IpAddr;

use http::StatusCode;

use super::{article, cards};
use crate::desk::comments::{self as verbs, Outcome};
use crate::error::Error;
use crate::news::comment::{CommentFields, NewComment};
use crate::news::moderation::Reason;
use crate::news::permalink::Wanted;
use crate::news::{ArticleId, CommentId};
use crate::store::{articles, comments};
use crate::web::error::WebError;
use crate::web::making::Making;
use crate::web::reply::Reply;
use crate::web::urls::{Address, Part, decode, encode};
use crate::web::views::{CommentForm, FieldErrors};

/// `POST <article>comments`
pub(in crate::web) async fn post_to_article(
    web: &Making<'_>,
    path: &str,
    body: &[u8],
    from: IpAddr,
) -> Result<Reply, WebError> {
    let frame = web.frame().await?;
    let address = decode(path).and_then(|path| Address::read(&path, &frame.site.permalink));
    match address {
        Some(Address::Article(wanted, Part::Comments)) => {
            let id = article::resolve(web, wanted).await?;
            submit(web, id, &fields(body)?, from).await
        }
        Some(_) => Err(WebError::MethodNotAllowed("GET, HEAD")),
        None => Err(WebError::NotFound),
    }
}

/// `POST /wp-comments-post.php`, where the form names the article.
pub(in crate::web) async fn post_wordpress(web: &Making<'_>, body: &[u8], from: IpAddr) -> Result<Reply, WebError> {
    let fields = fields(body)?;
    let id = fields.comment_post_id.trim().parse().map_err(|_| WebError::Invalid("comment_post_ID".into()))?;
    let id = article::resolve(web, Wanted::Id(id)).await?;
    submit(web, id, &fields, from).await
}

fn fields(body: &[u8]) -> Result<CommentFields, WebError> {
    let text = std::str::from_utf8(body).map_err(|_| WebError::Invalid("the form is not UTF-8".into()))?;
    let mut fields = CommentFields::default();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let field = match &*name {
            "author" => &mut fields.author,
            "email" => &mut fields.email,
            "url" => &mut fields.url,
            "comment" => &mut fields.comment,
            "comment_parent" => &mut fields.comment_parent,
            "comment_post_ID" => &mut fields.comment_post_id,
            "website_confirm" => &mut fields.website_confirm,
            "seconds_open" => &mut fields.seconds_open,
            _ => continue,
        };
        *field = value.into_owned();
    }
    Ok(fields)
}

/// Whatever keeps us from taking a comment, its words go back to the reader.
async fn submit(web: &Making<'_>, id: ArticleId, fields: &CommentFields, from: IpAddr) -> Result<Reply, WebError> {
    take(web, id, fields, from).await.map_err(|why| WebError::NotTaken(Box::new(why), fields.comment.clone()))
}

async fn take(web: &Making<'_>, id: ArticleId, fields: &CommentFields, from: IpAddr) -> Result<Reply, WebError> {
    if !web.throttle.admits(from) {
        return Err(WebError::TooMany);
    }
    let new = match NewComment::parse(id, fields) {
        Ok(new) => new,
        Err(flaws) => {
            let errors = FieldErrors {
                author: flaws.author,
                email: flaws.email,
                url: flaws.url,
                comment: flaws.comment,
                form: None,
            };
            return again(web, id, fields, errors).await;
        }
    };
    match verbs::submit(&web.desk, new, from).await? {
        Outcome::Published(comment) => Ok(Reply::redirect(StatusCode::SEE_OTHER, &place_of(web, id, comment).await?)),
        Outcome::Held(_) => {
            let base = article::with_slash(&article::path_of(web, Wanted::Id(id.0)).await?);
            Ok(Reply::redirect(StatusCode::SEE_OTHER, &encode(&format!("{base}{}", Part::Waiting.suffix()))))
        }
        Outcome::Refused(reason) => {
            let errors = FieldErrors { form: Some(sentence(reason)), ..FieldErrors::default() };
            again(web, id, fields, errors).await
        }
    }
}

/// The page once more, with everything that was typed.
async fn again(
    web: &Making<'_>,
    id: ArticleId,
    fields: &CommentFields,
    errors: FieldErrors,
) -> Result<Reply, WebError> {
    let typed = fields.clone();
    article::with_form(web, id, move |form| CommentForm {
        parent: typed.comment_parent.trim().parse().ok().filter(|parent| *parent > 0),
        author: typed.author,
        email: typed.email,
        url: typed.url,
        comment: typed.comment,
        errors,
        ..form
    })
    .await
}

/// The address under which a published comment is seen.
async fn place_of(web: &Making<'_>, id: ArticleId, comment: CommentId) -> Result<String, WebError> {
    let found = web
        .view(move |db, frame| {
            let Some(summary) = articles::by_id(db, id)? else { return Ok(None) };
            let per_page = frame.site.settings.threads_per_page;
            let thread = comments::standing(db, comment)?.map_or(comment, |(_, _, thread)| thread);
            let page =
                if summary.comment_count <= per_page { 1 } else { article::page_of_thread(db, per_page, id, thread)? };
            let path = cards::path(&frame, &summary);
            let path = if page == 1 { path } else { format!("{}comment-page-{page}/", article::with_slash(&path)) };
            Ok::<_, Error>(Some(format!("{}#comment-{comment}", encode(&path))))
        })
        .await?;
    found.ok_or(WebError::NotFound)
}

/// What a reader is told when a comment is not taken.
fn sentence(reason: Reason) -> &'static str {
    match reason {
        Reason::Closed => "closed",
        Reason::TooFast | Reason::Throttled => "too-fast",
        Reason::Duplicate => "duplicate",
        _ => "refused",
    }
}

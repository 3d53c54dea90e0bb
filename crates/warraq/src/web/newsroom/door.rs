//! Who comes in? The page where one signs in, and the way out.

use http::request::Parts;
use http::{StatusCode, header};

use super::passkeys;
use super::places::{ROOT, Room, StaffRoom};
use super::refusal::Refusal;
use super::visit::{self, Fields, Visit, see, token};
use crate::desk::sessions::{self, SignIn};
use crate::web::reply::Reply;
use crate::web::views::newsroom::SignInPage;

/// `GET /newsroom/sign-in`
pub(super) fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    if visit.staff.is_some() {
        return Ok(see(within(query.one("next"))));
    }
    sign_in_page(visit, "", query.one("next"), None)
}

/// `POST /newsroom/sign-in`
pub(super) async fn sign_in(visit: &Visit<'_>, request: &Parts, fields: &Fields) -> Result<Reply, Refusal> {
    if !visit.web.sign_ins.throttle.admits(visit.from) {
        return Err(Refusal::TooMany);
    }
    // Hashing takes memory and time: a flood of attempts must not take them from readers.
    let Ok(_turn) = visit.web.sign_ins.turns.acquire().await else { return Err(Refusal::TooMany) };
    let (email, password) = (fields.one("email"), fields.one("password"));
    match sessions::sign_in(visit.desk(), email, password, agent(request)).await? {
        SignIn::Yes(token) => Ok(see(within(fields.one("next"))).with(header::SET_COOKIE, &visit::carry(&token))),
        SignIn::Half(token) => {
            let next = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("next", within(fields.one("next")))
                .finish();
            let code = Room::Staff(StaffRoom::Code).path();
            Ok(see(&format!("{code}?{next}")).with(header::SET_COOKIE, &visit::carry_half(Some(&token))))
        }
        SignIn::No => {
            let mut reply = sign_in_page(visit, email, fields.one("next"), Some("sign-in-failed"))?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(reply)
        }
    }
}

/// `POST /newsroom/sign-out`
pub(super) async fn sign_out(visit: &Visit<'_>, request: &Parts) -> Result<Reply, Refusal> {
    if let Some(token) = token(&request.headers) {
        sessions::sign_out(visit.desk(), &token).await?;
    }
    Ok(see(&Room::SignIn.path()).with(header::SET_COOKIE, &visit::drop_cookie()))
}

/// Whoever is not signed in and wants a page is asked to sign in, and then led to that page.
pub(super) fn first_sign_in(request: &Parts) -> Reply {
    let wanted = request.uri.path_and_query().map_or(ROOT, |wanted| wanted.as_str());
    let next = if request.method.is_safe() { wanted } else { ROOT };
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    see(&format!("{}?{query}", Room::SignIn.path()))
}

/// The page where one signs in. `failed` is the interface text that says why one is here again.
pub(super) fn sign_in_page(
    visit: &Visit<'_>,
    email: &str,
    next: &str,
    failed: Option<&'static str>,
) -> Result<Reply, Refusal> {
    let view = SignInPage {
        layout: visit.layout(&visit.says("sign-in"), ""),
        email: email.to_owned(),
        next: within(next).to_owned(),
        failed,
        passkeys: passkeys::site(visit).is_some(),
        in_the_clear: visit.frame.site.base_url.is_in_the_clear(),
    };
    visit.page("newsroom/sign_in.html", &view)
}

/// What the browser says it is.
pub(super) fn agent(request: &Parts) -> &str {
    request.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default()
}

/// Where to go after signing in: a place of the newsroom, and nowhere else, whatever the link said.
pub(super) fn within(next: &str) -> &str {
    let stays = next.starts_with(ROOT) && !next.contains(['\\', '\r', '\n']) && !next.contains("//");
    if stays { next } else { ROOT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_out_of_the_newsroom() {
        let check = |next: &str, to: &str| assert_eq!(within(next), to, "{next}");
        check("/newsroom/articles/12/?x=1", "/newsroom/articles/12/?x=1");
        check("https://evil.example/newsroom/", ROOT);
        check("//evil.example/newsroom/", ROOT);
        check("/newsroom//evil.example", ROOT);
        check("/newsroom/\\evil", ROOT);
        check("/", ROOT);
        check("", ROOT);
    }
}

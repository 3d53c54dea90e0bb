//! How does somebody come in who has no password, or whose password is not enough?

use http::request::Parts;
use http::{StatusCode, header};

use super::door::{agent, within};
use super::passkeys;
use super::places::{ROOT, Room, StaffRoom};
use super::refusal::{Refusal, flaw_key};
use super::visit::{self, Fields, Visit, see};
use crate::desk::factors::{self, Outcome};
use crate::desk::{invitations, passwords, sessions};
use crate::error::Error;
use crate::identity::{PrivateEmail, Token};
use crate::news::article::Flaw;
use crate::news::staff::Role;
use crate::web::reply::Reply;
use crate::web::views::newsroom::accounts::{ChoosePage, CodePage, ForgottenPage};

/// `GET /newsroom/sign-in/code`
pub(super) fn show_code(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    code_page(visit, query.one("next"), false)
}

/// `POST /newsroom/sign-in/code`
pub(super) async fn give_code(visit: &Visit<'_>, request: &Parts, fields: &Fields) -> Result<Reply, Refusal> {
    let again = || see(&Room::SignIn.path()).with(header::SET_COOKIE, &visit::carry_half(None));
    let Some(half) = visit::half_token(&request.headers) else { return Ok(again()) };
    if !visit.web.sign_ins.throttle.admits(visit.from) {
        return Err(Refusal::TooMany);
    }
    match factors::answer(visit.desk(), &half, fields.one("code")).await? {
        Outcome::Fits(user) => {
            let token = sessions::open(visit.desk(), user, agent(request)).await?;
            let reply = see(within(fields.one("next"))).with(header::SET_COOKIE, &visit::carry(&token));
            Ok(reply.with(header::SET_COOKIE, &visit::carry_half(None)))
        }
        Outcome::Wrong => Ok(refused(code_page(visit, fields.one("next"), true)?)),
        Outcome::Over => Ok(again()),
    }
}

fn code_page(visit: &Visit<'_>, next: &str, failed: bool) -> Result<Reply, Refusal> {
    let view = CodePage {
        layout: visit.layout(&visit.says("code-title"), ""),
        next: within(next).to_owned(),
        failed,
        passkeys: passkeys::site(visit).is_some(),
    };
    visit.page("newsroom/code.html", &view)
}

/// `GET /newsroom/password`
pub(super) fn show_forgotten(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    forgotten_page(visit, "", false, false)
}

/// `POST /newsroom/password`: the answer is the same for every address.
pub(super) async fn ask_for_password(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    if !visit.web.sign_ins.throttle.admits(visit.from) {
        return Err(Refusal::TooMany);
    }
    let typed = fields.one("email");
    match PrivateEmail::parse(typed) {
        Ok(email) => {
            passwords::ask(visit.desk(), &email).await?;
            forgotten_page(visit, "", true, false)
        }
        Err(_) => Ok(refused(forgotten_page(visit, typed, false, true)?)),
    }
}

fn forgotten_page(visit: &Visit<'_>, email: &str, sent: bool, failed: bool) -> Result<Reply, Refusal> {
    let layout = visit.layout(&visit.says("forgotten-title"), "");
    visit.page("newsroom/forgotten.html", &ForgottenPage { layout, email: email.to_owned(), sent, failed })
}

/// `GET /newsroom/password/TOKEN`. Opening it uses nothing up: programs that look at letters open links too.
pub(super) async fn show_new_password(visit: &Visit<'_>, token: &str) -> Result<Reply, Refusal> {
    let open = match Token::parse(token) {
        Some(token) => passwords::is_open(visit.desk(), &token).await?,
        None => false,
    };
    let room = StaffRoom::NewPassword(token.to_owned());
    if open { choose_page(visit, "password", Some(room), Asked::default(), &[]) } else { gone(visit, "password") }
}

/// `POST /newsroom/password/TOKEN`
pub(super) async fn choose_password(visit: &Visit<'_>, token: &str, fields: &Fields) -> Result<Reply, Refusal> {
    let room = StaffRoom::NewPassword(token.to_owned());
    let Some(token) = Token::parse(token) else { return gone(visit, "password") };
    let Ok(_turn) = visit.web.sign_ins.turns.acquire().await else { return Err(Refusal::TooMany) };
    match passwords::choose(visit.desk(), &token, fields.one("password")).await {
        Ok(_) => Ok(see(&Room::SignIn.path()).with(header::SET_COOKIE, &visit::drop_cookie())),
        Err(Error::NotFound(_)) => gone(visit, "password"),
        Err(Error::Invalid(flaws)) => {
            Ok(refused(choose_page(visit, "password", Some(room), Asked::default(), &flaws)?))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /newsroom/invitation/TOKEN`
pub(super) async fn show_invitation(visit: &Visit<'_>, token: &str) -> Result<Reply, Refusal> {
    let room = StaffRoom::Invitation(token.to_owned());
    let Some(token) = Token::parse(token) else { return gone(visit, "invitation") };
    match invitations::find(visit.desk(), &token).await {
        Ok(found) => {
            let asked = Asked { role: Some(found.role), name: Some(found.name), email: None };
            choose_page(visit, "invitation", Some(room), asked, &[])
        }
        Err(Error::NotFound(_)) => gone(visit, "invitation"),
        Err(error) => Err(error.into()),
    }
}

/// `POST /newsroom/invitation/TOKEN`
pub(super) async fn accept(visit: &Visit<'_>, token: &str, request: &Parts, fields: &Fields) -> Result<Reply, Refusal> {
    let room = StaffRoom::Invitation(token.to_owned());
    let Some(token) = Token::parse(token) else { return gone(visit, "invitation") };
    let Ok(_turn) = visit.web.sign_ins.turns.acquire().await else { return Err(Refusal::TooMany) };
    match invitations::accept(visit.desk(), &token, fields.one("name"), fields.one("password")).await {
        Ok(user) => welcome(visit, user, request).await,
        Err(Error::NotFound(_)) => gone(visit, "invitation"),
        Err(Error::Invalid(flaws)) => {
            let asked = Asked { role: None, name: Some(fields.one("name").to_owned()), email: None };
            Ok(refused(choose_page(visit, "invitation", Some(room), asked, &flaws)?))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /newsroom/setup/TOKEN`
pub(super) async fn show_set_up(visit: &Visit<'_>, token: &str) -> Result<Reply, Refusal> {
    let room = StaffRoom::SetUp(token.to_owned());
    let open = match Token::parse(token) {
        Some(token) => invitations::is_first(visit.desk(), &token).await?,
        None => false,
    };
    let asked = Asked { role: Some(Role::Owner), name: Some(String::new()), email: Some(String::new()) };
    if open { choose_page(visit, "setup", Some(room), asked, &[]) } else { gone(visit, "setup") }
}

/// `POST /newsroom/setup/TOKEN`
pub(super) async fn set_up(visit: &Visit<'_>, token: &str, request: &Parts, fields: &Fields) -> Result<Reply, Refusal> {
    let room = StaffRoom::SetUp(token.to_owned());
    let Some(token) = Token::parse(token) else { return gone(visit, "setup") };
    let (name, typed) = (fields.one("name"), fields.one("email"));
    let asked = || Asked { role: Some(Role::Owner), name: Some(name.to_owned()), email: Some(typed.to_owned()) };
    let Ok(email) = PrivateEmail::parse(typed) else {
        let flaw = Flaw { field: "email", reason: "not-an-address" };
        return Ok(refused(choose_page(visit, "setup", Some(room), asked(), &[flaw])?));
    };
    let Ok(_turn) = visit.web.sign_ins.turns.acquire().await else { return Err(Refusal::TooMany) };
    match invitations::set_up(visit.desk(), &token, email, name, fields.one("password")).await {
        Ok(user) => welcome(visit, user, request).await,
        Err(Error::NotFound(_)) => gone(visit, "setup"),
        Err(Error::Invalid(flaws)) => Ok(refused(choose_page(visit, "setup", Some(room), asked(), &flaws)?)),
        Err(error) => Err(error.into()),
    }
}

/// A new account is signed in at once.
async fn welcome(visit: &Visit<'_>, user: crate::news::UserId, request: &Parts) -> Result<Reply, Refusal> {
    let token = sessions::open(visit.desk(), user, agent(request)).await?;
    Ok(see(ROOT).with(header::SET_COOKIE, &visit::carry(&token)))
}

/// What is asked for beside the password, as it was typed.
#[derive(Default)]
struct Asked {
    role: Option<Role>,
    name: Option<String>,
    email: Option<String>,
}

/// The link is used up, too old or never was one.
fn gone(visit: &Visit<'_>, kind: &'static str) -> Result<Reply, Refusal> {
    let mut reply = choose_page(visit, kind, None, Asked::default(), &[])?;
    reply.status = StatusCode::NOT_FOUND;
    Ok(reply)
}

fn choose_page(
    visit: &Visit<'_>,
    kind: &'static str,
    room: Option<StaffRoom>,
    asked: Asked,
    flaws: &[Flaw],
) -> Result<Reply, Refusal> {
    let view = ChoosePage {
        layout: visit.layout(&visit.says(&format!("choose-{kind}-title")), ""),
        kind,
        action: room.map(|room| Room::Staff(room).path()),
        role: asked.role.map(Role::as_str),
        name: asked.name,
        email: asked.email,
        flaws: flaws.iter().map(|flaw| visit.says(&flaw_key(flaw))).collect(),
    };
    // The address of the page opens an account: no other site is told of it.
    Ok(visit.page("newsroom/choose.html", &view)?.with(header::REFERRER_POLICY, "no-referrer"))
}

fn refused(mut reply: Reply) -> Reply {
    reply.status = StatusCode::UNPROCESSABLE_ENTITY;
    reply
}

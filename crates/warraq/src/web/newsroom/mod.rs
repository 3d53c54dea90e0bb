//! What does the newsroom ask for? Pages for those who are signed in. Nothing of it is kept in the cache.
//!
//! A request passes the door in one place, here: where it comes from, who sends it, what its place asks for. What may be
//! done with a single article is decided by the verb that does it, within its transaction.

mod accounts;
mod audit;
mod calendar;
mod comments;
mod door;
mod front;
mod home;
mod menus;
mod own;
mod passkeys;
mod pictures;
mod places;
mod preview;
mod redirects;
mod refusal;
mod revisions;
mod sections;
mod settings;
mod stages;
mod stories;
mod story;
mod terms;
mod uploads;
mod visit;
mod ways;
mod wire;
mod wire_sources;

use std::net::IpAddr;

use bytes::Bytes;
use http::request::Parts;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Body;

pub use places::{Access, ROOT, Room, StaffRoom};

use super::Web;
use super::guard::is_from_here;
use super::making::Making;
use super::reply::Reply;
use crate::desk::sessions;
use crate::news::language::Language;
use refusal::Refusal;
use terms::{Kind, Term};
use visit::{Fields, Visit, token};

/// The longest form of somebody who is signed in, in bytes: an article of two million letters, each encoded as six.
const MAX_FORM: usize = 16 * 1024 * 1024;
/// The longest form at the door, where anybody may send one.
const MAX_DOOR_FORM: usize = 16 * 1024;

/// One request to a place of the newsroom, from the door to the answer. Cannot fail: what goes wrong becomes a page.
pub(super) async fn serve<B>(web: &Web, room: &Room, request: &Parts, body: B, from: IpAddr) -> Reply
where
    B: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
{
    let mut visit = match arrive(web, request, from).await {
        Ok(visit) => visit,
        Err(refusal) => return refusal.into_reply(None),
    };
    match pass(&mut visit, room, request, body).await {
        Ok(reply) => reply,
        Err(Refusal::SignedOut) if !visit.wants_json => door::first_sign_in(request),
        Err(Refusal::NeedsFactor) if !visit.wants_json => visit::see(&Room::Staff(StaffRoom::Own).path()),
        Err(refusal) => refusal.into_reply(Some(&visit)),
    }
}

/// Somebody comes; who it is, is not known yet.
async fn arrive<'a>(web: &'a Web, request: &Parts, from: IpAddr) -> Result<Visit<'a>, Refusal> {
    let frame = Making::new(web).frame().await?;
    let accepts = request.headers.get(http::header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = frame.interface_language(web, &frame.site.language).clone();
    Ok(Visit {
        web,
        staff: None,
        frame,
        language,
        wants_json: accepts.starts_with("application/json"),
        from,
        desk: web.desk.acting(None, from),
        session: None,
    })
}

/// Through the door, if this place lets them.
async fn pass<B>(visit: &mut Visit<'_>, room: &Room, request: &Parts, body: B) -> Result<Reply, Refusal>
where
    B: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
{
    let access = room.access(&request.method).ok_or(Refusal::Method(room.methods()))?;
    let is_safe = request.method.is_safe();
    if !is_safe && !is_from_here(&request.headers, &visit.frame.site.base_url) {
        return Err(Refusal::CrossSite);
    }
    if let Some(token) = token(&request.headers) {
        visit.staff = sessions::holder(&visit.web.desk, &token).await?;
        if let Some(staff) = &visit.staff {
            visit.desk = visit.web.desk.acting(Some(staff.id), visit.from);
            visit.session = Some(token.hash());
        }
        let spoken = visit.staff.as_ref().and_then(|staff| Language::parse(&staff.language).ok());
        visit.language = spoken.filter(|spoken| visit.web.speaks(spoken.primary())).unwrap_or(visit.language.clone());
    }
    if let Access::Staff(right) = access {
        let staff = visit.staff()?;
        if !staff.role.may(right) {
            return Err(Refusal::NotAllowed);
        }
        own::ask_for_factor(visit, room).await?;
    }
    let query = Fields::parse(request.uri.query().unwrap_or_default().as_bytes());
    if is_safe {
        return show(visit, room, &query).await;
    }
    if room.takes_files() {
        let sent = uploads::receive(visit, request, body).await?;
        return match room {
            Room::PictureFile(id) => pictures::replace(visit, *id, sent).await,
            _ => pictures::take_in(visit, sent).await,
        };
    }
    let limit = if access == Access::Anybody { MAX_DOOR_FORM } else { MAX_FORM };
    let body = match Limited::new(body, limit).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(Refusal::TooLarge),
        Err(_) => return Err(Refusal::Misfit("form-broke-off")),
    };
    act(visit, room, request, &Fields::parse(&body)).await
}

/// Pages.
async fn show(visit: &Visit<'_>, room: &Room, query: &Fields) -> Result<Reply, Refusal> {
    match room {
        Room::Home => home::show(visit).await,
        Room::SignIn => door::show(visit, query),
        Room::Staff(room) => show_staff(visit, room, query).await,
        Room::Comments => comments::show(visit, query).await,
        Room::Comment(id) => comments::show_one(visit, *id, query).await,
        Room::Bans => comments::show_bans(visit, query).await,
        Room::Pictures => pictures::show(visit, query).await,
        Room::Picture(id) => pictures::show_one(visit, *id, query).await,
        Room::Stories => stories::show(visit, query).await,
        Room::Calendar => calendar::show(visit, query).await,
        Room::Wire => wire::show(visit, query).await,
        Room::WireStory(id) => wire::show_one(visit, *id, query).await,
        Room::WireSources => wire_sources::show(visit, query).await,
        Room::WireSource(id) => wire_sources::show_one(visit, *id, query).await,
        Room::Front => front::show(visit, query).await,
        Room::Sections => sections::show(visit, query),
        Room::Settings => settings::show(visit, query).await,
        Room::Stages => stages::show(visit, query).await,
        Room::Menus => menus::show(visit, query),
        Room::People => terms::list(visit, Kind::People, query).await,
        Room::Person(id) => terms::show(visit, Term::Person(*id), query).await,
        Room::Tags => terms::list(visit, Kind::Tags, query).await,
        Room::Tag(id) => terms::show(visit, Term::Tag(*id), query).await,
        Room::TagNames => stories::propose_tags(visit, query).await,
        Room::Redirects => redirects::show(visit, query).await,
        Room::NewStory => story::show_new(visit, query).await,
        Room::Story(id) => story::show(visit, *id, query).await,
        Room::Preview(id) => preview::show(visit, *id, query).await,
        Room::Revisions(id) => revisions::list(visit, *id, query).await,
        Room::Revision(id, number) => revisions::show(visit, *id, *number, query).await,
        Room::SignOut
        | Room::Draft(_)
        | Room::Lock(_)
        | Room::State(_)
        | Room::CommentUndo
        | Room::CommentAnswers(_)
        | Room::CommentAddress(_)
        | Room::Ban(_)
        | Room::PictureFile(_)
        | Room::PictureRemoval(_)
        | Room::WireUndo
        | Room::WireSourceState(_)
        | Room::Nowhere => Err(Refusal::NotFound),
    }
}

/// Forms.
async fn act(visit: &Visit<'_>, room: &Room, request: &Parts, fields: &Fields) -> Result<Reply, Refusal> {
    match room {
        Room::SignIn => door::sign_in(visit, request, fields).await,
        Room::SignOut => door::sign_out(visit, request).await,
        Room::Staff(room) => act_staff(visit, room, request, fields).await,
        Room::Comments => comments::decide(visit, fields).await,
        Room::CommentUndo => comments::undo(visit, fields).await,
        Room::CommentAnswers(id) => comments::answer(visit, *id, fields).await,
        Room::CommentAddress(id) => comments::reveal(visit, *id).await,
        Room::Bans => comments::ban(visit, fields).await,
        Room::Ban(id) => comments::lift(visit, *id).await,
        Room::Picture(id) => pictures::describe(visit, *id, fields).await,
        Room::PictureRemoval(id) => pictures::remove(visit, *id).await,
        Room::Wire => wire::decide(visit, fields).await,
        Room::WireUndo => wire::undo(visit, fields).await,
        Room::WireSources => wire_sources::add(visit, fields).await,
        Room::WireSource(id) => wire_sources::change(visit, *id, fields).await,
        Room::WireSourceState(id) => wire_sources::turn(visit, *id, fields).await,
        Room::Front => front::arrange(visit, fields).await,
        Room::Sections => sections::keep(visit, fields).await,
        Room::Menus => menus::keep(visit, fields).await,
        Room::People => terms::add(visit, Kind::People, fields).await,
        Room::Person(id) => terms::keep(visit, Term::Person(*id), fields).await,
        Room::Tags => terms::add(visit, Kind::Tags, fields).await,
        Room::Tag(id) => terms::keep(visit, Term::Tag(*id), fields).await,
        Room::Redirects => redirects::change(visit, fields).await,
        Room::Settings => settings::change(visit, fields).await,
        Room::Stages => stages::change(visit, fields).await,
        Room::NewStory => story::begin(visit, fields).await,
        Room::Story(id) => story::keep(visit, *id, fields).await,
        Room::Draft(id) => story::autosave(visit, *id, fields).await,
        Room::Lock(id) => story::lock(visit, *id, fields).await,
        Room::State(id) => story::act(visit, *id, fields).await,
        Room::Revision(id, number) => revisions::restore(visit, *id, *number).await,
        Room::Home
        | Room::TagNames
        | Room::Stories
        | Room::Calendar
        | Room::Revisions(_)
        | Room::Preview(_)
        | Room::Comment(_)
        | Room::Pictures
        | Room::PictureFile(_)
        | Room::WireStory(_)
        | Room::Nowhere => Err(Refusal::NotFound),
    }
}

/// Pages that have to do with accounts.
async fn show_staff(visit: &Visit<'_>, room: &StaffRoom, query: &Fields) -> Result<Reply, Refusal> {
    match room {
        StaffRoom::Code => ways::show_code(visit, query),
        StaffRoom::Forgotten => ways::show_forgotten(visit),
        StaffRoom::NewPassword(token) => ways::show_new_password(visit, token).await,
        StaffRoom::Invitation(token) => ways::show_invitation(visit, token).await,
        StaffRoom::SetUp(token) => ways::show_set_up(visit, token).await,
        StaffRoom::Own => own::show(visit, query).await,
        StaffRoom::OwnFactor => own::show_factor(visit).await,
        StaffRoom::Accounts => accounts::list(visit, query).await,
        StaffRoom::Account(id) => accounts::show(visit, *id, query).await,
        StaffRoom::Audit => audit::show(visit, query).await,
        StaffRoom::PasskeyAsked
        | StaffRoom::PasskeyShown
        | StaffRoom::OwnPassword
        | StaffRoom::OwnPasskeys
        | StaffRoom::OwnPasskeyAsked
        | StaffRoom::OwnPasskeyEnd
        | StaffRoom::OwnPasskey(_)
        | StaffRoom::OwnFactorCode
        | StaffRoom::OwnFactorEnd
        | StaffRoom::OwnCodes
        | StaffRoom::OwnSessions
        | StaffRoom::FactorRule
        | StaffRoom::Invitations
        | StaffRoom::InvitationEnd(_)
        | StaffRoom::AccountState(_)
        | StaffRoom::AccountSessions(_)
        | StaffRoom::AccountFactor(_)
        | StaffRoom::AuditFile => Err(Refusal::NotFound),
    }
}

/// Forms that have to do with accounts.
async fn act_staff(visit: &Visit<'_>, room: &StaffRoom, request: &Parts, fields: &Fields) -> Result<Reply, Refusal> {
    match room {
        StaffRoom::Code => ways::give_code(visit, request, fields).await,
        StaffRoom::PasskeyAsked => passkeys::ask_at_the_door(visit).await,
        StaffRoom::PasskeyShown => passkeys::sign_in(visit, request, fields).await,
        StaffRoom::Forgotten => ways::ask_for_password(visit, fields).await,
        StaffRoom::NewPassword(token) => ways::choose_password(visit, token, fields).await,
        StaffRoom::Invitation(token) => ways::accept(visit, token, request, fields).await,
        StaffRoom::SetUp(token) => ways::set_up(visit, token, request, fields).await,
        StaffRoom::Own => own::change(visit, fields).await,
        StaffRoom::OwnPassword => own::change_password(visit, fields).await,
        StaffRoom::OwnFactor => own::begin_factor(visit, fields).await,
        StaffRoom::OwnFactorCode => own::confirm_factor(visit, fields).await,
        StaffRoom::OwnFactorEnd => own::remove_factor(visit, fields).await,
        StaffRoom::OwnCodes => own::renew_codes(visit, fields).await,
        StaffRoom::OwnPasskeys => passkeys::add(visit, fields).await,
        StaffRoom::OwnPasskeyAsked => passkeys::ask(visit, fields).await,
        StaffRoom::OwnPasskeyEnd => passkeys::remove(visit, fields).await,
        StaffRoom::OwnPasskey(id) => passkeys::rename(visit, *id, fields).await,
        StaffRoom::OwnSessions => own::end_sessions(visit, fields).await,
        StaffRoom::FactorRule => accounts::set_factor_rule(visit, fields).await,
        StaffRoom::Invitations => accounts::invite(visit, fields).await,
        StaffRoom::InvitationEnd(id) => accounts::withdraw_invitation(visit, *id).await,
        StaffRoom::Account(id) => accounts::change(visit, *id, fields).await,
        StaffRoom::AccountState(id) => accounts::change_state(visit, *id, fields).await,
        StaffRoom::AccountSessions(id) => accounts::end_sessions(visit, *id).await,
        StaffRoom::AccountFactor(id) => accounts::remove_factor(visit, *id).await,
        StaffRoom::AuditFile => audit::export(visit, fields).await,
        StaffRoom::Accounts | StaffRoom::Audit => Err(Refusal::NotFound),
    }
}

//! What does somebody do with the own account? Name, language, password, second factor, passkeys, sessions.

use http::StatusCode;

use super::places::{Room, StaffRoom};
use super::refusal::{Refusal, flaw_key};
use super::visit::{Fields, Visit, see};
use crate::desk::{accounts as verbs, factors as factor_verbs, passwords};
use crate::error::Error;
use crate::news::UserId;
use crate::news::article::Flaw;
use crate::news::language::Language;
use crate::store::passkeys::Passkey;
use crate::store::sessions::Session;
use crate::store::{accounts, factors, passkeys, sessions, timestamp};
use crate::web::dates;
use crate::web::reply::Reply;
use crate::web::views::Markup;
use crate::web::views::newsroom::accounts::{
    CodesPage, DONE, FactorPage, OwnAccountPage, PasskeyView, Pick, SessionView,
};

/// Whoever is asked for a second factor and has none comes to the own account and nowhere else.
pub(super) async fn ask_for_factor(visit: &Visit<'_>, room: &Room) -> Result<(), Refusal> {
    let staff = visit.staff()?;
    let (id, is_own) = (staff.id, matches!(room, Room::Staff(room) if room.is_own()));
    if is_own || !visit.frame.site.settings.second_factor.contains(&staff.role) {
        return Ok(());
    }
    let has = visit.view(move |db| {
        let by_code = factors::of(db, id)?.is_some_and(|factor| factor.is_confirmed);
        Ok(by_code || passkeys::any(db, id)?)
    });
    let has = has.await?;
    if has { Ok(()) } else { Err(Refusal::NeedsFactor) }
}

/// `GET /newsroom/account/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    page(visit, None, done(query), &[]).await
}

/// `POST /newsroom/account/`
pub(super) async fn change(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let (name, language) = (fields.one("name"), fields.one("language"));
    let known = language.is_empty() || visit.web.speaks(language);
    let done = if known {
        verbs::change_own(visit.desk(), visit.staff()?.id, name, language).await
    } else {
        Err(Error::Invalid(vec![Flaw { field: "language", reason: "unknown" }]))
    };
    after(visit, Some(name), done, "account").await
}

/// `POST /newsroom/account/password`
pub(super) async fn change_password(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let _turn = turn(visit).await?;
    let (id, session) = own_session(visit)?;
    let (present, new) = (fields.one("present"), fields.one("password"));
    after(visit, None, passwords::change(visit.desk(), id, present, new, session).await, "password").await
}

/// `GET /newsroom/account/factor`
pub(super) async fn show_factor(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    factor_page(visit, &[]).await
}

/// `POST /newsroom/account/factor`
pub(super) async fn begin_factor(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let _turn = turn(visit).await?;
    match factor_verbs::begin(visit.desk(), visit.staff()?.id, fields.one("present")).await {
        Ok(()) => Ok(see(&Room::Staff(StaffRoom::OwnFactor).path())),
        Err(error) => after(visit, None, Err(error), "factor").await,
    }
}

/// `POST /newsroom/account/factor/code`
pub(super) async fn confirm_factor(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let (id, session) = own_session(visit)?;
    match factor_verbs::confirm(visit.desk(), id, fields.one("code"), session).await {
        Ok(codes) => codes_page(visit, codes),
        Err(Error::Invalid(flaws)) => {
            let mut reply = factor_page(visit, &flaws).await?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(reply)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /newsroom/account/factor/removal`
pub(super) async fn remove_factor(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let _turn = turn(visit).await?;
    let (id, session) = own_session(visit)?;
    let removed = factor_verbs::remove_own(visit.desk(), id, fields.one("present"), session).await;
    after(visit, None, removed, "factor-removed").await
}

/// `POST /newsroom/account/factor/codes`
pub(super) async fn renew_codes(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let _turn = turn(visit).await?;
    match factor_verbs::renew_codes(visit.desk(), visit.staff()?.id, fields.one("present")).await {
        Ok(codes) => codes_page(visit, codes),
        Err(error) => after(visit, None, Err(error), "codes").await,
    }
}

/// `POST /newsroom/account/sessions`
pub(super) async fn end_sessions(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let (id, session) = own_session(visit)?;
    let done = match fields.one("session") {
        "" => verbs::end_sessions(visit.desk(), id, Some(session)).await,
        one => {
            let hash = from_hex(one).ok_or(Refusal::NotFound)?;
            verbs::end_session(visit.desk(), id, hash).await
        }
    };
    after(visit, None, done, "sessions").await
}

/// Hashing takes memory and time: only so many at once.
pub(super) async fn turn<'a>(visit: &'a Visit<'_>) -> Result<tokio::sync::SemaphorePermit<'a>, Refusal> {
    if !visit.web.sign_ins.throttle.admits(visit.from) {
        return Err(Refusal::TooMany);
    }
    visit.web.sign_ins.turns.acquire().await.map_err(|_| Refusal::TooMany)
}

pub(super) fn own_session(visit: &Visit<'_>) -> Result<(UserId, [u8; 32]), Refusal> {
    Ok((visit.staff()?.id, visit.session.ok_or(Refusal::SignedOut)?))
}

/// On to the page that says so, or the same page with what is wrong.
pub(super) async fn after(
    visit: &Visit<'_>,
    name: Option<&str>,
    done: Result<(), Error>,
    word: &'static str,
) -> Result<Reply, Refusal> {
    match done {
        Ok(()) => Ok(see(&format!("{}?done={word}", Room::Staff(StaffRoom::Own).path()))),
        Err(Error::Invalid(flaws)) => {
            let mut reply = page(visit, name.map(str::to_owned), None, &flaws).await?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(reply)
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of the own account, as it is.
pub(super) async fn account_page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    page(visit, None, None, &[]).await
}

async fn page(
    visit: &Visit<'_>,
    typed: Option<String>,
    done: Option<&'static str>,
    flaws: &[Flaw],
) -> Result<Reply, Refusal> {
    let staff = visit.staff()?;
    let (id, role) = (staff.id, staff.role);
    let ((account, codes_left), (open, keys)) = visit
        .view(move |db| {
            let account = (accounts::by_id(db, id)?, factors::codes_left(db, id)?);
            Ok((account, (sessions::of_user(db, id)?, passkeys::of_user(db, id)?)))
        })
        .await?;
    let account = account.ok_or(Refusal::SignedOut)?;
    let view = OwnAccountPage {
        layout: visit.layout(&visit.says("own-account"), ""),
        name: typed.unwrap_or(account.name),
        languages: languages(visit, &account.language),
        has_factor: account.has_factor,
        codes_left,
        passkeys: keys.iter().map(|key| passkey_view(visit, key)).collect::<Result<_, _>>()?,
        takes_passkeys: super::passkeys::site(visit).is_some(),
        must_add_factor: !account.has_factor
            && !account.has_passkey
            && visit.frame.site.settings.second_factor.contains(&role),
        sessions: session_views(visit, &open)?,
        done,
        flaws: flaws.iter().map(|flaw| visit.says(&flaw_key(flaw))).collect(),
    };
    visit.page("newsroom/own_account.html", &view)
}

fn passkey_view(visit: &Visit<'_>, key: &Passkey) -> Result<PasskeyView, Refusal> {
    let moment = |millis: i64| {
        let at = timestamp(millis)?;
        Ok::<_, Refusal>(dates::moment(&visit.frame.site, visit.texts(), at))
    };
    Ok(PasskeyView {
        id: key.id,
        name: key.name.clone(),
        action: Room::Staff(StaffRoom::OwnPasskey(key.id)).path(),
        since: moment(key.created_at)?,
        used: key.used_at.map(moment).transpose()?,
        backed_up: key.backed_up,
    })
}

async fn factor_page(visit: &Visit<'_>, flaws: &[Flaw]) -> Result<Reply, Refusal> {
    let pending = factor_verbs::pending(visit.desk(), visit.staff()?.id).await?;
    let Some(pending) = pending else { return Ok(see(&Room::Staff(StaffRoom::Own).path())) };
    let view = FactorPage {
        layout: visit.layout(&visit.says("factor-title"), ""),
        letters: pending.letters,
        picture: pending.picture.map(Markup),
        flaws: flaws.iter().map(|flaw| visit.says(&flaw_key(flaw))).collect(),
    };
    visit.page("newsroom/factor.html", &view)
}

pub(super) fn codes_page(visit: &Visit<'_>, codes: Vec<String>) -> Result<Reply, Refusal> {
    visit.page("newsroom/codes.html", &CodesPage { layout: visit.layout(&visit.says("codes-title"), ""), codes })
}

/// The languages of the interface; none chosen is the publication's.
pub(super) fn languages(visit: &Visit<'_>, chosen: &str) -> Vec<Pick> {
    let own = Pick { value: String::new(), name: visit.says("language-of-site"), chosen: chosen.is_empty() };
    let mut tags: Vec<&str> = visit.web.texts.iter().map(|(language, _, _)| language.as_str()).collect();
    tags.dedup();
    let pick = |tag: &&str| Pick {
        value: (*tag).to_owned(),
        name: Language::parse(tag).map_or_else(|_| (*tag).to_owned(), |language| language.own_name().to_owned()),
        chosen: *tag == chosen,
    };
    std::iter::once(own).chain(tags.iter().map(pick)).collect()
}

/// Sessions as a page shows them.
pub(super) fn session_views(visit: &Visit<'_>, sessions: &[Session]) -> Result<Vec<SessionView>, Refusal> {
    let moment = |millis: i64| {
        let at = timestamp(millis)?;
        Ok::<_, Refusal>(dates::moment(&visit.frame.site, visit.texts(), at))
    };
    let view = |session: &Session| {
        Ok(SessionView {
            id: session.token_hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            agent: session.agent.clone(),
            since: moment(session.created_at)?,
            seen: moment(session.seen_at)?,
            is_this: visit.session.is_some_and(|own| session.token_hash == own),
        })
    };
    sessions.iter().map(view).collect()
}

/// What was just done, if the address says a word that there is.
pub(super) fn done(query: &Fields) -> Option<&'static str> {
    DONE.into_iter().find(|word| *word == query.one("done"))
}

/// 64 hexadecimal digits.
fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

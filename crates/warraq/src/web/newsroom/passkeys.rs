//! Who comes with a passkey? What browsers are asked for, and what they answer: at the door and on the own account.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use http::{StatusCode, header};
use serde_json::{Value, json};

use super::door::{agent, sign_in_page, within};
use super::own::{account_page, after, codes_page, own_session, turn};
use super::refusal::Refusal;
use super::visit::{self, Fields, Visit, see};
use crate::desk::passkeys::{self, ANSWERED_WITHIN, Added, Shown};
use crate::desk::sessions;
use crate::error::Error;
use crate::identity::passkey::{Algorithm, Site};
use crate::news::article::Flaw;
use crate::web::reply::Reply;

/// The site as browsers know it; `None` where they make no passkeys: its address is a number, or goes over the network in
/// the clear.
pub(super) fn site(visit: &Visit<'_>) -> Option<Site> {
    let base = &visit.frame.site.base_url;
    let host = base.domain().filter(|_| !base.is_in_the_clear())?;
    Some(Site { origin: base.as_str().to_owned(), host })
}

/// `POST /newsroom/sign-in/passkey/challenge`: the same for everybody who asks.
pub(super) async fn ask_at_the_door(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    if !visit.web.sign_ins.throttle.admits(visit.from) {
        return Err(Refusal::TooMany);
    }
    let site = site(visit).ok_or(Refusal::Misfit("passkeys-no"))?;
    let (token, challenge) = passkeys::ask_at_the_door(visit.desk()).await?;
    let wanted = json!({
        "challenge": encoded(&challenge),
        "rpId": site.host,
        "timeout": timeout(),
        "userVerification": "required",
    });
    Ok(visit::json(StatusCode::OK, &wanted).with(header::SET_COOKIE, &visit::carry_asked(Some(&token))))
}

/// `POST /newsroom/sign-in/passkey`: whatever is wrong, the answer is one.
pub(super) async fn sign_in(visit: &Visit<'_>, request: &Parts, fields: &Fields) -> Result<Reply, Refusal> {
    if !visit.web.sign_ins.throttle.admits(visit.from) {
        return Err(Refusal::TooMany);
    }
    let known = match (site(visit), visit::asked_token(&request.headers), shown(fields)) {
        (Some(site), Some(asked), Some(shown)) => passkeys::recognise(visit.desk(), &asked, site, shown).await?,
        _ => None,
    };
    let Some(user) = known else {
        let mut reply = sign_in_page(visit, "", fields.one("next"), Some("passkey-failed"))?;
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(reply.with(header::SET_COOKIE, &visit::carry_asked(None)));
    };
    let token = sessions::open(visit.desk(), user, agent(request)).await?;
    let reply = see(within(fields.one("next"))).with(header::SET_COOKIE, &visit::carry(&token));
    let reply = reply.with(header::SET_COOKIE, &visit::carry_half(None));
    Ok(reply.with(header::SET_COOKIE, &visit::carry_asked(None)))
}

/// `POST /newsroom/account/passkeys/challenge`
pub(super) async fn ask(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let _turn = turn(visit).await?;
    let site = site(visit).ok_or(Refusal::Misfit("passkeys-no"))?;
    let (id, session) = own_session(visit)?;
    let (present, name) = (fields.one("present"), fields.one("name"));
    let wanted = passkeys::ask(visit.desk(), id, present, name, session).await?;
    let credential = |id: &Vec<u8>| json!({ "type": "public-key", "id": encoded(id) });
    let kind = |algorithm: Algorithm| json!({ "type": "public-key", "alg": algorithm.number() });
    let staff = &visit.staff()?.name;
    let wanted = json!({
        "challenge": encoded(&wanted.challenge),
        "rp": { "id": site.host, "name": visit.frame.site.title },
        // Names, never an address: they stand on the screen of the device, and in its backup.
        "user": { "id": encoded(&wanted.handle), "name": staff, "displayName": staff },
        "pubKeyCredParams": Algorithm::ALL.map(kind),
        "timeout": timeout(),
        "attestation": "none",
        "authenticatorSelection": {
            "residentKey": "required", "requireResidentKey": true, "userVerification": "required"
        },
        "excludeCredentials": wanted.there.iter().map(credential).collect::<Vec<Value>>(),
    });
    Ok(visit::json(StatusCode::OK, &wanted))
}

/// `POST /newsroom/account/passkeys`
pub(super) async fn add(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let site = site(visit).ok_or(Refusal::Misfit("passkeys-no"))?;
    let (id, session) = own_session(visit)?;
    let sent = (decoded(fields, "client"), decoded(fields, "attestation"));
    let added = match sent {
        (Some(client), Some(attestation)) => {
            passkeys::add(visit.desk(), id, session, site, fields.one("name"), (client, attestation)).await
        }
        _ => Ok(Added::Refused),
    };
    match added {
        Ok(Added::First(codes)) => codes_page(visit, codes),
        Ok(Added::Kept) => after(visit, None, Ok(()), "passkey").await,
        Ok(Added::Refused) => after(visit, None, Err(flawed("refused")), "passkey").await,
        Ok(Added::There) => after(visit, None, Err(flawed("there")), "passkey").await,
        Err(error) => after(visit, None, Err(error), "passkey").await,
    }
}

/// `POST /newsroom/account/passkeys/3`
pub(super) async fn rename(visit: &Visit<'_>, one: i64, fields: &Fields) -> Result<Reply, Refusal> {
    let renamed = passkeys::rename(visit.desk(), visit.staff()?.id, one, fields.one("name")).await;
    after(visit, None, renamed, "passkey-named").await
}

/// `POST /newsroom/account/passkeys/removal`
pub(super) async fn remove(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let Some(one) = fields.number("passkey") else { return account_page(visit).await };
    let _turn = turn(visit).await?;
    let (id, session) = own_session(visit)?;
    let removed = passkeys::remove(visit.desk(), id, one, fields.one("present"), session).await;
    after(visit, None, removed, "passkey-removed").await
}

/// What a browser sends of somebody at the door.
fn shown(fields: &Fields) -> Option<Shown> {
    Some(Shown {
        credential: decoded(fields, "credential")?,
        handle: decoded(fields, "user")?,
        client: decoded(fields, "client")?,
        data: decoded(fields, "data")?,
        signature: decoded(fields, "signature")?,
    })
}

fn flawed(reason: &'static str) -> Error {
    Error::Invalid(vec![Flaw { field: "passkey", reason }])
}

/// In milliseconds, as browsers count.
fn timeout() -> i128 {
    ANSWERED_WITHIN.as_millis()
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes as the script of our pages writes them; nothing where there are none.
fn decoded(fields: &Fields, name: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(fields.one(name)).ok().filter(|bytes| !bytes.is_empty())
}

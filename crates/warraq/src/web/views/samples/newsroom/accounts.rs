//! What could a page of accounts have to show?

use super::{Sample, layout, value};
use crate::identity::totp;
use crate::news::audit::{Act, Noun, Origin};
use crate::news::staff::Role;
use crate::web::views::newsroom::Layout;
use crate::web::views::newsroom::accounts::{
    AccountLine, AccountPage, AccountsPage, AuditLine, AuditPage, ChoosePage, CodePage, CodesPage, DONE, FactorPage,
    ForgottenPage, InvitationLine, OwnAccountPage, PasskeyView, Pick, SessionView,
};
use crate::web::views::{DateView, Markup};

/// A name that would do harm if it were not escaped.
const AWKWARD: &str = "<b>سلمى</b> \"Salma\" & co";

/// Every sample of the pages of accounts.
pub(super) fn all(lang: &'static str) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut add = |template, name, value| samples.push(Sample { template, name, lang, value });
    let door = || Layout { staff: None, nav: vec![], ..layout(lang, "") };
    let at = || DateView {
        iso: "2026-03-01T09:00:00Z".into(),
        date: "1 مارس 2026".into(),
        time: "12:00".into(),
        other_calendar: None,
    };
    for failed in [false, true] {
        add(
            "newsroom/code.html",
            "code",
            value(&CodePage { layout: door(), next: "/newsroom/".into(), failed, passkeys: failed }),
        );
        let asked = ForgottenPage { layout: door(), email: "<x>@y".into(), sent: !failed, failed };
        add("newsroom/forgotten.html", "forgotten", value(&asked));
    }
    for kind in ["password", "invitation", "setup"] {
        let gone =
            ChoosePage { layout: door(), kind, action: None, role: None, name: None, email: None, flaws: vec![] };
        let asked = ChoosePage {
            action: Some("/newsroom/invitation/abc".into()),
            role: (kind != "password").then_some("author"),
            name: (kind != "password").then(|| AWKWARD.into()),
            email: (kind == "setup").then(|| "name@example.org".into()),
            flaws: vec!["كلمة السر قصيرة".into()],
            ..gone.clone()
        };
        add("newsroom/choose.html", kind, value(&asked));
        add("newsroom/choose.html", kind, value(&gone));
    }
    let sessions = || {
        let session = |agent: &str, is_this| SessionView {
            id: "00".repeat(32),
            agent: agent.into(),
            since: at(),
            seen: at(),
            is_this,
        };
        vec![session("Mozilla/5.0 <script>", true), session("", false)]
    };
    let picks = |chosen: bool| {
        let pick = |value: &str| Pick { value: value.into(), name: AWKWARD.into(), chosen };
        vec![pick("1"), pick("2")]
    };
    let passkey = |id: i64, backed_up: bool| PasskeyView {
        id,
        name: AWKWARD.into(),
        action: format!("/newsroom/account/passkeys/{id}"),
        since: at(),
        used: backed_up.then(at),
        backed_up,
    };
    let own = OwnAccountPage {
        layout: layout(lang, ""),
        name: AWKWARD.into(),
        languages: picks(true),
        has_factor: true,
        passkeys: vec![passkey(1, true), passkey(2, false)],
        takes_passkeys: true,
        codes_left: 3,
        must_add_factor: false,
        sessions: sessions(),
        done: None,
        flaws: vec!["الاسم مطلوب".into()],
    };
    for done in DONE {
        add("newsroom/own_account.html", done, value(&OwnAccountPage { done: Some(done), ..own.clone() }));
    }
    let only = OwnAccountPage { has_factor: false, flaws: vec![], ..own.clone() };
    add("newsroom/own_account.html", "passkeys alone", value(&only));
    let bare = OwnAccountPage {
        has_factor: false,
        passkeys: vec![],
        takes_passkeys: false,
        codes_left: 0,
        must_add_factor: true,
        flaws: vec![],
        ..own
    };
    add("newsroom/own_account.html", "no factor", value(&bare));
    let secret = [7; totp::SECRET_BYTES];
    let factor = FactorPage {
        layout: layout(lang, ""),
        letters: totp::letters(&secret),
        picture: totp::picture(&totp::address(&secret, "خطّ الحبر", AWKWARD)).map(Markup),
        flaws: vec!["الرمز غير صحيح".into()],
    };
    add("newsroom/factor.html", "second factor", value(&factor));
    let codes = vec!["01Z0-1AMR-HJK2-3456".to_owned(); 10];
    add("newsroom/codes.html", "recovery codes", value(&CodesPage { layout: layout(lang, ""), codes }));

    let line = |role: Role, is_disabled| AccountLine {
        href: "/newsroom/accounts/1/".into(),
        name: AWKWARD.into(),
        role: role.as_str(),
        sections: if is_disabled { vec![] } else { vec!["اقتصاد".into(), "Trade & <co>".into()] },
        has_factor: is_disabled,
        is_disabled,
        seen: is_disabled.then(at),
    };
    let list = AccountsPage {
        layout: layout(lang, "accounts"),
        accounts: Role::ALL.iter().flat_map(|role| [line(*role, true), line(*role, false)]).collect(),
        next: Some("/newsroom/accounts/?after=50".into()),
        invitations: [true, false]
            .map(|is_over| InvitationLine {
                action: "/newsroom/accounts/invitations/1/withdrawal".into(),
                name: AWKWARD.into(),
                role: "editor",
                until: at(),
                is_over,
            })
            .into(),
        name: AWKWARD.into(),
        email: "\"x\"@example.org".into(),
        roles: picks(false),
        sections: picks(true),
        languages: picks(false),
        factor_rule: picks(true),
        letters_stay: true,
        done: Some("invited"),
        flaws: vec!["هذا ليس عنوان بريد".into()],
    };
    add("newsroom/accounts.html", "accounts", value(&list));
    let account = AccountPage {
        layout: layout(lang, "accounts"),
        href: "/newsroom/accounts/1/".into(),
        name: AWKWARD.into(),
        is_own: false,
        is_disabled: false,
        has_factor: true,
        roles: picks(true),
        sections: picks(true),
        person: "salma-hasan".into(),
        sessions: sessions(),
        audit: "/newsroom/audit/?person=1".into(),
        done: Some("changed"),
        flaws: vec![],
    };
    let closed = AccountPage { is_disabled: true, sessions: vec![], sections: vec![], ..account.clone() };
    add("newsroom/account.html", "an account", value(&account));
    add("newsroom/account.html", "a closed account", value(&closed));

    let row = |act: &Act| AuditLine {
        at: at(),
        who: (*act != Act::SignInFailed).then(|| AWKWARD.into()),
        origin: Origin::Newsroom.as_str(),
        act: act.as_str(),
        noun: Noun::Account.as_str(),
        noun_id: Some(1),
        href: Some("/newsroom/accounts/1/".into()),
        details: "=1+1 <script>".into(),
        times: if *act == Act::SignInFailed { 12 } else { 1 },
    };
    let nouns = Noun::ALL.iter().flat_map(|noun| {
        let of = |origin: &Origin| AuditLine {
            noun: noun.as_str(),
            origin: origin.as_str(),
            who: None,
            href: None,
            noun_id: None,
            ..row(&Act::Published)
        };
        Origin::ALL.iter().map(of).collect::<Vec<_>>()
    });
    let log = AuditPage {
        layout: layout(lang, "audit"),
        rows: Act::ALL.iter().map(row).chain(nouns).collect(),
        people: picks(true),
        acts: picks(false),
        day: "2026-03-01".into(),
        older: Some("/newsroom/audit/?below=1.2".into()),
    };
    add("newsroom/audit.html", "the log", value(&AuditPage { rows: vec![], older: None, ..log.clone() }));
    add("newsroom/audit.html", "the log", value(&log));
    samples
}

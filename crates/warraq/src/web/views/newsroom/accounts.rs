//! What do the pages of accounts show?

use serde::Serialize;

use super::Layout;
use crate::web::views::{DateView, Markup};

/// What was done, as addresses say it: each has the interface text `done-…`.
pub const DONE: [&str; 13] = [
    "account",
    "password",
    "factor",
    "factor-removed",
    "passkey",
    "passkey-named",
    "passkey-removed",
    "sessions",
    "invited",
    "withdrawn",
    "changed",
    "state",
    "factor-rule",
];

/// `newsroom/code.html`: the second half of signing in.
#[derive(Debug, Clone, Serialize)]
pub struct CodePage {
    /// What stands around.
    pub layout: Layout,
    /// Where to go afterwards.
    pub next: String,
    /// The code did not fit.
    pub failed: bool,
    /// Browsers make passkeys for this site.
    pub passkeys: bool,
}

/// `newsroom/forgotten.html`: a letter with a link to a new password is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct ForgottenPage {
    /// What stands around.
    pub layout: Layout,
    /// As it was typed.
    pub email: String,
    /// It was understood: a letter comes, if there is such an account.
    pub sent: bool,
    /// That was no address.
    pub failed: bool,
}

/// `newsroom/choose.html`: a password, and what a new account needs beside it.
#[derive(Debug, Clone, Serialize)]
pub struct ChoosePage {
    /// What stands around.
    pub layout: Layout,
    /// `password`, `invitation` or `setup`: its interface texts are `choose-…-title` and `choose-…-text`.
    pub kind: &'static str,
    /// Where the form goes; `None`: the link is used up or too old.
    pub action: Option<String>,
    /// What the account may do, for somebody who is invited.
    pub role: Option<&'static str>,
    /// As it was typed; `None`: not asked for.
    pub name: Option<String>,
    /// As it was typed; `None`: not asked for.
    pub email: Option<String>,
    /// What is wrong with what was sent.
    pub flaws: Vec<String>,
}

/// One of several that can be chosen.
#[derive(Debug, Clone, Serialize)]
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
    /// It is chosen.
    pub chosen: bool,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
pub struct SessionView {
    /// By which it is ended.
    pub id: String,
    /// What the browser says it is.
    pub agent: String,
    /// Since when.
    pub since: DateView,
    /// When it was last used, about.
    pub seen: DateView,
    /// It is the one that asks.
    pub is_this: bool,
}

/// A passkey.
#[derive(Debug, Clone, Serialize)]
pub struct PasskeyView {
    /// By which it is taken away.
    pub id: i64,
    /// As its owner calls it.
    pub name: String,
    /// Where it is named.
    pub action: String,
    /// Since when.
    pub since: DateView,
    /// When somebody last came in with it.
    pub used: Option<DateView>,
    /// It was copied to other devices of its owner.
    pub backed_up: bool,
}

/// `newsroom/own_account.html`
#[derive(Debug, Clone, Serialize)]
pub struct OwnAccountPage {
    /// What stands around.
    pub layout: Layout,
    /// As it is, or as it was typed.
    pub name: String,
    /// Languages of the interface; the first is the publication's.
    pub languages: Vec<Pick>,
    /// A code is asked for after the password.
    pub has_factor: bool,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// Browsers make passkeys for this site.
    pub takes_passkeys: bool,
    /// Recovery codes that are left.
    pub codes_left: i64,
    /// The publication asks for a second factor, and there is none yet.
    pub must_add_factor: bool,
    /// The sessions, the newest first.
    pub sessions: Vec<SessionView>,
    /// What was just done: its interface text is `done-…`.
    pub done: Option<&'static str>,
    /// What is wrong with what was sent.
    pub flaws: Vec<String>,
}

/// `newsroom/factor.html`: a second factor is being set up.
#[derive(Debug, Clone, Serialize)]
pub struct FactorPage {
    /// What stands around.
    pub layout: Layout,
    /// The secret as it is typed.
    pub letters: String,
    /// The same for a camera.
    pub picture: Option<Markup>,
    /// What is wrong with what was sent.
    pub flaws: Vec<String>,
}

/// `newsroom/codes.html`: recovery codes, shown once.
#[derive(Debug, Clone, Serialize)]
pub struct CodesPage {
    /// What stands around.
    pub layout: Layout,
    /// In groups of four letters.
    pub codes: Vec<String>,
}

/// An account in the list.
#[derive(Debug, Clone, Serialize)]
pub struct AccountLine {
    /// Where it is.
    pub href: String,
    /// The name.
    pub name: String,
    /// `owner`, `editor`, `author`, `contributor`.
    pub role: &'static str,
    /// Where it works; empty: everywhere.
    pub sections: Vec<String>,
    /// More than the password is asked for: a code, or a passkey.
    pub has_factor: bool,
    /// It was closed.
    pub is_disabled: bool,
    /// When a session of it was last used, about.
    pub seen: Option<DateView>,
}

/// Somebody who was asked to join.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationLine {
    /// Where it is taken back.
    pub action: String,
    /// Who it is.
    pub name: String,
    /// What the account will be allowed to do.
    pub role: &'static str,
    /// Until when it can be accepted.
    pub until: DateView,
    /// That is over.
    pub is_over: bool,
}

/// `newsroom/accounts.html`
#[derive(Debug, Clone, Serialize)]
pub struct AccountsPage {
    /// What stands around.
    pub layout: Layout,
    /// The accounts.
    pub accounts: Vec<AccountLine>,
    /// Where the next ones are.
    pub next: Option<String>,
    /// Invitations that wait.
    pub invitations: Vec<InvitationLine>,
    /// As it was typed.
    pub name: String,
    /// As it was typed.
    pub email: String,
    /// What a new account may do.
    pub roles: Vec<Pick>,
    /// Where.
    pub sections: Vec<Pick>,
    /// Languages of the letter.
    pub languages: Vec<Pick>,
    /// Roles of which a second factor is asked.
    pub factor_rule: Vec<Pick>,
    /// Letters reach nobody: no mail server is set.
    pub letters_stay: bool,
    /// What was just done: its interface text is `done-…`.
    pub done: Option<&'static str>,
    /// What is wrong with what was sent.
    pub flaws: Vec<String>,
}

/// `newsroom/account.html`: an account, for those who look after all of them.
#[derive(Debug, Clone, Serialize)]
pub struct AccountPage {
    /// What stands around.
    pub layout: Layout,
    /// Where it is.
    pub href: String,
    /// The name.
    pub name: String,
    /// It is one's own.
    pub is_own: bool,
    /// It was closed.
    pub is_disabled: bool,
    /// More than the password is asked for: a code, or a passkey.
    pub has_factor: bool,
    /// What it may do.
    pub roles: Vec<Pick>,
    /// Where; none chosen: everywhere.
    pub sections: Vec<Pick>,
    /// The slug of the person whose byline it is.
    pub person: String,
    /// The sessions, the newest first.
    pub sessions: Vec<SessionView>,
    /// Where the log tells what it did.
    pub audit: String,
    /// What was just done: its interface text is `done-…`.
    pub done: Option<&'static str>,
    /// What is wrong with what was sent.
    pub flaws: Vec<String>,
}

/// A row of the log.
#[derive(Debug, Clone, Serialize)]
pub struct AuditLine {
    /// When.
    pub at: DateView,
    /// Who; `None`: see `origin`.
    pub who: Option<String>,
    /// `newsroom`, `console`, `timetable`: its interface text is `origin-…`.
    pub origin: &'static str,
    /// Its interface text is `act-…`.
    pub act: &'static str,
    /// What it was done to: its interface text is `noun-…`; empty for nothing.
    pub noun: &'static str,
    /// Its number.
    pub noun_id: Option<i64>,
    /// Where that is.
    pub href: Option<String>,
    /// Further words.
    pub details: String,
    /// How often.
    pub times: i64,
}

/// `newsroom/audit.html`
#[derive(Debug, Clone, Serialize)]
pub struct AuditPage {
    /// What stands around.
    pub layout: Layout,
    /// The rows, the newest first.
    pub rows: Vec<AuditLine>,
    /// Accounts that can be chosen.
    pub people: Vec<Pick>,
    /// Acts that can be chosen.
    pub acts: Vec<Pick>,
    /// The day, `2026-03-01`, or empty.
    pub day: String,
    /// Where the older ones are.
    pub older: Option<String>,
}

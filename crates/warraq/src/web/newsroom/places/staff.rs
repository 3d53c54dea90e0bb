//! Which places have to do with accounts, and who may go where?

use super::Access;
use crate::news::UserId;
use crate::news::staff::Right;

/// A place that has to do with accounts. Tokens are as they stand in the address; whether they open anything is asked
/// by the verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffRoom {
    // At the door
    /// `sign-in/code`: the second half of signing in
    Code,
    /// `sign-in/passkey/challenge`: what a passkey has to sign
    PasskeyAsked,
    /// `sign-in/passkey`: what it signed
    PasskeyShown,
    /// `password`: it was forgotten
    Forgotten,
    /// `password/TOKEN`: another one is chosen
    NewPassword(String),
    /// `invitation/TOKEN`
    Invitation(String),
    /// `setup/TOKEN`: the first account
    SetUp(String),
    // One's own account
    /// `account/`; posting changes name and language
    Own,
    /// `account/password`
    OwnPassword,
    /// `account/factor`: being set up; posting begins it
    OwnFactor,
    /// `account/factor/code`: confirms it
    OwnFactorCode,
    /// `account/factor/removal`
    OwnFactorEnd,
    /// `account/factor/codes`: new recovery codes
    OwnCodes,
    /// `account/passkeys`: posting adds one
    OwnPasskeys,
    /// `account/passkeys/challenge`: what a new one has to sign
    OwnPasskeyAsked,
    /// `account/passkeys/removal`
    OwnPasskeyEnd,
    /// `account/passkeys/3`: posting names it
    OwnPasskey(i64),
    /// `account/sessions`: posting ends one, or all others
    OwnSessions,
    // Those of all
    /// `accounts/`
    Accounts,
    /// `accounts/factor-rule`: which roles need a second factor
    FactorRule,
    /// `accounts/invitations`: posting asks somebody to join
    Invitations,
    /// `accounts/invitations/3/withdrawal`
    InvitationEnd(i64),
    /// `accounts/3/`; posting changes role, sections and person
    Account(UserId),
    /// `accounts/3/state`: closed, or open again
    AccountState(UserId),
    /// `accounts/3/sessions`: posting ends all
    AccountSessions(UserId),
    /// `accounts/3/factor`: posting takes it away
    AccountFactor(UserId),
    // Who did what
    /// `audit/`
    Audit,
    /// `audit/file`: posting takes it away as CSV, which is written down itself
    AuditFile,
}

impl StaffRoom {
    pub(super) fn within(pieces: &[&str]) -> Option<Self> {
        Some(match pieces {
            ["sign-in", "code"] => Self::Code,
            ["sign-in", "passkey", "challenge"] => Self::PasskeyAsked,
            ["sign-in", "passkey"] => Self::PasskeyShown,
            ["password"] => Self::Forgotten,
            ["password", token] => Self::NewPassword((*token).to_owned()),
            ["invitation", token] => Self::Invitation((*token).to_owned()),
            ["setup", token] => Self::SetUp((*token).to_owned()),
            ["account"] => Self::Own,
            ["account", "password"] => Self::OwnPassword,
            ["account", "factor"] => Self::OwnFactor,
            ["account", "factor", "code"] => Self::OwnFactorCode,
            ["account", "factor", "removal"] => Self::OwnFactorEnd,
            ["account", "factor", "codes"] => Self::OwnCodes,
            ["account", "passkeys"] => Self::OwnPasskeys,
            ["account", "passkeys", "challenge"] => Self::OwnPasskeyAsked,
            ["account", "passkeys", "removal"] => Self::OwnPasskeyEnd,
            ["account", "passkeys", id] => Self::OwnPasskey(id.parse().ok()?),
            ["account", "sessions"] => Self::OwnSessions,
            ["accounts"] => Self::Accounts,
            ["accounts", "factor-rule"] => Self::FactorRule,
            ["accounts", "invitations"] => Self::Invitations,
            ["accounts", "invitations", id, "withdrawal"] => Self::InvitationEnd(id.parse().ok()?),
            ["accounts", id, rest @ ..] => {
                let id = UserId(id.parse().ok()?);
                match rest {
                    [] => Self::Account(id),
                    ["state"] => Self::AccountState(id),
                    ["sessions"] => Self::AccountSessions(id),
                    ["factor"] => Self::AccountFactor(id),
                    _ => return None,
                }
            }
            ["audit"] => Self::Audit,
            ["audit", "file"] => Self::AuditFile,
            _ => return None,
        })
    }

    /// Where it is, within the newsroom.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Code => "sign-in/code".into(),
            Self::PasskeyAsked => "sign-in/passkey/challenge".into(),
            Self::PasskeyShown => "sign-in/passkey".into(),
            Self::Forgotten => "password".into(),
            Self::NewPassword(token) => format!("password/{token}"),
            Self::Invitation(token) => format!("invitation/{token}"),
            Self::SetUp(token) => format!("setup/{token}"),
            Self::Own => "account/".into(),
            Self::OwnPassword => "account/password".into(),
            Self::OwnFactor => "account/factor".into(),
            Self::OwnFactorCode => "account/factor/code".into(),
            Self::OwnFactorEnd => "account/factor/removal".into(),
            Self::OwnCodes => "account/factor/codes".into(),
            Self::OwnPasskeys => "account/passkeys".into(),
            Self::OwnPasskeyAsked => "account/passkeys/challenge".into(),
            Self::OwnPasskeyEnd => "account/passkeys/removal".into(),
            Self::OwnPasskey(id) => format!("account/passkeys/{id}"),
            Self::OwnSessions => "account/sessions".into(),
            Self::Accounts => "accounts/".into(),
            Self::FactorRule => "accounts/factor-rule".into(),
            Self::Invitations => "accounts/invitations".into(),
            Self::InvitationEnd(id) => format!("accounts/invitations/{id}/withdrawal"),
            Self::Account(id) => format!("accounts/{id}/"),
            Self::AccountState(id) => format!("accounts/{id}/state"),
            Self::AccountSessions(id) => format!("accounts/{id}/sessions"),
            Self::AccountFactor(id) => format!("accounts/{id}/factor"),
            Self::Audit => "audit/".into(),
            Self::AuditFile => "audit/file".into(),
        }
    }

    /// Who may read it, and who may send a form there.
    pub(super) fn access(&self) -> (Option<Access>, Option<Access>) {
        let (anybody, enter) = (Some(Access::Anybody), Some(Access::Staff(Right::Enter)));
        let (keep, audit) = (Some(Access::Staff(Right::KeepAccounts)), Some(Access::Staff(Right::Audit)));
        match self {
            Self::Code | Self::Forgotten | Self::NewPassword(_) | Self::Invitation(_) | Self::SetUp(_) => {
                (anybody, anybody)
            }
            Self::PasskeyAsked | Self::PasskeyShown => (None, anybody),
            Self::Own | Self::OwnFactor => (enter, enter),
            Self::OwnPassword
            | Self::OwnFactorCode
            | Self::OwnFactorEnd
            | Self::OwnCodes
            | Self::OwnPasskeys
            | Self::OwnPasskeyAsked
            | Self::OwnPasskeyEnd
            | Self::OwnPasskey(_)
            | Self::OwnSessions => (None, enter),
            Self::Accounts => (keep, None),
            Self::Account(_) => (keep, keep),
            Self::FactorRule
            | Self::Invitations
            | Self::InvitationEnd(_)
            | Self::AccountState(_)
            | Self::AccountSessions(_)
            | Self::AccountFactor(_) => (None, keep),
            Self::Audit => (audit, None),
            Self::AuditFile => (None, audit),
        }
    }

    /// May somebody come here who still has to set up a second factor? It is set up here.
    pub(in crate::web::newsroom) fn is_own(&self) -> bool {
        self.access() == (Some(Access::Staff(Right::Enter)), Some(Access::Staff(Right::Enter)))
            || self.access() == (None, Some(Access::Staff(Right::Enter)))
    }

    /// One of each, for those who try every door.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let token = || "A".repeat(32);
        let user = UserId(1);
        vec![
            Self::Code,
            Self::PasskeyAsked,
            Self::PasskeyShown,
            Self::Forgotten,
            Self::NewPassword(token()),
            Self::Invitation(token()),
            Self::SetUp(token()),
            Self::Own,
            Self::OwnPassword,
            Self::OwnFactor,
            Self::OwnFactorCode,
            Self::OwnFactorEnd,
            Self::OwnCodes,
            Self::OwnPasskeys,
            Self::OwnPasskeyAsked,
            Self::OwnPasskeyEnd,
            Self::OwnPasskey(1),
            Self::OwnSessions,
            Self::Accounts,
            Self::FactorRule,
            Self::Invitations,
            Self::InvitationEnd(1),
            Self::Account(user),
            Self::AccountState(user),
            Self::AccountSessions(user),
            Self::AccountFactor(user),
            Self::Audit,
            Self::AuditFile,
        ]
    }
}

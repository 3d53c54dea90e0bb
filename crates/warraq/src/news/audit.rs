//! Who did what? The acts that are written down.

use super::UserId;

super::words! {
    /// Something that was done by right of an account, or tried.
    Act {
        /// Signed in.
        SignedIn = "signed-in",
        /// Signed out.
        SignedOut = "signed-out",
        /// Address or password, or the code after them, did not fit.
        SignInFailed = "sign-in-failed",
        /// Ended sessions.
        SessionsEnded = "sessions-ended",
        /// Made the first account by the link of the console.
        SetUp = "set-up",
        /// Opened an account.
        AccountOpened = "account-opened",
        /// Asked somebody to join.
        Invited = "invited",
        /// Took an invitation back.
        InvitationWithdrawn = "invitation-withdrawn",
        /// Accepted an invitation.
        InvitationAccepted = "invitation-accepted",
        /// Changed role or sections of an account.
        RoleChanged = "role-changed",
        /// Closed an account.
        AccountDisabled = "account-disabled",
        /// Opened a closed account again.
        AccountEnabled = "account-enabled",
        /// Named the person whose byline an account is.
        PersonLinked = "person-linked",
        /// Changed name or language of one's own account.
        AccountChanged = "account-changed",
        /// Chose another password.
        PasswordChanged = "password-changed",
        /// Was sent a link to choose another password.
        PasswordOffered = "password-offered",
        /// Set up a second factor.
        FactorAdded = "factor-added",
        /// Took a second factor away.
        FactorRemoved = "factor-removed",
        /// Made new recovery codes.
        CodesRenewed = "codes-renewed",
        /// Came in with a recovery code.
        CodeUsed = "code-used",
        /// Added a passkey.
        PasskeyAdded = "passkey-added",
        /// Called a passkey something else.
        PasskeyNamed = "passkey-named",
        /// Took a passkey away.
        PasskeyRemoved = "passkey-removed",
        /// Was turned away: a passkey had signed more often before, so there may be two of it.
        PasskeyCopied = "passkey-copied",
        /// Published an article.
        Published = "published",
        /// Set the time at which an article goes out.
        Scheduled = "scheduled",
        /// Took the time back.
        Unscheduled = "unscheduled",
        /// Said for when an article is planned, how long it is kept back, when it goes away.
        Planned = "planned",
        /// Withdrew an article.
        Withdrawn = "withdrawn",
        /// Said whose turn it is, and where a draft stands.
        HandedOn = "handed-on",
        /// Corrected an article in public.
        Corrected = "corrected",
        /// Changed the publication.
        SiteChanged = "site-changed",
        /// Added, renamed, moved or removed stages of drafts, or said who takes stories on from there.
        StagesChanged = "stages-changed",
        /// Opened or named a section.
        SectionChanged = "section-changed",
        /// Opened or named a tag.
        TagChanged = "tag-changed",
        /// Made two tags one.
        TagsJoined = "tags-joined",
        /// Made two people with bylines one.
        PeopleJoined = "people-joined",
        /// Entered or named somebody with a byline.
        PersonChanged = "person-changed",
        /// Sent readers of an address on to another one.
        AddressKept = "address-kept",
        /// No longer sends readers of an address on.
        AddressForgotten = "address-forgotten",
        /// Arranged the front page.
        FrontArranged = "front-arranged",
        /// Published a comment.
        CommentApproved = "comment-approved",
        /// Hid a comment, or called it spam or refuse.
        CommentRemoved = "comment-removed",
        /// Read the address of a commenter.
        AddressSeen = "address-seen",
        /// Took a wire story in as a draft.
        WireTaken = "wire-taken",
        /// Dismissed wire stories.
        WireDismissed = "wire-dismissed",
        /// Let wire stories that were dismissed wait again.
        WireBroughtBack = "wire-brought-back",
        /// Added a wire source.
        WireSourceAdded = "wire-source-added",
        /// Changed, paused or resumed a wire source, or had it asked at once.
        WireSourceChanged = "wire-source-changed",
        /// Removed a wire source.
        WireSourceRemoved = "wire-source-removed",
        /// Took the log away as a file.
        AuditExported = "audit-exported",
    }
}

super::words! {
    /// Where an act came from.
    Origin {
        /// A page of the newsroom.
        Newsroom = "newsroom",
        /// The command line.
        Console = "console",
        /// The timetable and the queue.
        Timetable = "timetable",
    }
}

super::words! {
    /// What something was done to.
    Noun {
        /// Nothing in particular.
        Nothing = "",
        /// An account.
        Account = "account",
        /// An invitation.
        Invitation = "invitation",
        /// An article.
        Article = "article",
        /// A comment.
        Comment = "comment",
        /// A section.
        Section = "section",
        /// A tag.
        Tag = "tag",
        /// Somebody with a byline.
        Person = "person",
        /// A wire source.
        WireSource = "wire-source",
        /// The publication.
        Site = "site",
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// When, in milliseconds; of attempts that are counted: when the last one was.
    pub at: i64,
    /// Who, if it was an account.
    pub user: Option<UserId>,
    /// The name of the account today.
    pub name: Option<String>,
    /// From where.
    pub origin: Origin,
    /// What.
    pub act: Act,
    /// On what.
    pub noun: Noun,
    /// Its number.
    pub noun_id: Option<i64>,
    /// Further words, without addresses.
    pub details: String,
    /// How often, where attempts are counted.
    pub times: i64,
}

/// A cell of a CSV file: quoted (RFC 4180), and defused where a spreadsheet would take it for a formula.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let first = text.trim_start().chars().next();
    let dangerous = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%'))
        || text.starts_with(['\t', '\r', '\n']);
    let text = text.replace('"', "\"\"");
    if dangerous { format!("\"'{text}\"") } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let check = |text: &str, cell: &str| assert_eq!(csv_cell(text), cell, "{text}");
        check("سلمى", "\"سلمى\"");
        check("a \"b\", c", "\"a \"\"b\"\", c\"");
        check("=1+1", "\"'=1+1\"");
        check("+1", "\"'+1\"");
        check("-1", "\"'-1\"");
        check("@SUM(A1)", "\"'@SUM(A1)\"");
        check("  =1", "\"'  =1\"");
        check("\t=1", "\"'\t=1\"");
        check("＝1", "\"'＝1\"");
        check("", "\"\"");
        check("a=1", "\"a=1\"");
    }
}

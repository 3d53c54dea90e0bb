//! Who works here, and what may they do?

use super::article::Status;
use super::{SectionId, UserId};

super::words! {
    /// What an account may do, from everything to own drafts only.
    Role {
        /// Everything, also accounts and settings.
        Owner = "owner",
        /// Everything that readers see.
        Editor = "editor",
        /// Own articles, also their publication.
        Author = "author",
        /// Own drafts.
        Contributor = "contributor",
    }
}

/// What a role gives, apart from single articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Come in, see what is worked on, change one's own account.
    Enter,
    /// Begin an article.
    Write,
    /// Put a picture or file into the library.
    Upload,
    /// Change what the library says about the pictures of others.
    KeepLibrary,
    /// Decide about comments.
    Moderate,
    /// Say which feeds wire copy comes from, and dismiss what came.
    KeepWires,
    /// Put stories on the front page; name sections, tags and people.
    Arrange,
    /// Change the publication itself.
    Settle,
    /// Open, change and close accounts.
    KeepAccounts,
    /// Read who did what.
    Audit,
}

impl Right {
    /// Every one of them.
    pub const ALL: &'static [Self] = &[
        Self::Enter,
        Self::Write,
        Self::Upload,
        Self::KeepLibrary,
        Self::Moderate,
        Self::KeepWires,
        Self::Arrange,
        Self::Settle,
        Self::KeepAccounts,
        Self::Audit,
    ];
}

impl Role {
    /// Does the role give this right?
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::Enter | Right::Write | Right::Upload => true,
            Right::KeepLibrary | Right::Moderate | Right::KeepWires | Right::Arrange => {
                matches!(self, Self::Owner | Self::Editor)
            }
            Right::Settle | Right::KeepAccounts | Right::Audit => self == Self::Owner,
        }
    }

    /// May an article of this state be read before it is public, and be changed?
    #[must_use]
    pub fn may_edit(self, is_own: bool, status: Status) -> bool {
        match self {
            Self::Owner | Self::Editor => true,
            Self::Author => is_own,
            Self::Contributor => is_own && status == Status::Draft,
        }
    }

    /// May it be published, scheduled, corrected, withdrawn?
    #[must_use]
    pub fn may_publish(self, is_own: bool) -> bool {
        match self {
            Self::Owner | Self::Editor => true,
            Self::Author => is_own,
            Self::Contributor => false,
        }
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The account.
    pub id: UserId,
    /// Name as colleagues see it.
    pub name: String,
    /// What the account may do.
    pub role: Role,
    /// Language of the interface; empty: the publication's.
    pub language: String,
    /// Where the account may work, with the sections below; empty: everywhere.
    pub sections: Vec<SectionId>,
}

impl Staff {
    /// May an article that stands in these sections be read before it is public, and be changed? One's own, and what is
    /// with one, can be written wherever it stands; it just does not go out there.
    #[must_use]
    pub fn may_edit(&self, is_own: bool, status: Status, sections: &[SectionId]) -> bool {
        self.role.may_edit(is_own, status) && (is_own || self.reaches(sections))
    }

    /// May it be published, scheduled, corrected, withdrawn?
    #[must_use]
    pub fn may_publish(&self, is_own: bool, sections: &[SectionId]) -> bool {
        self.role.may_publish(is_own) && self.reaches(sections)
    }

    /// Has the account a say about wire copy of this section? To take it in is to write there.
    #[must_use]
    pub fn may_take(&self, section: Option<SectionId>) -> bool {
        self.reaches(section.as_slice())
    }

    /// Whoever is confined to sections has no say where one of the article's is another, nor over what stands in none.
    fn reaches(&self, sections: &[SectionId]) -> bool {
        let inside = |section: &SectionId| self.sections.contains(section);
        self.sections.is_empty() || (!sections.is_empty() && sections.iter().all(inside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_that_a_lower_role_has_a_higher_one_has_too() {
        for (higher, lower) in Role::ALL.iter().zip(&Role::ALL[1..]) {
            for right in Right::ALL {
                assert!(higher.may(*right) || !lower.may(*right), "{higher:?} {lower:?} {right:?}");
            }
            for status in Status::ALL {
                for own in [true, false] {
                    assert!(higher.may_edit(own, *status) || !lower.may_edit(own, *status), "{higher:?} {status:?}");
                    assert!(higher.may_publish(own) || !lower.may_publish(own), "{higher:?}");
                }
            }
        }
    }

    #[test]
    fn whoever_is_confined_to_sections_has_no_say_elsewhere() {
        let [here, there] = [SectionId(1), SectionId(2)];
        let staff = |role, sections: &[SectionId]| Staff {
            id: UserId(1),
            name: String::new(),
            role,
            language: String::new(),
            sections: sections.to_vec(),
        };
        let check = |sections: &[SectionId], own: bool, edits: bool, publishes: bool| {
            let editor = staff(Role::Editor, &[here]);
            assert_eq!(editor.may_edit(own, Status::Published, sections), edits, "{sections:?} {own}");
            assert_eq!(editor.may_publish(own, sections), publishes, "{sections:?} {own}");
        };
        check(&[here], false, true, true);
        check(&[there], false, false, false);
        check(&[here, there], false, false, false);
        check(&[], false, false, false);
        check(&[there], true, true, false);
        check(&[], true, true, false);
        assert!(staff(Role::Editor, &[]).may_publish(false, &[]));
        assert!(!staff(Role::Author, &[]).may_publish(false, &[here]));
    }

    #[test]
    fn a_contributor_touches_own_drafts_alone() {
        let role = Role::Contributor;
        assert!(role.may_edit(true, Status::Draft));
        assert!(!role.may_edit(true, Status::Published));
        assert!(!role.may_edit(true, Status::Scheduled));
        assert!(!role.may_edit(false, Status::Draft));
        assert!(!role.may_publish(true));
    }
}

//! Which places does the newsroom have, and who may go where?

mod staff;

use http::Method;

use crate::news::staff::Right;
use crate::news::{ArticleId, BanId, CommentId, MediaId, PersonId, TagId, WireSourceId, WireStoryId};

pub use staff::StaffRoom;

/// A place of the newsroom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Room {
    /// `/newsroom/`
    Home,
    /// `/newsroom/sign-in`
    SignIn,
    /// `/newsroom/sign-out`
    SignOut,
    /// `/newsroom/articles/`
    Stories,
    /// `/newsroom/calendar/`: what is planned, goes out, goes away
    Calendar,
    /// `/newsroom/articles/new`
    NewStory,
    /// `/newsroom/articles/12/`: the article as it is being written
    Story(ArticleId),
    /// `/newsroom/articles/12/draft`: kept while it is being written
    Draft(ArticleId),
    /// `/newsroom/articles/12/lock`: who has it open
    Lock(ArticleId),
    /// `/newsroom/articles/12/state`: published, scheduled, withdrawn, corrected, handed on
    State(ArticleId),
    /// `/newsroom/articles/12/revisions/`
    Revisions(ArticleId),
    /// `/newsroom/articles/12/revisions/3`: what changed with it; posting brings it back
    Revision(ArticleId, i64),
    /// `/newsroom/articles/12/preview`: as readers would see it
    Preview(ArticleId),
    /// Accounts: how one comes in, one's own, those of all, the log
    Staff(StaffRoom),
    /// `/newsroom/front/`
    Front,
    /// `/newsroom/sections/`
    Sections,
    /// `/newsroom/settings/`
    Settings,
    /// `/newsroom/stages/`: the way of a draft to publication
    Stages,
    /// `/newsroom/menus/`: the links at head and foot of every page
    Menus,
    /// `/newsroom/people/`: those with bylines; posting adds one
    People,
    /// `/newsroom/people/3/`
    Person(PersonId),
    /// `/newsroom/tags/`; posting adds one
    Tags,
    /// `/newsroom/tags/3/`
    Tag(TagId),
    /// `/newsroom/tags/names`: what a name that is being typed may become
    TagNames,
    /// `/newsroom/redirects/`: addresses without a page that lead on; posting adds one or takes one away
    Redirects,
    /// `/newsroom/comments/`: what readers say; posting decides about it
    Comments,
    /// `/newsroom/comments/undo`: what was decided last is taken back
    CommentUndo,
    /// `/newsroom/comments/12/`
    Comment(CommentId),
    /// `/newsroom/comments/12/answers`: what the newsroom says to it
    CommentAnswers(CommentId),
    /// `/newsroom/comments/12/address`: who wrote it; asking is written down, therefore nobody asks by a link
    CommentAddress(CommentId),
    /// `/newsroom/comments/bans/`: who is no longer heard
    Bans,
    /// `/newsroom/comments/bans/3`: whoever it is is heard again
    Ban(BanId),
    /// `/newsroom/media/`: pictures; posting takes some in
    Pictures,
    /// `/newsroom/media/12/`: what is said of a picture
    Picture(MediaId),
    /// `/newsroom/media/12/file`: another file in its place
    PictureFile(MediaId),
    /// `/newsroom/media/12/removal`: it is taken away
    PictureRemoval(MediaId),
    /// `/newsroom/wire/`: what feeds brought; posting takes it in or dismisses it
    Wire,
    /// `/newsroom/wire/undo`: what was dismissed last waits again
    WireUndo,
    /// `/newsroom/wire/12/`
    WireStory(WireStoryId),
    /// `/newsroom/wire/sources/`: the feeds that are asked; posting adds one
    WireSources,
    /// `/newsroom/wire/sources/3/`
    WireSource(WireSourceId),
    /// `/newsroom/wire/sources/3/state`: paused, resumed, asked at once, removed
    WireSourceState(WireSourceId),
    /// Any other address below `/newsroom/`
    Nowhere,
}

/// Who may call a place of the newsroom. What may be done with a single article is asked by the verb that does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever stands at the door.
    Anybody,
    /// Somebody who is signed in and has this right.
    Staff(Right),
}

/// Where the newsroom lies.
pub const ROOT: &str = "/newsroom/";

impl Room {
    /// What a path (still encoded) leads to; `None` outside of the newsroom.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let within = if path == "/newsroom" { "" } else { path.strip_prefix(ROOT)? };
        let pieces: Vec<&str> = within.split('/').filter(|piece| !piece.is_empty()).collect();
        Some(Self::within(&pieces).unwrap_or(Self::Nowhere))
    }

    fn within(pieces: &[&str]) -> Option<Self> {
        Some(match pieces {
            [] => Self::Home,
            ["sign-in"] => Self::SignIn,
            ["sign-out"] => Self::SignOut,
            ["front"] => Self::Front,
            ["sections"] => Self::Sections,
            ["settings"] => Self::Settings,
            ["stages"] => Self::Stages,
            ["menus"] => Self::Menus,
            ["people"] => Self::People,
            ["people", id] => Self::Person(PersonId(id.parse().ok()?)),
            ["tags"] => Self::Tags,
            ["tags", "names"] => Self::TagNames,
            ["tags", id] => Self::Tag(TagId(id.parse().ok()?)),
            ["redirects"] => Self::Redirects,
            ["calendar"] => Self::Calendar,
            ["articles"] => Self::Stories,
            ["articles", "new"] => Self::NewStory,
            ["articles", id, rest @ ..] => {
                let id = ArticleId(id.parse().ok()?);
                match rest {
                    [] => Self::Story(id),
                    ["draft"] => Self::Draft(id),
                    ["lock"] => Self::Lock(id),
                    ["state"] => Self::State(id),
                    ["preview"] => Self::Preview(id),
                    ["revisions"] => Self::Revisions(id),
                    ["revisions", number] => Self::Revision(id, number.parse().ok()?),
                    _ => return None,
                }
            }
            ["comments"] => Self::Comments,
            ["comments", "undo"] => Self::CommentUndo,
            ["comments", "bans"] => Self::Bans,
            ["comments", "bans", id] => Self::Ban(BanId(id.parse().ok()?)),
            ["comments", id, rest @ ..] => {
                let id = CommentId(id.parse().ok()?);
                match rest {
                    [] => Self::Comment(id),
                    ["answers"] => Self::CommentAnswers(id),
                    ["address"] => Self::CommentAddress(id),
                    _ => return None,
                }
            }
            ["media"] => Self::Pictures,
            ["media", id, rest @ ..] => {
                let id = MediaId(id.parse().ok()?);
                match rest {
                    [] => Self::Picture(id),
                    ["file"] => Self::PictureFile(id),
                    ["removal"] => Self::PictureRemoval(id),
                    _ => return None,
                }
            }
            ["wire"] => Self::Wire,
            ["wire", "undo"] => Self::WireUndo,
            ["wire", "sources"] => Self::WireSources,
            ["wire", "sources", id, rest @ ..] => {
                let id = WireSourceId(id.parse().ok()?);
                match rest {
                    [] => Self::WireSource(id),
                    ["state"] => Self::WireSourceState(id),
                    _ => return None,
                }
            }
            ["wire", id] => Self::WireStory(WireStoryId(id.parse().ok()?)),
            _ => return StaffRoom::within(pieces).map(Self::Staff),
        })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Staff(room) => format!("{ROOT}{}", room.path()),
            Self::Home | Self::Nowhere => ROOT.to_owned(),
            Self::SignIn => format!("{ROOT}sign-in"),
            Self::SignOut => format!("{ROOT}sign-out"),
            Self::Front => format!("{ROOT}front/"),
            Self::Sections => format!("{ROOT}sections/"),
            Self::Settings => format!("{ROOT}settings/"),
            Self::Stages => format!("{ROOT}stages/"),
            Self::Menus => format!("{ROOT}menus/"),
            Self::People => format!("{ROOT}people/"),
            Self::Person(id) => format!("{ROOT}people/{id}/"),
            Self::Tags => format!("{ROOT}tags/"),
            Self::Tag(id) => format!("{ROOT}tags/{id}/"),
            Self::TagNames => format!("{ROOT}tags/names"),
            Self::Redirects => format!("{ROOT}redirects/"),
            Self::Stories => format!("{ROOT}articles/"),
            Self::Calendar => format!("{ROOT}calendar/"),
            Self::NewStory => format!("{ROOT}articles/new"),
            Self::Story(id) => format!("{ROOT}articles/{id}/"),
            Self::Draft(id) => format!("{ROOT}articles/{id}/draft"),
            Self::Lock(id) => format!("{ROOT}articles/{id}/lock"),
            Self::State(id) => format!("{ROOT}articles/{id}/state"),
            Self::Preview(id) => format!("{ROOT}articles/{id}/preview"),
            Self::Revisions(id) => format!("{ROOT}articles/{id}/revisions/"),
            Self::Revision(id, number) => format!("{ROOT}articles/{id}/revisions/{number}"),
            Self::Comments => format!("{ROOT}comments/"),
            Self::CommentUndo => format!("{ROOT}comments/undo"),
            Self::Comment(id) => format!("{ROOT}comments/{id}/"),
            Self::CommentAnswers(id) => format!("{ROOT}comments/{id}/answers"),
            Self::CommentAddress(id) => format!("{ROOT}comments/{id}/address"),
            Self::Bans => format!("{ROOT}comments/bans/"),
            Self::Ban(id) => format!("{ROOT}comments/bans/{id}"),
            Self::Pictures => format!("{ROOT}media/"),
            Self::Picture(id) => format!("{ROOT}media/{id}/"),
            Self::PictureFile(id) => format!("{ROOT}media/{id}/file"),
            Self::PictureRemoval(id) => format!("{ROOT}media/{id}/removal"),
            Self::Wire => format!("{ROOT}wire/"),
            Self::WireUndo => format!("{ROOT}wire/undo"),
            Self::WireStory(id) => format!("{ROOT}wire/{id}/"),
            Self::WireSources => format!("{ROOT}wire/sources/"),
            Self::WireSource(id) => format!("{ROOT}wire/sources/{id}/"),
            Self::WireSourceState(id) => format!("{ROOT}wire/sources/{id}/state"),
        }
    }

    /// Who may call it with this method; `None`: nobody.
    #[must_use]
    pub fn access(&self, method: &Method) -> Option<Access> {
        let reads = *method == Method::GET || *method == Method::HEAD;
        let posts = *method == Method::POST;
        let (reading, writing) = match self {
            Self::SignIn => (Some(Access::Anybody), Some(Access::Anybody)),
            Self::SignOut => (None, Some(Access::Anybody)),
            Self::Staff(room) => room.access(),
            Self::Home | Self::Stories | Self::Calendar | Self::Revisions(_) | Self::Preview(_) | Self::Nowhere => {
                (Some(Access::Staff(Right::Enter)), None)
            }
            Self::Front
            | Self::Sections
            | Self::Menus
            | Self::People
            | Self::Person(_)
            | Self::Tags
            | Self::Tag(_)
            | Self::Redirects => (Some(Access::Staff(Right::Arrange)), Some(Access::Staff(Right::Arrange))),
            Self::Settings | Self::Stages => (Some(Access::Staff(Right::Settle)), Some(Access::Staff(Right::Settle))),
            Self::TagNames => (Some(Access::Staff(Right::Write)), None),
            Self::NewStory | Self::Story(_) | Self::Revision(..) => {
                (Some(Access::Staff(Right::Write)), Some(Access::Staff(Right::Write)))
            }
            Self::Draft(_) | Self::Lock(_) | Self::State(_) => (None, Some(Access::Staff(Right::Write))),
            Self::Comments | Self::Bans => (Some(Access::Staff(Right::Moderate)), Some(Access::Staff(Right::Moderate))),
            Self::Comment(_) => (Some(Access::Staff(Right::Moderate)), None),
            Self::CommentUndo | Self::CommentAnswers(_) | Self::CommentAddress(_) | Self::Ban(_) => {
                (None, Some(Access::Staff(Right::Moderate)))
            }
            Self::Pictures | Self::Picture(_) => {
                (Some(Access::Staff(Right::Upload)), Some(Access::Staff(Right::Upload)))
            }
            Self::PictureFile(_) | Self::PictureRemoval(_) => (None, Some(Access::Staff(Right::Upload))),
            // To take a story in is to begin a draft. Dismissing asks for more, in the verb.
            Self::Wire => (Some(Access::Staff(Right::Write)), Some(Access::Staff(Right::Write))),
            Self::WireStory(_) => (Some(Access::Staff(Right::Write)), None),
            Self::WireSources | Self::WireSource(_) => {
                (Some(Access::Staff(Right::KeepWires)), Some(Access::Staff(Right::KeepWires)))
            }
            Self::WireUndo | Self::WireSourceState(_) => (None, Some(Access::Staff(Right::KeepWires))),
        };
        if reads {
            reading
        } else if posts {
            writing
        } else {
            None
        }
    }

    /// Are files sent here? They come piece by piece and may take their time.
    #[must_use]
    pub fn takes_files(&self) -> bool {
        matches!(self, Self::Pictures | Self::PictureFile(_))
    }

    /// One of each, for those who try every door: those of an article lead to this one.
    #[must_use]
    pub fn samples(article: ArticleId) -> Vec<Self> {
        let mut samples = vec![
            Self::Home,
            Self::SignIn,
            Self::SignOut,
            Self::Front,
            Self::Sections,
            Self::Menus,
            Self::People,
            Self::Person(PersonId(1)),
            Self::Tags,
            Self::Tag(TagId(1)),
            Self::TagNames,
            Self::Redirects,
            Self::Settings,
            Self::Stages,
            Self::Stories,
            Self::Calendar,
            Self::NewStory,
            Self::Story(article),
            Self::Draft(article),
            Self::Lock(article),
            Self::State(article),
            Self::Preview(article),
            Self::Revisions(article),
            Self::Revision(article, 1),
            Self::Comments,
            Self::CommentUndo,
            Self::Comment(CommentId(1)),
            Self::CommentAnswers(CommentId(1)),
            Self::CommentAddress(CommentId(1)),
            Self::Bans,
            Self::Ban(BanId(1)),
            Self::Pictures,
            Self::Picture(MediaId(1)),
            Self::PictureFile(MediaId(1)),
            Self::PictureRemoval(MediaId(1)),
            Self::Wire,
            Self::WireUndo,
            Self::WireStory(WireStoryId(1)),
            Self::WireSources,
            Self::WireSource(WireSourceId(1)),
            Self::WireSourceState(WireSourceId(1)),
        ];
        samples.extend(StaffRoom::samples().into_iter().map(Self::Staff));
        samples
    }

    /// What it can be asked for, as `Allow` says it.
    #[must_use]
    pub fn methods(&self) -> &'static str {
        match (self.access(&Method::GET).is_some(), self.access(&Method::POST).is_some()) {
            (true, true) => "GET, HEAD, POST",
            (true, false) => "GET, HEAD",
            _ => "POST",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_where_its_path_says() {
        for room in Room::samples(ArticleId(12)) {
            assert_eq!(Room::of(&room.path()), Some(room.clone()), "{}", room.path());
            assert!(room.access(&Method::GET).or(room.access(&Method::POST)).is_some(), "{room:?} is for nobody");
        }
        assert_eq!(Room::of("/newsroom"), Some(Room::Home));
        assert_eq!(Room::of("/newsroom/articles/x/"), Some(Room::Nowhere));
        assert_eq!(Room::of("/newsroom/articles/1/revisions/x"), Some(Room::Nowhere));
        assert_eq!(Room::of("/newsrooms/"), None);
        assert_eq!(Room::of("/"), None);
    }

    #[test]
    fn nobody_writes_by_get_and_only_forms_are_sent() {
        for room in [
            Room::SignOut,
            Room::Draft(ArticleId(1)),
            Room::State(ArticleId(1)),
            Room::Lock(ArticleId(1)),
            Room::CommentUndo,
            Room::CommentAddress(CommentId(1)),
            Room::Ban(BanId(1)),
            Room::PictureRemoval(MediaId(1)),
            Room::WireUndo,
            Room::WireSourceState(WireSourceId(1)),
        ] {
            assert_eq!(room.access(&Method::GET), None, "{room:?}");
        }
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
            assert_eq!(Room::Story(ArticleId(1)).access(&method), None, "{method}");
        }
    }
}

//! May they? Every place of the newsroom × role × own or another's × state of the article × section, against a table that
//! was written by hand from docs/newsroom.md and knows nothing of the program's own rules.

use http::Method;
use warraq::desk::{accounts, articles};
use warraq::news::article::{Draft, Status};
use warraq::news::staff::Role;
use warraq::news::{ArticleId, SectionId, UserId};
use warraq::store::stories;
use warraq::web::newsroom::{Room, StaffRoom};

use crate::support::staff::Colleague;
use crate::support::{Newsroom, Page, on_both, story};

/// An article and how it stands to the one who asks.
#[derive(Debug, Clone, Copy)]
struct Cell {
    role: Role,
    own: bool,
    status: Status,
    inside: bool,
}

impl Cell {
    /// May it be seen and changed?
    fn edits(self) -> bool {
        match self.role {
            Role::Owner | Role::Editor => self.own || self.inside,
            Role::Author => self.own,
            Role::Contributor => self.own && self.status == Status::Draft,
        }
    }

    /// May it be written over, by a form that names no section? What is scheduled goes out as it stands: not by those who
    /// are confined to sections.
    fn writes(self) -> bool {
        self.edits() && self.status != Status::Scheduled
    }

    /// May an earlier version be brought back where it stands?
    fn restores(self) -> bool {
        self.edits() && (self.status != Status::Scheduled || self.publishes())
    }

    /// May it go out, come back, be corrected?
    fn publishes(self) -> bool {
        match self.role {
            Role::Owner | Role::Editor => self.inside,
            Role::Author => self.own && self.inside,
            Role::Contributor => false,
        }
    }
}

/// A place with a method, and what is sent.
struct Knock {
    room: Room,
    method: Method,
    fields: Vec<(&'static str, String)>,
    opens: bool,
}

/// Everything that can be asked of an article.
fn knocks(article: ArticleId, cell: Cell) -> Vec<Knock> {
    let mut all = Vec::new();
    for room in Room::samples(article) {
        let knock = |method: &Method, fields: &[(&'static str, &str)], opens| Knock {
            room: room.clone(),
            method: method.clone(),
            fields: fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
            opens,
        };
        let (edits, publishes) = (cell.edits(), cell.publishes());
        let text = [("version", "0"), ("headline", "خبر"), ("body", "<p>نص</p>"), ("do", "save")];
        match room {
            Room::Story(_) => {
                all.push(knock(&Method::GET, &[], edits));
                all.push(knock(&Method::POST, &text, cell.writes()));
            }
            Room::Draft(_) => all.push(knock(&Method::POST, &text, cell.writes())),
            Room::Lock(_) => all.push(knock(&Method::POST, &[("take", "1")], edits)),
            Room::Preview(_) | Room::Revisions(_) => all.push(knock(&Method::GET, &[], edits)),
            Room::Revision(..) => {
                all.push(knock(&Method::GET, &[], edits));
                all.push(knock(&Method::POST, &[], cell.restores()));
            }
            Room::State(_) => {
                let hand = [("do", "hand-on"), ("stage", "desk"), ("to", "")];
                all.push(knock(&Method::POST, &hand, edits));
                all.push(knock(&Method::POST, &[("do", "plan"), ("planned_on", "2026-05-01")], edits));
                let ends = [("do", "plan"), ("expires_at", "2026-06-01T10:00")];
                all.push(knock(&Method::POST, &ends, publishes));
                for act in [
                    &[("do", "publish")][..],
                    &[("do", "schedule"), ("at", "2026-04-01T10:00")],
                    &[("do", "unschedule")],
                    &[("do", "withdraw"), ("reason", "خطأ")],
                    &[("do", "correct"), ("kind", "correction"), ("note", "صُحح الاسم")],
                ] {
                    all.push(knock(&Method::POST, act, publishes));
                }
            }
            // Those that belong to no article.
            Room::Home
            | Room::Front
            | Room::Sections
            | Room::Settings
            | Room::Stages
            | Room::SignIn
            | Room::SignOut
            | Room::Stories
            | Room::Calendar
            | Room::NewStory
            | Room::Menus
            | Room::People
            | Room::Person(_)
            | Room::Tags
            | Room::Tag(_)
            | Room::TagNames
            | Room::Redirects
            | Room::Comments
            | Room::CommentUndo
            | Room::Comment(_)
            | Room::CommentAnswers(_)
            | Room::CommentAddress(_)
            | Room::Bans
            | Room::Ban(_)
            | Room::Pictures
            | Room::Picture(_)
            | Room::PictureFile(_)
            | Room::PictureRemoval(_)
            | Room::Wire
            | Room::WireUndo
            | Room::WireStory(_)
            | Room::WireSources
            | Room::WireSource(_)
            | Room::WireSourceState(_)
            | Room::Staff(_)
            | Room::Nowhere => {}
        }
    }
    all
}

/// Who may go to a place that belongs to no article: (reading, writing); `None`: nobody may, whoever it is.
fn table(room: &Room, role: Option<Role>) -> (Option<bool>, Option<bool>) {
    let (works_here, owns) = (role.is_some(), role == Some(Role::Owner));
    let edits = matches!(role, Some(Role::Owner | Role::Editor));
    match room {
        Room::SignIn => (Some(true), Some(true)),
        Room::SignOut => (None, Some(true)),
        Room::Home | Room::Stories | Room::Calendar | Room::TagNames => (Some(works_here), None),
        Room::NewStory => (Some(works_here), Some(works_here)),
        Room::Front
        | Room::Sections
        | Room::Menus
        | Room::People
        | Room::Person(_)
        | Room::Tags
        | Room::Tag(_)
        | Room::Redirects => (Some(edits), Some(edits)),
        Room::Settings | Room::Stages => (Some(owns), Some(owns)),
        Room::Comments | Room::Bans => (Some(edits), Some(edits)),
        Room::Comment(_) => (Some(edits), None),
        Room::CommentUndo | Room::CommentAnswers(_) | Room::CommentAddress(_) | Room::Ban(_) => (None, Some(edits)),
        Room::Pictures | Room::Picture(_) => (Some(works_here), Some(works_here)),
        Room::PictureFile(_) | Room::PictureRemoval(_) => (None, Some(works_here)),
        Room::Wire => (Some(works_here), Some(works_here)),
        Room::WireStory(_) => (Some(works_here), None),
        Room::WireSources | Room::WireSource(_) => (Some(edits), Some(edits)),
        Room::WireUndo | Room::WireSourceState(_) => (None, Some(edits)),
        Room::Staff(room) => match room {
            StaffRoom::Code
            | StaffRoom::Forgotten
            | StaffRoom::NewPassword(_)
            | StaffRoom::Invitation(_)
            | StaffRoom::SetUp(_) => (Some(true), Some(true)),
            StaffRoom::PasskeyAsked | StaffRoom::PasskeyShown => (None, Some(true)),
            StaffRoom::Own | StaffRoom::OwnFactor => (Some(works_here), Some(works_here)),
            StaffRoom::OwnPassword
            | StaffRoom::OwnFactorCode
            | StaffRoom::OwnFactorEnd
            | StaffRoom::OwnCodes
            | StaffRoom::OwnPasskeys
            | StaffRoom::OwnPasskeyAsked
            | StaffRoom::OwnPasskeyEnd
            | StaffRoom::OwnPasskey(_)
            | StaffRoom::OwnSessions => (None, Some(works_here)),
            StaffRoom::Accounts | StaffRoom::Audit => (Some(owns), None),
            StaffRoom::Account(_) => (Some(owns), Some(owns)),
            StaffRoom::FactorRule
            | StaffRoom::Invitations
            | StaffRoom::InvitationEnd(_)
            | StaffRoom::AccountState(_)
            | StaffRoom::AccountSessions(_)
            | StaffRoom::AccountFactor(_)
            | StaffRoom::AuditFile => (None, Some(owns)),
        },
        // Those of an article have cells of their own; nobody who is not signed in comes near them.
        Room::Story(_) | Room::Revision(..) => (Some(false), Some(false)),
        Room::Draft(_) | Room::Lock(_) | Room::State(_) => (None, Some(false)),
        Room::Preview(_) | Room::Revisions(_) => (Some(false), None),
        Room::Nowhere => (Some(works_here), None),
    }
}

/// An article as a cell wants it.
async fn article(site: &Newsroom, cell: Cell, owner: UserId, section: SectionId) -> ArticleId {
    let draft = Draft { sections: vec![section], ..story("خبر") };
    let id = site.editor().drafts(draft).await;
    site.desk.write(move |tx| Ok(stories::set_owner(tx, id, owner)?)).await.expect("an owner");
    match cell.status {
        Status::Draft => {}
        Status::Scheduled => site.editor().schedules(id, "2026-03-20T08:00:00Z").await.expect("scheduled"),
        Status::Published => articles::publish(&site.desk, id, None).await.expect("published"),
        Status::Withdrawn => {
            articles::publish(&site.desk, id, None).await.expect("published");
            articles::withdraw(&site.desk, id, "خطأ").await.expect("withdrawn");
        }
    }
    id
}

/// Was it let in? Anything but «you may not» says that the door was open, also what was wrong behind it.
fn opened(page: &Page) -> bool {
    let turned_away = page.status == 303 && page.location().starts_with("/newsroom/sign-in?next=");
    !matches!(page.status, 401 | 403) && !turned_away
}

async fn knock_as(colleague: &Colleague, knock: &Knock) -> Page {
    let path = knock.room.path();
    if knock.method == Method::GET {
        return colleague.opens(&path).await;
    }
    let fields: Vec<(&str, &str)> = knock.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    colleague.sends(&path, &fields).await
}

on_both! {
    async fn nobody_does_to_an_article_what_they_may_not(site) {
        let (here, there) = (site.editor().section("هنا").await, site.editor().section("هناك").await);
        let stranger = site.hires("غريب", Role::Owner).await;
        let mut wrong = Vec::new();
        let mut cells = 0;
        for role in Role::ALL.iter().copied() {
            let id = site.hires_as(&format!("{}-b", role.as_str()), "زميل", role).await;
            accounts::change_role(&site.desk, id, role, vec![here]).await.expect("confined");
            let colleague = site.at_work(id).await;
            for own in [true, false] {
                for status in Status::ALL.iter().copied() {
                    for inside in [true, false] {
                        let cell = Cell { role, own, status, inside };
                        let (owner, section) = (if own { id } else { stranger }, if inside { here } else { there });
                        let mut target = article(site, cell, owner, section).await;
                        for place in 0..knocks(target, cell).len() {
                            let knock = &knocks(target, cell)[place];
                            let page = knock_as(&colleague, knock).await;
                            cells += 1;
                            if opened(&page) != knock.opens || page.status >= 500 {
                                wrong.push(format!(
                                    "{cell:?} {} {} {:?}: {}", knock.method, knock.room.path(), knock.fields.first(), page.status
                                ));
                            }
                            // Whatever was done to it, the next one finds it as the cell says.
                            if knock.opens && knock.method == Method::POST {
                                target = article(site, cell, owner, section).await;
                            }
                        }
                    }
                }
            }
        }
        assert!(cells >= 4 * 2 * 4 * 2 * 14, "only {cells} cells were looked at");
        assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
        site.run_jobs().await;
        site.may_leave_work();
    }

    async fn nobody_goes_where_they_may_not(site) {
        // Account 1: whom things are done to.
        site.hires_as("victim", "ضحية", Role::Author).await;
        let article = site.editor().drafts(story("خبر")).await;
        let mut wrong = Vec::new();
        let mut cells = 0;
        for role in [None, Some(Role::Owner), Some(Role::Editor), Some(Role::Author), Some(Role::Contributor)] {
            let id = match role {
                Some(role) => Some(site.hires_as(&format!("{}-c", role.as_str()), "زميل", role).await),
                None => None,
            };
            for room in Room::samples(article) {
                let is_of_article = !matches!(table(&room, Some(Role::Owner)), (Some(true) | None, Some(true) | None));
                if is_of_article && role.is_some() {
                    continue;
                }
                let (reading, writing) = table(&room, role);
                for (method, expected) in [("GET", reading), ("POST", writing)] {
                    // A session of its own for each: some places end it.
                    let cookie = match id {
                        Some(id) => warraq::desk::sessions::open(&site.desk, id, "").await.expect("a session").reveal().to_owned(),
                        None => String::new(),
                    };
                    let cookie = format!("__Host-warraq={cookie}");
                    let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
                    let page = site.reader().asks(method, &room.path(), &headers, "").await;
                    cells += 1;
                    let as_it_should = match expected {
                        None => page.status == 405,
                        Some(expected) => opened(&page) == expected && page.status != 405 && page.status < 500,
                    };
                    if !as_it_should {
                        wrong.push(format!("{role:?} {method} {}: {} instead of {expected:?}", room.path(), page.status));
                    }
                }
            }
        }
        assert!(cells > 250, "only {cells} cells were looked at");
        assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
        site.run_jobs().await;
    }

    async fn no_form_is_taken_from_elsewhere(site) {
        let owner = site.hires("مالك", Role::Owner).await;
        let article = site.editor().drafts(story("خبر")).await;
        let token = warraq::desk::sessions::open(&site.desk, owner, "").await.expect("a session").reveal().to_owned();
        let cookie = format!("__Host-warraq={token}");
        let mut forms = 0;
        for room in Room::samples(article) {
            if room.access(&Method::POST).is_none() {
                continue;
            }
            for from in [
                &[][..],
                &[("sec-fetch-site", "cross-site")],
                &[("sec-fetch-site", "same-site")],
                &[("sec-fetch-site", "none")],
                &[("origin", "https://evil.example")],
                &[("origin", "null")],
                &[("sec-fetch-site", "cross-site"), ("origin", "https://news.example")],
            ] {
                let mut headers = vec![("cookie", cookie.as_str())];
                headers.extend(from);
                let page = site.reader().asks("POST", &room.path(), &headers, "do=publish&state=disabled").await;
                assert_eq!(page.status, 403, "{} {from:?}: {}", room.path(), page.status);
                forms += 1;
            }
        }
        assert!(forms >= 7 * 24, "only {forms} forms were looked at");
    }
}

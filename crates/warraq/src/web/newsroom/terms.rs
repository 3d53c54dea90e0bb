//! What are people and tags called, and what is said about them?

use std::collections::BTreeMap;

use http::StatusCode;

use super::places::Room;
use super::refusal::{Refusal, flaw_key};
use super::visit::{Fields, Visit, see};
use crate::desk::terms;
use crate::error::Error;
use crate::news::article::Flaw;
use crate::news::people::Person;
use crate::news::section::{NewTerm, Tag};
use crate::news::{PersonId, TagId};
use crate::store::listings::{self, List};
use crate::store::{people, tags};
use crate::web::interface::Arg;
use crate::web::reply::Reply;
use crate::web::urls::{ListName, encode};
use crate::web::views::newsroom::{JoinView, TermLine, TermPage, TermsPage};

/// Lines on a page.
const LINES: usize = 100;

/// What the list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    People,
    Tags,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    Person(PersonId),
    Tag(TagId),
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Tags => "tags",
        }
    }

    fn room(self) -> Room {
        match self {
            Self::People => Room::People,
            Self::Tags => Room::Tags,
        }
    }
}

impl Term {
    fn kind(self) -> Kind {
        match self {
            Self::Person(_) => Kind::People,
            Self::Tag(_) => Kind::Tags,
        }
    }

    fn room(self) -> Room {
        match self {
            Self::Person(id) => Room::Person(id),
            Self::Tag(id) => Room::Tag(id),
        }
    }
}

/// What people and tags have in common.
struct Found {
    term: Term,
    slug: String,
    name: String,
    text: String,
}

impl Found {
    fn public(&self) -> String {
        match self.term {
            Term::Person(_) => ListName::Author(self.slug.clone()),
            Term::Tag(_) => ListName::Tag(self.slug.clone()),
        }
        .path()
    }
}

impl From<Person> for Found {
    fn from(Person { id, slug, name, bio }: Person) -> Self {
        Self { term: Term::Person(id), slug, name, text: bio }
    }
}

impl From<Tag> for Found {
    fn from(Tag { id, slug, name, description }: Tag) -> Self {
        Self { term: Term::Tag(id), slug, name, text: description }
    }
}

/// `GET /newsroom/people/`, `GET /newsroom/tags/`
pub(super) async fn list(visit: &Visit<'_>, kind: Kind, query: &Fields) -> Result<Reply, Refusal> {
    list_with(visit, kind, query, String::new(), BTreeMap::new()).await
}

async fn list_with(
    visit: &Visit<'_>,
    kind: Kind,
    query: &Fields,
    name: String,
    errors: BTreeMap<&'static str, String>,
) -> Result<Reply, Refusal> {
    let words = query.one("q").trim().to_owned();
    let (begins, after) = (arabic::slug::slug(&words), query.one("after").to_owned());
    let limit = LINES as i64 + 1;
    let mut found: Vec<(Found, i64)> = visit
        .view(move |db| {
            Ok(match kind {
                Kind::People => with_count(people::listed(db, &begins, &after, limit)?),
                Kind::Tags => with_count(tags::listed(db, &begins, &after, limit)?),
            })
        })
        .await?;
    let has_more = found.len() > LINES;
    found.truncate(LINES);
    let next = found.last().filter(|_| has_more).map(|(last, _)| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &words).append_pair("after", &last.slug);
        format!("{}?{}", kind.room().path(), query.finish())
    });
    let line = |(found, stories): &(Found, i64)| TermLine {
        name: found.name.clone(),
        href: found.term.room().path(),
        public: (*stories > 0).then(|| encode(&found.public())),
        stories: visit.digits().write(*stories),
    };
    let view = TermsPage {
        layout: visit.layout(&visit.says(&format!("nav-{}", kind.key())), kind.key()),
        kind: kind.key(),
        action: kind.room().path(),
        lines: found.iter().map(line).collect(),
        words,
        next,
        name,
        errors,
    };
    visit.page("newsroom/terms.html", &view)
}

fn with_count<T: Into<Found>>(found: Vec<(T, i64)>) -> Vec<(Found, i64)> {
    found.into_iter().map(|(term, stories)| (term.into(), stories)).collect()
}

/// `POST /newsroom/people/`, `POST /newsroom/tags/`: a new one.
pub(super) async fn add(visit: &Visit<'_>, kind: Kind, fields: &Fields) -> Result<Reply, Refusal> {
    let name = fields.one("name").trim().to_owned();
    let term = NewTerm { name: name.clone(), ..NewTerm::default() };
    let added = match kind {
        Kind::People => terms::add_person(visit.desk(), term).await.map(Room::Person),
        Kind::Tags => terms::add_tag(visit.desk(), term).await.map(Room::Tag),
    };
    let room = match added {
        Ok(room) => room,
        Err(Error::Invalid(flaws)) => {
            let mut reply = list_with(visit, kind, &Fields::default(), name, errors(visit, &flaws)).await?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(reply);
        }
        Err(error) => return Err(error.into()),
    };
    Ok(see(&room.path()))
}

/// What is wrong, beside the field of this page that it is about.
fn errors(visit: &Visit<'_>, flaws: &[Flaw]) -> BTreeMap<&'static str, String> {
    let field = |flaw: &Flaw| if flaw.field == "text" { "text" } else { "name" };
    flaws.iter().map(|flaw| (field(flaw), visit.says(&flaw_key(flaw)))).collect()
}

/// `GET /newsroom/people/3/`, `GET /newsroom/tags/3/`
pub(super) async fn show(visit: &Visit<'_>, term: Term, query: &Fields) -> Result<Reply, Refusal> {
    let found = find(visit, term).await?;
    let into = query.one("into").trim();
    let asked = if into.is_empty() { Asked::Nothing } else { asked(visit, &found, into).await? };
    page(visit, &found, asked, BTreeMap::new(), query.one("done") == "1")
}

/// What one was asked about joining it with another.
enum Asked {
    Nothing,
    /// The name as it was typed, and what is wrong with it.
    Wrong(String, String),
    /// The name, and what follows.
    Join(String, JoinView),
}

/// What would follow if it were joined with the one of this name.
async fn asked(visit: &Visit<'_>, found: &Found, into: &str) -> Result<Asked, Refusal> {
    let kind = found.term.kind();
    let Some(other) = by_name(visit, kind, into).await? else {
        return Ok(Asked::Wrong(into.to_owned(), visit.says(&format!("{}-join-unknown", kind.key()))));
    };
    if other.term == found.term {
        return Ok(Asked::Wrong(into.to_owned(), visit.says("conflict-joined-to-itself")));
    }
    let list = match found.term {
        Term::Person(id) => List::Author(id),
        Term::Tag(id) => List::Tag(id),
    };
    let stories = visit.view(move |db| listings::count(db, list)).await?;
    let says = |key: &str, from: &str, into: &str| {
        let args = [("from", Arg::from(from)), ("into", Arg::from(into)), ("n", Arg::Number(stories))];
        visit.texts().text(key, &args)
    };
    let says = vec![
        says("term-join-stories", &found.name, &other.name),
        says("term-join-address", &found.public(), &other.public()),
        says("term-join-later", &found.name, &other.name),
        visit.says("term-join-for-good"),
    ];
    Ok(Asked::Join(into.to_owned(), JoinView { slug: other.slug, says }))
}

/// The one that is called like this.
async fn by_name(visit: &Visit<'_>, kind: Kind, name: &str) -> Result<Option<Found>, Refusal> {
    let slug = arabic::slug::slug(name);
    visit
        .view(move |db| {
            Ok(match kind {
                Kind::People => people::by_slug(db, &slug)?.map(Found::from),
                Kind::Tags => tags::by_slug(db, &slug)?.map(Found::from),
            })
        })
        .await
}

async fn find(visit: &Visit<'_>, term: Term) -> Result<Found, Refusal> {
    let found = visit
        .view(move |db| {
            Ok(match term {
                Term::Person(id) => people::by_id(db, id)?.map(Found::from),
                Term::Tag(id) => tags::by_id(db, id)?.map(Found::from),
            })
        })
        .await?;
    found.ok_or(Refusal::NotFound)
}

fn page(
    visit: &Visit<'_>,
    found: &Found,
    asked: Asked,
    mut errors: BTreeMap<&'static str, String>,
    done: bool,
) -> Result<Reply, Refusal> {
    let kind = found.term.kind();
    let (into, join) = match asked {
        Asked::Nothing => (String::new(), None),
        Asked::Wrong(into, why) => {
            errors.insert("into", why);
            (into, None)
        }
        Asked::Join(into, join) => (into, Some(join)),
    };
    let view = TermPage {
        layout: visit.layout(&found.name, kind.key()),
        kind: kind.key(),
        action: found.term.room().path(),
        list: kind.room().path(),
        name: found.name.clone(),
        text: found.text.clone(),
        public: found.public(),
        into,
        join,
        errors,
        done,
    };
    visit.page("newsroom/term.html", &view)
}

/// `POST /newsroom/people/3/`, `POST /newsroom/tags/3/`: another name, other words about it. What was typed comes back if
/// something is wrong with it. Or, if `join` names another one: both become that one.
pub(super) async fn keep(visit: &Visit<'_>, term: Term, fields: &Fields) -> Result<Reply, Refusal> {
    if fields.has("join") {
        return join(visit, term, fields.one("join")).await;
    }
    let (name, text) = (fields.one("name"), fields.one("text"));
    let kept = match term {
        Term::Person(id) => terms::name_person(visit.desk(), id, name, text).await,
        Term::Tag(id) => terms::name_tag(visit.desk(), id, name, text).await,
    };
    match kept {
        Ok(()) => {}
        Err(Error::Invalid(flaws)) => {
            let typed = Found { name: name.to_owned(), text: text.to_owned(), ..find(visit, term).await? };
            let mut reply = page(visit, &typed, Asked::Nothing, errors(visit, &flaws), false)?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(reply);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see(&format!("{}?done=1", term.room().path())))
}

async fn join(visit: &Visit<'_>, term: Term, into: &str) -> Result<Reply, Refusal> {
    let other = by_name(visit, term.kind(), into).await?.ok_or(Refusal::NotFound)?;
    if other.slug != arabic::slug::slug(into) {
        // The one that was to stay is another one by now.
        return Err(Refusal::Misfit("joined-meanwhile"));
    }
    match (term, other.term) {
        (Term::Tag(id), Term::Tag(into)) => terms::join_tags(visit.desk(), id, into).await?,
        (Term::Person(id), Term::Person(into)) => terms::join_people(visit.desk(), id, into).await?,
        _ => return Err(Refusal::NotFound),
    }
    Ok(see(&format!("{}?done=1", other.term.room().path())))
}

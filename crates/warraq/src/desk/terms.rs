//! Sections, tags and people: found by slug, or made.

use std::borrow::Cow;

use crate::desk::Desk;
use crate::desk::articles::{Prepared, expect_site};
use crate::error::Error;
use crate::identity;
use crate::news::article::{Draft, Flaw, Status, tidy};
use crate::news::audit::{Act, Noun};
use crate::news::consequences::{self, Change, Pair};
use crate::news::people::Person;
use crate::news::section::{NewTerm, Section, Tag};
use crate::news::staff::Right;
use crate::news::{ArticleId, PersonId, SectionId, TagId};
use crate::store::listings::{self, List};
use crate::store::{Tx, articles, jobs, people, sections, tags};

/// The longest name of a tag or a person, in characters.
const MAX_NAME: usize = 200;
/// The longest biography or description, in scalar values.
const MAX_TEXT: usize = 5_000;

/// The section with this slug (or name), made under its parent when there is none.
///
/// # Errors
/// A parent that does not exist, a name without letters, the database.
pub fn section_in(tx: &mut Tx<'_>, term: &NewTerm) -> Result<SectionId, Error> {
    let slug = slug_of(term, "section")?;
    let parent = match &term.parent {
        None => None,
        Some(path) => Some(
            sections::by_path(tx, path)?
                .ok_or_else(|| Error::NotFound(format!("section «{path}», the parent of «{slug}»")))?,
        ),
    };
    let path = parent.as_ref().map_or_else(|| slug.clone(), |parent| format!("{}/{slug}", parent.path));
    if let Some(section) = sections::by_path(tx, &path)? {
        return Ok(section.id);
    }
    // A section that exists further down the tree is meant when only its slug is given.
    if parent.is_none()
        && let Some(section) = sections::all(tx)?.into_iter().find(|section| section.slug == slug)
    {
        return Ok(section.id);
    }
    let id = SectionId(tx.next_id("section")?);
    let name = name_of(term, &slug);
    sections::insert(
        tx,
        &Section {
            id,
            parent: parent.map(|parent| parent.id),
            slug,
            path,
            name,
            description: tidy(&term.description),
            position: id.0,
        },
    )?;
    Ok(id)
}

/// What is said about a section.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// What it is about, plain text.
    pub description: String,
    /// Order in the navigation.
    pub position: i64,
}

/// Say something else about a section. Its address stays.
///
/// # Errors
/// No such section, the database.
pub async fn name_section(desk: &Desk, id: SectionId, named: Named) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let (name, description) = (tidy(&named.name), tidy(&named.description));
        if !sections::set_names(tx, id, &name, &description, named.position)? {
            return Err(Error::NotFound(format!("section {id}")));
        }
        jobs::follow(tx, &Change::Renamed(consequences::Named::Section(id)), now)?;
        by.did(tx, Act::SectionChanged, (Noun::Section, id.0), &name, now)
    })
    .await
}

/// Say something else about a tag. Its address stays.
///
/// # Errors
/// No such tag, a name that is none, words that are too many, the database.
pub async fn name_tag(desk: &Desk, id: TagId, name: &str, description: &str) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    let (name, description) = (tidy(name), tidy(description));
    check("tags", &name, &description)?;
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        if !tags::set_words(tx, id, &name, &folded(&name), &description)? {
            return Err(Error::NotFound(format!("tag {id}")));
        }
        jobs::follow(tx, &Change::Renamed(consequences::Named::Tag(id)), now)?;
        by.did(tx, Act::TagChanged, (Noun::Tag, id.0), &name, now)
    })
    .await
}

/// Say something else about somebody with a byline. Their address stays.
///
/// # Errors
/// No such person, a name that is none, words that are too many, the database.
pub async fn name_person(desk: &Desk, id: PersonId, name: &str, bio: &str) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    let (name, bio) = (tidy(name), tidy(bio));
    check("bylines", &name, &bio)?;
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        if !people::set_words(tx, id, &name, &bio)? {
            return Err(Error::NotFound(format!("person {id}")));
        }
        jobs::follow(tx, &Change::Renamed(consequences::Named::Person(id)), now)?;
        by.did(tx, Act::PersonChanged, (Noun::Person, id.0), &name, now)
    })
    .await
}

/// Let the search read the published articles of something that was renamed once more. In steps, so that nobody waits.
///
/// # Errors
/// The database.
pub async fn reread(desk: &Desk, named: consequences::Named) -> Result<(), Error> {
    const STEP: i64 = 500;
    let list = match named {
        consequences::Named::Section(id) => List::Section(id),
        consequences::Named::Tag(id) => List::Tag(id),
        consequences::Named::Person(id) => List::Author(id),
    };
    let mut last = (i64::MIN, ArticleId(0));
    while let Some(newest) = desk.write(move |tx| Ok(listings::note(tx, list, last, STEP)?)).await? {
        last = newest;
    }
    Ok(())
}

/// Two tags are one: `into` stays, and the address and name of `id` lead to it from now on. The articles follow in a job.
///
/// # Errors
/// No such tag, both are one already, one of them was joined to another meanwhile, the database.
pub async fn join_tags(desk: &Desk, id: TagId, into: TagId) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let mut expect = |id| tags::by_id(tx, id)?.ok_or_else(|| Error::NotFound(format!("tag {id}")));
        let (from, to) = (expect(id)?, expect(into)?);
        are_two((from.id.0, to.id.0), (id.0, into.0))?;
        let into = to;
        tags::join(tx, from.id, into.id)?;
        jobs::follow(tx, &Change::Joined(Pair::Tags(from.id, into.id)), now)?;
        by.did(tx, Act::TagsJoined, (Noun::Tag, into.id.0), &format!("{} → {}", from.slug, into.slug), now)
    })
    .await
}

/// Two people with bylines are one: `into` stays, and the address, name and account of `id` are theirs from now on. The
/// articles follow in a job.
///
/// # Errors
/// No such person, both are one already, one of them was joined to another meanwhile, the database.
pub async fn join_people(desk: &Desk, id: PersonId, into: PersonId) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let mut expect = |id| people::by_id(tx, id)?.ok_or_else(|| Error::NotFound(format!("person {id}")));
        let (from, to) = (expect(id)?, expect(into)?);
        are_two((from.id.0, to.id.0), (id.0, into.0))?;
        let into = to;
        people::join(tx, from.id, into.id)?;
        jobs::follow(tx, &Change::Joined(Pair::People(from.id, into.id)), now)?;
        by.did(tx, Act::PeopleJoined, (Noun::Person, into.id.0), &format!("{} → {}", from.slug, into.slug), now)
    })
    .await
}

/// Are they two, and still those that somebody decided about?
fn are_two(now: (i64, i64), meant: (i64, i64)) -> Result<(), Error> {
    if now != meant {
        return Err(Error::conflict("joined-meanwhile", "one of them is another one by now"));
    }
    if now.0 == now.1 { Err(Error::conflict("joined-to-itself", "both are one already")) } else { Ok(()) }
}

/// Let the articles of what became another one bear that one. In steps, and looked for beside the writer, so that nobody
/// waits.
///
/// # Errors
/// The database.
pub async fn carry_over(desk: &Desk, pair: Pair) -> Result<(), Error> {
    const STEP: i64 = 200;
    let mut last = ArticleId(0);
    loop {
        let bearing = desk
            .store
            .read(move |db| {
                Ok::<_, Error>(match pair {
                    Pair::Tags(from, _) => tags::bearing(db, from, last, STEP)?,
                    Pair::People(from, _) => people::bearing(db, from, last, STEP)?,
                })
            })
            .await?;
        let Some(newest) = bearing.last() else { return Ok(()) };
        last = *newest;
        desk.write(move |tx| {
            let site = expect_site(tx)?;
            for id in bearing {
                match pair {
                    // Joined once more since.
                    Pair::Tags(from, into) => {
                        let into = tags::by_id(tx, into)?.map_or(into, |tag| tag.id);
                        tags::carry(tx, id, from, into)?;
                    }
                    Pair::People(from, into) => {
                        let into = people::by_id(tx, into)?.map_or(into, |person| person.id);
                        people::carry(tx, id, from, into)?;
                    }
                }
                let Some(record) = articles::record(tx, id)? else { continue };
                if let (Status::Published, Some(at)) = (record.status, record.published_at) {
                    articles::list(tx, id, at, site.day_of(at))?;
                }
            }
            Ok(())
        })
        .await?;
    }
}

/// What is to be kept, with the tags and people that stayed when two became one, each once.
///
/// # Errors
/// The database.
pub(super) fn as_joined<'p>(tx: &mut Tx<'_>, prepared: &'p Prepared) -> Result<Cow<'p, Prepared>, Error> {
    if !tags::any_joined(tx)? {
        return Ok(Cow::Borrowed(prepared));
    }
    let mut prepared = prepared.clone();
    follow_joined(tx, &mut prepared.draft)?;
    Ok(Cow::Owned(prepared))
}

/// A draft that was written down before two names became one means the one that stayed.
///
/// # Errors
/// The database.
pub(super) fn follow_joined(tx: &mut Tx<'_>, draft: &mut Draft) -> Result<(), Error> {
    if !tags::any_joined(tx)? {
        return Ok(());
    }
    let mut borne = Vec::with_capacity(draft.tags.len());
    for id in &draft.tags {
        let id = tags::by_id(tx, *id)?.map_or(*id, |tag| tag.id);
        if !borne.contains(&id) {
            borne.push(id);
        }
    }
    draft.tags = borne;
    let mut bylines = Vec::with_capacity(draft.bylines.len());
    for (id, role) in &draft.bylines {
        let byline = (people::by_id(tx, *id)?.map_or(*id, |person| person.id), *role);
        if !bylines.contains(&byline) {
            bylines.push(byline);
        }
    }
    draft.bylines = bylines;
    Ok(())
}

/// A new tag.
///
/// # Errors
/// One with this address is there, a name that is none, the database.
pub async fn add_tag(desk: &Desk, term: NewTerm) -> Result<TagId, Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    check("tags", &term.name, &term.description)?;
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let slug = slug_of(&term, "tag")?;
        if tags::by_slug(tx, &slug)?.is_some() {
            return Err(Error::conflict("tag-exists", format!("there is a tag at «{slug}» already")));
        }
        let id = tag_in(tx, &term)?;
        by.did(tx, Act::TagChanged, (Noun::Tag, id.0), &slug, now)?;
        Ok(id)
    })
    .await
}

/// Somebody new who may have a byline.
///
/// # Errors
/// Somebody with this address is there, a name that is none, the database.
pub async fn add_person(desk: &Desk, term: NewTerm) -> Result<PersonId, Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    check("bylines", &term.name, &term.description)?;
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let slug = slug_of(&term, "person")?;
        if people::by_slug(tx, &slug)?.is_some() {
            return Err(Error::conflict("person-exists", format!("there is somebody at «{slug}» already")));
        }
        let id = person_in(tx, &term)?;
        by.did(tx, Act::PersonChanged, (Noun::Person, id.0), &slug, now)?;
        Ok(id)
    })
    .await
}

/// A new section.
///
/// # Errors
/// One with this address is there, a name without letters, the database.
pub async fn add_section(desk: &Desk, term: NewTerm) -> Result<SectionId, Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let path = match &term.parent {
            Some(parent) => format!("{parent}/{}", slug_of(&term, "section")?),
            None => slug_of(&term, "section")?,
        };
        if sections::by_path(tx, &path)?.is_some() {
            return Err(Error::conflict("section-exists", format!("there is a section at «{path}» already")));
        }
        let id = section_in(tx, &term)?;
        by.did(tx, Act::SectionChanged, (Noun::Section, id.0), &path, now)?;
        Ok(id)
    })
    .await
}

/// The tag with this slug (or name), made when there is none.
///
/// # Errors
/// A name without letters, the database.
pub fn tag_in(tx: &mut Tx<'_>, term: &NewTerm) -> Result<TagId, Error> {
    let slug = slug_of(term, "tag")?;
    if let Some(tag) = tags::by_slug(tx, &slug)? {
        return Ok(tag.id);
    }
    let id = TagId(tx.next_id("tag")?);
    let name = name_of(term, &slug);
    let folded = folded(&name);
    tags::insert(tx, &Tag { id, slug, name, description: tidy(&term.description) }, &folded)?;
    Ok(id)
}

/// The person with this slug (or name), made when there is none.
///
/// # Errors
/// A name without letters, the database.
pub fn person_in(tx: &mut Tx<'_>, term: &NewTerm) -> Result<PersonId, Error> {
    let slug = slug_of(term, "person")?;
    if let Some(person) = people::by_slug(tx, &slug)? {
        return Ok(person.id);
    }
    let id = PersonId(tx.next_id("person")?);
    people::insert(tx, &Person { id, name: name_of(term, &slug), slug, bio: tidy(&term.description) })?;
    Ok(id)
}

/// A tag's name as completion compares it.
fn folded(name: &str) -> String {
    arabic::fold::fold(name, arabic::fold::Fold::KEY).into_owned()
}

/// Why a name cannot become that of a new tag or person: readers see it, and it is part of an address.
pub(super) fn wrong_with(name: &str, slug: &str) -> Option<&'static str> {
    if slug.is_empty() {
        Some("no-letters")
    } else if identity::names_address(name) {
        Some("address")
    } else if name.chars().count() > MAX_NAME {
        Some("too-long")
    } else {
        None
    }
}

/// What readers are told about somebody, or about a tag, has to be fit for them. `field` says in the flaw what it is.
fn check(field: &'static str, name: &str, text: &str) -> Result<(), Error> {
    let mut flaws = Vec::new();
    if let Some(reason) = wrong_with(name, &arabic::slug::slug(name)) {
        flaws.push(Flaw { field, reason });
    }
    if text.chars().count() > MAX_TEXT {
        flaws.push(Flaw { field: "text", reason: "too-long" });
    }
    if flaws.is_empty() { Ok(()) } else { Err(Error::Invalid(flaws)) }
}

/// The slug that a name has in addresses: as wished, else made of the name. `noun` says in the error what it is a name of.
///
/// # Errors
/// It has no letter or digit.
pub fn slug_of(term: &NewTerm, noun: &str) -> Result<String, Error> {
    let slug = arabic::slug::slug(if term.slug.is_empty() { &term.name } else { &term.slug });
    if slug.is_empty() {
        Err(Error::conflict("name-no-letters", format!("the name «{}» of a {noun} has no letter or digit", term.name)))
    } else {
        Ok(slug)
    }
}

fn name_of(term: &NewTerm, slug: &str) -> String {
    let name = tidy(&term.name);
    if name.is_empty() { slug.replace('-', " ") } else { name }
}

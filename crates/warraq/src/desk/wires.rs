//! What becomes of wire copy? It comes, waits, is taken in or dismissed, and is forgotten.
//!
//! A story comes exactly once, however often its feed is read: it is known by its name there, and what is kept of an answer
//! is kept before the answer counts as heard.

use std::collections::HashMap;

use arabic::fold::{Fold, fold};
use arabic::words::{excerpt, tokens};
use jiff::{SignedDuration, Timestamp};

use crate::desk::articles::{self as verbs, New, Prepared};
use crate::desk::imports::{self, Item, Receipt};
use crate::desk::{Desk, terms};
use crate::error::Error;
use crate::news::article::{Draft, Flaw, Kind, Source as Origin, Status};
use crate::news::audit::{Act, Noun};
use crate::news::incoming::{Incoming, Visibility};
use crate::news::language::Language;
use crate::news::likeness;
use crate::news::people::BylineRole;
use crate::news::section::{NewTerm, Section};
use crate::news::staff::{Right, Staff};
use crate::news::wire::{Claimed, KEPT, Rule, Source, State, Trouble, wait};
use crate::news::{ArticleId, SectionId, WireStoryId};
use crate::store::wire_sources::{self, Outcome};
use crate::store::wire_stories::{self, Content, Here, NewStory, Whole};
use crate::store::{Tx, articles, people, sections, stories, users, wires};

/// More stories than this are not decided about in one go: the writer serves others, too.
pub const MAX_AT_ONCE: usize = 100;
/// Stories of an answer that are kept in one transaction.
const STEP: usize = 25;
/// How long an article that a rule published stays as it is, whatever its feed says: some feeds write everything anew
/// whenever they are asked, and no revision is ever thrown away.
const CALM: SignedDuration = SignedDuration::from_mins(60);
/// How much of a story the list shows, in scalar values.
const EXCERPT: usize = 280;
/// A headline with fewer words says too little to be compared.
const FEWEST_WORDS: usize = 4;
/// How many things are forgotten in one transaction.
const FORGET_STEP: i64 = 500;

/// What a source said when it was asked.
#[derive(Debug)]
pub enum Answer {
    /// Nothing new.
    Unchanged,
    /// A feed.
    Says {
        /// Its stories, oldest first.
        stories: Vec<Incoming>,
        /// `ETag` and `Last-Modified`.
        known: (String, String),
    },
    /// Nothing that could be read.
    Failed {
        /// What is wrong.
        trouble: Trouble,
        /// What belongs to it: a number, a host.
        detail: String,
        /// How many seconds the host would like us to wait.
        wait: Option<u32>,
    },
}

/// Keep what a source said, and say when it is asked again. Nothing is kept when the source is in other hands meanwhile.
///
/// # Errors
/// The database.
pub async fn came(desk: &Desk, claimed: &Claimed, answer: Answer) -> Result<(), Error> {
    match answer {
        Answer::Unchanged => close(desk, claimed, None, None, None).await,
        Answer::Failed { trouble, detail, wait } => close(desk, claimed, None, Some((trouble, detail)), wait).await,
        Answer::Says { stories, known } => {
            let names: Vec<String> = stories.iter().map(|story| story.guid.clone()).collect();
            match keep(desk, claimed, stories).await {
                Ok(true) => close(desk, claimed, Some((names, known)), None, None).await,
                // Somebody paused or changed the source meanwhile: it is asked again under what holds then.
                Ok(false) => close(desk, claimed, None, None, None).await,
                Err(error) if !imports::is_about_a_thing(&error) => Err(error),
                // A story that nobody had thought of: whoever keeps the source is told, and it is asked less often.
                Err(error) => {
                    tracing::warn!(source = claimed.source.id.0, %error, "the stories of a source cannot be kept");
                    close(desk, claimed, None, Some((Trouble::NoFeed, String::new())), None).await
                }
            }
        }
    }
}

async fn close(
    desk: &Desk,
    claimed: &Claimed,
    said: Option<(Vec<String>, (String, String))>,
    trouble: Option<(Trouble, String)>,
    asked: Option<u32>,
) -> Result<(), Error> {
    let (claimed, at) = (claimed.clone(), desk.clock.now());
    desk.write(move |tx| {
        if !wire_sources::holds(tx, &claimed)? {
            return Ok(());
        }
        let source = &claimed.source;
        if let Some((names, _)) = &said {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let here = wire_stories::here(tx, source.id, &names)?;
            wire_stories::note_gone(tx, source.id, &here, at)?;
        }
        let failures = if trouble.is_some() { source.failures + 1 } else { 0 };
        let outcome = Outcome {
            known: said.as_ref().map(|(_, (tag, modified))| (tag.as_str(), modified.as_str())),
            stories: said.as_ref().map(|(names, _)| names.len() as i64),
            trouble: trouble.as_ref().map(|(trouble, detail)| (*trouble, detail.as_str())),
            failures,
            at,
            due: at + wait(source.fields.minutes, failures, asked),
        };
        Ok(wire_sources::close(tx, &claimed, &outcome)?)
    })
    .await
}

/// Keep the stories that are new or say something new, some at a time, as long as the source is what it was when it was
/// asked; says whether all were kept.
async fn keep(desk: &Desk, claimed: &Claimed, told: Vec<Incoming>) -> Result<bool, Error> {
    let source = &claimed.source;
    let names: Vec<String> = told.iter().map(|story| story.guid.clone()).collect();
    let (id, section) = (source.id, source.fields.section);
    let (here, section) = desk
        .store
        .read(move |db| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let section = section.map(|id| Ok::<_, Error>((id, sections::all(db)?))).transpose()?;
            Ok::<_, Error>((wire_stories::here(db, id, &names)?, section))
        })
        .await?;
    let section = section.and_then(|(id, sections)| term_of(id, &sections));
    let now = desk.clock.now();
    let told: Vec<_> = told
        .into_iter()
        .map(|story| as_ours(story, source, section.as_ref(), now))
        .map(|story| (hash(&story), story))
        .filter(|(hash, story)| here.get(&story.guid).is_none_or(|here| here.hash != hash[..]))
        .collect();
    let mut told = told.into_iter();
    loop {
        let some: Vec<_> = told.by_ref().take(STEP).collect();
        if some.is_empty() {
            return Ok(true);
        }
        let (claimed, by, at_work) = (claimed.clone(), desk.by.clone(), desk.clone());
        let ready = tokio::task::spawn_blocking(move || prepare(&at_work, some)).await;
        let ready = ready.map_err(|error| Error::NotFound(format!("what the stories say ({error})")))?;
        let goes_on = desk.write(move |tx| {
            if !wire_sources::is_as_claimed(tx, &claimed)? {
                return Ok(false);
            }
            let mut ready = ready;
            let names: Vec<&str> = ready.iter().map(|ready| ready.item.incoming.guid.as_str()).collect();
            let here = wire_stories::here(tx, claimed.source.id, &names)?;
            let taken = articles::by_old_names(tx, &names)?;
            for ready in &mut ready {
                let guid = ready.item.incoming.guid.as_str();
                let article = taken.get(guid).copied();
                let public = match here.get(guid) {
                    None => add(tx, &claimed.source, ready, article, now)?,
                    Some(here) => renew(tx, &claimed.source, ready, here, now)?,
                };
                if let Some(id) = public {
                    by.did(tx, Act::Published, (Noun::Article, id.0), &claimed.source.fields.name, now)?;
                }
            }
            Ok(true)
        });
        if !goes_on.await? {
            return Ok(false);
        }
    }
}

/// A story with everything that needs no database.
struct Ready {
    item: Item,
    hash: [u8; 32],
    standfirst: String,
    excerpt: String,
    bylines: String,
    words: Option<i64>,
    has_text: bool,
}

impl Ready {
    fn content(&self, now: Timestamp) -> Content<'_> {
        let draft = &self.item.prepared.draft;
        Content {
            hash: &self.hash,
            address: &draft.source.url,
            headline: &draft.headline,
            standfirst: &self.standfirst,
            excerpt: &self.excerpt,
            body: &draft.body,
            bylines: &self.bylines,
            licence: &draft.source.licence,
            language: draft.language.as_ref().map_or("", Language::as_str),
            at: self.item.incoming.visibility.published().unwrap_or(now),
            likeness: self.item.likeness.as_ref(),
            words: self.words,
        }
    }
}

/// Sanitise and compare: the work that needs no database. What cannot be a story is left out.
fn prepare(desk: &Desk, told: Vec<([u8; 32], Incoming)>) -> Vec<Ready> {
    let hashes: HashMap<String, [u8; 32]> = told.iter().map(|(hash, story)| (story.guid.clone(), *hash)).collect();
    let batch = imports::prepare(desk, told.into_iter().map(|(_, story)| story).collect());
    for (_, guid, error) in &batch.refused {
        tracing::info!(guid, %error, "a wire story cannot be kept");
    }
    let ready = |item: Item| {
        let draft = &item.prepared.draft;
        let text = item.prepared.text();
        let standfirst = draft.standfirst.clone();
        let begins = if standfirst.is_empty() { text.as_str() } else { standfirst.as_str() };
        let bylines: Vec<&str> = item.incoming.bylines.iter().map(|(person, _)| person.name.as_str()).collect();
        Ready {
            hash: hashes.get(&item.incoming.guid).copied().unwrap_or_default(),
            excerpt: excerpt(begins, EXCERPT),
            bylines: bylines.join("\n"),
            words: words(&draft.headline, &text),
            has_text: !text.trim().is_empty(),
            standfirst,
            item,
        }
    };
    batch.items.into_iter().map(ready).collect()
}

/// By what a short story is compared: all of its words, if there are some.
fn words(headline: &str, text: &str) -> Option<i64> {
    let folded = fold(headline, Fold::KEY);
    if tokens(&folded).count() < FEWEST_WORDS {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    for text in [folded.as_ref(), fold(text, Fold::KEY).as_ref()] {
        for token in tokens(text) {
            hasher.update(token.text.as_bytes()).update(b" ");
        }
        hasher.update(b"\n");
    }
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    Some(i64::from_le_bytes(bytes))
}

/// A story as it would stand here: under the name, licence, language and section that were said of its source, not later
/// than now.
fn as_ours(mut story: Incoming, source: &Source, section: Option<&NewTerm>, now: Timestamp) -> Incoming {
    let fields = &source.fields;
    let origin = &mut story.draft.source;
    origin.name.clone_from(&fields.name);
    if !fields.licence.is_empty() {
        origin.licence.clone_from(&fields.licence);
    }
    if fields.language.is_some() {
        story.draft.language.clone_from(&fields.language);
    }
    story.sections = section.cloned().into_iter().collect();
    if let Visibility::Public(Some(at)) = &mut story.visibility {
        *at = (*at).min(now);
    }
    story
}

/// Of all that a story says. Its date is none of it: some feeds date everything anew whenever they are asked.
fn hash(story: &Incoming) -> [u8; 32] {
    let names: Vec<&str> = story.bylines.iter().map(|(person, _)| person.name.as_str()).collect();
    let whole = serde_json::to_vec(&(&story.draft, names)).unwrap_or_default();
    *blake3::hash(&whole).as_bytes()
}

fn term_of(id: SectionId, sections: &[Section]) -> Option<NewTerm> {
    let section = sections.iter().find(|section| section.id == id)?;
    let parent = sections.iter().find(|parent| Some(parent.id) == section.parent).map(|parent| parent.path.clone());
    Some(NewTerm { slug: section.slug.clone(), name: section.name.clone(), parent, description: String::new() })
}

/// A story that is new. Says what was published, if the rule of its source let it out.
fn add(
    tx: &mut Tx<'_>,
    source: &Source,
    ready: &Ready,
    article: Option<ArticleId>,
    now: Timestamp,
) -> Result<Option<ArticleId>, Error> {
    let item = &ready.item;
    let content = ready.content(now);
    let guid = item.incoming.guid.as_str();
    let repeats = wire_stories::told_already(tx, guid, &content, now)?;
    let alike = match &item.likeness {
        Some(like) => wires::most_like(tx, like, content.at, ArticleId(0), false)?,
        None => None,
    };
    let same_as = alike.filter(|(_, share)| *share >= likeness::SAME).map(|(id, _)| id);
    let is_first = article.is_none() && repeats.is_none() && same_as.is_none();
    let may_go_out = is_first && ready.has_text && !signs_as_one_of_us(tx, &item.incoming)?;
    let published = if source.fields.rule == Rule::Publish && may_go_out {
        imports::take_in(tx, std::slice::from_ref(item), true, now, &mut Receipt::default())?;
        articles::by_old_names(tx, &[guid])?.get(guid).copied()
    } else {
        None
    };
    let (state, became) = match (article.or(published), repeats) {
        (Some(article), _) => (State::Taken, Some(article)),
        (None, Some(lead)) => (lead.state, lead.article),
        (None, None) => (State::New, None),
    };
    let let_out = published.is_some();
    let new = NewStory { source: source.id, guid, content, repeats, state, article: became, let_out, same_as };
    wire_stories::add(tx, &new, now)?;
    Ok(published)
}

/// A story that says something else now. What the rule of this source published follows, as long as readers see it and
/// nobody here changed it, at most once in [`CALM`]; it keeps its date. Says what readers see anew.
fn renew(
    tx: &mut Tx<'_>,
    source: &Source,
    ready: &mut Ready,
    here: &Here,
    now: Timestamp,
) -> Result<Option<ArticleId>, Error> {
    if here.hash == ready.hash || here.state == State::Expired {
        return Ok(None);
    }
    let follows = here.state == State::Taken && here.let_out && source.fields.rule == Rule::Publish;
    let mut public = None;
    if let Some(id) = here.article.filter(|_| follows)
        && let Some(record) = articles::record(tx, id)?.filter(|record| record.status == Status::Published)
    {
        let newest = stories::revisions(tx, id, i64::MAX, 1)?.pop();
        if newest.is_some_and(|newest| now.duration_since(newest.at) < CALM) {
            // Its text is not written down either, so that it still says something new the next time.
            return Ok(None);
        }
        ready.item.incoming.visibility = Visibility::Public(record.published_at);
        imports::take_in(tx, std::slice::from_ref(&ready.item), true, now, &mut Receipt::default())?;
        public = Some(id);
    }
    wire_stories::renew(tx, here.id, &ready.content(now))?;
    Ok(public)
}

/// Does a byline name somebody who works here? Under such a name nothing goes out unread.
fn signs_as_one_of_us(tx: &mut Tx<'_>, story: &Incoming) -> Result<bool, Error> {
    for (name, _) in &story.bylines {
        let slug = terms::slug_of(name, "person").unwrap_or_default();
        if let Some(person) = people::by_slug(tx, &slug)?
            && users::has_byline(tx, person.id)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The articles, in the order asked for.
    pub articles: Vec<ArticleId>,
    /// How many of them are new.
    pub new: usize,
}

/// Take stories in, each as a draft of its own that belongs to the one who takes it, up to [`MAX_AT_ONCE`]. What became an
/// article already stays that; what is gone, or is none of the account's sections, is passed over.
///
/// # Errors
/// The account may take none of them, too many at once, the database.
pub async fn take(desk: &Desk, staff: &Staff, ids: Vec<WireStoryId>) -> Result<Taken, Error> {
    few(&ids)?;
    let found = whole(desk, ids).await?;
    if found.is_empty() {
        return Err(Error::NotFound("no such wire story".into()));
    }
    let (mine, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|story| staff.may_take(story.line.section));
    if mine.is_empty() && !others.is_empty() {
        return Err(Error::NotAllowed);
    }
    let drafts = mine.into_iter().map(|story| Ok((Prepared::new(draft_of(&story))?, story)));
    let drafts = drafts.collect::<Result<Vec<_>, Error>>()?;
    let (by, now, me) = (desk.by.clone(), desk.clock.now(), staff.id);
    desk.write(move |tx| {
        by.must(tx, Right::Write)?;
        let site = verbs::expect_site(tx)?;
        let mut taken = Taken { articles: Vec::new(), new: 0 };
        for (prepared, story) in drafts {
            let Some(now_there) = wire_stories::whole(tx, story.line.id)? else { continue };
            if let Some(article) = now_there.line.article {
                taken.articles.push(article);
                continue;
            }
            let known = articles::by_old_names(tx, &[&story.guid])?.get(&story.guid).copied();
            let id = match known {
                Some(known) => known,
                None => {
                    let id = ArticleId(tx.next_id("article")?);
                    let prepared = with_bylines(tx, prepared, &story)?;
                    let slug = articles::free_slug(tx, &prepared.wished_slug(id), None)?;
                    let new = New { id, slug, guid: story.guid.clone(), shown: None, updated: None };
                    verbs::create_in(tx, &site, &prepared, &new, Some(me), "", now)?;
                    stories::set_owner(tx, id, me)?;
                    if let Some(likeness) = &story.likeness {
                        wires::keep(tx, id, likeness, story.line.at, None)?;
                    }
                    taken.new += 1;
                    by.did(tx, Act::WireTaken, (Noun::Article, id.0), &story.line.source_name, now)?;
                    id
                }
            };
            wire_stories::set_taken(tx, story.line.group, id, me, now)?;
            taken.articles.push(id);
        }
        Ok(taken)
    })
    .await
}

/// What was dismissed, or brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// By which it is taken back.
    pub batch: i64,
    /// How many stories there were, with what says the same counted as one.
    pub changed: usize,
}

/// Dismiss stories, with everything that says the same, up to [`MAX_AT_ONCE`].
///
/// # Errors
/// The account may dismiss none of them, too many at once, the database.
pub async fn dismiss(desk: &Desk, staff: &Staff, ids: Vec<WireStoryId>) -> Result<Done, Error> {
    few(&ids)?;
    let (by, now, staff) = (desk.by.clone(), desk.clock.now(), staff.clone());
    desk.write(move |tx| {
        by.must(tx, Right::KeepWires)?;
        let mut done = Done { batch: tx.next_id("wire batch")?, changed: 0 };
        let mut refused = 0;
        for id in ids {
            let Some((group, section)) = wire_stories::group_of(tx, id)? else { continue };
            if !staff.may_take(section) {
                refused += 1;
            } else if wire_stories::dismiss(tx, group, by.user(), done.batch, now)? {
                done.changed += 1;
            }
        }
        if done.changed == 0 && refused > 0 {
            return Err(Error::NotAllowed);
        }
        by.did(tx, Act::WireDismissed, (Noun::Nothing, 0), &done.changed.to_string(), now)?;
        Ok(done)
    })
    .await
}

/// What was dismissed in one go waits again, where nobody took it since.
///
/// # Errors
/// The account may not, the database.
pub async fn undo(desk: &Desk, staff: &Staff, batch: i64) -> Result<Done, Error> {
    let (by, staff, now) = (desk.by.clone(), staff.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepWires)?;
        let mut done = Done { batch, changed: 0 };
        let mut refused = 0;
        for (group, section) in wire_stories::dismissed(tx, batch)? {
            if !staff.may_take(section) {
                refused += 1;
            } else if wire_stories::bring_back(tx, group, batch)? {
                done.changed += 1;
            }
        }
        if done.changed == 0 && refused > 0 {
            return Err(Error::NotAllowed);
        }
        by.did(tx, Act::WireBroughtBack, (Noun::Nothing, 0), &done.changed.to_string(), now)?;
        Ok(done)
    })
    .await
}

/// Forget what nobody took within [`KEPT`], and what its feed has not had for as long. May be called any number of times.
///
/// # Errors
/// The database.
pub async fn forget(desk: &Desk) -> Result<(), Error> {
    let now = desk.clock.now();
    while desk.write(move |tx| Ok(wire_stories::forget(tx, now, now - KEPT, FORGET_STEP)?)).await? > 0 {}
    Ok(())
}

fn few(ids: &[WireStoryId]) -> Result<(), Error> {
    if ids.len() > MAX_AT_ONCE {
        return Err(Error::Invalid(vec![Flaw { field: "wire-stories", reason: "too-many" }]));
    }
    Ok(())
}

async fn whole(desk: &Desk, ids: Vec<WireStoryId>) -> Result<Vec<Whole>, Error> {
    let look = move |db: &mut crate::store::Db<'_>| {
        ids.iter().filter_map(|id| wire_stories::whole(db, *id).transpose()).collect::<Result<Vec<_>, _>>()
    };
    desk.store.read(move |db| look(db).map_err(Error::from)).await
}

/// The draft that a story becomes, but for its bylines.
fn draft_of(story: &Whole) -> Draft {
    Draft {
        kind: Kind::Wire,
        headline: story.line.headline.clone(),
        standfirst: story.standfirst.clone(),
        body: story.body.clone(),
        language: Language::parse(&story.line.language).ok(),
        source: Origin {
            name: story.line.source_name.clone(),
            url: story.line.address.clone(),
            licence: story.licence.clone(),
        },
        sections: story.line.section.into_iter().collect(),
        ..Draft::default()
    }
}

fn with_bylines(tx: &mut Tx<'_>, mut prepared: Prepared, story: &Whole) -> Result<Prepared, Error> {
    for name in story.line.bylines.lines() {
        let term = NewTerm { name: name.to_owned(), ..NewTerm::default() };
        match terms::person_in(tx, &term) {
            Ok(person) => prepared.draft.bylines.push((person, BylineRole::Writer)),
            // A name without a letter is nobody's; the story comes without it.
            Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(prepared)
}

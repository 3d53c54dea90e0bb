//! What comes in from elsewhere: many articles at once, known by the name they had there.
//!
//! Run twice, the second run changes nothing. An article that an editor changed here since is never written over.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::ops::Range;
use std::sync::Arc;

use arabic::words::excerpt;
use jiff::Timestamp;
use wordpress::addresses::normal;

mod here;

use crate::desk::articles::{self as verbs, New, Prepared};
use crate::desk::comments::place_in_thread;
use crate::desk::{Desk, terms};
use crate::error::Error;
use crate::identity::{names_address, without_addresses};
use crate::news::article::{Draft, Form, Status, limits, tidy};
use crate::news::comment::{clean_text, is_website};
use crate::news::html::{Html, sanitise_guest};
use crate::news::incoming::{Incoming, IncomingComment, Keepsake, Original, Visibility};
use crate::news::likeness::{self, Likeness};
use crate::news::section::NewTerm;
use crate::news::site::Site;
use crate::news::{ArticleId, CommentId, PersonId, SectionId, TagId, comment_text};
use crate::store::comments::NewRow;
use crate::store::old_addresses::{self, LeadsTo};
use crate::store::{StoreError, Tx, articles, comments, old_files, originals, plans, pulse, stories, wires};

use here::Here;

/// The note on revisions that an import wrote; a newer revision without it means that an editor was here.
pub(super) const NOTE: &str = "import";
/// As many articles at once change single pages; more of them change every list.
const FEW: usize = 50;

/// What became of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new here.
    Imported,
    /// It was here and says something else now.
    Changed,
    /// It was here, just so.
    Unchanged,
    /// It could not be taken.
    Refused,
}

/// How many things of one type met which fate. `imported + changed + unchanged + refused = items`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// All of them.
    pub items: u64,
    /// New here.
    pub imported: u64,
    /// Say something else now.
    pub changed: u64,
    /// Just as before.
    pub unchanged: u64,
    /// Could not be taken.
    pub refused: u64,
}

impl Tally {
    /// Count one more.
    pub fn add(&mut self, fate: Fate) {
        self.items += 1;
        *match fate {
            Fate::Imported => &mut self.imported,
            Fate::Changed => &mut self.changed,
            Fate::Unchanged => &mut self.unchanged,
            Fate::Refused => &mut self.refused,
        } += 1;
    }
}

impl Tally {
    fn merge(&mut self, other: &Self) {
        self.items += other.items;
        self.imported += other.imported;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.refused += other.refused;
    }
}

/// Something that the one who imports should know.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    /// Where in the source.
    pub line: usize,
    /// Which thing.
    pub item: String,
    /// A word for machines.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
}

/// What became of everything. In all and per type the numbers add up.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Receipt {
    /// Where it came from.
    pub source: String,
    /// All things together.
    #[serde(flatten)]
    pub total: Tally,
    /// `post`, `page`, `comment`, `category`, `tag`, `author`.
    pub by_type: std::collections::BTreeMap<&'static str, Tally>,
    /// What was odd.
    pub warnings: Vec<Warning>,
    /// Addresses that the source named, and how many of them answer here.
    pub addresses: Addresses,
    #[serde(skip)]
    terms: Arc<Terms>,
    #[serde(skip)]
    slots: Vec<(i64, ArticleId)>,
}

/// Sections, tags and people that a run has met.
#[derive(Debug, Clone, Default)]
struct Terms {
    /// Counted already: kind and slug.
    counted: HashSet<(&'static str, String)>,
    /// The number of each, by kind, parent and how the source writes it.
    numbers: HashMap<(&'static str, String), i64>,
}

/// Addresses that the source named.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub struct Addresses {
    /// How many there were.
    pub old: u64,
    /// How many answer here.
    pub answer: u64,
}

impl Receipt {
    /// Begin a receipt.
    #[must_use]
    pub fn new(source: &str) -> Self {
        Self { source: source.to_owned(), ..Self::default() }
    }

    /// Count one thing.
    pub fn add(&mut self, kind: &'static str, fate: Fate) {
        self.total.add(fate);
        self.by_type.entry(kind).or_default().add(fate);
    }

    /// Note something odd. Receipts are shown, kept and sent on: whatever the source calls a thing, no e-mail address
    /// stands in one.
    pub fn warn(&mut self, line: usize, item: &str, code: &'static str, message: impl Into<String>) {
        let (item, message) = (without_addresses(item), without_addresses(&message.into()));
        self.warnings.push(Warning { line, item, code, message });
    }

    /// A receipt for the next batch of the same run: it knows the terms, and has no numbers of its own.
    #[must_use]
    pub fn continued(&self) -> Self {
        Self { terms: Arc::clone(&self.terms), ..Self::default() }
    }

    /// Take over what another batch of the same run counted.
    pub fn merge(&mut self, other: Self) {
        self.total.merge(&other.total);
        for (kind, tally) in &other.by_type {
            self.by_type.entry(kind).or_default().merge(tally);
        }
        self.warnings.extend(other.warnings);
        self.warnings.sort_by_key(|warning| warning.line);
        self.terms = other.terms;
        self.slots.extend(other.slots);
        self.addresses.old += other.addresses.old;
        self.addresses.answer += other.addresses.answer;
    }

    /// Places on the front that the source asked for.
    #[must_use]
    pub fn slots(&self) -> &[(i64, ArticleId)] {
        &self.slots
    }
}

/// A batch of articles with everything prepared that needs no database.
pub struct Batch {
    pub(super) items: Vec<Item>,
    pub(super) refused: Vec<(usize, String, Error)>,
}

/// An article with what comes with it.
pub(super) struct Item {
    pub(super) incoming: Incoming,
    pub(super) prepared: Prepared,
    comments: Vec<PreparedComment>,
    original: Option<Sealed>,
    pub(super) likeness: Option<Likeness>,
}

impl Item {
    /// As the receipt counts it.
    fn kind(&self) -> &'static str {
        if self.prepared.draft.form == Form::Page { "page" } else { "post" }
    }
}

/// An original, packed and sealed.
struct Sealed {
    kind: String,
    index: [u8; 32],
    content: Vec<u8>,
}

struct PreparedComment {
    author: String,
    url: String,
    text: String,
    /// A website that was none.
    is_without_url: bool,
    html: Html,
    address: Option<(Vec<u8>, [u8; 32])>,
    network: Option<(Vec<u8>, [u8; 32])>,
    text_index: [u8; 32],
    avatar: i64,
}

/// Sanitise, seal and count: the work that needs no database and may run beside the writer.
#[must_use]
pub fn prepare(desk: &Desk, incoming: Vec<Incoming>) -> Batch {
    let mut batch = Batch { items: Vec::with_capacity(incoming.len()), refused: Vec::new() };
    for mut incoming in incoming {
        let bylines = std::mem::take(&mut incoming.bylines);
        incoming.bylines = bylines.into_iter().filter_map(|(person, role)| Some((nameable(person)?, role))).collect();
        match Prepared::new(std::mem::take(&mut incoming.draft)) {
            Ok(prepared) => {
                let comments = incoming.comments.iter().map(|comment| prepare_comment(desk, comment)).collect();
                let original = incoming.original.take().map(|original| seal(desk, original));
                let likeness = incoming.may_have_twins.then(|| Likeness::of(&prepared.text())).flatten();
                batch.items.push(Item { incoming, prepared, comments, original, likeness });
            }
            Err(error) => batch.refused.push((incoming.line, incoming.guid, error)),
        }
    }
    batch
}

/// Take a batch in, in one transaction; `receipt` is carried on. When the database cannot keep something of it, its
/// articles are taken in one by one instead, so that one of them does not keep the others out.
///
/// # Errors
/// The database. Articles that cannot be taken are counted in the receipt instead.
pub async fn apply(desk: &Desk, batch: Batch, publish: bool, mut receipt: Receipt) -> Result<Receipt, Error> {
    for (line, guid, error) in batch.refused {
        receipt.add("post", Fate::Refused);
        receipt.warn(line, &guid, "refused", error.to_string());
    }
    let items = Arc::new(batch.items);
    match take_some(desk, &items, 0..items.len(), publish, receipt.clone()).await {
        Err(error) if is_about_a_thing(&error) => {}
        done => return done,
    }
    for (place, item) in items.iter().enumerate() {
        match take_some(desk, &items, place..place + 1, publish, receipt.clone()).await {
            Ok(done) => receipt = done,
            Err(error) if is_about_a_thing(&error) => {
                receipt.add(item.kind(), Fate::Refused);
                receipt.warn(item.incoming.line, &item.incoming.guid, "refused", error.to_string());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(receipt)
}

/// Is something wrong with what was to be written, so that something else can be?
pub(super) fn is_about_a_thing(error: &Error) -> bool {
    !matches!(
        error,
        Error::Store(StoreError::Unavailable(_) | StoreError::Full | StoreError::Stopped(_) | StoreError::Unsafe(_))
    )
}

async fn take_some(
    desk: &Desk,
    items: &Arc<Vec<Item>>,
    some: Range<usize>,
    publish: bool,
    mut receipt: Receipt,
) -> Result<Receipt, Error> {
    let (items, now) = (Arc::clone(items), desk.clock.now());
    desk.write(move |tx| {
        take_in(tx, &items[some], publish, now, &mut receipt)?;
        Ok(receipt)
    })
    .await
}

/// Take articles in, in a transaction that is open.
pub(super) fn take_in(
    tx: &mut Tx<'_>,
    items: &[Item],
    publish: bool,
    now: Timestamp,
    receipt: &mut Receipt,
) -> Result<(), Error> {
    if items.len() > FEW {
        pulse::touch_everything(tx);
    }
    let site = verbs::expect_site(tx)?;
    let mut run = Run { site, publish, now, here: Here::look(tx, items)? };
    items.iter().try_for_each(|item| take(tx, &mut run, item, receipt))
}

/// Sections, tags and people that the source names, whether anything is filed under them or not. Parents come first.
///
/// # Errors
/// The database. A name that cannot be one here is counted as refused.
pub async fn take_terms(
    desk: &Desk,
    sections: Vec<NewTerm>,
    tags: Vec<NewTerm>,
    people: Vec<NewTerm>,
    receipt: Receipt,
) -> Result<Receipt, Error> {
    desk.write(move |tx| {
        let mut receipt = receipt;
        for term in &sections {
            if is_known_by_address(term) {
                refuse_address(&mut receipt, "category", term, 0, "");
                continue;
            }
            let found = counted(tx, "category", "section", term, &mut receipt, |tx| Ok(terms::section_in(tx, term)?.0));
            refuse(&mut receipt, "category", term, found.map(drop))?;
        }
        for term in &tags {
            if is_known_by_address(term) {
                refuse_address(&mut receipt, "tag", term, 0, "");
                continue;
            }
            let found = counted(tx, "tag", "tag", term, &mut receipt, |tx| Ok(terms::tag_in(tx, term)?.0));
            refuse(&mut receipt, "tag", term, found.map(drop))?;
        }
        for term in people {
            let Some(term) = &nameable(term) else {
                receipt.add("author", Fate::Refused);
                receipt.warn(0, "", "name-is-address", "somebody has no other name than an e-mail address");
                continue;
            };
            let found = counted(tx, "author", "person", term, &mut receipt, |tx| Ok(terms::person_in(tx, term)?.0));
            refuse(&mut receipt, "author", term, found.map(drop))?;
        }
        Ok(receipt)
    })
    .await
}

/// Let an address of the old site lead somewhere from now on.
///
/// # Errors
/// The database.
pub async fn keep_address(desk: &Desk, address: &str, leads_to: LeadsTo) -> Result<(), Error> {
    keep_addresses(desk, vec![(address.to_owned(), leads_to)]).await
}

/// As [`keep_address`], many in one transaction.
///
/// # Errors
/// The database.
pub async fn keep_addresses(desk: &Desk, addresses: Vec<(String, LeadsTo)>) -> Result<(), Error> {
    desk.write(move |tx| {
        for (address, leads_to) in &addresses {
            old_addresses::keep(tx, &normal(address), leads_to)?;
        }
        Ok(())
    })
    .await
}

/// Let an address of another site lead somewhere, unless it leads somewhere already. Says where it leads then, if that is
/// another place.
///
/// # Errors
/// No such article, the database.
pub async fn add_address(desk: &Desk, address: &str, leads_to: LeadsTo) -> Result<Option<LeadsTo>, Error> {
    let path = normal(address);
    desk.write(move |tx| {
        if let Some(known) = old_addresses::find(tx, &path)? {
            return Ok(Some(known).filter(|known| *known != leads_to));
        }
        if let LeadsTo::Article(id) = leads_to
            && articles::record(tx, id)?.is_none()
        {
            return Err(Error::NotFound(format!("article {id}")));
        }
        old_addresses::keep(tx, &path, &leads_to)?;
        Ok(None)
    })
    .await
}

/// Keep what has no place here as it was.
///
/// # Errors
/// The database.
pub async fn keep_originals(desk: &Desk, kept: Vec<Keepsake>, receipt: Receipt) -> Result<Receipt, Error> {
    let sealed: Vec<_> = kept
        .into_iter()
        .map(|thing| (thing.line, thing.guid, thing.name, thing.counted_as, seal(desk, thing.original)))
        .collect();
    desk.write(move |tx| {
        let mut receipt = receipt;
        let guids: Vec<&str> = sealed.iter().map(|(_, guid, ..)| guid.as_str()).collect();
        let mut known = originals::indexes(tx, &guids)?;
        for (line, guid, name, kind, original) in &sealed {
            receipt.add(kind, keep(tx, guid, None, original, known.get(guid).map(Vec::as_slice))?);
            known.insert(guid.clone(), original.index.to_vec());
            receipt.warn(*line, name, "kept", "it has no place on the site, and is kept as it was");
        }
        Ok(receipt)
    })
    .await
}

fn seal(desk: &Desk, original: Original) -> Sealed {
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    // Writing into memory cannot fail.
    let _ = packed.write_all(original.content.as_bytes());
    let packed = packed.finish().unwrap_or_default();
    Sealed {
        kind: original.kind,
        index: desk.keys.original_index(original.content.as_bytes()),
        content: desk.keys.seal_original(&packed, desk.chance.bytes()),
    }
}

/// Keep an original; `known` is by what the one kept under its name so far is recognised.
fn keep(
    tx: &mut Tx<'_>,
    guid: &str,
    article: Option<ArticleId>,
    original: &Sealed,
    known: Option<&[u8]>,
) -> Result<Fate, Error> {
    let fate = match known {
        Some(index) if index == original.index => return Ok(Fate::Unchanged),
        Some(_) => Fate::Changed,
        None => Fate::Imported,
    };
    let Sealed { kind, index, content } = original;
    originals::keep(tx, &originals::Original { guid, kind, article, index, content })?;
    Ok(fate)
}

/// What is wrong with a name is the source's; what is wrong with the database ends the import.
fn refuse(receipt: &mut Receipt, kind: &'static str, term: &NewTerm, found: Result<(), Error>) -> Result<(), Error> {
    match found {
        Err(error @ (Error::Conflict(_) | Error::NotFound(_))) => {
            receipt.add(kind, Fate::Refused);
            receipt.warn(0, &term.name, "refused", error.to_string());
            Ok(())
        }
        found => found,
    }
}

/// What the articles of a batch have in common.
struct Run {
    site: Site,
    publish: bool,
    now: Timestamp,
    here: Here,
}

/// One article with its comments.
fn take(tx: &mut Tx<'_>, run: &mut Run, item: &Item, receipt: &mut Receipt) -> Result<(), Error> {
    let (incoming, now) = (&item.incoming, run.now);
    let mut prepared = item.prepared.clone();
    match fill_terms(tx, incoming, &mut prepared.draft, receipt) {
        Err(error @ (Error::Conflict(_) | Error::NotFound(_))) => {
            receipt.add(item.kind(), Fate::Refused);
            receipt.warn(incoming.line, &incoming.guid, "refused", error.to_string());
            return Ok(());
        }
        filled => filled?,
    }
    if let Some(original) = &incoming.translation_of {
        prepared.draft.translation_of = run.here.article(original);
        if prepared.draft.translation_of.is_none() {
            let sentence =
                format!("the article {original} that this one translates is not here; it was taken without the link");
            receipt.warn(incoming.line, &incoming.guid, "no-original", sentence);
        }
    }
    let (id, fate) = match run.here.article(&incoming.guid) {
        None => (take_new(tx, run, item, &prepared, receipt)?, Fate::Imported),
        Some(id) => (id, take_again(tx, run, item, id, &prepared, receipt)?),
    };
    for slug in &incoming.old_slugs {
        articles::claim_slug(tx, id, slug, now)?;
        run.here.is_claimed(slug);
    }
    // What is new waits for nothing yet.
    if fate != Fate::Imported || !incoming.missing.is_empty() {
        old_files::set_missing(tx, id, &incoming.missing)?;
    }
    if let Some(at) = incoming.updated.filter(|at| *at < now && fate == Fate::Changed) {
        articles::set_updated(tx, id, at)?;
    }
    receipt.add(item.kind(), fate);
    if let Some(slot) = incoming.slot
        && articles::record(tx, id)?.is_some_and(|record| record.status == Status::Published)
    {
        receipt.slots.push((slot, id));
    }
    if let Some(original) = &item.original {
        keep(tx, &incoming.guid, Some(id), original, run.here.original(&incoming.guid))?;
        run.here.is_kept(&incoming.guid, &original.index);
    }
    take_comments(tx, run, id, item, receipt)
}

/// An article that is not here yet, made as readers saw it there.
fn take_new(
    tx: &mut Tx<'_>,
    run: &mut Run,
    item: &Item,
    prepared: &Prepared,
    receipt: &mut Receipt,
) -> Result<ArticleId, Error> {
    let (incoming, now) = (&item.incoming, run.now);
    let id = run.here.number_article(tx, incoming.number)?;
    let slug = run.here.slug(tx, prepared.asked_slug(), &prepared.wished_slug(id))?;
    let twin = find_twin(tx, id, item, Fate::Imported, now, receipt)?;
    let shown = match &incoming.visibility {
        Visibility::Public(at) if run.publish && twin.first.is_none() => {
            Some(at.unwrap_or(now)).filter(|at| *at <= now)
        }
        _ => None,
    };
    let shown = shown.map(|at| Ok::<_, Error>((at, run.here.tree(tx, &prepared.draft.sections)?))).transpose()?;
    let is_shown = shown.is_some();
    let updated = incoming.updated.filter(|at| *at < now);
    let new = New { id, slug, guid: incoming.guid.clone(), shown, updated };
    verbs::create_in(tx, &run.site, prepared, &new, None, NOTE, now)?;
    run.here.has_come(&incoming.guid, id);
    if let Some(named) = &incoming.stage {
        stand(tx, run, id, named, incoming, receipt)?;
    }
    for (kind, note, at) in &incoming.corrections {
        articles::add_correction(tx, id, *kind, &tidy(note), *at)?;
    }
    twin.keep(tx, id, item, now)?;
    if run.publish && twin.first.is_none() && !is_shown {
        show(tx, run, id, incoming, Fate::Imported, receipt)?;
        if let Some(at) = updated {
            articles::set_updated(tx, id, at)?;
        }
    }
    Ok(id)
}

/// A draft stands here where it stood there, if there is such a stage here; else where new stories begin.
fn stand(
    tx: &mut Tx<'_>,
    run: &Run,
    id: ArticleId,
    named: &str,
    item: &Incoming,
    receipt: &mut Receipt,
) -> Result<(), Error> {
    let stages = &run.site.settings.stages;
    match stages.named(named) {
        Some(stage) => stories::set_stage(tx, id, &stage.key)?,
        None => {
            let word = stages.word_for(&stages.first_for_new().key);
            let sentence = format!("there is no stage «{named}» here; it stands at «{word}»");
            receipt.warn(item.line, &item.guid, "stage", sentence);
        }
    }
    Ok(())
}

/// Which story says the same?
struct Twin {
    /// One that stands before readers.
    first: Option<ArticleId>,
    /// It is to be remembered what this one is like.
    is_news: bool,
}

impl Twin {
    fn keep(&self, tx: &mut Tx<'_>, id: ArticleId, item: &Item, now: Timestamp) -> Result<(), Error> {
        if let Some(likeness) = item.likeness.as_ref().filter(|_| self.is_news) {
            let at = item.incoming.visibility.published().unwrap_or(now);
            wires::keep(tx, id, likeness, at, self.first)?;
        }
        Ok(())
    }
}

/// Does another story stand before readers that says the same? Then this one is told of, and stays a draft beside it. One
/// that is a draft itself is told of and holds nothing back.
fn find_twin(
    tx: &mut Tx<'_>,
    id: ArticleId,
    item: &Item,
    fate: Fate,
    now: Timestamp,
    receipt: &mut Receipt,
) -> Result<Twin, Error> {
    let Some(likeness) = &item.likeness else { return Ok(Twin { first: None, is_news: false }) };
    let incoming = &item.incoming;
    let at = incoming.visibility.published().unwrap_or(now);
    let is_public = articles::record(tx, id)?.is_some_and(|record| record.status == Status::Published);
    let known = wires::same_as(tx, id)?;
    let mut twin = |public| {
        let found = if is_public { None } else { wires::most_like(tx, likeness, at, id, public)? };
        Ok::<_, Error>(found.filter(|(_, share)| *share >= likeness::SAME))
    };
    let first = twin(true)?;
    let alike = if first.is_none() && fate == Fate::Imported { twin(false)? } else { first };
    let same_as = first.map(|(first, _)| first);
    if let Some((other, share)) = alike
        && (fate == Fate::Imported || same_as != known)
    {
        let what = if first.is_some() { "this one was kept as a draft" } else { "that one is a draft" };
        receipt.warn(
            incoming.line,
            &incoming.guid,
            "duplicate",
            format!("the story is here already, as article {other} ({:.0} % alike); {what}", share * 100.0),
        );
    }
    Ok(Twin { first: same_as, is_news: matches!(fate, Fate::Imported | Fate::Changed) || same_as != known })
}

/// An article that is here already.
fn take_again(
    tx: &mut Tx<'_>,
    run: &mut Run,
    item: &Item,
    id: ArticleId,
    prepared: &Prepared,
    receipt: &mut Receipt,
) -> Result<Fate, Error> {
    let (incoming, now) = (&item.incoming, run.now);
    let fate = renew(tx, id, prepared, now, incoming, receipt)?;
    let twin = find_twin(tx, id, item, fate, now, receipt)?;
    twin.keep(tx, id, item, now)?;
    let fate = if run.publish && twin.first.is_none() { show(tx, run, id, incoming, fate, receipt)? } else { fate };
    if fate == Fate::Changed
        && let Some(record) = articles::record(tx, id)?
    {
        run.here.is_claimed(&record.slug);
    }
    Ok(fate)
}

/// Let readers see what they saw there; says what became of the article with that.
fn show(
    tx: &mut Tx<'_>,
    run: &Run,
    id: ArticleId,
    item: &Incoming,
    fate: Fate,
    receipt: &mut Receipt,
) -> Result<Fate, Error> {
    let (site, now) = (&run.site, run.now);
    let mut warn = |code, message: String| receipt.warn(item.line, &item.guid, code, message);
    match &item.visibility {
        Visibility::Hidden => {}
        Visibility::Public(Some(at)) if *at > now => {
            warn("future", "its date lies in the future; it was kept as a draft".into());
        }
        Visibility::Withdrawn(at, reason) => {
            if fate == Fate::Imported {
                verbs::publish_in(tx, site, id, Some(*at).filter(|at| *at <= now), now)?;
                verbs::withdraw_in(tx, id, reason, now)?;
            }
        }
        Visibility::Public(at) => {
            let at = *at;
            let status = articles::record(tx, id)?.map(|record| record.status);
            match (fate, status) {
                // What was withdrawn here does not come back because the source says something new.
                (Fate::Refused, _) | (_, Some(Status::Withdrawn)) => {}
                // Somebody here has said when it goes out, or until when it is kept back.
                (Fate::Changed | Fate::Unchanged, Some(Status::Scheduled)) => {}
                (Fate::Changed | Fate::Unchanged, Some(Status::Draft)) if plans::of(tx, id)?.allows(now).is_err() => {
                    warn("planned", format!("article {id} is under embargo or past its end here; it stays a draft"));
                }
                (Fate::Imported | Fate::Changed, _) => verbs::publish_in(tx, site, id, at, now)?,
                // An earlier run took it in without publishing it, and nobody has taken it in hand since.
                (Fate::Unchanged, Some(Status::Draft)) if is_as_imported(tx, id)? => {
                    verbs::publish_in(tx, site, id, at, now)?;
                    return Ok(Fate::Changed);
                }
                (Fate::Unchanged, _) => {}
            }
        }
        Visibility::Scheduled(at) if fate == Fate::Imported && *at > now => verbs::schedule_in(tx, id, *at, now)?,
        Visibility::Scheduled(at) if fate == Fate::Imported => {
            warn("scheduled", format!("it was to go out on {at}, which is over; it was kept as a draft"));
        }
        Visibility::Scheduled(_) => {}
    }
    Ok(fate)
}

/// An article that is here already: changed only if the source changed and nobody here did.
fn renew(
    tx: &mut Tx<'_>,
    id: ArticleId,
    prepared: &Prepared,
    now: Timestamp,
    item: &Incoming,
    receipt: &mut Receipt,
) -> Result<Fate, Error> {
    let prepared = &*terms::as_joined(tx, prepared)?;
    let wanted = serde_json::to_string(&prepared.draft).unwrap_or_default();
    let imported = articles::latest_noted(tx, id, NOTE)?.map(|text| as_joined(tx, text)).transpose()?;
    if imported.as_deref() == Some(wanted.as_str()) {
        return Ok(Fate::Unchanged);
    }
    if !is_as_imported(tx, id)? {
        receipt.warn(
            item.line,
            &item.guid,
            "edited-here",
            format!("article {id} was changed here since; the newer text of the source was not taken"),
        );
        return Ok(Fate::Refused);
    }
    verbs::revise_in(tx, id, prepared, None, NOTE, now)?;
    Ok(Fate::Changed)
}

/// What an import wrote down, as it would be written now that names became one.
fn as_joined(tx: &mut Tx<'_>, text: String) -> Result<String, Error> {
    let Ok(mut draft) = serde_json::from_str(&text) else { return Ok(text) };
    let before: &Draft = &draft;
    let (tags, bylines) = (before.tags.clone(), before.bylines.clone());
    terms::follow_joined(tx, &mut draft)?;
    let is_same = draft.tags == tags && draft.bylines == bylines;
    Ok(if is_same { text } else { serde_json::to_string(&draft).unwrap_or(text) })
}

/// Has nobody written anything since the import did?
fn is_as_imported(tx: &mut Tx<'_>, id: ArticleId) -> Result<bool, Error> {
    Ok(articles::latest_noted(tx, id, NOTE)? == articles::latest_revision(tx, id)?)
}

fn fill_terms(tx: &mut Tx<'_>, item: &Incoming, draft: &mut Draft, receipt: &mut Receipt) -> Result<(), Error> {
    draft.sections.clear();
    for term in &item.sections {
        if is_known_by_address(term) {
            refuse_address(receipt, "category", term, item.line, &item.guid);
            continue;
        }
        let id = counted(tx, "category", "section", term, receipt, |tx| Ok(terms::section_in(tx, term)?.0))?;
        draft.sections.push(SectionId(id));
    }
    for term in &item.tags {
        if is_known_by_address(term) {
            refuse_address(receipt, "tag", term, item.line, &item.guid);
            continue;
        }
        let id = counted(tx, "tag", "tag", term, receipt, |tx| Ok(terms::tag_in(tx, term)?.0))?;
        draft.tags.push(TagId(id));
    }
    for (term, role) in &item.bylines {
        let id = counted(tx, "author", "person", term, receipt, |tx| Ok(terms::person_in(tx, term)?.0))?;
        draft.bylines.push((PersonId(id), *role));
    }
    Ok(())
}

/// Find or make a term and count it once per run: new when finding it gave out a number. A term keeps its number for
/// ever, so that a run looks for each once.
fn counted(
    tx: &mut Tx<'_>,
    kind: &'static str,
    noun: &'static str,
    term: &NewTerm,
    receipt: &mut Receipt,
    find: impl FnOnce(&mut Tx<'_>) -> Result<i64, Error>,
) -> Result<i64, Error> {
    let parent = term.parent.as_deref().unwrap_or("");
    let written = (kind, format!("{parent}/{}", if term.slug.is_empty() { &term.name } else { &term.slug }));
    if let Some(id) = receipt.terms.numbers.get(&written) {
        return Ok(*id);
    }
    // A term is known by its slug: sources write its name in several ways.
    let slug = terms::slug_of(term, noun).unwrap_or_else(|_| term.name.clone());
    let is_first = Arc::make_mut(&mut receipt.terms).counted.insert((kind, format!("{parent}/{slug}")));
    let before = if is_first { tx.last_id(noun)? } else { 0 };
    let id = find(tx)?;
    if is_first {
        receipt.add(kind, if tx.last_id(noun)? == before { Fate::Unchanged } else { Fate::Imported });
    }
    Arc::make_mut(&mut receipt.terms).numbers.insert(written, id);
    Ok(id)
}

fn take_comments(
    tx: &mut Tx<'_>,
    run: &mut Run,
    article: ArticleId,
    item: &Item,
    receipt: &mut Receipt,
) -> Result<(), Error> {
    let incoming = &item.incoming;
    let settings = &run.site.settings;
    let (addresses_since, networks_since) = (settings.addresses_since(run.now), settings.networks_since(run.now));
    // Number and, of those that came now, thread.
    let mut numbers: HashMap<&str, (CommentId, Option<CommentId>)> = HashMap::new();
    for (comment, ready) in incoming.comments.iter().zip(&item.comments) {
        if let Some(id) = run.here.comment(&comment.guid) {
            numbers.insert(&comment.guid, (id, None));
            receipt.add("comment", Fate::Unchanged);
            continue;
        }
        // Taken out here for good: it does not come back because it still stands there.
        if run.here.is_gone(&comment.guid) {
            receipt.add("comment", Fate::Unchanged);
            continue;
        }
        let text_length = ready.text.chars().count();
        if text_length == 0 || text_length > comment_text::MAX_CHARS {
            receipt.add("comment", Fate::Refused);
            receipt.warn(
                incoming.line,
                &comment.guid,
                "comment-length",
                format!("a comment of {text_length} characters; between 1 and {} fit", comment_text::MAX_CHARS),
            );
            continue;
        }
        if ready.is_without_url {
            let message = "its website is no address of the web; the comment was taken without";
            receipt.warn(incoming.line, &comment.guid, "comment-website", message);
        }
        let parent = comment.parent.as_deref().and_then(|parent| numbers.get(parent).copied());
        if comment.parent.is_some() && parent.is_none() {
            receipt.warn(
                incoming.line,
                &comment.guid,
                "no-parent",
                "the comment that it answers is not here; it stands by itself",
            );
        }
        let id = run.here.number_comment(tx, &comment.guid, comment.number)?;
        let (parent, thread) = match parent {
            Some((parent, Some(thread))) => (Some(parent), thread),
            parent => place_in_thread(tx, article, parent.map(|(parent, _)| parent), id)?,
        };
        // What would be erased at once does not come in.
        let address = ready.address.as_ref().filter(|_| comment.at >= addresses_since);
        let network = ready.network.as_ref().filter(|_| comment.at >= networks_since);
        let row = NewRow {
            id,
            article,
            parent,
            thread,
            status: comment.status,
            reason: "",
            findings: "",
            user: None,
            author: &ready.author,
            url: &ready.url,
            address: address.map(|(sealed, _)| &sealed[..]),
            address_index: address.map(|(_, index)| &index[..]),
            network: network.map(|(sealed, _)| &sealed[..]),
            network_index: network.map(|(_, index)| &index[..]),
            text_index: &ready.text_index,
            avatar: ready.avatar,
            guid: Some(&comment.guid),
            text: &ready.text,
            html: &ready.html,
            at: comment.at,
        };
        comments::insert(tx, &row)?;
        numbers.insert(&comment.guid, (id, Some(thread)));
        receipt.add("comment", Fate::Imported);
    }
    Ok(())
}

/// What a reader's form would have been held to: here is the one door for comments that others took.
fn prepare_comment(desk: &Desk, comment: &IncomingComment) -> PreparedComment {
    let (keys, chance) = (&desk.keys, &desk.chance);
    let text = clean_text(&comment.text);
    let folded = arabic::fold::fold(&text, arabic::fold::Fold::DISGUISE);
    // Some systems put the address where the name was missing; nobody sees it.
    let author = Some(tidy(&comment.author)).filter(|name| !name.is_empty() && !names_address(name));
    let author = author.unwrap_or_else(|| "—".into());
    // An empty field of a form that had its beginning written into it.
    let url = Some(comment.url.trim()).filter(|url| !matches!(*url, "http://" | "https://")).unwrap_or_default();
    let is_without_url = !url.is_empty() && !is_website(url);
    PreparedComment {
        html: sanitise_guest(&comment_text::to_html(&text)),
        address: comment.email.as_ref().map(|email| (keys.seal(email, chance.bytes()), keys.address_index(email))),
        network: comment
            .network
            .map(|network| (keys.seal_network(network, chance.bytes()), keys.network_index(network))),
        text_index: keys.text_index(&folded),
        avatar: i64::from_le_bytes(chance.bytes()),
        author: if author.chars().count() > limits::NAME { excerpt(&author, limits::NAME) } else { author },
        url: if is_without_url { String::new() } else { url.to_owned() },
        is_without_url,
        text,
    }
}

/// The name of somebody as readers may see it: one that is an e-mail address is none. Nothing is left of one that has no
/// other.
fn nameable(mut person: NewTerm) -> Option<NewTerm> {
    for name in [&mut person.name, &mut person.slug] {
        if names_address(name) {
            name.clear();
        }
    }
    (!person.name.is_empty() || !person.slug.is_empty()).then_some(person)
}

/// Would a section or tag show an e-mail address to readers, in its name, its address or that of the section above it?
fn is_known_by_address(term: &NewTerm) -> bool {
    [&term.name, &term.slug].into_iter().chain(&term.parent).any(|name| names_address(name))
}

/// A section or tag that cannot come in is counted once, however many articles are filed under it.
fn refuse_address(receipt: &mut Receipt, kind: &'static str, term: &NewTerm, line: usize, guid: &str) {
    let parent = term.parent.as_deref().unwrap_or("");
    let written = format!("{parent}/{}", if term.slug.is_empty() { &term.name } else { &term.slug });
    if Arc::make_mut(&mut receipt.terms).counted.insert((kind, written)) {
        receipt.add(kind, Fate::Refused);
        receipt.warn(line, guid, "name-is-address", "what articles are filed under has an e-mail address as its name");
    }
}

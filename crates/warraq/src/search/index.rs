//! The index itself: opened, written, searched.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::LogMergePolicy;
use tantivy::{Index as Tantivy, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

use super::analysis::{Class, Known, Reader, Script, Sounds};
use super::fields::{BETWEEN, Fields, VERSION, tokenizers};

/// Why the index did not do what was asked. Whatever it is, it can be made again from the database.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The library, a file, the disk.
    #[error("the search index: {0}")]
    Index(#[from] TantivyError),
    /// It was made by another version of the program, or by nobody.
    #[error("the search index must be made anew: {0}")]
    Foreign(String),
    /// Somebody else wrote to it since it was opened; what is there now must be looked at first.
    #[error("another process has written to the search index")]
    Moved,
    /// It broke under a search, as damaged files make it.
    #[error("the search broke off: {0}")]
    Broken(String),
}

impl SearchError {
    /// Does another process write to the index?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Index(TantivyError::LockFailure(..)))
    }
}

/// How far an index is, and in the log of which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Which log of changes: every database has its own.
    pub log: i64,
    /// The number of the last change that was taken in.
    pub number: i64,
}

/// A published story as the index takes it in.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Its number.
    pub id: i64,
    /// Seconds since 1970.
    pub published: i64,
    /// Its primary language, `ar`.
    pub language: String,
    /// `own`, `wire`…
    pub kind: String,
    /// Paths of its sections and of everything above them.
    pub sections: Vec<String>,
    /// Slugs of its tags.
    pub tags: Vec<String>,
    /// Slugs of its authors.
    pub authors: Vec<String>,
    /// Names of people, tags, sections, and of the source.
    pub about: Vec<String>,
    /// Kicker and headline.
    pub headline: String,
    /// The standfirst.
    pub standfirst: String,
    /// The text without markup.
    pub text: String,
}

/// What happened to an article since.
#[derive(Debug, Clone)]
pub enum Change {
    /// It is published and says this.
    Put(Box<Story>),
    /// It is not published.
    Remove(i64),
}

/// The index of one site. Many may search while one writes.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) reader: IndexReader,
    tantivy: Tantivy,
    writing: Mutex<Writing>,
}

struct Writing {
    /// Opened with the first change, because it costs memory and threads.
    writer: Option<IndexWriter>,
    /// One for each thread that reads stories.
    readers: Vec<Reading>,
    /// `None` for an index that has taken nothing in yet.
    position: Option<Position>,
}

/// Memory for stories that are not on the disk yet.
const WRITER_BYTES: usize = 48 << 20;
/// Threads that read stories, and as many that write them.
const HANDS: usize = 2;
/// Fewer stories than this are read by one thread.
const WORTH_SHARING: usize = 16;
/// Segments of like size become one when there are so many.
const SEGMENTS: usize = 6;
/// Words of a paragraph's end and the next one's beginning are no phrase.
const GAP: usize = 4;

impl Index {
    /// Opens the index in a folder, or makes an empty one there.
    ///
    /// # Errors
    /// [`SearchError::Foreign`] when another version made it; the library's error when it is damaged. In both cases the
    /// folder may be emptied and the index made anew.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let fields = Fields::new();
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        if Tantivy::exists(&directory).map_err(TantivyError::from)? {
            let found = Tantivy::open(directory.clone())?;
            if found.schema() != fields.schema {
                return Err(SearchError::Foreign("its fields are others".into()));
            }
        }
        let tantivy =
            Tantivy::builder().schema(fields.schema.clone()).tokenizers(tokenizers()).open_or_create(directory)?;
        let position = committed(&tantivy)?;
        let reader = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let writing = Mutex::new(Writing { writer: None, readers: Vec::new(), position });
        Ok(Self { fields, reader, tantivy, writing })
    }

    /// How far it is; `None` when it has taken nothing in yet.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner).position
    }

    /// Looks at what another process may have written since. Nothing changes for the one who writes.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn refresh(&self) -> Result<(), SearchError> {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if writing.writer.is_none() {
            writing.position = committed(&self.tantivy)?;
            self.reader.reload()?;
        }
        Ok(())
    }

    /// Makes sure that nobody else writes, from now until [`Index::rest`].
    ///
    /// # Errors
    /// Another process writes ([`SearchError::is_busy`]); it has written since this index was opened
    /// ([`SearchError::Moved`]); the disk.
    pub fn claim(&self) -> Result<(), SearchError> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner).claim(&self.tantivy).map(drop)
    }

    /// Files whose content is not what was written, by their checksums.
    ///
    /// # Errors
    /// The disk.
    pub fn damage(&self) -> Result<Vec<String>, SearchError> {
        let files = self.tantivy.validate_checksum()?;
        Ok(files.iter().map(|file| file.display().to_string()).collect())
    }

    /// How many stories are in it.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Is nothing in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes changes in, all of them and how far that brings it, or nothing. They are found when this returns.
    ///
    /// # Errors
    /// As [`Index::claim`].
    pub fn apply(&self, changes: Vec<Change>, reached: Position) -> Result<(), SearchError> {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        writing.claim(&self.tantivy)?;
        let Writing { writer: Some(writer), readers, position } = &mut *writing else { return Err(SearchError::Moved) };
        // What happened to an article last is what counts, so that the order among articles does not.
        let mut stories: HashMap<i64, Option<Box<Story>>> = HashMap::with_capacity(changes.len());
        for change in changes {
            match change {
                Change::Put(story) => stories.insert(story.id, Some(story)),
                Change::Remove(id) => stories.insert(id, None),
            };
        }
        for id in stories.keys() {
            writer.delete_term(Term::from_field_u64(self.fields.id, id.cast_unsigned()));
        }
        let mut stories: Vec<Box<Story>> = stories.into_values().flatten().collect();
        stories.sort_unstable_by_key(|story| story.id);
        let add = |reading: &mut Reading, stories: &[Box<Story>]| -> Result<(), TantivyError> {
            for story in stories {
                writer.add_document(reading.document(&self.fields, story))?;
            }
            Ok(())
        };
        readers.resize_with(HANDS, Reading::default);
        let [first, others @ ..] = &mut readers[..] else { return Ok(()) };
        let share = if stories.len() < WORTH_SHARING { stories.len().max(1) } else { stories.len().div_ceil(HANDS) };
        std::thread::scope(|scope| {
            let mut shares = stories.chunks(share);
            let mine = shares.next().unwrap_or_default();
            let theirs: Vec<_> = others
                .iter_mut()
                .zip(shares)
                .map(|(reading, share)| scope.spawn(move || add(reading, share)))
                .collect();
            let mut done = add(first, mine);
            for hand in theirs {
                done = done.and(hand.join().unwrap_or(Err(TantivyError::Poisoned)));
            }
            done
        })?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload(reached));
        commit.commit()?;
        *position = Some(reached);
        self.reader.reload()?;
        Ok(())
    }

    /// Frees what writing needs; merges that are under way come to their end first.
    ///
    /// # Errors
    /// The disk, mostly.
    pub fn rest(&self) -> Result<(), SearchError> {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        writing.readers = Vec::new();
        let writer = writing.writer.take();
        if let Some(writer) = writer {
            writer.wait_merging_threads()?;
            self.reader.reload()?;
        }
        Ok(())
    }
}

impl Writing {
    /// The writer; opened when it is not yet.
    fn claim(&mut self, tantivy: &Tantivy) -> Result<(), SearchError> {
        if self.writer.is_some() {
            return Ok(());
        }
        let opened = tantivy.writer_with_num_threads(HANDS, WRITER_BYTES);
        // Before the lock was ours, another process may have gone on, or cleared everything away.
        let writer: IndexWriter = match opened {
            Err(_) if !Tantivy::exists(tantivy.directory()).map_err(TantivyError::from)? => {
                return Err(SearchError::Moved);
            }
            opened => opened?,
        };
        let there = committed(tantivy)?;
        if there != self.position {
            self.position = there;
            return Err(SearchError::Moved);
        }
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(SEGMENTS);
        writer.set_merge_policy(Box::new(policy));
        self.writer = Some(writer);
        Ok(())
    }
}

/// How far the index on the disk is.
fn committed(tantivy: &Tantivy) -> Result<Option<Position>, SearchError> {
    let Some(payload) = tantivy.load_metas()?.payload else { return Ok(None) };
    let position = read_payload(&payload);
    position.map(Some).ok_or_else(|| SearchError::Foreign(format!("«{payload}» is not of version {VERSION}")))
}

fn payload(Position { log, number }: Position) -> String {
    format!("warraq {VERSION} {log} {number}")
}

fn read_payload(text: &str) -> Option<Position> {
    let (log, number) = text.strip_prefix(&format!("warraq {VERSION} "))?.split_once(' ')?;
    Some(Position { log: log.parse().ok()?, number: number.parse().ok()? })
}

/// Makes documents of stories, and remembers the words for the next.
#[derive(Default)]
struct Reading {
    words: Reader,
    layers: Layers,
}

/// Where the beginning of a story ends, by steps: what stands before the first is worth most.
const BEGINNING: [usize; 3] = [12, 30, 60];
/// Where whom and what a story is about counts as if it stood there.
const ABOUT: usize = BEGINNING[0];

/// Letters of a name that may be written together with the next: عبد الله، جين بينغ.
const SYLLABLE: usize = 4;

impl Reading {
    fn document(&mut self, fields: &Fields, story: &Story) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_u64(fields.id, story.id.cast_unsigned());
        document.add_i64(fields.published, story.published);
        document.add_text(fields.kind, &story.kind);
        document.add_text(fields.language, &story.language);
        for (field, labels) in
            [(fields.section, &story.sections), (fields.tag, &story.tags), (fields.author, &story.authors)]
        {
            for label in labels {
                document.add_text(field, label);
            }
        }
        let Self { words, layers } = self;
        layers.clear();
        for part in [&story.headline, &story.standfirst, &story.text] {
            words.visit(part, &story.language, |word| layers.take(word));
            layers.part();
            if std::ptr::eq(part, &story.headline) {
                document.add_text(fields.head_exact, &layers.exact);
            }
        }
        for name in &story.about {
            layers.position = ABOUT;
            words.visit(name, &story.language, |word| layers.mention(word));
        }
        for (field, text) in [
            (fields.exact, &layers.exact),
            (fields.key, &layers.key),
            (fields.lead, &layers.lead),
            (fields.family, &layers.family),
            (fields.sound, &layers.sound),
        ] {
            if !text.is_empty() {
                document.add_text(field, text);
            }
        }
        document
    }
}

/// The words of a story, layer by layer.
#[derive(Default)]
struct Layers {
    sounds: Sounds,
    /// The word before, if it was a name.
    name: String,
    exact: String,
    key: String,
    lead: String,
    family: String,
    sound: String,
    /// What `lead` has already, by hash.
    led: HashSet<u64>,
    position: usize,
}

impl Layers {
    /// Empty, for the next story; the room they took stays.
    fn clear(&mut self) {
        for text in [&mut self.name, &mut self.exact, &mut self.key, &mut self.lead, &mut self.family, &mut self.sound]
        {
            text.clear();
        }
        self.led.clear();
        self.position = 0;
    }

    /// The next part begins: no phrase reaches into it.
    fn part(&mut self) {
        if !self.exact.is_empty() {
            self.exact.extend([BETWEEN; GAP]);
        }
        self.name.clear();
    }

    fn take(&mut self, word: &Known) {
        self.exact.push_str(word.exact());
        self.mention(word);
        self.position += 1;
    }

    /// Everything but how it is written.
    fn mention(&mut self, word: &Known) {
        self.key.push_str(word.keys());
        self.family.push_str(word.family());
        let worth = BEGINNING.iter().filter(|end| self.position < **end).count();
        if worth > 0 {
            for key in word.keys().split_inclusive(BETWEEN) {
                if self.led.insert(hash(key)) {
                    (0..worth).for_each(|_| self.lead.push_str(key));
                }
            }
        }
        // Names stand beside one another: each by its sound, and two as if they were one word.
        if word.script != Script::Arabic || word.class != Class::Name {
            self.name.clear();
            return;
        }
        self.sound.push_str(word.sounds());
        let name = word.exact().trim_end_matches(BETWEEN);
        let short = |name: &str| name.chars().count() <= SYLLABLE;
        if !self.name.is_empty() && (short(&self.name) || short(name)) {
            self.name.push_str(name);
            for sound in self.sounds.of(&self.name) {
                self.sound.push_str(sound);
                self.sound.push(BETWEEN);
            }
        }
        self.name.clear();
        self.name.push_str(name);
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

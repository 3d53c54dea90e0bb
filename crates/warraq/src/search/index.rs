//! The index itself: opened, written, searched.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index as Tantivy, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

use super::analysis::{Class, Of, Reader, Reading, Script, Sounds, base_of_nisba, grams};
use super::fields::{Fields, VERSION, tokenizers};

/// Why the index did not do what was asked. Whatever it is, it can be made again from the database.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The library, a file, the disk.
    #[error("the search index: {0}")]
    Index(#[from] TantivyError),
    /// It was made by another version of the program, or by nobody.
    #[error("the search index must be made anew: {0}")]
    Foreign(String),
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
    words: Reader,
    sounds: Sounds,
    cursor: i64,
}

/// Memory for stories that are not on the disk yet.
const WRITER_BYTES: usize = 48 << 20;
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
        let cursor = match tantivy.load_metas()?.payload {
            None => 0,
            Some(payload) => read_payload(&payload)
                .ok_or_else(|| SearchError::Foreign(format!("«{payload}» is not of version {VERSION}")))?,
        };
        let reader = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let writing = Mutex::new(Writing { writer: None, words: Reader::default(), sounds: Sounds::default(), cursor });
        Ok(Self { fields, reader, tantivy, writing })
    }

    /// The number of the last change that the index has taken in.
    #[must_use]
    pub fn cursor(&self) -> i64 {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner).cursor
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

    /// Takes changes in, all of them and the number of the last, or nothing. They are found when this returns.
    ///
    /// # Errors
    /// The disk, mostly.
    pub fn apply(&self, changes: Vec<Change>, cursor: i64) -> Result<(), SearchError> {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let Writing { writer, words, sounds, cursor: reached } = &mut *writing;
        let writer = match writer {
            Some(writer) => writer,
            None => {
                let fresh: IndexWriter = self.tantivy.writer_with_num_threads(1, WRITER_BYTES)?;
                let mut policy = LogMergePolicy::default();
                policy.set_min_num_segments(6);
                fresh.set_merge_policy(Box::new(policy));
                writer.insert(fresh)
            }
        };
        for change in changes {
            let id = match &change {
                Change::Put(story) => story.id,
                Change::Remove(id) => *id,
            };
            writer.delete_term(Term::from_field_u64(self.fields.id, id.cast_unsigned()));
            if let Change::Put(story) = change {
                writer.add_document(document(&self.fields, words, sounds, &story))?;
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload(cursor));
        commit.commit()?;
        *reached = cursor;
        self.reader.reload()?;
        Ok(())
    }

    /// Frees what writing needs; merges that are under way come to their end first.
    ///
    /// # Errors
    /// The disk, mostly.
    pub fn rest(&self) -> Result<(), SearchError> {
        let writer = self.writing.lock().unwrap_or_else(PoisonError::into_inner).writer.take();
        if let Some(writer) = writer {
            writer.wait_merging_threads()?;
            self.reader.reload()?;
        }
        Ok(())
    }
}

fn payload(cursor: i64) -> String {
    format!("warraq {VERSION} {cursor}")
}

fn read_payload(text: &str) -> Option<i64> {
    text.strip_prefix(&format!("warraq {VERSION} "))?.parse().ok()
}

fn document(fields: &Fields, words: &mut Reader, sounds: &mut Sounds, story: &Story) -> TantivyDocument {
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
    let mut layers = Layers::new(sounds);
    let of = Of::Story(&story.language);
    words.read(&story.headline, of, |reading| {
        layers.head_exact.push(&reading.exact, 0);
        for key in &reading.keys {
            layers.head_key.push(&key.text, 0);
        }
        layers.take(reading);
    });
    for part in [story.standfirst.as_str(), story.text.as_str()] {
        layers.part();
        words.read(part, of, |reading| layers.take(reading));
    }
    for name in &story.about {
        words.read(name, of, |reading| {
            for key in &reading.keys {
                layers.about.push(&key.text, 0);
            }
        });
    }
    let Layers { exact, key, gram, sound, head_exact, head_key, about, .. } = layers;
    let all: [(Field, Tokens); 7] = [
        (fields.exact, exact),
        (fields.key, key),
        (fields.gram, gram),
        (fields.sound, sound),
        (fields.head_exact, head_exact),
        (fields.head_key, head_key),
        (fields.about, about),
    ];
    for (field, Tokens(tokens)) in all {
        if !tokens.is_empty() {
            document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
        }
    }
    document
}

/// The words of a story, layer by layer.
struct Layers<'s> {
    sounds: &'s mut Sounds,
    /// The word before, if it was a name.
    name: Option<String>,
    exact: Tokens,
    key: Tokens,
    gram: Tokens,
    sound: Tokens,
    head_exact: Tokens,
    head_key: Tokens,
    about: Tokens,
    position: usize,
}

impl<'s> Layers<'s> {
    fn new(sounds: &'s mut Sounds) -> Self {
        let none = Tokens::default;
        let (exact, key, gram, sound) = (none(), none(), none(), none());
        let (head_exact, head_key, about) = (none(), none(), none());
        Self { sounds, name: None, exact, key, gram, sound, head_exact, head_key, about, position: 0 }
    }

    /// The next part begins: no phrase reaches into it.
    fn part(&mut self) {
        self.position += GAP;
        self.name = None;
    }

    fn take(&mut self, reading: Reading<'_>) {
        // Words of the closed classes are a third of every text and tell nothing of it; in phrases they stand as written.
        if reading.class != Class::Common {
            for key in &reading.keys {
                self.key.push(&key.text, self.position);
            }
        }
        if reading.script == Script::Arabic
            && reading.class != Class::Common
            && let Some(best) = reading.keys.first()
        {
            for gram in grams(&best.text) {
                self.gram.push(gram, self.position);
            }
            if let Some(base) = base_of_nisba(&best.text) {
                self.gram.push(base, self.position);
            }
        }
        // Names stand beside one another: each by its sound, and two as if they were one word.
        let name = (reading.script == Script::Arabic && reading.class == Class::Name).then(|| reading.exact.clone());
        if let Some(name) = &name {
            for sound in self.sounds.of(name) {
                self.sound.push(sound, self.position);
            }
            if let Some(before) = &self.name {
                for sound in self.sounds.of(&format!("{before}{name}")) {
                    self.sound.push(sound, self.position);
                }
            }
        }
        self.name = name;
        self.exact.0.push(token(reading.exact, self.position));
        self.position += 1;
    }
}

#[derive(Default)]
struct Tokens(Vec<Token>);

impl Tokens {
    fn push(&mut self, text: &str, position: usize) {
        self.0.push(token(text.to_owned(), position));
    }
}

fn token(text: String, position: usize) -> Token {
    Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 }
}

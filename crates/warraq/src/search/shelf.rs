//! Where does the index lie, and what if it is gone or damaged? It is made anew: nothing in it is precious.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::analysis::Reader;
use super::{Index, SearchError};

/// Words that the reader of a query remembers: queries are short and much alike.
const REMEMBERED: usize = 1 << 12;

/// The place of the index. It is opened when somebody needs it.
pub struct Shelf {
    folder: PathBuf,
    index: RwLock<Option<Arc<Index>>>,
    readers: Mutex<Vec<Reader>>,
}

impl Shelf {
    /// The shelf in a folder, there or not yet.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder, index: RwLock::new(None), readers: Mutex::new(Vec::new()) }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The index as it stands; an empty one when there is none, or when what lies there cannot be read.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn index(&self) -> Result<Arc<Index>, SearchError> {
        if let Some(index) = &*self.index.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(Arc::clone(index));
        }
        let mut place = self.index.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = &*place {
            return Ok(Arc::clone(index));
        }
        let index = match self.open() {
            Ok(index) => index,
            Err(error) => {
                tracing::warn!(%error, folder = %self.folder.display(), "the search index is made anew");
                self.clear();
                self.open()?
            }
        };
        Ok(Arc::clone(place.insert(Arc::new(index))))
    }

    /// Throws the index away; the next who asks gets an empty one.
    pub fn discard(&self) {
        let mut place = self.index.write().unwrap_or_else(PoisonError::into_inner);
        *place = None;
        self.clear();
    }

    /// Lets go of the index without touching its files: somebody else has written to them.
    pub fn let_go(&self) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Have the files of the opened index been taken away from under it?
    #[must_use]
    pub fn is_lost(&self) -> bool {
        let opened = self.index.read().unwrap_or_else(PoisonError::into_inner).is_some();
        opened && !self.folder.join("meta.json").is_file()
    }

    /// Lends a reader of words.
    pub fn reading<T>(&self, work: impl FnOnce(&mut Reader) -> T) -> T {
        let rested = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = rested.unwrap_or_else(|| Reader::remembering(REMEMBERED));
        let result = work(&mut reader);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        result
    }

    fn open(&self) -> Result<Index, SearchError> {
        std::fs::create_dir_all(&self.folder).map_err(tantivy::TantivyError::from)?;
        Index::open(&self.folder)
    }

    /// The folder is ours alone, yet only what lies in it goes, not what a link in it points to.
    fn clear(&self) {
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            // What cannot be removed now is found when the index is opened.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

impl SearchError {
    /// Does another process write to the index?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Index(tantivy::TantivyError::LockFailure(..)))
    }
}

//! Where does the index lie, and what if it is gone or damaged? It is made anew: nothing in it is precious.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::Semaphore;

use super::analysis::Reader;
use super::{Index, SearchError};

/// Words that a reader remembers: queries are short and much alike, but excerpts take whole articles. With an eighth of
/// this, a page of results took two thirds more time.
const REMEMBERED: usize = 1 << 15;
/// What the index is made of; without it there is none.
const HEART: &str = "meta.json";
/// A file that asks whoever writes the index to make it anew.
const REQUEST: &str = "make-anew";
/// A file that is locked while the index is opened (together) or cleared away (alone), in this process or another.
const DOOR: &str = "door.lock";
/// How often an index that others replaced meanwhile is opened again before it is thrown away as it is.
const TRIES: usize = 3;

/// The place of the index. It is opened when somebody needs it.
pub struct Shelf {
    folder: PathBuf,
    index: RwLock<Option<Arc<Index>>>,
    readers: Mutex<Vec<Reader>>,
    /// As many search at once as there are cores; who comes later waits in order, and the pages do not.
    turns: Arc<Semaphore>,
    /// A search broke off: the files may be damaged.
    is_suspect: AtomicBool,
}

impl Shelf {
    /// The shelf in a folder, there or not yet.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            folder,
            index: RwLock::new(None),
            readers: Mutex::new(Vec::new()),
            turns: Arc::new(Semaphore::new(cores)),
            is_suspect: AtomicBool::new(false),
        }
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

    /// Asks the index something, on a thread where that may take its time.
    ///
    /// # Errors
    /// What `work` returns; that it broke off.
    pub async fn ask<T, F>(self: &Arc<Self>, work: F) -> Result<T, SearchError>
    where
        T: Send + 'static,
        F: FnOnce(&Index) -> Result<T, SearchError> + Send + 'static,
    {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let shelf = Arc::clone(self);
        let asked = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&*shelf.index()?)
        });
        let answer = asked.await.unwrap_or_else(|panic| Err(SearchError::Broken(panic.to_string())));
        if answer.is_err() {
            self.is_suspect.store(true, Ordering::Relaxed);
        }
        answer
    }

    /// Throws the index away; the next who asks gets an empty one. Says whether it did: while another process writes it,
    /// it is not ours to throw away.
    pub fn discard(&self) -> bool {
        for _ in 0..TRIES {
            match self.index().and_then(|index| index.claim()) {
                Err(SearchError::Moved) => self.let_go(),
                Err(error) if error.is_busy() => return false,
                // Whatever is wrong with it goes with it.
                Ok(()) | Err(_) => break,
            }
        }
        let mut place = self.index.write().unwrap_or_else(PoisonError::into_inner);
        // The claim is let go when the files are gone: whoever has it next begins anew.
        self.clear();
        *place = None;
        true
    }

    /// Lets go of the index without touching its files: somebody else is about to replace them.
    pub fn let_go(&self) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Asks whoever writes the index to make it anew; [`Shelf::must_be_made_anew`] tells them.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn request_anew(&self) -> Result<(), SearchError> {
        Ok(std::fs::write(self.folder.join(REQUEST), "").map_err(tantivy::TantivyError::from)?)
    }

    /// Is a request waiting?
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.folder.join(REQUEST).exists()
    }

    /// Why the index must be thrown away, if so: its files have been taken away from under it, somebody asked for it, or
    /// a search broke off and the files are not what was written.
    #[must_use]
    pub fn must_be_made_anew(&self) -> Option<String> {
        if self.is_requested() {
            return Some("somebody asked for it".into());
        }
        let opened = self.index.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        if !self.folder.join(HEART).is_file() {
            return Some("its files are gone".into());
        }
        if !self.is_suspect.swap(false, Ordering::Relaxed) {
            return None;
        }
        match opened.damage() {
            Ok(damage) if damage.is_empty() => None,
            Ok(damage) => Some(format!("damaged: {}", damage.join(", "))),
            Err(error) => Some(error.to_string()),
        }
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
        let door = self.door().map_err(tantivy::TantivyError::from)?;
        door.lock_shared().map_err(tantivy::TantivyError::from)?;
        Index::open(&self.folder)
    }

    fn door(&self) -> std::io::Result<File> {
        std::fs::create_dir_all(&self.folder)?;
        File::options().create(true).truncate(false).write(true).open(self.folder.join(DOOR))
    }

    /// The folder is ours alone, yet only what lies in it goes, not what a link in it points to. Locks stay: a lock on a
    /// file that is gone keeps nobody out.
    fn clear(&self) {
        // Without a lock it is cleared all the same: what is not there then is made anew.
        let _door = self.door().and_then(|door| door.lock().map(|()| door));
        let files = std::fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let (heart, others): (Vec<_>, Vec<_>) = files
            .filter(|file| file.extension().is_none_or(|ending| ending != "lock"))
            .partition(|file| file.ends_with(HEART));
        // Its heart first, so that what is left of it is never taken for an index; the request last.
        let request = self.folder.join(REQUEST);
        let others = others.into_iter().filter(|file| *file != request);
        for file in heart.into_iter().chain(others).chain([request.clone()]) {
            // What cannot be removed now is found when the index is opened.
            let _ = std::fs::remove_file(file);
        }
    }
}

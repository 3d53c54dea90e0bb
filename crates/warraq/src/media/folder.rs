//! Where do the bytes of a picture lie, and are they still there after a power cut?
//!
//! A file's name is made from what is in it, so that storing twice is storing once, and no name ever comes from
//! outside. A file is written under a temporary name, flushed, renamed, and its folder flushed; only after that does
//! [`MediaFolder::put`] return, and only after that may a row of the database name it.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Kind, MediaError};
use crate::durable::{self, sync_folder};

/// 160 bits of BLAKE3 are enough that nobody makes two pictures of one name.
const DIGITS: usize = 40;
/// Where files are while they are being written or fetched. No stored name can begin like this.
pub const INCOMING: &str = "incoming";

/// The name of a stored picture, such as `ab/abcdef….jpg`: two digits, a slash, forty digits, a dot, the extension.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoredName(String);

impl StoredName {
    /// Takes a name from the database or an address; nothing but what [`MediaFolder::put`] makes is a name.
    ///
    /// # Errors
    /// `BadName`.
    pub fn parse(name: &str) -> Result<Self, MediaError> {
        if is_stored_name(name) {
            Ok(Self(name.to_owned()))
        } else {
            Err(MediaError::BadName { name: name.chars().take(100).collect() })
        }
    }

    /// As text, with `/` on every system.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of file it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        // Only names with a known extension are made or parsed.
        self.0.rsplit_once('.').and_then(|(_, extension)| Kind::from_extension(extension)).unwrap_or(Kind::Jpeg)
    }

    /// The names that a picture may have which has come out of this folder, by the hash of its bytes.
    #[must_use]
    pub fn of_picture(hash: &blake3::Hash) -> [Self; 3] {
        [Kind::Jpeg, Kind::Png, Kind::Webp].map(|kind| Self::named(hash, kind))
    }

    fn of(bytes: &[u8], kind: Kind) -> Self {
        Self::named(&blake3::hash(bytes), kind)
    }

    fn named(hash: &blake3::Hash, kind: Kind) -> Self {
        let digits = &hash.to_hex()[..DIGITS];
        Self(format!("{}/{digits}.{}", &digits[..2], kind.extension()))
    }
}

impl fmt::Display for StoredName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A folder of pictures.
#[derive(Debug)]
pub struct MediaFolder {
    dir: PathBuf,
    /// Tells the temporary files of this process apart.
    next: AtomicU64,
}

impl MediaFolder {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// `Disk` or `DiskFull`.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, MediaError> {
        let dir = dir.into();
        fs::create_dir_all(dir.join(INCOMING))?;
        sync_folder(&dir)?;
        Ok(Self { dir, next: AtomicU64::new(0) })
    }

    /// Stores a file that this room wrote, durably, and gives it a name. Storing the same bytes again changes nothing.
    ///
    /// # Errors
    /// `Disk` or `DiskFull`; then nothing stands under the name that did not stand there before.
    pub fn put(&self, bytes: &[u8], kind: Kind) -> Result<StoredName, MediaError> {
        let name = StoredName::of(bytes, kind);
        let path = self.path(&name);
        let Some(folder) = path.parent() else {
            return Err(MediaError::BadName { name: name.0 });
        };
        if !folder.exists() {
            fs::create_dir_all(folder)?;
            sync_folder(&self.dir)?;
        }
        if !is_there(&path, bytes.len())? {
            self.write(bytes, &path)?;
        }
        // Also when the file was there: another may have renamed it a moment ago and not flushed yet.
        sync_folder(folder)?;
        Ok(name)
    }

    /// The bytes of a stored file.
    ///
    /// # Errors
    /// `NotFound` or `Disk`.
    pub fn read(&self, name: &StoredName) -> Result<Vec<u8>, MediaError> {
        fs::read(self.path(name)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => MediaError::NotFound { name: name.0.clone() },
            _ => error.into(),
        })
    }

    /// Stores a copy of a file, durably, and gives it a name. Storing the same bytes again changes nothing.
    ///
    /// # Errors
    /// `Disk` or `DiskFull`.
    pub fn put_file(&self, source: &Path, kind: Kind) -> Result<StoredName, MediaError> {
        let (temporary, mut file) = self.temporary()?;
        let copied = (|| {
            let mut hasher = blake3::Hasher::new();
            let mut source = File::open(source)?;
            let mut buffer = vec![0; 256 * 1024];
            loop {
                let read = source.read(&mut buffer)?;
                if read == 0 {
                    break;
                }
                hasher.update(&buffer[..read]);
                file.write_all(&buffer[..read])?;
            }
            file.sync_all()?;
            let name = StoredName::named(&hasher.finalize(), kind);
            let path = self.path(&name);
            let folder = path.parent().unwrap_or(&self.dir);
            if !folder.exists() {
                fs::create_dir_all(folder)?;
                sync_folder(&self.dir)?;
            }
            durable::rename(&temporary, &path)?;
            Ok(name)
        })();
        copied.map_err(|error: io::Error| {
            let _ = fs::remove_file(&temporary);
            error.into()
        })
    }

    /// A place for a file that is being sent, which nobody else has. Whoever takes it removes it.
    ///
    /// # Errors
    /// `Disk` or `DiskFull`.
    pub fn arriving(&self) -> Result<(PathBuf, File), MediaError> {
        self.temporary()
    }

    /// Takes a stored file away. One that is not there is gone already.
    ///
    /// # Errors
    /// `Disk`.
    pub fn remove(&self, name: &StoredName) -> Result<(), MediaError> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Where a file that is being fetched lies until it is whole; the same address has the same place.
    #[must_use]
    pub fn partial(&self, address: &str) -> PathBuf {
        self.dir.join(INCOMING).join(format!("{}.part", &blake3::hash(address.as_bytes()).to_hex()[..DIGITS]))
    }

    /// Lets one process at a time fetch into this folder, as long as what is returned lives.
    ///
    /// # Errors
    /// `InUse` when another does; `Disk`.
    pub fn claim(&self) -> Result<File, MediaError> {
        let lock = File::create(self.dir.join(INCOMING).join("fetching.lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(fs::TryLockError::WouldBlock) => Err(MediaError::InUse),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// A stored file, open for reading, and its size.
    ///
    /// # Errors
    /// `NotFound` or `Disk`.
    pub fn open_file(&self, name: &StoredName) -> Result<(File, u64), MediaError> {
        let opened = File::open(self.path(name)).and_then(|file| file.metadata().map(|facts| (file, facts.len())));
        opened.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => MediaError::NotFound { name: name.0.clone() },
            _ => error.into(),
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self, name: &StoredName) -> PathBuf {
        self.dir.join(&name.0)
    }

    /// The whole file or nothing appears at `path`.
    fn write(&self, bytes: &[u8], path: &Path) -> Result<(), MediaError> {
        let (temporary, mut file) = self.temporary()?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        drop(file);
        let renamed = written.and_then(|()| durable::rename(&temporary, path));
        renamed.map_err(|error| {
            // Best effort: a left-over in `incoming` is harmless, and the first error is the one to tell.
            let _ = fs::remove_file(&temporary);
            error.into()
        })
    }

    /// A new file that nobody else has. Another process may have the same id on another machine that shares the
    /// folder, so the file system has the last word.
    fn temporary(&self) -> Result<(PathBuf, File), MediaError> {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let path = self.dir.join(INCOMING).join(format!("{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((path, file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn is_stored_name(name: &str) -> bool {
    let Some((folder, file)) = name.split_once('/') else {
        return false;
    };
    let Some((digits, extension)) = file.split_once('.') else {
        return false;
    };
    let is_hex = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    digits.len() == DIGITS
        && is_hex(digits)
        && folder.len() == 2
        && digits.starts_with(folder)
        && Kind::from_extension(extension).is_some()
}

/// A file of another length can only be the work of a broken disk or of somebody's hand; it is written again.
fn is_there(path: &Path, length: usize) -> Result<bool, MediaError> {
    match fs::metadata(path) {
        Ok(found) => Ok(found.is_file() && usize::try_from(found.len()) == Ok(length)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folder() -> (tempfile::TempDir, MediaFolder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = MediaFolder::open(dir.path().join("media")).unwrap();
        (dir, folder)
    }

    fn check_refused(name: &str) {
        assert_eq!(StoredName::parse(name).map_err(|error| error.code()), Err("media-bad-name"), "{name:?}");
    }

    fn files_in(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let (_dir, folder) = folder();
        let name = folder.put(b"pixels", Kind::Webp).unwrap();
        assert_eq!(folder.read(&name).unwrap(), b"pixels");
        assert_eq!(StoredName::parse(name.as_str()).unwrap(), name);
        assert_eq!(name.kind(), Kind::Webp);
        assert!(name.as_str().ends_with(".webp"));
    }

    #[test]
    fn storing_twice_is_storing_once() {
        let (_dir, folder) = folder();
        let name = folder.put(b"pixels", Kind::Jpeg).unwrap();
        assert_eq!(folder.put(b"pixels", Kind::Jpeg).unwrap(), name);
        assert_eq!(files_in(folder.path(&name).parent().unwrap()), 1);
        assert_eq!(files_in(&folder.dir.join(INCOMING)), 0);
    }

    #[test]
    fn a_file_that_was_cut_short_is_written_again() {
        let (_dir, folder) = folder();
        let name = folder.put(b"pixels", Kind::Jpeg).unwrap();
        fs::write(folder.path(&name), b"pix").unwrap();
        folder.put(b"pixels", Kind::Jpeg).unwrap();
        assert_eq!(folder.read(&name).unwrap(), b"pixels");
    }

    #[test]
    fn a_left_over_of_a_crash_is_stepped_over() {
        let (_dir, folder) = folder();
        let left_over = folder.dir.join(INCOMING).join(format!("{}-0", std::process::id()));
        fs::write(&left_over, b"half").unwrap();
        let name = folder.put(b"pixels", Kind::Png).unwrap();
        assert_eq!(folder.read(&name).unwrap(), b"pixels");
        assert!(left_over.exists());
    }

    #[test]
    fn one_at_a_time_fetches_into_it() {
        let (_dir, folder) = folder();
        let claim = folder.claim().expect("free");
        let other = MediaFolder::open(&folder.dir).expect("opened");
        assert_eq!(other.claim().map(|_| ()).map_err(|error| error.code()), Err("media-in-use"));
        drop(claim);
        other.claim().expect("free again");
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let (_dir, folder) = folder();
        let name = StoredName::of(b"never stored", Kind::Png);
        assert_eq!(folder.read(&name).map_err(|error| error.code()), Err("media-not-found"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error() {
        let (dir, _folder) = folder();
        let file = dir.path().join("file");
        fs::write(&file, b"x").unwrap();
        assert_eq!(MediaFolder::open(&file).map(|_| ()).map_err(|error| error.code()), Err("media-disk"));
    }

    #[test]
    fn no_other_name_is_a_name() {
        let good = "ab/abcdef0123456789abcdef0123456789abcdef01.jpg";
        assert!(StoredName::parse(good).is_ok());
        check_refused("");
        check_refused("../../etc/passwd");
        check_refused("incoming/1-0");
        check_refused(&good.replace("ab/", "../"));
        check_refused(&good.replace("ab/", "cd/"));
        check_refused(&good.replace("ab/", "ab/../ab/"));
        check_refused(&good.replace("ab/", ""));
        check_refused(&good.replace(".jpg", ".svg"));
        check_refused(&good.replace(".jpg", ".jpg/"));
        check_refused(&good.replace(".jpg", ".jpg\0"));
        check_refused(&good.replace(".jpg", ".html.jpg"));
        check_refused(&good.to_ascii_uppercase());
        check_refused(&good.replace('/', "\\"));
    }

    proptest! {
        #[test]
        fn a_name_never_leaves_the_folder(name in r"([0-9a-f]{2}/[0-9a-f]{40}\.(jpg|png|webp))|[./a-f0-9\\]{0,60}") {
            if let Ok(name) = StoredName::parse(&name) {
                prop_assert!(!name.as_str().contains("..") && !name.as_str().starts_with('/'));
                prop_assert_eq!(name.as_str().matches('/').count(), 1);
            }
        }
    }
}

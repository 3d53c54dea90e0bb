//! Which files does what is imported bring along, and may they be read?
//!
//! Whoever wrote an export or archive names the files that belong to it. A name may lead elsewhere: by `..`, by a link, to
//! a device that never ends. So every file that an import reads because something names it comes through here.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::error::Error;

/// A folder whose files may be read, and no others.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder that somebody named on the command line.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn at(path: &Path) -> Result<Self, Error> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let unread = |source| Error::File { path: path.display().to_string(), source };
        let whole = fs::canonicalize(path).map_err(unread)?;
        if whole.is_dir() { Ok(Self(whole)) } else { Err(unread(io::ErrorKind::NotADirectory.into())) }
    }

    /// A file of this name that lies within the folder, wherever links lead.
    ///
    /// # Errors
    /// There is none, it lies elsewhere, or it is no file.
    pub(super) fn file(&self, name: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let whole = self.within(name.as_ref())?;
        if whole.is_file() {
            return Ok(whole);
        }
        Err(Error::conflict("file-unfit", format!("{} is no file", self.0.join(name).display())))
    }

    /// A folder of this name within this one, if there is one.
    ///
    /// # Errors
    /// It lies elsewhere.
    pub(super) fn folder(&self, name: impl AsRef<Path>) -> Result<Option<PathBuf>, Error> {
        match self.within(name.as_ref()) {
            Ok(whole) => Ok(Some(whole).filter(|whole| whole.is_dir())),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What a file says, at most `most` bytes.
    ///
    /// # Errors
    /// As [`Folder::file`]; it is larger.
    pub(super) fn bytes(&self, name: impl AsRef<Path>, most: u64) -> Result<Vec<u8>, Error> {
        read_at_most(&self.file(name)?, most)
    }

    /// What a file says in UTF-8, at most `most` bytes.
    ///
    /// # Errors
    /// As [`Folder::bytes`]; it is not UTF-8, and where.
    pub(super) fn text(&self, name: impl AsRef<Path>, most: u64) -> Result<String, Error> {
        let file = self.file(name)?;
        String::from_utf8(read_at_most(&file, most)?).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            Error::conflict(
                "file-unfit",
                format!("{}: line {line}, byte {} of the file, is not UTF-8; save it as UTF-8", file.display(), at + 1),
            )
        })
    }

    /// As [`Folder::text`]; nothing when there is no such file.
    ///
    /// # Errors
    /// As [`Folder::text`].
    pub(super) fn text_if_there(&self, name: impl AsRef<Path>, most: u64) -> Result<Option<String>, Error> {
        match self.text(name, most) {
            Err(error) if is_missing(&error) => Ok(None),
            read => read.map(Some),
        }
    }

    fn within(&self, name: &Path) -> Result<PathBuf, Error> {
        let named = self.0.join(name);
        let elsewhere = || {
            Error::conflict(
                "file-unfit",
                format!("{} does not lie within {}; put the file itself there", name.display(), self.0.display()),
            )
        };
        if !name.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(elsewhere());
        }
        let whole =
            fs::canonicalize(&named).map_err(|source| Error::File { path: named.display().to_string(), source })?;
        if whole.starts_with(&self.0) { Ok(whole) } else { Err(elsewhere()) }
    }
}

/// A file, if it is not larger than that; a larger one is not read.
///
/// # Errors
/// It cannot be read, or is larger.
pub(super) fn read_at_most(file: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let unread = |source| Error::File { path: file.display().to_string(), source };
    let mut bytes = Vec::new();
    // One byte more tells whether there is more: a size that the system names may be that of a moment ago.
    File::open(file).and_then(|open| open.take(most + 1).read_to_end(&mut bytes)).map_err(unread)?;
    if bytes.len() as u64 > most {
        return Err(Error::conflict(
            "file-unfit",
            format!("{} has more than {most} bytes, which is the most that is read", file.display()),
        ));
    }
    Ok(bytes)
}

fn is_missing(error: &Error) -> bool {
    matches!(error, Error::File { source, .. } if source.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_lies_elsewhere_is_not_read() {
        let outer = tempfile::tempdir().expect("a folder");
        let root = outer.path().join("archive");
        fs::create_dir_all(root.join("a/b")).expect("folders");
        fs::write(outer.path().join("secret"), "canary").expect("written");
        fs::write(root.join("a/b/c.txt"), "c").expect("written");
        for (link, to) in [
            ("out", "../secret"),
            ("far", "/etc/passwd"),
            ("folder", ".."),
            ("dead", "nowhere"),
            ("in", "a/b/c.txt"),
            ("zero", "/dev/zero"),
        ] {
            symlink(to, root.join(link)).expect("a link");
        }
        let folder = Folder::at(&root).expect("a folder");
        let check = |name: &str, said: Result<&str, &str>| match (folder.text(name, 10), said) {
            (Ok(text), Ok(expected)) => assert_eq!(text, expected, "{name}"),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{name}: {error}"),
            (found, _) => panic!("{name}: {found:?}"),
        };
        check("a/b/c.txt", Ok("c"));
        check("in", Ok("c"));
        check("out", Err("does not lie within"));
        check("far", Err("does not lie within"));
        check("zero", Err("does not lie within"));
        check("folder/secret", Err("does not lie within"));
        check("../secret", Err("does not lie within"));
        check("/etc/passwd", Err("does not lie within"));
        check("", Err("is no file"));
        check("a", Err("is no file"));
        check("dead", Err("No such file"));
        assert_eq!(folder.text_if_there("dead", 10).expect("nothing"), None);
        assert!(folder.text_if_there("out", 10).is_err());
        assert!(folder.folder("folder").is_err());
        assert!(folder.folder("a").expect("there").is_some() && folder.folder("x").expect("nothing").is_none());
    }

    #[test]
    fn a_text_has_an_end_and_is_utf_8() {
        let outer = tempfile::tempdir().expect("a folder");
        fs::write(outer.path().join("long"), "12345678901").expect("written");
        fs::write(outer.path().join("wrong"), b"a\nb\xc7").expect("written");
        let folder = Folder::at(outer.path()).expect("a folder");
        let said = |name: &str| folder.text(name, 10).expect_err(name).to_string();
        assert!(said("long").contains("more than 10 bytes"), "{}", said("long"));
        assert!(said("wrong").contains("line 2, byte 4"), "{}", said("wrong"));
        assert!(Folder::at(&outer.path().join("long")).is_err());
    }
}

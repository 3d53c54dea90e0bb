//! Is what was written still there after a power cut?
//!
//! Write under a temporary name, flush, rename, flush the folder: then either the whole is there or nothing.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The same path with a dot and this ending after its whole name: `a.xml` and `a.json` have different ones.
#[must_use]
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    // Without a slash at the end, which would make the ending a file within.
    let mut name = path.components().as_path().as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Give what is flushed already its name, durably.
///
/// # Errors
/// The disk.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(folder_of(to))
}

/// Make the names in a folder durable. Where folders cannot be opened, renaming is all that can be done.
///
/// # Errors
/// The disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Make everything in a folder durable that was written into it: files, folders within, their names.
///
/// # Errors
/// The disk.
pub fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    sync_folder(folder)
}

/// The folder in which a path stands.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_stand_after_the_whole_name() {
        let check = |path: &str, expected: &str| assert_eq!(with_ending(Path::new(path), "part"), Path::new(expected));
        check("a.xml", "a.xml.part");
        check("b/a.2020.xml", "b/a.2020.xml.part");
        check("archive/", "archive.part");
        check("b/archive//", "b/archive.part");
        check(".hidden", ".hidden.part");
    }

    #[test]
    fn a_tree_is_flushed_and_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let tree = folder.path().join("tree");
        fs::create_dir_all(tree.join("a/b")).expect("folders");
        fs::write(tree.join("a/b/c"), "c").expect("written");
        sync_tree(&tree).expect("flushed");
        rename(&tree, &folder.path().join("named")).expect("named");
        assert_eq!(fs::read_to_string(folder.path().join("named/a/b/c")).expect("read"), "c");
        assert!(sync_tree(&tree).is_err());
        assert_eq!(folder_of(Path::new("x")), Path::new("."));
    }
}

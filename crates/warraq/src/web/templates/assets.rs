//! Which files does a page load, and what are they called today?
//!
//! Styles, script and fonts are built by `bin/frontend` under names that carry a hash of their content, so that a
//! browser may keep them for ever. A theme's own files lie in `<theme>/static/` under the names it gave them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use rust_embed::RustEmbed;

/// Where the built files are served.
pub const ASSETS: &str = "/assets/";
/// Where a theme's own files are served.
pub const THEME: &str = "/theme/";

#[derive(RustEmbed)]
#[folder = "../../frontend/dist/"]
struct Built;

/// A file for the browser.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The content.
    pub bytes: Cow<'static, [u8]>,
    /// For `Content-Type`.
    pub mime: &'static str,
    /// Does the name change whenever the content does?
    pub immutable: bool,
}

/// The built file of that hashed name: `reader.0a1b2c3d4e.css`, `fonts/text.….woff2`.
#[must_use]
pub fn get(path: &str) -> Option<Asset> {
    if path == MANIFEST {
        return None;
    }
    let file = Built::get(path)?;
    Some(Asset { bytes: file.data, mime: mime(path), immutable: true })
}

/// The file of that name in a theme's `static/` folder. Nothing outside of the folder is ever read, nor a hidden file.
#[must_use]
pub fn of_theme(theme: &Path, path: &str) -> Option<Asset> {
    let file = within(&theme.join("static"), path)?;
    let bytes = std::fs::read(file).ok()?;
    Some(Asset { bytes: Cow::Owned(bytes), mime: mime(path), immutable: false })
}

/// Logical name → hashed name.
pub(super) fn manifest() -> BTreeMap<String, String> {
    let file = Built::get(MANIFEST);
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

const MANIFEST: &str = "manifest.json";

/// `path` below `folder`, if it is a plain relative path and, links followed, really lies there.
fn within(folder: &Path, path: &str) -> Option<PathBuf> {
    let plain =
        |part: Component<'_>| matches!(part, Component::Normal(name) if !name.to_string_lossy().starts_with('.'));
    if path.is_empty() || path.contains(['\\', '\0', ':']) || !Path::new(path).components().all(plain) {
        return None;
    }
    let folder = folder.canonicalize().ok()?;
    let file = folder.join(path).canonicalize().ok()?;
    (file.starts_with(&folder) && file.is_file()).then_some(file)
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_manifest_is_there() {
        let manifest = manifest();
        for name in ["reader.css", "reader.js", "favicon.svg", "fonts/text.woff2", "fonts/licences.txt"] {
            assert!(manifest.contains_key(name), "{name} was not built");
        }
        for hashed in manifest.values() {
            let asset = get(hashed).unwrap_or_else(|| panic!("{hashed} is not embedded"));
            assert!(asset.immutable);
            assert_ne!(asset.mime, "application/octet-stream", "{hashed}");
        }
        assert!(get("manifest.json").is_none());
        let licences = get(&manifest["fonts/licences.txt"]).expect("licences").bytes.into_owned();
        let licences = String::from_utf8(licences).expect("UTF-8");
        for holder in ["Noto Project Authors", "Markazi Text Project Authors", "source-serif-4"] {
            assert!(licences.contains(holder), "{holder}");
        }
        assert_eq!(licences.matches("SIL OPEN FONT LICENSE").count(), 3);
    }

    #[track_caller]
    fn check_refused(path: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let theme = folder.path().join("theme");
        std::fs::create_dir_all(theme.join("static/deep")).expect("a folder");
        std::fs::write(folder.path().join("secret"), "key").expect("a file");
        std::fs::write(theme.join("secret"), "key").expect("a file");
        std::fs::write(theme.join("static/.hidden"), "key").expect("a file");
        std::fs::write(theme.join("static/deep/seen.css"), "a{}").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("secret"), theme.join("static/link")).expect("a link");
        assert!(of_theme(&theme, "deep/seen.css").is_some(), "the honest file is served");
        assert!(of_theme(&theme, path).is_none(), "{path} was served");
        assert!(get(path).is_none(), "{path} was served");
    }

    #[test]
    fn nothing_outside_of_the_folder_is_read() {
        check_refused("");
        check_refused("../secret");
        check_refused("deep/../../secret");
        check_refused("./deep/seen.css");
        check_refused("/etc/passwd");
        check_refused(".hidden");
        check_refused("link");
        check_refused("deep");
        check_refused("deep\\..\\..\\secret");
        check_refused("..%2fsecret");
    }
}

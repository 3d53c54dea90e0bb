//! What was uploaded there, and where is it now?

use std::collections::{HashMap, HashSet};

use wordpress::addresses;
use wordpress::fields;
use wordpress::wxr::Item;

use super::item::Oddity;
use crate::news::MediaId;

/// The folder of uploads in the addresses of WordPress.
const FOLDER: &str = "/wp-content/uploads/";

/// A file that was uploaded there.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Where it stands in the export.
    pub line: usize,
    /// The number of its attachment.
    pub id: u64,
    /// Where it lies in the folder of uploads, `2019/03/ship.jpg`.
    pub path: String,
    /// Its address.
    pub url: String,
    /// For those who do not see it.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// The item that it was uploaded for; 0 for none.
    pub parent: u64,
}

/// A file that came in.
#[derive(Debug, Clone)]
struct Here {
    media: MediaId,
    address: String,
}

/// All files of the old site.
#[derive(Debug, Default)]
pub struct Files {
    /// The name and port of its host: files of other sites are theirs.
    host: String,
    /// In the order of the export.
    uploads: Vec<Upload>,
    /// Places in `uploads` by the numbers of their attachments.
    places: HashMap<u64, usize>,
    /// Where files are now, by the numbers of their attachments.
    here: HashMap<u64, Here>,
    /// Numbers of attachments that came in, by their old addresses.
    moved: HashMap<String, u64>,
}

impl Files {
    /// The address of the old site.
    pub(super) fn learn_host(&mut self, addresses: [&str; 2]) {
        self.host = addresses.into_iter().find_map(host).unwrap_or_default().to_owned();
    }

    pub(super) fn learn(&mut self, upload: Upload) {
        self.places.insert(upload.id, self.uploads.len());
        self.uploads.push(upload);
    }

    /// All that were uploaded, in the order of the export.
    #[must_use]
    pub fn uploads(&self) -> &[Upload] {
        &self.uploads
    }

    pub(super) fn upload(&self, id: u64) -> Option<&Upload> {
        self.uploads.get(*self.places.get(&id)?)
    }

    /// A file came in: it is this picture now, at this address.
    pub fn has_come(&mut self, upload: &Upload, media: MediaId, address: String) {
        let old = addresses::normal(&upload.url);
        if let Some((original, _)) = addresses::without_size(&old) {
            self.moved.entry(original).or_insert(upload.id);
        }
        self.moved.insert(old, upload.id);
        self.here.insert(upload.id, Here { media, address });
    }

    /// The address of a file that came in.
    #[must_use]
    pub fn address(&self, attachment: u64) -> Option<&str> {
        self.here.get(&attachment).map(|file| file.address.as_str())
    }

    /// The number of a picture that came in.
    pub(super) fn media(&self, attachment: u64) -> Option<MediaId> {
        self.here.get(&attachment).map(|file| file.media)
    }

    /// The same text with the addresses of files that came in; those that did not are told of.
    pub(super) fn put_into(&self, html: &str, oddities: &mut Vec<Oddity>) -> String {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | ',');
        let (mut out, mut rest) = (String::with_capacity(html.len()), html);
        let mut missing = HashSet::new();
        while let Some(at) = rest.find(FOLDER) {
            let begin = rest[..at]
                .rfind(ends)
                .map_or(0, |before| before + rest[before..].chars().next().map_or(1, char::len_utf8));
            let end = rest[at..].find(ends).map_or(rest.len(), |end| at + end);
            let url = &rest[begin..end];
            out.push_str(&rest[..begin]);
            let is_ours = url.starts_with('/') || host(url).is_some_and(|host| host == self.host);
            match self.moved_to(url).filter(|_| is_ours) {
                Some(address) => out.push_str(address),
                None => {
                    if is_ours && missing.insert(url) {
                        oddities.push(("picture", format!("the file {url} in its text did not come in")));
                    }
                    out.push_str(url);
                }
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// Where a file is now, by its old address or by that of a smaller copy.
    fn moved_to(&self, url: &str) -> Option<&str> {
        let path = addresses::normal(url);
        let original = || self.moved.get(&addresses::without_size(&path)?.0);
        self.address(*self.moved.get(&path).or_else(original)?)
    }
}

/// Where a file lies in the folder of uploads: WordPress says so, or its address does.
pub(super) fn upload_path(item: &Item) -> String {
    if let Some(path) = fields::attached_file(&item.meta).filter(|path| !path.is_empty()) {
        return path.to_owned();
    }
    let url = item.attachment_url.as_deref().unwrap_or_default();
    let path = url.split_once("/uploads/").map_or(url, |(_, path)| path);
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// The name and port of the host of an address.
fn host(url: &str) -> Option<&str> {
    let after = url.split_once("//")?.1;
    after.split(['/', '?', '#']).next()
}

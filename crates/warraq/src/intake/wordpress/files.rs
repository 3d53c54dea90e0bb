//! What was uploaded there, and where is it now?

use std::collections::{HashMap, HashSet};

use wordpress::uploads::{self, Moved};
use wordpress::wxr::Item;
use wordpress::{addresses, fields};

use super::item::Oddity;
use crate::news::MediaId;
use crate::news::incoming::MissingFile;

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
    /// Its number, if it is a picture.
    picture: Option<MediaId>,
    address: String,
}

/// All files of the old site.
#[derive(Debug, Default)]
pub struct Files {
    /// Scheme and host of the old site, `https://old.example`.
    origin: String,
    /// In the order of the export.
    uploads: Vec<Upload>,
    /// Places in `uploads` by the numbers of their attachments.
    places: HashMap<u64, usize>,
    /// Numbers of attachments by their addresses and those of their smaller copies.
    paths: HashMap<String, u64>,
    /// Where files are now, by the numbers of their attachments.
    here: HashMap<u64, Here>,
    /// Where files are now, by their old addresses.
    moved: Moved,
}

impl Files {
    /// The address of the old site.
    pub(super) fn learn_host(&mut self, addresses: [&str; 2]) {
        self.origin = addresses.into_iter().find_map(origin).unwrap_or_default();
    }

    pub(super) fn learn(&mut self, upload: Upload) {
        let path = addresses::normal(&upload.url);
        if let Some((original, _)) = addresses::without_size(&path) {
            self.paths.entry(original).or_insert(upload.id);
        }
        self.paths.insert(path, upload.id);
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

    /// The file of an attachment came in: it is at this address now; `picture` is its number, if it is one.
    pub fn has_come(&mut self, upload: &Upload, picture: Option<MediaId>, address: String) {
        self.moved.add(&upload.url, &address);
        self.here.insert(upload.id, Here { picture, address });
    }

    /// A file that is no attachment, but was named in a text, came in earlier.
    pub fn has_moved(&mut self, url: &str, address: &str) {
        if uploads::host(url) == uploads::host(&self.origin) {
            self.moved.add(url, address);
        }
    }

    /// The address of a file that came in.
    #[must_use]
    pub fn address(&self, attachment: u64) -> Option<&str> {
        self.here.get(&attachment).map(|file| file.address.as_str())
    }

    /// The number of a picture that came in.
    pub(super) fn media(&self, attachment: u64) -> Option<MediaId> {
        self.here.get(&attachment).and_then(|file| file.picture)
    }

    /// The same text with the addresses of files that came in; those that did not are told of.
    pub(super) fn put_into(&self, html: &str, missing: &mut Vec<MissingFile>, oddities: &mut Vec<Oddity>) -> String {
        let mut seen = HashSet::new();
        uploads::replace(html, uploads::host(&self.origin).unwrap_or_default(), |url| {
            let found = self.moved.find(url).map(str::to_owned);
            if found.is_none() && seen.insert(url.to_owned()) {
                oddities.push(("picture", format!("the file {url} in its text did not come in")));
                let whole = self.whole(url);
                if !whole.is_empty() && missing.iter().all(|file| file.url != whole) {
                    missing.push(MissingFile { url: whole, lead: None });
                }
            }
            found
        })
    }

    /// The whole address of a file that a text names; of a smaller copy, that of the picture.
    fn whole(&self, url: &str) -> String {
        let path = addresses::normal(url);
        let original = || self.paths.get(&addresses::without_size(&path)?.0);
        match self.paths.get(&path).or_else(original).and_then(|id| self.upload(*id)) {
            Some(upload) => upload.url.clone(),
            None if self.origin.is_empty() => String::new(),
            None if url.starts_with("http") => url.to_owned(),
            None => format!("{}{path}", self.origin),
        }
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

/// Scheme and host of an address.
fn origin(url: &str) -> Option<String> {
    let (scheme, after) = url.split_once("://")?;
    let host = after.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    Some(format!("{scheme}://{host}"))
}

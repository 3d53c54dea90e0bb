//! What does a body refer to that does not stand in it?
//!
//! A gallery names pictures by number, a list of the latest articles names nothing at all. Whoever renders a body answers
//! such questions through [`Library`]; [`Nothing`] answers none of them.

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    /// Its number.
    pub id: u64,
    /// The address of the file.
    pub url: String,
    /// The address of its page.
    pub page: String,
    /// Its title, as text.
    pub title: String,
    /// Under a picture, as HTML.
    pub caption: String,
    /// For those who do not see it, as text.
    pub alt: String,
    /// `image/jpeg`
    pub mime: String,
    /// In pixels, 0 where unknown.
    pub width: u32,
    /// In pixels, 0 where unknown.
    pub height: u32,
    /// Smaller versions.
    pub sizes: Vec<Size>,
}

/// A smaller version of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Size {
    /// `thumbnail`, `medium`, `large`, …
    pub name: String,
    /// The address of the file.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Attachment {
    /// The version of this name, else the file itself: address, width, height.
    pub fn sized(&self, name: &str) -> (&str, u32, u32) {
        let size = self.sizes.iter().find(|size| size.name == name);
        size.map_or((&self.url, self.width, self.height), |size| (&size.url, size.width, size.height))
    }
}

/// A list that WordPress makes from the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// The latest articles, newest first; at most so many.
    LatestPosts(usize),
    /// The months in which something appeared, newest first.
    Archives,
    /// The categories, by name.
    Categories,
    /// The tags, by name.
    Tags,
    /// The pages, in order.
    Pages,
}

/// An entry of a [`Listing`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its address.
    pub url: String,
    /// What is shown, as HTML.
    pub title: String,
    /// How many articles it holds.
    pub count: usize,
    /// The date of an article, as it is shown, and as `2024-05-01T10:00:00+00:00`.
    pub date: Option<(String, String)>,
    /// The number of the term or article, for class names.
    pub id: u64,
}

/// Answers what a body cannot know. Every question may stay unanswered.
pub trait Library {
    /// An uploaded file by its number.
    fn attachment(&self, id: u64) -> Option<Attachment> {
        let _ = id;
        None
    }

    /// The pictures that were uploaded for an article, in the order of a gallery.
    fn pictures_of(&self, post: u64) -> Vec<u64> {
        let _ = post;
        Vec::new()
    }

    /// The text of a reusable block («pattern»).
    fn reusable(&self, id: u64) -> Option<String> {
        let _ = id;
        None
    }

    /// A list made from the site.
    fn listing(&self, wanted: Listing) -> Option<Vec<Entry>> {
        let _ = wanted;
        None
    }

    /// Any other block that the site may make anew, as HTML: its full name, its attributes, and the HTML that was saved, with
    /// the blocks within it shown already.
    fn block(&self, name: &str, attributes: Option<&crate::blocks::Json>, html: &str) -> Option<String> {
        let _ = (name, attributes, html);
        None
    }
}

/// A library without anything in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Library for Nothing {}

//! What do the pages of the media library show?

use serde::Serialize;

use super::Layout;
use super::comments::NoticeView;
use crate::web::views::DateView;

/// `newsroom/pictures.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PicturesPage {
    /// What stands around.
    pub layout: Layout,
    /// Words that were asked for.
    pub words: String,
    /// The pictures, newest first.
    pub pictures: Vec<PictureCard>,
    /// Where the next page is.
    pub next: Option<String>,
    /// Files that were not taken, each with the reason.
    pub refused: Vec<RefusedFile>,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// A file that was not taken.
#[derive(Debug, Clone, Serialize)]
pub struct RefusedFile {
    /// What it was called.
    pub name: String,
    /// Why.
    pub why: String,
}

/// A picture in the grid.
#[derive(Debug, Clone, Serialize)]
pub struct PictureCard {
    /// Its number.
    pub id: i64,
    /// Its page.
    pub href: String,
    /// A small copy.
    pub src: String,
    /// What it shows, or empty.
    pub alt: String,
    /// Who made it, or empty.
    pub credit: String,
    /// What the file was called.
    pub name: String,
}

/// `newsroom/picture.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PicturePage {
    /// What stands around.
    pub layout: Layout,
    /// Its number.
    pub id: i64,
    /// A copy of middle size.
    pub src: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What the file was called.
    pub name: String,
    /// Who brought it; `None` for an import.
    pub by: Option<String>,
    /// When it came.
    pub at: DateView,
    /// What it shows.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// What stands under it.
    pub caption: String,
    /// On which terms it may be shown.
    pub licence: String,
    /// What must stay visible, in percent from the left.
    pub focal_x: u8,
    /// What must stay visible, in percent from the top.
    pub focal_y: u8,
    /// Articles that show it.
    pub uses: Vec<UseView>,
    /// There are further ones.
    pub has_more_uses: bool,
    /// How many articles show it that whoever looks may not open.
    pub closed_uses: usize,
    /// Whether this visitor may change it.
    pub may_change: bool,
    /// Where it is made the logo, for those who may.
    pub as_logo: Option<String>,
    /// It is the logo.
    pub is_logo: bool,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// An article that shows a picture.
#[derive(Debug, Clone, Serialize)]
pub struct UseView {
    /// Where it is written.
    pub href: String,
    /// Its headline.
    pub headline: String,
}

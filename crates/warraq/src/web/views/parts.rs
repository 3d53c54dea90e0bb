//! The pieces that several pages share.

use serde::Serialize;

/// HTML that came out of the sanitiser or out of our own code; written into the page as it is.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Markup(pub String);

/// A name and where it leads (site-relative address).
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Plain text.
    pub name: String,
    /// Site-relative address.
    pub href: String,
}

/// A moment as a reader sees it.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// RFC 3339, for `<time datetime>`.
    pub iso: String,
    /// Date in the site's calendar, month names and digits: «22 أكتوبر 2020».
    pub date: String,
    /// Clock time, «18:30».
    pub time: String,
    /// The same day in the second calendar, when the site shows one: «5 ربيع الأول 1442».
    pub other_calendar: Option<String>,
}

/// A picture with the widths that exist.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// The fallback address (JPEG or PNG).
    pub src: String,
    /// `srcset` of the WebP renditions, `""` when there are none yet.
    pub srcset: String,
    /// The same as AVIF, `""` when there are none (yet).
    pub srcset_avif: String,
    /// Of the fallback, in pixels.
    pub width: u32,
    /// Of the fallback, in pixels.
    pub height: u32,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The line below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Focal point in percent of width and height.
    pub focal_x: u8,
    /// See `focal_x`.
    pub focal_y: u8,
}

/// One person in a byline.
#[derive(Debug, Clone, Serialize)]
pub struct BylineView {
    /// The name.
    pub name: String,
    /// Site-relative address of everything by this person.
    pub href: String,
    /// `writer`, `translator`, `editor`, `photographer`, `correspondent`: a key of the interface strings `role-…`.
    pub role: &'static str,
}

/// Where copy that is not ours came from.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// Agency, newspaper, site.
    pub name: String,
    /// Absolute address of the original.
    pub href: Option<String>,
    /// On what terms it is republished.
    pub licence: Option<String>,
}

/// An article on a front, in a list, beside another article.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// The article's number.
    pub id: i64,
    /// Site-relative address.
    pub href: String,
    /// Language and direction of the article itself, which may differ from the page's.
    pub lang: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// `own`, `wire`, `translation`, `opinion`, `sponsored`: a key of the interface strings `kind-…`.
    pub kind: &'static str,
    /// A word or two above the headline.
    pub kicker: Option<String>,
    /// The headline.
    pub headline: String,
    /// A sentence or two.
    pub standfirst: Option<String>,
    /// Everybody who is named, in order.
    pub bylines: Vec<BylineView>,
    /// Where copy that is not ours came from.
    pub source: Option<Source>,
    /// The article's section.
    pub section: Option<Link>,
    /// When it went out.
    pub published: DateView,
    /// The lead picture.
    pub picture: Option<Picture>,
    /// Published comments.
    pub comments: i64,
}

//! What stands around every page: head, masthead, navigation, footer.

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use serde::{Serialize, Serializer};

use super::{Link, Markup};
use crate::news::media::Media;

/// The frame of a page. Every page view has one as `layout`.
#[derive(Debug, Clone, Serialize)]
pub struct Layout {
    /// Language and direction of the interface (`<html lang dir>`).
    pub lang: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// `<title>`, with bidi isolates where directions mix.
    pub title: String,
    /// For search engines.
    pub description: Option<String>,
    /// Absolute addresses.
    pub canonical: Option<String>,
    /// `https://…/a/12`
    pub shortlink: Option<String>,
    /// The page before this one in a list.
    pub prev: Option<String>,
    /// The page after this one in a list.
    pub next: Option<String>,
    /// `noindex` and the like.
    pub robots: Option<&'static str>,
    /// Says to Google News that this copy is republished wire copy.
    pub googlebot_news: Option<&'static str>,
    /// How a link to this page looks elsewhere.
    pub open_graph: Option<OpenGraph>,
    /// JSON for `<script type="application/ld+json">`, safe to write inside a script element.
    pub json_ld: Option<Markup>,
    /// Feeds of what this page lists, the most fitting first.
    pub feeds: Vec<FeedLink>,
    /// This page in other languages.
    pub alternates: Vec<Alternate>,
    /// The publication.
    pub site: SiteView,
    /// Links of the head: those that an editor chose, else the sections of the first level.
    pub nav: Nav,
    /// Links of the foot: those that an editor chose, else the standing pages (about, contact…).
    pub pages: Vec<Link>,
}

/// The publication, as masthead and footer show it.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// Its motto; may be empty.
    pub tagline: String,
    /// Site-relative address of the home page.
    pub home: String,
    /// Language and direction of the site, which may differ from the page's.
    pub lang: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// What stands for the name.
    pub logo: Option<Logo>,
    /// Today or the day of the newest article, in the site's calendar; `None` on pages that show no date.
    pub today: Option<String>,
    /// Site-relative address of the stylesheet with the colours that an editor chose; `None`: those of the theme.
    pub colours: Option<String>,
}

/// The picture that stands for the name of the publication.
#[derive(Debug, Clone, Serialize)]
pub struct Logo {
    /// Site-relative address of the picture.
    pub src: String,
    /// Its smaller copies, `""` when there are none yet.
    pub srcset: String,
    /// Of the picture, in pixels.
    pub width: u32,
    /// Of the picture, in pixels.
    pub height: u32,
}

impl Logo {
    /// A picture of the library.
    #[must_use]
    pub fn of(media: &Media) -> Self {
        Self { src: media.address(), srcset: media.srcset(), width: media.width, height: media.height }
    }
}

/// The links of the head. They are the same on every page but for the one that the page stands in, so their
/// values are made once and shared by all pages.
#[derive(Debug, Clone, Default)]
pub struct Nav {
    items: Arc<Vec<(NavItem, Value)>>,
    current: Option<usize>,
}

impl Nav {
    /// For a page that stands in `href`, or in none of them.
    #[must_use]
    pub fn at(&self, href: Option<&str>) -> Self {
        let current = href.and_then(|href| self.items.iter().position(|(item, _)| item.href == href));
        Self { items: Arc::clone(&self.items), current }
    }
}

impl From<Vec<NavItem>> for Nav {
    fn from(items: Vec<NavItem>) -> Self {
        let current = items.iter().position(|item| item.current);
        let valued = items.into_iter().map(|item| NavItem { current: false, ..item }).map(|item| {
            let value = Value::from(Serde(&item));
            (item, value)
        });
        Self { items: Arc::new(valued.collect()), current }
    }
}

/// In a template it is a list of [`NavItem`].
impl Serialize for Nav {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_object(self.clone()).serialize(serializer)
    }
}

impl Object for Nav {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let place = key.as_usize()?;
        let (item, value) = self.items.get(place)?;
        Some(match self.current == Some(place) {
            true => Value::from(Serde(&NavItem { current: true, ..item.clone() })),
            false => value.clone(),
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.items.len())
    }
}

/// A link in the navigation, usually to a section.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// Its name.
    pub name: String,
    /// Site-relative address.
    pub href: String,
    /// Does this page stand in it?
    pub current: bool,
    /// Its sub-sections, shown while it is current.
    pub children: Vec<Link>,
}

/// Open Graph; all addresses absolute, all times RFC 3339.
#[derive(Debug, Clone, Serialize)]
pub struct OpenGraph {
    /// `article`, `website`, `profile`.
    pub kind: &'static str,
    /// Title of the page without the site's name.
    pub title: String,
    /// A sentence or two.
    pub description: Option<String>,
    /// The canonical address.
    pub url: String,
    /// A picture.
    pub image: Option<String>,
    /// What the picture shows.
    pub image_alt: Option<String>,
    /// In pixels.
    pub image_width: Option<u32>,
    /// In pixels.
    pub image_height: Option<u32>,
    /// `ar_AR`, `en_US`…
    pub locale: String,
    /// When the article went out.
    pub published: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
}

/// A feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// What it holds.
    pub title: String,
    /// Site-relative address.
    pub href: String,
    /// `application/rss+xml` or `application/atom+xml`.
    pub mime: &'static str,
}

/// The same article in another language (`hreflang`).
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// Language tag.
    pub lang: String,
    /// Absolute address.
    pub href: String,
}

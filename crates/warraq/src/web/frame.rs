//! What is the same on every page? The publication, its sections, its standing pages; and the layout made of them.

use std::sync::{Arc, PoisonError, RwLock};

use arabic::direction::isolate;

use super::Web;
use super::urls::{ListName, decode, encode};
use super::views::{Alternate, FeedLink, Layout, Link, Logo, Markup, Nav, NavItem, OpenGraph, SiteView};
use crate::error::Error;
use crate::feeds::{self, json_ld};
use crate::news::colour::Colour;
use crate::news::language::Language;
use crate::news::media::Media;
use crate::news::menu::MenuLink;
use crate::news::section::Section;
use crate::news::site::{Digits, Site};
use crate::store::pulse::{Pulse, Trace};
use crate::store::{Db, articles, media, sections, site as sites};

/// The publication as every page needs it.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) site: Site,
    pub(super) sections: Vec<Section>,
    /// Slug and headline of the standing pages.
    pub(super) pages: Vec<(String, String)>,
    /// What stands for the name.
    pub(super) logo: Option<Media>,
    nav: Nav,
}

/// What is particular about a page's head.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Before the site's name; empty for the front page.
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// Decoded path; the page has no canonical address without one.
    pub(super) path: Option<String>,
    pub(super) shortlink: Option<String>,
    pub(super) prev: Option<String>,
    pub(super) next: Option<String>,
    pub(super) robots: Option<&'static str>,
    pub(super) googlebot_news: Option<&'static str>,
    pub(super) open_graph: Option<OpenGraph>,
    pub(super) json_ld: Option<String>,
    pub(super) feeds: Vec<FeedLink>,
    pub(super) alternates: Vec<Alternate>,
    /// The outermost section that the page belongs to.
    pub(super) section: Option<String>,
}

/// The frame as the last request saw it. It is read anew only when its number in the database has moved, and it still
/// makes an error page when the database is away.
#[derive(Debug, Clone, Default)]
pub(super) struct Frames(Arc<RwLock<Option<Numbered>>>);

/// A frame with its number in the database and a pulse at which it was right.
#[derive(Debug, Clone)]
struct Numbered {
    number: i64,
    right_at: i64,
    frame: Arc<Frame>,
}

impl Frames {
    /// The frame in this view of the database, and the pulse of the view.
    pub(super) fn now(&self, db: &mut Db<'_>) -> Result<(Arc<Frame>, i64), Error> {
        let (number, pulse) = sites::version(db)?;
        let seen = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let frame = match seen {
            Some(seen) if seen.number == number && seen.right_at >= pulse => return Ok((seen.frame, pulse)),
            Some(seen) if seen.number == number => seen.frame,
            _ => Arc::new(Frame::load(db)?),
        };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) =
            Some(Numbered { number, right_at: pulse, frame: Arc::clone(&frame) });
        Ok((frame, pulse))
    }

    /// The frame of today as far as this server knows, with what it was made of.
    pub(super) fn known(&self, pulse: &Pulse) -> Option<(Arc<Frame>, Trace)> {
        let newest = pulse.newest();
        let seen = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.as_ref().filter(|seen| pulse.has_frame_of(seen.right_at))?;
        Some((Arc::clone(&seen.frame), Trace::of_frame(newest.max(seen.right_at))))
    }

    /// The frame as somebody saw it last.
    pub(super) fn last(&self) -> Option<Arc<Frame>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|seen| Arc::clone(&seen.frame))
    }
}

impl Frame {
    fn load(db: &mut Db<'_>) -> Result<Self, Error> {
        let site = sites::load(db)?.ok_or_else(|| {
            Error::conflict("no-publication", "there is no publication in this database yet; run warraq init")
        })?;
        let sections = sections::all(db)?;
        let pages = articles::pages(db)?.into_iter().map(|(slug, headline, _)| (slug, headline)).collect();
        let nav = match site.settings.menu.as_slice() {
            [] => navigation(&sections),
            menu => chosen(menu, &sections),
        };
        let logo = match site.settings.logo {
            Some(id) => media::by_id(db, id)?.filter(Media::is_picture),
            None => None,
        };
        Ok(Self { site, sections, pages, logo, nav })
    }

    /// The digits of the site.
    pub(super) fn digits(&self) -> Digits {
        self.site.settings.digits
    }

    /// The language of a page's interface: that of its content where we have the texts, else the site's.
    pub(super) fn interface_language<'a>(&'a self, web: &Web, content: &'a Language) -> &'a Language {
        if web.speaks(content.primary()) { content } else { &self.site.language }
    }

    /// The absolute, encoded address of a decoded path.
    pub(super) fn absolute(&self, path: &str) -> String {
        self.site.base_url.join(&encode(path))
    }

    /// Who publishes, as search engines are told.
    pub(super) fn publisher(&self) -> json_ld::Publisher {
        let logo = self.logo.as_ref().map(|logo| json_ld::ImageFacts {
            url: self.site.base_url.join(&logo.address()),
            width: logo.width,
            height: logo.height,
            ..json_ld::ImageFacts::default()
        });
        json_ld::Publisher { name: self.site.title.clone(), url: self.absolute("/"), logo }
    }

    /// The logo, as feeds show it: at most 144 by 400 pixels (RSS 2.0, `image`).
    pub(super) fn emblem(&self) -> Option<feeds::Image> {
        let logo = self.logo.as_ref()?;
        let shrinks = (144.0 / f64::from(logo.width)).min(400.0 / f64::from(logo.height)).min(1.0);
        let side = |pixels: u32| ((f64::from(pixels) * shrinks) as u32).max(1);
        let url = self.site.base_url.join(&logo.address());
        Some(feeds::Image { url, width: side(logo.width), height: side(logo.height) })
    }

    /// The feeds of the whole publication, as links in the head.
    pub(super) fn site_feeds(&self) -> Vec<FeedLink> {
        vec![
            FeedLink { title: self.site.title.clone(), href: "/feed/".into(), mime: "application/rss+xml" },
            FeedLink { title: self.site.title.clone(), href: "/feed/atom/".into(), mime: "application/atom+xml" },
        ]
    }

    /// The frame of one page.
    pub(super) fn layout(&self, language: &Language, head: Head) -> Layout {
        let canonical = head.path.as_deref().map(|path| self.absolute(path));
        Layout {
            lang: language.as_str().to_owned(),
            dir: language.dir(),
            title: self.title(&head.title, language),
            description: head.description,
            canonical,
            shortlink: head.shortlink,
            prev: head.prev,
            next: head.next,
            robots: head.robots,
            googlebot_news: head.googlebot_news,
            open_graph: head.open_graph,
            json_ld: head.json_ld.map(Markup),
            feeds: if head.feeds.is_empty() { self.site_feeds() } else { head.feeds },
            alternates: head.alternates,
            site: self.site_view(),
            nav: self.nav.at(head.section.map(|path| section_href(&path)).as_deref()),
            pages: self.footer(),
        }
    }

    /// The links of the foot: those that an editor chose, else the standing pages.
    fn footer(&self) -> Vec<Link> {
        let page = |(slug, headline): &(String, String)| Link { name: headline.clone(), href: page_href(slug) };
        match self.site.settings.footer.as_slice() {
            [] => self.pages.iter().map(page).collect(),
            links => links.iter().map(|link| Link { name: link.name().to_owned(), href: tidy_href(link) }).collect(),
        }
    }

    /// «headline - site»; each part isolated where the two run in different directions.
    fn title(&self, title: &str, language: &Language) -> String {
        if title.is_empty() {
            return match self.site.tagline.as_str() {
                "" => self.site.title.clone(),
                tagline => format!("{} - {tagline}", self.site.title),
            };
        }
        let differs = |text: &str| {
            arabic::direction::base_direction(text).is_some_and(|direction| direction != language.direction())
        };
        let part =
            |text: &str| if differs(text) || differs(&self.site.title) { isolate(text) } else { text.to_owned() };
        format!("{} - {}", part(title), part(&self.site.title))
    }

    fn site_view(&self) -> SiteView {
        SiteView {
            title: self.site.title.clone(),
            tagline: self.site.tagline.clone(),
            home: "/".into(),
            lang: self.site.language.as_str().to_owned(),
            dir: self.site.language.dir(),
            logo: self.logo.as_ref().map(Logo::of),
            today: None,
            colours: self.site.settings.accent.map(Colour::href),
        }
    }
}

fn section_href(path: &str) -> String {
    encode(&ListName::Section(path.to_owned()).path())
}

/// Where a standing page is.
pub(super) fn page_href(slug: &str) -> String {
    encode(&format!("/{slug}/"))
}

/// The address of a chosen link, written as our own links to the same place are.
fn tidy_href(link: &MenuLink) -> String {
    let own = Some(link.address()).filter(|address| address.starts_with('/') && !address.contains(['?', '#']));
    own.and_then(decode).map_or_else(|| link.address().to_owned(), |path| encode(&path))
}

fn children(of: &Section, sections: &[Section]) -> Vec<Link> {
    let link = |section: &Section| Link { name: section.name.clone(), href: section_href(&section.path) };
    sections.iter().filter(|child| child.parent == Some(of.id)).map(link).collect()
}

/// The sections of the first level.
fn navigation(sections: &[Section]) -> Nav {
    let item = |section: &Section| NavItem {
        name: section.name.clone(),
        href: section_href(&section.path),
        current: false,
        children: children(section, sections),
    };
    sections.iter().filter(|section| section.parent.is_none()).map(item).collect::<Vec<_>>().into()
}

/// The links that an editor chose; one to a section shows its sub-sections.
fn chosen(menu: &[MenuLink], sections: &[Section]) -> Nav {
    let item = |link: &MenuLink| {
        let href = tidy_href(link);
        let section = sections.iter().find(|section| section_href(&section.path) == href);
        let children = section.map(|section| children(section, sections)).unwrap_or_default();
        NavItem { name: link.name().to_owned(), href, current: false, children }
    };
    menu.iter().map(item).collect::<Vec<_>>().into()
}

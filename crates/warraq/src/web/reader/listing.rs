//! Lists: sections, tags, authors, years, months, days, and the later pages of the front.

use super::cards;
use crate::error::Error;
use crate::feeds::json_ld;
use crate::news::article::Summary;
use crate::news::people::Person;
use crate::news::published::Published;
use crate::news::section::{Section, Tag};
use crate::store::listings::{self, List};
use crate::store::{Db, articles, people, sections, tags};
use crate::web::dates;
use crate::web::error::WebError;
use crate::web::frame::{Frame, Head};
use crate::web::interface::Interface;
use crate::web::making::Making;
use crate::web::reply::Reply;
use crate::web::urls::{Format, ListName, encode};
use crate::web::views::{FeedLink, Link, Listing, ListingHead, ListingPage, Markup, PageLink, Pagination};

/// What a name in an address turned out to be.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    Section(Section),
    Tag(Tag),
    Author(Person),
    Date(ListName),
}

impl Subject {
    /// Find it; `None` when there is no such thing.
    pub(super) fn find(db: &mut Db<'_>, name: &ListName) -> Result<Option<Self>, Error> {
        Ok(match name {
            ListName::Section(path) => sections::by_path(db, path)?.map(Self::Section),
            ListName::Tag(slug) => tags::by_slug(db, slug)?.map(Self::Tag),
            ListName::Author(slug) => people::by_slug(db, slug)?.map(Self::Author),
            date => Some(Self::Date(date.clone())),
        })
    }

    /// What it is called in addresses now, if it was asked for by a name that it had before.
    pub(super) fn moved(&self, asked: &ListName) -> Option<ListName> {
        let now = match self {
            Self::Tag(tag) => ListName::Tag(tag.slug.clone()),
            Self::Author(person) => ListName::Author(person.slug.clone()),
            Self::Section(_) | Self::Date(_) => return None,
        };
        (now != *asked).then_some(now)
    }

    pub(super) fn list(&self) -> List {
        match self {
            Self::Section(section) => List::Section(section.id),
            Self::Tag(tag) => List::Tag(tag.id),
            Self::Author(person) => List::Author(person.id),
            Self::Date(ListName::Year(year)) => List::Year(*year),
            Self::Date(ListName::Month(year, month)) => List::Month(*year, *month),
            Self::Date(ListName::Day(day)) => List::Day(*day),
            Self::Date(_) => List::All,
        }
    }

    /// What stands over the list.
    pub(super) fn name(&self, frame: &Frame, texts: &Interface) -> String {
        match self {
            Self::Section(section) => section.name.clone(),
            Self::Tag(tag) => tag.name.clone(),
            Self::Author(person) => person.name.clone(),
            Self::Date(ListName::Year(year)) => dates::digits(&frame.site, &year.to_string()),
            Self::Date(ListName::Month(year, month)) => dates::month(&frame.site, texts, *year, *month),
            Self::Date(ListName::Day(day)) => dates::day(&frame.site, texts, *day),
            Self::Date(_) => String::new(),
        }
    }

    pub(super) fn description(&self) -> &str {
        match self {
            Self::Section(section) => &section.description,
            Self::Tag(tag) => &tag.description,
            Self::Author(person) => &person.bio,
            Self::Date(_) => "",
        }
    }

    /// A list of a day, month or year without articles does not exist; an empty section does.
    fn may_be_empty(&self) -> bool {
        !matches!(self, Self::Date(_))
    }

    fn kind(&self) -> Listing {
        match self {
            Self::Section(_) => Listing::Section,
            Self::Tag(_) => Listing::Tag,
            Self::Author(_) => Listing::Author,
            Self::Date(ListName::Year(_)) => Listing::Year,
            Self::Date(ListName::Month(..)) => Listing::Month,
            Self::Date(_) => Listing::Day,
        }
    }
}

/// A page of a list.
pub(super) async fn show(web: &Making<'_>, name: ListName, page: i64) -> Result<Reply, WebError> {
    if web.is_status_enough() {
        return stands(web, name, page).await;
    }
    let wanted = name.clone();
    let (frame, found) = web
        .view(move |db, frame| {
            let Some(subject) = Subject::find(db, &wanted)? else { return Ok((frame, None)) };
            let list = subject.list();
            let total = listings::count(db, list)?;
            let (from, per_page) = window(&frame, page);
            let stories = if from < total { articles::listed(db, list, per_page, from)? } else { Vec::new() };
            let filled = listings::filled(db, list)?;
            Ok::<_, Error>((frame, Some((subject, total, stories, filled))))
        })
        .await?;
    let Some((subject, total, stories, filled)) = found else { return Err(WebError::NotFound) };
    if let Some(now) = subject.moved(&name) {
        return Err(lives_at(&page_path(&now, page)));
    }
    if stories.is_empty() && (page > 1 || !subject.may_be_empty()) {
        return Err(WebError::NotFound);
    }
    let language = frame.site.language.clone();
    let texts = web.texts(language.primary(), frame.digits());
    let name_of_list = subject.name(&frame, texts);
    let path = |page: i64| page_path(&name, page);
    let pagination = pagination(&frame, page, total, &path);
    let layout = frame.layout(&language, head(&frame, texts, &subject, &name, page, &pagination, &stories));
    let view = ListingPage {
        layout,
        head: ListingHead {
            kind: subject.kind(),
            name: name_of_list,
            total,
            description: cards::some(subject.description())
                .map(|text| Markup(crate::news::comment_text::to_html(&text))),
            picture: None,
            trail: trail(&frame, texts, &subject),
            children: children(&frame, texts, &subject, &filled),
            feed: Some(encode(&format!("{}{}", name.path(), Format::Rss.suffix()))),
        },
        cards: stories.iter().map(|story| cards::card(&frame, texts, story)).collect(),
        pagination,
    };
    Ok(Reply::page(web.templates.render("listing.html", language.as_str(), frame.digits(), &view)?))
}

/// An empty answer where [`show`] would give a page, and the same error where it would not.
async fn stands(web: &Making<'_>, name: ListName, page: i64) -> Result<Reply, WebError> {
    let found = web
        .view(move |db, frame| {
            let Some(subject) = Subject::find(db, &name)? else { return Ok(None) };
            let moved = subject.moved(&name);
            let has_stories = window(&frame, page).0 < listings::count(db, subject.list())?;
            let stands = moved.is_some() || has_stories || (page == 1 && subject.may_be_empty());
            Ok::<_, Error>(stands.then_some(moved))
        })
        .await?;
    match found.ok_or(WebError::NotFound)? {
        Some(now) => Err(lives_at(&page_path(&now, page))),
        None => Ok(Reply::nothing()),
    }
}

/// `/page/2/` and further: everything, newest first.
pub(super) async fn latest(web: &Making<'_>, page: i64) -> Result<Reply, WebError> {
    let (frame, total, stories) = web
        .view(move |db, frame| {
            let (from, per_page) = window(&frame, page);
            let total = listings::count(db, List::All)?;
            let stories = if from < total { articles::listed(db, List::All, per_page, from)? } else { Vec::new() };
            Ok::<_, Error>((frame, total, stories))
        })
        .await?;
    if stories.is_empty() {
        return Err(WebError::NotFound);
    }
    let language = frame.site.language.clone();
    let texts = web.texts(language.primary(), frame.digits());
    let pagination = pagination(&frame, page, total, &front_path);
    let head = Head {
        title: format!("{} {}", texts.text("listing-latest", &[]), dates::digits(&frame.site, &page.to_string())),
        path: Some(front_path(page)),
        prev: pagination.prev.as_ref().map(|href| frame.site.base_url.join(href)),
        next: pagination.next.as_ref().map(|href| frame.site.base_url.join(href)),
        ..Head::default()
    };
    let layout = frame.layout(&language, head);
    let view = ListingPage {
        layout,
        head: ListingHead {
            kind: Listing::Latest,
            name: String::new(),
            total,
            description: None,
            picture: None,
            trail: Vec::new(),
            children: Vec::new(),
            feed: Some("/feed/".into()),
        },
        cards: stories.iter().map(|story| cards::card(&frame, texts, story)).collect(),
        pagination,
    };
    Ok(Reply::page(web.templates.render("listing.html", language.as_str(), frame.digits(), &view)?))
}

/// Decoded path of a page of the front.
pub(super) fn front_path(page: i64) -> String {
    if page == 1 { "/".into() } else { format!("/page/{page}/") }
}

/// The pages of a list around the one shown: first, last, and two on each side.
pub(super) fn pagination(frame: &Frame, current: i64, total: i64, path: &dyn Fn(i64) -> String) -> Pagination {
    pagination_by(frame, current, total, &|page| encode(&path(page)))
}

/// As [`pagination`], by addresses that are encoded already.
pub(super) fn pagination_by(frame: &Frame, current: i64, total: i64, href: &dyn Fn(i64) -> String) -> Pagination {
    let per_page = frame.site.settings.per_page.max(1);
    let last = ((total + per_page - 1) / per_page).max(1);
    Pagination {
        current,
        total: last,
        prev: (current > 1).then(|| href(current - 1)),
        next: (current < last).then(|| href(current + 1)),
        pages: page_links(frame, current, last, href),
    }
}

/// Links to the first page, the last, and two on each side of the one shown; `href` gives encoded addresses.
pub(super) fn page_links(frame: &Frame, current: i64, last: i64, href: &dyn Fn(i64) -> String) -> Vec<PageLink> {
    let mut pages = Vec::new();
    let mut before = 0;
    for page in
        (1..=last.min(1)).chain((current - 2).max(2)..=(current + 2).min(last - 1)).chain((last > 1).then_some(last))
    {
        if page > before + 1 {
            pages.push(PageLink { label: "…".into(), href: None, current: false });
        }
        pages.push(PageLink {
            label: dates::digits(&frame.site, &page.to_string()),
            href: Some(href(page)),
            current: page == current,
        });
        before = page;
    }
    pages
}

fn window(frame: &Frame, page: i64) -> (i64, i64) {
    let per_page = frame.site.settings.per_page.max(1);
    ((page - 1).saturating_mul(per_page), per_page)
}

/// It was asked for by a name that it had before.
pub(super) fn lives_at(path: &str) -> WebError {
    WebError::Moved(encode(path))
}

fn page_path(name: &ListName, page: i64) -> String {
    if page == 1 { name.path() } else { format!("{}page/{page}/", name.path()) }
}

fn head(
    frame: &Frame,
    texts: &Interface,
    subject: &Subject,
    name: &ListName,
    page: i64,
    pagination: &Pagination,
    stories: &[Published<Summary>],
) -> Head {
    let title = subject.name(frame, texts);
    let description = cards::some(subject.description());
    let url = frame.absolute(&page_path(name, page));
    let json_ld = match subject {
        Subject::Author(person) => json_ld::profile_page(&json_ld::PersonFacts {
            name: person.name.clone(),
            url,
            description: description.clone(),
            ..json_ld::PersonFacts::default()
        }),
        _ => json_ld::collection_page(&json_ld::CollectionFacts {
            name: title.clone(),
            url,
            description: description.clone(),
            language: frame.site.language.as_str().to_owned(),
            items: stories
                .iter()
                .map(|story| json_ld::Crumb {
                    name: story.headline.clone(),
                    url: frame.absolute(&cards::path(frame, story)),
                })
                .collect(),
        }),
    };
    let feed = |format: Format, mime| FeedLink {
        title: format!("{title} - {}", frame.site.title),
        href: encode(&format!("{}{}", name.path(), format.suffix())),
        mime,
    };
    let mut feeds = frame.site_feeds();
    feeds.push(feed(Format::Rss, "application/rss+xml"));
    feeds.push(feed(Format::Atom, "application/atom+xml"));
    let section = match subject {
        Subject::Section(section) => section.path.split('/').next().map(str::to_owned),
        _ => None,
    };
    Head {
        title: if page == 1 {
            title.clone()
        } else {
            format!("{title} ({})", dates::digits(&frame.site, &page.to_string()))
        },
        description,
        path: Some(page_path(name, page)),
        prev: pagination.prev.as_ref().map(|href| frame.site.base_url.join(href)),
        next: pagination.next.as_ref().map(|href| frame.site.base_url.join(href)),
        json_ld: Some(json_ld),
        feeds,
        section,
        ..Head::default()
    }
}

/// The way down to the list.
fn trail(frame: &Frame, texts: &Interface, subject: &Subject) -> Vec<Link> {
    let date_link =
        |name: &ListName| Link { name: Subject::Date(name.clone()).name(frame, texts), href: encode(&name.path()) };
    match subject {
        Subject::Section(section) => {
            let above = |path: &str| frame.sections.iter().find(|other| other.path == path);
            let ends = section.path.char_indices().filter(|(_, letter)| *letter == '/').map(|(at, _)| at);
            ends.filter_map(|end| above(&section.path[..end]))
                .map(|section| Link {
                    name: section.name.clone(),
                    href: encode(&ListName::Section(section.path.clone()).path()),
                })
                .collect()
        }
        Subject::Date(ListName::Month(year, _)) => vec![date_link(&ListName::Year(*year))],
        Subject::Date(ListName::Day(day)) => {
            vec![date_link(&ListName::Year(day.year())), date_link(&ListName::Month(day.year(), day.month()))]
        }
        _ => Vec::new(),
    }
}

/// The lists one step further down.
fn children(frame: &Frame, texts: &Interface, subject: &Subject, filled: &[i64]) -> Vec<Link> {
    match subject {
        Subject::Section(section) => frame
            .sections
            .iter()
            .filter(|child| child.parent == Some(section.id))
            .map(|child| Link { name: child.name.clone(), href: encode(&ListName::Section(child.path.clone()).path()) })
            .collect(),
        Subject::Date(ListName::Year(year)) => filled
            .iter()
            .map(|month| Link {
                name: dates::month_name(&frame.site, texts, *month as i8),
                href: ListName::Month(*year, *month as i8).path(),
            })
            .collect(),
        Subject::Date(ListName::Month(year, month)) => filled
            .iter()
            .filter_map(|day| jiff::civil::Date::new(*year, *month, *day as i8).ok())
            .map(|day| Link {
                name: dates::digits(&frame.site, &day.day().to_string()),
                href: ListName::Day(day).path(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

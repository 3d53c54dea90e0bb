//! From the store's articles to what lists and pages show of them.

use std::borrow::Cow;

use crate::interface::Digits;
use crate::news::article::{Form, LeadPicture, Source, Summary};
use crate::news::html::Html;
use crate::news::language::Language;
use crate::news::media::{Media, address_of};
use crate::news::people::Byline;
use crate::news::permalink::Facts;
use crate::news::{ArticleId, footnotes, illustrations};
use crate::store::articles::Address;
use crate::web::dates;
use crate::web::frame::Frame;
use crate::web::interface::Interface;
use crate::web::urls::{ListName, encode};
use crate::web::views::{self, BylineView, Card, Link, Markup, Picture};

/// The decoded path of an article or page.
pub(in crate::web) fn path(frame: &Frame, article: &Summary) -> String {
    let facts = Facts {
        id: article.id.0,
        slug: &article.slug,
        day: frame.site.day_of(article.published_at),
        section: article.section.as_ref().map(|section| section.path.as_str()),
        author: article.bylines.first().map(|byline| byline.person.slug.as_str()),
    };
    path_of(frame, article.form, &facts)
}

/// As [`path`], where nothing more is known of it.
pub(super) fn path_at(frame: &Frame, address: &Address) -> String {
    let facts = Facts {
        id: address.id.0,
        slug: &address.slug,
        day: frame.site.day_of(address.published_at),
        section: address.section.as_deref(),
        author: address.author.as_deref(),
    };
    path_of(frame, address.form, &facts)
}

fn path_of(frame: &Frame, form: Form, facts: &Facts<'_>) -> String {
    match form {
        Form::Page => format!("/{}/", facts.slug),
        Form::Article => frame.site.permalink.path(facts),
    }
}

/// The encoded path of an article or page.
pub(in crate::web) fn href(frame: &Frame, article: &Summary) -> String {
    encode(&path(frame, article))
}

/// An article as lists show it.
pub(in crate::web) fn card(frame: &Frame, texts: &Interface, article: &Summary) -> Card {
    Card {
        id: article.id.0,
        href: href(frame, article),
        lang: article.language.as_str().to_owned(),
        dir: article.language.dir(),
        kind: article.kind.as_str(),
        kicker: some(&article.kicker),
        headline: article.headline.clone(),
        standfirst: some(&article.standfirst),
        bylines: article.bylines.iter().map(byline).collect(),
        source: source(&article.source),
        section: article.section.as_ref().map(|section| Link {
            name: section.name.clone(),
            href: encode(&ListName::Section(section.path.clone()).path()),
        }),
        published: dates::moment(&frame.site, texts, article.published_at),
        picture: article.picture.as_ref().map(picture),
        comments: article.comment_count,
    }
}

/// The text of an article as readers get it, with its notes, and with the smaller copies of those of its pictures that are
/// given. `texts` are those of its page.
pub(in crate::web) fn body(
    texts: &Interface,
    digits: Digits,
    article: ArticleId,
    language: &Language,
    html: &Html,
    pictures: &[Media],
) -> Markup {
    let words = footnotes::Words {
        title: &texts.text("footnotes", &[]),
        reference: &|number| texts.text("footnote-reference", &[("n", number.into())]),
        back: &|number| texts.text("footnote-back", &[("n", number.into())]),
        digits,
    };
    let body = footnotes::shown(html, article, language.direction(), &words);
    match illustrations::offered(&body, pictures) {
        Cow::Borrowed(_) => Markup(body),
        Cow::Owned(body) => Markup(body),
    }
}

/// A name over an article.
pub(in crate::web) fn byline(byline: &Byline) -> BylineView {
    let href = encode(&ListName::Author(byline.person.slug.clone()).path());
    BylineView { name: byline.person.name.clone(), href, role: byline.role.as_str() }
}

/// Where copy came from, if not from us.
pub(in crate::web) fn source(source: &Source) -> Option<views::Source> {
    some(&source.name).map(|name| views::Source { name, href: some(&source.url), licence: some(&source.licence) })
}

/// A picture with the addresses of its copies.
pub(in crate::web) fn picture(picture: &LeadPicture) -> Picture {
    let media = &picture.media;
    let or_media = |words: &str, fallback: &str| if words.is_empty() { fallback.to_owned() } else { words.to_owned() };
    Picture {
        src: address_of(&media.file),
        srcset: media.srcset(),
        srcset_avif: media.srcset_avif(),
        width: media.width,
        height: media.height,
        alt: or_media(&picture.alt, &media.alt),
        caption: some(&picture.caption),
        credit: some(&or_media(&picture.credit, &media.credit)),
        focal_x: media.focal.0,
        focal_y: media.focal.1,
    }
}

/// An empty text is no text.
pub(in crate::web) fn some(text: &str) -> Option<String> {
    if text.is_empty() { None } else { Some(text.to_owned()) }
}

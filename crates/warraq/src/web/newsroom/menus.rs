//! Which links stand at the head and the foot of every page?

use http::StatusCode;

use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, see};
use crate::desk::sites;
use crate::news::menu::{MenuLink, destination};
use crate::web::frame::page_href;
use crate::web::reply::Reply;
use crate::web::urls::{ListName, decode, encode};
use crate::web::views::Link;
use crate::web::views::newsroom::{MenuField, MenuRow, MenusPage};

/// Empty rows below the links that there are.
const EMPTY_ROWS: usize = 3;
/// More links than this do not fit any head.
const MAX_LINKS: usize = 40;

/// `GET /newsroom/menus/`
pub(super) fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let settings = &visit.frame.site.settings;
    let menus = vec![field("menu", rows(&settings.menu)), field("footer", rows(&settings.footer))];
    page(visit, menus, false, query.one("done") == "1")
}

fn page(visit: &Visit<'_>, menus: Vec<MenuField>, is_wrong: bool, done: bool) -> Result<Reply, Refusal> {
    let href = |path: &str| encode(&ListName::Section(path.to_owned()).path());
    let sections = visit.frame.sections.iter().map(|section| (section.name.clone(), href(&section.path)));
    let pages = visit.frame.pages.iter().map(|(slug, headline)| (headline.clone(), page_href(slug)));
    let view = MenusPage {
        layout: visit.layout(&visit.says("nav-menus"), "menus"),
        menus,
        places: sections.chain(pages).map(|(name, href)| Link { name, href: readable(&href) }).collect(),
        is_wrong,
        done,
    };
    visit.page("newsroom/menus.html", &view)
}

/// The links that there are, as they can be changed.
fn rows(links: &[MenuLink]) -> Vec<MenuRow> {
    let row = |link: &MenuLink| MenuRow {
        name: link.name().to_owned(),
        address: readable(link.address()),
        ..MenuRow::default()
    };
    links.iter().map(row).collect()
}

/// With some more rows for further links, and numbers.
fn field(key: &'static str, mut links: Vec<MenuRow>) -> MenuField {
    links.resize(links.len() + EMPTY_ROWS, MenuRow::default());
    for (number, row) in (1..).zip(&mut links) {
        row.number = number;
    }
    MenuField { key, links }
}

/// An address of ours as people read it, where it still means the same.
pub(super) fn readable(address: &str) -> String {
    let is_plain = |path: &String| address.starts_with('/') && !path.contains(['%', '?', '#', '\\']);
    let decoded = if address.contains(['?', '#']) { None } else { decode(address) };
    decoded.filter(is_plain).unwrap_or_else(|| address.to_owned())
}

/// `POST /newsroom/menus/`: all links of both, in order of their numbers. An empty row is no link. What is wrong comes
/// back on the same page, with everything that was typed.
pub(super) async fn keep(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let [menu, footer] = ["menu", "footer"].map(|key| typed(visit, fields, key));
    if [&menu, &footer].iter().any(|links| links.iter().any(|(_, link)| link.is_none())) {
        let rows = |links: Vec<(MenuRow, Option<MenuLink>)>| links.into_iter().map(|(row, _)| row).collect();
        let mut reply = page(visit, vec![field("menu", rows(menu)), field("footer", rows(footer))], true, false)?;
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(reply);
    }
    let links = |links: Vec<(MenuRow, Option<MenuLink>)>| links.into_iter().filter_map(|(_, link)| link).collect();
    sites::set_menus(visit.desk(), links(menu), links(footer)).await?;
    Ok(see(&format!("{}?done=1", Room::Menus.path())))
}

/// The rows of one menu in the order that their numbers give, each with the link that it makes.
fn typed(visit: &Visit<'_>, fields: &Fields, key: &str) -> Vec<(MenuRow, Option<MenuLink>)> {
    let all = |part: &str| fields.all(&format!("{key}-{part}"));
    let positions = all("position").iter().map(|position| position.trim().parse::<i64>().unwrap_or(i64::MAX));
    let mut typed: Vec<(i64, (&String, &String))> =
        positions.zip(all("name").iter().zip(all("address"))).filter(|(_, (name, at))| !is_blank(name, at)).collect();
    typed.sort_by_key(|(position, _)| *position);
    let base = &visit.frame.site.base_url;
    let row = |(place, (_, (name, address))): (usize, (i64, (&String, &String)))| {
        let link = MenuLink::new(name, address, base).filter(|_| place < MAX_LINKS);
        let error = match (&link, destination(address, base)) {
            (Some(_), _) => None,
            (None, _) if place >= MAX_LINKS => Some(visit.says("menu-too-many")),
            (None, None) => Some(visit.says("menu-no-address")),
            (None, Some(_)) => Some(visit.says("menu-no-name")),
        };
        (MenuRow { number: 0, name: name.clone(), address: address.clone(), error }, link)
    };
    typed.into_iter().enumerate().map(row).collect()
}

fn is_blank(name: &str, address: &str) -> bool {
    name.trim().is_empty() && address.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_as_people_read_it() {
        let check = |address: &str, shown: &str| assert_eq!(readable(address), shown, "{address}");
        check("/%D9%85%D9%86/", "/من/");
        check("/about/?a=%D9%85", "/about/?a=%D9%85");
        check("/100%25/", "/100%25/");
        check("/a%3Fb/", "/a%3Fb/");
        check("https://example.org/%D9%85/", "https://example.org/%D9%85/");
    }
}

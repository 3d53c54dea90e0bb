//! Under which headings do stories stand? Sections: made, named, put in order.

use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, see};
use crate::desk::terms::{self, Named};
use crate::news::SectionId;
use crate::news::section::{NewTerm, Section};
use crate::web::reply::Reply;
use crate::web::urls::{ListName, encode};
use crate::web::views::newsroom::{SectionField, SectionsPage};

/// `GET /newsroom/sections/`
pub(super) fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let mut found = Vec::new();
    below(&visit.frame.sections, None, 0, &mut found);
    let view = SectionsPage {
        layout: visit.layout(&visit.says("nav-sections"), "sections"),
        sections: found,
        done: query.one("done") == "1",
    };
    visit.page("newsroom/sections.html", &view)
}

/// `POST /newsroom/sections/`: a new one, or what is said about one that there is.
pub(super) async fn keep(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let name = fields.one("name").trim().to_owned();
    if name.is_empty() {
        return Err(Refusal::Conflict(visit.says("section-no-name")));
    }
    let description = fields.one("description").to_owned();
    match fields.number("section") {
        Some(id) => {
            let position = fields.number("position").unwrap_or(id);
            terms::name_section(visit.desk(), SectionId(id), Named { name, description, position }).await?;
        }
        None => {
            let parent = fields.number("parent").map(SectionId);
            let parent = parent.and_then(|id| visit.frame.sections.iter().find(|section| section.id == id));
            let term = NewTerm {
                slug: fields.one("slug").trim().to_owned(),
                name,
                parent: parent.map(|parent| parent.path.clone()),
                description,
            };
            terms::add_section(visit.desk(), term).await?;
        }
    }
    Ok(see(&format!("{}?done=1", Room::Sections.path())))
}

/// Each section after the one that it is part of, as deep as they go.
fn below(sections: &[Section], parent: Option<SectionId>, depth: usize, found: &mut Vec<SectionField>) {
    for section in sections.iter().filter(|section| section.parent == parent) {
        found.push(SectionField {
            id: section.id.0,
            name: section.name.clone(),
            description: section.description.clone(),
            position: section.position,
            href: encode(&ListName::Section(section.path.clone()).path()),
            depth,
        });
        // A tree that goes in circles is damaged; nobody shall wait for its end.
        if depth < 16 {
            below(sections, Some(section.id), depth + 1, found);
        }
    }
}

//! The publication itself: founded, changed.

use crate::desk::Desk;
use crate::error::Error;
use crate::news::audit::{Act, Noun};
use crate::news::consequences::Change;
use crate::news::menu::MenuLink;
use crate::news::site::{Settings, Site};
use crate::news::staff::{Right, Role};
use crate::store::{changes, jobs, site};

/// Found a publication in an empty database.
///
/// # Errors
/// There is one already, the database.
pub async fn found(desk: &Desk, new: Site) -> Result<(), Error> {
    let now = desk.clock.now();
    let log = i64::from_le_bytes(desk.chance.bytes());
    desk.write(move |tx| {
        if let Some(there) = site::load(tx)? {
            return Err(Error::conflict(
                "publication-exists",
                format!("this database has a publication already: «{}»", there.title),
            ));
        }
        site::save(tx, &new, now.as_millisecond())?;
        changes::begin(tx, log)?;
        Ok(())
    })
    .await
}

/// Change the publication.
///
/// # Errors
/// There is none yet, the database.
pub async fn change(desk: &Desk, new: Site) -> Result<(), Error> {
    become_another(desk, move |_| new).await
}

/// Change what the page of settings shows. What other pages set up (menus, stages, second factors) stays as it is by then:
/// somebody may have changed it since this page was opened.
///
/// # Errors
/// The one who acts may not, there is no publication yet, the database.
pub async fn set_up(desk: &Desk, mut new: Site) -> Result<(), Error> {
    let with_the_rest = move |before: &Site| {
        let Settings { menu, footer, stages, second_factor, .. } = before.settings.clone();
        new.settings = Settings { menu, footer, stages, second_factor, ..new.settings };
        new
    };
    become_another(desk, with_the_rest).await
}

async fn become_another(desk: &Desk, other: impl FnOnce(&Site) -> Site + Send + 'static) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Settle)?;
        let before = super::articles::expect_site(tx)?;
        let new = other(&before);
        let days_moved = before.time_zone_name() != new.time_zone_name();
        site::save(tx, &new, now.as_millisecond())?;
        jobs::follow(tx, &Change::SiteChanged { days_moved }, now)?;
        by.did(tx, Act::SiteChanged, (Noun::Site, 1), "", now)
    })
    .await
}

/// Put links at the head (and at the foot) of every page; none: the sections (and the standing pages).
///
/// # Errors
/// The one who acts may not, there is no publication yet, the database.
pub async fn set_menus(desk: &Desk, menu: Vec<MenuLink>, footer: Vec<MenuLink>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let mut publication = super::articles::expect_site(tx)?;
        publication.settings.menu = menu;
        publication.settings.footer = footer;
        site::save(tx, &publication, now.as_millisecond())?;
        jobs::follow(tx, &Change::SiteChanged { days_moved: false }, now)?;
        by.did(tx, Act::SiteChanged, (Noun::Site, 1), "menu, footer", now)
    })
    .await
}

/// Ask accounts with these roles, and no others, for a second factor.
///
/// # Errors
/// The one who acts may not, there is no publication yet, the database.
pub async fn require_factor(desk: &Desk, roles: Vec<Role>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        let mut publication = super::articles::expect_site(tx)?;
        if publication.settings.second_factor == roles {
            return Ok(());
        }
        let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        let details = format!("second_factor = {}", words.join(", "));
        publication.settings.second_factor = roles;
        site::save(tx, &publication, now.as_millisecond())?;
        jobs::follow(tx, &Change::SiteChanged { days_moved: false }, now)?;
        by.did(tx, Act::SiteChanged, (Noun::Site, 1), &details, now)
    })
    .await
}

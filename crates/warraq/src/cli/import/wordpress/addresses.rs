//! Does every address of the old site answer here?

use wordpress::addresses::{FeedOf, Target};

use crate::cli::Failure;
use crate::cli::import::old_addresses::{self, Router, answers};
use crate::cli::office::Office;
use crate::desk::imports::{self, Addresses, Receipt};
use crate::desk::{Desk, terms};
use crate::error::Error;
use crate::intake::wordpress::{OldSite, slug};
use crate::store::old_addresses::{LeadsTo, Place};
use crate::web::urls::{ListName, encode};

/// Every old address, asked of the real router. One that says nothing here is made to lead to what stood there, as far
/// as that is here; an answer is what is shown or leads on.
pub(super) async fn ask_addresses(
    desk: &Desk,
    old: &OldSite,
    office: &Office,
    receipt: &mut Receipt,
) -> Result<Addresses, Failure> {
    let router = Router::of(desk, office)?;
    let mut asked = Addresses::default();
    for address in old.addresses.old_addresses() {
        asked.old += 1;
        let mut status = router.ask(&address.path).await;
        // A list that is asked for by number looks like the front page with a parameter that means nothing.
        let is_by_number = address.path.starts_with("/?") && !address.path.starts_with("/?p=");
        if (!answers(status) || is_by_number)
            && let Some(leads_to) = now_at(desk, old, &address.points_to).await?
        {
            imports::keep_address(desk, &address.path, leads_to).await?;
            status = router.ask(&address.path).await;
        }
        if answers(status) {
            asked.answer += 1;
        } else {
            receipt.warn(0, &address.path, "address", format!("the old address answers {status}"));
        }
    }
    Ok(asked)
}

/// Where something of the old site is now.
async fn now_at(desk: &Desk, old: &OldSite, target: &Target) -> Result<Option<LeadsTo>, Error> {
    let list = |name: ListName| Some(encode(&name.path()));
    let list_of = |taxonomy: &str, name: &str| match taxonomy {
        "category" => list(ListName::Section(old.section_path(name)?)),
        "post_tag" => list(ListName::Tag(slug(name))),
        _ => None,
    };
    let by_author = |login: &str| list(ListName::Author(terms::slug_of(&old.people.by_login(login)?, "person").ok()?));
    let with_feed = |place: Option<String>| place.map(|place| format!("{place}feed/"));
    let place = match target {
        Target::Post(id) => match old.files.address(*id) {
            Some(file) => Some(file.to_owned()),
            None => return article_of(desk, old, *id).await,
        },
        Target::Feed(FeedOf::Post(id)) => return article_of(desk, old, *id).await,
        Target::Upload(upload) => old.files.address(upload.attachment).map(str::to_owned),
        Target::Term { taxonomy, slug } => list_of(taxonomy, slug),
        Target::Author { login } => by_author(login),
        Target::Date { year, month, day } => list(match (*month, *day) {
            (Some(month), Some(day)) => match jiff::civil::Date::new(*year, month, day) {
                Ok(date) => ListName::Day(date),
                Err(_) => return Ok(None),
            },
            (Some(month), None) => ListName::Month(*year, month),
            _ => ListName::Year(*year),
        }),
        Target::Feed(FeedOf::Site) => Some("/feed/".into()),
        Target::Feed(FeedOf::Comments) => Some("/comments/feed/".into()),
        Target::Feed(FeedOf::Term { taxonomy, slug }) => with_feed(list_of(taxonomy, slug)),
        Target::Feed(FeedOf::Author { login }) => with_feed(by_author(login)),
    };
    Ok(place.and_then(|place| Place::parse(&place)).map(LeadsTo::Place))
}

async fn article_of(desk: &Desk, old: &OldSite, id: u64) -> Result<Option<LeadsTo>, Error> {
    let Some(name) = old.name_of(id) else { return Ok(None) };
    old_addresses::article_of(desk, name.to_owned()).await
}

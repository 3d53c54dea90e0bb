//! Does every address of the old site answer here?

use std::sync::Arc;

use http::StatusCode;
use tokio::task::JoinSet;
use wordpress::addresses::{FeedOf, OldAddress, Target};

use crate::cli::Failure;
use crate::cli::import::old_addresses::{Router, answers};
use crate::cli::office::Office;
use crate::desk::imports::{self, Addresses, Receipt};
use crate::desk::{Desk, terms};
use crate::error::Error;
use crate::intake::wordpress::{OldSite, slug};
use crate::news::ArticleId;
use crate::store::articles;
use crate::store::old_addresses::{LeadsTo, Place};
use crate::web::urls::{ListName, encode};

/// How many addresses are gone through together: what some of them need is written down by one transaction.
const BATCH: usize = 512;
/// How many are asked at once. On PostgreSQL an answer is mostly waiting.
const AT_ONCE: usize = 8;

/// Every old address, asked of the real router. One that says nothing here is made to lead to what stood there, as far
/// as that is here; an answer is what is shown or leads on.
pub(super) async fn ask_addresses(
    desk: &Desk,
    old: &OldSite,
    office: &Office,
    receipt: &mut Receipt,
) -> Result<Addresses, Failure> {
    let router = Arc::new(Router::of(desk, office)?);
    let mut asked = Addresses::default();
    let mut addresses = old.addresses.old_addresses();
    loop {
        let some: Vec<OldAddress> = addresses.by_ref().take(BATCH).collect();
        if some.is_empty() {
            return Ok(asked);
        }
        asked.old += some.len() as u64;
        for (address, status) in some.iter().zip(answer_all(desk, &router, old, &some).await?) {
            match status {
                Some(status) if answers(status) => asked.answer += 1,
                Some(status) => {
                    receipt.warn(0, &address.path, "address", format!("the old address answers {status}"));
                }
                None => {
                    receipt.warn(0, &address.path, "address", "the old address leads to another article");
                }
            }
        }
    }
}

/// What some addresses answer, after those that need it were made to lead on. `None`: one answers with another article
/// than the one that stood there.
async fn answer_all(
    desk: &Desk,
    router: &Arc<Router>,
    old: &OldSite,
    some: &[OldAddress],
) -> Result<Vec<Option<StatusCode>>, Failure> {
    // A list that is asked for by number looks like the front page with a parameter that means nothing.
    let is_by_number = |address: &OldAddress| address.path.starts_with("/?") && !address.path.starts_with("/?p=");
    let at_first: Vec<usize> = (0..some.len()).filter(|place| !is_by_number(&some[*place])).collect();
    let mut statuses = vec![Some(StatusCode::NOT_FOUND); some.len()];
    let stood = stood_at(desk, old, some).await?;
    ask_all(router, some, &stood, &at_first, &mut statuses).await?;
    let lost: Vec<usize> = (0..some.len()).filter(|place| !statuses[*place].is_some_and(answers)).collect();
    let leads = now_at(desk, old, lost.iter().map(|place| &some[*place])).await?;
    if !leads.is_empty() {
        imports::keep_addresses(desk, leads).await?;
    }
    ask_all(router, some, &stood, &lost, &mut statuses).await?;
    Ok(statuses)
}

/// The articles that stood at some addresses, as far as they are here.
async fn stood_at(desk: &Desk, old: &OldSite, some: &[OldAddress]) -> Result<Vec<Option<ArticleId>>, Error> {
    // The front page may have been one of the pages; here it is the front page.
    let name = |address: &OldAddress| match address.points_to {
        Target::Post(id) if address.path != "/" && old.files.address(id).is_none() => {
            old.name_of(id).map(str::to_owned)
        }
        _ => None,
    };
    let names: Vec<Option<String>> = some.iter().map(name).collect();
    let stood = desk.store.read(move |db| {
        let known: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
        let here = articles::by_old_names(db, &known)?;
        Ok::<_, Error>(names.iter().map(|name| here.get(name.as_ref()?).copied()).collect())
    });
    stood.await
}

/// Asks the addresses at these places, several at once.
async fn ask_all(
    router: &Arc<Router>,
    some: &[OldAddress],
    stood: &[Option<ArticleId>],
    places: &[usize],
    statuses: &mut [Option<StatusCode>],
) -> Result<(), Failure> {
    let mut tasks = JoinSet::new();
    for first in 0..AT_ONCE.min(places.len()) {
        let mine = places.iter().skip(first).step_by(AT_ONCE);
        let mine: Vec<_> = mine.map(|place| (*place, some[*place].path.clone(), stood[*place])).collect();
        let router = Arc::clone(router);
        tasks.spawn(async move {
            let mut found = Vec::with_capacity(mine.len());
            for (place, path, stood) in mine {
                let status = match stood {
                    Some(article) => router.ask_for(&path, article).await,
                    None => Some(router.ask(&path).await),
                };
                found.push((place, status));
            }
            found
        });
    }
    while let Some(found) = tasks.join_next().await {
        for (place, status) in found? {
            statuses[place] = status;
        }
    }
    Ok(())
}

/// Where the things are now at which addresses led, as far as they are here.
async fn now_at(
    desk: &Desk,
    old: &OldSite,
    lost: impl Iterator<Item = &OldAddress>,
) -> Result<Vec<(String, LeadsTo)>, Error> {
    let (mut leads, mut to_articles) = (Vec::new(), Vec::new());
    for address in lost {
        match place_of(old, &address.points_to) {
            Some(Now::At(place)) => leads.push((address.path.clone(), LeadsTo::Place(place))),
            Some(Now::Article(guid)) => to_articles.push((address.path.clone(), guid)),
            None => {}
        }
    }
    let found = desk.store.read(move |db| {
        let guids: Vec<&str> = to_articles.iter().map(|(_, guid)| guid.as_str()).collect();
        let here = articles::by_old_names(db, &guids)?;
        let led =
            to_articles.iter().filter_map(|(path, guid)| Some((path.clone(), LeadsTo::Article(*here.get(guid)?))));
        Ok::<_, Error>(led.collect::<Vec<_>>())
    });
    leads.extend(found.await?);
    Ok(leads)
}

/// Where something is now.
enum Now {
    /// At a place of the publication.
    At(Place),
    /// The article that was known by this name.
    Article(String),
}

fn place_of(old: &OldSite, target: &Target) -> Option<Now> {
    let article = |id: u64| Some(Now::Article(old.name_of(id)?.to_owned()));
    let list = |name: ListName| Some(encode(&name.path()));
    let list_of = |taxonomy: &str, name: &str| match taxonomy {
        "category" => list(ListName::Section(old.section_path(name)?)),
        "post_tag" => list(ListName::Tag(slug(name))),
        of_plugin => list(ListName::Tag(old.tag_of(of_plugin, name)?)),
    };
    let by_author = |login: &str| list(ListName::Author(terms::slug_of(&old.people.by_login(login)?, "person").ok()?));
    let with_feed = |place: Option<String>| place.map(|place| format!("{place}feed/"));
    let path = match target {
        Target::Post(id) => match old.files.address(*id) {
            Some(file) => Some(file.to_owned()),
            None => return article(*id),
        },
        Target::Feed(FeedOf::Post(id)) => return article(*id),
        Target::Upload(upload) => old.files.address(upload.attachment).map(str::to_owned),
        Target::Term { taxonomy, slug } => list_of(taxonomy, slug),
        Target::Author { login } => by_author(login),
        Target::Date { year, month, day } => list(match (*month, *day) {
            (Some(month), Some(day)) => ListName::Day(jiff::civil::Date::new(*year, month, day).ok()?),
            (Some(month), None) => ListName::Month(*year, month),
            _ => ListName::Year(*year),
        }),
        Target::Feed(FeedOf::Site) => Some("/feed/".into()),
        Target::Feed(FeedOf::Comments) => Some("/comments/feed/".into()),
        Target::Feed(FeedOf::Term { taxonomy, slug }) => with_feed(list_of(taxonomy, slug)),
        Target::Feed(FeedOf::Author { login }) => with_feed(by_author(login)),
    };
    Place::parse(&path?).map(Now::At)
}

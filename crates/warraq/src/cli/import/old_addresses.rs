//! Do the addresses of a site that moved in answer here?

use std::sync::Arc;

use http::StatusCode;
use wordpress::addresses::normal;

use super::expect_site;
use crate::cli::Failure;
use crate::cli::office::Office;
use crate::config::Config;
use crate::desk::imports::Receipt;
use crate::desk::{Desk, sites};
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::permalink::Permalink;
use crate::news::site::Site;
use crate::store::old_addresses::LeadsTo;
use crate::store::{self, articles, old_addresses};
use crate::web::urls::decode;
use crate::web::{Web, routes};

/// The router of the publication, asked without a network.
pub(super) struct Router(Arc<Web>);

impl Router {
    pub(super) fn of(desk: &Desk, office: &Office) -> Result<Self, Failure> {
        // Each address is asked once or twice: nothing is worth keeping.
        let config = Config { cache_megabytes: 0, ..office.folder.config()? };
        Ok(Self(Web::open(desk.clone(), config, office.folder.clone(), false)?))
    }

    /// What a path answers. Addresses that were told apart by a parameter alone lead on, if they lead anywhere: a page that
    /// does not know the parameter is not what stood there.
    pub(super) async fn ask(&self, path: &str) -> StatusCode {
        match routes::status(&self.0, path).await {
            StatusCode::OK if path.contains("/?") => StatusCode::NOT_FOUND,
            status => status,
        }
    }

    /// As [`Router::ask`] for an address where an article stood. `None`: it answers, but with another article, because that
    /// one has a name like it.
    pub(super) async fn ask_for(&self, path: &str, article: ArticleId) -> Option<StatusCode> {
        let (status, leads_to) = routes::told(&self.0, path).await;
        // Not for readers now: then nothing else can be said to stand in its place.
        let Some(home) = routes::told(&self.0, &format!("/a/{article}")).await.1 else { return Some(status) };
        let arrives = leads_to.as_deref().unwrap_or_else(|| path.split('?').next().unwrap_or(path));
        let (arrives, home) = (decode(arrives), decode(&home));
        let is_there = match (&arrives, &home) {
            (Some(arrives), Some(home)) => {
                let rest = arrives.strip_prefix(home.trim_end_matches('/'));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
            _ => false,
        };
        if is_there || !answers(status) {
            return Some(status);
        }
        // An editor sends its readers elsewhere, or another import did: what was decided here stays.
        let key = normal(path);
        let find = move |db: &mut store::Db<'_>| Ok::<_, Error>(old_addresses::find(db, &key)?.is_some());
        matches!(self.0.desk.store.read(find).await, Ok(true)).then_some(status)
    }
}

/// An answer is what is shown or leads on.
pub(super) fn answers(status: StatusCode) -> bool {
    status.is_success() || status.is_redirection()
}

/// The article that was known by this name there.
pub(super) async fn article_of(desk: &Desk, name: String) -> Result<Option<LeadsTo>, Error> {
    let found = desk.store.read(move |db| Ok::<_, Error>(articles::by_old_name(db, &name)?)).await?;
    Ok(found.map(LeadsTo::Article))
}

/// A publication without articles takes the old site's form of addresses over; another one is told of the difference.
/// `says` tells what the form is and how that is known.
pub(super) async fn take_over_permalink(
    desk: &Desk,
    pattern: &str,
    says: &str,
    receipt: &mut Receipt,
) -> Result<Site, Failure> {
    let mut publication = expect_site(desk).await?;
    if publication.permalink.as_str() == pattern {
        return Ok(publication);
    }
    let is_empty = desk.store.read(|db| Ok::<_, Error>(articles::after(db, ArticleId(0), 1)?.is_empty())).await?;
    match Permalink::parse(pattern) {
        Ok(permalink) if is_empty => {
            publication.permalink = permalink;
            sites::change(desk, publication.clone()).await?;
            receipt.warn(0, "", "permalink", format!("{says}; the publication has it now"));
        }
        Ok(_) => receipt.warn(
            0,
            "",
            "permalink",
            format!("{says}; here it is {}. See warraq site change", publication.permalink.as_str()),
        ),
        Err(error) => receipt.warn(0, "", "permalink", format!("{says}: {error}")),
    }
    Ok(publication)
}

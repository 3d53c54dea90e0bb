//! What is new in the feeds of others? The sources that are due are asked, some at once, none twice at a time.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::desk::wires::{self, Answer};
use crate::desk::{By, Desk, wire_sources};
use crate::error::Error;
use crate::fetch::{FetchConfig, FetchError, Fetcher, Known, Page};
use crate::intake::feed::{self, FeedError};
use crate::news::wire::{Claimed, Trouble};
use crate::store::site;

/// How many sources are asked at once.
const AT_ONCE: usize = 6;
/// How often it looks whether a source is due: «ask now» is heard after this.
const STEP: Duration = Duration::from_secs(1);
/// How long it waits after the database failed.
const PAUSE: Duration = Duration::from_secs(10);
/// For a whole question, with all redirects and with waiting for our turn at the host. Well within the time for which a
/// source is claimed.
const PATIENCE: Duration = Duration::from_secs(120);

/// Somebody who asks the sources.
pub struct Wires {
    desk: Desk,
    config: FetchConfig,
    fetcher: Option<(String, Fetcher)>,
}

impl Wires {
    /// At a desk, with a way out to the network.
    #[must_use]
    pub fn new(desk: Desk, config: FetchConfig) -> Self {
        Self { desk: Desk { by: By::timetable(), ..desk }, config, fetcher: None }
    }

    /// Ask what is due until `stop` says so. What is being asked then is asked again after the next start: nothing of an
    /// answer counts before it is kept.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut asking = JoinSet::new();
        while !*stop.borrow() {
            let pause = match self.begin(&mut asking).await {
                Ok(_) => STEP,
                Err(error) => {
                    tracing::warn!(%error, "the sources of wire copy cannot be read; trying again");
                    PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                Some(_) = asking.join_next() => {}
                _ = stop.changed() => {}
            }
        }
        asking.shutdown().await;
    }

    /// Ask everything that is due now; says how many sources. A test says this where a server waits.
    ///
    /// # Errors
    /// The database.
    pub async fn run_due(&mut self) -> Result<usize, Error> {
        let (mut asking, mut all) = (JoinSet::new(), 0);
        loop {
            let begun = self.begin(&mut asking).await?;
            all += begun;
            if asking.join_next().await.is_none() && begun == 0 {
                return Ok(all);
            }
        }
    }

    /// Begin to ask as many as there is room for.
    async fn begin(&mut self, asking: &mut JoinSet<()>) -> Result<usize, Error> {
        let room = AT_ONCE.saturating_sub(asking.len());
        let due = if room == 0 { Vec::new() } else { wire_sources::claim(&self.desk, room).await? };
        if due.is_empty() {
            return Ok(0);
        }
        let fetcher = self.fetcher().await?;
        let begun = due.len();
        for claimed in due {
            let (desk, fetcher) = (self.desk.clone(), fetcher.clone());
            asking.spawn(async move {
                if let Err(error) = ask(&desk, &fetcher, &claimed).await {
                    let source = claimed.source.id.0;
                    tracing::warn!(source, %error, "what a source said could not be kept; it is asked again");
                }
            });
        }
        Ok(begun)
    }

    /// The way out, in the name that the publication has today.
    async fn fetcher(&mut self) -> Result<Fetcher, Error> {
        let site = self.desk.store.read(|db| Ok::<_, Error>(site::load(db)?)).await?;
        let name = site.map(|site| site.base_url.as_str().to_owned()).unwrap_or_default();
        if let Some((known, fetcher)) = &self.fetcher
            && *known == name
        {
            return Ok(fetcher.clone());
        }
        let fetcher = Fetcher::new(&self.config, &name);
        self.fetcher = Some((name, fetcher.clone()));
        Ok(fetcher)
    }
}

async fn ask(desk: &Desk, fetcher: &Fetcher, claimed: &Claimed) -> Result<(), Error> {
    let address = &claimed.source.fields.address;
    let (tag, modified) = claimed.known.clone();
    let known = Known { tag, modified };
    let answer = match timeout(PATIENCE, fetcher.page(address, &known)).await {
        Err(_) => failed(Trouble::TooSlow, ""),
        Ok(Err(error)) => answer_of(&error),
        Ok(Ok(Page::Unchanged)) => Answer::Unchanged,
        Ok(Ok(Page::Says { bytes, known, .. })) => {
            let address = address.clone();
            // Much work at once: others are served meanwhile.
            match tokio::task::spawn_blocking(move || feed::read(&bytes, Some(&address))).await {
                Ok(Ok(wire)) => Answer::Says { stories: wire.stories, known: (known.tag, known.modified) },
                Ok(Err(FeedError::DocumentType)) => failed(Trouble::DocumentType, ""),
                Ok(Err(FeedError::Unreadable(_))) | Err(_) => failed(Trouble::NoFeed, ""),
            }
        }
    };
    if let Answer::Failed { trouble, detail, .. } = &answer {
        let source = claimed.source.id.0;
        tracing::info!(source, trouble = trouble.as_str(), detail, "a source of wire copy gave nothing");
    }
    wires::came(desk, claimed, answer).await
}

fn failed(trouble: Trouble, detail: &str) -> Answer {
    Answer::Failed { trouble, detail: detail.to_owned(), wait: None }
}

/// What went wrong, as the newsroom is told.
fn answer_of(error: &FetchError) -> Answer {
    match error {
        FetchError::Address { .. } => failed(Trouble::Address, ""),
        FetchError::Unknown { host } => failed(Trouble::Unknown, host),
        FetchError::Forbidden { host, .. } => failed(Trouble::Forbidden, host),
        FetchError::Broken { .. } | FetchError::Disk { .. } => failed(Trouble::Broken, ""),
        FetchError::NoTurn { .. } | FetchError::TooSlow { .. } => failed(Trouble::TooSlow, ""),
        FetchError::TooLarge { .. } => failed(Trouble::TooLarge, ""),
        FetchError::Status { status, wait, .. } => {
            let trouble = match status {
                401 | 402 | 403 | 407 | 451 => Trouble::Refused,
                404 | 410 => Trouble::Missing,
                429 => Trouble::Busy,
                500..=599 => Trouble::Failed,
                _ => Trouble::Status,
            };
            Answer::Failed { trouble, detail: status.to_string(), wait: *wait }
        }
    }
}

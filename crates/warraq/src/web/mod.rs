//! Who is asking? Requests in, pages out.
//!
//! `routes.rs` lists every route with its policy, `urls.rs` every address of a reader. Pages for readers are made from
//! the path alone: no header and no cookie reaches them.

pub mod guard;
pub mod newsroom;
pub mod reply;
pub mod routes;
pub mod server;
pub mod templates;
pub mod urls;
pub mod views;

mod dates;
mod encoding;
mod error;
mod frame;
mod gallery;
mod machine;
mod making;
mod patience;
mod ranges;
mod reader;

pub use crate::interface;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use interface::{Digits, Interface};
use templates::Templates;
use tokio::sync::Semaphore;

use crate::cache::{Cache, Kept};
use crate::config::{Config, SiteFolder};
use crate::desk::Desk;
use frame::Frames;
use guard::Throttle;
use reply::Ready;

/// Everything a request needs. Made once, shared by all.
pub struct Web {
    /// The verbs and what they need.
    pub desk: Desk,
    /// Settings of the machine.
    pub config: Config,
    templates: Templates,
    texts: Vec<(String, Digits, Interface)>,
    folder: SiteFolder,
    throttle: Throttle,
    development: bool,
    frames: Frames,
    kept: Cache<Ready>,
    sign_ins: SignIns,
    /// How many pictures are written anew at once for those who send them.
    pictures: Semaphore,
    /// When a search that found nothing was last written down, in seconds since 1970.
    noted: AtomicI64,
}

/// How often one may try to sign in, and how many attempts are looked at at once.
struct SignIns {
    throttle: Throttle,
    turns: Semaphore,
}

impl Default for SignIns {
    fn default() -> Self {
        Self { throttle: Throttle::per_ten_minutes(20), turns: Semaphore::new(2) }
    }
}

impl Web {
    /// Load templates and texts. With `development`, templates are read anew for every page and `/dev/gallery` shows
    /// all of them.
    ///
    /// # Errors
    /// A template or text of the theme is wrong; the error says where.
    pub fn open(
        desk: Desk,
        config: Config,
        folder: SiteFolder,
        development: bool,
    ) -> Result<Arc<Self>, templates::TemplateError> {
        let theme = folder.theme();
        let templates = Templates::load(theme.as_deref(), development)?;
        let mut texts = Vec::new();
        for language in interface::languages(theme.as_deref())? {
            for digits in Digits::ALL.iter().copied() {
                texts.push((language.clone(), digits, Interface::load(&language, digits, theme.as_deref())?));
            }
        }
        let throttle = Throttle::per_ten_minutes(config.comments_per_ten_minutes);
        let kept = Cache::new(desk.store.clone(), config.cache_megabytes << 20);
        Ok(Arc::new(Self {
            desk,
            config,
            templates,
            texts,
            folder,
            throttle,
            development,
            frames: Frames::default(),
            kept,
            sign_ins: SignIns::default(),
            pictures: Semaphore::new(2),
            noted: AtomicI64::new(0),
        }))
    }

    /// How many finished answers are kept, how many bytes they take, and how many were made since the start.
    #[must_use]
    pub fn kept_answers(&self) -> Kept {
        self.kept.size()
    }

    /// The interface texts of a language, English where there are none.
    fn texts(&self, language: &str, digits: Digits) -> &Interface {
        let find = |language: &str| self.texts.iter().find(|(of, with, _)| of == language && *with == digits);
        #[expect(clippy::expect_used, reason = "English is compiled in, and a test loads it in both digits")]
        let (_, _, texts) = find(language).or_else(|| find("en")).expect("English texts");
        texts
    }

    /// Are there interface texts in this language?
    fn speaks(&self, language: &str) -> bool {
        self.texts.iter().any(|(of, _, _)| of == language)
    }

    /// The languages that there are interface texts in.
    fn languages(&self) -> Vec<&str> {
        let mut languages: Vec<&str> = self.texts.iter().map(|(language, _, _)| language.as_str()).collect();
        languages.dedup();
        languages
    }

    /// Whether a search that found nothing may be written down now: one in two seconds is enough to learn from, and
    /// nobody can fill the database by asking.
    fn may_note(&self, now: i64) -> bool {
        let last = self.noted.load(Ordering::Relaxed);
        now - last >= 2 && self.noted.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

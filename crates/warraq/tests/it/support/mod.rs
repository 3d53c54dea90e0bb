//! Who acts in these stories? A newsroom on a fresh database, its editor, its readers. No story knows its engine.

pub(crate) mod authenticator;
pub(crate) mod binary;
pub(crate) mod cluster;
pub(crate) mod editor;
pub(crate) mod host;
pub(crate) mod post;
pub(crate) mod reader;
pub(crate) mod staff;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::sync::Notify;
use warraq::chance::Chance;
use warraq::clock::Clock;
use warraq::config::{Config, SiteFolder};
use warraq::desk::{By, Desk, sites};
use warraq::error::Error;
use warraq::identity::Keyring;
use warraq::mail::{MailConfig, Mailroom};
use warraq::media::MediaFolder;
use warraq::news::language::Language;
use warraq::news::permalink::Permalink;
use warraq::news::site::{BaseUrl, Settings, Site};
use warraq::search::Shelf;
use warraq::store::{Db, Location, Store, jobs, site};
use warraq::web::Web;
use warraq::worker::Worker;

use cluster::Database;
pub(crate) use editor::{Editor, story};
pub(crate) use reader::{Page, Reader};

/// The moment at which every story begins.
pub(crate) const BEGINNING: &str = "2026-03-01T09:00:00Z";
/// Where the publication of the stories lives.
pub(crate) const BASE: &str = "https://news.example";

/// Which database a story runs on; the story itself does not ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// One body, two tests: `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($(async fn $name:ident($site:ident) $body:block)*) => {$(
        async fn $name($site: &$crate::support::Newsroom) $body

        mod $name {
            #[test]
            fn sqlite() {
                $crate::support::Newsroom::run($crate::support::Engine::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                $crate::support::Newsroom::run($crate::support::Engine::Postgres, super::$name);
            }
        }
    )*};
}
pub(crate) use on_both;

/// A publication on a fresh database. Dropping it fails the test when a job was left due, running or parked.
pub(crate) struct Newsroom {
    pub(crate) desk: Desk,
    pub(crate) clock: Clock,
    web: OnceLock<Arc<Web>>,
    forgetful: OnceLock<Arc<Web>>,
    config: Config,
    leaves_work: AtomicBool,
    location: Location,
    folder: TempDir,
    /// Last, because it goes away when everybody has hung up.
    _database: Option<Database>,
}

impl Newsroom {
    /// Tell a story on one engine.
    pub(crate) fn run(engine: Engine, tell: impl AsyncFnOnce(&Newsroom)) {
        let site = Self::open(engine);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            sites::found(&site.desk, plan()).await.expect("a publication");
            tell(&site).await;
        });
        drop(site);
    }

    /// An empty database with keys and a media folder; nothing is founded yet. Not to be called within a runtime: a
    /// database connection that waits must not stand on a thread that others wait for.
    pub(crate) fn open(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (location, database) = match engine {
            Engine::Sqlite => (Location::Sqlite(folder.path().join("warraq.db")), None),
            Engine::Postgres => {
                let database = Database::create();
                (Location::Postgres(database.url().to_owned()), Some(database))
            }
        };
        Self::at(folder, location, database, Chance::repeatable(7))
    }

    fn at(folder: TempDir, location: Location, database: Option<Database>, chance: Chance) -> Self {
        let clock = Clock::standing(moment(BEGINNING));
        let seed = chance.clone();
        let keys = Keyring::open(&folder.path().join("keys"), &mut |bytes| seed.fill(bytes)).expect("keys");
        let store = Store::open(&location, 3).expect("a database");
        let media = MediaFolder::open(folder.path().join("media")).expect("a media folder");
        let mail = Mailroom::open(&MailConfig::default(), folder.path(), None).expect("a mail room");
        let desk = Desk {
            store,
            keys: Arc::new(keys),
            clock: clock.clone(),
            chance,
            media: Arc::new(media),
            search: Arc::new(Shelf::at(folder.path().join("index"))),
            mail: Arc::new(mail),
            bell: Arc::new(Notify::new()),
            by: By::console(),
        };
        Self {
            desk,
            clock,
            web: OnceLock::new(),
            forgetful: OnceLock::new(),
            config: Config { comments_per_ten_minutes: 10_000, ..Config::default() },
            leaves_work: AtomicBool::new(false),
            location,
            folder,
            _database: database,
        }
    }

    /// A second desk at the same database, as another process has it: own connections, the same clock and keys.
    pub(crate) async fn second_desk(&self) -> Desk {
        let location = self.location.clone();
        let store = tokio::task::spawn_blocking(move || Store::open(&location, 1))
            .await
            .expect("a thread")
            .expect("a second store");
        Desk { store, ..self.desk.clone() }
    }

    /// Where its database is.
    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// The site folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the theme. Before the first reader comes.
    pub(crate) fn has_theme_file(&self, name: &str, text: &str) {
        let path: PathBuf = self.folder.path().join("theme").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    pub(crate) fn editor(&self) -> Editor<'_> {
        Editor { desk: &self.desk }
    }

    /// Somebody at 198.51.100.7.
    pub(crate) fn reader(&self) -> Reader {
        self.reader_at("198.51.100.7:4711")
    }

    pub(crate) fn reader_at(&self, from: &str) -> Reader {
        let forgetful = || self.web_with(Config { cache_megabytes: 0, ..self.config.clone() });
        Reader::new(self.web(), from.parse::<SocketAddr>().expect("an address"))
            .compared_with(Arc::clone(self.forgetful.get_or_init(forgetful)))
    }

    /// The server's side, made when the first reader comes.
    pub(crate) fn web(&self) -> Arc<Web> {
        let open = || {
            Web::open(self.desk.clone(), self.config.clone(), SiteFolder::new(self.folder.path()), false)
                .expect("templates")
        };
        Arc::clone(self.web.get_or_init(open))
    }

    /// A server of its own with other settings of the machine.
    pub(crate) fn web_with(&self, config: Config) -> Arc<Web> {
        Web::open(self.desk.clone(), config, SiteFolder::new(self.folder.path()), false).expect("templates")
    }

    /// Everything that is due now, follow-ups included; says how many jobs ran.
    pub(crate) async fn run_jobs(&self) -> usize {
        Worker::new(self.desk.clone(), "story").run_due().await.expect("the queue")
    }

    /// This story leaves work undone, and says so.
    pub(crate) fn may_leave_work(&self) {
        self.leaves_work.store(true, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn passes(&self, hours: i64) {
        self.clock.set(self.clock.now() + SignedDuration::from_hours(hours));
    }

    pub(crate) fn is_now(&self, at: &str) {
        self.clock.set(moment(at));
    }

    /// Look something up.
    pub(crate) async fn finds<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Db<'_>) -> Result<T, warraq::store::StoreError> + Send + 'static,
    ) -> T {
        self.desk.store.read(move |db| look(db).map_err(Error::from)).await.expect("a read")
    }

    /// Change the publication.
    pub(crate) async fn changes_site(&self, change: impl FnOnce(&mut Site)) {
        let mut site = self.finds(site::load).await.expect("a publication");
        change(&mut site);
        sites::change(&self.desk, site).await.expect("changed");
    }

    /// Comments are published at once, whoever sends them and however many.
    pub(crate) async fn publishes_every_comment(&self) {
        self.changes_site(|site| {
            site.settings.comments.hold_first = false;
            site.settings.comments.max_recent = 100_000;
        })
        .await;
    }

    fn work_left(&self) -> String {
        let (store, now) = (self.desk.store.clone(), self.clock.now().as_millisecond());
        let look = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(store.read(move |db| {
                let census = jobs::census(db)?;
                let due = jobs::next_due(db)?.is_some_and(|due| due <= now);
                let parked = jobs::parked(db, 5)?;
                let waits = due || census.iter().any(|(state, _)| state != "queued");
                Ok::<_, Error>(if waits { format!("{census:?} {parked:?}") } else { String::new() })
            }))
        };
        std::thread::spawn(look).join().expect("a thread").unwrap_or_default()
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        if std::thread::panicking() || self.leaves_work.load(Ordering::SeqCst) {
            return;
        }
        let left = self.work_left();
        assert!(left.is_empty(), "the story ended with work left to do: {left}");
    }
}

/// The publication of the stories.
pub(crate) fn plan() -> Site {
    Site {
        title: "أخبار الصين".into(),
        tagline: "موقع متخصص في الشؤون الصينية".into(),
        language: Language::arabic(),
        time_zone: Site::parse_time_zone("Asia/Riyadh").expect("a zone"),
        base_url: BaseUrl::parse(BASE).expect("an address"),
        permalink: Permalink::default(),
        settings: Settings::default(),
    }
}

pub(crate) fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

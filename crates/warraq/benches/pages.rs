//! What does a page cost when nothing is remembered, and what when it is? From the request to the finished bytes, SQLite
//! and template included, on one thread. Run: `cargo bench -p warraq --bench pages`.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use http::Request;
use http_body_util::{BodyExt as _, Full};
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use warraq::chance::Chance;
use warraq::clock::Clock;
use warraq::config::{Config, SiteFolder};
use warraq::desk::imports::{self, Receipt};
use warraq::desk::{By, Desk, sites};
use warraq::identity::Keyring;
use warraq::intake::json_lines;
use warraq::mail::{MailConfig, Mailroom};
use warraq::media::MediaFolder;
use warraq::news::incoming::Incoming;
use warraq::news::language::Language;
use warraq::news::permalink::Permalink;
use warraq::news::site::{BaseUrl, Settings, Site};
use warraq::search::Shelf;
use warraq::store::{Location, Store};
use warraq::web::{Web, routes};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The newest article has this many comments.
const COMMENTS: usize = 40;

struct Publication {
    runtime: Runtime,
    /// Keeps nothing.
    web: Arc<Web>,
    /// Keeps what it has made.
    keeping: Arc<Web>,
    _folder: tempfile::TempDir,
}

/// A publication with so many articles of some 400 words, in twenty sections, with tags and authors.
fn publication(articles: usize) -> Publication {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let end: Timestamp = "2026-06-30T18:00:00Z".parse().expect("a time");
    let chance = Chance::repeatable(1);
    let store = Store::open(&Location::Sqlite(folder.path().join("warraq.db")), 4).expect("a database");
    let desk = Desk {
        store,
        keys: Arc::new(Keyring::from_secret(&[1; 32])),
        clock: Clock::standing(end + SignedDuration::from_hours(1)),
        chance,
        media: Arc::new(MediaFolder::open(folder.path().join("media")).expect("a folder")),
        search: Arc::new(Shelf::at(folder.path().join("index"))),
        mail: Arc::new(Mailroom::open(&MailConfig::default(), folder.path(), None).expect("a mail room")),
        bell: Arc::new(Notify::new()),
        by: By::console(),
    };
    let site = Site {
        title: "صحيفة القياس".into(),
        tagline: "لا يقرؤها أحد".into(),
        language: Language::arabic(),
        time_zone: Site::parse_time_zone("Asia/Riyadh").expect("a zone"),
        base_url: BaseUrl::parse("http://127.0.0.1:8080").expect("an address"),
        permalink: Permalink::default(),
        settings: Settings::default(),
    };
    runtime.block_on(async {
        sites::found(&desk, site).await.expect("founded");
        let mut receipt = Receipt::new("bench");
        for first in (1..=articles).step_by(250) {
            let batch = (first..(first + 250).min(articles + 1)).map(|id| incoming(id, articles, end)).collect();
            receipt = imports::apply(&desk, imports::prepare(&desk, batch), true, receipt).await.expect("imported");
        }
        assert_eq!(receipt.by_type["post"].imported, articles as u64);
    });
    let site = SiteFolder::new(folder.path());
    let forgetful = Config { cache_megabytes: 0, ..Config::default() };
    let web = Web::open(desk.clone(), forgetful, site.clone(), false).expect("templates");
    let keeping = Web::open(desk, Config::default(), site, false).expect("templates");
    Publication { runtime, web, keeping, _folder: folder }
}

fn incoming(id: usize, of: usize, end: Timestamp) -> Incoming {
    const WORDS: [&str; 16] = [
        "التعاون",
        "الصين",
        "والطاقة",
        "في",
        "مجالات",
        "للتجارة",
        "مدينة",
        "جديدة",
        "وقال",
        "الباحث",
        "إن",
        "طريق",
        "الحرير",
        "على",
        "مشروع",
        "الجامعة",
    ];
    let sentence = |seed: usize, length: usize| {
        (0..length)
            .map(|place| WORDS[(seed * 31 + place * 7 + place * place * seed) % WORDS.len()])
            .collect::<Vec<_>>()
            .join(" ")
            + "."
    };
    let date = end - SignedDuration::from_mins(8 * (of - id) as i64);
    let comments: Vec<serde_json::Value> = (0..if id == of { COMMENTS } else { 0 })
        .map(|n| {
            serde_json::json!({"id": n + 1, "parent": if n % 3 == 2 { n } else { 0 }, "author": "قارئة", "email": format!("reader{n}@example.org"),
                               "date": date.to_string(), "text": sentence(n + 3, 25)})
        })
        .collect();
    let line = serde_json::json!({
        "id": id,
        "title": format!("{} {id}", sentence(id, 8)),
        "date": date.to_string(),
        "author": {"login": format!("author{}", id % 30), "name": format!("كاتب {}", id % 30)},
        "categories": [{"name": format!("قسم {}", id % 20), "slug": format!("section-{}", id % 20)}],
        "tags": (0..5).map(|n| serde_json::json!({"name": format!("وسم {}", (id * 7 + n * 131) % 2000), "slug": format!("tag-{}", (id * 7 + n * 131) % 2000)})).collect::<Vec<_>>(),
        "excerpt": sentence(id + 1, 25),
        "paragraphs": (0..8).map(|n| sentence(id + n, 50)).collect::<Vec<_>>(),
        "comments": comments,
    });
    json_lines::read(&line.to_string(), id, "bench", &jiff::tz::TimeZone::UTC).expect("a line").incoming
}

impl Publication {
    fn get(&self, path: &str) -> Bytes {
        self.get_from(&self.web, path)
    }

    fn get_from(&self, web: &Arc<Web>, path: &str) -> Bytes {
        let request = Request::get(path).body(Full::<Bytes>::default()).expect("a request");
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        self.runtime.block_on(async {
            let response = routes::serve(web, peer, request).await;
            assert!(
                response.status().is_success() || response.status().is_redirection(),
                "{path}: {}",
                response.status()
            );
            response.into_body().collect().await.expect("a body").to_bytes()
        })
    }

    /// The address of an article, as its short address tells it.
    fn address(&self, id: usize) -> String {
        let request = Request::get(format!("/a/{id}")).body(Full::<Bytes>::default()).expect("a request");
        let response = self.runtime.block_on(routes::serve(&self.web, SocketAddr::from(([127, 0, 0, 1], 1)), request));
        response.headers()["location"].to_str().expect("an address").to_owned()
    }
}

fn pages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("uncached");
    group.throughput(Throughput::Elements(1));
    for articles in [1_000, 10_000] {
        let publication = publication(articles);
        let newest = publication.address(articles);
        assert!(publication.get(&newest).len() > 20_000, "the page has its comments");
        for (name, path) in [
            ("article with 40 comments", newest.as_str()),
            ("article without comments", publication.address(articles / 2).as_str()),
            ("front", "/"),
            ("section", "/category/section-3/"),
            ("tag", "/tag/tag-7/"),
            ("feed", "/feed/"),
        ] {
            group.bench_with_input(BenchmarkId::new(name, articles), path, |bench, path| {
                bench.iter(|| publication.get(path))
            });
        }
    }
    group.finish();
}

fn kept(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("kept");
    group.throughput(Throughput::Elements(1));
    let publication = publication(1_000);
    let newest = publication.address(1_000);
    for (name, path) in [("article with 40 comments", newest.as_str()), ("front", "/")] {
        group.bench_function(name, |bench| bench.iter(|| publication.get_from(&publication.keeping, path)));
    }
    group.finish();
}

criterion_group!(benches, pages, kept);
criterion_main!(benches);

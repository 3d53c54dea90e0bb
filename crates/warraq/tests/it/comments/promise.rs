//! «لن يتم نشر عنوان بريدك الإلكتروني», proved: two hundred addresses go in through the form, and neither one of them
//! nor anything computed from one comes out again: not in a page, a feed, a header, a log, or the database file.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::support::{BASE, Engine, Newsroom, Page, story};

const CANARIES: usize = 200;

/// Every form of an address that somebody could recognise it by, in bytes.
fn forms(address: &str) -> Vec<Vec<u8>> {
    let (local, domain) = address.split_once('@').expect("an address");
    let mut spelled: BTreeSet<String> = BTreeSet::new();
    for text in [
        address.to_owned(),
        address.to_lowercase(),
        address.to_uppercase(),
        format!("{local}@{}", domain.to_lowercase()),
    ] {
        spelled.insert(format!("{text}\n"));
        spelled.insert(text);
    }
    let mut forms: BTreeSet<Vec<u8>> = BTreeSet::new();
    for text in &spelled {
        let plain = text.trim_end();
        forms.insert(plain.as_bytes().to_vec());
        forms.insert(plain.replace('@', "%40").into_bytes());
        forms.insert(
            percent_encoding::utf8_percent_encode(plain, percent_encoding::NON_ALPHANUMERIC).to_string().into_bytes(),
        );
        forms.insert(plain.chars().map(|letter| format!("&#{};", u32::from(letter))).collect::<String>().into_bytes());
        forms.insert(
            plain.chars().map(|letter| format!("&#x{:x};", u32::from(letter))).collect::<String>().into_bytes(),
        );
        for at in ["&#64;", "&#x40;", "&commat;", "\\u0040", " at ", "[at]", "(at)", "=40", "+40"] {
            forms.insert(plain.replace('@', at).into_bytes());
        }
        forms.insert(plain.chars().rev().collect::<String>().into_bytes());
        forms.insert(plain.encode_utf16().flat_map(u16::to_le_bytes).collect());
        let digests: [Vec<u8>; 7] = [
            Md5::digest(text).to_vec(),
            Sha1::digest(text).to_vec(),
            Sha224::digest(text).to_vec(),
            Sha256::digest(text).to_vec(),
            Sha384::digest(text).to_vec(),
            Sha512::digest(text).to_vec(),
            blake3::hash(text.as_bytes()).as_bytes().to_vec(),
        ];
        for bytes in digests.iter().map(Vec::as_slice).chain([text.as_bytes()]) {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            forms.insert(hex.to_uppercase().into_bytes());
            forms.insert(hex.into_bytes());
            // Without the end, which depends on what follows.
            for engine in [&STANDARD, &STANDARD_NO_PAD] {
                forms.insert(engine.encode(bytes).trim_end_matches('=').as_bytes().to_vec());
            }
            for engine in [&URL_SAFE, &URL_SAFE_NO_PAD] {
                forms.insert(engine.encode(bytes).trim_end_matches('=').as_bytes().to_vec());
            }
        }
        forms.extend(digests);
    }
    // The part before the @ is no secret of ours alone, but here it is as good as the whole.
    forms.insert(local.as_bytes().to_vec());
    forms.insert(local.to_lowercase().into_bytes());
    forms.into_iter().collect()
}

fn canary(number: usize) -> String {
    // Letters that no other text of the story has, in mixed case.
    format!("Zq{number:03}Kanari.{}@Mail{}.Example.ORG", ["aB", "Cd", "eF", "gH"][number % 4], number % 7)
}

/// Which canaries sing in these bytes? Every form is looked for at once, by its first eight bytes; and because nearly
/// no place is the beginning of one, by its first three before that.
struct Ears {
    prick_up: Vec<bool>,
    by_beginning: std::collections::HashMap<[u8; 8], Vec<(usize, Vec<u8>)>>,
}

fn first_three(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 16 | usize::from(bytes[1]) << 8 | usize::from(bytes[2])
}

impl Ears {
    fn new(addresses: &[String]) -> Self {
        let mut by_beginning: std::collections::HashMap<[u8; 8], Vec<(usize, Vec<u8>)>> =
            std::collections::HashMap::new();
        let mut prick_up = vec![false; 1 << 24];
        for (number, address) in addresses.iter().enumerate() {
            for form in forms(address) {
                prick_up[first_three(&form)] = true;
                let beginning = form[..8].try_into().expect("at least eight bytes");
                by_beginning.entry(beginning).or_default().push((number, form));
            }
        }
        Self { prick_up, by_beginning }
    }

    fn hear(&self, bytes: &[u8]) -> Vec<(usize, String)> {
        let mut heard = Vec::new();
        for (at, window) in bytes.windows(8).enumerate() {
            if !self.prick_up[first_three(window)] {
                continue;
            }
            let window: [u8; 8] = window.try_into().expect("eight bytes");
            for (number, form) in self.by_beginning.get(&window).into_iter().flatten() {
                if bytes[at..].starts_with(form) {
                    heard.push((*number, String::from_utf8_lossy(form).into_owned()));
                }
            }
        }
        heard
    }
}

/// What the program writes into its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Every address of ours that a page names.
fn links(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    let kind = page.header("content-type");
    if kind.starts_with("text/html") {
        found.extend(page.attributes("[href]", "href"));
        found.extend(page.attributes("[src]", "src"));
    } else if kind.contains("xml") || kind.contains("json") || kind.starts_with("text/plain") {
        let body = page.body();
        found.extend(body.match_indices(BASE).map(|(at, _)| {
            let rest = &body[at..];
            rest[..rest.find(['"', '<', '\'', ' ', '\n', '&', ']', '\\']).unwrap_or(rest.len())].to_owned()
        }));
    }
    if !page.location().is_empty() {
        found.push(page.location().to_owned());
    }
    found
        .into_iter()
        .filter_map(|link| {
            let path = link.strip_prefix(BASE).unwrap_or(&link);
            let path = path.split('#').next().unwrap_or_default();
            (path.starts_with('/') && !path.starts_with("//")).then(|| path.to_owned())
        })
        .collect()
}

fn keep_the_promise(engine: Engine) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    tracing::subscriber::set_global_default(subscriber).expect("the only log of this process");
    let addresses: Vec<String> = (0..CANARIES).map(canary).collect();
    let ears = Ears::new(&addresses);
    // These ears hear: otherwise silence would prove nothing.
    for (sound, expected) in [
        (addresses[7].to_uppercase(), true),
        (format!("{:x}", HexOf(&Md5::digest(addresses[3].to_lowercase()))), true),
        ("nothing".into(), false),
    ] {
        assert_eq!(!ears.hear(sound.as_bytes()).is_empty(), expected, "{sound}");
    }
    Newsroom::run(engine, async |site| {
        site.changes_site(|site| {
            site.settings.comments.hold_first = false;
            site.settings.comments.max_recent = 100_000;
            site.settings.threads_per_page = 20;
        })
        .await;
        let editor = site.editor();
        let (section, tag, person) =
            (editor.section("اقتصاد").await, editor.tag("الحزام").await, editor.person("ليلى").await);
        for number in 1..=4 {
            let draft = warraq::news::article::Draft {
                slug: format!("s{number}"),
                sections: vec![section],
                tags: vec![tag],
                bylines: vec![(person, warraq::news::people::BylineRole::Writer)],
                ..story(&format!("خبر رقم {number}"))
            };
            editor.publishes_on(&format!("2026-02-{number:02}T09:00:00Z"), draft).await;
        }
        let email = warraq::identity::PrivateEmail::parse(&addresses[0]).expect("an address");
        warraq::desk::users::add(&site.desk, email, "المحررة", warraq::news::staff::Role::Owner, None)
            .await
            .expect("an account");
        let mut heard: Vec<(String, Vec<(usize, String)>)> = Vec::new();
        let mut listen = |page: &Page| {
            let mut all = page.bytes.to_vec();
            for (name, value) in &page.headers {
                all.extend_from_slice(name.as_str().as_bytes());
                all.extend_from_slice(b": ");
                all.extend_from_slice(value.as_bytes());
                all.push(b'\n');
            }
            let found = ears.hear(&all);
            if !found.is_empty() {
                heard.push((page.path.clone(), found));
            }
        };
        for (number, address) in addresses.iter().enumerate() {
            let article = 1 + number % 4;
            let parent = if number >= 40 && number % 3 == 0 { (number - 39).to_string() } else { String::new() };
            let reader = site.reader_at(&format!("203.0.{}.{}:9", number % 100, number % 250));
            let fields = [
                ("author", "قارئ"),
                ("email", address.as_str()),
                ("url", "https://example.org/"),
                ("comment", &format!("رأيي رقم {number} في الموضوع")),
                ("comment_parent", &parent),
            ];
            // Some wait, some are hidden later, some are refused; none may tell.
            let page = reader.sends(&format!("/2026/02/{article:02}/s{article}/comments"), &fields).await;
            assert_eq!(page.status, 303, "{}", page.body());
            listen(&page);
        }
        for number in [5_i64, 60, 110] {
            warraq::desk::comments::hide(&site.desk, warraq::news::CommentId(number), "").await.expect("hidden");
        }
        site.run_jobs().await;
        // Everything that can be reached from these.
        let mut waiting: VecDeque<String> = [
            "/",
            "/sitemap.xml",
            "/news-sitemap.xml",
            "/robots.txt",
            "/feed/",
            "/comments/feed/",
            "/comments/feed/atom/",
            "/comments/feed/json/",
            "/nothing/",
            "/healthz",
            "/readyz",
            "/2026/02/01/s1/comments/waiting/",
            "/wp-json/",
            "/author/",
            "/?author=1",
            "/?s=zq001kanari",
            "/.json",
        ]
        .map(str::to_owned)
        .into();
        let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
        let mut pages = 0;
        while let Some(path) = waiting.pop_front() {
            let page = site.reader().reads(&path).await;
            listen(&page);
            pages += 1;
            let mut next = links(&page);
            if page.status == 200 && page.header("content-type").starts_with("text/html") && !path.contains('?') {
                // Each page may have siblings that no link names.
                let base = path.trim_end_matches('/');
                next.extend(["feed/", "feed/atom/", "feed/json/"].map(|format| format!("{base}/{format}")));
                next.push(format!("{base}.json"));
            }
            for link in next {
                if seen.insert(link.clone()) {
                    waiting.push_back(link);
                }
            }
        }
        assert!(pages > 150, "only {pages} addresses were found: the crawl is broken");
        assert!(
            seen.iter().any(|path| path.contains("comment-page-2")),
            "the second page of a discussion was not found"
        );
        assert!(seen.iter().any(|path| path.contains("replytocom=")), "the reply links were not found");
        assert_eq!(heard, [], "addresses were heard");

        let logged = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        assert_eq!(ears.hear(&logged), [], "in the log");
        println!("{pages} addresses read, {} bytes of log", logged.len());

        // What is kept: the files of SQLite as they lie there, write-ahead log included; of PostgreSQL every column.
        if engine == Engine::Sqlite {
            for entry in
                std::fs::read_dir(site.folder()).expect("the folder").flatten().filter(|entry| entry.path().is_file())
            {
                let bytes = std::fs::read(entry.path()).expect("read");
                assert_eq!(ears.hear(&bytes), [], "in {}", entry.path().display());
            }
        }
        let copy = site.folder().join("copy.db");
        site.desk.store.copy_to(&copy).await.expect("a copy");
        assert_eq!(ears.hear(&std::fs::read(&copy).expect("read")), [], "in a copy of the database");
        let kept =
            site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM comments WHERE address IS NOT NULL", &[])).await;
        assert_eq!(kept, Some(CANARIES as i64), "and yet they are all there");
        for sealed in site.finds(|db| warraq::store::comments::sealed_samples(db, 200)).await {
            site.desk.keys.open_address(&sealed).expect("for those who have the key");
        }
    });
}

struct HexOf<'a>(&'a [u8]);

impl std::fmt::LowerHex for HexOf<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

#[test]
fn no_address_comes_out_of_sqlite() {
    keep_the_promise(Engine::Sqlite);
}

#[test]
fn no_address_comes_out_of_postgres() {
    keep_the_promise(Engine::Postgres);
}

/// The picture beside a name is drawn from chance: the same address twice gives two pictures.
#[test]
fn the_picture_beside_a_name_does_not_follow_the_address() {
    Newsroom::run(Engine::Sqlite, async |site| {
        site.publishes_every_comment().await;
        site.editor().publishes(warraq::news::article::Draft { slug: "x".into(), ..story("خبر") }).await;
        for number in 0..4 {
            site.reader()
                .comments("/2026/03/01/x/", "قارئ", "same@example.org", &format!("رأي {number}"))
                .await
                .is(303);
        }
        let avatars =
            site.finds(|db| db.all("SELECT DISTINCT avatar FROM comments", &[], |row| row.get::<i64>(0))).await;
        assert_eq!(avatars.len(), 4);
    });
}

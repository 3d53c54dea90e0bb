//! What if the power goes? The server is killed in the middle of writes, again and again. What it had acknowledged is
//! there, once; what it had not is there once or not at all.
//!
//! `WARRAQ_KILL_ROUNDS` says how often (12 unless said otherwise).

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use warraq::chance::Chance;

use crate::support::binary::{Place, Server, free_port, post};
use crate::support::cluster::Database;

/// Readers who comment at once.
const READERS: u64 = 6;
/// Articles that an import beside takes in: two batches.
const ARTICLES: u64 = 400;
/// From the start of the process to the first page.
const READY_WITHIN: Duration = Duration::from_secs(2);

fn rounds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a test is set up by whoever runs it")]
    let asked = std::env::var("WARRAQ_KILL_ROUNDS");
    asked.ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12)
}

/// Each file is imported in two rounds: killed in the first, run to its end in the second.
fn files() -> u64 {
    rounds().div_ceil(2)
}

fn path(place: &Place, file: u64) -> String {
    place.folder.path().join(format!("corpus-{file}.jsonl")).display().to_string()
}

/// Articles one a line, with comments.
fn corpus(file: u64) -> String {
    let mut lines = String::new();
    for number in file * ARTICLES + 1..=(file + 1) * ARTICLES {
        let text = format!("فقرة من المادة رقم {number} فيها كلمات كثيرة. ").repeat(30);
        let article = serde_json::json!({
            "id": number + 10,
            "guid": format!("urn:corpus:{number}"),
            "title": format!("مادة رقم {number}"),
            "slug": format!("corpus-{number}"),
            "date": format!("2024-{:02}-{:02}T10:00:00Z", number % 12 + 1, number % 28 + 1),
            "categories": [{ "name": format!("قسم {}", number % 7) }],
            "paragraphs": [text, text],
            "comments": [{
                "id": 1,
                "author": "قارئ",
                "email": format!("r{number}@example.org"),
                "date": "2024-12-30T10:00:00Z",
                "text": format!("تعليق على المادة {number}"),
            }],
        });
        lines.push_str(&article.to_string());
        lines.push('\n');
    }
    lines
}

fn found(place: &Place) {
    let plan = place.folder.path().join("plan.toml");
    let text = "title = \"T\"\n[settings.comments]\nhold_first = false\nmax_recent = 4000000000\nmin_seconds = 0\n";
    std::fs::write(&plan, text).expect("written");
    place.does(&["init", "--from", &plan.display().to_string()]);
    let settings = place.site().join("warraq.toml");
    let mut text = std::fs::read_to_string(&settings).expect("settings");
    text.push_str("comments_per_ten_minutes = 4000000000\n");
    std::fs::write(settings, text).expect("written");
    for file in 0..files() {
        std::fs::write(path(place, file), corpus(file)).expect("written");
    }
    let first = place.folder.path().join("first.jsonl");
    let article = r#"{"id":1,"guid":"urn:first","title":"x","slug":"x","date":"2024-01-01","paragraphs":["x"]}"#;
    std::fs::write(&first, article).expect("written");
    place.does(&["import", "articles", &first.display().to_string(), "--publish"]);
}

/// Everything that was imported, as the outside sees it: slug, guid, headline, text, comments.
fn imported(place: &Place) -> Vec<String> {
    let file = place.folder.path().join("look.tar");
    let _ = std::fs::remove_file(&file);
    place.does(&["backup", &file.display().to_string()]);
    let folder = tempfile::tempdir().expect("a folder");
    tar::Archive::new(std::fs::File::open(&file).expect("there")).unpack(folder.path()).expect("unpacked");
    let connection = rusqlite::Connection::open(folder.path().join("warraq.db")).expect("opened");
    let look = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).expect("a statement");
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
        rows.map(|row| row.expect("a text")).collect()
    };
    let mut all = look(
        "SELECT a.id || ' ' || a.guid || ' ' || a.slug || ' ' || a.headline || ' ' || a.status
           || ' ' || a.published_at || ' ' || b.html
         FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.guid LIKE 'urn:corpus:%'",
    );
    all.extend(look(
        "SELECT c.guid || ' ' || a.guid || ' ' || c.text || ' ' || c.status
         FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.guid IS NOT NULL",
    ));
    all.extend(look("SELECT guid || ' ' || comment_count FROM articles WHERE guid LIKE 'urn:corpus:%'"));
    all.extend(look(
        "SELECT l.list || ' ' || l.key || ' ' || l.published_at || ' ' || a.guid
         FROM listings l JOIN articles a ON a.id = l.article_id 
         WHERE a.guid LIKE 'urn:corpus:%' AND l.list IN (1, 5, 6, 7)",
    ));
    all.sort();
    all
}

/// Texts of the comments that readers sent, each with how often it is there.
fn kept(place: &Place) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    let mut before = i64::MAX.to_string();
    loop {
        let page = place.tells(&[
            "comments",
            "list",
            "--status",
            "published",
            "--limit",
            "5000",
            "--before",
            &before,
            "--json",
        ]);
        let page = page.as_array().expect("a list");
        let Some(last) = page.last() else { return counts };
        before = last["id"].to_string();
        for comment in page {
            let text = comment["text"].as_str().expect("a text");
            if text.starts_with("ledger ") {
                *counts.entry(text.to_owned()).or_default() += 1;
            }
        }
    }
}

fn survive(place: &Place) {
    found(place);
    let chance = Chance::repeatable(2026);
    let number = Arc::new(AtomicU64::new(0));
    let ledger: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let (mut slowest, mut imports_killed) = (Duration::ZERO, 0);
    for round in 0..rounds() {
        let server = Server::start(place, free_port());
        slowest = slowest.max(server.ready_after);
        assert!(server.ready_after <= READY_WITHIN, "round {round}: ready after {:?}", server.ready_after);
        let mut import = place
            .command(&["import", "articles", &path(place, round / 2), "--publish"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("an import");
        let stop = Arc::new(AtomicBool::new(false));
        let readers: Vec<_> = (0..READERS)
            .map(|reader| {
                let (port, stop, number, ledger) =
                    (server.port(), Arc::clone(&stop), Arc::clone(&number), Arc::clone(&ledger));
                std::thread::spawn(move || {
                    while !stop.load(Ordering::SeqCst) {
                        let text = format!("ledger {} of reader {reader}", number.fetch_add(1, Ordering::SeqCst));
                        let fields = [("author", "قارئ"), ("email", "r@example.org"), ("comment", text.as_str())];
                        match post(port, "/2024/01/01/x/comments", &fields) {
                            Ok(answer) if answer.status == 303 => {
                                assert!(answer.location().contains("#comment-"), "{answer:?}");
                                ledger.lock().unwrap_or_else(PoisonError::into_inner).insert(text);
                            }
                            Ok(answer) => assert_eq!(answer.status, 503, "{}", answer.body),
                            // Cut off: it may be kept or not.
                            Err(_) => {}
                        }
                    }
                })
            })
            .collect();
        let [first, second] = chance.bytes::<2>();
        std::thread::sleep(Duration::from_millis(150 + u64::from(first) * 3));
        server.kill();
        std::thread::sleep(Duration::from_millis(u64::from(second) / 4));
        if round % 2 == 0 {
            imports_killed += u64::from(import.try_wait().expect("a process").is_none());
            let _ = import.kill();
            import.wait().expect("gone");
        } else {
            let status = import.wait().expect("its end");
            assert!(status.success(), "an import suffered from the death of a server");
        }
        stop.store(true, Ordering::SeqCst);
        for reader in readers {
            reader.join().expect("a reader");
        }
    }
    let server = Server::start(place, free_port());
    slowest = slowest.max(server.ready_after);
    assert!(server.ready_after <= READY_WITHIN, "at the end: ready after {:?}", server.ready_after);
    server.stop();

    let ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let kept = kept(place);
    let lost: Vec<_> = ledger.iter().filter(|text| !kept.contains_key(*text)).collect();
    let twice: Vec<_> = kept.iter().filter(|(_, count)| **count > 1).collect();
    println!(
        "{} rounds: {} comments acknowledged, {} kept, {} lost, {} doubled; {imports_killed} imports killed at work; \
         ready after {slowest:?} at most",
        rounds(),
        ledger.len(),
        kept.len(),
        lost.len(),
        twice.len()
    );
    assert!(ledger.len() as u64 > rounds() * 5, "hardly anything was acknowledged: this proves nothing");
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(twice.is_empty(), "kept twice: {twice:?}");
    assert_eq!(place.tells(&["doctor", "--json"])["well"], true);

    // The imports are run once more; nothing of them is there twice, and it is what undisturbed ones give.
    let calm = Place::new();
    found(&calm);
    for file in 0..files() {
        let receipt = place.tells(&["import", "articles", &path(place, file), "--publish", "--json"]);
        let posts = &receipt["by_type"]["post"];
        assert_eq!(
            (posts["items"].as_u64(), posts["refused"].as_u64(), posts["changed"].as_u64()),
            (Some(ARTICLES), Some(0), Some(0)),
            "{posts}"
        );
        calm.does(&["import", "articles", &path(&calm, file), "--publish"]);
    }
    let (disturbed, undisturbed) = (imported(place), imported(&calm));
    for (disturbed, undisturbed) in disturbed.iter().zip(&undisturbed) {
        assert_eq!(disturbed, undisturbed);
    }
    assert_eq!(disturbed.len(), undisturbed.len());
    assert!(undisturbed.len() as u64 > files() * ARTICLES * 5, "the imports took nothing in");
}

#[test]
fn on_sqlite() {
    survive(&Place::new());
}

#[test]
fn on_postgres() {
    let database = Database::create();
    survive(&Place::with_database(database.url()));
}

/// An export as WordPress writes it, made here.
fn export(items: u64) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>\n\
         <title>T</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>\n\
         <wp:base_blog_url>https://old.example</wp:base_blog_url>\n",
    );
    for id in 1..=items {
        let (month, day) = (id % 12 + 1, id % 28 + 1);
        let date = format!("2024-{month:02}-{day:02} 10:00:00");
        let kind = if id % 50 == 0 { "nav_menu_item" } else { "post" };
        let paragraph = format!("فقرة من المادة رقم {id} فيها كلمات كثيرة. ").repeat(20);
        text.push_str(&format!(
            "<item><title>مادة رقم {id}</title><link>https://old.example/2024/{month:02}/story-{id}/</link>\
             <dc:creator>writer-{}</dc:creator><guid isPermaLink=\"false\">https://old.example/?p={id}</guid>\
             <content:encoded><![CDATA[{paragraph}\n\n{paragraph}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
             <wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>\
             <wp:post_modified>{date}</wp:post_modified><wp:post_modified_gmt>{date}</wp:post_modified_gmt>\
             <wp:comment_status>open</wp:comment_status><wp:post_name>story-{id}</wp:post_name>\
             <wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>\
             <category domain=\"category\" nicename=\"s{}\"><![CDATA[قسم {}]]></category>\
             <wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>قارئ</wp:comment_author>\
             <wp:comment_author_email>r{id}@example.org</wp:comment_author_email>\
             <wp:comment_date>{date}</wp:comment_date><wp:comment_date_gmt>{date}</wp:comment_date_gmt>\
             <wp:comment_content>رأي في المادة {id}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>\
             <wp:comment_parent>0</wp:comment_parent></wp:comment></item>\n",
            id % 9,
            id % 7,
            id % 7,
        ));
    }
    text.push_str("</channel></rss>\n");
    text
}

/// An import is killed at any moment, again and again, and run to its end: everything is as if nobody had disturbed it.
fn an_import_goes_on(place: &Place) {
    let calm = Place::new();
    let file = calm.folder.path().join("export.xml").display().to_string();
    std::fs::write(&file, export(300)).expect("written");
    let import = ["import", "wordpress", &file];
    let out = |place: &Place| {
        let file = place.folder.path().join("out.xml");
        place.does(&["export", "wordpress", &file.display().to_string()]);
        std::fs::read_to_string(file).expect("an export")
    };
    for place in [&calm, place] {
        place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    }
    let began = std::time::Instant::now();
    calm.does(&import);
    let whole = began.elapsed();
    let chance = Chance::system();
    let (times, mut killed) = (rounds().div_ceil(2), 0);
    for _ in 0..times {
        let mut child = place.command(&import).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
        let share = f64::from(u32::from_le_bytes(chance.bytes())) / f64::from(u32::MAX);
        std::thread::sleep(whole.mul_f64(share));
        killed += u64::from(child.try_wait().expect("a process").is_none());
        child.kill().expect("killed");
        child.wait().expect("gone");
    }
    let receipt = place.tells(&["import", "wordpress", &file, "--json"]);
    assert_eq!((&receipt["refused"], &receipt["changed"]), (&0.into(), &0.into()), "{receipt}");
    println!("{killed} of {times} imports were killed at work");
    assert!(killed > 0, "none was killed at work: this proves nothing");
    let (disturbed, undisturbed) = (out(place), out(&calm));
    for (disturbed, undisturbed) in disturbed.lines().zip(undisturbed.lines()) {
        assert_eq!(disturbed, undisturbed);
    }
    assert_eq!(disturbed.len(), undisturbed.len());
    assert_eq!(place.tells(&["doctor", "--json"])["well"], true);
}

#[test]
fn an_import_of_wordpress_goes_on_on_sqlite() {
    an_import_goes_on(&Place::new());
}

#[test]
fn an_import_of_wordpress_goes_on_on_postgres() {
    let database = Database::create();
    an_import_goes_on(&Place::with_database(database.url()));
}

//! From an empty folder to a page that readers answer, on both engines.

use crate::support::binary::{Place, fixture};
use crate::support::cluster::Database;

const ADDRESS: &str = "Leser.Eins@Mail.Example.org";

fn journey(place: &Place) {
    let site = place.site();
    place.does(&[
        "init",
        "--title",
        "أخبار الصين",
        "--tagline",
        "موقع متخصص",
        "--base-url",
        "http://127.0.0.1:8080",
        "--time-zone",
        "Asia/Riyadh",
    ]);
    let page = fixture("classic.html").display().to_string();
    let receipt = place.tells(&[
        "import",
        "page",
        &page,
        "--published",
        "2020-10-23",
        "--section",
        "سياسة",
        "--publish",
        "--json",
    ]);
    assert_eq!(
        (receipt["by_type"]["post"]["items"].as_i64(), receipt["by_type"]["post"]["imported"].as_i64()),
        (Some(1), Some(1)),
        "{receipt}"
    );
    let again = place.tells(&[
        "import",
        "page",
        &page,
        "--published",
        "2020-10-23",
        "--section",
        "سياسة",
        "--publish",
        "--json",
    ]);
    assert_eq!((&again["imported"], &again["unchanged"]), (&0.into(), &again["items"]), "{again}");

    let server = place.serves();
    let moved = server.reads("/a/1");
    assert_eq!(moved.status, 301);
    let path = moved.location().to_owned();
    assert!(path.starts_with("/2020/10/23/"), "{path}");
    let article = server.reads(&path);
    assert!(
        article.status == 200
            && article.body.contains("لا تعليقات")
            && article.body.contains("لن يتم نشر عنوان بريدك الإلكتروني")
    );
    for path in [&format!("{path}feed/"), "/feed/", "/category/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9/", "/sitemap.xml"] {
        assert_eq!(server.reads(path).status, 200, "{path}");
    }
    let words = "رأي من قارئ لا يُنشر عنوانه";
    let sent = server.sends(&format!("{path}comments"), &[("author", "قارئ"), ("email", ADDRESS), ("comment", words)]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(sent.location(), format!("{path}comments/waiting/"), "the first from an address waits");
    assert!(server.reads(sent.location()).body.contains("وصل تعليقك"));
    assert!(!server.reads(&path).body.contains(words));
    // The editor decides on the command line, while the server serves.
    let waiting = place.tells(&["comments", "list", "--json"]);
    assert_eq!(
        (waiting[0]["text"].as_str(), waiting[0]["reason"].as_str()),
        (Some(words), Some("first-comment")),
        "{waiting}"
    );
    let number = waiting[0]["id"].to_string();
    assert!(place.does(&["comments", "approve", &number]).contains("published"));
    let article = server.reads(&path);
    assert!(article.body.contains(words) && article.body.contains("تعليق واحد"));
    assert!(!article.body.contains("لا تعليقات"));
    assert!(server.reads("/comments/feed/").body.contains(words));
    let second =
        server.sends(&format!("{path}comments"), &[("author", "قارئ"), ("email", ADDRESS), ("comment", "رأي ثان")]);
    assert_eq!(second.location(), format!("{path}#comment-2"), "who was approved once is known");
    assert!(server.reads(&path).body.contains("تعليقان"));
    place.does(&["comments", "spam", "2"]);
    assert!(server.reads(&path).body.contains("تعليق واحد"));

    let doctor = place.tells(&["doctor", "--json"]);
    assert_eq!(doctor["well"], true, "{doctor}");

    // The address is in no page, no log and no file.
    let local = ADDRESS.split('@').next().expect("a name").to_lowercase();
    for path in [path.as_str(), "/", "/feed/", "/comments/feed/", "/comments/feed/atom/", "/comments/feed/json/"] {
        assert!(!server.reads(path).body.to_lowercase().contains(&local), "{path}");
    }
    assert!(!server.log().to_lowercase().contains(&local), "{}", server.log());
    server.stop();
    for entry in std::fs::read_dir(&site).expect("the site").flatten().filter(|entry| entry.path().is_file()) {
        let bytes = std::fs::read(entry.path()).expect("read").to_ascii_lowercase();
        assert!(!bytes.windows(local.len()).any(|window| window == local.as_bytes()), "{}", entry.path().display());
    }

    // Everything goes into one file and comes out of it, into another place.
    let file = place.folder.path().join("backup.tar").display().to_string();
    let backup = place.tells(&["backup", &file, "--json"]);
    assert_eq!(backup["checked"], true, "{backup}");
    let elsewhere = Place::new();
    elsewhere.does(&["restore", &file, "--database", "sqlite:warraq.db"]);
    assert_eq!(elsewhere.tells(&["doctor", "--json"])["well"], true);
    let server = elsewhere.serves();
    let article = server.reads(&path);
    assert!(article.body.contains(words) && article.body.contains("تعليق واحد"), "the restored site says the same");
    server.stop();
}

#[test]
fn on_sqlite() {
    let place = Place::new();
    journey(&place);
    assert!(place.site().join("warraq.db").exists());
}

#[test]
fn on_postgres() {
    let database = Database::create();
    let place = Place::with_database(database.url());
    journey(&place);
    assert!(!place.site().join("warraq.db").exists(), "nothing of it lies in a file");
}

/// The publication remembers its database: nobody has to say it again.
#[test]
fn the_database_stands_in_the_settings() {
    let database = Database::create();
    let mut place = Place::with_database(database.url());
    place.does(&["init"]);
    place.database = None;
    assert_eq!(place.tells(&["doctor", "--json"])["well"], true);
    let server = place.serves();
    assert_eq!(server.reads("/").status, 200);
    server.stop();
}

/// A scheduled article goes out while nobody looks, also when the server was killed before its time.
#[test]
fn a_scheduled_article_goes_out_by_itself_after_a_crash() {
    let place = Place::new();
    place.does(&["init"]);
    let lines = r#"{"id":1,"title":"Tomorrow","slug":"tomorrow","paragraphs":["Text"]}"#;
    let file = place.folder.path().join("articles.jsonl");
    std::fs::write(&file, lines).expect("written");
    place.does(&["import", "articles", &file.display().to_string()]);
    let at = warraq::clock::Clock::system().now() + jiff::SignedDuration::from_secs(3);
    place.does(&["article", "schedule", "1", "--at", &at.to_string()]);
    let server = place.serves();
    assert_eq!(server.reads("/a/1").status, 404);
    server.kill();
    let server = place.serves();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(15);
    while server.reads("/a/1").status != 301 {
        assert!(std::time::Instant::now() < deadline, "it did not go out: {}", server.log());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(server.reads("/feed/").body.matches("<item>").count(), 1);
    server.stop();
}

//! Commands: what they say, what they refuse, and that a refusal leaves nothing behind.

use std::os::unix::fs::PermissionsExt as _;

use crate::support::binary::{Place, fixture};

fn founded() -> Place {
    let place = Place::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    place
}

fn file(place: &Place, name: &str, text: &str) -> String {
    let path = place.folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

/// Names and bytes of what lies in the site folder. SQLite's log and its index come and go with processes and do not count.
fn contents(place: &Place) -> Vec<(String, u64)> {
    let Ok(entries) = std::fs::read_dir(place.site()) else { return Vec::new() };
    let mut found: Vec<_> = entries
        .flatten()
        .map(|entry| (entry.file_name().display().to_string(), entry.metadata().map_or(0, |meta| meta.len())))
        .filter(|(name, _)| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    found.sort();
    found
}

#[test]
fn init_refuses_what_cannot_be_a_publication_and_writes_nothing() {
    let place = Place::new();
    place.refuses(&["init", "--language", "klingonisch!"], "language tag");
    place.refuses(&["init", "--base-url", "example.org"], "https://");
    place.refuses(&["init", "--base-url", "https://example.org/news"], "root of its domain");
    place.refuses(&["init", "--time-zone", "Mars/Base"], "time zone");
    place.refuses(&["init", "--permalink", "/%year%/"], "%postname%");
    place.refuses(&["init", "--title", "  "], "--title");
    place.refuses(&["init", "--from", "nothing.toml"], "nothing.toml");
    let plan = file(&place, "plan.toml", "title = \"x\"\ncolour = \"red\"\n");
    place.refuses(&["init", "--from", &plan], "colour");
    let plan = file(&place, "plan.toml", "[settings.comments]\nhold_al = true\n");
    place.refuses(&["init", "--from", &plan], "hold_al");
    place.refuses(&["init", "--database", "mysql://x"], "sqlite:PATH");
    assert_eq!(contents(&place), []);
    assert!(!place.site().exists(), "not even the folder");
}

#[test]
fn init_takes_everything_from_a_file() {
    let place = Place::new();
    let plan = file(
        &place,
        "plan.toml",
        r#"title = "أخبار"
language = "ar"
time_zone = "Asia/Riyadh"
permalink = "/%postname%/"
[settings]
per_page = 3
digits = "arab"
[settings.comments]
hold_all = true
"#,
    );
    place.does(&["init", "--from", &plan, "--tagline", "سطر"]);
    let again = contents(&place);
    place.refuses(&["init"], "already");
    assert_eq!(contents(&place), again);
    let server = place.serves();
    let front = server.reads("/");
    assert!(front.body.contains("<title>أخبار - سطر</title>"), "{}", front.body);
    server.stop();
}

#[test]
fn keys_and_drafts_are_nobody_elses_business() {
    let place = founded();
    let mode = |path: &str| std::fs::metadata(place.site().join(path)).expect(path).permissions().mode() & 0o777;
    assert_eq!((mode("keys"), mode("keys/identity.key")), (0o700, 0o600));
    assert_eq!(mode("."), 0o700);
    std::fs::set_permissions(place.site().join("keys/identity.key"), std::fs::Permissions::from_mode(0o644))
        .expect("opened");
    let said = place.warraq(&["doctor"]);
    assert!(said.status != 0 && said.err.contains("chmod 600"), "{said:?}");
}

#[test]
fn a_folder_that_is_no_site_is_said() {
    let place = Place::new();
    for command in [
        &["serve"][..],
        &["doctor"],
        &["comments", "list"],
        &["backup", "x.tar"],
        &["import", "page", "x.html"],
        &["front", "show"],
    ] {
        let said = place.warraq(command);
        assert_ne!(said.status, 0, "{command:?}");
        assert!(said.err.contains("warraq init"), "{command:?} does not say what to do: {}", said.err);
        assert_eq!(said.out, "");
    }
    assert!(!place.site().exists());
}

#[test]
fn settings_that_nobody_knows_are_refused_with_their_line() {
    let place = founded();
    std::fs::write(place.site().join("warraq.toml"), "listen = \"127.0.0.1:1\"\nworkerz = 3\n").expect("written");
    let said = place.warraq(&["doctor"]);
    assert!(said.status != 0 && said.err.contains("workerz") && said.err.contains("line 2"), "{said:?}");
}

#[test]
fn import_page_says_what_it_could_not_read() {
    let place = founded();
    let before = contents(&place);
    place.refuses(&["import", "page", "nothing.html"], "nothing.html");
    let page = fixture("classic.html").display().to_string();
    place.refuses(&["import", "page", &page, "--published", "yesterday"], "YYYY-MM-DD");
    let empty = file(&place, "empty.html", "");
    place.refuses(&["import", "page", &empty], "empty.html");
    assert_eq!(contents(&place).len(), before.len());
    assert_eq!(place.tells(&["article", "list", "--json"]), serde_json::json!([]));
    // One good page among bad ones is taken; the receipt says the rest.
    let receipt = place.tells(&["import", "page", &empty, &page, "--json"]);
    let posts = &receipt["by_type"]["post"];
    assert_eq!((posts["items"].as_i64(), posts["refused"].as_i64()), (Some(2), Some(1)), "{receipt}");
    assert_eq!(
        receipt["warnings"][0]["item"].as_str().map(|item| item.ends_with("empty.html")),
        Some(true),
        "{receipt}"
    );
}

#[test]
fn every_page_of_the_fixtures_comes_in_and_shows_its_headline() {
    let place = founded();
    let folder = fixture("");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("fixtures")
        .flatten()
        .map(|entry| entry.path().display().to_string())
        .collect();
    files.sort();
    assert!(files.len() > 10);
    let mut args = vec!["import", "page"];
    args.extend(files.iter().map(String::as_str));
    args.extend(["--published", "2024-05-06", "--publish", "--json"]);
    let receipt = place.tells(&args);
    assert_eq!(receipt["by_type"]["post"]["imported"].as_u64(), Some(files.len() as u64), "{receipt}");
    let server = place.serves();
    for number in 1..=files.len() {
        let path = server.reads(&format!("/a/{number}")).location().to_owned();
        let page = server.reads(&path);
        assert_eq!(page.status, 200, "{path}");
        for furniture in ["wp-comments-post", "<form class=\"search", "اترك تعليقا"] {
            let prose = page
                .body
                .split("class=\"prose\"")
                .nth(1)
                .and_then(|rest| rest.split("<aside").next())
                .unwrap_or_default();
            assert!(!prose.contains(furniture), "{path} has {furniture} in its text");
        }
    }
    server.stop();
}

#[test]
fn a_receipt_can_be_read_however_much_is_odd() {
    let place = founded();
    let file = place.folder.path().join("bad.jsonl");
    std::fs::write(&file, "{\n".repeat(25)).expect("written");
    let said = place.does(&["import", "articles", &file.display().to_string()]);
    assert_eq!(said.matches("(line)").count(), 20, "{said}");
    assert!(
        said.contains("line 20: ") && !said.contains("line 21: ") && said.contains("and 5 more of the kind «line»")
    );
    assert!(!said.contains("old addresses"), "{said}");
    let export = fixture("../wordpress/small.xml").display().to_string();
    let said = place.does(&["import", "wordpress", &export]);
    assert!(said.contains("old addresses answer here") && !said.contains("line 0"), "{said}");
}

#[test]
fn import_articles_goes_on_after_bad_lines_and_says_where_they_are() {
    let place = founded();
    let lines = r#"{"id":1,"title":"One","slug":"one","date":"2024-01-01","paragraphs":["x"]}
not json

{"id":2,"title":"Two","paragraphs":["y"],"colour":1}
{"id":3,"title":"Three","slug":"three","date":"2024-01-02","paragraphs":["z"]}"#;
    let path = file(&place, "articles.jsonl", lines);
    let receipt = place.tells(&["import", "articles", &path, "--publish", "--json"]);
    let post = &receipt["by_type"]["post"];
    assert_eq!(
        (post["imported"].as_i64(), post["refused"].as_i64(), post["items"].as_i64()),
        (Some(2), Some(2), Some(4)),
        "{receipt}"
    );
    let found: Vec<_> =
        receipt["warnings"].as_array().expect("a list").iter().map(|warning| warning["line"].as_i64()).collect();
    assert_eq!(found, [Some(2), Some(4)]);
    let again = place.tells(&["import", "articles", &path, "--publish", "--json"]);
    assert_eq!(
        (again["imported"].as_i64(), again["by_type"]["post"]["unchanged"].as_i64()),
        (Some(0), Some(2)),
        "{again}"
    );
    place.refuses(&["import", "articles", "nothing.jsonl"], "nothing.jsonl");
    // A picture that lies elsewhere is not fetched.
    let path = file(
        &place,
        "evil.jsonl",
        "{\"id\":9,\"title\":\"Nine\",\"paragraphs\":[\"x\"],\"lead_picture\":{\"file\":\"../../../etc/passwd\"}}",
    );
    let receipt = place.tells(&["import", "articles", &path, "--json"]);
    assert_eq!(receipt["warnings"][0]["code"], "picture", "{receipt}");
}

#[test]
fn a_file_whose_first_article_was_corrected_is_still_the_same_source() {
    let place = founded();
    let line = |id: i64, text: &str| {
        format!("{{\"id\":{id},\"title\":\"Story {id}\",\"date\":\"2024-01-0{id}\",\"paragraphs\":[\"{text}\"]}}\n")
    };
    let path = file(&place, "articles.jsonl", &format!("{}{}", line(1, "one"), line(2, "two")));
    place.tells(&["import", "articles", &path, "--publish", "--json"]);
    file(&place, "articles.jsonl", &format!("{}{}", line(1, "one, corrected"), line(2, "two")));
    let receipt = place.tells(&["import", "articles", &path, "--publish", "--json"]);
    let post = &receipt["by_type"]["post"];
    assert_eq!(
        (post["imported"].as_i64(), post["changed"].as_i64(), post["unchanged"].as_i64()),
        (Some(0), Some(1), Some(1)),
        "{receipt}"
    );
}

#[test]
fn accounts_are_opened_once() {
    let place = founded();
    let said = place.hears(
        &["user", "add", "A@Example.org", "--name", "سلمى", "--role", "owner", "--password-stdin"],
        "a long password\n",
    );
    assert_eq!(said.status, 0, "{said:?}");
    assert!(!said.out.to_lowercase().contains("example.org"), "the address is not repeated: {}", said.out);
    let again = place.warraq(&["user", "add", "a@example.ORG", "--name", "x", "--role", "editor"]);
    assert!(again.status != 0 && again.err.contains("already"), "{again:?}");
    place.refuses(&["user", "add", "nobody", "--name", "x", "--role", "editor"], "e-mail");
    place.refuses(
        &["user", "add", "b@example.org", "--name", "x", "--role", "king"],
        "owner, editor, author or contributor",
    );
    let short =
        place.hears(&["user", "add", "b@example.org", "--name", "x", "--role", "author", "--password-stdin"], "short");
    assert!(short.status == 2 && short.err.contains("too short"), "{short:?}");
}

#[test]
fn comments_that_do_not_exist_are_said() {
    let place = founded();
    place.refuses(&["comments", "list", "--status", "loud"], "held, published, hidden or spam");
    assert_eq!(place.tells(&["comments", "list", "--json"]), serde_json::json!([]));
    let said = place.warraq(&["comments", "approve", "7"]);
    assert!(said.status != 0 && said.err.contains("comment 7"), "{said:?}");
    assert_eq!(place.warraq(&["comments", "approve"]).status, 2);
}

#[test]
fn the_front_is_arranged_on_the_command_line() {
    let place = founded();
    let lines: String = (1..=7)
        .map(|id| {
            format!("{{\"id\":{id},\"title\":\"Story {id}\",\"date\":\"2024-01-0{id}\",\"paragraphs\":[\"x\"]}}\n")
        })
        .collect();
    let path = file(&place, "articles.jsonl", &lines);
    place.does(&["import", "articles", &path, "--publish"]);
    place.does(&["front", "set", "3", "1"]);
    assert_eq!(place.does(&["front", "show"]), "1\t3\tStory 3\n2\t1\tStory 1\n");
    place.refuses(&["front", "set", "1", "2", "3", "4", "5", "6"], "places");
    let said = place.warraq(&["front", "set", "99"]);
    assert!(said.status != 0 && said.err.contains("article 99"), "{said:?}");
    assert!(place.does(&["front", "show"]).contains("Story 3"), "nothing moved");
    place.does(&["front", "set"]);
    assert!(place.does(&["front", "show"]).contains("nothing is pinned"));
}

#[test]
fn a_backup_is_not_written_over_anything_and_a_bad_one_is_not_restored() {
    let place = founded();
    let file_name = place.folder.path().join("backup.tar").display().to_string();
    place.does(&["backup", &file_name]);
    let mode = std::fs::metadata(&file_name).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "it holds the keys");
    place.refuses(&["backup", &file_name], "already");
    place.refuses(&["restore", &file_name], "not empty");
    let elsewhere = Place::new();
    let whole = std::fs::read(&file_name).expect("read");
    let cut = file(&elsewhere, "x", "");
    for keep in [0, 700, whole.len() / 3, whole.len() * 2 / 3] {
        std::fs::write(&cut, &whole[..keep]).expect("written");
        elsewhere.refuses(&["restore", &cut], "backup");
        assert!(!elsewhere.site().exists(), "{keep} bytes of a backup left something behind");
    }
    elsewhere.refuses(&["restore", "nothing.tar"], "nothing.tar");
    let left: Vec<_> = std::fs::read_dir(place.folder.path())
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name().display().to_string())
        .collect();
    assert!(left.iter().all(|name| !name.ends_with("part")), "{left:?}");
}

#[test]
fn doctor_finds_what_is_not_well() {
    let place = founded();
    assert!(place.does(&["doctor"]).contains("✓ database"));
    let connection = rusqlite::Connection::open(place.site().join("warraq.db")).expect("opened");
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF; INSERT INTO listing_counts (list, key, n) VALUES (1, 0, 7);
             INSERT INTO jobs (id, kind, payload, state, run_at, created_at, last_error)
               VALUES (1, 'x', '{}', 'parked', 0, 0, 'why')",
        )
        .expect("damaged");
    let said = place.warraq(&["doctor", "--json"]);
    assert_eq!(said.status, 1, "{said:?}");
    let found: serde_json::Value = serde_json::from_str(&said.out).expect("one JSON document");
    assert_eq!(found["well"], false);
    let bad: Vec<_> = found["checks"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|check| check["well"] == false)
        .map(|check| check["check"].to_string())
        .collect();
    assert_eq!(bad, ["\"counters\"", "\"queue\""]);
}

#[test]
fn a_server_that_cannot_listen_says_so() {
    let place = founded();
    let server = place.serves();
    let said = place.warraq(&["serve", "--listen", &format!("127.0.0.1:{}", server.port())]);
    assert!(said.status == 1 && said.err.contains("--listen"), "{said:?}");
    server.stop();
}

#[test]
fn nonsense_is_refused_with_help() {
    let place = Place::new();
    for args in [&["frobnicate"][..], &["serve", "--colour"], &["import"], &[]] {
        let said = place.warraq(args);
        assert_eq!(said.status, 2, "{args:?}: {said:?}");
        assert!(said.err.contains("Usage"), "{args:?}: {said:?}");
    }
}

#[test]
fn a_text_tells_who_said_what() {
    let place = Place::new();
    let text = "زار الرئيس الصيني روسيا في يونيو 2019.\n\nوقال بوتين يوم الخميس: «نثق بعضنا ببعض».\n";
    let path = file(&place, "story.txt", text);
    let found = place.tells(&["dossier", "extract", &path, "--published", "2020-10-23", "--json"]);
    let said = &found["quotations"][0];
    assert_eq!((&said["kind"], &said["speaker"]), (&"verbatim".into(), &"vladimir-putin".into()), "{found}");
    let (start, end) = (said["start"].as_u64().expect("a number"), said["end"].as_u64().expect("a number"));
    let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(words, "نثق بعضنا ببعض");
    let event = &found["events"][0];
    assert_eq!(
        (&event["kind"], &event["from"], &event["to"]),
        (&"visit".into(), &"xi-jinping".into(), &"russia".into())
    );
    assert_eq!((&event["date"], &found["dates"][1]["value"]), (&"2019-06".into(), &"2020-10-22".into()));
    assert!(place.does(&["dossier", "extract", &path, "--published", "2020-10-23"]).contains("vladimir-putin: نثق"));
    place.refuses(&["dossier", "extract", &path, "--published", "yesterday"], "YYYY-MM-DD");
    place.refuses(&["dossier", "extract", "nothing.txt", "--published", "2020-10-23"], "nothing.txt");
}

//! A site that Ghost exported comes in: what everybody could read is there, what was for members is not.

use crate::support::binary::{Place, fixture};
use crate::support::cluster::Database;

/// The name by which feeds of Ghost know its first article.
const FIRST: &str = "64a0c0ffee00000000000001";

fn export() -> String {
    fixture("../ghost/small.json").display().to_string()
}

fn counts(receipt: &serde_json::Value, kind: &str) -> [u64; 5] {
    ["items", "imported", "changed", "unchanged", "refused"]
        .map(|fate| receipt["by_type"][kind][fate].as_u64().unwrap_or_default())
}

fn codes(receipt: &serde_json::Value) -> Vec<&str> {
    receipt["warnings"].as_array().into_iter().flatten().filter_map(|warning| warning["code"].as_str()).collect()
}

fn moves_in(place: &Place) {
    place.does(&["init", "--title", "دفتر البحر", "--time-zone", "Asia/Riyadh"]);
    let content = place.folder.path().join("content");
    std::fs::create_dir_all(content.join("images/2023/03")).expect("a folder");
    for (name, width) in [("lead", 900), ("deck", 901)] {
        let file = content.join(format!("images/2023/03/{name}.png"));
        std::fs::write(file, crate::desk::media::picture(width, 600)).expect("written");
    }
    let (file, content) = (export(), content.display().to_string());
    let import = ["import", "ghost", &file, "--publish", "--content", &content, "--json"];

    let tried = place.tells(&[&import[..], &["--dry-run"]].concat());
    assert_eq!(place.tells(&["article", "list", "--status", "published", "--json"]), serde_json::json!([]));
    let receipt = place.tells(&import);
    assert_eq!(receipt, tried, "a dry run says the same");
    assert_eq!(counts(&receipt, "post"), [5, 5, 0, 0, 0], "{receipt}");
    assert_eq!(counts(&receipt, "page"), [1, 1, 0, 0, 0]);
    assert_eq!(counts(&receipt, "category"), [1, 1, 0, 0, 0], "the tag of the menu");
    assert_eq!(counts(&receipt, "tag"), [2, 1, 0, 0, 1], "one is for editors alone");
    assert_eq!(counts(&receipt, "author"), [2, 2, 0, 0, 0]);
    assert_eq!(counts(&receipt, "attachment"), [2, 2, 0, 0, 0], "each once, in whatever size");
    for code in ["members", "body", "code", "internal-tag", "left-out", "permalink"] {
        assert!(codes(&receipt).contains(&code), "{code}: {receipt}");
    }
    // The address of what only members could read is the one that does not answer.
    let silent: Vec<&serde_json::Value> =
        receipt["warnings"].as_array().into_iter().flatten().filter(|warning| warning["code"] == "address").collect();
    assert!(matches!(silent[..], [one] if one["item"] == "/for-members/"), "{receipt}");
    let (old, answer) = (receipt["addresses"]["old"].as_u64(), receipt["addresses"]["answer"].as_u64());
    assert_eq!(old, answer.map(|answer| answer + 1), "{receipt}");

    let again = place.tells(&import);
    let fates = ["imported", "changed", "refused"].map(|fate| again[fate].clone());
    assert_eq!(fates, [0, 0, 1].map(serde_json::Value::from), "{again}");

    let server = place.serves();
    let story = server.reads("/ship-arrives/");
    assert_eq!(story.status, 200);
    for part in [
        "سفينة تصل إلى المرفأ",
        "حملت شايا وخزفا",
        "ليلى حسن",
        "على السطح",
        "سفينة عند الرصيف",
        "سفينة الشاي",
        "https://video.example/embed/1",
        "/tag/sea/",
        "/category/economy/",
    ] {
        assert!(story.body.contains(part), "{part}: {}", story.body);
    }
    assert!(story.body.find("ليلى حسن") < story.body.find("سامي"), "in their order");
    for hidden in ["__GHOST_URL__", "track()", "<iframe", "example.org", "/content/images/"] {
        assert!(!story.body.contains(hidden), "{hidden}: {}", story.body);
    }
    for secret in ["/for-members/", "/unfinished/", "/later/"] {
        assert_eq!(server.reads(secret).status, 404, "{secret}");
    }
    assert!(!server.reads("/").body.contains("للمشتركين"));
    assert!(server.reads("/about/").body.contains("دفتر البحر"));
    for (from, to) in [
        ("/tag/economy/", "/category/economy/"),
        ("/tag/economy/rss/", "/category/economy/feed/"),
        ("/author/layla/rss/", "/author/layla/feed/"),
        ("/rss/", "/feed/"),
    ] {
        let answer = server.reads(from);
        assert_eq!((answer.status, answer.location()), (301, to), "{from}");
        assert_eq!(server.reads(to).status, 200, "{to}");
    }
    let picture = server.reads("/content/images/2023/03/deck.png");
    assert!(picture.status == 301 && picture.location().starts_with("/media/"), "{}", picture.location());
    assert!(server.reads("/feed/").body.contains(FIRST), "readers of the old feed know it already");
    server.stop();
    let waiting = place.does(&["article", "list", "--status", "scheduled"]);
    assert!(waiting.contains("خبر لم يحن وقته") && waiting.contains("2097-03-06"), "{waiting}");
}

#[test]
fn on_sqlite() {
    moves_in(&Place::new());
}

#[test]
fn on_postgres() {
    let database = Database::create();
    moves_in(&Place::with_database(database.url()));
}

#[test]
fn without_being_asked_nothing_is_published() {
    let place = Place::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let receipt = place.tells(&["import", "ghost", &export(), "--site", "https://old.example/", "--json"]);
    assert_eq!(counts(&receipt, "post"), [5, 5, 0, 0, 0], "{receipt}");
    assert_eq!(counts(&receipt, "attachment"), [2, 0, 0, 0, 2]);
    assert_eq!(receipt["addresses"]["old"], 0);
    let listed = place.tells(&["article", "list", "--status", "published", "--json"]);
    assert_eq!(listed, serde_json::json!([]));
    let published =
        place.tells(&["import", "ghost", &export(), "--publish", "--site", "https://old.example", "--json"]);
    assert_eq!(counts(&published, "post"), [5, 0, 2, 3, 0], "those that everybody could read: {published}");

    place.refuses(&["import", "ghost", "nowhere.json"], "nowhere.json");
    place.refuses(&["import", "ghost", &export(), "--content", "nowhere"], "nowhere");
    place.refuses(&["import", "ghost", &export(), "--site", "old.example"], "https://old.example");
    let other = place.folder.path().join("x.json");
    std::fs::write(&other, "{}").expect("written");
    place.refuses(&["import", "ghost", &other.display().to_string()], "posts");
}

#[test]
fn pictures_come_later_from_where_they_were() {
    let place = Place::new();
    let host = crate::support::host::Host::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let settings = place.site().join("warraq.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(&settings, format!("{text}\n[fetch]\nallow = [\"127.0.0.1\"]\npause = 0\n")).expect("written");
    let (file, origin) = (export(), host.origin());
    let import = ["import", "ghost", &file, "--publish", "--site", &origin, "--json"];
    assert_eq!(counts(&place.tells(&import), "attachment"), [2, 0, 0, 0, 2]);
    for (name, width) in [("lead", 900), ("deck", 901)] {
        host.has(&format!("/content/images/2023/03/{name}.png"), crate::desk::media::picture(width, 600));
    }
    let brought = place.tells(&["import", "media", "--missing", "--json"]);
    assert_eq!(counts(&brought, "attachment"), [2, 2, 0, 0, 0], "{brought}");
    assert_eq!(counts(&brought, "post"), [1, 0, 1, 0, 0]);
    let again = place.tells(&import);
    let fates = ["imported", "changed", "refused"].map(|fate| again[fate].clone());
    assert_eq!(fates, [0, 0, 1].map(serde_json::Value::from), "{again}");
    let server = place.serves();
    let story = server.reads("/ship-arrives/");
    assert!(!story.body.contains("/content/images/"), "{}", story.body);
    assert!(story.body.contains("سفينة عند الرصيف"));
    server.stop();
}

//! Wire copy comes in from feeds.

use crate::support::binary::Place;
use crate::support::cluster::Database;
use crate::support::host::Host;

const STORY: &str = "وصل وزير الخارجية الصيني إلى القاهرة يوم الخميس في زيارة رسمية تستغرق يومين، يلتقي خلالها نظيره المصري \
                     لبحث التعاون في مجالات الطاقة والتجارة وتطوير المنطقة الاقتصادية لقناة السويس، بحسب ما ذكرت الوكالة";

fn counts(receipt: &serde_json::Value) -> [u64; 5] {
    ["items", "imported", "changed", "unchanged", "refused"]
        .map(|fate| receipt["by_type"]["post"][fate].as_u64().unwrap_or_default())
}

fn feed(name: &str, items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(guid, title, text)| {
            format!(
                "<item><title>{title}</title><link>https://wire.example/{guid}</link><guid isPermaLink='false'>{guid}</guid>\
                 <pubDate>Thu, 22 Oct 2020 18:00:00 +0000</pubDate><description><![CDATA[<p>{text}</p><script>alert(1)</script>]]></description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>{name}</title><link>https://wire.example/</link>\
         <description>x</description><copyright>بشروط {name}</copyright>{items}</channel></rss>"
    )
}

fn comes_in(place: &Place) {
    let host = Host::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let settings = place.site().join("warraq.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(&settings, format!("{text}\n[fetch]\nallow = [\"127.0.0.1\"]\npause = 0\n")).expect("written");
    let address = format!("{}/feed/", host.origin());
    host.has("/feed/", feed("وكالة أولى", &[("1", "وزير في القاهرة", STORY), ("2", "خبر قصير", "نص قصير")]));
    let import = ["import", "feed", &address, "--publish", "--json"];
    assert_eq!(counts(&place.tells(&import)), [2, 2, 0, 0, 0]);
    assert_eq!(counts(&place.tells(&import)), [2, 0, 0, 2, 0], "the second run changes nothing");

    // A newer version, and nobody here changed it.
    host.has("/feed/", feed("وكالة أولى", &[("1", "وزير في القاهرة", STORY), ("2", "خبر قصير", "نص أطول من ذي قبل")]));
    assert_eq!(counts(&place.tells(&import)), [2, 0, 1, 1, 0]);

    // The same story from another source, written a little otherwise.
    let other = place.folder.path().join("other.xml");
    let again = format!("القاهرة (وكالات): {}", STORY.replace('أ', "ا").replace("يوم الخميس", "أمس"));
    std::fs::write(&other, feed("وكالة ثانية", &[("7", "زيارة صينية", &again), ("8", "خبر آخر", "نص آخر")]))
        .expect("written");
    let import = ["import", "feed", &other.display().to_string(), "--publish", "--json"];
    let receipt = place.tells(&import);
    assert_eq!(counts(&receipt), [2, 2, 0, 0, 0], "{receipt}");
    let twin = receipt["warnings"].as_array().into_iter().flatten().find(|warning| warning["code"] == "duplicate");
    let twin = twin.unwrap_or_else(|| panic!("{receipt}"));
    assert_eq!(twin["item"], "urn:warraq:feed:wire.example:7");
    let drafts = place.tells(&["article", "list", "--json"]);
    assert_eq!(drafts[0]["headline"], "زيارة صينية", "{drafts}");
    let receipt = place.tells(&import);
    assert_eq!(counts(&receipt), [2, 0, 0, 2, 0], "it stays a draft: {receipt}");
    assert_eq!(place.tells(&["article", "list", "--status", "published", "--json"]).as_array().map(Vec::len), Some(3));

    let server = place.serves();
    let page = server.reads("/a/1");
    let page = server.reads(page.location());
    for part in ["وكالة أولى", "https://wire.example/1", "بشروط وكالة أولى", "noindex"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("alert(1)"));
    server.stop();
    place.refuses(&["import", "feed", "nowhere.xml"], "nowhere.xml");
    let no_feed = place.folder.path().join("x.html");
    std::fs::write(&no_feed, "<html></html>").expect("written");
    place.refuses(&["import", "feed", &no_feed.display().to_string()], "it is no feed");
}

/// A story holds back another only while readers see it.
fn twins(place: &Place) {
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let file = |name: &str, guid: &str| {
        let path = place.folder.path().join(name);
        std::fs::write(&path, feed(name, &[(guid, guid, STORY)])).expect("written");
        path.display().to_string()
    };
    let (one, two) = (file("one.xml", "1"), file("two.xml", "2"));
    let published = || place.tells(&["article", "list", "--status", "published", "--json"]).as_array().map(Vec::len);
    let is_told = |receipt: &serde_json::Value| receipt.to_string().contains("duplicate");
    // The first is a draft: the second is told of it, and goes out.
    place.does(&["import", "feed", &one]);
    assert!(is_told(&place.tells(&["import", "feed", &two, "--publish", "--json"])));
    assert_eq!(published(), Some(1));
    // Now the first would be the second.
    let receipt = place.tells(&["import", "feed", &one, "--publish", "--json"]);
    assert_eq!((counts(&receipt), published()), ([1, 0, 0, 1, 0], Some(1)), "{receipt}");
    assert!(is_told(&receipt), "{receipt}");
    assert!(!is_told(&place.tells(&["import", "feed", &one, "--publish", "--json"])), "it is told once");
    // What readers no longer see holds nothing back.
    place.does(&["article", "withdraw", "2", "--reason", "خطأ"]);
    let receipt = place.tells(&["import", "feed", &one, "--publish", "--json"]);
    assert_eq!((counts(&receipt), published()), ([1, 0, 1, 0, 0], Some(1)), "{receipt}");
}

#[test]
fn only_what_readers_see_holds_back_a_twin() {
    twins(&Place::new());
    twins(&Place::with_database(Database::create().url()));
}

#[test]
fn what_has_no_name_comes_once() {
    let place = Place::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let path = place.folder.path().join("bare.xml");
    let items = "<item><title>خبر</title><description>نص</description></item><item><title>خبر</title><description>آخر</description></item>";
    std::fs::write(&path, format!("<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"))
        .expect("written");
    let import = ["import", "feed", &path.display().to_string(), "--json"];
    assert_eq!(counts(&place.tells(&import)), [2, 2, 0, 0, 0]);
    assert_eq!(counts(&place.tells(&import)), [2, 0, 0, 2, 0]);
    // More than is taken at a time is counted and told.
    let items: String = (0..1_003).map(|n| format!("<item><title>خبر {n}</title><guid>{n}</guid></item>")).collect();
    std::fs::write(&path, format!("<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"))
        .expect("written");
    let receipt = place.tells(&import);
    assert_eq!(counts(&receipt), [1_003, 1_000, 0, 0, 3]);
    assert!(receipt.to_string().contains("3 stories more"), "{}", receipt["warnings"]);
}

#[test]
fn a_feed_comes_in_on_sqlite() {
    comes_in(&Place::new());
}

#[test]
fn a_feed_comes_in_on_postgres() {
    let database = Database::create();
    comes_in(&Place::with_database(database.url()));
}

//! A site that WordPress exported comes in: what readers saw is there, what they did not see is not.

use std::io::Write as _;
use std::path::Path;

use crate::support::binary::{Place, fixture};
use crate::support::cluster::Database;

fn export() -> String {
    fixture("../wordpress/small.xml").display().to_string()
}

fn counts(receipt: &serde_json::Value, kind: &str) -> [u64; 5] {
    ["items", "imported", "changed", "unchanged", "refused"]
        .map(|fate| receipt["by_type"][kind][fate].as_u64().unwrap_or_default())
}

fn moves_in(place: &Place) {
    place.does(&["init", "--title", "دفتر البحر", "--time-zone", "Asia/Riyadh"]);
    let receipt = place.tells(&["import", "wordpress", &export(), "--json"]);
    assert_eq!(counts(&receipt, "post"), [3, 3, 0, 0, 0], "{receipt}");
    assert_eq!(counts(&receipt, "page"), [1, 1, 0, 0, 0]);
    assert_eq!(counts(&receipt, "comment"), [2, 2, 0, 0, 0]);
    assert_eq!(counts(&receipt, "category"), [2, 2, 0, 0, 0]);
    assert_eq!(counts(&receipt, "tag"), [1, 1, 0, 0, 0]);
    assert_eq!(counts(&receipt, "author"), [1, 1, 0, 0, 0]);
    assert_eq!(counts(&receipt, "attachment"), [1, 0, 0, 0, 1]);
    assert_eq!(counts(&receipt, "menu-item"), [2, 2, 0, 0, 0], "two of one name are two");
    let codes: Vec<&str> =
        receipt["warnings"].as_array().into_iter().flatten().filter_map(|w| w["code"].as_str()).collect();
    for code in ["bare-ampersand", "not-public", "media", "permalink"] {
        assert!(codes.contains(&code), "{code}: {receipt}");
    }
    let (old, answer) = (receipt["addresses"]["old"].as_u64(), receipt["addresses"]["answer"].as_u64());
    // The files of the picture are what does not answer without them.
    let silent = codes.iter().filter(|code| **code == "address").count() as u64;
    assert!(old > Some(20) && answer == old.map(|old| old - silent), "{receipt}");
    let again = place.tells(&["import", "wordpress", &export(), "--json", "--skip-addresses"]);
    assert_eq!(
        (&again["imported"], &again["changed"], &again["refused"]),
        (&0.into(), &0.into(), &1.into()),
        "{again}"
    );

    let server = place.serves();
    let story = server.reads("/2019/03/%d8%b3%d9%81%d9%8a%d9%86%d8%a9/");
    assert_eq!(story.status, 200, "the old address, in small letters");
    for part in
        ["سفينة تصل إلى المرفأ", "حملت شايا وخزفا", "ليلى حسن", "تعليق واحد", "خبر جميل", "/category/economy/trade/"]
    {
        assert!(story.body.contains(part), "{part}");
    }
    for hidden in ["اشتر الآن", "example.org", "<!-- wp:"] {
        assert!(!story.body.contains(hidden), "{hidden}");
    }
    assert_eq!(server.reads("/2019/03/secret/").status, 404);
    assert_eq!(server.reads("/?p=12").status, 404);
    assert_eq!(server.reads("/?p=11").status, 301);
    assert!(story.body.contains("id=\"comment-21\""), "comments keep their numbers");
    assert!(server.reads("/about/").body.contains("<p>سطر ثان</p>"));
    server.stop();
    let waiting = place.does(&["article", "list", "--status", "scheduled"]);
    assert!(waiting.contains("خبر لم يحن وقته") && waiting.contains("2097-03-06"), "{waiting}");
    let comments = place.does(&["comments", "list", "--status", "spam"]);
    assert!(comments.contains("اشتر الآن"), "{comments}");
}

#[test]
fn pictures_come_from_the_folder_of_uploads() {
    let place = Place::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let uploads = place.folder.path().join("uploads");
    std::fs::create_dir_all(uploads.join("2019/03")).expect("a folder");
    std::fs::write(uploads.join("2019/03/ship.jpg"), crate::desk::media::picture(900, 600)).expect("written");
    let import = ["import", "wordpress", &export(), "--uploads", &uploads.display().to_string(), "--json"];
    let receipt = place.tells(&import);
    assert_eq!(counts(&receipt, "attachment"), [1, 1, 0, 0, 0], "{receipt}");
    assert_eq!(receipt["addresses"]["old"], receipt["addresses"]["answer"], "{receipt}");
    let again = place.tells(&import);
    assert_eq!(
        (&again["imported"], &again["changed"], &again["refused"]),
        (&0.into(), &0.into(), &0.into()),
        "{again}"
    );

    let server = place.serves();
    let story = server.reads("/2019/03/%d8%b3%d9%81%d9%8a%d9%86%d8%a9/");
    assert!(!story.body.contains("old.example") && story.body.matches("src=\"/media/").count() == 2, "{}", story.body);
    for old in [
        "/wp-content/uploads/2019/03/ship.jpg",
        "/wp-content/uploads/2019/03/ship-300x200.jpg",
        "/?attachment_id=14",
        "/?p=14",
        "/ship/",
    ] {
        let answer = server.reads(old);
        assert_eq!(answer.status, 301, "{old}");
        assert!(answer.location().starts_with("/media/"), "{old}: {}", answer.location());
    }
    assert_eq!(server.reads(server.reads("/?cat=2").location()).status, 200, "a category by its number");
    assert!(server.reads("/?cat=2").location().ends_with("/category/economy/"));
    assert_eq!(server.reads("/?cat=99").status, 200, "a number that nobody had changes nothing");
    assert_eq!(server.reads("/wp-content/uploads/2019/03/other.jpg").status, 404);
    server.stop();
    place.refuses(&["import", "wordpress", &export(), "--uploads", "nowhere"], "nowhere");
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
fn a_dry_run_says_the_same_and_writes_nothing() {
    for place in [Place::new(), Place::with_database(Database::create().url())] {
        place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
        // Left by one that was killed; and one that is still at work.
        std::fs::create_dir_all(place.site().join("dry-run-0/media")).expect("a folder");
        let at_work = place.site().join("dry-run-1");
        std::fs::create_dir(&at_work).expect("a folder");
        let lock = std::fs::File::create(at_work.join("in-use.lock")).expect("a file");
        lock.lock().expect("locked");
        let tried = place.tells(&["import", "wordpress", &export(), "--dry-run", "--json"]);
        let listed = place.tells(&["article", "list", "--status", "published", "--json"]);
        assert_eq!(listed, serde_json::json!([]));
        let left: Vec<_> =
            std::fs::read_dir(place.site()).expect("a folder").flatten().map(|file| file.file_name()).collect();
        let copies: Vec<_> = left.iter().filter(|name| name.to_string_lossy().starts_with("dry-run")).collect();
        assert_eq!(copies, ["dry-run-1"]);
        assert_eq!(place.tells(&["import", "wordpress", &export(), "--json"]), tried);
    }
}

#[test]
fn a_packed_export_is_read_too() {
    let place = Place::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let packed = place.folder.path().join("small.xml.gz");
    let mut writer =
        flate2::write::GzEncoder::new(std::fs::File::create(&packed).expect("a file"), flate2::Compression::default());
    writer.write_all(&std::fs::read(export()).expect("read")).expect("written");
    writer.finish().expect("written");
    let receipt = place.tells(&["import", "wordpress", &packed.display().to_string(), "--json"]);
    assert_eq!(counts(&receipt, "post")[1], 3, "{receipt}");
}

#[test]
fn what_is_no_export_is_refused_and_nothing_changes() {
    let place = Place::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let file = |name: &str, text: &str| {
        let path = place.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let page = file("page.xml", "<html><body>no export</body></html>");
    place.refuses(&["import", "wordpress", &page], "page.xml");
    let bomb =
        file("bomb.xml", "<!DOCTYPE rss [<!ENTITY a \"aaaa\">]>\n<rss><channel><title>&a;</title></channel></rss>");
    place.refuses(&["import", "wordpress", &bomb], "document type");
    place.refuses(&["import", "wordpress", "nothing.xml"], "nothing.xml");
    assert!(!Path::new("nothing.xml").exists());
}

#[test]
fn a_page_under_a_page_is_not_taken_for_another_of_its_name() {
    let page = |id: u32, slug: &str, parent: u32, link: &str| {
        format!(
            "<item><title>{link}</title><link>https://ship.example{link}</link>\
             <guid isPermaLink=\"false\">https://ship.example/?page_id={id}</guid>\
             <content:encoded><![CDATA[<p>{link}</p>]]></content:encoded>\
             <wp:post_id>{id}</wp:post_id><wp:post_date>2019-03-07 06:05:03</wp:post_date>\
             <wp:post_date_gmt>2019-03-07 03:05:03</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>\
             <wp:status>publish</wp:status><wp:post_parent>{parent}</wp:post_parent><wp:post_type>page</wp:post_type></item>"
        )
    };
    let items =
        [page(5, "team", 0, "/team/"), page(6, "services", 0, "/services/"), page(7, "team", 6, "/services/team/")];
    let place = Place::new();
    let file = place.folder.path().join("nested.xml");
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\
         <channel><title>T</title><link>https://ship.example</link><wp:wxr_version>1.2</wp:wxr_version>\
         <wp:base_site_url>https://ship.example</wp:base_site_url><wp:base_blog_url>https://ship.example</wp:base_blog_url>\
         {}</channel></rss>",
        items.concat()
    );
    std::fs::write(&file, text).expect("written");
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let receipt = place.tells(&["import", "wordpress", &file.display().to_string(), "--json"]);
    assert_eq!(counts(&receipt, "page"), [3, 3, 0, 0, 0], "{receipt}");
    assert_eq!(receipt["addresses"]["old"], receipt["addresses"]["answer"], "{receipt}");
    let server = place.serves();
    let home = |path: &str| {
        let reply = server.reads(path);
        let to = reply.head.lines().find_map(|line| line.to_lowercase().strip_prefix("location: ").map(str::to_owned));
        let arrives = to.map_or(reply, |to| server.reads(to.trim()));
        assert_eq!(arrives.status, 200, "{path}");
        ["/services/team/", "/services/", "/team/"]
            .into_iter()
            .find(|says| arrives.body.contains(&format!("<p>{says}</p>")))
    };
    for path in ["/team/", "/services/", "/services/team/"] {
        assert_eq!(home(path), Some(path));
    }
    server.stop();
    // An editor sends its readers elsewhere; the next import leaves it so.
    let connection = rusqlite::Connection::open(place.site().join("warraq.db")).expect("opened");
    let elsewhere = "UPDATE old_addresses SET article_id = NULL, place = '/services/' WHERE path = '/services/team/'";
    assert_eq!(connection.execute(elsewhere, []).expect("changed"), 1);
    drop(connection);
    let again = place.tells(&["import", "wordpress", &file.display().to_string(), "--json"]);
    assert_eq!(again["addresses"]["old"], again["addresses"]["answer"], "{again}");
    let server = place.serves();
    assert_eq!(server.reads("/services/team/").location(), "/services/");
    server.stop();
}

#[test]
fn lists_of_plugins_lead_to_tags() {
    let place = Place::new();
    let file = place.folder.path().join("series.xml");
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" \
        xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\
        <channel><title>T</title><link>https://ship.example</link><wp:wxr_version>1.2</wp:wxr_version>\
        <wp:base_site_url>https://ship.example</wp:base_site_url><wp:base_blog_url>https://ship.example</wp:base_blog_url>\
        <wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>series</wp:term_taxonomy><wp:term_slug>silk-road</wp:term_slug>\
        <wp:term_name><![CDATA[طريق الحرير]]></wp:term_name></wp:term>\
        <item><title>سفينة</title><link>https://ship.example/2019/03/ship/</link>\
        <guid isPermaLink=\"false\">https://ship.example/?p=5</guid><content:encoded><![CDATA[<p>نص</p>]]></content:encoded>\
        <wp:post_id>5</wp:post_id><wp:post_date>2019-03-07 06:05:03</wp:post_date>\
        <wp:post_date_gmt>2019-03-07 03:05:03</wp:post_date_gmt><wp:post_name>ship</wp:post_name>\
        <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
        <category domain=\"series\" nicename=\"silk-road\"><![CDATA[طريق الحرير]]></category></item></channel></rss>";
    std::fs::write(&file, text).expect("written");
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let receipt = place.tells(&["import", "wordpress", &file.display().to_string(), "--json"]);
    assert_eq!(counts(&receipt, "tag"), [1, 1, 0, 0, 0], "{receipt}");
    assert_eq!(receipt["addresses"]["old"], receipt["addresses"]["answer"], "{receipt}");
    let server = place.serves();
    for (old, new) in [
        ("/series/silk-road/", "/tag/silk-road/"),
        ("/series/silk-road/feed/", "/tag/silk-road/feed/"),
        ("/?feed=rss2", "/feed/"),
        ("/?feed=comments-atom", "/comments/feed/atom/"),
    ] {
        let answer = server.reads(old);
        assert_eq!((answer.status, answer.location()), (301, new), "{old}");
    }
    assert!(server.reads("/tag/silk-road/").body.contains("سفينة"));
    server.stop();
}

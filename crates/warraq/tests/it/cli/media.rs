//! Files of a site that moved in are fetched from where they were, now or later.

use crate::desk::media::picture;
use crate::support::binary::{Place, fixture};
use crate::support::cluster::Database;
use crate::support::host::Host;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n";

fn counts(receipt: &serde_json::Value, kind: &str) -> [u64; 5] {
    ["items", "imported", "changed", "unchanged", "refused"]
        .map(|fate| receipt["by_type"][kind][fate].as_u64().unwrap_or_default())
}

/// A site that may ask this machine, and an export of a site on `host` whose first story names a document, too.
fn begins(place: &Place, host: &Host) -> String {
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let settings = place.site().join("warraq.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(&settings, format!("{text}\n[fetch]\nallow = [\"127.0.0.1\"]\npause = 0\n")).expect("written");
    let export = std::fs::read_to_string(fixture("../wordpress/small.xml")).expect("an export");
    let export = export
        .replace("حملت شايا وخزفا.", "حملت <a href=\"/wp-content/uploads/2019/03/list.pdf\">شايا وخزفا</a>.")
        .replace("https://old.example", &host.origin());
    let path = place.folder.path().join("export.xml");
    std::fs::write(&path, export).expect("written");
    path.display().to_string()
}

fn comes_later(place: &Place) {
    let host = Host::new();
    let export = begins(place, &host);
    host.has("/wp-content/uploads/2019/03/list.pdf", PDF);
    let import = ["import", "wordpress", &export, "--fetch-media", "--json"];
    let receipt = place.tells(&import);
    assert_eq!(counts(&receipt, "attachment"), [2, 1, 0, 0, 1], "{receipt}");
    assert!(receipt.to_string().contains("ship.jpg answers 404"), "{receipt}");
    assert_eq!(
        host.was_asked(),
        ["/wp-content/uploads/2019/03/list.pdf", "/wp-content/uploads/2019/03/ship.jpg"],
        "each once"
    );
    // Still missing, and then there.
    assert_eq!(counts(&place.tells(&["import", "media", "--missing", "--json"]), "attachment"), [1, 0, 0, 0, 1]);
    host.has("/wp-content/uploads/2019/03/ship.jpg", picture(900, 600));
    host.was_asked();
    let receipt = place.tells(&["import", "media", "--missing", "--json"]);
    assert_eq!((counts(&receipt, "attachment"), counts(&receipt, "post")), ([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]));
    assert_eq!(host.was_asked(), ["/wp-content/uploads/2019/03/ship.jpg"]);

    let server = place.serves();
    let story = server.reads("/2019/03/%d8%b3%d9%81%d9%8a%d9%86%d8%a9/");
    assert_eq!(story.body.matches("src=\"/media/").count(), 2, "in the text and on top: {}", story.body);
    assert!(story.body.contains(".pdf\"") && !story.body.contains("/wp-content/"), "{}", story.body);
    let document = server.reads("/wp-content/uploads/2019/03/list.pdf");
    assert_eq!(document.status, 301, "{document:?}");
    let document = server.reads(document.location());
    assert_eq!((document.status, document.body.as_bytes()), (200, PDF));
    for header in [
        "content-type: application/pdf",
        "content-disposition: attachment",
        "x-content-type-options: nosniff",
        "accept-ranges: bytes",
    ] {
        assert!(document.head.contains(header), "{header}: {}", document.head);
    }
    assert_eq!(server.reads("/wp-content/uploads/2019/03/ship-300x200.jpg").status, 301);
    server.stop();

    // The same export once more: everything is here, and nobody is asked.
    let receipt = place.tells(&import);
    let rest = (&receipt["imported"], &receipt["changed"], &receipt["refused"]);
    assert_eq!(rest, (&0.into(), &0.into(), &0.into()), "{receipt}");
    assert_eq!(host.was_asked(), [""; 0]);
    let receipt = place.tells(&["import", "wordpress", &export, "--json"]);
    assert_eq!((&receipt["changed"], &receipt["refused"]), (&0.into(), &0.into()), "{receipt}");
}

#[test]
fn a_file_that_was_missing_comes_later_on_sqlite() {
    comes_later(&Place::new());
}

#[test]
fn a_file_that_was_missing_comes_later_on_postgres() {
    let database = Database::create();
    comes_later(&Place::with_database(database.url()));
}

#[test]
fn what_is_not_what_it_should_be_does_not_come() {
    let place = Place::new();
    let host = Host::new();
    let export = begins(&place, &host);
    let whole = picture(900, 600);
    host.has("/wp-content/uploads/2019/03/ship.jpg", &whole[..whole.len() / 2]);
    host.has("/wp-content/uploads/2019/03/list.pdf", "<html><script>alert(1)</script>");
    let receipt = place.tells(&["import", "wordpress", &export, "--fetch-media", "--json"]);
    assert_eq!(counts(&receipt, "attachment"), [2, 0, 0, 0, 2], "{receipt}");
    for part in ["damaged", "a page (HTML, SVG or XML)"] {
        assert!(receipt.to_string().contains(part), "{part}: {receipt}");
    }
    let left: Vec<_> = std::fs::read_dir(place.site().join("media")).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 1, "only the folder for what is coming: {left:?}");
}

#[test]
fn the_machine_itself_is_not_asked_unless_the_settings_say_so() {
    let place = Place::new();
    let host = Host::new();
    let export = begins(&place, &host);
    let settings = place.site().join("warraq.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(&settings, text.replace("allow = [\"127.0.0.1\"]", "allow = []")).expect("written");
    let receipt = place.tells(&["import", "wordpress", &export, "--fetch-media", "--json"]);
    assert_eq!(counts(&receipt, "attachment")[4], 2, "{receipt}");
    assert!(receipt.to_string().contains("not on the open web"), "{receipt}");
    assert_eq!(host.was_asked(), [""; 0]);
    place.refuses(&["import", "wordpress", &export, "--fetch-media", "--uploads", "x"], "cannot be used with");
    place.refuses(&["import", "media"], "--missing");
}

#[test]
fn files_from_the_folder_of_uploads_need_no_pictures() {
    let place = Place::new();
    let host = Host::new();
    let export = begins(&place, &host);
    let uploads = place.folder.path().join("uploads/2019/03");
    std::fs::create_dir_all(&uploads).expect("a folder");
    std::fs::write(uploads.join("ship.jpg"), PDF).expect("written");
    let folder = place.folder.path().join("uploads").display().to_string();
    let receipt = place.tells(&["import", "wordpress", &export, "--uploads", &folder, "--json"]);
    assert_eq!(counts(&receipt, "attachment"), [1, 1, 0, 0, 0], "{receipt}");
    let server = place.serves();
    let story = server.reads("/2019/03/%d8%b3%d9%81%d9%8a%d9%86%d8%a9/");
    assert_eq!(story.body.matches(".pdf\"").count(), 2, "in the text, and the one that did not come: {}", story.body);
    server.stop();
}

#[test]
fn one_address_is_fetched_once() {
    let place = Place::new();
    let host = Host::new();
    let export = begins(&place, &host);
    let text = std::fs::read_to_string(&export).expect("an export");
    // The same attachment once more, under another number.
    let begins = text.find("<item>\n\t\t<title><![CDATA[صورة السفينة]]>").expect("an attachment");
    let ends = begins + text[begins..].find("</item>").expect("its end") + "</item>".len();
    let twin = text[begins..ends].replace("<wp:post_id>14<", "<wp:post_id>114<");
    std::fs::write(&export, format!("{}{twin}{}", &text[..ends], &text[ends..])).expect("written");
    host.has("/wp-content/uploads/2019/03/ship.jpg", picture(900, 600));
    let receipt = place.tells(&["import", "wordpress", &export, "--fetch-media", "--json"]);
    assert_eq!(counts(&receipt, "attachment"), [3, 1, 0, 1, 1], "{receipt}");
    assert_eq!(
        host.was_asked(),
        ["/wp-content/uploads/2019/03/list.pdf", "/wp-content/uploads/2019/03/ship.jpg"],
        "each once"
    );
}

#[test]
fn two_imports_do_not_fetch_into_one_file() {
    let place = Place::new();
    let host = Host::new();
    let export = begins(&place, &host);
    host.has("/wp-content/uploads/2019/03/ship.jpg", picture(900, 600));
    let incoming = place.site().join("media/incoming");
    std::fs::create_dir_all(&incoming).expect("a folder");
    let other = std::fs::File::create(incoming.join("fetching.lock")).expect("a file");
    other.lock().expect("locked");
    let said = place.warraq(&["import", "wordpress", &export, "--fetch-media"]);
    assert_eq!(said.status, 1, "{said:?}");
    assert!(said.err.contains("another import is fetching files just now"), "{said:?}");
    assert_eq!(host.was_asked(), [""; 0]);
    drop(other);
    assert_eq!(counts(&place.tells(&["import", "wordpress", &export, "--fetch-media", "--json"]), "attachment")[1], 1);
}

#[test]
fn a_full_disk_ends_the_import_and_says_so() {
    let place = Place::new();
    let host = Host::new();
    let export = begins(&place, &host);
    let path = "/wp-content/uploads/2019/03/ship.jpg";
    host.has(path, picture(900, 600));
    let name = blake3::hash(format!("{}{path}", host.origin()).as_bytes()).to_hex();
    let part = place.site().join(format!("media/incoming/{}.part", &name[..40]));
    std::fs::create_dir_all(part.parent().expect("a folder")).expect("a folder");
    std::os::unix::fs::symlink("/dev/full", &part).expect("a link");
    let said = place.warraq(&["import", "wordpress", &export, "--fetch-media"]);
    assert_eq!(said.status, 1, "{said:?}");
    assert!(said.err.contains("the disk is full"), "{said:?}");
    // Nothing is remembered of it as if the old site were at fault: with room it comes.
    std::fs::remove_file(&part).expect("removed");
    let receipt = place.tells(&["import", "wordpress", &export, "--fetch-media", "--json"]);
    assert_eq!(counts(&receipt, "attachment")[1], 1, "{receipt}");
}

#[test]
fn what_lies_elsewhere_does_not_come_from_the_folder_of_uploads() {
    let place = Place::new();
    let host = Host::new();
    let export = begins(&place, &host);
    let uploads = place.folder.path().join("uploads/2019/03");
    std::fs::create_dir_all(&uploads).expect("a folder");
    std::fs::write(place.folder.path().join("secret.pdf"), PDF).expect("written");
    std::os::unix::fs::symlink("../../../secret.pdf", uploads.join("ship.jpg")).expect("a link");
    let folder = place.folder.path().join("uploads").display().to_string();
    let receipt = place.tells(&["import", "wordpress", &export, "--uploads", &folder, "--json"]);
    assert_eq!(counts(&receipt, "attachment"), [1, 0, 0, 0, 1], "{receipt}");
    assert!(receipt.to_string().contains("does not lie within"), "{receipt}");
    // And not from beside a file of lines.
    let lines = place.folder.path().join("uploads/stories.jsonl");
    let line = r#"{"id":1,"title":"خبر","body":"<p>نص</p>","lead_picture":{"file":"2019/03/ship.jpg"}}"#;
    std::fs::write(&lines, format!("{line}\n{}\n", line.replace("2019/03/ship.jpg", "/dev/zero"))).expect("written");
    let receipt = place.tells(&["import", "articles", &lines.display().to_string(), "--json"]);
    assert_eq!(receipt.to_string().matches("does not lie within").count(), 2, "{receipt}");
}

//! What if the disk is full, or cannot keep what it is given? Readers see everything, writes are refused honestly, and
//! nothing that was acknowledged is lost.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::binary::{Answer, Place, Server, free_port, post_as};

/// A site on a disk that does what a test says.
struct OnDisk {
    place: Place,
    library: PathBuf,
}

const ARTICLE: &str = "/2024/01/01/x/";

impl OnDisk {
    fn founded() -> Self {
        let place = Place::new();
        let plan = place.folder.path().join("plan.toml");
        let text = "title = \"T\"\n[settings.comments]\nhold_first = false\nmax_recent = 1000\nmin_seconds = 0\n";
        std::fs::write(&plan, text).expect("written");
        place.does(&["init", "--from", &plan.display().to_string()]);
        let article = articles(&place, "first", 1..=1);
        place.does(&["import", "articles", &article, "--publish"]);
        let library = place.folder.path().join("disk.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/disk.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status()
            .expect("a C compiler");
        assert!(built.success(), "disk.c does not compile");
        Self { place, library }
    }

    fn switch(&self) -> PathBuf {
        self.place.folder.path().join("switch")
    }

    fn becomes(&self, state: &str) {
        std::fs::write(self.switch(), state).expect("written");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.place.command(args);
        command
            .env("LD_PRELOAD", &self.library)
            .env("WARRAQ_TEST_DISK", self.switch())
            .env("WARRAQ_TEST_FOLDER", self.place.site());
        command
    }

    fn serves(&self) -> Server {
        let port = free_port();
        Server::spawn(&self.place, port, self.command(&["serve", "--listen", &format!("127.0.0.1:{port}")]))
    }
}

/// A file of articles `x`, `x-2`, …
fn articles(place: &Place, name: &str, numbers: std::ops::RangeInclusive<u32>) -> String {
    let line = |number: u32| {
        let slug = if number == 1 { "x".to_owned() } else { format!("x-{number}") };
        serde_json::json!({ "id": number, "guid": format!("urn:disk:{number}"), "title": slug, "slug": slug,
            "date": "2024-01-01T00:00:00Z", "paragraphs": ["نص المادة. ".repeat(40)] })
        .to_string()
    };
    let file = place.folder.path().join(format!("{name}.jsonl"));
    std::fs::write(&file, numbers.map(line).collect::<Vec<_>>().join("\n")).expect("written");
    file.display().to_string()
}

fn comments(server: &Server, text: &str) -> Answer {
    let fields = [("author", "قارئ"), ("email", "qari@example.org"), ("comment", text)];
    server.sends(&format!("{ARTICLE}comments"), &fields)
}

fn shows(server: &Server, text: &str) -> bool {
    let page = server.reads(ARTICLE);
    assert_eq!(page.status, 200);
    page.body.contains(text)
}

#[test]
fn a_full_disk_refuses_what_is_written_and_shows_everything() {
    let site = OnDisk::founded();
    let server = site.serves();
    assert_eq!(comments(&server, "قبل أن يمتلئ القرص").status, 303);
    site.becomes("full");
    let refused = comments(&server, "والقرص ممتلئ");
    assert_eq!(refused.status, 507, "{}", refused.body);
    assert!(refused.head.contains("retry-after: "), "{}", refused.head);
    assert!(refused.body.contains("والقرص ممتلئ</textarea>"), "the words go back to the reader: {}", refused.body);
    assert!(shows(&server, "قبل أن يمتلئ القرص"));
    assert!(!shows(&server, "والقرص ممتلئ"));
    assert_eq!(server.reads("/").status, 200, "a page that nobody had asked for");
    site.becomes("well");
    assert_eq!(comments(&server, "بعد أن أُفرغ القرص").status, 303);
    assert!(shows(&server, "بعد أن أُفرغ القرص"));
    server.stop();
    site.place.does(&["doctor"]);
}

#[test]
fn whoever_writes_a_story_has_it_back_when_it_cannot_be_kept() {
    const STORY: &str = "/newsroom/articles/1/";
    const PASSWORD: &str = "correct horse battery";
    let site = OnDisk::founded();
    let account = ["user", "add", "laila@example.org", "--name", "ليلى", "--role", "editor", "--password-stdin"];
    assert_eq!(site.place.hears(&account, PASSWORD).status, 0);
    let server = site.serves();
    let door = [("email", "laila@example.org"), ("password", PASSWORD)];
    let opened = server.sends("/newsroom/sign-in", &door);
    assert_eq!(opened.status, 303, "{}", opened.body);
    let cookie = opened.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
    let saves = |body: &str| {
        let fields = [("version", "0"), ("headline", "x"), ("body", body)];
        post_as(server.port(), STORY, &fields, cookie.expect("a cookie")).expect("an answer")
    };
    site.becomes("full");
    let refused = saves("<p>ما لم يسعه القرص</p>");
    assert_eq!(refused.status, 507, "{}", refused.body);
    assert!(refused.body.contains("ما لم يسعه القرص") && refused.body.contains("القرص ممتلئ"), "{}", refused.body);
    site.becomes("well");
    assert_eq!(saves("<p>ما وسعه القرص</p>").status, 303);
    server.stop();
}

#[test]
fn a_full_disk_stops_an_import_that_goes_on_later() {
    let site = OnDisk::founded();
    let file = articles(&site.place, "many", 2..=300);
    site.becomes("full");
    let refused = site.command(&["import", "articles", &file, "--publish"]).output().expect("the program runs");
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{words}");
    assert!(words.contains("disk is full"), "{words}");
    site.becomes("well");
    let receipt = site.place.tells(&["import", "articles", &file, "--publish", "--json"]);
    let (imported, unchanged) = (receipt["imported"].as_u64(), receipt["unchanged"].as_u64());
    assert_eq!(imported.zip(unchanged).map(|(imported, unchanged)| imported + unchanged), Some(299), "{receipt}");
    site.place.does(&["doctor"]);
}

#[test]
fn after_a_failed_fsync_nothing_is_written_until_the_next_start() {
    let site = OnDisk::founded();
    let server = site.serves();
    assert_eq!(comments(&server, "قبل العطل").status, 303);
    site.becomes("broken");
    assert_eq!(comments(&server, "أثناء العطل").status, 503);
    site.becomes("well");
    let refused = comments(&server, "بعد العطل");
    assert_eq!(refused.status, 503, "who knows what is on the disk? {}", refused.body);
    assert!(shows(&server, "قبل العطل"));
    assert!(!shows(&server, "بعد العطل"));
    server.kill();
    let server = site.serves();
    assert!(shows(&server, "قبل العطل"), "what was acknowledged is there");
    assert_eq!(comments(&server, "بعد إعادة التشغيل").status, 303);
    assert!(shows(&server, "بعد إعادة التشغيل"));
    server.stop();
    site.place.does(&["doctor"]);
}

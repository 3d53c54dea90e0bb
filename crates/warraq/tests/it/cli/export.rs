//! Everything is taken away, and taken back without loss.

use std::path::Path;

use crate::support::binary::{Place, fixture};
use crate::support::cluster::Database;

const FOUND: [&str; 5] = ["init", "--title", "دفتر البحر", "--time-zone", "Asia/Riyadh"];

/// A line of every kind of thing that only Warraq has words for.
const STORIES: &str = r#"{"id":101,"title":"قمة \"الميناء\" -- نص","slug":"summit","date":"2024-02-03T08:00:00Z","kind":"wire","kicker":"عاجل","standfirst":"سطر & سطر","body":"<p>قال: \"نعم\" -- 'لا'... [x] &amp; &lt;y&gt;</p>","source":{"name":"وكالة","url":"https://agency.example/1","licence":"CC BY"},"bylines":[{"slug":"huda","name":"هدى","role":"translator","bio":"مترجمة"},{"slug":"sami","name":"سامي","role":"photographer"}],"categories":[{"slug":"world","name":"العالم"},{"slug":"asia","name":"آسيا","parent":"world"}],"tags":[{"slug":"ports","name":"موانئ"}],"corrections":[{"kind":"correction","date":"2024-02-04T08:00:00Z","note":"صحح الاسم"}],"comments":[{"id":5,"author":"قارئ & كاتب","email":"reader@example.org","date":"2024-02-03T09:00:00Z","text":"سطر <b>\n\nسطر"},{"id":6,"parent":5,"author":"آخر","date":"2024-02-03T10:00:00Z","text":"جواب"}],"slot":2}
{"id":102,"title":"A summit","language":"en","date":"2024-02-03T08:30:00Z","body":"\n\n<h2>One</h2><p>Text</p>\n\n","translation_of":101}
{"id":103,"title":"خبر سحب","date":"2024-02-05T08:00:00Z","body":"<p>نص</p>"}
{"id":104,"title":"صفحة","type":"page","date":"2024-02-06T08:00:00Z","body":"<p>من نحن</p>"}
"#;

fn written(place: &Place, name: &str) -> String {
    let file = place.folder.path().join(name);
    place.does(&["export", "wordpress", &file.display().to_string(), "--with-kept"]);
    std::fs::read_to_string(file).expect("an export")
}

/// Byte by byte; says the first line that differs.
#[track_caller]
fn check_same(one: &str, two: &str) {
    for (one, two) in one.lines().zip(two.lines()) {
        assert_eq!(one, two);
    }
    assert_eq!(one.len(), two.len());
}

fn comes_back(place: &Place, other: &Place) {
    place.does(&FOUND);
    place.does(&["import", "wordpress", &fixture("../wordpress/small.xml").display().to_string()]);
    let lines = place.folder.path().join("stories.jsonl");
    std::fs::write(&lines, STORIES).expect("written");
    place.does(&["import", "articles", &lines.display().to_string(), "--publish"]);
    place.does(&["article", "withdraw", "103", "--reason", "خطأ في المصدر"]);
    let first = written(place, "first.xml");
    for part in
        ["<wp:status><![CDATA[trash]]>", "<wp:status><![CDATA[future]]>", "pll_101", "%d8%b3%d9%81%d9%8a%d9%86%d8%a9"]
    {
        assert!(first.contains(part), "{part}");
    }
    assert!(!first.contains("example.org"), "no address of a reader leaves the house");

    let folder = place.folder.path().join("archive").display().to_string();
    place.does(&["export", "archive", &folder, "--with-kept"]);
    let third = Place::new();
    third.does(&FOUND);
    let receipt = third.tells(&["import", "archive", &folder, "--json"]);
    assert_eq!(receipt["refused"], 0, "{receipt}");
    check_same(&first, &written(&third, "third.xml"));
    let again = third.tells(&["import", "archive", &folder, "--json"]);
    assert_eq!(
        (&again["imported"], &again["changed"], &again["refused"]),
        (&0.into(), &0.into(), &0.into()),
        "{again}"
    );

    other.does(&FOUND);
    let file = place.folder.path().join("first.xml").display().to_string();
    let receipt = other.tells(&["import", "wordpress", &file, "--json"]);
    assert_eq!(receipt["refused"], 0, "{receipt}");
    let second = written(other, "second.xml");
    check_same(&first, &second);
    let server = other.serves();
    assert_eq!(server.reads("/a/103").status, 410);
    let story = server.reads("/2024/02/summit/");
    for part in ["قال: \"نعم\" -- 'لا'... [x] &amp; &lt;y&gt;", "عاجل", "صحح الاسم", "هدى", "سطر &lt;b&gt;", "جواب"]
    {
        assert!(story.body.contains(part), "{part}: {}", story.body);
    }
    server.stop();
}

#[test]
fn comes_back_whole_on_sqlite() {
    comes_back(&Place::new(), &Place::new());
}

#[test]
fn comes_back_whole_on_postgres() {
    let (one, two) = (Database::create(), Database::create());
    comes_back(&Place::with_database(one.url()), &Place::with_database(two.url()));
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let place = Place::new();
    place.does(&FOUND);
    let file = place.folder.path().join("there.xml");
    std::fs::write(&file, "mine").expect("written");
    place.refuses(&["export", "wordpress", &file.display().to_string()], "there already");
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "mine");
    assert!(!Path::new(&file.with_extension("xml.part")).exists());
}

#[test]
fn what_another_export_is_writing_is_left_alone() {
    let place = Place::new();
    place.does(&FOUND);
    for (kind, name) in [("wordpress", "a.xml"), ("archive", "a.folder")] {
        let part = place.folder.path().join(format!("{name}.part"));
        std::fs::create_dir(&part).expect("a folder");
        std::fs::write(part.join("half"), "theirs").expect("written");
        let target = place.folder.path().join(name);
        place.refuses(&["export", kind, &target.display().to_string()], ".part is there");
        assert_eq!(std::fs::read_to_string(part.join("half")).expect("left"), "theirs");
        assert!(!target.exists());
        std::fs::remove_dir_all(&part).expect("removed");
        place.does(&["export", kind, &target.display().to_string()]);
        assert!(target.exists() && !part.exists());
    }
    // Neither file takes the other's place while it is written, and a slash at the end changes nothing.
    place.does(&["export", "archive", &format!("{}/deep/b/", place.folder.path().display())]);
    assert!(place.folder.path().join("deep/b/site.json").exists());
    // A link that leads nowhere is there, too.
    std::os::unix::fs::symlink("nowhere", place.folder.path().join("c.xml")).expect("a link");
    place.refuses(&["export", "wordpress", "c.xml"], "there already");
}

/// An entry of a form, with the name and address of a visitor.
const ENTRY: &str = "<item><title>canary@example.org</title><wp:post_id>90</wp:post_id><wp:post_type>flamingo_inbound</wp:post_type>\
    <wp:status>publish</wp:status><content:encoded>canary wrote this</content:encoded></item></channel>";

#[test]
fn what_is_kept_sealed_leaves_only_when_it_is_asked_for() {
    let (place, other) = (Place::new(), Place::new());
    place.does(&FOUND);
    let small = std::fs::read_to_string(fixture("../wordpress/small.xml")).expect("an export");
    let file = place.folder.path().join("in.xml");
    std::fs::write(&file, small.replace("</channel>", ENTRY)).expect("written");
    place.does(&["import", "wordpress", &file.display().to_string()]);
    let path = |name: &str| place.folder.path().join(name).display().to_string();
    for (kind, bare, whole) in [("wordpress", "bare.xml", "whole.xml"), ("archive", "bare", "whole")] {
        let told = place.tells(&["export", kind, &path(bare), "--json"]);
        assert_eq!((&told["kept"], &told["kept_here"]), (&0.into(), &3.into()), "{told}");
        let told = place.tells(&["export", kind, &path(whole), "--with-kept", "--json"]);
        assert_eq!((&told["kept"], &told["kept_here"]), (&3.into(), &0.into()), "{told}");
        let says = |name: &str| {
            let name = place.folder.path().join(name);
            let file = if name.is_dir() { name.join("kept.xml") } else { name };
            std::fs::read_to_string(file).unwrap_or_default().contains("canary wrote this")
        };
        assert!(!says(bare) && says(whole), "{kind}");
    }
    assert!(place.does(&["export", "wordpress", &path("told.xml")]).contains("3 things kept from elsewhere stay here"));
    // What went along is kept there as it was here.
    other.does(&FOUND);
    other.does(&["import", "archive", &path("whole")]);
    let told = other.tells(&["export", "wordpress", &path("again.xml"), "--with-kept", "--json"]);
    assert_eq!(told["kept"], 3, "{told}");
}

#[test]
fn its_own_archive_doubles_no_picture() {
    let place = Place::new();
    place.does(&FOUND);
    let folder = place.folder.path().join("in");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("port.jpg"), crate::desk::media::picture(900, 600)).expect("written");
    let line = r#"{"id":1,"title":"ميناء","date":"2024-02-03T08:00:00Z","body":"<p>نص</p>","lead_picture":{"file":"port.jpg","alt":"ميناء"}}"#;
    std::fs::write(folder.join("stories.jsonl"), line).expect("written");
    place.does(&["import", "articles", &folder.join("stories.jsonl").display().to_string(), "--publish"]);
    let archive = place.folder.path().join("archive").display().to_string();
    place.does(&["export", "archive", &archive]);
    let receipt = place.tells(&["import", "archive", &archive, "--json"]);
    let pictures = &receipt["by_type"]["attachment"];
    assert_eq!((&pictures["unchanged"], &pictures["imported"]), (&1.into(), &0.into()), "{receipt}");
}

#[test]
fn an_archive_of_somebody_else_is_looked_at() {
    let (place, other) = (Place::new(), Place::new());
    for site in [&place, &other] {
        site.does(&FOUND);
    }
    let lines = place.folder.path().join("stories.jsonl");
    std::fs::write(&lines, STORIES).expect("written");
    place.does(&["import", "articles", &lines.display().to_string(), "--publish"]);
    let archive = place.folder.path().join("archive");
    place.does(&["export", "archive", &archive.display().to_string()]);

    // Comments that nobody's form would have let through.
    let comments = archive.join("articles/2024/02/101-summit/comments.json");
    let text = std::fs::read_to_string(&comments).expect("comments");
    let text = text
        .replace("قارئ & كاتب", "canary@example.org")
        .replace("\"آخر\",", "\"آخر\", \"url\": \"javascript:alert(1)\",");
    assert!(text.contains("canary") && text.contains("javascript"), "{text}");
    std::fs::write(&comments, text).expect("written");
    // Old addresses that lead away, round in a circle, or elsewhere than they do here.
    let redirects = r#"[
        {"from":"/away/","place":"//evil.example/"},
        {"from":"/far/","place":"https://evil.example/"},
        {"from":"/back/","place":"/\\evil.example"},
        {"from":"/round/","place":"/round/"},
        {"from":"https://old.example/أ/#x","place":"/feed/"},
        {"from":"/taken/","place":"/category/world/"},
        {"from":"/gone/","article":999}
    ]"#;
    std::fs::write(archive.join("redirects.json"), redirects).expect("written");
    // Files that are not the archive's own.
    let secret = place.folder.path().join("secret.json");
    std::fs::write(&secret, "canary").expect("written");
    let article = archive.join("articles/2024/02/103-خبر-سحب");
    let article = if article.exists() {
        article
    } else {
        let found = std::fs::read_dir(archive.join("articles/2024/02")).expect("a folder").flatten();
        found.map(|entry| entry.path()).find(|path| path.display().to_string().contains("/103-")).expect("a folder")
    };
    std::fs::remove_file(article.join("index.md")).expect("removed");
    std::os::unix::fs::symlink(&secret, article.join("index.md")).expect("a link");

    let here = archive.join("../here.jsonl");
    std::fs::write(&here, r#"{"id":900,"title":"هنا","date":"2024-01-01T00:00:00Z","body":"<p>نص</p>"}"#)
        .expect("written");
    let first = r#"[{"from":"/taken/","place":"/tag/ports/"}]"#;
    let small = other.folder.path().join("small");
    other.does(&["export", "archive", &small.display().to_string()]);
    std::fs::write(small.join("redirects.json"), first).expect("written");
    other.does(&["import", "archive", &small.display().to_string()]);

    let receipt = other.tells(&["import", "archive", &archive.display().to_string(), "--json"]);
    let said = receipt.to_string();
    assert!(!said.contains("canary"), "{said}");
    let about = |item: &str| {
        let warnings = receipt["warnings"].as_array().into_iter().flatten();
        let mut about = warnings.filter(|warning| warning["item"].as_str().is_some_and(|name| name.contains(item)));
        about.next().map(|warning| warning["message"].to_string()).unwrap_or_default()
    };
    for from in ["/away/", "/far/", "/back/", "/round/"] {
        assert!(about(from).contains("no place of this publication"), "{from}: {said}");
    }
    assert!(about("/taken/").contains("still does") && about("/gone/").contains("article 999"), "{said}");
    assert!(about("103-").contains("does not lie within"), "{said}");
    let comments = other.does(&["comments", "list", "--status", "published"]);
    assert!(!comments.contains("canary") && comments.contains("—"), "{comments}");
    let server = other.serves();
    for (from, to) in [("/%d8%a3/", "/feed/"), ("/taken/", "/tag/ports/")] {
        assert!(server.reads(from).location().ends_with(to), "{from}");
    }
    for from in ["/away/", "/far/", "/back/"] {
        assert_eq!(server.reads(from).status, 404, "{from}");
    }
    assert!(!server.reads("/2024/02/summit/").body.contains("javascript:"));
    server.stop();
    // A list that leads elsewhere is not read at all, and nothing of it is told.
    std::fs::remove_file(archive.join("tags.json")).expect("removed");
    std::os::unix::fs::symlink(&secret, archive.join("tags.json")).expect("a link");
    let said = other.warraq(&["import", "archive", &archive.display().to_string()]);
    assert_eq!(said.status, 2, "{said:?}");
    assert!(said.err.contains("tags.json does not lie within") && !said.err.contains("canary"), "{said:?}");
}

#[test]
fn pictures_and_documents_go_along() {
    let (place, other) = (Place::new(), Place::new());
    place.does(&FOUND);
    let folder = place.folder.path().join("in");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("port.jpg"), crate::desk::media::picture(900, 600)).expect("written");
    let line = r#"{"id":1,"title":"ميناء","date":"2024-02-03T08:00:00Z","body":"<p>نص</p>","lead_picture":{"file":"port.jpg","alt":"ميناء","caption":"فجرا","credit":"ليلى"}}"#;
    std::fs::write(folder.join("stories.jsonl"), line).expect("written");
    place.does(&["import", "articles", &folder.join("stories.jsonl").display().to_string(), "--publish"]);
    let archive = place.folder.path().join("archive");
    place.does(&["export", "archive", &archive.display().to_string()]);
    let listed = std::fs::read_to_string(archive.join("media.json")).expect("a list");
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    let file = listed[0]["file"].as_str().expect("a name");
    assert!(archive.join("media").join(file).is_file(), "{file}");

    other.does(&FOUND);
    let receipt = other.tells(&["import", "archive", &archive.display().to_string(), "--json"]);
    assert_eq!((&receipt["imported"], &receipt["refused"]), (&2.into(), &0.into()), "{receipt}");
    let server = other.serves();
    let page = server.reads("/2024/02/03/%d9%85%d9%8a%d9%86%d8%a7%d8%a1/");
    assert_eq!(page.status, 200);
    for part in ["src=\"/media/", "فجرا", "alt=\"ميناء\""] {
        assert!(page.body.contains(part), "{part}");
    }
    server.stop();

    // A picture whose file is not there is told of, and costs its article alone.
    std::fs::remove_file(archive.join("media").join(file)).expect("removed");
    let third = Place::new();
    third.does(&FOUND);
    let receipt = third.tells(&["import", "archive", &archive.display().to_string(), "--json"]);
    assert_eq!(receipt["refused"], 2, "{receipt}");
}

#[test]
fn a_draft_stands_where_it_stood_if_there_is_such_a_stage() {
    let founded = |stages: &str| {
        let place = Place::new();
        place.does(&FOUND);
        let file = place.folder.path().join("stages.toml");
        std::fs::write(&file, stages).expect("written");
        place.does(&["site", "change", &file.display().to_string()]);
        place
    };
    let own =
        "[settings.stages]\nbegins = 'legal'\norder = [{ key = 'desk' }, { key = 'legal', name = 'مراجعة قانونية' }]";
    let place = founded(own);
    let lines = place.folder.path().join("stories.jsonl");
    std::fs::write(&lines, STORIES).expect("written");
    place.does(&["import", "articles", &lines.display().to_string()]);
    let archive = place.folder.path().join("archive").display().to_string();
    place.does(&["export", "archive", &archive]);
    let others = "[settings.stages]\norder = [{ key = 'first', name = 'مراجعة قانونية' }, { key = 'ready' }]";
    for (stages, known) in [("", false), (others, true)] {
        let other = founded(stages);
        let receipt = other.tells(&["import", "archive", &archive, "--json"]);
        let warnings = receipt["warnings"].as_array().expect("warnings");
        let stages: Vec<_> = warnings.iter().filter(|warning| warning["code"] == "stage").collect();
        assert_eq!(stages.is_empty(), known, "{receipt}");
        assert_eq!(receipt["refused"], 0, "{receipt}");
        let again = other.folder.path().join("again").display().to_string();
        other.does(&["export", "archive", &again]);
        let drafts = std::fs::read_dir(format!("{again}/drafts")).expect("drafts").flatten();
        let stage = if known { "\"stage\": \"مراجعة قانونية\"" } else { "\"stage\": \"draft\"" };
        let mut seen = 0;
        for draft in drafts {
            let page = std::fs::read_to_string(draft.path().join("index.md")).expect("a draft");
            assert!(page.contains(stage), "{page}");
            seen += 1;
        }
        assert!(seen > 0);
    }
}

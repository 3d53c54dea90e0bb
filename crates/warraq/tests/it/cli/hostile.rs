//! Files that somebody made to do harm, or that were only damaged: a clear answer, nothing half written, the site serves on.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::support::binary::{Place, Said};

const HEAD: &str = r#"<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>x</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
"#;
const TAIL: &str = "</channel></rss>";

fn item(id: u32, extra: &str) -> String {
    format!(
        "<item><title>خبر {id}</title><link>https://old.example/?p={id}</link><guid>https://old.example/?p={id}</guid>\
         <content:encoded><![CDATA[<p>نص {id}</p>]]></content:encoded><wp:post_id>{id}</wp:post_id>\
         <wp:post_date>2019-03-05 11:00:00</wp:post_date><wp:post_date_gmt>2019-03-05 08:00:00</wp:post_date_gmt>\
         <wp:post_name>p-{id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{extra}</item>\n"
    )
}

fn export(items: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{HEAD}{items}{TAIL}")
}

/// A site with one story.
fn begins() -> Place {
    let place = Place::new();
    place.does(&["init", "--title", "T", "--time-zone", "UTC"]);
    let lines = place.folder.path().join("first.jsonl");
    let line = r#"{"id":7000,"title":"أول","slug":"first","date":"2020-01-01T00:00:00Z","body":"<p>نص أول</p>"}"#;
    std::fs::write(&lines, line).expect("written");
    place.does(&["import", "articles", &lines.display().to_string(), "--publish"]);
    place
}

fn file(place: &Place, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = place.folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    path.display().to_string()
}

/// A command and the most memory that it had, in bytes.
fn measured(place: &Place, args: &[&str]) -> (Said, u64) {
    let mut child = place
        .command(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("a process").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        most = most.max(kilobytes.unwrap_or_default() * 1024);
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("its end");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (Said { status: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }, most)
}

/// What readers see of the site, as a list of slugs.
fn published(place: &Place) -> Vec<String> {
    let list = place.tells(&["article", "list", "--status", "published", "--json"]);
    let mut slugs: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|story| Some(story["headline"].as_str()?.to_owned()))
        .collect();
    slugs.sort();
    slugs
}

/// The site is as it was and serves.
#[track_caller]
fn serves_on(place: &Place, stories: &[&str]) {
    assert_eq!(published(place), stories);
    place.does(&["doctor"]);
    let left: Vec<_> = std::fs::read_dir(place.site().join("media/incoming")).expect("a folder").flatten().collect();
    assert!(left.iter().all(|entry| entry.file_name() == "fetching.lock"), "{left:?}");
    let server = place.serves();
    assert_eq!(server.reads("/").status, 200);
    assert_eq!(server.reads("/2020/01/01/first/").status, 200);
    server.stop();
}

#[track_caller]
fn adds_up(receipt: &Value) {
    let tallies = receipt["by_type"].as_object().into_iter().flatten().map(|(_, tally)| tally).chain([receipt]);
    for tally in tallies {
        let [items, sum] = [&["items"][..], &["imported", "changed", "unchanged", "refused"]]
            .map(|fates| fates.iter().map(|fate| tally[fate].as_u64().expect("a number")).sum::<u64>());
        assert_eq!(items, sum, "{receipt}");
    }
}

fn import(place: &Place, path: &str) -> Value {
    let receipt = place.tells(&["import", "wordpress", path, "--json", "--skip-addresses"]);
    adds_up(&receipt);
    receipt
}

fn codes(receipt: &Value) -> Vec<&str> {
    receipt["warnings"].as_array().into_iter().flatten().filter_map(|warning| warning["code"].as_str()).collect()
}

#[test]
fn what_is_cut_off_gives_what_is_whole_of_it() {
    let place = begins();
    let whole = export(&[item(1, ""), item(2, "")].concat());
    let cut = file(&place, "cut.xml", &whole[..whole.find("نص 2").expect("a text")]);
    let receipt = import(&place, &cut);
    assert_eq!(receipt["by_type"]["post"]["imported"], 1, "{receipt}");
    assert!(receipt.to_string().contains("ends"), "{receipt}");
    // The whole file brings the rest.
    let receipt = import(&place, &file(&place, "whole.xml", &whole));
    assert_eq!((&receipt["by_type"]["post"]["imported"], &receipt["refused"]), (&1.into(), &0.into()), "{receipt}");
    // Packed and cut off, it is not known what is missing.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(whole.as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    place.refuses(&["import", "wordpress", &file(&place, "cut.xml.gz", &packed[..packed.len() - 20])], "cut.xml.gz");
    serves_on(&place, &["أول", "خبر 1", "خبر 2"]);
}

#[test]
fn encodings_are_understood_or_told() {
    let whole = export(&item(1, ""));
    let wide = |bytes: fn(u16) -> [u8; 2]| [0xfeff].into_iter().chain(whole.encode_utf16()).flat_map(bytes).collect();
    let (little, big): (Vec<u8>, Vec<u8>) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
    let arabic = whole.replace("UTF-8", "windows-1256");
    let arabic = encoding_rs::WINDOWS_1256.encode(&arabic).0.into_owned();
    for (name, bytes) in [("little.xml", little), ("big.xml", big), ("arabic.xml", arabic.clone())] {
        let place = begins();
        let receipt = import(&place, &file(&place, name, bytes));
        assert_eq!(receipt["by_type"]["post"]["imported"], 1, "{name}: {receipt}");
        assert!(codes(&receipt).contains(&"encoding-decoded"), "{name}: {receipt}");
        assert_eq!(published(&place), ["أول", "خبر 1"], "{name}");
    }
    // Said to be UTF-8 and not: it is told, line by line.
    let place = begins();
    let wrong = String::from_utf8_lossy(&arabic).replace("windows-1256", "UTF-8");
    assert!(wrong.contains('\u{fffd}'));
    let arabic = [
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>".as_slice(),
        &arabic[arabic.iter().position(|byte| *byte == b'\n').expect("a line")..],
    ]
    .concat();
    let receipt = import(&place, &file(&place, "wrong.xml", arabic));
    assert!(receipt.to_string().contains("UTF-8"), "{receipt}");
}

#[test]
fn traps_are_refused_before_anything_is_written() {
    let place = begins();
    let mut laughs = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY a0 \"ha\">\n");
    for n in 1..10 {
        let _ = writeln!(laughs, "<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
    }
    let laughs = format!("{laughs}]>\n{HEAD}{}{TAIL}", item(1, "").replace("خبر 1", "&a9;"));
    place.refuses(&["import", "wordpress", &file(&place, "laughs.xml", &laughs)], "line 2");
    place.refuses(&["import", "feed", &file(&place, "feed.xml", &laughs)], "<!DOCTYPE");
    let bomb = place.folder.path().join("bomb.xml.gz");
    let mut packed = flate2::write::GzEncoder::new(File::create(&bomb).expect("a file"), flate2::Compression::best());
    packed.write_all(HEAD.as_bytes()).expect("packed");
    for _ in 0..300 {
        packed.write_all(&[b' '; 1 << 20]).expect("packed");
    }
    packed.finish().expect("packed");
    let (said, most) = measured(&place, &["import", "wordpress", &bomb.display().to_string()]);
    assert_eq!(said.status, 2, "{said:?}");
    assert!(said.err.contains("bomb.xml.gz") && said.err.contains("200 times its size"), "{said:?}");
    assert!(most < 200 << 20, "{most} bytes of memory");
    serves_on(&place, &["أول"]);
}

#[test]
fn endless_things_end() {
    let place = begins();
    // 80,000 attributes on one element.
    let attributes: String = (0..80_000).fold(String::new(), |mut text, n| {
        let _ = write!(text, " a{n}=\"{n}\"");
        text
    });
    let many = item(1, "").replace("<title>", &format!("<title{attributes}>"));
    let path = file(&place, "attributes.xml", export(&[many, item(2, "")].concat()));
    let (said, most) = measured(&place, &["import", "wordpress", &path, "--json", "--skip-addresses"]);
    assert_eq!(said.status, 0, "{said:?}");
    let receipt: Value = serde_json::from_str(&said.out).expect("JSON");
    adds_up(&receipt);
    assert!(codes(&receipt).contains(&"broken-tag"), "{receipt}");
    assert!(most < 200 << 20, "{most} bytes of memory");

    // Elements within elements within elements.
    let deep = format!("{}{}", "<wp:x>".repeat(200_000), "</wp:x>".repeat(200_000));
    let receipt = import(&place, &file(&place, "deep.xml", export(&[deep, item(3, "")].concat())));
    assert_eq!(receipt["by_type"]["post"]["imported"], 1, "{receipt}");

    // 200 MB of one element, and after it a story.
    let path = place.folder.path().join("long.xml");
    let mut long = BufWriter::new(File::create(&path).expect("a file"));
    let (before, after) = (item(4, ""), item(5, ""));
    let (before, end) = before.split_at(before.find("نص 4").expect("a text"));
    write!(long, "<?xml version=\"1.0\"?>\n{HEAD}{before}").expect("written");
    for _ in 0..200 {
        long.write_all(&[b'x'; 1 << 20]).expect("written");
    }
    write!(long, "{end}{after}{TAIL}").expect("written");
    drop(long);
    let (said, most) =
        measured(&place, &["import", "wordpress", &path.display().to_string(), "--json", "--skip-addresses"]);
    assert_eq!(said.status, 0, "{said:?}");
    let receipt: Value = serde_json::from_str(&said.out).expect("JSON");
    adds_up(&receipt);
    assert_eq!(receipt["by_type"]["post"]["imported"], 1, "{receipt}");
    assert!(receipt.to_string().contains("it is larger than"), "{receipt}");
    assert!(most < 500 << 20, "{most} bytes of memory");
    // The title with the attributes was taken as text: the story is called by how it begins.
    serves_on(&place, &["أول", "خبر 2", "خبر 3", "خبر 5", "نص 1"]);
}

#[test]
fn contradictions_are_told() {
    let place = begins();
    let category = |name: &str, parent: &str| {
        format!(
            "<wp:category><wp:category_nicename>{name}</wp:category_nicename><wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{name}</wp:cat_name></wp:category>\n"
        )
    };
    let comment = "<wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_author>canary@example.org</wp:comment_author>\
                   <wp:comment_content>رأي</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>\n";
    let filed = "<category domain=\"category\" nicename=\"a\">a</category>";
    let dated =
        |id: u32, date: &str| item(id, "").replace("2019-03-05 11:00:00", date).replace("2019-03-05 08:00:00", date);
    let whole = export(
        &[
            category("a", "b"),
            category("b", "c"),
            category("c", "a"),
            category("own", "own"),
            comment.into(),
            item(1, filed),
            item(2, "").replace("?p=2</guid>", "?p=1</guid>"),
            item(3, "").replace("<wp:post_id>3<", "<wp:post_id>1<").replace("?p=3</guid>", "?p=1</guid>"),
            dated(4, "0000-00-00 00:00:00"),
            dated(5, "-0001-11-30 00:00:00"),
            dated(6, "0000-01-01 00:00:00"),
            dated(7, "99999-13-45 77:88:99"),
            dated(8, "0001-01-01 00:00:00"),
            item(9, "<wp:comment></wp:comment><wp:comment><wp:comment_id>x</wp:comment_id></wp:comment>"),
            item(4_294_967_295, "").replace("4294967295</wp:post_id>", "99999999999999999999</wp:post_id>"),
        ]
        .concat(),
    );
    let path = file(&place, "odd.xml", &whole);
    let receipt = import(&place, &path);
    assert!(
        codes(&receipt).contains(&"guid-twice")
            && codes(&receipt).contains(&"twice")
            && codes(&receipt).contains(&"no-date"),
        "{receipt}"
    );
    assert!(!receipt.to_string().contains("canary"), "{receipt}");
    let again = import(&place, &path);
    assert_eq!((&again["imported"], &again["changed"]), (&0.into(), &0.into()), "{again}");
    let before = published(&place);
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    serves_on(&place, &before);
}

/// Entries of forms, authors, comments, pictures, broken pieces: each with an address in it. None of them stands in a
/// receipt, whether people or machines read it.
#[test]
fn no_receipt_names_an_address() {
    let at = "canary@example.org";
    let kept = |id: u32, kind: &str| {
        format!(
            "<item><title>{at}</title><link>https://old.example/?mail={at}</link><guid>https://old.example/?{at}</guid><wp:post_id>{id}</wp:post_id><wp:post_type>{kind}</wp:post_type><wp:status>publish</wp:status><content:encoded>{at} & {at}</content:encoded><wp:unknown>{at}</wp:unknown> {at} </item>\n"
        )
    };
    let whole = export(
        &[
            format!("<wp:author><wp:author_login>{at}</wp:author_login><wp:author_email>{at}</wp:author_email><wp:author_display_name>{at}</wp:author_display_name></wp:author>\n"),
            format!("<wp:tag><wp:tag_slug>!</wp:tag_slug><wp:tag_name>!</wp:tag_name></wp:tag>\n{at}\n"),
            format!("<wp:tag><wp:tag_slug>t</wp:tag_slug><wp:tag_name>{at}</wp:tag_name></wp:tag>\n"),
            format!("<wp:category><wp:category_nicename>c</wp:category_nicename><wp:cat_name>{at}</wp:cat_name></wp:category>\n"),
            kept(90, "flamingo_inbound"),
            kept(91, "flamingo_contact"),
            kept(92, "revision"),
            // Broken before its number is known.
            format!("<item><title>{at}</title><content:encoded>a & b</content:encoded><wp:post_type>flamingo_contact</wp:post_type></item>\n"),
            format!("<item><title>{at}</title><wp:attachment_url>https://{at}/wp-content/uploads/{at}.jpg</wp:attachment_url><wp:post_id>93</wp:post_id><wp:post_type>attachment</wp:post_type></item>\n"),
            format!("<item><title>{at}</title><wp:post_type>attachment</wp:post_type></item>\n"),
            item(1, &format!("<dc:creator>{at}</dc:creator><category domain=\"x\" nicename=\"y\">{at}</category><category domain=\"post_tag\" nicename=\"t\">{at}</category><category domain=\"category\" nicename=\"c\">{at}</category><category domain=\"category\" nicename=\"!\">!</category><wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>{at}</wp:comment_author><wp:comment_author_email>{at}</wp:comment_author_email><wp:comment_author_url>https://{at}/</wp:comment_author_url><wp:comment_content>رأي</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment><wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_type>{at}</wp:comment_type></wp:comment>")),
            item(2, "").replace("<title>خبر 2</title>", "").replace("نص 2", at).replace(">publish<", ">draft<"),
            item(3, "").replace("2019-03-05", at),
        ]
        .concat(),
    );
    for json in [true, false] {
        let place = begins();
        let path = file(&place, "in.xml", &whole);
        let mut args = vec!["import", "wordpress", &path];
        args.extend(json.then_some("--json"));
        let said = place.does(&args);
        assert!(said.contains("flamingo_inbound 90") && said.contains("flamingo_contact 91"), "{said}");
        let canary = said.find("canary").map(|found| {
            let near: String = said[..found].chars().rev().take(200).collect::<Vec<_>>().into_iter().rev().collect();
            format!("{near}{}", &said[found..(found + 60).min(said.len())])
        });
        assert_eq!(canary, None);
        let server = place.serves();
        let story = server.reads("/2019/03/05/p-1/");
        assert_eq!(story.status, 200);
        assert!(!story.body.contains("canary"), "{}", story.body);
        server.stop();
    }
}

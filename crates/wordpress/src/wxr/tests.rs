use std::io::{self, Read};

use proptest::prelude::*;

use super::*;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>ورّاق</title><wp:wxr_version>1.2</wp:wxr_version>
"#;
const TAIL: &str = "</channel></rss>";

/// Entries, codes of warnings, reasons of refusals, and the error.
fn read(file: impl AsRef<[u8]>) -> (Vec<Entry>, Vec<&'static str>, Vec<String>, Option<ReadError>) {
    read_within(file, Limits::default())
}

fn read_within(
    file: impl AsRef<[u8]>,
    limits: Limits,
) -> (Vec<Entry>, Vec<&'static str>, Vec<String>, Option<ReadError>) {
    let (mut entries, mut codes, mut refused, mut error) = (Vec::new(), Vec::new(), Vec::new(), None);
    for found in Reader::with_limits(file.as_ref(), limits) {
        match found {
            Ok(Found::Entry { entry, .. }) => entries.push(entry),
            Ok(Found::Warning(warning)) => codes.push(warning.code),
            Ok(Found::Refused(refusal)) => refused.push(refusal.to_string()),
            Err(found) => error = Some(found),
        }
    }
    (entries, codes, refused, error)
}

fn items(entries: &[Entry]) -> Vec<&Item> {
    entries.iter().filter_map(|entry| if let Entry::Item(item) = entry { Some(&**item) } else { None }).collect()
}

/// The body of the one item that has this between its tags, and the complaints.
fn check_content(inside: &str, content: &str, codes: &[&str]) {
    let file = format!("{HEAD}<item><wp:post_id>7</wp:post_id><content:encoded>{inside}</item>{TAIL}");
    let (entries, found, refused, error) = read(&file);
    let items = items(&entries);
    assert!(items.len() == 1 && refused.is_empty() && error.is_none(), "{inside:?}: {entries:?} {refused:?} {error:?}");
    assert_eq!((items[0].content.as_str(), found.as_slice()), (content, codes), "{inside:?}");
    assert_eq!(items[0].post_id, Some(7), "{inside:?}");
}

#[test]
fn texts_end_where_they_were_meant_to() {
    check_content("<![CDATA[<p>أوّل</p>]]></content:encoded>", "<p>أوّل</p>", &[]);
    check_content("أوّل &amp; ثانٍ</content:encoded>", "أوّل & ثانٍ", &[]);
    check_content("\n<![CDATA[a]]>\n<![CDATA[b]]>\n</content:encoded>", "ab", &[]);
    check_content("<![CDATA[a ]]]]><![CDATA[> b]]></content:encoded>", "a ]]> b", &[]);
    check_content("<![CDATA[]]></content:encoded >", "", &[]);
    check_content("<![CDATA[</content:encoded><item>]]></content:encoded>", "</content:encoded><item>", &[]);
    check_content("<![CDATA[<!-- a --> &amp; <b>]]></content:encoded>", "<!-- a --> &amp; <b>", &[]);
    check_content("<![CDATA[سطر\r\nسطر]]></content:encoded>", "سطر\r\nسطر", &[]);
}

#[test]
fn broken_cdata_is_mended() {
    check_content("<![CDATA[a <![CDATA[ b ]]> c]]></content:encoded>", "a <![CDATA[ b ]]> c", &["cdata-in-cdata"]);
    check_content("<![CDATA[]]>]]></content:encoded>", "]]>", &["cdata-in-cdata"]);
    check_content("<![CDATA[<p>a ]]> b</p>]]></content:encoded>", "<p>a ]]> b</p>", &["cdata-in-cdata"]);
    check_content("<![CDATA[a <![CDATA[ b]]></content:encoded>", "a <![CDATA[ b", &[]);
    check_content(
        "<![CDATA[a</content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>",
        "a",
        &["unclosed-cdata"],
    );
    check_content("<![CDATA[a]]><excerpt:encoded>b</excerpt:encoded>", "a", &["unclosed-element"]);
    check_content("a]]>b</content:encoded>", "a]]>b", &["cdata-in-cdata"]);
    check_content("<![CDATA[a]]></content:encoded>]]>", "a", &["stray-text"]);
}

#[test]
fn what_xml_forbids_is_taken() {
    check_content("a & b</content:encoded>", "a & b", &["bare-ampersand"]);
    check_content("a&nbsp;b</content:encoded>", "a\u{A0}b", &["html-entity"]);
    check_content("a&zzz;b</content:encoded>", "a&zzz;b", &["unknown-entity"]);
    check_content("<![CDATA[a\u{8}b\0]]></content:encoded>", "a\u{8}b\0", &["control-character"]);
    check_content("<p>a</p> 3 < 4</content:encoded>", "<p>a</p> 3 < 4", &["markup-in-text"]);
    let warning = "a</content:encoded><br />\n<b>Warning</b>: in x on line <b>9</b><br />";
    let (markup, text) = ("stray-markup", "stray-text");
    check_content(warning, "a", &[markup, markup, text, text, markup, text, markup]);
    let file = format!("{HEAD}<item><wp:post_id>7</wp:post_id><title>\u{FFFD}</title></item>{TAIL}");
    let latin = file.as_bytes().to_vec().iter().map(|&byte| if byte == 0xEF { 0xFF } else { byte }).collect::<Vec<_>>();
    let (entries, codes, ..) = read(latin);
    assert_eq!((items(&entries).len(), codes.as_slice()), (1, ["invalid-utf8"].as_slice()));
}

/// The titles of the items of a file, the complaints, and how many entries were refused.
fn check_file(file: &str, titles: &[&str], codes: &[&str], refused: usize) {
    let (entries, found, refusals, error) = read(file);
    let found_titles: Vec<&str> = items(&entries).iter().map(|item| item.title.as_str()).collect();
    assert!(error.is_none(), "{file:?}: {error:?}");
    assert_eq!(
        (found_titles.as_slice(), found.as_slice(), refusals.len()),
        (titles, codes, refused),
        "{file:?}\n{refusals:?}"
    );
}

#[test]
fn files_out_of_shape_are_read() {
    let item = |title: &str| format!("<item><title>{title}</title><wp:post_id>1</wp:post_id></item>");
    let (one, two) = (item("أ"), item("ب"));
    check_file(&format!("{HEAD}{one}{two}{TAIL}"), &["أ", "ب"], &[], 0);
    check_file(&format!("\u{FEFF}{HEAD}{one}{TAIL}"), &["أ"], &[], 0);
    check_file(&format!("\n\n{HEAD}{one}{TAIL}\n\n"), &["أ"], &[], 0);
    check_file(&format!("Notice: x\n{HEAD}{one}{TAIL}"), &["أ"], &["text-before"], 0);
    check_file(&format!("{HEAD}{one}{TAIL}bye"), &["أ"], &["stray-text"], 0);
    check_file(&format!("{HEAD}{one}"), &["أ"], &["truncated"], 0);
    check_file(&format!("{HEAD}<item><wp:post_id>1</wp:post_id><title>أ"), &["أ"], &["truncated"], 0);
    check_file(&format!("{HEAD}<item><wp:post_id>1</wp:post_id><title><![CDATA[أ"), &["أ"], &["truncated"], 0);
    check_file(
        &format!("{HEAD}<item><wp:post_id>1</wp:post_id><titl"),
        &[""],
        &["broken-tag", "stray-text", "truncated"],
        0,
    );
    check_file(&format!("{HEAD}{one}<item><title>ب</title>"), &["أ"], &[], 1);
    check_file(&format!("{HEAD}<item><title>أ</title>{two}{TAIL}"), &["أ", "ب"], &["unclosed-element"], 0);
    check_file(
        &format!("{HEAD}<item><title>أ<wp:post_id>1</wp:post_id></item>{TAIL}"),
        &["أ"],
        &["unclosed-element"],
        0,
    );
    check_file(&format!("{HEAD}<item><title>أ</title><wp:comment></item>{two}{TAIL}"), &["أ", "ب"], &[], 0);
    check_file(&format!("{HEAD}</wp:tag>{one}{TAIL}"), &["أ"], &["unexpected-end"], 0);
    check_file(&format!("{HEAD}<item/>{one}{TAIL}"), &["", "أ"], &[], 0);
    check_file(
        &format!("<rss>{one}</rss>"),
        &["أ"],
        &["missing-channel", "missing-version", "undeclared-namespace"],
        0,
    );
    check_file(
        &format!("{HEAD}<x:y><item><title>أ</title></item></x:y>{TAIL}"),
        &["أ"],
        &["unknown-element", "unexpected-end"],
        0,
    );
    check_file(&format!("{HEAD}<x:y><title>a</title></x:y>{one}{TAIL}"), &["أ"], &["unknown-element"], 0);
    check_file(&format!("{HEAD}<image><title>a</title><link>b</link></image>{one}{TAIL}"), &["أ"], &[], 0);
    check_file(&format!("<!DOCTYPE html>{HEAD}{one}{TAIL}"), &["أ"], &["document-type"], 0);
    check_file(&format!("{HEAD}<!-- never closed {one}{TAIL}"), &["أ"], &["unclosed-comment", "stray-text"], 0);
    let twice =
        "<item><title>أ</title><title>ب</title><wp:post_id>x</wp:post_id><wp:post_date>soon</wp:post_date></item>";
    check_file(&format!("{HEAD}{twice}{TAIL}"), &["أ"], &["repeated-element", "bad-number", "bad-date"], 0);
}

#[test]
fn entries_hold_what_their_elements_say() {
    let file = format!(
        r#"{HEAD}<description>أخبار</description><language>ar</language><image><title>no</title></image>
        <wp:author><wp:author_id>3
        </wp:author_id><wp:author_login><![CDATA[layla]]></wp:author_login></wp:author>
        <wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>a</wp:category_nicename><wp:cat_name>أ</wp:cat_name>
        <wp:termmeta><wp:meta_key>k</wp:meta_key><wp:meta_value> v </wp:meta_value></wp:termmeta></wp:category>
        <wp:term><wp:term_taxonomy>series</wp:term_taxonomy><wp:term_parent>up</wp:term_parent></wp:term>
        <generator>https://wordpress.org/?v=6.7</generator>
        <item><title>أوّل</title><dc:creator>layla</dc:creator><guid isPermaLink="false">g</guid>
        <wp:post_date>2020-05-10 10:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>
        <wp:is_sticky>1</wp:is_sticky><wp:menu_order>-2</wp:menu_order>
        <category domain="post_tag" nicename="b&amp;c"><![CDATA[ب]]></category>
        <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
        <wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author_url>https://example.org/?a=1&b=2</wp:comment_author_url>
        <wp:commentmeta><wp:meta_key>c</wp:meta_key><wp:meta_value>d</wp:meta_value></wp:commentmeta>
        <wp:comment_content><![CDATA[شكرًا]]></wp:comment_content></wp:comment></item>{TAIL}"#
    );
    let mut reader = Reader::new(file.as_bytes());
    let mut lines = Vec::new();
    let mut entries = Vec::new();
    for found in &mut reader {
        if let Found::Entry { line, entry } = found.unwrap() {
            lines.push(line);
            entries.push(entry);
        }
    }
    assert_eq!(lines, [4, 6, 8, 10, 12]);
    assert_eq!(reader.channel().generator.as_deref(), Some("https://wordpress.org/?v=6.7"));
    let Entry::Channel(channel) = &entries[0] else { panic!("{:?}", entries[0]) };
    assert_eq!((channel.title.as_str(), channel.language.as_str(), &channel.generator), ("ورّاق", "ar", &None));
    let Entry::Author(author) = &entries[1] else { panic!("{:?}", entries[1]) };
    assert_eq!((author.id, author.login.as_str()), (Some(3), "layla"));
    let Entry::Category(category) = &entries[2] else { panic!("{:?}", entries[2]) };
    assert_eq!((category.id, category.meta[0].value.as_str()), (Some(4), " v "));
    let Entry::Term(term) = &entries[3] else { panic!("{:?}", entries[3]) };
    assert_eq!((term.id, term.taxonomy.as_str(), term.parent.as_str()), (None, "series", "up"));
    let item = items(&entries)[0];
    assert_eq!(
        (item.creator.as_str(), item.guid_is_permalink, item.is_sticky, item.menu_order),
        ("layla", false, true, -2)
    );
    assert!(item.post_date.civil().is_some() && item.post_date_gmt.civil().is_none() && item.post_date_gmt.is_none());
    assert_eq!(item.terms, [Filed { domain: "post_tag".into(), nicename: "b&c".into(), name: "ب".into() }]);
    assert_eq!(item.meta, [Meta { key: "_thumbnail_id".into(), value: "9".into() }]);
    let comment = &item.comments[0];
    assert_eq!((comment.id, comment.url.as_str()), (Some(5), "https://example.org/?a=1&b=2"));
    assert_eq!((comment.content.as_str(), comment.meta[0].key.as_str()), ("شكرًا", "c"));
}

#[test]
fn names_are_those_of_their_namespace() {
    let item = |root: &str, inside: &str| {
        let (entries, codes, ..) = read(format!(
            "<rss {root}><channel><wp:wxr_version>1.2</wp:wxr_version><item>{inside}</item></channel></rss>"
        ));
        (items(&entries)[0].post_id, codes)
    };
    let wp = "xmlns:wp=\"http://wordpress.org/export/1.1/\"";
    assert_eq!(item(wp, "<wp:post_id>1</wp:post_id>"), (Some(1), vec![]));
    assert_eq!(item("", "<wp:post_id>1</wp:post_id>"), (Some(1), vec!["undeclared-namespace"]));
    assert_eq!(item("xmlns:wp=\"http://example.com/\"", "<wp:post_id>1</wp:post_id>"), (Some(1), vec![]));
    assert_eq!(
        item(wp, "<wp:post_id xmlns:wp=\"http://example.com/\">1</wp:post_id>"),
        (None, vec!["unknown-element"])
    );
    let of_another_prefix = "<x:post_id xmlns:x=\"http://wordpress.org/export/1.2/\">1</x:post_id>";
    assert_eq!(item(wp, of_another_prefix), (Some(1), vec![]));
    assert_eq!(item(wp, "<post_id xmlns=\"http://wordpress.org/export/1.2/\">1</post_id>"), (Some(1), vec![]));
}

#[test]
fn repetitions_of_version_1_0_are_one_term() {
    let term =
        |domain: &str, nicename: &str| Filed {
            domain: domain.into(), nicename: nicename.into(), name: "أخبار".into()
        };
    let item = Item {
        terms: vec![term("", ""), term("category", "news"), term("tag", ""), term("tag", "n")],
        ..Item::default()
    };
    assert_eq!(item.distinct_terms(), [term("category", "news"), term("post_tag", "n")]);
}

#[test]
fn other_files_are_told_apart() {
    for file in ["", "hello", "<html><head><title>no</title></head></html>", "{\"a\": 1}", "\0\0\0<<<>>>"] {
        let (entries, _, _, error) = read(file);
        assert!(entries.is_empty() && matches!(error, Some(ReadError::NotAnExport)), "{file:?}: {entries:?} {error:?}");
    }
}

#[test]
fn declarations_of_entities_are_refused() {
    let bomb =
        format!("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>{HEAD}{TAIL}");
    assert!(matches!(read(bomb).3, Some(ReadError::DocumentType { line: 2 })));
    let file =
        format!("{HEAD}<!DOCTYPE x SYSTEM \"file:///etc/passwd\" [ <!ENTITY e SYSTEM \"file:///etc/passwd\"> ]>{TAIL}");
    assert!(matches!(read(file).3, Some(ReadError::DocumentType { line: 5 })));
}

#[test]
fn an_item_beyond_the_limit_is_refused_and_the_rest_is_read() {
    let limits = Limits { entry_bytes: 10_000 };
    let item = |body: &str| format!("<item><wp:post_id>1</wp:post_id><content:encoded>{body}</content:encoded></item>");
    let small = item("<![CDATA[a]]>");
    let large = "ب".repeat(9_000);
    let metas = "<wp:postmeta></wp:postmeta>".repeat(1_000);
    let comments = "<wp:comment></wp:comment>".repeat(1_000);
    for body in [
        format!("<![CDATA[{large}]]>"),
        large,
        "<".repeat(20_000),
        format!("</content:encoded>{metas}<a>"),
        format!("</content:encoded>{comments}<a>"),
    ] {
        let (entries, _, refused, error) =
            read_within(format!("{HEAD}{small}{}{small}{TAIL}", item(&body)), limits.clone());
        assert_eq!((items(&entries).len(), refused.len()), (2, 1), "{body:.60}");
        assert!(
            refused[0].starts_with("line 5, item 1: it is larger than 10000 bytes") && error.is_none(),
            "{refused:?}"
        );
    }
}

#[test]
fn a_failing_input_is_told_after_what_was_read() {
    struct Failing<'a>(&'a [u8]);
    impl Read for Failing<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            match self.0.read(into)? {
                0 => Err(io::ErrorKind::UnexpectedEof.into()),
                length => Ok(length),
            }
        }
    }
    let file = format!("{HEAD}<item><title>أ</title></item><item><title>ب</title>");
    let found: Vec<_> = Reader::new(Failing(file.as_bytes())).collect();
    assert!(matches!(found.last(), Some(Err(ReadError::Io { line: 5, .. }))), "{found:?}");
    assert_eq!(found.iter().filter(|found| matches!(found, Ok(Found::Entry { entry: Entry::Item(_), .. }))).count(), 1);
    assert_eq!(found.iter().filter(|found| matches!(found, Ok(Found::Refused(_)))).count(), 1);
}

/// How many bytes searches look through, for a file of `count` times `unit` within `before` and `after`.
fn work(before: &str, unit: &str, after: &str, count: usize) -> u64 {
    let file = format!("{HEAD}{before}{}{after}", unit.repeat(count));
    let mut reader = Reader::new(file.as_bytes());
    let mut complaints = 0;
    for found in &mut reader {
        complaints += u64::from(!matches!(found, Ok(Found::Entry { .. })));
    }
    assert!(complaints <= 4 * count as u64 + 10, "{unit:?}");
    reader.searched()
}

#[test]
fn no_more_is_held_than_the_entry_at_hand() {
    let item = format!("<item><content:encoded><![CDATA[{}]]></content:encoded></item>\n", "أ".repeat(2_000));
    let file = format!("{HEAD}{}{TAIL}", item.repeat(2_000));
    let mut reader = Reader::new(file.as_bytes());
    let mut count = 0;
    while let Some(found) = reader.next() {
        count += usize::from(found.is_ok());
        assert!(reader.held() < 200_000, "{} bytes are held", reader.held());
    }
    assert_eq!(count, 2_001);
}

#[test]
fn work_grows_with_the_length_of_the_file() {
    let in_item = "<item><content:encoded>";
    for (before, unit, after) in [
        ("", "<", ""),
        ("", "<a ", ""),
        ("", "<a \"", ""),
        ("", "<!--", ""),
        ("", "<![CDATA[", ""),
        ("", "<?", ""),
        ("", "</", ""),
        ("", "<x:y>", ""),
        ("", "</x:y>", ""),
        ("", "<item>", ""),
        ("", "<item><title>", ""),
        ("", "<wp:term><wp:termmeta>", ""),
        ("", "<title><![CDATA[</title>", "]]></link>"),
        ("", "<title><![CDATA[</title>", ""),
        ("<item>", "<title><![CDATA[</title>", "]]></link>"),
        ("<item>", "<wp:comment>", ""),
        ("<item>", "<wp:comment><wp:commentmeta>", ""),
        (in_item, "<", ""),
        (in_item, "<b", ""),
        (in_item, "</content:encoded", ""),
        (in_item, "<![CDATA[", ""),
        (in_item, "<![CDATA[]]>", ""),
        (in_item, "]]>", "</content:encoded>"),
        (in_item, "&amp", ""),
        (in_item, "&", ""),
        ("<item><category ", "a=b ", ">"),
    ] {
        let (small, large) = (work(before, unit, after, 10_000), work(before, unit, after, 100_000));
        assert!(large <= 11 * small + 1_000_000, "{before:?} {unit:?} {after:?}: {small} → {large}");
    }
}

#[test]
fn complaints_about_one_entry_are_counted_after_the_first_ones() {
    let (_, codes, ..) = read(format!("{HEAD}<item>{}<title>a</title></item>{TAIL}", "x<br>".repeat(500)));
    assert_eq!((codes.len(), codes.last()), (51, Some(&"more-warnings")));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~ا-ي\n\t]{0,12}",
        prop::collection::vec(
            prop::sample::select(vec![
                "]]>",
                "<![CDATA[",
                "]]",
                ">",
                "&",
                "&amp;",
                "</title>",
                "</content:encoded>",
                "<item>",
                "</item>",
                "أ",
                " ",
                "\r\n",
                "🙂",
                "--",
                "\"",
                "'",
                "<!--",
                "-->",
                "a:1:{i:0;N;}",
                "</wp:meta_value>",
                "\u{A0}",
            ]),
            0..6
        )
        .prop_map(|parts| parts.concat()),
    ]
}

fn date() -> impl Strategy<Value = Date> {
    prop_oneof![
        Just(Date::parse("0000-00-00 00:00:00")),
        "[0-9-: ]{0,12}".prop_map(Date::parse),
        "20[0-9]{2}-0[1-9]-1[0-9] 1[0-9]:00:00".prop_map(Date::parse)
    ]
}

fn metas() -> impl Strategy<Value = Vec<Meta>> {
    prop::collection::vec((text(), text()).prop_map(|(key, value)| Meta { key, value }), 0..3)
}

prop_compose! {
    fn comment()(
        id in any::<Option<u32>>(), texts in prop::array::uniform7(text()), date in date(), date_gmt in date(),
        parent in any::<u32>(), user_id in any::<u32>(), meta in metas(),
    ) -> Comment {
        let [author, email, url, ip, content, approved, kind] = texts;
        let (parent, user_id) = (parent.into(), user_id.into());
        Comment { id: id.map(u64::from), author, email, url, ip, date, date_gmt, content, approved, kind, parent, user_id, meta }
    }
}

prop_compose! {
    fn filed()(domain in text(), nicename in text(), name in text()) -> Filed {
        Filed { domain, nicename, name }
    }
}

prop_compose! {
    fn item()(
        texts in prop::array::uniform14(text()), dates in prop::array::uniform4(date()), post_id in any::<Option<u32>>(),
        flags in any::<(bool, bool)>(), post_parent in any::<u32>(), menu_order in any::<i32>(),
        attachment_url in prop::option::of(text()), terms in prop::collection::vec(filed(), 0..3), meta in metas(),
        comments in prop::collection::vec(comment(), 0..3),
    ) -> Item {
        let [title, link, pub_date, creator, guid, description, content, excerpt, comment_status, ping_status, post_name,
            status, post_type, post_password] = texts;
        let [post_date, post_date_gmt, post_modified, post_modified_gmt] = dates;
        let (guid_is_permalink, is_sticky) = flags;
        Item {
            title, link, pub_date, creator, guid, guid_is_permalink, description, content, excerpt,
            post_id: post_id.map(u64::from), post_date, post_date_gmt, post_modified, post_modified_gmt, comment_status,
            ping_status, post_name, status, post_parent: post_parent.into(), menu_order: menu_order.into(), post_type,
            post_password, is_sticky, attachment_url, terms, meta, comments,
        }
    }
}

fn entry() -> impl Strategy<Value = Entry> {
    let id = || any::<Option<u32>>().prop_map(|id| id.map(u64::from));
    prop_oneof![
        (id(), prop::array::uniform5(text())).prop_map(|(id, texts)| {
            let [login, email, display_name, first_name, last_name] = texts;
            Entry::Author(Author { id, login, email, display_name, first_name, last_name })
        }),
        (id(), prop::array::uniform4(text()), metas()).prop_map(|(id, texts, meta)| {
            let [nicename, parent, name, description] = texts;
            Entry::Category(Category { id, nicename, parent, name, description, meta })
        }),
        (id(), prop::array::uniform3(text()), metas()).prop_map(|(id, texts, meta)| {
            let [slug, name, description] = texts;
            Entry::Tag(Tag { id, slug, name, description, meta })
        }),
        (id(), prop::array::uniform5(text()), metas()).prop_map(|(id, texts, meta)| {
            let [taxonomy, slug, parent, name, description] = texts;
            Entry::Term(Term { id, taxonomy, slug, parent, name, description, meta })
        }),
        item().prop_map(|item| Entry::Item(Box::new(item))),
    ]
}

fn export() -> impl Strategy<Value = Vec<Entry>> {
    let channel = (prop::array::uniform7(text()), prop::option::of(text())).prop_map(|(texts, generator)| {
        let [title, link, description, pub_date, language, base_site_url, base_blog_url] = texts;
        let generator = generator.filter(|generator| !generator.is_empty());
        let version = "1.2".to_owned();
        let channel =
            Channel { title, link, description, pub_date, language, version, base_site_url, base_blog_url, generator };
        Entry::Channel(Box::new(channel))
    });
    (channel, prop::collection::vec(entry(), 0..4)).prop_map(|(channel, mut entries)| {
        entries.insert(0, channel);
        entries
    })
}

fn written(entries: &[Entry]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    for entry in entries {
        writer.write(entry).unwrap();
    }
    writer.finish().unwrap()
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(entries in export()) {
        let file = written(&entries);
        let (again, _, refused, error) = read(&file);
        prop_assert!(refused.is_empty() && error.is_none(), "{:?} {:?}", refused, error);
        prop_assert_eq!(&again, &entries, "{}", String::from_utf8_lossy(&file));
        prop_assert_eq!(written(&again), file);
    }

    #[test]
    fn no_file_is_too_broken(entries in export(), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), end in any::<prop::sample::Index>()) {
        let mut file = written(&entries);
        for (at, byte) in cuts {
            let at = at.index(file.len());
            file[at] = byte;
        }
        file.truncate(end.index(file.len() + 1));
        let (again, ..) = read(&file);
        let (_, codes, refused, error) = read(written(&again));
        prop_assert!(refused.is_empty() && error.is_none(), "{:?} {:?} {:?}", codes, refused, error);
    }
}

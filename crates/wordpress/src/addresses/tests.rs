use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::wxr::{Author, Category, Channel, Date, Entry, Filed, Item, Meta, Tag as Label, Term};

fn channel(base: &str) -> Entry {
    Entry::Channel(Box::new(Channel { base_blog_url: base.into(), ..Channel::default() }))
}

fn filed(domain: &str, nicename: &str) -> Filed {
    Filed { domain: domain.into(), nicename: nicename.into(), name: nicename.into() }
}

fn post(id: u64, link: &str, slug: &str, date: &str) -> Item {
    Item {
        post_id: Some(id),
        link: link.into(),
        post_name: slug.into(),
        post_date: Date::parse(date),
        creator: "layla".into(),
        post_type: "post".into(),
        status: "publish".into(),
        terms: vec![filed("category", "local")],
        ..Item::default()
    }
}

/// A site with three posts, whose links are `made` with `ID`, `SLUG`, `Y`, `M` and `D` filled in.
fn site(base: &str, made: &str) -> Site {
    let mut site = Site::default();
    site.add(&channel(base));
    site.add(&Entry::Category(Category { id: Some(1), nicename: "news".into(), ..Category::default() }));
    let local = Category { id: Some(2), nicename: "local".into(), parent: "news".into(), ..Category::default() };
    site.add(&Entry::Category(local));
    for (id, slug, [year, month, day]) in [
        (41, "%d8%a3%d9%88%d9%84", ["2019", "03", "03"]),
        (7, "two", ["2020", "12", "25"]),
        (2021, "2021", ["2021", "01", "30"]),
    ] {
        let path = made.replace('Y', year).replace('M', month).replace("ID", &id.to_string()).replace('D', day);
        let link = format!("{base}{}", path.replace("SLUG", slug));
        site.add(&Entry::Item(Box::new(post(id, &link, slug, &format!("{year}-{month}-{day} 10:20:30")))));
    }
    site
}

fn check_pattern(base: &str, expected: &str, made: &str) {
    let detected = site(base, made).pattern();
    assert_eq!((detected.pattern.to_string().as_str(), detected.fits, detected.of), (expected, 3, 3));
    assert_eq!(Pattern::parse(expected), detected.pattern);
}

#[test]
fn patterns_are_found() {
    let root = "https://example.org";
    check_pattern(root, "/%year%/%monthnum%/%day%/%postname%/", "/Y/M/D/SLUG/");
    check_pattern(root, "/%year%/%monthnum%/%postname%", "/Y/M/SLUG");
    check_pattern(root, "/%postname%/", "/SLUG/");
    check_pattern(root, "/archives/%post_id%", "/archives/ID");
    check_pattern(root, "/%category%/%postname%/", "/news/local/SLUG/");
    check_pattern(root, "/%author%/%postname%/", "/layla/SLUG/");
    check_pattern(root, "/?p=%post_id%", "/?p=ID");
    check_pattern(root, "/index.php/%year%/%postname%/", "/index.php/Y/SLUG/");
    check_pattern(root, "/%year%/%postname%.html", "/Y/SLUG.html");
    check_pattern(root, "/%hour%/%minute%/%second%/%postname%/", "/10/20/30/SLUG/");
    check_pattern("https://example.org/blog", "/blog/%postname%/", "/SLUG/");
    check_pattern("https://example.org/blog", "/blog/?p=%post_id%", "/?p=ID");
}

#[test]
fn those_that_do_not_fit_are_counted() {
    let mut site = site("https://example.org", "/Y/SLUG/");
    site.add(&Entry::Item(Box::new(post(8, "https://example.org/odd/", "eight", "2020-01-01 00:00:00"))));
    let draft = Item { status: "draft".into(), ..post(9, "https://example.org/?p=9", "", "2020-01-01 00:00:00") };
    site.add(&Entry::Item(Box::new(draft)));
    let detected = site.pattern();
    assert_eq!((detected.pattern.to_string().as_str(), detected.fits, detected.of), ("/%year%/%postname%/", 3, 4));
    let empty = Site::default().pattern();
    assert_eq!((empty.pattern, empty.fits, empty.of), (Pattern::plain(), 0, 0));
}

fn check_there(site: &Site, path: &str, points_to: Target) {
    let found: Vec<OldAddress> = site.old_addresses().filter(|old| old.path == path).collect();
    assert_eq!(found, [OldAddress { path: path.into(), points_to }], "{path}");
}

fn check_absent(site: &Site, path: &str) {
    assert!(!site.old_addresses().any(|old| old.path == path), "{path}");
}

fn term(taxonomy: &str, slug: &str) -> Target {
    Target::Term { taxonomy: taxonomy.into(), slug: slug.into() }
}

#[test]
fn everything_that_answered_is_listed() {
    let mut site = site("https://example.org", "/Y/M/D/SLUG/");
    site.add(&Entry::Author(Author { id: Some(3), login: "layla".into(), ..Author::default() }));
    site.add(&Entry::Tag(Label { id: Some(5), slug: "%D9%82%D9%85%D8%A9".into(), ..Label::default() }));
    site.add(&Entry::Term(Term { taxonomy: "nav_menu".into(), slug: "main".into(), ..Term::default() }));
    site.add(&Entry::Term(Term { taxonomy: "series".into(), slug: "silk".into(), ..Term::default() }));
    let page = |id, parent, slug: &str, link: &str| Item {
        post_type: "page".into(),
        post_parent: parent,
        ..post(id, link, slug, "")
    };
    site.add(&Entry::Item(Box::new(page(50, 0, "about", "https://example.org/about/"))));
    site.add(&Entry::Item(Box::new(page(51, 50, "team", ""))));
    let old = Item {
        meta: vec![Meta { key: "_wp_old_slug".into(), value: "before".into() }],
        ..post(60, "https://example.org/2022/02/03/after/", "after", "2022-02-03 00:00:00")
    };
    site.add(&Entry::Item(Box::new(old)));
    let size = "a:1:{s:5:\"sizes\";a:1:{s:6:\"medium\";a:3:{s:4:\"file\";s:17:\"صورة-300x2.png\";s:5:\"width\";i:300;s:6:\"height\";i:2;}}}";
    let picture = Item {
        post_type: "attachment".into(),
        status: "inherit".into(),
        attachment_url: Some("https://cdn.example.org/wp-content/uploads/2017/09/صورة.png".into()),
        meta: vec![Meta { key: "_wp_attachment_metadata".into(), value: size.into() }],
        ..post(70, "https://example.org/2019/03/03/one/picture/", "picture", "2019-03-03 00:00:00")
    };
    site.add(&Entry::Item(Box::new(picture)));

    check_there(&site, "/2019/03/03/%d8%a3%d9%88%d9%84/", Target::Post(41));
    check_there(&site, "/2019/03/03/%d8%a3%d9%88%d9%84/feed/", Target::Feed(FeedOf::Post(41)));
    check_there(&site, "/?p=41", Target::Post(41));
    check_there(&site, "/about/", Target::Post(50));
    check_there(&site, "/about/team/", Target::Post(51));
    check_there(&site, "/?page_id=51", Target::Post(51));
    check_there(&site, "/2022/02/03/before/", Target::Post(60));
    check_there(&site, "/2019/03/03/one/picture/", Target::Post(70));
    check_there(&site, "/?attachment_id=70", Target::Post(70));
    let upload = |file: &str, size| Target::Upload(Upload { attachment: 70, file: file.into(), size });
    let folder = "/wp-content/uploads/2017/09";
    check_there(&site, &format!("{folder}/%d8%b5%d9%88%d8%b1%d8%a9.png"), upload("صورة.png", None));
    check_there(
        &site,
        &format!("{folder}/%d8%b5%d9%88%d8%b1%d8%a9-300x2.png"),
        upload("صورة-300x2.png", Some((300, 2))),
    );
    check_there(&site, "/category/news/", term("category", "news"));
    check_there(&site, "/category/news/local/", term("category", "local"));
    check_there(&site, "/?cat=2", term("category", "local"));
    check_there(&site, "/tag/%d9%82%d9%85%d8%a9/", term("post_tag", "%d9%82%d9%85%d8%a9"));
    check_there(&site, "/?tag=%d9%82%d9%85%d8%a9", term("post_tag", "%d9%82%d9%85%d8%a9"));
    check_there(&site, "/series/silk/", term("series", "silk"));
    check_there(&site, "/author/layla/", Target::Author { login: "layla".into() });
    check_there(&site, "/?author=3", Target::Author { login: "layla".into() });
    check_there(&site, "/2020/", Target::Date { year: 2020, month: None, day: None });
    check_there(&site, "/2020/12/", Target::Date { year: 2020, month: Some(12), day: None });
    check_there(&site, "/2020/12/25/", Target::Date { year: 2020, month: Some(12), day: Some(25) });
    check_there(&site, "/?m=202012", Target::Date { year: 2020, month: Some(12), day: None });
    check_there(&site, "/feed/", Target::Feed(FeedOf::Site));
    check_there(&site, "/feed/atom/", Target::Feed(FeedOf::Site));
    check_there(&site, "/comments/feed/", Target::Feed(FeedOf::Comments));
    check_there(&site, "/?feed=rss2", Target::Feed(FeedOf::Site));
    let feed = FeedOf::Term { taxonomy: "category".into(), slug: "news".into() };
    check_there(&site, "/category/news/feed/", Target::Feed(feed));
    check_absent(&site, "/nav_menu/main/");
    let paths: Vec<String> = site.old_addresses().map(|old| old.path).collect();
    let distinct: HashSet<&String> = paths.iter().collect();
    assert_eq!(distinct.len(), paths.len());
}

#[test]
fn what_stands_before_posts_stands_before_terms() {
    let numbers = site("https://example.org", "/archives/ID");
    check_there(&numbers, "/archives/category/news", term("category", "news"));
    check_there(&numbers, "/archives/author/layla", Target::Author { login: "layla".into() });
    check_there(&numbers, "/archives/date/2020/12", Target::Date { year: 2020, month: Some(12), day: None });
    check_there(&numbers, "/feed", Target::Feed(FeedOf::Site));
    let index = site("https://example.org", "/index.php/SLUG/");
    check_there(&index, "/index.php/category/news/", term("category", "news"));
    check_there(&index, "/index.php/feed/", Target::Feed(FeedOf::Site));
    let below = site("https://example.org/blog", "/SLUG/");
    check_there(&below, "/blog/category/news/", term("category", "news"));
    check_there(&below, "/blog/?p=7", Target::Post(7));
    let plain = site("https://example.org", "/?p=ID");
    check_there(&plain, "/?p=7", Target::Post(7));
    check_there(&plain, "/?cat=1", term("category", "news"));
    check_absent(&plain, "/category/news/");
}

#[test]
fn circles_of_parents_end() {
    let mut site = Site::default();
    for (slug, parent) in [("a", "b"), ("b", "a"), ("c", "c")] {
        site.add(&Entry::Category(Category { nicename: slug.into(), parent: parent.into(), ..Category::default() }));
    }
    let page = |id, parent| Item { post_type: "page".into(), post_parent: parent, ..post(id, "", "x", "") };
    site.add(&Entry::Item(Box::new(page(1, 2))));
    site.add(&Entry::Item(Box::new(page(2, 1))));
    site.add(&Entry::Item(Box::new(post(3, "https://example.org/y/", "y", ""))));
    assert!(site.old_addresses().count() > 10);
}

fn check_normal(address: &str, expected: &str) {
    assert_eq!(normal(address), expected, "{address:?}");
    assert_eq!(normal(expected), expected, "{address:?}");
}

#[test]
fn addresses_have_one_form() {
    check_normal("https://example.org", "/");
    check_normal("https://example.org/a/", "/a/");
    check_normal("https://example.org?p=1", "/?p=1");
    check_normal("//example.org/a", "/a");
    check_normal("/a?u=https://b.example/c", "/a?u=https://b.example/c");
    check_normal("a", "/a");
    check_normal("", "/");
    check_normal("/%D8%A3/%zz%D", "/%d8%a3/%zz%d");
    check_normal("/أ", "/%d8%a3");
    check_normal("/A%2FB", "/A%2fB");
}

#[test]
fn logins_become_slugs() {
    for (login, slug) in [
        ("layla", "layla"),
        ("omar.said", "omar-said"),
        ("dev@example.org", "devexample-org"),
        ("A B", "a-b"),
        ("ليلى", "%d9%84%d9%8a%d9%84%d9%89"),
    ] {
        assert_eq!(author_slug(login), slug, "{login}");
    }
}

#[test]
fn sizes_are_told_by_names() {
    for file in
        ["photo.jpg", "photo-1.png", "a-0x.png", "-300x200.png", "2020/-300x200.png", "photo-300x200", "x-123456x1.png"]
    {
        assert_eq!(without_size(file), None, "{file}");
    }
    assert_eq!(without_size("2020/05/a-b-1024x768.jpeg"), Some(("2020/05/a-b.jpeg".into(), Some((1024, 768)))));
    assert_eq!(without_size("a-rotated.jpg"), Some(("a.jpg".into(), None)));
}

#[test]
fn many_categories_and_segments_are_borne() {
    let mut site = Site::default();
    let many: Vec<Filed> = (0..2_000).map(|n| filed("category", &format!("{}", n % 7))).collect();
    for id in 1..200 {
        let link = format!("https://example.org{}", "/1".repeat(if id % 2 == 0 { 15 } else { 5_000 }));
        site.add(&Entry::Item(Box::new(Item { terms: many.clone(), ..post(id, &link, "1", "2001-01-01 01:01:01") })));
    }
    assert_eq!(site.pattern().of, 199);
}

proptest! {
    #[test]
    fn no_address_is_too_odd(link in "\\PC{0,30}", slug in "[%a-f0-9é/-]{0,12}", id in 0u64..50) {
        let mut site = Site::default();
        site.add(&channel(&link));
        site.add(&Entry::Item(Box::new(post(id, &link, &slug, "2020-01-02 03:04:05"))));
        for old in site.old_addresses() {
            prop_assert!(old.path.starts_with('/') && old.path.is_ascii(), "{:?}", old);
        }
    }
}

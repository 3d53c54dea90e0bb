//! Exports as WordPress writes them, and what becomes of them.

use jiff::tz::TimeZone;
use wordpress::wxr::{Comment, Date};

use super::*;
use crate::news::MediaId;
use crate::news::comment::Status as CommentStatus;
use crate::news::incoming::{Incoming, Visibility};

fn site(entries: &[Entry]) -> OldSite {
    let mut site = OldSite::default();
    entries.iter().for_each(|entry| site.learn(1, entry));
    site
}

fn post(id: u64, change: impl FnOnce(&mut Item)) -> Item {
    let mut item = Item {
        title: "ميناء &amp; سفينة".into(),
        link: format!("https://old.example/2020/05/{id}/"),
        guid: format!("https://old.example/?p={id}"),
        content: "نص أول\n\nنص ثان".into(),
        post_id: Some(id),
        post_date: Date::parse("2020-05-10 12:00:00"),
        post_date_gmt: Date::parse("2020-05-10 09:00:00"),
        post_name: "%d9%85%d9%8a%d9%86%d8%a7%d8%a1".into(),
        status: "publish".into(),
        post_type: "post".into(),
        comment_status: "open".into(),
        creator: "layla".into(),
        ..Item::default()
    };
    change(&mut item);
    item
}

#[track_caller]
fn taken(site: &OldSite, item: &Item) -> (Incoming, Vec<&'static str>) {
    match site.take(1, item, &TimeZone::UTC) {
        Taken::Article { incoming, oddities, .. } => (*incoming, oddities.into_iter().map(|(code, _)| code).collect()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_post_keeps_what_readers_knew() {
    let author =
        Entry::Author(wxr::Author {
            login: "layla".into(), display_name: "ليلى حسن".into(), ..wxr::Author::default()
        });
    let (incoming, oddities) = taken(&site(&[author]), &post(7, |_| {}));
    assert_eq!(oddities, [""; 0]);
    assert_eq!(incoming.draft.headline, "ميناء & سفينة");
    assert_eq!(incoming.draft.slug, "ميناء");
    assert_eq!(incoming.draft.body.trim(), "<p>نص أول</p>\n<p>نص ثان</p>");
    assert_eq!(incoming.visibility.published().map(|at| at.to_string()).as_deref(), Some("2020-05-10T09:00:00Z"));
    assert_eq!(incoming.bylines[0].0.name, "ليلى حسن");
    assert_eq!(incoming.number, Some(7));
}

#[test]
fn smilies_are_what_readers_saw() {
    let (incoming, _) = taken(&OldSite::default(), &post(7, |item| item.content = "نص :) <code>:)</code>".into()));
    assert_eq!(incoming.draft.body.trim(), "<p>نص 🙂 <code>:)</code></p>");
}

#[track_caller]
fn check_private(change: impl FnOnce(&mut Item), code: &str) {
    let (incoming, oddities) = taken(&OldSite::default(), &post(7, change));
    assert_eq!(incoming.visibility, Visibility::Hidden);
    assert_eq!(oddities.into_iter().collect::<Vec<_>>().join(" "), code);
}

#[test]
fn what_was_not_public_stays_so() {
    check_private(|item| item.status = "private".into(), "not-public");
    check_private(|item| item.status = "trash".into(), "not-public");
    check_private(|item| item.status = "draft".into(), "");
    check_private(|item| item.post_password = "x".into(), "password");
    let no_date = |item: &mut Item| (item.post_date, item.post_date_gmt) = (Date::parse("0000-00-00"), Date::parse(""));
    check_private(no_date, "no-date");
}

#[test]
fn a_name_without_letters_costs_nobody_the_article() {
    let (incoming, oddities) = taken(&OldSite::default(), &post(7, |item| item.creator = "«»".into()));
    assert!(incoming.bylines.is_empty());
    assert_eq!(oddities, ["name"]);
}

#[test]
fn what_was_to_go_out_later_still_is() {
    let (incoming, _) = taken(&OldSite::default(), &post(7, |item| item.status = "future".into()));
    assert_eq!(incoming.visibility, Visibility::Scheduled("2020-05-10T09:00:00Z".parse().unwrap()));
    let (incoming, _) = taken(&OldSite::default(), &post(7, |item| item.status = "draft".into()));
    assert_eq!(incoming.visibility, Visibility::Hidden);
}

#[test]
fn two_items_of_one_name_are_two() {
    let (one, mut other) = (post(7, |_| {}), post(8, |_| {}));
    other.guid.clone_from(&one.guid);
    let entries = [&one, &other].map(|item| Entry::Item(Box::new(item.clone())));
    let site = site(&entries);
    let (first, second) = (taken(&site, &one), taken(&site, &other));
    assert_ne!(first.0.guid, second.0.guid);
    assert_eq!(second.1, ["guid-twice"]);
}

#[test]
fn sections_come_after_those_above_and_circles_end() {
    let category = |slug: &str, parent: &str| {
        Entry::Category(Category {
            nicename: slug.into(),
            parent: parent.into(),
            name: format!("{slug} name"),
            ..Category::default()
        })
    };
    let site =
        site(&[category("c", "b"), category("b", "a"), category("a", ""), category("x", "y"), category("y", "x")]);
    let paths: Vec<String> = (site.terms().sections.iter())
        .map(|term| format!("{}/{}", term.parent.as_deref().unwrap_or_default(), term.slug))
        .collect();
    assert_eq!(paths, ["/a", "a/b", "a/b/c", "/x", "/y"].map(String::from));
}

#[test]
fn comments_keep_their_state_and_answers_come_last() {
    let comment = |id: u64, parent: u64, approved: &str, hour: u8| Comment {
        id: Some(id),
        parent,
        approved: approved.into(),
        author: "قارئ".into(),
        content: "رأي".into(),
        date_gmt: Date::parse(format!("2020-05-11 {hour:02}:00:00")),
        ..Comment::default()
    };
    let item = post(7, |item| {
        item.comments = vec![
            comment(3, 2, "1", 8),
            comment(2, 0, "spam", 9),
            comment(4, 0, "0", 7),
            Comment { kind: "pingback".into(), ..comment(5, 0, "1", 6) },
        ];
    });
    let (incoming, oddities) = taken(&OldSite::default(), &item);
    let found: Vec<(&str, CommentStatus)> = (incoming.comments.iter())
        .map(|comment| (comment.guid.rsplit('-').next().unwrap_or_default(), comment.status))
        .collect();
    assert_eq!(found, [("4", CommentStatus::Held), ("2", CommentStatus::Spam), ("3", CommentStatus::Published)]);
    assert_eq!(oddities, ["comment"]);
}

#[test]
fn addresses_of_files_are_changed_wherever_they_stand() {
    let attachment = post(14, |item| {
        item.post_type = "attachment".into();
        item.attachment_url = Some("https://old.example/wp-content/uploads/2019/%D8%B3.jpg".into());
    });
    let channel = Channel { base_blog_url: "https://old.example".into(), ..Channel::default() };
    let mut site = site(&[Entry::Channel(Box::new(channel)), Entry::Item(Box::new(attachment))]);
    let upload = site.files.uploads()[0].clone();
    assert_eq!(upload.path, "2019/س.jpg");
    site.files.has_come(&upload, Some(MediaId(1)), "/media/x.jpg".into());
    let mut oddities = Vec::new();
    let mut check =
        |html: &str, expected: &str| assert_eq!(site.files.put_into(html, &mut Vec::new(), &mut oddities), expected);
    check("<img src=\"https://old.example/wp-content/uploads/2019/س-300x200.jpg\">", "<img src=\"/media/x.jpg\">");
    check("<a href='/wp-content/uploads/2019/%d8%b3.jpg'>س</a>", "<a href='/media/x.jpg'>س</a>");
    check(
        "<img src=\"http://other.example/wp-content/uploads/2019/س.jpg\">",
        "<img src=\"http://other.example/wp-content/uploads/2019/س.jpg\">",
    );
    check("لا شيء", "لا شيء");
    assert!(oddities.is_empty());
    let mut missing = Vec::new();
    site.files.put_into("/wp-content/uploads/a.pdf /wp-content/uploads/a.pdf", &mut missing, &mut oddities);
    assert_eq!(oddities.len(), 1);
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].url, "https://old.example/wp-content/uploads/a.pdf");
}

#[test]
fn what_has_no_place_is_kept_as_it_was() {
    let fate = |post_type: &str| {
        let item = post(7, |item| item.post_type = post_type.into());
        match OldSite::default().take(1, &item, &TimeZone::UTC) {
            Taken::Kept(kept) => kept.counted_as,
            Taken::Attachment { .. } => "attachment",
            Taken::Article { .. } => "article",
        }
    };
    assert_eq!(fate("attachment"), "attachment");
    assert_eq!(fate("nav_menu_item"), "menu-item");
    assert_eq!(fate("product"), "other");
    assert_eq!(fate("page"), "article");
    let item = post(7, |item| {
        item.post_type = "product".into();
        item.meta = vec![wxr::Meta { key: "price".into(), value: "ثلاثة < أربعة".into() }];
    });
    let Taken::Kept(kept) = OldSite::default().take(1, &item, &TimeZone::UTC) else { panic!("not kept") };
    let read: Vec<_> = wxr::Reader::new(kept.original.content.as_bytes()).filter_map(Result::ok).collect();
    let found = read.iter().find_map(|found| match found {
        wxr::Found::Entry { entry: Entry::Item(item), .. } => Some(item),
        _ => None,
    });
    assert_eq!(found.map(|item| (&item.meta, &item.content)), Some((&item.meta, &item.content)));
}

#[test]
fn what_plugins_told_search_engines_is_told_here() {
    let field = |key: &str, value: &str| wxr::Meta { key: key.into(), value: value.into() };
    let item = post(7, |item| {
        item.meta = vec![
            field("_yoast_wpseo_title", "ميناء جديد %%sep%% %%sitename%%"),
            field("_yoast_wpseo_metadesc", "وصف &amp; خبر"),
            field("_yoast_wpseo_meta-robots-noindex", "1"),
        ];
    });
    let (incoming, oddities) = taken(&OldSite::default(), &item);
    assert_eq!(oddities, [""; 0]);
    let preview = &incoming.draft.preview;
    assert_eq!((preview.title.as_str(), preview.description.as_str()), ("ميناء جديد", "وصف & خبر"));
    assert!(preview.is_hidden);
}

#[test]
fn translations_and_sticky_posts_are_known() {
    let map = Entry::Term(wxr::Term {
        taxonomy: "post_translations".into(),
        description: "a:2:{s:2:\"ar\";i:7;s:2:\"en\";i:9;}".into(),
        ..wxr::Term::default()
    });
    let (one, other) = (post(7, |item| item.is_sticky = true), post(9, |_| {}));
    let items = [&one, &other].map(|item| Entry::Item(Box::new(item.clone())));
    let site = site(&[map, items[0].clone(), items[1].clone()]);
    let (first, second) = (taken(&site, &one).0, taken(&site, &other).0);
    assert_eq!((first.translation_of, second.translation_of), (None, Some(first.guid)));
    assert_eq!((first.slot, second.slot), (Some(1), None));
}

#[test]
fn terms_of_plugins_are_tags() {
    let filed = |domain: &str, nicename: &str, name: &str| wxr::Filed {
        domain: domain.into(),
        nicename: nicename.into(),
        name: name.into(),
    };
    let term = |taxonomy: &str, slug: &str, name: &str, description: &str| {
        Entry::Term(wxr::Term {
            taxonomy: taxonomy.into(),
            slug: slug.into(),
            name: name.into(),
            description: description.into(),
            ..wxr::Term::default()
        })
    };
    let item = post(7, |item| {
        item.terms = vec![
            filed("post_tag", "silk", "حرير"),
            filed("series", "silk-road", "طريق الحرير &amp; الشاي"),
            // The tag by another name for it, one that only has its slug, one that stands at the item alone.
            filed("topic", "silk", "الحرير"),
            filed("region", "silk", "حرِير"),
            filed("region", "gulf", "الخليج"),
            filed("post_format", "post-format-video", "Video"),
            filed("translation_priority", "high", "High"),
        ];
    });
    let site = site(&[
        term("series", "silk-road", "طريق الحرير &amp; الشاي", "حلقات"),
        term("nav_menu", "main", "القائمة", ""),
        term("post_format", "post-format-video", "Video", ""),
        Entry::Item(Box::new(item.clone())),
    ]);
    let (incoming, oddities) = taken(&site, &item);
    assert_eq!(oddities, [""; 0]);
    let slugs: Vec<&str> = incoming.tags.iter().map(|tag| tag.slug.as_str()).collect();
    assert_eq!(slugs, ["silk", "silk-road", "silk-topic", "gulf"]);
    assert_eq!(
        (incoming.tags[1].name.as_str(), incoming.tags[1].description.as_str()),
        ("طريق الحرير & الشاي", "حلقات")
    );
    assert_eq!(site.plugin_taxonomies().into_iter().collect::<Vec<_>>(), [("region", 2), ("series", 1), ("topic", 1)]);
    let all: Vec<String> = site.terms().tags.into_iter().map(|tag| tag.slug).collect();
    assert_eq!(all, ["silk-road", "silk-topic", "silk", "gulf"]);
    assert_eq!(site.tag_of("topic", "silk").as_deref(), Some("silk-topic"));
    assert_eq!(site.tag_of("series", "nothing"), None);
}

#[test]
fn texts_are_read_as_they_were_shown() {
    let item = post(7, |item| {
        item.excerpt = "بحث &amp; تطوير".into();
        item.comments = vec![Comment {
            id: Some(1),
            approved: "1".into(),
            author: "قارئ &amp; كاتب".into(),
            content: "سؤال &amp; جواب &lt;هنا&gt; <b>نعم</b>".into(),
            ..Comment::default()
        }];
    });
    let (incoming, _) = taken(&OldSite::default(), &item);
    assert_eq!(incoming.draft.standfirst, "بحث & تطوير");
    assert_eq!(
        (incoming.comments[0].author.as_str(), incoming.comments[0].text.as_str()),
        ("قارئ & كاتب", "سؤال & جواب <هنا> نعم")
    );
}

#[test]
fn an_author_known_by_an_address_alone_is_not_named() {
    let (incoming, oddities) = taken(&OldSite::default(), &post(7, |item| item.creator = "layla@example.org".into()));
    assert!(incoming.bylines.is_empty());
    assert_eq!(oddities, ["name-is-address"]);
}

#[test]
fn notes_that_wordpress_keeps_beside_the_text_stand_in_it() {
    let noted = |kept: &str| {
        let meta = vec![wxr::Meta { key: "footnotes".into(), value: kept.into() }];
        post(7, |item| {
            item.content = "<!-- wp:paragraph -->\n<p>نص<sup data-fn=\"0a-1\" class=\"fn\"><a href=\"#0a-1\" id=\"0a-1-link\">1</a></sup>.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:footnotes /-->".into();
            item.meta = meta;
        })
    };
    let (incoming, oddities) = taken(&OldSite::default(), &noted(r#"[{"content":"من <em>المصدر</em>","id":"0a-1"}]"#));
    assert_eq!(
        crate::news::html::sanitise(&incoming.draft.body).as_str().trim(),
        "<p>نص<sup class=\"fn\"><a href=\"#fn-1\" id=\"fnref-1\" rel=\"noopener\">1</a></sup>.</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">من <em>المصدر</em></li></ol>",
    );
    assert!(!oddities.iter().any(|code| code.ends_with("footnotes")), "{oddities:?}");
    // Without them the number stays, and somebody is told.
    let (incoming, oddities) = taken(&OldSite::default(), &noted("[]"));
    assert!(incoming.draft.body.contains(">1</a></sup>"), "{}", incoming.draft.body);
    assert!(!oddities.is_empty());
}

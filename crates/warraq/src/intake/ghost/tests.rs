//! Exports as Ghost writes them, and what becomes of them.

use serde_json::json;

use super::*;

const POST: &str = "5f8f1c2e9d3e2a0001b1c001";

fn export(post: Value) -> Value {
    let mut row = json!({
        "id": POST, "uuid": "4b8a0c1e-0000-4000-8000-000000000001", "title": "سفينة &amp; ميناء", "slug": "ship",
        "html": "<p>نص</p>", "type": "post", "status": "published", "visibility": "public",
        "published_at": "2021-03-04T05:06:07.000Z", "updated_at": "2021-03-05 05:06:07", "featured": 0
    });
    if let Value::Object(fields) = post {
        for (key, value) in fields {
            row[key] = value;
        }
    }
    json!({"db": [{"meta": {"version": "5.79.0"}, "data": {"posts": [row]}}]})
}

fn site(export: &Value) -> OldSite {
    OldSite::read(export.to_string().as_bytes(), None).expect("an export")
}

#[track_caller]
fn taken(export: &Value) -> (Incoming, Vec<&'static str>) {
    let site = site(export);
    let (incoming, oddities) = site.take(&site.posts()[0]);
    (incoming, oddities.into_iter().map(|(code, _)| code).collect())
}

#[test]
fn an_article_keeps_what_readers_knew() {
    let (incoming, oddities) = taken(&export(json!({"custom_excerpt": "ملخص\nفي سطرين", "locale": "en"})));
    assert_eq!(oddities, [""; 0]);
    assert_eq!((incoming.guid.as_str(), incoming.draft.slug.as_str()), (POST, "ship"));
    assert_eq!(
        (incoming.draft.headline.as_str(), incoming.draft.standfirst.as_str()),
        ("سفينة & ميناء", "ملخص في سطرين")
    );
    assert_eq!(incoming.visibility, Visibility::Public("2021-03-04T05:06:07Z".parse().ok()));
    assert_eq!(incoming.updated, "2021-03-05T05:06:07Z".parse().ok());
    assert_eq!(incoming.draft.language.map(|language| language.as_str().to_owned()).as_deref(), Some("en"));
}

#[test]
fn every_version_is_read() {
    let whole = export(json!({}));
    let bare = whole["db"][0]["data"].clone();
    for shape in [&whole, &json!({"data": bare.clone()}), &bare] {
        assert_eq!(taken(shape).0.guid, POST);
    }
    // Version 0 and 1: numbers, milliseconds, a mark for pages, one author.
    let mut old =
        export(json!({"id": 7, "type": null, "page": 1, "published_at": 1_614_834_367_000_i64, "author_id": 1}));
    old["db"][0]["data"]["users"] = json!([{"id": 1, "name": "ليلى", "slug": "layla"}]);
    let (incoming, _) = taken(&old);
    assert_eq!(incoming.guid, "urn:uuid:4b8a0c1e-0000-4000-8000-000000000001");
    assert_eq!(incoming.draft.form, Form::Page);
    assert_eq!(incoming.bylines[0].0.name, "ليلى");
    assert_eq!(incoming.visibility.published().map(|at| at.to_string()).as_deref(), Some("2021-03-04T05:06:07Z"));
    let no_export = |text: &str| OldSite::read(text.as_bytes(), None).map(drop).unwrap_err().to_string();
    assert!(no_export("<rss>").contains("no JSON"));
    assert!(no_export("{\"db\": []}").contains("posts"));
}

#[track_caller]
fn check_hidden(post: Value, code: &str) {
    let says = post.to_string();
    let (incoming, oddities) = taken(&export(post));
    assert_eq!(incoming.visibility, Visibility::Hidden, "{says}");
    assert_eq!(oddities.join(" "), code, "{says}");
}

#[test]
fn what_was_not_for_everybody_stays_so() {
    check_hidden(json!({"visibility": "members"}), "members");
    check_hidden(json!({"visibility": "paid"}), "members");
    check_hidden(json!({"visibility": "tiers", "status": "scheduled"}), "members");
    check_hidden(json!({"visibility": "something new"}), "members");
    check_hidden(json!({"status": "draft", "visibility": "paid"}), "");
    check_hidden(json!({"status": "sent"}), "not-public");
    check_hidden(json!({"status": "something new"}), "not-public");
    check_hidden(json!({"email_only": 1}), "not-public");
    check_hidden(json!({"published_at": null}), "no-date");
    let (incoming, _) = taken(&export(json!({"status": "scheduled"})));
    assert!(matches!(incoming.visibility, Visibility::Scheduled(_)));
}

#[test]
fn what_the_article_lacks_may_stand_beside_it() {
    let mut file = export(json!({"meta_title": "قديم"}));
    file["db"][0]["data"]["posts_meta"] = json!([
        {"post_id": POST, "meta_title": "للبحث", "og_description": "للمشاركة", "feature_image_alt": "سفينة"},
        {"post_id": "another", "meta_title": "لغيره"}
    ]);
    let (incoming, _) = taken(&file);
    assert_eq!(
        (incoming.draft.preview.title.as_str(), incoming.draft.preview.description.as_str()),
        ("للبحث", "للمشاركة")
    );
}

#[test]
fn the_menu_says_which_tags_are_sections() {
    let mut file = export(json!({}));
    let data = &mut file["db"][0]["data"];
    data["tags"] = json!([
        {"id": "1", "name": "بحر", "slug": "sea"}, {"id": "2", "name": "اقتصاد", "slug": "economy", "visibility": "public"},
        {"id": "3", "name": "#عاجل", "slug": "hash-urgent", "visibility": "internal"}
    ]);
    data["posts_tags"] = json!([
        {"post_id": POST, "tag_id": "2", "sort_order": 1}, {"post_id": POST, "tag_id": "1", "sort_order": 0},
        {"post_id": POST, "tag_id": "3", "sort_order": 2}, {"post_id": POST, "tag_id": "9", "sort_order": 3}
    ]);
    let names = |terms: &[NewTerm]| terms.iter().map(|term| term.slug.clone()).collect::<Vec<_>>().join(" ");
    let (incoming, _) = taken(&file);
    assert_eq!((names(&incoming.sections), names(&incoming.tags)), (String::new(), "sea economy".into()));
    let menu = json!([{"label": "م", "url": "__GHOST_URL__/tag/economy/"}, {"label": "عن", "url": "/about/"}]);
    file["db"][0]["data"]["settings"] = json!([{"key": "navigation", "value": menu.to_string()}]);
    let (incoming, _) = taken(&file);
    assert_eq!((names(&incoming.sections), names(&incoming.tags)), ("economy".into(), "sea".into()));
    let site = site(&file);
    assert_eq!(site.internal_tags, ["#عاجل"]);
    let addresses = site.old_addresses();
    let of = |path: &str| addresses.iter().find(|(known, _)| known == path).map(|(_, target)| target.clone());
    assert_eq!(of("/ship/"), Some(Target::Article(POST.into())));
    assert_eq!(of("/tag/economy/"), Some(Target::Section("economy".into())));
    assert_eq!(of("/tag/sea/rss/"), Some(Target::FeedOf(Box::new(Target::Tag("sea".into())))));
    assert_eq!(of("/tag/hash-urgent/"), None);
}

#[test]
fn files_have_one_address_in_all_sizes() {
    let html = "<img src=\"__GHOST_URL__/content/images/size/w600/2021/a.jpg\" srcset=\"/content/images/size/w300/format/webp/2021/a.jpg 300w\">\
                <a href=\"/content/files/2021/b.pdf\">x</a> <img src=\"https://other.example/content/images/c.jpg\">";
    let post = json!({"html": html, "feature_image": "https://old.example/content/images/2021/lead.jpg", "feature_image_alt": "ميناء"});
    let mut site = site(&export(post));
    let urls: Vec<String> = site.files().into_iter().map(|file| file.url).collect();
    assert_eq!(
        urls,
        ["lead.jpg", "a.jpg"]
            .map(|name| format!("https://old.example/content/images/2021/{name}"))
            .into_iter()
            .chain(["https://old.example/content/files/2021/b.pdf".to_owned()])
            .collect::<Vec<_>>()
    );
    let (incoming, oddities) = site.take(&site.posts()[0]);
    assert_eq!(oddities.iter().filter(|(code, _)| *code == "picture").count(), 3);
    assert_eq!(incoming.missing.len(), 3);
    assert_eq!(incoming.missing[0].lead.as_ref().map(|lead| lead.alt.as_str()), Some("ميناء"));
    site.has_come(&urls[0], Some(MediaId(1)), "/media/lead.jpg".into());
    site.has_come(&urls[1], Some(MediaId(2)), "/media/a.jpg".into());
    site.has_come(&urls[2], None, "/media/b.pdf".into());
    let (incoming, oddities) = site.take(&site.posts()[0]);
    assert!(oddities.is_empty() && incoming.missing.is_empty(), "{oddities:?}");
    assert_eq!(incoming.draft.lead.map(|lead| lead.media), Some(MediaId(1)));
    assert_eq!(
        incoming.draft.body,
        "<img src=\"/media/a.jpg\" srcset=\"/media/a.jpg 300w\"><a href=\"/media/b.pdf\">x</a> \
         <img src=\"https://other.example/content/images/c.jpg\">"
    );
}

#[test]
fn what_is_left_out_is_told() {
    let post = json!({
        "html": "<p>أ</p><iframe width=\"1\" src=\"https://video.example/1\" allow></iframe><p>ب</p>",
        "codeinjection_head": "<script>x</script>", "canonical_url": "https://elsewhere.example/a/"
    });
    let (incoming, oddities) = taken(&export(post));
    assert_eq!(oddities, ["body", "canonical", "code"]);
    assert_eq!(
        incoming.draft.body,
        "<p>أ</p><p><a href=\"https://video.example/1\">https://video.example/1</a></p><p>ب</p>"
    );
    let mut file = export(json!({"canonical_url": "__GHOST_URL__/ship/"}));
    assert_eq!(taken(&file).1, [""; 0]);
    file["db"][0]["data"]["comments"] = json!([{"id": "1"}]);
    file["db"][0]["data"]["settings"] = json!([{"key": "ghost_head", "value": "<script>"}]);
    assert_eq!(site(&file).oddities.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["left-out", "code"]);
}

#[test]
fn a_text_without_html_is_made_from_what_there_is() {
    let lexical =
        json!({"root": {"children": [{"type": "paragraph", "children": [{"type": "text", "text": "من Lexical"}]}]}});
    let mobiledoc = json!({"sections": [[1, "p", [[0, [], 0, "من Mobiledoc"]]]]});
    let check = |post: Value, body: &str, codes: &[&str]| {
        let (incoming, oddities) = taken(&export(post));
        assert_eq!((incoming.draft.body.as_str(), oddities.as_slice()), (body, codes));
    };
    check(json!({"html": null, "lexical": lexical.to_string()}), "<p>من Lexical</p>", &["body"]);
    check(json!({"html": "", "mobiledoc": mobiledoc.to_string()}), "<p>من Mobiledoc</p>", &["body"]);
    check(json!({"html": null, "plaintext": "أ <\n\nب"}), "<p>أ &lt;</p><p>ب</p>", &["body"]);
    check(json!({"html": null}), "", &["body"]);
}

#[test]
fn rows_that_are_none_are_refused() {
    let mut file = export(json!({}));
    let row = file["db"][0]["data"]["posts"][0].clone();
    file["db"][0]["data"]["posts"] = json!([7, {"title": "بلا رقم"}, row, row]);
    let site = site(&file);
    assert_eq!(site.posts().len(), 1);
    assert_eq!(site.refused.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [1, 2, 4]);
}

#[test]
fn an_address_is_nobody_s_name() {
    let mut file = export(json!({}));
    let data = &mut file["db"][0]["data"];
    data["users"] = json!([
        {"id": "1", "name": "layla@example.org", "slug": "layla", "email": "layla@example.org", "bio": "تكتب"},
        {"id": "2", "name": "b@example.org", "slug": "b@example.org"}
    ]);
    data["posts_authors"] = json!([{"post_id": POST, "author_id": "2", "sort_order": 0}, {"post_id": POST, "author_id": "1", "sort_order": 1}]);
    let (incoming, oddities) = taken(&file);
    assert_eq!(incoming.bylines.iter().map(|(person, _)| person.name.as_str()).collect::<Vec<_>>(), ["layla"]);
    assert_eq!(oddities, ["name-is-address"]);
    assert!(!incoming.original.map(|original| original.content).unwrap_or_default().contains('@'));
}

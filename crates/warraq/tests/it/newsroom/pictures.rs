//! The media library: pictures come in, are described, found, replaced, and taken away when nobody shows them.

use warraq::desk::articles;
use warraq::media::StoredName;
use warraq::news::MediaId;
use warraq::news::article::{Draft, Lead};
use warraq::news::staff::Role;
use warraq::store::library;

use crate::desk::media::picture;
use crate::support::{BASE, Newsroom, on_both, story};

const JSON: &str = "application/json";
const HTML: &str = "text/html";
const LIBRARY: &str = "/newsroom/media/";

async fn kept(site: &Newsroom, id: i64) -> Option<warraq::news::media::Kept> {
    site.finds(move |db| library::by_id(db, MediaId(id))).await
}

on_both! {
    async fn a_script_sends_one_picture_and_is_told_what_it_is(site) {
        let author = site.colleague("سمير", Role::Author).await;
        let fields = [("alt", "ميناء شنغهاي"), ("credit", "ورّاق"), ("caption", "أمس")];
        let taken = author.uploads(LIBRARY, &[("C:\\صور\\port_2026.png", &picture(900, 600))], &fields, JSON).await.is(201);
        let told = taken.json();
        let id = told["id"].as_i64().expect("a number");
        assert_eq!((told["width"].as_i64(), told["height"].as_i64()), (Some(900), Some(600)));
        assert_eq!((told["alt"].as_str(), told["credit"].as_str(), told["caption"].as_str()), (Some("ميناء شنغهاي"), Some("ورّاق"), Some("أمس")));
        site.reader().reads(told["src"].as_str().expect("an address")).await.ok();
        let found = kept(site, id).await.expect("kept");
        assert_eq!((found.name.as_str(), found.user), ("port_2026.png", Some(author.id)));
        site.run_jobs().await;
        // The same bytes are the same picture, described as it was.
        let again = author.uploads(LIBRARY, &[("x.png", &picture(900, 600))], &[("alt", "غيره")], JSON).await.is(201);
        assert_eq!((again.json()["id"].as_i64(), again.json()["alt"].as_str()), (Some(id), Some("ميناء شنغهاي")));
        let list = author.asks(LIBRARY).await.ok().json();
        assert_eq!(list["pictures"].as_array().map(Vec::len), Some(1));
        assert!(list["next"].is_null());
    }

    async fn what_is_no_picture_is_refused_with_a_sentence(site) {
        let author = site.colleague("سمير", Role::Author).await;
        let check = async |bytes: &[u8], sentence: &str| {
            let refused = author.uploads(LIBRARY, &[("x.jpg", bytes)], &[], JSON).await.is(422).json();
            assert!(refused["error"].as_str().expect("a sentence").starts_with(sentence), "{refused}");
        };
        check(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "لا تُقبل صور SVG").await;
        check(b"%PDF-1.7", "ليست هذه صورة نعرفها").await;
        check(&picture(90, 60)[..200], "الملف تالف").await;
        author.uploads(LIBRARY, &[], &[], JSON).await.is(422);
        author.uploads(LIBRARY, &[("", b"")], &[], JSON).await.is(422);
        author.sends(LIBRARY, &[("file", "x")]).await.is(422);
        let large = vec![0; 50 * 1024 * 1024 + 1];
        author.uploads(LIBRARY, &[("large.jpg", &large)], &[], JSON).await.is(413);
        assert_eq!(author.asks(LIBRARY).await.ok().json()["pictures"].as_array().map(Vec::len), Some(0));
        // Nothing is left of what was sent.
        let left = std::fs::read_dir(site.folder().join("media/incoming")).expect("a folder").count();
        assert_eq!(left, 0);
    }

    async fn several_at_once_without_a_script(site) {
        let author = site.colleague("سمير", Role::Author).await;
        let (one, two) = (picture(300, 200), picture(301, 200));
        let done = author.uploads(LIBRARY, &[("a.png", &one), ("b.png", &two)], &[], HTML).await.is(303);
        let page = author.opens(done.location()).await.ok();
        assert_eq!((page.text(".notice p"), page.count(".grid__item")), ("أُضيف: 2".to_owned(), 2));
        assert_eq!(page.count(".grid__lacks"), 2, "neither says yet what it shows");
        let mixed = author.uploads(LIBRARY, &[("c.png", &picture(302, 200)), ("d<b>.svg", b"<svg/>")], &[], HTML).await.is(422);
        assert_eq!(mixed.count(".grid__item"), 3, "the good one is in");
        assert!(mixed.text(".notice--bad li").starts_with("d<b>.svg: لا تُقبل صور SVG"), "{}", mixed.text(".notice--bad li"));
        // One alone leads to its page, where its words are asked for.
        let alone = author.uploads(LIBRARY, &[("e.png", &picture(303, 200))], &[], HTML).await.is(303);
        assert!(alone.location().starts_with("/newsroom/media/4/"), "{}", alone.location());
        author.opens(alone.location()).await.ok();
        site.run_jobs().await;
    }

    async fn pictures_are_found_by_their_words(site) {
        let author = site.colleague("سمير", Role::Author).await;
        let bring = async |width: u32, name: &str, alt: &str, credit: &str| {
            let fields = [("alt", alt), ("credit", credit)];
            author.uploads(LIBRARY, &[(name, &picture(width, 200))], &fields, JSON).await.is(201).json()["id"].as_i64().expect("a number")
        };
        let port = bring(300, "shanghai_port-2026.png", "سفن في ميناء شانغهاي", "وكالة الأنباء").await;
        let summit = bring(301, "IMG_1.png", "الرئيسان في القمّة", "ليلى").await;
        let check = async |words: &str, expected: &[i64]| {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
            let found = author.asks(&format!("{LIBRARY}?{query}")).await.ok().json();
            let found: Vec<i64> = found["pictures"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_i64()).collect();
            assert_eq!(found, expected, "«{words}»");
        };
        check("الميناء", &[port]).await;
        check("مِيناء", &[port]).await;
        check("القمه", &[summit]).await;
        check("الانباء ميناء", &[port]).await;
        check("ميناء ليلى", &[]).await;
        check("Shanghai 2026", &[port]).await;
        check("", &[summit, port]).await;
        check("…", &[summit, port]).await;
        author.sends(&format!("/newsroom/media/{summit}/"), &[("alt", "مأدبة عشاء"), ("focal_x", "20"), ("focal_y", "400")]).await.is(303);
        check("القمة", &[]).await;
        check("مأدبة", &[summit]).await;
        assert_eq!(kept(site, summit).await.expect("kept").media.focal, (20, 100));
        site.run_jobs().await;
    }

    async fn pages_of_pictures_follow_each_other(site) {
        let author = site.colleague("سمير", Role::Author).await;
        for width in 0..65 {
            let alt = [("alt", if width % 2 == 0 { "سفينة" } else { "قطار" })];
            author.uploads(LIBRARY, &[("x.png", &picture(20 + width, 20))], &alt, JSON).await.is(201);
        }
        site.run_jobs().await;
        for (first, expected) in [("", 65), ("?q=%D8%B3%D9%81%D9%8A%D9%86%D8%A9", 33)] {
            let (mut seen, mut next) = (Vec::new(), format!("{LIBRARY}{first}"));
            while !next.is_empty() {
                let page = author.asks(&next).await.ok().json();
                seen.extend(page["pictures"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_i64()));
                next = page["next"].as_str().unwrap_or_default().to_owned();
            }
            assert_eq!(seen.len(), expected);
            assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
        }
    }

    async fn another_file_under_the_same_number_is_seen_at_once(site) {
        let editor = site.colleague("ليلى", Role::Editor).await;
        let sent = editor.uploads(LIBRARY, &[("a.png", &picture(900, 600))], &[("alt", "ميناء")], JSON).await.is(201).json();
        site.run_jobs().await;
        let (id, src) = (sent["id"].as_i64().expect("a number"), sent["src"].as_str().expect("an address").to_owned());
        let lead = Lead { media: MediaId(id), alt: String::new(), caption: String::new(), credit: String::new() };
        let body = format!("<p>نص</p><figure><img src=\"{src}\" alt=\"ميناء\"></figure>");
        let article = site.editor().publishes(Draft { lead: Some(lead), body, ..story("خبر") }).await;
        let shown = site.reader().reads(&format!("/a/{article}")).await;
        let path = shown.location().trim_start_matches(BASE).to_owned();
        let old = kept(site, id).await.expect("kept").media;
        assert!(site.reader().reads(&path).await.ok().body().contains(&src));
        editor.uploads(&format!("/newsroom/media/{id}/file"), &[("b.png", &picture(640, 480))], &[], HTML).await.is(303);
        let page = site.reader().reads(&path).await.ok();
        let new = kept(site, id).await.expect("kept").media;
        assert_eq!((new.width, new.alt.as_str()), (640, "ميناء"), "what is said of it stays");
        assert!(!page.body().contains(&src) && page.body().matches(&new.address()).count() >= 2, "on top and in the text");
        site.run_jobs().await;
        for gone in std::iter::once(&old.file).chain(old.renditions.iter().map(|copy| &copy.file)) {
            site.reader().reads(&format!("/media/{gone}")).await.is(404);
        }
        // The next version of the text goes on with the new one.
        let draft = site.finds(move |db| warraq::store::articles::latest_revision(db, article)).await.expect("a draft");
        assert!(draft.contains(&new.file) && !draft.contains(&old.file));
        // A picture that is here under another number does not become two.
        let other = editor.uploads(LIBRARY, &[("c.png", &picture(500, 500))], &[], JSON).await.is(201).json();
        editor.uploads(&format!("/newsroom/media/{}/file", other["id"]), &[("b.png", &picture(640, 480))], &[], HTML).await.is(409);
        editor.uploads(&format!("/newsroom/media/{id}/file"), &[("x.svg", b"<svg/>")], &[], JSON).await.is(422);
        site.run_jobs().await;
    }

    async fn only_what_nobody_shows_is_taken_away(site) {
        let editor = site.colleague("ليلى", Role::Editor).await;
        let sent = editor.uploads(LIBRARY, &[("a.png", &picture(300, 200))], &[("alt", "ميناء")], JSON).await.is(201).json();
        site.run_jobs().await;
        let id = sent["id"].as_i64().expect("a number");
        let (path, src) = (format!("/newsroom/media/{id}/"), sent["src"].as_str().expect("an address").to_owned());
        let draft = site.editor().drafts(Draft { body: format!("<p><img src=\"{src}\" alt=\"x\"></p>"), ..story("مسودة") }).await;
        let page = editor.opens(&path).await.ok();
        assert_eq!(page.all("main .panel li a"), ["مسودة"]);
        editor.sends(&format!("{path}removal"), &[]).await.is(409);
        // An older version may come back.
        site.editor().revises(draft, story("مسودة بلا صورة")).await;
        editor.sends(&format!("{path}removal"), &[]).await.is(409);
        let unused = editor.uploads(LIBRARY, &[("b.png", &picture(301, 200))], &[], JSON).await.is(201).json();
        site.run_jobs().await;
        let file = kept(site, unused["id"].as_i64().expect("a number")).await.expect("kept").media;
        editor.sends(&format!("/newsroom/media/{}/removal", unused["id"]), &[]).await.is(303);
        for gone in std::iter::once(&file.file).chain(file.renditions.iter().map(|copy| &copy.file)) {
            assert!(!site.desk.media.path(&StoredName::parse(gone).expect("a name")).exists(), "{gone}");
        }
        editor.opens(&format!("/newsroom/media/{}/", unused["id"])).await.is(404);
        // What is on top of a published article, and not published yet, is shown soon.
        let later = editor
            .uploads(LIBRARY, &[("d.png", &picture(302, 200))], &[], JSON)
            .await
            .is(201)
            .json();
        articles::publish(&site.desk, draft, None).await.expect("published");
        let src = later["src"].as_str().expect("an address");
        let revised = Draft { body: format!("<p><img src=\"{src}\" alt=\"x\"></p>"), ..story("مسودة") };
        site.editor().revises(draft, revised).await;
        editor.sends(&format!("/newsroom/media/{}/removal", later["id"]), &[]).await.is(409);
        // What was written before uses were written down is known by its text.
        let old = editor.uploads(LIBRARY, &[("e.png", &picture(303, 200))], &[], JSON).await.is(201).json();
        let src = old["src"].as_str().expect("an address");
        let body = format!("<p><img src=\"{src}\" alt=\"x\"></p>");
        site.editor().publishes(Draft { body, ..story("قديم") }).await;
        site.desk.write(|tx| Ok(tx.execute("DELETE FROM media_uses", &[]).map(drop)?)).await.expect("as it was");
        editor.sends(&format!("/newsroom/media/{}/removal", old["id"]), &[]).await.is(409);
        site.run_jobs().await;
    }

    async fn what_others_brought_is_not_theirs_to_change(site) {
        let author = site.colleague("سمير", Role::Author).await;
        let sent = author.uploads(LIBRARY, &[("a.png", &picture(300, 200))], &[("alt", "ميناء")], JSON).await.is(201).json();
        let path = format!("/newsroom/media/{}/", sent["id"]);
        let other = site.colleague("هدى", Role::Contributor).await;
        assert_eq!(other.opens(&path).await.ok().count("main form[action^='/newsroom/media']"), 0);
        other.sends(&path, &[("alt", "شيء آخر")]).await.is(403);
        other.sends(&format!("{path}removal"), &[]).await.is(403);
        other.uploads(&format!("{path}file"), &[("b.png", &picture(301, 200))], &[], JSON).await.is(403);
        author.sends(&path, &[("alt", "ميناء جدة")]).await.is(303);
        let editor = site.colleague("ليلى", Role::Editor).await;
        editor.sends(&path, &[("alt", "ميناء دبي")]).await.is(303);
        assert_eq!(kept(site, sent["id"].as_i64().expect("a number")).await.expect("kept").media.alt, "ميناء دبي");
        // Where it is used is no way into what others have not published.
        let lead = sent["id"].to_string();
        let draft = [("headline", "سر المحرر"), ("lead", lead.as_str()), ("lead_alt", "ميناء")];
        editor.sends("/newsroom/articles/new", &draft).await.is(303);
        let seen = other.opens(&path).await.ok();
        assert!(!seen.body().contains("سر المحرر") && seen.body().contains("ومادة لم تنشر بعد"), "{}", seen.body());
        let seen = editor.opens(&path).await.ok();
        assert!(seen.body().contains("سر المحرر") && !seen.body().contains("ومادة لم تنشر بعد"));
        // Nobody is signed in, or the form is not ours: nothing is read.
        let cross = [("sec-fetch-site", "cross-site"), ("content-type", "multipart/form-data; boundary=x")];
        site.reader().posts(LIBRARY, &cross, b"--x--").await.is(403);
        let anonymous = [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
        site.reader().posts(LIBRARY, &anonymous, b"--x--").await.is(303);
        site.run_jobs().await;
    }
}

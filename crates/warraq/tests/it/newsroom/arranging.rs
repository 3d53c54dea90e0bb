//! How is the publication arranged? Its front, its sections, its settings.

use warraq::desk::media::take_in;
use warraq::desk::{searches, sites};
use warraq::error::Error;
use warraq::news::article::Draft;
use warraq::news::menu::MenuLink;
use warraq::news::people::BylineRole;
use warraq::news::site::Site;
use warraq::news::staff::Role;
use warraq::news::{ArticleId, PersonId, TagId};
use warraq::store::{media, people, site as publication, tags};
use warraq::web::urls::encode;

use crate::desk::media::picture;
use crate::support::{Newsroom, on_both, story};

async fn indexed(site: &Newsroom) {
    searches::catch_up(&site.desk, |_| {}).await.expect("indexed");
}

on_both! {
    async fn what_is_pinned_leads(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        for headline in ["الأولى", "الثانية", "الثالثة"] {
            site.passes(1);
            site.editor().publishes(story(headline)).await;
        }
        assert_eq!(site.reader().reads("/").await.ok().text(".top__lead .card__headline"), "الثالثة");
        let page = laila.opens("/newsroom/front/").await.ok();
        assert_eq!(page.count("select[name=slot]"), 5);
        laila.sends("/newsroom/front/", &[("slot", "1"), ("slot", ""), ("slot", "1")]).await.is(409);
        laila.sends("/newsroom/front/", &[("slot", "1"), ("slot", ""), ("slot", "2")]).await.is(303);
        assert_eq!(site.reader().reads("/").await.ok().text(".top__lead .card__headline"), "الأولى");
        let page = laila.opens("/newsroom/front/").await.ok();
        assert_eq!(page.attributes("option[selected]", "value"), ["1", "2"]);
        site.run_jobs().await;
    }

    async fn a_section_is_made_and_named(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        laila.sends("/newsroom/sections/", &[("name", "اقتصاد"), ("slug", "economy")]).await.is(303);
        laila.sends("/newsroom/sections/", &[("name", "تجارة"), ("parent", "1")]).await.is(303);
        laila.sends("/newsroom/sections/", &[("name", "اقتصاد آخر"), ("slug", "economy")]).await.is(409);
        laila.sends("/newsroom/sections/", &[("name", " ")]).await.is(409);
        laila.sends("/newsroom/sections/", &[("section", "9"), ("name", "لا شيء")]).await.is(404);
        let before = site.reader().reads("/category/economy/").await.ok();
        assert_eq!(before.text("h1"), "اقتصاد");
        laila.sends("/newsroom/sections/", &[("section", "1"), ("name", "مال وأعمال"), ("position", "1")]).await.is(303);
        assert_eq!(site.reader().reads("/category/economy/").await.ok().text("h1"), "مال وأعمال");
        assert!(site.reader().reads("/").await.ok().text(".sections").contains("مال وأعمال"));
        assert_eq!(site.reader().reads("/category/economy/تجارة/").await.status, 200);
        site.run_jobs().await;
    }

    async fn whoever_is_renamed_is_renamed_everywhere(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let layan = site.editor().person("ليان").await;
        let bylines = vec![(layan, BylineRole::Writer)];
        site.editor().publishes(Draft { bylines, ..story("سفينة") }).await;
        indexed(site).await;
        let page = laila.opens("/newsroom/people/").await.ok();
        assert_eq!(page.all("tbody tr"), ["ليان 1"]);
        let person = page.attribute("tbody a", "href");
        let before = site.reader().reads("/").await.ok();
        assert!(before.body().contains("ليان"));
        laila.sends(&person, &[("name", "ليان الزعفراني"), ("text", "تكتب عن الشاي.")]).await.is(303);
        assert!(site.reader().reads("/").await.ok().body().contains("ليان الزعفراني"));
        let author = site.reader().reads("/author/ليان/").await.ok();
        assert!(author.text("h1").contains("الزعفراني") && author.body().contains("تكتب عن الشاي."));
        // The search knows the new name, too.
        site.run_jobs().await;
        indexed(site).await;
        assert!(site.reader().reads("/search?q=الزعفراني").await.ok().body().contains("سفينة"));
        // What is no name comes back with what was typed.
        let page = laila.sends(&person, &[("name", " ! "), ("text", "نص طويل")]).await.is(422);
        assert_eq!(page.text("textarea"), "نص طويل");
        let long = "ط".repeat(5_001);
        let page = laila.sends(&person, &[("name", "layla@sea.example"), ("text", &long)]).await.is(422);
        assert_eq!((page.count(".field__error"), page.text("textarea")), (2, long));
        laila.sends("/newsroom/people/99/", &[("name", "أحد")]).await.is(404);
        laila.opens("/newsroom/people/99/").await.is(404);
        site.run_jobs().await;
    }

    async fn two_tags_become_one(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let desk = site.editor();
        let (tea, shai, black) = (desk.tag("tea").await, desk.tag("شاي").await, desk.tag("شاي أسود").await);
        let with = |headline, tags: &[TagId]| Draft { tags: tags.to_vec(), ..story(headline) };
        site.editor().publishes(with("الأولى", &[black, tea])).await;
        site.passes(1);
        site.editor().publishes(with("الثانية", &[tea, shai])).await;
        site.passes(1);
        let kept = site.editor().drafts(with("الثالثة", &[tea])).await;
        indexed(site).await;
        // What would happen is said before it does.
        let page = laila.opens(&format!("/newsroom/tags/1/?into={}", encode("شاي"))).await.ok();
        assert_eq!((page.count("#join li"), page.attribute("#join input", "value")), (4, "شاي".to_owned()));
        assert!(page.text("#join").contains("/tag/tea/"));
        for (name, says) in [("لا أحد", "لا وسم"), ("tea", "هو نفسه")] {
            let page = laila.opens(&format!("/newsroom/tags/1/?into={}", encode(name))).await.ok();
            assert!(page.text("#join .field__error").contains(says), "{name}");
            assert_eq!(page.attribute("#into", "value"), name);
        }
        laila.sends("/newsroom/tags/1/", &[("join", "tea")]).await.is(409);
        laila.sends("/newsroom/tags/1/", &[("join", "لا أحد")]).await.is(404);
        let after = laila.sends("/newsroom/tags/1/", &[("join", "شاي")]).await.is(303);
        assert_eq!(after.location(), "/newsroom/tags/2/?done=1");
        // Readers and colleagues are sent on at once, whatever part of the list they want.
        let moved = async |from: &str| site.reader().reads(from).await.is(301).location().to_owned();
        assert_eq!(moved("/tag/tea/").await, encode("/tag/شاي/"));
        assert_eq!(moved("/tag/tea/page/2/").await, encode("/tag/شاي/page/2/"));
        assert_eq!(moved("/tag/tea/feed/").await, encode("/tag/شاي/feed/"));
        assert_eq!(laila.opens("/newsroom/tags/1/").await.ok().text("h1"), "شاي");
        laila.sends("/newsroom/tags/1/", &[("name", "غيره")]).await.is(404);
        assert_eq!(laila.opens("/newsroom/tags/").await.ok().all("tbody th"), ["شاي", "شاي أسود"]);
        assert!(!laila.opens("/newsroom/tags/names?q=te").await.ok().body().contains("tea"));
        // The articles follow, each under it once; a draft of before means the one that stayed.
        site.run_jobs().await;
        indexed(site).await;
        let headlines = async |list: &str| site.reader().reads(list).await.ok().all(".card__headline");
        assert_eq!(headlines("/tag/شاي/").await, ["الثانية", "الأولى"]);
        let page = site.reader().reads("/").await.ok();
        assert!(!page.body().contains("/tag/tea"));
        site.editor().publishes_again(kept).await;
        assert_eq!(headlines("/tag/شاي/").await, ["الثالثة", "الثانية", "الأولى"]);
        // One more: the first leads to the last, in one step.
        laila.sends("/newsroom/tags/2/", &[("join", "شاي أسود")]).await.is(303);
        site.run_jobs().await;
        assert_eq!(moved("/tag/tea/").await, encode("/tag/شاي-أسود/"));
        assert_eq!(headlines("/tag/شاي-أسود/").await.len(), 3);
        // Nobody makes anew what was joined.
        laila.sends("/newsroom/tags/", &[("name", "tea")]).await.is(409);
    }

    async fn what_was_joined_stays_joined(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let desk = site.editor();
        let (tea, shai) = (desk.tag("tea").await, desk.tag("شاي").await);
        let (old, new) = (desk.person("Layan").await, desk.person("ليان").await);
        desk.tag("شاي أسود").await;
        let bylines = vec![(old, BylineRole::Writer), (new, BylineRole::Writer)];
        let id = site.editor().publishes(Draft { tags: vec![tea, shai], bylines, ..story("الأولى") }).await;
        site.editor().revises(id, story("الأولى")).await;
        let other = site.editor().publishes(story("الثانية")).await;
        laila.sends("/newsroom/tags/1/", &[("join", "شاي")]).await.is(303);
        laila.sends("/newsroom/people/1/", &[("join", "ليان")]).await.is(303);
        // What was written before is read as it is meant now, also before the articles have followed.
        let story = format!("/newsroom/articles/{id}/");
        laila.sends(&format!("{story}revisions/1"), &[]).await.is(303);
        site.editor().publishes_again(id).await;
        let tags = site.finds(move |db| tags::of_article(db, id)).await;
        assert_eq!(tags.iter().map(|tag| tag.id).collect::<Vec<_>>(), [shai]);
        let bylines = site.finds(move |db| people::bylines_of(db, &[id])).await;
        assert_eq!(bylines[&id].iter().map(|byline| byline.person.id).collect::<Vec<_>>(), [new]);
        assert_eq!(site.reader().reads("/tag/شاي/").await.ok().all(".card__headline"), ["الأولى"]);
        assert_eq!(site.reader().reads("/author/ليان/").await.ok().all(".card__headline"), ["الأولى"]);
        site.run_jobs().await;
        // Whoever decided about a tag that became another one meanwhile is asked again.
        laila.sends("/newsroom/tags/2/", &[("join", "شاي أسود")]).await.is(303);
        desk.tag("قهوة").await;
        let late = laila.sends("/newsroom/tags/4/", &[("join", "شاي")]).await.is(409);
        assert!(late.text(".notice--bad").contains("أثناء ذلك"), "{}", late.body());
        assert_eq!(site.reader().reads("/tag/قهوة/").await.status, 200);
        // Where an editor sends readers counts for more.
        let there = site.reader().reads(&format!("/a/{other}")).await.is(301).location().to_owned();
        laila.sends("/newsroom/redirects/", &[("from", "/tag/tea/"), ("to", &there)]).await.is(303);
        assert_eq!(site.reader().reads("/tag/tea/").await.is(301).location(), there);
        site.run_jobs().await;
    }

    async fn a_writer_who_was_entered_twice_becomes_one(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let desk = site.editor();
        let (old, new) = (desk.person("Layan").await, desk.person("ليان").await);
        let with = |headline, people: &[(PersonId, BylineRole)]| Draft { bylines: people.to_vec(), ..story(headline) };
        site.editor().publishes(with("الأولى", &[(old, BylineRole::Writer), (new, BylineRole::Writer)])).await;
        let second =
            site.editor().publishes(with("الثانية", &[(old, BylineRole::Writer), (new, BylineRole::Translator)])).await;
        laila.sends("/newsroom/people/1/", &[("join", "ليان")]).await.is(303);
        site.run_jobs().await;
        assert_eq!(site.reader().reads("/author/layan/").await.is(301).location(), encode("/author/ليان/"));
        let page = site.reader().reads("/author/ليان/").await.ok();
        assert_eq!(page.count(".card__headline"), 2);
        // In each role once.
        let bylines = site
            .desk
            .store
            .read(move |db| Ok::<_, Error>(people::bylines_of(db, &[ArticleId(1), second])?))
            .await
            .expect("bylines");
        assert_eq!((bylines[&ArticleId(1)].len(), bylines[&second].len()), (1, 2));
        assert!(!page.body().contains("Layan"));
    }

    async fn people_and_tags_are_entered_and_found_by_their_beginning(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        for place in ["/newsroom/people/", "/newsroom/tags/"] {
            laila.opens(place).await.ok();
            for name in ["شاي أخضر", "شاي أسود", "قهوة"] {
                laila.sends(place, &[("name", name)]).await.is(303);
            }
            laila.sends(place, &[("name", "شاي أسود")]).await.is(409);
            // What readers see is no address of anybody, and has an end.
            for name in ["layla@sea.example", &"ط".repeat(201)] {
                let page = laila.sends(place, &[("name", name)]).await.is(422);
                assert_eq!((page.count(".field__error"), page.attribute("#name", "value")), (1, name.to_owned()));
            }
            let page = laila.sends(place, &[("name", "؟")]).await.is(422);
            assert_eq!((page.count(".field__error"), page.attribute("#name", "value")), (1, "؟".to_owned()));
            let page = laila.opens(&format!("{place}?q=شاي")).await.ok();
            assert_eq!(page.all("tbody th"), ["شاي أخضر", "شاي أسود"]);
            assert_eq!(laila.opens(&format!("{place}?q=لا")).await.ok().count("tbody tr"), 0);
        }
        // What is entered here is offered where a story is written.
        assert!(laila.opens("/newsroom/tags/names?q=قه").await.ok().body().contains("قهوة"));
        // More than a page.
        for number in 0..105 {
            laila.sends("/newsroom/tags/", &[("name", &format!("وسم {number:03}"))]).await.is(303);
        }
        let first = laila.opens("/newsroom/tags/?q=وسم").await.ok();
        assert_eq!(first.count("tbody tr"), 100);
        let second = laila.opens(&first.attribute(".pager a", "href")).await.ok();
        assert_eq!(second.all("tbody th"), (100..105).map(|number| format!("وسم {number}")).collect::<Vec<_>>());
        assert_eq!(second.count(".pager"), 0);
    }

    async fn menus_stand_on_every_page(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        laila.sends("/newsroom/sections/", &[("name", "اقتصاد"), ("slug", "economy")]).await.is(303);
        laila.sends("/newsroom/sections/", &[("name", "تجارة"), ("slug", "trade"), ("parent", "1")]).await.is(303);
        let link = |key: &'static str, position: &'static str, name: &'static str, address: &'static str| {
            let field = |part| format!("{key}-{part}");
            [(field("position"), position), (field("name"), name), (field("address"), address)]
        };
        let sends = |rows: Vec<[(String, &'static str); 3]>| {
            let laila = &laila;
            async move {
                let fields: Vec<(&str, &str)> = rows.iter().flatten().map(|(name, value)| (name.as_str(), *value)).collect();
                laila.sends("/newsroom/menus/", &fields).await
            }
        };
        let rows = vec![
            link("menu", "2", "عن الموقع", "https://other.example/x"),
            link("menu", "1", "المال", "/category/economy/"),
            link("menu", "3", "", ""),
            link("footer", "1", "راسلنا", "mailto:desk@news.example"),
        ];
        sends(rows).await.is(303);
        let front = site.reader().reads("/").await.ok();
        assert_eq!(front.all(".sections__list a"), ["المال", "عن الموقع"]);
        assert_eq!(front.attributes(".sections__list a", "href"), ["/category/economy/", "https://other.example/x"]);
        assert!(front.all(".footer__links a").contains(&"راسلنا".to_owned()));
        // The link to a section is marked in it, and shows what is below it.
        let section = site.reader().reads("/category/economy/").await.ok();
        assert_eq!(section.all(".sections [aria-current]"), ["المال"]);
        assert_eq!(section.all(".sections__list--below a"), ["تجارة"]);
        // Nothing of what was typed is lost where one link is wrong, and nothing is kept.
        let odd = vec![
            link("menu", "1", "خبيث", "javascript:alert(1)"),
            link("menu", "2", "", "/about/"),
            link("footer", "1", "سليم", "/about/"),
        ];
        let page = sends(odd).await.is(422);
        assert_eq!(page.count(".field__error"), 2);
        assert_eq!(page.attribute("[name=menu-address]", "value"), "javascript:alert(1)");
        assert!(page.attributes("[name=footer-name]", "value").contains(&"سليم".to_owned()));
        assert_eq!(site.reader().reads("/").await.ok().all(".sections__list a"), ["المال", "عن الموقع"]);
        // With nothing written the sections are back.
        sends(vec![link("menu", "1", "", "")]).await.is(303);
        assert_eq!(site.reader().reads("/").await.ok().all(".sections__list a"), ["اقتصاد"]);
        site.run_jobs().await;
    }

    async fn an_address_without_a_page_leads_on(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let withdrawn = site.editor().publishes(story("الأولى")).await;
        let other = site.editor().publishes(story("الثانية")).await;
        let reader = site.reader();
        let one = reader.reads(&format!("/a/{withdrawn}")).await.is(301).location().to_owned();
        let two = reader.reads(&format!("/a/{other}")).await.is(301).location().to_owned();
        laila.opens("/newsroom/redirects/").await.ok();
        let redirects = |from: &str, to: &str| {
            let (laila, from, to) = (&laila, from.to_owned(), to.to_owned());
            async move { laila.sends("/newsroom/redirects/", &[("from", &from), ("to", &to)]).await }
        };
        redirects("/قديم/قصة/", &two).await.is(303);
        assert_eq!(site.reader().reads("/قديم/قصة/").await.is(301).location(), two);
        // What is said of an address counts for more than what its last piece lets us guess.
        let guessed = format!("/archive{one}");
        assert_eq!(reader.reads(&guessed).await.is(301).location(), one);
        redirects(&guessed, &two).await.is(303);
        assert_eq!(reader.reads(&guessed).await.is(301).location(), two);
        // A page is a page; a place of somebody else is no place.
        let page = redirects(&one, &two).await.is(422);
        assert_eq!(page.attribute("#from", "value"), one);
        redirects("/x/", "https://other.example/").await.is(422);
        redirects("/x/", "//other.example/").await.is(422);
        redirects("/", &two).await.is(422);
        redirects("", "").await.is(422);
        // No circles, however long.
        redirects("/b/", "/c/").await.is(303);
        redirects("/c/", "/d/").await.is(303);
        redirects("/d/", "/b/").await.is(409);
        redirects("/e/", "/e/").await.is(409);
        // A withdrawn story can lead to another one.
        site.editor().withdraws(withdrawn, "خطأ").await;
        site.reader().reads(&one).await.is(410);
        redirects(&one, &two).await.is(303);
        assert_eq!(site.reader().reads(&one).await.is(301).location(), two);
        // And back.
        let page = laila.opens("/newsroom/redirects/?q=/قديم").await.ok();
        assert_eq!(page.count("tbody tr"), 1);
        let path = page.attribute("tbody [name=path]", "value");
        laila.sends("/newsroom/redirects/", &[("do", "forget"), ("path", &path)]).await.is(303);
        site.reader().reads("/قديم/قصة/").await.is(404);
        laila.sends("/newsroom/redirects/", &[("do", "forget"), ("path", &path)]).await.is(404);
        site.run_jobs().await;
    }

    async fn a_picture_of_the_library_stands_for_the_name(site) {
        let owner = site.colleague("المالك", Role::Owner).await;
        let laila = site.colleague("ليلى", Role::Editor).await;
        let logo = take_in(&site.desk, picture(600, 200), "شعار", "").await.expect("taken");
        let article = site.editor().publishes(story("الأولى")).await;
        let home = site.reader().reads(&format!("/a/{article}")).await.location().to_owned();
        assert_eq!(site.reader().reads(&home).await.ok().count(".masthead__logo"), 0);
        // From the page of the picture to the settings, where it is seen before it is kept.
        let choose = owner.opens(&format!("/newsroom/media/{logo}/")).await.ok().attribute("a[href*='logo=']", "href");
        assert_eq!(laila.opens(&format!("/newsroom/media/{logo}/")).await.ok().count("a[href*='logo=']"), 0);
        let page = owner.opens(choose.trim_end_matches("#logo")).await.ok();
        assert_eq!((page.attribute("[name=logo]", "value"), page.count("#logo img")), (logo.to_string(), 1));
        assert_eq!(site.reader().reads("/").await.ok().count(".masthead__logo"), 0, "nothing is kept yet");
        let chosen = logo.to_string();
        let with = |logo: &'static str, number: &str| {
            let fields = [
                ("title", "مجلة الصين"), ("language", "ar"), ("time_zone", "UTC"), ("permalink", "/%postname%/"),
                ("per_page", "10"), ("max_links", "1"), (logo, number),
            ];
            fields.map(|(name, value)| (name, value.to_owned()))
        };
        let sends = async |number: &str| {
            let fields = with("logo", number);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            owner.sends("/newsroom/settings/", &fields).await
        };
        for wrong in ["99", "شعار", "-1"] {
            let page = sends(wrong).await.is(422);
            assert_eq!((page.attribute("[name=logo]", "value"), page.count("#logo .field__error")), (wrong.to_owned(), 1));
        }
        sends(&chosen).await.is(303);
        let home = site.reader().reads(&home).await;
        let home = if home.status == 301 { home.location().to_owned() } else { "/الأولى/".to_owned() };
        for path in ["/", home.as_str(), "/search"] {
            let page = site.reader().reads(path).await.ok();
            assert_eq!(page.attribute(".masthead__title img", "alt"), "مجلة الصين", "{path}");
            assert_eq!(page.attribute(".masthead__title img", "width"), "600");
        }
        let file = site.finds(move |db| media::by_id(db, logo)).await.expect("there").file;
        assert!(site.reader().reads("/feed/").await.ok().body().contains(&format!("/media/{file}</url>")));
        assert!(site.reader().reads("/").await.ok().body().contains("\"logo\":{"));
        // Its smaller copies, and another file in its place, are seen at once.
        site.run_jobs().await;
        assert!(site.reader().reads("/").await.ok().attribute(".masthead__logo", "srcset").contains(".webp 480w"));
        let sent = [("b.png", &picture(300, 100)[..])];
        let in_its_place = format!("/newsroom/media/{logo}/file");
        laila.uploads(&in_its_place, &sent, &[], "text/html").await.is(403);
        owner.uploads(&in_its_place, &sent, &[], "text/html").await.is(303);
        assert_eq!(site.reader().reads("/").await.ok().attribute(".masthead__logo", "width"), "300");
        // It is not deleted under it.
        assert_eq!(laila.opens(&format!("/newsroom/media/{logo}/")).await.ok().count("form[action$=removal]"), 0);
        let refused = laila.sends(&format!("/newsroom/media/{logo}/removal"), &[]).await.is(409);
        assert!(refused.body().contains("شعار الموقع"));
        sends("").await.is(303);
        assert_eq!(site.reader().reads("/").await.ok().text(".masthead__title"), "مجلة الصين");
        laila.sends(&format!("/newsroom/media/{logo}/removal"), &[]).await.is(303);
        site.run_jobs().await;
    }

    async fn settings_leave_alone_what_other_pages_set_up(site) {
        let opened = site.finds(publication::load).await.expect("a publication");
        let link = MenuLink::new("عنّا", "/about/", &opened.base_url).expect("a link");
        sites::set_menus(&site.desk, vec![link.clone()], Vec::new()).await.expect("set");
        sites::set_up(&site.desk, Site { title: "غيره".into(), ..opened }).await.expect("set up");
        let now = site.finds(publication::load).await.expect("a publication");
        assert_eq!((now.title.as_str(), now.settings.menu), ("غيره", vec![link]));
    }

    async fn the_owner_sets_the_publication_up(site) {
        let owner = site.colleague("المالك", Role::Owner).await;
        let laila = site.colleague("ليلى", Role::Editor).await;
        laila.opens("/newsroom/settings/").await.is(403);
        assert!(!laila.opens("/newsroom/").await.ok().body().contains("/newsroom/settings/"));
        owner.opens("/newsroom/settings/").await.ok();
        let mut fields = vec![
            ("title", "مجلة الصين"),
            ("tagline", "كل أسبوع"),
            ("language", "ar"),
            ("time_zone", "Africa/Cairo"),
            ("permalink", "/%postname%/"),
            ("calendar", "gregorian"),
            ("digits", "arab"),
            ("month_names", "SY"),
            ("per_page", "10"),
            ("licence", ""),
            ("max_links", "1"),
            ("close_after_days", ""),
        ];
        owner.sends("/newsroom/settings/", &fields).await.is(303);
        let front = site.reader().reads("/").await.ok();
        assert!(front.text("title").contains("مجلة الصين"));
        site.reader().reads("/ads.txt").await.is(404);
        assert!(!site.reader().reads("/robots.txt").await.ok().body().contains("GPTBot"));
        assert_eq!(front.count("link[href^='/colours/']"), 0);
        let more = [
            ("accent", "#ffff00"),
            ("refuse_training", "1"),
            ("refused_crawlers", "PetalBot\n\n"),
            ("ads_txt", "ads.example, 1, DIRECT\n"),
        ];
        owner.sends("/newsroom/settings/", &[&fields[..], &more].concat()).await.is(303);
        let colours = site.reader().reads("/").await.ok().attribute("link[href^='/colours/']", "href");
        assert_eq!(colours, "/colours/ffff00.css");
        let css = site.reader().reads(&colours).await.ok();
        assert!(css.body().contains("--accent:") && !css.body().contains("--accent: #ffff00; --accent-soft: #fdfcf9"));
        for odd in ["/colours/FFFF00.css", "/colours/red.css", "/colours/.css"] {
            site.reader().reads(odd).await.is(404);
        }
        let robots = site.reader().reads("/robots.txt").await.ok().body().to_owned();
        assert!(robots.starts_with("User-agent: ") && robots.contains("User-agent: GPTBot\n"));
        assert!(robots.contains("User-agent: PetalBot\nDisallow: /\n\nUser-agent: *\n"), "{robots}");
        assert_eq!(site.reader().reads("/ads.txt").await.ok().body(), "ads.example, 1, DIRECT\n");
        let odd = [("accent", "red"), ("refused_crawlers", "a b")];
        let page = owner.sends("/newsroom/settings/", &[&fields[..], &odd].concat()).await.is(422);
        assert_eq!((page.count(".field__error"), page.attribute("#accent", "value")), (2, "red".to_owned()));
        fields[0].1 = "";
        fields[3].1 = "Mars/Olympus";
        fields[8].1 = "1000";
        let page = owner.sends("/newsroom/settings/", &fields).await.is(422);
        assert_eq!(page.count(".field__error"), 3);
        assert_eq!(page.attribute("#time_zone", "value"), "Mars/Olympus");
        assert!(site.reader().reads("/").await.ok().text("title").contains("مجلة الصين"));
        site.run_jobs().await;
    }
}

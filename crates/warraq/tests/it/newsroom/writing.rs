//! How does a story come about? Begun, kept, handed on, sent out, put right.

use warraq::desk::accounts;
use warraq::news::staff::Role;

use crate::support::staff::Colleague;
use crate::support::{Newsroom, on_both};

/// The number of a new story.
async fn begins(colleague: &Colleague, headline: &str) -> String {
    let opened = colleague.sends("/newsroom/articles/new", &[("headline", headline), ("comments_open", "1")]).await;
    opened.is(303).location().to_owned()
}

/// What the page of a story has in its form.
async fn version(colleague: &Colleague, story: &str) -> String {
    colleague.opens(story).await.ok().attribute("input[name=version]", "value")
}

const BODY: &str = "<p>وصل الوفد إلى بكين صباح الخميس.</p><p>ووقّع الجانبان مذكرة تفاهم.</p>";

async fn drafts(site: &Newsroom, story: &str) -> i64 {
    let id: i64 = story.trim_matches('/').rsplit('/').next().and_then(|id| id.parse().ok()).expect("a number");
    site.finds(move |db| warraq::store::articles::revisions(db, warraq::news::ArticleId(id))).await
}

on_both! {
    async fn every_list_opens(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        for list in ["mine", "waiting", "draft", "scheduled", "published", "pages", "withdrawn"] {
            laila.opens(&format!("/newsroom/articles/?list={list}")).await.ok();
            laila.opens(&format!("/newsroom/articles/?list={list}&before=1700000000000.12")).await.ok();
        }
    }

    async fn what_goes_out_is_what_was_read(site) {
        let guest = site.colleague("ضيف", Role::Contributor).await;
        let editor = site.colleague("محررة", Role::Editor).await;
        let story = begins(&guest, "مادة الضيف").await;
        let save = async |words: &str| {
            let version = version(&guest, &story).await;
            guest.sends(&story, &[("headline", "مادة الضيف"), ("body", words), ("version", &version), ("do", "save")]).await.is(303);
            guest.sends(&format!("{story}lock"), &[("release", "1")]).await;
        };
        save(BODY).await;
        let seen = editor.opens(&story).await.ok().attribute("form[action$='/state'] input[name=seen]", "value");
        save("<p>نص لم يقرأه أحد.</p>").await;
        let state = format!("{story}state");
        let schedule = [("do", "schedule"), ("at", "2030-01-01T10:00")];
        editor.sends(&state, &[&schedule[..], &[("seen", &seen)]].concat()).await.is(409);
        let seen = editor.opens(&story).await.ok().attribute("form[action$='/state'] input[name=seen]", "value");
        editor.sends(&state, &[&schedule[..], &[("seen", &seen)]].concat()).await.is(303);
        site.may_leave_work();
    }

    async fn from_the_first_word_to_the_readers(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        site.editor().section("اقتصاد").await;
        let story = begins(&laila, "وفد في بكين").await;
        assert!(laila.opens("/newsroom/").await.ok().body().contains("وفد في بكين"));
        let page = laila.opens(&story).await.ok();
        assert_eq!(page.attribute("#headline", "value"), "وفد في بكين");
        let version = page.attribute("input[name=version]", "value");
        let fields = [
            ("version", version.as_str()),
            ("headline", "وفد مصري في بكين"),
            ("standfirst", "زيارة تستمر يومين"),
            ("body", BODY),
            ("section", "1"),
            ("tags", "مصر، الصين"),
            ("byline", "سامر الخطيب"),
            ("byline_role", "correspondent"),
            ("kind", "own"),
            ("comments_open", "1"),
            ("do", "publish"),
        ];
        let done = laila.sends(&story, &fields).await.is(303);
        assert_eq!(done.location(), format!("{story}?done=published"));
        assert!(laila.opens(done.location()).await.ok().text(".notice--good").contains("نُشرت"));
        let front = site.reader().reads("/").await.ok();
        let href = front.attributes("a", "href").into_iter().find(|href| href.contains("%D9%88%D9%81%D8%AF")).expect("on the front");
        let page = site.reader().reads(&href).await.ok();
        assert_eq!(page.text("h1"), "وفد مصري في بكين");
        assert!(page.body().contains("مذكرة تفاهم") && page.body().contains("سامر الخطيب") && page.body().contains("الصين"));
        site.run_jobs().await;

        // A change waits until it is published; then it is told as what it is.
        let again = self::version(&laila, &story).await;
        let mut changed = fields;
        changed[0].1 = &again;
        changed[1].1 = "وفد مصري كبير في بكين";
        changed[10] = ("do", "save");
        laila.sends(&story, &changed).await.is(303);
        assert_eq!(site.reader().reads(&href).await.ok().text("h1"), "وفد مصري في بكين");
        assert!(laila.opens(&story).await.ok().body().contains("فيها تعديل لم يُنشر"));
        laila.sends(&format!("{story}state"), &[("do", "publish")]).await.is(303);
        assert_eq!(site.reader().reads(&href).await.ok().text("h1"), "وفد مصري كبير في بكين");
        site.passes(2);
        let note = [("do", "correct"), ("kind", "correction"), ("note", "عدد أعضاء الوفد سبعة لا ستة")];
        laila.sends(&format!("{story}state"), &note).await.is(303);
        assert!(site.reader().reads(&href).await.ok().body().contains("سبعة لا ستة"));
        laila.sends(&format!("{story}state"), &[("do", "withdraw"), ("reason", "")]).await.is(409);
        laila.sends(&format!("{story}state"), &[("do", "withdraw"), ("reason", "خبر غير مؤكد")]).await.is(303);
        assert!(site.reader().reads(&href).await.is(410).body().contains("خبر غير مؤكد"));
        site.run_jobs().await;
    }

    async fn what_is_typed_is_kept_and_nobody_is_overwritten(site) {
        let laila = site.colleague("ليلى", Role::Author).await;
        let nour = site.colleague("نور", Role::Editor).await;
        let story = begins(&laila, "خبر").await;
        let draft = format!("{story}draft");
        let mut version = version(&laila, &story).await;
        for text in ["<p>كلمة</p>", "<p>كلمة وأخرى</p>", "<p>كلمة وأخرى وثالثة</p>"] {
            let kept = laila.tells(&draft, &[("version", &version), ("headline", "خبر"), ("body", text)]).await.ok().json();
            version = kept["version"].to_string();
            assert!(kept["saved_at"].is_string());
        }
        assert_eq!(drafts(site, &story).await, 1, "one sitting is one revision");
        // Somebody else wants to write while it is open.
        let refused = nour.tells(&draft, &[("version", &version), ("headline", "خبر آخر")]).await;
        assert_eq!((refused.status, refused.json()["by"].as_str()), (423, Some("ليلى")));
        assert!(nour.opens(&story).await.ok().text("[data-locked]").contains("ليلى"));
        nour.tells(&format!("{story}lock"), &[]).await.is(423);
        nour.tells(&format!("{story}lock"), &[("take", "1")]).await.ok();
        let kept = nour.tells(&draft, &[("version", &version), ("headline", "خبر آخر"), ("body", "<p>نص</p>")]).await.ok().json();
        assert_eq!(drafts(site, &story).await, 2, "another hand, another revision");
        // The first one comes back with what she had.
        let late = [("version", version.as_str()), ("headline", "خبر أول"), ("body", "<p>نصي أنا</p>")];
        assert_eq!(laila.tells(&draft, &late).await.is(423).json()["by"], "نور");
        laila.tells(&format!("{story}lock"), &[("take", "1")]).await.ok();
        let told = laila.tells(&draft, &late).await.is(409).json();
        assert_eq!((told["error"].as_str(), told["by"].as_str(), &told["version"]), (Some("changed"), Some("نور"), &kept["version"]));
        // Without a script the same page comes back, with everything that was typed.
        let page = laila.sends(&story, &late).await.is(409);
        assert_eq!(page.attribute("#headline", "value"), "خبر أول");
        assert_eq!(page.text("#body"), "<p>نصي أنا</p>");
        assert!(page.text(".notice--bad").contains("نور"));
        // A lock that is not renewed is nobody's.
        site.passes(1);
        nour.tells(&format!("{story}lock"), &[]).await.ok();
        site.run_jobs().await;
    }

    async fn a_form_with_something_wrong_loses_nothing(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        laila.sends("/newsroom/articles/new", &[("headline", " ")]).await.is(422);
        let story = begins(&laila, "خبر").await;
        let version = version(&laila, &story).await;
        let nothing = [("version", version.as_str()), ("headline", "خبر"), ("standfirst", "مقدمة طويلة"), ("body", ""), ("do", "publish")];
        let page = laila.sends(&story, &nothing).await.is(422);
        assert!(page.text(".notice--bad").contains("لا نص في المادة بعد"), "{}", page.text(".notice--bad"));
        assert_eq!(page.text("#standfirst"), "مقدمة طويلة");
        let next = page.attribute("input[name=version]", "value");
        let whole = [("version", next.as_str()), ("headline", "خبر"), ("body", BODY), ("do", "publish")];
        laila.sends(&story, &whole).await.is(303);
        let told = laila.tells(&format!("{story}draft"), &[("version", "99"), ("headline", "")]).await.is(422).json();
        assert_eq!(told["errors"]["headline"], "العنوان مطلوب.");
        site.run_jobs().await;
    }

    async fn states_can_be_compared_and_brought_back(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let story = begins(&laila, "الوزير في بكين").await;
        for (headline, body) in [("الوزير في بكين", BODY), ("الرئيس في بكين", "<p>وصل الوفد إلى شنغهاي صباح الخميس.</p>")] {
            site.passes(1);
            let version = version(&laila, &story).await;
            laila.sends(&story, &[("version", &version), ("headline", headline), ("body", body), ("do", "save")]).await.is(303);
        }
        let list = laila.opens(&format!("{story}revisions/")).await.ok();
        assert_eq!(list.count("tbody tr"), 3);
        let page = laila.opens(&format!("{story}revisions/3")).await.ok();
        assert_eq!(page.all("del"), ["الوزير", "بكين", "ووقّع الجانبان مذكرة تفاهم."]);
        assert_eq!(page.all("ins"), ["الرئيس", "شنغهاي"]);
        laila.sends(&format!("{story}revisions/2"), &[]).await.is(303);
        let now = laila.opens(&story).await.ok();
        assert_eq!(now.attribute("#headline", "value"), "الوزير في بكين");
        assert!(laila.opens(&format!("{story}preview")).await.ok().body().contains("مذكرة تفاهم"));
        laila.opens(&format!("{story}revisions/9")).await.is(404);
        site.run_jobs().await;
    }

    async fn a_scheduled_story_goes_out_at_its_minute(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let story = begins(&laila, "خبر الغد").await;
        let version = version(&laila, &story).await;
        laila.sends(&story, &[("version", &version), ("headline", "خبر الغد"), ("body", BODY), ("do", "save")]).await.is(303);
        let state = format!("{story}state");
        laila.sends(&state, &[("do", "schedule"), ("at", "غدًا")]).await.is(409);
        laila.sends(&state, &[("do", "schedule"), ("at", "2026-02-01T09:00")]).await.is(409);
        // 14:30 in Riyadh.
        laila.sends(&state, &[("do", "schedule"), ("at", "2026-03-01T14:30")]).await.is(303);
        assert!(laila.opens("/newsroom/articles/?list=scheduled").await.ok().body().contains("خبر الغد"));
        laila.sends(&state, &[("do", "unschedule")]).await.is(303);
        site.is_now("2026-03-01T11:30:00Z");
        site.run_jobs().await;
        assert!(!site.reader().reads("/").await.ok().body().contains("خبر الغد"));
        laila.sends(&state, &[("do", "schedule"), ("at", "2026-03-01T15:00")]).await.is(303);
        site.is_now("2026-03-01T11:59:59Z");
        site.run_jobs().await;
        assert!(!site.reader().reads("/").await.ok().body().contains("خبر الغد"));
        site.is_now("2026-03-01T12:00:00Z");
        site.run_jobs().await;
        assert!(site.reader().reads("/").await.ok().body().contains("خبر الغد"));
    }

    async fn a_contributor_reaches_own_drafts_alone(site) {
        let owner = site.colleague("المالك", Role::Owner).await;
        let author = site.colleague("كاتب", Role::Author).await;
        let guest = site.colleague("ضيف", Role::Contributor).await;
        let theirs = begins(&author, "مادة الكاتب").await;
        let own = begins(&guest, "مادة الضيف").await;
        for path in [theirs.clone(), format!("{theirs}revisions/"), format!("{theirs}preview"), format!("{theirs}revisions/1")] {
            guest.opens(&path).await.is(403);
            owner.opens(&path).await.ok();
        }
        for (path, fields) in [
            (theirs.clone(), vec![("version", "0"), ("headline", "x"), ("body", BODY)]),
            (format!("{theirs}draft"), vec![("version", "0"), ("headline", "x")]),
            (format!("{theirs}lock"), vec![]),
            (format!("{theirs}revisions/1"), vec![]),
            (format!("{theirs}state"), vec![("do", "hand-on"), ("stage", "ready")]),
            (format!("{own}state"), vec![("do", "publish")]),
            (format!("{own}state"), vec![("do", "schedule"), ("at", "2027-01-01T10:00")]),
        ] {
            assert_eq!(guest.sends(&path, &fields).await.status, 403, "{path}");
        }
        for list in ["draft", "scheduled", "withdrawn"] {
            guest.opens(&format!("/newsroom/articles/?list={list}")).await.is(403);
        }
        assert!(!guest.opens("/newsroom/articles/").await.ok().body().contains("مادة الكاتب"));
        // What is handed to somebody is theirs to write as long as it is with them, not to send out.
        author.sends(&format!("{theirs}state"), &[("do", "hand-on"), ("stage", "desk"), ("to", &guest.id.to_string())]).await.is(303);
        let handed = version(&guest, &theirs).await;
        guest.sends(&theirs, &[("version", &handed), ("headline", "مادة الكاتب"), ("body", BODY)]).await.is(303);
        guest.sends(&format!("{theirs}state"), &[("do", "publish")]).await.is(403);
        guest.sends(&format!("{theirs}state"), &[("do", "hand-on"), ("stage", "desk"), ("to", "")]).await.is(303);
        guest.opens(&theirs).await.is(403);
        // Handed on and published by somebody who may: then it is out of reach.
        guest.sends(&format!("{own}state"), &[("do", "hand-on"), ("stage", "desk"), ("to", &owner.id.to_string())]).await.is(303);
        assert!(owner.opens("/newsroom/articles/?list=waiting").await.ok().body().contains("مادة الضيف"));
        let version = version(&owner, &own).await;
        owner.sends(&own, &[("version", &version), ("headline", "مادة الضيف"), ("body", BODY), ("do", "publish")]).await.is(303);
        guest.opens(&own).await.is(403);
        guest.sends(&own, &[("version", "2"), ("headline", "بعد النشر"), ("body", BODY)]).await.is(403);
        site.run_jobs().await;
    }

    async fn nobody_joins_a_story_to_one_that_is_not_theirs(site) {
        let author = site.colleague("كاتب", Role::Author).await;
        let guest = site.colleague("ضيف", Role::Contributor).await;
        let editor = site.colleague("محرر", Role::Editor).await;
        let theirs = begins(&author, "مادة الكاتب").await;
        let saved = version(&author, &theirs).await;
        author.sends(&theirs, &[("version", &saved), ("headline", "مادة الكاتب"), ("body", BODY), ("do", "publish")]).await.is(303);
        let number = theirs.trim_matches('/').rsplit('/').next().expect("a number");
        let own = begins(&guest, "Own story").await;
        let saved = version(&guest, &own).await;
        for (other, says) in [(number, "لا يحق لك تحريرها"), ("4711", "لا مادة بهذا الرقم")] {
            let fields = [("version", saved.as_str()), ("headline", "Own story"), ("body", BODY), ("translation_of", other)];
            let page = guest.sends(&own, &fields).await.is(422);
            assert!(page.text(".notice--bad").contains(says), "{}", page.body());
            assert!(page.text("#body").contains("وصل الوفد"), "what was typed is there");
            guest.sends("/newsroom/articles/new", &fields).await.is(422);
        }
        let fields = [("version", saved.as_str()), ("headline", "Own story"), ("body", BODY), ("translation_of", number)];
        editor.sends(&own, &fields).await.is(303);
        editor.sends(&format!("{own}lock"), &[("release", "1")]).await.is(303);
        // What an editor joined stays joined when whoever wrote it goes on.
        let saved = version(&guest, &own).await;
        let fields = [("version", saved.as_str()), ("headline", "Own story"), ("body", BODY), ("translation_of", number)];
        guest.sends(&own, &fields).await.is(303);
    }

    async fn what_a_form_names_must_be_there(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        let story = begins(&laila, "خبر").await;
        let saved = version(&laila, &story).await;
        for (field, value, says) in [
            ("section", "77", "لا قسم بهذا الرقم"),
            ("lead", "77", "لا صورة في المكتبة"),
            ("tags", "الصين، !!!", "وسم بلا حرف"),
            ("tags", "canary@example.org", "عنوان بريد"),
            ("byline", "؟؟", "اسم بلا حرف"),
            ("byline", "canary@example.org", "عنوان بريد"),
        ] {
            let fields = [("version", saved.as_str()), ("headline", "خبر"), ("body", BODY), (field, value), ("byline_role", "writer")];
            let page = laila.sends(&story, &fields).await.is(422);
            assert!(page.text(".notice--bad").contains(says), "{field} {value}: {}", page.text(".notice--bad"));
            assert!(page.text("#body").contains("وصل الوفد"), "what was typed is there");
            let told = laila.tells(&format!("{story}draft"), &fields).await.is(422).json();
            assert!(told["errors"].as_object().is_some_and(|errors| errors.len() == 1), "{told}");
        }
        assert_eq!(site.finds(|db| warraq::store::tags::by_slug(db, "الصين")).await, None, "nothing was half kept");
    }

    async fn whoever_is_confined_to_a_section_sees_its_drafts_alone(site) {
        let owner = site.colleague("المالك", Role::Owner).await;
        let (here, there) = (site.editor().section("هنا").await, site.editor().section("هناك").await);
        let id = site.hires("محرر القسم", Role::Editor).await;
        accounts::change_role(&site.desk, id, Role::Editor, vec![here]).await.expect("confined");
        let confined = site.at_work(id).await;
        for number in 0..70 {
            let section = if number % 2 == 0 { here } else { there };
            let (headline, section) = (format!("مسودة {number:02}"), section.0.to_string());
            owner.sends("/newsroom/articles/new", &[("headline", &headline), ("section", &section)]).await.is(303);
        }
        let page = confined.opens("/newsroom/articles/?list=draft").await.ok();
        assert!(page.body().contains("مسودة 68") && page.body().contains("مسودة 00") && !page.body().contains("مسودة 69"));
        assert!(page.attributes("a[rel=next]", "href").is_empty(), "all 35 stand on one page");
        assert!(!confined.opens("/newsroom/articles/?list=draft&q=69").await.ok().body().contains("مسودة 69"));
        let page = owner.opens("/newsroom/articles/?list=draft").await.ok();
        assert!(page.body().contains("مسودة 69") && page.body().contains("مسودة 20") && !page.body().contains("مسودة 19"));
        let rest = owner.opens(&page.attributes("a[rel=next]", "href").remove(0)).await.ok();
        assert!(rest.body().contains("مسودة 19") && rest.body().contains("مسودة 00"));
    }
}

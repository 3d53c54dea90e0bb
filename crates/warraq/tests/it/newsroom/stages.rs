//! Which way does a draft go? Stages that an owner names, orders, adds and removes, and who may take a story on from there.

use warraq::news::audit::Act;
use warraq::news::staff::Role;
use warraq::store::{audit, stories};

use crate::support::staff::Colleague;
use crate::support::{Newsroom, Page, on_both};

const ROOM: &str = "/newsroom/stages/";
const BODY: &str = "<p>وصل الوفد إلى بكين صباح الخميس.</p>";

/// A story with a text: its address.
async fn writes(colleague: &Colleague, headline: &str) -> String {
    let fields = [("headline", headline), ("body", BODY)];
    colleague.sends("/newsroom/articles/new", &fields).await.is(303).location().to_owned()
}

async fn hands_on(colleague: &Colleague, story: &str, stage: &str) -> Page {
    colleague.sends(&format!("{story}state"), &[("do", "hand-on"), ("stage", stage), ("to", "")]).await
}

/// The form with all stages as the page has it; each `change` is put in the place of what a field of a stage says.
async fn form(owner: &Colleague, changes: &[(&str, &str, &str)]) -> Vec<(&'static str, String)> {
    let page = owner.opens(ROOM).await.ok();
    let mut fields = vec![("seen", page.attribute("[name=seen]", "value"))];
    let said = |key: &str, field: &str| changes.iter().find(|(of, what, _)| *of == key && *what == field);
    let keys = page.attributes("[name=key]", "value");
    let roles = page.attributes("[name=taken_on_by] option[selected]", "value");
    for ((key, name), role) in keys.iter().zip(page.attributes("[name=stage-name]", "value")).zip(roles) {
        fields.push(("key", key.clone()));
        fields.push(("stage-name", said(key, "name").map_or(name, |change| change.2.to_owned())));
        fields.push(("taken_on_by", said(key, "role").map_or(role, |change| change.2.to_owned())));
    }
    fields.push(("begins", page.attribute("[name=begins][checked]", "value")));
    fields
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Save the form with these changes and further fields.
async fn saves(owner: &Colleague, changes: &[(&str, &str, &str)], further: &[(&str, &str)]) -> Page {
    let fields = form(owner, changes).await;
    owner.sends(ROOM, &[&borrowed(&fields), further].concat()).await
}

async fn names(colleague: &Colleague, story: &str) -> Vec<String> {
    colleague.opens(story).await.ok().all("select[name=stage] option")
}

async fn log(site: &Newsroom) -> Vec<(String, String)> {
    let filter = audit::Filter { act: Some(Act::StagesChanged), ..audit::Filter::ALL };
    let rows = site.finds(move |db| audit::page(db, &filter, None, 50)).await;
    rows.into_iter().map(|row| (row.act.as_str().to_owned(), row.details)).collect()
}

on_both! {
    async fn a_publication_names_its_own_stages(site) {
        site.is_now("2026-03-01T09:00:00Z");
        let owner = site.colleague("مالك", Role::Owner).await;
        let editor = site.colleague("Sam", Role::Editor).await;
        editor.sends("/newsroom/account/", &[("name", "Sam"), ("language", "en")]).await.is(303);
        let story = writes(&editor, "خبر").await;
        assert_eq!(names(&editor, &story).await, ["idea", "draft", "desk", "copy", "ready"]);
        saves(&owner, &[("desk", "name", " مكتب  السياسة ")], &[]).await.is(303);
        let page = owner.opens(ROOM).await.ok();
        let add = [("do", "add"), ("name", "Legal"), ("after", "copy"), ("seen", &page.attribute("[name=seen]", "value"))];
        owner.sends(ROOM, &add).await.is(303);
        // What nobody renamed is called as ever, in everybody's own language.
        assert_eq!(names(&editor, &story).await, ["idea", "draft", "مكتب السياسة", "copy", "Legal", "ready"]);
        assert_eq!(names(&owner, &story).await[..3], ["فكرة", "مسودة", "مكتب السياسة"]);
        hands_on(&editor, &story, "stage-1").await.is(303);
        editor.sends(&format!("{story}state"), &[("do", "plan"), ("planned_on", "2026-03-10")]).await.is(303);
        assert_eq!(editor.opens(&story).await.ok().text(".page-head .state"), "Legal");
        assert!(editor.opens("/newsroom/calendar/?month=2026-03").await.ok().text(".calendar__entries").contains("Legal"));
        let home = editor.opens("/newsroom/").await.ok();
        assert_eq!(home.attributes(".chip a", "href"), ["/newsroom/articles/?list=draft&stage=stage-1"]);
        // Lists by stage.
        let other = writes(&editor, "خبر آخر").await;
        for (list, stage, found) in [
            ("draft", "stage-1", &["خبر"][..]), ("draft", "draft", &["خبر آخر"]), ("draft", "ready", &[]), ("draft", "nonsense", &["خبر آخر", "خبر"]),
            ("mine", "stage-1", &["خبر"]), ("mine", "desk", &[]), ("published", "desk", &[]),
        ] {
            let page = editor.opens(&format!("/newsroom/articles/?list={list}&stage={stage}")).await.ok();
            assert_eq!(page.all(".rows__title"), found, "{list} {stage}");
        }
        assert_eq!(editor.opens("/newsroom/articles/?list=draft&stage=draft&q=%D8%AE%D8%A8%D8%B1").await.ok().all(".rows__title"), ["خبر آخر"]);
        hands_on(&editor, &other, "nonsense").await.is(409);
        // The old name back: it is nobody's own name any more.
        saves(&owner, &[("desk", "name", "في التحرير")], &[]).await.is(303);
        assert_eq!(names(&editor, &story).await[2], "desk");
        let details = |text: &str| ("stages-changed".to_owned(), text.to_owned());
        assert_eq!(log(site).await, [
            details("idea · draft · desk · copy · Legal · ready"), details("+ Legal"), details("idea · draft · مكتب السياسة · copy · ready"),
        ]);
        site.run_jobs().await;
    }

    async fn a_stage_that_goes_leaves_no_story_behind(site) {
        let owner = site.colleague("مالك", Role::Owner).await;
        let (first, second, third) = (writes(&owner, "أول").await, writes(&owner, "ثان").await, writes(&owner, "ثالث").await);
        for story in [&first, &second] {
            hands_on(&owner, story, "desk").await.is(303);
        }
        let remove = async |stage: &str, into: &str, status: u16| {
            owner.sends(ROOM, &[("do", "remove"), ("stage", stage), ("into", into)]).await.is(status)
        };
        for into in ["", "desk", "nonsense"] {
            let page = remove("desk", into, 409).await;
            assert!(page.text("#error-remove").contains("مواد"), "{}", page.body());
        }
        remove("nonsense", "copy", 409).await;
        remove("desk", "copy", 303).await;
        // Nothing stands there: nothing has to be said.
        remove("idea", "", 303).await;
        remove("draft", "copy", 303).await;
        assert_eq!(names(&owner, &first).await, ["في التدقيق", "جاهزة"]);
        let list = owner.opens("/newsroom/articles/?list=draft&stage=copy").await.ok();
        assert_eq!(list.all(".rows__title"), ["ثالث", "ثان", "أول"]);
        assert!(list.all(".rows .state").iter().all(|state| state == "في التدقيق"), "{}", list.body());
        assert_eq!(owner.opens("/newsroom/articles/?list=draft&stage=desk").await.ok().count(".rows__title"), 3, "an old link");
        // New ones begin where the old beginning went; a page from before hands on to where the stage went.
        let fourth = writes(&owner, "رابع").await;
        assert_eq!(owner.opens(&fourth).await.ok().text(".page-head .state"), "في التدقيق");
        hands_on(&owner, &third, "ready").await.is(303);
        hands_on(&owner, &third, "desk").await.is(303);
        assert_eq!(owner.opens(&third).await.ok().text(".page-head .state"), "في التدقيق");
        remove("copy", "ready", 303).await;
        assert_eq!(owner.opens(&first).await.ok().text(".page-head .state"), "جاهزة");
        // One stays.
        let last = remove("ready", "ready", 409).await;
        assert!(!last.text("#error-remove").is_empty() || last.count("select[name=into]") == 0, "{}", last.body());
        assert!(owner.opens(ROOM).await.ok().body().contains("لا بد من مرحلة واحدة"));
        // A page of a list goes on where it stopped, also over stages that were joined.
        let keys = ["copy", "draft", "desk", "ready"].map(str::to_owned);
        let listed = site.finds(move |db| {
            let which = stories::Which::At(&keys);
            let mut found = stories::lines(db, which, None, 2)?;
            let last = found.last().map(|line| (line.at, line.id));
            found.extend(stories::lines(db, which, last, 9)?);
            Ok(found.into_iter().map(|line| line.headline).collect::<Vec<_>>())
        }).await;
        assert_eq!(listed.len(), 4, "{listed:?}");
        site.run_jobs().await;
    }

    async fn who_takes_a_story_on_is_said_by_its_stage(site) {
        let owner = site.colleague("مالك", Role::Owner).await;
        let editor = site.colleague("محرر", Role::Editor).await;
        let author = site.colleague("كاتب", Role::Author).await;
        let guest = site.colleague("ضيف", Role::Contributor).await;
        let story = writes(&author, "خبر").await;
        saves(&owner, &[("copy", "role", "editor")], &[]).await.is(303);
        assert_eq!(names(&author, &story).await, ["فكرة", "مسودة", "في التحرير", "في التدقيق"]);
        assert_eq!(log(site).await[0].1, "idea · draft · desk · copy (editor) · ready");
        // Neither from there nor around it, nor back from there.
        let refused = hands_on(&author, &story, "ready").await.is(409);
        assert!(refused.body().contains("زملاء آخرون"), "{}", refused.body());
        hands_on(&author, &story, "copy").await.is(303);
        assert_eq!(names(&author, &story).await, ["في التدقيق"]);
        for stage in ["ready", "draft", "idea"] {
            hands_on(&author, &story, stage).await.is(409);
        }
        // Whose turn it is may still be said.
        let to = editor.id.to_string();
        author.sends(&format!("{story}state"), &[("do", "hand-on"), ("stage", "copy"), ("to", &to)]).await.is(303);
        hands_on(&editor, &story, "ready").await.is(303);
        hands_on(&author, &story, "draft").await.is(303);
        // A stage gives nobody a right: what is another's stays so.
        saves(&owner, &[("draft", "role", "contributor")], &[]).await.is(303);
        hands_on(&guest, &story, "desk").await.is(403);
        saves(&owner, &[("draft", "role", "owner")], &[]).await.is(303);
        hands_on(&editor, &story, "desk").await.is(409);
        hands_on(&owner, &story, "desk").await.is(303);
        for colleague in [&editor, &author, &guest] {
            colleague.opens(ROOM).await.is(403);
            colleague.sends(ROOM, &[("do", "add"), ("name", "x")]).await.is(403);
        }
        site.run_jobs().await;
    }

    async fn stories_may_go_out_from_the_last_stage_alone(site) {
        site.is_now("2026-03-01T09:00:00Z");
        let owner = site.colleague("مالك", Role::Owner).await;
        let author = site.colleague("كاتب", Role::Author).await;
        let story = writes(&author, "خبر").await;
        let early = writes(&author, "خبر سابق").await;
        let act = async |story: &str, fields: &[(&str, &str)], status: u16| {
            author.sends(&format!("{story}state"), fields).await.is(status)
        };
        let (publish, schedule) = (&[("do", "publish")][..], &[("do", "schedule"), ("at", "2026-03-02T12:00")][..]);
        act(&early, publish, 303).await;
        saves(&owner, &[], &[("only_last_goes_out", "1")]).await.is(303);
        assert!(log(site).await[0].1.ends_with("; only_last_goes_out = true"), "{:?}", log(site).await);
        assert_eq!(owner.opens(ROOM).await.ok().count("[name=only_last_goes_out][checked]"), 1);
        let page = author.opens(&story).await.ok();
        assert_eq!(page.count("button[value=publish]") + page.count("button[value=schedule]"), 0);
        assert!(page.text(".panel--acts").contains("لا تُنشر المواد إلا من مرحلة"), "{}", page.body());
        for fields in [publish, schedule] {
            assert!(act(&story, fields, 409).await.body().contains("المرحلة الأخيرة"));
        }
        owner.sends(&format!("{story}state"), publish).await.is(409);
        // What was typed is kept, also when it does not go out.
        let version = author.opens(&story).await.ok().attribute("input[name=version]", "value");
        let text = [("headline", "خبر معدّل"), ("body", BODY), ("version", version.as_str()), ("do", "publish")];
        author.sends(&story, &text).await.is(409);
        assert_eq!(author.opens(&story).await.ok().attribute("#headline", "value"), "خبر معدّل");
        hands_on(&author, &story, "ready").await.is(303);
        act(&story, schedule, 303).await;
        assert!(hands_on(&author, &story, "desk").await.is(409).body().contains("مجدولة"));
        act(&story, &[("do", "unschedule")], 303).await;
        hands_on(&author, &story, "desk").await.is(303);
        act(&story, schedule, 409).await;
        hands_on(&author, &story, "ready").await.is(303);
        act(&story, schedule, 303).await;
        site.is_now("2026-03-02T09:00:00Z");
        site.run_jobs().await;
        assert!(site.reader().reads("/").await.ok().body().contains("خبر معدّل"));
        // What readers see is changed as ever, wherever it stands; what was withdrawn begins anew.
        hands_on(&author, &early, "desk").await.is(303);
        act(&early, publish, 303).await;
        hands_on(&author, &early, "desk").await.is(303);
        act(&early, &[("do", "withdraw"), ("reason", "خطأ")], 303).await;
        act(&early, publish, 409).await;
        hands_on(&author, &early, "ready").await.is(303);
        act(&early, publish, 303).await;
        site.run_jobs().await;
    }

    async fn nobody_changes_stages_by_an_old_page(site) {
        let owner = site.colleague("مالك", Role::Owner).await;
        let old = form(&owner, &[("idea", "name", "خاطرة")]).await;
        let old_add = [("do", "add"), ("name", "Legal"), ("after", "copy"), ("seen", old[0].1.as_str())];
        saves(&owner, &[("desk", "name", "مكتب السياسة")], &[("move", "up:ready")]).await.is(303);
        let now = ["فكرة", "مسودة", "مكتب السياسة", "جاهزة", "في التدقيق"];
        let page = owner.sends(ROOM, &borrowed(&old)).await.is(409);
        assert_eq!(page.attributes("[name=stage-name]", "value"), now);
        assert!(page.text(".notice--bad").contains("خاطرة"), "{}", page.body());
        let page = owner.sends(ROOM, &old_add).await.is(409);
        assert_eq!((page.attribute("#name", "value").as_str(), page.attributes("[name=stage-name]", "value")), ("Legal", now.map(str::to_owned).to_vec()));
        let remove = [("do", "remove"), ("stage", "copy"), ("into", "desk"), ("seen", old[0].1.as_str())];
        owner.sends(ROOM, &remove).await.is(409);
        // A form that leaves one out, or has one twice, is none of ours.
        let keys = [("key", "idea"), ("stage-name", "x"), ("taken_on_by", "author")];
        owner.sends(ROOM, &keys).await.is(409);
        owner.sends(ROOM, &[]).await.is(409);
        assert_eq!(owner.opens(ROOM).await.ok().attributes("[name=stage-name]", "value"), now);
        site.run_jobs().await;
    }

    async fn what_is_wrong_comes_back_as_it_was_typed(site) {
        let owner = site.colleague("مالك", Role::Owner).await;
        let long = "ط".repeat(41);
        for (typed, says) in [(" ", "لا بد للمرحلة من اسم"), (long.as_str(), "40"), ("Draft", "لمرحلة أخرى"), ("مسودة", "لمرحلة أخرى"), ("a\u{7}b", "لا تُرى")] {
            let page = saves(&owner, &[("desk", "name", typed), ("copy", "name", "قراءة")], &[("move", "down:idea")]).await.is(422);
            assert!(page.text(".order .field__error").contains(says), "{typed:?}: {}", page.body());
            let shown = page.attributes("[name=stage-name]", "value");
            assert_eq!((shown[0].as_str(), shown[2].as_str(), shown[3].as_str()), ("مسودة", typed, "قراءة"), "{shown:?}");
            let page = owner.sends(ROOM, &[("do", "add"), ("name", typed), ("after", "copy")]).await.is(422);
            assert!(page.text("#error-name").contains(says), "{typed:?}: {}", page.body());
            assert_eq!(page.attribute("#name", "value"), typed);
        }
        for number in 6..=20 {
            owner.sends(ROOM, &[("do", "add"), ("name", &format!("مرحلة {number}")), ("after", "")]).await.is(303);
        }
        let full = owner.opens(ROOM).await.ok();
        assert_eq!((full.count("[name=key]"), full.count("#name")), (20, 0));
        owner.sends(ROOM, &[("do", "add"), ("name", "أخرى")]).await.is(422);
        // As an address is no secret here, it is a name; the log does without it.
        saves(&owner, &[("desk", "name", "desk@news.example")], &[]).await.is(303);
        assert!(log(site).await.iter().all(|(_, details)| !details.contains("news.example")));
        site.run_jobs().await;
    }
}

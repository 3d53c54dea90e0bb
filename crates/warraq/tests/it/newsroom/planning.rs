//! What comes when? Days that stories are planned for, embargoes, ends, and the calendar that shows them.

use warraq::desk::accounts;
use warraq::news::staff::Role;

use crate::support::on_both;
use crate::support::staff::Colleague;

const BODY: &str = "<p>وصل الوفد إلى بكين صباح الخميس.</p>";

/// A story with a text: its address.
async fn writes(colleague: &Colleague, headline: &str) -> String {
    let fields = [("headline", headline), ("body", BODY)];
    colleague.sends("/newsroom/articles/new", &fields).await.is(303).location().to_owned()
}

async fn plans(colleague: &Colleague, story: &str, fields: &[(&str, &str)], status: u16) {
    let mut sent = vec![("do", "plan")];
    sent.extend(fields);
    colleague.sends(&format!("{story}state"), &sent).await.is(status);
}

on_both! {
    async fn an_embargo_is_kept_by_everybody(site) {
        // 12:00 in Riyadh.
        site.is_now("2026-03-01T09:00:00Z");
        let editor = site.colleague("محرر", Role::Editor).await;
        let author = site.colleague("كاتب", Role::Author).await;
        let guest = site.colleague("ضيف", Role::Contributor).await;
        let story = writes(&author, "بيان محظور").await;
        let state = format!("{story}state");
        plans(&author, &story, &[("embargo_at", "2026-03-01T18:00")], 303).await;
        let page = author.opens(&story).await.ok();
        assert_eq!(page.attribute("#embargo-at", "value"), "2026-03-01T18:00");
        assert!(page.text(".notice--info").contains("محظور النشر حتى"), "{}", page.body());
        assert!(editor.opens("/newsroom/articles/?list=draft").await.ok().text(".state--embargo").contains("محظور"));
        for colleague in [&author, &editor] {
            let refused = colleague.sends(&state, &[("do", "publish")]).await.is(409);
            assert!(refused.text(".notice--bad").contains("محظورة النشر"), "{}", refused.body());
            colleague.sends(&state, &[("do", "schedule"), ("at", "2026-03-01T17:59")]).await.is(409);
        }
        author.sends(&state, &[("do", "schedule"), ("at", "2026-03-01T18:00")]).await.is(303);
        // What is scheduled cannot be kept back for longer by a plan that says nothing of the schedule.
        plans(&author, &story, &[("embargo_at", "2026-03-01T19:00")], 409).await;
        site.is_now("2026-03-01T14:59:59Z");
        site.run_jobs().await;
        assert!(!site.reader().reads("/").await.ok().body().contains("بيان محظور"));
        site.is_now("2026-03-01T15:00:00Z");
        site.run_jobs().await;
        assert!(site.reader().reads("/").await.ok().body().contains("بيان محظور"));
        plans(&author, &story, &[("embargo_at", "2026-03-02T18:00")], 409).await;
        // Whoever may not publish sets an embargo and cannot lift it.
        let own = writes(&guest, "بيان الضيف").await;
        plans(&guest, &own, &[("embargo_at", "2026-03-05T18:00")], 303).await;
        plans(&guest, &own, &[("embargo_at", "2026-03-06T18:00")], 303).await;
        plans(&guest, &own, &[("embargo_at", "2026-03-04T18:00")], 403).await;
        plans(&guest, &own, &[], 403).await;
        editor.sends(&format!("{own}state"), &[("do", "publish")]).await.is(409);
        plans(&editor, &own, &[], 303).await;
        editor.sends(&format!("{own}state"), &[("do", "publish")]).await.is(303);
        site.run_jobs().await;
    }

    async fn nobody_lifts_an_embargo_by_an_old_page(site) {
        site.is_now("2026-03-01T09:00:00Z");
        let editor = site.colleague("محرر", Role::Editor).await;
        let story = writes(&editor, "بيان").await;
        let page = editor.opens(&story).await.ok();
        let seen: Vec<(&str, String)> = ["seen_planned_on", "seen_embargo_at", "seen_expires_at"]
            .map(|name| (name, page.attribute(&format!("[name={name}]"), "value")))
            .into();
        plans(&editor, &story, &[("embargo_at", "2026-03-05T18:00")], 303).await;
        let mut fields: Vec<(&str, &str)> = seen.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("planned_on", "2026-03-02"));
        plans(&editor, &story, &fields, 409).await;
        assert_eq!(editor.opens(&story).await.ok().attribute("#embargo-at", "value"), "2026-03-05T18:00");
        // Whoever has seen it may.
        let seen = [("seen_planned_on", ""), ("seen_embargo_at", "2026-03-05T18:00"), ("seen_expires_at", "")];
        plans(&editor, &story, &[&seen[..], &[("planned_on", "2026-03-02")]].concat(), 303).await;
        site.run_jobs().await;
    }

    async fn what_is_scheduled_is_changed_by_those_who_may_publish_it(site) {
        site.is_now("2026-03-01T09:00:00Z");
        let (here, there) = (site.editor().section("هنا").await.0, site.editor().section("هناك").await.0);
        let editor = site.colleague("محرر", Role::Editor).await;
        let author = site.colleague("كاتب", Role::Author).await;
        let confined = site.hires_as("confined", "محرر قسم", Role::Editor).await;
        accounts::change_role(&site.desk, confined, Role::Editor, vec![warraq::news::SectionId(here)]).await.expect("confined");
        let confined = site.at_work(confined).await;
        let (here, there) = (here.to_string(), there.to_string());
        let write = async |who: &Colleague, story: &str, section: &str, status: u16| {
            let version = editor.opens(story).await.ok().attribute("input[name=version]", "value");
            let fields = [("headline", "خبر"), ("body", BODY), ("section", section), ("version", version.as_str()), ("do", "save")];
            who.sends(story, &fields).await.is(status);
        };
        // A section where one has no say is not come by through the clock.
        let own = writes(&confined, "خبر").await;
        write(&confined, &own, &here, 303).await;
        confined.sends(&format!("{own}state"), &[("do", "schedule"), ("at", "2026-03-02T12:00")]).await.is(303);
        write(&confined, &own, &there, 403).await;
        write(&confined, &own, &here, 303).await;
        // Nor is a colleague's story, by whoever it was handed to.
        let story = writes(&editor, "خبر آخر").await;
        editor.sends(&format!("{story}state"), &[("do", "hand-on"), ("stage", "copy"), ("to", &author.id.to_string())]).await.is(303);
        write(&author, &story, "", 303).await;
        editor.sends(&format!("{story}lock"), &[("take", "1")]).await;
        editor.sends(&format!("{story}lock"), &[("release", "1")]).await;
        editor.sends(&format!("{story}state"), &[("do", "schedule"), ("at", "2026-03-02T12:00")]).await.is(303);
        write(&author, &story, "", 403).await;
        write(&editor, &story, "", 303).await;
        // What was to go out and was withdrawn before is on nobody's list, and readers are told nothing of it.
        editor.sends(&format!("{story}state"), &[("do", "withdraw"), ("reason", "لم يعد صحيحًا")]).await.is(303);
        assert!(!editor.opens("/newsroom/calendar/?month=2026-03").await.ok().body().contains("خبر آخر"));
        let number = story.trim_matches('/').rsplit('/').next().expect("a number").to_owned();
        site.reader().reads(&format!("/a/{number}")).await.is(404);
        site.may_leave_work();
    }

    async fn a_story_goes_away_at_its_end(site) {
        site.is_now("2026-03-01T09:00:00Z");
        let editor = site.colleague("محرر", Role::Editor).await;
        let story = writes(&editor, "عرض ينتهي").await;
        plans(&editor, &story, &[("expires_at", "2026-03-01T11:00")], 409).await;
        plans(&editor, &story, &[("expires_at", "2026-03-02T12:00"), ("embargo_at", "2026-03-03T12:00")], 409).await;
        plans(&editor, &story, &[("expires_at", "nonsense")], 409).await;
        plans(&editor, &story, &[("expires_at", "2026-03-02T12:00")], 303).await;
        let state = format!("{story}state");
        editor.sends(&state, &[("do", "schedule"), ("at", "2026-03-02T12:00")]).await.is(409);
        editor.sends(&state, &[("do", "publish")]).await.is(303);
        site.run_jobs().await;
        let front = site.reader().reads("/").await.ok();
        assert!(front.body().contains("عرض ينتهي"));
        let month = editor.opens("/newsroom/calendar/?month=2026-03").await.ok();
        assert!(month.text(".calendar__entry--away").contains("عرض ينتهي"), "{}", month.body());
        // The end is put off: the first moment passes without anything.
        plans(&editor, &story, &[("expires_at", "2026-03-02T13:00")], 303).await;
        site.is_now("2026-03-02T09:00:00Z");
        site.run_jobs().await;
        assert!(site.reader().reads("/").await.ok().body().contains("عرض ينتهي"));
        site.is_now("2026-03-02T10:00:00Z");
        site.run_jobs().await;
        assert!(!site.reader().reads("/").await.ok().body().contains("عرض ينتهي"));
        let href = front.attributes("a", "href").into_iter().find(|href| href.contains("%D8%B9%D8%B1%D8%B6")).expect("on the front");
        site.reader().reads(&href).await.is(410);
        let page = editor.opens(&story).await.ok();
        assert!(page.body().contains("state--withdrawn"));
        // Out again: only with another end, or none.
        editor.sends(&state, &[("do", "publish")]).await.is(409);
        plans(&editor, &story, &[], 303).await;
        editor.sends(&state, &[("do", "publish")]).await.is(303);
        site.run_jobs().await;
        assert!(site.reader().reads("/").await.ok().body().contains("عرض ينتهي"));
    }

    async fn the_calendar_shows_what_comes(site) {
        site.is_now("2026-03-10T22:00:00Z");
        let editor = site.colleague("محرر", Role::Editor).await;
        let guest = site.colleague("ضيف", Role::Contributor).await;
        // In Riyadh it is the eleventh already.
        let month = editor.opens("/newsroom/calendar/").await.ok();
        assert!(month.text("h1").contains("مارس"), "{}", month.text("h1"));
        assert_eq!(month.attributes(".calendar__day--today time", "datetime"), ["2026-03-11"]);
        assert!(month.text(".notice--info").contains("لا شيء مخططًا"));
        let begin = month.attributes(".calendar__begin a", "href");
        assert_eq!(begin.first().map(String::as_str), Some("/newsroom/articles/new?planned_on=2026-03-11"), "not for days that are over");
        let new = editor.opens(&begin[1]).await.ok();
        assert_eq!(new.attribute("#planned-on", "value"), "2026-03-12");
        let planned = editor.sends("/newsroom/articles/new", &[("headline", "قمة مرتقبة"), ("body", BODY), ("planned_on", "2026-03-12")]).await;
        let planned = planned.is(303).location().to_owned();
        assert_eq!(editor.opens(&planned).await.ok().attribute("#planned-on", "value"), "2026-03-12");
        let scheduled = writes(&editor, "بيان الصباح").await;
        // Half past midnight in Riyadh is the day before in Greenwich.
        editor.sends(&format!("{scheduled}state"), &[("do", "schedule"), ("at", "2026-03-15T00:30")]).await.is(303);
        let out = writes(&editor, "خبر اليوم").await;
        editor.sends(&format!("{out}state"), &[("do", "publish")]).await.is(303);
        for form in ["", "&form=list"] {
            let month = editor.opens(&format!("/newsroom/calendar/?month=2026-03{form}")).await.ok();
            assert!(month.text(".calendar__entry--planned").contains("قمة مرتقبة"));
            assert!(month.text(".calendar__entry--out").contains("بيان الصباح") && month.text(".calendar__entry--out").contains("00:30"));
            assert!(month.body().contains("مادة منشورة") && !month.body().contains("لا شيء مخططًا"));
        }
        let list = editor.opens("/newsroom/calendar/?month=2026-03&form=list").await.ok();
        assert!(list.text("#day-2026-03-15").contains("بيان الصباح") && list.text("#day-2026-03-12").contains("قمة مرتقبة"));
        let published = list.attribute("#day-2026-03-11 .rows__note a", "href");
        assert!(editor.opens(&published).await.ok().body().contains("خبر اليوم"), "{published}");
        // A story that is out or given up is planned no more; other months are empty; nonsense is this month.
        editor.sends(&format!("{planned}state"), &[("do", "publish")]).await.is(303);
        let month = editor.opens("/newsroom/calendar/?month=x").await.ok();
        assert_eq!(month.count(".calendar__entry--planned"), 0);
        assert_eq!(editor.opens("/newsroom/calendar/?month=2026-05").await.ok().count(".calendar__entry"), 0);
        // Others' plans are not for everybody.
        let secret = writes(&editor, "سر").await;
        plans(&editor, &secret, &[("planned_on", "2026-03-20")], 303).await;
        assert!(!guest.opens("/newsroom/calendar/").await.ok().body().contains("بيان الصباح"));
        assert!(!guest.opens("/newsroom/calendar/").await.ok().body().contains(">سر<"));
        let own = writes(&guest, "فكرة").await;
        plans(&guest, &own, &[("planned_on", "2026-03-21")], 303).await;
        assert!(guest.opens("/newsroom/calendar/").await.ok().text(".calendar__entry--planned").contains("فكرة"));
        let here = site.editor().section("هنا").await;
        accounts::change_role(&site.desk, editor.id, Role::Editor, vec![here]).await.expect("confined");
        let confined = site.at_work(editor.id).await;
        assert!(!confined.opens("/newsroom/calendar/").await.ok().body().contains("فكرة"));
        site.run_jobs().await;
    }
}

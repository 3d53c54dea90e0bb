//! The wire desk: feeds are asked, stories come once, are taken in, dismissed, published by their rule, forgotten.

use jiff::SignedDuration;
use warraq::desk::wires as verbs;
use warraq::desk::{accounts, wire_sources as sources};
use warraq::fetch::{FetchConfig, Network};
use warraq::news::article::{Draft, Kind, Status};
use warraq::news::staff::Role;
use warraq::news::wire::{Line, Rule, Source, SourceFields, State, Trouble};
use warraq::news::{ArticleId, SectionId, WireSourceId};
use warraq::store::wire_stories::Wanted;
use warraq::store::{articles, stories, wire_sources, wire_stories};
use warraq::worker::Wires;

use crate::support::host::Host;
use crate::support::staff::Colleague;
use crate::support::{Newsroom, Page, on_both};

const STORY: &str = "وصل وزير الخارجية الصيني إلى القاهرة يوم الخميس في زيارة رسمية تستغرق يومين، يلتقي خلالها نظيره المصري \
                     لبحث التعاون في مجالات الطاقة والتجارة وتطوير المنطقة الاقتصادية لقناة السويس، بحسب ما ذكرت الوكالة";

/// A feed of items: name, headline, text.
fn feed(items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(guid, title, text)| {
            format!(
                "<item><title>{title}</title><link>https://wire.example/{guid}</link><guid isPermaLink='false'>{guid}</guid>\
                 <author>desk@wire.example (سامر)</author><pubDate>Sun, 01 Mar 2026 08:00:00 +0000</pubDate>\
                 <description><![CDATA[<p>{text}</p><script>alert(1)</script>]]></description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>x</title><link>https://wire.example/</link>\
         <description>x</description><copyright>بشروط الوكالة</copyright>{items}</channel></rss>"
    )
}

/// Ask every source that is due, as the server does.
async fn asks(site: &Newsroom) -> usize {
    let allow = vec![Network::parse("127.0.0.1").expect("a network")];
    let config = FetchConfig { allow, pause: 0 };
    Wires::new(site.desk.clone(), config).run_due().await.expect("asked")
}

/// A source on the host, added by the form of the newsroom.
async fn adds(who: &Colleague, host: &Host, path: &str, fields: &[(&str, &str)]) {
    let address = format!("{}{path}", host.origin());
    let mut form = vec![("name", path), ("address", &address), ("minutes", "15"), ("rule", "hold")];
    form.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    form.extend(fields);
    let answer = who.sends("/newsroom/wire/sources/", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body());
}

async fn source(site: &Newsroom, id: i64) -> Source {
    site.finds(move |db| wire_sources::by_id(db, WireSourceId(id))).await.expect("a source")
}

async fn lines(site: &Newsroom, state: State) -> Vec<Line> {
    let wanted = Wanted { state, source: None, before: None };
    site.finds(move |db| wire_stories::lines(db, &wanted, 100)).await
}

async fn headlines(site: &Newsroom, state: State) -> Vec<String> {
    lines(site, state).await.into_iter().map(|line| line.headline).collect()
}

async fn count(site: &Newsroom, sql: &'static str) -> i64 {
    site.finds(move |db| db.value::<i64>(sql, &[])).await.unwrap_or(0)
}

async fn draft_of(site: &Newsroom, article: ArticleId) -> Draft {
    let newest = site.finds(move |db| articles::latest_revision(db, article)).await.expect("a revision");
    serde_json::from_str(&newest).expect("a draft")
}

/// The article as readers see it.
async fn as_read(site: &Newsroom, article: ArticleId) -> Page {
    let sent_on = site.reader().reads(&format!("/a/{article}")).await;
    site.reader().reads(sent_on.location()).await.ok()
}

fn later(site: &Newsroom, minutes: i64) {
    site.clock.set(site.now() + SignedDuration::from_mins(minutes));
}

on_both! {
    async fn a_source_is_asked_when_it_is_due_and_told_what_we_know(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        host.has_tagged("/feed", "\"one\"", feed(&[("1", "خبر أول قصير جدًّا", "نص")]));
        adds(&editor, &host, "/feed", &[]).await;
        assert_eq!(asks(site).await, 1, "a new source is due at once");
        assert_eq!(headlines(site, State::New).await, ["خبر أول قصير جدًّا"]);
        assert_eq!(asks(site).await, 0, "it is not due again");
        later(site, 14);
        assert_eq!(asks(site).await, 0);
        later(site, 1);
        assert_eq!(asks(site).await, 1);
        let known = source(site, 1).await;
        assert_eq!((known.stories, known.failures, known.trouble), (1, 0, None), "304 is a good answer");
        assert_eq!(known.succeeded_at, Some(site.now()));
        assert_eq!(host.was_asked(), ["/feed", "/feed"]);
        // The same words under another tag: read again, and nothing comes twice.
        host.has_tagged("/feed", "\"two\"", feed(&[("1", "خبر أول قصير جدًّا", "نص"), ("2", "خبر ثان قصير جدًّا", "نص")]));
        later(site, 15);
        assert_eq!(asks(site).await, 1);
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_stories").await, 2);
        // Something else under the same name is the same story.
        host.has("/feed", feed(&[("1", "عنوان مصحح للخبر", "نص"), ("2", "خبر ثان قصير جدًّا", "نص")]));
        later(site, 15);
        asks(site).await;
        assert_eq!(headlines(site, State::New).await, ["خبر ثان قصير جدًّا", "عنوان مصحح للخبر"]);
        site.run_jobs().await;
    }

    async fn a_source_that_fails_is_asked_less_often_and_says_why(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        adds(&editor, &host, "/feed", &[]).await;
        let failed = async |minutes: i64, trouble: Trouble, failures: i64| {
            assert_eq!(asks(site).await, 1, "{trouble:?}");
            let known = source(site, 1).await;
            assert_eq!(known.trouble.map(|(trouble, _)| trouble), Some(trouble));
            assert_eq!(known.failures, failures);
            assert_eq!(known.due_at, site.now() + SignedDuration::from_mins(minutes), "{trouble:?}");
            later(site, minutes);
        };
        failed(30, Trouble::Missing, 1).await;
        let page = editor.opens("/newsroom/wire/sources/").await.ok();
        assert!(page.body().contains("لا خلاصة في هذا العنوان (الجواب 404)"), "{}", page.body());
        host.says("/feed", "503 Busy", "retry-after: 7200\r\n");
        failed(120, Trouble::Failed, 2).await;
        host.says("/feed", "429 Slow Down", "retry-after: 60\r\n");
        failed(120, Trouble::Busy, 3).await;
        host.has("/feed", "<html><body>no feed</body></html>");
        failed(240, Trouble::NoFeed, 4).await;
        host.has("/feed", format!("<!DOCTYPE x [<!ENTITY a 'b'>]>{}", feed(&[])));
        failed(480, Trouble::DocumentType, 5).await;
        host.says("/feed", "403 Forbidden", "");
        failed(960, Trouble::Refused, 6).await;
        host.has("/feed", vec![b' '; 8 * 1024 * 1024 + 1]);
        failed(1_440, Trouble::TooLarge, 7).await;
        // It comes to itself, and everything is as it was.
        host.has("/feed", feed(&[("1", "خبر أول قصير جدًّا", "نص")]));
        assert_eq!(asks(site).await, 1);
        let known = source(site, 1).await;
        assert_eq!((known.failures, known.trouble), (0, None));
        assert_eq!(known.due_at, site.now() + SignedDuration::from_mins(15));
        site.run_jobs().await;
    }

    async fn nothing_leads_to_a_machine_that_only_we_reach(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        for (place, target) in ["http://169.254.169.254/", "http://10.0.0.1/feed", "http://[::1]:22/", "file:///etc/passwd"].iter().enumerate() {
            let path = format!("/{place}");
            host.says(&path, "302 Found", &format!("location: {target}\r\n"));
            adds(&editor, &host, &path, &[]).await;
        }
        assert_eq!(asks(site).await, 4);
        for id in 1..=4 {
            let trouble = source(site, id).await.trouble.map(|(trouble, _)| trouble);
            assert_eq!(trouble, Some(if id == 4 { Trouble::Address } else { Trouble::Forbidden }), "{id}");
        }
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_stories").await, 0);
        for address in ["file:///etc/passwd", "http://name:word@wire.example/", "gopher://x", ""] {
            let form = [("name", "x"), ("address", address), ("minutes", "15"), ("rule", "hold")];
            let page = editor.sends("/newsroom/wire/sources/", &form).await.is(422);
            assert!(page.body().contains("هذا ليس عنوان خلاصة"), "{address}");
        }
        site.run_jobs().await;
    }

    async fn the_same_story_of_several_sources_is_one_line(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        host.has("/a", feed(&[("1", "وزير في القاهرة", STORY), ("2", "بورصة شنغهاي تغلق مرتفعة", "")]));
        adds(&editor, &host, "/a", &[("name", "وكالة أولى")]).await;
        asks(site).await;
        let again = format!("القاهرة (وكالات): {}", STORY.replace('أ', "ا").replace("يوم الخميس", "أمس"));
        host.has("/b", feed(&[("8", "زيارة صينية", &again), ("9", "بورصة شنغهاي تُغلق مرتفعةً", ""), ("10", "خبر آخر من مكان آخر", "نص")]));
        adds(&editor, &host, "/b", &[("name", "وكالة ثانية")]).await;
        // The same item in two feeds of one house.
        host.has("/c", feed(&[("1", "عنوان مختلف تمامًا", "ونص مختلف")]));
        adds(&editor, &host, "/c", &[("name", "وكالة ثالثة")]).await;
        asks(site).await;
        assert_eq!(headlines(site, State::New).await, ["خبر آخر من مكان آخر", "بورصة شنغهاي تغلق مرتفعة", "وزير في القاهرة"]);
        let page = editor.opens("/newsroom/wire/").await.ok();
        assert_eq!(page.all("tbody tr").len(), 3);
        assert_eq!(page.text(".tabs [aria-current]"), "جديد 3");
        let also = page.all("tbody .rows__note").into_iter().filter(|note| note.contains("ومن مصادر أخرى")).collect::<Vec<_>>();
        assert_eq!(also.len(), 2, "{also:?}");
        assert!(also[1].contains("وكالة ثانية") && also[1].contains("وكالة ثالثة"), "{also:?}");
        // Of one source there is what it says itself.
        let page = editor.opens("/newsroom/wire/?source=2").await.ok();
        assert_eq!(page.all("tbody .rows__title").len(), 3);
        // One decision is about all of them.
        let lead = lines(site, State::New).await.pop().expect("the first").id.to_string();
        editor.sends("/newsroom/wire/", &[("one", &format!("dismiss:{lead}"))]).await.is(303);
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_stories WHERE state = 'dismissed'").await, 3);
        // What says the same later is not asked about again.
        host.has("/d", feed(&[("77", "الوزير يصل", STORY)]));
        adds(&editor, &host, "/d", &[("name", "وكالة رابعة")]).await;
        asks(site).await;
        assert_eq!(headlines(site, State::New).await.len(), 2);
        site.run_jobs().await;
    }

    async fn a_story_is_taken_in_as_a_draft_with_source_and_licence(site) {
        let (host, author) = (Host::new(), site.colleague("كاتبة", Role::Author).await);
        let editor = site.colleague("ليلى", Role::Editor).await;
        let section = site.editor().section("سياسة").await;
        host.has("/a", feed(&[("1", "وزير في القاهرة", STORY)]));
        let number = section.0.to_string();
        adds(&editor, &host, "/a", &[("name", "وكالة أولى"), ("section", &number), ("licence", "CC BY 4.0"), ("language", "ar")]).await;
        asks(site).await;
        let id = lines(site, State::New).await[0].id.to_string();
        let page = author.opens(&format!("/newsroom/wire/{id}/")).await.ok();
        assert!(page.text("article").contains("وصل وزير الخارجية") && !page.body().contains("alert(1)"));
        let answer = author.sends("/newsroom/wire/", &[("one", &format!("take:{id}")), ("back", "state=new")]).await.is(303);
        assert_eq!(answer.location(), "/newsroom/articles/1/");
        let article = ArticleId(1);
        let draft = draft_of(site, article).await;
        assert_eq!((draft.kind, draft.headline.as_str()), (Kind::Wire, "وزير في القاهرة"));
        assert_eq!((draft.source.name.as_str(), draft.source.url.as_str()), ("وكالة أولى", "https://wire.example/1"));
        assert_eq!((draft.source.licence.as_str(), draft.sections.as_slice()), ("CC BY 4.0", [section].as_slice()));
        assert_eq!(draft.bylines.len(), 1, "the byline of the feed, without its address");
        assert!(draft.body.contains("وصل وزير الخارجية") && !draft.body.contains("script"));
        let standing = site.finds(move |db| stories::standing(db, article)).await.expect("it stands");
        assert_eq!((standing.owner, standing.status), (Some(author.id), Status::Draft));
        author.opens("/newsroom/articles/1/").await.ok();
        // A colleague who comes too late is told so, and nothing is made twice.
        let late = editor.sends("/newsroom/wire/", &[("one", &format!("take:{id}"))]).await.is(303);
        assert_eq!(late.location(), format!("/newsroom/wire/{id}/?done=was-taken"));
        assert!(editor.opens(late.location()).await.ok().text(".notice").contains("سبقك زميل"));
        assert_eq!(count(site, "SELECT COUNT(*) FROM articles").await, 1);
        assert_eq!(count(site, "SELECT COUNT(*) FROM audit WHERE act = 'wire-taken'").await, 1);
        // Whatever the feed says from now on, the draft is the author's.
        host.has("/a", feed(&[("1", "عنوان آخر", STORY)]));
        later(site, 15);
        asks(site).await;
        let draft = draft_of(site, article).await;
        assert_eq!(draft.headline, "وزير في القاهرة");
        assert!(lines(site, State::New).await.is_empty());
        let log = site.colleague("مالكة", Role::Owner).await.opens("/newsroom/audit/").await.ok();
        assert!(log.body().contains("أخذ خبر وكالة") && log.body().contains("أضاف مصدرًا"));
        site.run_jobs().await;
    }

    async fn several_are_taken_or_dismissed_in_one_go_and_come_back(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        let items: Vec<(String, String)> = (0..6).map(|n| (n.to_string(), format!("خبر عن مدينة رقمها {n}"))).collect();
        let items: Vec<(&str, &str, &str)> = items.iter().map(|(guid, title)| (guid.as_str(), title.as_str(), "نص")).collect();
        host.has("/a", feed(&items));
        adds(&editor, &host, "/a", &[]).await;
        asks(site).await;
        let ids: Vec<String> = lines(site, State::New).await.iter().map(|line| line.id.to_string()).collect();
        let chosen = |act: &'static str, some: &[String]| {
            let mut fields = vec![("act".to_owned(), act.to_owned()), ("back".to_owned(), "state=new".to_owned())];
            fields.extend(some.iter().map(|id| ("id".to_owned(), id.clone())));
            fields
        };
        let send = async |fields: Vec<(String, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let done = editor.sends("/newsroom/wire/", &fields).await.is(303);
            editor.opens(done.location()).await.ok()
        };
        let page = send(chosen("take", &ids[..2])).await;
        assert!(page.text(".notice").contains("أُخذ مسوداتٍ: 2"), "{}", page.text(".notice"));
        let page = send(chosen("dismiss", &ids[2..5])).await;
        assert!(page.text(".notice").contains("استُبعد: 3"));
        assert_eq!((lines(site, State::New).await.len(), lines(site, State::Dismissed).await.len()), (1, 3));
        let batch = page.attribute(".notice input[name=batch]", "value");
        // One of them was taken meanwhile: it stays taken.
        editor.sends("/newsroom/wire/", &[("one", &format!("take:{}", ids[2]))]).await.is(303);
        let undone = editor.tells("/newsroom/wire/undo", &[("batch", &batch)]).await.ok();
        assert_eq!(undone.json()["done"], 2);
        assert_eq!((lines(site, State::New).await.len(), lines(site, State::Taken).await.len()), (3, 3));
        let again = editor.tells("/newsroom/wire/undo", &[("batch", &batch)]).await.ok();
        assert_eq!(again.json()["done"], 0);
        let many = chosen("dismiss", &(0..101).map(|n: i64| n.to_string()).collect::<Vec<_>>());
        let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        editor.sends("/newsroom/wire/", &many).await.is(422);
        site.run_jobs().await;
    }

    async fn a_rule_publishes_what_is_not_here_already(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        let section = site.editor().section("سياسة").await;
        host.has("/hold", feed(&[("1", "وزير في القاهرة", STORY)]));
        adds(&editor, &host, "/hold", &[("name", "وكالة متأنية")]).await;
        asks(site).await;
        let again = STORY.replace("يوم الخميس", "أمس");
        let fresh = "افتتح رئيس الوزراء صباح اليوم معرض الكتاب الدولي بمشاركة مئات الناشرين من أنحاء العالم، وقال في كلمته إن القراءة طريق الشعوب إلى المعرفة وإن الدولة ستدعم المكتبات العامة في القرى والمدن";
        host.has("/go", feed(&[("8", "زيارة صينية", &again), ("9", "معرض الكتاب", fresh), ("10", "خبر بلا نص في الخلاصة", "")]));
        let number = section.0.to_string();
        adds(&editor, &host, "/go", &[("name", "وكالة سريعة"), ("section", &number), ("rule", "publish")]).await;
        asks(site).await;
        assert_eq!(headlines(site, State::New).await, ["خبر بلا نص في الخلاصة", "وزير في القاهرة"]);
        let taken = lines(site, State::Taken).await;
        assert_eq!(taken.iter().map(|line| line.headline.as_str()).collect::<Vec<_>>(), ["معرض الكتاب"]);
        let article = taken[0].article.expect("an article");
        let page = as_read(site, article).await;
        for part in ["معرض الكتاب", "وكالة سريعة", "https://wire.example/9", "بشروط الوكالة", "سياسة"] {
            assert!(page.body().contains(part), "{part}");
        }
        assert_eq!(count(site, "SELECT COUNT(*) FROM articles WHERE status = 'published'").await, 1);
        // The answer is read twice: as if the program had died before it could say so.
        let now = site.now();
        site.desk.write(move |tx| Ok(wire_sources::ask_anew(tx, WireSourceId(2), now)?)).await.expect("due");
        asks(site).await;
        assert_eq!(count(site, "SELECT COUNT(*) FROM articles").await, 1);
        // The source puts it right, and so do we: not whenever it writes something new, and at its first date.
        host.has("/go", feed(&[("9", "معرض الكتاب يفتح أبوابه", fresh)]).replace("01 Mar 2026", "02 Mar 2026"));
        later(site, 15);
        asks(site).await;
        assert!(!as_read(site, article).await.body().contains("معرض الكتاب يفتح أبوابه"), "it has stood for 15 minutes");
        let first_date = site.finds(move |db| articles::record(db, article)).await.expect("it is here").published_at;
        later(site, 60);
        asks(site).await;
        assert!(as_read(site, article).await.body().contains("معرض الكتاب يفتح أبوابه"));
        assert_eq!(site.finds(move |db| articles::record(db, article)).await.expect("it is here").published_at, first_date);
        assert_eq!(count(site, "SELECT COUNT(*) FROM audit WHERE act = 'published'").await, 2);
        // What an editor changed is the editor's.
        let mut draft = draft_of(site, article).await;
        draft.headline = "عنوان التحرير".into();
        site.editor().revises(article, draft).await;
        site.editor().publishes_again(article).await;
        host.has("/go", feed(&[("9", "معرض الكتاب مرة أخرى", fresh)]));
        later(site, 75);
        asks(site).await;
        assert!(as_read(site, article).await.body().contains("عنوان التحرير"));
        site.run_jobs().await;
    }

    async fn what_a_rule_published_is_nobody_elses_and_what_an_editor_says_holds(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        let section = site.editor().section("سياسة").await.0.to_string();
        host.has("/one", feed(&[("1", "خبر وكالة أولى طويل العنوان", STORY)]));
        adds(&editor, &host, "/one", &[("name", "وكالة أولى"), ("section", &section), ("rule", "publish")]).await;
        asks(site).await;
        let article = lines(site, State::Taken).await[0].article.expect("an article");
        // Another feed of the same host names the same story: it does not become its own.
        host.has("/two", feed(&[("1", "عنوان غريب جدًّا من مصدر ثان", "نص آخر")]));
        adds(&editor, &host, "/two", &[("name", "وكالة ثانية"), ("section", &section), ("rule", "publish")]).await;
        later(site, 75);
        asks(site).await;
        host.has("/two", feed(&[("1", "عنوان غريب آخر من مصدر ثان", "نص ثالث")]));
        later(site, 75);
        asks(site).await;
        let page = as_read(site, article).await;
        assert!(page.body().contains("وكالة أولى") && !page.body().contains("غريب"), "{}", page.body());
        // Withdrawn and scheduled anew: what the agency says next does not let it out before its time, nor changes it.
        site.editor().withdraws(article, "خطأ").await;
        let at = (site.now() + SignedDuration::from_hours(24)).to_string();
        site.editor().schedules(article, &at).await.expect("scheduled");
        host.has("/one", feed(&[("1", "خبر وكالة أولى بعنوان مختلف", STORY)]));
        later(site, 75);
        asks(site).await;
        let record = site.finds(move |db| articles::record(db, article)).await.expect("it is here");
        assert_eq!((record.status, record.headline.as_str()), (Status::Scheduled, "خبر وكالة أولى طويل العنوان"));
        site.may_leave_work();
    }

    async fn nothing_goes_out_unread_under_the_name_of_a_colleague(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        let person = site.editor().person("سامر").await;
        accounts::link_person(&site.desk, editor.id, Some(person)).await.expect("linked");
        host.has("/go", feed(&[("1", "خبر باسم زميل في التحرير", STORY)]));
        let section = site.editor().section("سياسة").await.0.to_string();
        adds(&editor, &host, "/go", &[("section", &section), ("rule", "publish")]).await;
        asks(site).await;
        assert_eq!(headlines(site, State::New).await, ["خبر باسم زميل في التحرير"]);
        assert_eq!(count(site, "SELECT COUNT(*) FROM articles").await, 0);
        site.run_jobs().await;
    }

    async fn a_source_that_was_paused_while_it_answered_lets_nothing_out(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        host.has("/go", feed(&[("1", "خبر جاء بعد الإيقاف المفاجئ", STORY)]));
        let section = site.editor().section("سياسة").await.0.to_string();
        adds(&editor, &host, "/go", &[("section", &section), ("rule", "publish")]).await;
        let (now, until) = (site.now(), site.now() + SignedDuration::from_mins(4));
        let claim = move |tx: &mut warraq::store::Tx<'_>| Ok(wire_sources::claim(tx, now, until, 1)?);
        let claimed = site.desk.write(claim).await.expect("claimed").pop().expect("one");
        editor.sends("/newsroom/wire/sources/1/state", &[("do", "pause")]).await.is(303);
        let story = warraq::intake::feed::read(feed(&[("1", "خبر جاء بعد الإيقاف المفاجئ", STORY)]).as_bytes(), Some("https://wire.example/"))
            .expect("a feed");
        let answer = verbs::Answer::Says { stories: story.stories, known: (String::new(), String::new()) };
        verbs::came(&site.desk, &claimed, answer).await.expect("closed");
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_stories").await, 0);
        assert_eq!(count(site, "SELECT COUNT(*) FROM articles").await, 0);
        site.run_jobs().await;
    }

    async fn whoever_has_no_say_there_takes_nothing_and_keeps_no_source(site) {
        let host = Host::new();
        let (here, there) = (site.editor().section("هنا").await, site.editor().section("هناك").await);
        let owner = site.colleague("مالكة", Role::Owner).await;
        host.has("/a", feed(&[("1", "خبر قصير عن مكان هناك", "نص")]));
        adds(&owner, &host, "/a", &[("section", &there.0.to_string())]).await;
        asks(site).await;
        let id = lines(site, State::New).await[0].id.to_string();
        let (take, dismiss) = (format!("take:{id}"), format!("dismiss:{id}"));
        let contributor = site.colleague("متعاون", Role::Contributor).await;
        contributor.opens("/newsroom/wire/").await.ok();
        contributor.sends("/newsroom/wire/", &[("one", &dismiss)]).await.is(403);
        let confined = site.hires_as("confined", "محرر", Role::Editor).await;
        accounts::change_role(&site.desk, confined, Role::Editor, vec![here]).await.expect("confined");
        let confined = site.at_work(confined).await;
        assert!(confined.opens("/newsroom/wire/").await.ok().all("[data-key]").is_empty(), "no button for what is refused");
        confined.sends("/newsroom/wire/", &[("one", &take)]).await.is(403);
        confined.sends("/newsroom/wire/", &[("one", &dismiss)]).await.is(403);
        for act in ["pause", "ask", "remove"] {
            confined.sends("/newsroom/wire/sources/1/state", &[("do", act)]).await.is(403);
        }
        let form = |section: SectionId| {
            [("name", "x".to_owned()), ("address", format!("{}/b", host.origin())), ("minutes", "15".into()), ("rule", "publish".into()), ("section", section.0.to_string())]
        };
        for (section, status) in [(there, 403), (here, 303)] {
            let form = form(section);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            confined.sends("/newsroom/wire/sources/", &form).await.is(status);
        }
        // What one keeps is moved nowhere else.
        let moved = form(there);
        let moved: Vec<(&str, &str)> = moved.iter().map(|(name, value)| (*name, value.as_str())).collect();
        confined.sends("/newsroom/wire/sources/2/", &moved).await.is(403);
        contributor.sends("/newsroom/wire/", &[("one", &take)]).await.is(303);
        site.run_jobs().await;
    }

    async fn a_source_is_changed_paused_asked_and_removed(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        host.has("/a", feed(&[("1", "خبر قصير من المصدر الأول", "نص")]));
        adds(&editor, &host, "/a", &[]).await;
        asks(site).await;
        let state = "/newsroom/wire/sources/1/state";
        editor.sends(state, &[("do", "pause")]).await.is(303);
        later(site, 60);
        assert_eq!(asks(site).await, 0);
        editor.sends(state, &[("do", "resume")]).await.is(303);
        assert_eq!(asks(site).await, 1);
        editor.sends(state, &[("do", "ask")]).await.is(303);
        assert_eq!(asks(site).await, 1);
        host.has("/other", feed(&[("2", "خبر قصير من العنوان الجديد", "نص")]));
        let address = format!("{}/other", host.origin());
        let form = [("name", "اسم جديد"), ("address", address.as_str()), ("minutes", "٦٠"), ("rule", "hold")];
        editor.sends("/newsroom/wire/sources/1/", &form).await.is(303);
        assert_eq!(asks(site).await, 1, "another address is asked at once");
        assert_eq!(source(site, 1).await.fields.minutes, 60, "digits of either kind");
        assert_eq!(headlines(site, State::New).await.len(), 2);
        let again = [("name", "y"), ("address", address.as_str()), ("minutes", "15"), ("rule", "hold")];
        let page = editor.sends("/newsroom/wire/sources/", &again).await.is(422);
        assert!(page.body().contains("هذه الخلاصة تُسأل من قبل"));
        assert_eq!(page.attribute("#name", "value"), "y", "what was typed stays");
        editor.sends(state, &[("do", "remove")]).await.is(303);
        later(site, 10_000);
        assert_eq!(asks(site).await, 0);
        editor.opens("/newsroom/wire/sources/1/").await.is(404);
        assert_eq!(headlines(site, State::New).await.len(), 2, "what came stays for its time");
        // The same feed may be added anew.
        adds(&editor, &host, "/other", &[]).await;
        site.run_jobs().await;
    }

    async fn what_nobody_takes_is_forgotten_and_does_not_come_again(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        host.has("/a", feed(&[("1", "خبر قديم يبقى في خلاصته", STORY), ("2", "خبر قديم يخرج من خلاصته", "نص"), ("3", "خبر قديم أخذه محرر", "نص")]));
        adds(&editor, &host, "/a", &[]).await;
        asks(site).await;
        let third = lines(site, State::New).await[0].id.to_string();
        editor.sends("/newsroom/wire/", &[("one", &format!("take:{third}"))]).await.is(303);
        host.has("/a", feed(&[("1", "خبر قديم يبقى في خلاصته", STORY), ("4", "خبر حديث من الأسبوع الثالث", "نص")]));
        later(site, 20 * 24 * 60);
        asks(site).await;
        verbs::forget(&site.desk).await.expect("forgotten");
        assert_eq!(headlines(site, State::New).await.len(), 3, "nothing is 30 days old yet");
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_story_bands WHERE story_id = 1").await, 0, "a week is over");
        later(site, 10 * 24 * 60 + 1);
        verbs::forget(&site.desk).await.expect("forgotten");
        assert_eq!(headlines(site, State::New).await, ["خبر حديث من الأسبوع الثالث"]);
        asks(site).await;
        assert_eq!(headlines(site, State::New).await, ["خبر حديث من الأسبوع الثالث"], "it stands in its feed still");
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_stories WHERE body <> '' AND state = 'expired'").await, 0);
        later(site, 21 * 24 * 60);
        verbs::forget(&site.desk).await.expect("forgotten");
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_stories WHERE guid LIKE '%:2' OR guid LIKE '%:3'").await, 0, "gone from feed and desk");
        // What was taken in is an article for ever, and known by its name.
        host.has("/a", feed(&[("3", "خبر قديم أخذه محرر", "نص")]));
        asks(site).await;
        assert!(headlines(site, State::New).await.is_empty());
        assert_eq!(count(site, "SELECT COUNT(*) FROM articles").await, 1);
        site.run_jobs().await;
    }

    async fn one_source_is_never_asked_twice_at_a_time(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        host.has("/a", feed(&[("1", "خبر قصير من المصدر الأول", "نص")]));
        adds(&editor, &host, "/a", &[]).await;
        let claimed = sources::claim(&site.desk, 6).await.expect("claimed").pop().expect("due");
        let other = site.second_desk().await;
        assert!(sources::claim(&other, 6).await.expect("nothing").is_empty(), "it is in other hands");
        editor.sends("/newsroom/wire/sources/1/state", &[("do", "ask")]).await.is(303);
        assert!(sources::claim(&other, 6).await.expect("nothing").is_empty(), "however often somebody asks");
        // The first one died: after its time somebody else asks, and the first one's word counts no more.
        later(site, 5);
        assert_eq!(asks(site).await, 1);
        let late = verbs::Answer::Failed { trouble: Trouble::Broken, detail: String::new(), wait: None };
        verbs::came(&site.desk, &claimed, late).await.expect("nothing");
        assert_eq!(source(site, 1).await.trouble, None);
        site.run_jobs().await;
    }

    async fn a_hostile_feed_harms_nobody(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        let evil = "<rss version='2.0'><channel><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><link>javascript:alert(1)</link>\
            <item><title>&lt;img src=x onerror=alert(1)&gt; عنوان من خمس كلمات</title><link>javascript:alert(1)</link><guid>x</guid>\
            <author>&lt;script&gt;alert(1)&lt;/script&gt;</author>\
            <description><![CDATA[<p onclick='alert(1)'>نص</p><iframe src='http://127.0.0.1/'></iframe><svg onload=alert(1)><a href='javascript:alert(1)'>x</a><form action='/newsroom/wire/'><input name=one></form>]]></description></item>\
            <item><title></title><description></description></item></channel></rss>";
        host.has("/evil", evil);
        adds(&editor, &host, "/evil", &[]).await;
        let mut many = String::from("<rss version='2.0'><channel><title>x</title>");
        for n in 0..10_000 {
            many.push_str(&format!("<item><title>خبر كثير العدد رقمه {n}</title><guid>{n}</guid></item>"));
        }
        many.push_str("</channel></rss>");
        host.has("/many", many);
        adds(&editor, &host, "/many", &[]).await;
        let arabic = feed(&[("1", "خبر بترميز ويندوز القديم", "نص")]).replace("encoding='UTF-8'", "encoding='windows-1256'");
        host.has("/old", encoding_rs::WINDOWS_1256.encode(&arabic).0.into_owned());
        adds(&editor, &host, "/old", &[]).await;
        host.has("/wrong", [b"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>x</title><item><title>\xff\xfe\x00 a b c d</title></item></channel></rss>".as_slice()].concat());
        adds(&editor, &host, "/wrong", &[]).await;
        assert_eq!(asks(site).await, 4);
        let all = count(site, "SELECT COUNT(*) FROM wire_stories WHERE source_id = 2").await;
        assert_eq!(all, 1_000, "as many as `import feed` takes");
        assert_eq!(count(site, "SELECT COUNT(*) FROM wire_stories WHERE headline = 'خبر بترميز ويندوز القديم'").await, 1);
        let page = editor.opens("/newsroom/wire/?source=1").await.ok();
        assert_eq!(page.all("tbody tr").len(), 1);
        for part in ["<img", "<script>alert", "href=\"javascript"] {
            assert!(!page.body().contains(part), "{part}");
        }
        let story = editor.opens("/newsroom/wire/1/").await.ok();
        for part in ["onclick", "<iframe", "<svg", "javascript:", "action='/newsroom", "<input name=one"] {
            assert!(!story.body().contains(part), "{part}: {}", story.body());
        }
        // A list goes on, page after page, to the end.
        let (mut seen, mut next) = (0, "/newsroom/wire/".to_owned());
        loop {
            let page = editor.opens(&next).await.ok();
            seen += page.all("tbody tr").len();
            if page.all("a[rel=next]").is_empty() {
                break;
            }
            next = page.attribute("a[rel=next]", "href");
        }
        assert_eq!(seen as i64, count(site, "SELECT COUNT(*) FROM wire_stories WHERE group_id = id").await);
        site.run_jobs().await;
    }

    async fn a_feed_that_names_everything_anew_fills_nothing(site) {
        let (host, editor) = (Host::new(), site.colleague("ليلى", Role::Editor).await);
        let item = |title: &str, text: &str, hour: i64| {
            format!("<item><title>{title}</title><pubDate>Sun, 01 Mar 2026 0{hour}:00:00 +0000</pubDate><description>{text}</description></item>")
        };
        let says = |hour: i64| {
            let items = item("وزير في القاهرة", STORY, hour) + &item("بورصة شنغهاي تغلق مرتفعة", "", hour);
            host.has("/a", format!("<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"));
        };
        says(1);
        adds(&editor, &host, "/a", &[]).await;
        for hour in 1..=5 {
            says(hour);
            asks(site).await;
            later(site, 15);
        }
        assert_eq!(headlines(site, State::New).await.len(), 2, "each is one line");
        let kept = count(site, "SELECT COUNT(*) FROM wire_stories").await;
        assert_eq!(kept, 4, "the first of each, and what the feed has now");
        site.run_jobs().await;
    }

    async fn an_empty_desk_teaches(site) {
        let editor = site.colleague("ليلى", Role::Editor).await;
        let page = editor.opens("/newsroom/wire/").await.ok();
        assert!(page.text(".empty").contains("لا مصدر بعد") && page.body().contains("/newsroom/wire/sources/"));
        let author = site.colleague("كاتبة", Role::Author).await;
        assert!(!author.opens("/newsroom/wire/").await.ok().body().contains("/newsroom/wire/sources/"), "no way to what is refused");
        let fields = SourceFields {
            name: "x".into(), address: "https://wire.example/feed".into(), licence: String::new(), section: None, language: None,
            rule: Rule::Hold, minutes: 15,
        };
        let staff = site.finds(warraq::store::users::all).await;
        sources::add(&site.desk, &staff[0], fields).await.expect("added");
        assert!(editor.opens("/newsroom/wire/").await.ok().text(".empty").contains("لا جديد"));
        assert!(editor.opens("/newsroom/wire/?state=dismissed").await.ok().text(".empty").contains("لم يُستبعد شيء"));
    }
}

//! The life of an article: written, published, changed, corrected, withdrawn.

use warraq::desk::articles as verbs;
use warraq::error::Error;
use warraq::news::ArticleId;
use warraq::news::article::{CorrectionKind, Draft, Form, Kind, Lead, Source, Status};
use warraq::news::people::BylineRole;
use warraq::store::articles::{self, Owner};

use crate::support::{Newsroom, moment, on_both, story};

async fn record(site: &Newsroom, id: ArticleId) -> articles::Record {
    site.finds(move |db| articles::record(db, id)).await.expect("an article")
}

async fn whole(
    site: &Newsroom,
    id: ArticleId,
) -> Option<warraq::news::published::Published<warraq::news::article::Article>> {
    site.finds(move |db| {
        let sections = warraq::store::sections::all(db)?;
        articles::published(db, id, &sections)
    })
    .await
}

async fn owner(site: &Newsroom, slug: &'static str) -> Option<ArticleId> {
    let owner = "SELECT article_id FROM slugs WHERE slug = $1";
    site.finds(move |db| db.value::<i64>(owner, &[slug.into()])).await.map(ArticleId)
}

on_both! {
    async fn everything_that_was_written_is_read_back(site) {
        let editor = site.editor();
        editor.section("اقتصاد").await;
        let trade = editor.section_under("اقتصاد", "تجارة").await;
        let other = editor.section("سياسة").await;
        let (road, belt) = (editor.tag("طريق الحرير").await, editor.tag("الحزام").await);
        let (leila, omar) = (editor.person("ليلى حسن").await, editor.person("عمر سالم").await);
        let picture =
            warraq::desk::media::take_in(&site.desk, crate::desk::media::picture(700, 400), "من الملف", "وكالة")
                .await
                .expect("a picture");
        site.run_jobs().await;
        let draft = Draft {
            kind: Kind::Translation,
            kicker: "تحليل".into(),
            headline: "قمة في بكين".into(),
            standfirst: "ماذا بعد؟".into(),
            body: "<p>نص <strong>مهم</strong>.</p><script>alert(1)</script>".into(),
            source: Source {
                name: "شينخوا".into(), url: "https://example.org/x".into(), licence: "بإذن".into()
            },
            sections: vec![trade, other],
            tags: vec![belt, road],
            bylines: vec![(omar, BylineRole::Writer), (leila, BylineRole::Translator)],
            lead: Some(Lead {
                media: picture,
                alt: "القاعة".into(),
                caption: "قبل الافتتاح".into(),
                credit: "ورّاق".into(),
            }),
            comments_open: false,
            ..Draft::default()
        };
        let id = editor.publishes(draft).await;
        let article = whole(site, id).await.expect("published");
        let summary = &article.summary;
        assert_eq!((summary.kind, summary.form, summary.comments_open), (Kind::Translation, Form::Article, false));
        assert_eq!(
            (summary.kicker.as_str(), summary.headline.as_str(), summary.standfirst.as_str()),
            ("تحليل", "قمة في بكين", "ماذا بعد؟")
        );
        assert_eq!(summary.source.name, "شينخوا");
        assert_eq!(summary.language.as_str(), "ar", "the site's, when the draft says none");
        assert_eq!(article.body.as_str(), "<p>نص <strong>مهم</strong>.</p>");
        assert_eq!(article.word_count, 2);
        assert_eq!(article.trail.iter().map(|section| section.name.as_str()).collect::<Vec<_>>(), ["اقتصاد", "تجارة"]);
        assert_eq!(article.tags.iter().map(|tag| tag.id).collect::<Vec<_>>(), [belt, road], "in the editor's order");
        let bylines: Vec<_> = summary.bylines.iter().map(|byline| (byline.person.id, byline.role)).collect();
        assert_eq!(bylines, [(omar, BylineRole::Writer), (leila, BylineRole::Translator)]);
        let lead = summary.picture.as_ref().expect("a picture");
        assert_eq!(
            (lead.media.id, lead.alt.as_str(), lead.caption.as_str(), lead.credit.as_str()),
            (picture, "القاعة", "قبل الافتتاح", "ورّاق")
        );
        assert_eq!(summary.published_at, site.now());
    }

    async fn a_draft_is_nobodys_to_read(site) {
        let id = site.editor().drafts(story("مسودة")).await;
        assert_eq!(record(site, id).await.status, Status::Draft);
        assert!(whole(site, id).await.is_none());
        assert!(site.finds(move |db| articles::by_id(db, id)).await.is_none());
        assert!(site.finds(move |db| articles::body(db, id)).await.is_none());
    }

    async fn what_is_wrong_with_a_draft_is_said_and_nothing_is_kept(site) {
        let check = async |draft: Draft, field: &str, reason: &str| {
            let refused = verbs::save(&site.desk, None, draft, None, "").await;
            let Err(Error::Invalid(flaws)) = refused else { panic!("{refused:?}") };
            assert!(flaws.iter().any(|flaw| flaw.field == field && flaw.reason == reason), "{flaws:?}");
        };
        check(Draft { headline: " \u{200f} ".into(), ..story("") }, "headline", "required").await;
        check(story(&"ك".repeat(501)), "headline", "too-long").await;
        check(Draft { body: "x".repeat(2_000_001), ..story("خبر") }, "body", "too-long").await;
        check(
            Draft { source: Source { url: "javascript:alert(1)".into(), ..Source::default() }, ..story("خبر") },
            "source",
            "not-an-address",
        )
        .await;
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM articles", &[])).await, Some(0));
    }

    async fn publishing_keeps_the_date_that_it_is_given_and_refuses_the_future(site) {
        let editor = site.editor();
        let old = editor.publishes_on("2020-10-22T18:00:00Z", story("قديم")).await;
        assert_eq!(record(site, old).await.published_at, Some(moment("2020-10-22T18:00:00Z")));
        let draft = editor.drafts(story("غدًا")).await;
        let refused = verbs::publish(&site.desk, draft, Some(moment("2026-03-01T09:00:01Z"))).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(record(site, draft).await.status, Status::Draft);
        let nobody = verbs::publish(&site.desk, ArticleId(4711), None).await;
        assert!(matches!(nobody, Err(Error::NotFound(_))), "{nobody:?}");
    }

    async fn a_new_version_is_read_only_when_it_is_published(site) {
        let editor = site.editor();
        let (one, two) = (editor.tag("أول").await, editor.tag("ثان").await);
        let id = editor.publishes(Draft { tags: vec![one], ..story("قبل") }).await;
        let day = record(site, id).await.published_at;
        site.passes(3);
        editor.revises(id, Draft { tags: vec![two], ..story("بعد") }).await;
        let article = whole(site, id).await.expect("published");
        assert_eq!((article.summary.headline.as_str(), article.tags[0].id), ("قبل", one));
        assert_eq!(site.finds(move |db| articles::revisions(db, id)).await, 2);
        editor.publishes_again(id).await;
        let article = whole(site, id).await.expect("published");
        assert_eq!((article.summary.headline.as_str(), article.tags[0].id), ("بعد", two));
        assert_eq!(record(site, id).await.published_at, day, "its address holds the day: it stays");
        assert_eq!(article.summary.updated_at, site.now());
        assert_eq!(site.finds(move |db| articles::revisions(db, id)).await, 2, "publishing says nothing new");
    }

    async fn every_slug_that_an_article_had_stays_its_own(site) {
        let editor = site.editor();
        let id = editor.publishes(Draft { slug: "first".into(), ..story("خبر") }).await;
        editor.revises(id, Draft { slug: "second".into(), ..story("خبر") }).await;
        assert_eq!(owner(site, "second").await, None, "not before it is published");
        editor.publishes_again(id).await;
        assert_eq!((owner(site, "first").await, owner(site, "second").await), (Some(id), Some(id)));
        let rival = editor.publishes(Draft { slug: "first".into(), ..story("آخر") }).await;
        assert_eq!(record(site, rival).await.slug, "first-2", "an old slug is not given to somebody else");
        editor.revises(id, Draft { slug: "first".into(), ..story("خبر") }).await;
        editor.publishes_again(id).await;
        assert_eq!(record(site, id).await.slug, "first", "its own old one it may have back");
    }

    async fn slugs_come_from_headlines_and_stay_whole(site) {
        let editor = site.editor();
        let check = async |headline: &str, slug: &str| {
            let id = editor.drafts(story(headline)).await;
            assert_eq!(record(site, id).await.slug, slug);
        };
        check("«المُحرّر» يكتب: ما بعد القمة؟", "المحرر-يكتب-ما-بعد-القمة").await;
        check("المحرر يكتب ما بعد القمة", "المحرر-يكتب-ما-بعد-القمة-2").await;
        check("A Summit in Beijing", "a-summit-in-beijing").await;
        check("؟؟!!", "article-4").await;
        let page = editor.drafts(Draft { form: Form::Page, ..story("***") }).await;
        assert_eq!(record(site, page).await.slug, "page-5");
    }

    async fn two_who_want_one_slug_at_once_get_two(site) {
        let mut waiting = Vec::new();
        for _ in 0..12 {
            let desk = site.desk.clone();
            waiting.push(tokio::spawn(async move {
                verbs::save(&desk, None, story("عاجل"), None, "").await.expect("kept")
            }));
        }
        let mut slugs = Vec::new();
        for piece in waiting {
            let id = piece.await.expect("a task");
            slugs.push(record(site, id).await.slug);
        }
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 12, "{slugs:?}");
    }

    async fn a_withdrawn_article_is_gone_for_readers_and_can_come_back(site) {
        let editor = site.editor();
        let id = editor.publishes(story("خبر")).await;
        editor.withdraws(id, "  خطأ في\u{200f} المصدر ").await;
        assert!(whole(site, id).await.is_none());
        let found = site.finds(move |db| articles::owner_of_id(db, id)).await.expect("still known");
        assert_eq!(found, Owner::Withdrawn("خطأ في المصدر".into()));
        let again = verbs::withdraw(&site.desk, id, "").await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        let draft = editor.drafts(story("مسودة")).await;
        assert!(verbs::withdraw(&site.desk, draft, "").await.is_err(), "what was never public cannot be withdrawn");
        editor.revises(id, story("خبر صحيح")).await;
        editor.publishes_again(id).await;
        assert_eq!(whole(site, id).await.expect("back").summary.headline, "خبر صحيح");
        let found = site.finds(move |db| articles::owner_of_id(db, id)).await.expect("there");
        assert!(matches!(found, Owner::Published(_)), "{found:?}");
    }

    async fn corrections_are_public_and_in_order(site) {
        let id = site.editor().publishes(story("خبر")).await;
        let correct = async |kind, note: &str| verbs::correct(&site.desk, id, kind, note).await;
        site.passes(1);
        correct(CorrectionKind::Correction, "صُحِّح الاسم").await.expect("kept");
        site.passes(1);
        correct(CorrectionKind::Update, "أضيف رد").await.expect("kept");
        assert!(
            matches!(correct(CorrectionKind::Update, " \u{200f}").await, Err(Error::Conflict(_))),
            "no words, no note"
        );
        let notes: Vec<_> = whole(site, id)
            .await
            .expect("published")
            .corrections
            .iter()
            .map(|note| (note.kind, note.note.clone()))
            .collect();
        assert_eq!(
            notes,
            [(CorrectionKind::Correction, "صُحِّح الاسم".to_owned()), (CorrectionKind::Update, "أضيف رد".to_owned())]
        );
        let draft = site.editor().drafts(story("مسودة")).await;
        assert!(
            verbs::correct(&site.desk, draft, CorrectionKind::Update, "x").await.is_err(),
            "a draft has no readers to tell"
        );
    }

    async fn translations_find_each_other_however_they_were_joined(site) {
        let editor = site.editor();
        let arabic = editor.publishes(story("قمة")).await;
        let english = editor.publishes(Draft { translation_of: Some(arabic), ..story("A summit") }).await;
        let french = editor.publishes(Draft { translation_of: Some(english), ..story("Un sommet") }).await;
        let draft = editor.drafts(Draft { translation_of: Some(french), ..story("Ein Gipfel") }).await;
        let group = whole(site, french).await.expect("published").summary.translation_group.expect("a group");
        let found: Vec<_> = site
            .finds(move |db| articles::of_translation_group(db, group))
            .await
            .iter()
            .map(|story| story.id)
            .collect();
        assert_eq!(found, [arabic, english, french], "and not the draft {draft}");
        let lost =
            verbs::save(&site.desk, None, Draft { translation_of: Some(ArticleId(4711)), ..story("x") }, None, "")
                .await;
        assert!(matches!(lost, Err(Error::NotFound(_))), "{lost:?}");
    }

    async fn a_wrong_section_fails_the_whole_save(site) {
        let lost = Draft { sections: vec![warraq::news::SectionId(99)], ..story("خبر") };
        assert!(verbs::save(&site.desk, None, lost, None, "").await.is_err());
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM articles", &[])).await, Some(0));
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM revisions", &[])).await, Some(0));
    }

    async fn naming_a_section_a_tag_or_a_person_twice_does_no_harm(site) {
        let editor = site.editor();
        let (section, tag, person) =
            (editor.section("اقتصاد").await, editor.tag("تجارة").await, editor.person("ليلى").await);
        let draft = Draft {
            sections: vec![section, section],
            tags: vec![tag, tag],
            bylines: vec![(person, BylineRole::Writer), (person, BylineRole::Translator)],
            ..story("خبر")
        };
        let id = editor.publishes(draft).await;
        let article = whole(site, id).await.expect("published");
        assert_eq!((article.tags.len(), article.summary.bylines.len()), (1, 2), "one person may have two roles");
        assert_eq!(site.finds(warraq::store::health::wrong_counts).await, 0);
    }

    async fn neighbours_in_time_are_the_next_ones(site) {
        let editor = site.editor();
        let old = editor.publishes_on("2026-01-01T10:00:00Z", story("قديم")).await;
        let middle = editor.publishes_on("2026-01-02T10:00:00Z", story("وسط")).await;
        let twin = editor.publishes_on("2026-01-02T10:00:00Z", story("في اللحظة نفسها")).await;
        let page = editor.publishes(Draft { form: Form::Page, ..story("من نحن") }).await;
        let place = async |id: ArticleId, at: &str| {
            let at = moment(at);
            site.finds(move |db| articles::neighbours(db, id, at)).await
        };
        assert_eq!(place(old, "2026-01-01T10:00:00Z").await, (None, Some(middle)));
        assert_eq!(place(middle, "2026-01-02T10:00:00Z").await, (Some(old), Some(twin)));
        assert_eq!(
            place(twin, "2026-01-02T10:00:00Z").await,
            (Some(middle), None),
            "a page ({page}) is nobody's neighbour"
        );
    }
}

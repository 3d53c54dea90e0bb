//! Articles that go out by themselves: once, on time, whatever dies.

use warraq::desk::articles as verbs;
use warraq::error::Error;
use warraq::news::ArticleId;
use warraq::news::article::Status;
use warraq::store::jobs::{self, LEASE};
use warraq::store::{
    articles,
    listings::{self, List},
};
use warraq::worker::Worker;

use crate::support::{Newsroom, moment, on_both, story};

const SIX: &str = "2026-03-02T06:00:00Z";

async fn status(site: &Newsroom, id: ArticleId) -> (Status, Option<jiff::Timestamp>) {
    let record = site.finds(move |db| articles::record(db, id)).await.expect("an article");
    (record.status, record.published_at)
}

async fn listed(site: &Newsroom) -> i64 {
    site.finds(|db| listings::count(db, List::All)).await
}

on_both! {
    async fn it_goes_out_at_its_time_and_not_before(site) {
        let editor = site.editor();
        let id = editor.drafts(story("غدًا")).await;
        editor.schedules(id, SIX).await.expect("scheduled");
        site.run_jobs().await;
        site.is_now("2026-03-02T05:59:59Z");
        site.run_jobs().await;
        assert_eq!(status(site, id).await, (Status::Scheduled, None));
        site.is_now("2026-03-02T06:00:07Z");
        assert_eq!(site.run_jobs().await, 1 + 2, "the article, and what the timetable brought");
        assert_eq!(
            status(site, id).await,
            (Status::Published, Some(moment(SIX))),
            "with its time, not that of the worker"
        );
        assert_eq!(listed(site).await, 1);
    }

    async fn it_goes_out_late_when_nobody_was_there_at_its_time(site) {
        let editor = site.editor();
        let id = editor.drafts(story("غدًا")).await;
        editor.schedules(id, SIX).await.expect("scheduled");
        // The server is down for a week.
        site.is_now("2026-03-09T00:00:00Z");
        site.run_jobs().await;
        assert_eq!(status(site, id).await, (Status::Published, Some(moment(SIX))));
    }

    async fn a_worker_that_dies_at_work_leaves_it_to_another(site) {
        let editor = site.editor();
        let id = editor.drafts(story("غدًا")).await;
        editor.schedules(id, SIX).await.expect("scheduled");
        site.is_now(SIX);
        let now = site.now().as_millisecond();
        // It took the job, and was killed before it did it.
        let dead = site.desk.store.write(move |tx| jobs::claim(tx, "dead", now, 16)).await.expect("claimed");
        assert_eq!(dead.len(), 1);
        site.run_jobs().await;
        assert_eq!(status(site, id).await.0, Status::Scheduled, "the dead one may still be at work");
        site.clock.set(jiff::Timestamp::from_millisecond(now + LEASE).expect("a moment"));
        site.run_jobs().await;
        assert_eq!(status(site, id).await, (Status::Published, Some(moment(SIX))));
    }

    async fn a_worker_that_dies_after_its_work_does_no_harm(site) {
        let editor = site.editor();
        let id = editor.drafts(story("غدًا")).await;
        editor.schedules(id, SIX).await.expect("scheduled");
        site.is_now(SIX);
        let now = site.now().as_millisecond();
        site.desk.store.write(move |tx| jobs::claim(tx, "dead", now, 16)).await.expect("claimed");
        assert!(verbs::publish_due(&site.desk, id, moment(SIX)).await.expect("published"));
        // It published and died before it could say so. Meanwhile an editor took the article back.
        editor.withdraws(id, "").await;
        site.clock.set(jiff::Timestamp::from_millisecond(now + LEASE).expect("a moment"));
        site.run_jobs().await;
        assert_eq!(status(site, id).await.0, Status::Withdrawn, "it does not come back by itself");
        assert!(!verbs::publish_due(&site.desk, id, moment(SIX)).await.expect("nothing to do"));
    }

    async fn two_workers_at_once_publish_once(site) {
        let editor = site.editor();
        let mut ids = Vec::new();
        for number in 0..10 {
            let id = editor.drafts(story(&format!("خبر {number}"))).await;
            editor.schedules(id, SIX).await.expect("scheduled");
            ids.push(id);
        }
        site.is_now(SIX);
        let other = site.second_desk().await;
        let work = |desk, name: &'static str| {
            tokio::spawn(async move { Worker::new(desk, name).run_due().await.expect("the queue") })
        };
        let (one, two) = (work(site.desk.clone(), "one"), work(other, "two"));
        let ran = one.await.expect("a task") + two.await.expect("a task");
        assert!((12..=14).contains(&ran), "{ran} jobs ran: ten articles, and once or twice what the timetable brings");
        for id in ids {
            assert_eq!(status(site, id).await, (Status::Published, Some(moment(SIX))));
            // Twice published would be one version further.
            let version = site.finds(move |db| articles::record(db, id)).await.expect("there").version;
            assert_eq!(version, 3, "written, scheduled, published");
        }
        assert_eq!(listed(site).await, 10);
    }

    async fn a_moved_schedule_counts_and_the_old_one_does_not(site) {
        let editor = site.editor();
        let id = editor.drafts(story("غدًا")).await;
        editor.schedules(id, SIX).await.expect("scheduled");
        editor.schedules(id, "2026-03-03T06:00:00Z").await.expect("moved");
        site.is_now("2026-03-02T07:00:00Z");
        site.run_jobs().await;
        assert_eq!(status(site, id).await.0, Status::Scheduled);
        // And back again: the first job is gone, a new one must come.
        editor.schedules(id, "2026-03-02T08:00:00Z").await.expect("moved back");
        site.is_now("2026-03-02T08:00:00Z");
        site.run_jobs().await;
        assert_eq!(status(site, id).await, (Status::Published, Some(moment("2026-03-02T08:00:00Z"))));
        site.is_now("2026-03-03T06:00:00Z");
        site.run_jobs().await;
        assert_eq!(status(site, id).await.1, Some(moment("2026-03-02T08:00:00Z")));
    }

    async fn moved_away_and_back_to_the_same_time_it_goes_out(site) {
        let editor = site.editor();
        let id = editor.drafts(story("غدًا")).await;
        editor.schedules(id, SIX).await.expect("scheduled");
        editor.schedules(id, "2026-03-03T06:00:00Z").await.expect("moved");
        editor.schedules(id, SIX).await.expect("moved back");
        site.is_now(SIX);
        site.run_jobs().await;
        assert_eq!(status(site, id).await, (Status::Published, Some(moment(SIX))));
        site.is_now("2026-03-03T06:00:00Z");
        site.run_jobs().await;
    }

    async fn published_by_hand_or_withdrawn_it_does_not_go_out_again(site) {
        let editor = site.editor();
        let early = editor.drafts(story("مبكر")).await;
        editor.schedules(early, SIX).await.expect("scheduled");
        editor.publishes_again(early).await;
        let never = editor.drafts(story("أبدًا")).await;
        editor.schedules(never, SIX).await.expect("scheduled");
        editor.withdraws(never, "لا").await;
        let published = status(site, early).await;
        site.is_now(SIX);
        site.run_jobs().await;
        assert_eq!(status(site, early).await, published);
        assert_eq!(status(site, never).await.0, Status::Withdrawn);
    }

    async fn a_change_before_its_time_goes_out_with_it(site) {
        let editor = site.editor();
        let id = editor.drafts(story("قبل")).await;
        editor.schedules(id, SIX).await.expect("scheduled");
        editor.revises(id, story("بعد")).await;
        site.is_now(SIX);
        site.run_jobs().await;
        let headline = site.finds(move |db| articles::by_id(db, id)).await.expect("published").headline.clone();
        assert_eq!(headline, "بعد");
    }

    async fn the_past_and_the_public_cannot_be_scheduled(site) {
        let editor = site.editor();
        let id = editor.drafts(story("خبر")).await;
        assert!(matches!(editor.schedules(id, "2026-03-01T09:00:00Z").await, Err(Error::Conflict(_))));
        editor.publishes_again(id).await;
        assert!(matches!(editor.schedules(id, SIX).await, Err(Error::Conflict(_))));
        assert!(matches!(editor.schedules(ArticleId(77), SIX).await, Err(Error::NotFound(_))));
        assert_eq!(site.finds(jobs::census).await, [], "nothing was queued");
    }
}

//! The queue: claimed by one, given back by the dead, tried again later, parked in the end.

use jiff::Timestamp;
use warraq::news::consequences::Job;
use warraq::news::{ArticleId, MediaId};
use warraq::store::StoreError;
use warraq::store::jobs::{self, Claimed, LEASE, MAX_ATTEMPTS};

use crate::support::editor::millis;
use crate::support::{Newsroom, on_both};

async fn push(site: &Newsroom, job: Job) {
    let now = site.now();
    site.desk.store.write(move |tx| jobs::push(tx, &job, now)).await.expect("pushed");
}

async fn claim(site: &Newsroom, worker: &'static str, at: i64, limit: i64) -> Vec<Claimed> {
    site.desk.store.write(move |tx| jobs::claim(tx, worker, at, limit)).await.expect("claimed")
}

async fn finish(site: &Newsroom, id: i64) {
    site.desk.store.write(move |tx| jobs::finish(tx, id)).await.expect("finished");
}

async fn retry(site: &Newsroom, claimed: Claimed, at: i64) {
    site.desk.store.write(move |tx| jobs::retry(tx, &claimed, at, "no luck")).await.expect("put back");
}

/// The name of a process of this machine.
fn here(process: u32) -> &'static str {
    let own = warraq::worker::name_here("serve");
    let (_, place) = own.split_once('@').expect("a place");
    format!("serve {process}@{place}").leak()
}

fn due(article: i64, at: Timestamp) -> Job {
    Job::PublishDue { article: ArticleId(article), at: at.as_millisecond() }
}

async fn census(site: &Newsroom) -> Vec<(String, i64)> {
    site.finds(jobs::census).await
}

on_both! {
    async fn a_job_is_claimed_once_and_gone_when_finished(site) {
        push(site, Job::RebuildListings).await;
        let now = millis(site.now());
        let claimed = claim(site, "one", now, 10).await;
        assert_eq!(claimed.iter().map(|claimed| &claimed.job).collect::<Vec<_>>(), [&Job::RebuildListings]);
        assert!(claim(site, "two", now, 10).await.is_empty(), "somebody has it");
        finish(site, claimed[0].id).await;
        assert_eq!(census(site).await, []);
    }

    async fn two_jobs_with_one_key_are_one_job_while_they_wait(site) {
        push(site, Job::RebuildListings).await;
        push(site, Job::RebuildListings).await;
        assert_eq!(census(site).await, [("queued".to_owned(), 1)]);
        let claimed = claim(site, "one", millis(site.now()), 10).await;
        // What changes while it runs needs another run.
        push(site, Job::RebuildListings).await;
        assert_eq!(census(site).await, [("queued".to_owned(), 1), ("running".to_owned(), 1)]);
        finish(site, claimed[0].id).await;
        assert_eq!(site.run_jobs().await, 1 + 2, "the second one, and what the timetable brought");
    }

    async fn a_job_waits_for_its_time(site) {
        let later = site.now() + jiff::SignedDuration::from_mins(30);
        push(site, due(1, later)).await;
        assert!(claim(site, "one", millis(later) - 1, 10).await.is_empty());
        assert_eq!(site.finds(jobs::next_due).await, Some(millis(later)));
        let claimed = claim(site, "one", millis(later), 10).await;
        assert_eq!(claimed.len(), 1);
        finish(site, claimed[0].id).await;
    }

    async fn what_a_dead_process_had_taken_is_taken_over_at_once(site) {
        let (living, elsewhere) = (here(1), "serve 4294967295@another machine");
        for (worker, job) in [
            (here(u32::MAX), Job::RebuildListings),
            (living, Job::ForgetPrivateData),
            (elsewhere, Job::MakeRenditions { media: MediaId(1) }),
        ] {
            push(site, job).await;
            assert_eq!(claim(site, worker, millis(site.now()), 10).await.len(), 1);
        }
        site.run_jobs().await;
        let mut workers = site.finds(jobs::workers).await;
        workers.sort();
        assert_eq!(workers, [living, elsewhere].map(str::to_owned), "who may live keeps what it has until its lease ends");
        site.may_leave_work();
    }

    async fn jobs_come_in_order_and_no_more_than_asked_for(site) {
        let now = site.now();
        for article in [3, 1, 2] {
            push(site, due(article, now - jiff::SignedDuration::from_mins(article))).await;
        }
        let first = claim(site, "one", millis(now), 2).await;
        let rest = claim(site, "one", millis(now), 2).await;
        assert_eq!((first.len(), rest.len()), (2, 1));
        assert_eq!(rest[0].job, due(1, now - jiff::SignedDuration::from_mins(1)), "the youngest comes last");
        for claimed in first.iter().chain(&rest) {
            finish(site, claimed.id).await;
        }
    }

    async fn a_story_does_not_wait_for_pictures(site) {
        for media in 1..=20 {
            push(site, Job::MakeRenditions { media: MediaId(media) }).await;
        }
        let at = site.now() + jiff::SignedDuration::from_mins(1);
        push(site, due(1, at)).await;
        let first = claim(site, "one", millis(at), 10).await;
        assert_eq!(first.iter().map(|claimed| &claimed.job).collect::<Vec<_>>(), [&due(1, at)]);
        let then = claim(site, "one", millis(at), 10).await;
        assert_eq!(then.iter().map(|claimed| &claimed.job).collect::<Vec<_>>(), [&Job::MakeRenditions { media: MediaId(1) }]);
        site.may_leave_work();
    }

    async fn a_worker_that_died_gives_its_job_back(site) {
        push(site, Job::RebuildListings).await;
        let now = millis(site.now());
        let dead = claim(site, "dead", now, 10).await;
        assert!(claim(site, "alive", now + LEASE - 1, 10).await.is_empty(), "it may still be at work");
        let again = claim(site, "alive", now + LEASE, 10).await;
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].id, dead[0].id);
        finish(site, again[0].id).await;
    }

    async fn a_job_that_fails_comes_later_each_time_and_is_parked_in_the_end(site) {
        push(site, Job::RebuildListings).await;
        let mut now = millis(site.now());
        let mut waits = Vec::new();
        for _ in 1..MAX_ATTEMPTS {
            let claimed = claim(site, "one", now, 1).await;
            assert_eq!(claimed.len(), 1, "after {waits:?}");
            retry(site, claimed[0].clone(), now).await;
            let next = site.finds(jobs::next_due).await.expect("it waits");
            waits.push((next - now) / 1000);
            now = next;
        }
        assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512]);
        let claimed = claim(site, "one", now, 1).await;
        retry(site, claimed[0].clone(), now).await;
        assert_eq!(census(site).await, [("parked".to_owned(), 1)]);
        let parked = site.finds(|db| jobs::parked(db, 10)).await;
        assert_eq!(parked[0].2, "no luck");
        assert!(claim(site, "one", now + 365 * 24 * 3_600_000, 1).await.is_empty(), "nobody takes a parked job");
        let at = now;
        let freed = site.desk.store.write(move |tx| jobs::unpark(tx, at)).await.expect("freed");
        assert_eq!(freed, 1);
        site.clock.set(Timestamp::from_millisecond(now).expect("a moment"));
        site.run_jobs().await;
    }

    async fn a_job_that_nobody_understands_is_parked_and_the_others_run(site) {
        site.desk
            .store
            .write(|tx| {
                tx.execute(
                    "INSERT INTO jobs (id, kind, payload, state, run_at, created_at)
                   VALUES (900, 'later', '{\"kind\":\"teleport\"}', 'queued', 0, 0)",
                    &[],
                )?;
                Ok::<_, StoreError>(())
            })
            .await
            .expect("written");
        push(site, Job::RebuildListings).await;
        assert!(site.run_jobs().await >= 1);
        let parked = site.finds(|db| jobs::parked(db, 10)).await;
        assert_eq!(parked.len(), 1);
        assert!(parked[0].2.contains("teleport"), "{parked:?}");
        site.may_leave_work();
    }

    async fn two_workers_never_hold_one_job(site) {
        let now = site.now();
        for article in 0..40 {
            push(site, due(article, now - jiff::SignedDuration::from_secs(1))).await;
        }
        let other = site.second_desk().await;
        let mut waiting = Vec::new();
        for turn in 0..20 {
            let store = if turn % 2 == 0 { site.desk.store.clone() } else { other.store.clone() };
            let at = millis(now);
            waiting.push(tokio::spawn(async move {
                store.write(move |tx| jobs::claim(tx, "crowd", at, 3)).await.expect("claimed")
            }));
        }
        let mut ids = Vec::new();
        for claimed in waiting {
            ids.extend(claimed.await.expect("a task").into_iter().map(|claimed| claimed.id));
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((all, ids.len()), (40, 40), "each exactly once");
        for id in ids {
            finish(site, id).await;
        }
    }
}

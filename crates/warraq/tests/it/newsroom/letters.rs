//! Letters: sealed while they wait, sent once, never told to the log.

use std::sync::Arc;

use warraq::config::Config;
use warraq::desk::Desk;
use warraq::desk::invitations::{self, Guest};
use warraq::identity::PrivateEmail;
use warraq::mail::{MailConfig, Mailroom, Security};
use warraq::news::staff::Role;
use warraq::store::jobs;
use warraq::worker::Worker;

use crate::support::post::{Mail, MailServer, outbox};
use crate::support::{Newsroom, on_both};

pub(super) fn guest(email: &str) -> Guest {
    Guest {
        email: PrivateEmail::parse(email).expect("an address"),
        name: "سلمى".into(),
        role: Role::Author,
        sections: Vec::new(),
        language: String::new(),
    }
}

/// Everything that stands in the queue, with the reason of the last failure.
async fn queue(site: &Newsroom) -> String {
    site.finds(|db| {
        let rows = db.all("SELECT kind, payload, unique_key, state, last_error FROM jobs ORDER BY id", &[], |row| {
            let key = row.get::<Option<String>>(2)?.unwrap_or_default();
            Ok([row.get::<String>(0)?, row.get(1)?, key, row.get(3)?, row.get(4)?].join(" "))
        })?;
        Ok(rows.join("\n"))
    })
    .await
}

fn desk_with(site: &Newsroom, config: &MailConfig) -> Desk {
    let mail = Mailroom::open(config, site.folder(), None).expect("a mail room");
    Desk { mail: Arc::new(mail), ..site.desk.clone() }
}

async fn works(desk: &Desk) {
    Worker::new(desk.clone(), "postman").run_due().await.expect("the queue");
}

on_both! {
    async fn a_letter_waits_sealed_and_lands_in_the_outbox_once(site) {
        invitations::invite(&site.desk, guest("canary@inbox.example")).await.expect("invited");
        let waiting = queue(site).await;
        assert!(waiting.contains("send_letter") && !waiting.contains("canary"), "{waiting}");
        assert!(!waiting.contains("/newsroom/"), "a link waits sealed: {waiting}");
        let job = site.finds(|db| db.value::<String>("SELECT payload FROM jobs WHERE kind = 'send_letter'", &[])).await;
        site.run_jobs().await;
        let letters = outbox(site.folder());
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert_eq!(letter.to, "canary@inbox.example");
        assert!(letter.path().starts_with("/newsroom/invitation/"), "{}", letter.text);
        assert!(letter.html.contains("dir=\"rtl\""), "{}", letter.html);
        assert!(letter.raw.contains("From: =?utf-8?"), "the name of the publication: {}", letter.raw);
        assert!(letter.raw.contains("<noreply@news.example>"), "{}", letter.raw);
        assert!(letter.raw.contains("Date: Sun, 01 Mar 2026 09:00:00 +0000"), "{}", letter.raw);
        // The worker died before it could say that it was sent: it is sent again, and it is the same letter.
        let again = serde_json::from_str(&job.expect("a job")).expect("a job");
        let now = site.now();
        site.desk.write(move |tx| Ok(jobs::push(tx, &again, now)?)).await.expect("queued");
        site.run_jobs().await;
        assert_eq!(outbox(site.folder()).len(), 1);
        assert_eq!(outbox(site.folder())[0].raw, letter.raw);
    }

    async fn a_mail_server_gets_it_and_may_say_not_now_or_never(site) {
        let server = MailServer::open().await;
        std::fs::write(site.folder().join("mail.password"), "secret\n").expect("written");
        let config = MailConfig {
            host: "127.0.0.1".into(),
            port: server.port,
            security: Security::None,
            from: "desk@news.example".into(),
            ..MailConfig::default()
        };
        let desk = desk_with(site, &config);
        invitations::invite(&desk, guest("canary@inbox.example")).await.expect("invited");

        *server.answer.lock().expect("a lock") = "450 4.2.1 <canary@inbox.example> is busy".into();
        works(&desk).await;
        let waiting = queue(site).await;
        assert!(waiting.contains("queued") && waiting.contains("is busy"), "{waiting}");
        assert!(!waiting.contains("canary"), "the server's words hold no address: {waiting}");

        *server.answer.lock().expect("a lock") = "250 welcome".into();
        site.passes(1);
        works(&desk).await;
        let taken = server.taken.lock().expect("a lock").clone();
        assert_eq!(taken.len(), 1);
        assert_eq!(Mail::read(&taken[0]).to, "canary@inbox.example");
        assert!(server.said.lock().expect("a lock").iter().any(|line| line == "MAIL FROM:<desk@news.example>"));
        assert_eq!(queue(site).await.matches("send_letter").count(), 0);

        *server.answer.lock().expect("a lock") = "550 5.1.1 <nobody@inbox.example> unknown".into();
        invitations::invite(&desk, guest("nobody@inbox.example")).await.expect("invited");
        works(&desk).await;
        let parked = queue(site).await;
        assert!(parked.contains("parked") && !parked.contains("nobody@"), "{parked}");
        site.may_leave_work();
    }
}

#[test]
fn mail_settings_that_cannot_be_used_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("open"), "secret").expect("written");
    let good = MailConfig { host: "mail.example".into(), from: "desk@news.example".into(), ..MailConfig::default() };
    let check = |config: &MailConfig, part: &str| {
        let refused = Mailroom::open(config, folder.path(), None).err().map(|error| error.to_string());
        assert!(refused.as_ref().is_some_and(|words| words.contains(part)), "{refused:?} does not say {part}");
    };
    assert!(Mailroom::open(&good, folder.path(), None).is_ok_and(|room| room.outbox().is_none()));
    assert!(Mailroom::open(&Config::default().mail, folder.path(), None).is_ok_and(|room| room.outbox().is_some()));
    check(&MailConfig { from: String::new(), ..good.clone() }, "set from");
    check(&MailConfig { from: "nobody".into(), ..good.clone() }, "no e-mail address");
    check(&MailConfig { security: Security::None, ..good.clone() }, "on this machine");
    check(&MailConfig { user: "desk".into(), ..good.clone() }, "password_file");
    check(&MailConfig { user: "desk".into(), password_file: "open".into(), ..good.clone() }, "chmod 600");
    check(&MailConfig { user: "desk".into(), password_file: "none".into(), ..good }, "none");
}

//! Addresses: the canonical one answers, every other way of writing it leads there, once.

use warraq::news::article::{Draft, Form};
use warraq::news::permalink::Permalink;

use crate::support::{Newsroom, on_both, story};

const SUMMIT: &str = "/2026/03/01/%D9%82%D9%85%D8%A9-%D8%A8%D9%83%D9%8A%D9%86/";

async fn answers(site: &Newsroom, path: &str) {
    site.reader().reads(path).await.ok();
}

/// 301 to `to`, and there is the page: no second redirect.
async fn moves(site: &Newsroom, path: &str, to: &str) {
    let page = site.reader().reads(path).await.is(301);
    assert_eq!(page.location(), to, "{path}");
    answers(site, to.split('#').next().unwrap_or(to)).await;
}

on_both! {
    async fn every_way_of_writing_it_is_understood(site) {
        let id = site.editor().publishes(story("قمة بكين")).await;
        answers(site, SUMMIT).await;
        answers(site, &SUMMIT.to_lowercase()).await;
        answers(site, "/2026/03/01/قمة-بكين/").await;
        moves(site, SUMMIT.trim_end_matches('/'), SUMMIT).await;
        moves(site, "/2026/03/01/قمة-بكين", SUMMIT).await;
        moves(site, "/2025/12/31/قمة-بكين/", SUMMIT).await;
        moves(site, "/2026/3/1/قمة-بكين/", SUMMIT).await;
        moves(site, "/قمة-بكين/", SUMMIT).await;
        moves(site, "//2026//03/01/قمة-بكين/", SUMMIT).await;
        moves(site, "/2026/03/01/قِمّة-بكين/", SUMMIT).await;
        moves(site, &format!("/a/{id}"), SUMMIT).await;
        moves(site, &format!("/?p={id}"), SUMMIT).await;
        moves(site, &format!("/?page_id={id}"), SUMMIT).await;
        moves(site, "/2026/03/01/قمة-بكين/feed", &format!("{SUMMIT}feed/")).await;
        let comments = site.reader().reads(&format!("{SUMMIT}comments")).await.is(303);
        assert_eq!(comments.location(), format!("{SUMMIT}#comments"));
    }

    async fn an_old_slug_leads_to_the_new_one(site) {
        let editor = site.editor();
        let id = editor.publishes(Draft { slug: "old".into(), ..story("خبر") }).await;
        editor.revises(id, Draft { slug: "new".into(), ..story("خبر") }).await;
        answers(site, "/2026/03/01/old/").await;
        editor.publishes_again(id).await;
        moves(site, "/2026/03/01/old/", "/2026/03/01/new/").await;
        moves(site, "/2026/03/01/old/feed/atom/", "/2026/03/01/new/feed/atom/").await;
    }

    async fn what_is_not_there_is_not_found(site) {
        let editor = site.editor();
        let draft = editor.drafts(Draft { slug: "secret".into(), ..story("سر") }).await;
        editor.schedules(draft, "2026-03-02T06:00:00Z").await.expect("scheduled");
        let reader = site.reader();
        for path in [
            "/2026/03/01/secret/",
            "/secret/",
            &format!("/a/{draft}"),
            &format!("/?p={draft}"),
            "/2026/03/01/nothing/",
            "/a/99",
            "/a/x",
            "/?p=99",
            "/category/none/",
            "/tag/none/",
            "/author/none/",
            "/2019/",
            "/2026/13/",
            "/2026/02/30/",
            "/page/0/",
            "/page/x/",
            "/page/2/",
            "/feed/xml/",
            "/tag/none/feed/",
            "/comment-page-2/",
            "/%ff%fe/",
            "/%00/",
            "/wp-admin/",
            "/sitemap-1999-01.xml",
            "/media/../keys/identity.key",
            "/media/%2e%2e%2fwarraq.db",
            "/assets/nothing.css",
            "/theme/x.css",
            "/dev/gallery",
        ] {
            let page = reader.reads(path).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(!page.body().contains("سر"), "{path} tells of a draft");
        }
        site.may_leave_work();
    }

    async fn pages_and_articles_keep_apart(site) {
        let editor = site.editor();
        editor.publishes(Draft { form: Form::Page, slug: "about".into(), ..story("من نحن") }).await;
        answers(site, "/about/").await;
        moves(site, "/about", "/about/").await;
        moves(site, "/2026/03/01/about/", "/about/").await;
    }

    async fn every_form_of_address_works(site) {
        let editor = site.editor();
        editor.section("economy").await;
        let trade = editor.section_under("economy", "trade").await;
        let person = editor.person("Leila").await;
        let draft = Draft {
            sections: vec![trade],
            bylines: vec![(person, warraq::news::people::BylineRole::Writer)],
            slug: "port".into(),
            ..story("ميناء")
        };
        let id = editor.publishes(draft).await;
        for (pattern, path) in [
            ("/%year%/%monthnum%/%postname%/", "/2026/03/port/".to_owned()),
            ("/%postname%/", "/port/".to_owned()),
            ("/archives/%post_id%", format!("/archives/{id}")),
            ("/%category%/%postname%/", "/economy/trade/port/".to_owned()),
            ("/%author%/%postname%/", "/leila/port/".to_owned()),
            ("/news/%post_id%/%postname%/", format!("/news/{id}/port/")),
        ] {
            site.changes_site(|site| site.permalink = Permalink::parse(pattern).expect("a pattern")).await;
            answers(site, &path).await;
            moves(site, &format!("/a/{id}"), &path).await;
            let page = site.reader().reads(&path).await;
            let action = page.attribute("form.form", "action");
            assert!(action.contains("comments"), "{pattern}: {action}");
            let sent = site.reader().sends(action.split('#').next().expect("a path"), &[("comment", "")]).await;
            assert_eq!(sent.status, 422, "{pattern}: {action}");
            let feed = format!("{}/feed/", path.trim_end_matches('/'));
            answers(site, &feed).await;
            if let Some(other) = path.strip_suffix('/') {
                moves(site, other, &path).await;
            } else {
                moves(site, &format!("{path}/"), &path).await;
            }
        }
    }
}

//! The reply form: what is wrong is said, what was typed is kept, what is sent from elsewhere is not taken.

use warraq::desk::comments as verbs;
use warraq::news::CommentId;
use warraq::news::article::Draft;

use crate::support::{BASE, Newsroom, Page, on_both, story};

const PATH: &str = "/2026/03/01/x/";

async fn open(site: &Newsroom) {
    site.publishes_every_comment().await;
    site.editor().publishes(Draft { slug: "x".into(), ..story("خبر") }).await;
}

async fn kept(site: &Newsroom) -> i64 {
    site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM comments", &[])).await.unwrap_or(0)
}

/// A form that came back: 422, every field as it was typed, nothing kept by anybody on the way.
#[track_caller]
fn comes_back(page: &Page, author: &str, email: &str, comment: &str) {
    assert_eq!(page.status, 422, "{}", page.body());
    assert_eq!(page.header("cache-control"), "no-store", "it holds an address");
    assert!(page.header("etag").is_empty());
    assert_eq!(page.attribute("#author", "value"), author);
    assert_eq!(page.attribute("#email", "value"), email);
    assert_eq!(page.text("textarea#comment"), comment);
    assert_eq!(page.count("[role=alert]"), 1, "a screen reader is told");
}

on_both! {
    async fn what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(site) {
        open(site).await;
        let long = "ك".repeat(10_001);
        for (author, email, url, comment, wrong) in [
            ("", "r@example.org", "", "رأي", &["author"][..]),
            ("قارئ", "", "", "رأي", &["email"]),
            ("قارئ", "لا شيء", "", "رأي", &["email"]),
            ("قارئ", "r@example.org", "javascript:alert(1)", "رأي", &["url"]),
            ("قارئ", "r@example.org", "", "  ", &["comment"]),
            ("قارئ", "r@example.org", "", &long, &["comment"]),
            ("\u{200f}", "x", "ftp://x", "", &["author", "email", "url", "comment"]),
        ] {
            let page = site
                .reader()
                .sends(
                    &format!("{PATH}comments"),
                    &[("author", author), ("email", email), ("url", url), ("comment", comment)],
                )
                .await;
            comes_back(&page, author, email, comment.trim());
            assert_eq!(page.attribute("#url", "value"), url);
            let mut marked: Vec<String> = page.attributes("[aria-invalid=true]", "id");
            marked.sort();
            let mut expected: Vec<&str> = wrong.to_vec();
            expected.sort_unstable();
            assert_eq!(marked, expected);
            for field in wrong {
                assert!(!page.text(&format!("#{field}-error")).is_empty(), "{field}");
            }
        }
        assert_eq!(kept(site).await, 0);
    }

    async fn what_was_typed_is_shown_as_text(site) {
        open(site).await;
        let evil = "\"><script>alert(1)</script>";
        let page = site
            .reader()
            .sends(
                &format!("{PATH}comments"),
                &[
                    ("author", evil),
                    ("email", evil),
                    ("url", evil),
                    ("comment", "</textarea><script>alert(1)</script>"),
                ],
            )
            .await;
        comes_back(&page, evil, evil, "</textarea><script>alert(1)</script>");
        assert!(!page.body().contains("<script>alert"));
    }

    async fn a_comment_appears_where_its_reader_is_sent(site) {
        open(site).await;
        let sent = site.reader().comments(PATH, "قارئة", "r@example.org", "سطر أول\n\nسطر ثان").await.is(303);
        assert_eq!(sent.location(), format!("{PATH}#comment-1"));
        assert_eq!(sent.header("cache-control"), "no-store");
        let page = site.reader().reads(PATH).await.ok();
        assert_eq!(page.text("#author-1"), "قارئة");
        assert_eq!(page.all("#comment-1 .comment__body p"), ["سطر أول", "سطر ثان"]);
        assert_eq!(page.attribute("#comment-1 .comment__body p", "dir"), "auto");
        assert_eq!(page.text("#comments-title"), "تعليق واحد");
    }

    async fn a_comment_that_waits_says_so_honestly(site) {
        open(site).await;
        site.changes_site(|site| site.settings.comments.hold_all = true).await;
        let sent = site.reader().comments(PATH, "قارئة", "r@example.org", "رأي ينتظر").await.is(303);
        assert_eq!(sent.location(), format!("{PATH}comments/waiting/"));
        let waiting = site.reader().reads(sent.location()).await.ok();
        assert_eq!(waiting.text("h1"), "وصل تعليقك");
        assert!(waiting.attributes("main a", "href").contains(&PATH.to_owned()), "a way back");
        for path in [PATH, "/", "/comments/feed/", "/2026/03/01/x/feed/"] {
            assert!(!site.reader().reads(path).await.ok().body().contains("رأي ينتظر"), "{path} shows it already");
        }
        verbs::approve(&site.desk, CommentId(1)).await.expect("approved");
        assert!(site.reader().reads(PATH).await.ok().body().contains("رأي ينتظر"));
    }

    async fn an_answer_stands_under_what_it_answers(site) {
        open(site).await;
        let reader = site.reader();
        reader.comments(PATH, "سلمى", "s@example.org", "السؤال").await.is(303);
        reader.comments(PATH, "عمر", "o@example.org", "كلام آخر").await.is(303);
        let page = reader.reads(PATH).await.ok();
        let reply = page.attribute("#reply-1", "href");
        assert_eq!(reply, format!("{PATH}?replytocom=1#respond"));
        let form = reader.reads(reply.trim_end_matches("#respond")).await.ok();
        assert_eq!(form.attribute("[name=comment_parent]", "value"), "1");
        assert_eq!(form.text("#respond-title"), "ردّ على سلمى");
        assert_eq!(
            (form.header("cache-control"), form.attribute("meta[name=robots]", "content")),
            ("no-store", "noindex".into())
        );
        let fields = [("author", "ليلى"), ("email", "l@example.org"), ("comment", "الجواب"), ("comment_parent", "1")];
        reader.sends(&format!("{PATH}comments"), &fields).await.is(303);
        let page = reader.reads(PATH).await.ok();
        let order: Vec<String> = page.attributes("li.comment", "id");
        assert_eq!(order, ["comment-1", "comment-3", "comment-2"]);
        assert!(
            page.count("#comment-3.comment--1") == 1
                && page.attributes("#comment-3 a", "href").contains(&"#comment-1".to_owned())
        );
        // A mistake in an answer keeps what it answers.
        let again = reader.sends(&format!("{PATH}comments"), &[("comment", ""), ("comment_parent", "1")]).await.is(422);
        assert_eq!(again.attribute("[name=comment_parent]", "value"), "1");
    }

    async fn machines_that_fill_the_hidden_field_are_turned_away(site) {
        open(site).await;
        let page = site.reader().reads(PATH).await.ok();
        assert_eq!(page.attribute(".form__trap", "aria-hidden"), "true");
        assert_eq!(page.attribute("#website_confirm", "tabindex"), "-1");
        let fields = [
            ("author", "آلة"),
            ("email", "r@example.org"),
            ("comment", "اشترِ"),
            ("website_confirm", "https://spam.example"),
        ];
        let page = site.reader().sends(&format!("{PATH}comments"), &fields).await;
        comes_back(&page, "آلة", "r@example.org", "اشترِ");
        assert_eq!(kept(site).await, 0);
    }

    async fn a_form_of_another_site_is_not_taken(site) {
        open(site).await;
        let reader = site.reader();
        let body = "author=x&email=r%40example.org&comment=hello";
        let check = async |headers: &[(&str, &str)], status: u16| {
            let page = reader.asks("POST", &format!("{PATH}comments"), headers, body).await;
            assert_eq!(page.status, status, "{headers:?}");
        };
        check(&[("sec-fetch-site", "cross-site")], 403).await;
        check(&[("sec-fetch-site", "same-site")], 403).await;
        check(&[("sec-fetch-site", "cross-site"), ("origin", BASE)], 403).await;
        check(&[("origin", "https://evil.example")], 403).await;
        check(&[("origin", "null")], 403).await;
        check(&[("origin", "https://news.example.evil.example")], 403).await;
        assert_eq!(kept(site).await, 0);
        // Sent twice is kept once: every one of these is the same comment.
        check(&[("sec-fetch-site", "same-origin")], 303).await;
        check(&[("origin", BASE)], 303).await;
        check(&[], 303).await;
        assert_eq!(kept(site).await, 1);
        let wordpress = reader
            .asks(
                "POST",
                "/wp-comments-post.php",
                &[("sec-fetch-site", "cross-site")],
                &format!("{body}&comment_post_ID=1"),
            )
            .await;
        assert_eq!(wordpress.status, 403);
    }

    async fn reading_writes_nothing(site) {
        open(site).await;
        let before = crate::store::dump(&site.desk.store).await;
        for path in [
            PATH,
            "/?p=1",
            "/2026/03/01/x/comments",
            "/2026/03/01/x/comments/waiting/",
            "/2026/03/01/x/?replytocom=1",
            "/wp-comments-post.php?comment=x",
        ] {
            site.reader().reads(path).await;
        }
        assert_eq!(crate::store::dump(&site.desk.store).await, before);
    }

    async fn a_closed_discussion_has_no_form_and_takes_nothing(site) {
        open(site).await;
        site.editor().publishes(Draft { slug: "closed".into(), comments_open: false, ..story("مغلق") }).await;
        let path = "/2026/03/01/closed/";
        let page = site.reader().reads(path).await.ok();
        assert_eq!((page.count("form.form"), page.count("#comments")), (0, 0), "no comments, no form: nothing to show");
        let sent = site.reader().comments(path, "قارئ", "r@example.org", "رأي").await.is(422);
        assert_eq!(sent.text(".message h1"), "أُغلق باب التعليق");
        assert_eq!(sent.text(".message textarea"), "رأي", "the words go back to the reader");
        // An open one closes by itself.
        site.reader().comments(PATH, "قارئ", "r@example.org", "في الوقت").await.is(303);
        site.changes_site(|site| site.settings.comments.close_after_days = Some(7)).await;
        site.passes(24 * 8);
        let page = site.reader().reads(PATH).await.ok();
        assert_eq!((page.count("form.form"), page.count(".comment__reply")), (0, 0));
        assert_eq!(page.text(".discussion__closed"), "أُغلق باب التعليق على هذه المادة.");
        let sent = site.reader().comments(PATH, "قارئ", "r@example.org", "فات").await.is(422);
        assert_eq!(sent.text(".message textarea"), "فات");
        assert_eq!(kept(site).await, 1);
        site.run_jobs().await;
    }

    async fn forms_of_wordpress_are_understood(site) {
        open(site).await;
        let fields = [
            ("author", "قارئ"),
            ("email", "r@example.org"),
            ("url", "https://example.org/"),
            ("comment", "رأي"),
            ("comment_post_ID", "1"),
            ("comment_parent", "0"),
            ("submit", "x"),
        ];
        let sent = site.reader().sends("/wp-comments-post.php", &fields).await.is(303);
        assert_eq!(sent.location(), format!("{PATH}#comment-1"));
        let page = site.reader().reads(PATH).await.ok();
        assert_eq!(page.attribute("#author-1 a", "href"), "https://example.org/");
        assert_eq!(page.attribute("#author-1 a", "rel"), "nofollow ugc noopener");
        let unknown =
            site.reader().sends("/wp-comments-post.php", &[("comment_post_ID", "99"), ("comment", "x")]).await;
        assert_eq!(unknown.status, 404);
    }

    async fn a_long_discussion_has_pages_and_a_comment_leads_to_its_own(site) {
        open(site).await;
        site.changes_site(|site| site.settings.threads_per_page = 3).await;
        let reader = site.reader();
        for number in 1..=7 {
            let sent = reader.comments(PATH, "قارئ", "r@example.org", &format!("رأي رقم {number}")).await.is(303);
            let page = (number + 2) / 3;
            let expected = if page == 1 {
                format!("{PATH}#comment-{number}")
            } else {
                format!("{PATH}comment-page-{page}/#comment-{number}")
            };
            assert_eq!(sent.location(), expected);
            let path = sent.location().split('#').next().expect("a path").to_owned();
            assert_eq!(reader.reads(&path).await.ok().count(&format!("#comment-{number}")), 1);
        }
        let second = reader.reads(&format!("{PATH}comment-page-2/")).await.ok();
        assert_eq!(second.attributes("li.comment", "id"), ["comment-4", "comment-5", "comment-6"]);
        assert_eq!(second.text("#comments-title"), "7 تعليقات");
        assert!(second.attribute("link[rel=canonical]", "href").ends_with("comment-page-2/"));
        assert!(
            second.attributes("#comments a", "href").contains(&format!("{PATH}comment-page-3/")),
            "the way to the next page of the discussion is a link in the page"
        );
        reader.reads(&format!("{PATH}comment-page-4/")).await.is(404);
        assert_eq!(reader.reads(&format!("{PATH}comment-page-1/")).await.is(301).location(), PATH);
        // An answer to an old comment stands on that one's page.
        let fields = [("author", "ل"), ("email", "l@example.org"), ("comment", "جواب"), ("comment_parent", "2")];
        assert_eq!(
            reader.sends(&format!("{PATH}comments"), &fields).await.is(303).location(),
            format!("{PATH}#comment-8")
        );
    }
}

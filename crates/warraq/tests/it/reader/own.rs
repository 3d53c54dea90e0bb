//! What do readers see of what is kept of them, and who else?

use warraq::news::article::Draft;

use crate::support::post::outbox;
use crate::support::{Newsroom, on_both, story};

const PLACE: &str = "/your-comments";

/// A story with two comments of one reader (one of them public) and one of another.
async fn discussed(site: &Newsroom) -> String {
    site.publishes_every_comment().await;
    site.editor().publishes(Draft { slug: "n".into(), ..story("سفينة") }).await;
    let path = "/2026/03/01/n/".to_owned();
    site.reader().comments(&path, "سلمى", "salma@inbox.example", "رأي أول <b>بلا وسوم</b>").await.is(303);
    site.reader()
        .comments(
            &path,
            "سلمى",
            "Salma@Inbox.example",
            "رأي ثان فيه https://a.example https://b.example https://c.example",
        )
        .await
        .is(303);
    site.reader().comments(&path, "جار", "neighbour@inbox.example", "رأي الجار").await.is(303);
    path
}

/// Asks for a letter and gives the path of the link in it.
async fn asks(site: &Newsroom, email: &str) -> Option<String> {
    let before = outbox(site.folder()).len();
    site.reader().sends(PLACE, &[("email", email)]).await.ok();
    site.run_jobs().await;
    let letters = outbox(site.folder());
    assert!(letters.len() <= before + 1, "one letter at most");
    (letters.len() > before).then(|| letters.last().expect("a letter").path())
}

on_both! {
    async fn only_the_letter_opens_it(site) {
        let story = discussed(site).await;
        assert_eq!(site.reader().reads(&story).await.ok().attribute("#email-hint a", "href"), PLACE);
        assert_eq!(site.reader().reads(PLACE).await.ok().count("input[name=email]"), 1);
        // The answer is one, whatever is kept.
        let known = site.reader().sends(PLACE, &[("email", "salma@inbox.example")]).await.ok();
        let unknown = site.reader().sends(PLACE, &[("email", "nobody@inbox.example")]).await.ok();
        assert_eq!(known.body(), unknown.body());
        for email in ["", "salma", "<script>@x"] {
            let page = site.reader().sends(PLACE, &[("email", email)]).await.is(422);
            assert_eq!((page.count(".form__error"), page.attribute("input[name=email]", "value")), (1, email.to_owned()));
        }
        site.run_jobs().await;
        let letters = outbox(site.folder());
        assert_eq!(letters.len(), 1, "nobody else gets a letter");
        assert_eq!(letters[0].to, "salma@inbox.example");
        let link = letters[0].path();
        assert!(link.starts_with(PLACE), "{link}");
        // Asked again at once, nothing more is sent, and the link stays what it was.
        assert_eq!(asks(site, "salma@inbox.example").await, None);
        let page = site.reader().reads(&link).await.ok();
        assert_eq!(page.count(".own__list li"), 2);
        assert_eq!((page.count(".own__list a"), page.header("referrer-policy")), (1, "no-referrer"));
        assert!(page.header("cache-control").contains("no-store"), "{}", page.header("cache-control"));
        assert_eq!(page.attribute("meta[name=robots]", "content"), "noindex");
        assert_eq!(page.all(".own__text")[1], "رأي أول <b>بلا وسوم</b>", "as it was typed");
        assert!(!page.body().contains("رأي الجار") && !page.body().to_lowercase().contains("salma@"));
        let file = site.reader().reads(&page.attribute("a[download]", "href")).await.ok();
        let all: Vec<serde_json::Value> = serde_json::from_str(file.body()).expect("JSON");
        assert_eq!(all.len(), 2);
        assert!(file.header("content-disposition").contains("attachment"));
        assert!(!file.body().to_lowercase().contains("salma@"));
        // What is no link says so; nor is another's.
        for wrong in ["/your-comments/x", "/your-comments/x/comments.json", &format!("{link}x")] {
            site.reader().reads(wrong).await.is(410);
        }
        site.reader().sends("/your-comments/x", &[("erase", "texts")]).await.is(410);
        site.reader().sends(&link, &[("erase", "all")]).await.is(422);
        site.reader().asks("POST", &link, &[("sec-fetch-site", "cross-site")], "erase=texts").await.is(403);
        assert_eq!(site.reader().reads(&link).await.ok().count(".own__list li"), 2);
        // An hour.
        site.passes(2);
        site.reader().reads(&link).await.is(410);
        site.reader().sends(&link, &[("erase", "texts")]).await.is(410);
        assert_ne!(asks(site, "SALMA@inbox.example").await.expect("another link"), link);
    }

    async fn forgotten_is_forgotten(site) {
        let story = discussed(site).await;
        let link = asks(site, "salma@inbox.example").await.expect("a link");
        assert!(site.reader().reads(&story).await.ok().body().contains("سلمى"));
        site.reader().sends(&link, &[("erase", "name")]).await.ok();
        let page = site.reader().reads(&story).await.ok();
        assert!(page.body().contains("رأي أول") && !page.body().contains("سلمى"));
        // The link has done its work, and nothing is known by that address any more.
        site.reader().reads(&link).await.is(410);
        site.passes(1);
        assert_eq!(asks(site, "salma@inbox.example").await, None);
        let neighbour = asks(site, "neighbour@inbox.example").await.expect("a link");
        assert_eq!(site.reader().reads(&neighbour).await.ok().count(".own__list li"), 1);
        site.reader().sends(&neighbour, &[("erase", "texts")]).await.ok();
        let page = site.reader().reads(&story).await.ok();
        assert!(!page.body().contains("رأي الجار") && page.body().contains("رأي أول"));
    }
}

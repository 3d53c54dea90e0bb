//! «لا تعليقات», «تعليق واحد», «تعليقان»: the six Arabic plural forms, on pages.

use warraq::news::article::Draft;
use warraq::news::language::Language;
use warraq::news::site::Digits;

use crate::support::{Newsroom, on_both, story};

/// An article that says that it has `count` comments.
async fn counted(site: &Newsroom, count: i64, language: &str) -> String {
    let language = Some(Language::parse(language).expect("a language"));
    let id = site.editor().publishes(Draft { slug: format!("n{count}"), language, ..story("خبر") }).await;
    site.desk
        .write(move |tx| {
            tx.execute("UPDATE articles SET comment_count = $1 WHERE id = $2", &[count.into(), id.0.into()])?;
            Ok(())
        })
        .await
        .expect("counted");
    format!("/2026/03/01/n{count}/")
}

on_both! {
    async fn in_arabic(site) {
        for (count, words) in [
            (0, "لا تعليقات"),
            (1, "تعليق واحد"),
            (2, "تعليقان"),
            (3, "3 تعليقات"),
            (10, "10 تعليقات"),
            (11, "11 تعليقًا"),
            (99, "99 تعليقًا"),
            (100, "100 تعليق"),
            (102, "102 تعليق"),
            (103, "103 تعليقات"),
            (111, "111 تعليقًا"),
            (1000, "1000 تعليق"),
        ] {
            let path = counted(site, count, "ar").await;
            let page = site.reader().reads(&path).await.ok();
            assert_eq!(page.text("#comments-title"), words);
            assert_eq!(page.text(".story__dates a"), words);
        }
    }

    async fn in_arabic_digits(site) {
        site.changes_site(|site| site.settings.digits = Digits::Arab).await;
        for (count, words) in [(1, "تعليق واحد"), (7, "٧ تعليقات"), (11, "١١ تعليقًا")] {
            let path = counted(site, count, "ar").await;
            assert_eq!(site.reader().reads(&path).await.ok().text("#comments-title"), words);
        }
    }

    async fn in_english(site) {
        for (count, words) in [(0, "No comments"), (1, "One comment"), (2, "2 comments"), (11, "11 comments")] {
            let path = counted(site, count, "en").await;
            assert_eq!(site.reader().reads(&path).await.ok().text("#comments-title"), words);
        }
    }

    async fn the_counter_of_a_card_follows_the_comments(site) {
        site.publishes_every_comment().await;
        site.editor().publishes(Draft { slug: "n".into(), ..story("خبر") }).await;
        let reader = site.reader();
        assert_eq!(reader.reads("/").await.ok().count(".card__comments"), 0);
        reader.comments("/2026/03/01/n/", "قارئ", "r@example.org", "رأي").await.is(303);
        assert_eq!(reader.reads("/").await.ok().text(".card__comments"), "تعليق واحد");
        assert_eq!(reader.reads("/2026/03/01/n/").await.ok().text("#comments-title"), "تعليق واحد");
        reader.comments("/2026/03/01/n/", "قارئ", "r@example.org", "رأي آخر").await.is(303);
        assert_eq!(reader.reads("/2026/03/").await.ok().text(".card__comments"), "تعليقان");
    }
}

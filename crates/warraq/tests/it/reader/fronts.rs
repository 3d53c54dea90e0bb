//! The front page.

use std::collections::HashSet;

use warraq::desk::fronts::arrange;
use warraq::news::article::{Draft, Kind};

use crate::support::{on_both, story};

on_both! {
    async fn no_story_stands_on_it_twice(site) {
        let editor = site.editor();
        let (economy, politics) = (editor.section("اقتصاد").await, editor.section("سياسة").await);
        let mut last = None;
        for number in 0..36_i64 {
            let kind = if number % 5 == 0 { Kind::Opinion } else { Kind::Own };
            let draft = Draft {
                kind,
                sections: vec![if number % 2 == 0 { economy } else { politics }, economy],
                ..story(&format!("خبر رقم {number}"))
            };
            last = Some(editor.publishes_on(&format!("2026-02-{:02}T09:00:00Z", 1 + number % 28), draft).await);
        }
        arrange(&site.desk, vec![(1, last.expect("a story"))]).await.expect("arranged");
        let page = site.reader().reads("/").await.ok();
        assert_eq!(page.text(".top__lead .card__headline"), "خبر رقم 35");
        let stories: Vec<String> = page
            .attributes("main h2 a, main h3 a, .latest__list a, .column__headline a", "href")
            .into_iter()
            .filter(|href| href.starts_with("/20"))
            .collect();
        assert!(stories.len() > 15, "{stories:?}");
        assert_eq!(stories.iter().collect::<HashSet<_>>().len(), stories.len(), "{stories:?}");
        assert_eq!((page.count("h1"), page.text("h1")), (1, "أخبار الصين".into()));
        assert!(page.text("title").contains("موقع متخصص في الشؤون الصينية"));
    }

    async fn before_the_first_story_it_says_so(site) {
        let page = site.reader().reads("/").await.ok();
        assert_eq!(page.text(".empty h2"), "لم يُنشر شيء بعد");
        let feed = site.reader().reads("/feed/").await.ok();
        assert_eq!(warraq::feeds::validate::problems(feed.body()), Vec::<String>::new());
    }
}

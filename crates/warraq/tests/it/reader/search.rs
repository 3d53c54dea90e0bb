//! Somebody searches: what is found, how it is shown, how soon it is there and gone.

use warraq::desk::searches;
use warraq::news::article::Draft;

use crate::support::{Newsroom, on_both, story};

async fn indexed(site: &Newsroom) {
    searches::catch_up(&site.desk, |_| {}).await.expect("indexed");
}

fn about(headline: &str, body: &str) -> Draft {
    Draft { headline: headline.into(), body: format!("<p>{body}</p>"), ..story(headline) }
}

on_both! {
    async fn a_word_is_found_in_all_its_forms_and_marked_as_it_is_written(site) {
        let editor = site.editor();
        editor.publishes(about("ميناء جديد", "تحدّث الوزير عن التَّعاوُن معها في البحر.")).await;
        editor.publishes(about("خبر آخر", "لا شيء عن ذلك هنا.")).await;
        indexed(site).await;
        let reader = site.reader();
        for words in ["تعاون", "والتعاون", "للتعاون", "بالتعاون", "تعاونهما"] {
            let page = reader.reads(&format!("/search?q={words}")).await.ok();
            assert_eq!(page.all(".result__headline"), ["ميناء جديد"], "{words}");
            assert_eq!(page.all(".result mark"), ["التَّعاوُن"], "{words}");
        }
        let page = reader.reads("/search?q=ميناء").await.ok();
        assert_eq!(page.all(".result__headline mark"), ["ميناء"]);
        assert!(page.body().contains("noindex"), "search pages are not for search engines");
    }

    async fn what_is_withdrawn_is_gone_at_once(site) {
        let editor = site.editor();
        let id = editor.publishes(about("خبر الميناء", "نص")).await;
        indexed(site).await;
        let reader = site.reader();
        assert_eq!(reader.reads("/search?q=الميناء").await.ok().all(".result__headline"), ["خبر الميناء"]);
        editor.withdraws(id, "خطأ").await;
        // The index has not heard of it yet: the store has.
        assert_eq!(reader.reads("/search?q=الميناء").await.ok().all(".result__headline"), [""; 0]);
        indexed(site).await;
        let page = reader.reads("/search?q=الميناء").await.ok();
        assert!(page.text(".search-page__nothing").contains("لا نتائج"));
    }

    async fn a_draft_is_not_found_and_a_change_is(site) {
        let editor = site.editor();
        let id = editor.publishes(about("عنوان قديم", "نص")).await;
        indexed(site).await;
        let reader = site.reader();
        editor.revises(id, about("عنوان عجيب", "نص")).await;
        indexed(site).await;
        assert_eq!(reader.reads("/search?q=عجيب").await.ok().all(".result__headline"), [""; 0]);
        editor.publishes_again(id).await;
        indexed(site).await;
        assert_eq!(reader.reads("/search?q=عجيب").await.ok().all(".result__headline"), ["عنوان عجيب"]);
        assert_eq!(reader.reads("/search?q=قديم").await.ok().all(".result__headline"), [""; 0]);
    }

    async fn a_search_is_narrowed_by_section_kind_and_day(site) {
        let editor = site.editor();
        editor.section("اقتصاد").await;
        let trade = editor.section_under("اقتصاد", "تجارة").await;
        let culture = editor.section("ثقافة").await;
        editor.publishes_on("2026-01-05T10:00:00Z", Draft { sections: vec![trade], ..about("قمح الشتاء", "نص") }).await;
        editor.publishes_on("2026-02-05T10:00:00Z", Draft { sections: vec![culture], ..about("قمح الربيع", "نص") }).await;
        indexed(site).await;
        let reader = site.reader();
        let found = async |query: &str| reader.reads(&format!("/search?q=قمح{query}")).await.ok().all(".result__headline");
        assert_eq!(found("&sort=date").await, ["قمح الربيع", "قمح الشتاء"]);
        assert_eq!(found("&section=اقتصاد").await, ["قمح الشتاء"], "a section has what its sub-sections have");
        assert_eq!(found("&from=2026-02-01").await, ["قمح الربيع"]);
        assert_eq!(found("&until=2026-01-05").await, ["قمح الشتاء"], "the last day belongs to it");
        assert_eq!(found("&kind=wire").await, [""; 0]);
        assert_eq!(found("&from=gestern&colour=red&sort=").await.len(), 2, "what it does not know changes nothing");
    }

    async fn an_index_that_was_deleted_or_damaged_is_made_again(site) {
        let editor = site.editor();
        editor.publishes(about("خبر الميناء", "نص")).await;
        indexed(site).await;
        let reader = site.reader();
        let folder = site.folder().join("index");
        std::fs::remove_dir_all(&folder).expect("removed");
        indexed(site).await;
        assert_eq!(reader.reads("/search?q=الميناء").await.ok().all(".result__headline"), ["خبر الميناء"]);
        site.desk.search.let_go();
        std::fs::write(folder.join("meta.json"), "{ broken").expect("written");
        indexed(site).await;
        assert_eq!(reader.reads("/search?q=الميناء").await.ok().all(".result__headline"), ["خبر الميناء"]);
        searches::rebuild(&site.desk, |_| {}).await.expect("made anew");
        assert_eq!(reader.reads("/search?q=الميناء").await.ok().all(".result__headline"), ["خبر الميناء"]);
    }

    async fn files_of_the_index_that_were_damaged_are_noticed_by_a_search(site) {
        let editor = site.editor();
        for number in 0..40 {
            editor.publishes(about(&format!("خبر الميناء {number}"), "وصلت السفن صباحا إلى المرفأ")).await;
        }
        indexed(site).await;
        site.desk.search.index().expect("opened").rest().expect("written");
        site.desk.search.let_go();
        let folder = site.folder().join("index");
        for file in std::fs::read_dir(&folder).expect("a folder").flatten().map(|file| file.path()) {
            if file.extension().is_some_and(|ending| ending == "term" || ending == "idx") {
                let mut bytes = std::fs::read(&file).expect("read");
                let end = bytes.len() - 100;
                bytes[..end].fill(0xa5);
                std::fs::write(&file, bytes).expect("written");
            }
        }
        // What the first reader gets is an error or too little; then it mends itself.
        let _ = site.reader().reads("/search?q=الميناء").await;
        indexed(site).await;
        let page = site.reader().reads("/search?q=الميناء").await.ok();
        assert!(page.text(".search-page__total").contains("40"), "{}", page.text(".search-page__total"));
    }

    async fn the_index_of_another_database_is_not_taken_for_its_own(site) {
        site.editor().publishes(about("خبر الميناء", "نص")).await;
        indexed(site).await;
        site.desk.write(|tx| Ok(warraq::store::changes::begin(tx, 4711)?)).await.expect("another history");
        indexed(site).await;
        let reached = site.desk.search.index().expect("opened").position();
        assert_eq!(reached.map(|reached| reached.log), Some(4711));
        assert_eq!(site.reader().reads("/search?q=الميناء").await.ok().all(".result__headline"), ["خبر الميناء"]);
    }

    async fn it_is_made_anew_beside_a_server_that_holds_it(site) {
        site.editor().publishes(about("خبر الميناء", "نص")).await;
        indexed(site).await;
        let mut other = site.second_desk().await;
        other.search = std::sync::Arc::new(warraq::search::Shelf::at(site.folder().join("index")));
        let wish = tokio::spawn(async move { searches::rebuild(&other, |_| {}).await });
        while !wish.is_finished() {
            // The server follows, as it does five times a second.
            indexed(site).await;
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        wish.await.expect("a task").expect("made anew");
        // Made anew by the one or by the other: the server's next look finds it.
        indexed(site).await;
        assert_eq!(site.reader().reads("/search?q=الميناء").await.ok().all(".result__headline"), ["خبر الميناء"]);
        assert!(!site.desk.search.is_requested());
    }

    async fn two_who_make_it_anew_at_once_both_come_to_an_end(site) {
        site.editor().publishes(about("خبر الميناء", "نص")).await;
        let mut wishes = Vec::new();
        for _ in 0..2 {
            let mut other = site.second_desk().await;
            other.search = std::sync::Arc::new(warraq::search::Shelf::at(site.folder().join("index")));
            wishes.push(tokio::spawn(async move {
                for _ in 0..5 {
                    searches::rebuild(&other, |_| {}).await.expect("made anew");
                }
            }));
        }
        for wish in wishes {
            let ended = tokio::time::timeout(std::time::Duration::from_secs(60), wish).await;
            ended.expect("nobody waits for the other for ever").expect("a task");
        }
        indexed(site).await;
        assert_eq!(site.reader().reads("/search?q=الميناء").await.ok().all(".result__headline"), ["خبر الميناء"]);
    }

    async fn a_search_for_somebody_s_address_is_kept_by_nobody(site) {
        site.editor().publishes(about("خبر الميناء", "نص")).await;
        indexed(site).await;
        for typed in ["reader@example.org", "reader%EF%BC%A0example.org", "0501234567"] {
            let page = site.reader().reads(&format!("/search?q={typed}")).await.ok();
            assert_eq!(page.header("cache-control"), "no-store", "{typed}");
            for old in [format!("/?s={typed}"), format!("/search?author={typed}")] {
                assert_eq!(site.reader().reads(&old).await.header("cache-control"), "no-store", "{old}");
            }
        }
        let noted = site.finds(|db| warraq::store::searches::empty(db, 10)).await;
        assert_eq!(noted, []);
    }

    async fn a_search_is_a_feed_too(site) {
        let editor = site.editor();
        editor.publishes_on("2026-01-05T10:00:00Z", about("قمح الشتاء", "نص")).await;
        editor.publishes_on("2026-02-05T10:00:00Z", about("قمح الربيع", "نص")).await;
        editor.publishes(about("خبر آخر", "نص")).await;
        indexed(site).await;
        let feed = site.reader().reads("/search/feed/?q=قمح").await.ok();
        let (spring, winter) = (feed.body().find("قمح الربيع"), feed.body().find("قمح الشتاء"));
        assert!(spring.is_some() && spring < winter, "the newest first");
        assert!(!feed.body().contains("خبر آخر"));
        assert_eq!(site.reader().reads("/search/suggestions?q=قمح").await.ok().body().matches("قمح").count(), 2);
    }

    async fn the_address_of_wordpress_leads_on(site) {
        let page = site.reader().reads("/?s=%D8%B7%D8%B1%D9%8A%D9%82+%D8%A7%D9%84%D8%AD%D8%B1%D9%8A%D8%B1").await;
        let page = page.is(301);
        assert!(page.location().starts_with("/search?q=%D8"), "{}", page.location());
    }

    async fn what_was_looked_for_in_vain_is_remembered_without_anybody_s_name(site) {
        site.editor().publishes(about("Silk museum opens", "نص")).await;
        indexed(site).await;
        let reader = site.reader();
        let page = reader.reads("/search?q=musuem").await.ok();
        assert_eq!(page.text(".search-page__nothing a"), "museum", "{}", page.body());
        reader.reads("/search?q=mona@example.org").await.ok();
        let noted = site.finds(|db| warraq::store::searches::empty(db, 10)).await;
        assert_eq!(noted.iter().map(|search| (search.words.as_str(), search.asked)).collect::<Vec<_>>(), [("musuem", 1)]);
    }
}

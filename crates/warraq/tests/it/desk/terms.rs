//! Sections, tags and people: found, or made.

use warraq::desk::terms::{person_in, section_in, tag_in};
use warraq::error::Error;
use warraq::news::section::NewTerm;
use warraq::store::{people, sections, tags};

use crate::support::editor::term;
use crate::support::on_both;

on_both! {
    async fn a_term_is_made_once(site) {
        let editor = site.editor();
        assert_eq!(editor.section("الاقتصاد").await, editor.section("الاقتصاد").await);
        assert_eq!(
            editor.tag("طريق الحرير").await,
            editor.tag("طَرِيقُ  الحرير").await,
            "harakat and spaces do not make another"
        );
        assert_eq!(editor.person("ليلى حسن").await, editor.person(" ليلى حسن ").await);
        assert_ne!(editor.tag("طريق").await, editor.tag("حرير").await);
        assert_eq!(site.finds(sections::all).await.len(), 1);
        let tag = site.finds(|db| tags::by_slug(db, "طريق-الحرير")).await.expect("a tag");
        assert_eq!(tag.name, "طريق الحرير");
        let person = site.finds(|db| people::by_slug(db, "ليلى-حسن")).await.expect("a person");
        assert_eq!(person.name, "ليلى حسن");
    }

    async fn sections_stand_under_each_other(site) {
        let editor = site.editor();
        let economy = editor.section("اقتصاد").await;
        let trade = editor.section_under("اقتصاد", "تجارة").await;
        let found = site.finds(|db| sections::by_path(db, "اقتصاد/تجارة")).await.expect("a section");
        assert_eq!((found.id, found.parent, found.slug.as_str()), (trade, Some(economy), "تجارة"));
        assert_eq!(site.finds(sections::Tree::load).await.with_ancestors(trade), [trade, economy]);
        assert_eq!(editor.section("تجارة").await, trade, "a slug that exists further down is meant");
        let orphan = NewTerm { parent: Some("لا-أحد".into()), ..term("يتيم") };
        let refused = site.desk.write(move |tx| section_in(tx, &orphan)).await;
        assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    }

    async fn a_name_without_letters_is_refused(site) {
        let refused = site.desk.write(|tx| tag_in(tx, &term("؟ ! —"))).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        let refused = site.desk.write(|tx| person_in(tx, &term(" "))).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }

    async fn a_slug_without_a_name_gives_the_name(site) {
        let id = site
            .desk
            .write(|tx| tag_in(tx, &NewTerm { slug: "silk-road".into(), ..term("") }))
            .await
            .expect("a tag");
        let tag = site.finds(|db| tags::by_slug(db, "silk-road")).await.expect("a tag");
        assert_eq!((tag.id, tag.name.as_str()), (id, "silk road"));
    }
}

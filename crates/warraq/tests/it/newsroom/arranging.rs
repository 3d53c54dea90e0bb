//! How is the publication arranged? Its front, its sections, its settings.

use warraq::news::staff::Role;

use crate::support::{on_both, story};

on_both! {
    async fn what_is_pinned_leads(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        for headline in ["الأولى", "الثانية", "الثالثة"] {
            site.passes(1);
            site.editor().publishes(story(headline)).await;
        }
        assert_eq!(site.reader().reads("/").await.ok().text(".top__lead .card__headline"), "الثالثة");
        let page = laila.opens("/newsroom/front/").await.ok();
        assert_eq!(page.count("select[name=slot]"), 5);
        laila.sends("/newsroom/front/", &[("slot", "1"), ("slot", ""), ("slot", "1")]).await.is(409);
        laila.sends("/newsroom/front/", &[("slot", "1"), ("slot", ""), ("slot", "2")]).await.is(303);
        assert_eq!(site.reader().reads("/").await.ok().text(".top__lead .card__headline"), "الأولى");
        let page = laila.opens("/newsroom/front/").await.ok();
        assert_eq!(page.attributes("option[selected]", "value"), ["1", "2"]);
        site.run_jobs().await;
    }

    async fn a_section_is_made_and_named(site) {
        let laila = site.colleague("ليلى", Role::Editor).await;
        laila.sends("/newsroom/sections/", &[("name", "اقتصاد"), ("slug", "economy")]).await.is(303);
        laila.sends("/newsroom/sections/", &[("name", "تجارة"), ("parent", "1")]).await.is(303);
        laila.sends("/newsroom/sections/", &[("name", "اقتصاد آخر"), ("slug", "economy")]).await.is(409);
        laila.sends("/newsroom/sections/", &[("name", " ")]).await.is(409);
        laila.sends("/newsroom/sections/", &[("section", "9"), ("name", "لا شيء")]).await.is(404);
        let before = site.reader().reads("/category/economy/").await.ok();
        assert_eq!(before.text("h1"), "اقتصاد");
        laila.sends("/newsroom/sections/", &[("section", "1"), ("name", "مال وأعمال"), ("position", "1")]).await.is(303);
        assert_eq!(site.reader().reads("/category/economy/").await.ok().text("h1"), "مال وأعمال");
        assert!(site.reader().reads("/").await.ok().text(".sections").contains("مال وأعمال"));
        assert_eq!(site.reader().reads("/category/economy/تجارة/").await.status, 200);
        site.run_jobs().await;
    }

    async fn the_owner_sets_the_publication_up(site) {
        let owner = site.colleague("المالك", Role::Owner).await;
        let laila = site.colleague("ليلى", Role::Editor).await;
        laila.opens("/newsroom/settings/").await.is(403);
        assert!(!laila.opens("/newsroom/").await.ok().body().contains("/newsroom/settings/"));
        owner.opens("/newsroom/settings/").await.ok();
        let mut fields = vec![
            ("title", "مجلة الصين"),
            ("tagline", "كل أسبوع"),
            ("language", "ar"),
            ("time_zone", "Africa/Cairo"),
            ("permalink", "/%postname%/"),
            ("calendar", "gregorian"),
            ("digits", "arab"),
            ("month_names", "SY"),
            ("per_page", "10"),
            ("licence", ""),
            ("max_links", "1"),
            ("close_after_days", ""),
        ];
        owner.sends("/newsroom/settings/", &fields).await.is(303);
        let front = site.reader().reads("/").await.ok();
        assert!(front.text("title").contains("مجلة الصين"));
        fields[0].1 = "";
        fields[3].1 = "Mars/Olympus";
        fields[8].1 = "1000";
        let page = owner.sends("/newsroom/settings/", &fields).await.is(422);
        assert_eq!(page.count(".field__error"), 3);
        assert_eq!(page.attribute("#time_zone", "value"), "Mars/Olympus");
        assert!(site.reader().reads("/").await.ok().text("title").contains("مجلة الصين"));
        site.run_jobs().await;
    }
}

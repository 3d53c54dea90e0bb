//! A theme stands before ours: templates, files, words.

use crate::support::{on_both, story};

on_both! {
    async fn a_template_of_the_theme_replaces_ours_and_the_others_stay(site) {
        site.has_theme_file(
            "templates/message.html",
            "{% extends 'layout.html' %}{% block main %}\
             <p class=\"mine\">{{ t('message-home') }} {{ status }}</p>{% endblock %}",
        );
        site.has_theme_file("static/theme.css", "body { color: red }");
        site.has_theme_file("static/secret.txt", "not a file for readers? It lies in static, so it is one.");
        site.editor().publishes(story("خبر")).await;
        let missing = site.reader().reads("/nothing/").await.is(404);
        assert_eq!(missing.text(".mine"), "الصفحة الأولى 404");
        let front = site.reader().reads("/").await.ok();
        let style = front
            .attributes("link[rel=stylesheet]", "href")
            .into_iter()
            .find(|href| href.starts_with("/theme/"))
            .expect("the theme's styles");
        let style = site.reader().reads(&style).await.ok();
        assert_eq!(style.body(), "body { color: red }");
        assert!(style.header("content-type").starts_with("text/css"));
        for path in ["/theme/../warraq.toml", "/theme/%2e%2e/keys/identity.key", "/theme/../templates/message.html"] {
            site.reader().reads(path).await.is(404);
        }
    }

    async fn a_theme_says_things_in_its_own_words(site) {
        site.has_theme_file("locales/ar.ftl", "send-comment = انشر رأيك\n");
        site.editor().publishes(warraq::news::article::Draft { slug: "x".into(), ..story("خبر") }).await;
        assert_eq!(site.reader().reads("/2026/03/01/x/").await.ok().text("form.form button"), "انشر رأيك");
    }
}

#[test]
fn a_broken_template_is_named_when_the_server_starts() {
    let site = crate::support::Newsroom::open(crate::support::Engine::Sqlite);
    site.has_theme_file("templates/front.html", "line one\n{% if %}");
    let opened = warraq::web::Web::open(
        site.desk.clone(),
        warraq::config::Config::default(),
        warraq::config::SiteFolder::new(site.folder()),
        false,
    );
    let error = opened.map(drop).expect_err("a broken template").to_string();
    assert!(error.contains("front.html, line 2"), "{error}");
}

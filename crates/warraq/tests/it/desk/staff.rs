//! Accounts and the publication itself.

use warraq::desk::{sites, users};
use warraq::error::Error;
use warraq::identity::PrivateEmail;
use warraq::news::staff::Role;
use warraq::store::site;

use crate::support::{on_both, plan};

fn email(text: &str) -> PrivateEmail {
    PrivateEmail::parse(text).expect("an address")
}

on_both! {
    async fn one_address_has_one_account(site) {
        let add = async |address: &str| {
            users::add(&site.desk, email(address), "سلمى", Role::Editor, Some("كلمة سر طويلة")).await
        };
        add("Salma@Example.org").await.expect("an account");
        let again = add("salma@example.ORG").await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        add("salma2@example.org").await.expect("another");
    }

    async fn a_password_is_kept_as_argon2id_only(site) {
        users::add(&site.desk, email("a@example.org"), "سلمى", Role::Owner, Some("open sesame!"))
            .await
            .expect("an account");
        let hash = site.finds(|db| db.value::<String>("SELECT password_hash FROM users", &[])).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let address = site.finds(|db| db.value::<Vec<u8>>("SELECT address FROM users", &[])).await.expect("sealed");
        assert!(!address.windows(9).any(|window| window == b"a@example"), "sealed");
        assert!(site.desk.keys.open_address(&address).is_ok());
    }

    async fn what_cannot_be_an_account_is_refused(site) {
        let check = async |name: &str, password: Option<&str>, field: &str| {
            let refused = users::add(&site.desk, email("b@example.org"), name, Role::Author, password).await;
            let Err(Error::Invalid(flaws)) = refused else { panic!("{refused:?}") };
            assert_eq!(flaws[0].field, field);
        };
        check(" \u{200f}", None, "name").await;
        check("سلمى", Some("قصيرة"), "password").await;
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM users", &[])).await, Some(0));
    }

    async fn a_publication_is_founded_once_and_can_be_changed(site) {
        let again = sites::found(&site.desk, plan()).await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        site.changes_site(|site| {
            site.tagline = "سطر آخر".into();
            site.settings.per_page = 5;
            site.settings.comments.close_after_days = Some(30);
        })
        .await;
        let found = site.finds(site::load).await.expect("a publication");
        assert_eq!((found.title.as_str(), found.tagline.as_str()), ("أخبار الصين", "سطر آخر"));
        assert_eq!((found.settings.per_page, found.settings.comments.close_after_days), (5, Some(30)));
        assert_eq!(found.time_zone_name(), "Asia/Riyadh");
    }
}

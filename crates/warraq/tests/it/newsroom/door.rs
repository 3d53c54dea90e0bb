//! Who comes in?

use warraq::desk::users;
use warraq::identity::PrivateEmail;
use warraq::news::staff::Role;

use crate::support::on_both;
use crate::support::staff::PASSWORD;

on_both! {
    async fn the_door_opens_to_address_and_password(site) {
        let email = PrivateEmail::parse("Laila@news.example").expect("an address");
        users::add(&site.desk, email, "ليلى", Role::Editor, Some(PASSWORD)).await.expect("an account");
        let reader = site.reader();
        let turned_away = reader.reads("/newsroom/articles/?list=draft").await.is(303);
        assert_eq!(turned_away.location(), "/newsroom/sign-in?next=%2Fnewsroom%2Farticles%2F%3Flist%3Ddraft");
        let door = reader.reads(turned_away.location()).await.ok();
        assert_eq!(door.attribute("input[name=next]", "value"), "/newsroom/articles/?list=draft");
        assert_eq!(door.header("cache-control"), "no-store");

        let wrong = [("email", "laila@news.example"), ("password", "something else entirely")];
        let refused = reader.sends("/newsroom/sign-in", &wrong).await.is(422);
        assert_eq!(refused.text(".notice--bad"), "البريد أو كلمة المرور غير صحيحة.");
        assert!(refused.header("set-cookie").is_empty());
        let unknown = [("email", "nobody@news.example"), ("password", PASSWORD)];
        let stranger = reader.sends("/newsroom/sign-in", &unknown).await.is(422);
        assert_eq!(stranger.text(".notice--bad"), refused.text(".notice--bad"), "known and unknown are told the same");

        let right = [("email", "laila@news.example"), ("password", PASSWORD), ("next", "/newsroom/articles/?list=draft")];
        let welcome = reader.sends("/newsroom/sign-in", &right).await.is(303);
        assert_eq!(welcome.location(), "/newsroom/articles/?list=draft");
        let cookie = welcome.header("set-cookie").to_owned();
        for part in ["__Host-warraq=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let token = cookie.split(';').next().expect("a pair").to_owned();
        let inside = reader.reads_with("/newsroom/", &[("cookie", &token)]).await.ok();
        assert!(inside.text("h1").contains("ليلى"));

        // The token is nowhere in the database, and signing out ends it.
        let value = token.strip_prefix("__Host-warraq=").expect("a value").to_owned();
        let kept = site.finds(|db| db.all("SELECT token_hash FROM sessions", &[], |row| row.get::<Vec<u8>>(0))).await;
        assert_eq!(kept.len(), 1);
        let hex: String = kept[0].iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!hex.contains(&value));
        let headers = [("cookie", token.as_str()), ("sec-fetch-site", "same-origin")];
        reader.asks("POST", "/newsroom/sign-out", &headers, "").await.is(303);
        reader.reads_with("/newsroom/", &[("cookie", &token)]).await.is(303);
    }

    async fn a_session_ends_by_itself(site) {
        let laila = site.colleague("ليلى", Role::Author).await;
        laila.opens("/newsroom/").await.ok();
        site.passes(24 * 13);
        laila.opens("/newsroom/").await.ok();
        site.passes(24 * 13);
        laila.opens("/newsroom/").await.ok();
        site.passes(24 * 15);
        laila.opens("/newsroom/").await.is(303);
        assert_eq!(laila.asks("/newsroom/").await.is(401).json()["error"], "signed-out");
        // However often it is used, it ends one day.
        let samer = site.at_work(laila.id).await;
        for _ in 0..9 {
            samer.opens("/newsroom/").await.ok();
            site.passes(24 * 10);
        }
        samer.opens("/newsroom/").await.is(303);
    }

    async fn whoever_comes_from_elsewhere_changes_nothing(site) {
        let laila = site.colleague("ليلى", Role::Owner).await;
        let opened = laila.sends("/newsroom/articles/new", &[("headline", "خبر")]).await.is(303);
        let story = opened.location().to_owned();
        let token = warraq::desk::sessions::open(&site.desk, laila.id, "").await.expect("a session");
        let cookie = format!("__Host-warraq={}", token.reveal());
        for path in [story.clone(), format!("{story}draft"), format!("{story}state"), "/newsroom/articles/new".into()] {
            for from in [&[("sec-fetch-site", "cross-site")][..], &[("origin", "https://evil.example")], &[]] {
                let mut headers = vec![("cookie", cookie.as_str())];
                headers.extend(from);
                let answer = site.reader().asks("POST", &path, &headers, "headline=x&do=publish&version=0").await;
                assert_eq!(answer.status, 403, "{path} {from:?}");
            }
        }
        let reader = site.reader().reads("/").await.ok();
        assert!(!reader.body().contains("خبر"));
    }

    async fn whoever_stands_at_the_door_sends_little(site) {
        let long = "x".repeat(17 * 1024);
        for path in ["/newsroom/sign-in", "/newsroom/password"] {
            site.reader().sends(path, &[("email", &long), ("password", "x")]).await.is(413);
        }
        let laila = site.colleague("ليلى", Role::Author).await;
        laila.sends("/newsroom/articles/new", &[("headline", "خبر"), ("body", &long)]).await.is(303);
    }
}

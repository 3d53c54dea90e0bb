//! Passkeys: added, named, taken away, shown at the door; and who does not come in with one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use warraq::desk::accounts;
use warraq::identity::passkey::Algorithm;
use warraq::news::audit::Act;
use warraq::news::staff::Role;
use warraq::store::passkeys;

use super::accounts::{Browser, code_now, comes_in, log, opens_account, secret_of, waits};
use crate::support::authenticator::{Authenticator, Signed};
use crate::support::post::outbox;
use crate::support::staff::PASSWORD;
use crate::support::{Newsroom, Page, on_both};

const OWN: &str = "/newsroom/account/passkeys";
const DOOR: &str = "/newsroom/sign-in/passkey";

fn decoded(text: &serde_json::Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().expect("a text")).expect("base64url")
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the browser shall ask the authenticator for.
async fn asked(browser: &mut Browser, name: &str) -> serde_json::Value {
    let form = [("name", name), ("present", PASSWORD)];
    browser.tells(&format!("{OWN}/challenge"), &form).await.ok().json()
}

async fn adds(browser: &mut Browser, device: &mut Authenticator, name: &str) -> Page {
    let wanted = asked(browser, name).await;
    device.handle = decoded(&wanted["user"]["id"]);
    let (client, attestation) = device.registers(&decoded(&wanted["challenge"]));
    sends_new(browser, name, &client, &attestation).await
}

async fn sends_new(browser: &mut Browser, name: &str, client: &[u8], attestation: &[u8]) -> Page {
    let (client, attestation) = (encoded(client), encoded(attestation));
    browser.sends(OWN, &[("name", name), ("client", &client), ("attestation", &attestation)]).await
}

/// What there is to sign at the door.
async fn is_asked(browser: &mut Browser) -> Vec<u8> {
    let wanted = browser.tells(&format!("{DOOR}/challenge"), &[]).await.ok().json();
    assert_eq!((&wanted["rpId"], &wanted["userVerification"]), (&"news.example".into(), &"required".into()));
    decoded(&wanted["challenge"])
}

async fn shows(browser: &mut Browser, device: &Authenticator, sent: &Signed) -> Page {
    let [credential, user, client, data, signature] =
        [&device.credential, &device.handle, &sent.client, &sent.data, &sent.signature].map(|bytes| encoded(bytes));
    let form = [
        ("credential", credential.as_str()),
        ("user", &user),
        ("client", &client),
        ("data", &data),
        ("signature", &signature),
        ("next", "/newsroom/articles/"),
    ];
    browser.sends(DOOR, &form).await
}

/// Comes to the door with a passkey alone; what the page says.
async fn comes_with(site: &Newsroom, device: &Authenticator) -> (Browser, Page) {
    let mut browser = Browser::at(site);
    let challenge = is_asked(&mut browser).await;
    let page = shows(&mut browser, device, &device.signs(&challenge)).await;
    (browser, page)
}

async fn has(site: &Newsroom, act: Act) -> usize {
    log(site).await.iter().filter(|(done, ..)| *done == act).count()
}

on_both! {
    async fn a_passkey_opens_the_door_without_a_name(site) {
        let id = opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        let mut laila = comes_in(site, "laila@news.example").await;
        let mut elsewhere = comes_in(site, "laila@news.example").await;
        let wanted = asked(&mut laila, "هاتفي").await;
        assert_eq!((&wanted["rp"]["id"], &wanted["attestation"]), (&"news.example".into(), &"none".into()));
        assert_eq!(wanted["user"]["name"], "ليلى", "a name, never an address");
        assert!(!wanted.to_string().contains("laila"), "{wanted}");
        let kinds: Vec<_> = wanted["pubKeyCredParams"].as_array().expect("kinds").iter().map(|kind| kind["alg"].as_i64()).collect();
        assert_eq!(kinds, [Some(-7), Some(-8)]);
        let selection = &wanted["authenticatorSelection"];
        assert_eq!((&selection["residentKey"], &selection["userVerification"]), (&"required".into(), &"required".into()));
        assert_eq!((decoded(&wanted["challenge"]).len(), decoded(&wanted["user"]["id"]).len()), (32, 32));

        let mut phone = Authenticator::new(Algorithm::Es256, 1);
        let codes = adds(&mut laila, &mut phone, "هاتفي").await.ok().all("ol code");
        assert_eq!(codes.len(), 10, "the first thing beside the password brings recovery codes");
        assert!(laila.is_inside().await && !elsewhere.is_inside().await, "the other sessions end");
        let mut key = Authenticator::new(Algorithm::EdDsa, 2);
        let added = adds(&mut laila, &mut key, "مفتاح").await.is(303);
        assert_eq!(added.location(), "/newsroom/account/?done=passkey");
        assert_eq!(key.handle, phone.handle, "an account is known by one handle");
        let wanted = asked(&mut laila, "ثالث").await;
        assert_eq!(wanted["excludeCredentials"].as_array().map(Vec::len), Some(2));

        for device in [&phone, &key] {
            let (mut browser, page) = comes_with(site, device).await;
            assert_eq!((page.status, page.location()), (303, "/newsroom/articles/"));
            assert!(browser.is_inside().await);
        }
        let page = laila.opens("/newsroom/account/").await.ok();
        assert_eq!(page.count("select#passkey option"), 2);
        assert!(page.body().contains("هاتفي") && page.body().contains("محفوظ على أجهزتك الأخرى"));
        let kept = site.finds(move |db| passkeys::of_user(db, id)).await;
        assert!(kept.iter().all(|passkey| passkey.used_at.is_some()), "{kept:?}");

        // The password alone is not enough any more; a recovery code stands in, and so does the passkey at the second step.
        let mut half = Browser::at(site);
        let second = half.signs_in("laila@news.example", PASSWORD).await.is(303);
        assert!(second.location().starts_with("/newsroom/sign-in/code"), "{}", second.location());
        assert!(!half.is_inside().await);
        let page = half.opens(second.location()).await.ok();
        assert_eq!(page.attribute("form[data-passkey] input[name=next]", "value"), "/newsroom/");
        half.sends("/newsroom/sign-in/code", &[("code", "123456")]).await.is(422);
        half.sends("/newsroom/sign-in/code", &[("code", &codes[0])]).await.is(303);
        assert!(half.is_inside().await);
        let mut half = Browser::at(site);
        half.signs_in("laila@news.example", PASSWORD).await.is(303);
        let challenge = is_asked(&mut half).await;
        shows(&mut half, &phone, &phone.signs(&challenge)).await.is(303);
        assert!(half.is_inside().await);
        assert_eq!(has(site, Act::PasskeyAdded).await, 2);
        site.run_jobs().await;
        let letters = outbox(site.folder());
        assert_eq!(letters.len(), 2, "a letter for each");
        assert!(letters[0].text.contains("مفتاح مرور"), "{}", letters[0].text);
    }

    async fn nothing_else_opens_the_door(site) {
        let id = opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        let mut laila = comes_in(site, "laila@news.example").await;
        let mut phone = Authenticator::new(Algorithm::Es256, 1);
        adds(&mut laila, &mut phone, "هاتفي").await.ok();
        comes_with(site, &phone).await.1.is(303);

        // A passkey that nobody knows, and one that is known and does not fit, are told the same.
        let mut stranger = Authenticator::new(Algorithm::Es256, 9);
        stranger.handle = phone.handle.clone();
        let (_, unknown) = comes_with(site, &stranger).await;
        let mut forger = Authenticator::new(Algorithm::Es256, 1);
        forger.handle = phone.handle.clone();
        let (mut browser, forged) = comes_with(site, &forger).await;
        let unknown = unknown.is(422);
        assert_eq!((unknown.body(), unknown.status), (forged.body(), forged.status));
        assert!(!browser.is_inside().await);
        assert!(forged.text(".notice--bad").contains("لم يُقبل مفتاح المرور"), "{}", forged.body());
        // Another's handle, none at all, fields that are none.
        let (right, mut none) = (phone.handle.clone(), Browser::at(site));
        for handle in [vec![7; 32], vec![]] {
            phone.handle = handle;
            assert_eq!(comes_with(site, &phone).await.1.is(422).body(), unknown.body());
        }
        phone.handle = right;
        none.sends(DOOR, &[]).await.is(422);
        none.sends(DOOR, &[("credential", "=="), ("client", "ü")]).await.is(422);

        // A question is answered once, in time, and by the browser that was asked.
        let mut browser = Browser::at(site);
        let challenge = is_asked(&mut browser).await;
        let (mut thief, mut twin) = (Browser::at(site), browser.stolen(site));
        is_asked(&mut thief).await;
        let sent = phone.signs(&challenge);
        shows(&mut thief, &phone, &sent).await.is(422);
        shows(&mut browser, &phone, &sent).await.is(303);
        shows(&mut twin, &phone, &sent).await.is(422);
        assert!(!thief.is_inside().await && !twin.is_inside().await);
        let mut browser = Browser::at(site);
        let challenge = is_asked(&mut browser).await;
        let mut wrong = phone.signs(&challenge);
        wrong.signature[9] ^= 1;
        let mut again = browser.stolen(site);
        shows(&mut browser, &phone, &wrong).await.is(422);
        shows(&mut again, &phone, &phone.signs(&challenge)).await.is(422);
        let mut late = Browser::at(site);
        let challenge = is_asked(&mut late).await;
        site.clock.set(site.clock.now() + SignedDuration::from_mins(5));
        shows(&mut late, &phone, &phone.signs(&challenge)).await.is(422);
        // What was asked of somebody who registers is no question of the door.
        let wanted = asked(&mut laila, "آخر").await;
        shows(&mut laila, &phone, &phone.signs(&decoded(&wanted["challenge"]))).await.is(422);

        // Whoever is not recognised, or on another site.
        phone.flags = 0x19;
        comes_with(site, &phone).await.1.is(422);
        phone.flags = 0x1d;
        phone.origin = "https://news-example.evil".into();
        comes_with(site, &phone).await.1.is(422);
        phone.origin = crate::support::BASE.into();

        // A counter that goes back is written down by itself.
        phone.counter = 7;
        comes_with(site, &phone).await.1.is(303);
        assert_eq!(comes_with(site, &phone).await.1.is(422).body(), unknown.body());
        assert_eq!(has(site, Act::PasskeyCopied).await, 1);
        phone.counter = 8;
        comes_with(site, &phone).await.1.is(303);
        let failed: Vec<_> = log(site).await.into_iter().filter(|(act, ..)| *act == Act::SignInFailed).collect();
        assert_eq!(failed.len(), 2, "counted, of the account and of nobody: {failed:?}");

        accounts::disable(&site.desk, id).await.expect("closed");
        phone.counter = 9;
        assert_eq!(comes_with(site, &phone).await.1.is(422).body(), unknown.body(), "a closed account is told nothing else");
        accounts::enable(&site.desk, id).await.expect("open again");
        comes_with(site, &phone).await.1.is(303);
        site.run_jobs().await;
    }

    async fn only_ones_own_browser_adds_a_passkey(site) {
        opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        opens_account(site, "samer@news.example", "سامر", Role::Editor).await;
        let mut laila = comes_in(site, "laila@news.example").await;
        let mut samer = comes_in(site, "samer@news.example").await;
        let ask = format!("{OWN}/challenge");
        let wrong = laila.tells(&ask, &[("name", "هاتفي"), ("present", "not this one")]).await.is(422).json();
        assert_eq!(wrong["errors"]["present-password"], "كلمة السر الحالية غير صحيحة.");
        laila.tells(&ask, &[("name", " "), ("present", PASSWORD)]).await.is(422);
        laila.tells(&ask, &[("name", "a@b.example"), ("present", PASSWORD)]).await.is(422);
        Browser::at(site).tells(&ask, &[("name", "x"), ("present", PASSWORD)]).await.is(401);

        let mut phone = Authenticator::new(Algorithm::Es256, 1);
        // Nothing was asked; another session was asked; it was asked twice; too late.
        let (client, attestation) = phone.registers(&[0; 32]);
        sends_new(&mut laila, "هاتفي", &client, &attestation).await.is(422);
        let wanted = asked(&mut laila, "هاتفي").await;
        let (client, attestation) = phone.registers(&decoded(&wanted["challenge"]));
        let mut second = comes_in(site, "laila@news.example").await;
        sends_new(&mut second, "هاتفي", &client, &attestation).await.is(422);
        sends_new(&mut samer, "هاتفي", &client, &attestation).await.is(422);
        asked(&mut laila, "هاتفي").await;
        sends_new(&mut laila, "هاتفي", &client, &attestation).await.is(422);
        let wanted = asked(&mut laila, "هاتفي").await;
        let (client, attestation) = phone.registers(&decoded(&wanted["challenge"]));
        site.clock.set(site.clock.now() + SignedDuration::from_mins(5));
        sends_new(&mut laila, "هاتفي", &client, &attestation).await.is(422);
        // What is refused was asked once all the same.
        let wanted = asked(&mut laila, "هاتفي").await;
        let challenge = decoded(&wanted["challenge"]);
        phone.flags = 0x19;
        let (client, attestation) = phone.registers(&challenge);
        let refused = sends_new(&mut laila, "هاتفي", &client, &attestation).await.is(422);
        assert!(refused.body().contains("لم يُقبل مفتاح المرور"));
        phone.flags = 0x1d;
        let (client, attestation) = phone.registers(&challenge);
        sends_new(&mut laila, "هاتفي", &client, &attestation).await.is(422);
        laila.sends(OWN, &[("name", "هاتفي")]).await.is(422);
        assert_eq!(has(site, Act::PasskeyAdded).await, 0);

        adds(&mut laila, &mut phone, "هاتفي").await.ok();
        // The number of a credential belongs to one account.
        let mut copy = Authenticator::new(Algorithm::Es256, 1);
        let there = adds(&mut samer, &mut copy, "منسوخ").await.is(422);
        assert!(there.body().contains("هذا المفتاح مسجّل من قبل"));
        assert_ne!(copy.handle, phone.handle);
        site.run_jobs().await;
    }

    async fn a_passkey_has_a_name_and_an_end(site) {
        let id = opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        opens_account(site, "samer@news.example", "سامر", Role::Editor).await;
        let mut laila = comes_in(site, "laila@news.example").await;
        let mut samer = comes_in(site, "samer@news.example").await;
        let (mut phone, mut key) = (Authenticator::new(Algorithm::Es256, 1), Authenticator::new(Algorithm::EdDsa, 2));
        adds(&mut laila, &mut phone, "هاتفي").await.ok();
        adds(&mut laila, &mut key, "<b>مفتاح</b>").await.is(303);
        let kept = site.finds(move |db| passkeys::of_user(db, id)).await;
        let (first, second) = (format!("{OWN}/{}", kept[0].id), kept[1].id.to_string());
        laila.sends(&first, &[("name", "")]).await.is(422);
        laila.sends(&first, &[("name", "هاتف العمل")]).await.is(303);
        samer.sends(&first, &[("name", "سُرق")]).await.is(404);
        assert_eq!(site.finds(move |db| passkeys::of_user(db, id)).await[0].name, "هاتف العمل");
        let page = laila.opens("/newsroom/account/").await.ok();
        assert!(!page.body().contains("<b>مفتاح"), "what was typed is text");

        let removal = format!("{OWN}/removal");
        samer.sends(&removal, &[("passkey", &second), ("present", PASSWORD)]).await.is(404);
        laila.sends(&removal, &[("passkey", &second), ("present", "not this one")]).await.is(422);
        let mut elsewhere = comes_with(site, &key).await.0;
        assert!(elsewhere.is_inside().await);
        laila.sends(&removal, &[("passkey", &second), ("present", PASSWORD)]).await.is(303);
        assert!(laila.is_inside().await && !elsewhere.is_inside().await, "the other sessions end");
        comes_with(site, &key).await.1.is(422);
        comes_with(site, &phone).await.1.is(303);
        let first = kept[0].id.to_string();
        laila.sends(&removal, &[("passkey", &first), ("present", PASSWORD)]).await.is(303);
        // Nothing is left: the password alone again, and no codes.
        comes_in(site, "laila@news.example").await;
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM recovery_codes", &[])).await, Some(0));
        assert_eq!((has(site, Act::PasskeyNamed).await, has(site, Act::PasskeyRemoved).await), (1, 2));
        site.run_jobs().await;
        assert_eq!(outbox(site.folder()).len(), 4, "told of each that came and went");
    }

    async fn a_passkey_is_a_second_factor(site) {
        opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        let id = opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        let mut owner = comes_in(site, "owner@news.example").await;
        let mut laila = comes_in(site, "laila@news.example").await;
        owner.sends("/newsroom/accounts/factor-rule", &[("role", "editor")]).await.is(303);
        assert_eq!(laila.opens("/newsroom/").await.is(303).location(), "/newsroom/account/");
        let mut phone = Authenticator::new(Algorithm::Es256, 1);
        adds(&mut laila, &mut phone, "هاتفي").await.ok();
        assert!(laila.is_inside().await, "the rule is satisfied");
        assert_eq!(laila.opens("/newsroom/account/").await.ok().count("[role=alert]"), 0);
        assert!(comes_with(site, &phone).await.0.is_inside().await);

        // Beside codes of a telephone: either opens, and codes stay while one of them does.
        laila.sends("/newsroom/account/factor", &[("present", PASSWORD)]).await.is(303);
        let secret = secret_of(&laila.opens("/newsroom/account/factor").await.ok());
        laila.sends("/newsroom/account/factor/code", &[("code", &code_now(site, &secret))]).await.ok();
        assert!(comes_with(site, &phone).await.0.is_inside().await);
        waits(site);
        let mut half = Browser::at(site);
        half.signs_in("laila@news.example", PASSWORD).await.is(303);
        half.sends("/newsroom/sign-in/code", &[("code", &code_now(site, &secret))]).await.is(303);
        assert!(half.is_inside().await);
        laila.sends("/newsroom/account/factor/removal", &[("present", PASSWORD)]).await.is(303);
        assert!(laila.is_inside().await, "the passkey satisfies the rule");
        laila.sends("/newsroom/account/factor/codes", &[("present", PASSWORD)]).await.ok();
        assert!(laila.opens("/newsroom/account/").await.ok().body().contains("بقيت 10 رموز"));
        let mut half = Browser::at(site);
        assert!(half.signs_in("laila@news.example", PASSWORD).await.is(303).location().contains("/code"));

        // Who lost everything asks an owner.
        let account = format!("/newsroom/accounts/{id}/");
        assert!(owner.opens(&account).await.ok().count("form[action$=factor]") == 1);
        owner.sends(&format!("{account}factor"), &[]).await.is(303);
        assert!(!laila.is_inside().await, "all sessions end");
        comes_with(site, &phone).await.1.is(422);
        let mut laila = Browser::at(site);
        assert_eq!(laila.signs_in("laila@news.example", PASSWORD).await.is(303).location(), "/newsroom/");
        assert_eq!(laila.opens("/newsroom/").await.is(303).location(), "/newsroom/account/", "the rule asks again");
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM passkeys", &[])).await, Some(0));
        site.run_jobs().await;
    }

    async fn the_door_asks_so_often_and_no_more(site) {
        let mut browser = Browser::at(site);
        for _ in 0..20 {
            is_asked(&mut browser).await;
        }
        browser.tells(&format!("{DOOR}/challenge"), &[]).await.is(429);
        let waiting = || site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM passkey_challenges", &[]));
        assert_eq!(waiting().await, Some(20));
        site.passes(1);
        is_asked(&mut Browser::at(site)).await;
        assert_eq!(waiting().await, Some(1), "what nobody answers is forgotten");
        let page = site.reader().reads("/newsroom/sign-in").await.ok();
        assert_eq!(page.attribute("form[data-passkey]", "data-passkey"), format!("{DOOR}/challenge"));
        site.reader().reads(&format!("{DOOR}/challenge")).await.is(405);
    }
}

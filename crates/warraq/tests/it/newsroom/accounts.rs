//! Accounts: how one comes in, what one may do with one's own, what an owner does with those of others, and the log.

use std::sync::atomic::{AtomicU8, Ordering};

use jiff::SignedDuration;
use warraq::desk::{accounts, invitations, sessions, users};
use warraq::identity::{PrivateEmail, totp};
use warraq::news::UserId;
use warraq::news::audit::Act;
use warraq::news::staff::Role;
use warraq::store::audit::{self, Filter};

use crate::support::post::outbox;
use crate::support::staff::PASSWORD;
use crate::support::{Newsroom, Page, Reader, on_both, story};

const NEW: &str = "a quite different one";

/// A browser at the door: what it was given at the door it brings along.
pub(super) struct Browser {
    reader: Reader,
    cookies: Vec<(String, String)>,
}

impl Browser {
    pub(super) fn at(site: &Newsroom) -> Self {
        // Each from a network of its own: how often one may try is told elsewhere.
        static NETWORKS: AtomicU8 = AtomicU8::new(0);
        let network = NETWORKS.fetch_add(1, Ordering::Relaxed);
        Self { reader: site.reader_at(&format!("198.18.{network}.7:4711")), cookies: Vec::new() }
    }

    async fn goes(&mut self, method: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        self.goes_as(method, path, fields, "text/html").await
    }

    /// As the script of a page sends.
    pub(super) async fn tells(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.goes_as("POST", path, fields, "application/json").await
    }

    /// Somebody who took what this one was given.
    pub(super) fn stolen(&self, site: &Newsroom) -> Self {
        Self { cookies: self.cookies.clone(), ..Self::at(site) }
    }

    async fn goes_as(&mut self, method: &str, path: &str, fields: &[(&str, &str)], accept: &str) -> Page {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let cookie = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("accept", accept)];
        let page = self.reader.asks(method, path, &headers, &form.finish()).await;
        for set in page.headers.get_all("set-cookie") {
            let pair = set.to_str().expect("a text").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        page
    }

    pub(super) async fn opens(&mut self, path: &str) -> Page {
        self.goes("GET", path, &[]).await
    }

    pub(super) async fn sends(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.goes("POST", path, fields).await
    }

    pub(super) async fn signs_in(&mut self, email: &str, password: &str) -> Page {
        self.sends("/newsroom/sign-in", &[("email", email), ("password", password)]).await
    }

    pub(super) async fn is_inside(&mut self) -> bool {
        self.opens("/newsroom/").await.status == 200
    }
}

/// An account with a password.
pub(super) async fn opens_account(site: &Newsroom, email: &str, name: &str, role: Role) -> UserId {
    let email = PrivateEmail::parse(email).expect("an address");
    users::add(&site.desk, email, name, role, Some(PASSWORD)).await.expect("an account")
}

/// Somebody at work, who came in by the door.
pub(super) async fn comes_in(site: &Newsroom, email: &str) -> Browser {
    let mut browser = Browser::at(site);
    assert_eq!(browser.signs_in(email, PASSWORD).await.status, 303);
    assert!(browser.is_inside().await);
    browser
}

pub(super) async fn log(site: &Newsroom) -> Vec<(Act, Option<UserId>, i64)> {
    let rows = site.finds(|db| audit::page(db, &Filter::ALL, None, 1_000)).await;
    rows.into_iter().map(|entry| (entry.act, entry.user, entry.times)).collect()
}

async fn has_done(site: &Newsroom, act: Act) -> bool {
    log(site).await.iter().any(|(done, ..)| *done == act)
}

/// The secret that a page shows, as an authenticator program reads it.
pub(super) fn secret_of(page: &Page) -> Vec<u8> {
    let letters = page.text("code");
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in letters.bytes().filter(|letter| *letter != b' ') {
        let value = if letter.is_ascii_uppercase() { letter - b'A' } else { letter - b'2' + 26 };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    assert_eq!(bytes.len(), totp::SECRET_BYTES, "{letters}");
    bytes
}

pub(super) fn code_now(site: &Newsroom, secret: &[u8]) -> String {
    totp::code(secret, totp::step_of(site.now()))
}

/// Half a minute later.
pub(super) fn waits(site: &Newsroom) {
    site.clock.set(site.clock.now() + SignedDuration::from_secs(30));
}

on_both! {
    async fn the_first_account_is_made_by_the_link_of_the_console(site) {
        let old = invitations::first_link(&site.desk).await.expect("a link").expect("no account yet");
        let link = invitations::first_link(&site.desk).await.expect("a link").expect("no account yet");
        let (old, path) = (invitations::first_path(&old), invitations::first_path(&link));
        let mut browser = Browser::at(site);
        browser.opens(&old).await.is(404);
        let page = browser.opens(&path).await.ok();
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        let short = [("name", "ليلى"), ("email", "laila@news.example"), ("password", "short")];
        let page = browser.sends(&path, &short).await.is(422);
        assert_eq!(page.attribute("#name", "value"), "ليلى", "what was typed stays");
        assert!(page.body().contains("كلمة السر قصيرة"));
        browser.sends(&path, &[("name", "ليلى"), ("email", "x"), ("password", PASSWORD)]).await.is(422);
        let right = [("name", "ليلى"), ("email", "laila@news.example"), ("password", PASSWORD)];
        browser.sends(&path, &right).await.is(303);
        assert!(browser.opens("/newsroom/accounts/").await.ok().body().contains("ليلى"), "an owner, signed in");
        Browser::at(site).opens(&path).await.is(404);
        Browser::at(site).sends(&path, &right).await.is(404);
        assert!(invitations::first_link(&site.desk).await.expect("a look").is_none());
        assert!(has_done(site, Act::SetUp).await);
    }

    async fn who_is_invited_chooses_name_and_password(site) {
        let (here, _) = (site.editor().section("هنا").await, site.editor().section("هناك").await);
        opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        let mut owner = comes_in(site, "owner@news.example").await;
        let section = here.0.to_string();
        let form = [
            ("name", "سلمى"),
            ("email", "canary@inbox.example"),
            ("role", "author"),
            ("section", section.as_str()),
            ("language", "en"),
        ];
        let nonsense = [("name", "سلمى"), ("email", "canary"), ("role", "author")];
        assert_eq!(owner.sends("/newsroom/accounts/invitations", &nonsense).await.is(422).attribute("#email", "value"), "canary");
        let elsewhere = [("name", "سلمى"), ("email", "c@inbox.example"), ("role", "author"), ("section", "99")];
        owner.sends("/newsroom/accounts/invitations", &elsewhere).await.is(422);
        owner.sends("/newsroom/accounts/invitations", &form).await.is(303);
        let list = owner.opens("/newsroom/accounts/?done=invited").await.ok();
        assert!(list.body().contains("سلمى") && !list.body().contains("canary"), "the address is shown to nobody");
        site.run_jobs().await;
        let first = outbox(site.folder()).pop().expect("a letter");
        assert!(first.html.contains("dir=\"ltr\"") && first.text.contains("المالكة invites you"), "{}", first.text);

        // Asked again, the earlier letter is worth nothing.
        owner.sends("/newsroom/accounts/invitations", &form).await.is(303);
        site.run_jobs().await;
        let path = outbox(site.folder()).iter().map(|letter| letter.path()).find(|path| *path != first.path());
        let path = path.expect("another link");
        let mut guest = Browser::at(site);
        guest.opens(&first.path()).await.is(404);
        for _ in 0..2 {
            let page = guest.opens(&path).await.ok();
            assert_eq!(page.attribute("#name", "value"), "سلمى", "opening uses nothing up");
        }
        guest.sends(&path, &[("name", "a@b.example"), ("password", PASSWORD)]).await.is(422);
        guest.sends(&path, &[("name", "سلمى حسن"), ("password", PASSWORD)]).await.is(303);
        assert!(guest.is_inside().await, "signed in at once");
        Browser::at(site).opens(&path).await.is(404);
        Browser::at(site).sends(&path, &[("name", "x"), ("password", PASSWORD)]).await.is(404);
        let accounts = site.finds(|db| warraq::store::accounts::list(db, UserId(0), 10)).await;
        let new = accounts.last().expect("an account");
        assert_eq!((new.name.as_str(), new.role, new.sections.as_slice()), ("سلمى حسن", Role::Author, &[here][..]));
        assert_eq!(new.language, "en");
        comes_in(site, "canary@inbox.example").await;
        let taken = [("name", "س"), ("email", "Canary@inbox.example"), ("role", "owner")];
        owner.sends("/newsroom/accounts/invitations", &taken).await.is(422);
    }

    async fn an_invitation_ends_after_a_week_or_when_it_is_taken_back(site) {
        opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        for name in ["one", "two"] {
            let guest = super::letters::guest(&format!("{name}@inbox.example"));
            invitations::invite(&site.desk, guest).await.expect("invited");
        }
        site.run_jobs().await;
        let paths: Vec<String> = outbox(site.folder()).iter().map(|letter| letter.path()).collect();
        let mut owner = comes_in(site, "owner@news.example").await;
        let action = owner.opens("/newsroom/accounts/").await.ok().attribute("form[action$=withdrawal]", "action");
        owner.sends(&action, &[]).await.is(303);
        let mut open = 0;
        for path in &paths {
            open += usize::from(Browser::at(site).opens(path).await.status == 200);
        }
        assert_eq!(open, 1, "one was taken back");
        site.passes(7 * 24);
        for path in &paths {
            Browser::at(site).opens(path).await.is(404);
            Browser::at(site).sends(path, &[("name", "x"), ("password", PASSWORD)]).await.is(404);
        }
        site.run_jobs().await;
        let left = site.finds(|db| warraq::store::invitations::all(db, 9)).await;
        assert!(left.is_empty(), "the address of somebody who did not answer is not kept");
    }

    async fn a_forgotten_password_is_replaced_by_letter(site) {
        let id = opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        let mut laila = comes_in(site, "laila@news.example").await;
        let mut stranger = Browser::at(site);
        let known = stranger.sends("/newsroom/password", &[("email", "Laila@news.example")]).await.ok();
        let unknown = stranger.sends("/newsroom/password", &[("email", "nobody@news.example")]).await.ok();
        assert_eq!(known.body(), unknown.body(), "the answer tells nobody who works here");
        stranger.sends("/newsroom/password", &[("email", "x")]).await.is(422);
        site.run_jobs().await;
        let letters = outbox(site.folder());
        assert_eq!(letters.len(), 1, "one account, one letter");
        assert_eq!(letters[0].to, "Laila@news.example");
        let path = letters[0].path();
        // Asked again at once, nothing more is sent.
        stranger.sends("/newsroom/password", &[("email", "laila@news.example")]).await.ok();
        site.run_jobs().await;
        assert_eq!(outbox(site.folder()).len(), 1);

        stranger.opens(&path).await.ok();
        stranger.sends(&path, &[("password", "short")]).await.is(422);
        assert!(laila.is_inside().await);
        stranger.sends(&path, &[("password", NEW)]).await.is(303);
        assert!(!laila.is_inside().await, "every session ends");
        Browser::at(site).sends(&path, &[("password", PASSWORD)]).await.is(404);
        assert_eq!(Browser::at(site).signs_in("laila@news.example", PASSWORD).await.status, 422);
        assert_eq!(Browser::at(site).signs_in("laila@news.example", NEW).await.status, 303);
        site.run_jobs().await;
        assert_eq!(outbox(site.folder()).len(), 2, "she is told");

        // A link is over after an hour, and those of closed accounts are none.
        site.passes(2);
        stranger.sends("/newsroom/password", &[("email", "laila@news.example")]).await.ok();
        site.run_jobs().await;
        let paths = || outbox(site.folder()).iter().map(|letter| letter.path()).collect::<Vec<_>>();
        let second = paths().into_iter().find(|other| other.starts_with("/newsroom/password/") && *other != path);
        site.passes(1);
        Browser::at(site).opens(&second.expect("a link")).await.is(404);
        opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        accounts::disable(&site.desk, id).await.expect("closed");
        let before = paths().len();
        stranger.sends("/newsroom/password", &[("email", "laila@news.example")]).await.ok();
        site.run_jobs().await;
        assert_eq!(paths().len(), before);
    }

    async fn a_code_is_asked_for_after_the_password(site) {
        opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        let mut laila = comes_in(site, "laila@news.example").await;
        let mut elsewhere = comes_in(site, "laila@news.example").await;
        laila.sends("/newsroom/account/factor", &[("present", "wrong password")]).await.is(422);
        laila.sends("/newsroom/account/factor", &[("present", PASSWORD)]).await.is(303);
        let page = laila.opens("/newsroom/account/factor").await.ok();
        assert_eq!(page.count("svg.qr"), 1);
        let secret = secret_of(&page);
        let kept = site.finds(|db| db.value::<Vec<u8>>("SELECT secret FROM factors", &[])).await.expect("a secret");
        assert!(!kept.windows(20).any(|window| window == secret), "sealed");
        // Not confirmed, nothing is asked for.
        comes_in(site, "laila@news.example").await;
        laila.sends("/newsroom/account/factor/code", &[("code", "000000")]).await.is(422);
        let shown = laila.sends("/newsroom/account/factor/code", &[("code", &code_now(site, &secret))]).await.ok();
        let codes = shown.all("ol code");
        assert_eq!(codes.len(), 10);
        assert!(laila.is_inside().await && !elsewhere.is_inside().await, "the other sessions end");

        let mut browser = Browser::at(site);
        let half = browser.signs_in("laila@news.example", PASSWORD).await.is(303);
        assert!(half.location().starts_with("/newsroom/sign-in/code"), "{}", half.location());
        assert!(!browser.is_inside().await, "the password alone opens nothing");
        browser.sends("/newsroom/sign-in/code", &[("code", &code_now(site, &secret))]).await.is(422);
        assert!(!browser.is_inside().await, "a code is taken once");
        waits(site);
        browser.sends("/newsroom/sign-in/code", &[("code", &code_now(site, &secret))]).await.is(303);
        assert!(browser.is_inside().await);

        // A recovery code, once.
        for (expected, inside) in [(303, true), (422, false)] {
            let mut lost = Browser::at(site);
            lost.signs_in("laila@news.example", PASSWORD).await.is(303);
            lost.sends("/newsroom/sign-in/code", &[("code", &codes[3].to_lowercase())]).await.is(expected);
            assert_eq!(lost.is_inside().await, inside);
        }
        assert!(laila.opens("/newsroom/account/").await.ok().body().contains("بقيت 9 رموز"));

        // Five wrong ones, and the password is asked for again.
        let mut guesser = Browser::at(site);
        guesser.signs_in("laila@news.example", PASSWORD).await.is(303);
        for expected in [422, 422, 422, 422, 303] {
            guesser.sends("/newsroom/sign-in/code", &[("code", "123456")]).await.is(expected);
        }
        waits(site);
        guesser.sends("/newsroom/sign-in/code", &[("code", &code_now(site, &secret))]).await.is(303);
        assert!(!guesser.is_inside().await, "the first half is over");
        let log = log(site).await;
        for act in [Act::FactorAdded, Act::CodeUsed, Act::SignInFailed] {
            assert!(log.iter().any(|(done, ..)| *done == act), "{act:?}");
        }
        laila.sends("/newsroom/account/factor/removal", &[("present", PASSWORD)]).await.is(303);
        comes_in(site, "laila@news.example").await;
        site.run_jobs().await;
        assert_eq!(outbox(site.folder()).len(), 2, "told of the factor, and of its end");
    }

    async fn a_role_may_be_asked_for_a_second_factor(site) {
        opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        let mut owner = comes_in(site, "owner@news.example").await;
        let mut laila = comes_in(site, "laila@news.example").await;
        owner.sends("/newsroom/accounts/factor-rule", &[("role", "editor")]).await.is(303);
        assert_eq!(laila.opens("/newsroom/").await.is(303).location(), "/newsroom/account/");
        laila.sends("/newsroom/articles/new", &[("headline", "خبر")]).await.is(303);
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM articles", &[])).await, Some(0));
        assert_eq!(laila.opens("/newsroom/account/").await.ok().count("[role=alert]"), 1);
        laila.sends("/newsroom/account/factor", &[("present", PASSWORD)]).await.is(303);
        let secret = secret_of(&laila.opens("/newsroom/account/factor").await.ok());
        laila.sends("/newsroom/account/factor/code", &[("code", &code_now(site, &secret))]).await.ok();
        assert!(laila.is_inside().await);
        assert!(owner.is_inside().await, "others are not asked");
        site.run_jobs().await;
    }

    async fn what_changes_about_an_account_ends_its_sessions(site) {
        let boss = opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        let id = opens_account(site, "laila@news.example", "ليلى", Role::Editor).await;
        let mut owner = comes_in(site, "owner@news.example").await;
        let account = format!("/newsroom/accounts/{id}/");

        let (mut laila, mut second) = (comes_in(site, "laila@news.example").await, comes_in(site, "laila@news.example").await);
        let wrong = [("present", "not this one"), ("password", NEW)];
        laila.sends("/newsroom/account/password", &wrong).await.is(422);
        laila.sends("/newsroom/account/password", &[("present", PASSWORD), ("password", NEW)]).await.is(303);
        assert!(laila.is_inside().await && !second.is_inside().await);
        laila.sends("/newsroom/account/password", &[("present", NEW), ("password", PASSWORD)]).await.is(303);

        owner.sends(&account, &[("role", "editor")]).await.is(303);
        assert!(laila.is_inside().await, "nothing changed, nobody is sent away");
        owner.sends(&account, &[("role", "author")]).await.is(303);
        assert!(!laila.is_inside().await);

        let mut laila = comes_in(site, "laila@news.example").await;
        second = comes_in(site, "laila@news.example").await;
        let sessions = laila.opens("/newsroom/account/").await.ok();
        assert_eq!(sessions.count("input[name=session]"), 1, "not for the session that asks");
        let other = sessions.attribute("input[name=session]", "value");
        laila.sends("/newsroom/account/sessions", &[("session", &other)]).await.is(303);
        assert!(laila.is_inside().await && !second.is_inside().await);
        let own = owner.opens("/newsroom/account/").await.ok().attribute("input[name=session]", "value");
        assert_eq!(own, "", "one session alone");
        let theirs = site.finds(move |db| warraq::store::sessions::of_user(db, boss)).await;
        let hex: String = theirs[0].token_hash.iter().map(|byte| format!("{byte:02x}")).collect();
        laila.sends("/newsroom/account/sessions", &[("session", &hex)]).await.is(404);
        assert!(owner.is_inside().await, "nobody ends the session of a colleague");
        owner.sends(&format!("{account}sessions"), &[]).await.is(303);
        assert!(!laila.is_inside().await);

        let mut laila = comes_in(site, "laila@news.example").await;
        owner.sends(&format!("{account}state"), &[("state", "disabled")]).await.is(303);
        assert!(!laila.is_inside().await);
        assert_eq!(Browser::at(site).signs_in("laila@news.example", PASSWORD).await.status, 422);
        owner.sends(&format!("{account}state"), &[("state", "enabled")]).await.is(303);
        comes_in(site, "laila@news.example").await;
        site.run_jobs().await;
    }

    async fn a_publication_keeps_an_owner(site) {
        let id = opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        // Another owner who cannot sign in is none.
        site.hires_as("mute", "بلا كلمة سر", Role::Owner).await;
        let mut owner = comes_in(site, "owner@news.example").await;
        let account = format!("/newsroom/accounts/{id}/");
        let refused = owner.sends(&account, &[("role", "editor")]).await.is(422);
        assert!(refused.body().contains("لا بد للموقع من مالك"), "{}", refused.body());
        owner.sends(&format!("{account}state"), &[("state", "disabled")]).await.is(422);
        assert!(owner.is_inside().await);
        opens_account(site, "second@news.example", "مالك آخر", Role::Owner).await;
        owner.sends(&account, &[("role", "editor")]).await.is(303);
        assert!(!owner.is_inside().await);
    }

    async fn an_account_has_a_name_a_language_and_a_byline(site) {
        site.editor().person("ليلى حسن").await;
        let id = opens_account(site, "laila@news.example", "ليلى", Role::Owner).await;
        let mut laila = comes_in(site, "laila@news.example").await;
        laila.sends("/newsroom/account/", &[("name", " "), ("language", "")]).await.is(422);
        laila.sends("/newsroom/account/", &[("name", "ليلى"), ("language", "xx")]).await.is(422);
        laila.sends("/newsroom/account/", &[("name", "Laila"), ("language", "en")]).await.is(303);
        let page = laila.opens("/newsroom/account/?done=account").await.ok();
        assert_eq!((page.attribute("html", "lang"), page.text("h1")), ("en".into(), "Your account".into()));
        assert_eq!(laila.opens("/newsroom/account/?done=%3Cscript%3E").await.ok().count("[role=status]"), 0);
        let account = format!("/newsroom/accounts/{id}/");
        laila.sends(&account, &[("role", "owner"), ("person", "nobody")]).await.is(422);
        let slug = site.finds(|db| db.value::<String>("SELECT slug FROM people", &[])).await.expect("a person");
        laila.sends(&account, &[("role", "owner"), ("person", &slug)]).await.is(303);
        assert_eq!(laila.opens(&account).await.ok().attribute("#person", "value"), slug);
        assert!(has_done(site, Act::PersonLinked).await);
    }

    async fn the_log_tells_who_did_what_and_no_address(site) {
        let id = opens_account(site, "canary-owner@news.example", "=1+1", Role::Owner).await;
        for _ in 0..3 {
            assert_eq!(Browser::at(site).signs_in("canary-owner@news.example", "wrong password").await.status, 422);
            assert_eq!(Browser::at(site).signs_in("canary-nobody@news.example", "wrong password").await.status, 422);
        }
        let mut owner = comes_in(site, "canary-owner@news.example").await;
        let article = site.editor().publishes(story("خبر")).await;
        site.editor().withdraws(article, "شكوى من canary-reader@inbox.example").await;
        let rows = log(site).await;
        let failed: Vec<_> = rows.iter().filter(|(act, ..)| *act == Act::SignInFailed).collect();
        assert_eq!(failed.len(), 2, "counted, not listed: {failed:?}");
        assert!(failed.contains(&&(Act::SignInFailed, Some(id), 3)) && failed.contains(&&(Act::SignInFailed, None, 3)));
        assert!(rows.contains(&(Act::Published, None, 1)) && rows.contains(&(Act::Withdrawn, None, 1)), "{rows:?}");
        let all = site
            .finds(|db| db.all("SELECT details || ' ' || origin || ' ' || act FROM audit", &[], |row| row.get::<String>(0)))
            .await
            .join("\n");
        assert!(!all.contains("canary"), "{all}");

        let page = owner.opens("/newsroom/audit/").await.ok();
        assert!(page.body().contains("أخفق في الدخول") && page.body().contains("3 مرات"), "{}", page.body());
        assert!(!page.body().contains("canary"));
        let narrowed = owner.opens(&format!("/newsroom/audit/?person={id}&act=signed-in&day=2026-03-01")).await.ok();
        assert_eq!(narrowed.count("tbody tr"), 1);
        assert_eq!(owner.opens("/newsroom/audit/?day=2026-02-28").await.ok().count("tbody tr"), 0);
        assert_eq!(owner.opens("/newsroom/audit/?act=nonsense").await.ok().count("tbody tr"), rows.len());
        owner.opens("/newsroom/audit/file").await.is(405);
        let file = owner.sends("/newsroom/audit/file", &[("act", "signed-in")]).await.ok();
        assert!(file.header("content-disposition").contains("audit.csv"));
        assert!(file.body().contains("\"'=1+1\""), "a formula is defused: {}", file.body());
        assert!(has_done(site, Act::AuditExported).await);
    }

    async fn the_log_goes_on_page_by_page(site) {
        let id = opens_account(site, "owner@news.example", "المالكة", Role::Owner).await;
        for _ in 0..120 {
            sessions::open(&site.desk, id, "").await.expect("a session");
        }
        let mut owner = comes_in(site, "owner@news.example").await;
        let (mut seen, mut path) = (0, "/newsroom/audit/?act=signed-in".to_owned());
        while !path.is_empty() {
            let page = owner.opens(&path).await.ok();
            seen += page.count("tbody tr");
            path = page.attribute(".pager a", "href");
        }
        assert_eq!(seen, 121);
    }
}

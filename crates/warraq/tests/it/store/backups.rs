//! Copies: complete, checked, and the same on the other engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use warraq::news::UserId;
use warraq::news::article::CorrectionKind;
use warraq::news::incoming::{Keepsake, MissingFile, MissingLead, Original};
use warraq::news::likeness::Likeness;
use warraq::news::plan::Plan;
use warraq::news::wire::{Rule, SourceFields, State};
use warraq::store::passkeys::NewPasskey;
use warraq::store::wire_stories::{self, NewStory};
use warraq::store::{
    BackupError, Location, Row, Store, StoreError, factors, links, old_files, own_links, passkeys, plans, restore,
    wire_sources, wires,
};

use crate::support::{Editor, Engine, Newsroom, plan, story};

/// Every table with everything in it, each row as one text, in the order of these texts.
pub(crate) async fn dump(store: &Store) -> Vec<(&'static str, Vec<String>)> {
    const TABLES: [(&str, &str); 50] = [
        ("site", "SELECT * FROM site"),
        ("counters", "SELECT * FROM counters"),
        ("sections", "SELECT * FROM sections"),
        ("tags", "SELECT * FROM tags"),
        ("people", "SELECT * FROM people"),
        ("users", "SELECT * FROM users"),
        ("sessions", "SELECT * FROM sessions"),
        ("user_sections", "SELECT * FROM user_sections"),
        ("invitations", "SELECT * FROM invitations"),
        ("own_links", "SELECT * FROM own_links"),
        ("links", "SELECT * FROM links"),
        ("factors", "SELECT * FROM factors"),
        ("recovery_codes", "SELECT * FROM recovery_codes"),
        ("half_sessions", "SELECT * FROM half_sessions"),
        ("passkeys", "SELECT * FROM passkeys"),
        ("passkey_challenges", "SELECT * FROM passkey_challenges"),
        ("audit", "SELECT * FROM audit"),
        ("media", "SELECT * FROM media"),
        ("articles", "SELECT * FROM articles"),
        ("bodies", "SELECT * FROM bodies"),
        ("slugs", "SELECT * FROM slugs"),
        ("article_sections", "SELECT * FROM article_sections"),
        ("article_tags", "SELECT * FROM article_tags"),
        ("bylines", "SELECT * FROM bylines"),
        ("revisions", "SELECT * FROM revisions"),
        ("corrections", "SELECT * FROM corrections"),
        ("listings", "SELECT * FROM listings"),
        ("listing_counts", "SELECT * FROM listing_counts"),
        ("front_slots", "SELECT * FROM front_slots"),
        ("comments", "SELECT * FROM comments"),
        ("gone_comments", "SELECT * FROM gone_comments"),
        ("comment_acts", "SELECT * FROM comment_acts"),
        ("bans", "SELECT * FROM bans"),
        ("address_views", "SELECT * FROM address_views"),
        ("media_words", "SELECT * FROM media_words"),
        ("media_uses", "SELECT * FROM media_uses"),
        ("changes", "SELECT * FROM changes"),
        ("pulses", "SELECT * FROM pulses"),
        ("empty_searches", "SELECT * FROM empty_searches"),
        ("old_addresses", "SELECT * FROM old_addresses"),
        ("originals", "SELECT * FROM originals"),
        ("old_files", "SELECT * FROM old_files"),
        ("missing_files", "SELECT * FROM missing_files"),
        ("plans", "SELECT * FROM plans"),
        ("wires", "SELECT * FROM wires"),
        ("wire_bands", "SELECT * FROM wire_bands"),
        ("wire_sources", "SELECT * FROM wire_sources"),
        ("wire_stories", "SELECT * FROM wire_stories"),
        ("wire_story_bands", "SELECT * FROM wire_story_bands"),
        ("jobs", "SELECT * FROM jobs"),
    ];
    let look = |db: &mut warraq::store::Db<'_>| {
        let mut found = Vec::new();
        for (name, sql) in TABLES {
            let mut rows = db.all(sql, &[], |row| Ok(cells(row)))?;
            rows.sort();
            found.push((name, rows));
        }
        Ok::<_, StoreError>(found)
    };
    store.read(look).await.expect("a read")
}

fn cells(row: &Row<'_>) -> String {
    let count = match row {
        Row::Sqlite(row) => row.as_ref().column_count(),
        Row::Postgres(row) => row.len(),
    };
    let mut text = String::new();
    for column in 0..count {
        let cell = if let Ok(value) = row.get::<Option<i64>>(column) {
            format!("{value:?}")
        } else if let Ok(value) = row.get::<Option<String>>(column) {
            format!("{value:?}")
        } else {
            format!("{:?}", row.get::<Option<Vec<u8>>>(column).expect("a number, a text or bytes"))
        };
        text.push_str(&cell);
        text.push('\u{1f}');
    }
    text
}

/// A bit of everything.
async fn fill(site: &Newsroom) {
    warraq::desk::sites::found(&site.desk, plan()).await.expect("a publication");
    site.publishes_every_comment().await;
    let editor = site.editor();
    editor.section("اقتصاد").await;
    let trade = editor.section_under("اقتصاد", "تجارة").await;
    let (tag, person) = (editor.tag("طريق الحرير").await, editor.person("ليلى حسن").await);
    let first = editor
        .publishes_on(
            "2026-02-01T08:00:00Z",
            warraq::news::article::Draft {
                sections: vec![trade],
                tags: vec![tag],
                bylines: vec![(person, warraq::news::people::BylineRole::Writer)],
                ..story("قمة في بكين")
            },
        )
        .await;
    let twin = editor
        .publishes(warraq::news::article::Draft { translation_of: Some(first), ..story("A summit in Beijing") })
        .await;
    editor.revises(twin, story("A summit, revised")).await;
    let draft = editor.drafts(story("مسودة")).await;
    editor.schedules(draft, "2026-03-05T06:00:00Z").await.expect("scheduled");
    let gone = editor.publishes(story("خبر سيُسحب")).await;
    editor.withdraws(gone, "خطأ في المصدر").await;
    warraq::desk::articles::correct(&site.desk, first, CorrectionKind::Correction, "صُحِّح الاسم")
        .await
        .expect("corrected");
    warraq::desk::fronts::arrange(&site.desk, vec![(1, twin)]).await.expect("arranged");
    let email = warraq::identity::PrivateEmail::parse("Editor@Example.org").expect("an address");
    warraq::desk::users::add(&site.desk, email, "المحرر", warraq::news::staff::Role::Owner, None)
        .await
        .expect("an account");
    let guest = warraq::desk::invitations::Guest {
        email: warraq::identity::PrivateEmail::parse("guest@example.org").expect("an address"),
        name: "ضيف".into(),
        role: warraq::news::staff::Role::Author,
        sections: vec![trade],
        language: String::new(),
    };
    warraq::desk::invitations::invite(&site.desk, guest).await.expect("invited");
    warraq::desk::accounts::change_role(&site.desk, UserId(1), warraq::news::staff::Role::Owner, vec![trade])
        .await
        .expect("sections");
    warraq::desk::sessions::open(&site.desk, UserId(1), "Browser").await.expect("a session");
    site.desk
        .write(|tx| {
            links::keep(tx, &[1; 32], UserId(1), 1, i64::MAX)?;
            own_links::keep(tx, &[2; 32], &[3; 32], 1, i64::MAX)?;
            factors::begin(tx, UserId(1), &[2; 40], 3)?;
            factors::keep_codes(tx, UserId(1), &[[4; 32], [5; 32]])?;
            let passkey = NewPasskey {
                user: UserId(1),
                credential: &[9; 16],
                algorithm: -8,
                public_key: &[10; 32],
                counter: u32::MAX.into(),
                backup_eligible: true,
                backed_up: true,
                name: "مفتاح",
            };
            passkeys::handle(tx, UserId(1), &[11; 32])?;
            passkeys::add(tx, &passkey, 12)?;
            passkeys::ask(tx, &[13; 32], None, &[14; 32], 15, 16)?;
            Ok(factors::begin_half(tx, &[6; 32], UserId(1), 7, 8)?)
        })
        .await
        .expect("kept");
    for number in 0..3 {
        let fields = warraq::news::comment::CommentFields {
            author: format!("قارئ {number}"),
            email: format!("reader{number}@example.org"),
            comment: format!("رأيي رقم {number} 'مع' \"علامات\" \\ وأسطر\nأخرى"),
            comment_parent: if number == 2 { "1".into() } else { String::new() },
            ..Default::default()
        };
        let new = warraq::news::comment::NewComment::parse(first, &fields).expect("a comment");
        warraq::desk::comments::submit(&site.desk, new, "203.0.113.9".parse().expect("an address"))
            .await
            .expect("taken");
    }
    let colleague = UserId(1);
    let one = warraq::news::CommentId(1);
    warraq::desk::comments::hide(&site.desk, one, "خارج الموضوع").await.expect("hidden");
    warraq::desk::comments::approve(&site.desk, one).await.expect("shown again");
    warraq::desk::comments::reveal(&site.desk, one, colleague).await.expect("seen");
    let kind = warraq::news::comment::BanKind::Address;
    warraq::desk::comments::ban(&site.desk, one, kind, "إعلانات", Some(colleague)).await.expect("banned");
    let picture = crate::desk::media::picture(900, 600);
    let media = warraq::desk::media::take_in(&site.desk, picture, "ميناء", "ورّاق").await.expect("a picture");
    let lead = warraq::news::article::Lead { media, alt: String::new(), caption: String::new(), credit: String::new() };
    editor.drafts(warraq::news::article::Draft { lead: Some(lead), ..story("مادة بصورة") }).await;
    warraq::desk::searches::note_empty(&site.desk, "الحرير").await.expect("noted");
    let leads_to = warraq::store::old_addresses::LeadsTo::Article(first);
    warraq::desk::imports::keep_address(&site.desk, "/?attachment_id=7", leads_to).await.expect("kept");
    let original = Original { kind: "wordpress-post".into(), content: "<item/>".into() };
    let receipt = warraq::desk::imports::Receipt::new("copies");
    let kept = Keepsake { line: 1, guid: "g".into(), name: "n".into(), counted_as: "other", original };
    warraq::desk::imports::keep_originals(&site.desk, vec![kept], receipt).await.expect("kept");
    let missing = MissingFile {
        url: "https://old.example/wp-content/uploads/ship.jpg".into(),
        lead: Some(MissingLead { alt: "سفينة".into(), ..MissingLead::default() }),
    };
    let words: String = (0..40).map(|number| format!("كلمة{number} ")).collect();
    let likeness = Likeness::of(&words).expect("long enough");
    site.desk
        .write(move |tx| Ok(wires::keep(tx, first, &likeness, jiff::Timestamp::UNIX_EPOCH, None)?))
        .await
        .expect("kept");
    let end = "2027-01-01T00:00:00Z".parse().ok();
    let plan = Plan { planned_on: Some(jiff::civil::date(2026, 3, 20)), embargo_at: end, expires_at: end };
    site.desk.write(move |tx| Ok(plans::keep(tx, first, &plan)?)).await.expect("kept");
    let content = wire_stories::Content {
        hash: &[7],
        address: "https://wire.example/1",
        headline: "خبر",
        standfirst: "",
        excerpt: "",
        body: "<p>نص</p>",
        bylines: "",
        licence: "",
        language: "ar",
        at: jiff::Timestamp::UNIX_EPOCH,
        likeness: None,
        words: Some(12),
    };
    let fields = SourceFields {
        name: "وكالة".into(),
        address: "https://wire.example/feed".into(),
        licence: "CC BY 4.0".into(),
        section: None,
        language: None,
        rule: Rule::Hold,
        minutes: 15,
    };
    let now = site.now();
    let keep = move |tx: &mut warraq::store::Tx<'_>| {
        let source = wire_sources::add(tx, &fields, now)?;
        let state = State::New;
        let story = NewStory {
            source,
            guid: "urn:1",
            content,
            repeats: None,
            state,
            article: None,
            let_out: true,
            same_as: Some(first),
        };
        wire_stories::add(tx, &story, now)
    };
    site.desk.write(move |tx| Ok(keep(tx)?)).await.expect("a wire story");
    // As an import leaves it where numbers were taken: an answer with a smaller number than what it answers.
    let answers = "UPDATE comments SET parent_id = 3 WHERE id = 2";
    site.desk.write(move |tx| Ok(tx.execute(answers, &[])?)).await.expect("moved");
    let gone = "INSERT INTO gone_comments (guid) VALUES ('urn:gone')";
    site.desk.write(move |tx| Ok(tx.execute(gone, &[])?)).await.expect("gone");
    site.desk.write(move |tx| Ok(old_files::set_missing(tx, first, &[missing])?)).await.expect("noted");
    site.run_jobs().await;
}

async fn sealed_address(site: &Newsroom) -> Vec<u8> {
    site.finds(|db| warraq::store::comments::sealed_samples(db, 1)).await.pop().expect("a sealed address")
}

/// Fill a site on one engine, copy it, restore it on the other: every table must be the same, and both must go on.
fn check(from: Engine, to: Engine) {
    let site = Newsroom::open(from);
    let empty = Newsroom::open(to);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        fill(&site).await;
        let copy = site.folder().join("copy.db");
        let backup = site.desk.store.copy_to(&copy).await.expect("a copy");
        let before = dump(&site.desk.store).await;
        assert_eq!(backup.rows, before.iter().map(|(_, rows)| rows.len() as i64).sum::<i64>());
        assert!(before.iter().all(|(name, rows)| !rows.is_empty() || panic!("the story fills no {name}")));
        // A SQLite site is restored beside the one that was opened to have a folder.
        let target = match empty.location() {
            Location::Sqlite(_) => Location::Sqlite(empty.folder().join("restored.db")),
            postgres => postgres.clone(),
        };
        let log = site.finds(warraq::store::changes::log).await;
        let restored = tokio::task::spawn_blocking(move || {
            restore(&copy, &target, log).expect("restored");
            Store::open(&target, 1).expect("opened")
        })
        .await
        .expect("a thread");
        for ((name, before), (_, after)) in before.iter().zip(&dump(&restored).await) {
            assert_eq!(before, after, "{name}");
        }
        // The keys of the old site open what the new one holds.
        let sealed = restored
            .read(|db| warraq::store::comments::sealed_samples(db, 1))
            .await
            .expect("a read")
            .pop()
            .expect("an address");
        assert_eq!(sealed, sealed_address(&site).await);
        site.desk.keys.open_address(&sealed).expect("opens");
        let desk = warraq::desk::Desk { store: restored, ..site.desk.clone() };
        let next = Editor { desk: &desk }.publishes(story("خبر بعد الاستعادة")).await;
        assert_eq!(next.0, 6, "numbers go on where they were");
    });
}

#[test]
fn sqlite_to_sqlite() {
    check(Engine::Sqlite, Engine::Sqlite);
}

#[test]
fn sqlite_to_postgres() {
    check(Engine::Sqlite, Engine::Postgres);
}

#[test]
fn postgres_to_sqlite() {
    check(Engine::Postgres, Engine::Sqlite);
}

#[test]
fn postgres_to_postgres() {
    check(Engine::Postgres, Engine::Postgres);
}

/// What cannot be a good copy is refused, and a database with something in it is not written over.
#[test]
fn bad_copies_and_taken_places_are_refused() {
    let site = Newsroom::open(Engine::Sqlite);
    let taken = Newsroom::open(Engine::Postgres);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let copy = site.folder().join("copy.db");
    runtime.block_on(async {
        fill(&site).await;
        warraq::desk::sites::found(&taken.desk, plan()).await.expect("a publication");
        site.desk.store.copy_to(&copy).await.expect("a copy");
    });
    let refused = restore(&copy, taken.location(), 1);
    assert!(matches!(refused, Err(BackupError::NotEmpty(_))), "{refused:?}");
    let refused = restore(&copy, site.location(), 1);
    assert!(matches!(refused, Err(BackupError::NotEmpty(_))), "{refused:?}");

    let whole = std::fs::read(&copy).expect("read");
    let broken = site.folder().join("broken.db");
    let target = Location::Sqlite(site.folder().join("elsewhere.db"));
    for keep in [0, 100, whole.len() / 2] {
        std::fs::write(&broken, &whole[..keep]).expect("written");
        assert!(restore(&broken, &target, 1).is_err(), "a copy cut after {keep} bytes");
        assert!(!site.folder().join("elsewhere.db").exists(), "nothing was written");
    }
    assert!(restore(&site.folder().join("nothing.db"), &target, 1).is_err());
}

/// A copy is made while others write: it holds together, and nobody waits for it.
#[test]
fn a_copy_is_made_while_readers_comment() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let site = Newsroom::open(engine);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            fill(&site).await;
            // More than SQLite copies in one step.
            let long = "كلمة ".repeat(1_000_000);
            let big = "INSERT INTO people (id, slug, name, bio) VALUES (999, 'long', 'long', $1)";
            site.desk.write(move |tx| Ok(tx.execute(big, &[(&long).into()])?)).await.expect("written");
            let (store, done) = (site.desk.store.clone(), Arc::new(AtomicBool::new(false)));
            let is_done = Arc::clone(&done);
            // Nobody pauses until the copies are there.
            let writing = tokio::spawn(async move {
                for number in 0_i64.. {
                    if is_done.load(Ordering::Relaxed) {
                        return number;
                    }
                    store
                        .write(move |tx| {
                            tx.execute(
                                "INSERT INTO people (id, slug, name) VALUES ($1, $2, $2)",
                                &[(1000 + number).into(), (&format!("p{number}")).into()],
                            )
                        })
                        .await
                        .expect("written");
                }
                0
            });
            for number in 0..3 {
                let copy = site.folder().join(format!("copy-{number}.db"));
                site.desk.store.copy_to(&copy).await.expect("a good copy");
            }
            done.store(true, Ordering::Relaxed);
            assert!(writing.await.expect("all written") > 0);
        });
    }
}

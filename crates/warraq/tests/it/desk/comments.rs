//! Comments: judged, kept once, counted, decided about, forgotten in time.

use warraq::desk::comments::{self as verbs, Outcome, submit};
use warraq::error::Error;
use warraq::news::article::Draft;
use warraq::news::comment::{CommentFields, NewComment, Status};
use warraq::news::moderation::Reason;
use warraq::news::{ArticleId, CommentId};
use warraq::store::{articles, comments, health};

use crate::support::{Newsroom, on_both, story};

/// What a reader types; every field can be said otherwise.
fn words(text: &str) -> CommentFields {
    CommentFields {
        author: "قارئة".into(),
        email: "reader@example.org".into(),
        comment: text.into(),
        ..Default::default()
    }
}

async fn send(site: &Newsroom, article: ArticleId, fields: CommentFields) -> Outcome {
    send_from(site, article, fields, "203.0.113.9").await
}

async fn send_from(site: &Newsroom, article: ArticleId, fields: CommentFields, from: &str) -> Outcome {
    let new = NewComment::parse(article, &fields).expect("a comment");
    submit(&site.desk, new, from.parse().expect("an address")).await.expect("an outcome")
}

async fn count(site: &Newsroom, article: ArticleId) -> i64 {
    assert_eq!(site.finds(health::wrong_counts).await, 0);
    site.finds(move |db| db.value::<i64>("SELECT comment_count FROM articles WHERE id = $1", &[article.0.into()]))
        .await
        .expect("a number")
}

fn id(outcome: Outcome) -> CommentId {
    match outcome {
        Outcome::Published(id) | Outcome::Held(id) => id,
        Outcome::Refused(reason) => panic!("refused: {reason:?}"),
    }
}

async fn reason(site: &Newsroom, outcome: Outcome) -> Reason {
    let Outcome::Held(id) = outcome else { panic!("{outcome:?}") };
    let cases = site.finds(|db| comments::cases(db, Status::Held, CommentId(i64::MAX), 100)).await;
    cases.into_iter().find(|case| case.comment.id == id).expect("it waits").reason.expect("a reason")
}

async fn shown(site: &Newsroom, article: ArticleId) -> Vec<(i64, Option<i64>, i64)> {
    let found = site.finds(move |db| comments::of_article(db, article, CommentId(0), CommentId(i64::MAX))).await;
    found.iter().map(|comment| (comment.id.0, comment.parent.map(|parent| parent.0), comment.thread.0)).collect()
}

on_both! {
    async fn the_first_from_an_address_waits_and_the_next_does_not(site) {
        let article = site.editor().publishes(story("خبر")).await;
        let first = send(site, article, words("أول رأي")).await;
        assert_eq!(reason(site, first).await, Reason::FirstComment);
        assert_eq!((count(site, article).await, shown(site, article).await.len()), (0, 0));
        assert_eq!(
            reason(site, send(site, article, words("رأي ثان")).await).await,
            Reason::FirstComment,
            "nobody has read the first yet"
        );
        site.editor().approves(id(first)).await;
        assert_eq!(count(site, article).await, 1);
        // The same person, typed otherwise.
        let known =
            send(site, article, CommentFields { email: "READER@Example.ORG".into(), ..words("رأي ثالث") }).await;
        assert!(matches!(known, Outcome::Published(_)), "{known:?}");
        let stranger =
            send(site, article, CommentFields { email: "reader2@example.org".into(), ..words("رأي رابع") }).await;
        assert!(matches!(stranger, Outcome::Held(_)), "{stranger:?}");
        assert_eq!(count(site, article).await, 2);
    }

    async fn each_rule_has_its_reason(site) {
        let editor = site.editor();
        let article = editor.publishes(story("خبر")).await;
        site.publishes_every_comment().await;
        let email = warraq::identity::PrivateEmail::parse("staff@example.org").expect("an address");
        warraq::desk::users::add(&site.desk, email, "هيئة التحرير", warraq::news::staff::Role::Editor, None)
            .await
            .expect("an account");
        let held = async |fields: CommentFields, expected: Reason| {
            let outcome = send(site, article, fields).await;
            assert_eq!(reason(site, outcome).await, expected);
        };
        held(words("https://a.example https://b.example https://c.example"), Reason::Links).await;
        held(CommentFields { seconds_open: "1".into(), ..words("كتبته في ثانية") }, Reason::TooFast).await;
        held(words("كـازيـنو هنا"), Reason::BlockedWord).await;
        held(CommentFields { author: "هيئة الـتحـرير".into(), ..words("بيان رسمي") }, Reason::StaffName).await;
        let refused = async |fields: CommentFields, expected: Reason| {
            assert_eq!(send(site, article, fields).await, Outcome::Refused(expected));
        };
        refused(CommentFields { website_confirm: "x".into(), ..words("آلة") }, Reason::Honeypot).await;
        assert!(matches!(send(site, article, words("رأي")).await, Outcome::Published(_)));
        refused(CommentFields { email: "else@example.org".into(), ..words("رَأْيٌ") }, Reason::Duplicate).await;
        site.changes_site(|site| site.settings.comments.hold_all = true).await;
        held(words("كل شيء ينتظر"), Reason::HoldAll).await;
        site.changes_site(|site| site.settings.comments.max_recent = 3).await;
        refused(words("واحد بعد الآخر"), Reason::Throttled).await;
        let elsewhere = send_from(site, article, words("من شبكة أخرى"), "192.0.2.1").await;
        assert!(matches!(elsewhere, Outcome::Held(_)), "{elsewhere:?}");
        site.passes(1);
        assert!(matches!(send(site, article, words("بعد ساعة")).await, Outcome::Held(_)));
    }

    async fn a_closed_discussion_takes_nothing(site) {
        let editor = site.editor();
        let closed = editor.publishes(Draft { comments_open: false, ..story("مغلق") }).await;
        assert_eq!(send(site, closed, words("رأي")).await, Outcome::Refused(Reason::Closed));
        site.changes_site(|site| site.settings.comments.close_after_days = Some(14)).await;
        let old = editor.publishes_on("2026-02-15T10:00:00Z", story("قديم")).await;
        assert!(matches!(send(site, old, words("في الوقت")).await, Outcome::Held(_)), "an hour is left of fourteen days");
        site.passes(1);
        assert_eq!(send(site, old, words("فات الوقت")).await, Outcome::Refused(Reason::Closed));
        let draft = editor.drafts(story("مسودة")).await;
        let new = NewComment::parse(draft, &words("رأي")).expect("a comment");
        let nobody = submit(&site.desk, new, "203.0.113.9".parse().expect("an address")).await;
        assert!(matches!(nobody, Err(Error::NotFound(_))), "{nobody:?}");
    }

    async fn sent_twice_it_is_kept_once_and_the_first_answer_stands(site) {
        let article = site.editor().publishes(story("خبر")).await;
        site.publishes_every_comment().await;
        let first = send(site, article, words("رأي مرتين")).await;
        assert_eq!(send(site, article, words("رأي مرتين")).await, first);
        assert_eq!(send(site, article, words("  رأي مرتين\r\n")).await, first, "the same to the eye");
        assert_eq!(count(site, article).await, 1);
        // A double click: both at once.
        let twice: Vec<_> = (0..6)
            .map(|_| {
                let desk = site.desk.clone();
                let new = NewComment::parse(article, &words("نقرتان")).expect("a comment");
                tokio::spawn(async move {
                    submit(&desk, new, "203.0.113.9".parse().expect("an address")).await.expect("an outcome")
                })
            })
            .collect();
        let mut outcomes = Vec::new();
        for one in twice {
            outcomes.push(one.await.expect("a task"));
        }
        assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]), "{outcomes:?}");
        assert_eq!(count(site, article).await, 2);
        site.passes(25);
        assert_ne!(send(site, article, words("رأي مرتين")).await, first, "the next day it may be said again");
    }

    async fn the_same_words_under_another_article_are_a_repetition(site) {
        let editor = site.editor();
        let (one, two) = (editor.publishes(story("أول")).await, editor.publishes(story("ثان")).await);
        site.publishes_every_comment().await;
        send(site, one, words("نص يتكرر")).await;
        assert_eq!(send(site, two, words("نص يتكرر")).await, Outcome::Refused(Reason::Duplicate));
        assert_eq!(count(site, two).await, 0);
    }

    async fn answers_stand_in_the_thread_of_what_they_answer(site) {
        let editor = site.editor();
        let (article, other) = (editor.publishes(story("أول")).await, editor.publishes(story("ثان")).await);
        site.publishes_every_comment().await;
        let answer = |parent: i64, text: &str| CommentFields { comment_parent: parent.to_string(), ..words(text) };
        let one = id(send(site, article, words("واحد")).await).0;
        let two = id(send(site, article, words("اثنان")).await).0;
        let three = id(send(site, article, answer(one, "جواب")).await).0;
        let four = id(send(site, article, answer(three, "جواب الجواب")).await).0;
        let five = id(send(site, article, answer(0, "لا أحد")).await).0;
        let six = id(send(site, article, answer(4711, "من لا وجود له")).await).0;
        let elsewhere = id(send(site, other, answer(one, "تحت مادة أخرى")).await).0;
        let expected = [
            (one, None, one),
            (three, Some(one), one),
            (four, Some(three), one),
            (two, None, two),
            (five, None, five),
            (six, None, six),
        ];
        assert_eq!(shown(site, article).await, expected);
        assert_eq!(shown(site, other).await, [(elsewhere, None, elsewhere)], "nobody is moved under another article");
        assert_eq!(site.finds(move |db| comments::threads(db, article)).await.len(), 4);
        // Without its parent an answer stays, in its place.
        verbs::hide(&site.desk, CommentId(one), "").await.expect("hidden");
        assert_eq!(shown(site, article).await[0], (three, Some(one), one));
        assert_eq!(count(site, article).await, 5);
    }

    async fn deciding_twice_is_deciding_once(site) {
        let article = site.editor().publishes(story("خبر")).await;
        let comment = id(send(site, article, words("رأي")).await);
        let check = async |expected: (Status, i64)| {
            let standing = site.finds(move |db| comments::standing(db, comment)).await.expect("a comment").0;
            assert_eq!((standing, count(site, article).await), expected);
        };
        for _ in 0..2 {
            verbs::approve(&site.desk, comment).await.expect("approved");
            check((Status::Published, 1)).await;
        }
        for _ in 0..2 {
            verbs::hide(&site.desk, comment, "مكرر").await.expect("hidden");
            check((Status::Hidden, 0)).await;
        }
        for _ in 0..2 {
            verbs::mark_as_spam(&site.desk, comment).await.expect("spam");
            check((Status::Spam, 0)).await;
        }
        verbs::approve(&site.desk, comment).await.expect("a mistake was put right");
        check((Status::Published, 1)).await;
        let nobody = verbs::approve(&site.desk, CommentId(99)).await;
        assert!(matches!(nobody, Err(Error::NotFound(_))), "{nobody:?}");
    }

    async fn what_waits_is_listed_newest_first_and_page_by_page(site) {
        let article = site.editor().publishes(story("خبر")).await;
        for number in 0..5 {
            send(site, article, words(&format!("رأي {number}"))).await;
        }
        let page = async |before: i64| {
            let cases = site.finds(move |db| comments::cases(db, Status::Held, CommentId(before), 2)).await;
            cases.iter().map(|case| (case.comment.id.0, case.text.clone(), case.headline.clone())).collect::<Vec<_>>()
        };
        let first = page(i64::MAX).await;
        assert_eq!(first.iter().map(|case| case.0).collect::<Vec<_>>(), [5, 4]);
        assert_eq!((first[0].1.as_str(), first[0].2.as_str()), ("رأي 4", "خبر"));
        assert_eq!(page(4).await.iter().map(|case| case.0).collect::<Vec<_>>(), [3, 2]);
        assert_eq!(page(1).await, []);
    }

    async fn addresses_are_sealed_and_erased_when_their_time_is_over(site) {
        let article = site.editor().publishes(story("خبر")).await;
        send(site, article, words("قديم")).await;
        site.passes(24 * 20);
        send(site, article, words("جديد")).await;
        let kept = async || {
            let addresses = site
                .finds(|db| {
                    db.value::<i64>(
                        "SELECT COUNT(*) FROM comments WHERE address IS NOT NULL AND address_index IS NOT NULL",
                        &[],
                    )
                })
                .await;
            let networks = site
                .finds(|db| {
                    db.value::<i64>(
                        "SELECT COUNT(*) FROM comments WHERE network IS NOT NULL AND network_index IS NOT NULL",
                        &[],
                    )
                })
                .await;
            (addresses.unwrap_or(0), networks.unwrap_or(0))
        };
        let sealed = site.finds(|db| comments::sealed_samples(db, 1)).await;
        assert!(!sealed[0].windows(6).any(|window| window == b"reader"));
        assert!(site.desk.keys.open_address(&sealed[0]).is_ok());
        site.passes(24 * 11);
        site.run_jobs().await;
        assert_eq!(kept().await, (2, 1), "thirty days for a network address");
        site.passes(24 * 340);
        site.run_jobs().await;
        assert_eq!(kept().await, (1, 0), "a year for an e-mail address");
        site.passes(24 * 30);
        assert_eq!(verbs::forget_private_data(&site.desk).await.expect("forgotten"), (1, 0));
        assert_eq!(kept().await, (0, 0));
        assert_eq!(
            site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM comments", &[])).await,
            Some(2),
            "the comments stay"
        );
    }

    async fn what_a_reader_types_is_never_markup(site) {
        let article = site.editor().publishes(story("خبر")).await;
        site.publishes_every_comment().await;
        send(site, article, words("<script>alert(1)</script>\n\n<b>غامق</b> https://example.org/x?a=1&b=2")).await;
        let html = site.finds(move |db| comments::newest_of(db, article, 1)).await[0].html.as_str().to_owned();
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        assert!(html.contains("nofollow ugc"), "{html}");
        assert!(html.contains("dir=\"auto\""), "{html}");
    }

    async fn comments_of_what_is_withdrawn_are_not_shown_anywhere(site) {
        let editor = site.editor();
        let article = editor.publishes(story("خبر")).await;
        site.publishes_every_comment().await;
        send(site, article, words("رأي")).await;
        assert_eq!(site.finds(|db| comments::newest(db, 10)).await.len(), 1);
        editor.withdraws(article, "").await;
        assert_eq!(site.finds(|db| comments::newest(db, 10)).await.len(), 0);
        assert!(site.finds(move |db| articles::by_id(db, article)).await.is_none());
    }
}

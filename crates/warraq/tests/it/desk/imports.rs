//! What comes in from elsewhere: once, again, changed, changed here too.

use serde_json::json;
use warraq::desk::imports::{self, Receipt, Tally};
use warraq::desk::terms;
use warraq::error::Error;
use warraq::intake::json_lines;
use warraq::news::article::{Lead, Status};
use warraq::store::{StoreError, articles, comments, health, tags};

use crate::support::{Newsroom, moment, on_both, story};

fn understand(line: &str, number: usize) -> Result<json_lines::Line, String> {
    json_lines::read(line, number, "urn:test", &jiff::tz::TimeZone::UTC)
}

/// Take lines in as the command does, in batches of `step`.
async fn take(site: &Newsroom, lines: &[String], publish: bool, step: usize) -> Receipt {
    let mut receipt = Receipt::new("test");
    for (batch, lines) in lines.chunks(step).enumerate() {
        let mut incoming = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let number = batch * step + place + 1;
            match understand(line, number) {
                Ok(line) => incoming.push(line.incoming),
                Err(complaint) => {
                    receipt.add("post", imports::Fate::Refused);
                    receipt.warn(number, "", "line", complaint);
                }
            }
        }
        let batch = imports::prepare(&site.desk, incoming);
        receipt = imports::apply(&site.desk, batch, publish, receipt).await.expect("a receipt");
    }
    adds_up(&receipt);
    receipt
}

#[track_caller]
fn adds_up(receipt: &Receipt) {
    let sums = |tally: &Tally| {
        assert_eq!(tally.imported + tally.changed + tally.unchanged + tally.refused, tally.items, "{receipt:?}");
    };
    sums(&receipt.total);
    receipt.by_type.values().for_each(sums);
    assert_eq!(receipt.by_type.values().map(|tally| tally.items).sum::<u64>(), receipt.total.items);
}

/// imported, changed, unchanged, refused
fn numbers(receipt: &Receipt, kind: &str) -> [u64; 4] {
    receipt.by_type.get(kind).map_or([0; 4], |tally| [tally.imported, tally.changed, tally.unchanged, tally.refused])
}

fn codes(receipt: &Receipt) -> Vec<&str> {
    receipt.warnings.iter().map(|warning| warning.code).collect()
}

fn lines(count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| {
            let comment = |place: usize| {
                json!({
                    "id": number * 100 + place,
                    "parent": if place > 0 { number * 100 + place - 1 } else { 0 },
                    "author": "قارئ",
                    "email": format!("reader{place}@example.org"),
                    "ip": format!("203.0.113.{place}"),
                    "date": format!("2025-03-02T10:0{place}:00Z"),
                    "text": format!("رأي {number}.{place}"),
                })
            };
            let article = json!({
                "id": number,
                "title": format!("خبر {number}"),
                "date": format!("2025-03-01T0{}:00:00Z", number % 10),
                "author": { "login": "leila", "name": "ليلى" },
                "categories": [{ "name": format!("قسم {}", number % 3), "slug": "" }],
                "tags": [{ "name": format!("وسم {}", number % 5) }],
                "paragraphs": [format!("فقرة {number}"), "أخرى"],
                "comments": (0..number % 4).map(comment).collect::<Vec<_>>(),
            });
            article.to_string()
        })
        .collect()
}

on_both! {
    async fn twice_the_same_changes_nothing(site) {
        let lines = lines(12);
        let first = take(site, &lines, true, 5).await;
        assert_eq!(numbers(&first, "post"), [12, 0, 0, 0]);
        assert_eq!(numbers(&first, "comment"), [18, 0, 0, 0]);
        assert_eq!(
            (numbers(&first, "category"), numbers(&first, "tag"), numbers(&first, "author")),
            ([3, 0, 0, 0], [5, 0, 0, 0], [1, 0, 0, 0])
        );
        assert!(first.warnings.is_empty(), "{:?}", first.warnings);
        let before = crate::store::dump(&site.desk.store).await;
        site.passes(5);
        let second = take(site, &lines, true, 7).await;
        assert_eq!(second.total.unchanged, second.total.items);
        assert_eq!(second.total.items, first.total.items, "the same things are counted");
        assert_eq!(crate::store::dump(&site.desk.store).await, before, "not a row is different");
        assert_eq!(site.finds(health::wrong_counts).await, 0);
    }

    async fn two_tags_that_became_one_are_not_taken_for_a_change(site) {
        let lines = lines(6);
        take(site, &lines, true, 5).await;
        let of = |name: &'static str| site.finds(move |db| tags::by_slug(db, name));
        let (one, other) = (of("وسم-1").await.expect("a tag").id, of("وسم-2").await.expect("a tag").id);
        terms::join_tags(&site.desk, one, other).await.expect("joined");
        for has_followed in [false, true] {
            let again = take(site, &lines, true, 5).await;
            assert_eq!(numbers(&again, "post"), [0, 0, 6, 0], "{has_followed}: {:?}", again.warnings);
            site.run_jobs().await;
        }
        let after = site.finds(move |db| tags::by_slug(db, "وسم-1")).await.expect("a tag");
        assert_eq!(after.id, other, "it is not made anew");
    }

    async fn addresses_that_would_be_erased_at_once_do_not_come_in(site) {
        let comment = |id: i64, date: &str| {
            json!({ "id": id, "author": "قارئ", "email": "reader@example.org", "ip": "203.0.113.7", "date": date, "text": format!("رأي {id}") })
        };
        let comments = [
            comment(1, "2026-02-20T00:00:00Z"),
            comment(2, "2025-12-01T00:00:00Z"),
            comment(3, "2024-12-01T00:00:00Z"),
        ];
        let line = json!({ "id": 1, "title": "خبر", "date": "2024-11-30T00:00:00Z", "paragraphs": ["نص"], "comments": comments });
        take(site, &[line.to_string()], true, 5).await;
        let kept = site.finds(|db| {
            db.all("SELECT id, address_index, network_index FROM comments ORDER BY id", &[], |row| {
                let is_kept = |column| Ok::<_, StoreError>(row.get::<Option<Vec<u8>>>(column)?.is_some());
                Ok((row.get::<i64>(0)?, is_kept(1)?, is_kept(2)?))
            })
        });
        let kept = kept.await;
        assert_eq!(kept, [(1, true, true), (2, true, false), (3, false, false)], "a year and thirty days");
        let erased = warraq::desk::comments::forget_private_data(&site.desk).await.expect("forgotten");
        assert_eq!(erased, (0, 0), "nothing is left to erase");
    }

    async fn everything_comes_along(site) {
        let line = json!({
            "id": 77,
            "guid": "https://old.example/?p=77",
            "kind": "wire",
            "language": "en",
            "title": "A port",
            "kicker": "Trade",
            "excerpt": "Why it matters",
            "slug": "old-port",
            "date": "2020-10-22T18:00:00Z",
            "bylines": [{ "name": "Leila", "role": "translator", "bio": "Writes." }],
            "categories": [{ "name": "Trade", "slug": "trade" }],
            "body": "<p>One</p><script>x</script>",
            "source": { "name": "Agency", "url": "https://agency.example/1", "licence": "ok" },
            "corrections": [{ "kind": "update", "date": "2020-10-23", "note": "Added a figure" }],
            "comments_open": false,
            "slot": 2,
            "comments": [
                {
                    "id": 5,
                    "author": "",
                    "email": "not an address",
                    "date": "2020-10-24",
                    "text": "Well",
                },
            ],
        })
        .to_string();
        let understood = understand(&line, 1).expect("a line");
        assert_eq!(understood.oddities.len(), 1);
        let receipt = take(site, std::slice::from_ref(&line), true, 10).await;
        assert_eq!(numbers(&receipt, "post"), [1, 0, 0, 0]);
        let article =
            site.finds(|db| articles::published(db, warraq::news::ArticleId(77), &[])).await.expect("its old number");
        let summary = &article.summary;
        assert_eq!(
            (summary.guid.as_str(), summary.slug.as_str(), summary.language.as_str()),
            ("https://old.example/?p=77", "old-port", "en")
        );
        assert_eq!(summary.published_at, moment("2020-10-22T18:00:00Z"));
        assert_eq!(
            (summary.kicker.as_str(), summary.standfirst.as_str(), summary.source.name.as_str()),
            ("Trade", "Why it matters", "Agency")
        );
        assert_eq!(article.body.as_str(), "<p>One</p>");
        assert_eq!(article.corrections[0].note, "Added a figure");
        assert_eq!(summary.bylines[0].person.bio, "Writes.");
        assert!(!summary.comments_open);
        let comments = site.finds(|db| comments::newest(db, 5)).await;
        assert_eq!((comments[0].author.as_str(), summary.comment_count), ("—", 1));
        assert_eq!(receipt.slots(), [(2, warraq::news::ArticleId(77))]);
        assert_eq!(
            site.editor().publishes(story("بعده")).await.0,
            78,
            "numbers go on after those that were brought along"
        );
    }

    async fn what_changed_there_is_changed_here(site) {
        let before = lines(3);
        take(site, &before, true, 10).await;
        let mut after = before.clone();
        after[1] = after[1].replace("فقرة 2", "فقرة أخرى");
        let receipt = take(site, &after, true, 10).await;
        assert_eq!(numbers(&receipt, "post"), [0, 1, 2, 0]);
        let body = site.finds(|db| articles::body(db, warraq::news::ArticleId(2))).await.expect("published");
        assert!(body.as_str().contains("فقرة أخرى"), "{body:?}");
        let record = site.finds(|db| articles::record(db, warraq::news::ArticleId(2))).await.expect("there");
        assert_eq!(record.published_at, Some(moment("2025-03-01T02:00:00Z")), "its date stays");
        assert_eq!(numbers(&take(site, &after, true, 10).await, "post"), [0, 0, 3, 0]);
    }

    async fn what_was_changed_here_is_not_written_over(site) {
        let before = lines(2);
        take(site, &before, true, 10).await;
        let id = warraq::news::ArticleId(2);
        site.editor().revises(id, story("عنوان المحرر")).await;
        site.editor().publishes_again(id).await;
        // The source says what it said: nothing to do.
        assert_eq!(numbers(&take(site, &before, true, 10).await, "post"), [0, 0, 2, 0]);
        let mut after = before.clone();
        after[1] = after[1].replace("فقرة 2", "فقرة أخرى");
        let receipt = take(site, &after, true, 10).await;
        assert_eq!(numbers(&receipt, "post"), [0, 0, 1, 1]);
        assert_eq!(codes(&receipt), ["edited-here"]);
        assert_eq!(receipt.warnings[0].line, 2);
        let headline = site.finds(move |db| articles::by_id(db, id)).await.expect("published").headline.clone();
        assert_eq!(headline, "عنوان المحرر");
    }

    async fn without_publish_they_are_drafts(site) {
        take(site, &lines(2), false, 10).await;
        let record = site.finds(|db| articles::record(db, warraq::news::ArticleId(1))).await.expect("there");
        assert_eq!((record.status, record.published_at), (Status::Draft, None));
        assert_eq!(numbers(&take(site, &lines(2), false, 10).await, "post"), [0, 0, 2, 0]);
    }

    async fn a_draft_that_was_taken_in_can_be_published_by_a_second_run(site) {
        take(site, &lines(2), false, 10).await;
        assert_eq!(numbers(&take(site, &lines(2), true, 10).await, "post"), [0, 2, 0, 0]);
        assert_eq!(numbers(&take(site, &lines(2), true, 10).await, "post"), [0, 0, 2, 0]);
        let record = site.finds(|db| articles::record(db, warraq::news::ArticleId(1))).await.expect("there");
        assert_eq!((record.status, record.published_at), (Status::Published, Some(moment("2025-03-01T01:00:00Z"))));
    }

    async fn what_an_editor_took_in_hand_is_published_by_hand(site) {
        take(site, &lines(1), false, 10).await;
        let id = warraq::news::ArticleId(1);
        site.editor().revises(id, story("لم ينشر بعد")).await;
        assert_eq!(numbers(&take(site, &lines(1), true, 10).await, "post"), [0, 0, 1, 0]);
        let record = site.finds(move |db| articles::record(db, id)).await.expect("there");
        assert_eq!(record.status, Status::Draft);
    }

    async fn what_was_withdrawn_here_does_not_come_back(site) {
        let before = lines(2);
        take(site, &before, true, 10).await;
        let id = warraq::news::ArticleId(2);
        site.editor().withdraws(id, "خطأ").await;
        take(site, &before, true, 10).await;
        let mut after = before.clone();
        after[1] = after[1].replace("فقرة 2", "فقرة أخرى");
        take(site, &after, true, 10).await;
        let record = site.finds(move |db| articles::record(db, id)).await.expect("there");
        assert_eq!(record.status, Status::Withdrawn);
    }

    async fn what_cannot_be_taken_is_counted_and_the_rest_comes_in(site) {
        let mut all = lines(4);
        all[0] = json!({ "title": "بلا نص" }).to_string();
        all[1] = format!(r#"{{"id":2,"title":"{}","paragraphs":["x"]}}"#, "ك".repeat(600));
        all[2] = all[2].replace("قسم 0", "؟؟");
        let receipt = take(site, &all, true, 10).await;
        assert_eq!(numbers(&receipt, "post"), [1, 0, 0, 3]);
        assert_eq!(receipt.warnings.iter().map(|warning| warning.line).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM articles", &[])).await, Some(1));
    }

    async fn what_the_database_cannot_keep_is_named_and_the_rest_of_its_batch_comes_in(site) {
        let mut incoming: Vec<_> =
            (1..).zip(lines(5)).map(|(number, line)| understand(&line, number).expect("a line").incoming).collect();
        // A picture that is not here: a row that points nowhere.
        let nowhere = Lead {
            media: warraq::news::MediaId(4711),
            alt: String::new(),
            caption: String::new(),
            credit: String::new(),
        };
        incoming[2].draft.lead = Some(nowhere);
        let guid = incoming[2].guid.clone();
        let batch = imports::prepare(&site.desk, incoming);
        let receipt = imports::apply(&site.desk, batch, true, Receipt::new("test")).await.expect("a receipt");
        adds_up(&receipt);
        assert_eq!((numbers(&receipt, "post"), numbers(&receipt, "comment")), ([4, 0, 0, 1], [4, 0, 0, 0]));
        let [warning] = &receipt.warnings[..] else { panic!("one warning: {:?}", receipt.warnings) };
        assert_eq!((warning.line, &warning.item, warning.code), (3, &guid, "refused"));
        assert!(!warning.message.contains("aborted"), "the reason, not what came of it: {}", warning.message);
        let count = |sql| site.finds(move |db| db.value::<i64>(sql, &[]));
        assert_eq!(count("SELECT COUNT(*) FROM articles").await, Some(4));
        assert_eq!(count("SELECT COUNT(*) FROM slugs").await, Some(4));
        assert_eq!(site.finds(health::wrong_counts).await, 0);
        // The same file without the mistake brings in what is left, and nothing twice.
        let again = take(site, &lines(5), true, 10).await;
        assert_eq!((numbers(&again, "post"), numbers(&again, "comment")), ([1, 0, 4, 0], [3, 0, 4, 0]));
    }

    async fn what_meets_within_one_batch_is_told_apart(site) {
        let item = |id: i64, guid: &str, slug: &str, old_slugs: &[&str]| {
            let comments = json!([{ "id": 9, "author": "أ", "text": "رأي", "date": "2025-01-02" }]);
            let line = json!({
                "id": id,
                "guid": guid,
                "title": slug,
                "slug": slug,
                "date": "2025-01-01",
                "paragraphs": ["نص"],
                "comments": comments,
            });
            let mut incoming = understand(&line.to_string(), 1).expect("a line").incoming;
            incoming.comments[0].number = Some(9);
            incoming.old_slugs = old_slugs.iter().map(|slug| (*slug).to_owned()).collect();
            incoming
        };
        let all = vec![
            item(1, "urn:1", "حبر", &["ورق"]),
            item(2, "urn:2", "حبر", &[]),
            // A number that the one before has, a slug that another one had, one that an article of this batch has now.
            item(2, "urn:3", "قلم", &[]),
            item(7, "urn:4", "ورق", &[]),
            item(1, "urn:1", "مداد", &[]),
            item(8, "urn:5", "مداد", &[]),
        ];
        let batch = imports::prepare(&site.desk, all);
        let receipt = imports::apply(&site.desk, batch, true, Receipt::new("test")).await.expect("a receipt");
        assert_eq!(numbers(&receipt, "post"), [5, 1, 0, 0], "{:?}", receipt.warnings);
        // The second «urn:1» brings its comment again.
        assert_eq!(numbers(&receipt, "comment"), [5, 0, 1, 0]);
        let found = site
            .finds(|db| {
                db.all("SELECT id, slug FROM articles ORDER BY id", &[], |row| {
                    Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
                })
            })
            .await;
        let expected = [(1, "مداد"), (2, "حبر-2"), (3, "قلم"), (7, "ورق-2"), (8, "مداد-2")];
        assert_eq!(found, expected.map(|(id, slug)| (id, slug.to_owned())));
        let comments =
            site.finds(|db| db.all("SELECT id FROM comments ORDER BY id", &[], |row| row.get::<i64>(0))).await;
        assert_eq!(comments, [9, 10, 11, 12, 13]);
        assert_eq!(site.finds(health::wrong_counts).await, 0);
    }

    async fn the_future_is_kept_back_and_said(site) {
        let line = json!({ "id": 1, "title": "غدًا", "date": "2031-01-01", "paragraphs": ["نص"] }).to_string();
        let receipt = take(site, &[line], true, 10).await;
        assert_eq!(codes(&receipt), ["future"]);
        let record = site.finds(|db| articles::record(db, warraq::news::ArticleId(1))).await.expect("there");
        assert_eq!(record.status, Status::Draft);
    }

    async fn odd_comments_are_said(site) {
        let line = json!({
            "id": 1,
            "title": "خبر",
            "date": "2025-01-01",
            "paragraphs": ["نص"],
            "comments": [
                { "id": 1, "text": "  ", "author": "أ" },
                { "id": 2, "parent": 9, "text": "جواب من لا أحد", "author": "ب" },
                { "id": 3, "text": "LONG", "author": "ج" },
            ],
        })
        .to_string();
        let line = line.replace("LONG", &"ط".repeat(10_001));
        let receipt = take(site, &[line], true, 10).await;
        assert_eq!(numbers(&receipt, "comment"), [1, 0, 0, 2]);
        assert_eq!(codes(&receipt), ["comment-length", "no-parent", "comment-length"]);
    }

    async fn a_comment_that_was_taken_out_for_good_does_not_come_again(site) {
        let comments = json!([{ "id": 7, "text": "رأي", "author": "أ" }, { "id": 8, "parent": 7, "text": "جواب", "author": "ب" }]);
        let line = json!({ "id": 1, "title": "خبر", "date": "2025-01-01", "paragraphs": ["نص"], "comments": comments }).to_string();
        take(site, std::slice::from_ref(&line), true, 10).await;
        let gone = vec![warraq::news::CommentId(1)];
        let decision = warraq::desk::comments::Decision::Delete;
        warraq::desk::comments::decide(&site.desk, gone, decision, "", None).await.expect("deleted");
        let receipt = take(site, &[line], true, 10).await;
        assert_eq!(numbers(&receipt, "comment"), [0, 0, 2, 0]);
        let left: Vec<i64> = site.finds(|db| comments::newest(db, 5)).await.iter().map(|comment| comment.id.0).collect();
        assert_eq!(left, [2]);
    }

    async fn a_website_that_is_none_does_not_become_a_link(site) {
        let line = json!({
            "id": 1,
            "title": "خبر",
            "date": "2025-01-01",
            "paragraphs": ["نص"],
            "comments": [
                { "id": 1, "text": "رأي", "author": "أ", "url": "javascript:alert(1)" },
                { "id": 2, "text": "آخر", "author": "أ", "url": "https://example.org/" },
                { "id": 3, "text": "ثالث", "author": "أ", "url": "https://reader@canary.example/" },
                { "id": 4, "text": "رابع", "author": "أ", "url": "http://" },
            ],
        })
        .to_string();
        let receipt = take(site, std::slice::from_ref(&line), true, 10).await;
        let urls: Vec<String> =
            site.finds(|db| comments::newest(db, 5)).await.iter().map(|comment| comment.url.clone()).collect();
        assert_eq!(urls, ["", "", "https://example.org/", ""]);
        assert_eq!(codes(&receipt), ["comment-website", "comment-website"]);
    }

    async fn nobody_is_called_by_an_address(site) {
        let line = json!({
            "id": 1,
            "title": "خبر",
            "date": "2025-01-01",
            "paragraphs": ["نص"],
            "bylines": [
                { "name": "canary@example.org" },
                { "name": "canary@example.org", "slug": "layla" },
                { "name": "هدى", "slug": "canary@example.org" },
            ],
            "comments": [
                { "id": 1, "text": "رأي", "author": "canary@example.org" },
                { "id": 2, "text": "آخر", "author": "Canary <canary@example.org>" },
                { "id": 3, "text": "ثا\u{202e}لث \r\n سطر", "author": "قا\u{202e}رئ  واحد" },
            ],
        })
        .to_string();
        let receipt = take(site, std::slice::from_ref(&line), true, 10).await;
        assert_eq!((numbers(&receipt, "comment"), numbers(&receipt, "author")), ([3, 0, 0, 0], [2, 0, 0, 0]));
        let found = site.finds(|db| comments::newest(db, 5)).await;
        let names: Vec<&str> = found.iter().map(|comment| comment.author.as_str()).collect();
        assert_eq!(names, ["قارئ واحد", "—", "—"]);
        for (table, rows) in crate::store::dump(&site.desk.store).await {
            assert!(!rows.iter().any(|row| row.to_lowercase().contains("canary")), "{table}: {rows:?}");
        }
    }

    async fn a_translation_finds_its_original_also_when_it_comes_first(site) {
        let original = json!({ "id": 1, "title": "قمة", "date": "2025-01-01", "paragraphs": ["نص"] }).to_string();
        let translation = json!({
            "id": 2,
            "title": "A summit",
            "language": "en",
            "date": "2025-01-02",
            "paragraphs": ["Text"],
            "translation_of": 1,
        })
        .to_string();
        let receipt = take(site, &[translation.clone(), original.clone()], true, 10).await;
        assert_eq!(codes(&receipt), ["no-original"]);
        // The second run can join them.
        take(site, &[translation, original], true, 10).await;
        let found = site.finds(|db| articles::by_id(db, warraq::news::ArticleId(2))).await.expect("published");
        let group = found.translation_group.expect("a group");
        assert_eq!(site.finds(move |db| articles::of_translation_group(db, group)).await.len(), 2);
    }

    async fn a_batch_that_breaks_off_leaves_nothing(site) {
        let incoming: Vec<_> = lines(3)
            .iter()
            .enumerate()
            .map(|(place, line)| understand(line, place).expect("a line").incoming)
            .collect();
        let batch = imports::prepare(&site.desk, incoming);
        // Somebody else writes at the same time and fails: this batch does not notice.
        let (desk, store) = (site.desk.clone(), site.desk.store.clone());
        let ours = tokio::spawn(async move { imports::apply(&desk, batch, true, Receipt::new("x")).await });
        let theirs = store
            .write(|tx| {
                tx.execute("DELETE FROM site", &[])?;
                Err::<(), Error>(Error::conflict("not-public", "no"))
            })
            .await;
        assert!(theirs.is_err());
        let receipt = ours.await.expect("a task").expect("a receipt");
        assert_eq!(numbers(&receipt, "post"), [3, 0, 0, 0]);
    }
}

//! The writer: one at a time, all or nothing, and a bug in one verb harms nobody else.

use warraq::error::Error;
use warraq::store::{Db, StoreError, Sum, Tx};

use crate::support::on_both;

fn mark(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute("INSERT INTO people (id, slug, name) VALUES ($1, $2, $2)", &[tx_id(name).into(), name.into()]).map(drop)
}

fn tx_id(name: &str) -> i64 {
    name.bytes().fold(7, |sum, byte| sum * 31 + i64::from(byte)) & 0xffff_ffff
}

async fn marks(site: &crate::support::Newsroom) -> Vec<String> {
    site.finds(|db| db.all("SELECT slug FROM people ORDER BY slug", &[], |row| row.get(0))).await
}

on_both! {
    async fn a_failed_piece_leaves_nothing_and_takes_nobody_with_it(site) {
        let write = |name: &'static str, fails: bool| {
            let store = site.desk.store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        mark(tx, name)?;
                        if fails { Err(Error::conflict("not-public", "changed my mind")) } else { Ok(()) }
                    })
                    .await
            })
        };
        let pieces =
            [write("one", false), write("two", true), write("three", false), write("four", true), write("five", false)];
        let mut outcomes = Vec::new();
        for piece in pieces {
            outcomes.push(piece.await.expect("a task").is_ok());
        }
        assert_eq!(outcomes, [true, false, true, false, true]);
        assert_eq!(marks(site).await, ["five", "one", "three"]);
    }

    async fn a_statement_that_fails_does_not_spoil_the_batch(site) {
        site.desk.store.write(|tx| mark(tx, "one")).await.expect("kept");
        let again = site.desk.store.write(|tx| mark(tx, "one")).await;
        assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
        site.desk.store.write(|tx| mark(tx, "two")).await.expect("the writer goes on");
        assert_eq!(marks(site).await, ["one", "two"]);
    }

    async fn what_nobody_waited_for_is_there_for_whoever_reads(site) {
        let seen = site.desk.store.write(|tx| {
            // More than may be under way at once, in numbers and in bytes.
            let long = "ن".repeat(4_000);
            for number in 1..=1_500_i64 {
                tx.later(
                    "INSERT INTO people (id, slug, name) VALUES ($1, $2, $3)",
                    &[number.into(), (&number.to_string()).into(), (&long).into()],
                )?;
            }
            tx.value::<i64>("SELECT COUNT(*) FROM people", &[])
        });
        assert_eq!(seen.await.expect("a number"), Some(1_500));
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM people", &[])).await, Some(1_500));
    }

    async fn what_nobody_waited_for_and_failed_takes_its_piece_back_and_no_other(site) {
        let write = |name: &'static str, fails: bool| {
            let store = site.desk.store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        mark(tx, name)?;
                        if fails {
                            tx.later("INSERT INTO slugs (slug, article_id, since) VALUES ('nowhere', 4711, 0)", &[])?;
                        }
                        // On PostgreSQL the error is told here at the earliest.
                        (0..100).try_for_each(|_| tx.later("UPDATE people SET bio = bio WHERE id = 0", &[]))
                    })
                    .await
            })
        };
        let mut outcomes = Vec::new();
        for piece in [write("one", false), write("two", true), write("three", false)] {
            outcomes.push(piece.await.expect("a task").is_ok());
        }
        assert_eq!(outcomes, [true, false, true]);
        assert_eq!(marks(site).await, ["one", "three"]);
    }

    async fn an_error_that_is_passed_over_takes_its_piece_back_all_the_same(site) {
        site.desk.store.write(|tx| mark(tx, "one")).await.expect("kept");
        let passed_over = site.desk.store.write(|tx| {
            mark(tx, "two")?;
            let _ = mark(tx, "one");
            Ok::<_, StoreError>(())
        });
        assert!(passed_over.await.is_err(), "what is acknowledged is kept, and this is not");
        assert_eq!(marks(site).await, ["one"]);
    }

    async fn an_attempt_that_fails_takes_back_what_nobody_waited_for_and_no_more(site) {
        let numbers = site.desk.store.write(|tx| {
            mark(tx, "one")?;
            let first = tx.next_id("test")?;
            let failed = tx.attempt(|tx| {
                mark(tx, "two")?;
                tx.next_id("test")?;
                tx.next_id("other")?;
                tx.later("INSERT INTO slugs (slug, article_id, since) VALUES ('nowhere', 4711, 0)", &[])
            });
            assert!(failed.is_err());
            let kept = tx.attempt(|tx| {
                mark(tx, "three")?;
                tx.next_id("test")
            })?;
            Ok::<_, StoreError>([first, kept, tx.next_id("other")?])
        });
        assert_eq!(numbers.await.expect("kept"), [1, 2, 1]);
        assert_eq!(marks(site).await, ["one", "three"]);
        let next = site.desk.store.write(|tx| Ok::<_, StoreError>([tx.next_id("test")?, tx.next_id("other")?]));
        assert_eq!(next.await.expect("numbers"), [3, 2]);
    }

    async fn what_is_added_up_is_written_before_it_is_read(site) {
        const ADD: Sum = Sum::one(
            "INSERT INTO listing_counts (n, list, key) VALUES ($1, $2, $3)
             ON CONFLICT (list, key) DO UPDATE SET n = listing_counts.n + excluded.n",
        );
        let count = |db: &mut Db<'_>, key: i64| {
            db.value::<i64>("SELECT n FROM listing_counts WHERE list = 99 AND key = $1", &[key.into()])
        };
        let seen = site.desk.store.write(move |tx| {
            (0..5).for_each(|_| tx.add(ADD, &[99, 1], 1));
            tx.add(ADD, &[99, 2], 7);
            let before = count(tx, 1)?;
            tx.add(ADD, &[99, 1], -2);
            Ok::<_, StoreError>(before)
        });
        assert_eq!(seen.await.expect("a number"), Some(5));
        assert_eq!(site.finds(move |db| Ok((count(db, 1)?, count(db, 2)?))).await, (Some(3), Some(7)));
        let given_up = site.desk.store.write(move |tx| {
            tx.add(ADD, &[99, 1], 100);
            Err::<(), _>(Error::conflict("not-public", "changed my mind"))
        });
        assert!(given_up.await.is_err());
        assert_eq!(site.finds(move |db| count(db, 1)).await, Some(3));
    }

    async fn sums_that_are_written_together_are_all_written(site) {
        const ADD: Sum = Sum::many(
            "INSERT INTO listing_counts (n, list, key) SELECT v.column1, v.column2, v.column3
             FROM (VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT)), ($4, $5, $6), ($7, $8, $9)) AS v
             WHERE v.column1 IS NOT NULL ON CONFLICT (list, key) DO UPDATE SET n = listing_counts.n + excluded.n",
            3,
        );
        const ONE: Sum = Sum::one("UPDATE listing_counts SET n = n * $1 WHERE list = $2");
        for round in 1..=2 {
            let added = site.desk.store.write(|tx| {
                for key in 0..8 {
                    tx.add(ADD, &[99, key], key);
                    tx.add(ADD, &[99, key], 10);
                    // What comes to nothing is not written.
                    tx.add(ADD, &[98, key], 1);
                    tx.add(ADD, &[98, key], -1);
                }
                tx.add(ONE, &[97], 5);
                Ok::<_, StoreError>(())
            });
            added.await.expect("written");
            let counts = site.finds(|db| {
                db.all("SELECT n FROM listing_counts WHERE list IN (98, 99) ORDER BY list, key", &[], |row| row.get::<i64>(0))
            });
            assert_eq!(counts.await, (0..8).map(|key| (key + 10) * round).collect::<Vec<_>>());
        }
    }

    async fn a_panic_in_one_piece_does_not_stop_the_writer(site) {
        let broken = site
            .desk
            .store
            .write(|tx| -> Result<(), StoreError> {
                mark(tx, "half")?;
                panic!("a bug in a verb, on purpose");
            })
            .await;
        assert!(matches!(broken, Err(StoreError::Broken(_))), "{broken:?}");
        site.desk.store.write(|tx| mark(tx, "after")).await.expect("the writer lives");
        assert_eq!(marks(site).await, ["after"]);
    }

    async fn a_panic_in_a_read_does_not_use_up_the_readers(site) {
        for _ in 0..8 {
            let store = site.desk.store.clone();
            let broken = tokio::spawn(async move {
                store.read(|_| -> Result<(), StoreError> { panic!("a bug in a page, on purpose") }).await
            });
            // Whoever asked is told, by an error or by the end of his own task.
            assert!(broken.await.map_or(true, |answer| answer.is_err()));
        }
        assert!(marks(site).await.is_empty());
    }

    async fn many_writers_at_once_are_all_kept_and_share_commits(site) {
        let mut waiting = Vec::new();
        for _ in 0..400 {
            let store = site.desk.store.clone();
            waiting.push(tokio::spawn(async move { store.write(|tx| tx.next_id("test")).await }));
        }
        let mut numbers = Vec::new();
        for piece in waiting {
            numbers.push(piece.await.expect("a task").expect("a number"));
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=400).collect::<Vec<i64>>(), "each number exactly once");
    }

    async fn a_number_that_was_brought_along_is_never_given_again(site) {
        let given = |wish: Option<i64>| {
            site.desk.store.write(move |tx| {
                if let Some(wish) = wish {
                    tx.reserve_id("test", wish)?;
                }
                tx.next_id("test")
            })
        };
        let check = |found: Result<i64, StoreError>, expected| assert_eq!(found.expect("a number"), expected);
        check(given(None).await, 1);
        check(given(Some(40)).await, 41);
        check(given(Some(5)).await, 42);
        for too_high in [i64::MAX, 1 << 41, 0, -7] {
            assert!(!site.desk.store.write(move |tx| tx.reserve_id("test", too_high)).await.expect("an answer"));
        }
        check(given(None).await, 43);
    }

    async fn two_stores_of_one_database_do_not_lose_each_others_writes(site) {
        let other = site.second_desk().await;
        let mut waiting = Vec::new();
        for turn in 0..60 {
            let store = if turn % 2 == 0 { site.desk.store.clone() } else { other.store.clone() };
            waiting.push(tokio::spawn(async move { store.write(|tx| tx.next_id("shared")).await.expect("a number") }));
        }
        let mut numbers = Vec::new();
        for piece in waiting {
            numbers.push(piece.await.expect("a task"));
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=60).collect::<Vec<i64>>());
    }

    async fn a_read_sees_one_state_from_its_first_statement_to_its_last(site) {
        site.desk.store.write(|tx| mark(tx, "one")).await.expect("kept");
        let (started, begun) = std::sync::mpsc::channel();
        let (go_on, gone) = std::sync::mpsc::channel::<()>();
        let store = site.desk.store.clone();
        let looking = tokio::task::spawn_blocking(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            runtime.block_on(store.read(move |db| {
                let before = db.value::<i64>("SELECT COUNT(*) FROM people", &[])?;
                started.send(()).expect("heard");
                gone.recv().expect("told");
                Ok::<_, StoreError>((before, db.value::<i64>("SELECT COUNT(*) FROM people", &[])?))
            }))
        });
        begun.recv().expect("the read began");
        site.desk.store.write(|tx| mark(tx, "two")).await.expect("a writer does not wait for readers");
        go_on.send(()).expect("heard");
        assert_eq!(looking.await.expect("a thread").expect("a read"), (Some(1), Some(1)));
        assert_eq!(marks(site).await.len(), 2);
    }

    async fn a_row_that_points_nowhere_is_refused(site) {
        let lost = site
            .desk
            .store
            .write(|tx| tx.execute("INSERT INTO slugs (slug, article_id, since) VALUES ('nowhere', 4711, 0)", &[]))
            .await;
        assert!(lost.is_err(), "foreign keys hold");
    }
}

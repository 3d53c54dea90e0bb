//! The front page: pinned by hand, filled by itself, nothing twice.

use std::collections::HashSet;

use warraq::desk::fronts::arrange;
use warraq::error::Error;
use warraq::news::ArticleId;
use warraq::news::article::{Draft, Kind};
use warraq::news::front::{self, Arrangement};
use warraq::store::{fronts, sections};

use crate::support::{Newsroom, on_both, story};

async fn front(site: &Newsroom) -> Arrangement {
    site.finds(|db| {
        let outermost: Vec<_> =
            sections::all(db)?.iter().filter(|section| section.parent.is_none()).map(|section| section.id).collect();
        Ok(front::arrange(&fronts::candidates(db, &outermost, 30)?, &outermost))
    })
    .await
}

fn all(front: &Arrangement) -> Vec<ArticleId> {
    let blocks = front.blocks.iter().flat_map(|(_, ids)| ids);
    front.lead.iter().chain(&front.seconds).chain(&front.latest).chain(&front.opinion).chain(blocks).copied().collect()
}

on_both! {
    async fn nothing_stands_on_it_twice(site) {
        let editor = site.editor();
        let mut made = Vec::new();
        let economy = editor.section("اقتصاد").await;
        let trade = editor.section_under("اقتصاد", "تجارة").await;
        let politics = editor.section("سياسة").await;
        for number in 0..40_i64 {
            let draft = Draft {
                sections: match number % 4 {
                    0 => vec![economy],
                    1 => vec![trade, politics],
                    2 => vec![politics, economy],
                    _ => vec![],
                },
                kind: if number % 7 == 0 { Kind::Opinion } else { Kind::Own },
                ..story(&format!("خبر {number}"))
            };
            made.push(
                editor.publishes_on(&format!("2026-02-{:02}T{:02}:00:00Z", 1 + number % 20, number % 24), draft).await,
            );
        }
        arrange(&site.desk, vec![(1, made[3]), (2, made[0]), (4, made[17])]).await.expect("arranged");
        let front = front(site).await;
        assert_eq!(front.lead, Some(made[3]));
        assert_eq!((front.seconds[0], front.seconds[2]), (made[0], made[17]), "pinned places");
        assert_eq!(
            (front.seconds.len(), front.latest.len(), front.opinion.len()),
            (front::SECONDS, front::LATEST, front::OPINIONS)
        );
        assert_eq!(front.blocks.iter().map(|(section, _)| *section).collect::<Vec<_>>(), [economy, politics]);
        let shown = all(&front);
        assert_eq!(shown.iter().collect::<HashSet<_>>().len(), shown.len(), "{front:?}");
    }

    async fn a_story_of_a_quiet_section_stands_in_its_block(site) {
        let editor = site.editor();
        let quiet = editor.section("ثقافة").await;
        let old = editor.publishes_on("2020-01-01T09:00:00Z", Draft { sections: vec![quiet], ..story("قديم") }).await;
        for number in 0..60 {
            editor
                .publishes_on(
                    &format!("2026-02-{:02}T{:02}:00:00Z", 1 + number / 4, number % 24),
                    story(&format!("خبر {number}")),
                )
                .await;
        }
        let front = front(site).await;
        assert_eq!(front.blocks, [(quiet, vec![old])]);
    }

    async fn what_is_withdrawn_leaves_the_front(site) {
        let editor = site.editor();
        let one = editor.publishes(story("أول")).await;
        let two = editor.publishes(story("ثان")).await;
        arrange(&site.desk, vec![(1, one), (2, two)]).await.expect("arranged");
        editor.withdraws(one, "").await;
        assert_eq!(site.finds(fronts::slots).await, [(2, two)]);
        assert_eq!(all(&front(site).await), [two]);
    }

    async fn what_cannot_stand_there_is_refused_and_nothing_moves(site) {
        let editor = site.editor();
        let one = editor.publishes(story("أول")).await;
        let draft = editor.drafts(story("مسودة")).await;
        arrange(&site.desk, vec![(1, one)]).await.expect("arranged");
        assert!(matches!(arrange(&site.desk, vec![(1, draft)]).await, Err(Error::Conflict(_))));
        assert!(matches!(arrange(&site.desk, vec![(1, one), (2, one)]).await, Err(Error::Conflict(_))));
        assert!(matches!(arrange(&site.desk, vec![(0, one)]).await, Err(Error::Conflict(_))));
        assert!(matches!(arrange(&site.desk, vec![(1, ArticleId(99))]).await, Err(Error::NotFound(_))));
        assert_eq!(site.finds(fronts::slots).await, [(1, one)]);
        arrange(&site.desk, vec![]).await.expect("every place is free again");
        assert_eq!(site.finds(fronts::slots).await, []);
    }

    async fn two_in_one_place_are_refused(site) {
        let editor = site.editor();
        let one = editor.publishes(story("أول")).await;
        let two = editor.publishes(story("ثان")).await;
        let refused = arrange(&site.desk, vec![(1, one), (1, two)]).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
}

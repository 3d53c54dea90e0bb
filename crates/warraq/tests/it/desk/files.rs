//! Files that come after the articles that show them.

use warraq::desk::files::{came, place};
use warraq::desk::imports::{self, Receipt};
use warraq::desk::media::take_in;
use warraq::error::Error;
use warraq::news::article::{Draft, Preview, Source, limits};
use warraq::news::incoming::{Incoming, MissingFile, MissingLead, Visibility};
use warraq::news::{ArticleId, MediaId};
use warraq::store::old_files::OldFile;
use warraq::store::{articles, old_files};

use super::media::picture;
use crate::support::{Newsroom, on_both, story};

const URL: &str = "https://old.example/wp-content/uploads/2019/ship.jpg";

fn incoming() -> Incoming {
    let draft = Draft {
        headline: "سفينة".into(),
        body: "<p>أ</p><img src=\"https://old.example/wp-content/uploads/2019/ship-300x200.jpg\" alt=\"x\">".into(),
        ..Draft::default()
    };
    Incoming {
        visibility: Visibility::Public("2020-01-01T00:00:00Z".parse().ok()),
        missing: vec![MissingFile {
            url: URL.into(),
            lead: Some(MissingLead { alt: "سفينة في المرفأ".into(), ..MissingLead::default() }),
        }],
        ..Incoming::of("urn:one".into(), draft)
    }
}

async fn moves_in(site: &Newsroom) -> ArticleId {
    let batch = imports::prepare(&site.desk, vec![incoming()]);
    imports::apply(&site.desk, batch, true, Receipt::new("x")).await.expect("taken");
    site.finds(|db| articles::by_old_name(db, "urn:one")).await.expect("here")
}

async fn comes(site: &Newsroom) -> MediaId {
    let id = take_in(&site.desk, picture(900, 600), "", "").await.expect("taken");
    came(&site.desk, URL.into(), id).await.expect("noted");
    id
}

/// Rows of articles without their last column, which counts every save of a draft.
fn as_readers_see(rows: &[String]) -> Vec<String> {
    let but_last = |row: &String| row.trim_end_matches('\u{1f}').rsplit_once('\u{1f}').map(|(rest, _)| rest.to_owned());
    rows.iter().filter_map(but_last).collect()
}

/// Everything that a table holds.
async fn rows(site: &Newsroom, table: &str) -> Vec<String> {
    let tables = crate::store::dump(&site.desk.store).await;
    tables.into_iter().find(|(name, _)| *name == table).map(|(_, rows)| rows).expect("a table")
}

/// It waits for its file once more.
async fn waits_again(site: &Newsroom, id: ArticleId) {
    site.desk.write(move |tx| Ok(old_files::set_missing(tx, id, &incoming().missing)?)).await.expect("noted");
}

async fn body(site: &Newsroom, id: ArticleId) -> String {
    site.finds(move |db| articles::body(db, id)).await.expect("a body").as_str().to_owned()
}

on_both! {
    async fn a_file_takes_its_places(site) {
        let id = moves_in(site).await;
        assert_eq!(place(&site.desk).await.expect("placed").changed, [], "nothing has come");
        let file = comes(site).await;
        assert_eq!(place(&site.desk).await.expect("placed").changed, [id]);
        assert!(body(site, id).await.contains("src=\"/media/"));
        let shown = site.finds(move |db| articles::by_id(db, id)).await.expect("published");
        let lead = shown.picture.as_ref().expect("a picture on top");
        assert_eq!((lead.media.id, lead.alt.as_str()), (file, "سفينة في المرفأ"));
        assert_eq!(shown.published_at.to_string(), "2020-01-01T00:00:00Z", "its date stays");
        assert_eq!(site.finds(old_files::count_missing).await, 0);
        assert_eq!(place(&site.desk).await.expect("placed").changed, [], "done is done");
        site.run_jobs().await;
    }

    async fn what_an_editor_wrote_stays(site) {
        let id = moves_in(site).await;
        let said = "<p>كلام المحرر</p><img src=\"https://old.example/wp-content/uploads/2019/ship.jpg\" alt=\"y\">";
        let draft = Draft { headline: "عنوان المحرر".into(), body: said.into(), ..story("x") };
        site.editor().revises(id, draft).await;
        site.editor().publishes_again(id).await;
        comes(site).await;
        assert_eq!(place(&site.desk).await.expect("placed").changed, [id]);
        let body = body(site, id).await;
        assert!(body.contains("كلام المحرر") && body.contains("src=\"/media/"), "{body}");
        let shown = site.finds(move |db| articles::by_id(db, id)).await.expect("published");
        assert_eq!(shown.headline, "عنوان المحرر");
        // The import finds what it left: the editor's work is still known to be one.
        let batch = imports::prepare(&site.desk, vec![Incoming { draft: Draft { headline: "أحدث".into(), ..incoming().draft }, ..incoming() }]);
        let receipt = imports::apply(&site.desk, batch, true, Receipt::new("x")).await.expect("taken");
        assert_eq!((receipt.total.refused, receipt.total.changed), (1, 0));
        site.run_jobs().await;
    }

    async fn changes_that_are_not_out_yet_do_not_go_out_with_it(site) {
        let id = moves_in(site).await;
        let later = "<p>لم ينشر</p><img src=\"https://old.example/wp-content/uploads/2019/ship.jpg\">";
        site.editor().revises(id, Draft { body: later.into(), ..story("لم ينشر بعد") }).await;
        comes(site).await;
        assert_eq!(place(&site.desk).await.expect("placed").held, [id]);
        assert!(!body(site, id).await.contains("لم ينشر"));
        site.editor().publishes_again(id).await;
        assert!(body(site, id).await.contains("src=\"/media/"));
        site.run_jobs().await;
    }

    async fn changes_beside_the_text_do_not_go_out_with_it(site) {
        let id = moves_in(site).await;
        let latest = site.finds(move |db| articles::latest_revision(db, id)).await.expect("a revision");
        let imported: Draft = serde_json::from_str(&latest).expect("a draft");
        let source = Source { name: "مصدر لا يسمى بعد".into(), ..Source::default() };
        let preview = Preview { is_hidden: true, ..Preview::default() };
        let slug = "not-yet".to_owned();
        for later in [
            Draft { source, ..imported.clone() },
            Draft { preview, ..imported.clone() },
            Draft { slug, ..imported.clone() },
            Draft { comments_open: false, ..imported },
        ] {
            let before = as_readers_see(&rows(site, "articles").await);
            site.editor().revises(id, later).await;
            comes(site).await;
            assert_eq!(place(&site.desk).await.expect("placed").held, [id]);
            assert_eq!(as_readers_see(&rows(site, "articles").await), before, "readers see what they saw");
            waits_again(site, id).await;
        }
        site.run_jobs().await;
    }

    async fn what_fits_in_one_text_and_not_in_the_other_is_put_in_neither(site) {
        let id = moves_in(site).await;
        // The address of the file is longer here than there: the editor's text has no room for it.
        let old = "<img src=\"/wp-content/uploads/2019/ship.jpg\" alt=\"\">";
        let body = format!("{}<p>{}</p>", old.repeat(100), "ا".repeat(limits::BODY - 100 * old.len() - 7));
        site.editor().revises(id, Draft { body: body.clone(), ..story("طويل") }).await;
        let before = rows(site, "revisions").await;
        comes(site).await;
        assert_eq!(place(&site.desk).await.expect("placed").held, [id]);
        assert_eq!(rows(site, "revisions").await, before);
        site.run_jobs().await;
    }

    async fn an_attempt_that_fails_leaves_nothing(site) {
        let count = || site.finds(old_files::count_missing);
        let file = |url: &str| OldFile { url: url.into(), ..OldFile::default() };
        let (kept, lost) = (file("https://old.example/kept"), file("https://old.example/lost"));
        site.desk
            .write(move |tx| {
                tx.attempt(|tx| Ok::<_, Error>(old_files::remember(tx, &kept)?))?;
                let failed = tx.attempt(|tx| {
                    old_files::remember(tx, &lost)?;
                    Err::<(), _>(Error::NotFound("x".into()))
                });
                assert!(failed.is_err());
                Ok(())
            })
            .await
            .expect("written");
        assert_eq!(count().await, 1);
    }
}

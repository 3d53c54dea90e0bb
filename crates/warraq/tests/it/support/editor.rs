//! What does an editor do? The verbs of the desk, said the way a newsroom says them.

use jiff::Timestamp;
use warraq::desk::{Desk, articles, comments, terms};
use warraq::error::Error;
use warraq::news::article::Draft;
use warraq::news::section::NewTerm;
use warraq::news::{ArticleId, CommentId, PersonId, SectionId, TagId};

/// Somebody at the desk.
#[derive(Clone, Copy)]
pub(crate) struct Editor<'a> {
    pub(crate) desk: &'a Desk,
}

/// A draft with a headline and two paragraphs.
pub(crate) fn story(headline: &str) -> Draft {
    Draft {
        headline: headline.into(),
        body: format!("<p>{headline}: الفقرة الأولى.</p><p>الفقرة الثانية.</p>"),
        ..Draft::default()
    }
}

/// A term by its name alone.
pub(crate) fn term(name: &str) -> NewTerm {
    NewTerm { name: name.into(), ..NewTerm::default() }
}

impl Editor<'_> {
    pub(crate) async fn section(self, name: &str) -> SectionId {
        let term = term(name);
        self.desk.write(move |tx| terms::section_in(tx, &term)).await.expect("a section")
    }

    pub(crate) async fn section_under(self, parent: &str, name: &str) -> SectionId {
        let term = NewTerm { parent: Some(parent.into()), ..term(name) };
        self.desk.write(move |tx| terms::section_in(tx, &term)).await.expect("a section")
    }

    pub(crate) async fn tag(self, name: &str) -> TagId {
        let term = term(name);
        self.desk.write(move |tx| terms::tag_in(tx, &term)).await.expect("a tag")
    }

    pub(crate) async fn person(self, name: &str) -> PersonId {
        let term = term(name);
        self.desk.write(move |tx| terms::person_in(tx, &term)).await.expect("a person")
    }

    /// Keep a new draft.
    pub(crate) async fn drafts(self, draft: Draft) -> ArticleId {
        articles::save(self.desk, None, draft, None, "first").await.expect("kept")
    }

    /// Keep another version.
    pub(crate) async fn revises(self, id: ArticleId, draft: Draft) {
        articles::save(self.desk, Some(id), draft, None, "again").await.expect("kept");
    }

    /// Write and publish, now.
    pub(crate) async fn publishes(self, draft: Draft) -> ArticleId {
        let id = self.drafts(draft).await;
        articles::publish(self.desk, id, None).await.expect("published");
        id
    }

    /// Write and publish with a date in the past.
    pub(crate) async fn publishes_on(self, at: &str, draft: Draft) -> ArticleId {
        let id = self.drafts(draft).await;
        articles::publish(self.desk, id, Some(super::moment(at))).await.expect("published");
        id
    }

    pub(crate) async fn publishes_again(self, id: ArticleId) {
        articles::publish(self.desk, id, None).await.expect("published again");
    }

    pub(crate) async fn schedules(self, id: ArticleId, at: &str) -> Result<(), Error> {
        articles::schedule(self.desk, id, super::moment(at)).await
    }

    pub(crate) async fn withdraws(self, id: ArticleId, reason: &str) {
        articles::withdraw(self.desk, id, reason).await.expect("withdrawn");
    }

    pub(crate) async fn approves(self, id: CommentId) {
        comments::approve(self.desk, id).await.expect("approved");
    }
}

/// The same moment in milliseconds.
pub(crate) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

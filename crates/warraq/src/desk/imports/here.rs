//! What of a batch is here already? Asked once for the whole batch, and kept true while its articles are taken in.

use std::collections::{HashMap, HashSet};

use crate::error::Error;
use crate::news::{ArticleId, CommentId, SectionId};
use crate::store::sections::Tree;
use crate::store::{Db, StoreError, Tx, articles, comments, originals};

use super::Item;

/// What an import knows of the database while it takes a batch in. Nobody else writes meanwhile.
pub(super) struct Here {
    articles: HashMap<String, ArticleId>,
    article_ids: HashSet<ArticleId>,
    slugs: HashSet<String>,
    originals: HashMap<String, Vec<u8>>,
    comments: HashMap<String, CommentId>,
    gone_comments: HashSet<String>,
    comment_ids: HashSet<CommentId>,
    sections: Tree,
}

impl Here {
    /// Look for everything that the items name.
    ///
    /// # Errors
    /// The database.
    pub(super) fn look(db: &mut Db<'_>, items: &[Item]) -> Result<Self, StoreError> {
        let incoming = || items.iter().map(|item| &item.incoming);
        let guids: Vec<&str> = incoming()
            .flat_map(|incoming| std::iter::once(&incoming.guid).chain(&incoming.translation_of))
            .map(String::as_str)
            .collect();
        let numbers: Vec<i64> = incoming().filter_map(|incoming| incoming.number).collect();
        let slugs: Vec<&str> = items.iter().filter_map(|item| item.prepared.asked_slug()).collect();
        let kept: Vec<&str> =
            items.iter().filter(|item| item.original.is_some()).map(|item| item.incoming.guid.as_str()).collect();
        let said = || incoming().flat_map(|incoming| &incoming.comments);
        let comment_guids: Vec<&str> = said().map(|comment| comment.guid.as_str()).collect();
        let comment_numbers: Vec<i64> = said().filter_map(|comment| comment.number).collect();
        Ok(Self {
            articles: articles::by_old_names(db, &guids)?,
            article_ids: articles::taken_ids(db, &numbers)?,
            slugs: articles::taken_slugs(db, &slugs)?,
            originals: originals::indexes(db, &kept)?,
            comments: comments::by_old_names(db, &comment_guids)?,
            gone_comments: comments::gone(db, &comment_guids)?,
            comment_ids: comments::taken_ids(db, &comment_numbers)?,
            sections: Tree::load(db)?,
        })
    }

    /// The article that was known by this name there.
    pub(super) fn article(&self, guid: &str) -> Option<ArticleId> {
        self.articles.get(guid).copied()
    }

    /// A number for a new article: the one that it had, if that is free.
    pub(super) fn number_article(&mut self, tx: &mut Tx<'_>, wished: Option<i64>) -> Result<ArticleId, StoreError> {
        let id = match wished.map(ArticleId) {
            Some(id) if !self.article_ids.contains(&id) && tx.reserve_id("article", id.0)? => id,
            _ => ArticleId(tx.next_id("article")?),
        };
        self.article_ids.insert(id);
        Ok(id)
    }

    /// A slug for a new article: as asked, if that is free; `wish` is what to make of it otherwise.
    pub(super) fn slug(&mut self, tx: &mut Tx<'_>, asked: Option<&str>, wish: &str) -> Result<String, StoreError> {
        let slug = match asked {
            Some(asked) if !self.slugs.contains(asked) => asked.to_owned(),
            _ => articles::free_slug(tx, wish, None)?,
        };
        self.slugs.insert(slug.clone());
        Ok(slug)
    }

    /// An article came in.
    pub(super) fn has_come(&mut self, guid: &str, id: ArticleId) {
        self.articles.insert(guid.to_owned(), id);
    }

    /// A slug is an article's now.
    pub(super) fn is_claimed(&mut self, slug: &str) {
        self.slugs.insert(slug.to_owned());
    }

    /// The tree of sections, with those that a draft stands in.
    pub(super) fn tree(&mut self, tx: &mut Tx<'_>, sections: &[SectionId]) -> Result<&Tree, StoreError> {
        if !sections.iter().all(|section| self.sections.has(*section)) {
            self.sections = Tree::load(tx)?;
        }
        Ok(&self.sections)
    }

    /// By which the original of an article is recognised.
    pub(super) fn original(&self, guid: &str) -> Option<&[u8]> {
        self.originals.get(guid).map(Vec::as_slice)
    }

    /// An original is kept.
    pub(super) fn is_kept(&mut self, guid: &str, index: &[u8]) {
        self.originals.insert(guid.to_owned(), index.to_owned());
    }

    /// The comment that was known by this name there.
    pub(super) fn comment(&self, guid: &str) -> Option<CommentId> {
        self.comments.get(guid).copied()
    }

    /// Was the comment that was known by this name there taken out here for good?
    pub(super) fn is_gone(&self, guid: &str) -> bool {
        self.gone_comments.contains(guid)
    }

    /// A number for a new comment: the one that it had, if that is free.
    pub(super) fn number_comment(
        &mut self,
        tx: &mut Tx<'_>,
        guid: &str,
        wished: Option<i64>,
    ) -> Result<CommentId, Error> {
        let id = match wished.map(CommentId) {
            Some(id) if !self.comment_ids.contains(&id) && tx.reserve_id("comment", id.0)? => id,
            _ => CommentId(tx.next_id("comment")?),
        };
        self.comment_ids.insert(id);
        self.comments.insert(guid.to_owned(), id);
        Ok(id)
    }
}

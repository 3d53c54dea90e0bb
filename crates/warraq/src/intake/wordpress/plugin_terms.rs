//! What becomes of terms that plugins and themes brought («series», «region»)? They become tags: the only other way here
//! to find stories that belong together.

use std::collections::BTreeMap;

use arabic::fold::{Fold, fold};
use wordpress::addresses::is_inner_taxonomy;

use super::{plain, slug};
use crate::news::section::NewTerm;

/// Terms of taxonomies that are neither categories nor tags.
#[derive(Debug, Default)]
pub(super) struct PluginTerms {
    /// By taxonomy and slug.
    terms: BTreeMap<(String, String), NewTerm>,
    /// In the order in which they were learned.
    order: Vec<(String, String)>,
    /// Whose a slug is: the first that has it.
    owners: BTreeMap<String, String>,
    /// Tags by slug, with their folded names: a slug of theirs is theirs.
    tags: BTreeMap<String, String>,
}

impl PluginTerms {
    /// A term, or what is new about it. Those of WordPress's own machinery are none.
    pub(super) fn learn(&mut self, taxonomy: &str, nicename: &str, name: &str, description: &str) {
        let (slug, name) = (slug(nicename), plain(name));
        if is_inner_taxonomy(taxonomy) || taxonomy.is_empty() || slug.is_empty() || name.is_empty() {
            return;
        }
        self.owners.entry(slug.clone()).or_insert_with(|| key(&name));
        let key = (taxonomy.to_owned(), slug.clone());
        if !self.terms.contains_key(&key) {
            self.order.push(key.clone());
        }
        let term = self.terms.entry(key).or_insert(NewTerm { slug, name, ..NewTerm::default() });
        if term.description.is_empty() {
            term.description = plain(description);
        }
    }

    /// A tag of WordPress, before whose slug the others step back.
    pub(super) fn learn_tag(&mut self, slug: &str, name: &str) {
        self.tags.entry(slug.to_owned()).or_insert_with(|| key(name));
    }

    /// The tag that a term is here. One that is called as another with its slug is that one; one that only has the slug
    /// of another gets the name of its taxonomy behind its own.
    pub(super) fn tag(&self, taxonomy: &str, nicename: &str) -> Option<NewTerm> {
        let mut tag = self.terms.get(&(taxonomy.to_owned(), slug(nicename)))?.clone();
        let owner = self.tags.get(&tag.slug).or_else(|| self.owners.get(&tag.slug));
        if owner.is_some_and(|owner| *owner != key(&tag.name)) {
            tag.slug = format!("{}-{}", tag.slug, slug(taxonomy));
        }
        Some(tag)
    }

    /// All of them as tags, in the order of the file.
    pub(super) fn tags(&self) -> impl Iterator<Item = NewTerm> {
        self.order.iter().filter_map(|(taxonomy, slug)| self.tag(taxonomy, slug))
    }

    /// How many terms each taxonomy has.
    pub(super) fn census(&self) -> BTreeMap<&str, usize> {
        let mut census = BTreeMap::new();
        for (taxonomy, _) in &self.order {
            *census.entry(taxonomy.as_str()).or_default() += 1;
        }
        census
    }
}

/// A name as it is compared.
fn key(name: &str) -> String {
    fold(name, Fold::KEY).to_lowercase()
}

//! Articles: found, kept, listed.

mod reading;
mod writing;

pub(in crate::store) use reading::beside;
pub use reading::{
    Address, Owner, Record, after, body, by_id, by_ids, by_old_name, by_old_names, corrections, in_state, latest_noted,
    latest_revision, listed, neighbours, of_translation_group, owner_of_id, owner_of_slug, pages, published, record,
    revisions, shows_latest_revision, siblings, taken_ids, taken_slugs, with_bodies,
};
pub use writing::{
    NewArticle, add_correction, add_links, add_revision, claim_slug, free_slug, insert, list, list_new, set_content,
    set_draft, set_links, set_published, set_scheduled, set_translation_group, set_updated, set_withdrawn, unlist,
};

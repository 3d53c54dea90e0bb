//! What happens when…? Every verb of the desk, on both engines.

mod articles;
mod comments;
mod files;
mod fronts;
mod imports;
mod listings;
pub(crate) mod media;
mod schedule;
mod staff;
mod terms;

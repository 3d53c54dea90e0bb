//! Is it kept? The store on both engines.

mod backups;
mod jobs;
mod settings;
mod upgrades;
mod writing;

pub(crate) use backups::dump;

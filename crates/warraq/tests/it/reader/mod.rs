//! What does a reader see? Pages, addresses, feeds, and what is said when something is not there.

mod addresses;
mod articles;
mod caching;
mod counts;
mod errors;
mod feeds;
mod files;
mod fronts;
mod keeping;
mod lists;
mod own;
mod search;
mod sitemaps;
mod themes;

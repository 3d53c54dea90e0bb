//! Warraq: one program that runs a specialist publication.
//!
//! ARCHITECTURE.md draws the map and walks it. Each room answers one question, in the first line of its module.

pub mod cache;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod durable;
pub mod error;
pub mod export;
pub mod feeds;
pub mod fetch;
pub mod identity;
pub mod intake;
pub mod interface;
pub mod mail;
pub mod media;
pub mod news;
pub mod search;
pub mod store;
pub mod web;
pub mod worker;

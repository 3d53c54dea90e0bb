//! How does WordPress say it?
//!
//! Pure: text and bytes in, values out; neither disk nor network. Written from the documented formats and from what a
//! running WordPress answers, not from its source.

pub mod balance;
pub mod blocks;
pub mod body;
pub mod classic;
mod entities;
mod html;
mod images;
pub mod library;
pub mod links;
pub mod shortcodes;
pub mod slugs;
pub mod text;

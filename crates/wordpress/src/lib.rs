//! How does WordPress say it?
//!
//! Pure: text and bytes in, values out; neither disk nor network. Written from the documented formats and from what a
//! running WordPress answers, not from its source.
//!
//! - [`wxr`] reads and writes export files, in whatever state they are; [`fields`] and [`php`] read what plugins left in
//!   them; [`addresses`] tells where the old site answered.
//! - [`body`] makes of what an author wrote what readers saw: [`blocks`], [`shortcodes`], [`classic`] paragraphs and
//!   typography, with a [`library`] for what does not stand in the text; [`uploads`] finds the files that a text names.
//! - [`slugs`], [`links`], [`balance`] and [`text`] are its small habits.

pub mod addresses;
pub mod balance;
pub mod blocks;
pub mod body;
pub mod classic;
pub mod fields;
pub mod library;
pub mod links;
pub mod php;
pub mod shortcodes;
pub mod slugs;
pub mod text;
pub mod uploads;
pub mod wxr;

mod entities;
mod html;
mod images;

//! What does WordPress make of a text that was typed without a block editor?
//!
//! Until 2018 an article was stored as its author typed it: blank lines between paragraphs, straight quotation marks, two
//! hyphens for a dash. Paragraphs and typography come in when the page is shown, and so most exports hold neither.

pub mod paragraphs;
pub mod smilies;
pub mod typography;

//! What did somebody else already publish, and which of its words are the article?
//!
//! Everything here is pure: bytes go in, an article and the complaints come out. Disk, network and clock belong to
//! the caller.

pub mod feed;
pub mod ghost;
pub mod json_lines;
pub mod saved_page;
pub mod wordpress;

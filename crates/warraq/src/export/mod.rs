//! What may be taken away? Everything, in formats that others read. Pure: what the store holds in, entries out.

pub mod archive;
pub mod wordpress;

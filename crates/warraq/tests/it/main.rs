//! Stories about the whole program: a newsroom, its editor and its readers, on both engines.

mod desk;
mod store;
mod support;

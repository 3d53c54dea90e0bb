//! Stories about the whole program: a newsroom, its editor and its readers, on both engines; the program as its users
//! run it; and whether walls and documents say the truth.

mod cli;
mod comments;
mod desk;
mod disk;
mod docs;
mod kill;
mod newsroom;
pub mod passkeys;
pub mod queries;
mod reader;
mod store;
mod support;
mod walls;

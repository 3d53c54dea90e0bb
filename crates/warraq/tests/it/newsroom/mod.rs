//! Stories of the newsroom: who comes in, what is written, what goes out.

mod accounts;
mod arranging;
mod comments;
mod door;
mod hostile_files;
mod letters;
mod matrix;
mod passkeys;
mod pictures;
mod planning;
mod stages;
mod wire;
mod writing;

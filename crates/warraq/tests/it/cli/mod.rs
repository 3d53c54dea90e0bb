//! The program as its users run it: commands, a server, exit statuses.

mod commands;
mod export;
mod journey;
mod wordpress;

//! The program as its users run it: commands, a server, exit statuses.

mod accounts;
mod commands;
mod export;
mod feed;
mod ghost;
mod hostile;
mod journey;
mod media;
mod wordpress;

//! What is asked for on the command line? One file per command.
//!
//! Errors go to standard error and say what, where and what to do; the exit status is 1, or 2 for input that was
//! wrong. With `--json` nothing but JSON goes to standard output.

mod article;
mod backup;
mod comments;
mod doctor;
mod dossier;
mod export;
mod front;
mod import;
mod init;
mod jobs;
mod office;
mod search;
mod serve;
mod site;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use office::Office;

use crate::config::ConfigError;
use crate::error::Error;

/// One program that runs a specialist publication.
#[derive(Debug, Parser)]
#[command(name = "warraq", version, about, propagate_version = true)]
pub struct Cli {
    /// The site folder.
    #[arg(long, global = true, default_value = "./site", value_name = "DIR")]
    site: PathBuf,
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(long, global = true, env = "WARRAQ_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Found a publication in a new site folder.
    Init(init::Args),
    /// Serve the publication.
    Serve(serve::Args),
    /// Staff accounts.
    #[command(subcommand)]
    User(user::Command),
    /// Take articles in from elsewhere.
    #[command(subcommand)]
    Import(import::Command),
    /// Take everything away, for other systems.
    #[command(subcommand)]
    Export(export::Command),
    /// Publish, schedule, withdraw and correct articles.
    #[command(subcommand)]
    Article(article::Command),
    /// Decide about comments.
    #[command(subcommand)]
    Comments(comments::Command),
    /// The places of the front page that are filled by hand.
    #[command(subcommand)]
    Front(front::Command),
    /// What is left to do, and what waits for a person.
    #[command(subcommand)]
    Jobs(jobs::Command),
    /// The publication's own settings.
    #[command(subcommand, name = "site")]
    Publication(site::Command),
    /// Search the published articles.
    Search(search::SearchArgs),
    /// Make the search index anew.
    Reindex(search::ReindexArgs),
    /// Show words as the search index sees them.
    Text(search::TextArgs),
    /// Who said or did what, when?
    #[command(subcommand)]
    Dossier(dossier::Command),
    /// Look whether everything is well.
    Doctor(doctor::Args),
    /// Write everything into one file, while the site serves.
    Backup(backup::BackupArgs),
    /// Make a site from a backup file.
    Restore(backup::RestoreArgs),
}

/// Read the command line, do it, give the exit status.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let office = Office::new(&cli.site, cli.database.clone());
    let done = dispatch(cli.command, &office);
    office.wait_until_heard();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { error, status }) => {
            eprintln!("warraq: {error:#}");
            ExitCode::from(status)
        }
    }
}

fn dispatch(command: Command, office: &Office) -> Result<(), Failure> {
    match command {
        Command::Init(args) => init::run(&args, office),
        Command::Serve(args) => serve::run(&args, office),
        Command::User(command) => user::run(&command, office),
        Command::Import(command) => import::run(&command, office),
        Command::Export(command) => export::run(&command, office),
        Command::Article(command) => article::run(&command, office),
        Command::Comments(command) => comments::run(&command, office),
        Command::Front(command) => front::run(&command, office),
        Command::Jobs(command) => jobs::run(&command, office),
        Command::Publication(command) => site::run(&command, office),
        Command::Search(args) => search::search(&args, office),
        Command::Reindex(args) => search::reindex(&args, office),
        Command::Text(args) => search::text(&args),
        Command::Dossier(command) => dossier::run(&command),
        Command::Doctor(args) => doctor::run(&args, office),
        Command::Backup(args) => backup::back_up(&args, office),
        Command::Restore(args) => backup::restore(&args, office),
    }
}

/// Why a command did not succeed.
#[derive(Debug)]
struct Failure {
    error: anyhow::Error,
    status: u8,
}

impl Failure {
    /// What was typed or sent cannot be used: status 2.
    fn bad_input(message: impl std::fmt::Display) -> Self {
        Self { error: anyhow::anyhow!("{message}"), status: 2 }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let status = if is_bad_input(&error) { 2 } else { 1 };
        Self { error, status }
    }
}

/// Is it about what was typed, or about what happened?
fn is_bad_input(error: &anyhow::Error) -> bool {
    let typed = error
        .downcast_ref::<Error>()
        .is_some_and(|error| matches!(error, Error::NotFound(_) | Error::Invalid(_) | Error::Conflict(_)));
    typed || error.downcast_ref::<ConfigError>().is_some_and(|error| !matches!(error, ConfigError::Io { .. }))
}

//! `warraq user`: staff accounts.

use std::io::Read as _;

use super::Failure;
use super::office::{Office, block_on};
use crate::desk::users;
use crate::identity::PrivateEmail;
use crate::news::staff::Role;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Open an account.
    Add {
        /// E-mail address of the account; signing in comes with the newsroom.
        email: String,
        /// Name as colleagues see it.
        #[arg(long)]
        name: String,
        /// owner, editor, author or contributor.
        #[arg(long)]
        role: String,
        /// Read the password from standard input; without it the account has none.
        #[arg(long)]
        password_stdin: bool,
    },
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    let Command::Add { email, name, role, password_stdin } = command;
    let email = PrivateEmail::parse(email)
        .map_err(|_| Failure::bad_input("that is no e-mail address; write name@example.org"))?;
    let role = Role::parse(role).ok_or_else(|| {
        Failure::bad_input(format!("there is no role «{role}»; write owner, editor, author or contributor"))
    })?;
    let password = if *password_stdin {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        Some(text.trim_end_matches(['\r', '\n']).to_owned())
    } else {
        None
    };
    if password.as_ref().is_some_and(|password| password.chars().count() < users::MIN_PASSWORD) {
        return Err(Failure::bad_input(format!(
            "the password is too short: at least {} characters",
            users::MIN_PASSWORD
        )));
    }
    let (desk, _) = office.open()?;
    let id = block_on(users::add(&desk, email, name, role, password.as_deref()))??;
    println!("account {id} ({}) is open for {name}", role.as_str());
    Ok(())
}

//! `warraq user`: staff accounts.

use std::io::Read as _;

use super::Failure;
use super::office::{Office, block_on, print_json};
use crate::desk::{Desk, accounts, invitations, users};
use crate::error::Error;
use crate::identity::PrivateEmail;
use crate::news::staff::Role;
use crate::news::{SectionId, UserId};
use crate::store::accounts::{Account, by_id, list};
use crate::store::sections;

/// How many accounts are read at once.
const STEP: i64 = 500;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Open an account.
    Add {
        /// E-mail address of the account, by which its owner signs in.
        email: String,
        /// Name as colleagues see it.
        #[arg(long)]
        name: String,
        /// owner, editor, author or contributor.
        #[arg(long)]
        role: String,
        /// Read the password from standard input; without it the account has none, and its owner asks for one on the
        /// page where one signs in.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Ask somebody to join by letter: the link in it is valid for seven days.
    Invite {
        /// Where the letter goes.
        email: String,
        /// Who it is.
        #[arg(long)]
        name: String,
        /// owner, editor, author or contributor.
        #[arg(long)]
        role: String,
        /// A section in which the account works, by its path; may be given often. Without any: everywhere.
        #[arg(long, value_name = "PATH")]
        section: Vec<String>,
    },
    /// All accounts, closed ones too.
    List {
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Give an account another role, and sections.
    Role {
        /// Number of the account, as `warraq user list` shows it.
        id: i64,
        /// owner, editor, author or contributor.
        role: String,
        /// A section in which the account works, by its path; may be given often. Without any: everywhere.
        #[arg(long, value_name = "PATH")]
        section: Vec<String>,
    },
    /// Close an account: its sessions end, and nobody signs in with it.
    Disable {
        /// Number of the account.
        id: i64,
    },
    /// Open a closed account again.
    Enable {
        /// Number of the account.
        id: i64,
    },
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    match command {
        Command::Add { email, name, role, password_stdin } => add(office, email, name, role, *password_stdin),
        Command::Invite { email, name, role, section } => invite(office, email, name, role, section),
        Command::List { json } => show(office, *json),
        Command::Role { id, role, section } => {
            let role = role_of(role)?;
            let (desk, _) = office.open()?;
            block_on(async {
                let sections = sections_of(&desk, section).await?;
                accounts::change_role(&desk, UserId(*id), role, sections).await?;
                Ok::<_, Failure>(())
            })??;
            tell(&desk, *id)
        }
        Command::Disable { id } => {
            let (desk, _) = office.open()?;
            block_on(accounts::disable(&desk, UserId(*id)))??;
            tell(&desk, *id)
        }
        Command::Enable { id } => {
            let (desk, _) = office.open()?;
            block_on(accounts::enable(&desk, UserId(*id)))??;
            tell(&desk, *id)
        }
    }
}

fn add(office: &Office, email: &str, name: &str, role: &str, password_stdin: bool) -> Result<(), Failure> {
    let (email, role) = (address_of(email)?, role_of(role)?);
    let password = if password_stdin {
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

fn invite(office: &Office, email: &str, name: &str, role: &str, paths: &[String]) -> Result<(), Failure> {
    let (email, role) = (address_of(email)?, role_of(role)?);
    let (desk, _) = office.open()?;
    block_on(async {
        let sections = sections_of(&desk, paths).await?;
        let guest = invitations::Guest { email, name: name.to_owned(), role, sections, language: String::new() };
        invitations::invite(&desk, guest).await?;
        Ok::<_, Failure>(())
    })??;
    println!("{name} is invited ({}); the letter leaves when the server runs", role.as_str());
    if let Some(folder) = desk.mail.outbox() {
        println!("no mail server is set: the letter will lie in {}", folder.display());
    }
    Ok(())
}

fn show(office: &Office, json: bool) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let mut all: Vec<Account> = Vec::new();
    loop {
        let last = all.last().map_or(UserId(0), |account| account.id);
        let step = block_on(desk.store.read(move |db| Ok::<_, Error>(list(db, last, STEP)?)))??;
        if step.is_empty() {
            break;
        }
        all.extend(step);
    }
    if json {
        return print_json(&all.iter().map(as_json).collect::<Vec<_>>());
    }
    for account in &all {
        println!("{}", as_line(account));
    }
    Ok(())
}

/// What an account is now.
fn tell(desk: &Desk, id: i64) -> Result<(), Failure> {
    let account = block_on(desk.store.read(move |db| Ok::<_, Error>(by_id(db, UserId(id))?)))??;
    if let Some(account) = account {
        println!("{}", as_line(&account));
    }
    Ok(())
}

fn as_line(account: &Account) -> String {
    let mut words = vec![format!("{}", account.id), account.role.as_str().to_owned(), account.name.clone()];
    if !account.sections.is_empty() {
        let numbers: Vec<String> = account.sections.iter().map(|section| section.0.to_string()).collect();
        words.push(format!("[sections {}]", numbers.join(", ")));
    }
    if account.has_factor {
        words.push("[second factor]".into());
    }
    if account.has_passkey {
        words.push("[passkey]".into());
    }
    if !account.has_password {
        words.push("[no password]".into());
    }
    if account.disabled_at.is_some() {
        words.push("[closed]".into());
    }
    words.join(" ")
}

fn as_json(account: &Account) -> serde_json::Value {
    serde_json::json!({
        "id": account.id.0,
        "name": account.name,
        "role": account.role.as_str(),
        "sections": account.sections.iter().map(|section| section.0).collect::<Vec<_>>(),
        "second_factor": account.has_factor,
        "passkey": account.has_passkey,
        "password": account.has_password,
        "closed": account.disabled_at.is_some(),
    })
}

fn address_of(text: &str) -> Result<PrivateEmail, Failure> {
    PrivateEmail::parse(text).map_err(|_| Failure::bad_input("that is no e-mail address; write name@example.org"))
}

fn role_of(text: &str) -> Result<Role, Failure> {
    Role::parse(text).ok_or_else(|| {
        Failure::bad_input(format!("there is no role «{text}»; write owner, editor, author or contributor"))
    })
}

async fn sections_of(desk: &Desk, paths: &[String]) -> Result<Vec<SectionId>, Failure> {
    let all = desk.store.read(|db| Ok::<_, Error>(sections::all(db)?)).await?;
    let find = |path: &String| {
        let found = all.iter().find(|section| section.path == path.trim_matches('/'));
        let known = || all.iter().map(|section| section.path.as_str()).collect::<Vec<_>>().join(", ");
        found
            .map(|section| section.id)
            .ok_or_else(|| Failure::bad_input(format!("there is no section «{path}»; there are: {}", known())))
    };
    paths.iter().map(find).collect()
}

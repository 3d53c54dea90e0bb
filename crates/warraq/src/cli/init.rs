//! `warraq init`: found a publication.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use super::office::{Office, block_on};
use super::Failure;
use crate::config::Config;
use crate::desk::sites;
use crate::news::language::Language;
use crate::news::permalink::Permalink;
use crate::news::site::{BaseUrl, Settings, Site};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name of the publication.
    #[arg(long, default_value = "ورّاق")]
    title: String,
    /// The line under the name.
    #[arg(long, default_value = "")]
    tagline: String,
    /// Language: ar, en, …
    #[arg(long, default_value = "ar")]
    language: String,
    /// Address under which readers come, without a path.
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    base_url: String,
    /// Time zone in which days begin and end.
    #[arg(long, default_value = "UTC", value_name = "ZONE")]
    time_zone: String,
    /// Form of article addresses.
    #[arg(long, default_value = "/%year%/%monthnum%/%day%/%postname%/", value_name = "PATTERN")]
    permalink: String,
    /// A TOML file with everything at once: title, tagline, language, time_zone, base_url, permalink and [settings].
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

/// The file of `--from`; what it leaves out comes from the command line.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Plan {
    title: Option<String>,
    tagline: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    base_url: Option<String>,
    permalink: Option<String>,
    settings: Settings,
}

pub(super) fn run(args: &Args, office: &Office) -> Result<(), Failure> {
    let plan = match &args.from {
        None => Plan::default(),
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| Failure::bad_input(format!("{}: {error}", path.display())))?;
            toml::from_str(&text).map_err(|error| Failure::bad_input(format!("{}: {error}", path.display())))?
        }
    };
    let pick = |planned: Option<String>, typed: &str| planned.unwrap_or_else(|| typed.to_owned());
    let title = crate::news::article::tidy(&pick(plan.title, &args.title));
    if title.is_empty() {
        return Err(Failure::bad_input("a publication needs a name: --title"));
    }
    let site = Site {
        title,
        tagline: crate::news::article::tidy(&pick(plan.tagline, &args.tagline)),
        language: Language::parse(&pick(plan.language, &args.language)).map_err(Failure::bad_input)?,
        time_zone: Site::parse_time_zone(&pick(plan.time_zone, &args.time_zone)).map_err(Failure::bad_input)?,
        base_url: BaseUrl::parse(&pick(plan.base_url, &args.base_url)).map_err(Failure::bad_input)?,
        permalink: Permalink::parse(&pick(plan.permalink, &args.permalink)).map_err(Failure::bad_input)?,
        settings: plan.settings,
    };
    let file = office.folder.config_file();
    if file.exists() {
        return Err(Failure::bad_input(format!("{} is there already; nothing was changed", file.display())));
    }
    // Drafts and the database are nobody else's business.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(office.folder.path())?;
    let config = Config { database: office.database.clone().unwrap_or_else(|| Config::default().database), ..Config::default() };
    let desk = office.open_with(&config)?;
    let title = site.title.clone();
    block_on(sites::found(&desk, site))??;
    // Last, because this file is what makes a folder a site.
    fs::write(&file, config_text(&config))?;
    println!("«{title}» was founded in {}. Next: warraq serve --site {}", office.folder.path().display(), office.folder.path().display());
    Ok(())
}

/// `warraq.toml` as a newcomer finds it.
fn config_text(config: &Config) -> String {
    format!(
        "# Settings of the machine that serves this publication. docs/settings.md explains each of them.\n\
         listen = \"{}\"\n\
         database = {}\n",
        config.listen,
        toml::Value::String(config.database.clone()),
    )
}

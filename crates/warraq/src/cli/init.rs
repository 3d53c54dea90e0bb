//! `warraq init`: found a publication.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use super::Failure;
use super::office::{Office, block_on};
use crate::config::Config;
use crate::desk::sites;
use crate::news::article::tidy;
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

/// The publication as a file says it: that of `init --from`, of `site show` and `site change`.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Plan {
    title: Option<String>,
    tagline: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    base_url: Option<String>,
    permalink: Option<String>,
    settings: Settings,
}

impl Plan {
    /// What a publication is now.
    pub(super) fn of(site: &Site) -> Self {
        Self {
            title: Some(site.title.clone()),
            tagline: Some(site.tagline.clone()),
            language: Some(site.language.as_str().to_owned()),
            time_zone: Some(site.time_zone_name().to_owned()),
            base_url: Some(site.base_url.as_str().to_owned()),
            permalink: Some(site.permalink.as_str().to_owned()),
            settings: site.settings.clone(),
        }
    }

    /// The publication that is meant; what is wrong with it as a sentence.
    pub(super) fn into_site(self) -> Result<Site, String> {
        let title = tidy(&self.title.unwrap_or_default());
        if title.is_empty() {
            return Err("a publication needs a name: --title".into());
        }
        Ok(Site {
            title,
            tagline: tidy(&self.tagline.unwrap_or_default()),
            language: Language::parse(&self.language.unwrap_or_default())?,
            time_zone: Site::parse_time_zone(&self.time_zone.unwrap_or_default())?,
            base_url: BaseUrl::parse(&self.base_url.unwrap_or_default())?,
            permalink: Permalink::parse(&self.permalink.unwrap_or_default())?,
            settings: self.settings,
        })
    }
}

pub(super) fn run(args: &Args, office: &Office) -> Result<(), Failure> {
    let planned = match &args.from {
        None => Plan::default(),
        Some(path) => {
            let text =
                fs::read_to_string(path).map_err(|error| Failure::bad_input(format!("{}: {error}", path.display())))?;
            toml::from_str(&text).map_err(|error| Failure::bad_input(format!("{}: {error}", path.display())))?
        }
    };
    let typed = |planned: Option<String>, typed: &str| Some(planned.unwrap_or_else(|| typed.to_owned()));
    let plan = Plan {
        title: typed(planned.title, &args.title),
        tagline: typed(planned.tagline, &args.tagline),
        language: typed(planned.language, &args.language),
        time_zone: typed(planned.time_zone, &args.time_zone),
        base_url: typed(planned.base_url, &args.base_url),
        permalink: typed(planned.permalink, &args.permalink),
        settings: planned.settings,
    };
    let site = plan.into_site().map_err(Failure::bad_input)?;
    let file = office.folder.config_file();
    if file.exists() {
        return Err(Failure::bad_input(format!("{} is there already; nothing was changed", file.display())));
    }
    let config =
        Config { database: office.database.clone().unwrap_or_else(|| Config::default().database), ..Config::default() };
    office.folder.database(office.database.as_deref(), &config)?;
    // Drafts and the database are nobody else's business.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(office.folder.path())?;
    let desk = office.open_with(&config)?;
    let title = site.title.clone();
    block_on(sites::found(&desk, site))??;
    // Last, because this file is what makes a folder a site.
    fs::write(&file, config_text(&config))?;
    println!(
        "«{title}» was founded in {}. Next: warraq serve --site {}",
        office.folder.path().display(),
        office.folder.path().display()
    );
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

//! How is it set up? The site folder, its `warraq.toml`, and what the command line says over it.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::fetch::FetchConfig;
use crate::mail::MailConfig;
use crate::store::Location;

/// Settings of the machine that serves; what readers see is in the database (see `news::site`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// `sqlite:PATH` (relative to the site folder) or `postgres://…`.
    pub database: String,
    /// Threads that answer requests; 0: one per processor.
    pub workers: usize,
    /// Database connections for reading.
    pub readers: usize,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How many comments one network block may send in ten minutes before it is asked to wait.
    pub comments_per_ten_minutes: u32,
    /// Megabytes of memory for finished pages.
    pub cache_megabytes: u64,
    /// How other machines are asked.
    pub fetch: FetchConfig,
    /// How letters leave.
    pub mail: MailConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: "sqlite:warraq.db".into(),
            workers: 0,
            readers: 8,
            trusted_proxies: Vec::new(),
            comments_per_ten_minutes: 20,
            cache_megabytes: 32,
            fetch: FetchConfig::default(),
            mail: MailConfig::default(),
        }
    }
}

/// A folder with everything that belongs to one publication.
#[derive(Debug, Clone)]
pub struct SiteFolder(PathBuf);

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No `warraq.toml`.
    #[error("{0} is no site folder (there is no warraq.toml in it); make one with: warraq init --site {0}")]
    NoSite(String),
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// The file does not say what it should.
    #[error("{path}: {message}")]
    Wrong {
        /// The file.
        path: String,
        /// What and where.
        message: String,
    },
}

impl SiteFolder {
    /// The folder at a path, there or not yet.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Settings of the machine.
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.0.join("warraq.toml")
    }

    /// Keys, outside of the database.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// Pictures.
    #[must_use]
    pub fn media(&self) -> PathBuf {
        self.0.join("media")
    }

    /// The search index, which can be made again.
    #[must_use]
    pub fn index(&self) -> PathBuf {
        self.0.join("index")
    }

    /// Templates, styles and texts that stand before ours, if the folder is there.
    #[must_use]
    pub fn theme(&self) -> Option<PathBuf> {
        Some(self.0.join("theme")).filter(|theme| theme.is_dir())
    }

    /// Read `warraq.toml`.
    ///
    /// # Errors
    /// There is none, or it says something that is not known.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let path = self.config_file();
        if !path.exists() {
            return Err(ConfigError::NoSite(self.0.display().to_string()));
        }
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|source| ConfigError::Io { path: name.clone(), source })?;
        toml::from_str(&text).map_err(|error| ConfigError::Wrong { path: name, message: error.to_string() })
    }

    /// Which database, from the command line or the settings.
    ///
    /// # Errors
    /// The text names none.
    pub fn database(&self, asked: Option<&str>, config: &Config) -> Result<Location, ConfigError> {
        let text = asked.unwrap_or(&config.database);
        let location =
            Location::parse(text).map_err(|error| ConfigError::Wrong { path: "database".into(), message: error })?;
        Ok(match location {
            Location::Sqlite(path) if path.is_relative() => Location::Sqlite(self.0.join(path)),
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_nobody_knows_are_refused() {
        assert!(toml::from_str::<Config>("listen = \"127.0.0.1:1\"").is_ok());
        assert!(toml::from_str::<Config>("lisen = \"127.0.0.1:1\"").is_err());
        assert!(toml::from_str::<Config>("[fetch]\nallow = [\"10.1.0.0/16\"]").is_ok());
        assert!(toml::from_str::<Config>("[fetch]\nallow = [\"localhost\"]").is_err());
        assert!(toml::from_str::<Config>("[mail]\nhost = \"mail.example\"\nsecurity = \"starttls\"").is_ok());
        assert!(toml::from_str::<Config>("[mail]\nsecurity = \"whatever\"").is_err());
    }

    #[test]
    fn the_database_lies_in_the_site_folder_unless_said_otherwise() {
        let folder = SiteFolder::new(Path::new("/srv/site"));
        let config = Config::default();
        let check = |asked: Option<&str>, path: &str| {
            assert_eq!(folder.database(asked, &config).ok(), Some(Location::Sqlite(path.into())))
        };
        check(None, "/srv/site/warraq.db");
        check(Some("sqlite:other.db"), "/srv/site/other.db");
        check(Some("sqlite:/elsewhere/x.db"), "/elsewhere/x.db");
        assert!(folder.database(Some("mysql://x"), &config).is_err());
    }
}

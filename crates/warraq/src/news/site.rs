//! What is this publication?

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::MediaId;
use super::colour::Colour;
use super::language::Language;
use super::menu::MenuLink;
use super::moderation::Rules;
use super::permalink::Permalink;
use super::staff::Role;
use super::stage::Stages;

/// The publication itself.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its name.
    pub title: String,
    /// The line under the name.
    pub tagline: String,
    /// Language of the interface and of articles that say nothing else.
    pub language: Language,
    /// Where days begin and end.
    pub time_zone: TimeZone,
    /// Scheme, host and port without a slash at the end: every absolute address begins with it.
    pub base_url: BaseUrl,
    /// The form of article addresses.
    pub permalink: Permalink,
    /// Everything that has a sensible default.
    pub settings: Settings,
}

/// The part of a site that is kept as one JSON text. A new setting gets a default here and needs no migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Which calendar dates are shown in.
    pub calendar: Calendar,
    /// ISO 3166 code of the region whose Arabic month names are used: `EG` أكتوبر, `SY` تشرين الأول, `MA` أكتوبر…
    pub month_names: String,
    /// How numbers are written.
    pub digits: Digits,
    /// Articles on a page of a list.
    pub per_page: i64,
    /// Threads on a page of a discussion.
    pub threads_per_page: i64,
    /// When a comment is published, held or refused.
    pub comments: Rules,
    /// After how many days a commenter's sealed e-mail address is erased.
    pub keep_address_days: u32,
    /// After how many days a commenter's sealed network address is erased.
    pub keep_network_days: u32,
    /// Roles of which a second factor is asked: without one they see their own account and nothing else.
    pub second_factor: Vec<Role>,
    /// Where a draft is on its way, who may take it on, and from where it goes out.
    pub stages: Stages,
    /// What others may do with the articles, shown in feeds and structured data.
    pub licence: String,
    /// Links at the head of every page, in order; none: the sections of the first level.
    pub menu: Vec<MenuLink>,
    /// Links at the foot of every page, in order; none: the standing pages.
    pub footer: Vec<MenuLink>,
    /// The colour of links and of what is marked; none: that of the theme.
    pub accent: Option<Colour>,
    /// A picture of the library that stands for the name at the head of every page; none: the name.
    pub logo: Option<MediaId>,
    /// Are crawlers turned away that gather texts to train machines?
    pub refuse_training: bool,
    /// Further crawlers that are turned away, by their product tokens (RFC 9309, 2.2.1).
    pub refused_crawlers: Vec<String>,
    /// Who may sell advertising space (IAB ads.txt), as it is served at `/ads.txt`; empty: there is no such file.
    pub ads_txt: String,
}

/// Crawlers that gather texts to train machines, by the product tokens under which their makers say that robots.txt may
/// turn them away.
const TRAINING_CRAWLERS: &[&str] = &[
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
    "PanguBot",
    "Timpibot",
];

/// Is it a product token? Letters, `-` and `_` (RFC 9309, 2.2.1); digits are in use, too.
#[must_use]
pub fn is_crawler(name: &str) -> bool {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=60).contains(&name.len()) && name.bytes().all(usual)
}

impl Settings {
    /// The crawlers that robots.txt turns away.
    #[must_use]
    pub fn crawlers_turned_away(&self) -> Vec<String> {
        let training = TRAINING_CRAWLERS.iter().filter(|_| self.refuse_training).map(|name| (*name).to_owned());
        let further = self.refused_crawlers.iter().filter(|name| is_crawler(name)).cloned();
        training.chain(further).collect()
    }

    /// The sealed e-mail addresses of comments from before this are erased.
    #[must_use]
    pub fn addresses_since(&self, now: Timestamp) -> Timestamp {
        days_before(now, self.keep_address_days)
    }

    /// The sealed network addresses of comments from before this are erased.
    #[must_use]
    pub fn networks_since(&self, now: Timestamp) -> Timestamp {
        days_before(now, self.keep_network_days)
    }
}

fn days_before(now: Timestamp, days: u32) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            calendar: Calendar::Gregorian,
            month_names: "EG".into(),
            digits: Digits::Latn,
            per_page: 20,
            threads_per_page: 50,
            comments: Rules::default(),
            keep_address_days: 365,
            keep_network_days: 30,
            second_factor: Vec::new(),
            stages: Stages::default(),
            licence: String::new(),
            menu: Vec::new(),
            footer: Vec::new(),
            accent: None,
            logo: None,
            refuse_training: false,
            refused_crawlers: Vec::new(),
            ads_txt: String::new(),
        }
    }
}

super::words! {
    /// Which calendar dates are shown in.
    Calendar {
        /// 22 أكتوبر 2020
        Gregorian = "gregorian",
        /// 5 ربيع الأول 1442 (Umm al-Qura)
        Hijri = "hijri",
        /// Gregorian, with the Hijri date beside it.
        GregorianWithHijri = "gregorian+hijri",
        /// Hijri, with the Gregorian date beside it.
        HijriWithGregorian = "hijri+gregorian",
    }
}

super::words! {
    /// How numbers are written in the interface.
    Digits {
        /// 0123456789
        Latn = "latn",
        /// ٠١٢٣٤٥٦٧٨٩
        Arab = "arab",
    }
}

impl Digits {
    /// Write a whole number.
    #[must_use]
    pub fn write(self, number: i64) -> String {
        self.convert(&number.to_string())
    }

    /// Write the digits of a text in these.
    #[must_use]
    pub fn convert(self, text: &str) -> String {
        match self {
            Self::Latn => text.to_owned(),
            Self::Arab => arabic::digits::to_arab(text).into_owned(),
        }
    }
}

/// Scheme and authority of the publication's addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Understand `https://example.org` or `http://127.0.0.1:8080/`.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = url::Url::parse(text)
            .map_err(|error| format!("«{text}» is no address ({error}); write for example https://example.org"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(format!("«{text}» must begin with http:// or https:// and name a host"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return Err(format!("«{text}» must end after the host: the publication lives at the root of its domain"));
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// Without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The absolute address of a path that begins with a slash.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The name of its host; `None` where it is a number.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        let url = url::Url::parse(&self.0).ok()?;
        url.domain().map(str::to_owned)
    }

    /// Does everything go over the network unencrypted? On the machine itself it goes over none.
    #[must_use]
    pub fn is_in_the_clear(&self) -> bool {
        let Some(host) = self.0.strip_prefix("http://") else { return false };
        let host = host.rsplit_once(':').filter(|(_, port)| !port.contains(']')).map_or(host, |(host, _)| host);
        let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
        host != "localhost" && !host.ends_with(".localhost") && !address.is_ok_and(|address| address.is_loopback())
    }
}

impl Site {
    /// The site-local calendar day of a moment.
    #[must_use]
    pub fn day_of(&self, time: Timestamp) -> jiff::civil::Date {
        time.to_zoned(self.time_zone.clone()).date()
    }

    /// Understand a time zone's name (`Asia/Riyadh`).
    ///
    /// # Errors
    /// No such zone.
    pub fn parse_time_zone(name: &str) -> Result<TimeZone, String> {
        TimeZone::get(name).map_err(|_| format!("«{name}» is no time zone; write for example Asia/Riyadh or UTC"))
    }

    /// The name under which the time zone is kept.
    #[must_use]
    pub fn time_zone_name(&self) -> &str {
        self.time_zone.iana_name().unwrap_or("UTC")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crawlers_are_turned_away_by_name() {
        let settings = Settings {
            refuse_training: true,
            refused_crawlers: vec!["PetalBot".into(), "x\nDisallow: /".into(), String::new()],
            ..Settings::default()
        };
        let away = settings.crawlers_turned_away();
        assert!(away.contains(&"GPTBot".to_owned()) && away.contains(&"PetalBot".to_owned()));
        assert_eq!(away.len(), TRAINING_CRAWLERS.len() + 1, "what is no name is left out");
        assert!(TRAINING_CRAWLERS.iter().all(|name| is_crawler(name)));
        assert_eq!(Settings::default().crawlers_turned_away(), Vec::<String>::new());
    }

    #[test]
    fn a_host_has_a_name_or_a_number() {
        let check = |text: &str, name: Option<&str>| {
            assert_eq!(BaseUrl::parse(text).expect(text).domain().as_deref(), name, "{text}");
        };
        check("https://Example.org:8443", Some("example.org"));
        check("http://localhost:8080/", Some("localhost"));
        check("https://ورّاق.example", Some("xn--mgbt6cva0c.example"));
        check("http://127.0.0.1:8080", None);
        check("https://[2001:db8::1]", None);
    }

    #[test]
    fn only_what_leaves_the_machine_unencrypted_is_in_the_clear() {
        let check = |text: &str, clear: bool| {
            assert_eq!(BaseUrl::parse(text).expect(text).is_in_the_clear(), clear, "{text}");
        };
        check("https://example.org", false);
        check("http://example.org", true);
        check("http://example.org:8080", true);
        check("http://192.0.2.7:8080", true);
        check("http://127.0.0.1:8080", false);
        check("http://localhost:8080/", false);
        check("http://news.localhost", false);
        check("http://[::1]:8080", false);
        check("http://[2001:db8::1]", true);
    }
}

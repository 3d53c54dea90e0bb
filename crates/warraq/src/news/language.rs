//! Which language is a text in, and from which side is it read?

use arabic::direction::{Direction, language_direction};

/// A BCP 47 tag such as `ar`, `en` or `zh-Hans`; lower-case language, no private parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

impl Language {
    /// Arabic, the language of a new publication.
    #[must_use]
    pub fn arabic() -> Self {
        Self("ar".into())
    }

    /// Understand a tag.
    ///
    /// # Errors
    /// The text is no language tag.
    pub fn parse(tag: &str) -> Result<Self, String> {
        let mut parts = tag.split(['-', '_']);
        let first = parts.next().unwrap_or("").to_ascii_lowercase();
        let proper = (2..=3).contains(&first.len()) && first.bytes().all(|letter| letter.is_ascii_lowercase());
        let rest: Vec<&str> = parts.collect();
        if !proper
            || rest.len() > 3
            || rest
                .iter()
                .any(|part| !(2..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            return Err(format!("«{tag}» is no language tag; write for example ar, en, zh-Hans"));
        }
        Ok(Self(std::iter::once(first.as_str()).chain(rest).collect::<Vec<_>>().join("-")))
    }

    /// The tag as it stands in `lang` attributes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without region or script.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("")
    }

    /// The side from which its script is read.
    #[must_use]
    pub fn direction(&self) -> Direction {
        language_direction(&self.0)
    }

    /// `rtl` or `ltr`.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        match self.direction() {
            Direction::Rtl => "rtl",
            Direction::Ltr => "ltr",
        }
    }

    /// The language's own name for itself, or the tag where we do not know one.
    #[must_use]
    pub fn own_name(&self) -> &str {
        match self.primary() {
            "ar" => "العربية",
            "en" => "English",
            "fr" => "Français",
            "zh" => "中文",
            "ru" => "Русский",
            "es" => "Español",
            "fa" => "فارسی",
            "ur" => "اردو",
            "tr" => "Türkçe",
            "de" => "Deutsch",
            "he" => "עברית",
            _ => &self.0,
        }
    }

    /// For Open Graph: `ar_AR`, `en_US`.
    #[must_use]
    pub fn open_graph_locale(&self) -> String {
        match self.0.as_str() {
            "ar" => "ar_AR".into(),
            "en" => "en_US".into(),
            "fr" => "fr_FR".into(),
            "zh" => "zh_CN".into(),
            "ru" => "ru_RU".into(),
            other => other.replace('-', "_"),
        }
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        Self::parse(&tag)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::arabic()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags() {
        let check = |tag: &str, read: Option<&str>| {
            assert_eq!(Language::parse(tag).ok().as_ref().map(Language::as_str), read, "{tag}")
        };
        check("ar", Some("ar"));
        check("AR_eg", Some("ar-eg"));
        check("zh-Hans", Some("zh-Hans"));
        check("", None);
        check("arabic language", None);
        check("a\"b", None);
    }

    #[test]
    fn knows_the_side() {
        let check = |tag: &str, dir: &str| assert_eq!(Language::parse(tag).map(|l| l.dir()), Ok(dir));
        check("ar", "rtl");
        check("en", "ltr");
        check("fa", "rtl");
        check("zh", "ltr");
    }
}

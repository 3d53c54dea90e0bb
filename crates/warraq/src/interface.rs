//! What does the program itself say, in the reader's language?
//!
//! Every word that is not an article's stands in `locales/<language>.ftl` ([Fluent](https://projectfluent.org)); a
//! theme may say things differently in its own `locales/` folder. Plural forms follow CLDR from the number itself,
//! while the digits that are shown follow the site's setting. Placeholders are not isolated here: templates put `<bdi>`
//! around what may be of another direction, and the `isolate` filter does the same where no element can stand.
//!
//! The files are read by Fluent's own parser and spoken by the few lines below: text, `{ $name }`, `{ "literal" }` and
//! choices by number or word are all that interface texts need. Fluent's run time would do it too, behind a lock, and
//! by plural rules that count 103 and 111 wrongly in Arabic (`intl_pluralrules` 7.0 lost the «modulo 100»). Those of
//! CLDR are short for whole numbers, and stand in [`category`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use arabic::count::Plural;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use rust_embed::RustEmbed;

/// The language that has every text, and speaks for one that lacks it.
pub const FALLBACK: &str = "en";

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Embedded;

pub use crate::news::site::Digits;

/// What stands in for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A count: chooses the plural form and is written in the site's digits.
    Number(i64),
    /// A name, a date, a title; written as it is.
    Text(Cow<'a, str>),
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// Why texts could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum InterfaceError {
    /// A theme's file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not Fluent.
    #[error("{file}: {message}")]
    Syntax {
        /// Which file.
        file: String,
        /// What the parser said, and where.
        message: String,
    },
}

/// The texts of one language, with the digits of one site.
pub struct Interface {
    language: String,
    digits: Digits,
    phrases: HashMap<String, Phrase>,
    /// English, behind any other language.
    fallback: Option<Box<Interface>>,
}

impl Interface {
    /// The embedded texts of `language`, a tag like `ar` or `ar-EG`; English for a language that has none.
    ///
    /// # Errors
    /// When an embedded file does not parse, which a test rules out.
    pub fn new(language: &str, digits: Digits) -> Result<Self, InterfaceError> {
        Self::load(language, digits, None)
    }

    /// As [`Interface::new`], with `<theme>/locales/*.ftl` laid over the embedded texts.
    ///
    /// # Errors
    /// When a file of the theme cannot be read or does not parse.
    pub fn load(language: &str, digits: Digits, theme: Option<&Path>) -> Result<Self, InterfaceError> {
        let known = languages(theme)?;
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        let chosen = [language, primary].into_iter().find(|tag| known.contains(*tag)).unwrap_or(FALLBACK);
        let mut interface = Self::one(chosen, digits, theme)?;
        if chosen != FALLBACK {
            interface.fallback = Some(Box::new(Self::one(FALLBACK, digits, theme)?));
        }
        Ok(interface)
    }

    /// The language that was found.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The text of `key`; English where the language lacks it, the key itself where nobody knows it.
    #[must_use]
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(key, args).map_or_else(|| key.to_owned(), Cow::into_owned)
    }

    /// As [`Interface::text`], without a copy where the text has no placeholders; `None` for a key that nobody knows,
    /// or a placeholder that `args` lacks.
    #[must_use]
    pub fn find(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<Cow<'_, str>> {
        match self.phrases.get(key) {
            None => self.fallback.as_ref()?.find(key, args),
            Some(phrase) => match phrase.as_slice() {
                [Piece::Text(text)] => Some(Cow::Borrowed(text)),
                pieces => {
                    let mut text = String::new();
                    self.speak(pieces, args, &mut text)?;
                    Some(Cow::Owned(text))
                }
            },
        }
    }

    /// The keys of this language's own texts, for those who check that none is missing.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<&str> {
        self.phrases.keys().map(String::as_str).collect()
    }

    /// The texts whose keys begin with `prefix`, by the rest of the key; those with placeholders are left out.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> BTreeMap<String, String> {
        let mut found = self.fallback.as_ref().map(|fallback| fallback.with_prefix(prefix)).unwrap_or_default();
        for key in self.phrases.keys() {
            if let Some(rest) = key.strip_prefix(prefix)
                && let Some(text) = self.find(key, &[])
            {
                found.insert(rest.to_owned(), text.into_owned());
            }
        }
        found
    }

    fn one(language: &str, digits: Digits, theme: Option<&Path>) -> Result<Self, InterfaceError> {
        let mut phrases = HashMap::new();
        for (file, source) in sources(language, theme)? {
            phrases.extend(parse(&file, &source)?);
        }
        Ok(Self { language: language.to_owned(), digits, phrases, fallback: None })
    }

    fn speak(&self, pieces: &[Piece], args: &[(&str, Arg<'_>)], out: &mut String) -> Option<()> {
        let argument = |wanted: &str| args.iter().find(|(name, _)| *name == wanted).map(|(_, arg)| arg);
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Argument(name) => match argument(name)? {
                    Arg::Number(number) => out.push_str(&self.digits.write(*number)),
                    Arg::Text(text) => out.push_str(text),
                },
                Piece::Choice { argument: name, variants, otherwise } => {
                    let fits = self.fits(argument(name)?);
                    let chosen = variants.iter().find(|(key, _)| fits(key)).map_or(otherwise, |(_, phrase)| phrase);
                    self.speak(chosen, args, out)?;
                }
            }
        }
        Some(())
    }

    /// Which keys of a choice fit this argument: its number, its plural category, its word.
    fn fits(&self, arg: &Arg<'_>) -> impl Fn(&Key) -> bool {
        let (number, word) = match arg {
            Arg::Number(number) => (Some(*number), category(&self.language, *number)),
            Arg::Text(text) => (None, text.as_ref()),
        };
        move |key| match key {
            Key::Number(wanted) => number == Some(*wanted),
            Key::Word(wanted) => word == wanted,
        }
    }
}

impl std::fmt::Debug for Interface {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Interface").field("language", &self.language).field("texts", &self.phrases.len()).finish()
    }
}

/// A text in pieces; one without placeholders is a single piece.
type Phrase = Vec<Piece>;

enum Piece {
    Text(String),
    Argument(String),
    Choice { argument: String, variants: Vec<(Key, Phrase)>, otherwise: Phrase },
}

/// What a variant of a choice stands for.
enum Key {
    /// Exactly this number.
    Number(i64),
    /// A plural category, or the word that was given.
    Word(String),
}

/// The plural category of a whole number: CLDR's cardinal rules where there are no fractions. A language that is not
/// named has one form for 1 and another for the rest, like English.
#[must_use]
pub fn category(language: &str, number: i64) -> &'static str {
    let n = number.unsigned_abs();
    let (tens, hundreds) = (n % 10, n % 100);
    match language.split(['-', '_']).next().unwrap_or(language) {
        "ar" => match arabic::count::plural(n) {
            Plural::Zero => "zero",
            Plural::One => "one",
            Plural::Two => "two",
            Plural::Few => "few",
            Plural::Many => "many",
            Plural::Other => "other",
        },
        "zh" | "ja" | "ko" | "vi" | "th" | "id" | "ms" | "my" | "lo" => "other",
        "fr" if n > 0 && n.is_multiple_of(1_000_000) => "many",
        "es" | "it" | "pt" | "ca" if n > 0 && n.is_multiple_of(1_000_000) => "many",
        "fr" | "pt" | "fa" | "hi" | "bn" | "am" | "hy" if n <= 1 => "one",
        "ru" | "uk" | "be" => match (tens, hundreds) {
            (1, h) if h != 11 => "one",
            (2..=4, h) if !(12..=14).contains(&h) => "few",
            _ => "many",
        },
        "sr" | "hr" | "bs" => match (tens, hundreds) {
            (1, h) if h != 11 => "one",
            (2..=4, h) if !(12..=14).contains(&h) => "few",
            _ => "other",
        },
        "pl" => match (n, tens, hundreds) {
            (1, ..) => "one",
            (_, 2..=4, h) if !(12..=14).contains(&h) => "few",
            _ => "many",
        },
        "cs" | "sk" if (2..=4).contains(&n) => "few",
        "he" if n == 2 => "two",
        _ if n == 1 => "one",
        _ => "other",
    }
}

/// The languages that have a file, embedded or in the theme.
///
/// # Errors
/// When the theme's folder cannot be read.
pub fn languages(theme: Option<&Path>) -> Result<BTreeSet<String>, InterfaceError> {
    let mut found: BTreeSet<String> = Embedded::iter().filter_map(|file| stem(&file)).collect();
    let Some(folder) = theme.map(|theme| theme.join("locales")).filter(|folder| folder.is_dir()) else {
        return Ok(found);
    };
    let broken = |source| InterfaceError::Read { path: folder.clone(), source };
    for entry in std::fs::read_dir(&folder).map_err(broken)? {
        let name = entry.map_err(broken)?.file_name();
        found.extend(name.to_str().and_then(stem));
    }
    Ok(found)
}

fn stem(file: &str) -> Option<String> {
    file.strip_suffix(".ftl").map(str::to_owned)
}

/// Name and text of the files of one language, the theme's last.
fn sources(language: &str, theme: Option<&Path>) -> Result<Vec<(String, String)>, InterfaceError> {
    let file = format!("{language}.ftl");
    let mut found = Vec::new();
    if let Some(embedded) = Embedded::get(&file) {
        found.push((file.clone(), String::from_utf8_lossy(&embedded.data).into_owned()));
    }
    if let Some(path) = theme.map(|theme| theme.join("locales").join(&file)).filter(|path| path.is_file()) {
        let text =
            std::fs::read_to_string(&path).map_err(|source| InterfaceError::Read { path: path.clone(), source })?;
        found.push((path.display().to_string(), text));
    }
    Ok(found)
}

/// The messages of a file. A word that this program does not speak (functions, references, attributes) is an error, so
/// that nobody waits for it in vain.
fn parse(file: &str, source: &str) -> Result<HashMap<String, Phrase>, InterfaceError> {
    let wrong = |message| InterfaceError::Syntax { file: file.to_owned(), message };
    let resource = fluent_syntax::parser::parse(source).map_err(|(_, errors)| {
        wrong(
            errors.first().map_or_else(String::new, |error| format!("line {}: {error}", line(source, error.pos.start))),
        )
    })?;
    let mut phrases = HashMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let Some(pattern) = &message.value else { continue };
        let key = message.id.name;
        let phrase = compile(pattern).ok_or_else(|| {
            wrong(format!(
                "«{key}»: only texts, {{ $name }}, {{ \"literals\" }} and choices on {{ $name -> … }} are understood"
            ))
        })?;
        phrases.insert(key.to_owned(), phrase);
    }
    Ok(phrases)
}

fn line(source: &str, position: usize) -> usize {
    source.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

fn compile(pattern: &Pattern<&str>) -> Option<Phrase> {
    let mut phrase = Phrase::new();
    for element in &pattern.elements {
        let piece = match element {
            PatternElement::TextElement { value } => Piece::Text((*value).to_owned()),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                    Piece::Text((*value).to_owned())
                }
                InlineExpression::VariableReference { id } => Piece::Argument(id.name.to_owned()),
                _ => return None,
            },
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                let InlineExpression::VariableReference { id } = selector else { return None };
                let mut found = Vec::new();
                let mut otherwise = None;
                for variant in variants {
                    let phrase = compile(&variant.value)?;
                    match variant.key {
                        _ if variant.default => otherwise = Some(phrase),
                        VariantKey::Identifier { name } => found.push((Key::Word(name.to_owned()), phrase)),
                        VariantKey::NumberLiteral { value } => found.push((Key::Number(value.parse().ok()?), phrase)),
                    }
                }
                Piece::Choice { argument: id.name.to_owned(), variants: found, otherwise: otherwise? }
            }
        };
        match (phrase.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => phrase.push(piece),
        }
    }
    Some(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arabic(digits: Digits) -> Interface {
        Interface::new("ar", digits).expect("the embedded texts load")
    }

    #[track_caller]
    fn check_count(key: &str, number: i64, expected: &str) {
        assert_eq!(arabic(Digits::Latn).text(key, &[("n", number.into())]), expected);
    }

    #[test]
    fn arabic_counts_take_all_six_forms() {
        check_count("comments-count", 0, "لا تعليقات");
        check_count("comments-count", 1, "تعليق واحد");
        check_count("comments-count", 2, "تعليقان");
        check_count("comments-count", 3, "3 تعليقات");
        check_count("comments-count", 10, "10 تعليقات");
        check_count("comments-count", 11, "11 تعليقًا");
        check_count("comments-count", 99, "99 تعليقًا");
        check_count("comments-count", 100, "100 تعليق");
        check_count("comments-count", 102, "102 تعليق");
        check_count("comments-count", 103, "103 تعليقات");
        check_count("comments-count", 111, "111 تعليقًا");
        check_count("comments-count", 1200, "1200 تعليق");
        check_count("articles-count", 2, "مادتان");
        check_count("articles-count", 11, "11 مادة");
        check_count("reading-minutes", 1, "قراءة في دقيقة واحدة");
        check_count("reading-minutes", 5, "قراءة في 5 دقائق");
    }

    #[track_caller]
    fn check_category(language: &str, expected: &str, numbers: &[i64]) {
        for number in numbers {
            assert_eq!(category(language, *number), expected, "{language} {number}");
        }
    }

    #[test]
    fn plural_categories_follow_cldr() {
        check_category("ar", "zero", &[0]);
        check_category("ar", "few", &[3, 10, 103, 110, 1003]);
        check_category("ar", "many", &[11, 26, 99, 111, 1099]);
        check_category("ar", "other", &[100, 101, 102, 200, 1000, 1_000_000]);
        check_category("ar-EG", "two", &[2]);
        check_category("en", "other", &[0, 2, 11, 101]);
        check_category("zh", "other", &[0, 1, 2]);
        check_category("fr", "one", &[0, 1]);
        check_category("fr", "many", &[1_000_000]);
        check_category("ru", "one", &[1, 21, 101]);
        check_category("ru", "few", &[2, 4, 22, 104]);
        check_category("ru", "many", &[0, 5, 11, 12, 14, 111, 112]);
        check_category("sr", "other", &[0, 5, 11, 12]);
        check_category("pl", "one", &[1]);
        check_category("pl", "many", &[0, 5, 11, 12, 21, 101]);
        check_category("cs", "few", &[2, 4]);
        check_category("he", "two", &[2]);
        check_category("xx", "one", &[1]);
    }

    #[test]
    fn digits_change_and_the_plural_form_does_not() {
        let interface = arabic(Digits::Arab);
        assert_eq!(interface.text("comments-count", &[("n", 11.into())]), "١١ تعليقًا");
        assert_eq!(interface.text("comments-count", &[("n", 1203.into())]), "١٢٠٣ تعليقات");
    }

    #[test]
    fn choices_take_numbers_words_and_literals() {
        let source = concat!(
            "m = { $n ->\n    [0] none\n    [one] one\n   *[other] { $n } of { \"{\" }{ $sort }\n }\n",
            "w = { $w ->\n    [a] A\n   *[b] B\n }\n",
        );
        let mut interface = Interface::new("en", Digits::Latn).expect("the embedded texts load");
        interface.phrases = parse("x.ftl", source).expect("it parses");
        let say = |n: i64| interface.text("m", &[("n", n.into()), ("sort", "x".into())]);
        assert_eq!([say(0), say(1), say(2)], ["none", "one", "2 of {x"]);
        assert_eq!(interface.text("w", &[("w", "a".into())]), "A");
        assert_eq!(interface.text("w", &[("w", "c".into())]), "B");
        assert_eq!(interface.find("m", &[("n", 2.into())]), None, "an argument is missing");
    }

    #[test]
    fn what_is_not_spoken_is_refused() {
        assert!(parse("x.ftl", "a = { DATETIME($d) }").is_err());
        assert!(parse("x.ftl", "a = { -brand }").is_err());
        assert!(parse("x.ftl", "a = { other }").is_err());
    }

    #[test]
    fn both_languages_say_everything() {
        let english = Interface::new("en", Digits::Latn).expect("the embedded texts load");
        assert_eq!(arabic(Digits::Latn).keys(), english.keys());
        assert!(english.keys().len() > 80, "only {} texts were found", english.keys().len());
    }

    #[test]
    fn names_are_put_in_as_they_are() {
        let text = arabic(Digits::Latn).text("reply-to", &[("name", "李娜 & <b>".into())]);
        assert!(text.contains("李娜 & <b>"), "{text}");
        assert!(!text.contains('\u{2068}'), "{text}");
    }

    #[test]
    fn an_unknown_key_shows_itself() {
        assert_eq!(arabic(Digits::Latn).text("no-such-key", &[]), "no-such-key");
        assert_eq!(arabic(Digits::Latn).find("no-such-key", &[]), None);
    }

    #[test]
    fn a_language_without_texts_speaks_english() {
        let interface = Interface::new("xx-YY", Digits::Latn).expect("the embedded texts load");
        assert_eq!(interface.language(), "en");
        assert_eq!(Interface::new("ar-EG", Digits::Latn).expect("the embedded texts load").language(), "ar");
    }

    #[test]
    fn a_theme_says_some_things_differently() {
        let theme = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(theme.path().join("locales")).expect("a folder");
        std::fs::write(theme.path().join("locales/ar.ftl"), "latest = الجديد\n").expect("a file");
        std::fs::write(theme.path().join("locales/fr.ftl"), "latest = À la une\n").expect("a file");
        let arabic = Interface::load("ar", Digits::Latn, Some(theme.path())).expect("the texts load");
        assert_eq!(arabic.text("latest", &[]), "الجديد");
        assert_eq!(arabic.text("comments-count", &[("n", 2.into())]), "تعليقان");
        let french = Interface::load("fr", Digits::Latn, Some(theme.path())).expect("the texts load");
        assert_eq!(french.text("latest", &[]), "À la une");
        assert_eq!(french.text("comments-count", &[("n", 2.into())]), "2 comments");
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let theme = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(theme.path().join("locales")).expect("a folder");
        std::fs::write(theme.path().join("locales/ar.ftl"), "latest = الجديد\nbroken {\n").expect("a file");
        let error =
            Interface::load("ar", Digits::Latn, Some(theme.path())).expect_err("the file is broken").to_string();
        assert!(error.contains("ar.ftl: line 2"), "{error}");
    }
}

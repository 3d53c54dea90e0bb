//! How does a view become a page?
//!
//! Templates are read at run time ([minijinja](https://docs.rs/minijinja)), so that a theme can replace any of them
//! without a build: a file in `<theme>/templates/` stands in for the embedded one of the same name. They see their view
//! and nothing else, and have few helpers:
//!
//! - `t('key', n=3, name='…')`: an interface text. A value made by the `bdi` filter keeps its element.
//! - `asset('reader.css')`: the address of a built file. `theme('site.css')`: of a theme's own, or `""`.
//! - `{{ discussion.comments }}`: all comments, each by `parts/comment.html`.
//! - `form(discussion.form, article.href)`: the reply form, by `parts/comment_form.html`.
//! - `|bdi`: the text in a `<bdi>` element. `|isolate`: between isolating characters, for attributes and `<title>`.
//! - `|digits`: a number in the site's digits.
//!
//! Undefined names are errors, output is escaped, and a template that does not come to an end runs out of fuel.

pub mod assets;
mod form;
mod pattern;
mod thread;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior, Value};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::interface::{self, Arg, Digits, Interface, InterfaceError};
use super::views::Thread;

/// Instructions that one page may take. An article with a thousand comments takes about half a million.
const FUEL: u64 = 5_000_000;

/// Bytes that a page has from the beginning: growing, it would be copied several times.
const ROOM: usize = 96 << 10;

/// A filled template: UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page(Vec<u8>);

impl From<Page> for Bytes {
    fn from(Page(mut bytes): Page) -> Self {
        // A slow reader may hold it for long: a small page gives back what it did not need.
        if bytes.len() < ROOM / 2 {
            bytes.shrink_to_fit();
        }
        bytes.into()
    }
}

#[cfg(test)]
impl From<Page> for String {
    fn from(Page(bytes): Page) -> Self {
        Self::from_utf8_lossy(&bytes).into_owned()
    }
}

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Embedded;

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A theme's file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Interface texts cannot be loaded.
    #[error(transparent)]
    Interface(#[from] InterfaceError),
    /// A template is wrong, or its view lacks what it asks for.
    #[error("{template}, line {line}: {message}")]
    Template {
        /// Name of the template in which it went wrong.
        template: String,
        /// Its line, counted from 1; 0 when it concerns the whole file.
        line: usize,
        /// What went wrong, with its causes.
        message: String,
    },
}

/// All templates in all languages, compiled.
#[derive(Debug)]
pub struct Templates {
    theme: Option<PathBuf>,
    reload: bool,
    /// By language of the interface and digits.
    environments: BTreeMap<(String, Digits), Environment<'static>>,
}

impl Templates {
    /// Compiles the embedded templates and those of `theme`. With `reload` they are read anew for every page, which is
    /// for those who work on a theme.
    ///
    /// # Errors
    /// When a file of the theme cannot be read or does not compile; the error says where.
    pub fn load(theme: Option<&Path>, reload: bool) -> Result<Self, TemplateError> {
        let sources = sources(theme)?;
        let mut environments = BTreeMap::new();
        for language in interface::languages(theme)? {
            for digits in Digits::ALL.iter().copied() {
                let texts = Interface::load(&language, digits, theme)?;
                environments.insert((language.clone(), digits), environment(texts, digits, theme, &sources)?);
            }
        }
        Ok(Self { theme: theme.map(Path::to_owned), reload, environments })
    }

    /// Fills the template `name` (`article.html`) with `view`, in the interface language `lang` (`ar`, `ar-EG`).
    ///
    /// # Errors
    /// When there is no such template, or it asks for what the view does not have; the error says where.
    pub fn render(&self, name: &str, lang: &str, digits: Digits, view: &impl Serialize) -> Result<Page, TemplateError> {
        if self.reload {
            let fresh = Self::load(self.theme.as_deref(), false)?;
            return fresh.page(name, lang, digits, Value::from(Serde(view)));
        }
        self.page(name, lang, digits, Value::from(Serde(view)))
    }

    /// Fills a template with a sample.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub fn render_sample(&self, name: &str, lang: &str, digits: Digits, view: &Value) -> Result<Page, TemplateError> {
        self.page(name, lang, digits, view.clone())
    }

    /// As [`Templates::render`], to be read.
    #[cfg(test)]
    fn text(&self, name: &str, lang: &str, digits: Digits, view: &impl Serialize) -> Result<String, TemplateError> {
        self.render(name, lang, digits, view).map(String::from)
    }

    fn page(&self, name: &str, lang: &str, digits: Digits, view: Value) -> Result<Page, TemplateError> {
        let environment = self.environment(lang, digits).ok_or_else(|| TemplateError::Template {
            template: name.to_owned(),
            line: 0,
            message: format!("there are no interface texts for {lang}"),
        })?;
        let template = environment.get_template(name).map_err(|error| explain(name, &error))?;
        let mut page = Vec::with_capacity(ROOM);
        template.render_captured_to(view, &mut page).map_err(|error| explain(name, &error))?;
        Ok(Page(page))
    }

    fn environment(&self, lang: &str, digits: Digits) -> Option<&Environment<'static>> {
        let primary = lang.split(['-', '_']).next().unwrap_or(lang);
        [lang, primary, interface::FALLBACK]
            .into_iter()
            .find_map(|tag| self.environments.get(&(tag.to_owned(), digits)))
    }
}

/// Does a theme stand in for this template?
fn of_a_theme(theme: Option<&Path>, name: &str) -> bool {
    theme.is_some_and(|theme| theme.join("templates").join(name).is_file())
}

/// Name and source of every template, the theme's in place of ours.
fn sources(theme: Option<&Path>) -> Result<BTreeMap<String, String>, TemplateError> {
    let mut found = BTreeMap::new();
    for name in Embedded::iter() {
        if let Some(file) = Embedded::get(&name) {
            found.insert(name.into_owned(), String::from_utf8_lossy(&file.data).into_owned());
        }
    }
    if let Some(folder) = theme.map(|theme| theme.join("templates")).filter(|folder| folder.is_dir()) {
        collect(&folder, "", &mut found)?;
    }
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) -> Result<(), TemplateError> {
    let broken = |path: &Path, source| TemplateError::Read { path: path.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(|source| broken(folder, source))? {
        let path = entry.map_err(|source| broken(folder, source))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found)?;
        } else if name.ends_with(".html") {
            let source = std::fs::read_to_string(&path).map_err(|source| broken(&path, source))?;
            found.insert(format!("{prefix}{name}"), source);
        }
    }
    Ok(())
}

fn environment(
    texts: Interface,
    digits: Digits,
    theme: Option<&Path>,
    sources: &BTreeMap<String, String>,
) -> Result<Environment<'static>, TemplateError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.map_err(|error| explain("syntax", &error))?);
    let copy = thread::Copier::new(!of_a_theme(theme, thread::COMMENT));
    environment.set_formatter(move |out, state, value| match value.downcast_object_ref::<Thread>() {
        Some(comments) => copy.write(comments, out, state),
        None => write_escaped(out, value),
    });
    environment.set_fuel(Some(FUEL));
    environment.set_debug(false);
    environment.add_function("t", translator(texts));
    environment.add_function("asset", built());
    environment.add_function("form", form::form(!of_a_theme(theme, form::FORM)));
    environment.add_function("theme", of_theme(theme));
    environment.add_filter("bdi", |text: &str| Value::from_safe_string(format!("<bdi>{}</bdi>", escaped(text))));
    environment.add_filter("isolate", |text: &str| format!("\u{2068}{text}\u{2069}"));
    environment.add_filter("digits", move |number: i64| digits.write(number));
    for (name, source) in sources {
        environment.add_template_owned(name.clone(), source.clone()).map_err(|error| explain(name, &error))?;
    }
    Ok(environment)
}

/// `t(key, …)`. Texts and arguments are escaped, except arguments that are markup already. A text without arguments is
/// prepared once as a value that only has to be counted up.
fn translator(texts: Interface) -> impl Fn(&str, Kwargs) -> Result<Value, Error> {
    let ready: HashMap<String, Value> =
        texts.keys().into_iter().filter_map(|key| Some((key.to_owned(), markup(&texts.find(key, &[])?)))).collect();
    move |key, kwargs| {
        if let Some(text) = ready.get(key) {
            return Ok(text.clone());
        }
        let mut args: Vec<(&str, Arg<'_>)> = Vec::new();
        let mut inserts: Vec<(char, String)> = Vec::new();
        for name in kwargs.args() {
            let value: Value = kwargs.get(name)?;
            match value.as_i64() {
                Some(number) if value.is_number() => args.push((name, Arg::Number(number))),
                _ => {
                    let placeholder = PLACEHOLDERS[inserts.len() % PLACEHOLDERS.len()];
                    args.push((name, Arg::from(placeholder.to_string())));
                    inserts.push((placeholder, insert(&value)));
                }
            }
        }
        let missing =
            || Error::new(ErrorKind::InvalidOperation, format!("no interface text «{key}» takes these arguments"));
        let text = texts.find(key, &args).ok_or_else(missing)?;
        let text = inserts
            .iter()
            .fold(escaped(&text).into_owned(), |text, (placeholder, value)| text.replace(*placeholder, value));
        Ok(Value::from_safe_string(text))
    }
}

/// Private characters that stand in for arguments while a text is escaped around them. Arguments are put in one after
/// the other, so theirs are removed.
const PLACEHOLDERS: [char; 4] = ['\u{e000}', '\u{e001}', '\u{e002}', '\u{e003}'];

fn insert(value: &Value) -> String {
    let text = value.to_string().replace(PLACEHOLDERS, "");
    if value.is_safe() { text } else { escaped(&text).into_owned() }
}

fn markup(text: &str) -> Value {
    Value::from_safe_string(escaped(text).into_owned())
}

/// Writes a value into a page. Unlike the library's own way it leaves `/` alone, of which addresses are full.
fn write_escaped(out: &mut Output<'_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if value.is_safe() => out.write_str(text)?,
        Some(text) => out.write_str(&escaped(text))?,
        None if value.is_number() => write!(out, "{value}")?,
        None => out.write_str(&escaped(&value.to_string()))?,
    }
    Ok(())
}

fn escaped(text: &str) -> Cow<'_, str> {
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    // Most texts have none. Without a way out in the middle the compiler looks at many bytes at once.
    let has_any = |piece: &[u8]| piece.iter().fold(false, |found, byte| found | special(*byte));
    if !text.as_bytes().chunks(64).any(has_any) {
        return Cow::Borrowed(text);
    }
    let Some(first) = text.bytes().position(special) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut next = Some(first);
    while let Some(position) = next {
        out.push_str(&rest[..position]);
        out.push_str(match rest.as_bytes()[position] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[position + 1..];
        next = rest.bytes().position(special);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// `asset(name)`, all addresses made in advance.
fn built() -> impl Fn(&str) -> Result<Value, Error> {
    let addresses: BTreeMap<String, Value> = assets::manifest()
        .into_iter()
        .map(|(name, hashed)| (name, Value::from_safe_string(format!("{}{hashed}", assets::ASSETS))))
        .collect();
    move |name| {
        let missing = || Error::new(ErrorKind::InvalidOperation, format!("no asset is called «{name}»"));
        addresses.get(name).cloned().ok_or_else(missing)
    }
}

/// `theme(name)`: the address of a file of the theme with a hash of its content, `""` when the theme has none.
fn of_theme(theme: Option<&Path>) -> impl Fn(&str) -> Value + use<> {
    let mut addresses = BTreeMap::new();
    let folder = theme.map(|theme| theme.join("static"));
    for entry in folder.into_iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten() {
        if let (Some(theme), Some(name)) = (theme, entry.file_name().to_str())
            && let Some(asset) = assets::of_theme(theme, name)
        {
            let hash = blake3::hash(&asset.bytes).to_hex();
            addresses.insert(name.to_owned(), Value::from(format!("{}{name}?{}", assets::THEME, &hash[..10])));
        }
    }
    move |name| addresses.get(name).cloned().unwrap_or_else(|| Value::from(""))
}

/// Finds the innermost place that an error knows, and tells the whole story.
fn explain(template: &str, error: &Error) -> TemplateError {
    let (mut name, mut line) = (error.name().unwrap_or(template).to_owned(), error.line().unwrap_or(0));
    let mut message =
        error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if let Some(inner) = inner.downcast_ref::<Error>()
            && let (Some(inner_name), Some(inner_line)) = (inner.name(), inner.line())
        {
            (name, line) = (inner_name.to_owned(), inner_line);
        }
        message = format!("{message}; {inner}");
        cause = inner.source();
    }
    TemplateError::Template { template: name, line, message }
}

#[cfg(test)]
mod tests {
    use super::super::views::samples;
    use super::*;

    fn embedded() -> Templates {
        Templates::load(None, false).expect("the embedded templates compile")
    }

    /// A theme with one file in `templates/`.
    pub(super) fn theme(name: &str, source: &str) -> tempfile::TempDir {
        let theme = tempfile::tempdir().expect("a folder");
        let file = theme.path().join("templates").join(name);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
        std::fs::write(file, source).expect("a file");
        theme
    }

    #[test]
    fn every_template_shows_every_sample() {
        let templates = embedded();
        for sample in samples::all() {
            for lang in ["ar", "en"] {
                for digits in Digits::ALL.iter().copied() {
                    let page = templates
                        .text(sample.template, lang, digits, &sample.value)
                        .unwrap_or_else(|error| panic!("{} «{}» in {lang}: {error}", sample.template, sample.name));
                    check_page(sample.template, sample.name, &page);
                }
            }
        }
    }

    /// What holds of every page.
    #[track_caller]
    fn check_page(template: &str, name: &str, page: &str) {
        let count = |what: &str| page.matches(what).count();
        assert_eq!(count("<h1"), 1, "{template} «{name}» has one main heading");
        assert_eq!(count("<main"), 1, "{template} «{name}» has one main part");
        assert_eq!(count(" style="), 0, "{template} «{name}» has no inline style");
        assert_eq!(count("<script>"), 0, "{template} «{name}» has no inline script");
        assert_eq!(count(">none<"), 0, "{template} «{name}» shows an absent value");
        assert_eq!(count("onclick"), 0, "{template} «{name}» has no inline handler");
        for key in ["message-", "kind-", "role-", "comment-error-"] {
            assert_eq!(count(&format!(">{key}")), 0, "{template} «{name}» shows a key {key}…");
        }
    }

    #[test]
    fn text_is_escaped_and_names_are_isolated() {
        let mut page = samples::article_with_every_comment();
        page.article.headline = "<b>«x» & y</b>".into();
        let html = embedded().text("article.html", "ar", Digits::Latn, &page).expect("it renders");
        assert!(html.contains("&lt;b&gt;«x» &amp; y&lt;"), "{html}");
        assert!(html.contains("<bdi>&lt;b&gt;&quot;Anna&quot; &amp; &#39;"), "{html}");
        assert!(!html.contains("<b>\"Anna"), "{html}");
    }

    #[test]
    fn a_text_takes_markup_and_escapes_the_rest() {
        let theme = theme(
            "x.html",
            "{{ t('reply-to', name=name|bdi) }}|{{ t('reply-to', name=name) }}|{{ t('copyright', name='B\u{e001}') }}",
        );
        let templates = Templates::load(Some(theme.path()), false).expect("it compiles");
        let view = BTreeMap::from([("name", "<A>")]);
        let html = templates.text("x.html", "en", Digits::Latn, &view).expect("it renders");
        assert_eq!(html, "Reply to <bdi>&lt;A&gt;</bdi>|Reply to &lt;A&gt;|© B");
    }

    #[track_caller]
    fn check_escaped(text: &str, expected: &str) {
        assert_eq!(escaped(text), expected);
    }

    #[test]
    fn five_letters_are_escaped() {
        check_escaped("", "");
        check_escaped("/a/ب", "/a/ب");
        check_escaped("<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
        check_escaped("«أ» < ب", "«أ» &lt; ب");
    }

    #[test]
    fn numbers_are_written_in_the_digits_of_the_site() {
        let page = samples::article_with_comments(11);
        let html = embedded().text("article.html", "ar", Digits::Arab, &page).expect("it renders");
        assert!(html.contains("١١ تعليقًا"));
        let html = embedded().text("article.html", "ar", Digits::Latn, &page).expect("it renders");
        assert!(html.contains("11 تعليقًا"));
    }

    #[test]
    fn a_theme_replaces_one_template_and_keeps_the_others() {
        let theme = theme("parts/comments.html", "<li>theme</li>");
        let templates = Templates::load(Some(theme.path()), false).expect("it compiles");
        let html =
            templates.text("article.html", "ar", Digits::Latn, &samples::article_with_comments(1)).expect("it renders");
        assert!(html.contains("<li>theme</li>"));
        assert!(html.contains("class=\"masthead\""));
    }

    #[test]
    fn reloading_sees_a_change() {
        let theme = theme("message.html", "one");
        let templates = Templates::load(Some(theme.path()), true).expect("it compiles");
        let view = BTreeMap::from([("x", 1)]);
        assert_eq!(templates.text("message.html", "ar", Digits::Latn, &view).expect("it renders"), "one");
        std::fs::write(theme.path().join("templates/message.html"), "two").expect("a file");
        assert_eq!(templates.text("message.html", "ar", Digits::Latn, &view).expect("it renders"), "two");
    }

    #[test]
    fn a_theme_has_addresses_for_its_own_files() {
        let theme = theme("x.html", "{{ theme('theme.css') }}|{{ theme('none.css') }}");
        std::fs::create_dir(theme.path().join("static")).expect("a folder");
        std::fs::write(theme.path().join("static/theme.css"), "a{}").expect("a file");
        let templates = Templates::load(Some(theme.path()), false).expect("it compiles");
        let html = templates.text("x.html", "ar", Digits::Latn, &BTreeMap::<String, i64>::new()).expect("it renders");
        assert!(html.starts_with("/theme/theme.css?") && html.ends_with('|'), "{html}");
    }

    #[track_caller]
    fn check_error(name: &str, source: &str, expected: &str) {
        let theme = theme(name, source);
        let error = Templates::load(Some(theme.path()), false)
            .and_then(|templates| templates.text("message.html", "ar", Digits::Latn, &samples::messages()[0].2))
            .expect_err("the theme is wrong")
            .to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn errors_name_template_and_line() {
        check_error("message.html", "\n\n{{ nothing_of_the_kind }}", "message.html, line 3");
        check_error("message.html", "\n{% if %}", "message.html, line 2");
        check_error("message.html", "{{ t('no-such-key') }}", "no-such-key");
        check_error("message.html", "{{ asset('none.css') }}", "none.css");
        check_error("parts/card.html", "\n{{ nothing }}", "parts/card.html, line 2");
        check_error(
            "layout.html",
            "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
            "fuel",
        );
    }

    #[test]
    fn an_unknown_template_is_an_error() {
        let view = BTreeMap::from([("x", 1)]);
        let error = embedded().text("none.html", "ar", Digits::Latn, &view).expect_err("there is none").to_string();
        assert!(error.contains("none.html"), "{error}");
    }
}

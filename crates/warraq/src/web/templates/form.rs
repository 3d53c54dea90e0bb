//! The reply form under an article: almost always empty, and then the same but for two addresses.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use minijinja::{Error, State, Value, context};

use super::escaped;
use super::pattern::Pattern;

/// The template of the form; it sees `form` and `href`, the address of the article.
pub(super) const FORM: &str = "parts/comment_form.html";

/// `form(discussion.form, article.href)`: the form by the template [`FORM`]. `ours`: no theme stands in for it.
pub(super) fn form(ours: bool) -> impl Fn(&State<'_, '_>, Value, Value) -> Result<Value, Error> {
    let empty: OnceLock<Pattern> = OnceLock::new();
    move |state, form, href| {
        if !ours || !is_empty(&form)? {
            return filled(state, form, href).map(Value::from_safe_string);
        }
        let pattern = match empty.get() {
            Some(pattern) => pattern,
            None => {
                let made = Pattern::of(&filled(state, marks(&form)?, Value::from(Pattern::mark(HREF)))?);
                empty.get_or_init(|| made)
            }
        };
        let action = form.get_attr("action")?;
        let mut out = String::with_capacity(4096);
        pattern.write(&mut out, |value, out| {
            let value = if value == HREF { &href } else { &action };
            out.push_str(&escaped(value.as_str().unwrap_or_default()));
            Ok(())
        })?;
        Ok(Value::from_safe_string(out))
    }
}

/// Nothing typed, nothing wrong, no comment that is answered: whatever fields the form has.
fn is_empty(form: &Value) -> Result<bool, Error> {
    for name in form.try_iter()? {
        let value = form.get_item(&name)?;
        let is_set = match name.as_str() {
            Some("action") => false,
            Some("errors") => !is_empty(&value)?,
            _ => value.is_true(),
        };
        if is_set {
            return Ok(false);
        }
    }
    Ok(true)
}

const ACTION: usize = 0;
const HREF: usize = 1;

/// The empty form whose action is its mark.
fn marks(form: &Value) -> Result<Value, Error> {
    let mut fields: BTreeMap<String, Value> = BTreeMap::new();
    for name in form.try_iter()? {
        fields.insert(name.to_string(), form.get_item(&name)?);
    }
    fields.insert("action".into(), Value::from(Pattern::mark(ACTION)));
    Ok(Value::from(fields))
}

fn filled(state: &State<'_, '_>, form: Value, href: Value) -> Result<String, Error> {
    state.env().get_template(FORM)?.render(context! { form, href })
}

#[cfg(test)]
mod tests {
    use super::super::super::views::samples;
    use super::super::tests::theme;
    use super::super::{Digits, Embedded, Templates};

    #[test]
    fn a_copied_form_is_the_one_that_the_template_makes() {
        let copying = Templates::load(None, false).expect("they compile");
        let source = Embedded::get(super::FORM).expect("it is embedded");
        let folder = theme(super::FORM, &String::from_utf8_lossy(&source.data));
        let filling = Templates::load(Some(folder.path()), false).expect("it compiles");
        let mut empty = 0;
        for (name, lang, page) in samples::articles() {
            let form = page.discussion.as_ref().and_then(|discussion| discussion.form.as_ref());
            empty += usize::from(form.is_some_and(|form| form.errors.is_empty() && form.author.is_empty()));
            // Twice: made, and copied.
            for _ in 0..2 {
                let page = |templates: &Templates| {
                    let page = templates.render("article.html", lang, Digits::Latn, &page).expect("a page");
                    String::from(page)
                };
                assert_eq!(page(&copying), page(&filling), "{name}");
            }
        }
        assert!(empty > 2, "{empty}");
    }
}

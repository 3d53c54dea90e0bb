//! What does a letter say? Plain text, and the same as simple HTML in the direction of its language.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{About, Order};
use crate::interface::Interface;
use crate::news::language::Language;

/// What stands on every letter.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// The publication.
    pub title: String,
    /// Its address, without a slash at the end: from the settings, never from a request.
    pub base: String,
    /// When it is sent.
    pub at: Timestamp,
}

impl Letterhead {
    /// The host of the publication.
    pub(super) fn host(&self) -> &str {
        let rest = self.base.split_once("://").map_or(self.base.as_str(), |(_, rest)| rest);
        let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
        if host.is_empty() { "localhost" } else { host }
    }
}

/// A letter, ready to be put into an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The line that is seen first.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML without pictures, scripts or anything that is fetched from elsewhere.
    pub html: String,
}

impl Letter {
    /// Write it in the language of `texts`.
    #[must_use]
    pub fn write(order: &Order, head: &Letterhead, texts: &Interface) -> Self {
        let site = head.title.as_str();
        let say = |key: &str| texts.text(key, &[("site", site.into())]);
        match order.about() {
            About::Invitation { by, role, path } => {
                let role = texts.text(&format!("role-of-{}", role.as_str()), &[]);
                let args = [("site", site.into()), ("by", by.as_str().into()), ("role", role.as_str().into())];
                let body = [texts.text("letter-invitation-text", &args)];
                let after = [say("letter-invitation-until"), say("letter-invitation-ignore")];
                laid_out(head, texts, &say("letter-invitation-subject"), &body, Some(path), &after)
            }
            About::NewPassword { path } => {
                let after = [say("letter-password-until"), say("letter-password-ignore")];
                let body = [say("letter-password-text")];
                laid_out(head, texts, &say("letter-password-subject"), &body, Some(path), &after)
            }
            About::OwnComments { path } => {
                let after = [say("letter-own-until"), say("letter-own-ignore")];
                laid_out(head, texts, &say("letter-own-subject"), &[say("letter-own-text")], Some(path), &after)
            }
            About::PasswordChanged => told(head, texts, "letter-changed-password"),
            About::FactorAdded => told(head, texts, "letter-added-factor"),
            About::FactorRemoved => told(head, texts, "letter-removed-factor"),
            About::PasskeyAdded => told(head, texts, "letter-added-passkey"),
            About::PasskeyRemoved => told(head, texts, "letter-removed-passkey"),
        }
    }
}

/// Something happened to the account; if it was somebody else, do this.
fn told(head: &Letterhead, texts: &Interface, key: &str) -> Letter {
    let say = |key: &str| texts.text(key, &[("site", head.title.as_str().into())]);
    let body = [say(&format!("{key}-text")), say("letter-not-you")];
    laid_out(head, texts, &say(&format!("{key}-subject")), &body, Some("/newsroom/password"), &[])
}

/// Greeting, paragraphs, the link on a line of its own, further paragraphs, the publication.
fn laid_out(
    head: &Letterhead,
    texts: &Interface,
    subject: &str,
    before: &[String],
    path: Option<&str>,
    after: &[String],
) -> Letter {
    let language = Language::parse(texts.language()).unwrap_or_else(|_| Language::arabic());
    let (lang, dir) = (language.as_str(), language.dir());
    let link = path.map(|path| format!("{}{path}", head.base));
    let paragraph = |text: &str| format!("<p>{}</p>\n", escaped(text));
    let greeting = texts.text("letter-greeting", &[]);

    let mut text = format!("{greeting}\n\n");
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body>\n{}",
        escaped(subject),
        paragraph(&greeting)
    );
    let mut add = |line: &str, marked: &str| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{line}\n\n");
        html.push_str(marked);
    };
    before.iter().for_each(|line| add(line, &paragraph(line)));
    if let Some(link) = &link {
        let href = escaped(link);
        add(link, &format!("<p><a href=\"{href}\"><bdi dir=\"ltr\">{href}</bdi></a></p>\n"));
    }
    after.iter().for_each(|line| add(line, &paragraph(line)));
    let base = escaped(&head.base);
    let _ = write!(text, "-- \n{}\n{}\n", head.title, head.base);
    let _ = write!(
        html,
        "<hr>\n<p><bdi>{}</bdi><br><a href=\"{base}/\"><bdi dir=\"ltr\">{base}</bdi></a></p>\n</body>\n</html>\n",
        escaped(&head.title)
    );
    Letter { subject: subject.to_owned(), text, html }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::PrivateEmail;
    use crate::interface::Digits;
    use crate::news::staff::Role;

    fn letter(language: &str, about: About) -> Letter {
        let to = PrivateEmail::parse("salma@example.org").expect("an address");
        let order = Order::new(to, language, [7; 16], about);
        let head =
            Letterhead { title: "A <b> & C".into(), base: "https://news.example".into(), at: Timestamp::UNIX_EPOCH };
        Letter::write(&order, &head, &Interface::new(language, Digits::Latn).expect("texts"))
    }

    #[test]
    fn every_letter_is_whole_in_both_languages() {
        let path = "/newsroom/invitation/abc";
        let all = [
            About::Invitation { by: "<i>سلمى</i>".into(), role: Role::Author, path: path.into() },
            About::NewPassword { path: path.into() },
            About::PasswordChanged,
            About::FactorAdded,
            About::FactorRemoved,
            About::PasskeyAdded,
            About::PasskeyRemoved,
        ];
        for about in all {
            for (language, dir) in [("ar", "rtl"), ("en", "ltr")] {
                let letter = letter(language, about.clone());
                assert!(letter.html.contains(&format!("lang=\"{language}\" dir=\"{dir}\"")), "{}", letter.html);
                assert!(letter.text.contains("\n\nhttps://news.example/newsroom/"), "{}", letter.text);
                assert!(letter.html.contains("href=\"https://news.example/newsroom/"), "{}", letter.html);
                assert!(!letter.html.contains("<b>") && !letter.html.contains("<i>"), "{}", letter.html);
                for part in [&letter.subject, &letter.text, &letter.html] {
                    assert!(!part.contains("letter-") && !part.contains("role-of-"), "a key stands in: {part}");
                    assert!(!part.contains("salma@"), "the address needs not stand in the letter");
                }
            }
        }
    }
}

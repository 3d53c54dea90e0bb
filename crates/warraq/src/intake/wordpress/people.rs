//! Who wrote there, and by what name may readers know them?

use std::collections::HashMap;

use wordpress::wxr::Author;
use wordpress::{fields, wxr};

use super::item::Oddity;
use super::plain;
use crate::identity::names_address;
use crate::news::section::NewTerm;

/// The authors of the old site. WordPress lets people sign in with an address and shows it as their name, when nobody
/// thought of another; such a name is not shown here.
#[derive(Debug, Default)]
pub struct People {
    by_login: HashMap<String, usize>,
    /// In the order of the file.
    all: Vec<NewTerm>,
}

impl People {
    pub(super) fn learn(&mut self, author: &Author) {
        if !self.by_login.contains_key(&author.login) {
            self.by_login.insert(author.login.clone(), self.all.len());
            self.all.push(person(author));
        }
    }

    /// What an export that Warraq wrote tells of somebody.
    pub(super) fn learn_biography(&mut self, login: &str, biography: &str) {
        if let Some(at) = self.by_login.get(login) {
            self.all[*at].description = plain(biography);
        }
    }

    /// Those who can be named.
    pub(super) fn terms(&self) -> Vec<NewTerm> {
        self.all.iter().filter(|person| !person.name.is_empty()).cloned().collect()
    }

    /// By the name to sign in with, which is all that an item says of who wrote it.
    #[must_use]
    pub fn by_login(&self, login: &str) -> Option<NewTerm> {
        let known = self.by_login.get(login).map(|at| self.all[*at].clone());
        known.or_else(|| Some(person(&Author { login: login.to_owned(), ..Author::default() }))).filter(has_name)
    }

    /// Somebody of several who wrote one item.
    pub(super) fn co_author(&self, author: &fields::CoAuthor) -> Option<NewTerm> {
        let guest = || {
            let (slug, name) = (wxr::read_slug(&author.nicename).text, plain(&author.name));
            let name = [name, slug.clone()].into_iter().find(|name| !names_address(name)).unwrap_or_default();
            NewTerm { slug: if names_address(&slug) { String::new() } else { slug }, name, ..NewTerm::default() }
        };
        // The slug of an author who is also one of the site is made of the login.
        let known = self.by_login.get(&author.nicename).map(|at| self.all[*at].clone());
        Some(known.unwrap_or_else(guest)).filter(has_name)
    }
}

/// Why a byline is missing.
pub(super) fn unnamed() -> Oddity {
    ("name-is-address", "its author is known by an e-mail address only, which readers do not see: no byline".into())
}

fn has_name(person: &NewTerm) -> bool {
    !person.name.is_empty()
}

/// The first of their names that is no address: as shown, first and last, to sign in with.
fn person(author: &Author) -> NewTerm {
    let whole = format!("{} {}", author.first_name, author.last_name);
    let names = [&author.display_name, &whole, &author.login].map(|name| plain(name));
    let is_public = |name: &String| !name.is_empty() && !names_address(name);
    // Made of the login there; of the name where the login is an address.
    let slug = if names_address(&author.login) { String::new() } else { wxr::read_slug(&author.login).text };
    NewTerm { slug, name: names.into_iter().find(is_public).unwrap_or_default(), ..NewTerm::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(author: [&str; 4], expected: (&str, &str)) {
        let [login, display, first, last] = author.map(String::from);
        let term =
            person(&Author { login, display_name: display, first_name: first, last_name: last, ..Author::default() });
        assert_eq!((term.slug.as_str(), term.name.as_str()), expected);
    }

    #[test]
    fn an_address_is_nobody_s_name() {
        check(["layla", "ليلى حسن", "", ""], ("layla", "ليلى حسن"));
        check(["layla", "", "", ""], ("layla", "layla"));
        check(["layla", "layla@example.org", "ليلى", "حسن"], ("layla", "ليلى حسن"));
        check(["layla@example.org", "ليلى", "", ""], ("", "ليلى"));
        check(["layla@example.org", "layla@example.org", "", ""], ("", ""));
        assert_eq!(People::default().by_login("layla@example.org"), None);
        assert_eq!(People::default().by_login("").map(|person| person.name), None);
        let guest = |nicename: &str, name: &str| {
            People::default().co_author(&fields::CoAuthor { nicename: nicename.into(), name: name.into() })
        };
        assert_eq!(guest("guest", "g@example.org").map(|person| person.name).as_deref(), Some("guest"));
        assert_eq!(guest("g@example.org", "g@example.org"), None);
    }
}

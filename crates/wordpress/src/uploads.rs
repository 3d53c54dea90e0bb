//! Where in a text does a site name its own files?

use std::collections::HashMap;

use crate::addresses;

/// The folder of uploads in the addresses of WordPress.
pub const FOLDER: &str = "/wp-content/uploads/";

/// The name and port of the host of an address.
///
/// ```
/// assert_eq!(wordpress::uploads::host("https://old.example:81/a"), Some("old.example:81"));
/// assert_eq!(wordpress::uploads::host("/a"), None);
/// ```
#[must_use]
pub fn host(url: &str) -> Option<&str> {
    let after = url.split_once("//")?.1;
    after.split(['/', '?', '#']).next()
}

/// The same text with other addresses of files. `moved` is asked for each address in the folder of uploads of `host`, and
/// of those without a host; where it gives nothing the text stays.
///
/// ```
/// let text = "<a href='http://old.example/wp-content/uploads/a.pdf'>";
/// assert_eq!(wordpress::uploads::replace(text, "old.example", |_| Some("/media/x.pdf".into())), "<a href='/media/x.pdf'>");
/// assert_eq!(wordpress::uploads::replace(text, "other.example", |_| Some("/media/x.pdf".into())), text);
/// ```
pub fn replace(html: &str, host: &str, moved: impl FnMut(&str) -> Option<String>) -> String {
    replace_in(html, &[FOLDER], host, moved)
}

/// [`replace`] for sites that keep their files in these folders.
pub fn replace_in(html: &str, folders: &[&str], host: &str, mut moved: impl FnMut(&str) -> Option<String>) -> String {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | ',');
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    // Where each folder is named next. Looked for again when it is passed, so that each place is looked at once.
    let find = |rest: &str, folder: &str| rest.find(folder).unwrap_or(usize::MAX);
    let mut next: Vec<usize> = folders.iter().map(|folder| find(rest, folder)).collect();
    while let Some(at) = next.iter().copied().min().filter(|at| *at < rest.len()) {
        let begin =
            rest[..at].rfind(ends).map_or(0, |before| before + rest[before..].chars().next().map_or(1, char::len_utf8));
        let end = rest[at..].find(ends).map_or(rest.len(), |end| at + end);
        let url = &rest[begin..end];
        out.push_str(&rest[..begin]);
        let is_ours = url.starts_with('/') && !url.starts_with("//") || self::host(url) == Some(host);
        match is_ours.then(|| moved(url)).flatten() {
            Some(address) => out.push_str(&address),
            None => out.push_str(url),
        }
        rest = &rest[end..];
        for (place, folder) in next.iter_mut().zip(folders) {
            *place = match *place {
                usize::MAX => usize::MAX,
                before if before < end => find(rest, folder),
                later => later - end,
            };
        }
    }
    out.push_str(rest);
    out
}

/// Files that are elsewhere now: by their old addresses, and by those of the smaller copies that WordPress made.
#[derive(Debug, Default)]
pub struct Moved(HashMap<String, String>);

impl Moved {
    /// What was at `old` is at `new`.
    pub fn add(&mut self, old: &str, new: &str) {
        let old = addresses::normal(old);
        if let Some((original, _)) = addresses::without_size(&old) {
            self.0.entry(original).or_insert_with(|| new.to_owned());
        }
        self.0.insert(old, new.to_owned());
    }

    /// Where a file is now.
    #[must_use]
    pub fn find(&self, url: &str) -> Option<&str> {
        let path = addresses::normal(url);
        let original = || self.0.get(&addresses::without_size(&path)?.0);
        self.0.get(&path).or_else(original).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_folders_are_looked_for() {
        let text =
            "<img src=\"/content/images/a.jpg\"> /files/b.pdf https://other.example/files/c.pdf /content/images/d,";
        let made = replace_in(text, &["/content/images/", "/files/", "/never/"], "old.example", |url| {
            Some(format!("«{url}»"))
        });
        assert_eq!(
            made,
            "<img src=\"«/content/images/a.jpg»\"> «/files/b.pdf» https://other.example/files/c.pdf «/content/images/d»,"
        );
    }
}

//! Where do the links lead that an editor puts at the head and the foot of every page?

use serde::{Deserialize, Serialize};
use url::{Position, Url};

use super::site::BaseUrl;

/// A link with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct MenuLink {
    name: String,
    address: String,
}

/// As it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    address: String,
}

impl TryFrom<Written> for MenuLink {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { name, address } = written;
        let is_safe = is_place(&address) || is_elsewhere(&address);
        if is_safe && !name.trim().is_empty() {
            return Ok(Self { name, address });
        }
        Err(format!(
            "«{name}» leads to «{address}»: a link needs a name and an address such as /about/ or https://example.org"
        ))
    }
}

impl MenuLink {
    /// A link to what an editor typed; `None` when the name is empty or the address is none.
    #[must_use]
    pub fn new(name: &str, typed: &str, base: &BaseUrl) -> Option<Self> {
        let name = super::article::tidy(name);
        let address = destination(typed, base)?;
        (!name.is_empty()).then_some(Self { name, address })
    }

    /// What readers see.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Encoded: a path of ours, or a whole address elsewhere.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// What an editor means by an address: one of ours becomes a path (with query and fragment), one elsewhere stays whole;
/// both encoded. `None`: it is no address that a browser may follow from a page of ours.
#[must_use]
pub fn destination(typed: &str, base: &BaseUrl) -> Option<String> {
    let typed = typed.trim();
    let base = Url::parse(base.as_str()).ok()?;
    // A name without a scheme (`example.org`) could be either; it is asked for again.
    let url = if typed.starts_with('/') { base.join(typed) } else { Url::parse(typed) }.ok()?;
    if url.scheme() == "mailto" {
        return Some(url.into());
    }
    if url.origin() != base.origin() {
        return Some(String::from(url)).filter(|address| is_elsewhere(address));
    }
    Some(url[Position::BeforePath..].to_owned()).filter(|path| is_place(path))
}

/// A path of ours: two slashes at its beginning would name another host.
fn is_place(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

fn is_elsewhere(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| match url.scheme() {
        "http" | "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "mailto" => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> BaseUrl {
        BaseUrl::parse("https://news.example").expect("an address")
    }

    #[test]
    fn an_address_of_ours_is_a_path() {
        let check = |typed: &str, address: Option<&str>| {
            assert_eq!(destination(typed, &base()).as_deref(), address, "{typed}");
        };
        check(" /about/ ", Some("/about/"));
        check("/من-نحن/", Some("/%D9%85%D9%86-%D9%86%D8%AD%D9%86/"));
        check("https://news.example/about/?a=b#c", Some("/about/?a=b#c"));
        check("https://NEWS.example", Some("/"));
        check("https://other.example/x", Some("https://other.example/x"));
        check("//other.example/x", Some("https://other.example/x"));
        check("/\\other.example", Some("https://other.example/"));
        check("mailto:desk@news.example", Some("mailto:desk@news.example"));
    }

    #[test]
    fn what_is_no_address_leads_nowhere() {
        for odd in [
            "",
            "about",
            "other.example",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://name:secret@other.example/",
            "https://news.example//other.example",
            "http://",
        ] {
            assert_eq!(destination(odd, &base()), None, "{odd}");
        }
    }

    #[test]
    fn a_file_says_no_more_than_a_form() {
        let read = |address: &str| toml::from_str::<MenuLink>(&format!("name = 'x'\naddress = '{address}'")).is_ok();
        assert!(read("/about/") && read("https://other.example/"));
        assert!(!read("javascript:alert(1)") && !read("//other.example") && !read("about"));
        assert!(toml::from_str::<MenuLink>("name = ' '\naddress = '/'").is_err());
    }
}

//! Which addresses in this text should be links?
//!
//! Documented as `make_clickable`: addresses with a scheme, those that begin with `www.` or `ftp.`, and addresses of mail. A
//! full stop after an address belongs to the sentence, a closing parenthesis to whoever opened it. Links stay links.

use crate::html::{Piece, pieces, tag_name};

/// `html` with its bare addresses as links. Those that lead to another host than `own_host` get `rel="nofollow"`.
///
/// ```
/// use wordpress::links::make_links;
/// let html = make_links("اقرأ (https://example.org/أ).", "example.com");
/// assert_eq!(html, "اقرأ (<a href=\"https://example.org/أ\" rel=\"nofollow\">https://example.org/أ</a>).");
/// ```
pub fn make_links(html: &str, own_host: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // The element whose text is left alone, and how often it is open.
    let mut quiet: Option<(&str, usize)> = None;
    for piece in pieces(html) {
        let (Piece::Text(text) | Piece::Tag(text) | Piece::Comment(text) | Piece::CData(text)) = piece;
        let name = tag_name(text);
        if matches!(piece, Piece::Tag(_)) && !(name.is_empty() || is_address_in_brackets(text)) {
            let bare = name.trim_start_matches('/');
            let known = QUIET.iter().find(|one| one.eq_ignore_ascii_case(bare)).copied();
            quiet = match (quiet, known) {
                (None, Some(one)) if !name.starts_with('/') => Some((one, 1)),
                (Some((open, depth)), Some(one)) if open == one && name.starts_with('/') => {
                    (depth > 1).then_some((open, depth - 1))
                }
                (Some((open, depth)), Some(one)) if open == one => Some((open, depth + 1)),
                (state, _) => state,
            };
            out.push_str(text);
        } else if quiet.is_some() || matches!(piece, Piece::Comment(_) | Piece::CData(_)) {
            out.push_str(text);
        } else {
            link_text(text, own_host, &mut out);
        }
    }
    out
}

/// Elements in which nothing becomes a link.
const QUIET: &[&str] = &["a", "code", "pre", "script", "style"];

/// `<https://example.org>`
fn is_address_in_brackets(tag: &str) -> bool {
    let inner = tag[1..].trim_start();
    let scheme = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    (1..=20).contains(&scheme) && inner[scheme..].starts_with("://")
}

fn link_text(text: &str, own_host: &str, out: &mut String) {
    let mut at = 0;
    let mut plain = 0;
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        let found = match () {
            () if matches!(before, '(' | '<' | '>' | '.' | ',' | ';' | ':' | '!' | '?') || is_space(before) => {
                with_scheme(&text[at..], own_host)
                    .or_else(|| (is_space(before) || before == '>').then(|| bare(&text[at..], own_host)).flatten())
            }
            () => None,
        };
        match found {
            Some((length, link)) => {
                out.push_str(&text[plain..at]);
                out.push_str(&link);
                before = text[..at + length].chars().next_back().unwrap_or(' ');
                at += length;
                plain = at;
            }
            None => {
                // What belongs to the same word cannot begin an address.
                let word =
                    text[at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80).count();
                let step = if word > 0 { word } else { c.len_utf8() };
                before = text[at..at + step].chars().next_back().unwrap_or(c);
                at += step;
            }
        }
    }
    out.push_str(&text[plain..]);
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{B}'
}

/// The longest address that becomes a link, in bytes.
const LONGEST: usize = 2_000;

/// An address with a scheme at the beginning: its length and the link.
fn with_scheme(text: &str, own_host: &str) -> Option<(usize, String)> {
    let scheme = text.bytes().take(21).take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    if !(1..=20).contains(&scheme) || !text[scheme..].starts_with("://") {
        return None;
    }
    let bytes = text.as_bytes();
    let start = scheme + 3;
    let rest = bytes[start..].iter().take(LONGEST + 1).take_while(|b| !b.is_ascii_whitespace()).count();
    if rest == 0 || rest > LONGEST {
        return None;
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80 || b"_#%~/@[]*(+=&$-".contains(&b);
    let run = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| plain(**b)).count();
    let mut end = start + run(start);
    while bytes.get(end).is_some_and(|b| b"'.,;:!?)".contains(b)) && run(end + 1) > 0 {
        end += 1 + run(end + 1);
    }
    let mut length = end;
    if bytes.get(end) == Some(&b')') && text[..end].contains('(') {
        length += 1;
    }
    // Parentheses belong to the address in pairs only.
    let count = |b: u8, text: &str| text.bytes().filter(|c| *c == b).count();
    let mut surplus = count(b')', &text[..length]).saturating_sub(count(b'(', &text[..length]));
    while surplus > 0
        && let Some(at) = text[..length].rfind(')')
    {
        length = at;
        surplus -= 1;
    }
    let clean = clean_address(&text[..length]);
    if clean.is_empty() {
        return None;
    }
    Some((length, link(&clean, own_host)))
}

/// Search engines are asked not to follow a link that a reader wrote, unless it stays on the site.
fn link(clean: &str, own_host: &str) -> String {
    let rest =
        clean.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()));
    let host = rest.map(|(_, rest)| rest.split(['/', '?', '#', ':']).next().unwrap_or(rest));
    let foreign = host.is_some_and(|host| !host.eq_ignore_ascii_case(own_host));
    let rel = if foreign { " rel=\"nofollow\"" } else { "" };
    format!("<a href=\"{clean}\"{rel}>{clean}</a>")
}

/// `www.…`, `ftp.…` or an address of mail at the beginning.
fn bare(text: &str, own_host: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    if matches!(bytes.get(..4).map(<[u8]>::to_ascii_lowercase).as_deref(), Some(b"www." | b"ftp.")) {
        let belongs = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80 || b"_#$%&~/.-;:=,?@[]+".contains(&b);
        let run = bytes[4..].iter().take_while(|b| belongs(**b)).count();
        if run > 0 {
            let mut length = 4 + run;
            if b".,;:)".contains(&bytes[length - 1]) {
                length -= 1;
            }
            let clean = clean_address(&format!("http://{}", &text[..length]));
            if !clean.is_empty() {
                return Some((length, link(&clean, own_host)));
            }
        }
    }
    let local = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || b"._+-".contains(b)).count();
    if local == 0 || bytes.get(local) != Some(&b'@') {
        return None;
    }
    let domain = &text[local + 1..];
    let run = domain.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')).count();
    // Labels with a stop between them, the last one of at least two letters.
    let (mut length, mut labels, mut at) = (None, 0, 0);
    for label in domain[..run].split('.') {
        if label.is_empty() {
            break;
        }
        let last = label.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if labels > 0 && last >= 2 {
            length = Some(at + last);
        }
        labels += 1;
        at += label.len() + 1;
    }
    let length = local + 1 + length?;
    let mail = &text[..length];
    Some((length, format!("<a href=\"mailto:{mail}\">{mail}</a>")))
}

/// Schemes that WordPress lets stand in an address.
const SCHEMES: &[&str] = &[
    "fax", "feed", "ftp", "ftps", "gopher", "http", "https", "irc", "irc6", "ircs", "mailto", "mms", "news", "nntp",
    "rtsp", "sms", "svn", "tel", "telnet", "urn", "webcal", "xmpp",
];

/// An address for a place between quotation marks, nothing when its scheme is not among those that WordPress knows.
/// Documented as `esc_url`.
pub fn clean_address(url: &str) -> String {
    let mut kept = String::with_capacity(url.len());
    for c in url.trim_start().chars() {
        match c {
            ' ' => kept.push_str("%20"),
            c if !c.is_ascii() || c.is_ascii_alphanumeric() || "-~+_.?#=!&;,/:%@$|*'()[]".contains(c) => kept.push(c),
            _ => {}
        }
    }
    if !kept.starts_with("mailto:") {
        // Escaped line breaks, also those that come about when one is taken out.
        let mut out: Vec<u8> = Vec::with_capacity(kept.len());
        for b in kept.bytes() {
            out.push(b);
            let tail = out.len().saturating_sub(3);
            if matches!(out[tail..].to_ascii_lowercase().as_slice(), b"%0d" | b"%0a") {
                out.truncate(tail);
            }
        }
        kept = String::from_utf8_lossy(&out).into_owned();
    }
    kept = kept.replace(";//", "://");
    // A colon behind such a beginning counts as that of a scheme.
    if kept.starts_with(['?', '#']) && kept.contains(':') && !kept.contains("/?") {
        return String::new();
    }
    match scheme(&kept) {
        None if !kept.is_empty() && !kept.starts_with(['/', '#', '?']) && !is_script(&kept) => {
            kept = format!("http://{kept}")
        }
        Some(_) if !schemes_are_known(&kept) => return String::new(),
        _ => {}
    }
    let mut out = String::with_capacity(kept.len());
    let path = path_of(&kept);
    for (at, c) in kept.char_indices() {
        match c {
            '&' if kept[at..].starts_with("&amp;") || kept[at..].starts_with("&#038;") => {
                out.push_str("&#038;");
            }
            '&' if crate::html::reference_length(&kept[at..]).is_some() => out.push('&'),
            '&' => out.push_str("&#038;"),
            '\'' => out.push_str("&#039;"),
            '[' if at >= path => out.push_str("%5B"),
            ']' if at >= path => out.push_str("%5D"),
            c => out.push(c),
        }
    }
    out.replace("&#038;amp;", "&#038;").replace("&#038;#038;", "&#038;")
}

/// `https` of `https://example.org/`
fn scheme(url: &str) -> Option<&str> {
    url.find([':', '/', '?', '#']).filter(|at| url[*at..].starts_with(':')).map(|at| &url[..at])
}

/// Whether its scheme is among those that WordPress knows. `feed:` stands before a whole address, whose own scheme counts,
/// too.
fn schemes_are_known(url: &str) -> bool {
    let mut rest = url;
    while let Some(scheme) = scheme(rest).map(str::to_ascii_lowercase) {
        if !SCHEMES.contains(&scheme.as_str()) {
            return false;
        }
        if scheme != "feed" {
            return true;
        }
        rest = &rest[scheme.len() + 1..];
    }
    true
}

/// Where the host ends, in bytes. Brackets before it belong to an address of numbers, `http://[::1]/`.
fn path_of(url: &str) -> usize {
    let host = if url.starts_with("//") { Some(2) } else { url.find("://").map(|at| at + 3) };
    host.map_or(0, |host| url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at))
}

/// `index.php` is a file, not a host.
fn is_script(url: &str) -> bool {
    let name = url.split(['?', '#']).next().unwrap_or(url);
    name.to_ascii_lowercase()
        .strip_suffix(".php")
        .is_some_and(|stem| !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let made = make_links(text, "");
        let links: Vec<&str> = made
            .match_indices("href=\"")
            .map(|(at, _)| {
                let rest = &made[at + 6..];
                &rest[..rest.find('"').unwrap_or(rest.len())]
            })
            .collect();
        assert_eq!(links, expected, "{made}");
    }

    #[test]
    fn addresses_become_links() {
        check("https://example.org/a, https://example.org.", &["https://example.org/a", "https://example.org"]);
        check("(http://x.org/a_(b)) http://x.org/a)", &["http://x.org/a_(b)", "http://x.org/a"]);
        check("www.example.org؟ ftp.example.org;", &["http://www.example.org؟", "http://ftp.example.org"]);
        check("أ.ب@x bob@example.com.", &["mailto:bob@example.com"]);
        check("xhttp://a.org ahttps://b javascript://c", &[]);
        check("<https://example.org>", &["https://example.org"]);
    }

    #[test]
    fn addresses_are_cleaned() {
        let check = |url: &str, expected: &str| assert_eq!(clean_address(url), expected, "{url}");
        check("feed:https://example.org/a", "feed:https://example.org/a");
        check("feed:javascript:alert(1)", "");
        check("feed:feed:vbscript:x", "");
        check("//[::1]:80/a[b]", "//[::1]:80/a%5Bb%5D");
        check("https://[::1]?a[]=1", "https://[::1]?a%5B%5D=1");
        check("/a[b]", "/a%5Bb%5D");
        check("?a=b:c", "");
        check("/a:b", "/a:b");
    }

    #[test]
    fn links_stay() {
        let link = "<a href=\"https://example.org\">https://example.org</a>";
        assert_eq!(make_links(link, ""), link);
        check("<code>http://a.org</code> <pre>www.b.org</pre>", &[]);
        check("<!-- http://a.org -->", &[]);
    }

    #[test]
    fn hostile_texts_end() {
        for hostile in
            ["http://", "www.", "a@", "a@b.", "http://a(", "http://a) ", "<http://", "a.a@a.a", "(", "http://a.)"]
        {
            let size = |count| make_links(&hostile.repeat(count), "").len();
            assert!(size(20_000) <= size(2_000) * 11 + 10_000, "{hostile:?}");
        }
    }
}

//! How is XML written so that nothing can break it?
//!
//! A writer of our own instead of a library's, because it is forty lines, keeps one `String`, cannot fail, and drops
//! what XML 1.0 cannot carry at the only place where text enters.

use std::borrow::Cow;

/// A document that is being written. Elements are closed by [`Xml::close`]; [`Xml::finish`] closes what is left.
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// Begins with the XML declaration.
    pub(super) fn new(capacity: usize) -> Self {
        let mut out = String::with_capacity(capacity);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Self { out, open: Vec::with_capacity(8) }
    }

    /// `<name a="b">`, to be closed later.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }

    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.end(name);
        }
    }

    /// `<name a="b">text</name>`.
    pub(super) fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.tag(name, attributes);
        self.out.push('>');
        escape_text(&mut self.out, text);
        self.end(name);
    }

    /// The same when there is something to say.
    pub(super) fn text_if(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.text(name, &[], text);
        }
    }

    /// `<name>address</name>`, the address made ASCII.
    pub(super) fn address(&mut self, name: &'static str, address: &str) {
        self.text(name, &[], &uri(address));
    }

    /// `<name a="b"><![CDATA[html]]></name>`. Line ends become `\n`, as any XML parser would make them.
    pub(super) fn html(&mut self, name: &'static str, attributes: &[(&str, &str)], html: &str) {
        self.tag(name, attributes);
        self.out.push_str("><![CDATA[");
        cdata(&mut self.out, html);
        self.out.push_str("]]>");
        self.end(name);
    }

    /// `<name a="b"/>`.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>\n");
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// Takes back everything after the first `len` bytes; the elements open now must be those open then.
    pub(super) fn truncate(&mut self, len: usize) {
        self.out.truncate(len);
    }

    /// Closes what is open and hands over the document.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            escape_attribute(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }
}

/// May this character stand in an XML 1.0 document? (<https://www.w3.org/TR/xml/#charsets>)
pub(super) fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// An address as RFC 3986 writes it: what is not ASCII, and what would break a URI, percent-encoded.
pub(super) fn uri(address: &str) -> Cow<'_, str> {
    let is_plain =
        |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}');
    if address.bytes().all(is_plain) {
        return Cow::Borrowed(address);
    }
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(address.len() * 3);
    for byte in address.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    Cow::Owned(out)
}

/// `&` and `<` go out as the RSS Advisory Board's profile asks, because some readers decode named entities twice.
fn escape_text(out: &mut String, text: &str) {
    copy_with(out, text, |c| match c {
        '&' => Some("&#x26;"),
        '<' => Some("&#x3C;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        c if is_legal(c) => None,
        _ => Some(""),
    });
}

/// Tabs and line ends would be turned into spaces by the reader's parser, so they are written as references.
fn escape_attribute(out: &mut String, value: &str) {
    copy_with(out, value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#x9;"),
        '\n' => Some("&#xA;"),
        '\r' => Some("&#xD;"),
        c if is_legal(c) => None,
        _ => Some(""),
    });
}

fn cdata(out: &mut String, html: &str) {
    let start = out.len();
    let mut chars = html.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            // The section is ended and begun again between the brackets and the `>`.
            '>' if out[start..].ends_with("]]") => out.push_str("]]><![CDATA[>"),
            c if is_legal(c) => out.push(c),
            _ => {}
        }
    }
}

/// Copies `text`, putting what `replace` gives in the place of a character. Runs without such are copied whole.
fn copy_with(out: &mut String, text: &str, replace: impl Fn(char) -> Option<&'static str>) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if let Some(replacement) = replace(c) {
            out.push_str(&text[from..at]);
            out.push_str(replacement);
            from = at + c.len_utf8();
        }
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(text: &str, written: &str) {
        let mut xml = Xml::new(0);
        let start = xml.len();
        xml.text("t", &[], text);
        assert_eq!(xml.finish()[start..], format!("<t>{written}</t>\n"));
    }

    fn check_attribute(value: &str, written: &str) {
        let mut xml = Xml::new(0);
        let start = xml.len();
        xml.empty("t", &[("a", value)]);
        assert_eq!(xml.finish()[start..], format!("<t a=\"{written}\"/>\n"));
    }

    fn check_html(html: &str, written: &str) {
        let mut xml = Xml::new(0);
        let start = xml.len();
        xml.html("t", &[], html);
        assert_eq!(xml.finish()[start..], format!("<t><![CDATA[{written}]]></t>\n"));
    }

    #[test]
    fn text_is_escaped_and_illegal_characters_are_dropped() {
        check_text("الصين & «روسيا»", "الصين &#x26; «روسيا»");
        check_text("a<b>c", "a&#x3C;b&gt;c");
        check_text("a\u{0}b\u{B}c\u{FFFE}d", "abcd");
        check_text("a\rb\tc\nd", "a&#xD;b\tc\nd");
        check_text("😀", "😀");
    }

    #[test]
    fn attributes_keep_quotes_and_line_ends() {
        check_attribute("a\"b'c", "a&quot;b'c");
        check_attribute("a\nb\tc\rd", "a&#xA;b&#x9;c&#xD;d");
        check_attribute("<&>\u{8}", "&lt;&amp;&gt;");
    }

    #[test]
    fn a_cdata_section_cannot_be_left() {
        check_html("<p>x</p>", "<p>x</p>");
        check_html("a]]>b", "a]]]]><![CDATA[>b");
        check_html("]]\u{0}>", "]]]]><![CDATA[>");
        check_html("a\r\nb\rc", "a\nb\nc");
    }

    #[test]
    fn finish_closes_what_is_open() {
        let mut xml = Xml::new(0);
        xml.open("a", &[]);
        xml.open("b", &[("c", "d")]);
        assert!(xml.finish().ends_with("<a><b c=\"d\"></b>\n</a>\n"));
    }

    #[test]
    fn addresses_become_ascii_and_stay_as_they_are_when_they_were() {
        assert_eq!(uri("https://w.example/%D8%A7/?a=b&c#d"), "https://w.example/%D8%A7/?a=b&c#d");
        assert_eq!(uri("https://w.example/الص/"), "https://w.example/%D8%A7%D9%84%D8%B5/");
        assert_eq!(uri("a b\n\"<"), "a%20b%0A%22%3C");
    }
}

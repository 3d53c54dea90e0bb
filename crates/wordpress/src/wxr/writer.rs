//! How does WordPress write this?
//!
//! Version 1.2, laid out as WordPress lays it out: the same elements in the same order, CDATA where it has CDATA.
//! What is written is well-formed, which is more than WordPress promises: characters that XML forbids are left out
//! (and counted), and addresses are escaped.

use std::io::{self, Write};

use super::entries::{Author, Category, Channel, Comment, Entry, Item, Meta, Tag, Term};
use super::text::{escape, is_xml};

/// Writes an export, entry by entry.
///
/// The order is that of WordPress when the entries come so: the channel, authors, categories, tags, terms, items.
///
/// ```
/// use wordpress::wxr::{Author, Channel, Entry, Writer};
///
/// let mut writer = Writer::new(Vec::new());
/// writer.write(&Entry::Channel(Box::new(Channel { title: "ورّاق".into(), ..Channel::default() })))?;
/// writer.write(&Entry::Author(Author { login: "layla".into(), ..Author::default() }))?;
/// let file = String::from_utf8(writer.finish()?).expect("what is written is UTF-8");
/// assert!(file.contains("<title>ورّاق</title>") && file.contains("<![CDATA[layla]]>"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    has_head: bool,
    generator: Option<String>,
    left_out: u64,
}

impl<W: Write> Writer<W> {
    /// Writes into `out`, which should have a buffer.
    pub fn new(out: W) -> Self {
        Writer { out, has_head: false, generator: None, left_out: 0 }
    }

    /// Writes one entry. The channel comes first; without it an empty one is written.
    ///
    /// # Errors
    /// What `out` says, and `InvalidInput` for a second channel or one that comes late.
    pub fn write(&mut self, entry: &Entry) -> io::Result<()> {
        match entry {
            Entry::Channel(channel) if !self.has_head => return self.head(channel),
            Entry::Channel(_) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "an export has one channel, and it comes first",
                ));
            }
            Entry::Author(_) | Entry::Category(_) | Entry::Tag(_) | Entry::Term(_) | Entry::Item(_) => {}
        }
        if !self.has_head {
            self.head(&Channel::default())?;
        }
        match entry {
            Entry::Channel(_) => Ok(()),
            Entry::Author(author) => self.author(author),
            Entry::Category(category) => self.category(category),
            Entry::Tag(tag) => self.tag(tag),
            Entry::Term(term) => self.term(term),
            Entry::Item(item) => self.item(item),
        }
    }

    /// How many characters were left out until now, because XML has no way to write them.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Writes the end, and gives back what was written into.
    ///
    /// # Errors
    /// What `out` says.
    pub fn finish(mut self) -> io::Result<W> {
        if !self.has_head {
            self.head(&Channel::default())?;
        }
        self.generator()?;
        self.out.write_all(b"\t\t\t\t</channel>\n</rss>\n")?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn head(&mut self, channel: &Channel) -> io::Result<()> {
        self.has_head = true;
        self.out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n")?;
        self.out.write_all(b"<!-- An export in the format of WordPress (WXR 1.2): Tools, Import, WordPress. -->\n")?;
        if let Some(generator) = &channel.generator {
            let short = match generator.strip_prefix("https://wordpress.org/?v=") {
                Some(version) => format!("WordPress/{version}"),
                None => generator.clone(),
            };
            let short = self.legal(&short);
            let short = escape(&short).replace('-', "&#45;");
            writeln!(self.out, "\n\t<!-- generator=\"{short}\" -->")?;
        }
        self.out.write_all(ROOT)?;
        self.plain(1, "title", &channel.title)?;
        self.plain(1, "link", &channel.link)?;
        self.plain(1, "description", &channel.description)?;
        self.plain(1, "pubDate", &channel.pub_date)?;
        self.plain(1, "language", &channel.language)?;
        self.plain(1, "wp:wxr_version", "1.2")?;
        self.plain(1, "wp:base_site_url", &channel.base_site_url)?;
        self.plain(1, "wp:base_blog_url", &channel.base_blog_url)?;
        self.out.write_all(b"\n")?;
        self.generator.clone_from(&channel.generator);
        Ok(())
    }

    /// WordPress names itself between the terms and the items.
    fn generator(&mut self) -> io::Result<()> {
        if let Some(generator) = self.generator.take() {
            self.out.write_all(b"\n")?;
            self.plain(1, "generator", &generator)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn author(&mut self, author: &Author) -> io::Result<()> {
        self.out.write_all(b"\t<wp:author>\n")?;
        self.id(2, "wp:author_id", author.id)?;
        self.cdata(2, "wp:author_login", &author.login)?;
        self.cdata(2, "wp:author_email", &author.email)?;
        self.cdata(2, "wp:author_display_name", &author.display_name)?;
        self.cdata(2, "wp:author_first_name", &author.first_name)?;
        self.cdata(2, "wp:author_last_name", &author.last_name)?;
        self.out.write_all(b"\t</wp:author>\n")
    }

    fn category(&mut self, category: &Category) -> io::Result<()> {
        self.out.write_all(b"\t<wp:category>\n")?;
        self.id(2, "wp:term_id", category.id)?;
        self.cdata(2, "wp:category_nicename", &category.nicename)?;
        self.cdata(2, "wp:category_parent", &category.parent)?;
        self.cdata(2, "wp:cat_name", &category.name)?;
        self.cdata_if_any(2, "wp:category_description", &category.description)?;
        self.metas(2, "wp:termmeta", &category.meta)?;
        self.out.write_all(b"\t</wp:category>\n")
    }

    fn tag(&mut self, tag: &Tag) -> io::Result<()> {
        self.out.write_all(b"\t<wp:tag>\n")?;
        self.id(2, "wp:term_id", tag.id)?;
        self.cdata(2, "wp:tag_slug", &tag.slug)?;
        self.cdata(2, "wp:tag_name", &tag.name)?;
        self.cdata_if_any(2, "wp:tag_description", &tag.description)?;
        self.metas(2, "wp:termmeta", &tag.meta)?;
        self.out.write_all(b"\t</wp:tag>\n")
    }

    fn term(&mut self, term: &Term) -> io::Result<()> {
        self.out.write_all(b"\t<wp:term>\n")?;
        self.id(2, "wp:term_id", term.id)?;
        self.cdata(2, "wp:term_taxonomy", &term.taxonomy)?;
        self.cdata(2, "wp:term_slug", &term.slug)?;
        self.cdata(2, "wp:term_parent", &term.parent)?;
        self.cdata(2, "wp:term_name", &term.name)?;
        self.cdata_if_any(2, "wp:term_description", &term.description)?;
        self.metas(2, "wp:termmeta", &term.meta)?;
        self.out.write_all(b"\t</wp:term>\n")
    }

    fn item(&mut self, item: &Item) -> io::Result<()> {
        self.generator()?;
        self.out.write_all(b"\t\t\t\t\t<item>\n")?;
        self.cdata(2, "title", &item.title)?;
        self.plain(2, "link", &item.link)?;
        self.plain(2, "pubDate", &item.pub_date)?;
        self.cdata(2, "dc:creator", &item.creator)?;
        let guid = self.legal(&item.guid);
        let is_permalink = if item.guid_is_permalink { "true" } else { "false" };
        writeln!(self.out, "\t\t<guid isPermaLink=\"{is_permalink}\">{}</guid>", escape(&guid))?;
        self.cdata_if_any(2, "description", &item.description)?;
        if item.description.is_empty() {
            self.plain(2, "description", "")?;
        }
        self.cdata(2, "content:encoded", &item.content)?;
        self.cdata(2, "excerpt:encoded", &item.excerpt)?;
        self.id(2, "wp:post_id", item.post_id)?;
        self.cdata(2, "wp:post_date", item.post_date.text())?;
        self.cdata(2, "wp:post_date_gmt", item.post_date_gmt.text())?;
        // Versions before 5.7 have neither.
        self.cdata_if_any(2, "wp:post_modified", item.post_modified.text())?;
        self.cdata_if_any(2, "wp:post_modified_gmt", item.post_modified_gmt.text())?;
        self.cdata(2, "wp:comment_status", &item.comment_status)?;
        self.cdata(2, "wp:ping_status", &item.ping_status)?;
        self.cdata(2, "wp:post_name", &item.post_name)?;
        self.cdata(2, "wp:status", &item.status)?;
        self.plain(2, "wp:post_parent", &item.post_parent.to_string())?;
        self.plain(2, "wp:menu_order", &item.menu_order.to_string())?;
        self.cdata(2, "wp:post_type", &item.post_type)?;
        self.cdata(2, "wp:post_password", &item.post_password)?;
        self.plain(2, "wp:is_sticky", if item.is_sticky { "1" } else { "0" })?;
        if let Some(url) = &item.attachment_url {
            self.cdata(2, "wp:attachment_url", url)?;
        }
        for term in &item.terms {
            let (domain, nicename) = (self.legal(&term.domain), self.legal(&term.nicename));
            write!(self.out, "\t\t<category domain=\"{}\" nicename=\"{}\">", escape(&domain), escape(&nicename))?;
            self.cdata_section(&term.name)?;
            self.out.write_all(b"</category>\n")?;
        }
        self.metas(2, "wp:postmeta", &item.meta)?;
        for comment in &item.comments {
            self.comment(comment)?;
        }
        self.out.write_all(b"\t\t\t\t\t</item>\n")
    }

    fn comment(&mut self, comment: &Comment) -> io::Result<()> {
        self.out.write_all(b"\t\t<wp:comment>\n")?;
        self.id(3, "wp:comment_id", comment.id)?;
        self.cdata(3, "wp:comment_author", &comment.author)?;
        self.cdata(3, "wp:comment_author_email", &comment.email)?;
        self.plain(3, "wp:comment_author_url", &comment.url)?;
        self.cdata(3, "wp:comment_author_IP", &comment.ip)?;
        self.cdata(3, "wp:comment_date", comment.date.text())?;
        self.cdata(3, "wp:comment_date_gmt", comment.date_gmt.text())?;
        self.cdata(3, "wp:comment_content", &comment.content)?;
        self.cdata(3, "wp:comment_approved", &comment.approved)?;
        self.cdata(3, "wp:comment_type", &comment.kind)?;
        self.plain(3, "wp:comment_parent", &comment.parent.to_string())?;
        self.plain(3, "wp:comment_user_id", &comment.user_id.to_string())?;
        self.metas(3, "wp:commentmeta", &comment.meta)?;
        self.out.write_all(b"\t\t</wp:comment>\n")
    }

    fn metas(&mut self, depth: usize, name: &str, metas: &[Meta]) -> io::Result<()> {
        for meta in metas {
            self.indent(depth)?;
            writeln!(self.out, "<{name}>")?;
            self.cdata(depth + 1, "wp:meta_key", &meta.key)?;
            self.cdata(depth + 1, "wp:meta_value", &meta.value)?;
            self.indent(depth)?;
            writeln!(self.out, "</{name}>")?;
        }
        Ok(())
    }

    fn id(&mut self, depth: usize, name: &str, id: Option<u64>) -> io::Result<()> {
        match id {
            Some(id) => self.plain(depth, name, &id.to_string()),
            None => Ok(()),
        }
    }

    fn plain(&mut self, depth: usize, name: &str, text: &str) -> io::Result<()> {
        self.indent(depth)?;
        let text = self.legal(text);
        writeln!(self.out, "<{name}>{}</{name}>", escape(&text))
    }

    fn cdata_if_any(&mut self, depth: usize, name: &str, text: &str) -> io::Result<()> {
        if text.is_empty() { Ok(()) } else { self.cdata(depth, name, text) }
    }

    fn cdata(&mut self, depth: usize, name: &str, text: &str) -> io::Result<()> {
        self.indent(depth)?;
        write!(self.out, "<{name}>")?;
        self.cdata_section(text)?;
        writeln!(self.out, "</{name}>")
    }

    /// `]]>` is parted between two sections, so that neither holds it.
    fn cdata_section(&mut self, text: &str) -> io::Result<()> {
        let text = self.legal(text);
        self.out.write_all(b"<![CDATA[")?;
        let mut parts = text.split("]]>");
        self.out.write_all(parts.next().unwrap_or_default().as_bytes())?;
        for part in parts {
            self.out.write_all(b"]]]]><![CDATA[>")?;
            self.out.write_all(part.as_bytes())?;
        }
        self.out.write_all(b"]]>")
    }

    /// `text` without the characters that XML forbids.
    fn legal<'a>(&mut self, text: &'a str) -> std::borrow::Cow<'a, str> {
        let forbidden = text.chars().filter(|c| !is_xml(*c)).count();
        if forbidden == 0 {
            return text.into();
        }
        self.left_out += forbidden as u64;
        text.chars().filter(|c| is_xml(*c)).collect::<String>().into()
    }

    fn indent(&mut self, depth: usize) -> io::Result<()> {
        self.out.write_all(&b"\t\t\t\t\t\t"[..depth.min(6)])
    }
}

const ROOT: &[u8] = br#"<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>

<channel>
"#;

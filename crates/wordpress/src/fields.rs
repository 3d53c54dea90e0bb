//! What do the custom fields of a post say?
//!
//! WordPress and its plugins keep what has no column of its own as pairs of key and text ([`Meta`]). The readers of this
//! room know the keys that matter when a site moves: pictures, podcasts, menus, texts for search engines, co-authors and
//! translations.

use std::collections::HashSet;

use crate::php::{self, PhpError, Value};
use crate::wxr::{Filed, Item, Meta};

/// The value of the first field with this key.
pub fn value<'a>(meta: &'a [Meta], key: &str) -> Option<&'a str> {
    values(meta, key).next()
}

/// The values of all fields with this key.
pub fn values<'a>(meta: &'a [Meta], key: &str) -> impl Iterator<Item = &'a str> {
    meta.iter().filter(move |field| field.key == key).map(|field| field.value.as_str())
}

/// The attachment that is the picture of this post (`_thumbnail_id`).
pub fn thumbnail_id(meta: &[Meta]) -> Option<u64> {
    value(meta, "_thumbnail_id")?.trim().parse().ok().filter(|&id| id > 0)
}

/// The text for those who do not see the picture (`_wp_attachment_image_alt`).
pub fn image_alt(meta: &[Meta]) -> Option<&str> {
    value(meta, "_wp_attachment_image_alt").map(str::trim).filter(|alt| !alt.is_empty())
}

/// The file of an attachment, below the folder of uploads (`_wp_attached_file`), such as `2020/05/photo.png`.
pub fn attached_file(meta: &[Meta]) -> Option<&str> {
    value(meta, "_wp_attached_file").map(str::trim).filter(|file| !file.is_empty())
}

/// The slugs that the post had before (`_wp_old_slug`), percent-encoded. The old site still answered there.
pub fn old_slugs(meta: &[Meta]) -> impl Iterator<Item = &str> {
    values(meta, "_wp_old_slug").map(str::trim).filter(|slug| !slug.is_empty())
}

/// What is known of the file of an attachment (`_wp_attachment_metadata`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttachmentMetadata {
    /// The file below the folder of uploads.
    pub file: Option<String>,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// In bytes.
    pub file_size: Option<u64>,
    /// The picture as it was uploaded, beside `file`, where WordPress made a smaller one of a large one.
    pub original_image: Option<String>,
    /// The smaller pictures.
    pub sizes: Vec<Size>,
    /// What the picture says of itself.
    pub image: ImageMeta,
    /// How many lengths were wrong in the text of the field.
    pub mended: usize,
}

/// A smaller picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Size {
    /// `thumbnail`, `medium`, or a word of a theme.
    pub name: String,
    /// The file, in the folder of the large one.
    pub file: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// Such as `image/jpeg`.
    pub mime_type: Option<String>,
}

/// What a picture says of itself (`image_meta`). Empty texts and zeros are `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageMeta {
    /// The title.
    pub title: Option<String>,
    /// The caption.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Whose it is.
    pub copyright: Option<String>,
    /// The camera.
    pub camera: Option<String>,
    /// When, in seconds since 1970 on the clock of the camera.
    pub created: Option<i64>,
    /// The orientation of EXIF, 1 to 8.
    pub orientation: Option<u8>,
    /// The keywords.
    pub keywords: Vec<String>,
}

impl AttachmentMetadata {
    /// The value of a field `_wp_attachment_metadata`.
    ///
    /// # Errors
    /// When the text is no serialised value. What is missing in the value is left empty.
    pub fn parse(text: &str) -> Result<AttachmentMetadata, PhpError> {
        let (root, mended) = unwrapped(text)?;
        let sizes = root.get("sizes").map_or(&[][..], Value::entries);
        let sizes = sizes.iter().filter_map(|(key, size)| {
            let name = match key {
                php::Key::Text(name) => name.clone(),
                php::Key::Int(number) => number.to_string(),
            };
            Some(Size {
                name,
                file: text_in(size, "file")?,
                width: number_in(size, "width"),
                height: number_in(size, "height"),
                mime_type: text_in(size, "mime-type"),
            })
        });
        let image = root.get("image_meta").unwrap_or(&Value::Null);
        let keywords = image.get("keywords").map_or(&[][..], Value::entries);
        Ok(AttachmentMetadata {
            file: text_in(&root, "file"),
            width: number_in(&root, "width"),
            height: number_in(&root, "height"),
            file_size: number_in(&root, "filesize"),
            original_image: text_in(&root, "original_image"),
            sizes: sizes.collect(),
            image: ImageMeta {
                title: text_in(image, "title"),
                caption: text_in(image, "caption"),
                credit: text_in(image, "credit"),
                copyright: text_in(image, "copyright"),
                camera: text_in(image, "camera"),
                created: number_in(image, "created_timestamp").filter(|&seconds| seconds != 0),
                orientation: number_in(image, "orientation").filter(|orientation| (1..=8).contains(orientation)),
                keywords: keywords.iter().filter_map(|(_, keyword)| keyword.to_text()).collect(),
            },
            mended,
        })
    }

    /// That of an attachment, if it has any.
    ///
    /// # Errors
    /// As [`AttachmentMetadata::parse`].
    pub fn of(meta: &[Meta]) -> Option<Result<AttachmentMetadata, PhpError>> {
        value(meta, "_wp_attachment_metadata").map(AttachmentMetadata::parse)
    }
}

/// The posts or terms that are translations of one another: languages and numbers, in the order of the map.
///
/// Polylang keeps the map as the description of a term of the taxonomy `post_translations` or `term_translations`.
/// A `sync` entry, which says only what is kept alike, is left out. Empty where `description` is no such map.
///
/// ```
/// let pairs = wordpress::fields::translations(r#"a:2:{s:2:"ar";i:7;s:2:"en";i:9;}"#);
/// assert_eq!(pairs, [("ar".to_owned(), 7), ("en".to_owned(), 9)]);
/// ```
pub fn translations(description: &str) -> Vec<(String, u64)> {
    let Ok((map, _)) = unwrapped(description) else { return Vec::new() };
    let pair = |(key, value): &(php::Key, Value)| match key {
        php::Key::Text(language) => {
            let id = u64::try_from(value.as_int()?).ok().filter(|&id| id > 0)?;
            Some((language.clone(), id))
        }
        php::Key::Int(_) => None,
    };
    map.entries().iter().filter_map(pair).collect()
}

/// The language of a post: Polylang files each one under a term of the taxonomy `language`.
pub fn language(terms: &[Filed]) -> Option<&str> {
    terms.iter().find(|term| term.domain == "language").map(|term| term.nicename.as_str())
}

/// What search engines are told of a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seo {
    /// The title, if it is not simply that of the post.
    pub title: Option<Template>,
    /// The description.
    pub description: Option<Template>,
    /// The address that counts, if it is another.
    pub canonical: Option<String>,
    /// Whether search engines are asked to leave the post out.
    pub is_hidden: bool,
}

/// A text with variables, such as `%%title%% — أخبار` of Yoast or `%title%` of Rank Math.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// As it was written.
    pub raw: String,
    /// Without the variables, and without the marks that would then stand at its ends. Empty if nothing else was there.
    pub text: String,
    /// The names of the variables, in their order.
    pub variables: Vec<String>,
}

impl Template {
    /// Takes the variables between `mark` out of `raw`: `%%` or `%`.
    fn parse(raw: &str, mark: &str) -> Template {
        let (mut text, mut variables) = (String::new(), Vec::new());
        let mut rest = raw;
        while let Some(at) = rest.find(mark) {
            let after = &rest[at + mark.len()..];
            let length =
                after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-()".contains(byte)).count();
            text.push_str(&rest[..at]);
            if length > 0 && after[length..].starts_with(mark) {
                variables.push(after[..length].to_owned());
                rest = &after[length + mark.len()..];
            } else {
                text.push_str(mark);
                rest = after;
            }
        }
        text.push_str(rest);
        if !variables.is_empty() {
            let words: Vec<&str> = text.split_whitespace().collect();
            let between = |c: char| c.is_whitespace() || "-–—|•·*:~<>/،,؛".contains(c);
            text = words.join(" ").trim_matches(between).to_owned();
        }
        Template { raw: raw.to_owned(), text, variables }
    }
}

/// What Yoast SEO or Rank Math kept for search engines. Where both did, Yoast's words count.
pub fn seo(meta: &[Meta]) -> Seo {
    let text = |key: &str| value(meta, key).map(str::trim).filter(|text| !text.is_empty());
    let either = |yoast: &str, rank_math: &str| {
        let of_yoast = text(yoast).map(|raw| Template::parse(raw, "%%"));
        of_yoast.or_else(|| text(rank_math).map(|raw| Template::parse(raw, "%")))
    };
    let robots = text("rank_math_robots").and_then(|robots| php::parse(robots).ok());
    let is_hidden_by_rank_math =
        robots.is_some_and(|robots| robots.value.entries().iter().any(|(_, word)| word.as_text() == Some("noindex")));
    Seo {
        title: either("_yoast_wpseo_title", "rank_math_title"),
        description: either("_yoast_wpseo_metadesc", "rank_math_description"),
        canonical: text("_yoast_wpseo_canonical").or_else(|| text("rank_math_canonical_url")).map(str::to_owned),
        is_hidden: text("_yoast_wpseo_meta-robots-noindex") == Some("1") || is_hidden_by_rank_math,
    }
}

/// Somebody of several who wrote a post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CoAuthor {
    /// The name in addresses: that of an author of the site, or of a guest.
    pub nicename: String,
    /// The name.
    pub name: String,
}

/// Who wrote a post according to Co-Authors Plus: its terms of the taxonomy `author`, each person once, in their order.
pub fn co_authors(terms: &[Filed]) -> Vec<CoAuthor> {
    let mut seen = HashSet::new();
    terms
        .iter()
        .filter(|term| term.domain == "author")
        .map(|term| CoAuthor {
            nicename: term.nicename.strip_prefix("cap-").unwrap_or(&term.nicename).to_owned(),
            name: term.name.clone(),
        })
        .filter(|author| seen.insert(author.nicename.clone()))
        .collect()
}

/// A sound or film that belongs to a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is.
    pub url: String,
    /// How long it is, in bytes.
    pub length: Option<u64>,
    /// Such as `audio/mpeg`.
    pub mime_type: Option<String>,
    /// How long it lasts, as it was typed: `00:29:24`.
    pub duration: Option<String>,
}

/// The enclosures of a post: fields `enclosure` of four lines, the last of which is a serialised value of PowerPress.
pub fn enclosures(meta: &[Meta]) -> Vec<Enclosure> {
    let enclosure = |text: &str| {
        let mut lines = text.lines().map(str::trim);
        let url = lines.next().filter(|url| !url.is_empty())?.to_owned();
        let length = lines.next().and_then(|length| length.parse().ok());
        let mime_type = lines.next().filter(|kind| !kind.is_empty()).map(str::to_owned);
        let more = lines.collect::<Vec<_>>().join("\n");
        let duration = php::parse(&more).ok().and_then(|more| text_in(&more.value, "duration"));
        Some(Enclosure { url, length, mime_type, duration })
    };
    values(meta, "enclosure").filter_map(enclosure).collect()
}

/// A line of a menu (an item of the type `nav_menu_item`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MenuItem {
    /// What it leads to: `post_type`, `taxonomy`, `post_type_archive` or `custom`.
    pub kind: String,
    /// The type or taxonomy: `page`, `category`, …
    pub object: String,
    /// The number of the post or term.
    pub object_id: u64,
    /// The line of the menu above, 0 for none.
    pub parent: u64,
    /// The address, for the kind `custom`.
    pub url: String,
    /// What it says, if it is not the title of what it leads to.
    pub label: String,
    /// `_blank`, or empty.
    pub target: String,
    /// The classes.
    pub classes: Vec<String>,
    /// Its place among its neighbours.
    pub position: i64,
    /// The slug of the menu, percent-encoded.
    pub menu: String,
}

/// What a line of a menu leads to. `None` for an item of another type.
pub fn menu_item(item: &Item) -> Option<MenuItem> {
    if item.post_type != "nav_menu_item" {
        return None;
    }
    let text = |name: &str| value(&item.meta, &format!("_menu_item_{name}")).unwrap_or_default().trim().to_owned();
    let classes = php::parse(&text("classes")).map(|parsed| parsed.value).unwrap_or(Value::Null);
    let classes = classes.entries().iter().filter_map(|(_, class)| class.to_text());
    Some(MenuItem {
        kind: text("type"),
        object: text("object"),
        object_id: text("object_id").parse().unwrap_or(0),
        parent: text("menu_item_parent").parse().unwrap_or(0),
        url: text("url"),
        label: item.title.clone(),
        target: text("target"),
        classes: classes.filter(|class| !class.is_empty()).collect(),
        position: item.menu_order,
        menu: item
            .terms
            .iter()
            .find(|term| term.domain == "nav_menu")
            .map(|term| term.nicename.clone())
            .unwrap_or_default(),
    })
}

/// The value of `text`, also where it was serialised twice, and how many lengths were wrong.
fn unwrapped(text: &str) -> Result<(Value, usize), PhpError> {
    let parsed = php::parse(text)?;
    match &parsed.value {
        Value::Text(inner) if php::looks_serialised(inner) => {
            let inner = php::parse(inner)?;
            Ok((inner.value, inner.mended + parsed.mended))
        }
        _ => Ok((parsed.value, parsed.mended)),
    }
}

fn text_in(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.to_text().filter(|text| !text.is_empty() && text != "0")
}

fn number_in<T: TryFrom<i64>>(value: &Value, name: &str) -> Option<T> {
    T::try_from(value.get(name)?.as_int()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str, value: &str) -> Meta {
        Meta { key: key.into(), value: value.into() }
    }

    fn serialised(pairs: &[(&str, &str)]) -> String {
        let inside: String = pairs.iter().map(|(key, value)| format!("s:{}:\"{key}\";{value}", key.len())).collect();
        format!("a:{}:{{{inside}}}", pairs.len())
    }

    #[test]
    fn attachments_know_their_files() {
        let medium = serialised(&[
            ("file", "s:15:\"photo-300x2.png\";"),
            ("width", "i:300;"),
            ("height", "i:2;"),
            ("mime-type", "s:9:\"image/png\";"),
        ]);
        let sizes = serialised(&[("medium", &medium)]);
        let image = serialised(&[
            ("caption", "s:6:\"ورق\";"),
            ("credit", "s:0:\"\";"),
            ("created_timestamp", "s:10:\"1325376000\";"),
            ("orientation", "s:1:\"6\";"),
            ("keywords", "a:1:{i:0;s:2:\"kw\";}"),
        ]);
        let all = serialised(&[
            ("width", "i:40;"),
            ("height", "i:30;"),
            ("file", "s:17:\"2017/09/photo.png\";"),
            ("filesize", "i:99;"),
            ("sizes", &sizes),
            ("image_meta", &image),
            ("original_image", "s:9:\"photo.jpg\";"),
        ]);
        for (text, mended) in
            [(all.clone(), 0), (format!("s:{}:\"{all}\";", all.len()), 0), (all.replace("s:17:", "s:16:"), 2)]
        {
            let found = AttachmentMetadata::parse(&text).unwrap();
            assert_eq!(
                (found.width, found.height, found.file_size, found.mended),
                (Some(40), Some(30), Some(99), mended)
            );
            assert_eq!(
                (found.file.as_deref(), found.original_image.as_deref()),
                (Some("2017/09/photo.png"), Some("photo.jpg"))
            );
            assert_eq!(
                (found.sizes[0].name.as_str(), found.sizes[0].file.as_str(), found.sizes[0].width),
                ("medium", "photo-300x2.png", Some(300))
            );
            assert_eq!((found.image.caption.as_deref(), found.image.credit.as_deref()), (Some("ورق"), None));
            assert_eq!((found.image.created, found.image.orientation), (Some(1_325_376_000), Some(6)));
            assert_eq!(found.image.keywords, ["kw"]);
        }
        assert!(AttachmentMetadata::parse("").is_err());
        assert_eq!(AttachmentMetadata::parse("a:0:{}"), Ok(AttachmentMetadata::default()));
        assert_eq!(AttachmentMetadata::of(&[]), None);
    }

    #[test]
    fn translations_are_pairs_of_language_and_number() {
        let map = serialised(&[
            ("ar", "i:7;"),
            ("en", "s:1:\"9\";"),
            ("sync", "a:1:{s:2:\"ar\";s:2:\"en\";}"),
            ("fr", "i:0;"),
        ]);
        assert_eq!(translations(&map), [("ar".to_owned(), 7), ("en".to_owned(), 9)]);
        assert_eq!(translations("أخبار"), []);
    }

    fn check_seo(fields: &[(&str, &str)], title: Option<(&str, &[&str])>, description: Option<&str>, is_hidden: bool) {
        let meta: Vec<Meta> = fields.iter().map(|(key, value)| field(key, value)).collect();
        let found = seo(&meta);
        let found_title = found
            .title
            .as_ref()
            .map(|title| (title.text.as_str(), title.variables.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(found_title, title.map(|(text, variables)| (text, variables.to_vec())), "{fields:?}");
        assert_eq!(found.description.as_ref().map(|description| description.text.as_str()), description, "{fields:?}");
        assert_eq!(found.is_hidden, is_hidden, "{fields:?}");
    }

    #[test]
    fn variables_of_templates_are_left_out() {
        check_seo(&[], None, None, false);
        check_seo(&[("_yoast_wpseo_title", "قمة بكين")], Some(("قمة بكين", &[])), None, false);
        check_seo(
            &[("_yoast_wpseo_title", "قمة %%sep%% %%sitename%%")],
            Some(("قمة", &["sep", "sitename"])),
            None,
            false,
        );
        check_seo(&[("_yoast_wpseo_title", "%%title%% - «أخبار»")], Some(("«أخبار»", &["title"])), None, false);
        check_seo(&[("_yoast_wpseo_title", "%%cf_my-field%%")], Some(("", &["cf_my-field"])), None, false);
        check_seo(&[("_yoast_wpseo_title", "100%% sure %% x")], Some(("100%% sure %% x", &[])), None, false);
        check_seo(&[("rank_math_title", "%title% | أخبار %sep%")], Some(("أخبار", &["title", "sep"])), None, false);
        check_seo(&[("rank_math_title", "زيادة 5% و 6%")], Some(("زيادة 5% و 6%", &[])), None, false);
        check_seo(&[("rank_math_description", "وصف %date(Y)%")], None, Some("وصف"), false);
        check_seo(&[("_yoast_wpseo_metadesc", "أ"), ("rank_math_description", "ب")], None, Some("أ"), false);
        check_seo(&[("_yoast_wpseo_metadesc", ""), ("rank_math_description", "ب")], None, Some("ب"), false);
        check_seo(&[("_yoast_wpseo_meta-robots-noindex", "1")], None, None, true);
        check_seo(&[("rank_math_robots", "a:1:{i:0;s:7:\"noindex\";}")], None, None, true);
    }

    #[test]
    fn authors_sounds_and_menus_are_found() {
        let term = |domain: &str, nicename: &str| Filed {
            domain: domain.into(),
            nicename: nicename.into(),
            name: "ليلى".into(),
        };
        let authors = co_authors(&[
            term("author", "cap-layla"),
            term("post_tag", "x"),
            term("author", "layla"),
            term("author", "omar"),
        ]);
        assert_eq!(authors.iter().map(|author| author.nicename.as_str()).collect::<Vec<_>>(), ["layla", "omar"]);
        assert_eq!(language(&[term("post_tag", "x"), term("language", "ar")]), Some("ar"));

        let sound = "https://example.org/a.mp3\n2116\naudio/mpeg\na:1:{s:8:\"duration\";s:8:\"00:29:24\";}";
        let expected = Enclosure {
            url: "https://example.org/a.mp3".into(),
            length: Some(2116),
            mime_type: Some("audio/mpeg".into()),
            duration: Some("00:29:24".into()),
        };
        let found = enclosures(&[
            field("enclosure", sound),
            field("enclosure", "https://example.org/b.mp3"),
            field("enclosure", "\n"),
        ]);
        assert_eq!((&found[0], found.len(), found[1].length), (&expected, 2, None));

        let item = Item {
            post_type: "nav_menu_item".into(),
            menu_order: 3,
            terms: vec![term("nav_menu", "main")],
            meta: vec![
                field("_menu_item_type", "post_type"),
                field("_menu_item_object_id", "146"),
                field("_menu_item_classes", "a:2:{i:0;s:0:\"\";i:1;s:3:\"big\";}"),
            ],
            ..Item::default()
        };
        let line = menu_item(&item).unwrap();
        assert_eq!(
            (line.kind.as_str(), line.object_id, line.position, line.menu.as_str()),
            ("post_type", 146, 3, "main")
        );
        assert_eq!(line.classes, ["big"]);
        assert_eq!(menu_item(&Item::default()), None);
    }

    #[test]
    fn plain_fields_are_read() {
        let meta = [
            field("_thumbnail_id", "13"),
            field("_wp_attachment_image_alt", " صورة "),
            field("_wp_attached_file", "2017/09/a.png"),
            field("_wp_old_slug", "a"),
            field("_wp_old_slug", "b"),
        ];
        assert_eq!(
            (thumbnail_id(&meta), image_alt(&meta), attached_file(&meta)),
            (Some(13), Some("صورة"), Some("2017/09/a.png"))
        );
        assert_eq!(old_slugs(&meta).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((thumbnail_id(&[]), thumbnail_id(&[field("_thumbnail_id", "-1")])), (None, None));
    }
}

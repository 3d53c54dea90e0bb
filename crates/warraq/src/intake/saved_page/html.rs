//! Where in this markup is the article?
//!
//! What the page says about itself is believed first (`claims`). The text is looked for in the elements that themes
//! use for it, from the most telling name to the least; then by a readability-style finder; then in the visible lines
//! of the whole page, as if somebody had copied them out; and last in what JSON-LD repeats.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::claims::{self, Claims};
use super::furniture::{self, Kind};
use super::plain::{self, Block};
use super::prose::{self, Piece, Role};
use super::tags;
use super::{Hints, Picture, ReadError, SavedPage, Warning};

/// Where themes keep the text, from the most telling name to the least.
const CONTAINERS: [&str; 22] = [
    "[itemprop~='articleBody']",
    ".td-post-content",
    ".elementor-widget-theme-post-content",
    ".wp-block-post-content",
    ".entry-content",
    ".post-content",
    ".post-entry",
    ".entry",
    ".post-body",
    ".single-content",
    ".article-content",
    ".article-body",
    ".article__body",
    ".story-body",
    ".post_content",
    ".the-content",
    ".e-content",
    ".content-body",
    "article .content",
    "article",
    "[role='article']",
    ".hentry",
];

/// Fewer letters than this are a teaser, a caption or a notice.
const ENOUGH: usize = 140;

/// More elements than this are not given to the readability finder, whose work grows faster than the page.
const FINDER_LIMIT: usize = 20_000;

/// Reads the HTML of a page.
pub(super) fn read(text: &str, hints: &Hints<'_>, warnings: &mut Vec<Warning>) -> Result<SavedPage, ReadError> {
    let (tame, cut) = tags::tame(text);
    if cut {
        warnings.push(Warning {
            code: "too-many-elements",
            message: "the page has so many elements that the last of them were read as plain text".to_owned(),
            line: None,
        });
    }
    let document = Document::from(tame.as_str());
    let claims = claims::read(&document);
    let headline = headline(&document, &claims, hints);
    let mut own_warnings = Vec::new();
    let found = in_container(&document, &mut own_warnings)
        .or_else(|| by_finder(&tame, &mut own_warnings))
        .filter(|pieces| headline.is_some() || pieces.iter().any(|piece| piece.role == Role::Heading));

    let mut page = match found {
        Some(pieces) => assemble(pieces, headline, &claims, hints)?,
        None => from_lines(&document, &claims, headline, hints, &mut own_warnings)?,
    };
    warnings.append(&mut own_warnings);
    if document.select("article").length() >= 5 && claims.published.is_none() && claims.source_url.is_none() {
        warnings.push(Warning {
            code: "many-articles",
            message: "the page holds several articles; the longest was read".to_owned(),
            line: None,
        });
    }
    page.source_url = claims.source_url.or_else(|| saved_from(text));
    page.kicker = claims.kicker;
    page.language = claims.language;
    page.site_name = claims.site_name;
    page.section = page.section.or(claims.section);
    if page.tags.is_empty() {
        page.tags = claims.tags;
    }
    if !claims.byline.is_empty() {
        page.byline = claims.byline;
    }
    page.published = claims.published.or(page.published);
    page.comment_count = claims.comment_count.or(page.comment_count);
    if page.standfirst.is_none() {
        page.standfirst = claims.standfirst;
    }
    if page.published.is_none() || page.byline.is_empty() {
        note_lines_near_headline(&document, &mut page);
    }
    // An excerpt that only repeats the first words says nothing new.
    let first = page.paragraphs.first().map(|p| furniture::fold(p)).unwrap_or_default();
    page.standfirst = page.standfirst.filter(|line| {
        let line = furniture::fold(line.trim_end_matches(['…', '.', ']', '[', ' ']));
        !line.is_empty() && !first.starts_with(&line) && line != furniture::fold(&page.headline)
    });
    Ok(page)
}

/// The claimed headline; the visible one where it is longer, because search engines want claims cut short.
fn headline(document: &Document, claims: &Claims, hints: &Hints<'_>) -> Option<String> {
    const VISIBLE: [&str; 11] = [
        "h1.entry-title",
        "h1.post-title",
        "h1.tdb-title-text",
        "h1[itemprop~='headline']",
        ".elementor-widget-theme-post-title .elementor-heading-title",
        "h1.wp-block-post-title",
        "article h1",
        "h1.p-name",
        ".hentry .entry-title",
        ".post-title.entry-title",
        "h1",
    ];
    let is_site = |text: &str| {
        let folded = furniture::fold(text);
        [claims.site_name.as_deref(), hints.site_title, hints.tagline]
            .into_iter()
            .flatten()
            .any(|name| furniture::fold(name) == folded)
    };
    let visible =
        VISIBLE.iter().find_map(|selector| claims::first_text(document, selector).filter(|text| !is_site(text)));
    let claimed = claims.headline.as_deref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let claimed =
        claimed.map(|text| claims::without_site(&text, claims.site_name.as_deref())).filter(|text| !is_site(text));
    match (claimed, visible) {
        (Some(claimed), Some(visible)) => {
            let start = furniture::fold(claimed.trim_end_matches(['…', '.', ' ']));
            let cut_short = furniture::fold(&visible).starts_with(&start);
            Some(if cut_short { visible } else { claimed })
        }
        (claimed, visible) => claimed.or(visible).or_else(|| window_title(document, claims, hints)),
    }
}

/// The title of the window, without the name of the site that most themes add.
fn window_title(document: &Document, claims: &Claims, hints: &Hints<'_>) -> Option<String> {
    let title = claims::first_text(document, "head title")?;
    let known = claims.site_name.as_deref().or(hints.site_title);
    let without = claims::without_site(&title, known);
    if without != title || known.is_some() {
        return Some(without);
    }
    // Unknown site: the longest part is the headline.
    let parts = [" | ", " - ", " – ", " — ", " » ", " « "].iter().find(|mark| title.contains(**mark));
    match parts {
        Some(mark) => title.split(mark).max_by_key(|part| part.split_whitespace().count()).map(str::to_owned),
        None => Some(title),
    }
}

/// The pieces of the first container that holds enough text. Of several with one name the longest is the article;
/// the others are teasers.
fn in_container(document: &Document, warnings: &mut Vec<Warning>) -> Option<Vec<Piece>> {
    for selector in CONTAINERS {
        let found = document.select(selector);
        let outside_comments = |node: &&NodeRef<'_>| {
            !node.ancestors_it(None).any(|n| n.attr("id").is_some_and(|id| &*id == "comments" || &*id == "respond"))
        };
        let largest =
            found.nodes().iter().take(50).filter(outside_comments).max_by_key(|node| prose::text_length(node));
        let Some(node) = largest.filter(|node| prose::text_length(node) >= ENOUGH) else { continue };
        let mut complaints = Vec::new();
        let pieces = prose::without_furniture(prose::pieces_of(node, &mut complaints));
        if letters(&pieces) >= ENOUGH {
            warnings.append(&mut complaints);
            return Some(pieces);
        }
    }
    None
}

fn letters(pieces: &[Piece]) -> usize {
    let running = pieces.iter().filter(|piece| !piece.only_links() && piece.role != Role::Heading);
    running.flat_map(|piece| &piece.texts).map(|text| text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}

fn by_finder(tame: &str, warnings: &mut Vec<Warning>) -> Option<Vec<Piece>> {
    if tame.matches('<').count() > FINDER_LIMIT * 2 {
        return None;
    }
    let config = Config { max_elements_to_parse: FINDER_LIMIT, char_threshold: 200, ..Config::default() };
    let article = Readability::new(tame, None, Some(config)).ok()?.parse().ok()?;
    // The finder cleans the page before it looks, so only its choice is taken and read by our own rules.
    let fragment = Document::fragment(article.content);
    let pieces = prose::without_furniture(prose::pieces_of(&fragment.root(), warnings));
    // Where most of its blocks are not sentences, it found a menu or a front page.
    let sentences = pieces.iter().filter(|piece| piece.texts.iter().any(|t| furniture::ends_sentence(t))).count();
    (letters(&pieces) >= ENOUGH && sentences * 3 >= pieces.len()).then_some(pieces)
}

/// The body without what opens it in some themes: the headline again, the dateline, the byline.
fn assemble(
    pieces: Vec<Piece>,
    headline: Option<String>,
    claims: &Claims,
    hints: &Hints<'_>,
) -> Result<SavedPage, ReadError> {
    let mut page = SavedPage::default();
    let mut pieces = pieces;
    page.headline = match headline {
        Some(headline) => headline,
        None => {
            let at = pieces.iter().position(|piece| piece.role == Role::Heading);
            let heading = at.map(|at| pieces.remove(at)).unwrap_or_default();
            heading.text().to_owned()
        }
    };
    if page.headline.trim().is_empty() {
        return Err(no_article(hints, "no headline was found in it"));
    }
    let same = |text: &str| furniture::fold(text) == furniture::fold(&page.headline);
    let mut opening = true;
    let mut kept = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let text = piece.text();
        let is_repeated = piece.texts.len() == 1 && same(text) && (piece.role == Role::Heading || opening);
        if is_repeated {
            // What stands above the headline inside the container is its section, date or picture.
            kept.retain(|piece: &Piece| piece.role == Role::Other);
            continue;
        }
        if opening && piece.role != Role::Other && piece.texts.len() == 1 {
            // Links above the first sentence are a menu that stood too near.
            if piece.linked * 3 > piece.letters && !furniture::ends_sentence(text) {
                continue;
            }
            if let Some(line) = furniture::dateline(text) {
                page.published = page.published.or(line.published);
                page.comment_count = page.comment_count.or(line.comment_count);
                page.byline.extend(line.byline);
                continue;
            }
            opening = !furniture::ends_sentence(text);
        }
        kept.push(piece);
    }
    page.lead_picture = lead_picture(&mut kept, claims.lead_picture.as_ref());
    // A paragraph that is only a date, or only «المصدر», at the end is left as it is: the article may owe it.
    (page.body_html, page.paragraphs) = prose::finish(kept);
    if page.standfirst.is_none() {
        page.standfirst.clone_from(&claims.standfirst);
    }
    Ok(page)
}

/// A picture above the first words is the lead picture, and leaves the body; elsewhere a picture that the page also
/// names as its main one stays where it is, and there is no other.
fn lead_picture(pieces: &mut Vec<Piece>, claimed: Option<&Picture>) -> Option<Picture> {
    let same = |picture: &Picture| claimed.is_some_and(|claimed| stem(&claimed.src) == stem(&picture.src));
    if let Some(first) = pieces.first().and_then(|piece| piece.picture.clone())
        && (claimed.is_none() || same(&first))
    {
        pieces.remove(0);
        return Some(first);
    }
    let shown = pieces.iter().filter_map(|piece| piece.picture.as_ref()).any(same);
    claimed.filter(|_| !shown).cloned()
}

/// Date and byline from the lines that follow the visible headline, for pages that mark neither.
fn note_lines_near_headline(document: &Document, page: &mut SavedPage) {
    let body = document.body().unwrap_or_else(|| document.root());
    let headline = furniture::fold(&page.headline);
    let lines = prose::lines_of(&body);
    for (i, _) in lines.iter().enumerate().filter(|(_, line)| furniture::fold(line) == headline).take(3) {
        let near = lines[i + 1..].iter().take(8).take_while(|line| line.split_whitespace().count() < 12);
        for line in near.filter_map(|line| furniture::dateline(line)) {
            page.published = page.published.or(line.published);
            page.comment_count = page.comment_count.or(line.comment_count);
            if page.byline.is_empty() {
                page.byline = line.byline;
            }
        }
    }
}

/// The page as lines of visible text, read like a copied page.
fn from_lines(
    document: &Document,
    claims: &Claims,
    headline: Option<String>,
    hints: &Hints<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<SavedPage, ReadError> {
    let body = document.body().unwrap_or_else(|| document.root());
    let mut ignored = Vec::new();
    let pieces = prose::pieces_of(&body, &mut ignored);
    let mut blocks: Vec<Block> = pieces
        .iter()
        .flat_map(|piece| &piece.texts)
        .enumerate()
        .map(|(i, text)| Block { line: i + 1, text: text.clone() })
        .collect();
    let shown = headline.as_ref().is_some_and(|headline| {
        let folded = furniture::fold(headline);
        blocks.iter().any(|block| furniture::fold(&block.text) == folded)
    });
    if let Some(headline) = headline.filter(|_| !shown) {
        blocks.insert(0, Block { line: 1, text: headline });
    }
    let mut complaints = Vec::new();
    match plain::read_blocks(&blocks, hints, &mut complaints) {
        Ok(page) => {
            // The numbers count blocks here, not lines of the file.
            warnings.extend(complaints.into_iter().map(|warning| Warning { line: None, ..warning }));
            warnings.push(Warning {
                code: "read-as-text",
                message: "the markup does not show where the article is; it was read from the visible lines".to_owned(),
                line: None,
            });
            Ok(page)
        }
        Err(error) => {
            let (Some(headline), Some(body)) = (&claims.headline, &claims.body) else { return Err(error) };
            warnings.push(Warning {
                code: "text-from-metadata",
                message: "the text was taken from the page's JSON-LD; pictures and links are missing".to_owned(),
                line: None,
            });
            let paragraphs: Vec<Piece> = body
                .split('\n')
                .map(str::trim)
                .filter(|line| !line.is_empty() && !matches!(furniture::kind(line), Some(Kind::Reply | Kind::Footer)))
                .map(Piece::paragraph)
                .collect();
            let (body_html, paragraphs) = prose::finish(paragraphs);
            Ok(SavedPage { headline: headline.clone(), body_html, paragraphs, ..SavedPage::default() })
        }
    }
}

fn no_article(hints: &Hints<'_>, reason: &'static str) -> ReadError {
    let file = if hints.file_name.is_empty() { "the file" } else { hints.file_name };
    ReadError::NoArticle { file: file.to_owned(), reason }
}

/// The name of a picture without folder, size and ending: `photo` of `…/2020/10/photo-300x200.jpg`.
fn stem(src: &str) -> &str {
    let name = src.split(['?', '#']).next().unwrap_or(src);
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match name.rsplit_once('-') {
        Some((stem, size))
            if size.split_once('x').is_some_and(|(w, h)| w.parse::<u16>().is_ok() && h.parse::<u16>().is_ok()) =>
        {
            stem
        }
        _ if name.is_empty() => src,
        _ => name,
    }
}

/// Browsers note the address in a comment at the top: `<!-- saved from url=(0034)https://… -->`.
fn saved_from(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("<!-- saved from url=(")?;
    let (_, address) = rest.split_once(')')?;
    let address = address.split([' ', '\n', '-']).next().unwrap_or_default();
    let whole =
        rest.split_once(')').and_then(|(_, rest)| rest.split_once(" -->")).map_or(address, |(whole, _)| whole.trim());
    (whole.starts_with("http") && whole.len() < 2048).then(|| whole.to_owned())
}

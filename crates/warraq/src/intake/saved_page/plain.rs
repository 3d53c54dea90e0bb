//! Where in these lines does the article begin and end?
//!
//! A page copied out of a browser has no marks but line ends, so its shape has to be read from the lines themselves:
//!
//! - A **paragraph** ends like a sentence, or is long. A **firm** paragraph is one that no menu, tagline or caption
//!   could be: at least twelve words, or eighty letters.
//! - A **title** is a short line that does not end like a sentence.
//! - **Furniture** is what the table says, and datelines.
//! - The **headline** is the title-like line before the first firm paragraph that has the most in its favour: it is
//!   the last one, a counter, byline or date follows it, it has the length of a headline, it does not open the file
//!   (names and taglines of sites do).
//! - The **body** runs from there to the reply form, the comments, the foot of the page or the block of other
//!   articles, whichever comes first, without the titles that trail after its last paragraph.

use super::encoding::is_invisible;
use super::furniture::{self, Kind};
use super::prose::{self, Piece};
use super::{Hints, ReadError, SavedPage, Warning};

/// Lines beyond this are not looked at: no article is so long, and it bounds the work.
const LINE_LIMIT: usize = 50_000;

/// Reads the plain text of a page.
pub(super) fn read(text: &str, hints: &Hints<'_>, warnings: &mut Vec<Warning>) -> Result<SavedPage, ReadError> {
    let lines = text.split(['\n', '\u{2028}', '\u{2029}', '\u{0085}', '\u{000C}']).take(LINE_LIMIT);
    let lines: Vec<&str> =
        lines.map(|line| line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))).collect();
    read_blocks(&blocks(&lines), hints, warnings)
}

/// A stretch of text that stands alone, and the line (from 1) where it begins.
pub(super) struct Block {
    pub(super) line: usize,
    pub(super) text: String,
}

/// Reads an article from blocks of text in the order of the page.
pub(super) fn read_blocks(
    blocks: &[Block],
    hints: &Hints<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<SavedPage, ReadError> {
    let no_article = |reason| ReadError::NoArticle {
        file: if hints.file_name.is_empty() { "the file".to_owned() } else { hints.file_name.to_owned() },
        reason,
    };
    let shapes = shapes(blocks, hints);
    let first = first_paragraph(blocks, &shapes).ok_or_else(|| no_article("no paragraph was found in it"))?;
    let headline = headline(blocks, &shapes, first)
        .ok_or_else(|| no_article("no headline was found before the first paragraph"))?;
    let end = end_of_article(blocks, &shapes, first);

    let mut page = SavedPage { headline: blocks[headline].text.clone(), ..SavedPage::default() };
    note_datelines(blocks, &shapes[..end], first, &mut page);
    // The counter above the comments stands after the article, but it is about it.
    page.comment_count = page
        .comment_count
        .or_else(|| blocks[end..].iter().take(60).find_map(|block| furniture::comment_count(&block.text)));
    let mut start = introduction(blocks, &shapes, headline, first, &mut page);
    // A firm paragraph with the dateline under it introduces the article; the body begins after the dateline.
    if page.standfirst.is_none()
        && start == first
        && matches!(shapes.get(first + 1), Some(Shape::Dateline(_)))
        && shapes[first + 1..end].iter().any(|shape| matches!(shape, Shape::Paragraph { firm: true }))
    {
        page.standfirst = Some(blocks[first].text.clone());
        start = first + 1;
    }
    let pieces = body(blocks, &shapes, start, end, warnings);
    (page.body_html, page.paragraphs) = prose::finish(pieces);
    Ok(page)
}

/// Lines as blocks: what stands between blank lines, or every line alone when the text has no blank lines.
fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let length = lines[at..].iter().take_while(|line| !line.is_empty()).count();
        let group = &lines[at..at + length];
        if is_wrapped(group) {
            blocks.push(Block { line: at + 1, text: group.join(" ") });
        } else {
            blocks.extend(group.iter().enumerate().map(|(i, &text)| Block { line: at + i + 1, text: text.to_owned() }));
        }
        at += length.max(1);
    }
    blocks
}

/// Whether an editor broke one paragraph into these lines: all but the last are about as wide as each other, as a
/// page is wide, and most break in the middle of a sentence.
fn is_wrapped(group: &[&str]) -> bool {
    let [full @ .., _] = group else { return false };
    if full.is_empty() || group.iter().any(|line| list_item(line).is_some()) {
        return false;
    }
    let widths = || full.iter().map(|line| line.chars().count());
    let (narrow, wide) = (widths().min().unwrap_or(0), widths().max().unwrap_or(0));
    let broken = full.iter().filter(|line| !furniture::ends_sentence(line)).count();
    wide <= 110 && narrow >= 40 && narrow * 4 >= wide * 3 && broken * 3 >= full.len() * 2
}

/// What a block looks like, seen alone.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Paragraph {
        firm: bool,
    },
    Title,
    Item {
        ordered: bool,
    },
    Furniture(Kind),
    Dateline(furniture::Dateline),
    /// «الرئيسية » أخبار » …», with the section it names.
    Breadcrumb(Option<String>),
    /// «الوسوم: …».
    Tags(Vec<String>),
    /// «المصدر: …»: short, but the article owes it.
    Credit,
    /// The name or tagline of the site, as the caller knows it.
    Site,
}

fn shapes(blocks: &[Block], hints: &Hints<'_>) -> Vec<Shape> {
    // Some writers use no full stops. Where most long lines lack them, twelve words already make a paragraph.
    let long = blocks.iter().filter(|block| words(&block.text) >= 25);
    let (stopped, unstopped) = long.partition::<Vec<_>, _>(|block| furniture::ends_sentence(&block.text));
    let long_enough = if unstopped.len() > stopped.len() { 12 } else { 25 };
    blocks.iter().map(|block| shape(&block.text, long_enough, hints)).collect()
}

fn shape(text: &str, long_enough: usize, hints: &Hints<'_>) -> Shape {
    const TAGS: [&str; 8] =
        ["الوسوم", "وسوم", "الكلمات المفتاحيه", "كلمات مفتاحيه", "tags", "tagged", "etiquettes", "mots cles"];
    const CREDITS: [&str; 4] = ["المصدر", "مصدر", "source", "المصدر الاصلي"];
    let known = [hints.site_title, hints.tagline].into_iter().flatten().map(furniture::fold);
    if known.filter(|name| !name.is_empty()).any(|name| name == furniture::fold(text)) {
        return Shape::Site;
    }
    if let Some(section) = breadcrumb(text) {
        return Shape::Breadcrumb(section);
    }
    // A number alone counts comments; it must not be taken for the dateline that it could also be.
    if let Some(kind) = furniture::kind(text) {
        return Shape::Furniture(kind);
    }
    if let Some(dateline) = furniture::dateline(text) {
        return Shape::Dateline(dateline);
    }
    if let Some((label, rest)) = text.split_once(':') {
        let label = furniture::fold(label);
        if TAGS.contains(&label.as_str()) {
            let tags = rest.split(['،', ',', '|', '#']).map(str::trim).filter(|tag| !tag.is_empty());
            return Shape::Tags(tags.map(str::to_owned).collect());
        }
        if CREDITS.contains(&label.as_str()) && words(text) <= 12 {
            return Shape::Credit;
        }
    }
    let words = words(text);
    let closed = furniture::ends_sentence(text) && words >= 2;
    // A line that ends with a colon or a semicolon leads to what follows, so it is part of the text.
    let leads = matches!(furniture::last_sign(text), Some(':' | '؛' | ';' | '،' | ',')) && words >= 4;
    if list_item(text).is_some() {
        return Shape::Item { ordered: text.starts_with(|c: char| c.is_numeric()) };
    }
    if closed || leads || words >= long_enough || text.chars().count() >= 220 {
        return Shape::Paragraph { firm: words >= 12 || text.chars().count() >= 80 };
    }
    Shape::Title
}

/// The text of a list item without its bullet or number.
fn list_item(text: &str) -> Option<&str> {
    let bullet = text.strip_prefix(['•', '▪', '◦', '●', '■', '–', '-', '*', '·', '✔', '➢', '♦']);
    let rest = bullet.or_else(|| {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit() || ('٠'..='٩').contains(&c));
        let number = text.len() - digits.len();
        (1..=4).contains(&number).then(|| digits.strip_prefix(['.', ')', '-', 'ـ', '–'])).flatten()
    })?;
    // «- » needs its blank, or a minus sign would make a list; Arabic writers leave it out after a number.
    let item = rest.trim_start();
    let spaced = rest.len() != item.len() || bullet.is_none();
    (spaced && item.chars().next().is_some_and(|c| !c.is_numeric())).then_some(item)
}

/// `Some` for a trail of links that begins at the front page; inside it the section, when one is named.
fn breadcrumb(text: &str) -> Option<Option<String>> {
    const FRONT: [&str; 6] =
        ["الرييسيه", "الصفحه الرييسيه", "home", "accueil", "انت هنا: الرييسيه", "you are here: home"];
    let parts: Vec<&str> = text.split(['»', '›', '>', '/', '\\', '«', '←', '→', '|']).map(str::trim).collect();
    if text.len() > 400 || parts.len() < 2 || !FRONT.contains(&furniture::fold(parts[0]).as_str()) {
        return None;
    }
    Some(parts.get(1).filter(|part| !part.is_empty() && words(part) <= 4).map(|part| (*part).to_owned()))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn is_firm(shape: &Shape) -> bool {
    matches!(shape, Shape::Paragraph { firm: true })
}

/// Where the text begins: at the first firm paragraph, or at the first of any kind in a very short article. A notice
/// about cookies or a newsletter may stand before the real headline; when a title with a dateline under it comes
/// later, and nearly all of the text comes after that, the article begins there.
fn first_paragraph(blocks: &[Block], shapes: &[Shape]) -> Option<usize> {
    let first = shapes
        .iter()
        .position(is_firm)
        .or_else(|| shapes.iter().position(|shape| matches!(shape, Shape::Paragraph { .. })))?;
    let size = |range: &[Shape], offset: usize| -> usize {
        let firm = range.iter().enumerate().filter(|(_, shape)| is_firm(shape));
        firm.map(|(i, _)| blocks[offset + i].text.len()).sum()
    };
    // A body with a sub-heading before a dated box must not be cut, so a headline above the first text wins.
    let has_headline_above = shapes[..first].iter().zip(blocks).any(|(shape, block)| {
        *shape == Shape::Title && words(&block.text) >= 4 && !is_first_line(shapes, block, blocks)
    });
    if !has_headline_above {
        for title in first + 1..shapes.len().saturating_sub(2) {
            let dated = matches!(shapes[title + 1], Shape::Dateline(_));
            if shapes[title] == Shape::Title && dated && words(&blocks[title].text) >= 3 {
                let (before, after) = (size(&shapes[..title], 0), size(&shapes[title..], title));
                if before * 4 < after {
                    return shapes[title..].iter().position(is_firm).map(|offset| title + offset);
                }
                break;
            }
        }
    }
    Some(first)
}

fn is_first_line(shapes: &[Shape], block: &Block, blocks: &[Block]) -> bool {
    let first = shapes.iter().zip(blocks).find(|(shape, _)| !matches!(shape, Shape::Furniture(_)));
    first.is_some_and(|(_, first)| first.line == block.line)
}

/// Which of the lines before the first paragraph is the headline.
fn headline(blocks: &[Block], shapes: &[Shape], first: usize) -> Option<usize> {
    let candidates: Vec<usize> = (0..first)
        .filter(|&i| match shapes[i] {
            Shape::Title => true,
            // Question and exclamation marks close headlines as well; a full stop hardly ever does.
            Shape::Paragraph { .. } => words(&blocks[i].text) <= 30,
            _ => false,
        })
        .collect();
    let last = candidates.last().copied()?;
    let score = |i: usize| -> i32 {
        let text = blocks[i].text.as_str();
        let mut score = 0;
        score += if i == last { 4 } else { 0 };
        score += match words(text) {
            0..=2 => -6,
            3 => 1,
            4..=20 => 4,
            _ => -4,
        };
        score += match shapes.get(i + 1) {
            Some(Shape::Dateline(line)) if !line.byline.is_empty() => 8,
            Some(Shape::Furniture(Kind::Counter | Kind::Aside)) => 6,
            Some(Shape::Dateline(_)) => 3,
            _ => 0,
        };
        score += match i.checked_sub(1).and_then(|before| shapes.get(before)) {
            Some(Shape::Breadcrumb(_)) => 4,
            Some(Shape::Dateline(line)) if !line.byline.is_empty() => -4,
            Some(Shape::Furniture(Kind::Counter)) => -4,
            Some(Shape::Furniture(_)) => 2,
            _ => 0,
        };
        // The title of the window and the breadcrumb repeat the headline; nothing repeats a tagline so early.
        let folded = furniture::fold(text);
        let repeated = words(text) >= 3
            && blocks[..first]
                .iter()
                .enumerate()
                .any(|(j, other)| j != i && other.text.len() < 600 && furniture::fold(&other.text).contains(&folded));
        score += if repeated { 6 } else { 0 };
        score -= if i == 0 && candidates.len() > 1 { 3 } else { 0 };
        score -= if text.trim_end().ends_with(['.', ':', '،', '؛', ',']) { 6 } else { 0 };
        // Short lines in a row are a menu.
        let short = |j: usize| shapes.get(j) == Some(&Shape::Title) && words(&blocks[j].text) <= 3;
        score -= if short(i) && (i.checked_sub(1).is_some_and(short) || short(i + 1)) { 4 } else { 0 };
        score
    };
    // The window on at most forty lines keeps the comparison of each with each small.
    candidates.iter().rev().take(40).copied().max_by_key(|&i| (score(i), i))
}

/// Where the article stops. «After» blocks count only when more text lies before them than behind, because some themes
/// put «previous» and «next» above the text.
fn end_of_article(blocks: &[Block], shapes: &[Shape], first: usize) -> usize {
    let mut end = shapes.len();
    let from = first + 1;
    let position = |range: std::ops::Range<usize>, test: &dyn Fn(&Shape) -> bool| {
        let start = range.start;
        shapes.get(range).and_then(|shapes| shapes.iter().position(test)).map(|offset| start + offset)
    };
    let hard = |shape: &Shape| matches!(shape, Shape::Furniture(Kind::Reply | Kind::Footer));
    end = position(from..end, &hard).unwrap_or(end);
    // Comments without a form: a «reply» under each, a counter above the first.
    if let Some(mark) = position(from..end, &|shape| *shape == Shape::Furniture(Kind::UnderComment)) {
        let counter = shapes[from..mark].iter().rposition(|shape| *shape == Shape::Furniture(Kind::Counter));
        end = counter.map_or_else(|| before_commenter(blocks, shapes, from, mark), |offset| from + offset);
    }
    // Comments above a form: the counter is followed by «… says:».
    for counter in from..end {
        let says = |block: &Block| words(&block.text) <= 6 && is_saying(&block.text);
        if shapes[counter] == Shape::Furniture(Kind::Counter) && blocks[counter + 1..end].iter().take(3).any(says) {
            end = counter;
            break;
        }
    }
    let size = |range: std::ops::Range<usize>| -> usize {
        let firm = range.filter(|&i| is_firm(&shapes[i]));
        firm.map(|i| blocks[i].text.len()).sum()
    };
    let mut afters = (from..end).filter(|&i| shapes[i] == Shape::Furniture(Kind::After));
    afters.find(|&after| size(first..after) >= size(after..end)).unwrap_or(end)
}

/// «ليلى يقول:», «Jane says:».
fn is_saying(text: &str) -> bool {
    let folded = furniture::fold(text);
    let folded = folded.trim_end_matches([':', ' ']);
    [" يقول", " تقول", " قال", " كتب", " says", " said", " dit"].iter().any(|verb| folded.ends_with(verb))
}

/// The first line of the comment whose «reply» stands at `mark`: its name and date are the titles above the text.
fn before_commenter(blocks: &[Block], shapes: &[Shape], from: usize, mark: usize) -> usize {
    let says = blocks[from..mark].iter().rposition(|block| words(&block.text) <= 6 && is_saying(&block.text));
    let dated = shapes[from..mark].iter().rposition(|shape| matches!(shape, Shape::Dateline(_)));
    match (says, dated) {
        (Some(says), _) => from + says,
        (None, Some(dated)) => {
            let named = shapes.get((from + dated).wrapping_sub(1)) == Some(&Shape::Title);
            from + dated - usize::from(named && dated > 0)
        }
        // Nothing tells the comment from the article: the block above «reply» is the comment.
        (None, None) => mark.saturating_sub(1).max(from),
    }
}

/// Date, byline, counter, section and tags, wherever they stand before the end of the article; the nearest to the
/// headline wins.
fn note_datelines(blocks: &[Block], shapes: &[Shape], first: usize, page: &mut SavedPage) {
    for (i, shape) in shapes.iter().enumerate() {
        match shape {
            Shape::Dateline(line) => {
                if page.byline.is_empty() && (i < first || page.published.is_none()) {
                    page.byline.clone_from(&line.byline);
                }
                // Above the headline many pages show today's date, so a later line before the text replaces it.
                if line.published.is_some() && (page.published.is_none() || i <= first + 1) {
                    page.published = line.published;
                }
                page.comment_count = page.comment_count.or(line.comment_count);
            }
            Shape::Furniture(Kind::Counter) => {
                page.comment_count = page.comment_count.or_else(|| furniture::comment_count(&blocks[i].text));
            }
            Shape::Breadcrumb(Some(section)) if *section != page.headline => page.section = Some(section.clone()),
            Shape::Tags(tags) => page.tags.clone_from(tags),
            _ => {}
        }
    }
}

/// What stands between the headline and the first firm paragraph: a single line of some length introduces the
/// article, sentences already belong to its body. Gives the block where the body begins.
fn introduction(blocks: &[Block], shapes: &[Shape], headline: usize, first: usize, page: &mut SavedPage) -> usize {
    let sentence = (headline + 1..first).find(|&i| matches!(shapes[i], Shape::Paragraph { .. } | Shape::Item { .. }));
    let start = sentence.unwrap_or(first);
    let lines: Vec<usize> = (headline + 1..start).filter(|&i| shapes[i] == Shape::Title).collect();
    if let &[line] = lines.as_slice()
        && words(&blocks[line].text) >= 6
    {
        page.standfirst = Some(blocks[line].text.clone());
    }
    start
}

/// The blocks from `start` to `end` as pieces of the body.
fn body(blocks: &[Block], shapes: &[Shape], start: usize, end: usize, warnings: &mut Vec<Warning>) -> Vec<Piece> {
    let last = last_of_body(blocks, shapes, start, end);
    let mut pieces = Vec::new();
    let mut at = start;
    let mut related = false;
    while at < last {
        let run = |test: fn(&Shape) -> bool| shapes[at..last].iter().take_while(|shape| test(shape)).count();
        let text = blocks[at].text.as_str();
        let mut length = 1;
        match &shapes[at] {
            Shape::Paragraph { .. } | Shape::Credit => {
                pieces.push(Piece::paragraph(text));
                related = false;
            }
            Shape::Item { .. } => {
                length = run(|shape| matches!(shape, Shape::Item { .. }));
                if length == 1 {
                    pieces.push(Piece::paragraph(text));
                } else {
                    let items = blocks[at..at + length].iter().filter_map(|block| list_item(&block.text));
                    pieces.push(Piece::list(items, shapes[at] == Shape::Item { ordered: true }));
                }
                related = false;
            }
            Shape::Title => {
                length = run(|shape| *shape == Shape::Title);
                let lines = &blocks[at..at + length];
                if related {
                    // Titles under «اقرأ أيضًا» are links to other articles.
                } else if length >= 2 && at > start && leads_to_list(&blocks[at - 1].text) {
                    pieces.push(Piece::list(lines.iter().map(|block| block.text.as_str()), false));
                } else if length == 1 && at + 1 < last && !leads_to_list(text) {
                    pieces.push(Piece::heading(text));
                } else {
                    // Verses, a table read row by row, or furniture nobody has listed yet: kept, and said.
                    pieces.extend(lines.iter().map(|block| Piece::paragraph(&block.text)));
                    if length >= 3 {
                        warnings.push(Warning {
                            code: "lines-kept",
                            message: format!("{length} short lines in the text may not belong to it: «{text}» …"),
                            line: Some(blocks[at].line),
                        });
                    }
                }
            }
            Shape::Furniture(Kind::Related | Kind::After) => related = !text.contains(':') || text.ends_with(':'),
            Shape::Furniture(_) | Shape::Dateline(_) | Shape::Breadcrumb(_) | Shape::Tags(_) | Shape::Site => {}
        }
        at += length;
    }
    let left = (last..end).filter(|&i| matches!(shapes[i], Shape::Title | Shape::Item { .. }));
    warnings.extend(left.take(20).map(|i| Warning {
        code: "line-dropped",
        message: format!("a line after the text was taken for furniture: «{}»", blocks[i].text),
        line: Some(blocks[i].line),
    }));
    pieces
}

/// One past the last block of the body: the last paragraph, or what clearly goes on from it (a list it announces, a
/// numbered list, a long line without its full stop).
fn last_of_body(blocks: &[Block], shapes: &[Shape], start: usize, end: usize) -> usize {
    let is_text = |shape: &Shape| matches!(shape, Shape::Paragraph { .. } | Shape::Credit);
    let mut last = shapes[start..end].iter().rposition(is_text).map_or(end, |offset| start + offset + 1);
    let items = shapes[last..end].iter().take_while(|shape| matches!(shape, Shape::Item { .. })).count();
    if items >= 2 {
        last += items;
    } else if last > start && leads_to_list(&blocks[last - 1].text) {
        last += shapes[last..end].iter().take_while(|shape| **shape == Shape::Title).count();
    } else if shapes[last..end].first() == Some(&Shape::Title)
        && words(&blocks[last].text) >= 12
        && shapes[last..end].get(1) != Some(&Shape::Title)
    {
        last += 1;
    }
    last
}

fn leads_to_list(text: &str) -> bool {
    text.trim_end().ends_with(':')
}

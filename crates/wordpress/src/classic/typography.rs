//! Which of these straight marks is a quotation mark, which an apostrophe, which a prime?
//!
//! Documented as `wptexturize`: quotation marks become curly, `--` and `---` dashes, `...` an ellipsis, `9x9` a
//! multiplication, and a lone `&` a character reference. Tags, registered shortcodes, and what stands in `<pre>`, `<code>`,
//! `<kbd>`, `<style>`, `<script>` and `<tt>` stay as they are. A stretch of text is taken apart into signs; each straight
//! mark among them gets a role from its neighbours, and then everything is printed.

use crate::html::{Piece, past, pieces, reference_length};

/// The marks of a language. WordPress takes them from its translation; [`Marks::ENGLISH`] is what it uses where a
/// translation has none, and so what most Arabic sites get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Before and after a quotation.
    pub double: (&'static str, &'static str),
    /// Before and after a quotation within one.
    pub single: (&'static str, &'static str),
    /// In «it's».
    pub apostrophe: &'static str,
    /// Feet and inches.
    pub primes: (&'static str, &'static str),
    /// For ` - ` and `--`.
    pub en_dash: &'static str,
    /// For ` -- ` and `---`.
    pub em_dash: &'static str,
}

impl Marks {
    /// “ ” ‘ ’ ’ ′ ″ – —, as character references.
    pub const ENGLISH: Marks = Marks {
        double: ("&#8220;", "&#8221;"),
        single: ("&#8216;", "&#8217;"),
        apostrophe: "&#8217;",
        primes: ("&#8242;", "&#8243;"),
        en_dash: "&#8211;",
        em_dash: "&#8212;",
    };
}

impl Default for Marks {
    fn default() -> Self {
        Marks::ENGLISH
    }
}

/// `text` with typographic marks. `is_shortcode` says which names in square brackets are shortcodes.
///
/// ```
/// use wordpress::classic::typography::{Marks, typography};
/// assert_eq!(typography("قال \"نعم\"...", &Marks::ENGLISH, |_| false), "قال &#8220;نعم&#8221;&#8230;");
/// ```
pub fn typography(text: &str, marks: &Marks, is_shortcode: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut untouched: Vec<&str> = Vec::new();
    let mut untouched_shortcodes: Vec<&str> = Vec::new();
    for part in parts(text, &is_shortcode) {
        match part {
            Part::Piece(Piece::Comment(comment)) => out.push_str(comment),
            Part::Piece(Piece::Tag(tag) | Piece::CData(tag)) => {
                refer_ampersands(tag, &mut out);
                enter_or_leave(tag, UNTOUCHED, &mut untouched);
            }
            Part::Shortcode(shortcode) => {
                out.push_str(shortcode);
                if !shortcode.starts_with("[[") && !shortcode.ends_with("]]") {
                    enter_or_leave(shortcode, &["code"], &mut untouched_shortcodes);
                }
            }
            Part::Piece(Piece::Text(text)) if untouched.is_empty() && untouched_shortcodes.is_empty() => {
                set(text, marks, &mut out);
            }
            Part::Piece(Piece::Text(text)) => out.push_str(text),
        }
    }
    out
}

/// Elements whose text is no prose.
const UNTOUCHED: &[&str] = &["code", "kbd", "pre", "script", "style", "tt"];

enum Part<'a> {
    Piece(Piece<'a>),
    Shortcode(&'a str),
}

/// The pieces of the text; text between tags is parted again where a shortcode stands.
fn parts<'a>(text: &'a str, is_shortcode: &impl Fn(&str) -> bool) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut at = 0;
    let mut plain = 0;
    let bytes = text.as_bytes();
    let last_bracket = text.rfind(']').unwrap_or(0);
    let push_text = |parts: &mut Vec<Part<'a>>, text: &'a str| {
        if !text.is_empty() {
            parts.push(Part::Piece(Piece::Text(text)));
        }
    };
    while let Some(found) = bytes[at..].iter().position(|&b| b == b'<' || b == b'[').map(|n| at + n) {
        if bytes[found] == b'<' {
            push_text(&mut parts, &text[plain..found]);
            let piece = pieces(&text[found..]).next().unwrap_or(Piece::Text(""));
            let (Piece::Text(raw) | Piece::Tag(raw) | Piece::Comment(raw) | Piece::CData(raw)) = piece;
            at = found + raw.len();
            plain = at;
            parts.push(Part::Piece(piece));
            continue;
        }
        let length = if found < last_bracket { shortcode_length(&text[found..], is_shortcode) } else { None };
        if let Some(length) = length {
            push_text(&mut parts, &text[plain..found]);
            parts.push(Part::Shortcode(&text[found..found + length]));
            at = found + length;
            plain = at;
        } else {
            at = found + 1;
        }
    }
    push_text(&mut parts, &text[plain..]);
    parts
}

/// How long the tag of a shortcode is that begins `text`. Tags of HTML in its attributes may hold brackets.
fn shortcode_length(text: &str, is_shortcode: &impl Fn(&str) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1 + usize::from(bytes.get(1) == Some(&b'['));
    at += usize::from(bytes.get(at) == Some(&b'/'));
    let name = text[at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    if name == 0 || !is_shortcode(&text[at..at + name]) {
        return None;
    }
    at += name;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'[' => return None,
            b']' => return Some(at + 1 + usize::from(bytes.get(at + 1) == Some(&b']'))),
            b'>' => return None,
            b'<' => {
                let end = past(text, at, ">");
                if text[at..end].contains(['[', ']']) {
                    return None;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    None
}

/// Keeps account of the elements that are open, as far as they are among `names`.
fn enter_or_leave<'a>(tag: &'a str, names: &[&str], open: &mut Vec<&'a str>) {
    let closing = tag.as_bytes().get(1) == Some(&b'/');
    let from = 1 + usize::from(closing);
    let Some(rest) = tag.get(from..) else { return };
    let name = rest.split(' ').next().unwrap_or(rest);
    let name = if name.len() == rest.len() { name.strip_suffix(['>', ']']).unwrap_or(name) } else { name };
    if !names.contains(&name) {
        return;
    }
    if !closing {
        open.push(name);
    } else if open.last() == Some(&name) {
        open.pop();
    }
}

/// `&` becomes a character reference unless it begins one.
fn refer_ampersands(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        out.push_str(if begins_reference(&rest[at..]) { "&" } else { "&#038;" });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// A name of at most eight letters (and the digits of `&frac34;`), or a number of any length.
fn begins_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    if reference_length(text).is_some_and(|length| length <= 10 && bytes[1] != b'#') {
        return !bytes[1..].iter().take_while(|&&b| b != b';').any(|b| matches!(b, b'0' | b'5'..=b'9'));
    }
    let (from, belongs): (usize, fn(&u8) -> bool) = match bytes {
        [_, b'#', b'x' | b'X', ..] => (3, u8::is_ascii_hexdigit),
        [_, b'#', ..] => (2, u8::is_ascii_digit),
        _ => return false,
    };
    let digits = bytes[from..].iter().take_while(|b| belongs(b)).count();
    digits > 0 && bytes.get(from + digits) == Some(&b';')
}

/// What a stretch of text consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Char(char),
    /// A straight mark (`'` or `"`) without a role so far.
    Straight(char),
    /// A mark with a role; the next ones look at it as at the end of a character reference.
    Opening(char),
    Closing(char),
    Prime(char),
    Apostrophe,
    /// What replaces several characters.
    Fixed(&'static str),
    EnDash,
    EmDash,
    /// What an earlier sign has taken in.
    Gone,
}

/// Words that begin with an apostrophe for letters that were left out.
const CLIPPED: &[&str] =
    &["'bout", "'cause", "'em", "'nuff", "'round", "'tain't", "'til", "'tis", "'twas", "'twere", "'twill"];

/// Sets one stretch of text.
fn set(text: &str, marks: &Marks, out: &mut String) {
    let marks_stand = text.bytes().any(|b| matches!(b, b'\'' | b'"' | b'-' | b'`' | b'&'));
    let product = || text.as_bytes().windows(2).any(|two| two[1] == b'x' && !two[0].is_ascii_alphabetic());
    if !marks_stand && !text.contains("...") && !text.contains(" (tm)") && !product() {
        out.push_str(text);
        return;
    }
    let mut signs = take_apart(text);
    assign_single(&mut signs, marks);
    close(&mut signs, '\'');
    assign_double(&mut signs);
    close(&mut signs, '"');
    assign_dashes(&mut signs);
    print(&signs, marks, out);
}

fn take_apart(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '.' if rest.starts_with("...") => {
                signs.push(Sign::Fixed("&#8230;"));
                length = 3;
            }
            '`' if rest.starts_with("``") => {
                signs.push(Sign::Opening('`'));
                length = 2;
            }
            '\'' if rest.starts_with("''") => {
                signs.push(Sign::Closing('"'));
                length = 2;
            }
            ' ' if rest.starts_with(" (tm)") => {
                signs.extend([Sign::Char(' '), Sign::Fixed("&#8482;")]);
                length = 5;
            }
            '\'' => match CLIPPED.iter().find(|word| rest.starts_with(**word)) {
                Some(word) => {
                    signs.extend(word.chars().map(|c| if c == '\'' { Sign::Apostrophe } else { Sign::Char(c) }));
                    length = word.len();
                }
                None => signs.push(Sign::Straight(c)),
            },
            '"' => signs.push(Sign::Straight(c)),
            c => signs.push(Sign::Char(c)),
        }
        rest = &rest[length..];
    }
    signs
}

/// The character that stands at `at`, as the neighbours see it; what became a character reference begins with `&`.
fn first_char(signs: &[Sign], at: usize) -> Option<char> {
    signs.get(at).map(|sign| match sign {
        Sign::Char(c) | Sign::Straight(c) => *c,
        _ => '&',
    })
}

/// The same seen from behind: a character reference ends with `;`.
fn last_char(sign: Sign) -> char {
    match sign {
        Sign::Char(c) | Sign::Straight(c) => c,
        _ => ';',
    }
}

fn is_digit(signs: &[Sign], at: usize) -> bool {
    matches!(signs.get(at), Some(Sign::Char(c)) if c.is_ascii_digit())
}

fn spells(signs: &[Sign], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(n, c)| signs.get(at + n) == Some(&Sign::Char(c)))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{A0}')
}

fn space_at(signs: &[Sign], at: usize) -> bool {
    matches!(signs.get(at), Some(Sign::Char(c)) if is_blank(*c)) || spells(signs, at, "&nbsp;")
}

fn space_before(signs: &[Sign], at: usize) -> bool {
    at > 0 && (matches!(signs[at - 1], Sign::Char(c) if is_blank(c)) || at >= 6 && spells(signs, at - 6, "&nbsp;"))
}

/// Whether a mark at `at` may open a quotation: it stands first, after a space, an opening bracket or a hyphen.
fn may_open(signs: &[Sign], at: usize, also: char) -> bool {
    if at == 0 || space_before(signs, at) || at >= 4 && spells(signs, at - 4, "&lt;") {
        return true;
    }
    let c = last_char(signs[at - 1]);
    matches!(c, '(' | '[' | '{' | '-') || c == also
}

/// Whether a mark before `at` may close a quotation: the text ends here, or punctuation or a space follows.
fn may_close(signs: &[Sign], at: usize) -> bool {
    match first_char(signs, at) {
        None | Some('.' | ',' | ':' | ';' | '!' | '?' | ')' | '}' | '-' | ']') => true,
        _ => spells(signs, at, "&gt;") || space_at(signs, at),
    }
}

/// The end of a number from `at` on: a digit, then digits, stops and commas.
fn number_end(signs: &[Sign], at: usize) -> Option<usize> {
    is_digit(signs, at).then(|| {
        let belongs = |sign: &&Sign| matches!(sign, Sign::Char(c) if c.is_ascii_digit() || matches!(c, '.' | ','));
        at + signs[at..].iter().take_while(belongs).count()
    })
}

fn assign_single(signs: &mut [Sign], marks: &Marks) {
    const MARK: Sign = Sign::Straight('\'');
    for at in 0..signs.len() {
        if signs[at] == MARK && is_digit(signs, at + 1) && is_digit(signs, at + 2) {
            let after = signs.get(at + 3).copied();
            // Where both marks look alike the rules below come to the same.
            let distinct = marks.apostrophe != marks.single.1;
            if distinct && after == Some(MARK) && may_close(signs, at + 4) {
                signs[at] = Sign::Apostrophe;
                signs[at + 3] = Sign::Closing('\'');
            }
            if after == Some(Sign::Straight('"')) && may_close(signs, at + 4) {
                signs[at] = Sign::Apostrophe;
                signs[at + 3] = Sign::Closing('"');
            }
        }
    }
    for at in 0..signs.len() {
        if signs[at] == MARK && is_digit(signs, at + 1) && is_digit(signs, at + 2) {
            // '99 is a year, '99% and '99.5 are not.
            let goes_on = match first_char(signs, at + 3) {
                Some('%') => true,
                Some('.' | ',') => is_digit(signs, at + 4),
                _ => is_digit(signs, at + 3),
            };
            if !goes_on {
                signs[at] = Sign::Apostrophe;
            }
        }
    }
    quoted_numbers(signs, '\'', '"');
    for at in 0..signs.len() {
        if signs[at] == MARK && may_open(signs, at, '"') {
            signs[at] = Sign::Opening('\'');
        }
    }
    for at in 0..signs.len() {
        if signs[at] == MARK && !space_before(signs, at) && within_word(signs, at + 1) {
            signs[at] = Sign::Apostrophe;
        }
    }
}

/// Whether what stands at `at` goes on with a word.
fn within_word(signs: &[Sign], at: usize) -> bool {
    match first_char(signs, at) {
        None | Some('.' | ',' | ':' | ';' | '!' | '?' | '"' | '\'' | '(' | ')' | '{' | '}' | '[' | ']' | '-') => false,
        _ => !spells(signs, at, "&lt;") && !spells(signs, at, "&gt;") && !space_at(signs, at),
    }
}

fn quoted_numbers(signs: &mut [Sign], mark: char, also: char) {
    let mut at = 0;
    while at < signs.len() {
        if signs[at] == Sign::Straight(mark)
            && may_open(signs, at, also)
            && let Some(end) = number_end(signs, at + 1)
        {
            if signs.get(end) == Some(&Sign::Straight(mark)) {
                signs[at] = Sign::Opening(mark);
                signs[end] = Sign::Closing(mark);
            }
            at = end;
        } else {
            at += 1;
        }
    }
}

fn assign_double(signs: &mut [Sign]) {
    quoted_numbers(signs, '"', '(');
    for at in 0..signs.len() {
        if signs[at] == Sign::Straight('"') && may_open(signs, at, '(') && !space_at(signs, at + 1) {
            signs[at] = Sign::Opening('"');
        }
    }
}

/// Closing marks and primes. Between one opening mark and the next, the marks that may close are weighed: where one was
/// opened and several may close it, those after digits are primes, unless all are.
fn close(signs: &mut [Sign], mark: char) {
    let mut start = 0;
    let mut opened = false;
    while start <= signs.len() {
        let end = signs[start..].iter().position(|sign| *sign == Sign::Opening(mark)).map(|n| start + n);
        let until = end.unwrap_or(signs.len());
        close_sentence(&mut signs[start..until], mark, opened);
        opened = true;
        let Some(end) = end else { return };
        start = end + 1;
    }
}

fn close_sentence(signs: &mut [Sign], mark: char, opened: bool) {
    let straight: Vec<usize> = (0..signs.len()).filter(|&at| signs[at] == Sign::Straight(mark)).collect();
    if straight.is_empty() {
        return;
    }
    let after_digit = |signs: &[Sign], at: usize| at > 0 && is_digit(signs, at - 1);
    let may: Vec<usize> = straight.iter().copied().filter(|&at| may_close(signs, at + 1)).collect();
    if opened && !signs.contains(&Sign::Closing(mark)) {
        let mut closing: Vec<usize> = match may.len() {
            0 | 1 => may.clone(),
            _ => may.iter().copied().filter(|&at| !after_digit(signs, at)).collect(),
        };
        if closing.is_empty() && !may.is_empty() {
            let before_stop = may.iter().rev().find(|&&at| first_char(signs, at + 1) == Some('.'));
            closing.extend(before_stop.or(may.last()));
        }
        for at in closing {
            signs[at] = Sign::Closing(mark);
        }
        for &at in &straight {
            if signs[at] == Sign::Straight(mark) && after_digit(signs, at) {
                signs[at] = Sign::Prime(mark);
            }
        }
    } else {
        for &at in &straight {
            if after_digit(signs, at) {
                signs[at] = Sign::Prime(mark);
            }
        }
        for &at in &may {
            if signs[at] == Sign::Straight(mark) {
                signs[at] = Sign::Closing(mark);
            }
        }
    }
    if mark == '"' {
        for &at in &straight {
            if signs[at] == Sign::Straight(mark) {
                signs[at] = Sign::Closing(mark);
            }
        }
    }
}

fn assign_dashes(signs: &mut Vec<Sign>) {
    const HYPHEN: Sign = Sign::Char('-');
    if !signs.contains(&HYPHEN) && !signs.contains(&Sign::Char('x')) {
        return;
    }
    let mut join = |length: usize, dash: Sign, fits: fn(&[Sign], usize, usize) -> bool| {
        let mut at = 0;
        while at + length <= signs.len() {
            if signs[at..at + length].iter().all(|sign| *sign == HYPHEN) && fits(signs, at, at + length) {
                signs[at] = dash;
                signs[at + 1..at + length].fill(Sign::Gone);
                at += length;
            } else {
                at += 1;
            }
        }
        signs.retain(|sign| *sign != Sign::Gone);
    };
    let alone: fn(&[Sign], usize, usize) -> bool =
        |signs, start, end| (start == 0 || space_before(signs, start)) && (end == signs.len() || space_at(signs, end));
    join(3, Sign::EmDash, |_, _, _| true);
    join(2, Sign::EmDash, alone);
    // Not in the names of internationalised domains.
    join(2, Sign::EnDash, |signs, start, _| start < 2 || !spells(signs, start - 2, "xn"));
    join(1, Sign::EnDash, alone);
    let mut free = 0;
    for at in 0..signs.len() {
        if signs[at] == Sign::Char('x')
            && let Some(end) = product(signs, free, at)
        {
            signs[at] = Sign::Fixed("&#215;");
            free = end;
        }
    }
}

/// Whether the `x` at `at` stands between two numbers (hexadecimal `0x…` excepted), and where the second one ends.
fn product(signs: &[Sign], free: usize, at: usize) -> Option<usize> {
    let is_word = |at: usize| matches!(signs.get(at), Some(Sign::Char(c)) if c.is_ascii_alphanumeric() || *c == '_');
    let belongs = |sign: &&Sign| matches!(sign, Sign::Char(c) if c.is_ascii_digit() || matches!(c, '.' | ','));
    let before = at - signs[free.min(at)..at].iter().rev().take_while(belongs).count();
    let starts = (before..at)
        .any(|n| is_digit(signs, n) && (n == 0 || !is_word(n - 1)) && (signs[n] != Sign::Char('0') || n + 1 < at));
    let end = number_end(signs, at + 1).filter(|_| starts)?;
    (at + 2..=end).rev().find(|&end| is_word(end - 1) != is_word(end))
}

fn print(signs: &[Sign], marks: &Marks, out: &mut String) {
    let mut text = String::with_capacity(signs.len() + 16);
    for sign in signs {
        match *sign {
            Sign::Char(c) | Sign::Straight(c) => text.push(c),
            Sign::Opening('\'') => text.push_str(marks.single.0),
            Sign::Opening(_) => text.push_str(marks.double.0),
            Sign::Closing('\'') => text.push_str(marks.single.1),
            Sign::Closing(_) => text.push_str(marks.double.1),
            Sign::Prime('\'') => text.push_str(marks.primes.0),
            Sign::Prime(_) => text.push_str(marks.primes.1),
            Sign::Apostrophe => text.push_str(marks.apostrophe),
            Sign::Fixed(fixed) => text.push_str(fixed),
            Sign::EnDash => text.push_str(marks.en_dash),
            Sign::EmDash => text.push_str(marks.em_dash),
            Sign::Gone => {}
        }
    }
    refer_ampersands(&text, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expectations are written with the characters themselves.
    fn check(text: &str, expected: &str) {
        let mut set = typography(text, &Marks::ENGLISH, |name| matches!(name, "صورة" | "gallery" | "code"));
        let names =
            [("8216", "‘"), ("8217", "’"), ("8220", "“"), ("8221", "”"), ("8242", "′"), ("8243", "″"), ("8211", "–")];
        for (number, c) in names.into_iter().chain([("8212", "—"), ("8230", "…"), ("8482", "™"), ("215", "×")]) {
            set = set.replace(&format!("&#{number};"), c);
        }
        assert_eq!(set, expected, "{text:?}");
    }

    #[test]
    fn quotation_marks_turn() {
        check("قال \"نعم\" وذهب", "قال “نعم” وذهب");
        check("«مقتبس» ('داخل')", "«مقتبس» (‘داخل’)");
        check("it's the '90s, isn't it?", "it’s the ’90s, isn’t it?");
        check("\"one 'two' three\"", "“one ‘two’ three”");
        check("'tis \"42\"", "’tis “42”");
        check("``قديم''", "“قديم”");
        check("6' 2\" tall", "6′ 2″ tall");
        check("the 12\" \"record\"", "the 12″ “record”");
    }

    #[test]
    fn dashes_and_dots() {
        check("أ - ب -- ج --- د...", "أ – ب — ج — د…");
        check("2010--2020 xn--p1ai", "2010–2020 xn--p1ai");
        check("9x9 0x9 10x20", "9×9 0x9 10×20");
        check("Warraq (tm)", "Warraq ™");
        check("a & b &amp; c &#38;", "a &#038; b &amp; c &#38;");
    }

    #[test]
    fn some_things_stay() {
        check("<code>\"a\"--</code> \"b\"", "<code>\"a\"--</code> “b”");
        check("<a href=\"x?a&b\">", "<a href=\"x?a&#038;b\">");
        check("<!-- \"a\" & -->", "<!-- \"a\" & -->");
        check("[gallery ids=\"1\"] [other a=\"1\"]", "[gallery ids=\"1\"] [other a=”1″]");
        check("[code]\"a\"[/code] \"b\"", "[code]\"a\"[/code] “b”");
        check("", "");
    }

    #[test]
    fn hostile_texts_end() {
        for hostile in ["'", "\"", "-", "'9", "\"9\"", "[", "[gallery", "[gallery <", "<", "&", "1x", "0x1.", "`", "."]
        {
            let size = |count| typography(&hostile.repeat(count), &Marks::ENGLISH, |name| name == "gallery").len();
            assert!(size(100_000) <= size(10_000) * 11 + 100, "{hostile:?}");
        }
    }
}

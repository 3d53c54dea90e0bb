//! Which signs make a face?
//!
//! Documented as `convert_smilies`: `:-)` between spaces becomes 🙂. Nothing is changed within tags, nor in `<code>`, `<pre>`,
//! `<style>`, `<script>` and `<textarea>`.

use crate::html::{Piece, pieces, tag_name};

/// Signs and what they become. Sorted by the signs.
const SIGNS: &[(&str, &str)] = &[
    ("8-)", "😎"),
    ("8-O", "😯"),
    ("8O", "😯"),
    (":!:", "❗"),
    (":(", "🙁"),
    (":)", "🙂"),
    (":-(", "🙁"),
    (":-)", "🙂"),
    (":-?", "😕"),
    (":-D", "😀"),
    (":-P", "😛"),
    (":-o", "😮"),
    (":-x", "😡"),
    (":-|", "😐"),
    (":?", "😕"),
    (":?:", "❓"),
    (":???:", "😕"),
    (":D", "😀"),
    (":P", "😛"),
    (":arrow:", "➡"),
    (":cool:", "😎"),
    (":cry:", "😥"),
    (":eek:", "😮"),
    (":evil:", "👿"),
    (":grin:", "😀"),
    (":idea:", "💡"),
    (":lol:", "😆"),
    (":mad:", "😡"),
    (":neutral:", "😐"),
    (":o", "😮"),
    (":oops:", "😳"),
    (":razz:", "😛"),
    (":roll:", "🙄"),
    (":sad:", "🙁"),
    (":shock:", "😯"),
    (":smile:", "🙂"),
    (":twisted:", "😈"),
    (":wink:", "😉"),
    (":x", "😡"),
    (":|", "😐"),
    (";)", "😉"),
    (";-)", "😉"),
];

const LONGEST: usize = 9;

/// `html` with faces.
///
/// ```
/// assert_eq!(wordpress::classic::smilies::smilies("أهلا :-)"), "أهلا 🙂");
/// ```
pub fn smilies(html: &str) -> String {
    if !html.contains([':', ';', '8']) {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut untouched: Option<&str> = None;
    for piece in pieces(html) {
        match piece {
            // «5 < 6 ;-)»: what does not end in the same line is no tag.
            Piece::Tag(text) if untouched.is_none() && (text.contains('\n') || !text.ends_with('>')) => {
                set(text, &mut out);
            }
            Piece::Tag(tag) => {
                let name = tag_name(tag);
                match untouched {
                    None => {
                        untouched = ["code", "pre", "style", "script", "textarea"].into_iter().find(|one| *one == name)
                    }
                    Some(open) if name.strip_prefix('/') == Some(open) => untouched = None,
                    Some(_) => {}
                }
                out.push_str(tag);
            }
            Piece::Text(text) if untouched.is_none() => set(text, &mut out),
            Piece::Text(text) | Piece::Comment(text) | Piece::CData(text) => out.push_str(text),
        }
    }
    out
}

/// A sign stands at the beginning or after a space, and a space or the end follows.
fn set(text: &str, out: &mut String) {
    let is_space = |c: char| c.is_ascii_whitespace() || c == '\u{A0}';
    let mut rest = text;
    loop {
        let word_end = rest.find(is_space).map_or(rest.len(), |at| at);
        let (word, after) = rest.split_at(word_end);
        let bare = word.rsplit_once("&nbsp;").map_or(word, |(_, bare)| bare);
        match SIGNS.binary_search_by_key(&bare, |(sign, _)| sign) {
            Ok(at) if bare.len() <= LONGEST => {
                out.push_str(&word[..word.len() - bare.len()]);
                out.push_str(SIGNS[at].1);
            }
            _ => out.push_str(word),
        }
        let spaces = after.len() - after.trim_start_matches(is_space).len();
        out.push_str(&after[..spaces]);
        rest = &after[spaces..];
        if rest.is_empty() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_faces() {
        assert!(SIGNS.is_sorted());
        for (text, expected) in [
            (":)", "🙂"),
            ("قال :-) ثم ;)", "قال 🙂 ثم 😉"),
            ("http://x :x", "http://x 😡"),
            ("a:)", "a:)"),
            ("(7 8) 8-)", "(7 8) 😎"),
            ("5 < 6 ;-)", "5 < 6 😉"),
            ("a <b\n:) > :)", "a <b\n🙂 > 🙂"),
            ("<b title=\" :) \">:)</b>", "<b title=\" :) \">🙂</b>"),
            ("<code> :) </code> :)", "<code> :) </code> 🙂"),
        ] {
            assert_eq!(smilies(text), expected);
        }
    }
}

//! Which texts does nobody write, and somebody send? Made, not collected, and the same at every run.

use std::iter;

/// As much as a field of a form takes.
pub(crate) const SIZE: usize = 64 * 1024;

/// Texts of `size` bytes or a little less, each with its name.
pub(crate) fn all(size: usize) -> Vec<(&'static str, String)> {
    let mut texts: Vec<(&'static str, String)> =
        PATTERNS.iter().map(|(name, pattern)| (*name, repeated(pattern, size))).collect();
    texts.push(("random bytes", random_bytes(size)));
    texts.push(("characters of every kind", mixed(size, &[], &POOLS)));
    texts.push(("words between characters of every kind", mixed(size, &WORDS, &POOLS)));
    texts.push(("words without spaces", mixed(size, &WORDS[..WORDS.len() - 1], &[])));
    texts.push(("marks in the wrong order", mixed(size, &[], &POOLS[1..2])));
    texts.push(("presentation forms", mixed(size, &[], &POOLS[3..5])));
    texts.push(("quotes opened and never closed", nested(size, '«', '»', false)));
    texts.push(("quotes within quotes", nested(size, '«', '»', true)));
    texts.push(("brackets within brackets", nested(size, '(', ')', true)));
    texts.push(("words of 25 letters", iter::repeat_n("والمستشفياتالتيلاينتهياسم ", size / 51).collect()));
    texts
}

/// What is said again and again.
const PATTERNS: [(&str, &str); 54] = [
    ("one letter", "ا"),
    ("one Latin letter", "a"),
    ("one Chinese character", "习"),
    ("one letter and spaces", "و "),
    ("letters that begin words", "وفبكلأس"),
    ("letters that begin words, apart", "وف بك لل أس "),
    ("the article", "ال"),
    ("lam and alef", "لا"),
    ("letters that end words", "هاتونينكما"),
    ("alternating marks", "\u{64E}\u{650}"),
    ("alternating marks on a letter", "ب\u{64E}\u{650}"),
    ("one letter under marks", "ب\u{651}\u{64B}\u{670}\u{653}\u{654}\u{655}"),
    ("marks that swap places", "\u{654}\u{651}\u{650}\u{64F}\u{64E}\u{300}\u{323}"),
    ("lone combining marks", "\u{301}\u{308}\u{338}\u{20E3}"),
    ("hamza above", "ا\u{654}و\u{654}ي\u{654}"),
    ("tatweel", "ـ"),
    ("tatweel between letters", "بـ"),
    ("bidirectional controls", "\u{202A}\u{202B}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}"),
    ("controls opened and closed", "\u{2067}\u{202E}ا\u{202C}\u{2069}"),
    ("marks of direction", "\u{200E}\u{200F}\u{61C}"),
    ("joiners", "\u{200C}\u{200D}"),
    ("joiners between letters", "ه\u{200C}ه\u{200D}"),
    ("no-break spaces", "\u{A0}\u{202F}\u{2007}\u{FEFF}"),
    ("a family", "👩‍👩‍👧‍👦"),
    ("flags", "🇨🇳🇪🇬🇸"),
    ("keycaps and skins", "1\u{FE0F}\u{20E3}👍🏽"),
    ("tags", "🏴\u{E0067}\u{E0062}\u{E007F}"),
    ("one long ligature", "\u{FDFA}"),
    ("ligatures", "\u{FEFB}\u{FEF7}\u{FDF2}\u{FC60}"),
    ("Hangul parts", "\u{1100}\u{1161}\u{11A8}"),
    ("digits", "7"),
    ("Arabic digits", "٣"),
    ("digits of three scripts", "1٢۳"),
    ("decimals", "3.5.٣٫٥٬"),
    ("thousands", "1,000,000,"),
    ("fractions and percents", "1/2% ٣/٤٪ "),
    ("numbers without end", "مليون و"),
    ("numbers in words", "مئة وثلاثة وعشرون ألف "),
    ("numbers that do not fit", "تسعمئة تريليون تريليون "),
    ("ordinals", "الحادي والعشرين بعد المئة "),
    ("abbreviations", "د. "),
    ("dots", "."),
    ("stops of all kinds", ".؟!…。"),
    ("stops and closing quotes", ".»”) "),
    ("line ends", "\r\n\u{2028}\u{85}\n"),
    ("hyphens", "-"),
    ("names", "عبد ال"),
    ("Latin names", "al-Xi'an "),
    ("addresses that do not end", "a."),
    ("colons", "a:"),
    ("letters and digits", "a1-"),
    ("minus signs and digits", "-1"),
    ("zeros", "\0"),
    ("surrogates gone wrong", "\u{FFFD}\u{FFFF}\u{10FFFF}"),
];

const POOLS: [(u32, u32); 12] = [
    ('\u{0600}' as u32, '\u{06FF}' as u32),
    ('\u{064B}' as u32, '\u{0655}' as u32),
    ('\u{0300}' as u32, '\u{036F}' as u32),
    ('\u{FB50}' as u32, '\u{FDFF}' as u32),
    ('\u{FE70}' as u32, '\u{FEFF}' as u32),
    ('\u{0000}' as u32, '\u{024F}' as u32),
    ('\u{0400}' as u32, '\u{045F}' as u32),
    ('\u{2000}' as u32, '\u{206F}' as u32),
    ('\u{1F300}' as u32, '\u{1F6FF}' as u32),
    ('\u{4E00}' as u32, '\u{9FFF}' as u32),
    ('\u{E0000}' as u32, '\u{E007F}' as u32),
    ('\u{0000}' as u32, '\u{10FFFF}' as u32),
];

const WORDS: [&str; 10] = ["وسيكتبونها", "وبمدارسهم", "الصين", "لم", "ثلاثة", "و", "عبد", "بينغ", "«قال»:", "  "];

fn repeated(pattern: &str, size: usize) -> String {
    pattern.repeat(size / pattern.len())
}

fn nested(size: usize, open: char, close: char, closed: bool) -> String {
    let said = "قال ";
    let depth = size / (open.len_utf8() + said.len() + if closed { close.len_utf8() } else { 0 });
    let mut text: String = iter::repeat_n([open, 'ق', 'ا', 'ل', ' '], depth).flatten().collect();
    if closed {
        text.extend(iter::repeat_n(close, depth));
    }
    text
}

fn random_bytes(size: usize) -> String {
    let mut dice = Dice(7);
    // Each byte that is no UTF-8 becomes a character of three.
    let bytes: Vec<u8> = (0..size / 2).map(|_| dice.below(256) as u8).collect();
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    let mut end = size.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// Words and characters of the pools by lot.
fn mixed(size: usize, words: &[&str], pools: &[(u32, u32)]) -> String {
    let mut dice = Dice(11);
    let mut text = String::new();
    while text.len() + 40 < size {
        let drawn = dice.below(words.len() + pools.len());
        match words.get(drawn) {
            Some(word) => text.push_str(word),
            None => {
                let (first, last) = pools[drawn - words.len()];
                text.extend(char::from_u32(first + dice.below((last - first) as usize + 1) as u32));
            }
        }
    }
    text
}

/// The generator «xorshift64*»: the same numbers from the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }
}

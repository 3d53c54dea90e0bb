//! Which numbers stand in this text, in words or digits?
//!
//! Words and digits mix: «خمسة ملايين و300 ألف» is one number. A range holds the number without the proclitics و ف ب ل
//! ك before it; ال belongs to it. Values are exact.
//!
//! - Words in every case and gender, with hamza or without, vowelled or not: «ثلاثة وعشرون», «اثنتي عشرة», «مئتا ألف»,
//!   «مائتين», «ثمانمئة», «مليون ونصف» (a half of the million), «ربع مليار».
//! - Parts are joined when they descend (hundreds, units, tens; after a scale whatever is less), so that «ثلاثة وأربعة»
//!   stays two numbers. «ثلاثة ملايين و5» too: digits are joined only in the next place.
//! - Ordinals from «الأول» to «التاسع والتسعون», «العشرون» with the article (but not «مجموعة العشرين»), «المئة» and «الألف»
//!   after a word with the article, «الخامس بعد المئة». Months such as «تشرين الأول» are none, nor is «أول أمس».
//! - Fractions: «ثلثا», «ثلاثة أرباع», «خمسة وربع», «واحد من ثلاثة», «3/4». «خمس», «سبع», «تسع» and «عشر» are fractions
//!   before a noun with the article only («خمس السكان»); «ثمن» is a price.
//! - Digits of three scripts. «1,234» and «١٬٢٣٤» are thousands, «1,5» and «١٢٬٥» decimals, «1.234» a decimal, «1.234.567»
//!   millions; spaces part thousands from two groups on, narrow ones from one. Digits within names («G20»,
//!   «COVID-19»), units («5km») and addresses are not numbers here.
//! - Percent: the value is that of the number before the sign, so 20 for «20 %».
//!
//! Not understood: Roman numerals, powers, vague numbers («عشرات», «بضعة آلاف»), years of two digits, clock times (two numbers).

mod lexicon;
mod ratio;
mod tokens;

pub use ratio::Ratio;

use std::borrow::Cow;
use std::ops::Range;

use crate::invisible::is_arabic_letter;
use lexicon::{Form, MONTHS_WITH_ORDINALS, NOT_NUMBERS, Sense, sense};
use tokens::{Piece, What, pieces};

/// A number and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset past its last byte.
    pub end: usize,
    /// How much it is.
    pub value: Ratio,
    /// How it is meant.
    pub kind: Kind,
}

impl Number {
    /// The bytes that the number stands in.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// What a number says of its noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// How many: ثلاثة, 3.5, «نصف مليون».
    Cardinal,
    /// Which one: الثالث.
    Ordinal,
    /// Which part: ثلث, «خمسة وربع», 3/4.
    Fraction,
    /// How many in a hundred: «20 في المئة», ٢٠٪.
    Percent,
}

/// The numbers of `text`, from first to last.
///
/// ```
/// use arabic::numbers::{numbers, Kind};
///
/// let text = "صرفت خمسة ملايين و300 ألف في العام الحادي والعشرين، أي ١٢٬٥ في المئة";
/// let found: Vec<_> = numbers(text).iter().map(|n| (&text[n.range()], n.value.to_string(), n.kind)).collect();
/// assert_eq!(found[0], ("خمسة ملايين و300 ألف", "5300000".to_owned(), Kind::Cardinal));
/// assert_eq!(found[1], ("الحادي والعشرين", "21".to_owned(), Kind::Ordinal));
/// assert_eq!(found[2], ("١٢٬٥ في المئة", "12.5".to_owned(), Kind::Percent));
/// ```
pub fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut start = 0;
    // No number goes on past the end of a line.
    for line in text.split_inclusive('\n') {
        let moved = |number: Number| Number { start: number.start + start, end: number.end + start, ..number };
        found.extend(line_numbers(line).into_iter().map(moved));
        start += line.len();
    }
    found
}

/// The number that `text` is, white space aside.
pub fn parse_number(text: &str) -> Option<Number> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    numbers(text).into_iter().find(|number| number.range() == (start..start + trimmed.len()))
}

fn line_numbers(text: &str) -> Vec<Number> {
    let items: Vec<_> = pieces(text).into_iter().map(|piece| Item::new(text, piece)).collect();
    let reader = Reader { items: merge_conjunctions(items) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.items.len() {
        match reader.number(at) {
            Some((number, next)) => {
                found.push(number);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// A piece of text with its proclitics taken off.
struct Item<'t> {
    start: usize,
    end: usize,
    follows: bool,
    /// Whether و or ف stands before it.
    joined: bool,
    /// Whether ب, ل or ك stands before it.
    governed: bool,
    definite: bool,
    /// Written with tanwin.
    nunated: bool,
    /// Folded, proclitics included.
    word: Cow<'t, str>,
    meaning: Meaning,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Meaning {
    None,
    Word(Sense),
    Numeral(Ratio, bool),
    PercentSign,
}

impl<'t> Item<'t> {
    fn new(text: &'t str, piece: Piece<'t>) -> Item<'t> {
        let Piece { start, end, what, follows } = piece;
        let mut item = Item {
            start,
            end,
            follows,
            joined: false,
            governed: false,
            definite: false,
            nunated: false,
            word: Cow::Borrowed(""),
            meaning: Meaning::None,
        };
        match what {
            What::Numeral(value, fraction) => item.meaning = Meaning::Numeral(value, fraction),
            What::PercentSign => item.meaning = Meaning::PercentSign,
            What::Word(word) => {
                if let Some((stripped, sense)) = stripped_sense(&word) {
                    // A doubled lam makes a verb of ألف.
                    let raw = &text[start..end];
                    let is_verb = sense == Sense::Scale(1000, Form::Single) && raw.contains('\u{651}');
                    item.meaning = if is_verb { Meaning::None } else { Meaning::Word(sense) };
                    item.start =
                        start + letters_len(raw, usize::from(stripped.joined) + usize::from(stripped.governed));
                    item.joined = stripped.joined;
                    item.governed = stripped.governed;
                    item.definite = stripped.definite;
                    item.nunated = raw.contains(['\u{64B}', '\u{64C}', '\u{64D}']);
                }
                item.word = word;
                if item.word == "واحد" && text[start..end].contains('أ') {
                    item.become_joined_one();
                }
            }
        }
        item
    }

    /// Reads «واحد» as «و» and «أحد».
    fn become_joined_one(&mut self) {
        if !self.joined {
            self.joined = true;
            self.meaning = Meaning::Word(Sense::Bound(1));
            self.start += 'و'.len_utf8();
        }
    }

    fn sense(&self) -> Option<Sense> {
        if let Meaning::Word(sense) = self.meaning { Some(sense) } else { None }
    }
}

/// Which proclitics a word has.
#[derive(Clone, Copy, Default)]
struct Stripped {
    joined: bool,
    governed: bool,
    definite: bool,
}

/// The sense of a word under its proclitics: the fewest that give one.
fn stripped_sense(word: &str) -> Option<(Stripped, Sense)> {
    // Longer than any number with its proclitics.
    if word.len() > 40 || NOT_NUMBERS.contains(&word) {
        return None;
    }
    if let Some(sense) = sense(word) {
        return Some((Stripped::default(), sense));
    }
    let joined = [(word, false)].into_iter().chain(word.strip_prefix(['و', 'ف']).map(|rest| (rest, true)));
    for (rest, joined) in joined {
        let plain = rest.strip_prefix("ال").map(|rest| (rest, false, true));
        let governed = rest.strip_prefix(['ب', 'ل', 'ك']);
        let both = governed.and_then(|rest| rest.strip_prefix("ال"));
        let assimilated = rest.strip_prefix("لل");
        let options = [
            Some((rest, false, false)),
            plain,
            governed.map(|rest| (rest, true, false)),
            both.map(|rest| (rest, true, true)),
            assimilated.map(|rest| (rest, true, true)),
        ];
        for (rest, governed, definite) in options.into_iter().flatten() {
            if let Some(sense) = sense(rest) {
                return Some((Stripped { joined, governed, definite }, sense));
            }
        }
    }
    None
}

/// How many bytes the first `count` letters take, with their marks.
fn letters_len(raw: &str, count: usize) -> usize {
    let mut left = count;
    for (at, c) in raw.char_indices() {
        if is_arabic_letter(c) {
            if left == 0 {
                return at;
            }
            left -= 1;
        }
    }
    raw.len()
}

/// A conjunction that stands alone or before digits («و 300», «و300») belongs to what follows.
fn merge_conjunctions(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let mut merged: Vec<Item> = Vec::with_capacity(items.len());
    for mut item in items {
        // «واحد عشر» after a hundred is «وأحد عشر».
        if item.follows
            && item.sense() == Some(Sense::Ten)
            && let Some(one) = merged.last_mut()
            && one.word == "واحد"
        {
            one.become_joined_one();
        }
        let is_numeral = matches!(item.meaning, Meaning::Numeral(..));
        if let Some(previous) = merged.last()
            && item.follows
            && (matches!(&*previous.word, "و" | "ف") || is_numeral && previous.word == "وال")
        {
            item.joined = true;
            item.follows = previous.follows;
            merged.pop();
        }
        merged.push(item);
    }
    merged
}

struct Reader<'t> {
    items: Vec<Item<'t>>,
}

/// A number on its way.
struct Partial {
    value: Ratio,
    kind: Kind,
    next: usize,
    /// The last scale, when nothing came after it.
    scale: Option<i64>,
    /// The last unit, when it may be the upper part of a fraction.
    unit: Option<i64>,
}

impl<'t> Reader<'t> {
    fn number(&self, at: usize) -> Option<(Number, usize)> {
        let item = &self.items[at];
        if item.meaning == Meaning::PercentSign {
            return self.sign_before(at);
        }
        if matches!(&*item.word, "سالب" | "ناقص")
            && self.follower(at).is_some()
            && let Some((number, next)) = self.positive(at + 1)
        {
            let value = number.value.checked_mul(Ratio::from(-1))?;
            return Some((Number { start: item.start, value, ..number }, next));
        }
        self.positive(at).or_else(|| self.piece_of(at))
    }

    /// «جزء من ألف».
    fn piece_of(&self, at: usize) -> Option<(Number, usize)> {
        let item = &self.items[at];
        let of = self.item(at + 1)?;
        self.item(at + 2)?;
        if !matches!(&*item.word, "جزء" | "جزءا") || of.word != "من" {
            return None;
        }
        let below = self.cardinal(at + 2)?;
        let value = Ratio::from(1).checked_div(below.value)?;
        let end = self.items[below.next - 1].end;
        Some((Number { start: item.start, end, value, kind: Kind::Fraction }, below.next))
    }

    /// «٪20».
    fn sign_before(&self, at: usize) -> Option<(Number, usize)> {
        let next = self.follower(at).filter(|next| next.start == self.items[at].end)?;
        let Meaning::Numeral(value, false) = next.meaning else { return None };
        Some((Number { start: self.items[at].start, end: next.end, value, kind: Kind::Percent }, at + 2))
    }

    fn positive(&self, at: usize) -> Option<(Number, usize)> {
        let mut partial = self.ordinal(at).or_else(|| self.part(at)).or_else(|| self.quantity(at))?;
        if partial.kind != Kind::Ordinal
            && let Some(next) = self.percent_end(partial.next)
        {
            partial.kind = Kind::Percent;
            partial.next = next;
        }
        let last = &self.items[partial.next - 1];
        let number = Number { start: self.items[at].start, end: last.end, value: partial.value, kind: partial.kind };
        Some((number, partial.next))
    }

    fn item(&self, at: usize) -> Option<&Item<'t>> {
        self.items.get(at).filter(|item| item.follows)
    }

    fn follower(&self, at: usize) -> Option<&Item<'t>> {
        self.item(at + 1).filter(|item| !item.joined)
    }

    fn previous_word(&self, at: usize) -> &str {
        if at == 0 || !self.items[at].follows { "" } else { &self.items[at - 1].word }
    }

    /// Past «%», «في المئة», «بالمئة».
    fn percent_end(&self, at: usize) -> Option<usize> {
        let item = self.item(at)?;
        if item.meaning == Meaning::PercentSign || matches!(&*item.word, "بالميه" | "بالمايه") {
            return Some(at + 1);
        }
        let hundred = self.item(at + 1)?;
        (item.word == "في" && matches!(&*hundred.word, "الميه" | "المايه" | "ميه" | "مايه")).then_some(at + 2)
    }

    fn ordinal(&self, at: usize) -> Option<Partial> {
        let item = &self.items[at];
        let done = |value: i64, next| {
            Some(Partial { value: Ratio::from(value), kind: Kind::Ordinal, next, scale: None, unit: None })
        };
        let sense = item.sense()?;
        match sense {
            // «المئة والخامسة والعشرون»
            Sense::Hundred | Sense::Scale(1000.., Form::Single) if item.definite => {
                let base = if let Sense::Scale(value, _) = sense { value } else { 100 };
                if let Some(next) = self.item(at + 1)
                    && next.joined
                    && let Some(Sense::Nth(_) | Sense::BoundNth) = next.sense()
                    && let Some(rest) = self.ordinal(at + 1)
                {
                    let value = rest.value.checked_add(Ratio::from(base))?;
                    return Some(Partial { value, ..rest });
                }
                let follows_definite = self.previous_word(at).starts_with("ال") && !item.governed && !item.joined;
                let alone = self.item(at + 1).is_none_or(|next| matches!(next.meaning, Meaning::None));
                (follows_definite && alone).then(|| done(base, at + 1))?
            }
            Sense::Tens(tens) if item.definite => {
                let group = matches!(self.previous_word(at), "مجموعه" | "لمجموعه" | "بمجموعه" | "ومجموعه");
                let alone = self.item(at + 1).is_none_or(|next| next.sense().is_none() || next.joined);
                (!group && !item.joined && alone).then(|| done(tens, at + 1))?
            }
            Sense::Unit(1) if item.definite => {
                let tens = self.joined_tens(at + 1)?;
                let scaled = self.item(at + 2).is_some_and(|next| matches!(next.sense(), Some(Sense::Scale(..))));
                (!scaled).then(|| done(1 + tens, at + 2))?
            }
            Sense::Nth(_) | Sense::BoundNth => {
                let unit = if let Sense::Nth(unit) = sense { unit } else { 1 };
                let (value, next) = if let Some(Sense::Ten) = self.follower(at).and_then(Item::sense) {
                    (unit + 10, at + 2)
                } else if let Some(tens) = self.joined_tens(at + 1) {
                    (unit + tens, at + 2)
                } else if sense == Sense::BoundNth || self.is_no_ordinal(at) {
                    return None;
                } else {
                    (unit, at + 1)
                };
                match self.after_round(next) {
                    Some((round, next)) => done(value + round, next),
                    None => done(value, next),
                }
            }
            _ => None,
        }
    }

    /// «والعشرون» at `at`.
    fn joined_tens(&self, at: usize) -> Option<i64> {
        let item = self.item(at).filter(|item| item.joined)?;
        if let Some(Sense::Tens(tens)) = item.sense() { Some(tens) } else { None }
    }

    /// «بعد المئة» at `at`.
    fn after_round(&self, at: usize) -> Option<(i64, usize)> {
        let round = self.item(at).filter(|item| item.word == "بعد").and_then(|_| self.item(at + 1))?;
        match round.sense()? {
            Sense::Hundred if round.definite => Some((100, at + 2)),
            Sense::Hundreds(value) if round.definite => Some((value, at + 2)),
            Sense::Scale(value, Form::Single) if round.definite => Some((value, at + 2)),
            _ => None,
        }
    }

    fn is_no_ordinal(&self, at: usize) -> bool {
        let item = &self.items[at];
        let previous = self.previous_word(at);
        let month = previous.strip_prefix(['و', 'ل', 'ب']).is_some_and(|word| MONTHS_WITH_ORDINALS.contains(&word));
        let next = self.item(at + 1).map_or("", |next| &*next.word);
        let day_before = item.word.ends_with("اول")
            && !item.definite
            && matches!(next, "امس" | "من")
            && (next == "امس" || self.item(at + 2).is_some_and(|third| third.word == "امس"));
        let oxide = next.starts_with("اكسيد");
        // «30 ثانية» are seconds.
        let seconds = item.word == "ثانيه" && at > 0 && item.follows && self.items[at - 1].meaning != Meaning::None;
        let adverb = item.nunated;
        month || MONTHS_WITH_ORDINALS.contains(&previous) || day_before || oxide || seconds || adverb
    }

    /// «نصف», «ثلثا مليون».
    fn part(&self, at: usize) -> Option<Partial> {
        let (above, below) = match self.items[at].sense()? {
            Sense::Part(above, below) => (above, below),
            unit @ (Sense::Unit(_) | Sense::Ten) => (1, self.fifth_of_all(at, unit)?),
            _ => return None,
        };
        let next = self.item(at + 1);
        if next.is_some_and(|next| matches!(&*next.word, "نهايي" | "النهايي")) {
            return None;
        }
        let value = Ratio::new(above.into(), below.into())?;
        self.scaled(Partial { value, kind: Kind::Fraction, next: at + 1, scale: None, unit: None })
    }

    /// «خمس السكان»: the feminine number before a noun with the article.
    fn fifth_of_all(&self, at: usize, sense: Sense) -> Option<i64> {
        let below = match sense {
            Sense::Unit(unit @ (5 | 7 | 9)) if !self.items[at].word.ends_with(['ه', 'ا']) => unit,
            Sense::Ten if self.items[at].word.ends_with('ر') => 10,
            _ => return None,
        };
        let noun = self.follower(at)?;
        let of_all = !self.items[at].definite && noun.word.starts_with("ال") && noun.word.chars().count() > 4;
        (of_all && noun.meaning == Meaning::None).then_some(below)
    }

    /// A fraction before a scale is so much of it: «نصف مليون».
    fn scaled(&self, partial: Partial) -> Option<Partial> {
        if let Some(next) = self.item(partial.next)
            && !next.joined
            && !next.governed
            && let Some(Sense::Scale(scale, Form::Single | Form::Plural)) = next.sense()
        {
            let value = partial.value.checked_mul(Ratio::from(scale))?;
            let kind = if value.to_integer().is_some() { Kind::Cardinal } else { Kind::Fraction };
            return Some(Partial { value, kind, next: partial.next + 1, scale: None, unit: None });
        }
        Some(partial)
    }

    /// A cardinal with what makes a fraction of it.
    fn quantity(&self, at: usize) -> Option<Partial> {
        let partial = self.cardinal(at)?;
        let Some(next) = self.item(partial.next) else { return Some(partial) };
        let longer = if next.joined {
            self.with_part(&partial)
        } else {
            self.parts(&partial)
                .or_else(|| self.decimal(&partial))
                .or_else(|| self.over(at, &partial))
                .or_else(|| self.mixed(&partial))
        };
        Some(longer.unwrap_or(partial))
    }

    /// «خمسة وربع», «مليون ونصف», «مليون ونصف المليون».
    fn with_part(&self, partial: &Partial) -> Option<Partial> {
        let part = self.part(partial.next)?;
        let next = &self.items[partial.next];
        if !matches!(next.sense(), Some(Sense::Part(..))) || next.governed {
            return None;
        }
        let explicit = part.next > partial.next + 1;
        let added = match partial.scale {
            Some(scale @ 1000..) if !explicit => part.value.checked_mul(Ratio::from(scale))?,
            _ => part.value,
        };
        let value = partial.value.checked_add(added)?;
        let kind = if value.to_integer().is_some() { Kind::Cardinal } else { Kind::Fraction };
        Some(Partial { value, kind, next: part.next, scale: None, unit: None })
    }

    /// «ثلاثة أرباع», «مئتان وثلاثة أخماس», «ثلاثة أرباع المليون».
    fn parts(&self, partial: &Partial) -> Option<Partial> {
        let Some(Sense::Parts(below)) = self.item(partial.next)?.sense() else { return None };
        let below = Ratio::from(below);
        let value = match partial.unit.map(Ratio::from) {
            Some(unit) if unit != partial.value => {
                let rest = partial.value.checked_add(unit.checked_mul(Ratio::from(-1))?)?;
                rest.checked_add(unit.checked_div(below)?)?
            }
            _ => partial.value.checked_div(below)?,
        };
        self.scaled(Partial { value, kind: Kind::Fraction, next: partial.next + 1, scale: None, unit: None })
    }

    /// «ثلاثة فاصلة خمسة», «مئتان فاصلة ثلاثة من مئة».
    fn decimal(&self, partial: &Partial) -> Option<Partial> {
        partial.value.to_integer()?;
        self.item(partial.next).filter(|item| matches!(&*item.word, "فاصله" | "فاصل"))?;
        let mut at = partial.next + 1;
        let mut places = 0;
        while self.item(at).is_some_and(|item| item.sense() == Some(Sense::Zero)) && places < 9 {
            places += 1;
            at += 1;
        }
        self.item(at)?;
        let after = self.cardinal(at)?;
        let digits = after.value.to_integer()?;
        let named = self.item(after.next).filter(|item| item.word == "من" && places == 0).and_then(|_| {
            self.item(after.next + 1)?;
            let below = self.cardinal(after.next + 1)?;
            let power = below.value.to_integer().filter(|power| matches!(power, 10 | 100 | 1000))?;
            Some((power, below.next))
        });
        let length = u32::try_from(digits.to_string().len()).ok()?;
        let (below, next) = named.unwrap_or((10i128.checked_pow(places + length)?, after.next));
        let value = partial.value.checked_add(Ratio::new(digits, below)?)?;
        self.scaled(Partial { value, kind: Kind::Cardinal, next, scale: None, unit: None })
    }

    /// «واحد على ثلاثة», «واحد من ثلاثة», «واحد من كل ثلاثة».
    fn over(&self, at: usize, partial: &Partial) -> Option<Partial> {
        let item = self.item(partial.next)?;
        let each = self.item(partial.next + 1).is_some_and(|item| item.word == "كل");
        let one = partial.value == Ratio::from(1) && partial.next == at + 1;
        if !(item.word == "علي" || item.word == "من" && (one || each)) {
            return None;
        }
        let below_at = partial.next + 1 + usize::from(each);
        let below_item = self.item(below_at)?;
        if below_item.joined || below_item.definite {
            return None;
        }
        let below = self.cardinal(below_at)?;
        let (above, below_value) = (partial.value.to_integer()?, below.value.to_integer()?);
        let value = (above < below_value).then(|| Ratio::new(above, below_value))??;
        Some(Partial { value, kind: Kind::Fraction, next: below.next, scale: None, unit: None })
    }

    /// «2 1/4».
    fn mixed(&self, partial: &Partial) -> Option<Partial> {
        let Meaning::Numeral(fraction, true) = self.item(partial.next)?.meaning else { return None };
        partial.value.to_integer().filter(|whole| *whole > 0)?;
        let value = partial.value.checked_add(fraction)?;
        Some(Partial { value, kind: Kind::Fraction, next: partial.next + 1, scale: None, unit: None })
    }

    fn cardinal(&self, at: usize) -> Option<Partial> {
        let item = &self.items[at];
        if let Meaning::Numeral(value, true) = item.meaning {
            return Some(Partial { value, kind: Kind::Fraction, next: at + 1, scale: None, unit: None });
        }
        if item.sense() == Some(Sense::Zero) {
            return self.zero(at);
        }
        let mut sum = Sum::new();
        let mut next = at;
        while let Some(item) = self.items.get(next)
            && (next == at || item.follows && !item.governed)
            && let Some(taken) = sum.take(item, self.items.get(next + 1).filter(|item| item.follows), next == at)
        {
            next += taken;
        }
        let bare_monday =
            next == at + 1 && item.definite && item.sense() == Some(Sense::Unit(2)) && item.word.ends_with("اثنين");
        if next == at || bare_monday {
            return None;
        }
        Some(Partial { value: sum.value()?, kind: Kind::Cardinal, next, scale: sum.open_scale(), unit: sum.unit() })
    }

    /// Nought, unless it is the month of that name.
    fn zero(&self, at: usize) -> Option<Partial> {
        let item = &self.items[at];
        let before =
            at > 0 && item.follows && !item.joined && matches!(self.items[at - 1].meaning, Meaning::Numeral(..));
        let year = self.item(at + 1).is_some_and(|next| {
            matches!(next.meaning, Meaning::Numeral(value, _) if value.to_integer().is_some_and(|year| year >= 1000))
        });
        let named = matches!(self.previous_word(at), "شهر" | "من") || before || year;
        (!named).then(|| Partial { value: Ratio::from(0), kind: Kind::Cardinal, next: at + 1, scale: None, unit: None })
    }
}

/// A cardinal that grows word by word.
struct Sum {
    total: Ratio,
    /// What the last scale brought to the total.
    last_added: Ratio,
    /// The last scale: what follows is less.
    limit: Option<i64>,
    group: Ratio,
    state: State,
    failed: bool,
}

/// What the group below the next scale ends with.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Empty,
    Unit(i64),
    /// Tens, or anything that nothing below a hundred can follow.
    Closed,
    Hundreds,
    Numeral,
}

impl Sum {
    fn new() -> Sum {
        let zero = Ratio::from(0);
        Sum { total: zero, last_added: zero, limit: None, group: zero, state: State::Empty, failed: false }
    }

    /// Takes `item` if it continues the number, and says how many items that took.
    fn take(&mut self, item: &Item, next: Option<&Item>, first: bool) -> Option<usize> {
        let joins = first || item.joined;
        let next_sense = next.and_then(Item::sense);
        let taken = match item.meaning {
            Meaning::Numeral(value, false) if joins => self.take_numeral(value, next, first)?,
            Meaning::Word(sense) if joins => self.take_joined(sense, item, next, next_sense)?,
            Meaning::Word(sense) if !item.governed => self.take_attached(sense, first)?,
            _ => return None,
        };
        (!self.failed).then_some(taken)
    }

    fn value(&self) -> Option<Ratio> {
        self.total.checked_add(self.group)
    }

    fn open_scale(&self) -> Option<i64> {
        if self.state == State::Empty { self.limit } else { None }
    }

    fn unit(&self) -> Option<i64> {
        if let State::Unit(unit) = self.state { Some(unit) } else { None }
    }

    fn add(&mut self, number: i64, state: State) -> usize {
        match self.group.checked_add(Ratio::from(number)) {
            Some(group) => self.group = group,
            None => self.failed = true,
        }
        self.state = state;
        1
    }

    fn take_numeral(&mut self, value: Ratio, next: Option<&Item>, first: bool) -> Option<usize> {
        // «3 مئة و21»
        let completes =
            self.state == State::Hundreds && value.to_integer().is_some_and(|value| (1..100).contains(&value));
        if !first && completes {
            self.group = self.group.checked_add(value)?;
            self.state = State::Closed;
            return Some(1);
        }
        if !first {
            let limit = self.limit.filter(|_| self.state == State::Empty)?;
            let scaled = next.is_some_and(|next| {
                !next.joined && matches!(next.sense(), Some(Sense::Scale(scale, _)) if scale < limit)
            });
            let whole = value.to_integer()?;
            let next_place = whole >= i128::from(limit / 1000) && whole < i128::from(limit);
            if !scaled && !next_place {
                return None;
            }
        }
        self.group = value;
        self.state = State::Numeral;
        Some(1)
    }

    /// The first word, or one after و.
    fn take_joined(
        &mut self,
        sense: Sense,
        item: &Item,
        next: Option<&Item>,
        next_sense: Option<Sense>,
    ) -> Option<usize> {
        let room_for_units = matches!(self.state, State::Empty | State::Hundreds);
        let next_joined = next.is_some_and(|next| next.joined);
        match sense {
            Sense::Unit(unit) if room_for_units => Some(self.add(unit, State::Unit(unit))),
            Sense::Bound(unit) if room_for_units => match next_sense {
                Some(Sense::Ten) if !next_joined => {
                    self.add(unit + 10, State::Closed);
                    Some(2)
                }
                Some(Sense::Tens(tens)) if next_joined => {
                    self.add(unit + tens, State::Closed);
                    Some(2)
                }
                _ => None,
            },
            Sense::Ten if room_for_units => Some(self.add(10, State::Closed)),
            Sense::Tens(tens) if room_for_units || matches!(self.state, State::Unit(_)) => {
                Some(self.add(tens, State::Closed))
            }
            Sense::Hundred if self.state == State::Empty => Some(self.add(100, State::Hundreds)),
            Sense::Hundreds(value) if self.state == State::Empty => Some(self.add(value, State::Hundreds)),
            Sense::Scale(scale, form) if form != Form::Plural && self.fits_below_limit(scale) => {
                if self.state != State::Empty && !(scale == 12 && self.state == State::Hundreds) {
                    return None;
                }
                let two = form == Form::Dual || form == Form::SingleOrDual && !item.nunated;
                let times = if two { 2 } else { 1 };
                if scale == 12 && self.state == State::Hundreds {
                    return Some(self.add(12 * times, State::Closed));
                }
                self.bring(Ratio::from(times), scale)
            }
            _ => None,
        }
    }

    /// A word right after another, without و.
    fn take_attached(&mut self, sense: Sense, first: bool) -> Option<usize> {
        match (sense, self.state) {
            _ if first => None,
            (Sense::Ten, State::Unit(_)) => Some(self.add(10, State::Closed)),
            (Sense::Hundred | Sense::SomeHundreds, State::Unit(3..=9)) | (Sense::Hundred, State::Numeral) => {
                let is_plain = self.state == State::Numeral || self.group.to_integer().is_some_and(|group| group < 10);
                self.group = self.group.checked_mul(Ratio::from(100)).filter(|_| is_plain)?;
                self.state = State::Hundreds;
                Some(1)
            }
            // «ألف مليون»
            (Sense::Scale(scale @ 1000.., Form::Single), State::Empty) if self.total == self.last_added => {
                let times = std::mem::replace(&mut self.total, Ratio::from(0));
                self.bring(times, scale)
            }
            (Sense::Scale(_, Form::Dual), _) | (Sense::Scale(..), State::Empty) => None,
            (Sense::Scale(scale, _), _) if self.fits_below_limit(scale) => {
                let times = std::mem::replace(&mut self.group, Ratio::from(0));
                self.bring(times, scale)
            }
            _ => None,
        }
    }

    fn fits_below_limit(&self, scale: i64) -> bool {
        self.limit.is_none_or(|limit| scale < limit)
    }

    fn bring(&mut self, times: Ratio, scale: i64) -> Option<usize> {
        self.last_added = times.checked_mul(Ratio::from(scale))?;
        self.total = self.total.checked_add(self.last_added)?;
        self.limit = Some(scale);
        self.state = State::Empty;
        Some(1)
    }
}

#[cfg(test)]
mod tests;

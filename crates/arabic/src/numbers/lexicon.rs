//! Which words are numbers? All of them folded by [`Fold::KEY`](crate::fold::Fold::KEY), so that مئة is ميه here.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sense {
    Zero,
    /// 1–9.
    Unit(i64),
    /// أحد, إحدى, اثنا, اثنتا: 1 or 2, but only before عشر or (the first two) «وعشرون».
    Bound(i64),
    /// عشر, عشرة.
    Ten,
    /// 20, 30, … 90.
    Tens(i64),
    /// مئة.
    Hundred,
    /// مئات, which needs a number before it.
    SomeHundreds,
    /// 200, 300, … 900.
    Hundreds(i64),
    /// 12 and the powers of a thousand.
    Scale(i64, Form),
    /// الأول … العاشر.
    Nth(i64),
    /// الحادي, which needs عشر or «والعشرون».
    BoundNth,
    /// So many parts of so many: نصف is 1 of 2, ثلثا 2 of 3.
    Part(i64, i64),
    /// أرباع, which needs a number before it.
    Parts(i64),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    /// مليون
    Single,
    /// مليونان, مليونين, مليوني
    Dual,
    /// ألفا: the accusative of one after eleven to ninety-nine, or two before a noun.
    SingleOrDual,
    /// ملايين
    Plural,
}

/// The sense of a folded word without proclitics.
pub(super) fn sense(word: &str) -> Option<Sense> {
    let ends = (letter(word.chars().next()?)?, letter(word.chars().next_back()?)?);
    if ENDS[ends.0] & 1 << ends.1 == 0 {
        return None;
    }
    SENSES.get(word).copied()
}

/// For each first letter the last letters that a word of the table has, as bits: most words of a text fail here.
static ENDS: LazyLock<[u64; 64]> = LazyLock::new(|| {
    let mut ends = [0; 64];
    for word in SENSES.keys() {
        let mut letters = word.chars().filter_map(letter);
        if let Some(first) = letters.next() {
            ends[first] |= 1 << letters.next_back().unwrap_or(first);
        }
    }
    ends
});

/// The place of an Arabic letter in its block of 64.
fn letter(c: char) -> Option<usize> {
    let place = u32::from(c).wrapping_sub(0x620);
    (place < 64).then_some(place as usize)
}

static SENSES: LazyLock<HashMap<&str, Sense>> = LazyLock::new(|| {
    let mut senses = HashMap::new();
    for (words, sense) in WORDS {
        senses.extend(words.split(' ').map(|word| (word, *sense)));
    }
    senses
});

const THOUSAND: i64 = 1_000;
const MILLION: i64 = 1_000_000;
const MILLIARD: i64 = 1_000_000_000;
const BILLION: i64 = 1_000_000_000_000;
const BILLIARD: i64 = 1_000_000_000_000_000;

/// بليون is a thousand million, as everywhere in the press of the Arab East and in that of today's Maghreb.
const WORDS: &[(&str, Sense)] = &[
    ("صفر", Sense::Zero),
    ("واحد واحده واحدا", Sense::Unit(1)),
    ("اثنان اثنين اثنتان اثنتين اتنين", Sense::Unit(2)),
    ("ثلاث ثلاثه ثلاثا", Sense::Unit(3)),
    ("اربع اربعه اربعا", Sense::Unit(4)),
    ("خمس خمسه خمسا", Sense::Unit(5)),
    ("ست سته ستا", Sense::Unit(6)),
    ("سبع سبعه سبعا", Sense::Unit(7)),
    ("ثمان ثماني ثمانيه ثمانيا", Sense::Unit(8)),
    ("تسع تسعه تسعا", Sense::Unit(9)),
    ("احد احدي", Sense::Bound(1)),
    ("اثنا اثني اثنتا اثنتي", Sense::Bound(2)),
    ("عشر عشره", Sense::Ten),
    ("عشرون عشرين", Sense::Tens(20)),
    ("ثلاثون ثلاثين", Sense::Tens(30)),
    ("اربعون اربعين", Sense::Tens(40)),
    ("خمسون خمسين", Sense::Tens(50)),
    ("ستون ستين", Sense::Tens(60)),
    ("سبعون سبعين", Sense::Tens(70)),
    ("ثمانون ثمانين", Sense::Tens(80)),
    ("تسعون تسعين", Sense::Tens(90)),
    ("مايه ميه", Sense::Hundred),
    ("ميات مييات", Sense::SomeHundreds),
    ("مايتان مايتين مايتا مايتي ميتان ميتين ميتا ميتي", Sense::Hundreds(200)),
    ("ثلاثمايه ثلاثميه", Sense::Hundreds(300)),
    ("اربعمايه اربعميه", Sense::Hundreds(400)),
    ("خمسمايه خمسميه", Sense::Hundreds(500)),
    ("ستمايه ستميه", Sense::Hundreds(600)),
    ("سبعمايه سبعميه", Sense::Hundreds(700)),
    ("ثمانمايه ثمانميه ثمانيمايه ثمانيميه", Sense::Hundreds(800)),
    ("تسعمايه تسعميه", Sense::Hundreds(900)),
    ("دزينه دسته درزن", Sense::Scale(12, Form::Single)),
    ("دزينتان دزينتين دستتان دستتين", Sense::Scale(12, Form::Dual)),
    ("دزينات دستات درازن", Sense::Scale(12, Form::Plural)),
    ("الف", Sense::Scale(THOUSAND, Form::Single)),
    ("الفا", Sense::Scale(THOUSAND, Form::SingleOrDual)),
    ("الفان الفين الفي", Sense::Scale(THOUSAND, Form::Dual)),
    ("الاف", Sense::Scale(THOUSAND, Form::Plural)),
    ("مليون", Sense::Scale(MILLION, Form::Single)),
    ("مليونا", Sense::Scale(MILLION, Form::SingleOrDual)),
    ("مليونان مليونين مليوني", Sense::Scale(MILLION, Form::Dual)),
    ("ملايين مليونات", Sense::Scale(MILLION, Form::Plural)),
    ("مليار بليون", Sense::Scale(MILLIARD, Form::Single)),
    ("مليارا بليونا", Sense::Scale(MILLIARD, Form::SingleOrDual)),
    ("ملياران مليارين ملياري بليونان بليونين بليوني", Sense::Scale(MILLIARD, Form::Dual)),
    ("مليارات بلايين", Sense::Scale(MILLIARD, Form::Plural)),
    ("تريليون ترليون", Sense::Scale(BILLION, Form::Single)),
    ("تريليونا ترليونا", Sense::Scale(BILLION, Form::SingleOrDual)),
    ("تريليونان تريليونين تريليوني ترليونان ترليونين ترليوني", Sense::Scale(BILLION, Form::Dual)),
    ("تريليونات ترليونات", Sense::Scale(BILLION, Form::Plural)),
    ("كوادريليون كدريليون", Sense::Scale(BILLIARD, Form::Single)),
    ("حادي حاديه", Sense::BoundNth),
    ("اول اولي", Sense::Nth(1)),
    ("ثاني ثانيه ثان", Sense::Nth(2)),
    ("ثالث ثالثه", Sense::Nth(3)),
    ("رابع رابعه", Sense::Nth(4)),
    ("خامس خامسه", Sense::Nth(5)),
    ("سادس سادسه", Sense::Nth(6)),
    ("سابع سابعه", Sense::Nth(7)),
    ("ثامن ثامنه", Sense::Nth(8)),
    ("تاسع تاسعه", Sense::Nth(9)),
    ("عاشر عاشره", Sense::Nth(10)),
    ("نصف", Sense::Part(1, 2)),
    ("ثلث", Sense::Part(1, 3)),
    ("ثلثا ثلثي ثلثان ثلثين", Sense::Part(2, 3)),
    ("ربع", Sense::Part(1, 4)),
    ("خمسي خمسان", Sense::Part(2, 5)),
    ("سدس", Sense::Part(1, 6)),
    ("انصاف", Sense::Parts(2)),
    ("اثلاث", Sense::Parts(3)),
    ("ارباع", Sense::Parts(4)),
    ("اخماس", Sense::Parts(5)),
    ("اسداس", Sense::Parts(6)),
    ("اسباع", Sense::Parts(7)),
    ("اثمان", Sense::Parts(8)),
    ("اتساع", Sense::Parts(9)),
    ("اعشار", Sense::Parts(10)),
];

/// Words that a stripped proclitic would make a number of: لست is «I am not», not «for six».
pub(super) const NOT_NUMBERS: &[&str] = &["لست", "ولست", "فلست", "الست", "كست", "بست", "فست", "بسبع", "وسع", "كسبع"];

/// Months of the Levant and of the Hijri year that end with an ordinal.
pub(super) const MONTHS_WITH_ORDINALS: &[&str] = &["تشرين", "كانون", "ربيع", "جمادي", "جماد"];

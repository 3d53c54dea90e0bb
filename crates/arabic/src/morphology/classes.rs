//! What may stand beside which stem? The classes that the maker of the tables and their reader agree on.
//!
//! A stem carries a set of ending groups ([`Groups`]); an ending of [`ENDINGS`] belongs to one group. What may stand
//! before a stem follows from its [`Kind`].

/// A set of ending groups, one bit each.
pub(super) type Groups = u32;

/// Nothing, and no pronoun follows.
pub(super) const BARE: Groups = 1;
/// Nothing, and a pronoun follows.
pub(super) const BEFORE_PRONOUN: Groups = 1 << 1;
/// The alef of the indefinite accusative.
pub(super) const TANWIN: Groups = 1 << 2;
/// ان and ين of two, without nun before another noun or a pronoun.
pub(super) const DUAL: Groups = 1 << 3;
/// ة, ت before a pronoun, تان and تين.
pub(super) const FEMININE: Groups = 1 << 4;
/// ات
pub(super) const FEMININE_PLURAL: Groups = 1 << 5;
/// ون and ين, without nun before another noun or a pronoun.
pub(super) const MASCULINE_PLURAL: Groups = 1 << 6;
/// Past: ت of «she», تا of two.
pub(super) const PAST_SHE: Groups = 1 << 7;
/// Past: ا of two.
pub(super) const PAST_TWO: Groups = 1 << 8;
/// Past: وا.
pub(super) const PAST_THEY: Groups = 1 << 9;
/// Past: endings that begin with a consonant.
pub(super) const PAST_CONSONANT: Groups = 1 << 10;
/// Present: ون وا ين ي.
pub(super) const PRESENT_THEY: Groups = 1 << 11;
/// Present: ان ا.
pub(super) const PRESENT_TWO: Groups = 1 << 12;
/// Present: ن of the feminine plural.
pub(super) const PRESENT_WOMEN: Groups = 1 << 13;
/// Imperative: وا ي ا.
pub(super) const IMPERATIVE: Groups = 1 << 14;

/// What a stem is, as far as its neighbours are concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Kind {
    /// A noun, adjective or number: prepositions and the article stand before it.
    Nominal,
    /// A name: prepositions, and the article when it has one of its own.
    Name,
    /// A past stem.
    Past,
    /// A present stem, after ي ت ن or أ.
    Present,
    /// A present stem that has swallowed its أ: آخذ.
    PresentWhole,
    /// An imperative.
    Imperative,
    /// A preposition: conjunctions before, pronouns after.
    Preposition,
    /// A conjunction or particle that takes pronouns: إن.
    Governor,
    /// A pronoun, demonstrative or relative, or a conjunction after a preposition: بهذا، بأن، بما.
    Pronoun,
    /// Any other small word: only و and ف before it.
    Particle,
}

impl Kind {
    /// The kind with this number.
    pub(super) fn from_number(number: u8) -> Kind {
        use Kind::*;
        const ALL: [Kind; 10] =
            [Nominal, Name, Past, Present, PresentWhole, Imperative, Preposition, Governor, Pronoun, Particle];
        ALL.get(usize::from(number)).copied().unwrap_or(Particle)
    }
}

/// The part of speech of a lemma.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Pos {
    /// A noun, verbal nouns included.
    Noun,
    /// An adjective, participles and nisbas included.
    Adjective,
    /// A verb.
    Verb,
    /// A name of a person, place or organisation.
    Name,
    /// A number written in words.
    Number,
    /// A preposition.
    Preposition,
    /// A conjunction.
    Conjunction,
    /// A personal pronoun.
    Pronoun,
    /// A demonstrative.
    Demonstrative,
    /// A relative pronoun.
    Relative,
    /// A determiner: كل، بعض، معظم.
    Determiner,
    /// An adverb.
    Adverb,
    /// A verb that is none: ليس.
    Auxiliary,
    /// Any other small word: لا، قد، هل.
    Particle,
    /// An exclamation.
    Interjection,
    /// A word that the lexicon does not know.
    Unknown,
}

impl Pos {
    /// The part of speech with this number.
    pub(super) fn from_number(number: u8) -> Pos {
        use Pos::*;
        const ALL: [Pos; 15] = [
            Noun,
            Adjective,
            Verb,
            Name,
            Number,
            Preposition,
            Conjunction,
            Pronoun,
            Demonstrative,
            Relative,
            Determiner,
            Adverb,
            Auxiliary,
            Particle,
            Interjection,
        ];
        ALL.get(usize::from(number)).copied().unwrap_or(Unknown)
    }
}

/// The article belongs to the word: الصين، الذي. Without it the reading is less likely, or none.
pub(super) const OWN_ARTICLE: u8 = 1;
/// Without its article the word does not exist.
pub(super) const ARTICLE_NEEDED: u8 = 2;
/// The article cannot stand before it.
pub(super) const NO_ARTICLE: u8 = 4;
/// An adjective, which seldom bears a pronoun.
pub(super) const ADJECTIVE: u8 = 8;

/// Byte lengths of the parts of the packed tables, see `generate::pack`.
pub(super) const HEADER: usize = 16;
pub(super) const ENTRY: usize = 16;
pub(super) const LEMMA: usize = 8;

/// How a stem without marks is found: a hash of its folded letters, one step.
pub(super) fn hash_step(hash: u32, folded: u8) -> u32 {
    (hash ^ u32::from(folded)).wrapping_mul(0x0100_0193).rotate_left(5)
}

/// Where the hash begins and how it ends.
pub(super) const HASH_START: u32 = 0x811c_9dc5;

/// A slot of the hash holds the number of a stem, counted from one, in its lower bits and a tag of the hash above.
pub(super) const SLOT_NUMBER: u32 = (1 << 20) - 1;

/// Mixes the upper bits into the lower ones, which choose the slot.
pub(super) fn hash_end(hash: u32) -> u32 {
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    mixed ^ (mixed >> 13)
}

/// The code of an Arabic letter without marks: its place after U+0620, or past those the four letters of foreign sounds.
pub(super) fn code(c: char) -> Option<u8> {
    match c {
        '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' => u8::try_from(u32::from(c) - 0x0620).ok(),
        'پ' => Some(43),
        'چ' => Some(44),
        'ژ' => Some(45),
        'ڤ' => Some(46),
        _ => None,
    }
}

/// The letter of a code.
pub(super) fn letter(code: u8) -> char {
    match code {
        43 => 'پ',
        44 => 'چ',
        45 => 'ژ',
        46 => 'ڤ',
        _ => char::from_u32(0x0620 + u32::from(code)).unwrap_or('ا'),
    }
}

/// The code as stems are looked up: without hamza on its carrier, ى as ي and ة as ه.
pub(super) fn folded(code: u8) -> u8 {
    match code {
        2 | 3 | 5 => 7, // آ أ إ → ا
        4 => 40,        // ؤ → و
        6 | 41 => 42,   // ئ ى → ي
        9 => 39,        // ة → ه
        _ => code,
    }
}

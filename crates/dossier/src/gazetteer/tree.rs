//! Which known names begin at this word?
//!
//! All names are rows of folded words, kept in one tree; the words are numbered first, so that a step in the tree is a
//! question for two numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::{EntityNumber, Gender};
use crate::reading::Reading;

/// The number of a folded word that stands in some name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct WordId(u32);

/// What a row of words stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A name as the files write it.
    Name(EntityNumber),
    /// A variant of a name that rules made.
    Variant(EntityNumber),
    /// A short name that stands alone.
    Famous(EntityNumber),
    /// A short name that needs the full one.
    Short(EntityNumber),
    /// The adjective of a state or place.
    Nisba { of: EntityNumber, form: Flat },
    /// The title of an office, by its row.
    Office { office: u16, form: Flat },
}

/// Gender, number and whether the article is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flat {
    pub(crate) gender: Gender,
    /// 1, 2 or 3 for more.
    pub(crate) number: u8,
    pub(crate) definite: bool,
}

/// A use and how its Latin letters must be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) uses: Use,
    /// Whether the words may as well be ordinary ones, so that something in the text must speak for the name.
    pub(crate) doubtful: bool,
    case: Case,
}

/// What a name demands of the letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// No Latin letters, or none of weight.
    Any,
    /// The first letter is a capital: Jordan.
    First,
    /// All are: UN.
    All,
}

#[derive(Debug, Default)]
pub(crate) struct Tree {
    words: HashMap<Box<str>, u32, Quick>,
    steps: HashMap<(u32, u32), u32, Quick>,
    /// The forms, those that end at the same node beside one another.
    forms: Vec<Form>,
    /// Where those of each node begin in `forms`, and one more.
    starts: Vec<u32>,
}

/// A [`Tree`] that grows.
#[derive(Default)]
pub(crate) struct Seedling {
    words: HashMap<Box<str>, u32, Quick>,
    steps: HashMap<(u32, u32), u32, Quick>,
    /// The forms with the nodes at which they end, in the order in which they came.
    ends: Vec<(u32, Form)>,
    /// Whether the whole name of an entity ends at a node.
    named: Vec<bool>,
}

impl Seedling {
    /// One that is about to get the names of so many entities.
    pub(crate) fn new(entities: usize) -> Seedling {
        let mut seedling = Seedling { named: vec![false], ..Seedling::default() };
        seedling.words.reserve(3 * entities);
        seedling.steps.reserve(6 * entities);
        seedling.ends.reserve(8 * entities);
        seedling
    }

    /// Adds a name that is nothing else.
    pub(crate) fn add(&mut self, name: &str, uses: Use) {
        self.add_doubtful(name, uses, false);
    }

    /// Adds a name.
    pub(crate) fn add_doubtful(&mut self, name: &str, uses: Use, doubtful: bool) {
        if let Some(node) = self.node(name) {
            self.end(node, name, uses, doubtful);
        }
    }

    /// Adds a name unless an entity has it already.
    pub(crate) fn add_new(&mut self, name: &str, uses: Use, doubtful: impl FnOnce() -> bool) {
        if let Some(node) = self.node(name).filter(|&node| !self.named[node as usize]) {
            self.end(node, name, uses, doubtful());
        }
    }

    fn end(&mut self, node: u32, name: &str, uses: Use, doubtful: bool) {
        self.named[node as usize] |= !matches!(uses, Use::Office { .. });
        self.ends.push((node, Form { uses, doubtful, case: case(name) }));
    }

    /// The node at which `name` ends, which is made where there is none; none for a name without words.
    fn node(&mut self, name: &str) -> Option<u32> {
        let reading = Reading::new(name);
        let mut node = 0;
        for at in 0..reading.words.len() {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let word = match self.words.get(reading.folded(at)) {
                Some(&word) => word,
                None => *self.words.entry(reading.folded(at).into()).or_insert(next),
            };
            let next = u32::try_from(self.named.len()).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, word)).or_insert(next);
            if node == next {
                self.named.push(false);
            }
        }
        (node != 0).then_some(node)
    }

    /// The tree, in which every form stands once at its node, as it came first.
    pub(crate) fn grown(self) -> Tree {
        let Seedling { words, steps, mut ends, named } = self;
        ends.sort_by_key(|(node, _)| *node);
        let mut forms: Vec<Form> = Vec::with_capacity(ends.len());
        let mut starts = Vec::with_capacity(named.len() + 1);
        let mut ends = ends.into_iter().peekable();
        for node in (0..).take(named.len()) {
            let first = forms.len();
            starts.push(u32::try_from(first).unwrap_or(u32::MAX));
            while let Some((_, form)) = ends.next_if(|(at, _)| *at == node) {
                let is_known = forms[first..].iter().any(|known| match (known.uses, form.uses) {
                    (Use::Name(a), Use::Name(b) | Use::Variant(b)) => a == b,
                    (a, b) => a == b,
                });
                if !is_known {
                    forms.push(form);
                }
            }
        }
        starts.push(u32::try_from(forms.len()).unwrap_or(u32::MAX));
        Tree { words, steps, forms, starts }
    }
}

impl Tree {
    /// The number of a folded word.
    pub(crate) fn word(&self, folded: &str) -> Option<WordId> {
        self.words.get(folded).copied().map(WordId)
    }

    /// The node that `word` leads to from `node`; the root is 0.
    pub(crate) fn step(&self, node: u32, word: WordId) -> Option<u32> {
        self.steps.get(&(node, word.0)).copied()
    }

    /// The forms that end at `node`.
    pub(crate) fn ends(&self, node: u32) -> &[Form] {
        let (from, to) = (self.starts[node as usize], self.starts[node as usize + 1]);
        &self.forms[from as usize..to as usize]
    }

    /// Whose whole name this is, the names before variants before short names.
    pub(crate) fn find(&self, name: &str) -> Vec<EntityNumber> {
        let reading = Reading::new(name);
        let mut node = 0;
        for at in 0..reading.words.len() {
            let Some(next) = self.word(reading.folded(at)).and_then(|word| self.step(node, word)) else {
                return Vec::new();
            };
            node = next;
        }
        let mut found: Vec<(u8, EntityNumber)> = Vec::new();
        for form in self.ends(node) {
            found.extend(match form.uses {
                Use::Name(entity) => Some((0, entity)),
                Use::Famous(entity) => Some((1, entity)),
                Use::Variant(entity) => Some((2, entity)),
                Use::Nisba { of, .. } => Some((3, of)),
                Use::Short(entity) => Some((4, entity)),
                Use::Office { .. } => None,
            });
        }
        found.sort();
        let mut entities: Vec<EntityNumber> = Vec::new();
        for (_, entity) in found {
            if !entities.contains(&entity) {
                entities.push(entity);
            }
        }
        entities
    }

    pub(crate) fn bytes(&self) -> usize {
        let words: usize = self.words.keys().map(|word| word.len() + 24).sum();
        // A table of hashes is at most seven eighths full.
        words * 8 / 7 + self.steps.capacity() * 13 + self.forms.len() * size_of::<Form>() + self.starts.len() * 4
    }
}

impl Form {
    /// Whether the letters of `text` are written as this name demands.
    pub(crate) fn is_written(&self, text: &str) -> bool {
        let mut letters = text.chars().filter(|c| c.is_ascii_alphabetic());
        match self.case {
            Case::Any => true,
            Case::First => letters.next().is_some_and(|c| c.is_ascii_uppercase()),
            Case::All => letters.all(|c| c.is_ascii_uppercase()),
        }
    }
}

fn case(name: &str) -> Case {
    let mut letters = name.chars().filter(|c| c.is_ascii_alphabetic()).peekable();
    match letters.peek().copied() {
        None => Case::Any,
        Some(c) if c.is_ascii_lowercase() => Case::Any,
        Some(_) if letters.all(|c| c.is_ascii_uppercase()) => Case::All,
        Some(_) => Case::First,
    }
}

/// A quick hash for short keys of our own making: a text can only ask the tables, never fill them.
pub(crate) type Quick = BuildHasherDefault<QuickHasher>;

#[derive(Default)]
pub(crate) struct QuickHasher(u64);

impl QuickHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        }
        let rest = chunks.remainder();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }

    fn write_u8(&mut self, n: u8) {
        self.mix(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.mix(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.mix(n);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

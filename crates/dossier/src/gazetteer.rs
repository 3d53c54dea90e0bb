//! Whom and what do we know, under which names, and who held which office when?
//!
//! A [`Gazetteer`] is a list of [`Entity`]s, read once from text files that people can read and correct (see
//! [`parse`](Gazetteer::parse) for their form), and made ready for two uses: [`find`](Gazetteer::find) says whom a
//! spelling may mean, and [`crate::mentions`] finds all known names in a running text.
//!
//! ```
//! use dossier::gazetteer::{Day, Gazetteer, Kind};
//!
//! let known = Gazetteer::built_in();
//! let china = known.by_id("china").unwrap();
//! assert_eq!(known.entity(china).kind, Kind::State);
//! assert_eq!(known.entity(china).wikidata.as_deref(), Some("Q148"));
//!
//! let holder = known.holder(china, "president", Day::new(2020, 10, 23)).unwrap();
//! assert_eq!(known.entity(holder).id, "xi-jinping");
//! assert!(known.find("شي جينبينغ").contains(&holder));
//! ```

mod read;
mod spelling;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use arabic::fold::{Fold, fold};
pub use read::Complaint;
pub(crate) use read::is_common;
use spelling::Sounds;
pub(crate) use tree::{Flat, Form, Quick, QuickHasher, Tree, Use, WordId};

/// The number of an entity in its gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityNumber(pub u32);

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A human being.
    Person,
    /// A state, or a land with a government of its own.
    State,
    /// A body: of states, a ministry, a company, a movement, a club.
    Organisation,
    /// A city, region, river, building.
    Place,
}

impl Kind {
    /// The word of the contract: `person`, `state`, `organisation`, `place`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::State => "state",
            Kind::Organisation => "organisation",
            Kind::Place => "place",
        }
    }
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// He.
    Masculine,
    /// She.
    Feminine,
}

/// A day of the Gregorian calendar, or a month or year where the rest is zero. It is compared as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Day {
    /// The year.
    pub year: i32,
    /// The month from 1, or 0 when only the year is known.
    pub month: u8,
    /// The day from 1, or 0 when only month or year are known.
    pub day: u8,
}

impl Day {
    /// The day `year`-`month`-`day`; nothing is checked.
    pub const fn new(year: i32, month: u8, day: u8) -> Day {
        Day { year, month, day }
    }

    /// Reads `2020`, `2020-10` or `2020-10-23`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let mut small = |most: u8| match parts.next() {
            None => Some(0),
            Some(part) => part.parse().ok().filter(|number| (1..=most).contains(number)),
        };
        let day = Day { year, month: small(12)?, day: small(31)? };
        parts.next().is_none().then_some(day)
    }
}

/// A name in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// `ar`, `en`, `zh`.
    pub language: &'static str,
    /// As it is written.
    pub text: String,
}

/// An office that an entity holds or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The id of the office, a row of `offices.txt`: `president`.
    pub office: String,
    /// The state or body.
    pub of: EntityNumber,
    /// The first day, or as much of it as is known.
    pub from: Option<Day>,
    /// The last day; none when unknown or not come.
    pub to: Option<Day>,
    /// Whether the office is held to this day, as far as the file knows.
    pub open: bool,
}

impl Role {
    /// Whether the office was held on `day`, as far as the dates tell. The last day counts; a month or year counts as
    /// a whole; what is unknown on both sides is not held.
    pub fn held_on(&self, day: Day) -> bool {
        let begun = self.from.is_some_and(|from| from <= day);
        let over = match self.to {
            Some(to) if to.month == 0 => to.year < day.year,
            Some(to) if to.day == 0 => (to.year, to.month) < (day.year, day.month),
            Some(to) => to < day,
            None => !self.open,
        };
        begun && !over
    }
}

/// Somebody or something that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its slug, unique in the gazetteer: `xi-jinping`.
    pub id: String,
    /// Its item in Wikidata, where it is known for sure.
    pub wikidata: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its names, in each language the preferred one first.
    pub names: Vec<Name>,
    /// The nisba of a state or place as masculine singular without article: «صيني»; empty when it has none.
    pub nisba: Vec<String>,
    /// The capital of a state.
    pub capital: Option<EntityNumber>,
    /// The state or body that it belongs to.
    pub within: Option<EntityNumber>,
    /// The office whose holder leads the state: who «الزعيم الروسي» is.
    pub leader: Option<String>,
    /// Its offices.
    pub roles: Vec<Role>,
    /// The gender of a person, where the file says or a woman's office tells.
    pub gender: Option<Gender>,
}

impl Entity {
    /// The preferred name in `language`, else in Arabic, else any.
    pub fn name(&self, language: &str) -> &str {
        let first = |language: &str| self.names.iter().find(|name| name.language == language);
        let name = first(language).or_else(|| first("ar")).or_else(|| self.names.first());
        name.map_or(&self.id, |name| &name.text)
    }
}

/// An office by its titles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Office {
    pub(crate) id: String,
    /// Titles of its holders, without article where they can have one.
    pub(crate) titles: Vec<String>,
    /// Titles of women.
    pub(crate) her_titles: Vec<String>,
    /// Whether it stands for whoever leads the state: «الزعيم».
    pub(crate) is_leader: bool,
}

/// What is known, ready to be asked. It never changes; build another to know more.
#[derive(Debug)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    by_id: HashMap<String, EntityNumber>,
    /// Who holds or held an office of an entity.
    holders: HashMap<(EntityNumber, u16), Vec<EntityNumber>>,
    offices: Vec<Office>,
    tree: Tree,
    /// All but persons, whom texts ask for.
    by_sound: OnceLock<Sounds>,
    persons_by_sound: OnceLock<Sounds>,
}

static BUILT_IN: LazyLock<Gazetteer> = LazyLock::new(|| {
    let (gazetteer, complaints) = Gazetteer::parse(FILES);
    debug_assert!(complaints.is_empty(), "{complaints:?}");
    gazetteer
});

/// The files that ship, by name. Later ones may speak of the entities of earlier ones.
pub const FILES: &[(&str, &str)] = &[
    ("offices.txt", include_str!("../data/offices.txt")),
    ("states.txt", include_str!("../data/states.txt")),
    ("cities.txt", include_str!("../data/cities.txt")),
    ("bodies.txt", include_str!("../data/bodies.txt")),
    ("people.txt", include_str!("../data/people.txt")),
    ("places.txt", include_str!("../data/places.txt")),
    ("more-people.txt", include_str!("../data/more-people.txt")),
];

impl Gazetteer {
    /// What ships with the program, read at the first call.
    pub fn built_in() -> &'static Gazetteer {
        &BUILT_IN
    }

    /// Reads files, given as pairs of their name and text; what could not be read is complained of, with file and
    /// line, and left out. A later line about a known `id` adds to it, so that a site can put its own file after the
    /// [`FILES`] that ship.
    ///
    /// A line `[state]`, `[person]`, `[organisation]`, `[place]` or `[office]` says what the following lines are. Each
    /// has up to four columns, parted by `|`: the names in Arabic, in Latin letters, in Chinese characters, and facts.
    /// Within a column `;` parts. `#` begins a comment.
    ///
    /// ```text
    /// [state]
    /// الصين; جمهورية الصين الشعبية | China; PRC | 中国 | wd Q148; nisba صيني; capital beijing; leader president
    /// [person]
    /// شي جين بينغ | Xi Jinping | 习近平 | wd Q15031; short شي; president china 2013-03-14..
    /// [office]
    /// رئيس; رئيس الجمهورية | president | | id president; she رئيسة
    /// ```
    ///
    /// | fact | meaning |
    /// |---|---|
    /// | `id` | the slug; made from the Latin name when it is missing |
    /// | `wd` | the item in Wikidata |
    /// | `nisba` | the adjective, masculine singular, without article |
    /// | `people` | an irregular plural of the nisba: `people روس` |
    /// | `demonym` | the adjective in English |
    /// | `capital`, `in`, `leader` | an id; an id; an office |
    /// | `short` | a name that means this person once the full name was read |
    /// | `famous` | a name that means this person alone, without the full name |
    /// | `she` | of a person: a woman; of an office: the titles of a woman |
    /// | `leads` | of an office: whoever leads the state |
    /// | OFFICE ID FROM..TO | an office of a state or body; days, months or years; open at the end: still held |
    pub fn parse(files: &[(&str, &str)]) -> (Gazetteer, Vec<Complaint>) {
        read::read(files)
    }

    /// How many entities there are.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// The entity with this number, which came from this gazetteer.
    pub fn entity(&self, number: EntityNumber) -> &Entity {
        &self.entities[number.0 as usize]
    }

    /// All entities with their numbers.
    pub fn entities(&self) -> impl Iterator<Item = (EntityNumber, &Entity)> {
        (0..).map(EntityNumber).zip(&self.entities)
    }

    /// The entity with the slug `id`.
    pub fn by_id(&self, id: &str) -> Option<EntityNumber> {
        self.by_id.get(id).copied()
    }

    /// Who held `office` of the state or body `of` on `day`: nobody when two are said to have.
    pub fn holder(&self, of: EntityNumber, office: &str, day: Day) -> Option<EntityNumber> {
        let number = u16::try_from(self.offices.iter().position(|known| known.id == office)?).ok()?;
        let mut found = None;
        for &person in self.holders.get(&(of, number))? {
            let holds = |role: &Role| role.of == of && role.office == office && role.held_on(day);
            // The newer of two on the day of a change.
            let held = self.entity(person).roles.iter().filter(|role| holds(role));
            let Some(role) = held.max_by_key(|role| role.from) else { continue };
            match found {
                Some((_, from)) if from > role.from => {}
                Some((other, from)) if from == role.from && other != person => return None,
                _ => found = Some((person, role.from)),
            }
        }
        found.map(|(person, _)| person)
    }

    /// Who led the state `of` on `day`, by the office that its line names.
    pub fn leader(&self, of: EntityNumber, day: Day) -> Option<EntityNumber> {
        self.holder(of, self.entity(of).leader.as_deref()?, day)
    }

    /// Whom or what a spelling of a whole name may mean, the nearest first: as it is written in the files, hamza, ى, ة,
    /// harakat and case aside, or in a generated variant; else by its sound; else with one letter misprinted. Empty when
    /// nothing is known.
    pub fn find(&self, name: &str) -> Vec<EntityNumber> {
        let exact = self.tree.find(name);
        if !exact.is_empty() {
            return exact;
        }
        let sounding = self.find_by_sound(name);
        if !sounding.is_empty() {
            return sounding;
        }
        self.find_misprinted(name)
    }

    /// The one entity whose name differs from `name` by a letter, where names are long enough for that to tell. It
    /// reads all names: for a question, not for a text.
    fn find_misprinted(&self, name: &str) -> Vec<EntityNumber> {
        let wanted: Vec<char> = fold(name, Fold::KEY).chars().collect();
        if wanted.len() < spelling::LEAST_MISPRINTED || wanted.len() > arabic::names::MAX_NAME_CHARS {
            return Vec::new();
        }
        let is_near = |entity: &Entity| {
            entity.names.iter().any(|known| spelling::is_misprint(&fold(&known.text, Fold::KEY), &wanted))
        };
        let mut found = self.entities().filter(|(_, entity)| is_near(entity)).map(|(number, _)| number);
        match (found.next(), found.next()) {
            (Some(one), None) => vec![one],
            _ => Vec::new(),
        }
    }

    /// Whom or what a name may mean by its sound alone, in any script.
    pub fn find_by_sound(&self, name: &str) -> Vec<EntityNumber> {
        let others = self.by_sound.get_or_init(|| spelling::by_sound(&self.entities, |kind| kind != Kind::Person));
        spelling::find_by_sound(&[self.persons_by_sound(), others], &self.entities, name)
    }

    /// The persons whom a name may mean by its sound alone.
    pub(crate) fn find_person_by_sound(&self, name: &str) -> Vec<EntityNumber> {
        spelling::find_by_sound(&[self.persons_by_sound()], &self.entities, name)
    }

    fn persons_by_sound(&self) -> &Sounds {
        self.persons_by_sound.get_or_init(|| spelling::by_sound(&self.entities, |kind| kind == Kind::Person))
    }

    /// About how many bytes of memory it takes.
    pub fn bytes(&self) -> usize {
        let names = |entity: &Entity| entity.names.iter().map(|name| name.text.capacity() + 40).sum::<usize>();
        let entities: usize = self.entities.iter().map(|entity| size_of::<Entity>() + names(entity) + 80).sum();
        let sounds = self.by_sound.get().into_iter().chain(self.persons_by_sound.get());
        let sounds: usize = sounds.flat_map(|sounds| sounds.values()).map(|of| of.len() * 4 + 48).sum();
        entities + self.tree.bytes() + sounds
    }

    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }

    pub(crate) fn offices(&self) -> &[Office] {
        &self.offices
    }
}

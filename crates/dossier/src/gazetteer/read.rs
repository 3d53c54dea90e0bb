//! How are the files of a gazetteer read?

use std::collections::{HashMap, HashSet};

use arabic::fold::{Fold, fold};

use super::spelling::{joined, variants};
use super::tree::{Flat, Seedling, Tree, Use};
use super::{Day, Entity, EntityNumber, Gazetteer, Gender, Kind, Name, Office, Role};

/// What was wrong with a line, which was left out in whole or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, for people.
    pub what: String,
}

/// What a line told that can only be understood when all lines are read.
struct Later<'a> {
    entity: EntityNumber,
    place: (&'a str, usize),
    fact: &'a str,
}

/// Names that are only used to find an entity, not shown.
#[derive(Default)]
struct Forms<'a> {
    short: Vec<(&'a str, EntityNumber)>,
    famous: Vec<(&'a str, EntityNumber)>,
    people: Vec<(&'a str, EntityNumber)>,
}

#[derive(Default)]
struct Reader<'a> {
    entities: Vec<Entity>,
    by_id: HashMap<String, EntityNumber>,
    offices: Vec<Office>,
    forms: Forms<'a>,
    later: Vec<Later<'a>>,
    complaints: Vec<Complaint>,
}

pub(super) fn read(files: &[(&str, &str)]) -> (Gazetteer, Vec<Complaint>) {
    let mut reader = Reader::default();
    for (file, text) in files {
        reader.read_file(file, text);
    }
    reader.settle();
    let holders = reader.holders();
    let tree = reader.tree();
    let Reader { entities, by_id, offices, complaints, .. } = reader;
    (
        Gazetteer {
            entities,
            by_id,
            holders,
            offices,
            tree,
            by_sound: Default::default(),
            persons_by_sound: Default::default(),
        },
        complaints,
    )
}

/// What the lines after a header are.
#[derive(Clone, Copy)]
enum Section {
    Entities(Kind),
    Offices,
}

impl<'a> Reader<'a> {
    fn read_file(&mut self, file: &'a str, text: &'a str) {
        let mut section = None;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            match line {
                "" => {}
                "[person]" => section = Some(Section::Entities(Kind::Person)),
                "[state]" => section = Some(Section::Entities(Kind::State)),
                "[organisation]" => section = Some(Section::Entities(Kind::Organisation)),
                "[place]" => section = Some(Section::Entities(Kind::Place)),
                "[office]" => section = Some(Section::Offices),
                _ => match section {
                    Some(Section::Entities(kind)) => self.read_entity(kind, line, (file, number)),
                    Some(Section::Offices) => self.read_office(line, (file, number)),
                    None => self.complain((file, number), "no line like [person] stands before it"),
                },
            }
        }
    }

    fn complain(&mut self, (file, line): (&str, usize), what: &str) {
        self.complaints.push(Complaint { file: file.to_owned(), line, what: what.to_owned() });
    }

    fn read_office(&mut self, line: &str, place: (&str, usize)) {
        let mut office = Office::default();
        let mut columns = line.split('|');
        for column in columns.by_ref().take(2) {
            office.titles.extend(parts(column).map(str::to_owned));
        }
        for fact in columns.flat_map(parts) {
            match fact.split_once(' ').unwrap_or((fact, "")) {
                ("id", id) => office.id = id.to_owned(),
                ("she", title) => office.her_titles.push(title.to_owned()),
                ("leads", _) => office.is_leader = true,
                _ => self.complain(place, &format!("«{fact}» is no fact about an office")),
            }
        }
        if office.id.is_empty() {
            self.complain(place, "an office needs an id");
        } else if self.offices.iter().any(|known| known.id == office.id) {
            self.complain(place, "this office is known already");
        } else {
            self.offices.push(office);
        }
    }

    fn read_entity(&mut self, kind: Kind, line: &'a str, place: (&'a str, usize)) {
        let columns: Vec<&str> = line.split('|').collect();
        let [arabic, latin, chinese, facts] = std::array::from_fn(|at| columns.get(at).copied().unwrap_or_default());
        if columns.len() > 4 {
            return self.complain(place, "more than four columns");
        }
        let stated = parts(facts).find_map(|fact| fact.strip_prefix("id ")).map(str::trim);
        let first = parts(latin).chain(parts(arabic)).chain(parts(chinese)).next().unwrap_or_default();
        let id = stated.map_or_else(|| slug(first), str::to_owned);
        if id.is_empty() {
            return self.complain(place, "nothing that could be its id");
        }
        let number = match self.by_id.get(&id) {
            Some(&number) if self.entities[number.0 as usize].kind != kind => {
                return self.complain(place, &format!("«{id}» is something else already"));
            }
            Some(&number) => number,
            None => {
                let number = EntityNumber(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
                self.by_id.insert(id.clone(), number);
                self.entities.push(Entity {
                    id,
                    wikidata: None,
                    kind,
                    names: Vec::new(),
                    nisba: Vec::new(),
                    capital: None,
                    within: None,
                    leader: None,
                    roles: Vec::new(),
                    gender: None,
                });
                number
            }
        };
        let entity = &mut self.entities[number.0 as usize];
        for (language, column) in [("ar", arabic), ("en", latin), ("zh", chinese)] {
            for text in parts(column) {
                if !entity.names.iter().any(|name| name.text == text) {
                    entity.names.push(Name { language, text: text.to_owned() });
                }
            }
        }
        for fact in parts(facts) {
            self.read_fact(number, fact, place);
        }
    }

    /// Takes a fact that is understood by itself, and puts away one that speaks of others.
    fn read_fact(&mut self, number: EntityNumber, fact: &'a str, place: (&'a str, usize)) {
        let entity = &mut self.entities[number.0 as usize];
        match fact.split_once(' ').unwrap_or((fact, "")) {
            ("id", _) => {}
            ("wd", item) if item.len() > 1 && item.starts_with('Q') => entity.wikidata = Some(item.to_owned()),
            ("nisba", nisba) if !nisba.is_empty() => entity.nisba.push(nisba.to_owned()),
            ("she", "") => entity.gender = Some(Gender::Feminine),
            ("leader", office) => entity.leader = Some(office.to_owned()),
            ("short", name) => self.forms.short.push((name, number)),
            ("famous", name) => self.forms.famous.push((name, number)),
            ("people" | "demonym", name) => self.forms.people.push((name, number)),
            _ => self.later.push(Later { entity: number, place, fact }),
        }
    }

    /// Understands what was put away.
    fn settle(&mut self) {
        for Later { entity, place, fact } in std::mem::take(&mut self.later) {
            let mut words = fact.split_whitespace();
            let (key, id) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let Some(&other) = self.by_id.get(id) else {
                self.complain(place, &format!("«{fact}»: nothing has the id «{id}»"));
                continue;
            };
            let of = &mut self.entities[entity.0 as usize];
            match key {
                "capital" => of.capital = Some(other),
                "in" => of.within = Some(other),
                _ if !self.offices.iter().any(|office| office.id == key) => {
                    self.complain(place, &format!("«{fact}»: there is no office «{key}»"));
                }
                _ => match read_term(words.next().unwrap_or("..")) {
                    Some((from, to, open)) => {
                        of.roles.push(Role { office: key.to_owned(), of: other, from, to, open });
                    }
                    None => self.complain(place, &format!("«{fact}»: no dates like 2012-05-07..2018")),
                },
            }
        }
        for entity in 0..self.entities.len() {
            if let Some(office) = self.entities[entity].leader.clone()
                && !self.offices.iter().any(|known| known.id == office)
            {
                self.complain((&self.entities[entity].id.clone(), 0), &format!("there is no office «{office}»"));
            }
        }
    }

    fn holders(&self) -> HashMap<(EntityNumber, u16), Vec<EntityNumber>> {
        let mut holders: HashMap<_, Vec<EntityNumber>> = HashMap::new();
        for (number, entity) in (0..).map(EntityNumber).zip(&self.entities) {
            for role in &entity.roles {
                let office = self.offices.iter().position(|office| office.id == role.office);
                let Some(office) = office.and_then(|office| u16::try_from(office).ok()) else { continue };
                let of: &mut Vec<EntityNumber> = holders.entry((role.of, office)).or_default();
                if !of.contains(&number) {
                    of.push(number);
                }
            }
        }
        holders
    }

    fn tree(&self) -> Tree {
        let mut tree = Seedling::new(self.entities.len());
        for (number, entity) in (0..).map(EntityNumber).zip(&self.entities) {
            for name in &entity.names {
                tree.add_doubtful(&name.text, Use::Name(number), is_doubtful(entity, &name.text));
            }
            self.add_nisba(&mut tree, number, entity);
        }
        for (list, uses) in [(&self.forms.famous, Use::Famous as fn(_) -> Use), (&self.forms.short, Use::Short)] {
            for &(name, number) in list {
                tree.add(name, uses(number));
                for variant in variants(name) {
                    tree.add(&variant, uses(number));
                }
            }
        }
        for (office, number) in self.offices.iter().zip(0..) {
            add_titles(&mut tree, &office.titles, number, Gender::Masculine);
            add_titles(&mut tree, &office.her_titles, number, Gender::Feminine);
        }
        let said: HashSet<EntityNumber> =
            self.forms.short.iter().chain(&self.forms.famous).map(|(_, number)| *number).collect();
        // Variants come last, and only where no name is written so.
        for (number, entity) in (0..).map(EntityNumber).zip(&self.entities) {
            for name in entity.names.iter().filter(|name| name.language == "ar") {
                for variant in variants(&name.text).into_iter().chain(joined(&name.text)) {
                    tree.add_new(&variant, Use::Variant(number), || is_doubtful(entity, &variant));
                }
            }
            if entity.kind == Kind::Person && !said.contains(&number) {
                Self::add_short(&mut tree, number, entity);
            }
        }
        tree.grown()
    }

    /// The last name of a person, or the first where the family name comes first, unless the file says which.
    fn add_short(tree: &mut Seedling, number: EntityNumber, entity: &Entity) {
        let chinese = entity
            .names
            .iter()
            .any(|name| name.language == "zh" && name.text.chars().count() <= 4 && !name.text.contains('·'));
        for language in ["ar", "en"] {
            for name in entity.names.iter().filter(|name| name.language == language) {
                let words: Vec<&str> = name.text.split(' ').collect();
                let family_first = chinese
                    && words.iter().all(|word| word.chars().count() <= 6)
                    && words.len() <= 3
                    && is_east_asian(entity);
                let short = match words.len() {
                    0 | 1 => continue,
                    _ if family_first => words[0].to_owned(),
                    // بن سلمان, عبد الله, أبو الغيط, دا سيلفا
                    n if PARTICLES.contains(&words[n - 2]) => words[n - 2..].join(" "),
                    n => words[n - 1].to_owned(),
                };
                tree.add(&short, Use::Short(number));
                for variant in variants(&short) {
                    tree.add(&variant, Use::Short(number));
                }
            }
        }
    }

    fn add_nisba(&self, tree: &mut Seedling, of: EntityNumber, entity: &Entity) {
        use Gender::{Feminine, Masculine};
        for nisba in &entity.nisba {
            for (end, gender, number) in NISBA_ENDS {
                for definite in [false, true] {
                    let article = if definite { "ال" } else { "" };
                    // Of two words both take the endings: جنوب أفريقي stays, كوري جنوبي bends.
                    let written: Vec<String> = nisba.split(' ').map(|word| format!("{article}{word}{end}")).collect();
                    let form = Flat { gender: *gender, number: *number, definite };
                    tree.add(&written.join(" "), Use::Nisba { of, form });
                }
            }
            if let Some((first, rest)) = nisba.split_once(' ') {
                for (end, gender) in [("", Masculine), ("ة", Feminine)] {
                    let form = Flat { gender, number: 1, definite: true };
                    tree.add(&format!("ال{first} {rest}{end}"), Use::Nisba { of, form });
                    tree.add(&format!("ال{first} ال{rest}{end}"), Use::Nisba { of, form });
                    tree.add(
                        &format!("{first} {rest}{end}"),
                        Use::Nisba { of, form: Flat { definite: false, ..form } },
                    );
                }
            }
        }
        for (name, _) in self.forms.people.iter().filter(|(_, number)| *number == of) {
            let form = |definite| Flat { gender: Masculine, number: 3, definite };
            tree.add(name, Use::Nisba { of, form: form(false) });
            if name.starts_with(|c: char| !c.is_ascii()) {
                tree.add(&format!("ال{name}"), Use::Nisba { of, form: form(true) });
            }
        }
    }
}

/// Whether a name alone is not enough to tell: one word that is also an ordinary one, or a place of which we know
/// little more than the name.
fn is_doubtful(entity: &Entity, name: &str) -> bool {
    let known_well = entity.wikidata.is_some() || entity.names.iter().any(|name| name.language == "zh");
    if entity.kind == Kind::Place && !known_well {
        return true;
    }
    if name.contains(' ') || name.is_ascii() {
        return false;
    }
    is_common(&fold(name, Fold::KEY))
}

/// Whether a folded word is read as an ordinary word by the lexicon, not as a name alone.
pub(crate) fn is_common(word: &str) -> bool {
    use arabic::morphology::Pos;
    let readings = arabic::morphology::keys(word);
    readings.iter().any(|key| key.weight > 0.25 && !matches!(key.pos, Pos::Name | Pos::Unknown))
}

/// Words that belong to the family name after them.
const PARTICLES: &[&str] = &[
    "بن", "ابن", "عبد", "أبو", "آل", "دا", "دي", "فون", "فان", "von", "van", "bin", "de", "da", "al", "le", "لو", "del",
];

/// The endings of a nisba.
const NISBA_ENDS: &[(&str, Gender, u8)] = &[
    ("", Gender::Masculine, 1),
    ("ا", Gender::Masculine, 1),
    ("ة", Gender::Feminine, 1),
    ("ان", Gender::Masculine, 2),
    ("تان", Gender::Feminine, 2),
    ("تين", Gender::Feminine, 2),
    ("ون", Gender::Masculine, 3),
    ("ين", Gender::Masculine, 3),
    ("ات", Gender::Feminine, 3),
];

/// Adds the titles with and without article: رئيس, الرئيس; رئيس الوزراء, رئيس وزراء; أمين عام, الأمين العام.
fn add_titles(tree: &mut Seedling, titles: &[String], office: u16, gender: Gender) {
    for title in titles {
        let mut add = |text: &str, number, definite| {
            tree.add(text, Use::Office { office, form: Flat { gender, number, definite } })
        };
        let words: Vec<&str> = title.split(' ').collect();
        if title.is_ascii() {
            add(title, 1, true);
            continue;
        }
        match words[..] {
            [one] => {
                add(one, 1, false);
                add(&format!("ال{one}"), 1, true);
                if gender == Gender::Masculine {
                    add(&format!("ال{one}ان"), 2, true);
                    add(&format!("ال{one}ين"), 2, true);
                }
            }
            [first, ref rest @ ..] if rest.iter().any(|word| word.starts_with("ال")) => {
                add(title, 1, true);
                let bare: Vec<&str> = rest.iter().map(|word| word.strip_prefix("ال").unwrap_or(word)).collect();
                add(&format!("{first} {}", bare.join(" ")), 1, false);
            }
            _ => {
                add(title, 1, false);
                add(&words.iter().map(|word| format!("ال{word}")).collect::<Vec<_>>().join(" "), 1, true);
            }
        }
    }
}

/// Whether the family name of a person with a Chinese name comes first: its Arabic or Latin name is of Chinese, Korean
/// or Vietnamese syllables, as many as characters.
fn is_east_asian(entity: &Entity) -> bool {
    let characters = entity.names.iter().filter(|name| name.language == "zh").map(|name| name.text.chars().count());
    let shortest = characters.min().unwrap_or(0);
    let latin = entity.names.iter().find(|name| name.language == "en").map_or("", |name| name.text.as_str());
    let pieces: Vec<&str> = latin.split([' ', '-']).collect();
    (2..=3).contains(&shortest)
        && pieces.len() <= 3
        && latin.chars().count() <= shortest * 6 + 2
        && pieces.first().is_some_and(|first| first.chars().count() <= 6)
}

/// The pieces between `;`, without white space and empty ones.
fn parts(column: &str) -> impl Iterator<Item = &str> {
    column.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// `2012-05-07..2018`: from, to, and whether it goes on.
fn read_term(text: &str) -> Option<(Option<Day>, Option<Day>, bool)> {
    let (from, to) = text.split_once("..")?;
    let day = |text: &str| if text.is_empty() { Some(None) } else { Day::parse(text).map(Some) };
    let unknown = to == "?";
    let to = if unknown { None } else { day(to)? };
    Some((day(from)?, to, to.is_none() && !unknown))
}

/// Latin letters, digits and hyphens, or what `arabic::slug` makes of another script.
fn slug(name: &str) -> String {
    let plain = fold(name, Fold::LOOK_ALIKES);
    if !plain.contains(|c: char| c.is_ascii_alphabetic()) {
        return arabic::slug::slug(name);
    }
    let mut slug = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            '\'' | '’' | '.' => {}
            'ß' => slug.push_str("ss"),
            'æ' => slug.push_str("ae"),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

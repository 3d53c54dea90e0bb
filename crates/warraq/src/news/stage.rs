//! Where is a draft on its way to publication, and who may take it on from there?
//!
//! A publication names its own stages, in order. They narrow what a role may do and never widen it: whoever may not edit a
//! story does not hand it on either, whatever its stage says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::article::tidy;
use super::staff::Role;

/// More stages than this nobody keeps in mind.
pub const MOST: usize = 20;
/// The longest name, in characters: it stands in lists, in the calendar, on buttons.
pub const LONGEST: usize = 40;
/// The stages that every publication begins with. Their names are interface texts, `stage-…`, until somebody renames them.
pub const BUILT_IN: [&str; 5] = ["idea", "draft", "desk", "copy", "ready"];

/// A stage of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// What a story carries: given once, never again.
    pub key: String,
    /// As the newsroom sees it; empty: the interface text of one that is built in.
    #[serde(default)]
    pub name: String,
    /// The lowest role that may take a story on from here.
    #[serde(default = "everybody")]
    pub taken_on_by: Role,
}

/// The stages of a publication.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Stages {
    begins: String,
    only_last_goes_out: bool,
    order: Vec<Stage>,
    gone: BTreeMap<String, String>,
}

/// As they stand in a file.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    begins: String,
    only_last_goes_out: bool,
    order: Vec<Stage>,
    gone: BTreeMap<String, String>,
}

/// Why something is no list of stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A stage has no name.
    #[error("a stage has no name")]
    NoName,
    /// A name has more than [`LONGEST`] characters.
    #[error("the name of a stage has more than {LONGEST} characters")]
    TooLong,
    /// A name has a character that nobody sees.
    #[error("the name of a stage has control characters")]
    Controls,
    /// Two stages have one name, or one key.
    #[error("two stages have the same name or the same key")]
    Twice,
    /// A key is no key.
    #[error("the key of a stage is made of up to 20 of a–z, 0–9 and -")]
    Key,
    /// There is none left.
    #[error("there must be one stage at least")]
    None,
    /// There are more than [`MOST`].
    #[error("there are more than {MOST} stages")]
    TooMany,
}

impl Wrong {
    /// A word for the interface text `flaw-stage-…`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoName => "required",
            Self::TooLong => "too-long",
            Self::Controls => "controls",
            Self::Twice => "twice",
            Self::Key => "key",
            Self::None => "none",
            Self::TooMany => "too-many",
        }
    }
}

fn everybody() -> Role {
    Role::Contributor
}

impl Default for Written {
    fn default() -> Self {
        let Stages { begins, only_last_goes_out, order, gone } = Stages::default();
        Self { begins, only_last_goes_out, order, gone }
    }
}

impl Default for Stages {
    fn default() -> Self {
        let stage = |key: &&str| Stage { key: (*key).into(), name: String::new(), taken_on_by: everybody() };
        Self {
            begins: "draft".into(),
            only_last_goes_out: false,
            order: BUILT_IN.iter().map(stage).collect(),
            gone: BTreeMap::new(),
        }
    }
}

impl TryFrom<Written> for Stages {
    type Error = Wrong;

    fn try_from(written: Written) -> Result<Self, Wrong> {
        let Written { begins, only_last_goes_out, order, gone } = written;
        let is_key = |key: &str| {
            let usual = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            (1..=20).contains(&key.len()) && key.bytes().all(usual)
        };
        let mut stages = Self { begins, only_last_goes_out, order, gone };
        if !stages.order.iter().all(|stage| is_key(&stage.key)) {
            return Err(Wrong::Key);
        }
        for stage in &mut stages.order {
            let is_built_in = BUILT_IN.contains(&stage.key.as_str());
            stage.name = if stage.name.is_empty() && is_built_in { String::new() } else { name(&stage.name)? };
        }
        stages.check()?;
        Ok(stages)
    }
}

/// A name as it is kept.
///
/// # Errors
/// What is wrong with it.
pub fn name(typed: &str) -> Result<String, Wrong> {
    if typed.chars().any(char::is_control) {
        return Err(Wrong::Controls);
    }
    match tidy(typed) {
        name if name.is_empty() => Err(Wrong::NoName),
        name if name.chars().count() > LONGEST => Err(Wrong::TooLong),
        name => Ok(name),
    }
}

impl Stages {
    /// In order.
    #[must_use]
    pub fn all(&self) -> &[Stage] {
        &self.order
    }

    /// The one where a story stands that carries this key. One that is gone leads to the stage that took its stories; one
    /// that nobody knows to where new stories begin.
    #[must_use]
    pub fn of(&self, key: &str) -> &Stage {
        &self.order[self.place(key)]
    }

    fn place(&self, key: &str) -> usize {
        let find = |key: &str| self.order.iter().position(|stage| stage.key == key);
        let lead = |key: &str| find(key).or_else(|| find(self.gone.get(key)?));
        lead(key).or_else(|| lead(&self.begins)).unwrap_or(0)
    }

    /// Another text whenever anything about them is another: by it a form says which stages it was made from.
    #[must_use]
    pub fn mark(&self) -> String {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// Is there such a stage, or was there?
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.gone.contains_key(key) || self.order.iter().any(|stage| stage.key == key)
    }

    /// The keys that stories at this stage carry: its own, and those of the stages whose stories it took.
    #[must_use]
    pub fn keys_of(&self, stage: &Stage) -> Vec<String> {
        let gone = self.gone.keys().filter(|key| self.of(key).key == stage.key);
        std::iter::once(&stage.key).chain(gone).cloned().collect()
    }

    /// Where new stories begin.
    #[must_use]
    pub fn first_for_new(&self) -> &Stage {
        self.of(&self.begins)
    }

    /// Where a story is ready to go out.
    #[must_use]
    pub fn last(&self) -> &Stage {
        &self.order[self.order.len() - 1]
    }

    /// May a story go out, or be given a time, while it stands there? What readers see already is not asked.
    #[must_use]
    pub fn lets_out(&self, key: &str) -> bool {
        !self.only_last_goes_out || self.of(key).key == self.last().key
    }

    /// Does a story go out from the last stage alone?
    #[must_use]
    pub fn only_last_goes_out(&self) -> bool {
        self.only_last_goes_out
    }

    /// May this role take a story from one stage to another? Whoever goes forward leaves every stage on the way, also
    /// those that are left out; whoever goes back leaves only the one where it stands.
    #[must_use]
    pub fn may_take(&self, role: Role, from: &str, to: &str) -> bool {
        let (from, to) = (self.place(from), self.place(to));
        let left = if to == from { 0..0 } else { from..to.max(from + 1) };
        self.order[left].iter().all(|stage| role <= stage.taken_on_by)
    }

    /// The stage that somebody means who writes a key of ours, or a name.
    #[must_use]
    pub fn named(&self, written: &str) -> Option<&Stage> {
        let named = |stage: &&Stage| !stage.name.is_empty() && folded(&stage.name) == folded(written);
        let built_in = |stage: &&Stage| stage.key == written && BUILT_IN.contains(&written);
        self.order.iter().find(named).or_else(|| self.order.iter().find(built_in))
    }

    /// What a story says outside of here about the stage where it stands: a name that others may have, too.
    #[must_use]
    pub fn word_for(&self, key: &str) -> &str {
        let stage = self.of(key);
        if stage.name.is_empty() { &stage.key } else { &stage.name }
    }

    /// The same with these stages in this order; those that there are, each once, and no others.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn arranged(&self, order: Vec<Stage>, begins: &str, only_last_goes_out: bool) -> Result<Self, Wrong> {
        let mut arranged = Self { begins: begins.into(), only_last_goes_out, order, gone: self.gone.clone() };
        arranged.begins = arranged.first_for_new().key.clone();
        arranged.check()?;
        Ok(arranged)
    }

    /// The same with one more, after another one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn with(&self, typed: &str, after: &str) -> Result<Self, Wrong> {
        let mut more = self.clone();
        let stage = Stage { key: self.free_key(), name: name(typed)?, taken_on_by: everybody() };
        let place = if self.knows(after) { self.place(after) + 1 } else { 0 };
        more.order.insert(place, stage);
        more.check()?;
        Ok(more)
    }

    /// The same without one, whose stories stand at another from now on.
    ///
    /// # Errors
    /// It is the only one.
    pub fn without(&self, key: &str, into: &str) -> Result<Self, Wrong> {
        let mut fewer = self.clone();
        fewer.order.retain(|stage| stage.key != key);
        if fewer.order.is_empty() {
            return Err(Wrong::None);
        }
        // One step, never two: those who came to it before go where it goes.
        let into = fewer.of(into).key.clone();
        for lead in fewer.gone.values_mut().filter(|lead| *lead == key) {
            lead.clone_from(&into);
        }
        fewer.gone.insert(key.to_owned(), into);
        fewer.begins = fewer.first_for_new().key.clone();
        Ok(fewer)
    }

    /// A key that no stage has or had.
    fn free_key(&self) -> String {
        let number = |key: &str| key.strip_prefix("stage-").and_then(|number| number.parse::<u32>().ok());
        let known = self.order.iter().map(|stage| &stage.key).chain(self.gone.keys());
        format!("stage-{}", known.filter_map(|key| number(key)).max().unwrap_or(0) + 1)
    }

    fn check(&self) -> Result<(), Wrong> {
        if self.order.is_empty() {
            return Err(Wrong::None);
        }
        if self.order.len() > MOST {
            return Err(Wrong::TooMany);
        }
        let mut seen = std::collections::HashSet::new();
        for stage in &self.order {
            let is_new = stage.name.is_empty() || seen.insert(format!("name {}", folded(&stage.name)));
            if !seen.insert(format!("key {}", stage.key)) || !is_new {
                return Err(Wrong::Twice);
            }
        }
        Ok(())
    }
}

/// Two names that fold to the same are the same to whoever reads them.
#[must_use]
pub fn folded(name: &str) -> String {
    arabic::fold::fold(name, arabic::fold::Fold::KEY).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(stages: &Stages) -> Vec<&str> {
        stages.all().iter().map(|stage| stage.key.as_str()).collect()
    }

    #[test]
    fn a_publication_begins_with_five() {
        let stages = Stages::default();
        assert_eq!(keys(&stages), BUILT_IN);
        assert_eq!((stages.first_for_new().key.as_str(), stages.last().key.as_str()), ("draft", "ready"));
        for role in Role::ALL {
            for (from, to) in [("idea", "ready"), ("ready", "idea"), ("copy", "copy")] {
                assert!(stages.may_take(*role, from, to), "{role:?} {from} {to}");
            }
        }
        assert!(BUILT_IN.iter().all(|key| stages.lets_out(key)));
        assert_eq!(stages.of("nonsense").key, "draft");
    }

    #[test]
    fn what_is_left_to_others_is_not_left_out_by_the_way() {
        let mut order = Stages::default().all().to_vec();
        order[3].taken_on_by = Role::Editor;
        let stages = Stages::default().arranged(order, "draft", false).expect("five stages");
        let check = |role, from, to, may| assert_eq!(stages.may_take(role, from, to), may, "{role:?} {from} {to}");
        check(Role::Author, "draft", "copy", true);
        check(Role::Author, "copy", "ready", false);
        check(Role::Author, "copy", "draft", false);
        check(Role::Author, "copy", "copy", true);
        check(Role::Author, "draft", "ready", false);
        check(Role::Author, "ready", "draft", true);
        check(Role::Editor, "draft", "ready", true);
        check(Role::Owner, "copy", "idea", true);
    }

    #[test]
    fn one_that_is_gone_leads_to_the_one_that_took_its_stories() {
        let stages = Stages::default().without("draft", "desk").expect("four left");
        assert_eq!(stages.first_for_new().key, "desk");
        let stages = stages.without("desk", "copy").expect("three left");
        assert_eq!(keys(&stages), ["idea", "copy", "ready"]);
        assert_eq!((stages.of("draft").key.as_str(), stages.of("desk").key.as_str()), ("copy", "copy"));
        assert_eq!(stages.keys_of(stages.of("copy")), ["copy", "desk", "draft"]);
        let one = stages.without("idea", "copy").and_then(|two| two.without("copy", "ready")).expect("one left");
        assert_eq!(one.without("ready", "ready"), Err(Wrong::None));
        assert_eq!(one.of("idea").key, "ready");
    }

    #[test]
    fn a_key_is_given_once() {
        let stages = Stages::default().with(" مراجعة  قانونية ", "desk").expect("a sixth");
        assert_eq!(keys(&stages), ["idea", "draft", "desk", "stage-1", "copy", "ready"]);
        assert_eq!(stages.of("stage-1").name, "مراجعة قانونية");
        let again = stages.without("stage-1", "copy").and_then(|less| less.with("Legal", "desk")).expect("another");
        assert_eq!(again.all()[3].key, "stage-2");
    }

    #[test]
    fn what_is_no_stage_is_refused() {
        let stages = Stages::default().with("Legal", "desk").expect("a sixth");
        let check = |typed: &str, wrong| assert_eq!(stages.with(typed, "desk").err(), Some(wrong), "{typed:?}");
        check(" ", Wrong::NoName);
        check(&"ط".repeat(LONGEST + 1), Wrong::TooLong);
        check("a\u{7}b", Wrong::Controls);
        check("\u{202e}", Wrong::NoName);
        check(" LEGAL ", Wrong::Twice);
        assert!(stages.with(&"ط".repeat(LONGEST), "desk").is_ok());
        let many = (0..MOST - 6).try_fold(stages, |stages, n| stages.with(&format!("x{n}"), "desk")).expect("twenty");
        assert_eq!(many.with("one more", "desk").err(), Some(Wrong::TooMany));
    }

    #[test]
    fn a_file_says_no_more_than_a_form() {
        let read = |text: &str| toml::from_str::<Stages>(text);
        let stages = read(
            "begins = 'x'\nonly_last_goes_out = true\norder = [{ key = 'x', name = 'One' }, { key = 'ready', taken_on_by = 'editor' }]",
        );
        let stages = stages.expect("two stages");
        assert_eq!(
            (stages.of("draft").key.as_str(), stages.lets_out("x"), stages.lets_out("ready")),
            ("x", false, true)
        );
        assert_eq!(read(&toml::to_string(&stages).expect("written")).expect("read"), stages);
        assert_eq!(read("").expect("as ever"), Stages::default());
        for odd in [
            "order = []",
            "order = [{ key = 'x' }]",
            "order = [{ key = 'X y', name = 'One' }]",
            "order = [{ key = 'x', name = 'One' }, { key = 'x', name = 'Two' }]",
            "order = [{ key = 'x', name = 'One' }, { key = 'y', name = 'one' }]",
            "unknown = 1",
        ] {
            assert!(read(odd).is_err(), "{odd}");
        }
    }
}

//! May this comment appear at once?
//!
//! [`judge`] is a list of rules in order; the first that applies decides, and every one that applies is written down, so
//! that an editor sees why. It asks nobody outside and knows no e-mail address. Refusals are for what no reader writes;
//! whatever a reader might write is held for an editor instead.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, OnceLock};

use arabic::fold::{Fold, fold};
use serde::{Deserialize, Serialize};

/// What an editor decides about comments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Hold every comment.
    pub hold_all: bool,
    /// Hold the first comment from an address that has none approved yet. Default: yes.
    pub hold_first: bool,
    /// Hold a comment with more links than this. Default: 2.
    pub max_links: usize,
    /// Close the discussion of an article so many days after its publication. Default: never.
    pub close_after_days: Option<u32>,
    /// Hold a comment that was sent sooner than this many seconds after its form was opened, where a script could tell.
    /// Default: 4.
    pub min_seconds: u32,
    /// Refuse a comment when its address block has sent this many lately. Default: 10.
    pub max_recent: u32,
    /// Hold a comment with one of these words or phrases. Default: usual spam in Arabic and English.
    #[serde(skip_serializing_if = "is_usual_spam")]
    pub blocked_words: WordList,
    /// Refuse a comment with one of these words or phrases. Default: none.
    pub refused_words: WordList,
}

fn usual_spam() -> WordList {
    static USUAL: LazyLock<WordList> = LazyLock::new(|| WordList::new(USUAL_SPAM.iter().copied()));
    USUAL.clone()
}

/// The usual list is not written into settings: so it can grow with the program.
fn is_usual_spam(list: &WordList) -> bool {
    *list == usual_spam()
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            hold_all: false,
            hold_first: true,
            max_links: 2,
            close_after_days: None,
            min_seconds: 4,
            max_recent: 10,
            blocked_words: usual_spam(),
            refused_words: WordList::default(),
        }
    }
}

/// What is known of a comment when it comes in.
#[derive(Clone, Copy, Debug)]
pub struct Submission<'a> {
    /// The name given.
    pub author: &'a str,
    /// The website given, or nothing.
    pub url: &'a str,
    /// The text as typed.
    pub text: &'a str,
    /// How many links the text has.
    pub links: usize,
    /// Whether the field that no reader sees was filled in.
    pub honeypot_filled: bool,
    /// Seconds between opening and sending the form, as a script in the page measured them. The page is the same for
    /// all readers, so that nothing in it can prove this; without the script it is unknown.
    pub seconds_since_form: Option<i64>,
    /// Whether a comment from this address was approved before.
    pub known_author: bool,
    /// Whether the same text stands under the site's articles already.
    pub duplicate: bool,
    /// How many comments came from this block of addresses lately.
    pub recent_from_block: u32,
    /// Whether the name looks like that of somebody on the staff; see [`looks_like`].
    pub looks_like_staff: bool,
    /// Whether the article takes comments.
    pub discussion_open: bool,
    /// Whether an editor has banned the address or the network that it comes from.
    pub banned: bool,
}

/// What happens with a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It appears at once.
    Publish,
    /// It waits for an editor.
    Hold(Reason),
    /// It is not kept.
    Refuse(Reason),
}

/// What the rules say of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What the first rule that applied decided.
    pub verdict: Verdict,
    /// Every rule that applied, in the order of the rules.
    pub findings: Vec<Finding>,
}

/// A rule that applied, and what it saw. Nothing in it was computed from an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    #[serde(rename = "rule", with = "stored_reason")]
    pub reason: Reason,
    /// The listed word that was found, or a count; empty where there is nothing more to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub saw: String,
}

/// A reason under the name that never changes.
mod stored_reason {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::Reason;

    pub(super) fn serialize<S: Serializer>(reason: &Reason, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(reason.as_str())
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Reason, D::Error> {
        let name = String::deserialize(from)?;
        Reason::parse(&name).ok_or_else(|| D::Error::custom("no rule of ours"))
    }
}

/// Why a comment is held or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The article takes no comments.
    Closed,
    /// A field was filled in that no reader sees.
    Honeypot,
    /// Too many from one block of addresses.
    Throttled,
    /// The text was sent before.
    Duplicate,
    /// A word that is refused.
    RefusedWord,
    /// An editor has banned whoever sends it. It is kept among the spam, and its writer is told what everybody is told
    /// whose comment waits.
    Banned,
    /// A name like that of the staff.
    StaffName,
    /// A word that is held.
    BlockedWord,
    /// Too many links.
    Links,
    /// Sent sooner than anybody types.
    TooFast,
    /// Every comment is held.
    HoldAll,
    /// The first from this address.
    FirstComment,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Reason; 12] = [
        Reason::Closed,
        Reason::Honeypot,
        Reason::Throttled,
        Reason::Duplicate,
        Reason::RefusedWord,
        Reason::Banned,
        Reason::StaffName,
        Reason::BlockedWord,
        Reason::Links,
        Reason::TooFast,
        Reason::HoldAll,
        Reason::FirstComment,
    ];

    /// The name under which it is stored. Never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Reason::Closed => "closed",
            Reason::Honeypot => "honeypot",
            Reason::Throttled => "throttled",
            Reason::Duplicate => "duplicate",
            Reason::RefusedWord => "refused-word",
            Reason::Banned => "banned",
            Reason::StaffName => "staff-name",
            Reason::BlockedWord => "blocked-word",
            Reason::Links => "links",
            Reason::TooFast => "too-fast",
            Reason::HoldAll => "hold-all",
            Reason::FirstComment => "first-comment",
        }
    }

    /// Is a comment kept for this reason, and not refused?
    #[must_use]
    pub fn keeps_back(self) -> bool {
        matches!(self.verdict(), Verdict::Hold(_))
    }

    /// What follows from it, where it is the first that applies.
    fn verdict(self) -> Verdict {
        match self {
            Reason::Closed | Reason::Honeypot | Reason::Throttled | Reason::Duplicate | Reason::RefusedWord => {
                Verdict::Refuse(self)
            }
            Reason::Banned
            | Reason::StaffName
            | Reason::BlockedWord
            | Reason::Links
            | Reason::TooFast
            | Reason::HoldAll
            | Reason::FirstComment => Verdict::Hold(self),
        }
    }

    /// The reason stored under `name`.
    pub fn parse(name: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

/// Judges a comment by the rules. The first that applies decides.
pub fn judge(submission: &Submission<'_>, rules: &Rules) -> Judgement {
    let said = [submission.author, submission.url, submission.text];
    let word = |list: &WordList| said.iter().find_map(|text| list.find(text)).map(str::to_owned);
    let nothing = |applies: bool| applies.then(String::new);
    let number = |applies: bool, number: i64| applies.then(|| number.to_string());
    let seconds = submission.seconds_since_form.unwrap_or(i64::MAX);

    let rules = [
        (Reason::Closed, nothing(!submission.discussion_open)),
        (Reason::Honeypot, nothing(submission.honeypot_filled)),
        (Reason::Throttled, nothing(submission.recent_from_block >= rules.max_recent)),
        (Reason::Duplicate, nothing(submission.duplicate)),
        (Reason::RefusedWord, word(&rules.refused_words)),
        (Reason::Banned, nothing(submission.banned)),
        (Reason::StaffName, nothing(submission.looks_like_staff)),
        (Reason::BlockedWord, word(&rules.blocked_words)),
        (Reason::Links, number(submission.links > rules.max_links, submission.links as i64)),
        (Reason::TooFast, number(seconds < i64::from(rules.min_seconds), seconds)),
        (Reason::HoldAll, nothing(rules.hold_all)),
        (Reason::FirstComment, nothing(rules.hold_first && !submission.known_author)),
    ];
    let applied = rules.into_iter().filter_map(|(reason, saw)| Some(Finding { reason, saw: saw? }));
    let findings: Vec<Finding> = applied.collect();
    let verdict = findings.first().map_or(Verdict::Publish, |first| first.reason.verdict());
    Judgement { verdict, findings }
}

/// Whether two names look the same to a quick eye: disguises, spaces and punctuation do not count.
pub fn looks_like(name: &str, other: &str) -> bool {
    let picture = |name: &str| fold(name, Fold::DISGUISE).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let name = picture(name);
    !name.is_empty() && name == picture(other)
}

/// Words and phrases, prepared once, so that looking for all of them costs what reading the text costs. In JSON a list
/// of strings.
///
/// A word is found at word boundaries, whatever stands in front of it in Arabic (و ف ب ك ل ال), and through disguises:
/// tatweel, harakat, presentation forms, invisible characters, look-alike letters, letters parted by dots or spaces,
/// letters repeated.
///
/// Settings are read for every page, comments are judged now and then: the words are prepared when the list is first
/// looked into, and copies share them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct WordList(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    listed: Vec<String>,
    prepared: OnceLock<Prepared>,
}

/// The words as they are looked up.
#[derive(Debug, Default)]
struct Prepared {
    /// The phrases by their first word, with repeated letters squeezed. A single word is a phrase of one.
    phrases: HashMap<String, Vec<Vec<String>>>,
    /// Words as one would spell them letter by letter.
    spelled: HashSet<String>,
    /// The lengths in bytes of `spelled`.
    lengths: Vec<usize>,
}

impl WordList {
    /// Prepares a list. Blank entries are passed over.
    pub fn new<W: Into<String>>(words: impl IntoIterator<Item = W>) -> WordList {
        WordList(Arc::new(Shared { listed: words.into_iter().map(Into::into).collect(), prepared: OnceLock::new() }))
    }

    /// Whether one of the words stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        !self.0.listed.is_empty() && self.0.prepared.get_or_init(|| Prepared::new(&self.0.listed)).is_in(text)
    }

    /// The first of the words that stands in `text`, as it was given.
    pub fn find(&self, text: &str) -> Option<&str> {
        // Most comments have none of them: the words are looked for one by one only where there is one.
        let stands = |word: &&String| Prepared::new(std::slice::from_ref(*word)).is_in(text);
        self.is_in(text).then(|| self.listed().iter().find(stands)).flatten().map(String::as_str)
    }

    /// The words as they were given.
    pub fn listed(&self) -> &[String] {
        &self.0.listed
    }
}

impl Prepared {
    fn new(listed: &[String]) -> Prepared {
        let mut list = Prepared::default();
        for word in listed {
            list.add(word);
        }
        list.lengths = list.spelled.iter().map(String::len).collect::<HashSet<_>>().into_iter().collect();
        list
    }

    fn is_in(&self, text: &str) -> bool {
        let folded = fold(text, Fold::DISGUISE);
        let words: Vec<&str> = words(&folded).collect();
        (0..words.len()).any(|at| self.begins_at(&words[at..]))
            || folded.split_whitespace().any(|chunk| self.is_joined_in(chunk))
            || self.is_spelled_in(&folded)
    }

    fn add(&mut self, phrase: &str) {
        let folded = fold(phrase, Fold::DISGUISE);
        let phrase: Vec<String> = words(&folded).map(str::to_owned).collect();
        let joined = phrase.concat();
        let length = joined.chars().count();
        if length >= SHORTEST_SPELLED {
            self.spelled.insert(joined.clone());
        }
        if phrase.len() > 1 && length >= SHORTEST_JOINED {
            self.phrases.entry(squeezed(&joined)).or_default().push(vec![joined]);
        }
        if let Some(first) = phrase.first() {
            self.phrases.entry(squeezed(first)).or_default().push(phrase);
        }
    }

    /// Whether a phrase begins with the first of `words`.
    fn begins_at(&self, words: &[&str]) -> bool {
        words.first().into_iter().flat_map(|first| bare_forms(first)).any(|form| {
            let phrases = self.phrases.get(&squeezed(form)).into_iter().flatten();
            phrases.into_iter().any(|phrase| phrase.len() <= words.len() && phrase.iter().zip(words).all(is_word))
        })
    }

    /// Whether a word stands in `chunk` once its punctuation is taken out: «كاز.ينو».
    fn is_joined_in(&self, chunk: &str) -> bool {
        let mut parts = words(chunk);
        let first = parts.next().unwrap_or_default();
        let rest: String = parts.collect();
        !rest.is_empty() && self.begins_at(&[&format!("{first}{rest}")])
    }

    /// Whether a word is spelled letter by letter: «ر.ب.ح», «c a s i n o».
    fn is_spelled_in(&self, folded: &str) -> bool {
        lone_letters(folded).iter().any(|run| {
            run.char_indices().any(|(at, _)| {
                self.lengths
                    .iter()
                    .any(|length| run.get(at..at + length).is_some_and(|word| self.spelled.contains(word)))
            })
        })
    }
}

impl PartialEq for WordList {
    fn eq(&self, other: &WordList) -> bool {
        self.listed() == other.listed()
    }
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> WordList {
        WordList::new(words)
    }
}

impl From<WordList> for Vec<String> {
    fn from(list: WordList) -> Vec<String> {
        list.listed().to_vec()
    }
}

/// Shorter words are not looked for letter by letter, nor are shorter phrases as one word: initials would be hit.
const SHORTEST_SPELLED: usize = 3;
const SHORTEST_JOINED: usize = 8;
/// In a word of fewer letters two equal ones may be its spelling; only three are a disguise.
const SHORTEST_DOUBLED: usize = 5;
/// Letters are parted by no more than this many characters.
const WIDEST_GAP: usize = 3;

/// What Arabic writes together with the next word.
const PREFIXES: &[&str] =
    &["و", "ف", "ب", "ك", "ل", "ال", "لل", "وال", "فال", "بال", "كال", "وبال", "ولل", "فلل", "وب", "ول", "فب", "فل"];
/// What is left of a word without its prefix has at least three letters.
const SHORTEST_BARE: usize = 3;

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A word as it stands and without each prefix that it may have.
fn bare_forms(word: &str) -> impl Iterator<Item = &str> {
    let without = |prefix: &&str| word.strip_prefix(prefix).filter(|rest| rest.chars().count() >= SHORTEST_BARE);
    std::iter::once(word).chain(PREFIXES.iter().filter_map(without))
}

fn is_word((listed, written): (&String, &&str)) -> bool {
    bare_forms(written).any(|form| form == listed || is_stretched(form, listed))
}

/// Whether `written` is `listed` with letters repeated.
fn is_stretched(written: &str, listed: &str) -> bool {
    let short = squeezed(listed);
    squeezed(written) == short && (short.chars().count() >= SHORTEST_DOUBLED || has_triple(written))
}

fn squeezed(word: &str) -> String {
    let mut last = None;
    word.chars().filter(|&c| last.replace(c) != Some(c)).collect()
}

fn has_triple(word: &str) -> bool {
    word.chars().zip(word.chars().skip(1)).zip(word.chars().skip(2)).any(|((a, b), c)| a == b && b == c)
}

/// Runs of letters that stand alone on one line, each run as one word.
fn lone_letters(folded: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    let mut gap = 0;
    let mut breaks = true;
    let mut characters = folded.chars().peekable();
    while let Some(c) = characters.next() {
        if !c.is_alphanumeric() {
            gap += 1;
            breaks |= gap > WIDEST_GAP || c == '\n';
            continue;
        }
        let is_lone = gap > 0 || runs.len() == 1 && runs[0].is_empty();
        if is_lone && characters.peek().is_none_or(|next| !next.is_alphanumeric()) {
            if breaks {
                runs.push(String::new());
            }
            if let Some(run) = runs.last_mut() {
                run.push(c);
            }
            breaks = false;
        } else {
            breaks = true;
        }
        gap = 0;
    }
    runs
}

/// What readers of news sites are bothered with. Phrases rather than words, so that news of trade and medicine pass.
const USUAL_SPAM: &[&str] = &[
    "كازينو",
    "كازينوهات",
    "مراهنات رياضية",
    "فياجرا",
    "فياغرا",
    "سياليس",
    "حبوب الإجهاض",
    "تكبير القضيب",
    "حبوب تخسيس",
    "جلب الحبيب",
    "رد المطلقة",
    "فك السحر",
    "شيخ روحاني",
    "الشيخ الروحاني",
    "قرض فوري",
    "قروض فورية",
    "قروض شخصية",
    "قرض بدون كفيل",
    "تسديد القروض",
    "سداد القروض",
    "ربح سريع",
    "الربح من الإنترنت",
    "اربح المال",
    "أرباح مضمونة",
    "خيارات ثنائية",
    "توصيات فوركس",
    "شراء متابعين",
    "زيادة متابعين",
    "نقل عفش",
    "كشف تسربات",
    "مكافحة حشرات",
    "تنظيف خزانات",
    "شركة تنظيف بالرياض",
    "أفلام إباحية",
    "casino",
    "casinos",
    "viagra",
    "cialis",
    "levitra",
    "online pharmacy",
    "payday loan",
    "payday loans",
    "instant loan",
    "instant loans",
    "personal loans",
    "weight loss pills",
    "penis enlargement",
    "binary options",
    "forex signals",
    "sports betting",
    "slot machines",
    "buy followers",
    "seo services",
    "guest post service",
    "essay writing service",
    "replica watches",
    "escort service",
    "porn",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A comment that nothing is wrong with.
    const GOOD: Submission<'static> = Submission {
        author: "قارئ",
        url: "",
        text: "شكرًا على المقال",
        links: 0,
        honeypot_filled: false,
        seconds_since_form: None,
        known_author: true,
        duplicate: false,
        recent_from_block: 0,
        looks_like_staff: false,
        discussion_open: true,
        banned: false,
    };

    fn check_verdict(submission: Submission<'_>, expected: Verdict) {
        assert_eq!(judge(&submission, &Rules::default()).verdict, expected, "{submission:?}");
    }

    #[test]
    fn each_rule_decides() {
        use Verdict::{Hold, Publish, Refuse};
        check_verdict(GOOD, Publish);
        check_verdict(Submission { discussion_open: false, ..GOOD }, Refuse(Reason::Closed));
        check_verdict(Submission { honeypot_filled: true, ..GOOD }, Refuse(Reason::Honeypot));
        check_verdict(Submission { recent_from_block: 10, ..GOOD }, Refuse(Reason::Throttled));
        check_verdict(Submission { recent_from_block: 9, ..GOOD }, Publish);
        check_verdict(Submission { duplicate: true, ..GOOD }, Refuse(Reason::Duplicate));
        check_verdict(Submission { banned: true, ..GOOD }, Hold(Reason::Banned));
        check_verdict(Submission { looks_like_staff: true, ..GOOD }, Hold(Reason::StaffName));
        check_verdict(Submission { text: "أفضل كازينو", ..GOOD }, Hold(Reason::BlockedWord));
        check_verdict(Submission { author: "جلب الحبيب", ..GOOD }, Hold(Reason::BlockedWord));
        check_verdict(Submission { url: "https://payday-loans.example", ..GOOD }, Hold(Reason::BlockedWord));
        check_verdict(Submission { links: 2, ..GOOD }, Publish);
        check_verdict(Submission { links: 3, ..GOOD }, Hold(Reason::Links));
        check_verdict(Submission { seconds_since_form: Some(3), ..GOOD }, Hold(Reason::TooFast));
        check_verdict(Submission { seconds_since_form: Some(-9), ..GOOD }, Hold(Reason::TooFast));
        check_verdict(Submission { seconds_since_form: Some(4), ..GOOD }, Publish);
        check_verdict(Submission { known_author: false, ..GOOD }, Hold(Reason::FirstComment));
    }

    #[test]
    fn editors_may_be_stricter_or_milder() {
        let strict = Rules { hold_all: true, refused_words: WordList::new(["ربح"]), ..Rules::default() };
        assert_eq!(judge(&GOOD, &strict).verdict, Verdict::Hold(Reason::HoldAll));
        let refused = judge(&Submission { text: "الربح", ..GOOD }, &strict).verdict;
        assert_eq!(refused, Verdict::Refuse(Reason::RefusedWord));
        let mild = Rules { hold_first: false, blocked_words: WordList::default(), ..Rules::default() };
        let published = judge(&Submission { known_author: false, text: "كازينو", ..GOOD }, &mild).verdict;
        assert_eq!(published, Verdict::Publish);
    }

    #[test]
    fn the_first_rule_decides() {
        let worst = Submission { honeypot_filled: true, duplicate: true, links: 99, ..GOOD };
        check_verdict(worst, Verdict::Refuse(Reason::Honeypot));
        check_verdict(Submission { discussion_open: false, ..worst }, Verdict::Refuse(Reason::Closed));
    }

    fn check_findings(submission: Submission<'_>, expected: &[(Reason, &str)]) {
        let found = judge(&submission, &Rules::default()).findings;
        let found: Vec<_> = found.iter().map(|finding| (finding.reason, finding.saw.as_str())).collect();
        assert_eq!(found, expected, "{submission:?}");
    }

    #[test]
    fn every_rule_that_applied_says_what_it_saw() {
        check_findings(GOOD, &[]);
        check_findings(Submission { known_author: false, ..GOOD }, &[(Reason::FirstComment, "")]);
        check_findings(
            Submission { text: "كـازيـنو", links: 5, seconds_since_form: Some(1), known_author: false, ..GOOD },
            &[
                (Reason::BlockedWord, "كازينو"),
                (Reason::Links, "5"),
                (Reason::TooFast, "1"),
                (Reason::FirstComment, ""),
            ],
        );
        check_findings(Submission { author: "Payday-Loans", ..GOOD }, &[(Reason::BlockedWord, "payday loans")]);
    }

    #[test]
    fn findings_are_kept_as_json() {
        let findings = [
            Finding { reason: Reason::BlockedWord, saw: "كازينو".into() },
            Finding { reason: Reason::FirstComment, saw: String::new() },
        ];
        let json = serde_json::to_string(&findings).unwrap();
        assert_eq!(json, r#"[{"rule":"blocked-word","saw":"كازينو"},{"rule":"first-comment"}]"#);
        assert_eq!(serde_json::from_str::<Vec<Finding>>(&json).unwrap(), findings);
        assert!(serde_json::from_str::<Vec<Finding>>(r#"[{"rule":"whim"}]"#).is_err());
    }

    #[test]
    fn reasons_are_read_back() {
        assert!(Reason::ALL.into_iter().all(|reason| Reason::parse(reason.as_str()) == Some(reason)));
        assert_eq!(Reason::parse("whim"), None);
    }

    #[test]
    fn rules_are_kept_as_json() {
        let rules = Rules { blocked_words: WordList::new(["ربح", "casino"]), max_links: 1, ..Rules::default() };
        let json = serde_json::to_string(&rules).unwrap();
        assert!(json.contains(r#""blocked_words":["ربح","casino"]"#), "{json}");
        assert_eq!(serde_json::from_str::<Rules>(&json).unwrap(), rules);
        assert!(serde_json::from_str::<Rules>(&json).unwrap().blocked_words.is_in("C.a.s.i.n.o"));
        assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::default());
    }

    fn check_hit(word: &str, text: &str) {
        assert!(WordList::new([word]).is_in(text), "{word:?} in {text:?}");
    }

    fn check_miss(word: &str, text: &str) {
        assert!(!WordList::new([word]).is_in(text), "{word:?} in {text:?}");
    }

    #[test]
    fn disguises_are_seen_through() {
        check_hit("ربح", "ر.ب.ح");
        check_hit("ربح", "هنا ر ب ح مضمون");
        check_hit("ربح", "رـــبـــح");
        check_hit("ربح", "رِبْحٌ");
        check_hit("ربح", "ر\u{200B}ب\u{200D}ح");
        check_hit("ربح", "ﺭﺑﺢ");
        check_hit("ربح", "ررررببحح");
        check_hit("ربح", "ڕپځ");
        check_hit("ربح", "وبالربح");
        check_hit("رِبـح", "للربح");
        check_hit("أرباح مضمونة", "ارباح   مضمونه!");
        check_hit("أرباح مضمونة", "#ارباح_مضمونة");
        check_hit("كازينو", "كاز.ينو");
        check_hit("كازينو", "گازینو");
        check_hit("كازينو", "ك-ا-ز-ي-ن-و");
        check_hit("كازينو", "ك * ا * ز * ي * ن * و");
        check_hit("casino", "CASINO");
        check_hit("casino", "c a s i n o");
        check_hit("casino", "play c.a.s.i.n.o now");
        check_hit("casino", "саsinо");
        check_hit("casino", "ｃａｓｉｎｏ");
        check_hit("casino", "𝓬𝓪𝓼𝓲𝓷𝓸");
        check_hit("casino", "caaasiiino");
        check_hit("casino", "cassino");
        check_hit("casino", "ca\u{00AD}sino");
        check_hit("casino", "ca*si*no");
        check_hit("payday loan", "paydayloan.example");
        check_hit("казино", "КАЗИНО");
    }

    #[test]
    fn innocent_words_pass() {
        check_miss("cialis", "a specialist in socialism");
        check_miss("casino", "Casinos");
        check_miss("porn", "Pornic, a town in France");
        check_miss("god", "good");
        check_miss("مثل", "ممثل");
        check_miss("ربح", "تربح رابح أرباح مربح الرباح");
        check_miss("ربح", "رب حكيم");
        check_miss("قرض", "القرضاوي انقرض");
        check_miss("usa", "plus a new");
        check_miss("ربح", "ر\nب\nح");
        check_miss("ab", "a b");
        check_miss("", "نص");
        check_miss(" . ", " . ");
    }

    fn check_passes(text: &str) {
        assert!(!Rules::default().blocked_words.is_in(text), "{text:?}");
    }

    #[test]
    fn news_passes_the_usual_list() {
        check_passes("حققت الشركة أرباحًا سريعة، ومنحت الصين قرضًا لمصر بفائدة منخفضة");
        check_passes("نقل الأثاث إلى المتحف، ومكافحة الفساد، وسحر الشرق، وجلب الاستثمارات");
        check_passes("وقّع الرئيسان اتفاقية القروض الميسرة، والربح للجميع");
        check_passes("تجربة دواء جديد لمرض القلب في شركة تنظيف المياه");
        check_passes("The specialist spoke about loans, pharmacies and the U.S.A. options");
        check_passes("الحبيب بورقيبة والشيخ زايد ورجل روحاني");
    }

    #[test]
    fn names_are_compared_by_their_looks() {
        assert!(looks_like("المُحـرّر", "المحرر"));
        assert!(looks_like("Аdmin", "admin"));
        assert!(looks_like("a d m i n", "Admin"));
        assert!(looks_like("احمد علي", "أحمد  على"));
        assert!(!looks_like("أحمد", "محمد"));
        assert!(!looks_like("…", "!"));
    }

    proptest! {
        #[test]
        fn a_listed_word_is_found_anywhere(before in "[a-zأ-ي ]{0,9}", word in "[bcdfg]{4,9}", after in "[a-zأ-ي ]{0,9}") {
            let text = format!("{before} {word} {after}");
            prop_assert!(WordList::new([word]).is_in(&text));
        }

        #[test]
        fn any_text_is_judged(text in "\\PC{0,60}", word in "\\PC{0,12}") {
            let rules = Rules { blocked_words: WordList::new([word]), ..Rules::default() };
            let submission = Submission { text: &text, ..GOOD };
            prop_assert!(matches!(judge(&submission, &rules).verdict, Verdict::Publish | Verdict::Hold(Reason::BlockedWord)));
        }
    }
}

//! Who met, called, wrote to, visited, congratulated or signed with whom, where and when?
//!
//! A sentence tells of an event by a verb («زار», «التقى», «هنأ») or by a noun («زيارة شي إلى روسيا») with a light verb
//! («أجرى اتصالا هاتفيا») or without. The words stand in `data/*/events.txt` with the roles that they give: who goes and
//! where to, who writes and to whom, who receives. Actors are the names, titles and bodies of the sentence; two that are
//! one phrase («الزعيمان») count as two.
//!
//! - **Status**: `Denied` after negation or a verb of denying or calling off, `Planned` where verb or date look ahead,
//!   else `Happened`.
//! - **Date**: that of the event, which stands nearest in its sentence; not that of the report.
//! - **Not events**: games («التقى الفريقان»), things that are visited by nobody («زيارة الموقع»), messages of works
//!   («رسالة الرواية»), the top of something («قمة الترتيب»), and whatever people without office do among themselves. Every
//!   event has an actor whom the gazetteer or a public title knows.
//!
//! Not understood: events told over several sentences, «الأول … والثاني», events within somebody's quoted words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use arabic::fold::{Fold, fold};

use crate::dates::{Date, Day, Value};
use crate::gazetteer;
use crate::mentions::{How, Mentions, Who};
use crate::speech::{Finder, Speaker};
use crate::text::{Gap, Words};
use crate::verbs;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody goes to see a place or somebody.
    Visit,
    /// A call by telephone.
    Call,
    /// A letter or cable.
    Letter,
    /// Talks face to face.
    Meeting,
    /// A meeting of those who lead.
    Summit,
    /// Something is signed.
    Agreement,
    /// A body or several make something known in writing.
    Statement,
    /// Good wishes.
    Congratulation,
}

impl Kind {
    /// The word of the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Visit => "visit",
            Kind::Call => "call",
            Kind::Letter => "letter",
            Kind::Meeting => "meeting",
            Kind::Summit => "summit",
            Kind::Agreement => "agreement",
            Kind::Statement => "statement",
            Kind::Congratulation => "congratulation",
        }
    }
}

/// Whether it came to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It did.
    Happened,
    /// It is to come, or may.
    Planned,
    /// It did not, or somebody says so.
    Denied,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The words that name them.
    pub bytes: Range<usize>,
    /// Who that is, if known.
    pub who: Option<Who>,
}

/// Something that happened between public persons, states or bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What.
    pub kind: Kind,
    /// The sentence that tells it.
    pub bytes: Range<usize>,
    /// The word that tells it.
    pub trigger: Range<usize>,
    /// Who takes part, those who act first.
    pub actors: Vec<Party>,
    /// Who visits, calls, writes, congratulates: the number of an actor. None where both do.
    pub from: Option<usize>,
    /// Who is visited, called, written to, congratulated.
    pub to: Option<usize>,
    /// Where.
    pub place: Option<Party>,
    /// When.
    pub date: Option<Value>,
    /// Whether it came to pass.
    pub status: Status,
    /// How sure the rules are, from 0 to 1.
    pub certainty: f32,
    /// The name of the rule that found it.
    pub rule: &'static str,
}

/// How the parts of a sentence take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Roles {
    To,
    With,
    Host,
    From,
    Go,
    Reach,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Verb { kind: Kind, roles: Roles },
    Light { roles: Roles },
    Noun { kind: Kind, needs: &'static str },
}

/// Finds the events of a text that was cut up, with the finder of its speakers, in the order in which they are told.
pub(crate) fn find_in(finder: &Finder, dates: &[Date], published: Day) -> Vec<Event> {
    let mut teller = Teller { finder, words: finder.words, mentions: finder.mentions, dates, published, last: None };
    let mut found = Vec::new();
    for sentence in 0..teller.words.sentences.len() {
        teller.sentence(teller.words.of_sentence(sentence), &mut found);
    }
    found
}

struct Teller<'f, 't> {
    finder: &'f Finder<'f, 't>,
    words: &'f Words<'t>,
    mentions: &'f Mentions<'f>,
    dates: &'f [Date],
    published: Day,
    /// The last who did something.
    last: Option<Party>,
}

/// An actor in its place.
#[derive(Clone, Debug)]
struct Actor {
    at: usize,
    end: usize,
    /// The preposition before it, folded; empty without.
    by: &'static str,
    party: Party,
    /// Whether it may act by itself: a person, a state, a body, a title; not a place.
    acts: bool,
    /// Whether it begins with «و» and goes on from the one before.
    joined: bool,
    /// «نظيره»: never the first of a sentence.
    counterpart: bool,
    /// A dual or plural: «وزيرا», «قادة», «الجانبان».
    several: bool,
    /// One phrase for two.
    both: Option<Party>,
}

impl Teller<'_, '_> {
    fn sentence(&mut self, sentence: Range<usize>, found: &mut Vec<Event>) {
        let words = self.words;
        if sentence.len() < 3 || sentence.len() > 160 {
            return;
        }
        let mut triggers: Vec<(usize, Trigger)> = Vec::new();
        for at in sentence.clone() {
            if self.finder.marked_at(at).is_some() {
                continue;
            }
            // A word that is a verb and a light verb is both: «أبرم» alone, «أبرم اتفاقا».
            if let Some(trigger) = triggers_of(words.key(at)).find(|trigger| self.fits(at, trigger, &sentence)) {
                triggers.push((at, trigger));
            }
        }
        if triggers.is_empty() {
            return;
        }
        let actors = self.actors(&sentence);
        let sport = sentence.clone().any(|at| is_of_sport(words.key(at)));
        let before = found.len();
        let mut used: Vec<usize> = Vec::new();
        for (number, &(at, trigger)) in triggers.iter().enumerate() {
            if used.contains(&at) {
                continue;
            }
            let until = triggers[number + 1..]
                .iter()
                .find(|(_, next)| matches!(next, Trigger::Verb { .. } | Trigger::Light { .. }))
                .map_or(sentence.end, |(at, _)| *at);
            let event = match trigger {
                Trigger::Verb { kind, roles } => self.event(kind, roles, at, at, &actors, &sentence, until, "verb"),
                Trigger::Light { roles } => {
                    let nouns = triggers[number + 1..].iter().filter(|(noun, next)| {
                        let apart = matches!(
                            words.key(noun - 1),
                            "خلال" | "اثناء" | "عقب" | "بعد" | "قبل" | "هامش" | "during" | "after"
                        );
                        matches!(next, Trigger::Noun { .. }) && *noun <= at + 14 && *noun < until && !apart
                    });
                    let mut made = None;
                    for &(noun, trigger) in nouns {
                        let Trigger::Noun { kind, .. } = trigger else { continue };
                        used.push(noun);
                        let definite = words.key(noun).starts_with("ال")
                            && !matches!(words.key(noun), "الرسائل" | "التهاني" | "القمه");
                        if definite && found.iter().rev().take(20).any(|told| told.kind == kind) {
                            continue;
                        }
                        // «برقية تهنئة»: the second says what it was.
                        let kind = self.better_kind(kind, noun, &mut used, &triggers);
                        if made.is_none() {
                            made = self.event(kind, roles, at, noun, &actors, &sentence, until, "light-verb");
                        }
                    }
                    made
                }
                Trigger::Noun { kind, .. } => {
                    let kind = self.better_kind(kind, at, &mut used, &triggers);
                    let roles = if kind == Kind::Visit { Roles::Go } else { Roles::To };
                    self.event(kind, roles, at, at, &actors, &sentence, sentence.end, "noun")
                }
            };
            if let Some(event) = event.filter(|event| !sport || is_of_states(event, self.mentions)) {
                let same =
                    found[before..].iter().any(|other: &Event| other.kind == event.kind && same_actors(other, &event));
                if !same {
                    found.push(event);
                }
            }
        }
        let doer = found[before..].first().and_then(|event| event.actors.first());
        let subject = actors.iter().find(|actor| actor.acts && actor.by.is_empty() && !actor.counterpart);
        if let Some(party) = doer.or(subject.map(|actor| &actor.party)) {
            self.last = Some(party.clone());
        }
    }

    fn better_kind(&self, kind: Kind, at: usize, used: &mut Vec<usize>, triggers: &[(usize, Trigger)]) -> Kind {
        let next = triggers.iter().find(|(noun, trigger)| *noun == at + 1 && matches!(trigger, Trigger::Noun { .. }));
        match (kind, next) {
            (Kind::Letter | Kind::Summit, Some((noun, Trigger::Noun { kind, .. }))) => {
                used.push(*noun);
                *kind
            }
            _ => kind,
        }
    }

    /// Whether the word at `at` can be what the table says here.
    fn fits(&self, at: usize, trigger: &Trigger, sentence: &Range<usize>) -> bool {
        let words = self.words;
        let named = words.get(at).is_some_and(|word| self.mentions.at(word.start).is_some());
        if named && !matches!(trigger, Trigger::Noun { kind: Kind::Summit, .. }) {
            return false;
        }
        // «هنأ», not «هنا».
        if words.key(at).ends_with("هنا") && !words.written(at).contains(['أ', 'ئ']) {
            return false;
        }
        let Trigger::Noun { kind, needs } = trigger else { return true };
        let following = |by: usize| if at + by < sentence.end { words.key(at + by) } else { "" };
        if !needs.is_empty() {
            let near = (1..=3).map(following);
            let mut any = needs.split(' ').filter(|need| *need != "*");
            let said = any.any(|need| near.clone().any(|key| key == folded(need)));
            let adjective = needs.starts_with('*')
                && (1..=2).any(|by| {
                    let key = following(by);
                    is_adjective_of_states(key)
                        || words.get(at + by).is_some_and(|word| {
                            self.mentions.at(word.start).is_some_and(|mention| {
                                by == 1 && mention.kind != gazetteer::Kind::Person || mention.how == How::Nisba
                            })
                        })
                });
            if !said && !adjective {
                return false;
            }
        }
        let next = following(1);
        match kind {
            Kind::Visit => !is_visited_by_anybody(next),
            Kind::Letter => !is_work(next),
            Kind::Agreement => !matches!(next, "علي" | "الطرفين"),
            Kind::Meeting => !is_of_sport(next),
            _ => true,
        }
    }

    /// The actors of a sentence, in order.
    fn actors(&self, sentence: &Range<usize>) -> Vec<Actor> {
        let mut found: Vec<Actor> = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            if self.finder.marked_at(at).is_some() {
                at += 1;
                continue;
            }
            match self.actor(at, sentence, found.last()) {
                Some(actor) => {
                    at = actor.end.max(at + 1);
                    found.push(actor);
                }
                None => at += 1,
            }
        }
        found
    }

    fn actor(&self, at: usize, sentence: &Range<usize>, before: Option<&Actor>) -> Option<Actor> {
        let words = self.words;
        let word = words.get(at)?;
        let key = words.key(at);
        let joined = key.starts_with('و') || (at > sentence.start && words.key(at - 1) == "و") || key == "and";
        let (clitic, bare) = without_clitics(key);
        let mention = self.mentions.within(word.start..word.end).first();
        let title_begins =
            self.mentions.within(word.start..words.bytes(at, (at + 12).min(sentence.end)).end).iter().find(|mention| {
                mention.title.as_ref().is_some_and(|title| (word.start..word.end).contains(&title.start))
            });
        let role = is_public_role(bare);
        let counterpart = is_counterpart(bare) || bare == "counterpart";
        let mention = title_begins.or(mention);
        if mention.is_none() && !role && !counterpart {
            return None;
        }
        // «روسيا» is a state, whatever else its letters may be.
        let is_name = |mention: &crate::mentions::Mention| {
            let name = mention.who.map_or("", |who| self.mentions.name(who, "ar"));
            folded(name) == folded(&words.text[mention.bytes.clone()])
        };
        if mention.is_some_and(|mention| mention.how == How::Nisba && !is_name(mention)) && !role {
            return None;
        }
        // A place whose name is another word: «تأتي».
        let place = mention.is_some_and(|mention| mention.kind == gazetteer::Kind::Place);
        let alone = mention.is_some_and(|mention| mention.title.is_none() && mention.bytes.end <= word.end);
        if alone && !role {
            let best = arabic::morphology::analyse(words.written(at)).into_iter().next();
            let verb = |pos| place && pos == arabic::morphology::Pos::Verb;
            if best.is_some_and(|best| verb(best.pos) || best.pos.is_closed_class()) {
                return None;
            }
        }
        // Somebody whom nobody knows, without office, is private.
        let private = mention.is_some_and(|mention| {
            matches!(mention.who, Some(Who::Candidate(_)))
                && mention.kind == gazetteer::Kind::Person
                && mention.title.is_none()
        });
        if private && !role && !counterpart && !self.is_public_candidate(mention) {
            return None;
        }
        let by = match clitic {
            "ب" => "ب",
            "ل" => "ل",
            _ => {
                // «في بكين», «مع نظيره», «من جانب».
                let one = at.checked_sub(1).filter(|&one| one >= sentence.start && words.gap(at).only(Gap::SPACE));
                let key = one.map_or("", |one| words.key(one));
                let key = key.strip_prefix('و').filter(|rest| rest.chars().count() > 1).unwrap_or(key);
                match key {
                    "الي" | "to" => "الي",
                    "مع" | "with" => "مع",
                    "من" | "from" | "by" => "من",
                    "في" | "in" | "at" => "في",
                    "بين" | "between" => "بين",
                    "عن" | "على" | "علي" | "about" | "باسم" | "داخل" | "خارج" | "ضد" | "نحو" | "حول" | "قرب"
                    | "شمال" | "جنوب" | "شرق" | "غرب" | "عبر" | "ضمن" | "لدى" | "لدي" | "against" | "of" => {
                        "عن"
                    }
                    "his" | "her" | "the" => {
                        match one.and_then(|one| one.checked_sub(1)).map_or("", |two| words.key(two)) {
                            "to" => "الي",
                            "with" => "مع",
                            "from" => "من",
                            _ => "",
                        }
                    }
                    _ => "",
                }
            }
        };
        let (bytes, who, both) = match mention {
            Some(mention) => {
                let start =
                    mention.title.as_ref().map_or(mention.bytes.start, |title| title.start.min(mention.bytes.start));
                let two = self
                    .mentions
                    .within(mention.bytes.clone())
                    .iter()
                    .filter(|other| other.bytes == mention.bytes)
                    .nth(1);
                let both = two.map(|two| Party { bytes: two.bytes.clone(), who: two.who });
                (start..mention.bytes.end, mention.who, both)
            }
            None => (word.start..word.end, None, None),
        };
        // The whole phrase: «وزير الخارجية العماني سالم المحروقي».
        let phrase = (role || counterpart).then(|| self.finder.phrase(at, sentence.end)).flatten();
        let (bytes, who) = match phrase {
            Some(Speaker { bytes: whole, who: named, .. }) if whole.end >= bytes.end && both.is_none() => {
                (whole, named.or(who))
            }
            _ => (bytes, who),
        };
        // «عقد الجانبان جلسة مباحثات»: a dual takes adjectives only.
        let bytes = if role && is_several(bare) && who.is_none() {
            let mut end = at + 1;
            while end < sentence.end && words.key(end).starts_with("ال") && words.gap(end).is_space() {
                end += 1;
            }
            let named = self.mentions.within(bytes.clone()).last().map_or(0, |mention| mention.bytes.end);
            bytes.start..words.bytes(at, end).end.max(named.min(bytes.end))
        } else {
            bytes
        };
        let kind = mention.map(|mention| mention.kind);
        let acts = role || counterpart || kind.is_none_or(|kind| kind != gazetteer::Kind::Place);
        // «وفد من الجماهير»: nobody whom the public knows.
        let vague = matches!(bare, "وفد" | "الوفد" | "وفدا" | "مسؤول" | "مدير" | "الجانب") && who.is_none();
        let known =
            !vague || self.mentions.within(bytes.clone()).iter().any(|mention| mention.kind != gazetteer::Kind::Person);
        if !known {
            return None;
        }
        // A state in the genitive of a title is no actor: the phrase has swallowed it.
        if before.is_some_and(|before| before.party.bytes.end > bytes.start) {
            return None;
        }
        let end = words.at_byte(bytes.end);
        let several = role && is_several(bare);
        Some(Actor { at, end, by, party: Party { bytes, who }, acts, joined, counterpart, several, both })
    }

    #[expect(clippy::too_many_arguments, reason = "one event of one sentence: all that is known of it")]
    fn event(
        &self,
        kind: Kind,
        roles: Roles,
        at: usize,
        noun: usize,
        actors: &[Actor],
        sentence: &Range<usize>,
        until: usize,
        rule: &'static str,
    ) -> Option<Event> {
        let words = self.words;
        let is_noun = rule == "noun";
        let verb = verbs::any_form(words.key(at));
        // Who acts: the first bare actor after the verb, or the last before it.
        let after: Vec<&Actor> =
            actors.iter().filter(|actor| actor.at > at && actor.at < until.max(noun + 12)).collect();
        let earlier: Vec<&Actor> = actors.iter().filter(|actor| actor.at < at).collect();
        let near = |actor: &&&Actor| self.is_near(at, actor.at);
        let mut subject: Option<&Actor> = None;
        let mut rest: Vec<&Actor>;
        if is_noun {
            // «زيارة شي إلى روسيا», «اتصال هاتفي بين فلان وفلان».
            let own: Vec<&Actor> = after.iter().copied().filter(|actor| self.belongs(noun, actor.at, actors)).collect();
            // «لقائه ولي العهد»: the pronoun is the one who does it.
            let pronoun = has_pronoun(words.key(noun)) || matches!(words.key(noun + 1), "له" | "لها" | "لهما" | "لهم");
            let genitive = own.first().copied().filter(|actor| {
                if pronoun {
                    return false;
                }
                actor.acts
                    && (actor.by.is_empty() || matches!(actor.by, "من" | "بين"))
                    && (!actor.by.is_empty() || actor.at <= noun + 4)
            });
            subject = genitive;
            rest = own.into_iter().filter(|actor| Some(actor.at) != genitive.map(|g| g.at)).collect();
            if subject.is_none() {
                let others = actors.iter().filter(|actor| actor.acts && actor.by.is_empty() && !actor.counterpart);
                let others: Vec<&Actor> = others.filter(|actor| !rest.iter().any(|own| own.at == actor.at)).collect();
                let definite = words.key(noun).trim_start_matches(['و', 'ب']).starts_with("ال");
                // «الزيارة», «الرسالة»: one that was told before, unless it says whose.
                if definite && (rest.is_empty() || kind == Kind::Meeting) && kind != Kind::Summit {
                    return None;
                }
                let before_first = others.iter().rev().find(|actor| actor.at < at && self.is_near(actor.at, at));
                subject = before_first.or_else(|| others.first().filter(|_| noun <= sentence.start + 3)).copied();
                let joined = others.iter().filter(|actor| {
                    actor.joined && subject.is_some_and(|s| actor.at == s.end || actor.at == s.end + 1)
                });
                rest.extend(joined);
                if subject.is_some_and(|subject| subject.at > at) && roles != Roles::Go {
                    rest.extend(after.iter().filter(|actor| actor.by == "مع"));
                }
            }
        } else {
            let mut bare = after.iter().filter(|actor| actor.by.is_empty() && actor.acts);
            let inverted = after
                .first()
                .filter(|actor| actor.at <= at + 3 && actor.by.is_empty() && actor.acts && !actor.counterpart);
            let follows = words.written(at).is_ascii();
            let own_subject =
                earlier.iter().rev().find(near).filter(|actor| {
                    actor.acts && actor.by.is_empty() && (follows || self.stands_before_verb(actor, at))
                });
            match (inverted, own_subject) {
                (Some(actor), None) if !follows => subject = Some(actor),
                (_, Some(actor)) => subject = Some(actor),
                (Some(_), None) => {}
                (None, None) => {
                    subject = bare.next().copied().filter(|actor| !actor.counterpart && self.directly(at, actor.at));
                }
            }
            let first = subject.map_or(at, |subject| subject.at);
            rest = actors
                .iter()
                .filter(|actor| (actor.at > at && actor.at < until.max(noun + 12)) && actor.at != first)
                .collect();
        }
        // «ما يصل إلى مئة»
        if at > sentence.start && matches!(words.key(at - 1), "ما" | "بما" | "مما") {
            return None;
        }
        // An agreement by its noun alone: «توقيع اتفاق بين», «اتفاق مع».
        if is_noun && kind == Kind::Agreement {
            let before =
                at.checked_sub(1).filter(|&before| before >= sentence.start).map_or("", |before| words.key(before));
            let signed = matches!(before.trim_start_matches(['و', 'ب', 'ل']), "توقيع" | "ابرام" | "signing");
            let between =
                after.iter().any(|actor| matches!(actor.by, "بين" | "مع") && self.belongs(noun, actor.at, actors));
            if !signed && !between {
                return None;
            }
        }
        let place = self.place(actors, sentence, noun, kind);
        let mut people: Vec<Party> = Vec::new();
        let mut from = None;
        let mut to = None;
        let add = |people: &mut Vec<Party>, party: &Party| -> usize {
            match people
                .iter()
                .position(|other| other.who == party.who && (other.who.is_some() || other.bytes == party.bytes))
            {
                Some(number) => number,
                None => {
                    people.push(party.clone());
                    people.len() - 1
                }
            }
        };
        let passive = is_passive(words.key(at));
        match subject {
            Some(subject) => {
                from = Some(add(&mut people, &subject.party));
                if let Some(both) = &subject.both {
                    add(&mut people, both);
                    from = None;
                }
                // «شي وبوتين»
                for actor in rest.iter().filter(|actor| actor.joined && actor.acts && actor.by.is_empty()) {
                    let previous = actors.iter().rev().find(|other| other.at < actor.at).map(|other| other.at);
                    if previous == Some(subject.at) && self.is_near(subject.end.saturating_sub(1), actor.at) {
                        add(&mut people, &actor.party);
                        from = None;
                    }
                }
            }
            None => {
                let pronoun = has_pronoun(words.key(noun)) || matches!(words.key(noun + 1), "له" | "لها");
                if let Some(last) = self.last.as_ref().filter(|_| {
                    let begins =
                        at == sentence.start || words.key(at).starts_with('و') && words.gap(at).has(Gap::COMMA);
                    (!is_noun && begins || pronoun) && !passive
                }) {
                    from = Some(add(&mut people, last));
                }
            }
        }
        let symmetric = from.is_none() && people.len() >= 2;
        let target = self.target(kind, roles, noun, at, &rest, &people);
        if let Some(actor) = target {
            let number = add(&mut people, &actor.party);
            to = Some(number);
            for other in rest
                .iter()
                .filter(|other| other.joined && other.acts && other.at >= actor.end && other.at <= actor.end + 1)
            {
                add(&mut people, &other.party);
            }
        }
        if symmetric || to == from {
            (from, to) = (None, None);
        }
        match roles {
            Roles::From if !is_noun => std::mem::swap(&mut from, &mut to),
            Roles::With | Roles::Host => {
                (from, to) = (None, None);
            }
            _ => {}
        }
        if matches!(kind, Kind::Meeting | Kind::Summit | Kind::Agreement | Kind::Statement) {
            (from, to) = (None, None);
        }
        // A visit goes somewhere; the rest takes two, or a body.
        let enough = match kind {
            Kind::Visit => {
                let person = |number: usize| people.get(number).is_some_and(|party| self.is_human(party));
                from.is_some_and(person) && (to.is_some() || place.is_some())
            }
            Kind::Summit => true,
            Kind::Statement => !people.is_empty(),
            _ => people.len() >= 2 || subject.is_some_and(|subject| subject.several),
        };
        if !enough || !people.iter().any(|party| self.is_public(party)) && kind != Kind::Summit {
            return None;
        }
        if kind == Kind::Summit && people.is_empty() && place.is_none() {
            return None;
        }
        let date = self.date(at, noun, sentence);
        let status = self.status(at, noun, is_noun, verb, date, sentence);
        let known = people.iter().filter(|party| matches!(party.who, Some(Who::Known(_)))).count();
        let mut certainty: f32 = if is_noun { 0.7 } else { 0.8 };
        certainty += 0.05 * known.min(2) as f32 + if date.is_some() { 0.05 } else { 0.0 };
        if subject.is_none() {
            certainty -= 0.2;
        }
        if status == Status::Planned {
            certainty -= 0.1;
        }
        Some(Event {
            kind,
            bytes: words.sentences.get(words.get(at)?.sentence)?.clone(),
            trigger: words.bytes(noun, noun + 1),
            actors: people,
            from,
            to,
            place,
            date: date.map(|date| date.value),
            status,
            certainty,
            rule,
        })
    }

    /// To whom, with whom or where it goes.
    fn target<'a>(
        &self,
        kind: Kind,
        roles: Roles,
        noun: usize,
        at: usize,
        rest: &[&'a Actor],
        people: &[Party],
    ) -> Option<&'a Actor> {
        let other = |actor: &&&'a Actor| !people.iter().any(|party| party.bytes == actor.party.bytes);
        let by = |wanted: &[&str]| rest.iter().filter(|actor| wanted.contains(&actor.by)).find(other).copied();
        let words_ascii = self.words.written(at).is_ascii();
        let bare = || {
            rest.iter()
                .filter(|actor| actor.by.is_empty() && actor.acts && !actor.joined && actor.at > at)
                .find(other)
                .copied()
        };
        match (kind, roles) {
            // “arrived in Tunis”
            (Kind::Visit, _) if words_ascii => by(&["الي", "في"]).or_else(bare),
            (Kind::Visit, Roles::Reach) => return by(&["الي", "ل"]),
            (Kind::Visit, _) => by(&["الي", "ل"]).or_else(|| {
                rest.iter().filter(|actor| actor.by.is_empty() && !actor.joined && actor.at > at).find(other).copied()
            }),
            (_, Roles::From) => by(&["من"]),
            (_, Roles::With | Roles::Host) => by(&["مع", "ب"]).or_else(bare).or_else(|| by(&["الي"])),
            (Kind::Call | Kind::Meeting, _) => by(&["مع", "ب", "الي", "من"]).or_else(bare),
            (Kind::Letter | Kind::Congratulation, Roles::To) => {
                by(&["الي", "ل", "مع"]).or_else(bare).or_else(|| by(&["من"]).filter(|_| noun == at))
            }
            _ => by(&["مع", "الي"]).or_else(bare),
        }
        .or_else(|| rest.iter().filter(|actor| actor.acts && actor.joined).find(other).copied())
    }

    /// Whether nothing but small words lies between.
    fn directly(&self, from: usize, to: usize) -> bool {
        to <= from + 5 && (from + 1..=to).all(|at| self.words.gap(at).only(Gap::SPACE))
    }

    /// Whether no sign parts the two words.
    fn is_near(&self, from: usize, to: usize) -> bool {
        let (from, to) = (from.min(to), from.max(to));
        to <= from + 14
            && !(from + 1..=to).any(|at| self.words.gap(at).has(Gap::SEMICOLON.and(Gap::COLON).and(Gap::LINE)))
    }

    /// Whether the actor is the subject of a verb that stands after it.
    fn stands_before_verb(&self, actor: &Actor, at: usize) -> bool {
        let words = self.words;
        let own = words.key(at).starts_with('و')
            && verbs::any_form(words.key(at)).is_some_and(|lemma| !lemma.starts_with('و'));
        !own && (actor.end..at).all(|between| {
            matches!(
                words.key(between),
                "قد" | "كان" | "كانت" | "سوف" | "الذي" | "التي" | "will" | "has" | "had" | "لم" | "لن"
            )
        })
    }

    /// Whether an actor after a noun is of its phrase: nothing but names, titles, adjectives and small words between.
    fn belongs(&self, noun: usize, at: usize, actors: &[Actor]) -> bool {
        let words = self.words;
        if at > noun + 14 {
            return false;
        }
        (noun + 1..=at).all(|between| {
            let inside = actors.iter().any(|actor| (actor.at..actor.end).contains(&between));
            let key = words.key(between);
            let gap = words.gap(between);
            let verb = verbs::any_form(key).is_some() && !inside;
            !gap.has(Gap::COMMA.and(Gap::SEMICOLON).and(Gap::COLON)) && !verb
        })
    }

    fn place(&self, actors: &[Actor], sentence: &Range<usize>, noun: usize, kind: Kind) -> Option<Party> {
        let found = actors.iter().filter(|actor| {
            let mentioned = self.mentions.at(actor.party.bytes.start);
            let place = mentioned
                .is_some_and(|mention| matches!(mention.kind, gazetteer::Kind::Place | gazetteer::Kind::State));
            let near = kind != Kind::Visit || actor.at.abs_diff(noun) <= 7;
            place
                && (actor.by == "في" && near || kind == Kind::Visit && matches!(actor.by, "الي" | "ل"))
                && sentence.contains(&actor.at)
        });
        let nearest = found.min_by_key(|actor| (actor.at.abs_diff(noun), actor.at));
        nearest.map(|actor| actor.party.clone())
    }

    /// The date of the event: the nearest after its word in the clause, else the nearest in the sentence.
    fn date(&self, at: usize, noun: usize, sentence: &Range<usize>) -> Option<&Date> {
        let words = self.words;
        let bytes = words.bytes(sentence.start, sentence.end);
        let place = words.get(noun)?.start;
        let trigger = words.get(at.min(noun))?.start;
        let within = self.dates.iter().skip(self.dates.partition_point(|date| date.bytes.start < bytes.start));
        let within = within.take_while(|date| date.bytes.start < bytes.end);
        let quoted = |date: &&Date| self.finder.marked_at(words.at_byte(date.bytes.start)).is_none();
        let distance = |date: &&Date| {
            let start = date.bytes.start;
            let comma = words.text[start.min(place)..start.max(place)].contains(['،', ',', ';', '؛']);
            // What stands before the verb dates it too: «في أغسطس، هنأ».
            let far = if comma && start > trigger { 400 } else { 0 };
            start.abs_diff(place) + far
        };
        within.filter(quoted).min_by_key(distance)
    }

    fn status(
        &self,
        at: usize,
        noun: usize,
        is_noun: bool,
        verb: Option<&str>,
        date: Option<&Date>,
        sentence: &Range<usize>,
    ) -> Status {
        let words = self.words;
        let back =
            |at: usize, by: usize| at.checked_sub(by).filter(|&b| b >= sentence.start).map_or("", |b| words.key(b));
        let lemma = verb.unwrap_or_default();
        let negated =
            (1..=2).any(|by| matches!(back(at, by), "لم" | "لن" | "ولم" | "ولن" | "not" | "never" | "لا" | "ما"));
        // «نفى أن يكون قد أجرى», «ألغى زيارته».
        let first = sentence.start.max(at.min(noun).saturating_sub(9));
        let denied = (first..at.min(noun)).any(|word| is_denial(words.key(word))) || is_denial(words.key(at));
        if (negated && !is_noun) || denied || matches!(lemma, "الغي" | "اجل") {
            return Status::Denied;
        }
        let key = words.key(at);
        let future = date.is_some_and(|date| date.first_day() > self.published);
        let bare = key.strip_prefix(['و', 'ف']).unwrap_or(key);
        let to_come = bare.starts_with('س') && !is_noun && verbs::any_form(bare).is_some()
            || (1..=3).any(|by| {
                matches!(
                    back(at, by),
                    "سوف" | "المقرر" | "مقرر" | "يعتزم" | "تعتزم" | "المتوقع" | "will" | "المزمع" | "ينوي"
                )
            })
            || matches!(back(at, 1), "ان" | "قد" | "may" | "to") && !is_noun && bare.starts_with(['ي', 'ت'])
            || (noun + 1..(noun + 6).min(sentence.end))
                .any(|at| matches!(words.key(at), "المقرره" | "المرتقبه" | "المقرر" | "المرتقب"))
            || is_noun
                && (1..=4).any(|by| {
                    matches!(
                        back(at, by),
                        "عقد" | "قبيل" | "دعا" | "لعقد" | "استعدادا" | "تستضيف" | "يستضيف" | "ستستضيف"
                    )
                });
        if future || to_come {
            return Status::Planned;
        }
        Status::Happened
    }

    /// Whether a name that nobody knew stood with a public title before.
    fn is_public_candidate(&self, mention: Option<&crate::mentions::Mention>) -> bool {
        let Some(who) = mention.and_then(|mention| mention.who) else { return false };
        self.mentions.persons().take(60).any(|other| {
            other.who == Some(who) && {
                let at = self.words.at_byte(other.bytes.start);
                other.title.is_some()
                    || (1..=5).any(|by| at.checked_sub(by).is_some_and(|before| is_public_role(self.words.key(before))))
            }
        })
    }

    /// Whether a person goes: a name, or a title of one.
    fn is_human(&self, party: &Party) -> bool {
        let kind = match party.who {
            Some(Who::Known(number)) => Some(self.mentions.gazetteer().entity(number).kind),
            Some(Who::Candidate(number)) => self.mentions.candidates().get(number as usize).map(|one| one.kind),
            None => None,
        };
        kind.map_or_else(|| self.is_public(party), |kind| kind == gazetteer::Kind::Person)
    }

    fn is_public(&self, party: &Party) -> bool {
        if matches!(party.who, Some(Who::Known(_))) {
            return true;
        }
        let words = self.words;
        let key = words.key(words.at_byte(party.bytes.start));
        let (_, bare) = without_clitics(key);
        let office = is_public_role(bare) || is_counterpart(bare);
        let state = self.mentions.at(party.bytes.start).is_some_and(|mention| mention.how == How::Title);
        office || state
    }
}

/// «نظيره», «نظيرتها»; not «نظير» in return for.
fn is_counterpart(key: &str) -> bool {
    key.starts_with("نظير") && key != "نظير"
}

/// «زيارته», «لقائها»
fn has_pronoun(key: &str) -> bool {
    let long = key.chars().count() >= 5;
    long && ["ته", "تها", "ايه", "ايها", "اوه", "اوها", "تهما", "تهم", "اعه", "اعها", "اله", "الها", "ماته"]
        .iter()
        .any(|end| key.ends_with(end))
}

fn is_of_states(event: &Event, mentions: &Mentions) -> bool {
    event.actors.iter().filter(|party| {
        matches!(party.who, Some(Who::Known(number)) if mentions.gazetteer().entity(number).kind == gazetteer::Kind::Person)
    }).count() >= 2
}

fn same_actors(a: &Event, b: &Event) -> bool {
    let same = |one: &Party, two: &Party| one.bytes == two.bytes || one.who.is_some() && one.who == two.who;
    b.actors.iter().all(|one| a.actors.iter().any(|two| same(one, two)))
}

fn without_clitics(key: &str) -> (&'static str, &str) {
    if is_public_role(key) {
        return ("", key);
    }
    let bare = key.strip_prefix('و').filter(|rest| rest.chars().count() >= 3).unwrap_or(key);
    if is_public_role(bare) {
        return ("", bare);
    }
    for (clitic, name) in [("ب", "ب"), ("ل", "ل")] {
        if let Some(rest) = bare.strip_prefix(clitic) {
            if is_counterpart(rest) || is_public_role(rest) {
                return (name, rest);
            }
            if let Some(rest) = rest.strip_prefix('ل').filter(|rest| is_public_role(rest)) {
                return (name, rest);
            }
        }
    }
    ("", bare)
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident: $words:expr;)*) => {
        $($(#[$doc])* fn $name(key: &str) -> bool {
            static SET: LazyLock<std::collections::HashSet<String, gazetteer::Quick>> =
                LazyLock::new(|| $words.split_whitespace().map(folded).collect());
            SET.contains(key)
        })*
    };
}

lists! {
    /// Titles of public office, with the article or without.
    is_public_role: "رئيس الرئيس رئيسة الرئيسة رئيسا رئيسي وزير الوزير وزيرة الوزيرة وزيرا وزيري وزراء ملك الملك ملكة أمير الأمير أميرة سفير السفير سفيرة \
        مبعوث المبعوث مبعوثة أمين الأمين ولي الزعيم زعيم الزعيمان الرئيسان الوزيران الجانبان الجانب وفد الوفد قادة القادة زعماء \
        مستشار المستشار المستشارة نائب مفوض المفوض مفوضة محافظ سلطان السلطان عاهل العاهل إمبراطور مسؤول قائد رئيسها وزيرها president minister king \
        queen prime chancellor ambassador envoy leader emir foreign";
    /// Adjectives of summits.
    is_adjective_of_states: "العربية الخليجية الأفريقية الإفريقية الأوروبية الإسلامية الثنائية الثلاثية الرباعية الدولية العالمية المغاربية الأممية \
        الاستثنائية الطارئة عربية خليجية أفريقية أوروبية إسلامية دولية ثنائية ثلاثية";
    /// What anybody may visit.
    is_visited_by_anybody: "الموقع موقع الموقع المتجر المعرض معرض المتحف متحف الطبيب طبيب المكتبة الصفحة التطبيق الحديقة السوق المواقع \
        المقابر الأقارب المريض المرضى website museum";
    /// What has a message without a sender.
    is_work: "الفيلم الرواية المسرحية القصيدة الأغنية الإعلام اللوحة الكتاب المسلسل السينما الفن المعرض ماجستير دكتوراه الماجستير الدكتوراه نصية \
        الإلكتروني إلكترونية السلام الأب الحياة";
    is_of_sport: "فريق الفريق الفريقان الفريقين مباراة المباراة مباريات لاعب لاعبو لاعبي لاعبيه اللاعبين اللاعب مدرب المدرب منتخب المنتخب المنتخبان \
        هدف أهداف الدوري دوري كأس شوط الشوط بطولة البطولة نهائيات النهائيات مونديال المونديال تصفيات التصفيات مواجهات المجموعات النادي نادي ناديه ملعب الملعب ملعبه مبارياته المباريات هدفين نقاط الجماهير الذهاب الإياب الحكم المهاجم الحارس \
        match league striker goalkeeper coach";
    is_denial: "نفى نفت ينفي تنفي نفيا ألغى ألغت إلغاء وألغى تأجيل أجل أجلت رفض رفضت يرفض ترفض نافيا نافية cancelled denied postponed";
    /// Titles of more than one.
    is_several: "وزيرا وزيري رئيسا رئيسي الرئيسان الوزيران الزعيمان الجانبان قادة القادة زعماء وزراء سفراء leaders ministers";
    is_passive: "أجريت عقدت وقعت عقد يعقد تعقد";
}

/// What each word may trigger, the narrower first.
static TRIGGERS: LazyLock<HashMap<String, Vec<Trigger>, gazetteer::Quick>> = LazyLock::new(|| {
    let mut map: HashMap<String, Vec<Trigger>, gazetteer::Quick> = HashMap::default();
    let mut put = |key: String, trigger: Trigger| map.entry(key).or_default().push(trigger);
    let lines = include_str!("../data/ar/events.txt").lines().chain(include_str!("../data/en/events.txt").lines());
    for line in lines.filter(|line| !line.starts_with('#')) {
        let columns: Vec<&'static str> = line.split_whitespace().collect();
        match columns[..] {
            ["verb", name, perfect, imperfect, roles] => {
                let (Some(kind), Some(roles)) = (kind(name), self::roles(roles)) else { continue };
                verbs::all_forms(perfect, imperfect, |form| {
                    put(form, Trigger::Verb { kind, roles });
                });
            }
            ["light", _, perfect, imperfect, roles] => {
                let Some(roles) = self::roles(roles) else { continue };
                verbs::all_forms(perfect, imperfect, |form| {
                    put(form, Trigger::Light { roles });
                });
            }
            ["verb", name, forms, roles] => {
                let (Some(kind), Some(roles)) = (kind(name), self::roles(roles)) else { continue };
                forms.split('/').for_each(|form| put(form.to_owned(), Trigger::Verb { kind, roles }));
            }
            ["light", _, forms, roles] => {
                let Some(roles) = self::roles(roles) else { continue };
                forms.split('/').for_each(|form| put(form.to_owned(), Trigger::Light { roles }));
            }
            ["noun", name, noun, ..] => {
                let Some(kind) = kind(name) else { continue };
                let needs = line.splitn(4, ' ').nth(3).unwrap_or_default();
                let noun = folded(noun);
                if !noun.starts_with("ال") && !noun.is_ascii() {
                    put(format!("ال{noun}"), Trigger::Noun { kind, needs });
                }
                // «زيارته», «لقائه»
                let stem = noun.strip_suffix('ه').map_or_else(|| noun.clone(), |stem| format!("{stem}ت"));
                for pronoun in ["ه", "ها", "هم", "هما"].into_iter().filter(|_| needs.is_empty() && !noun.is_ascii())
                {
                    put(format!("{stem}{pronoun}"), Trigger::Noun { kind, needs });
                }
                put(noun, Trigger::Noun { kind, needs });
            }
            _ => {}
        }
    }
    map
});

/// What the folded `key` may trigger, with clitics before it or not.
fn triggers_of(key: &str) -> impl Iterator<Item = Trigger> {
    let of = |key: &str| TRIGGERS.get(key).into_iter().flatten().copied();
    // «فيصل» is a man, «فقمة» a seal.
    let bare = key
        .strip_prefix('و')
        .or_else(|| key.strip_prefix('ف').filter(|_| key != "فيصل" && !key.starts_with("فق")))
        .unwrap_or(key);
    let verb = bare.strip_prefix('س').into_iter().flat_map(of).filter(|found| !matches!(found, Trigger::Noun { .. }));
    let noun =
        bare.strip_prefix(['ب', 'ل']).into_iter().flat_map(of).filter(|found| matches!(found, Trigger::Noun { .. }));
    let of_bare = Some(bare).filter(|bare| *bare != key).into_iter().flat_map(of);
    of(key).chain(of_bare).chain(verb).chain(noun)
}

fn kind(name: &str) -> Option<Kind> {
    use Kind::{Agreement, Call, Congratulation, Letter, Meeting, Statement, Summit, Visit};
    [Visit, Call, Letter, Meeting, Summit, Agreement, Statement, Congratulation]
        .into_iter()
        .find(|kind| kind.name() == name)
}

fn roles(name: &str) -> Option<Roles> {
    Some(match name {
        "to" => Roles::To,
        "with" => Roles::With,
        "host" => Roles::Host,
        "from" => Roles::From,
        "go" => Roles::Go,
        "reach" => Roles::Reach,
        _ => return None,
    })
}

fn folded(word: &str) -> String {
    fold(word, Fold::KEY).into_owned()
}

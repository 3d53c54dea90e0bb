//! Of several readings of the same words, which one holds, and whom does it mean?
//!
//! First the full names and the titles, from left to right, the longer before the shorter; then what depends on them:
//! short names, offices alone, «the two leaders».

use std::collections::HashMap;

use super::known::{Clitics, Hit, Hits, without_clitics};
use super::titles::{Office, Title, title_at};
use super::{Candidate, How, Mention, Mentions, Who};
use crate::gazetteer::{Day, EntityNumber, Gazetteer, Kind, Use};
use crate::reading::{Gap, Reading};

pub(super) fn settle<'g>(reading: &Reading, gazetteer: &'g Gazetteer, published: Day, hits: &Hits) -> Mentions<'g> {
    let mut settler = Settler {
        reading,
        gazetteer,
        published,
        hits,
        mentions: Vec::new(),
        taken: vec![false; reading.words.len()],
        titles: Vec::new(),
    };
    settler.names();
    settler.titles();
    settler.short_names();
    settler.offices_alone();
    settler.pairs();
    let Settler { mut mentions, .. } = settler;
    mentions.sort_by_key(|found| (found.mention.bytes.start, found.mention.bytes.end));
    let mentions = mentions.into_iter().map(|found| found.mention).collect();
    Mentions { gazetteer, mentions, candidates: Vec::<Candidate>::new() }
}

/// A mention and its words.
struct Found {
    first: usize,
    end: usize,
    mention: Mention,
}

struct Settler<'a, 't, 'g> {
    reading: &'a Reading<'t>,
    gazetteer: &'g Gazetteer,
    published: Day,
    hits: &'a Hits,
    mentions: Vec<Found>,
    /// Which words belong to a mention or title.
    taken: Vec<bool>,
    /// The offices alone, which wait for a person.
    titles: Vec<Title>,
}

impl Settler<'_, '_, '_> {
    /// Full names and adjectives, from left to right.
    fn names(&mut self) {
        let mut at = 0;
        while at < self.reading.words.len() {
            at = self.name_at(at).unwrap_or(at + 1);
        }
    }

    /// Takes the best name that begins at word `at`, and says where it ends.
    fn name_at(&mut self, at: usize) -> Option<usize> {
        let hits = self.hits.at(at);
        let longest = hits.iter().find(|hit| self.is_name(hit))?.end;
        let same: Vec<&Hit> = hits.iter().filter(|hit| hit.end == longest && self.is_name(hit)).collect();
        let least = same.iter().map(|hit| hit.cut).min()?;
        let same: Vec<&Hit> = same.into_iter().filter(|hit| hit.cut == least).collect();
        let hit = self.best(&same)?;
        let (entity, how, rule) = match hit.form.uses {
            Use::Name(entity) => (entity, How::Name, "name"),
            Use::Variant(entity) => (entity, How::Name, "name-variant"),
            Use::Famous(entity) => (entity, How::Alias, "famous-name"),
            Use::Nisba { of, .. } => (of, How::Nisba, "nisba"),
            Use::Short(_) | Use::Office { .. } => return None,
        };
        let mut mention = self.mention(hit, Who::Known(entity), how, rule);
        if let Use::Nisba { form, .. } = hit.form.uses {
            (mention.number, mention.gender) = (form.number, Some(form.gender));
        } else if let Some(state) = self.government(hit, entity) {
            mention.who = Some(Who::Known(state));
            mention.kind = Kind::State;
            mention.acts = true;
            if state != entity {
                (mention.how, mention.rule) = (How::Alias, "capital-for-government");
            }
        }
        self.push(hit.first, hit.end, mention);
        Some(hit.end)
    }

    fn is_name(&self, hit: &Hit) -> bool {
        match hit.form.uses {
            Use::Name(_) | Use::Variant(_) | Use::Famous(_) => self.is_sure(hit),
            Use::Nisba { .. } => self.is_sure(hit),
            Use::Short(_) | Use::Office { .. } => false,
        }
    }

    /// Whether clitics were cut off a word that is no other word as a whole.
    fn is_sure(&self, hit: &Hit) -> bool {
        hit.cut == 0 || hit.end > hit.first + 1 || !is_common(self.reading.folded(hit.first))
    }

    /// Of several entities of the same name the state, then who held an office last before the publication.
    fn best<'h>(&self, hits: &[&'h Hit]) -> Option<&'h Hit> {
        let rank = |hit: &Hit| match hit.form.uses {
            Use::Name(entity) | Use::Variant(entity) | Use::Famous(entity) => {
                let known = self.gazetteer.entity(entity);
                let kind = match known.kind {
                    Kind::State => 0,
                    Kind::Person => 1,
                    Kind::Organisation => 2,
                    Kind::Place => 3,
                };
                let in_office = known.roles.iter().any(|role| role.held_on(self.published));
                let last = known.roles.iter().filter_map(|role| role.from).filter(|from| *from <= self.published).max();
                (kind, !in_office, std::cmp::Reverse(last))
            }
            _ => (4, true, std::cmp::Reverse(None)),
        };
        let mut ranked: Vec<_> = hits.iter().map(|hit| (rank(hit), *hit)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        match ranked[..] {
            // Two of one name that nothing parts: nobody is meant for sure.
            [(a, one), (b, other), ..] if a == b && one.form.uses != other.form.uses && a.0 == 1 => None,
            [(_, hit), ..] => Some(hit),
            [] => None,
        }
    }

    fn mention(&self, hit: &Hit, who: Who, how: How, rule: &'static str) -> Mention {
        let bytes = self.reading.words[hit.first].start + hit.cut..self.reading.words[hit.end - 1].end;
        let (kind, gender) = match who {
            Who::Known(entity) => (self.gazetteer.entity(entity).kind, self.gazetteer.entity(entity).gender),
            Who::Candidate(_) => (Kind::Person, None),
        };
        Mention { bytes, title: None, who: Some(who), kind, how, number: 1, gender, acts: false, rule }
    }

    fn push(&mut self, first: usize, end: usize, mention: Mention) {
        self.taken[first..end].fill(true);
        self.mentions.push(Found { first, end, mention });
    }

    /// The state whose government is meant by the state or capital `entity`, by the words around.
    fn government(&self, hit: &Hit, entity: EntityNumber) -> Option<EntityNumber> {
        let known = self.gazetteer.entity(entity);
        let state = match known.kind {
            Kind::State => entity,
            Kind::Place => known.within.filter(|state| self.gazetteer.entity(*state).capital == Some(entity))?,
            _ => return None,
        };
        let acts = |at: usize| ACTS.contains(&self.reading.folded(at).trim_start_matches(['و', 'ف']));
        let before = hit.first.checked_sub(1).filter(|_| self.reading.words[hit.first].gap <= Gap::Space);
        let after = Some(hit.end).filter(|&at| self.reading.words.get(at).is_some_and(|word| word.gap <= Gap::Space));
        let free = hit.clitics.preposition.is_none();
        let said_before = free && before.is_some_and(acts);
        let said_after = free && after.is_some_and(|at| acts(at) && !self.reading.folded(at).starts_with(['و', 'ف']));
        let between = before.is_some_and(|at| self.reading.folded(at) == "بين")
            && after.is_some_and(|at| {
                self.hits.at(at).iter().any(|hit| hit.clitics.conjunction && matches!(hit.form.uses, Use::Name(_)))
            });
        let and_other = hit.clitics.conjunction
            && self.mentions.last().is_some_and(|last| last.end == hit.first && last.mention.acts);
        (said_before || said_after || between || and_other).then_some(state)
    }

    /// Titles with their state or body, before a name or in place of one.
    fn titles(&mut self) {
        let mut last_office: Option<u16> = None;
        let mut at = 0;
        while at < self.reading.words.len() {
            let Some(title) = title_at(self.reading, self.gazetteer, self.hits, at) else {
                at += 1;
                continue;
            };
            if self.inside_a_longer_name(&title) {
                at += 1;
                continue;
            }
            let office = match title.office {
                Office::Row(row) => Some(row),
                Office::Counterpart => last_office,
            };
            if title.of.is_some() {
                last_office = office.or(last_office);
            }
            let bytes = self.reading.words[title.first].start + title.cut..self.reading.words[title.end - 1].end;
            if let Some(named) = self.person_at(title.end) {
                if title.of.is_some() {
                    self.drop_within(title.first, title.end);
                }
                self.taken[title.first..title.end].fill(true);
                let named = self.mentions.iter_mut().find(|found| found.first == named.0 && found.end == named.1);
                if let Some(named) = named {
                    named.mention.title = Some(bytes);
                    named.mention.gender = named.mention.gender.or(Some(title.form.gender));
                }
            } else if let Some(of) = title.of {
                self.push_title(&title, of, office, bytes);
            } else {
                self.titles.push(title);
            }
            at = title.end;
        }
    }

    fn push_title(&mut self, title: &Title, of: EntityNumber, office: Option<u16>, bytes: std::ops::Range<usize>) {
        self.drop_within(title.first, title.end);
        for of in [Some(of), title.second].into_iter().flatten() {
            let holder = office.filter(|_| !title.former).and_then(|office| self.holder(of, office));
            let rule = match (holder, title.former) {
                (Some(_), _) => "title-holder",
                (None, true) => "title-former",
                (None, false) => "title-without-holder",
            };
            let gender = holder.and_then(|holder| self.gazetteer.entity(holder).gender).or(Some(title.form.gender));
            let mention = Mention {
                bytes: bytes.clone(),
                title: None,
                who: holder.map(Who::Known),
                kind: Kind::Person,
                how: How::Title,
                number: 1,
                gender,
                acts: false,
                rule,
            };
            self.push(title.first, title.end, mention);
        }
    }

    fn holder(&self, of: EntityNumber, office: u16) -> Option<EntityNumber> {
        let office = &self.gazetteer.offices()[usize::from(office)];
        if office.is_leader {
            return self.gazetteer.leader(of, self.published);
        }
        self.gazetteer.holder(of, &office.id, self.published)
    }

    /// Whether a name that was found goes beyond the title: «رئيس الوزراء» in the name of a body.
    fn inside_a_longer_name(&self, title: &Title) -> bool {
        let contains = |found: &Found| {
            found.first <= title.first && found.end >= title.end && found.end - found.first > title.end - title.first
        };
        self.mentions.iter().any(contains)
    }

    /// The words of the person who is named from word `at` on.
    fn person_at(&self, at: usize) -> Option<(usize, usize)> {
        if self.reading.words.get(at)?.gap > Gap::Space {
            return None;
        }
        let found = self.mentions.iter().find(|found| found.first == at)?;
        let is_person = found.mention.kind == Kind::Person && found.mention.bytes.start == self.reading.words[at].start;
        is_person.then_some((found.first, found.end))
    }

    /// Adjectives and names within the words of a title belong to it.
    fn drop_within(&mut self, first: usize, end: usize) {
        self.mentions.retain(|found| !(found.first >= first && found.end <= end && found.mention.how == How::Nisba));
    }

    /// Short names of those whose full names, or titles, stand in the text.
    fn short_names(&mut self) {
        let mut places: HashMap<EntityNumber, Vec<usize>> = HashMap::new();
        for found in &self.mentions {
            if let (Some(Who::Known(who)), Kind::Person) = (found.mention.who, found.mention.kind) {
                places.entry(who).or_default().push(found.first);
            }
        }
        for at in 0..self.reading.words.len() {
            if self.taken[at] {
                continue;
            }
            let Some((hit, who)) = self.short_at(at, &places) else { continue };
            let mention = self.mention(&hit, Who::Known(who), How::Alias, "short-name");
            self.push(hit.first, hit.end, mention);
        }
    }

    fn short_at(&self, at: usize, places: &HashMap<EntityNumber, Vec<usize>>) -> Option<(Hit, EntityNumber)> {
        let mut best: Option<(bool, usize, Hit, EntityNumber)> = None;
        for hit in self.hits.at(at) {
            let Use::Short(who) = hit.form.uses else { continue };
            let Some(places) = places.get(&who) else { continue };
            if self.taken[hit.first..hit.end].iter().any(|&taken| taken) || !self.may_be_short(hit) {
                continue;
            }
            // The nearest full name before, else the first after.
            let next = places.partition_point(|&place| place < at);
            let (after, distance) = match next.checked_sub(1) {
                Some(before) => (false, at - places[before]),
                None => (true, places[next] - at),
            };
            let better = best.is_none_or(|(later, far, other, _)| {
                (std::cmp::Reverse(hit.end), hit.cut, after, distance)
                    < (std::cmp::Reverse(other.end), other.cut, later, far)
            });
            if better {
                best = Some((after, distance, *hit, who));
            }
        }
        best.map(|(.., hit, who)| (hit, who))
    }

    /// Whether a word that may be a short name is no ordinary word here.
    fn may_be_short(&self, hit: &Hit) -> bool {
        let before = hit.first.checked_sub(1).filter(|_| self.reading.words[hit.first].gap <= Gap::Space);
        let before = before.map_or("", |at| self.reading.folded(at));
        if NEVER_BEFORE_NAMES.contains(&before) {
            return false;
        }
        let word = self.reading.folded(hit.first);
        let letters = word.chars().count();
        match hit.clitics {
            _ if hit.end > hit.first + 1 => true,
            Clitics { conjunction: false, preposition: None } => letters > 2 || !is_particle(word),
            Clitics { .. } => !is_common(word),
        }
    }

    /// «الرئيس» after the name of a president means him.
    fn offices_alone(&mut self) {
        for title in std::mem::take(&mut self.titles) {
            let Office::Row(row) = title.office else { continue };
            if title.form.number != 1 || self.taken[title.first..title.end].iter().any(|&taken| taken) {
                continue;
            }
            let office = &self.gazetteer.offices()[usize::from(row)];
            // «الرئيس التنفيذي», «رئيس الوزراء الماليزي»: something else follows that says which.
            let followed = self.reading.words.get(title.end).is_some_and(|word| word.gap <= Gap::Space)
                && self.reading.folded(title.end).starts_with("ال");
            if followed || title.former {
                continue;
            }
            let holds = |found: &&Found| {
                let (Some(Who::Known(who)), true) = (found.mention.who, found.first < title.first) else {
                    return false;
                };
                let roles = &self.gazetteer.entity(who).roles;
                found.mention.kind == Kind::Person
                    && roles.iter().any(|role| {
                        let leads = || self.gazetteer.entity(role.of).leader.as_deref() == Some(role.office.as_str());
                        (role.office == office.id || office.is_leader && leads()) && role.held_on(self.published)
                    })
            };
            let Some(who) =
                self.mentions.iter().filter(holds).max_by_key(|found| found.first).and_then(|found| found.mention.who)
            else {
                continue;
            };
            let bytes = self.reading.words[title.first].start + title.cut..self.reading.words[title.end - 1].end;
            let mention = Mention {
                bytes,
                title: None,
                who: Some(who),
                kind: Kind::Person,
                how: How::Title,
                number: 1,
                gender: Some(title.form.gender),
                acts: false,
                rule: "office-again",
            };
            self.push(title.first, title.end, mention);
        }
    }

    /// «الزعيمان», «البلدان»: the last two before.
    fn pairs(&mut self) {
        self.mentions.sort_by_key(|found| (found.first, found.end));
        let mut new = Vec::new();
        for at in 0..self.reading.words.len() {
            if self.taken[at] {
                continue;
            }
            let Some((cut, kind)) = self.pair_word(at) else { continue };
            let Some(two) = self.last_two(at, kind) else { continue };
            let bytes = self.reading.words[at].start + cut..self.reading.words[at].end;
            for who in two {
                let mention = Mention {
                    bytes: bytes.clone(),
                    title: None,
                    who: Some(who),
                    kind,
                    how: How::Title,
                    number: 2,
                    gender: None,
                    acts: kind == Kind::State,
                    rule: "dual",
                };
                new.push(Found { first: at, end: at + 1, mention });
            }
        }
        self.mentions.extend(new);
    }

    /// The clitics and kind of a dual at word `at`.
    fn pair_word(&self, at: usize) -> Option<(usize, Kind)> {
        let word = self.reading.folded(at);
        let of = |word: &str| {
            let has = |list: &[&str]| {
                list.iter().any(|stem| {
                    word.strip_prefix("ال")
                        .and_then(|word| word.strip_prefix(stem))
                        .is_some_and(|end| end == "ان" || end == "ين")
                })
            };
            match () {
                () if has(TWO_PERSONS) => Some(Kind::Person),
                () if has(TWO_STATES) => Some(Kind::State),
                () => None,
            }
        };
        let mut found = of(word).map(|kind| (0, kind));
        if found.is_none() {
            without_clitics(word, |rest, letters, _| {
                let kind = match rest {
                    super::known::Rest::Plain(rest) => of(rest),
                    super::known::Rest::Article(rest) => of(&format!("ال{rest}")),
                };
                found = found.or(kind.map(|kind| (super::known::written_cut(self.reading.written(at), letters), kind)));
            });
        }
        // «البلدان النامية» are many.
        let next =
            self.reading.words.get(at + 1).filter(|word| word.gap <= Gap::Space).map(|_| self.reading.folded(at + 1));
        let many =
            word.ends_with("البلدان") && next.is_some_and(|next| next.starts_with("ال") && !next.ends_with("ان"));
        found.filter(|_| !many)
    }

    /// The last two of `kind` before word `at`, the earlier first.
    fn last_two(&self, at: usize, kind: Kind) -> Option<[Who; 2]> {
        let past = self.mentions.partition_point(|found| found.first < at);
        let mut last: Option<Who> = None;
        for found in self.mentions[..past].iter().rev().take(MOST_BACK) {
            let Some(who) = found.mention.who.filter(|_| found.mention.kind == kind) else { continue };
            match last {
                None => last = Some(who),
                Some(last) if last != who => return Some([who, last]),
                Some(_) => {}
            }
        }
        None
    }
}

/// How many mentions back «the two» may stand.
const MOST_BACK: usize = 24;

const TWO_PERSONS: &[&str] = &["زعيم", "رييس", "وزير", "قايد", "مسوول", "رجل"];
const TWO_STATES: &[&str] = &["بلد", "دولت", "جانب", "طرف", "حكومت", "حليف", "جار", "جارت"];

/// Words after which a two-letter name is not one: كل شي.
const NEVER_BEFORE_NAMES: &[&str] = &["كل", "اي", "لا", "بعض", "هيك", "فيه", "مافي", "وكل", "باي", "بكل", "لكل"];

/// What governments do, «she» as a city or state is.
const ACTS: &[&str] = &[
    "اعلنت",
    "قالت",
    "اكدت",
    "رفضت",
    "اتهمت",
    "دعت",
    "طالبت",
    "حذرت",
    "نفت",
    "ردت",
    "ادانت",
    "هددت",
    "قررت",
    "وافقت",
    "فرضت",
    "اعتبرت",
    "رات",
    "اعربت",
    "اشارت",
    "ذكرت",
    "اوضحت",
    "شددت",
    "تعهدت",
    "وعدت",
    "ابدت",
    "عرضت",
    "اقترحت",
    "استدعت",
    "طردت",
    "وقعت",
    "ايدت",
    "عارضت",
    "نددت",
    "رحبت",
    "انتقدت",
    "وصفت",
    "جددت",
    "سعت",
    "ارسلت",
    "قدمت",
    "تعلن",
    "تقول",
    "توكد",
    "ترفض",
    "تتهم",
    "تدعو",
    "تطالب",
    "تحذر",
    "تنفي",
    "ترد",
    "تدين",
    "تهدد",
    "تقرر",
    "توافق",
    "تفرض",
    "تعتبر",
    "تري",
    "تعرب",
    "تسعي",
    "تريد",
    "تعتزم",
    "تدعم",
    "تويد",
    "تعارض",
    "ترحب",
    "تنتقد",
    "تصف",
    "تخشي",
    "تامل",
    "تتعهد",
    "تستعد",
    "تدرس",
    "تعرض",
    "تقترح",
    "تندد",
    "تنوي",
    "تحاول",
    "تواصل",
    "تسلم",
    "ابلغت",
    "تبلغ",
];

/// Whether a folded word is read as an ordinary word by the lexicon, other than as a name.
pub(super) fn is_common(word: &str) -> bool {
    let readings = arabic::morphology::analyse(word);
    let Some(best) = readings.first() else { return false };
    readings
        .iter()
        .take_while(|reading| reading.cost <= best.cost + 10)
        .any(|reading| !matches!(reading.pos, arabic::morphology::Pos::Name | arabic::morphology::Pos::Unknown))
}

fn is_particle(word: &str) -> bool {
    arabic::morphology::analyse(word).first().is_some_and(|best| best.pos.is_closed_class())
}

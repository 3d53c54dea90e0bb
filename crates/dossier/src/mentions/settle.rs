//! Of several readings of the same words, which one holds, and whom does it mean?
//!
//! First the full names and the titles, from left to right, the longer before the shorter; then what depends on them:
//! short names, offices alone, «the two leaders».

use std::collections::HashMap;

use arabic::fold::{Fold, fold};

use super::known::{Clitics, Hit, Hits, Rest, without_clitics, written_cut};
use super::titles::{Office, Title, title_at};
use super::{Candidate, How, Mention, Mentions, Who};
use crate::gazetteer::{Day, EntityNumber, Gazetteer, Kind, Use, is_common};
use crate::reading::{Gap, Reading, Script};
use crate::unknown::{self, Span};

/// No mention stands at this word.
const NONE: usize = usize::MAX;

pub(super) fn settle<'g>(
    reading: &Reading,
    gazetteer: &'g Gazetteer,
    published: Day,
    hits: &Hits,
    spans: &[Span],
) -> Mentions<'g> {
    let words = reading.words.len();
    let mut span_at = vec![NONE; words];
    for (number, span) in spans.iter().enumerate() {
        span_at[span.first..span.end].fill(number);
    }
    let mut settler = Settler {
        reading,
        gazetteer,
        published,
        hits,
        spans,
        span_at,
        mentions: Vec::new(),
        taken: vec![NONE; words],
        in_title: vec![false; words],
        titles: Vec::new(),
    };
    settler.names();
    settler.titles();
    settler.short_names();
    let candidates = settler.candidates();
    settler.offices_alone();
    settler.pairs();
    let mut mentions: Vec<Mention> =
        settler.mentions.into_iter().filter(|found| !found.dropped).map(|found| found.mention).collect();
    mentions.sort_by_key(|mention| (mention.bytes.start, mention.bytes.end));
    Mentions { gazetteer, mentions, candidates }
}

/// A mention and its words.
struct Found {
    first: usize,
    end: usize,
    dropped: bool,
    mention: Mention,
}

struct Settler<'a, 't, 'g> {
    reading: &'a Reading<'t>,
    gazetteer: &'g Gazetteer,
    published: Day,
    hits: &'a Hits,
    /// What the finder of unknown names took for names.
    spans: &'a [Span],
    /// The span of each word.
    span_at: Vec<usize>,
    mentions: Vec<Found>,
    /// The mention of each word.
    taken: Vec<usize>,
    /// Which words belong to a title.
    in_title: Vec<bool>,
    /// The offices alone, which wait for a person.
    titles: Vec<Title>,
}

impl Settler<'_, '_, '_> {
    /// Full names and adjectives, known or not, from left to right.
    fn names(&mut self) {
        let mut at = 0;
        while at < self.reading.words.len() {
            let end = self.name_at(at).or_else(|| self.unknown_at(at));
            at = end.unwrap_or(at + 1);
        }
    }

    /// Takes the best known name that begins at word `at`, and says where it ends.
    fn name_at(&mut self, at: usize) -> Option<usize> {
        let hits = self.hits.at(at);
        let longest = hits.iter().find(|hit| self.is_name(hit))?.end;
        let same: Vec<&Hit> = hits.iter().filter(|hit| hit.end == longest && self.is_name(hit)).collect();
        let least = same.iter().map(|hit| hit.cut).min()?;
        let same: Vec<&Hit> = same.into_iter().filter(|hit| hit.cut == least).collect();
        let hit = *self.best(&same)?;
        let (entity, how, rule) = match hit.form.uses {
            Use::Name(entity) => (entity, How::Name, "name"),
            Use::Variant(entity) => (entity, How::Name, "name-variant"),
            Use::Famous(entity) => (entity, How::Alias, "famous-name"),
            Use::Nisba { of, .. } => (of, How::Nisba, "nisba"),
            Use::Short(_) | Use::Office { .. } => return None,
        };
        let mut mention = self.mention(&hit, Who::Known(entity), how, rule);
        if let Use::Nisba { form, .. } = hit.form.uses {
            (mention.number, mention.gender) = (form.number, Some(form.gender));
        } else if let Some(state) = self.government(&hit, entity) {
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

    /// Takes the name that nobody told us of and that begins at word `at`.
    fn unknown_at(&mut self, at: usize) -> Option<usize> {
        let span = *self.spans.get(self.span_at[at]).filter(|span| span.first == at)?;
        let kind = span.kind?;
        if kind == Kind::Person && unknown::is_thing(self.reading.folded(at)) {
            return None;
        }
        // A known name may begin further on and go beyond.
        let end =
            (at + 1..span.end).find(|&at| self.hits.at(at).iter().any(|hit| hit.end > span.end && self.is_name(hit)));
        let end = end.unwrap_or(span.end);
        let cut = self.clitics(&span);
        let bytes = self.reading.words[at].start + cut..self.reading.words[end - 1].end;
        let mention = Mention {
            bytes,
            title: None,
            who: None,
            kind,
            how: How::Name,
            number: 1,
            gender: None,
            acts: false,
            rule: "unknown-name",
        };
        self.push(at, end, mention);
        Some(end)
    }

    /// Bytes of the clitics before an unknown name.
    fn clitics(&self, span: &Span) -> usize {
        let word = self.reading.folded(span.first);
        let written = self.reading.written(span.first);
        let lists = unknown::name_words();
        if lists.contains_key(word) || self.reading.words[span.first].script != Script::Arabic {
            return 0;
        }
        let after_name = span.first.checked_sub(1).is_some_and(|before| self.taken[before] != NONE);
        let mut cut = 0;
        without_clitics(word, |rest, letters, clitics| {
            let rest = match rest {
                Rest::Plain(rest) => rest,
                Rest::Article(rest) => rest,
            };
            let is_list = lists.contains_key(rest) || rest.starts_with("ال") && word.len() > rest.len();
            let joins = after_name && clitics.conjunction && clitics.preposition.is_none();
            if cut == 0 && (is_list || joins) {
                cut = written_cut(written, letters);
            }
        });
        cut
    }

    fn is_name(&self, hit: &Hit) -> bool {
        if matches!(hit.form.uses, Use::Short(_) | Use::Office { .. }) || !self.is_sure(hit) {
            return false;
        }
        let Some(span) = self.spans.get(self.span_at[hit.first]) else {
            return !hit.form.doubtful;
        };
        let entity = match hit.form.uses {
            Use::Name(entity) | Use::Variant(entity) | Use::Famous(entity) => self.gazetteer.entity(entity),
            // An adjective within a name belongs to it.
            _ => return false,
        };
        if span.first < hit.first || span.end > hit.end {
            // Part of a longer name: «جامعة بكين» is no mention of the city.
            return hit.end - hit.first > 1 && (hit.end >= span.end || span.kind == Some(entity.kind));
        }
        let same = match span.kind {
            Some(Kind::Place) => matches!(entity.kind, Kind::Place | Kind::State),
            Some(kind) => entity.kind == kind,
            None => false,
        };
        same || !hit.form.doubtful && (hit.end - hit.first > 1 || entity.kind != Kind::Place)
    }

    /// Whether clitics were cut off a word that is no other word as a whole.
    fn is_sure(&self, hit: &Hit) -> bool {
        let is_span = || self.spans.get(self.span_at[hit.first]).is_some_and(|span| span.kind.is_some());
        hit.cut == 0 || hit.end > hit.first + 1 || is_span() || !is_common(self.reading.folded(hit.first))
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
        self.taken[first..end].fill(self.mentions.len());
        self.mentions.push(Found { first, end, dropped: false, mention });
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
        let last = self.mentions.last();
        let and_other = hit.clitics.conjunction && last.is_some_and(|last| last.end == hit.first && last.mention.acts);
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
                self.in_title[title.first..title.end].fill(true);
                let named = &mut self.mentions[named].mention;
                named.title = Some(bytes);
                named.gender = named.gender.or(Some(title.form.gender));
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
        self.in_title[title.first..title.end].fill(true);
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
        let Some(found) = self.mentions.get(self.taken[title.first]) else { return false };
        !found.dropped
            && found.first <= title.first
            && found.end >= title.end
            && found.end - found.first > title.end - title.first
    }

    /// The person who is named from word `at` on.
    fn person_at(&self, at: usize) -> Option<usize> {
        if self.reading.words.get(at)?.gap > Gap::Space {
            return None;
        }
        let found = self.mentions.get(self.taken[at]).filter(|found| found.first == at && !found.dropped)?;
        let is_person = found.mention.kind == Kind::Person && found.mention.bytes.start == self.reading.words[at].start;
        is_person.then_some(self.taken[at])
    }

    /// Adjectives and names within the words of a title belong to it.
    fn drop_within(&mut self, first: usize, end: usize) {
        for at in first..end {
            if let Some(found) = self.mentions.get_mut(self.taken[at])
                && found.first >= first
                && found.end <= end
                && (found.mention.how == How::Nisba || found.mention.who.is_none())
            {
                found.dropped = true;
            }
        }
    }

    /// Short names of those whose full names, or titles, stand in the text.
    fn short_names(&mut self) {
        let mut places: HashMap<EntityNumber, Vec<usize>> = HashMap::new();
        let mut full: Vec<(usize, EntityNumber)> = Vec::new();
        for found in self.mentions.iter().filter(|found| !found.dropped) {
            if let (Some(Who::Known(who)), Kind::Person) = (found.mention.who, found.mention.kind) {
                full.push((found.first, who));
            }
        }
        full.sort_unstable();
        for (place, who) in full {
            places.entry(who).or_default().push(place);
        }
        for at in 0..self.reading.words.len() {
            // What was taken for an unknown name of one word may be a short one.
            let unknown = self
                .mentions
                .get(self.taken[at])
                .filter(|found| found.mention.who.is_none() && found.mention.how == How::Name);
            let unknown = unknown.map(|found| (found.first, found.end, found.mention.title.clone()));
            if self.in_title[at] || self.taken[at] != NONE && unknown.is_none() {
                continue;
            }
            let Some((hit, who)) = self.short_at(at, &places) else { continue };
            let mut mention = self.mention(&hit, Who::Known(who), How::Alias, "short-name");
            if let Some((first, end, title)) = unknown {
                if (first, end) != (hit.first, hit.end) {
                    continue;
                }
                mention.title = title;
                self.mentions[self.taken[at]].dropped = true;
            }
            self.push(hit.first, hit.end, mention);
        }
    }

    fn short_at(&self, at: usize, places: &HashMap<EntityNumber, Vec<usize>>) -> Option<(Hit, EntityNumber)> {
        let mut best: Option<(bool, usize, Hit, EntityNumber)> = None;
        for hit in self.hits.at(at) {
            let Use::Short(who) = hit.form.uses else { continue };
            let Some(places) = places.get(&who) else { continue };
            if self.in_title[hit.first..hit.end].contains(&true) || !self.may_be_short(hit) {
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
        let is_span = self.spans.get(self.span_at[hit.first]).is_some_and(|span| span.kind == Some(Kind::Person));
        match hit.clitics {
            _ if hit.end > hit.first + 1 || is_span => true,
            Clitics { conjunction: false, preposition: None } => !is_particle(self.reading.written(hit.first)),
            Clitics { .. } => !is_common(word),
        }
    }

    fn is_taken(&self, at: usize) -> bool {
        self.mentions.get(self.taken[at]).is_some_and(|found| !found.dropped)
    }

    /// Says of the names that nobody told us whom they mean: a known person in another spelling, or a candidate, one
    /// for all its mentions.
    fn candidates(&mut self) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut by_name: HashMap<(String, Kind), (Who, bool)> = HashMap::new();
        let mut ids: HashMap<String, usize> = HashMap::new();
        let mut order: Vec<usize> = (0..self.mentions.len())
            .filter(|&at| {
                !self.mentions[at].dropped
                    && self.mentions[at].mention.who.is_none()
                    && self.mentions[at].mention.how == How::Name
            })
            .collect();
        // The longer names first, so that a family name alone finds whose it is.
        order.sort_by_key(|&at| {
            let found = &self.mentions[at];
            (std::cmp::Reverse((found.end - found.first).min(3)), found.first)
        });
        for at in order {
            let (first, end, kind) = (self.mentions[at].first, self.mentions[at].end, self.mentions[at].mention.kind);
            let written = &self.reading.text[self.mentions[at].mention.bytes.clone()];
            let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let key = fold(&name, Fold::KEY).into_owned();
            let mut rule = "unknown-name";
            let mut by_family = false;
            let who = match by_name.get(&(key.clone(), kind)) {
                Some(&(who, family)) => {
                    by_family = family;
                    who
                }
                None => {
                    let known = (end - first > 1 && kind == Kind::Person).then(|| self.by_sound(&name)).flatten();
                    let who = match known {
                        Some(known) => {
                            rule = "name-by-sound";
                            Who::Known(known)
                        }
                        None => {
                            let slug = arabic::slug::slug(&name);
                            let times = ids.entry(slug.clone()).or_default();
                            *times += 1;
                            let id = if *times == 1 { slug } else { format!("{slug}-{times}") };
                            candidates.push(Candidate { name: name.clone(), id, kind });
                            Who::Candidate(u32::try_from(candidates.len() - 1).unwrap_or(u32::MAX))
                        }
                    };
                    by_name.insert((key.clone(), kind), (who, false));
                    who
                }
            };
            if kind == Kind::Person && end - first > 1 {
                // The family name alone means the same, unless another has it too.
                if let Some(last) = key.rsplit(' ').next().filter(|last| last.chars().count() > 2) {
                    by_name.entry((last.to_owned(), kind)).or_insert((who, true));
                }
            }
            let mention = &mut self.mentions[at].mention;
            mention.who = Some(who);
            mention.rule = rule;
            if by_family {
                mention.how = How::Alias;
            }
        }
        candidates
    }

    /// The one person whose name sounds like `name`.
    fn by_sound(&self, name: &str) -> Option<EntityNumber> {
        let mut persons = self.gazetteer.find_person_by_sound(name).into_iter();
        let first = persons.next()?;
        persons.next().is_none().then_some(first)
    }

    /// «الرئيس» after the name of a president means him.
    fn offices_alone(&mut self) {
        let mut persons: Vec<(usize, EntityNumber)> = Vec::new();
        for found in self.mentions.iter().filter(|found| !found.dropped && found.mention.kind == Kind::Person) {
            if let Some(Who::Known(who)) = found.mention.who {
                persons.push((found.first, who));
            }
        }
        persons.sort_unstable();
        for title in std::mem::take(&mut self.titles) {
            let Office::Row(row) = title.office else { continue };
            if title.form.number != 1
                || self.in_title[title.first..title.end].contains(&true)
                || self.is_taken(title.first)
            {
                continue;
            }
            let office = &self.gazetteer.offices()[usize::from(row)];
            // «الرئيس التنفيذي», «رئيس الوزراء الماليزي»: something else follows that says which.
            let followed = self.reading.words.get(title.end).is_some_and(|word| word.gap <= Gap::Space)
                && self.reading.folded(title.end).starts_with("ال");
            if followed || title.former {
                continue;
            }
            let holds = |who: EntityNumber| {
                self.gazetteer.entity(who).roles.iter().any(|role| {
                    let leads = || self.gazetteer.entity(role.of).leader.as_deref() == Some(role.office.as_str());
                    (role.office == office.id || office.is_leader && leads()) && role.held_on(self.published)
                })
            };
            let past = persons.partition_point(|(first, _)| *first < title.first);
            let near = persons[..past].iter().rev().take(MOST_BACK);
            let Some(&(_, who)) = near.clone().find(|(_, who)| holds(*who)) else { continue };
            let who = Who::Known(who);
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
        self.mentions.retain(|found| !found.dropped);
        self.mentions.sort_by_key(|found| (found.first, found.end));
        let mut new = Vec::new();
        for at in 0..self.reading.words.len() {
            if self.taken[at] != NONE || self.in_title[at] {
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
                new.push(Found { first: at, end: at + 1, dropped: false, mention });
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
                    Rest::Plain(rest) => of(rest),
                    Rest::Article(rest) => of(&format!("ال{rest}")),
                };
                found = found.or(kind.map(|kind| (written_cut(self.reading.written(at), letters), kind)));
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

fn is_particle(word: &str) -> bool {
    arabic::morphology::analyse(word).first().is_some_and(|best| best.pos.is_closed_class())
}

//! What does this article say, in one piece?
//!
//! [`extract`] runs everything over a text once and gives a [`Dossier`], which serialises to the JSON of the contract:
//! entities with their mentions, dates, quotations, events. Offsets count Unicode scalar values. Fields beyond the
//! contract: `rule` everywhere, `until` and `part` and `hijri` of dates, `occasion` of quotations, `status` and `text` of
//! events.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::Serialize;

use crate::dates::{self, Calendar, Day, How, Part};
use crate::events::{self, Status};
use crate::gazetteer::{self, Gazetteer};
use crate::kind;
use crate::mentions::{self, How as Mentioned, Mentions, Who};
use crate::offsets::Offsets;
use crate::quoted::quoted;
use crate::speech::{self, Found, Manner};
use crate::text::Words;

/// All that a text says, ready to be written as JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dossier {
    /// `ar`, or `en` where most letters are Latin.
    pub language: &'static str,
    /// Whom and what it speaks of, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// The dates.
    pub dates: Vec<Dated>,
    /// What is said.
    pub quotations: Vec<Said>,
    /// What happens.
    pub events: Vec<Happening>,
}

/// Somebody or something, and where it is mentioned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entity {
    /// The slug.
    pub id: String,
    /// The item of Wikidata.
    pub wikidata: Option<String>,
    /// `person`, `state`, `organisation`, `place`.
    pub kind: &'static str,
    /// The preferred name in the language of the text.
    pub name: String,
    /// Whether the gazetteer does not have it.
    pub candidate: bool,
    /// Where.
    pub mentions: Vec<Mentioning>,
}

/// One mention.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mentioning {
    /// The first scalar value.
    pub start: usize,
    /// Past the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `name`, `alias`, `title`, `pronoun`.
    pub how: &'static str,
    /// Which rule found it.
    pub rule: &'static str,
}

/// One date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dated {
    /// The first scalar value.
    pub start: usize,
    /// Past the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `2020-10-22`, `2020-10` or `2020`, Gregorian.
    pub value: String,
    /// The last day, month or year of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// `early`, `middle`, `late`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'static str>,
    /// `gregorian`, `hijri`.
    pub calendar: &'static str,
    /// The date as written, `1442-03-05`, where it is Hijri.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hijri: Option<String>,
    /// `absolute`, `relative`.
    pub how: &'static str,
    /// Which rule found it.
    pub rule: &'static str,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// The first scalar value.
    pub start: usize,
    /// Past the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `verbatim`, `reported`.
    pub kind: &'static str,
    /// The slug of the speaker.
    pub speaker: Option<String>,
    /// The words that name the speaker, perhaps in an earlier sentence.
    pub speaker_text: Option<String>,
    /// Where these begin and end.
    pub speaker_start: Option<usize>,
    /// Past their last.
    pub speaker_end: Option<usize>,
    /// `named` in the same sentence, or `dropped`.
    pub speaker_how: Option<&'static str>,
    /// The verb or noun of saying.
    pub cue: Option<String>,
    /// On which occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occasion: Option<String>,
    /// When, if the sentence tells.
    pub date: Option<String>,
    /// Which rule found it.
    pub rule: &'static str,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// `visit`, `call`, `letter`, …
    pub kind: &'static str,
    /// The slugs of those who take part.
    pub actors: Vec<String>,
    /// The words that name all who take part, known or not.
    pub actor_texts: Vec<String>,
    /// Who visits, calls, writes.
    pub from: Option<String>,
    /// Who is visited, called, written to.
    pub to: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub date: Option<String>,
    /// The first scalar value of the sentence.
    pub start: usize,
    /// Past its last.
    pub end: usize,
    /// The sentence.
    pub text: String,
    /// `happened`, `planned`, `denied`.
    pub status: &'static str,
    /// From 0 to 1.
    pub certainty: f32,
    /// Which rule found it.
    pub rule: &'static str,
}

/// What `text`, which appeared on `published`, says of those in `gazetteer` and of others.
///
/// ```
/// use dossier::{dates::Day, extract::extract, gazetteer::Gazetteer};
/// let published = Day::parse("2020-10-23").unwrap();
/// let dossier = extract("قال الرئيس الصيني يوم الخميس إن بلاده مستعدة.", published, Gazetteer::built_in());
/// assert_eq!(dossier.dates[0].value, "2020-10-22");
/// assert_eq!(dossier.quotations[0].speaker.as_deref(), Some("xi-jinping"));
/// ```
pub fn extract(text: &str, published: Day, gazetteer: &Gazetteer) -> Dossier {
    let words = Words::new(text);
    let quoted = quoted(text);
    let judged = kind::judge(text, &quoted);
    let month = gazetteer::Day::new(published.year(), published.month(), published.day());
    let mentions = mentions::find(text, gazetteer, month);
    let dates = dates::find_in(&words, published);
    let (finder, said) = speech::run(&words, &quoted, &judged, &mentions, &dates);
    let events = events::find_in(&finder, &dates, published);
    let writer = Writer { text, offsets: Offsets::new(text), mentions: &mentions, language: language(text) };
    Dossier {
        language: writer.language,
        entities: writer.entities(&said),
        dates: dates.iter().map(|date| writer.date(date)).collect(),
        quotations: said.iter().map(|quotation| writer.said(quotation)).collect(),
        events: events.iter().map(|event| writer.event(event)).collect(),
    }
}

fn language(text: &str) -> &'static str {
    let (mut arabic, mut latin) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{620}'..='\u{64A}' => arabic += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            _ => {}
        }
    }
    if latin > arabic { "en" } else { "ar" }
}

struct Writer<'w> {
    text: &'w str,
    offsets: Offsets<'w>,
    mentions: &'w Mentions<'w>,
    language: &'static str,
}

impl Writer<'_> {
    fn span(&self, bytes: &Range<usize>) -> (usize, usize, String) {
        let text = self.text.get(bytes.clone()).unwrap_or_default().to_owned();
        (self.offsets.scalar(bytes.start), self.offsets.scalar(bytes.end), text)
    }

    fn entities(&self, said: &[speech::Quotation]) -> Vec<Entity> {
        let mut order: Vec<Entity> = Vec::new();
        let mut places: HashMap<Who, usize> = HashMap::new();
        for mention in self.mentions.all() {
            let Some(who) = mention.who else { continue };
            let number = *places.entry(who).or_insert_with(|| {
                order.push(self.entity(who));
                order.len() - 1
            });
            let (start, end, text) = self.span(&mention.bytes);
            let how = match mention.how {
                Mentioned::Name => "name",
                Mentioned::Alias => "alias",
                Mentioned::Title | Mentioned::Nisba => "title",
                Mentioned::Pronoun => "pronoun",
            };
            order[number].mentions.push(Mentioning { start, end, text, how, rule: mention.rule });
        }
        // The verb of a speaker who is not named in the sentence stands for him.
        let mut stood: HashSet<(usize, usize)> = HashSet::new();
        for quotation in said {
            let (Some(speaker), Some(cue)) = (&quotation.speaker, &quotation.cue) else { continue };
            let Some(&number) = speaker.who.and_then(|who| places.get(&who)) else { continue };
            if speaker.found == Found::Dropped {
                let (start, end, text) = self.span(cue);
                let mention = Mentioning { start, end, text, how: "pronoun", rule: quotation.rule };
                if stood.insert((number, start)) {
                    order[number].mentions.push(mention);
                }
            }
        }
        for entity in &mut order {
            entity.mentions.sort_by_key(|mention| mention.start);
        }
        order
    }

    fn entity(&self, who: Who) -> Entity {
        let (wikidata, kind, candidate) = match who {
            Who::Known(number) => {
                let entity = self.mentions.gazetteer().entity(number);
                (entity.wikidata.clone(), entity.kind.name(), false)
            }
            Who::Candidate(number) => {
                let kind = self.mentions.candidates().get(number as usize).map_or("person", |one| one.kind.name());
                (None, kind, true)
            }
        };
        let id = self.mentions.id(who).to_owned();
        let name = self.mentions.name(who, self.language).to_owned();
        Entity { id, wikidata, kind, name, candidate, mentions: Vec::new() }
    }

    fn date(&self, date: &dates::Date) -> Dated {
        let (start, end, text) = self.span(&date.bytes);
        Dated {
            start,
            end,
            text,
            value: date.value.to_string(),
            until: date.until.map(|until| until.to_string()),
            part: date.part.map(|part| match part {
                Part::Early => "early",
                Part::Middle => "middle",
                Part::Late => "late",
            }),
            calendar: match date.calendar {
                Calendar::Gregorian => "gregorian",
                Calendar::Hijri => "hijri",
            },
            hijri: date.hijri.map(|(year, month, day)| {
                let month = month.map(|month| format!("-{month:02}")).unwrap_or_default();
                let day = day.map(|day| format!("-{day:02}")).unwrap_or_default();
                format!("{year}{month}{day}")
            }),
            how: match date.how {
                How::Absolute => "absolute",
                How::Relative => "relative",
            },
            rule: date.rule,
        }
    }

    fn said(&self, quotation: &speech::Quotation) -> Said {
        let (start, end, text) = self.span(&quotation.bytes);
        let speaker = quotation.speaker.as_ref();
        let place = speaker.map(|speaker| self.span(&speaker.bytes));
        Said {
            start,
            end,
            text,
            kind: match quotation.manner {
                Manner::Verbatim => "verbatim",
                Manner::Reported => "reported",
            },
            speaker: speaker.and_then(|speaker| speaker.who).map(|who| self.mentions.id(who).to_owned()),
            speaker_start: place.as_ref().map(|(start, ..)| *start),
            speaker_end: place.as_ref().map(|(_, end, _)| *end),
            speaker_text: place.map(|(.., text)| text),
            speaker_how: speaker.map(|speaker| match speaker.found {
                Found::Named => "named",
                Found::Dropped => "dropped",
            }),
            cue: quotation.cue.as_ref().map(|cue| self.span(cue).2),
            occasion: quotation.occasion.as_ref().map(|occasion| self.span(occasion).2),
            date: quotation.date.map(|date| date.to_string()),
            rule: quotation.rule,
        }
    }

    fn event(&self, event: &events::Event) -> Happening {
        let (start, end, text) = self.span(&event.bytes);
        let id = |party: &events::Party| party.who.map(|who| self.mentions.id(who).to_owned());
        let of = |number: Option<usize>| number.and_then(|number| event.actors.get(number)).and_then(id);
        Happening {
            kind: event.kind.name(),
            actors: event.actors.iter().filter_map(id).collect(),
            actor_texts: event.actors.iter().map(|party| self.span(&party.bytes).2).collect(),
            from: of(event.from),
            to: of(event.to),
            place: event.place.as_ref().and_then(id),
            date: event.date.map(|date| date.to_string()),
            start,
            end,
            text,
            status: match event.status {
                Status::Happened => "happened",
                Status::Planned => "planned",
                Status::Denied => "denied",
            },
            certainty: (event.certainty.clamp(0.0, 1.0) * 100.0).round() / 100.0,
            rule: event.rule,
        }
    }
}

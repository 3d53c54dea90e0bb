//! Who is the subject of this verb?

use std::ops::Range;

use super::{Cue, Finder, Found, Said, Speaker, lists, with_pronoun};
use crate::gazetteer;
use crate::kind::is_naming_noun;
use crate::mentions::{How, Mention};
use crate::text::Gap;
use crate::verbs::{self, Class, Form, Gender, Number, Tense};

/// The longest name of a speaker, in words.
const LONGEST: usize = 16;

impl Finder<'_, '_> {
    /// Who speaks at `cue`, and by which rule.
    pub(super) fn speaker(
        &self,
        cue: &Cue,
        limit: usize,
        sentence: &Range<usize>,
        before: Option<&Speaker>,
    ) -> (Option<Speaker>, &'static str) {
        let words = self.words;
        let start = words.get(cue.at).map_or(0, |word| word.start);
        if cue.form.tense == Tense::Participle {
            // «قال … مضيفا أن»; «تبادل شي الرسائل مع بوتين، قائلا إنه».
            if let Some(named) = self.subject_after(cue.at, &cue.form, limit).filter(|_| {
                matches!(cue.said, Said::Marked { .. } | Said::Clause { .. }) && words.written(cue.at).is_ascii()
            }) {
                return (Some(named), "subject-after");
            }
            let own = before.filter(|speaker| agrees(speaker, cue.form.gender, Some(cue.form.number))).cloned();
            let own = own.or_else(|| self.subject_of_sentence(cue.at, sentence));
            return match own {
                Some(speaker) => (Some(speaker), "participle"),
                None => (self.told_before(&cue.form, start), "participle-dropped"),
            };
        }
        if let Some(speaker) = self.subject_after(cue.at, &cue.form, limit) {
            return (Some(speaker), "subject-after");
        }
        if let Some(speaker) = self.subject_before(cue.at, sentence, &cue.form) {
            return (Some(speaker), "subject-before");
        }
        // «وقال … وأضاف»: the same who spoke in this sentence.
        if let Some(speaker) = before.filter(|speaker| agrees(speaker, cue.form.gender, Some(cue.form.number))) {
            return (Some(Speaker { found: Found::Dropped, ..speaker.clone() }), "same-sentence");
        }
        (self.told_before(&cue.form, start), "dropped")
    }

    /// The subject that follows the verb at `at`, before word `limit`.
    pub(super) fn subject_after(&self, at: usize, form: &Form, limit: usize) -> Option<Speaker> {
        let words = self.words;
        let mut from = at + 1;
        while from < limit
            && (lists::passed_over(words.key(from)) || self.date_at(from))
            && words.gap(from).only(Gap::SPACE.and(Gap::COMMA))
        {
            from += 1;
        }
        // «قال، في مؤتمر صحفي، الوزير» is not looked for.
        if from >= limit || !words.together(at, from) || !words.gap(from).only(Gap::SPACE.and(Gap::QUOTE)) {
            return None;
        }
        if lists::told(words.key(from)) || lists::pronouns(words.key(from)) && words.written(from).is_ascii() {
            return None;
        }
        if self.is_spoken_to(from, form) {
            return None;
        }
        let mut speaker = self.phrase(from, limit)?;
        if speaker.gender.is_none() {
            speaker.gender = form.gender;
        }
        // A verb before its subject shows gender: «قالت السيدة», not «قالت الوزير». Plurals of things are feminine.
        let wrong = form.gender == Some(Gender::Feminine)
            && speaker.gender == Some(Gender::Masculine)
            && speaker.who.is_some()
            && speaker.number == Number::Singular;
        (!wrong || words.written(at).is_ascii()).then_some(speaker)
    }

    /// Whether what follows the verb is whom it speaks to: «قالت لأولياء الأمور», «دعا السكان إلى».
    fn is_spoken_to(&self, from: usize, form: &Form) -> bool {
        let words = self.words;
        let key = words.key(from);
        let named = words.get(from).is_some_and(|word| self.mentions.at(word.start).is_some());
        if key == "ل" {
            return true;
        }
        if key.starts_with('ل') && !named {
            let segments = arabic::morphology::segments(words.written(from));
            if segments.len() >= 2 && segments[0].len() == 'ل'.len_utf8() {
                return true;
            }
        }
        // An accusative: «تلقى اتصالا».
        let own = ["ها", "هما", "نا", "كما"].iter().any(|pronoun| key.ends_with(pronoun));
        let tanwin = key.ends_with('ا') && !own && key.chars().count() >= 5 && !key.starts_with("ال") && !named;
        let tanwin = tanwin && words.written(from).chars().all(|c| !c.is_ascii());
        // After a feminine verb a plural of men is its object: «دعت السكان».
        let people =
            matches!(form.lemma, "دعا" | "حث" | "طالب" | "ناشد" | "نصح" | "سأل" | "أبلغ" | "أخبر" | "هدد" | "خاطب");
        let object = people
            && form.gender == Some(Gender::Feminine)
            && !named
            && !lists::is_feminine(key)
            && !lists::is_role(key.strip_prefix("ال").unwrap_or(key));
        tanwin && !lists::is_role(key)
            || object
            || verbs::form(key).is_some_and(|form| form.tense == Tense::Participle && form.says())
    }

    /// The subject of the verb that begins a sentence, whatever verb it is.
    pub(super) fn subject_of_any_verb(&self, sentence: &Range<usize>) -> Option<Speaker> {
        let words = self.words;
        let at = sentence.start;
        let written = words.written(at);
        if sentence.len() < 3 || written.is_ascii() || verbs::form(words.key(at)).is_some() {
            return None;
        }
        let reading = arabic::morphology::analyse(written).into_iter().next()?;
        if reading.pos != arabic::morphology::Pos::Verb {
            return None;
        }
        let feminine = words.key(at).ends_with('ت') || words.key(at).starts_with('ت');
        let form = Form {
            lemma: "",
            class: Class::Other,
            complements: verbs::Complements::default(),
            tense: Tense::Perfect,
            gender: Some(if feminine { Gender::Feminine } else { Gender::Masculine }),
            number: Number::Singular,
        };
        self.subject_after(at, &form, sentence.end.min(at + 14))
    }

    /// Whether a phrase looks like the name of a person: two words or more without article.
    pub(super) fn is_name(&self, speaker: &Speaker) -> bool {
        let words = self.words;
        let range = words.at_byte(speaker.bytes.start)..words.at_byte(speaker.bytes.end);
        let head = words.key(range.start);
        range.len() >= 2
            && (lists::is_role(head.strip_prefix("ال").unwrap_or(head))
                || range.take(2).all(|at| !words.key(at).starts_with("ال")))
    }

    /// The noun phrase that begins at `from`, as a speaker.
    pub(crate) fn phrase(&self, from: usize, limit: usize) -> Option<Speaker> {
        let words = self.words;
        let limit = limit.min(from + LONGEST).min(words.len());
        let first = words.get(from)?;
        let first_key = words.key(from);
        let bare = first_key.strip_prefix('ل').unwrap_or(first_key);
        let participle = verbs::form(first_key).is_some_and(|form| form.tense == Tense::Participle && form.says());
        if from >= limit || participle || lists::ends_subject(first_key) || first.digits && !self.number_of_people(from)
        {
            return None;
        }
        let mut to = from + 1;
        while to < limit && self.goes_on(from, to) {
            to += 1;
        }
        let mut bytes = words.bytes(from, to);
        let mut persons: Vec<&Mention> = self.mentions.within(bytes.clone()).iter().filter(is_person).collect();
        // «المبعوث الأممي إلى اليمن مارتن غريفيث»; «رئيس المنطقة، جو ستيرنليب، إن»
        if persons.is_empty() && to < limit && self.may_be_named_later(to) {
            let end = words.get(limit - 1).map_or(bytes.end, |word| word.end);
            let later = self.mentions.within(bytes.end..end).iter().filter(is_person).find(|person| {
                let at = words.at_byte(person.title.as_ref().map_or(person.bytes.start, |title| title.start));
                at <= to + 6
                    && (to..at).all(|word| !matches!(words.key(word), "مع" | "عن" | "خلال" | "بعد" | "عقب" | "اثناء"))
            });
            if let Some(person) = later {
                let closed = words.at_byte(person.bytes.end);
                let apposed = words.gap(to).has(Gap::COMMA);
                if !apposed || words.gap(closed).has(Gap::COMMA.and(Gap::COLON)) || closed >= limit {
                    bytes.end = person.bytes.end;
                    persons.push(person);
                }
            }
        }
        // «المبعوث الأممي إلى ليبيا يان سلوفاك»: a name that nobody knows.
        if persons.is_empty()
            && matches!(words.key(to), "الي" | "لدي")
            && to + 1 < limit
            && lists::is_role(first_key.strip_prefix("ال").unwrap_or(first_key))
        {
            let place = words.get(to + 1).and_then(|word| self.mentions.at(word.start));
            if let Some(place) = place {
                let mut end = words.at_byte(place.bytes.end);
                let begun = end;
                while end < limit && end < begun + 4 && !words.key(end).starts_with("ال") && self.goes_on(from, end) {
                    end += 1;
                }
                if end > begun {
                    bytes = words.bytes(from, end);
                }
            }
        }
        let head = first_key.strip_prefix("ال").unwrap_or(first_key);
        let who = self.who(&bytes, &persons, head, bare);
        let plural = head.ends_with("ون") || head.ends_with("ين") && head.chars().count() > 4;
        let gender = persons.last().and_then(|person| gender(person.gender)).filter(|_| who.is_some());
        let gender = gender.or_else(|| lists::is_feminine(head).then_some(Gender::Feminine));
        let two = (from + 1..to).any(|at| words.key(at).starts_with('و') && persons.len() >= 2);
        let number = if plural || two { Number::Plural } else { Number::Singular };
        Some(Speaker { bytes, who, found: Found::Named, gender, number })
    }

    /// Whether word `to` still belongs to the phrase that began with `from`.
    fn goes_on(&self, from: usize, to: usize) -> bool {
        let words = self.words;
        let (key, gap) = (words.key(to), words.gap(to));
        let quoted_name = gap.has(Gap::QUOTE) && gap.only(Gap::SPACE.and(Gap::QUOTE)) && self.marked_at(to).is_none();
        if !words.together(from, to)
            || !(gap.only(Gap::SPACE.and(Gap::DASH)) || quoted_name)
            || self.marked_at(to).is_some()
        {
            // «أحمد ز. أمين»
            let initial = gap.only(Gap::STOP.and(Gap::SPACE)) && words.key(to - 1).chars().count() == 1;
            if !initial || !words.together(from, to) {
                return false;
            }
        }
        if gap.has(Gap::DASH) && gap.has(Gap::SPACE) {
            return false;
        }
        let named =
            words.get(to).is_some_and(|word| self.mentions.at(word.start).is_some_and(|m| m.bytes.start < word.start));
        if named {
            return true;
        }
        if key == "باسم" || key == "لشؤون" || key == "للشؤون" || key == "بوزاره" {
            return true;
        }
        // English names go on with «of».
        if words.written(to).is_ascii() && key == "of" {
            return true;
        }
        // «مصدر في الوزارة», «مسؤول من الشرطة»: whom nobody names.
        let last = words.key(to - 1);
        let nameless = matches!(
            last.strip_prefix('ل').unwrap_or(last),
            "مصدر" | "مصادر" | "مسؤول" | "مسؤولون" | "شاهد" | "دبلوماسي" | "خبير" | "مقرب"
        );
        if nameless && matches!(key, "في" | "من" | "لدي") && words.gap(to).is_space() {
            return true;
        }
        if lists::ends_subject(key) || self.date_at(to) {
            return false;
        }
        let bare = key.strip_prefix('و').unwrap_or(key);
        if bare.starts_with("نظير") {
            return false;
        }
        // «تبادل شي الرسائل»: after a name alone a noun with the article is the object.
        let name_ends = words.get(from).and_then(|first| self.mentions.at(first.start)).is_some_and(|mention| {
            let whole =
                words.get(from).is_some_and(|first| mention.bytes.start >= first.start && mention.title.is_none());
            whole
                && mention.kind == gazetteer::Kind::Person
                && mention.how != How::Title
                && words.at_byte(mention.bytes.end) == to
        });
        if name_ends && key.starts_with("ال") {
            return false;
        }
        let owned = lists::is_role(words.key(from).strip_prefix("ال").unwrap_or(words.key(from)))
            && words.key(to - 1) != words.key(from).strip_prefix('و').unwrap_or("");
        let told =
            (key.starts_with("لل") && key.chars().count() > 4) || key.strip_prefix('ل').is_some_and(is_naming_noun);
        // «الرئيس التنفيذي لمجموعة …», but «الرئيس لصحيفة …», «الرئيس للصحفيين».
        let (definite, noun) = match key.strip_prefix("لل") {
            Some(rest) => (true, rest),
            None => (false, key.strip_prefix('ل').unwrap_or("")),
        };
        let spoken_to = lists::media(noun) || lists::told(bare) || definite && lists::told(&format!("ال{noun}"));
        if spoken_to || told && (!owned || to == from + 1 && !words.key(from).starts_with("ال")) {
            return false;
        }
        if key.starts_with('ب') && self.begins_with_by(to) {
            return false;
        }
        match verbs::form(key) {
            // Names and nouns look like verbs: «محمد ذكر», «عبد الله قال».
            Some(form) => {
                !(form.class != Class::Other || key.starts_with(['ي', 'ت', 'س']) || form.tense == Tense::Perfect)
            }
            None => with_pronoun(key).is_none_or(|form| form.class == Class::Other),
        }
    }

    fn begins_with_by(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        if self.mentions.at(word.start).is_some() {
            return false;
        }
        let segments = arabic::morphology::segments(self.words.written(at));
        segments.len() >= 2 && segments[0].len() == 'ب'.len_utf8()
    }

    /// Whether a name may still come after the title that ends before word `to`.
    fn may_be_named_later(&self, to: usize) -> bool {
        let words = self.words;
        matches!(words.key(to), "في" | "الي" | "لدي" | "علي" | "من")
            || words.key(to).starts_with("لل")
            || words.gap(to).has(Gap::COMMA)
    }

    fn number_of_people(&self, at: usize) -> bool {
        !self.date_at(at) && self.words.gap(at + 1).is_space()
    }

    /// Who a phrase means, by the names and titles in it.
    fn who(&self, bytes: &Range<usize>, persons: &[&Mention], head: &str, bare: &str) -> Option<crate::mentions::Who> {
        let words = self.words;
        let dependant = lists::dependants(head) || lists::dependants(bare);
        if let Some(person) = persons.last().filter(|person| person.who.is_some()) {
            let begins = person.title.as_ref().map_or(person.bytes.start, |title| title.start.min(person.bytes.start));
            let whole = begins <= bytes.start;
            let ends = person.bytes.end + 2 >= bytes.end;
            let after_by = {
                let at = words.at_byte(begins);
                at > 0 && matches!(words.key(at - 1), "باسم")
            };
            // «زوجة الرئيس», «المتحدث باسم بوتين»; but «المتحدث دميتري بيسكوف», «نائب الوزير سيرغي ريابكوف».
            let adjacent = words.at_byte(begins) <= words.at_byte(bytes.start) + 1;
            let own_name = matches!(person.how, How::Name)
                && !after_by
                && (!adjacent || persons.len() > 1 || head_has_article(words.key(words.at_byte(bytes.start))));
            if whole || (!dependant && ends && !after_by) || (dependant && ends && own_name) {
                return person.who;
            }
            if dependant || after_by {
                return None;
            }
        }
        // A body or a government that says something.
        let first =
            self.mentions.within(bytes.clone()).iter().find(|mention| mention.kind != gazetteer::Kind::Person)?;
        let begins = first.title.as_ref().map_or(first.bytes.start, |title| title.start);
        let whole = begins <= bytes.start + 8
            && words.at_byte(begins) <= words.at_byte(bytes.start) + usize::from(begins > bytes.start);
        let body = first.kind == gazetteer::Kind::Organisation || first.kind == gazetteer::Kind::State || first.acts;
        // «شي إن»: a name that reaches over the particle after the subject is another's.
        let plausible = first.bytes.end <= bytes.end;
        let covers = words.at_byte(begins) == words.at_byte(bytes.start);
        (whole && covers && body && first.how != How::Nisba && plausible).then_some(first.who).flatten()
    }

    /// The subject that stands before the verb at `at`.
    pub(super) fn subject_before(&self, at: usize, sentence: &Range<usize>, form: &Form) -> Option<Speaker> {
        let words = self.words;
        if words.key(at).starts_with(['و', 'ف']) && at > sentence.start {
            // «و» begins another clause, unless the letter is the verb's own.
            if !matches!(form.lemma.chars().next(), Some('و' | 'ف')) {
                return None;
            }
        }
        let mut end = at;
        while end > sentence.start && lists::auxiliaries(words.key(end - 1)) && words.gap(end).only(Gap::SPACE) {
            end -= 1;
        }
        if end == sentence.start {
            return None;
        }
        let gap = words.gap(end);
        // «فلان، وزير كذا، قال»
        let relative = matches!(words.key(end - 1), "الذي" | "التي" | "الذين" | "who" | "which");
        if relative {
            end -= 1;
        } else if !gap.only(Gap::SPACE.and(Gap::CLOSE)) {
            let apposed = gap.has(Gap::COMMA)
                && (end.saturating_sub(LONGEST).max(sentence.start + 1)..end).any(|at| words.gap(at).has(Gap::COMMA));
            if !apposed {
                return None;
            }
        }
        let mut start = end;
        let mut commas = 0;
        while start > sentence.start && end - start < LONGEST {
            let word = start - 1;
            let key = words.key(word);
            if self.marked_at(word).is_some()
                || lists::opens_clause(key) && !(words.written(word).is_ascii() && key == "of")
            {
                break;
            }
            if let Some(form) = verbs::form(key)
                && (form.says() || form.tense == Tense::Perfect)
                && !(form.tense == Tense::Participle)
            {
                break;
            }
            start = word;
            if words.gap(word).has(Gap::COMMA) {
                commas += 1;
                if commas > 1 || gap.is_space() {
                    break;
                }
            }
            if words.gap(word).has(Gap::SEMICOLON.and(Gap::COLON).and(Gap::STOP).and(Gap::LINE)) {
                break;
            }
        }
        // «كان الوزير قد قال»: what begins with a preposition is no subject.
        while start < end && (lists::passed_over(words.key(start)) || self.date_at(start)) {
            start += 1;
        }
        if start >= end {
            return None;
        }
        let key = words.key(start);
        if lists::pronouns(key) {
            return words.written(start).is_ascii().then(|| self.of_pronoun(key, start)).flatten();
        }
        let prepositional =
            lists::according(key) || lists::ends_subject(key) || key.starts_with("لل") || matches!(key, "اما");
        if prepositional {
            return None;
        }
        let speaker = self.phrase(start, end)?;
        // «الرئيسة التنفيذية، دانا ويلز، قالت»
        let closing = words.at_byte(speaker.bytes.end);
        let mut speaker = speaker;
        if closing < end && words.gap(closing).has(Gap::COMMA) && words.gap(end).has(Gap::COMMA) {
            speaker.bytes.end = words.bytes(start, end).end;
            let persons: Vec<&Mention> = self.mentions.within(speaker.bytes.clone()).iter().filter(is_person).collect();
            speaker.who = speaker.who.or_else(|| persons.first().and_then(|person| person.who));
        }
        // All of what stands before the verb must be the subject, or it is something else.
        let whole = words.at_byte(speaker.bytes.end) >= end || words.gap(end).has(Gap::COMMA);
        let agrees = agrees(&speaker, form.gender, None) || speaker.gender.is_none();
        // After the subject the verb shows gender too: «الوزيرة قال» is another's.
        let feminine = form.gender == Some(Gender::Feminine);
        let person =
            speaker.who.is_some() || feminine == lists::is_feminine(words.key(start)) || words.written(at).is_ascii();
        (whole && agrees && person).then_some(speaker)
    }

    /// He, she, they: whoever was told before and agrees.
    fn of_pronoun(&self, key: &str, at: usize) -> Option<Speaker> {
        let (gender, number) = match key {
            "he" => (Some(Gender::Masculine), Number::Singular),
            "she" => (Some(Gender::Feminine), Number::Singular),
            "they" => (None, Number::Plural),
            _ => return None,
        };
        let start = self.words.get(at)?.start;
        self.last_speaker(start, gender, Some(number)).or_else(|| self.last_person(start, gender))
    }

    /// The subject of the first verb of the sentence, for a participle.
    fn subject_of_sentence(&self, at: usize, sentence: &Range<usize>) -> Option<Speaker> {
        let words = self.words;
        (sentence.start..at)
            .rev()
            .take(60)
            .find_map(|verb| {
                let form = verbs::form(words.key(verb)).filter(|form| form.tense != Tense::Participle)?;
                self.subject_after(verb, &form, at).or_else(|| self.subject_before(verb, sentence, &form))
            })
            .or_else(|| self.subject_of_any_verb(sentence))
    }

    /// Of whom a verb without subject speaks.
    pub(super) fn told_before(&self, form: &Form, byte: usize) -> Option<Speaker> {
        let number = (form.number != Number::Singular).then_some(form.number);
        let speaker = self.last_speaker(byte, form.gender, number);
        let subject = self.subjects.iter().rev().find(|subject| {
            subject.bytes.end <= byte
                && (subject.who.is_some() || self.is_human(subject))
                && agrees(subject, form.gender, number)
        });
        // «بحث الملك مع نظيره … وأكدا»: nobody was told as two.
        if number.is_some() && speaker.is_none() && subject.is_none() {
            let one =
                self.subjects.last().filter(|subject| subject.bytes.end <= byte && self.is_human(subject)).cloned();
            return one
                .or_else(|| self.last_speaker(byte, None, None))
                .map(|speaker| Speaker { found: Found::Dropped, ..speaker });
        }
        let found = match (speaker, subject) {
            (Some(speaker), Some(subject)) if form.class != Class::Add && subject.bytes.start > speaker.bytes.start => {
                Some(subject.clone())
            }
            (Some(speaker), _) => Some(speaker),
            (None, Some(subject)) => Some(subject.clone()),
            (None, None) => self.last_person(byte, form.gender),
        };
        found.map(|speaker| Speaker { found: Found::Dropped, ..speaker })
    }

    fn is_human(&self, subject: &Speaker) -> bool {
        let key = self.words.key(self.words.at_byte(subject.bytes.start));
        let bare = key.strip_prefix("ال").unwrap_or(key);
        lists::is_role(bare)
    }

    pub(super) fn last_speaker(&self, byte: usize, gender: Option<Gender>, number: Option<Number>) -> Option<Speaker> {
        let last =
            self.speakers.iter().rev().find(|speaker| speaker.bytes.start <= byte && agrees(speaker, gender, number));
        last.map(|speaker| Speaker { found: Found::Dropped, ..speaker.clone() })
    }

    /// The last person who was named, where nobody spoke yet.
    fn last_person(&self, byte: usize, gender: Option<Gender>) -> Option<Speaker> {
        let person = self.mentions.before(byte).iter().rev().take(12).filter(is_person).find(|person| {
            person.who.is_some()
                && (self::gender(person.gender).is_none() || gender.is_none() || self::gender(person.gender) == gender)
        })?;
        Some(Speaker {
            bytes: person.bytes.clone(),
            who: person.who,
            found: Found::Dropped,
            gender: self::gender(person.gender),
            number: Number::Singular,
        })
    }

    /// «نقل عن فلان قوله»: who stands after «عن».
    pub(super) fn quoted_from(&self, at: usize, sentence: &Range<usize>) -> Option<Speaker> {
        let words = self.words;
        let from = (sentence.start..at).rev().take(LONGEST).find(|&word| words.key(word) == "عن")?;
        self.phrase(from + 1, at)
    }

    /// A sentence that begins with a name is about it: «بوتين في بكين».
    pub(super) fn nominal_subject(&mut self, sentence: &Range<usize>) {
        let Some(word) = self.words.get(sentence.start) else { return };
        if let Some(mention) =
            self.mentions.at(word.start).filter(|mention| is_person(mention) && mention.who.is_some())
        {
            let subject = Speaker {
                bytes: mention.bytes.clone(),
                who: mention.who,
                found: Found::Named,
                gender: gender(mention.gender),
                number: Number::Singular,
            };
            super::push(&mut self.subjects, subject);
        }
    }
}

fn is_person(mention: &&Mention) -> bool {
    mention.kind == gazetteer::Kind::Person
}

fn head_has_article(key: &str) -> bool {
    key.starts_with("ال")
}

fn gender(gender: Option<gazetteer::Gender>) -> Option<Gender> {
    gender.map(|gender| match gender {
        gazetteer::Gender::Masculine => Gender::Masculine,
        gazetteer::Gender::Feminine => Gender::Feminine,
    })
}

/// Whether a speaker may be of that gender and number. A singular verb may have any number of people.
fn agrees(speaker: &Speaker, gender: Option<Gender>, number: Option<Number>) -> bool {
    let fits = match (speaker.gender, gender) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let many = match number {
        None => true,
        Some(Number::Singular) => speaker.number == Number::Singular,
        Some(_) => speaker.number != Number::Singular,
    };
    fits && many
}

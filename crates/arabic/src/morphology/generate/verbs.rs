//! Which stems does a verb have, and which nouns come of it?
//!
//! Without vowel marks most persons share one stem. What remains follows from the third person past and present as
//! they are spelled: doubled letters part, the long vowel of hollow verbs goes, the last letter of defective ones
//! changes, and a last hamza moves from seat to seat.

use super::super::classes::*;
use super::spelling::{spell, split_last, with_last};
use super::{Lemma, PAST, PRESENT, Sink, Stem};

/// A verb as the lexicon gives it, understood.
#[derive(Debug)]
pub(super) struct Verb {
    /// «he did», without shadda.
    past: String,
    /// «he does», without its ي and without shadda.
    present: String,
    form: Form,
    /// Whether the last letter is written once and spoken twice: ردّ.
    doubled: bool,
    /// Whether the last but one is a long vowel: قال.
    hollow: bool,
    /// Whether the last is a long vowel: دعا، رمى، بقي.
    defective: bool,
}

/// The ten usual forms, and those of four letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    First,
    Second,
    Third,
    Fourth,
    Fifth,
    Sixth,
    Seventh,
    Eighth,
    Tenth,
    Four,
    FiveOfFour,
    /// اخشوشن and افرنقع.
    Longer,
    /// احمرّ and اطمأنّ: the last letter is doubled by the form.
    Doubling,
}

impl Verb {
    /// Understands a pair of the lexicon, or says no.
    pub(super) fn parse(past: &str, present: &str) -> Option<Verb> {
        let letters = letters_of(past);
        let plain: Vec<char> = letters.iter().map(|&(c, _)| c).collect();
        let present_plain: String = letters_of(present).iter().map(|&(c, _)| c).collect();
        let stem = present_plain.strip_prefix('ي').filter(|stem| !stem.is_empty())?;
        let count = plain.len();
        let last_doubled = letters.last()?.1;
        let weight = count + letters.iter().filter(|(_, doubled)| *doubled).count();
        let form = form_of(&letters, &plain, weight, stem)?;
        let defective = !last_doubled && matches!(plain[count - 1], 'ا' | 'ى' | 'ي');
        let hollow = !last_doubled
            && !defective
            && count >= 3
            && plain[count - 2] == 'ا'
            && matches!(form, Form::First | Form::Fourth | Form::Seventh | Form::Eighth | Form::Tenth);
        Some(Verb {
            past: plain.iter().collect::<String>().replace("أا", "آ"),
            present: stem.to_owned(),
            form,
            doubled: last_doubled,
            hollow,
            defective,
        })
    }

    /// Whether it is of the first form, the commonest.
    pub(super) fn is_first_form(&self) -> bool {
        self.form == Form::First
    }

    /// Hands on every stem of past, present and imperative, active and passive.
    pub(super) fn stems(&self, lemma: Lemma, cost: u8, sink: &mut Sink) {
        self.past_stems(&self.past, lemma, cost, sink);
        let passive = self.passive_past();
        if passive != self.past {
            self.past_stems(&passive, lemma, cost + 8, sink);
        }
        self.present_stems(&self.present, lemma, cost, sink);
        let passive = self.passive_present();
        if passive != self.present {
            self.present_stems(&passive, lemma, cost + 5, sink);
        }
        if self.form == Form::First {
            self.imperative(lemma, cost + 30, sink);
        }
    }

    fn past_stems(&self, past: &str, lemma: Lemma, cost: u8, sink: &mut Sink) {
        let mut put = |text: &str, groups: Groups| {
            sink.put(Stem { text, kind: Kind::Past, groups, flags: 0, cost, lemma });
        };
        let by_vowel = BARE | BEFORE_PRONOUN | PAST_SHE | PAST_TWO | PAST_THEY;
        let (base, last) = split_last(past);
        if self.doubled {
            put(past, by_vowel);
            put(&format!("{past}{last}"), PAST_CONSONANT);
        } else if self.hollow {
            put(past, by_vowel);
            let short = if last == 'ء' {
                put(&with_last(past, "ؤ"), PAST_THEY);
                let seat = if self.form == Form::First { "ئ" } else { "أ" };
                format!("{}{seat}", split_last(base).0)
            } else {
                format!("{}{last}", split_last(base).0)
            };
            put(&short, PAST_CONSONANT);
            match last {
                // «كنّا» and «متّ» write the two letters as one.
                'ن' => put(&short, PAST_TWO),
                'ت' => put(&short, BARE),
                _ => {}
            }
        } else if self.defective {
            match last {
                'ي' => {
                    put(past, PAST & !PAST_THEY);
                    put(base, PAST_THEY);
                }
                _ => {
                    let before_ending = if last == 'ا' && self.form == Form::First { "و" } else { "ي" };
                    put(past, BARE);
                    if base.ends_with('أ') {
                        put(&with_last(base, "آ"), BEFORE_PRONOUN);
                    } else {
                        put(&format!("{base}ا"), BEFORE_PRONOUN);
                    }
                    put(base, PAST_SHE | PAST_THEY);
                    put(&format!("{base}{before_ending}"), PAST_TWO | PAST_CONSONANT);
                }
            }
        } else if last == 'أ' {
            put(past, PAST & !PAST_TWO);
            put(&format!("{base}ؤ"), PAST_THEY);
            put(&format!("{base}ء"), PAST_THEY);
            put(&format!("{base}آ"), BARE);
        } else {
            put(past, PAST);
        }
    }

    fn present_stems(&self, present: &str, lemma: Lemma, cost: u8, sink: &mut Sink) {
        let mut put = |text: &str, groups: Groups| {
            // One letter alone («يرَ») is seldom what is meant.
            let cost = if text.chars().count() == 1 { cost.saturating_add(14) } else { cost };
            sink.put(Stem { text, kind: Kind::Present, groups, flags: 0, cost, lemma });
        };
        let (base, last) = split_last(present);
        let before = split_last(base).1;
        let they = PRESENT_THEY;
        if self.doubled {
            put(present, PRESENT & !PRESENT_WOMEN);
            put(&format!("{present}{last}"), PRESENT_WOMEN | BARE);
        } else if matches!(last, 'و' | 'ي' | 'ى' | 'ا') && self.defective {
            match last {
                'و' | 'ي' => put(present, BARE | BEFORE_PRONOUN | PRESENT_TWO | PRESENT_WOMEN),
                _ => {
                    put(present, BARE);
                    put(&format!("{base}ا"), BEFORE_PRONOUN);
                    put(&format!("{base}ي"), PRESENT_TWO | PRESENT_WOMEN);
                }
            }
            if !base.is_empty() {
                put(base, they);
                // The jussive: «لم يدعُ».
                sink.put(Stem {
                    text: base,
                    kind: Kind::Present,
                    groups: BARE | BEFORE_PRONOUN,
                    flags: 0,
                    cost: cost.saturating_add(if base.chars().count() == 1 { 18 } else { 6 }),
                    lemma,
                });
            }
        } else if self.hollow && matches!(before, 'و' | 'ي' | 'ا') && base.chars().count() >= 2 {
            put(present, PRESENT & !PRESENT_WOMEN);
            let root = split_last(base).0;
            if last == 'ء' {
                let seat = if before == 'ي' { 'ئ' } else { 'ؤ' };
                put(&format!("{base}{seat}"), BEFORE_PRONOUN | they | PRESENT_TWO);
                put(&format!("{base}ئ"), they);
                put(&format!("{root}{}", if before == 'ي' { 'ئ' } else { 'أ' }), BARE | PRESENT_WOMEN);
            } else {
                put(&format!("{root}{last}"), BARE | BEFORE_PRONOUN | PRESENT_WOMEN);
            }
        } else if last == 'أ' {
            put(present, PRESENT);
            put(&format!("{base}ؤ"), BEFORE_PRONOUN | they);
            put(&format!("{base}ء"), they);
            put(&format!("{base}ئ"), they);
            put(&format!("{base}آن"), BARE);
        } else {
            put(present, PRESENT);
        }
        if let Some(rest) = present.strip_prefix('أ') {
            let text = format!("آ{rest}");
            sink.put(Stem {
                text: &text,
                kind: Kind::PresentWhole,
                groups: BARE | BEFORE_PRONOUN,
                flags: 0,
                cost,
                lemma,
            });
        }
    }

    fn passive_past(&self) -> String {
        let past = &self.past;
        let (base, last) = split_last(past);
        if self.hollow {
            return format!("{}ي{last}", split_last(base).0);
        }
        let mut letters: Vec<char> = past.chars().collect();
        match self.form {
            Form::Third if letters.len() > 2 => letters[1] = 'و',
            Form::Sixth if letters.len() > 3 => letters[2] = 'و',
            Form::First if letters.len() == 3 && letters[1] == 'أ' => letters[1] = 'ئ',
            _ => {}
        }
        if let Some(end) = letters.last_mut() {
            match *end {
                'ا' | 'ى' => *end = 'ي',
                'أ' => *end = 'ئ',
                _ => {}
            }
        }
        letters.iter().collect::<String>().replace("آو", "أو")
    }

    fn passive_present(&self) -> String {
        let present = &self.present;
        let (base, last) = split_last(present);
        if self.hollow && matches!(split_last(base).1, 'و' | 'ي') {
            return format!("{}ا{last}", split_last(base).0);
        }
        if self.defective && matches!(last, 'و' | 'ي') {
            let base = if self.is_assimilated() { format!("و{base}") } else { base.to_owned() };
            return format!("{base}ى");
        }
        if last == 'ئ' {
            return with_last(present, "أ");
        }
        if self.is_assimilated() {
            return format!("و{present}");
        }
        if self.form == Form::First
            && let Some(rest) = present.strip_prefix('أ')
        {
            return format!("ؤ{rest}");
        }
        present.clone()
    }

    /// Whether the و of the past is missing in the present: وصل يصل.
    fn is_assimilated(&self) -> bool {
        self.form == Form::First
            && self.past.starts_with('و')
            && self.present.chars().count() < self.past.chars().count()
            && !self.doubled
    }

    fn imperative(&self, lemma: Lemma, cost: u8, sink: &mut Sink) {
        let (base, last) = split_last(&self.present);
        let mut put = |text: &str, groups: Groups| {
            sink.put(Stem { text, kind: Kind::Imperative, groups, flags: 0, cost, lemma });
        };
        if self.hollow || self.doubled || self.is_assimilated() {
            put(&self.present, IMPERATIVE);
            if self.hollow && self.present.chars().count() == 3 {
                put(&format!("{}{last}", split_last(base).0), BARE | BEFORE_PRONOUN);
            }
        } else if self.defective {
            put(&format!("ا{base}"), BARE | BEFORE_PRONOUN | IMPERATIVE);
        } else if !self.present.starts_with(['أ', 'ؤ']) {
            put(&format!("ا{}", self.present), BARE | BEFORE_PRONOUN | IMPERATIVE);
        }
    }

    /// The masdars that follow from the form, the usual one first.
    pub(super) fn masdars(&self) -> Vec<String> {
        let past: Vec<char> = self.past.chars().collect();
        let count = past.len();
        let root = self.root();
        let (f, a, l) = (root.0.as_str(), root.1.as_str(), root.2.as_str());
        match self.form {
            Form::First | Form::Longer => Vec::new(),
            Form::Second if self.defective => vec![spell(&format!("تَ{f}{a}ِيَة"))],
            Form::Second if l == "ء" => vec![spell(&format!("تَ{f}{a}ِءَة"))],
            Form::Second => vec![spell(&format!("تَ{f}{a}ِي{l}"))],
            Form::Third if self.doubled => vec![spell(&format!("مُ{f}َا{l}َة"))],
            Form::Third if self.defective => vec![spell(&format!("مُ{f}َا{a}َاة")), spell(&format!("{f}ِ{a}َاء"))],
            Form::Third => vec![spell(&format!("مُ{f}َا{a}َ{l}َة")), spell(&format!("{f}ِ{a}َا{l}"))],
            Form::Fourth if self.hollow => vec![spell(&format!("ءِ{f}َا{l}َة"))],
            Form::Fourth => {
                let start = if matches!(f, "و" | "ي" | "ء") { "ءِي".to_owned() } else { format!("ءِ{f}") };
                let end = if self.defective { "ء" } else { l };
                vec![spell(&format!("{start}{a}َا{end}"))]
            }
            Form::Fifth if self.defective => vec![spell(&format!("تَ{f}َ{a}ِي"))],
            Form::Fifth => vec![spell(&format!("تَ{f}َ{a}ُ{l}"))],
            Form::Sixth if self.doubled => vec![spell(&format!("تَ{f}َا{l}"))],
            Form::Sixth if self.defective => vec![spell(&format!("تَ{f}َا{a}ِي"))],
            Form::Sixth => vec![spell(&format!("تَ{f}َا{a}ُ{l}"))],
            Form::Tenth if self.hollow => vec![spell(&format!("استِ{f}َا{l}َة"))],
            Form::Seventh | Form::Eighth | Form::Tenth | Form::Doubling => {
                // The letters before the last radical but one stay as the past spells them: اصطدم has اصطدام.
                let kept = if self.doubled { count - 1 } else { count - 2 };
                let mut start: String = past[..kept].iter().collect();
                if start.ends_with('أ') {
                    start = with_last(&start, "ئ");
                }
                if self.form == Form::Tenth && start.ends_with('و') {
                    start = with_last(&start, "ي");
                }
                let middle = match (self.doubled, self.hollow) {
                    (true, _) => l,
                    (_, true) => "ي",
                    _ => a,
                };
                let end = if self.defective { "ء" } else { l };
                vec![spell(&format!("{start}ِ{middle}َا{end}"))]
            }
            Form::Four => vec![format!("{}ة", self.past)],
            Form::FiveOfFour => vec![self.past.clone()],
        }
    }

    /// The active and the passive participle, as one when they are spelled alike.
    pub(super) fn participles(&self) -> Vec<String> {
        let mut found = if self.form == Form::First { self.first_participles() } else { self.later_participles() };
        found.dedup();
        found
    }

    fn first_participles(&self) -> Vec<String> {
        let (f, a, l) = self.root();
        let (middle, weak_ya) = (split_last(split_last(&self.present).0).1, !self.present.ends_with('و'));
        if self.doubled {
            return vec![spell(&format!("{f}َا{l}")), spell(&format!("مَ{f}{l}ُو{l}"))];
        }
        if self.defective {
            let end = if weak_ya { "ي" } else { "و" };
            return vec![spell(&format!("{f}َا{a}ِي")), spell(&format!("مَ{f}{a}{end}"))];
        }
        if self.hollow {
            if l == "ء" {
                return vec![format!("{f}ائي")];
            }
            let long = if middle == 'ي' { "ي" } else { "و" };
            return vec![spell(&format!("{f}َاءِ{l}")), format!("م{f}{long}{l}")];
        }
        vec![spell(&format!("{f}َا{a}ِ{l}")), spell(&format!("مَ{f}{a}ُو{l}"))]
    }

    fn later_participles(&self) -> Vec<String> {
        let present = match self.present.strip_prefix('أ') {
            Some(rest) => format!("ؤ{rest}"),
            None => self.present.clone(),
        };
        let present = if self.form == Form::Sixth { present.replace('ء', "ئ") } else { present };
        let (base, last) = split_last(&present);
        let active = match last {
            'ى' | 'ا' if self.defective => format!("م{base}ي"),
            'أ' => format!("م{base}ئ"),
            _ => format!("م{present}"),
        };
        let long = split_last(base).1;
        let passive = match last {
            'ي' | 'ى' if self.defective => format!("م{base}ى"),
            'ئ' => format!("م{base}أ"),
            _ if self.hollow && long == 'ي' => format!("م{}ا{last}", split_last(base).0),
            _ => active.clone(),
        };
        vec![active, passive]
    }

    /// The three radicals, each hamza as ء; the weak one of a hollow verb as و.
    fn root(&self) -> (String, String, String) {
        let past: Vec<char> = self.past.chars().map(without_seat).collect();
        let count = past.len();
        let at = |index: usize| past.get(index).copied().unwrap_or('ا').to_string();
        let last = at(count - 1);
        let before = if self.doubled { last.clone() } else { at(count.saturating_sub(2)) };
        let first = match self.form {
            // آمن and آخذ hide their hamza.
            _ if self.past.starts_with('آ') => "ء".to_owned(),
            Form::Fourth | Form::Fifth | Form::Sixth => at(1),
            Form::Tenth => at(3),
            Form::Seventh => at(2),
            _ => at(0),
        };
        let middle = if self.hollow { "و".to_owned() } else { before };
        (first, middle, last)
    }
}

/// The letters of `word`, each with whether it bears a shadda; آ is taken apart.
fn letters_of(word: &str) -> Vec<(char, bool)> {
    let mut letters: Vec<(char, bool)> = Vec::new();
    for c in word.chars() {
        match c {
            'ّ' => {
                if let Some(letter) = letters.last_mut() {
                    letter.1 = true;
                }
            }
            'آ' => letters.extend([('أ', false), ('ا', false)]),
            _ => letters.push((c, false)),
        }
    }
    letters
}

fn without_seat(c: char) -> char {
    if matches!(c, 'أ' | 'إ' | 'ؤ' | 'ئ' | 'آ') { 'ء' } else { c }
}

fn form_of(letters: &[(char, bool)], plain: &[char], weight: usize, present: &str) -> Option<Form> {
    let count = plain.len();
    if count < 2 {
        return None;
    }
    let last_doubled = letters[count - 1].1;
    let present_keeps_hamza = present.starts_with(['أ', 'ؤ']);
    // Without its أ the present of the fourth form is as long as the root.
    let fourth = plain[0] == 'أ' && (!present_keeps_hamza || plain[1] == 'ا' && !present.contains('ا')) && weight == 4;
    Some(match weight {
        3 if fourth => Form::Fourth,
        3 if plain[0] == 'أ' && !present_keeps_hamza && last_doubled => Form::Fourth,
        3 if plain[0] == 'أ' && plain[count - 1] == 'ى' && !present_keeps_hamza => Form::Fourth,
        3 => Form::First,
        4 if fourth => Form::Fourth,
        4 if count == 3 && letters[1].1 => Form::Second,
        4 if plain[1] == 'ا' => Form::Third,
        4 if count == 4 => Form::Four,
        5 if plain[0] == 'ت' && count == 4 && letters[2].1 => Form::Fifth,
        5 if plain[0] == 'ت' && plain[2] == 'ا' => Form::Sixth,
        5 if plain[0] == 'ت' && count == 5 => Form::FiveOfFour,
        5 if plain[0] == 'ا' && plain[1] == 'ن' && plain[2] != 'ت' => Form::Seventh,
        5 if plain[0] == 'ا' && last_doubled && !is_infix(plain[1], plain[2]) => Form::Doubling,
        5 if plain[0] == 'ا' => Form::Eighth,
        6 if plain.starts_with(&['ا', 'س', 'ت']) => Form::Tenth,
        6 if last_doubled => Form::Doubling,
        6 if plain[0] == 'ا' => Form::Longer,
        _ => return None,
    })
}

/// Whether `second` may be the ت of the eighth form after `first`.
fn is_infix(first: char, second: char) -> bool {
    second == 'ت'
        || second == 'ط' && matches!(first, 'ص' | 'ض' | 'ط' | 'ظ')
        || second == 'د' && matches!(first, 'ز' | 'د' | 'ذ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_nouns(past: &str, present: &str, masdars: &[&str], participles: &[&str]) {
        let verb = Verb::parse(past, present).unwrap();
        assert_eq!((verb.masdars(), verb.participles()), (owned(masdars), owned(participles)), "{verb:?}");
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn nouns_of_the_first_form() {
        check_nouns("كتب", "يكتب", &[], &["كاتب", "مكتوب"]);
        check_nouns("قال", "يقول", &[], &["قائل", "مقول"]);
        check_nouns("باع", "يبيع", &[], &["بائع", "مبيع"]);
        check_nouns("ردّ", "يردّ", &[], &["راد", "مردود"]);
        check_nouns("دعا", "يدعو", &[], &["داعي", "مدعو"]);
        check_nouns("بنى", "يبني", &[], &["باني", "مبني"]);
        check_nouns("بقي", "يبقى", &[], &["باقي", "مبقي"]);
        check_nouns("أخذ", "يأخذ", &[], &["آخذ", "مأخوذ"]);
        check_nouns("سأل", "يسأل", &[], &["سائل", "مسؤول"]);
        check_nouns("قرأ", "يقرأ", &[], &["قارئ", "مقروء"]);
        check_nouns("وصل", "يصل", &[], &["واصل", "موصول"]);
    }

    #[test]
    fn nouns_of_the_later_forms() {
        check_nouns("علّم", "يعلّم", &["تعليم"], &["معلم"]);
        check_nouns("سمّى", "يسمّي", &["تسمية"], &["مسمي", "مسمى"]);
        check_nouns("هنّأ", "يهنّئ", &["تهنئة"], &["مهنئ", "مهنأ"]);
        check_nouns("أكّد", "يؤكّد", &["تأكيد"], &["مؤكد"]);
        check_nouns("قاتل", "يقاتل", &["مقاتلة", "قتال"], &["مقاتل"]);
        check_nouns("لاقى", "يلاقي", &["ملاقاة", "لقاء"], &["ملاقي", "ملاقى"]);
        check_nouns("أرسل", "يرسل", &["إرسال"], &["مرسل"]);
        check_nouns("أقام", "يقيم", &["إقامة"], &["مقيم", "مقام"]);
        check_nouns("أعطى", "يعطي", &["إعطاء"], &["معطي", "معطى"]);
        check_nouns("أوصل", "يوصل", &["إيصال"], &["موصل"]);
        check_nouns("آمن", "يؤمن", &["إيمان"], &["مؤمن"]);
        check_nouns("أعدّ", "يعدّ", &["إعداد"], &["معد"]);
        check_nouns("أساء", "يسيء", &["إساءة"], &["مسيء", "مساء"]);
        check_nouns("أنشأ", "ينشئ", &["إنشاء"], &["منشئ", "منشأ"]);
        check_nouns("تعلّم", "يتعلّم", &["تعلم"], &["متعلم"]);
        check_nouns("تلقّى", "يتلقّى", &["تلقي"], &["متلقي", "متلقى"]);
        check_nouns("تنبّأ", "يتنبّأ", &["تنبؤ"], &["متنبئ"]);
        check_nouns("تعاون", "يتعاون", &["تعاون"], &["متعاون"]);
        check_nouns("تفاءل", "يتفاءل", &["تفاؤل"], &["متفائل"]);
        check_nouns("انكسر", "ينكسر", &["انكسار"], &["منكسر"]);
        check_nouns("اختار", "يختار", &["اختيار"], &["مختار"]);
        check_nouns("احتلّ", "يحتلّ", &["احتلال"], &["محتل"]);
        check_nouns("انتهى", "ينتهي", &["انتهاء"], &["منتهي", "منتهى"]);
        check_nouns("اتّصل", "يتّصل", &["اتصال"], &["متصل"]);
        check_nouns("ازداد", "يزداد", &["ازدياد"], &["مزداد"]);
        check_nouns("احمرّ", "يحمرّ", &["احمرار"], &["محمر"]);
        check_nouns("استفاد", "يستفيد", &["استفادة"], &["مستفيد", "مستفاد"]);
        check_nouns("استولى", "يستولي", &["استيلاء"], &["مستولي", "مستولى"]);
        check_nouns("استأنف", "يستأنف", &["استئناف"], &["مستأنف"]);
        check_nouns("استمرّ", "يستمرّ", &["استمرار"], &["مستمر"]);
        check_nouns("ترجم", "يترجم", &["ترجمة"], &["مترجم"]);
        check_nouns("اخشوشن", "يخشوشن", &[], &["مخشوشن"]);
        check_nouns("اطمأنّ", "يطمئنّ", &["اطمئنان"], &["مطمئن"]);
    }
}

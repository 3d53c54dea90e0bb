//! The words that the rules know. They are written as people write them; both sides are folded before they are
//! compared, so that hamza, ta marbuta and vowel marks make no difference.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use arabic::fold::{Fold, fold};

use crate::gazetteer::Quick;

/// Verbs of saying: perfect, imperfect without its first letter, active participle without ending, or nothing where
/// that has become another word (كاتب، هاتف). The persons are made by [`persons`].
const VERBS: &[(&str, &str, &str)] = &[
    ("قال", "قول", "قائل"),
    ("ذكر", "ذكر", ""),
    ("أكد", "ؤكد", "مؤكد"),
    ("أعلن", "علن", "معلن"),
    ("أعرب", "عرب", "معرب"),
    ("عبر", "عبر", ""),
    ("لفت", "لفت", "لافت"),
    ("أضاف", "ضيف", "مضيف"),
    ("تابع", "تابع", ""),
    ("أردف", "ردف", "مردف"),
    ("شدد", "شدد", "مشدد"),
    ("صرح", "صرح", "مصرح"),
    ("أوضح", "وضح", "موضح"),
    ("أشار", "شير", "مشير"),
    ("كتب", "كتب", ""),
    ("غرد", "غرد", ""),
    ("زعم", "زعم", "زاعم"),
    ("حذر", "حذر", "محذر"),
    ("تعهد", "تعهد", "متعهد"),
    ("تساءل", "تساءل", "متسائل"),
    ("سأل", "سأل", "سائل"),
    ("أجاب", "جيب", "مجيب"),
    ("رد", "رد", "راد"),
    ("علق", "علق", ""),
    ("ختم", "ختم", ""),
    ("اختتم", "ختتم", "مختتم"),
    ("استطرد", "ستطرد", "مستطرد"),
    ("استدرك", "ستدرك", "مستدرك"),
    ("نوه", "نوه", "منوه"),
    ("كشف", "كشف", "كاشف"),
    ("أفاد", "فيد", ""),
    ("هتف", "هتف", ""),
    ("صاح", "صيح", "صائح"),
    ("همس", "همس", "هامس"),
    ("اعترف", "عترف", "معترف"),
    ("أقر", "قر", ""),
    ("شرح", "شرح", "شارح"),
    ("سخر", "سخر", "ساخر"),
    ("طالب", "طالب", ""),
    ("نصح", "نصح", "ناصح"),
    ("هدد", "هدد", "مهدد"),
    ("خاطب", "خاطب", "مخاطب"),
    ("أبلغ", "بلغ", ""),
    ("أخبر", "خبر", ""),
    ("اعتبر", "عتبر", "معتبر"),
    ("وصف", "صف", "واصف"),
    ("نعت", "نعت", "ناعت"),
    ("استنكر", "ستنكر", "مستنكر"),
    ("انتقد", "نتقد", "منتقد"),
    ("استشهد", "ستشهد", "مستشهد"),
    ("تحدث", "تحدث", ""),
    ("جزم", "جزم", "جازم"),
];

/// Forms of saying that do not follow the pattern of [`VERBS`], nouns of saying, and the English verbs.
const FORMS: &str = "\
    نفى نفت نفوا ينفي تنفي ينفون نافيا نافية دعا دعت دعوا يدعو تدعو يدعون داعيا داعية رأى رأت رأوا يرى ترى يرون \
    ادعى ادعت ادعوا مدعيا مدعية مبينا مبينة روى روت يروي تروي حكى حكت يحكي تحكي نادى نادت أوصى أوصت يوصي وعد وعدت \
    قلت قلنا أقول قول القول بالقول أقوال تصريح تصريحات تصريحه تصريحها تصريحاته تصريحاتها بيان بيانها بيانه حسب \
    بحسب وفق وفقا نقلا تعبيره تعبيرها said say says saying told tell tells telling added adds adding wrote writes \
    written writing stated states stating asked asks asking replied replies answered announced announces insisted \
    insists warned warns warning argued argues noted notes noting explained explains claimed claims tweeted posted \
    declared declares according quoted described describes called recalled admitted acknowledged concluded \
    remarked joked shouted whispered";

/// Nouns of saying after which the words come at once.
const SPEECH_NOUNS: &[&str] = &["قوله", "قولها", "قولهم", "قولهما", "saying", "adding", "writing", "noting", "stating"];

/// Verbs of saying only with the word after them.
const PAIRS: (&[&str], &[&str]) = (
    &["نقل", "نقلت", "نقلوا", "ينقل", "تنقل", "جاء", "جاءت", "ورد", "وردت"],
    &["عن", "عنه", "عنها", "عنهم", "في", "فيه", "فيها"],
);

/// The beginnings of the verbs of describing.
const DESCRIBING: &[&str] = &["وصف", "اعتبر", "نعت", "شبه", "اتهم"];
/// As the folded text has them: with «بـ» and a pronoun.
pub(super) const AS_BEING: &[&str] = &["بانه", "بانها", "بانهم", "بانهما", "بانهن"];
/// As the folded text has them.
pub(super) const THAT: &[&str] = &["ان", "بان", "انه", "انها", "انهم", "اننا", "انني", "that"];
/// In what bodies say what they say.
pub(super) const STATEMENTS: &[&str] = &["بيان", "تقرير", "تغريده", "رساله"];
/// As the folded text has them.
pub(super) const JOINING: &[&str] = &["و", "او", "ام", "ثم", "and", "or"];

/// What comes before a word in doubt.
pub(super) const SO_CALLED: &[&str] = &[
    "ما يسمى",
    "ما تسمى",
    "ما يدعى",
    "ما تدعى",
    "ما أسماه",
    "ما أسمته",
    "ما سماه",
    "ما سمته",
    "ما يطلق عليه",
    "ما أطلق عليه",
    "ما يعرف",
    "ما تعرف",
    "المزعوم",
    "المزعومة",
    "so called",
    "supposed",
    "alleged",
];

/// What comes before a name.
pub(super) const KNOWN_AS: &[&str] = &[
    "المسمى",
    "المسماة",
    "يسمى",
    "تسمى",
    "سمي",
    "سميت",
    "يدعى",
    "تدعى",
    "الملقب",
    "الملقبة",
    "المعروف",
    "المعروفة",
    "يعرف",
    "تعرف",
    "باسم",
    "بعنوان",
    "عليه اسم",
    "عليها اسم",
    "عليه",
    "عليها",
    "known as",
    "named",
    "titled",
    "entitled",
    "dubbed",
    "nicknamed",
    "codenamed",
];

/// Nouns that say what is named, in the singular or a broken plural.
const NAMING_NOUNS: &str = "\
    صحيفة صحف جريدة جرائد مجلة مجلات كتاب رواية روايات ديوان قصة قصيدة مسرحية مقال مقالة دراسة تقرير فيلم فلم \
    أفلام مسلسل مسلسلات برنامج برامج حلقة أغنية أغاني ألبوم لوحة معزوفة لعبة قناة قنوات إذاعة راديو تلفزيون محطة \
    وكالة وكالات موقع مواقع مدونة منصة تطبيق شبكة منظمة منظمات حركة حزب أحزاب جماعة جبهة تنظيم فصيل كتيبة لواء \
    ميليشيا تحالف ائتلاف نقابة اتحاد جمعية جمعيات مؤسسة مؤسسات مركز معهد جامعة مدرسة شركة شركات مجموعة مصرف بنك \
    متجر فندق مطعم مقهى مسرح متحف ملعب نادي فريق فرقة منتخب مبادرة مبادرات عملية عمليات مشروع مشاريع خطة \
    استراتيجية اتفاق اتفاقية معاهدة حملة مؤتمر منتدى قمة معرض مهرجان جائزة بطولة كأس دورة مناورات مناورة سفينة سفن \
    باخرة حاملة غواصة طائرة طائرات مروحية صاروخ صواريخ قمر مركبة مسبار مكوك سيارة سيارات هاتف هواتف جهاز نظام محرك \
    لقاح دواء فيروس متحور إعصار عاصفة حي شارع ساحة ميدان جزيرة قرية مخيم معبر ميناء مطار حقل مصطلح لفظ لفظة تسمية \
    مفهوم اسم لقب عنوان شعار وسم هاشتاغ هاشتاج علامة ماركة طراز newspaper daily magazine journal book novel poem \
    film movie song album play series show programme program channel agency website app company firm bank group \
    band party movement organisation organization initiative operation project campaign festival exhibition prize \
    ship vessel missile satellite storm typhoon word term phrase slogan hashtag title name nickname";

/// Nouns that bodies have in their names, beside the naming nouns.
const BODIES: &str = "\
    مرصد محكمة لجنة هيئة وزارة مجلس برلمان جيش قوات كتائب سرايا حكومة حزب رابطة تجمع بيت دار committee council \
    court army forces";

/// With what a clause begins that somebody says, and hardly a name.
const CLAUSE_OPENERS: &str = "\
    إن إنه إنها إننا إنني لن لم لا ليس ليست لسنا لقد قد نحن أنا سوف هناك يجب علينا هذا هذه نريد نأمل لدينا we i it \
    this there he she they you if";
/// They begin with «سن» and are not the first person of the future.
const NOT_FUTURE: &[&str] = &["سنوات", "سنوي", "سنويه", "سنويا", "سنغافوره", "سنابل", "سنيما", "سندات"];

/// Whether `word` is a verb or noun of saying in one of its forms, with «و», «ف» or «س» before it.
pub(super) fn is_cue(word: &str) -> bool {
    clitics_off(word).any(|bare| CUES.contains_key(bare))
}

/// Whether what begins with these words is saying by its first two: «نقل عن».
pub(super) fn is_cue_pair(words: &[String]) -> bool {
    let [first, second, ..] = words else { return false };
    PAIRS.1.contains(&second.as_str()) && clitics_off(first).any(|bare| PAIRS.0.contains(&bare))
}

/// Whether the words come at once after `word`: «قائلا», «قوله».
pub(super) fn leads_to_words(word: &str) -> bool {
    clitics_off(word).any(|bare| CUES.get(bare) == Some(&Leads::AtOnce))
        || word.strip_prefix('ب').is_some_and(|bare| CUES.get(bare) == Some(&Leads::AtOnce))
}

/// Whether `word` begins like a verb of describing.
pub(super) fn is_describing(word: &str) -> bool {
    static STEMS: LazyLock<HashSet<String, Quick>> = LazyLock::new(|| {
        let forms = DESCRIBING.iter().flat_map(|stem| {
            let stem = key(stem);
            let imperfect = stem.strip_prefix(['و', 'ا']).unwrap_or(&stem).to_owned();
            persons(&stem, &imperfect)
        });
        forms.collect()
    });
    clitics_off(word).any(|bare| STEMS.contains(bare)) || matches!(word, "described" | "describes")
}

/// Whether the noun before has the article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    Definite,
    None,
}

/// Whether `word` is a noun that says what is named, with whatever is written as one word with it.
pub(super) fn naming_noun(word: &str) -> Option<Article> {
    let known = |bare: &str| NAMES.contains(bare);
    let joined = [Some(word), word.strip_prefix('و'), word.strip_prefix('ف')];
    for word in joined.into_iter().flatten() {
        for bare in [Some(word), word.strip_prefix('ب'), word.strip_prefix('ل'), word.strip_prefix('ك')] {
            match bare {
                Some(bare) if known(bare) => return Some(Article::None),
                Some(bare) if bare.strip_prefix("ال").is_some_and(known) => return Some(Article::Definite),
                _ => {}
            }
        }
        if word.strip_prefix("لل").is_some_and(known) {
            return Some(Article::Definite);
        }
    }
    None
}

/// Whether a name may begin with `word`: «محكمة الأنهار العليا».
pub(super) fn begins_name(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<String, Quick>> = LazyLock::new(|| BODIES.split(' ').map(key).collect());
    let bare = word.strip_prefix("ال").unwrap_or(word);
    WORDS.contains(bare) || NAMES.contains(bare)
}

pub(crate) fn is_naming_noun(word: &str) -> bool {
    naming_noun(word).is_some()
}

/// Whether a clause that somebody says may begin with `word`.
pub(super) fn opens_clause(word: &str) -> bool {
    static OPENERS: LazyLock<HashSet<String, Quick>> = LazyLock::new(|| CLAUSE_OPENERS.split(' ').map(key).collect());
    let future = word.starts_with("سن") && word.chars().count() >= 5 && !NOT_FUTURE.contains(&word);
    OPENERS.contains(word) || future
}

/// Whether the folded `word` is `expected`, perhaps with «و» before it.
pub(super) fn is_word(word: &str, expected: &str) -> bool {
    let expected = key(expected);
    word == expected || word.strip_prefix('و') == Some(expected.as_str())
}

/// Whether the words that are said come at once after a cue, or after its subject.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leads {
    AtOnce,
    Later,
}

static CUES: LazyLock<HashMap<String, Leads, Quick>> = LazyLock::new(|| {
    let mut cues = HashMap::default();
    for (perfect, imperfect, participle) in VERBS {
        cues.extend(persons(&key(perfect), &key(imperfect)).map(|form| (form, Leads::Later)));
        // The accusative, in which it stands beside the verb: «وأضاف قائلا». In other cases it is a noun or adjective.
        let participle = Some(key(participle)).filter(|participle| !participle.is_empty());
        let endings = participle.iter().flat_map(|stem| ["ا", "ه", "ين"].map(|ending| format!("{stem}{ending}")));
        cues.extend(endings.map(|form| (form, Leads::AtOnce)));
    }
    cues.extend(FORMS.split(' ').map(|form| (key(form), Leads::Later)));
    cues.extend(SPEECH_NOUNS.iter().map(|form| (key(form), Leads::AtOnce)));
    cues
});

static NAMES: LazyLock<HashSet<String, Quick>> = LazyLock::new(|| {
    let mut names = HashSet::default();
    for noun in NAMING_NOUNS.split(' ') {
        let noun = key(noun);
        let (stem, endings): (&str, &[&str]) = match noun.strip_suffix('ه') {
            // Ta marbuta opens before what follows: روايته، صحيفتا.
            Some(stem) => (stem, &["ته", "تها", "تهم", "تنا", "تي", "تا", "تين", "تان", "ات"]),
            None => (&noun, &["ه", "ها", "هم", "نا", "ي", "يه", "يها", "ين", "ان", "s"]),
        };
        names.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
        names.insert(noun);
    }
    names
});

/// The persons of a verb in both tenses, and those with the pronoun of an object.
fn persons(perfect: &str, imperfect: &str) -> impl Iterator<Item = String> + use<> {
    let endings = ["", "ت", "وا", "ا", "تا", "نا", "ه", "ها", "هم", "ني", "ته", "تها", "تهم", "تني"];
    let past = endings.map(|end| format!("{perfect}{end}"));
    let endings = ["", "ون", "ان", "ن", "وا", "ه", "ها", "هم", "ني"];
    let present: Vec<String> =
        ["ي", "ت", "ن"].iter().flat_map(|begin| endings.map(|end| format!("{begin}{imperfect}{end}"))).collect();
    past.into_iter().chain(present)
}

/// `word`, and what is left of it without «و» or «ف», and without «س» before a verb.
fn clitics_off(word: &str) -> impl Iterator<Item = &str> {
    let bare = word.strip_prefix(['و', 'ف']);
    let future = |word: &str| word.strip_prefix('س').is_some_and(|rest| rest.starts_with(['ي', 'ت', 'ن']));
    let verb =
        [Some(word), bare].into_iter().flatten().filter(move |word| future(word)).map(|word| &word['س'.len_utf8()..]);
    [Some(word), bare].into_iter().flatten().chain(verb)
}

fn key(word: &str) -> String {
    fold(word, Fold::KEY).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_cue(word: &str, expected: bool) {
        assert_eq!(is_cue(&key(word)), expected, "{word}");
    }

    #[test]
    fn verbs_of_saying_are_known_in_their_forms() {
        for cue in ["قال", "وقالت", "يقول", "سيقول", "وسيقولون", "قائلا", "قائلةً", "فأجاب", "يؤكدون", "سألته", "صرّحت"]
        {
            check_cue(cue, true);
        }
        for cue in ["نفى", "وترى", "بيان", "تصريحاته", "said", "According"] {
            check_cue(&cue.to_lowercase(), true);
        }
        for other in ["مقال", "دون", "كاتبة", "هاتفه", "يعد", "وجد", "بين", "سياسة", "و", "", "sad"]
        {
            check_cue(other, false);
        }
    }

    #[test]
    fn some_need_their_second_word() {
        let words = |text: &str| text.split(' ').map(key).collect::<Vec<_>>();
        assert!(is_cue_pair(&words("ونقلت عنه")));
        assert!(!is_cue_pair(&words("نقلت البضائع")));
        assert!(!is_cue_pair(&words("نقلت")));
    }

    fn check_noun(word: &str, expected: Option<Article>) {
        assert!(naming_noun(&key(word)) == expected, "{word}");
    }

    #[test]
    fn naming_nouns_are_known_with_what_is_joined_to_them() {
        check_noun("صحيفة", Some(Article::None));
        check_noun("ولصحيفة", Some(Article::None));
        check_noun("صحيفتي", Some(Article::None));
        check_noun("وروايته", Some(Article::None));
        check_noun("فيلميه", Some(Article::None));
        check_noun("الصحيفة", Some(Article::Definite));
        check_noun("وبالصحيفة", Some(Article::Definite));
        check_noun("للحزب", Some(Article::Definite));
        check_noun("films", Some(Article::None));
        check_noun("صحيح", None);
        check_noun("ال", None);
    }

    #[test]
    fn clauses_begin_with_the_first_person_of_the_future() {
        assert!(opens_clause(&key("سنواصل")) && opens_clause("لن"));
        assert!(!opens_clause(&key("سنوات")) && !opens_clause(&key("سنة")));
    }
}

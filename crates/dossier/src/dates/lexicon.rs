//! Which words speak of time, in Arabic and English?
//!
//! The words are written as people write them and folded before they are compared. Months are those of all Arabic
//! locales of CLDR 48 ([`arabic::calendar::MonthNames`]) and the variants met in newspapers.

use std::collections::HashMap;
use std::sync::LazyLock;

use arabic::calendar::{MonthNames, WEEKDAYS};
use arabic::fold::{Fold, fold};

use crate::gazetteer::Quick;

/// A stretch of time that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// How many a noun speaks of by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    One,
    Two,
    Many,
}

/// Which stretch of a longer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// أوائل، مطلع، بداية
    Early,
    /// منتصف، أواسط
    Middle,
    /// أواخر، نهاية
    Late,
}

/// What a word says of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A Gregorian month; `sure` when the word is hardly anything else.
    Month {
        month: u8,
        sure: bool,
    },
    /// Half the name of two months: كانون، تشرين (by the order that follows).
    HalfMonth {
        first: u8,
        second: u8,
    },
    /// A Hijri month; the names are men's names too.
    Hijri(u8),
    /// Half the name of two Hijri months: ربيع، جمادى.
    HalfHijri {
        first: u8,
        second: u8,
    },
    /// ذو، ذي
    HijriOwner,
    /// Sunday is 0; `definite` with the article, which alone is a date.
    Weekday {
        day: u8,
        definite: bool,
    },
    Unit {
        unit: Unit,
        count: Count,
        definite: bool,
    },
    /// الماضي −1, الحالي 0, المقبل +1
    Relative(i8),
    /// «هذا», “this”, “last”, “next”: before the unit.
    Before(i8),
    Today,
    Yesterday,
    Tomorrow,
    Part(Part),
    Season(u8),
    /// بقية، باقي
    Rest,
    /// أول, before أمس
    First,
    Decade(i32),
    /// من، في, of
    Of,
    /// إلى، حتى
    To,
    /// بين
    Between,
    /// و، and
    And,
    /// قبل، منذ, before the count
    Ago,
    /// بعد, in
    After,
    /// ago, after the count
    AgoLater,
}

/// What the folded `key` says of time.
pub(super) fn sense(key: &str) -> Option<Sense> {
    WORDS.get(key).copied()
}

/// What `key` says of time without the letters that are written as one word with it, and how many letters those are.
/// «لل» gives the article back.
pub(super) fn sense_within(key: &str) -> Option<(Sense, usize)> {
    if let Some(sense) = sense(key) {
        return Some((sense, 0));
    }
    let mut bare = key;
    let mut cut = 0;
    if let Some(rest) = bare.strip_prefix(['و', 'ف']) {
        (bare, cut) = (rest, 1);
        if let Some(sense) = sense(bare) {
            return Some((sense, cut));
        }
    }
    if let Some(rest) = bare.strip_prefix("لل") {
        return sense(&format!("ال{rest}")).map(|sense| (sense, cut));
    }
    let rest = bare.strip_prefix(['ب', 'ل', 'ك'])?;
    let sense = sense(rest)?;
    Some((sense, cut + 1))
}

/// Nouns after which a day and a month are the name of a street, a movement or a war.
pub(super) fn names_by_date(key: &str) -> bool {
    const NOUNS: &str = "شارع ميدان ساحة جسر كوبري مدينة حي جامعة مدرسة مستشفى محور نفق طريق حركة ثورة انتفاضة حرب حروب نصر \
        جبهة كتائب لواء تنظيم ائتلاف تيار حراك مطار ملعب قاعدة سد متحف مسرح مركز نادي جائزة شركة سيارة سيارات مجموعة مصنع طراز \
        هجمات احداث اعتداءات تفجيرات مجزرة مذبحة نكسة هزيمة مجلس جماعة أبطال ذكرى بطولة street square bridge movement \
        revolution university attacks road";
    static SET: LazyLock<HashMap<String, (), Quick>> = LazyLock::new(|| words(NOUNS).map(|word| (word, ())).collect());
    SET.contains_key(key) || key.strip_prefix('و').is_some_and(|bare| SET.contains_key(bare))
}

/// Nouns after which a weekday with the article is a name: صلاة الجمعة، سوق الأحد.
pub(super) fn names_by_weekday(key: &str) -> bool {
    const NOUNS: &[&str] = &[
        "صلاه",
        "صلاتي",
        "خطبه",
        "جامع",
        "مسجد",
        "سوق",
        "عبد",
        "الواحد",
        "قريه",
        "صحيفه",
        "جريده",
        "بين",
        "احد",
        "كلا",
        "من",
    ];
    NOUNS.contains(&key) && key != "من" && key != "بين"
}

/// Nouns that are counted: after them a number is no year.
pub(super) fn is_counted(key: &str) -> bool {
    const NOUNS: &str = "شخص شخصا أشخاص قتيل قتيلا جريح جريحا دولار دولارا يورو ريال ريالا درهم درهما دينار دينارا جنيه جنيها \
        ليرة ميل ميلا متر مترا كيلومتر كيلومترا كم طن طنا برميل برميلا مليون مليونا مليار مليارا ألف ألفا في% بالمئة \
        بالمائة نقطة سهم سهما وحدة مدرسة شركة موظف موظفا عامل عاملا جندي جنديا لاجئ لاجئا طالب طالبا مشارك مشاركا حالة إصابة \
        عائلة أسرة منزل منزلا كلمة صوت صوتا ساعة دقيقة كيلو غرام غراما درجة ميغاواط people dollars euros miles metres km \
        percent times points troops soldiers jobs homes";
    static SET: LazyLock<HashMap<String, (), Quick>> = LazyLock::new(|| words(NOUNS).map(|word| (word, ())).collect());
    SET.contains_key(key)
}

/// The Hijri month «ذو القعدة» or «ذي الحجة» by its second word.
pub(super) fn owner_month(key: &str) -> Option<u8> {
    match key {
        "القعده" | "قعده" => Some(11),
        "الحجه" | "حجه" => Some(12),
        _ => None,
    }
}

/// First or second, after كانون or ربيع.
pub(super) fn half(key: &str) -> Option<bool> {
    match key {
        "الاول" | "اول" | "الاولي" | "اولي" => Some(true),
        "الثاني" | "ثاني" | "ثان" | "الاخر" | "الاخره" | "الثانيه" | "اخر" => {
            Some(false)
        }
        _ => None,
    }
}

fn words(list: &str) -> impl Iterator<Item = String> {
    list.split_whitespace().map(|word| fold(word, Fold::KEY).into_owned())
}

/// Month names that are other words too.
const DOUBTFUL_MONTHS: &str = "مارس نيسان جوان ماي اب اوت may march august";

const OTHER_MONTHS: &[(&str, u8)] = &[
    ("نوار", 5),
    ("يونيه", 6),
    ("يوليه", 7),
    ("حزيران", 6),
    ("ايار", 5),
    ("أبرل", 4),
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

const HIJRI: &[(&str, u8)] = &[
    ("محرم", 1),
    ("المحرم", 1),
    ("صفر", 2),
    ("رجب", 7),
    ("شعبان", 8),
    ("رمضان", 9),
    ("شوال", 10),
    ("muharram", 1),
    ("rajab", 7),
    ("shaban", 8),
    ("ramadan", 9),
    ("shawwal", 10),
];

const OTHER_WEEKDAYS: &[(&str, u8)] = &[
    ("الإثنين", 1),
    ("الأثنين", 1),
    ("الثلثاء", 2),
    ("sunday", 0),
    ("monday", 1),
    ("tuesday", 2),
    ("wednesday", 3),
    ("thursday", 4),
    ("friday", 5),
    ("saturday", 6),
];

const UNITS: &[(Unit, Count, &str)] = &[
    (Unit::Day, Count::One, "يوم يوما day"),
    (Unit::Day, Count::Two, "يومين يومان"),
    (Unit::Day, Count::Many, "أيام أياما days"),
    (Unit::Week, Count::One, "أسبوع أسبوعا week"),
    (Unit::Week, Count::Two, "أسبوعين أسبوعان"),
    (Unit::Week, Count::Many, "أسابيع weeks"),
    (Unit::Month, Count::One, "شهر شهرا month"),
    (Unit::Month, Count::Two, "شهرين شهران"),
    (Unit::Month, Count::Many, "أشهر شهور أشهرا months"),
    (Unit::Quarter, Count::One, "ربع quarter"),
    (Unit::Half, Count::One, "نصف"),
    (Unit::Year, Count::One, "عام عاما سنة year"),
    (Unit::Year, Count::Two, "عامين عامان عامي سنتين سنتان سنتي"),
    (Unit::Year, Count::Many, "أعوام سنوات سنين أعواما years"),
    (Unit::Decade, Count::One, "عقد عقدا decade"),
    (Unit::Decade, Count::Two, "عقدين عقدان"),
    (Unit::Decade, Count::Many, "عقود decades"),
    (Unit::Century, Count::One, "قرن قرنا century"),
    (Unit::Century, Count::Two, "قرنين"),
    (Unit::Century, Count::Many, "قرون centuries"),
];

const RELATIVE: &[(i8, &str)] = &[
    (
        -1,
        "الماضي الماضية الماضيين المنصرم المنصرمة الفائت الفائتة السابق السابقة المنقضي المنقضية الأخير الأخيرة الأخيرين \
         الماضيتين",
    ),
    (0, "الحالي الحالية الجاري الجارية"),
    (1, "المقبل المقبلة المقبلين القادم القادمة القادمين التالي التالية الآتي الآتية القابل"),
];

const PARTS: &[(Part, &str)] = &[
    (Part::Early, "أوائل اوئل بداية بدايات مطلع مستهل فاتحة early beginning start"),
    (Part::Middle, "منتصف أواسط وسط mid middle"),
    (Part::Late, "أواخر نهاية ختام آخر late end"),
];

const DECADES: &[(i32, &str)] = &[
    (10, "العشرات"),
    (20, "عشرينيات عشرينات"),
    (30, "ثلاثينيات ثلاثينات"),
    (40, "أربعينيات أربعينات"),
    (50, "خمسينيات خمسينات"),
    (60, "ستينيات ستينات"),
    (70, "سبعينيات سبعينات"),
    (80, "ثمانينيات ثمانينات"),
    (90, "تسعينيات تسعينات"),
];

static WORDS: LazyLock<HashMap<String, Sense, Quick>> = LazyLock::new(|| {
    let mut map = HashMap::default();
    let mut put = |word: &str, sense: Sense| {
        map.insert(fold(word, Fold::KEY).into_owned(), sense);
    };
    for series in MonthNames::ALL {
        for (name, month) in series.names().iter().zip(1..) {
            if !name.contains(' ') {
                put(name, Sense::Month { month, sure: true });
            }
        }
    }
    for (name, month) in OTHER_MONTHS {
        put(name, Sense::Month { month: *month, sure: true });
    }
    for name in DOUBTFUL_MONTHS.split(' ') {
        if let Some(month) = arabic::calendar::read_month(name)
            .or_else(|| OTHER_MONTHS.iter().find(|(other, _)| *other == name).map(|(_, month)| *month))
        {
            put(name, Sense::Month { month, sure: false });
        }
    }
    put("كانون", Sense::HalfMonth { first: 12, second: 1 });
    put("تشرين", Sense::HalfMonth { first: 10, second: 11 });
    put("ربيع", Sense::HalfHijri { first: 3, second: 4 });
    put("جمادى", Sense::HalfHijri { first: 5, second: 6 });
    for name in ["ذو", "ذي", "ذا"] {
        put(name, Sense::HijriOwner);
    }
    for (name, month) in HIJRI {
        put(name, Sense::Hijri(*month));
    }
    for (name, day) in WEEKDAYS.iter().zip(0..).chain(OTHER_WEEKDAYS.iter().map(|(name, day)| (name, *day))) {
        put(name, Sense::Weekday { day, definite: true });
        if let Some(bare) = name.strip_prefix("ال") {
            put(bare, Sense::Weekday { day, definite: false });
        }
    }
    for (unit, count, names) in UNITS {
        for name in names.split(' ') {
            put(name, Sense::Unit { unit: *unit, count: *count, definite: false });
            put(&format!("ال{name}"), Sense::Unit { unit: *unit, count: *count, definite: true });
        }
    }
    for (direction, names) in RELATIVE {
        for name in names.split_whitespace() {
            put(name, Sense::Relative(*direction));
        }
    }
    for (name, direction) in [("هذا", 0), ("هذه", 0), ("this", 0), ("last", -1), ("next", 1)] {
        put(name, Sense::Before(direction));
    }
    for name in ["أمس", "البارحة", "الأمس", "yesterday"] {
        put(name, Sense::Yesterday);
    }
    for name in ["غدا", "الغد", "غد", "بكرة", "tomorrow"] {
        put(name, Sense::Tomorrow);
    }
    // Stands after the units, one of which «اليوم» is too.
    for name in ["اليوم", "today"] {
        put(name, Sense::Today);
    }
    for (part, names) in PARTS {
        for name in names.split(' ') {
            put(name, Sense::Part(*part));
        }
    }
    for (season, names) in
        [(0, "ربيع الربيع spring"), (1, "صيف الصيف summer"), (2, "خريف الخريف autumn"), (3, "شتاء الشتاء winter")]
    {
        for name in names.split(' ').filter(|name| *name != "ربيع") {
            put(name, Sense::Season(season));
        }
    }
    for (decade, names) in DECADES {
        for name in names.split(' ') {
            put(name, Sense::Decade(*decade));
            put(&format!("ال{name}"), Sense::Decade(*decade));
        }
    }
    for (name, sense) in [
        ("أول", Sense::First),
        ("بقية", Sense::Rest),
        ("باقي", Sense::Rest),
        ("من", Sense::Of),
        ("في", Sense::Of),
        ("of", Sense::Of),
        ("to", Sense::To),
        ("until", Sense::To),
        ("إلى", Sense::To),
        ("حتى", Sense::To),
        ("بين", Sense::Between),
        ("between", Sense::Between),
        ("و", Sense::And),
        ("and", Sense::And),
        ("قبل", Sense::Ago),
        ("منذ", Sense::Ago),
        ("بعد", Sense::After),
        ("ago", Sense::AgoLater),
    ] {
        put(name, sense);
    }
    map
});

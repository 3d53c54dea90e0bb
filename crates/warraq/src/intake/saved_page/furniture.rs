//! Which lines belong to the site and not to the article?
//!
//! The phrases stand in one table, compared after folding, so that «اترك ردًّا» and «اترك ردا» are one row. A new theme
//! or language needs a new row and a new line in the test, nothing else.

use super::Published;
use super::calendar;

/// What a line of furniture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Menus, share buttons, form labels, «advertisement»: the line goes, the text goes on.
    Aside,
    /// A count of comments.
    Counter,
    /// Introduces links to other articles; the titles under it go as well.
    Related,
    /// Introduces a whole block of other articles, or the author's box: what follows is no longer the article.
    After,
    /// The reply form or the list of comments begins.
    Reply,
    /// Stands under each single comment.
    UnderComment,
    /// The foot of the page.
    Footer,
}

#[derive(Clone, Copy)]
enum Fit {
    /// The line is this phrase and nothing else. `#` stands for a number.
    Whole,
    /// The line begins with this phrase.
    Start,
}

use Fit::{Start, Whole};
use Kind::{After, Aside, Counter, Footer, Related, Reply, UnderComment};

/// Every row is in the spelling that [`key`] gives; a test holds this.
#[rustfmt::skip]
const PHRASES: &[(Kind, Fit, &str)] = &[
    // Menus and breadcrumbs.
    (Aside, Whole, "الرييسيه"), (Aside, Whole, "الصفحه الرييسيه"), (Aside, Whole, "القايمه"), (Aside, Whole, "بحث"),
    (Aside, Whole, "ابحث"), (Aside, Whole, "بحث عن"), (Aside, Whole, "تسجيل الدخول"), (Aside, Whole, "اتصل بنا"),
    (Aside, Whole, "من نحن"), (Aside, Whole, "القايمه الرييسيه"), (Aside, Start, "تخط الي المحتوي"),
    (Aside, Start, "انتقل الي المحتوي"), (Aside, Start, "التجاوز الي المحتوي"), (Aside, Whole, "اغلاق"),
    (Aside, Whole, "home"), (Aside, Whole, "menu"), (Aside, Whole, "search"), (Aside, Whole, "search for"),
    (Aside, Start, "skip to content"), (Aside, Start, "skip to main content"), (Aside, Whole, "about us"),
    (Aside, Whole, "contact us"), (Aside, Whole, "contact"), (Aside, Whole, "log in"), (Aside, Whole, "sign in"),
    (Aside, Whole, "subscribe"), (Aside, Whole, "accueil"), (Aside, Whole, "rechercher"),
    (Aside, Whole, "se connecter"),
    (Aside, Start, "aller au contenu"),
    // Share buttons and page tools.
    (Aside, Whole, "شارك"), (Aside, Whole, "شاركها"), (Aside, Whole, "مشاركه"), (Aside, Whole, "شاركه"),
    (Aside, Whole, "شارك المقال"), (Aside, Whole, "شارك هذا"), (Aside, Whole, "شارك هذا الموضوع"),
    (Aside, Whole, "شارك هذه المقاله"), (Aside, Whole, "شارك الخبر"), (Aside, Whole, "مشاركه عبر البريد"),
    (Aside, Whole, "مشاركه المقال"), (Aside, Whole, "فيسبوك"), (Aside, Whole, "فيس بوك"), (Aside, Whole, "تويتر"),
    (Aside, Whole, "واتساب"), (Aside, Whole, "واتس اب"), (Aside, Whole, "تيليجرام"), (Aside, Whole, "تيلقرام"),
    (Aside, Whole, "تلغرام"), (Aside, Whole, "لينكدان"), (Aside, Whole, "لينكدان"), (Aside, Whole, "بينتيريست"),
    (Aside, Whole, "ماسنجر"), (Aside, Whole, "طباعه"), (Aside, Whole, "نسخ الرابط"), (Aside, Whole, "تم النسخ"),
    (Aside, Whole, "ارسل الي صديق"), (Aside, Start, "انقر للمشاركه علي"), (Aside, Start, "اضغط للمشاركه"),
    (Aside, Start, "انقر لتشارك"), (Aside, Start, "فتح في نافذه جديده"), (Aside, Whole, "معجب بهذه"),
    (Aside, Whole, "اعجاب"), (Aside, Start, "اعجاب تحميل"), (Aside, Whole, "تحميل"), (Aside, Whole, "# مشاهده"),
    (Aside, Whole, "# مشاهدات"), (Aside, Whole, "مشاهدات #"), (Aside, Whole, "# دقايق"), (Aside, Whole, "# دقيقه"),
    (Aside, Whole, "دقيقه واحده"), (Aside, Whole, "اقل من دقيقه"), (Aside, Whole, "# دقايق قراءه"),
    (Aside, Whole, "# دقيقه قراءه"), (Aside, Start, "مده القراءه"), (Aside, Start, "وقت القراءه"),
    (Aside, Whole, "facebook"), (Aside, Whole, "twitter"), (Aside, Whole, "x"), (Aside, Whole, "tweet"),
    (Aside, Whole, "share"), (Aside, Whole, "share this"), (Aside, Whole, "share this article"),
    (Aside, Whole, "share on facebook"), (Aside, Whole, "share on twitter"), (Aside, Whole, "share on x"),
    (Aside, Whole, "whatsapp"), (Aside, Whole, "telegram"), (Aside, Whole, "linkedin"), (Aside, Whole, "pinterest"),
    (Aside, Whole, "reddit"), (Aside, Whole, "tumblr"), (Aside, Whole, "messenger"), (Aside, Whole, "instagram"),
    (Aside, Whole, "youtube"), (Aside, Whole, "email"), (Aside, Whole, "print"), (Aside, Whole, "copy link"),
    (Aside, Whole, "like this"), (Aside, Whole, "like loading"), (Aside, Start, "click to share on"),
    (Aside, Whole, "# min read"), (Aside, Whole, "# minute read"), (Aside, Whole, "# minutes read"),
    (Aside, Whole, "# views"), (Aside, Whole, "# shares"), (Aside, Whole, "partager"), (Aside, Whole, "imprimer"),
    (Aside, Whole, "partager cet article"), (Aside, Start, "temps de lecture"), (Aside, Whole, "# min de lecture"),
    // Advertisements, consent, newsletters.
    (Aside, Whole, "اعلان"), (Aside, Whole, "اعلانات"), (Aside, Start, "نستخدم ملفات تعريف الارتباط"),
    (Aside, Start, "يستخدم هذا الموقع ملفات تعريف الارتباط"), (Aside, Whole, "موافق"), (Aside, Whole, "قبول"),
    (Aside, Start, "اشترك في نشرتنا"), (Aside, Start, "اشترك في القايمه البريديه"), (Aside, Whole, "اشترك"),
    (Aside, Start, "تابعونا علي"), (Aside, Start, "تابعنا علي"), (Aside, Whole, "تابعنا"),
    (Aside, Whole, "advertisement"), (Aside, Whole, "sponsored"), (Aside, Start, "we use cookies"),
    (Aside, Start, "this site uses cookies"), (Aside, Start, "this website uses cookies"), (Aside, Whole, "accept"),
    (Aside, Start, "subscribe to our newsletter"), (Aside, Start, "sign up for our newsletter"),
    (Aside, Start, "follow us on"), (Aside, Whole, "publicite"), (Aside, Start, "ce site utilise des cookies"),
    // Labels of the reply form, wherever the browser put them.
    (Aside, Whole, "التعليق"), (Aside, Whole, "تعليق"), (Aside, Whole, "الاسم"), (Aside, Whole, "البريد الالكتروني"),
    (Aside, Whole, "الموقع الالكتروني"), (Aside, Whole, "ارسال التعليق"), (Aside, Whole, "ارسال تعليق"),
    (Aside, Whole, "اضف تعليقا"), (Aside, Whole, "اضف تعليق"), (Aside, Whole, "الغاء الرد"),
    (Aside, Start, "احفظ اسمي"), (Aside, Start, "الحقول الالزاميه مشار اليها"), (Aside, Whole, "name"),
    (Aside, Whole, "website"), (Aside, Whole, "comment"), (Aside, Whole, "post comment"),
    (Aside, Whole, "cancel reply"), (Aside, Start, "required fields are marked"), (Aside, Start, "save my name"),
    (Aside, Whole, "nom"), (Aside, Whole, "commentaire"), (Aside, Whole, "site web"),
    (Aside, Start, "les champs obligatoires sont indiques"),
    // Counts of comments.
    (Counter, Whole, "#"), (Counter, Whole, "# تعليق"), (Counter, Whole, "# تعليقا"), (Counter, Whole, "# تعليقات"),
    (Counter, Whole, "تعليقات #"), (Counter, Whole, "التعليقات #"), (Counter, Whole, "تعليق واحد"),
    (Counter, Whole, "تعليقان"), (Counter, Whole, "# تعليقان"), (Counter, Whole, "لا توجد تعليقات"),
    (Counter, Whole, "لا يوجد تعليقات"),
    (Counter, Whole, "لا تعليقات"), (Counter, Whole, "لا تعليق"), (Counter, Start, "لا توجد تعليقات علي"),
    (Counter, Start, "التعليقات علي"), (Counter, Whole, "# comment"), (Counter, Whole, "# comments"),
    (Counter, Whole, "comments #"), (Counter, Whole, "no comments"), (Counter, Whole, "no comments yet"),
    (Counter, Whole, "one comment"), (Counter, Whole, "# replies"), (Counter, Whole, "# thoughts on"),
    (Counter, Whole, "# commentaire"), (Counter, Whole, "# commentaires"), (Counter, Whole, "aucun commentaire"),
    (Counter, Whole, "التعليقات"), (Counter, Whole, "comments"), (Counter, Whole, "commentaires"),
    (Counter, Start, "# thoughts on"), (Counter, Start, "one thought on"), (Counter, Start, "# تعليق علي"),
    (Counter, Start, "# تعليقات علي"), (Counter, Start, "تعليق واحد علي"), (Counter, Start, "# راي حول"),
    (Counter, Start, "راي واحد حول"), (Counter, Start, "# اراء حول"), (Counter, Whole, "اراء القراء"),
    // Links to other articles inside the text.
    (Related, Whole, "اقرا ايضا"), (Related, Whole, "اقراء ايضا"), (Related, Whole, "اقرا المزيد"),
    (Related, Whole, "اقرا كذلك"), (Related, Whole, "شاهد ايضا"), (Related, Whole, "طالع ايضا"),
    (Related, Whole, "انظر ايضا"), (Related, Whole, "للمزيد"), (Related, Whole, "read also"),
    (Related, Whole, "read more"), (Related, Whole, "also read"), (Related, Whole, "see also"),
    (Related, Whole, "lire aussi"), (Related, Whole, "a lire aussi"), (Related, Whole, "voir aussi"),
    // Blocks after the article.
    (After, Whole, "مقالات ذات صله"), (After, Whole, "مواضيع ذات صله"), (After, Whole, "اخبار ذات صله"),
    (After, Whole, "موضوعات ذات صله"), (After, Whole, "مقالات مشابهه"), (After, Whole, "مواضيع مشابهه"),
    (After, Whole, "مواضيع متعلقه"), (After, Whole, "ذات صله"), (After, Whole, "قد يعجبك ايضا"),
    (After, Whole, "قد يهمك ايضا"), (After, Whole, "المزيد من المقالات"), (After, Whole, "المزيد عن المولف"),
    (After, Whole, "السابق"), (After, Whole, "التالي"), (After, Whole, "المقال السابق"),
    (After, Whole, "المقال التالي"),
    (After, Whole, "المقاله السابقه"), (After, Whole, "المقاله التاليه"), (After, Whole, "الخبر السابق"),
    (After, Whole, "الخبر التالي"), (After, Whole, "تصفح المقالات"), (After, Whole, "تصفح المواضيع"),
    (After, Start, "عن الكاتب"), (After, Start, "نبذه عن الكاتب"), (After, Whole, "اخر الاخبار"),
    (After, Whole, "احدث المقالات"), (After, Whole, "الاكثر قراءه"), (After, Whole, "related posts"),
    (After, Whole, "related articles"), (After, Whole, "related"), (After, Whole, "related stories"),
    (After, Whole, "you may also like"), (After, Whole, "you might also like"), (After, Whole, "more stories"),
    (After, Whole, "more from author"), (After, Whole, "previous"), (After, Whole, "next"),
    (After, Whole, "previous article"), (After, Whole, "next article"), (After, Whole, "previous post"),
    (After, Whole, "next post"), (After, Whole, "post navigation"), (After, Whole, "about the author"),
    (After, Whole, "recent posts"), (After, Whole, "most read"), (After, Whole, "articles similaires"),
    (After, Whole, "articles lies"), (After, Whole, "article precedent"), (After, Whole, "article suivant"),
    (After, Whole, "a propos de l auteur"), (After, Whole, "navigation de l article"),
    // The reply form and the comments.
    (Reply, Start, "اترك رد"), (Reply, Start, "اترك ردا"), (Reply, Start, "اترك تعليق"),
    (Reply, Start, "اترك تعليقا"), (Reply, Whole, "كتابه تعليق"), (Reply, Whole, "اكتب تعليقا"),
    (Reply, Start, "لن يتم نشر عنوان بريدك"), (Reply, Start, "بريدك الالكتروني لن يتم نشره"),
    (Reply, Start, "يجب انت تكون مسجل الدخول"), (Reply, Start, "يجب ان تكون مسجل الدخول"),
    (Reply, Whole, "شاركنا رايك"),
    (Reply, Start, "leave a reply"), (Reply, Whole, "leave a comment"),
    (Reply, Start, "your email address will not be"),
    (Reply, Start, "you must be logged in to post"), (Reply, Whole, "join the conversation"),
    (Reply, Whole, "laisser un commentaire"), (Reply, Whole, "laisser une reponse"),
    (Reply, Start, "votre adresse e mail ne sera pas"), (Reply, Start, "votre adresse de messagerie ne sera pas"),
    (Reply, Whole, "ارسل ردا"), (Reply, Whole, "التعليقات مغلقه"), (Reply, Whole, "comments are closed"),
    (UnderComment, Whole, "رد"), (UnderComment, Whole, "الرد"), (UnderComment, Whole, "رد علي التعليق"),
    (UnderComment, Whole, "reply"), (UnderComment, Whole, "log in to reply"), (UnderComment, Whole, "repondre"),
    (UnderComment, Start, "بانتظار المراجعه"),
    // The foot of the page.
    (Footer, Start, "جميع الحقوق محفوظه"), (Footer, Start, "كل الحقوق محفوظه"), (Footer, Start, "حقوق النشر محفوظه"),
    (Footer, Start, "حقوق النشر ©"), (Footer, Start, "©"), (Footer, Start, "copyright ©"),
    (Footer, Start, "copyright #"),
    (Footer, Start, "all rights reserved"), (Footer, Start, "tous droits reserves"), (Footer, Start, "powered by"),
    (Footer, Start, "proudly powered by"), (Footer, Start, "مدعوم بواسطه"), (Footer, Whole, "سياسه الخصوصيه"),
    (Footer, Whole, "privacy policy"), (Footer, Whole, "العوده الي الاعلي"), (Footer, Whole, "back to top"),
    (Footer, Whole, "mentions legales"),
];

/// What kind of furniture a line is, if the whole of it is one.
pub(super) fn kind(line: &str) -> Option<Kind> {
    // The longest phrase of the table with a title after it stays below this; anything longer is prose.
    if line.len() > 400 {
        return None;
    }
    let key = key(line);
    if key.is_empty() {
        return Some(Aside);
    }
    let whole = PHRASES.iter().find(|(_, fit, phrase)| matches!(fit, Whole) && key == *phrase);
    let start = || {
        PHRASES.iter().find(|(_, fit, phrase)| {
            matches!(fit, Start)
                && key.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    if let Some((kind, _, _)) = whole.or_else(start) {
        return Some(*kind);
    }
    // «اقرأ أيضًا: title» on one line; several buttons on one line; «رد» with the name of the commenter.
    if let Some((label, rest)) = line.split_once(':')
        && !rest.trim().is_empty()
        && matches!(kind(label), Some(Related | After))
    {
        return Some(Related);
    }
    let words: Vec<&str> = key.split(' ').collect();
    if words.len() <= 12 && key.contains("© #") {
        return Some(Footer);
    }
    let is_aside = |word: &&str| PHRASES.iter().any(|(k, f, p)| *k == Aside && matches!(f, Whole) && p == word);
    (words.len() <= 12 && words.iter().all(|word| *word == "#" || is_aside(word))).then_some(Aside)
}

/// The number in a line that counts comments.
pub(super) fn comment_count(line: &str) -> Option<u32> {
    if kind(line) != Some(Counter) {
        return None;
    }
    let folded = fold(line);
    let digits: String = folded.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    match key(line).split(' ').next()? {
        "لا" | "no" | "aucun" => Some(0),
        "one" => Some(1),
        "تعليقان" => Some(2),
        "تعليق" | "راي" if digits.is_empty() => Some(1),
        _ => digits.parse().ok(),
    }
}

/// What a line under a headline says about the article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    pub(super) published: Option<Published>,
    pub(super) byline: Vec<String>,
    pub(super) comment_count: Option<u32>,
}

/// Reads «بواسطة أحمد علي | 22 أكتوبر، 2020 | 0 تعليق» in any order and with any of its parts alone.
pub(super) fn dateline(line: &str) -> Option<Dateline> {
    if line.len() > 240 {
        return None;
    }
    let mut found = Dateline::default();
    if take_part(line, &mut found) && found != Dateline::default() {
        return Some(found);
    }
    let parts: Vec<&str> = split_parts(line).collect();
    if parts.len() > 1 {
        let mut found = Dateline::default();
        // A part that says nothing is the name of a section or a writer; more than three words would be a headline.
        let fits = parts.iter().all(|part| take_part(part, &mut found) || part.split_whitespace().count() <= 3);
        if fits && found != Dateline::default() {
            return Some(found);
        }
    }
    if !line.chars().any(char::is_numeric) {
        return None;
    }
    // «Posted on 22 October 2020 by A. Writer» has no mark between its halves, so each place is tried.
    let cuts = line.match_indices(' ').map(|(at, _)| at).take(16);
    cuts.filter_map(|at| {
        let mut found = Dateline::default();
        (take_part(&line[..at], &mut found) && take_part(&line[at..], &mut found)).then_some(found)
    })
    .find(|found| found.published.is_some() && (!found.byline.is_empty() || found.comment_count.is_some()))
}

/// The parts of a line between bars, dots and dashes that stand alone.
pub(super) fn split_parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '•', '·', '»', '›', '\t', '¦'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" / "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn take_part(part: &str, found: &mut Dateline) -> bool {
    let part = part.trim();
    if let Some(moment) = calendar::read_line(part) {
        found.published = found.published.or(Some(moment));
    } else if let Some(names) = byline(part) {
        found.byline.extend(names);
    } else if let Some(count) = comment_count(part) {
        found.comment_count = Some(count);
    } else {
        return matches!(kind(part), Some(Aside | Counter)) && key(part) != "#";
    }
    true
}

/// The names in «بواسطة …», «كتب: …», «By …».
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    // Verbs and nouns that also open sentences need their colon.
    const ALONE: [&str; 6] = ["بواسطه", "بقلم", "written by", "posted by", "by", "par"];
    const WITH_COLON: [&str; 17] = [
        "كتب",
        "كتبه",
        "كتبت",
        "كتبها",
        "كتابه",
        "الكاتب",
        "الكاتبه",
        "المولف",
        "اعداد",
        "ترجمه",
        "تحرير",
        "المحرر",
        "بقلم الكاتب",
        "اعداد وترجمه",
        "author",
        "auteur",
        "writer",
    ];
    if line.len() > 160 || ends_sentence(line) {
        return None;
    }
    let names = if let Some((label, names)) = line.split_once([':', '/'])
        && let label = key(label)
        && (WITH_COLON.contains(&label.as_str()) || ALONE.contains(&label.as_str()))
    {
        names
    } else {
        if line.split_whitespace().count() > 8 {
            return None;
        }
        let mut cuts = line.match_indices(' ').map(|(at, _)| line.split_at(at)).take(2);
        let (label, names) = cuts.find_map(|(label, names)| {
            let label = key(label);
            ALONE.contains(&label.as_str()).then_some((label, names))
        })?;
        // «By noon the market was full»: a name in Latin letters begins with a capital.
        let latin = label.is_ascii();
        if latin && names.split_whitespace().any(|w| w.chars().next().is_some_and(char::is_lowercase) && w != "and") {
            // A login such as «admin» is a single word.
            if names.split_whitespace().count() > 1 {
                return None;
            }
        }
        names
    };
    let names: Vec<String> = split_names(names);
    let is_name = |name: &String| {
        let many = name.split_whitespace().count();
        // A login may hold digits; a name of several words with digits has swallowed a date.
        many <= 6 && (many == 1 || !name.chars().any(char::is_numeric)) && !name.contains(" - ")
    };
    (!names.is_empty() && names.iter().all(is_name)).then_some(names)
}

/// Names joined by commas, «و» standing alone, «and», «&».
pub(super) fn split_names(names: &str) -> Vec<String> {
    names
        .split(['،', ',', ';', '؛', '&', '|'])
        .flat_map(|part| part.split(" و "))
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" et "))
        .map(|name| name.trim_matches(|c: char| c.is_whitespace() || super::encoding::is_invisible(c) || c == ':'))
        .filter(|name| !name.is_empty() && name.chars().any(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}

/// Whether a line closes like a sentence: with a full stop, a question or an exclamation mark, three dots, before
/// any closing quotation marks and brackets.
pub(super) fn ends_sentence(line: &str) -> bool {
    last_sign(line).is_some_and(|c| matches!(c, '.' | '!' | '?' | '؟' | '…' | '۔' | '。'))
}

/// The last character of a line that is not a closing mark.
pub(super) fn last_sign(line: &str) -> Option<char> {
    let closing = |c: char| {
        c.is_whitespace()
            || super::encoding::is_invisible(c)
            || matches!(c, '”' | '"' | '»' | ')' | ']' | '’' | '\'' | '“')
    };
    line.trim_end_matches(closing).chars().next_back()
}

/// A letter of the Arabic script, presentation forms included.
pub(super) fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D3}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}')
}

/// One spelling for comparison: lower case, no vowel marks, no tatweel, one alef, one ya, one ha, Western digits,
/// Latin letters without accents, single blanks. The result is for comparing only; the original is never changed.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = match c {
            '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{0300}'..='\u{036F}' => continue,
            c if super::encoding::is_invisible(c) => continue,
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ئ' | 'ی' => 'ي',
            'ؤ' => 'و',
            'ة' => 'ه',
            'ک' => 'ك',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'à' | 'â' | 'ä' => 'a',
            'ç' => 'c',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'û' | 'ù' | 'ü' => 'u',
            '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
            '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded line without punctuation, each number as `#`.
fn key(line: &str) -> String {
    let mut key = String::with_capacity(line.len());
    for c in fold(line).chars() {
        let c = match c {
            c if c.is_ascii_digit() => '#',
            '©' => '©',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        };
        let repeated = (c == ' ' && (key.is_empty() || key.ends_with(' '))) || (c == '#' && key.ends_with('#'));
        if !repeated {
            key.push(c);
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check_kind(line: &str, expected: Kind) {
        assert_eq!(kind(line), Some(expected), "{line}");
    }

    fn check_text(line: &str) {
        assert_eq!(kind(line), None, "{line}");
        assert_eq!(dateline(line), None, "{line}");
    }

    fn check_byline(line: &str, names: &[&str]) {
        assert_eq!(byline(line).unwrap_or_default(), names, "{line}");
    }

    fn check_dateline(line: &str, day: Option<(i16, i8, i8)>, names: &[&str], count: Option<u32>) {
        let expected = Dateline {
            published: day.map(|(year, month, day)| Published::Day(date(year, month, day))),
            byline: names.iter().map(|&name| name.to_owned()).collect(),
            comment_count: count,
        };
        assert_eq!(dateline(line), Some(expected), "{line}");
    }

    #[test]
    fn rows_are_written_as_they_are_compared() {
        for (_, _, phrase) in PHRASES {
            assert_eq!(key(&phrase.replace('#', "7")), *phrase);
        }
    }

    #[test]
    fn arabic_phrases() {
        check_kind("الرئيسية", Aside);
        check_kind("شارك", Aside);
        check_kind("شاركها:", Aside);
        check_kind("فيسبوك تويتر واتساب", Aside);
        check_kind("٥ دقائق", Aside);
        check_kind("الحقول الإلزامية مشار إليها بـ *", Aside);
        check_kind("البريد الإلكتروني *", Aside);
        check_kind("التعليق *", Aside);
        check_kind("0", Counter);
        check_kind("٣ تعليقات", Counter);
        check_kind("لا توجد تعليقات", Counter);
        check_kind("اقرأ أيضًا", Related);
        check_kind("اقرأ أيضاً: السوق القديم يفتح أبوابه", Related);
        check_kind("مقالات ذات صلة", After);
        check_kind("المقال السابق", After);
        check_kind("عن الكاتب", After);
        check_kind("اترك رد", Reply);
        check_kind("اترك ردًّا", Reply);
        check_kind("اترك تعليقاً إلغاء الرد", Reply);
        check_kind("لن يتم نشر عنوان بريدك الإلكتروني.", Reply);
        check_kind("رد", UnderComment);
        check_kind("جميع الحقوق محفوظة © 2020", Footer);
    }

    #[test]
    fn english_and_french_phrases() {
        check_kind("Home", Aside);
        check_kind("Facebook", Aside);
        check_kind("Tweet", Aside);
        check_kind("Click to share on Facebook (Opens in new window)", Aside);
        check_kind("3 Comments", Counter);
        check_kind("2 thoughts on “The old market”", Counter);
        check_kind("Read also: The old market", Related);
        check_kind("Related Posts", After);
        check_kind("Leave a Reply", Reply);
        check_kind("Your email address will not be published.", Reply);
        check_kind("Reply", UnderComment);
        check_kind("© 2020 The Lantern. All rights reserved.", Footer);
        check_kind("Partager", Aside);
        check_kind("Aucun commentaire", Counter);
        check_kind("À lire aussi", Related);
        check_kind("Laisser un commentaire", Reply);
        check_kind("Votre adresse e-mail ne sera pas publiée.", Reply);
    }

    #[test]
    fn what_is_text() {
        check_text("شارك الوفد في المؤتمر الذي عقد أمس.");
        check_text("اتركوا ردودكم إلى الغد");
        check_text("السابقون إلى البحر");
        check_text("Home is where the heart is.");
        check_text("كتب الرئيس رسالة إلى نظيره");
        check_text("By noon the market was full");
        check_text("الصين في عام 2020");
    }

    #[test]
    fn counts() {
        assert_eq!(comment_count("0"), Some(0));
        assert_eq!(comment_count("١٢ تعليقًا"), Some(12));
        assert_eq!(comment_count("تعليق واحد"), Some(1));
        assert_eq!(comment_count("تعليقان"), Some(2));
        assert_eq!(comment_count("لا توجد تعليقات"), Some(0));
        assert_eq!(comment_count("No Comments"), Some(0));
        assert_eq!(comment_count("التعليقات"), None);
        assert_eq!(comment_count("سبعة"), None);
    }

    #[test]
    fn bylines() {
        check_byline("بواسطة أحمد علي", &["أحمد علي"]);
        check_byline("كتب: ليلى حسن، سامي نور", &["ليلى حسن", "سامي نور"]);
        check_byline("ترجمة: منى", &["منى"]);
        check_byline("By Jane Doe and Li Wei", &["Jane Doe", "Li Wei"]);
        check_byline("Written by Jane Doe", &["Jane Doe"]);
        check_byline("by admin", &["admin"]);
        check_byline("By the river they waited", &[]);
        check_byline("كتب الرئيس رسالة", &[]);
    }

    #[test]
    fn datelines() {
        check_dateline("22 أكتوبر، 2020", Some((2020, 10, 22)), &[], None);
        check_dateline("أخبار | 22 أكتوبر، 2020 | 0 تعليق", Some((2020, 10, 22)), &[], Some(0));
        check_dateline("بواسطة أحمد علي - 22 أكتوبر، 2020", Some((2020, 10, 22)), &["أحمد علي"], None);
        check_dateline("Posted on October 22, 2020 by Jane Doe", Some((2020, 10, 22)), &["Jane Doe"], None);
        check_dateline("نُشر في 22 أكتوبر 2020 بواسطة ليلى", Some((2020, 10, 22)), &["ليلى"], None);
        check_dateline("By Jane Doe | October 22, 2020 | 3 Comments", Some((2020, 10, 22)), &["Jane Doe"], Some(3));
    }
}

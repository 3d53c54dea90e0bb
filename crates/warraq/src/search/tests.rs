//! The everyday cases: a small site, and what its readers type.

use std::path::Path;

use super::analysis::Reader;
use super::{Change, Found, Index, Position, Query, SearchError, Sort, Story, Wanted};

/// Stories by their numbers: headline, text.
const SITE: [(i64, &str, &str); 24] = [
    (1, "البلدان يوقعان اتفاقا", "تحدث الوزير عن الثقافة والتعاون في مجال الزراعة."),
    (2, "مؤتمر في العاصمة", "دعا المشاركون للتعاون من أجل حماية الأنهار."),
    (3, "مشروع السكة الحديدية", "بني الجسر بالتعاون مع شركة محلية."),
    (4, "جارتان قديمتان", "أثمر تعاونهما عن خط بحري جديد."),
    (5, "سفير جديد للصين", "وصل السفير الجديد إلى القاهرة."),
    (6, "طلاب يدرسون بالصين", "سافر عشرون طالبا في الخريف."),
    (7, "الهند والصين", "محادثات حول المياه."),
    (8, "المطبخ الصيني", "طباخ يعلم أسرار العجين."),
    (9, "أحمد يفوز بالسباق", "فاز العداء بالميدالية الذهبية."),
    (10, "افتتاح مدرسة في القرية", "سار التلاميذ إلى صفوفهم لأول مرة."),
    (11, "إسرائيل تعلن موعد الانتخابات", "قالت لجنة الانتخابات إن الموعد نهائي."),
    (12, "مسؤول يستقيل", "ترك منصبه بعد عشر سنوات."),
    (13, "لا شيء يضيع", "حكاية عن إعادة استعمال الورق."),
    (14, "شركتان تعلنان خطة", "توفر الشركتان المال بدمج المكاتب."),
    (15, "شي جين بينغ يزور المتحف", "استمع الرئيس إلى شرح عن الخزف."),
    (16, "رئيس يستقبل ضيفه", "رحب شي جينبينغ بالوفد في المطار."),
    (17, "قمح أوكرانيا", "غادرت السفن الميناء صباحا."),
    (18, "أسواق هونغ كونغ", "ارتفعت الأسهم قليلا."),
    (19, "أسعار الخبز", "قال مسئول في البلدية إن الأسعار ثابتة."),
    (20, "طريق الحرير", "قال الباحث إن طريق التجارة القديم كان من حرير وتوابل."),
    (21, "Tea from Yunnan", "Farmers harvest leaves on old mountains."),
    (22, "Новости порта", "Корабли прибыли утром."),
    (23, "上海的春天", "市民在公园散步。"),
    (24, "متحف الفنون", "لوحات من القرن الماضي."),
];

fn story(id: i64, headline: &str, text: &str) -> Story {
    let language = match headline.chars().next() {
        Some('A'..='Z') => "en",
        Some('Н') => "ru",
        Some('上') => "zh",
        _ => "ar",
    };
    Story {
        id,
        published: id * 1_000,
        language: language.into(),
        kind: if id % 2 == 0 { "wire" } else { "own" }.into(),
        sections: vec![if id <= 8 { "world" } else { "home" }.into()],
        tags: vec![format!("tag-{}", id % 3)],
        authors: vec![format!("author-{}", id % 5)],
        headline: headline.into(),
        text: text.into(),
        ..Story::default()
    }
}

fn at(number: i64) -> Position {
    Position { log: 1, number }
}

fn put(id: i64, headline: &str, text: &str) -> Change {
    Change::Put(Box::new(story(id, headline, text)))
}

fn site(folder: &Path) -> Index {
    let index = Index::open(folder).expect("a fresh folder");
    index
        .apply(SITE.iter().map(|(id, headline, text)| put(*id, headline, text)).collect(), at(7))
        .expect("a good disk");
    index
}

fn wanted(typed: &str) -> Wanted {
    Wanted { query: Query::parse(typed, &mut Reader::default()), ..Wanted::default() }
}

fn ids(found: &Found) -> Vec<i64> {
    found.hits.iter().map(|hit| hit.id).collect()
}

fn search(wanted: &Wanted) -> Vec<i64> {
    let folder = tempfile::tempdir().expect("a folder");
    let found = site(folder.path()).search(wanted, 10, 0).expect("a sound index");
    assert_eq!(found.total, found.hits.len(), "{wanted:?}");
    ids(&found)
}

/// These are found before all others, in any order.
fn check_first(typed: &str, first: &[i64]) {
    let found = search(&wanted(typed));
    let mut best = found[..first.len().min(found.len())].to_vec();
    best.sort_unstable();
    assert_eq!(best, first, "{typed}: {found:?}");
}

/// These are found and nothing else, in this order.
fn check_only(typed: &str, only: &[i64]) {
    assert_eq!(search(&wanted(typed)), only, "{typed}");
}

#[test]
fn clitics_hide_nothing() {
    check_first("تعاون", &[1, 2, 3, 4]);
    check_first("التعاون", &[1, 2, 3, 4]);
    check_first("دمج", &[14]);
    check_first("الصين", &[5, 6, 7]);
    check_only("المتحف", &[24, 15]);
}

#[test]
fn what_is_derived_comes_after() {
    let found = search(&wanted("الصين"));
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found[3], 8, "{found:?}");
}

#[test]
fn spellings_are_one() {
    check_first("احمد", &[9]);
    check_first("أحمد", &[9]);
    check_first("مدرسه", &[10]);
    check_first("مدرسة", &[10]);
    check_first("اسرائيل", &[11]);
    check_first("إسرائيل", &[11]);
    check_first("مسؤول", &[12, 19]);
    check_first("مسئول", &[12, 19]);
    check_first("شئ", &[13]);
    check_first("شيء", &[13]);
    check_first("اوكرانيا", &[17]);
    check_first("أوكرانيا", &[17]);
    check_first("هونج كونج", &[18]);
    check_first("هونغ كونغ", &[18]);
}

#[test]
fn names_are_one_in_every_script() {
    check_first("شي جينبينغ", &[15, 16]);
    check_first("شي جين بينغ", &[15, 16]);
    check_first("Xi Jinping", &[15, 16]);
    check_first("习近平", &[15, 16]);
    check_first("Ukraine", &[17]);
}

#[test]
fn other_languages_are_read_too() {
    check_first("farmer harvesting", &[21]);
    check_first("корабль", &[22]);
    check_first("公园", &[23]);
}

#[test]
fn a_quoted_phrase_finds_only_itself() {
    check_only("\"طريق الحرير\"", &[20]);
    check_only("«الحرير طريق»", &[]);
    check_only("«طريق حرير»", &[]);
    check_only("“إن الأسعار ثابتة”", &[19]);
    check_only("«الحرير قال»", &[]);
}

#[test]
fn a_quotation_in_a_headline_demands_nothing() {
    check_first("قال الباحث إن طريق «الحرير والتوابل» قديم", &[20]);
}

#[test]
fn a_minus_excludes() {
    check_only("مسؤول -البلدية", &[12]);
}

#[test]
fn what_has_all_words_comes_first() {
    check_first("سفير القاهرة", &[5]);
    check_first("لجنة الانتخابات", &[11]);
    check_first("سفير القرية", &[5, 10]);
}

#[test]
fn nothing_is_found_where_nothing_is() {
    check_only("زلزال", &[]);
    check_only("", &[]);
    check_only("؟!", &[]);
}

fn check_filter(set: impl Fn(&mut Wanted), left: &[i64]) {
    let mut wanted = wanted("الصين");
    set(&mut wanted);
    let mut found = search(&wanted);
    found.sort_unstable();
    assert_eq!(found, left);
}

#[test]
fn filters_narrow() {
    check_filter(|wanted| wanted.section = Some("world".into()), &[5, 6, 7, 8]);
    check_filter(|wanted| wanted.section = Some("home".into()), &[]);
    check_filter(|wanted| wanted.kind = Some("own".into()), &[5, 7]);
    check_filter(|wanted| wanted.tag = Some("tag-0".into()), &[6]);
    check_filter(|wanted| wanted.author = Some("author-2".into()), &[7]);
    check_filter(|wanted| wanted.language = Some("en".into()), &[]);
    check_filter(|wanted| wanted.from = Some(6_000), &[6, 7, 8]);
    check_filter(|wanted| wanted.until = Some(6_000), &[5]);
}

#[test]
fn filters_alone_find_all_they_leave() {
    let only = Wanted { section: Some("world".into()), sort: Sort::Date, ..Wanted::default() };
    assert_eq!(search(&only), [8, 7, 6, 5, 4, 3, 2, 1]);
}

#[test]
fn the_newest_comes_first_by_date() {
    assert_eq!(search(&Wanted { sort: Sort::Date, ..wanted("الصين") }), [8, 7, 6, 5]);
}

#[test]
fn of_two_alike_the_newer_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::open(folder.path()).expect("a fresh folder");
    let twins = [3, 9, 5].map(|id| put(id, "زلزال في البحر", "لم يصب أحد."));
    index.apply(twins.into(), at(1)).expect("a good disk");
    assert_eq!(ids(&index.search(&wanted("زلزال"), 10, 0).expect("sound")), [9, 5, 3]);
    assert_eq!(ids(&index.search(&wanted("زلزال"), 1, 1).expect("sound")), [5]);
}

#[test]
fn changes_may_come_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = site(folder.path());
    let change = || vec![put(1, "زلزال", "في البحر"), Change::Remove(2), put(3, "قديم", ""), put(3, "بركان", "")];
    for cursor in [8, 9] {
        index.apply(change(), at(cursor)).expect("a good disk");
        assert_eq!(index.len(), 23);
        assert_eq!(ids(&index.search(&wanted("زلزال"), 10, 0).expect("sound")), [1]);
        assert_eq!(ids(&index.search(&wanted("بركان"), 10, 0).expect("sound")), [3]);
        assert_eq!(ids(&index.search(&wanted("تعاون"), 10, 0).expect("sound")), [4]);
    }
}

#[test]
fn many_at_once_are_all_taken_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::open(folder.path()).expect("a fresh folder");
    index.apply((0..100).map(|id| put(id, "زلزال", "في البحر")).collect(), at(1)).expect("a good disk");
    index.rest().expect("a good disk");
    let found = index.search(&wanted("زلزال البحر"), 100, 0).expect("sound");
    let mut all = ids(&found);
    all.sort_unstable();
    assert_eq!((found.total, all), (100, (0..100).collect()));
}

#[test]
fn it_knows_how_far_it_came() {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path()).rest().expect("a good disk");
    let again = Index::open(folder.path()).expect("its own folder");
    assert_eq!((again.position(), again.len()), (Some(at(7)), 24));
}

#[test]
fn a_damaged_index_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(site(folder.path()));
    std::fs::write(folder.path().join("meta.json"), "{").expect("a good disk");
    assert!(Index::open(folder.path()).is_err());
}

#[test]
fn an_index_of_others_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut schema = tantivy::schema::Schema::builder();
    schema.add_text_field("title", tantivy::schema::TEXT);
    tantivy::Index::create_in_dir(folder.path(), schema.build()).expect("a fresh folder");
    assert!(matches!(Index::open(folder.path()), Err(SearchError::Foreign(_))));
}

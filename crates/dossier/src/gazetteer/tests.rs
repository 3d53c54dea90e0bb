use super::*;

fn known() -> &'static Gazetteer {
    Gazetteer::built_in()
}

#[test]
fn what_ships_is_read_without_complaint() {
    let (known, complaints) = Gazetteer::parse(FILES);
    assert!(complaints.is_empty(), "{complaints:#?}");
    assert!(known.len() > 10_000);
}

fn check_holder(of: &str, office: &str, day: &str, expected: &str) {
    let known = known();
    let state = known.by_id(of).unwrap();
    let holder = known.holder(state, office, Day::parse(day).unwrap());
    assert_eq!(holder.map_or("", |holder| &known.entity(holder).id), expected, "{office} {of} {day}");
}

#[test]
fn offices_have_holders_by_day() {
    check_holder("china", "president", "2020-10-23", "xi-jinping");
    check_holder("china", "president", "2005-01-01", "hu-jintao");
    check_holder("china", "prime-minister", "2015-06-01", "li-keqiang");
    check_holder("china", "foreign-minister", "2023-06-01", "qin-gang");
    check_holder("china", "foreign-minister", "2023-09-01", "wang-yi");
    check_holder("russia", "president", "2010-05-05", "dmitry-medvedev");
    check_holder("russia", "president", "2012-05-07", "vladimir-putin");
    check_holder("united-states", "president", "2021-01-19", "donald-trump");
    check_holder("united-states", "president", "2021-01-20", "joe-biden");
    check_holder("united-states", "president", "2025-02-01", "donald-trump");
    check_holder("germany", "chancellor", "2015-01-01", "angela-merkel");
    check_holder("egypt", "president", "2013-01-01", "mohamed-morsi");
    check_holder("saudi-arabia", "king", "2014-01-01", "king-abdullah-of-saudi-arabia");
    check_holder("united-nations", "secretary-general", "2004-01-01", "kofi-annan");
    check_holder("united-states", "president", "1950-01-01", "");
    check_holder("china", "king", "2020-01-01", "");
}

#[test]
fn every_state_of_the_large_ones_has_a_leader_now_and_before() {
    let known = known();
    for id in ["china", "russia", "united-states", "france", "germany", "united-kingdom", "japan", "india", "turkey"] {
        let state = known.by_id(id).unwrap();
        for year in 2004..=2025 {
            assert!(known.leader(state, Day::new(year, 3, 1)).is_some(), "{id} {year}");
        }
    }
}

fn check_complaint(text: &str, expected: &str) {
    let (_, complaints) = Gazetteer::parse(&[FILES[0], ("own.txt", text)]);
    let found: Vec<&str> = complaints.iter().map(|complaint| complaint.what.as_str()).collect();
    assert!(found.iter().any(|what| what.contains(expected)), "{text:?}: {found:?}");
}

#[test]
fn wrong_lines_are_complained_of() {
    check_complaint("الصين | China", "no line like [person]");
    check_complaint("[state]\nا | A | | | |", "more than four columns");
    check_complaint("[person]\nسامر | Samer | | president nowhere 2012..", "nothing has the id «nowhere»");
    check_complaint("[state]\nا | Aland\n[person]\nب | Bo | | boss aland 2012..", "no office «boss»");
    check_complaint("[state]\nا | Aland\n[person]\nب | Bo | | president aland long ago", "no dates");
    check_complaint("[state]\nا | Aland\n[person]\nب | Aland", "something else already");
    check_complaint("[person]\n | |", "nothing that could be its id");
}

#[test]
fn a_file_of_a_site_adds_to_what_ships() {
    let own = (
        "own.txt",
        "[person]\nسامر الراوي | Samer Rawi | | president china 2031..\n | | | id xi-jinping\nأبو مينغ | | | id xi-jinping",
    );
    let files: Vec<_> = FILES.iter().copied().chain([own]).collect();
    let (known, complaints) = Gazetteer::parse(&files);
    assert!(complaints.is_empty(), "{complaints:?}");
    let xi = known.by_id("xi-jinping").unwrap();
    assert_eq!(known.find("أبو مينغ"), [xi]);
    let china = known.by_id("china").unwrap();
    assert_eq!(known.holder(china, "president", Day::new(2032, 1, 1)), known.by_id("samer-rawi"));
}

/// The share of the spellings that find what they mean, as the first or only answer.
fn spellings_found() -> (usize, usize, Vec<String>) {
    let lines = include_str!("../../tests/spellings.txt").lines().filter(|line| !line.starts_with('#'));
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for (spelling, id) in lines.filter_map(|line| line.split_once(" | ")) {
        let wanted = known().by_id(id);
        assert!(wanted.is_some(), "{id}");
        all += 1;
        if known().find(spelling).first().copied() == wanted {
            right += 1;
        } else {
            let found: Vec<&str> =
                known().find(spelling).iter().map(|&found| known().entity(found).id.as_str()).collect();
            wrong.push(format!("{spelling} is {id}, found {found:?}"));
        }
    }
    (right, all, wrong)
}

#[test]
fn spellings_find_their_entities() {
    let (right, all, wrong) = spellings_found();
    assert!(right * 1000 >= all * 970, "{right} of {all}: {wrong:#?}");
}

#[test]
fn it_is_small() {
    known().find("nobody at all");
    assert!(known().bytes() < 60 << 20, "{}", known().bytes());
}

#[test]
fn days_are_read() {
    assert_eq!(Day::parse("2020"), Some(Day::new(2020, 0, 0)));
    assert_eq!(Day::parse("2020-10"), Some(Day::new(2020, 10, 0)));
    assert_eq!(Day::parse("2020-10-23"), Some(Day::new(2020, 10, 23)));
    for wrong in ["", "20", "2020-13", "2020-1-32", "2020-10-23-1", "x"] {
        assert_eq!(Day::parse(wrong), None, "{wrong}");
    }
}

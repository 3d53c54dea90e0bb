use super::*;

#[test]
fn what_ships_is_read_without_complaint() {
    let (known, complaints) = Gazetteer::parse(FILES);
    assert!(complaints.is_empty(), "{complaints:#?}");
    assert!(known.len() > 10_000);
}

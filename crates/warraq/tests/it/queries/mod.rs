//! Does the search understand whatever is typed? Texts that nobody writes, and somebody sends.

pub mod laws;
#[path = "../../../../arabic/tests/hostile/texts.rs"]
mod texts;

#[test]
fn hostile_queries_are_understood() {
    for (name, text) in texts::all(texts::SIZE) {
        let kept = std::panic::catch_unwind(|| laws::understood(&text));
        assert!(kept.is_ok(), "broken by «{name}»");
    }
    // What is searched for is short: pieces of such texts, with what has a meaning in a query.
    for (name, text) in texts::all(240) {
        for typed in
            [format!("\"{text}\" -{text}"), format!("«{text}"), format!("{text}» -\"{text}"), format!("- -{text}\"")]
        {
            let kept = std::panic::catch_unwind(|| laws::understood(&typed));
            assert!(kept.is_ok(), "broken by «{name}»: {typed:?}");
        }
    }
}

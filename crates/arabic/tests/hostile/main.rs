//! Does the library keep its word on texts that nobody writes?
//!
//! How long it takes is measured apart, by `cargo run --release -p arabic --example hostile`: a test that looks at the
//! clock fails on a busy machine.

mod acts;
pub mod laws;
mod texts;

fn check(law: fn(&str)) {
    for (name, text) in texts::all(texts::SIZE) {
        let kept = std::panic::catch_unwind(|| law(&text));
        assert!(kept.is_ok(), "broken by «{name}»");
    }
    law("");
}

#[test]
fn folds_keep_their_word() {
    check(laws::folds);
}

#[test]
fn tokens_keep_their_word() {
    check(laws::tokens);
}

#[test]
fn sentences_keep_their_word() {
    check(laws::sentences);
}

#[test]
fn numbers_keep_their_word() {
    check(laws::numbers);
}

#[test]
fn names_keep_their_word() {
    check(laws::names);
}

#[test]
fn morphology_keeps_its_word() {
    check(laws::morphology);
}

/// Twice the text never gives much more than twice the answer, and no answer is much longer than its text.
#[test]
fn answers_grow_with_the_text() {
    /// U+FDFA is three bytes and stands for eighteen letters.
    const LONGER: usize = 12;
    let half = texts::all(texts::SIZE / 32);
    for ((name, text), (_, half)) in texts::all(texts::SIZE / 16).iter().zip(&half) {
        for (act, answer) in acts::ACTS {
            let (answer, of_half) = (answer(text), answer(half));
            assert!(answer <= of_half * 5 / 2 + 400, "{act} of «{name}»: {of_half}, and of twice as much {answer}");
            assert!(answer <= text.len() * LONGER + 400, "{act} of «{name}»: {answer} of {} bytes", text.len());
        }
    }
}

#[test]
fn texts_are_as_long_as_they_say() {
    for (name, text) in texts::all(texts::SIZE) {
        let enough = texts::SIZE * 9 / 10..=texts::SIZE;
        assert!(enough.contains(&text.len()), "«{name}» has {} bytes", text.len());
    }
}

//! What holds for everything that is typed into the search? The fuzz target `query` checks it too.

use warraq::search::Query;
use warraq::search::analysis::Reader;

/// Whatever is typed becomes a query of bounded size, and the same one at every time.
pub fn understood(typed: &str) {
    const BYTES: usize = 1_000;
    const WORDS: usize = 48;
    let query = Query::parse(typed, &mut Reader::remembering(64));
    assert!(query.words.len() <= WORDS, "{} words", query.words.len());
    // What was left out by then is neither looked for nor named in the page; presentation forms grow when they are
    // unfolded, U+FDFA from three bytes to thirty-three.
    assert!(query.text.len() <= BYTES * 12, "{} bytes", query.text.len());
    let phrases = query.phrases.iter().chain(&query.names);
    for words in phrases {
        assert!(!words.is_empty() && words.iter().all(|word| !word.is_empty()), "an empty phrase");
    }
    assert!(query.words.iter().all(|word| !word.exact.is_empty()), "an empty word");
    assert!(query.without.iter().all(|word| !word.is_empty()), "an empty word to leave out");
    let again = Query::parse(typed, &mut Reader::remembering(64));
    assert_eq!((&query.words, &query.phrases, &query.without), (&again.words, &again.phrases, &again.without));
}

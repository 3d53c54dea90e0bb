//! What is kept of a story in the index, and in which form?

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{RawTokenizer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Changes when the schema or the analysis does: an index of another version is made anew.
pub(super) const VERSION: u32 = 2;
/// Stands between the words of a text that comes to the index ready made.
pub(super) const BETWEEN: char = '\n';

/// The fields of the index. Nothing is stored but the number. Positions, the dearest of all, are kept once: phrases need
/// them; where a lemma stands matters only at the beginning, which is a field of its own.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    pub(super) id: Field,
    /// Seconds since 1970.
    pub(super) published: Field,
    pub(super) section: Field,
    pub(super) tag: Field,
    pub(super) author: Field,
    pub(super) kind: Field,
    pub(super) language: Field,
    /// Everything as written, with positions for phrases.
    pub(super) exact: Field,
    /// Everything by lemma.
    pub(super) key: Field,
    /// By lemma what stands at the beginning and whom and what it is about; the nearer the beginning the more often.
    pub(super) lead: Field,
    /// The words of headlines as written, for suggestions.
    pub(super) head_exact: Field,
    /// The families of lemmas.
    pub(super) family: Field,
    /// Names by their sound.
    pub(super) sound: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let indexed = |tokenizer: &str, record: IndexRecordOption, norms: bool| {
            let indexing =
                TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record).set_fieldnorms(norms);
            TextOptions::default().set_indexing_options(indexing)
        };
        let label = indexed(WHOLE, IndexRecordOption::Basic, false);
        let id = schema.add_u64_field("id", INDEXED | FAST);
        let published = schema.add_i64_field("published", INDEXED | FAST);
        let section = schema.add_text_field("section", label.clone());
        let tag = schema.add_text_field("tag", label.clone());
        let author = schema.add_text_field("author", label.clone());
        let kind = schema.add_text_field("kind", label.clone());
        let language = schema.add_text_field("language", label);
        let exact = schema.add_text_field("exact", indexed(WORDS, IndexRecordOption::WithFreqsAndPositions, false));
        let key = schema.add_text_field("key", indexed(WORDS, IndexRecordOption::WithFreqs, true));
        let lead = schema.add_text_field("lead", indexed(WORDS, IndexRecordOption::WithFreqs, false));
        let head_exact = schema.add_text_field("head_exact", indexed(WORDS, IndexRecordOption::Basic, false));
        let family = schema.add_text_field("family", indexed(WORDS, IndexRecordOption::WithFreqs, false));
        let sound = schema.add_text_field("sound", indexed(WORDS, IndexRecordOption::Basic, false));
        let schema = schema.build();
        Self {
            schema,
            id,
            published,
            section,
            tag,
            author,
            kind,
            language,
            exact,
            key,
            lead,
            head_exact,
            family,
            sound,
        }
    }
}

const WHOLE: &str = "whole";
const WORDS: &str = "words";

pub(super) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(WHOLE, RawTokenizer::default());
    tokenizers.register(WORDS, Words::default());
    tokenizers
}

/// Takes a text that was analysed before apart again, which costs less than to hand over a string for every word. An
/// empty word is a gap that no phrase reaches over.
#[derive(Clone, Default)]
struct Words {
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Apart<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Apart<'a> {
        self.token.reset();
        Apart { rest: text, token: &mut self.token }
    }
}

struct Apart<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for Apart<'_> {
    fn advance(&mut self) -> bool {
        while let Some((word, rest)) = self.rest.split_once(BETWEEN) {
            self.rest = rest;
            self.token.position = self.token.position.wrapping_add(1);
            if !word.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(word);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

//! What is kept of a story in the index, and in which form?

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{RawTokenizer, TokenizerManager};

/// Changes when the schema or the analysis does: an index of another version is made anew.
pub(super) const VERSION: u32 = 1;

/// The fields of the index. Text is given to them as tokens ready made; nothing is stored but the number.
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
    /// Headline and kicker by lemma, and as written.
    pub(super) head_key: Field,
    pub(super) head_exact: Field,
    /// Names of people, tags and sections, and the source, by lemma.
    pub(super) about: Field,
    /// Everything by lemma.
    pub(super) key: Field,
    /// Everything as written, with positions for phrases.
    pub(super) exact: Field,
    /// Pieces of lemmas.
    pub(super) gram: Field,
    /// Names by their sound.
    pub(super) sound: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let indexed = |record: IndexRecordOption, norms: bool| {
            let indexing =
                TextFieldIndexing::default().set_tokenizer("raw").set_index_option(record).set_fieldnorms(norms);
            TextOptions::default().set_indexing_options(indexing)
        };
        let label = indexed(IndexRecordOption::Basic, false);
        let counted = indexed(IndexRecordOption::WithFreqs, true);
        let placed = indexed(IndexRecordOption::WithFreqsAndPositions, true);
        let id = schema.add_u64_field("id", INDEXED | FAST);
        let published = schema.add_i64_field("published", INDEXED | FAST);
        let section = schema.add_text_field("section", label.clone());
        let tag = schema.add_text_field("tag", label.clone());
        let author = schema.add_text_field("author", label.clone());
        let kind = schema.add_text_field("kind", label.clone());
        let language = schema.add_text_field("language", label.clone());
        let head_key = schema.add_text_field("head_key", counted.clone());
        let head_exact = schema.add_text_field("head_exact", counted.clone());
        let about = schema.add_text_field("about", counted.clone());
        let key = schema.add_text_field("key", placed.clone());
        let exact = schema.add_text_field("exact", placed);
        let gram = schema.add_text_field("gram", counted);
        let sound = schema.add_text_field("sound", label);
        Self {
            schema: schema.build(),
            id,
            published,
            section,
            tag,
            author,
            kind,
            language,
            head_key,
            head_exact,
            about,
            key,
            exact,
            gram,
            sound,
        }
    }
}

/// The library wants a name for a tokenizer; ours never runs, because all text comes in tokens.
pub(super) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register("raw", RawTokenizer::default());
    tokenizers
}

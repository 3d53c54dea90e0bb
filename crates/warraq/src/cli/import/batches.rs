//! How do thousands of articles come in? In batches: while one is written, the next is read and sanitised.

use std::collections::HashSet;

use tokio::task::JoinHandle;

use crate::cli::Failure;
use crate::desk::Desk;
use crate::desk::imports::{self, Fate, Receipt};
use crate::error::Error;
use crate::news::article::Form;
use crate::news::incoming::{Incoming, Keepsake};

/// How many articles are taken in by one transaction.
const BATCH: usize = 250;

/// Articles on their way in.
pub(super) struct Batches<'d> {
    desk: &'d Desk,
    publish: bool,
    /// What has become of everything so far, but for the batch that is being written.
    pub(super) receipt: Receipt,
    waiting: Vec<Incoming>,
    /// By what the articles of this run are known, as hashes: a second of one name would write over the first, in every run.
    seen: HashSet<[u8; 16]>,
    kept: Vec<Keepsake>,
    writing: Option<JoinHandle<Result<Receipt, Error>>>,
}

impl<'d> Batches<'d> {
    pub(super) fn new(desk: &'d Desk, publish: bool, receipt: Receipt) -> Self {
        Self { desk, publish, receipt, waiting: Vec::new(), seen: HashSet::new(), kept: Vec::new(), writing: None }
    }

    /// An article more. Of two that have one name the first counts.
    pub(super) async fn push(&mut self, incoming: Incoming) -> Result<(), Failure> {
        let mut name = [0; 16];
        name.copy_from_slice(&blake3::hash(incoming.guid.as_bytes()).as_bytes()[..16]);
        if !self.seen.insert(name) {
            self.receipt.add(if incoming.draft.form == Form::Page { "page" } else { "post" }, Fate::Refused);
            incoming.comments.iter().for_each(|_| self.receipt.add("comment", Fate::Refused));
            let message = "another of the same name came before it, and counts";
            self.receipt.warn(incoming.line, &incoming.guid, "twice", message);
            return Ok(());
        }
        self.waiting.push(incoming);
        if self.waiting.len() >= BATCH { self.write().await } else { Ok(()) }
    }

    /// Something more that has no place here and is kept as it was.
    pub(super) async fn keep(&mut self, thing: Keepsake) -> Result<(), Failure> {
        self.kept.push(thing);
        if self.kept.len() >= BATCH { self.write_kept().await } else { Ok(()) }
    }

    /// Writes what is left, and says what has become of everything.
    pub(super) async fn finish(mut self) -> Result<Receipt, Failure> {
        self.write().await?;
        self.await_writing().await?;
        self.write_kept().await?;
        Ok(self.receipt)
    }

    async fn write(&mut self) -> Result<(), Failure> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let ready = imports::prepare(self.desk, std::mem::take(&mut self.waiting));
        self.await_writing().await?;
        let (desk, publish, carried) = (self.desk.clone(), self.publish, self.receipt.continued());
        self.writing = Some(tokio::spawn(async move { imports::apply(&desk, ready, publish, carried).await }));
        Ok(())
    }

    async fn await_writing(&mut self) -> Result<(), Failure> {
        if let Some(before) = self.writing.take() {
            self.receipt.merge(before.await??);
        }
        Ok(())
    }

    async fn write_kept(&mut self) -> Result<(), Failure> {
        if !self.kept.is_empty() {
            let receipt = std::mem::take(&mut self.receipt);
            self.receipt = imports::keep_originals(self.desk, std::mem::take(&mut self.kept), receipt).await?;
        }
        Ok(())
    }
}

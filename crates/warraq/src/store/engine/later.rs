//! What need not be written before somebody looks? Sums, and the last number given to a noun: of many changes in one
//! transaction only the outcome counts.

use std::collections::BTreeMap;

use super::Sql;

/// What one transaction still has to write.
#[derive(Debug, Default)]
pub(super) struct Later {
    /// Amounts by statement and keys.
    sums: BTreeMap<(Sql, Vec<i64>), i64>,
    /// The last number of each noun that was asked for.
    numbers: BTreeMap<&'static str, Number>,
}

#[derive(Debug)]
struct Number {
    last: i64,
    is_written: bool,
}

impl Later {
    pub(super) fn add(&mut self, sql: Sql, keys: &[i64], amount: i64) {
        *self.sums.entry((sql, keys.to_vec())).or_default() += amount;
    }

    /// A sum to be written: statement, amount, keys. It is forgotten here with that.
    pub(super) fn next(&mut self) -> Option<(Sql, i64, Vec<i64>)> {
        loop {
            let ((sql, keys), amount) = self.sums.pop_first()?;
            if amount != 0 {
                return Some((sql, amount, keys));
            }
        }
    }

    pub(super) fn number(&self, noun: &str) -> Option<i64> {
        self.numbers.get(noun).map(|number| number.last)
    }

    /// The database knows it too.
    pub(super) fn know_number(&mut self, noun: &'static str, last: i64) {
        self.numbers.insert(noun, Number { last, is_written: true });
    }

    pub(super) fn set_number(&mut self, noun: &'static str, last: i64) {
        self.numbers.insert(noun, Number { last, is_written: false });
    }

    /// A number to be written. It stays known here.
    pub(super) fn next_number(&mut self) -> Option<(&'static str, i64)> {
        let (noun, number) = self.numbers.iter_mut().find(|(_, number)| !number.is_written)?;
        number.is_written = true;
        Some((noun, number.last))
    }
}

//! What need not be written before somebody looks? Sums, and the last number given to a noun: of many changes in one
//! transaction only the outcome counts.

use std::collections::BTreeMap;

use super::{Arg, Sql};

/// How sums are written: amount and keys of the first are `$1`, `$2`…, those of the next come after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum {
    sql: Sql,
    at_once: usize,
}

impl Sum {
    /// A statement that writes one.
    #[must_use]
    pub const fn one(sql: Sql) -> Self {
        Self { sql, at_once: 1 }
    }

    /// A statement that writes up to so many; where there are fewer, the places left over are `NULL`.
    #[must_use]
    pub const fn many(sql: Sql, at_once: usize) -> Self {
        Self { sql, at_once }
    }
}

/// What one transaction still has to write.
#[derive(Debug, Default)]
pub(super) struct Later {
    /// Amounts by statement and keys.
    sums: BTreeMap<(Sum, Vec<i64>), i64>,
    /// The last number of each noun that was asked for.
    numbers: BTreeMap<&'static str, Number>,
}

#[derive(Debug)]
struct Number {
    last: i64,
    is_written: bool,
}

impl Later {
    pub(super) fn add(&mut self, sum: Sum, keys: &[i64], amount: i64) {
        *self.sums.entry((sum, keys.to_vec())).or_default() += amount;
    }

    /// Sums to be written by one statement, with its arguments. They are forgotten here with that.
    pub(super) fn next(&mut self) -> Option<(Sql, Vec<Arg<'static>>)> {
        let ((sum, keys), amount) = loop {
            let next = self.sums.pop_first()?;
            if next.1 != 0 {
                break next;
            }
        };
        let places = sum.at_once * (1 + keys.len());
        let mut args = Vec::with_capacity(places);
        let mut put = |keys: Vec<i64>, amount| {
            args.push(Arg::Int(amount));
            args.extend(keys.into_iter().map(Arg::Int));
        };
        put(keys, amount);
        let mut left = sum.at_once - 1;
        while left > 0
            && let Some(next) = self.sums.first_entry().filter(|next| next.key().0 == sum)
        {
            let ((_, keys), amount) = next.remove_entry();
            if amount != 0 {
                put(keys, amount);
                left -= 1;
            }
        }
        args.resize(places, Arg::Null);
        Some((sum.sql, args))
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

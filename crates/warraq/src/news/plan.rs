//! What does the newsroom intend with a story? The day it is planned for, the moment before which it must not go out, the
//! moment at which it goes away.

use jiff::Timestamp;
use jiff::civil::Date;

/// What is intended; nothing of it is shown to readers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plan {
    /// The day that it is planned for, in the publication's time zone.
    pub planned_on: Option<Date>,
    /// The embargo: it must not go out before this moment.
    pub embargo_at: Option<Timestamp>,
    /// It is withdrawn by itself at this moment.
    pub expires_at: Option<Timestamp>,
}

/// Why a plan, or a moment to go out, does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// It would go out before its embargo is over.
    Embargo,
    /// It would go away before it goes out.
    Expired,
}

impl Plan {
    /// May a story with this plan go out at `at`?
    ///
    /// # Errors
    /// What stands against it.
    pub fn allows(&self, at: Timestamp) -> Result<(), Misfit> {
        if self.embargo_at.is_some_and(|until| at < until) {
            Err(Misfit::Embargo)
        } else if self.expires_at.is_some_and(|end| end <= at) {
            Err(Misfit::Expired)
        } else {
            Ok(())
        }
    }

    /// Does it let a story out earlier, or keep it for another time, than `before` did? That is for whoever may publish.
    #[must_use]
    pub fn lets_out_more_than(&self, before: &Self, now: Timestamp) -> bool {
        let holds = before.embargo_at.filter(|until| *until > now);
        let loosens = holds.is_some_and(|until| self.embargo_at.is_none_or(|new| new < until));
        loosens || self.expires_at != before.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn an_embargo_is_over_at_its_moment_and_an_end_is_the_end() {
        let plan = Plan {
            embargo_at: Some(at("2026-03-01T09:00:00Z")),
            expires_at: Some(at("2026-03-02T09:00:00Z")),
            ..Plan::default()
        };
        let check = |moment: &str, result| assert_eq!(plan.allows(at(moment)), result, "{moment}");
        check("2026-03-01T08:59:59Z", Err(Misfit::Embargo));
        check("2026-03-01T09:00:00Z", Ok(()));
        check("2026-03-02T08:59:59Z", Ok(()));
        check("2026-03-02T09:00:00Z", Err(Misfit::Expired));
        assert_eq!(Plan::default().allows(Timestamp::UNIX_EPOCH), Ok(()));
    }

    #[test]
    fn who_loosens_an_embargo_publishes() {
        let now = at("2026-03-01T00:00:00Z");
        let until = |text: &str| Plan { embargo_at: Some(at(text)), ..Plan::default() };
        let check = |before: Plan, after: Plan, more: bool| {
            assert_eq!(after.lets_out_more_than(&before, now), more, "{before:?} {after:?}");
        };
        check(Plan::default(), until("2026-03-02T00:00:00Z"), false);
        check(until("2026-03-02T00:00:00Z"), until("2026-03-03T00:00:00Z"), false);
        check(until("2026-03-02T00:00:00Z"), until("2026-03-01T12:00:00Z"), true);
        check(until("2026-03-02T00:00:00Z"), Plan::default(), true);
        check(until("2026-02-01T00:00:00Z"), Plan::default(), false);
        let end = Plan { expires_at: Some(at("2026-04-01T00:00:00Z")), ..Plan::default() };
        check(Plan::default(), end, true);
        check(end, Plan::default(), true);
    }
}

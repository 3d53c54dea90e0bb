//! What does the calendar show?

use serde::Serialize;

use super::Layout;

/// `newsroom/calendar.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarPage {
    /// What stands around.
    pub layout: Layout,
    /// «نوفمبر 2026».
    pub month: String,
    /// `2026-11`.
    pub iso: String,
    /// The months before and after, and the one of today.
    pub before: String,
    /// See `before`.
    pub after: String,
    /// See `before`; `None` where it is shown.
    pub today: Option<String>,
    /// Days one under the other instead of in weeks.
    pub is_list: bool,
    /// The other of both forms.
    pub other_form: String,
    /// Names of the days of a week, in its order.
    pub weekdays: Vec<String>,
    /// The weeks that the month touches, seven days each.
    pub weeks: Vec<Vec<CalendarDay>>,
    /// There is more than can be shown.
    pub has_more: bool,
    /// Nothing is planned in this month.
    pub is_empty: bool,
}

/// One day.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarDay {
    /// `2026-11-23`.
    pub iso: String,
    /// «23».
    pub number: String,
    /// «الاثنين 23 نوفمبر 2026».
    pub name: String,
    /// It belongs to the month that is shown.
    pub is_inside: bool,
    /// It is today.
    pub is_today: bool,
    /// Where a story for this day is begun; only where it is not over.
    pub begin: Option<String>,
    /// What goes on, in order.
    pub entries: Vec<CalendarEntry>,
    /// How many stories went out.
    pub published: usize,
    /// The list of those.
    pub published_href: String,
}

/// One story on a day.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarEntry {
    /// `planned`, `out`, `away`: its interface text is `calendar-…`.
    pub what: &'static str,
    /// Where it is written.
    pub href: String,
    /// Its headline.
    pub headline: String,
    /// Direction and language of the headline.
    pub dir: &'static str,
    /// See `dir`.
    pub lang: String,
    /// «18:00»; `None` for what is planned for a day.
    pub time: Option<String>,
    /// Where a draft stands, by name.
    pub stage: Option<String>,
    /// Its main section.
    pub section: Option<String>,
    /// Whose turn it is.
    pub assignee: Option<String>,
    /// It must not go out yet.
    pub is_embargoed: bool,
}

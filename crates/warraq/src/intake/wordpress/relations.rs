//! Which items belong together, and which stand above others?

use std::collections::HashMap;

/// Places on the front that are filled by hand.
const PLACES: usize = 5;

/// Posts that stayed on top of the front page.
#[derive(Debug, Default)]
pub(super) struct Sticky {
    /// Date as the export has it, number; newest first.
    posts: Vec<(String, u64)>,
}

impl Sticky {
    pub(super) fn add(&mut self, id: u64, date: &str) {
        let post = (date.to_owned(), id);
        let at = self.posts.partition_point(|other| *other > post);
        self.posts.insert(at, post);
        self.posts.truncate(PLACES);
    }

    /// The place on the front here, from 1.
    pub(super) fn place(&self, id: u64) -> Option<i64> {
        let place = self.posts.iter().position(|(_, post)| *post == id)?;
        i64::try_from(place + 1).ok()
    }
}

/// Items that are translations of one another.
#[derive(Debug, Default)]
pub(super) struct Translations {
    /// The group of each item, by number.
    group_of: HashMap<u64, usize>,
    /// Of each group the item that comes first in the export.
    first: HashMap<usize, u64>,
    groups: usize,
    /// The place of each item in the export: groups may be named before or after them.
    order: HashMap<u64, usize>,
}

impl Translations {
    pub(super) fn add_group(&mut self, items: &[u64]) {
        self.groups += 1;
        for item in items {
            self.group_of.insert(*item, self.groups);
        }
        let place = |item: &&u64| self.order.get(*item).copied();
        if let Some(first) = items.iter().filter(|item| place(item).is_some()).min_by_key(place) {
            self.first.insert(self.groups, *first);
        }
    }

    /// The next item of the export.
    pub(super) fn comes(&mut self, item: u64) {
        let place = self.order.len();
        self.order.entry(item).or_insert(place);
        if let Some(group) = self.group_of.get(&item) {
            self.first.entry(*group).or_insert(item);
        }
    }

    /// The first item of the group that `item` is in, unless that is itself.
    pub(super) fn first_beside(&self, item: u64) -> Option<u64> {
        let group = self.group_of.get(&item)?;
        self.first.get(group).copied().filter(|first| *first != item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_sticky_posts_stand_first() {
        let mut sticky = Sticky::default();
        for (id, date) in [(1, "2020-01-01"), (2, "2022-01-01"), (3, "2021-01-01")] {
            sticky.add(id, date);
        }
        assert_eq!([1, 2, 3, 4].map(|id| sticky.place(id)), [Some(3), Some(1), Some(2), None]);
        (10..20).for_each(|id| sticky.add(id, "2023-01-01"));
        assert_eq!((sticky.place(19), sticky.place(15), sticky.place(14)), (Some(1), Some(5), None));
    }

    #[test]
    fn translations_lead_to_the_first_in_the_export() {
        let mut translations = Translations::default();
        translations.add_group(&[9, 7]);
        [7, 3, 9].into_iter().for_each(|item| translations.comes(item));
        translations.add_group(&[99, 3]);
        assert_eq!([7, 9, 3, 5].map(|item| translations.first_beside(item)), [None, Some(7), None, None]);
    }
}

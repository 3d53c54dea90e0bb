//! Which form does the counted noun take?
//!
//! Arabic has six forms: «لا تعليقات», «تعليق واحد», «تعليقان», «3 تعليقات», «11 تعليقًا», «100 تعليق». The rules are
//! those of CLDR 48 for `ar`, for whole numbers.

/// The plural category of a number in Arabic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Plural {
    /// 0
    Zero,
    /// 1
    One,
    /// 2
    Two,
    /// 3–10, and any number that ends in 03–10
    Few,
    /// 11–99, and any number that ends in 11–99
    Many,
    /// The rest: 100, 101, 102, 200, …
    Other,
}

/// The plural category of `n`.
pub const fn plural(n: u64) -> Plural {
    match (n, n % 100) {
        (0, _) => Plural::Zero,
        (1, _) => Plural::One,
        (2, _) => Plural::Two,
        (_, 3..=10) => Plural::Few,
        (_, 11..=99) => Plural::Many,
        _ => Plural::Other,
    }
}

/// A noun in its six forms. `{n}` in a form stands for the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms<'t> {
    /// «لا تعليقات»
    pub zero: &'t str,
    /// «تعليق واحد»
    pub one: &'t str,
    /// «تعليقان»
    pub two: &'t str,
    /// «{n} تعليقات»
    pub few: &'t str,
    /// «{n} تعليقًا»
    pub many: &'t str,
    /// «{n} تعليق»
    pub other: &'t str,
}

impl<'t> Forms<'t> {
    /// The form for a category.
    pub const fn form(&self, plural: Plural) -> &'t str {
        match plural {
            Plural::Zero => self.zero,
            Plural::One => self.one,
            Plural::Two => self.two,
            Plural::Few => self.few,
            Plural::Many => self.many,
            Plural::Other => self.other,
        }
    }
}

/// The noun counted `n` times, the number in the digits 0–9. [`Digits::write`](crate::digits::Digits::write) changes
/// them.
pub fn counted(n: u64, forms: &Forms<'_>) -> String {
    forms.form(plural(n)).replace("{n}", &n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMENTS: Forms<'_> = Forms {
        zero: "لا تعليقات",
        one: "تعليق واحد",
        two: "تعليقان",
        few: "{n} تعليقات",
        many: "{n} تعليقًا",
        other: "{n} تعليق",
    };

    fn check_count(n: u64, expected: &str) {
        assert_eq!(counted(n, &COMMENTS), expected);
    }

    #[test]
    fn comments_are_counted() {
        check_count(0, "لا تعليقات");
        check_count(1, "تعليق واحد");
        check_count(2, "تعليقان");
        check_count(3, "3 تعليقات");
        check_count(10, "10 تعليقات");
        check_count(11, "11 تعليقًا");
        check_count(99, "99 تعليقًا");
        check_count(100, "100 تعليق");
        check_count(102, "102 تعليق");
        check_count(103, "103 تعليقات");
        check_count(111, "111 تعليقًا");
        check_count(1000, "1000 تعليق");
        check_count(1003, "1003 تعليقات");
    }
}

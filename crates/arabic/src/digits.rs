//! How is this number written?

use std::borrow::Cow;

/// The digits that a publication writes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Digits {
    /// 0123456789, the habit of the Maghreb and of most news sites (`latn`).
    #[default]
    Latn,
    /// ٠١٢٣٤٥٦٧٨٩, the habit of the Mashriq (`arab`).
    Arab,
    /// ۰۱۲۳۴۵۶۷۸۹, for Persian and Urdu (`arabext`).
    ArabExt,
}

impl Digits {
    /// The name of the numbering system in CLDR.
    pub const fn as_str(self) -> &'static str {
        match self {
            Digits::Latn => "latn",
            Digits::Arab => "arab",
            Digits::ArabExt => "arabext",
        }
    }

    /// The digits of that CLDR name.
    pub fn parse(name: &str) -> Option<Digits> {
        [Digits::Latn, Digits::Arab, Digits::ArabExt].into_iter().find(|digits| digits.as_str() == name)
    }

    /// `text` with the digits of all three scripts written in these. Nothing else changes.
    pub fn write(self, text: &str) -> Cow<'_, str> {
        if text.chars().all(|c| value(c).is_none_or(|value| self.digit(value) == c)) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(|c| value(c).map_or(c, |value| self.digit(value))).collect())
    }

    /// Writes a number, ungrouped, at the end of `out`.
    pub(crate) fn push(self, out: &mut String, number: i32) {
        if number < 0 {
            out.push('-');
        }
        let number = number.unsigned_abs();
        let mut place = 1;
        while number / place >= 10 {
            place *= 10;
        }
        while place > 0 {
            out.push(self.digit(number / place % 10));
            place /= 10;
        }
    }

    fn digit(self, value: u32) -> char {
        char::from_u32(self.zero() + value).unwrap_or('0')
    }

    const fn zero(self) -> u32 {
        match self {
            Digits::Latn => '0' as u32,
            Digits::Arab => '٠' as u32,
            Digits::ArabExt => '۰' as u32,
        }
    }

    const fn group_separator(self) -> char {
        match self {
            Digits::Latn => ',',
            Digits::Arab | Digits::ArabExt => '٬',
        }
    }
}

/// `text` with its digits as ٠–٩.
pub fn to_arab(text: &str) -> Cow<'_, str> {
    Digits::Arab.write(text)
}

/// `text` with its digits as 0–9.
pub fn to_latn(text: &str) -> Cow<'_, str> {
    Digits::Latn.write(text)
}

/// `number` in `digits`; with `grouping`, in groups of three: 1,234,567 or ١٬٢٣٤٬٥٦٧.
pub fn write_number(number: u64, digits: Digits, grouping: bool) -> String {
    let plain = number.to_string();
    let mut out = String::with_capacity(plain.len() * 3);
    for (at, c) in plain.chars().enumerate() {
        if grouping && at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push(digits.group_separator());
        }
        out.push(value(c).map_or(c, |value| digits.digit(value)));
    }
    out
}

fn value(c: char) -> Option<u32> {
    [Digits::Latn, Digits::Arab, Digits::ArabExt]
        .into_iter()
        .find_map(|digits| u32::from(c).checked_sub(digits.zero()).filter(|&value| value < 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_digits(text: &str, arab: &str, latn: &str) {
        assert_eq!(to_arab(text), arab);
        assert_eq!(to_latn(text), latn);
    }

    #[test]
    fn digits_change_and_nothing_else() {
        check_digits("2020", "٢٠٢٠", "2020");
        check_digits("۲۲ أكتوبر ٢٠٢٠", "٢٢ أكتوبر ٢٠٢٠", "22 أكتوبر 2020");
        check_digits("3.5%", "٣.٥%", "3.5%");
        check_digits("لا رقم", "لا رقم", "لا رقم");
        assert_eq!(Digits::ArabExt.write("1442"), "۱۴۴۲");
        assert!(matches!(to_latn("2020"), Cow::Borrowed(_)));
    }

    fn check_number(number: u64, digits: Digits, grouping: bool, expected: &str) {
        assert_eq!(write_number(number, digits, grouping), expected);
    }

    #[test]
    fn numbers_are_grouped() {
        check_number(0, Digits::Arab, true, "٠");
        check_number(999, Digits::Latn, true, "999");
        check_number(1000, Digits::Latn, true, "1,000");
        check_number(1_234_567, Digits::Arab, true, "١٬٢٣٤٬٥٦٧");
        check_number(1_234_567, Digits::Latn, false, "1234567");
        check_number(u64::MAX, Digits::Latn, true, "18,446,744,073,709,551,615");
    }

    #[test]
    fn names_are_those_of_cldr() {
        assert_eq!(Digits::parse("arab"), Some(Digits::Arab));
        assert_eq!(Digits::parse("arabext"), Some(Digits::ArabExt));
        assert_eq!(Digits::parse("roman"), None);
    }
}

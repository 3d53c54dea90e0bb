//! How is a number kept without losing any of it?

use std::fmt;

/// An exact fraction in lowest terms, the denominator above nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// `numerator / denominator`; `None` when the denominator is nought or the result does not fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        if denominator == 1 {
            return Some(Ratio { numerator, denominator });
        }
        let divisor = gcd(numerator.abs(), denominator.abs()) * denominator.signum();
        Some(Ratio { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// The part above the line, which carries the sign.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The part below the line, one or more.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The whole number that this is, if it is one.
    pub const fn to_integer(self) -> Option<i128> {
        if self.denominator == 1 { Some(self.numerator) } else { None }
    }

    /// The sum, if it fits.
    pub fn checked_add(self, other: Ratio) -> Option<Ratio> {
        if self.denominator == 1 && other.denominator == 1 {
            return Ratio::new(self.numerator.checked_add(other.numerator)?, 1);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Ratio::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The product, if it fits.
    pub fn checked_mul(self, other: Ratio) -> Option<Ratio> {
        let numerator = self.numerator.checked_mul(other.numerator)?;
        Ratio::new(numerator, self.denominator.checked_mul(other.denominator)?)
    }

    /// The quotient, if there is one and it fits.
    pub fn checked_div(self, other: Ratio) -> Option<Ratio> {
        self.checked_mul(Ratio::new(other.denominator, other.numerator)?)
    }
}

impl From<i64> for Ratio {
    fn from(number: i64) -> Ratio {
        Ratio { numerator: number.into(), denominator: 1 }
    }
}

/// A whole number as such, a decimal fraction with a point (12.5), any other with a line (1/3).
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == 1 {
            return write!(f, "{}", self.numerator);
        }
        let decimal = (1..=18).find_map(|places| {
            let scale = 10i128.pow(places);
            let shifted =
                (scale % self.denominator == 0).then(|| self.numerator.checked_mul(scale / self.denominator))?;
            Some((shifted?, places as usize, scale))
        });
        match decimal {
            Some((shifted, places, scale)) => {
                let sign = if shifted < 0 { "-" } else { "" };
                write!(f, "{sign}{}.{:0places$}", shifted.abs() / scale, shifted.abs() % scale)
            }
            None => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_ratio(numerator: i128, denominator: i128, expected: &str) {
        let shown = Ratio::new(numerator, denominator).map(|ratio| ratio.to_string());
        assert_eq!(shown.as_deref().unwrap_or("none"), expected);
    }

    #[test]
    fn ratios_are_shown_as_people_write_them() {
        check_ratio(6, 2, "3");
        check_ratio(25, 2, "12.5");
        check_ratio(-1, 20, "-0.05");
        check_ratio(1, -20, "-0.05");
        check_ratio(2, 6, "1/3");
        check_ratio(0, 7, "0");
        check_ratio(1, 0, "none");
        check_ratio(i128::MAX, 1, "170141183460469231731687303715884105727");
        check_ratio(i128::MIN, 1, "none");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let most = Ratio::new(i128::MAX, 1);
        assert_eq!(most.and_then(|most| most.checked_add(Ratio::from(1))), None);
        assert_eq!(most.and_then(|most| most.checked_mul(Ratio::from(2))), None);
        assert_eq!(Ratio::from(1).checked_div(Ratio::from(0)), None);
    }
}

//! Which colour does the publication have, and can everybody read what is written in it?
//!
//! An editor chooses one colour. What is shown is the nearest one to it in which text can be read on the paper, by day
//! and by night: a contrast of at least 4.5 to 1 (WCAG 2.2, success criterion 1.4.3).

use std::fmt;

use serde::{Deserialize, Serialize};

/// What text on paper has to have.
const READABLE: f64 = 4.5;

/// A colour of sRGB. Written `#a3271d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

/// A sheet of paper and the ink that text on it is blended with until it can be read.
struct Paper {
    /// The ground of a page.
    ground: Colour,
    /// The ground of boxes on it.
    sheet: Colour,
    /// As far as a colour can go.
    ink: Colour,
    /// How much of a colour is in the ground of what is marked with it.
    soft: f64,
}

/// The grounds of the reading site, as its stylesheet has them.
const DAY: Paper =
    Paper { ground: Colour([0xfd, 0xfc, 0xf9]), sheet: Colour([0xf5, 0xf2, 0xea]), ink: Colour([0; 3]), soft: 0.11 };
const NIGHT: Paper =
    Paper { ground: Colour([0x16, 0x17, 0x1a]), sheet: Colour([0x1e, 0x20, 0x24]), ink: Colour([0xff; 3]), soft: 0.16 };

impl Colour {
    /// Understand `#a3271d` or `a3271d`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        let is_colour = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(text, 16).ok().filter(|_| is_colour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Contrast of two colours, from 1 to 21 (WCAG 2.2).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Relative luminance (WCAG 2.2), from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// With so much of another in it, from 0 to 1.
    fn with(self, other: Self, share: f64) -> Self {
        let part = |one: u8, two: u8| {
            let blended = f64::from(one) * (1.0 - share) + f64::from(two) * share;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
            {
                blended.round() as u8
            }
        };
        let ([a, b, c], [x, y, z]) = (self.0, other.0);
        Self([part(a, x), part(b, y), part(c, z)])
    }

    /// The nearest colour in which text can be read on this paper, and the ground of what is marked with it.
    fn on(self, paper: &Paper) -> (Self, Self) {
        let blended = (0..=25_u8).map(|step| self.with(paper.ink, f64::from(step) / 25.0));
        let mut with_soft = blended.map(|colour| (colour, paper.ground.with(colour, paper.soft)));
        let fits = |(colour, soft): &(Self, Self)| {
            [paper.ground, paper.sheet, *soft].iter().all(|ground| colour.contrast(*ground) >= READABLE)
        };
        with_soft.find(fits).unwrap_or((paper.ink, paper.sheet))
    }

    /// The stylesheet that gives the reading site this colour.
    #[must_use]
    pub fn stylesheet(self) -> String {
        let rule = |(accent, soft): (Self, Self)| format!(":root {{ --accent: {accent}; --accent-soft: {soft}; }}");
        format!("{}\n@media (prefers-color-scheme: dark) {{ {} }}\n", rule(self.on(&DAY)), rule(self.on(&NIGHT)))
    }

    /// Where that stylesheet is: another colour has another address.
    #[must_use]
    pub fn href(self) -> String {
        format!("/colours/{}.css", &self.to_string()[1..])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
            .ok_or_else(|| format!("«{text}» is no colour; write six hexadecimal digits, such as #a3271d"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_colours() {
        let check = |text: &str, colour: Option<[u8; 3]>| assert_eq!(Colour::parse(text), colour.map(Colour), "{text}");
        check("#a3271d", Some([0xa3, 0x27, 0x1d]));
        check("A3271D", Some([0xa3, 0x27, 0x1d]));
        for odd in ["", "#", "#fff", "red", "#a3271d0", "+a3271", "#a3271g", "#١٢٣٤٥٦"] {
            check(odd, None);
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let contrast = |one: &str, two: &str| {
            let [one, two] = [one, two].map(|text| Colour::parse(text).expect("a colour"));
            (one.contrast(two) * 100.0).round() / 100.0
        };
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
        assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
        assert!((contrast("#ffffff", "#ffffff") - 1.0).abs() < 0.01);
    }

    #[test]
    fn the_papers_are_those_of_the_stylesheet() {
        let css = include_str!("../../../../frontend/styles/10-base.css");
        for (name, colour) in
            [("paper", DAY.ground), ("sheet", DAY.sheet), ("paper", NIGHT.ground), ("sheet", NIGHT.sheet)]
        {
            assert!(css.contains(&format!("--{name}: {colour};")), "{name} {colour}");
        }
    }

    #[test]
    fn what_can_be_read_stays_as_it_was_chosen() {
        let chosen = Colour::parse("#a3271d").expect("a colour");
        assert_eq!(chosen.on(&DAY).0, chosen);
        assert_ne!(chosen.on(&NIGHT).0, chosen);
        assert_eq!(chosen.href(), "/colours/a3271d.css");
    }

    proptest! {
        #[test]
        fn whatever_is_chosen_can_be_read(parts in any::<[u8; 3]>()) {
            for paper in [&DAY, &NIGHT] {
                let (accent, soft) = Colour(parts).on(paper);
                for ground in [paper.ground, paper.sheet, soft] {
                    prop_assert!(accent.contrast(ground) >= READABLE, "{accent} on {ground}");
                }
            }
        }
    }
}

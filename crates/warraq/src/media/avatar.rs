//! What stands beside a commenter's name?
//!
//! A small star of the kind that tilers drew, from a number that was drawn by lot when the comment was written. It
//! says nothing about the person: no address goes in, so none can come out.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// How many colours the style sheet has: `avatar-0` to `avatar-11`.
const COLOURS: u64 = 12;

/// An inline SVG of at most 400 bytes, coloured by the classes `avatar avatar-N` so that no style attribute is needed:
/// the ground has the class `g`, the letter the class `l`, the pattern is stroked in the current colour. Without any
/// style sheet there is no ground, and the letter has the current colour too.
///
/// `initial` is the first letter of the name the reader chose to show; without one, or if it is no letter or digit,
/// the star stands alone.
#[must_use]
pub fn avatar_svg(seed: u64, initial: Option<char>) -> String {
    let mut svg = String::with_capacity(400);
    let colour = seed % COLOURS;
    // Writing into a String cannot fail.
    let _ = write!(
        svg,
        "<svg class=\"avatar avatar-{colour}\" viewBox=\"0 0 40 40\" aria-hidden=\"true\" focusable=\"false\">\
         <rect class=\"g\" fill=\"none\" width=\"40\" height=\"40\" rx=\"20\"/>\
         <path fill=\"none\" stroke=\"currentColor\" d=\""
    );
    svg.push_str(&STARS[(seed / COLOURS % STARS.len() as u64) as usize]);
    svg.push_str("\"/>");
    if let Some(initial) = initial.filter(|c| c.is_alphanumeric()) {
        let _ = write!(
            svg,
            "<text class=\"l\" fill=\"currentColor\" x=\"20\" y=\"26\" \
             text-anchor=\"middle\">{initial}</text>"
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Every star there is, as the path of its outline. A page may show hundreds, and a star takes longer to draw than to
/// copy.
static STARS: LazyLock<Vec<String>> = LazyLock::new(|| {
    // Those stars of girih that still show at forty pixels and close in one line.
    const FORMS: [(u8, u8); 6] = [(5, 2), (7, 2), (7, 3), (8, 3), (9, 4), (10, 3)];
    const RADII: [f64; 3] = [13.0, 15.0, 17.0];
    let turned = |radius| (0..24).flat_map(move |turn| FORMS.map(|(points, step)| Star { points, step, turn, radius }));
    RADII.into_iter().flat_map(turned).map(outline).collect()
});

/// A regular star polygon {points/step}.
#[derive(Clone, Copy)]
struct Star {
    points: u8,
    step: u8,
    /// In steps of a twenty-fourth of the angle between two points.
    turn: u8,
    radius: f64,
}

/// Corner by corner, in whole numbers: a tenth of a pixel could not be seen.
fn outline(star: Star) -> String {
    let Star { points, step, turn, radius } = star;
    let mut path = String::new();
    for corner in 0..points {
        let place = f64::from(u32::from(corner) * u32::from(step)) + f64::from(turn) / 24.0;
        let angle = std::f64::consts::TAU * place / f64::from(points);
        let (x, y) = (20.0 + radius * angle.cos(), 20.0 + radius * angle.sin());
        let _ = write!(path, "{}{x:.0} {y:.0}", if corner == 0 { 'M' } else { 'L' });
    }
    path.push('Z');
    path
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_lot_gives_the_same_picture() {
        assert_eq!(avatar_svg(7, Some('ل')), avatar_svg(7, Some('ل')));
        assert!(
            avatar_svg(25, None)
                .starts_with("<svg class=\"avatar avatar-1\" viewBox=\"0 0 40 40\" aria-hidden=\"true\"")
        );
    }

    #[test]
    fn there_are_thousands_of_pictures() {
        let pictures: HashSet<_> = (0..12 * 6 * 24 * 3).map(|seed| avatar_svg(seed, None)).collect();
        assert!(pictures.len() > 2_000, "{}", pictures.len());
    }

    #[test]
    fn what_is_no_letter_is_left_out() {
        assert!(avatar_svg(1, Some('ل')).contains(">ل</text>"));
        for c in ['<', '&', '"', ' ', '\u{202E}', '\u{200B}', '\0'] {
            assert_eq!(avatar_svg(1, Some(c)), avatar_svg(1, None), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn it_is_small_and_harmless(seed in any::<u64>(), initial in any::<Option<char>>()) {
            let svg = avatar_svg(seed, initial);
            prop_assert!(svg.len() <= 400, "{} bytes: {svg}", svg.len());
            for forbidden in ["style=", "href", "script", " on", "id="] {
                prop_assert!(!svg.contains(forbidden), "{svg}");
            }
            prop_assert_eq!(svg.matches('<').count(), svg.matches('>').count());
        }
    }
}

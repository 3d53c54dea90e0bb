//! Do two texts tell the same story?
//!
//! An agency's story comes from several sources, each with another headline, a sentence more or less, another spelling.
//! A text is taken apart into *shingles*: every run of three words, folded. How many shingles two texts share of all that
//! they have says how much they are the same text. A [`Likeness`] keeps the smallest hash of all shingles under each of
//! 63 orders: the share of equal places between two of them is about the share of common shingles (Broder 1997).
//!
//! Three places together are a *band*. Texts that share half of their shingles have a whole band in common with a
//! probability of 94 %, those that share a tenth with one of 2 %: so the texts that are alike are found by looking up 21
//! numbers, however many texts there are.

use arabic::fold::{Fold, fold};
use arabic::words::tokens;

/// Words of a shingle.
const WORDS: usize = 3;
/// Orders in which the smallest shingle is looked for.
const PLACES: usize = 63;
/// Places of a band.
const BAND: usize = 3;
/// A text with fewer shingles says too little to be compared.
const FEWEST: usize = 20;
/// From here on two texts tell the same story.
pub const SAME: f64 = 0.5;

/// What a text is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness([u32; PLACES]);

impl Likeness {
    /// Of a text without markup; `None` when it is too short to be compared.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let folded = fold(text, Fold::KEY);
        let words: Vec<&str> = tokens(&folded).map(|token| token.text).collect();
        if words.len() < FEWEST + WORDS - 1 {
            return None;
        }
        let mut smallest = [u32::MAX; PLACES];
        for shingle in words.windows(WORDS) {
            let mut hasher = blake3::Hasher::new();
            for word in shingle {
                hasher.update(word.as_bytes()).update(b" ");
            }
            // One reader gives as many independent numbers as are wanted.
            let mut numbers = [0; PLACES * 4];
            hasher.finalize_xof().fill(&mut numbers);
            for (smallest, number) in smallest.iter_mut().zip(numbers.as_chunks::<4>().0) {
                *smallest = (*smallest).min(u32::from_le_bytes(*number));
            }
        }
        Some(Self(smallest))
    }

    /// How much of two texts is the same, about, from 0 to 1.
    #[must_use]
    pub fn share(&self, other: &Self) -> f64 {
        let equal = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        equal as f64 / PLACES as f64
    }

    /// The numbers by which like texts are found: those of two texts that are alike have one in common.
    #[must_use]
    pub fn bands(&self) -> Vec<i64> {
        self.0.chunks(BAND).zip(0_u32..).map(|(places, number)| band(number, places)).collect()
    }

    /// For the store.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// From the store; `None` for what is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let numbers: Vec<u32> = numbers.iter().map(|number| u32::from_le_bytes(*number)).collect();
        if rest.is_empty() { numbers.try_into().ok().map(Self) } else { None }
    }
}

fn band(number: u32, places: &[u32]) -> i64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&number.to_le_bytes());
    for place in places {
        hasher.update(&place.to_le_bytes());
    }
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    i64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "وصل وزير الخارجية الصيني إلى القاهرة يوم الخميس في زيارة رسمية تستغرق يومين، يلتقي خلالها نظيره \
                         المصري لبحث التعاون في مجالات الطاقة والتجارة وتطوير المنطقة الاقتصادية لقناة السويس، بحسب ما ذكرت \
                         وكالة الأنباء الرسمية التي أشارت إلى أن حجم التبادل التجاري بين البلدين بلغ خمسة عشر مليار دولار";

    #[track_caller]
    fn check(one: &str, other: &str, same: bool) {
        let (one, other) = (Likeness::of(one).expect("long enough"), Likeness::of(other).expect("long enough"));
        let shared = one.bands().iter().filter(|band| other.bands().contains(band)).count();
        assert_eq!(one.share(&other) >= SAME && shared > 0, same, "{} and {shared} bands", one.share(&other));
    }

    #[test]
    fn the_same_story_is_known_again() {
        check(STORY, STORY, true);
        check(STORY, &format!("القاهرة (وكالات): {STORY}"), true);
        check(STORY, &format!("{STORY} وأضافت الوكالة أن الوزير سيتوجه بعد ذلك إلى الجزائر."), true);
        check(STORY, &STORY.replace("الخميس", "الخَمِيس").replace('أ', "ا"), true);
        check(STORY, &STORY.replace("، ", " – "), true);
        check(STORY, &STORY.replace("يوم الخميس", "أمس"), true);
    }

    #[test]
    fn another_story_is_another() {
        let other = "افتتح رئيس الوزراء صباح اليوم معرض الكتاب الدولي بمشاركة مئات الناشرين من أنحاء العالم، وقال في كلمته إن \
                     القراءة طريق الشعوب إلى المعرفة وإن الدولة ستدعم المكتبات العامة في القرى والمدن خلال السنوات المقبلة";
        check(STORY, other, false);
        let words: Vec<&str> = STORY.split(' ').collect();
        let backwards: Vec<&str> = words.iter().rev().copied().collect();
        check(STORY, &backwards.join(" "), false);
    }

    #[test]
    fn what_is_short_says_nothing() {
        assert_eq!(Likeness::of(""), None);
        assert_eq!(Likeness::of("عاجل: وصل الوزير إلى القاهرة"), None);
    }

    #[test]
    fn it_comes_back_from_the_store() {
        let likeness = Likeness::of(STORY).expect("long enough");
        assert_eq!(likeness.bands().len(), 21);
        assert_eq!(Likeness::from_bytes(&likeness.to_bytes()), Some(likeness.clone()));
        assert_eq!(Likeness::from_bytes(&likeness.to_bytes()[1..]), None);
        assert_eq!(Likeness::from_bytes(&[]), None);
    }
}

// Which letters come from which font file.
//
// Text is Noto Naskh Arabic, headlines are Markazi Text, everything Latin is Source Serif 4 (all OFL). A browser loads
// a file only when a letter of its range stands on the page, so the ranges decide what a page weighs: an Arabic page
// takes `text` and `head`, and nothing Latin, because digits, spaces and punctuation are in the Arabic files. Bold words
// in a paragraph are set in the letters of the headlines, enlarged to the height of the text: no further file.

/** The alphabet with harakat, letters that names borrow (پ چ ژ ڤ گ), both sets of digits, punctuation, isolates. */
const ARABIC = [
  "U+20-22", "U+25-3B", "U+3D", "U+3F", "U+5B", "U+5D", "U+A0", "U+A9", "U+AB", "U+B7", "U+BB", "U+D7",
  "U+60C", "U+61B", "U+61F", "U+621-63A", "U+640-652", "U+660-66C", "U+670", "U+671",
  "U+67E", "U+686", "U+698", "U+6A4", "U+6AF",
  "U+200C-200F", "U+2013-2014", "U+2018-2019", "U+201C-201D", "U+2022", "U+2026", "U+2066-2069",
];

/** The rest of Arabic script: Persian, Urdu and other letters, Quranic marks, ﷺ and ﷲ. */
const ARABIC_REST = [
  "U+600-60B", "U+60D-61A", "U+61C-61E", "U+620", "U+63B-63F", "U+653-65F", "U+66D-66F", "U+672-67D", "U+67F-685",
  "U+687-697", "U+699-6A3", "U+6A5-6AE", "U+6B0-6FF", "U+750-77F", "U+8A0-8FF", "U+FD3E-FD3F", "U+FDF2", "U+FDFA-FDFD",
];

/** Pinyin with its tones, Turkish, Polish, Vietnamese… */
const LATIN_REST = ["U+100-130", "U+132-151", "U+154-24F", "U+1E00-1EFF"];

/** English and the languages of Western Europe, with their own digits and punctuation. */
const LATIN = ["U+20-7E", "U+A0-FF", "U+131", "U+152-153", "U+2013-2014", "U+2018-201E", "U+2020-2022", "U+2026",
  "U+2039-203A", "U+20AC", "U+2122", "U+2212"];

/** What joins, marks and shapes letters; ornaments, stylistic sets and fractions stay out. */
const SHAPING = ["init", "medi", "fina", "isol", "rlig", "liga", "calt", "ccmp", "locl", "curs", "mark", "mkmk",
  "kern"];

const NASKH = "@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf";
const MARKAZI_BOLD = "@expo-google-fonts/markazi-text/700Bold/MarkaziText_700Bold.ttf";
const SERIF = "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2";
const SERIF_REST = "@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2";
const SERIF_ITALIC = "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2";

/** Letters of the headlines beside those of the text have the same height at this size, in percent. */
const BOLD_IN_TEXT = 122;

const face = (name, families, weight, file, range, more = {}) => {
  return { name, families, weight, file, range, features: SHAPING, ...more };
};
const arabic = (name, family, weight, file, more) => face(name, { [family]: 100 }, weight, file, ARABIC, more);
const rest = (name, family, weight, file) => face(name, { [family]: 100 }, weight, file, ARABIC_REST);

/** For pages in a Latin script. Among Arabic letters the reader's own fonts stand in: a name is not worth a download. */
const LATIN_FAMILIES = { "Warraq Latin": 100 };
const latin = (name, weight, file, range) =>
  face(name, LATIN_FAMILIES, weight, file, range, { axes: { wght: weight } });

export const FACES = [
  arabic("text", "Warraq Text", 400, NASKH, { first: true }),
  face("head", { "Warraq Head": 100, "Warraq Text": BOLD_IN_TEXT }, 700, MARKAZI_BOLD, ARABIC, { first: true }),
  rest("text-rest", "Warraq Text", 400, NASKH),
  face("head-rest", { "Warraq Head": 100, "Warraq Text": BOLD_IN_TEXT }, 700, MARKAZI_BOLD, ARABIC_REST),
  latin("latin", 400, SERIF, LATIN),
  latin("latin-bold", 700, SERIF, LATIN),
  latin("latin-rest", 400, SERIF_REST, LATIN_REST),
  latin("latin-bold-rest", 700, SERIF_REST, LATIN_REST),
  face("latin-italic", { "Warraq Latin": 100 }, 400, SERIF_ITALIC, LATIN, { style: "italic", axes: { wght: 400 } }),
];

// Which letters of a pasted text are not what they should be?
//
// Shapes instead of letters (from old PDF files and designers' programs), marks that nobody sees, lines drawn with
// tatweel. The joiners stay where spelling needs them, as in crates/arabic/src/invisible.rs.

/** Presentation forms. ﷰ to ﷿ are words and signs of their own, ﴾ and ﴿ are brackets. */
const SHAPES = /[\ufb50-\ufbff\ufc00-\ufd3d\ufd50-\ufdcf\ufe70-\ufefc]+/g;
const ARABIC = "\\p{sc=Arabic}";
const MARKS = "[\\u064b-\\u065f\\u0670]";
/** Controls of direction, zero-width space, word joiner, byte order mark, soft hyphen, tags, fillers. */
const UNSEEN = /[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;
const STRAY_JOINER = new RegExp(
  `(?<!\\p{L}${MARKS}*|[\\u094d\\u09cd\\u0a4d\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d])\\u200c+|\\u200c+(?!\\p{L})` +
    `|(?<![\\p{sc=Arabic}\\p{Extended_Pictographic}\\u{1f3fb}-\\u{1f3ff}\\ufe0f\\u094d\\u09cd\\u0d4d])\\u200d+|\\u200d+(?![\\p{L}\\p{Extended_Pictographic}\\u2640\\u2642])`,
  "gu",
);
const LATIN_JOINER = /(?<=[\p{sc=Latin}\p{N}])[\u200c\u200d]+|[\u200c\u200d]+(?=[\p{sc=Latin}\p{N}])/gu;
/** Within a word tatweel only draws it out; «هـ» for the Hijri year keeps its one. */
const DRAWN_OUT = new RegExp(`(?<=${ARABIC}${MARKS}*)\\u0640+(${MARKS}*)(?=[\\u0621-\\u063a\\u0641-\\u064a\\u066e-\\u06d3])`, "gu");
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

export function repair(text) {
  return text
    .replace(SHAPES, (shapes) => [...shapes].map((shape) => {
      const letters = shape.normalize("NFKC");
      // A mark that stands alone is written over a space or a tatweel.
      return /^[ \u0640][\u064b-\u0652\u0670]+$/.test(letters) ? letters.slice(1) : letters;
    }).join(""))
    .replace(CONTROL, "")
    .replace(UNSEEN, "")
    .replace(/(\u200c)\u200c+/g, "$1")
    .replace(LATIN_JOINER, "")
    .replace(STRAY_JOINER, "")
    .replace(/\u0640{3,}(?![\u0621-\u06d3])/g, "")
    .replace(DRAWN_OUT, "$1")
    .replace(/\u0640{2,}/g, "\u0640")
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f]/g, " ")
    .normalize("NFC");
}

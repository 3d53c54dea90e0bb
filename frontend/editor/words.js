// How many words are there, and how long does it take to read them?
//
// As crates/arabic/src/words.rs counts: marks, tatweel and the zero-width non-joiner part no word, punctuation of either
// script does, «3.5» is one word, each Chinese character is one.

/** Words of Arabic in a minute of silent reading. */
const WORDS_PER_MINUTE = 180;
const LETTER = "[\\p{L}\\p{M}\\p{N}\\p{Pc}\\u0640\\u200c\\u200d]";
const WORD = new RegExp(
  `[\\p{sc=Han}\\p{sc=Hiragana}]|(?:(?![\\p{sc=Han}\\p{sc=Hiragana}])${LETTER})+(?:['’.:·,٫٬](?=${LETTER})(?:(?![\\p{sc=Han}\\p{sc=Hiragana}])${LETTER})+)*`,
  "gu",
);
const counted = new WeakMap();

export function countWords(text) {
  let words = 0;
  for (const [word] of text.matchAll(WORD)) if (/[\p{L}\p{N}]/u.test(word)) words += 1;
  return words;
}

/** Words of a document; what was counted for a block is remembered. */
export function countDocument(doc) {
  let words = 0;
  doc.forEach((node) => {
    if (!counted.has(node)) {
      const text = node.type.name === "kept" ? node.attrs.html.replace(/<[^>]*>/g, " ") : wordsOf(node);
      counted.set(node, countWords(text));
    }
    words += counted.get(node);
  });
  return words;
}

/** The text of a block, its notes behind it: as the server reads it. */
function wordsOf(block) {
  let [text, notes] = ["", ""];
  block.descendants((node) => {
    if (node.isText) text += node.text;
    else if (node.type.name === "footnote") notes += ` ${node.textBetween(0, node.content.size, " ", " ")}`;
    else text += " ";
    return node.type.name !== "footnote";
  });
  return text + notes;
}

export function readingMinutes(words) {
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}

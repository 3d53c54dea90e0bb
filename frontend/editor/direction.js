// Which way does this block run?
//
// As crates/arabic/src/direction.rs: the first strong letter decides, letters inside isolates do not count.

const STRONG = /[\u2066-\u2069]|[\u200e\u200f\u061c]|[\u061b-\u061f\u06d4\ufdfc]|\p{L}/gu;
const RTL = /[\u200f\u061c\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const RTL_LANGUAGES = new Set(
  "ar arc arz ary arq apc ars acm aeb apd ajp afb azb bal ckb dv fa glk he iw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi".split(" "),
);
const RTL_SCRIPT = /[-_](arab|aran|hebr|nkoo|rohg|syrc|thaa|adlm)\b/i;

/** `"rtl"`, `"ltr"`, or null where no letter decides. */
export function base(text) {
  let depth = 0;
  for (const [letter] of text.matchAll(STRONG)) {
    if (letter >= "\u2066" && letter <= "\u2068") depth += 1;
    else if (letter === "\u2069") depth = Math.max(0, depth - 1);
    else if (depth === 0) return RTL.test(letter) ? "rtl" : "ltr";
  }
  return null;
}

export function ofLanguage(language) {
  if (/[-_][a-z]{4}\b/i.test(language)) return RTL_SCRIPT.test(language) ? "rtl" : "ltr";
  return RTL_LANGUAGES.has(language.toLowerCase().split(/[-_]/)[0]) ? "rtl" : "ltr";
}

/** Nodes never change, so what was found for one stays true. */
const found = new WeakMap();

/** The direction that the words of a leaf block have by themselves. */
export function own(node) {
  if (!found.has(node)) found.set(node, base(words(node)));
  return found.get(node);
}

/** The words of a block without its notes. */
function words(node) {
  if (!node.isTextblock) return node.textContent;
  let text = "";
  node.forEach((child) => { if (child.type.name !== "footnote") text += child.textContent; });
  return text;
}

/** The direction that a leaf block is shown in: chosen, else found, else that of what is around it. */
export function effective(node, around) {
  return node.attrs.dir ?? own(node) ?? around;
}

// Where do notes stand while a text is edited, and where when it is kept?
//
// While it is edited, where they belong: `<foot-note>…</foot-note>` in the middle of the line, so that a block that is
// moved, copied or kept takes its notes along. When it is kept, as crates/warraq/src/news/footnotes.rs writes it: numbers
// in the text, and one list at the end.

const REFERENCE = /<sup class="fn"><a href="#fn-(\d+)" id="fnref-\1" rel="noopener">\1<\/a><\/sup>/g;
const LIST = /\n?<ol class="footnotes">((?:<li id="fn-\d+">[\s\S]*?<\/li>)+)<\/ol>\s*$/;
const NOTE = /<foot-note>([\s\S]*?)<\/foot-note>/g;

/** Markup with its notes where they belong; as it is when they are not in order. */
export function unfold(markup) {
  const list = LIST.exec(markup);
  if (!list) return markup;
  const notes = [...list[1].matchAll(/<li id="fn-\d+">([\s\S]*?)<\/li>/g)].map(([, words]) => words);
  const text = markup.slice(0, list.index).replace(REFERENCE, (_, number) => `<foot-note>${notes[number - 1] ?? ""}</foot-note>`);
  return fold(text) === markup.trimEnd() ? text : markup;
}

/** Markup with numbers in the text and the notes at its end. */
export function fold(markup) {
  const notes = [];
  const text = markup.replace(NOTE, (_, words) => {
    const number = notes.push(words.trim());
    return `<sup class="fn"><a href="#fn-${number}" id="fnref-${number}" rel="noopener">${number}</a></sup>`;
  });
  if (!notes.length) return markup;
  return `${text}\n<ol class="footnotes">${notes.map((words, place) => `<li id="fn-${place + 1}">${words}</li>`).join("")}</ol>`;
}

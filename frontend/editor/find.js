// Where in the story is this, and what should stand there instead?
//
// Found as a reader would find it: harakat and tatweel, forms of alef, ya and ta marbuta do not matter.

import { NodeSelection, Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { h, icon } from "./dom.js";

const key = new PluginKey("find");

export const finder = new Plugin({
  key,
  state: {
    init: () => ({ needle: "", at: 0, found: [] }),
    apply(tr, state) {
      const asked = tr.getMeta(key);
      if (!asked && !(tr.docChanged && state.needle)) return state;
      const next = { ...state, ...asked };
      next.found = next.needle ? all(tr.doc, next.needle) : [];
      next.at = next.found.length ? (next.at + next.found.length) % next.found.length : 0;
      return next;
    },
  },
  props: {
    decorations(state) {
      const { found, at } = key.getState(state);
      if (!found.length) return null;
      return DecorationSet.create(state.doc, found.map(({ from, to }, place) => {
        const look = { class: place === at ? "found found--at" : "found" };
        const $from = state.doc.resolve(from);
        return isInNote($from) ? Decoration.node($from.before(), $from.after(), look) : Decoration.inline(from, to, look);
      }));
    },
  },
});

const isInNote = ($at) => $at.parent.type.name === "footnote";

const FOLDS = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه" };

/** `text` folded, and for each letter of it where it stood. */
function fold(text) {
  let folded = "";
  const places = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (/[\u064b-\u065f\u0670\u0640\u200c-\u200f]/.test(letter)) continue;
    folded += FOLDS[letter] ?? letter.toLowerCase()[0];
    places.push(at);
  }
  places.push(text.length);
  return { folded, places };
}

function all(doc, needle) {
  const { folded: wanted } = fold(needle);
  const found = [];
  if (!wanted) return found;
  doc.descendants((node, at) => {
    const isNote = node.type.name === "footnote";
    if (!node.isTextblock && !isNote) return true;
    let text = "";
    node.forEach((child) => { text += child.isText ? child.text : "\ufffc".repeat(child.nodeSize); });
    const { folded, places } = fold(text);
    for (let from = folded.indexOf(wanted); from >= 0; from = folded.indexOf(wanted, from + wanted.length)) {
      found.push({ from: at + 1 + places[from], to: at + 1 + places[from + wanted.length - 1] + 1 });
    }
    return !isNote;
  });
  return found.sort((a, b) => a.from - b.from);
}

/** The bar under the tools; `open()` shows it. */
export function findBar(view, texts) {
  const words = h("input", { type: "search", dir: "auto", "aria-label": texts("find"), placeholder: texts("find"), input: () => ask({ needle: words.value, at: 0 }) });
  const instead = h("input", { type: "text", dir: "auto", "aria-label": texts("replace-with"), placeholder: texts("replace-with") });
  const count = h("span", { class: "editor__found", "aria-live": "polite" });
  const button = (label, act) => h("button", { type: "button", class: "button button--small", click: act }, texts(label));
  const bar = h("div", { class: "editor__find", role: "search", hidden: true, keydown: keydown }, words, count, button("find-next", () => step(1)), button("find-previous", () => step(-1)),
    instead, button("replace", replace), button("replace-all", replaceAll),
    h("button", { type: "button", class: "button button--quiet button--icon", "aria-label": texts("close"), click: close }, icon("close")));

  function ask(what) {
    view.dispatch(view.state.tr.setMeta(key, what));
    const { found, at } = key.getState(view.state);
    count.textContent = words.value ? texts("find-count", { at: texts.number(found.length ? at + 1 : 0), n: texts.number(found.length) }) : "";
    const here = found[at];
    if (here) view.domAtPos(here.from).node.parentElement?.scrollIntoView({ block: "nearest" });
  }
  const step = (by) => ask({ at: key.getState(view.state).at + by });
  function replace() {
    const { found, at } = key.getState(view.state);
    if (!found[at] || !view.editable) return;
    view.dispatch(put(view.state.tr, found[at]));
    ask({});
  }
  function replaceAll() {
    const { found } = key.getState(view.state);
    if (!found.length || !view.editable) return;
    view.dispatch([...found].reverse().reduce(put, view.state.tr));
    ask({});
  }
  const put = (tr, { from, to }) => (instead.value ? tr.insertText(instead.value, from, to) : tr.delete(from, to));
  function close() {
    const here = key.getState(view.state).found[key.getState(view.state).at];
    bar.hidden = true;
    ask({ needle: "" });
    if (here) {
      const $here = view.state.doc.resolve(here.from);
      view.dispatch(view.state.tr.setSelection(isInNote($here) ? NodeSelection.create(view.state.doc, $here.before()) : TextSelection.create(view.state.doc, here.from, here.to)));
    }
    view.focus();
  }
  function keydown(event) {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === words) step(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target === instead) replace();
    else return;
    event.preventDefault();
  }
  bar.open = () => {
    const { from, to, empty } = view.state.selection;
    if (!empty && to - from < 80) words.value = view.state.doc.textBetween(from, to, " ");
    bar.hidden = false;
    words.focus();
    words.select();
    ask({ needle: words.value });
  };
  return bar;
}

// How is a note written?
//
// In the text stands its number, which a style sheet counts. Who comes to it by arrow keys or click sees the note under
// the line; Enter leads into it, Escape or Enter back to the line. The words are part of the document, so that undo, copies
// and saving know of nothing special.

import { baseKeymap, chainCommands, deleteSelection, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Fragment, Slice } from "prosemirror-model";
import { EditorState, NodeSelection, Plugin, Selection, TextSelection } from "prosemirror-state";
import { StepMap } from "prosemirror-transform";
import { EditorView } from "prosemirror-view";
import { own } from "./direction.js";
import { h } from "./dom.js";
import { fromHtml, fromText } from "./paste.js";
import { schema } from "./schema.js";

const { footnote } = schema.nodes;
const ENTER = "footnote-enter";

/** Puts a note behind what is selected and leads into it. */
export function insertFootnote(state, dispatch, view) {
  const { $to } = state.selection;
  if (!$to.parent.inlineContent || !$to.parent.canReplaceWith($to.index(), $to.index(), footnote)) return false;
  if (!dispatch) return true;
  const tr = state.tr.insert($to.pos, footnote.create());
  dispatch(tr.setSelection(NodeSelection.create(tr.doc, $to.pos)).scrollIntoView());
  if (view) lead(view);
  return true;
}

export function isAtFootnote({ selection }) {
  return selection instanceof NodeSelection && selection.node.type === footnote;
}

/** Enter at a number leads into its note. */
export function enterFootnote(state, dispatch, view) {
  if (!isAtFootnote(state)) return false;
  if (dispatch && view) lead(view);
  return true;
}

function lead(view) {
  view.nodeDOM(view.state.selection.from)?.dispatchEvent(new CustomEvent(ENTER));
}

/** Who types at a number means the line behind it, and not to write over the note. */
export const behindFootnotes = new Plugin({
  props: {
    handleTextInput(view, _from, _to, text) {
      if (!isAtFootnote(view.state)) return false;
      const { tr, selection } = view.state;
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, selection.to)).insertText(text).scrollIntoView());
      return true;
    },
  },
});

/** The number in the text, and the note under the line. */
export class Footnote {
  constructor(node, view, position, { texts, around, link, save }) {
    Object.assign(this, { node, view, position, texts, around, link, save });
    this.dom = h("sup", { class: "footnote", role: "doc-noteref" });
    this.dom.addEventListener(ENTER, () => { this.open(); this.inner.focus(); });
    this.show();
  }

  show() {
    const words = this.node.textBetween(0, this.node.content.size, " ", " ");
    this.dom.title = words;
    this.dom.setAttribute("aria-label", `${this.texts("tool-footnote")}: ${words}`);
    this.dom.classList.toggle("footnote--empty", !words.trim());
    if (!this.inner) return;
    const direction = own(this.node) ?? this.around();
    if (this.place.dir !== direction) this.place.dir = direction;
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode");
    this.open();
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode");
    this.close();
  }

  open() {
    if (this.inner) return;
    const { texts, view } = this;
    const title = texts("footnote-title", { n: texts.number(this.number()) });
    this.place = h("div", { class: "footnote-panel__text prose", lang: view.dom.closest("[lang]")?.lang });
    const button = (key, act) => h("button", { type: "button", class: "button button--small", click: act }, texts(key));
    this.panel = h("div", { class: "footnote-panel", role: "group", "aria-label": title, keydown: (event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); this.leave(); } } },
      h("p", { class: "footnote-panel__head" }, h("strong", {}, title), h("span", { class: "footnote-panel__hint" }, texts("footnote-hint"))),
      this.place,
      h("p", { class: "footnote-panel__foot" }, button("footnote-done", () => this.leave()), view.editable ? button("footnote-remove", () => this.remove()) : null));
    const { link, save } = this;
    this.inner = new EditorView({ mount: this.place }, {
      state: EditorState.create({ doc: this.node, plugins: [keymap({
        "Mod-z": () => undo(view.state, view.dispatch), "Mod-y": () => redo(view.state, view.dispatch), "Mod-Shift-z": () => redo(view.state, view.dispatch),
        "Mod-b": toggleMark(schema.marks.strong), "Mod-i": toggleMark(schema.marks.em), "Mod-k": () => { link(this.inner); return true; },
        "Mod-s": () => { save(); return true; },
        "Shift-Enter": (state, dispatch) => { dispatch?.(state.tr.replaceSelectionWith(schema.nodes.break.create()).scrollIntoView()); return true; },
        Enter: () => this.leave(),
        Backspace: chainCommands(deleteSelection, () => !this.node.content.size && this.remove()),
      }), keymap(baseKeymap)] }),
      editable: () => view.editable,
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": title, spellcheck: "true" },
      dispatchTransaction: (tr) => this.wrote(tr),
      handleDOMEvents: { paste: (_view, event) => this.paste(event, event.clipboardData), drop: (_view, event) => this.paste(event, event.dataTransfer) },
    });
    (view.dom.closest(".editor") ?? view.dom.parentElement).append(this.panel);
    this.show();
    this.settle();
  }

  /** Under the line of its number. */
  settle() {
    const box = this.panel.offsetParent ?? this.panel.parentElement;
    this.panel.style.top = `${this.dom.getBoundingClientRect().bottom - box.getBoundingClientRect().top + 6}px`;
  }

  /** How many notes there are up to this one. */
  number() {
    let number = 0;
    this.view.state.doc.nodesBetween(0, this.position() + 1, (node) => { if (node.type === footnote) number += 1; return node.type !== footnote; });
    return number;
  }

  /** What was written in the note is written in the document. */
  wrote(tr) {
    const { state, transactions } = this.inner.state.applyTransaction(tr);
    this.inner.updateState(state);
    if (tr.getMeta("from-outside")) return;
    const outer = this.view.state.tr;
    const map = StepMap.offset(this.position() + 1);
    for (const { steps } of transactions) for (const step of steps) outer.step(step.map(map));
    if (outer.docChanged) this.view.dispatch(outer);
  }

  update(node) {
    if (node.type !== footnote) return false;
    this.node = node;
    if (this.inner) {
      const { state } = this.inner;
      const start = node.content.findDiffStart(state.doc.content);
      if (start !== null) {
        let { a, b } = node.content.findDiffEnd(state.doc.content);
        const overlap = start - Math.min(a, b);
        if (overlap > 0) [a, b] = [a + overlap, b + overlap];
        this.inner.dispatch(state.tr.replace(start, b, node.slice(start, a)).setMeta("from-outside", true));
      }
    }
    this.show();
    return true;
  }

  /** What is pasted into a note stands on its line. */
  paste(event, data) {
    event.preventDefault();
    if (!data || !this.view.editable) return true;
    const [html, text] = [data.getData("text/html"), data.getData("text/plain")];
    const slice = html.trim() ? fromHtml(html, this.around()) : fromText(text);
    const nodes = [];
    slice.content.descendants((node) => {
      if (node.isTextblock && nodes.length) nodes.push(schema.nodes.break.create());
      if (node.isInline && node.type !== footnote) nodes.push(node);
      return !node.isInline;
    });
    const { tr } = this.inner.state;
    this.inner.dispatch(tr.replaceSelection(new Slice(Fragment.from(nodes), 0, 0)).scrollIntoView());
    return true;
  }

  leave() {
    const at = this.position();
    const { tr } = this.view.state;
    this.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + this.node.nodeSize)).scrollIntoView());
    this.view.focus();
    return true;
  }

  remove() {
    if (!this.view.editable) return false;
    const at = this.position();
    const tr = this.view.state.tr.delete(at, at + this.node.nodeSize);
    this.view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(at))).scrollIntoView());
    this.view.focus();
    return true;
  }

  close() {
    this.inner?.destroy();
    this.panel?.remove();
    this.inner = this.panel = this.place = null;
  }

  destroy() {
    this.close();
  }

  ignoreMutation() {
    return true;
  }
}

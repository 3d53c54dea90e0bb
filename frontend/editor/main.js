// The editor of a story, in place of each `textarea[data-editor]` of the page.

import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState, Selection } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { fromHere, serializer } from "./clipboard.js";
import { cardFor, insertBlock, isAddress, keys, link, typing } from "./commands.js";
import { ofLanguage } from "./direction.js";
import { h } from "./dom.js";
import { findBar, finder } from "./find.js";
import { behindFootnotes } from "./footnotes.js";
import { fromHtml, fromText } from "./paste.js";
import { choosePictures, galleryNode, pictureNode, upload } from "./pictures.js";
import { parse, read, understand } from "./read.js";
import { Story } from "./story.js";
import { textsOf } from "./texts.js";
import { askLink, showKeys, toolbar } from "./toolbar.js";
import { isOurs, nodeViews } from "./views.js";
import { countDocument, readingMinutes } from "./words.js";
import { write } from "./write.js";

/** The text area follows the editor within this many milliseconds; before anything is sent, at once. */
const FLUSH_AFTER = 200;
const COUNT_AFTER = 300;

const texts = textsOf(document.getElementById("editor-texts"), {
  language: document.documentElement.lang || "ar",
  digits: document.documentElement.dataset.digits ?? "latn",
});
const form = document.querySelector("form.story-form");
const began = performance.now();
const editors = [...document.querySelectorAll("textarea[data-editor]")].map((textarea) => mount(textarea));
performance.measure("editor-ready", { start: began });
if (form?.dataset.pictures) for (const field of form.querySelectorAll("input[data-picture]")) offerPictures(field);
if (form?.dataset.draft) {
  const story = new Story(form, editors, texts);
  for (const editor of editors) editor.onchange = () => story.changed();
  editors.forEach((editor) => { editor.onsave = () => story.save({ force: true }); });
  story.start();
}

/**
 * A field for the number of a picture gets a button that chooses one. Within `[data-lead]` the picture is shown, and fields
 * that end in `alt`, `caption` and `credit` take what the library says.
 */
function offerPictures(field) {
  const box = field.closest("[data-lead]");
  const button = h("button", { type: "button", class: "button", click: () => choosePictures({
    address: field.form.dataset.pictures, texts, most: 1,
    chosen: ([picture]) => {
      if (!picture) return;
      field.value = picture.id;
      for (const part of ["alt", "caption", "credit"]) {
        const other = box?.querySelector(`[name$="_${part}"]`);
        if (other) other.value = picture[part] ?? "";
      }
      box?.querySelector("img")?.closest("p")?.remove();
      if (isOurs(picture.src)) box?.querySelector("h2")?.after(h("p", {}, h("img", { src: picture.src, alt: "", width: picture.width, height: picture.height })));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
  }) }, texts("choose-picture"));
  field.after(button);
}

/** Mounts an editor; see `Story` for what it returns. */
function mount(textarea) {
  let language = textarea.form?.elements.language?.value || textarea.lang || document.documentElement.lang;
  let around = ofLanguage(language);
  const editor = { textarea, onchange: () => {}, onsave: () => {} };
  const pictures = textarea.form?.dataset.pictures;
  let copied = null;
  let editable = !textarea.readOnly;
  let [due, counting] = [0, 0];

  const acts = {
    link: () => askLink(view, texts),
    card: () => askLink(view, texts, { asCard: true }),
    picture: () => pictures && choosePictures({ address: pictures, texts, chosen: (chosen) => {
      if (!chosen.length) return;
      insertBlock(chosen.length === 1 ? pictureNode(chosen[0]) : galleryNode(chosen))(view.state, view.dispatch);
      view.focus();
    } }),
    find: () => bar.open(),
    help: () => showKeys(texts, acts),
  };
  const opens = (act) => () => { act(); return true; };
  const outside = {
    "Mod-k": opens(acts.link), "Mod-Alt-p": opens(acts.picture), "Mod-h": opens(acts.find), "Mod-Alt-f": opens(acts.find), "Mod-/": opens(acts.help),
    "Mod-s": () => { editor.onsave(); return true; },
    "Alt-F10": () => { tools.focus(); return true; },
  };

  const place = h("div", { class: "editor__text prose", dir: around, lang: language });
  const label = textarea.labels?.[0];
  const view = new EditorView({ mount: place }, {
    state: stateOf(textarea.value),
    nodeViews: viewsOfNodes(),
    editable: () => editable,
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.trim() ?? texts("body"), spellcheck: "true", id: "editor-text" },
    dispatchTransaction,
    clipboardSerializer: serializer(() => around),
    handleDOMEvents: { paste, drop, copy: remember, cut: remember, "kept-edit": keptEdit },
    handleClickOn: () => false,
  });
  const tools = toolbar(view, texts, acts, () => around);
  const bar = findBar(view, texts);
  const words = h("span", { class: "editor__words" });
  const problems = h("div", { class: "editor__problems" });
  const box = h("div", { class: "editor" }, tools.element, bar, problems, place,
    h("div", { class: "editor__foot", "data-editor-status": true }, words));
  // A field of a frame sends no form.
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); event.target.dispatchEvent(new Event("change")); } });
  textarea.hidden = true;
  textarea.after(box);
  label?.addEventListener("click", (event) => { event.preventDefault(); view.focus(); });
  textarea.form?.elements.language?.addEventListener?.("change", (event) => speak(event.target.value || document.documentElement.lang));
  textarea.form?.addEventListener("formdata", (event) => event.formData.set(textarea.name, flush()));
  count();

  function viewsOfNodes() {
    return nodeViews({ texts, around: () => around, link: (inner) => askLink(inner, texts), save: () => editor.onsave() });
  }

  function stateOf(markup) {
    return EditorState.create({
      doc: read(markup, around),
      plugins: [behindFootnotes, typing(), ...keys(outside), history(), gapCursor(), dropCursor({ color: false, class: "drop-line" }), tableEditing(), finder],
    });
  }

  function dispatchTransaction(tr) {
    view.updateState(view.state.apply(tr));
    tools?.update();
    if (!tr.docChanged) return;
    due ||= setTimeout(flush, FLUSH_AFTER);
    counting ||= setTimeout(count, COUNT_AFTER);
    editor.onchange();
  }

  function flush() {
    clearTimeout(due);
    due = 0;
    const markup = write(view.state.doc, around);
    if (textarea.value !== markup) textarea.value = markup;
    return markup;
  }

  function count() {
    counting = 0;
    const n = countDocument(view.state.doc);
    words.textContent = `${texts.count("words", n)} · ${texts.count("minutes", readingMinutes(n))}`;
  }

  /** Another language may run the other way. */
  function speak(next) {
    language = next;
    place.lang = next;
    if (ofLanguage(next) !== around) {
      around = ofLanguage(next);
      place.dir = around;
      view.setProps({ nodeViews: viewsOfNodes() });
    }
    editor.onchange();
  }

  function keptEdit(_view, event) {
    if (!editable) return true;
    const node = view.state.doc.nodeAt(event.detail);
    const nodes = understand(parse(node.attrs.html), around);
    if (nodes.length) view.dispatch(view.state.tr.replaceWith(event.detail, event.detail + node.nodeSize, nodes));
    return true;
  }

  // ── Pasting and dropping ─────────────────────────────────────────────────────────────────────────────────────────

  /** What is copied here and pasted here again keeps all that the schema knows. */
  function remember() {
    const slice = view.state.selection.content();
    const text = slice.content.textBetween(0, slice.content.size, "\n\n");
    copied = { slice, text: text.replace(/\s+/g, "") };
    return false;
  }

  function paste(_view, event) {
    const data = event.clipboardData;
    if (!data || !editable) return false;
    event.preventDefault();
    insert(data);
    return true;
  }

  function drop(_view, event) {
    // What is dragged within the text is moved as it is.
    if (view.dragging || !event.dataTransfer) return false;
    event.preventDefault();
    const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
    if (at && editable) {
      view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
      insert(event.dataTransfer);
    }
    return true;
  }

  function insert(data) {
    const [html, text] = [data.getData("text/html"), data.getData("text/plain")];
    const images = [...data.files].filter((file) => file.type.startsWith("image/"));
    const { $from, empty } = view.state.selection;
    if (images.length && !text.trim()) return images.forEach(send);
    if (isAddress(text)) {
      const address = text.trim();
      if (!empty) return link(address)(view.state, view.dispatch);
      if ($from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size) return insertBlock(cardFor(address))(view.state, view.dispatch);
    }
    let slice;
    if ($from.parent.type.spec.code) return view.dispatch(view.state.tr.insertText(text.replaceAll("\r\n", "\n")).scrollIntoView());
    if (copied && html.includes("data-pm-slice") && copied.text === text.replace(/\s+/g, "")) slice = copied.slice;
    else slice = fromHere(html, around) ?? (html.trim() ? fromHtml(html, around) : fromText(text));
    if (!slice.size) slice = fromText(text);
    view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta("uiEvent", "paste"));
  }

  async function send(file) {
    if (!pictures) return;
    const progress = h("progress", { max: 1, value: 0 });
    const line = h("p", { class: "notice notice--info", role: "status" }, texts("uploading"), " ", h("bdi", {}, file.name), " ", progress);
    problems.append(line);
    try {
      const picture = await upload(pictures, file, texts, (share) => { progress.value = share; });
      line.remove();
      insertBlock(pictureNode(picture))(view.state, view.dispatch);
    } catch (error) {
      line.className = "notice notice--bad";
      line.replaceChildren(h("bdi", {}, file.name), ": ", error.message, " ", h("button", { type: "button", class: "button button--small", click: () => line.remove() }, texts("close")));
    }
  }

  return Object.assign(editor, {
    flush,
    replace(markup) {
      view.updateState(stateOf(markup));
      flush();
      count();
      tools.update();
    },
    setEditable(yes) {
      if (editable === yes) return;
      editable = yes;
      view.setProps({ editable: () => editable });
      box.classList.toggle("editor--locked", !yes);
      place.setAttribute("aria-readonly", String(!yes));
    },
  });
}

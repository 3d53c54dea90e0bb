// How is the document written down?
//
// As the sanitiser would write it, byte for byte, so that a story that nobody changed is saved as it was. Blocks that came
// from the server and were not touched are written from their source.

import { effective } from "./direction.js";
import { fold } from "./fold.js";

/** Source of blocks that were read, by node. */
export const sources = new WeakMap();
/** What was written for a block, by direction of the document and node. */
const written = { rtl: new WeakMap(), ltr: new WeakMap() };

/** The markup of a document whose language runs `around`. */
export function write(doc, around) {
  const kept = written[around];
  const blocks = [];
  doc.forEach((node, _offset, place) => {
    // The empty line that an editor needs after a last picture is no paragraph.
    if (place === doc.childCount - 1 && place > 0 && isEmptyLine(node)) return;
    let markup = kept.get(node);
    if (markup === undefined) {
      markup = sources.get(node)?.[around] ?? block(node, around);
      kept.set(node, markup);
    }
    blocks.push(markup);
  });
  return blocks.length === 1 && isEmptyLine(doc.firstChild) ? "" : fold(blocks.join("\n"));
}

function isEmptyLine(node) {
  return node.type.name === "paragraph" && node.content.size === 0;
}

/** The markup of one block, always made anew, with its notes where they belong. */
export function block(node, around) {
  const inner = () => blocks(node, around);
  switch (node.type.name) {
    case "paragraph": return element("p", leaf(node, around), inline(node));
    case "heading": return element(`h${node.attrs.level}`, leaf(node, around), inline(node));
    case "quote": return element("blockquote", { class: node.attrs.pull ? "pull-quote" : null, cite: node.attrs.cite }, inner());
    case "attribution": {
      if (!node.content.size) return "";
      if (node.attrs.bare) return element("cite", leaf(node, around), inline(node));
      return element("p", leaf(node, around), element("cite", {}, inline(node)));
    }
    case "bullet_list": return element("ul", {}, inner());
    case "ordered_list": return element("ol", { start: node.attrs.start, reversed: node.attrs.reversed ? "" : null }, inner());
    case "list_item": return element("li", { value: node.attrs.value }, tight(node, around));
    case "picture": return picture(node, around);
    case "gallery": {
      const figures = [];
      let caption = "";
      node.forEach((child) => {
        if (child.type.name === "picture") figures.push(picture(child, around));
        else if (child.content.size) caption = element("figcaption", leaf(child, around), inline(child));
      });
      return element("figure", { class: classes(node.attrs.named && "gallery", node.attrs.wide && "wide") }, figures.join("") + caption);
    }
    case "card": return element("figure", {}, link({ href: node.attrs.href }, escapeText(node.attrs.title || node.attrs.href)));
    case "table": return element("table", {}, rows(node, around));
    case "table_cell": return element("td", span(node), tight(node, around));
    case "table_header": return element("th", { ...span(node), scope: node.attrs.scope }, tight(node, around));
    case "note": return element("aside", { class: "note" }, inner());
    case "divider": return "<hr>";
    case "code_block": {
      const text = escapeText(node.textContent);
      return element("pre", leaf(node, around), node.attrs.code ? element("code", {}, text) : (text.startsWith("\n") ? "\n" : "") + text);
    }
    case "kept": return node.attrs.html;
    default: throw new Error(`nobody said how to write «${node.type.name}»`);
  }
}

function blocks(node, around) {
  const parts = [];
  node.forEach((child) => parts.push(block(child, around)));
  return parts.join("");
}

/** An item or cell with one plain paragraph is written without it. */
function tight(node, around) {
  const parts = [];
  node.forEach((child, _offset, place) => {
    const isPlain = child.type.name === "paragraph" && Object.values(leaf(child, around)).every((value) => value === null);
    const isFirst = place === 0 && (node.childCount === 1 || node.child(1).type.name !== "paragraph");
    parts.push(isPlain && isFirst ? inline(child) : block(child, around));
  });
  return parts.join("");
}

function picture(node, around) {
  const [caption, credit] = [node.child(0), node.child(1)];
  const image = `<img${attributes(node.attrs.image)}>`;
  let words = inline(caption);
  if (credit.content.size) {
    const direction = effective(credit, around);
    const dir = direction === effective(caption, around) ? null : direction;
    words += (words ? " " : "") + element("small", { dir, lang: credit.attrs.lang }, inline(credit));
  }
  return element(
    "figure",
    { class: classes(node.attrs.wide && "wide") },
    (node.attrs.href ? link({ href: node.attrs.href }, image) : image) + (words ? element("figcaption", leaf(caption, around), words) : ""),
  );
}

function rows(table, around) {
  let markup = "";
  let open = null;
  table.forEach((row) => {
    const part = row.attrs.part ?? "tbody";
    if (part !== open) {
      markup += (open ? `</${open}>` : "") + `<${part}>`;
      open = part;
    }
    markup += element("tr", {}, blocks(row, around));
  });
  return markup + (open ? `</${open}>` : "");
}

function span(cell) {
  const { colspan, rowspan } = cell.attrs;
  return { colspan: colspan > 1 ? colspan : null, rowspan: rowspan > 1 ? rowspan : null };
}

/** What a leaf block says about itself: `dir` only where it runs against the document. */
function leaf(node, around) {
  const direction = effective(node, around);
  return { dir: direction === around ? null : direction, lang: node.attrs.lang };
}

function inline(node) {
  let markup = "";
  const open = [];
  const close = (keep) => { while (open.length > keep) markup += `</${tagOf(open.pop())}>`; };
  node.forEach((piece) => {
    const marks = piece.type.name === "footnote" ? [] : piece.marks;
    let same = 0;
    while (same < open.length && same < marks.length && open[same].eq(marks[same])) same += 1;
    close(same);
    for (const mark of marks.slice(same)) {
      markup += opening(mark);
      open.push(mark);
    }
    if (piece.isText) markup += escapeText(piece.text);
    else if (piece.type.name === "break") markup += "<br>";
    else if (piece.type.name === "footnote") markup += `<foot-note>${inline(piece)}</foot-note>`;
    else markup += piece.attrs.html;
  });
  close(0);
  return markup;
}

const TAGS = { link: "a", strike: "s" };
const tagOf = (mark) => (mark.type.name === "other" ? mark.attrs.tag : TAGS[mark.type.name] ?? mark.type.name);

function opening(mark) {
  if (mark.type.name === "link") return `<a${linkAttributes(mark.attrs)}>`;
  return `<${tagOf(mark)}${mark.type.name === "other" ? attributes(mark.attrs.attrs) : ""}>`;
}

const link = (target, inner) => `<a${linkAttributes(target)}>${inner}</a>`;
/** The sanitiser adds `rel` itself, at the end. */
const linkAttributes = ({ href, title = null, hreflang = null }) => attributes({ href, hreflang, title, rel: "noopener" });

const classes = (...names) => names.filter(Boolean).join(" ") || null;
const element = (tag, attrs, inner) => `<${tag}${attributes(attrs)}>${inner}</${tag}>`;

function attributes(attrs) {
  return Object.entries(attrs).map(([name, value]) => (value === null || value === undefined ? "" : ` ${name}="${escapeValue(String(value))}"`)).join("");
}

function escapeText(text) {
  return text.replace(/[&<>\u00a0]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;" })[c]);
}

function escapeValue(text) {
  return text.replace(/[&"\u00a0]/g, (c) => ({ "&": "&amp;", '"': "&quot;", "\u00a0": "&nbsp;" })[c]);
}

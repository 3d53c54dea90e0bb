// What does this markup mean, and which of it must stay as it is?
//
// Markup is taken apart into its outermost blocks. A block is edited only when writing it back says the same as it said
// before; every other block is kept, letter by letter. So nothing is lost, whatever an import has brought.

import { DOMParser as Reader, Fragment } from "prosemirror-model";
import { base, effective, own } from "./direction.js";
import { unfold } from "./fold.js";
import { schema } from "./schema.js";
import { block, sources } from "./write.js";

const BLOCKS = new Set(
  ("p h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd pre hr figure figcaption table caption thead tbody tfoot tr th td colgroup col div aside " +
    "audio video details summary section article header footer main form h1").split(" "),
);
const VOID = new Set("br hr img col source input wbr area base embed link meta param track".split(" "));
const SAME = { b: "strong", i: "em" };
const reader = Reader.fromSchema(schema);

// The name that `trusted-types` in the Content-Security-Policy must allow. Only parsers take what it makes: documents
// that run nothing, load nothing and are shown to nobody. What is shown is built element by element (views.js).
const policy = globalThis.trustedTypes?.createPolicy("warraq-editor", { createHTML: (markup) => markup });

/** The body of a document that runs nothing and loads nothing. */
export function parse(markup) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(markup) : markup, "text/html").body;
}

/** The document that `markup` says, in a language that runs `around`. */
export function read(markup, around) {
  const nodes = [];
  for (const piece of pieces(unfold(markup))) nodes.push(...readPiece(piece, around));
  return schema.node("doc", null, nodes.length ? nodes : [schema.node("paragraph")]);
}

function readPiece(piece, around) {
  const nodes = understand(parse(piece), around);
  const back = parse(nodes.map((node) => block(node, around)).join("\n"));
  if (!nodes.length || canonical(parse(piece), around) !== canonical(back, around)) return [schema.node("kept", { html: piece })];
  if (nodes.length === 1) sources.set(nodes[0], { [around]: piece });
  return nodes;
}

/**
 * The blocks in `body` as well as the schema can say them; what it has no words for is left out. `fresh` ones come from
 * elsewhere: they find their direction anew.
 */
export function understand(body, around, { fresh = false } = {}) {
  prepare(body);
  const { content } = reader.parse(body);
  const nodes = [];
  settle(content, around, fresh).forEach((node) => nodes.push(node));
  return nodes.length === 1 && nodes[0].type.name === "paragraph" && !nodes[0].content.size && !body.querySelector("p") ? [] : nodes;
}

/** The outermost elements of `markup` as they are written; text between them goes with the inline elements around it. */
export function pieces(markup) {
  const found = [];
  let [depth, from, loose] = [0, 0, null];
  const end = (to) => {
    const text = markup.slice(loose ?? to, to);
    if (text.trim()) found.push(text.trim());
    loose = null;
  };
  for (const tag of markup.matchAll(/<(\/?)([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/gi)) {
    const name = tag[2].toLowerCase();
    const after = tag.index + tag[0].length;
    if (depth === 0) {
      if (!BLOCKS.has(name) || tag[1]) {
        loose ??= from;
        continue;
      }
      loose ??= from;
      end(tag.index);
      from = tag.index;
    }
    if (tag[1]) depth -= 1;
    else if (!VOID.has(name)) depth += BLOCKS.has(name) || depth > 0 ? 1 : 0;
    if (depth === 0) {
      found.push(markup.slice(from, after));
      from = after;
    }
  }
  if (depth !== 0) return [...parse(markup).children].map((element) => element.outerHTML);
  loose ??= from;
  end(markup.length);
  return found;
}

/** Gives captions, credits and attributions elements that the schema's rules can tell apart. */
function prepare(body) {
  const { ownerDocument } = body;
  for (const figcaption of body.querySelectorAll("figure > figcaption")) {
    const caption = ownerDocument.createElement("div");
    caption.setAttribute("data-caption", "");
    for (const name of ["dir", "lang"]) {
      if (figcaption.hasAttribute(name)) caption.setAttribute(name, figcaption.getAttribute(name));
    }
    const last = lastMeaningful(figcaption);
    const credit = last?.localName === "small" ? last : null;
    credit?.remove();
    caption.append(...figcaption.childNodes);
    const isGallery = figcaption.parentElement.querySelector("figure");
    if (isGallery) figcaption.replaceWith(caption);
    else figcaption.append(caption);
    if (credit && !isGallery) {
      credit.setAttribute("data-credit", "");
      figcaption.append(credit);
    }
  }
  for (const quote of body.querySelectorAll("blockquote")) {
    const last = lastMeaningful(quote);
    if (last?.localName === "cite") last.setAttribute("data-attribution", "");
    else if (last?.localName === "p" && last.childNodes.length === 1 && last.firstElementChild?.localName === "cite") {
      last.setAttribute("data-attribution", "");
      last.replaceChildren(...last.firstElementChild.childNodes);
    }
  }
}

function lastMeaningful(element) {
  let last = element.lastChild;
  while (last?.nodeType === 3 && !last.data.trim()) last = last.previousSibling;
  return last;
}

/** Turns what was written about direction into what was chosen: null where the words say it themselves. */
function settle(fragment, around, fresh) {
  const nodes = [];
  let before = null;
  fragment.forEach((node) => {
    if (node.isTextblock && "dir" in node.attrs) {
      const outside = node.type.name === "credit" && before ? before : around;
      const says = node.attrs.dir?.toLowerCase();
      const shown = says === "rtl" || says === "ltr" ? says : says === "auto" ? own(node) ?? "ltr" : outside;
      const settled = node.type.create({ ...node.attrs, dir: fresh || shown === (own(node) ?? around) ? null : shown }, node.content, node.marks);
      if (node.type.name === "caption") before = effective(settled, around);
      nodes.push(settled);
    } else nodes.push(node.isLeaf ? node : node.copy(settle(node.content, around, fresh)));
  });
  return Fragment.from(nodes);
}

/**
 * What markup says, whatever way it says it: two bodies with the same canonical text look the same to a reader. Order of
 * inline elements, white space, `b` for `strong`, paragraphs around the only words of an item do not count.
 */
export function canonical(body, around) {
  const out = [];
  const run = (marks, text) => {
    const last = out.at(-1);
    if (last?.marks === marks) last.text += text;
    else out.push({ marks, text });
  };
  const edge = () => { if (out.at(-1) !== "¶") out.push("¶"); };
  const walk = (node, marks, direction, exact) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) {
        if (exact) run(marks, child.data);
        else run(marks, child.data.replace(/[ \t\r\n\f]+/g, " "));
        continue;
      }
      if (child.nodeType !== 1) continue;
      const tag = SAME[child.localName] ?? child.localName;
      const { shown, says } = saying(child, tag, direction);
      if (tag === "br" || tag === "img" || tag === "hr" || tag === "source" || tag === "col") {
        if (tag !== "img") edge();
        out.push(`<${tag}${says}>${marks}`);
        if (tag !== "img") edge();
      } else if (BLOCKS.has(tag)) {
        edge();
        const isBare = (tag === "p" && !says) || tag === "tbody";
        if (!isBare) out.push(`<${tag}${says}>`, "¶");
        walk(child, marks, shown, exact || tag === "pre");
        edge();
        if (!isBare) out.push(`</${tag}>`, "¶");
      } else if (tag === "foot-note") {
        out.push("<foot-note>");
        walk(child, "", direction, exact);
        out.push("</foot-note>");
      } else {
        walk(child, [...new Set([...marks.split("|"), `${tag}${says}`])].filter(Boolean).sort().join("|"), shown, exact);
      }
    }
  };
  edge();
  walk(body, "", around, false);
  edge();
  return spaced(out);
}

/** Runs of text without the white space that nobody sees. */
function spaced(out) {
  const parts = [];
  let atEdge = true;
  for (const piece of out) {
    if (typeof piece === "string") {
      const last = parts.at(-1);
      if (piece === "¶" && typeof last === "object") last.text = last.text.trimEnd();
      if (piece !== "¶" || parts.at(-1) !== "¶") parts.push(piece);
      atEdge = piece === "¶";
    } else {
      const text = atEdge ? piece.text.replace(/^[ \n]+/, "") : piece.text;
      if (!text) continue;
      parts.push({ marks: piece.marks, text: text.replace(/ +/g, " ") });
      atEdge = / $/.test(text);
    }
  }
  return parts
    .filter((part) => typeof part === "string" || part.text)
    .map((part) => (typeof part === "string" ? part : `[${part.marks}]${part.text}`))
    .join("\u0001")
    .replaceAll(/¶(\u0001¶)+/g, "¶");
}

/** The attributes of an element that count, and the direction inside of it. */
function saying(element, tag, direction) {
  let shown = direction;
  const says = [];
  for (const { name, value } of element.attributes) {
    if (name === "rel" || (name === "class" && !value.trim())) continue;
    if (name === "dir") {
      const lower = value.toLowerCase();
      shown = lower === "rtl" || lower === "ltr" ? lower : lower === "auto" ? base(element.textContent) ?? "ltr" : direction;
      // On words within a line `dir` isolates them, whatever it says.
      if (shown === direction && BLOCKS.has(tag)) continue;
      says.push(`dir=${BLOCKS.has(tag) ? shown : lower}`);
    } else if (["colspan", "rowspan"].includes(name) && value === "1") continue;
    else says.push(`${name}=${value}`);
  }
  return { shown, says: says.length ? ` ${says.sort().join(" ")}` : "" };
}

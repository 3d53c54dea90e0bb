// What of a paste is meant, and what is only how another program looks?
//
// The structure is kept (headings, lists, tables, links, bold), the looks are dropped, letters are repaired. Works on a
// document that is never shown.

import { Fragment, Slice } from "prosemirror-model";
import { cardFor, isAddress } from "./commands.js";
import { repair } from "./letters.js";
import { parse, understand } from "./read.js";
import { schema } from "./schema.js";

const BLOCK = "p,h1,h2,h3,h4,h5,h6,ul,ol,li,table,thead,tbody,tfoot,tr,td,th,blockquote,pre,hr,figure,figcaption,aside,div,section,article,header,footer,main,nav,dl,dt,dd,center,address,caption,details,summary";
const DROPPED = "script,style,meta,link,title,head,xml,template,noscript,object,embed,form,button,input,select,textarea,svg,math,canvas,iframe,frame,audio,video,map,[hidden],[aria-hidden=true],.Apple-converted-space-only";
const KEPT = new Set("foot-note p h2 h3 h4 ul ol li table thead tbody tfoot tr td th blockquote pre hr a strong em s sub sup code br cite".split(" "));
/** Parameters of addresses that only say where a reader came from. */
const TRACKING = /^(utm_\w+|fbclid|gclid|igshid|mc_cid|mc_eid|ref_src|si)$/;
const BULLET = /^\s*[•●▪◦○■□‣⁃·*\-–—\uf0b7\uf0a7\uf076]\s+/;
const SURE_BULLET = /^\s*[•●▪◦○■□‣⁃\uf0b7\uf0a7\uf076]\s*/;
const NUMBER = /^\s*\(?([0-9\u0660-\u0669]{1,2}|[a-z])[.)\-–]-?\s+/i;

/** What a paste of HTML says, as a slice to put in. */
export function fromHtml(html, around) {
  return sliceOf(understand(clean(html), around, { fresh: true }));
}

/** The body of a paste with nothing but what the schema knows. Exported for tests. */
export function clean(html) {
  // Windows marks the part that was copied. Style sheets are cut out before parsing and attributes renamed: a strict
  // policy of the page complains of them even in a document that is not shown.
  let fragment = /<!--StartFragment-->([\s\S]*)<!--EndFragment-->/i.exec(html)?.[1] ?? html;
  // Excel marks rows without their table.
  if (/^\s*<(col|tbody|tr|td)\b/i.test(fragment)) fragment = `<table>${fragment}</table>`;
  const body = parse(
    fragment
      .replace(/<style[\s>][\s\S]*?<\/style>/gi, "")
      .replace(/<!\[(?:if|endif)[^>]*>/gi, "")
      .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, (_, name) => (name.toLowerCase() === "style" ? " data-style=" : " data-dropped="))),
  );
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  dropComments(body);
  footnotes(body);
  wordLists(body);
  for (const element of [...body.querySelectorAll("*")]) tidy(element);
  repairTexts(body);
  paragraphs(body);
  smartLists(body);
  return body;
}

/** What a paste of plain text says: paragraphs by lines, `*bold*` and `_italic_` as messengers write them, lists. */
export function fromText(text) {
  const lines = repair(text.replaceAll("\r\n", "\n")).split(/\n+/).map((line) => line.trim()).filter((line) => line && !/^[\u0640_=*~–—-]{3,}$/.test(line));
  if (lines.length === 1 && !isListed(lines)) return new Slice(Fragment.from(schema.nodes.paragraph.create(null, messenger(lines[0]))), 1, 1);
  const blocks = [];
  for (let at = 0; at < lines.length; ) {
    const run = listRun(lines, at);
    if (run.length) {
      const type = run.ordered ? schema.nodes.ordered_list : schema.nodes.bullet_list;
      blocks.push(type.create(null, run.map((words) => schema.nodes.list_item.create(null, schema.nodes.paragraph.create(null, messenger(words))))));
      at += run.length;
    } else {
      blocks.push(isAddress(lines[at]) ? cardFor(lines[at]) : schema.nodes.paragraph.create(null, messenger(lines[at])));
      at += 1;
    }
  }
  return sliceOf(blocks);
}

/** Text that is put into a line joins it; blocks stay blocks. */
function sliceOf(nodes) {
  if (!nodes.length) return Slice.empty;
  const fragment = Fragment.from(nodes);
  const opens = (node) => (node.type === schema.nodes.paragraph ? 1 : 0);
  return new Slice(fragment, opens(nodes[0]), opens(nodes.at(-1)));
}

const MARKED = /(?<=^|[\s(«"“])([*_~])(?=\S)((?:(?!\1)[^\n])*?\S)\1(?=$|[\s.,،؛:!?؟)»"”])/u;

/** `*bold*`, `_italic_`, `~struck~` and addresses as nodes. */
function messenger(text, marks = []) {
  const match = MARKED.exec(text);
  if (match) {
    const mark = schema.mark({ "*": "strong", _: "em", "~": "strike" }[match[1]]);
    return [
      ...messenger(text.slice(0, match.index), marks),
      ...messenger(match[2], mark.addToSet(marks)),
      ...messenger(text.slice(match.index + match[0].length), marks),
    ];
  }
  const nodes = [];
  let from = 0;
  for (const address of text.matchAll(/https?:\/\/[^\s<>"«»،؛]+[^\s<>"«»،؛.,:;!?؟)]/g)) {
    if (address.index > from) nodes.push(schema.text(text.slice(from, address.index), marks));
    nodes.push(schema.text(address[0], schema.mark("link", { href: untracked(address[0]) }).addToSet(marks)));
    from = address.index + address[0].length;
  }
  if (from < text.length) nodes.push(schema.text(text.slice(from), marks));
  return nodes;
}

// ── Lists that are only drawn ──────────────────────────────────────────────────────────────────────────────────────

function isListed(lines) {
  return listRun(lines, 0).length > 0;
}

/** The lines from `at` on that are items of one list, without their signs. Dashes and numbers must be several. */
function listRun(lines, at) {
  const numbered = NUMBER.test(lines[at]);
  const sign = numbered ? NUMBER : SURE_BULLET.test(lines[at]) ? SURE_BULLET : BULLET;
  const run = [];
  for (let next = at; next < lines.length && sign.test(lines[next]); next += 1) {
    const value = numbered ? Number(NUMBER.exec(lines[next])[1].replace(/[\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) & 15)) : null;
    if (numbered && value !== run.length + 1) break;
    run.push(lines[next].replace(sign, ""));
  }
  run.ordered = numbered;
  return sign !== SURE_BULLET && run.length < 2 ? [] : run;
}

/** Paragraphs that begin with a bullet or a number become a list. */
function smartLists(body) {
  const children = [...body.children];
  for (let at = 0; at < children.length; ) {
    const lines = [];
    while (at + lines.length < children.length && children[at + lines.length].localName === "p") lines.push(children[at + lines.length].textContent);
    const run = lines.length ? listRun(lines, 0) : [];
    if (!run.length) {
      at += 1;
      continue;
    }
    const list = body.ownerDocument.createElement(run.ordered ? "ol" : "ul");
    children[at].before(list);
    for (const paragraph of children.slice(at, at + run.length)) {
      const item = body.ownerDocument.createElement("li");
      cut(paragraph, paragraph.textContent.length - paragraph.textContent.replace(run.ordered ? NUMBER : SURE_BULLET.test(paragraph.textContent) ? SURE_BULLET : BULLET, "").length);
      item.append(...paragraph.childNodes);
      list.append(item);
      paragraph.remove();
    }
    at += run.length;
  }
}

/** Takes the first `letters` letters out of an element. */
function cut(element, letters) {
  const walker = element.ownerDocument.createTreeWalker(element, 4);
  for (let left = letters; left > 0 && walker.nextNode(); ) {
    const { length } = walker.currentNode.data;
    walker.currentNode.data = walker.currentNode.data.slice(left);
    left -= length;
  }
}

/** Word writes a list as paragraphs with the level in their style and the bullet as text. */
function wordLists(body) {
  let lists = [];
  for (const element of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    const level = /mso-list:\s*l\d+\s+level(\d+)/i.exec(element.getAttribute("data-style") ?? "");
    if (!level) {
      if (element.localName !== "div" && !element.closest("li")) lists = [];
      continue;
    }
    const depth = Math.min(Number(level[1]), 6);
    const sign = [...element.querySelectorAll("[data-style]")].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("data-style")));
    const isNumbered = /^\s*\(?[0-9\u0660-\u0669a-z\u0621-\u064a]{1,3}[.)\-–]/i.test(sign?.textContent ?? "");
    sign?.remove();
    lists.length = Math.min(lists.length, depth);
    while (lists.length < depth) {
      const list = body.ownerDocument.createElement(isNumbered && lists.length === depth - 1 ? "ol" : "ul");
      const outer = lists.at(-1);
      if (!outer) element.before(list);
      else (outer.lastElementChild ?? outer.appendChild(body.ownerDocument.createElement("li"))).append(list);
      lists.push(list);
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...element.childNodes);
    lists.at(-1).append(item);
    element.remove();
  }
}

// ── Notes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A place that leads to a note which leads back to it, as Word, Google Docs, WordPress and others write notes: the note goes
 * to its place. Remarks of reviewers do so as well, and are none.
 */
function footnotes(body) {
  const named = new Map();
  for (const element of body.querySelectorAll("[id], [name]")) {
    for (const name of [element.id, element.getAttribute("name")]) if (name && !named.has(name)) named.set(name, element);
  }
  const target = (link) => named.get(fragment(link.getAttribute("href")));
  const notes = new Map();
  const places = [];
  for (const link of body.querySelectorAll("a[href*='#']")) {
    const note = /^_?(cmnt|msocom)/i.test(fragment(link.getAttribute("href"))) ? null : target(link);
    if (!note || !(link.compareDocumentPosition(note) & 4)) continue;
    const box = boxOf(note);
    // A chapter that leads back to the contents is no note.
    if (!box || box.contains(link) || box.querySelector("h1, h2, h3, h4, h5, h6, table, ul, ol")) continue;
    const back = [...box.querySelectorAll("a[href*='#']")].filter((other) => {
      const place = target(other);
      return place && (place === link || place.contains(link) || link.contains(place)) && !place.contains(box);
    });
    if (!back.length && !notes.has(box)) continue;
    if (!notes.has(box)) notes.set(box, []);
    notes.get(box).push(...back);
    places.push([link, box]);
  }
  const words = new Map();
  for (const [box, back] of notes) {
    for (const link of back) (alone(link) ?? link).remove();
    words.set(box, line(box));
  }
  for (const [link, box] of places) (alone(link) ?? link).replaceWith(words.get(box).cloneNode(true));
  for (const box of notes.keys()) {
    let gone = box;
    for (let { parentElement } = box; parentElement && parentElement !== body && [...parentElement.childNodes].every((child) => child === gone || /^h[1-6r]$/.test(child.localName ?? "") || !child.textContent.trim()); parentElement = gone.parentElement) gone = parentElement;
    gone.remove();
  }
}

function fragment(href) {
  const name = href.slice(href.indexOf("#") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The block of a note: its item, else its paragraph, with what else stands in a division that holds this note alone. */
function boxOf(note) {
  const item = note.closest("li");
  if (item) return item;
  const box = note.closest("p, div, td");
  const division = box?.parentElement?.closest("div");
  const isOwn = division && box.localName === "p" && /^ftn|footnote(?!-list)|endnote(?!-list)/.test(`${division.id} ${division.getAttribute("data-style") ?? ""}`);
  return isOwn ? division : box;
}

/** The outermost element of a line that holds nothing but this link: `<sup>`, `<span>`. */
function alone(link) {
  let outer = null;
  for (let { parentElement } = link; parentElement && /^(sup|span|small|font)$/.test(parentElement.localName) && parentElement.textContent.trim() === link.textContent.trim(); { parentElement } = parentElement) outer = parentElement;
  return outer;
}

/** The words of a block as one note; its paragraphs are parted by line ends. */
function line(box) {
  const { ownerDocument } = box;
  const note = ownerDocument.createElement("foot-note");
  const blocks = [...box.querySelectorAll(BLOCK)].filter((block) => !block.querySelector(BLOCK) && block.textContent.trim());
  for (const block of blocks.length ? blocks : [box]) {
    if (note.childNodes.length) note.append(ownerDocument.createElement("br"));
    note.append(...[...block.childNodes].map((child) => child.cloneNode(true)));
  }
  return note;
}

// ── Elements ───────────────────────────────────────────────────────────────────────────────────────────────────────

function dropComments(body) {
  const walker = body.ownerDocument.createTreeWalker(body, 128);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

/** Keeps an element that says something, keeps only the words of one that does not. */
function tidy(element) {
  if (!element.isConnected && !element.parentNode) return;
  const style = element.getAttribute("data-style") ?? "";
  let tag = { b: "strong", i: "em", strike: "s", del: "s", h1: "h2", h5: "h4", h6: "h4", tt: "code", dt: "p", dd: "p", center: "p", address: "p", summary: "p" }[element.localName] ?? element.localName;
  if (/display:\s*none|mso-hide:\s*all/i.test(style)) return element.remove();
  // Google Docs wraps everything in a <b> that is not bold.
  if (tag === "strong" && /font-weight:\s*(normal|[1-4]00)/i.test(style)) tag = "span";
  if (tag === "em" && /font-style:\s*normal/i.test(style)) tag = "span";
  const wraps = [];
  if (!/^(h\d|th|strong|a)$/.test(tag) && !element.closest("h1,h2,h3,h4,h5,h6") && /font-weight:\s*(bold|[6-9]00)/i.test(style)) wraps.push("strong");
  if (!/^(em|blockquote|cite)$/.test(tag) && /font-style:\s*(italic|oblique)/i.test(style)) wraps.push("em");
  if (tag !== "s" && /text-decoration[^;]*line-through/i.test(style)) wraps.push("s");
  if (tag !== "sup" && /vertical-align:\s*super/i.test(style)) wraps.push("sup");
  if (tag !== "sub" && /vertical-align:\s*sub\b/i.test(style)) wraps.push("sub");
  const { ownerDocument } = element;
  for (const wrap of wraps) {
    if (element.querySelector(BLOCK)) continue;
    const inner = ownerDocument.createElement(wrap);
    inner.append(...element.childNodes);
    element.append(inner);
  }
  if (tag === "img") return element.remove();
  if (tag === "table" && element.querySelectorAll("td, th").length < 2) tag = "div";
  if ((tag === "tr" || tag === "td" || tag === "th" || tag === "tbody" || tag === "thead") && !element.closest("table")) tag = "div";
  if (tag === "a") {
    const href = realAddress(element.getAttribute("href") ?? "");
    const link = ownerDocument.createElement(href ? "a" : "span");
    if (href) link.setAttribute("href", href);
    link.append(...element.childNodes);
    element.replaceWith(link);
    if (!href) link.replaceWith(...link.childNodes);
    return;
  }
  // An empty bold or a bold space is an accident.
  if (/^(strong|em|s|sub|sup|code|cite)$/.test(tag) && !element.textContent.trim()) return element.replaceWith(...element.childNodes);
  // In a heading everything is bold.
  if (tag === "strong" && element.closest("h1,h2,h3,h4,h5,h6")) tag = "span";
  if (KEPT.has(tag)) {
    const kept = ownerDocument.createElement(tag);
    for (const name of ["colspan", "rowspan", "start"]) if (element.hasAttribute(name)) kept.setAttribute(name, element.getAttribute(name));
    kept.append(...element.childNodes);
    element.replaceWith(kept);
  } else if (element.matches(BLOCK)) {
    const block = ownerDocument.createElement("div");
    block.append(...element.childNodes);
    element.replaceWith(block);
  } else element.replaceWith(...element.childNodes);
}

/** Where a link really leads: behind redirects of search engines, without parameters that only track; null for nowhere. */
function realAddress(href) {
  try {
    const url = new URL(href);
    if (/(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url") return realAddress(url.searchParams.get("q") ?? url.searchParams.get("url") ?? "");
    if (/^l\.(facebook|instagram)\.com$/.test(url.hostname)) return realAddress(url.searchParams.get("u") ?? "");
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? untracked(url.href === href || url.href === `${href}/` ? href : url.href) : null;
  } catch {
    return null;
  }
}

function untracked(href) {
  if (!href.includes("?")) return href;
  const url = new URL(href);
  const names = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  if (!names.length) return href;
  for (const name of names) url.searchParams.delete(name);
  return url.href;
}

function repairTexts(body) {
  const walker = body.ownerDocument.createTreeWalker(body, 4);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const repaired = repair(text.data);
    text.data = text.parentElement.closest("pre") ? repaired : repaired.replace(/[ \t\r\n\f]+/g, " ");
  }
}

/** Divisions become paragraphs, two line ends in a row part them, empty ones go. */
function paragraphs(body) {
  const { ownerDocument } = body;
  for (const div of [...body.querySelectorAll("div")].reverse()) {
    if (div.querySelector(BLOCK)) {
      looseWords(div);
      div.replaceWith(...div.childNodes);
    } else {
      const paragraph = ownerDocument.createElement("p");
      paragraph.append(...div.childNodes);
      div.replaceWith(paragraph);
    }
  }
  // An element of a line around blocks stands in nobody's way.
  for (const element of [...body.querySelectorAll("strong,em,s,sub,sup,code,cite,a")]) {
    if (element.querySelector(BLOCK)) element.replaceWith(...element.childNodes);
  }
  looseWords(body);
  for (const paragraph of [...body.querySelectorAll("p")]) {
    splitAtDoubleBreaks(paragraph);
  }
  for (const paragraph of [...body.querySelectorAll("p, h2, h3, h4, li, blockquote")].reverse()) {
    if (/^[\s\u0640_=~*–—-]*$/.test(paragraph.textContent) && !paragraph.querySelector("hr, table")) paragraph.remove();
  }
  for (const list of [...body.querySelectorAll("ul, ol")]) {
    if (!list.children.length) list.remove();
    else if (/^(ul|ol)$/.test(list.parentElement?.localName ?? "") && list.previousElementSibling) list.previousElementSibling.append(list);
  }
  for (const paragraph of body.querySelectorAll("li > p, td > p, th > p")) {
    if (paragraph.parentElement.children.length === 1) paragraph.replaceWith(...paragraph.childNodes);
  }
  body.normalize();
}

/** Words beside blocks get a paragraph. */
function looseWords(element) {
  if (!element.querySelector(BLOCK)) {
    if (element.localName !== "body" || !element.querySelector("br")) return;
  }
  let paragraph = null;
  for (const child of [...element.childNodes]) {
    const isBlock = child.nodeType === 1 && child.matches(BLOCK);
    if (isBlock) paragraph = null;
    else if (paragraph) paragraph.append(child);
    else if (child.textContent.trim() || child.localName === "br") {
      paragraph = element.ownerDocument.createElement("p");
      child.before(paragraph);
      paragraph.append(child);
    }
  }
}

function splitAtDoubleBreaks(paragraph) {
  const breaks = [...paragraph.querySelectorAll(":scope > br")];
  for (const first of breaks) {
    let next = first.nextSibling;
    while (next?.nodeType === 3 && !next.data.trim()) next = next.nextSibling;
    const isDouble = next?.localName === "br";
    const isEdge = !next || !hasBefore(first);
    if (isEdge && !isDouble) first.remove();
    else if (isDouble) {
      const before = paragraph.ownerDocument.createElement("p");
      while (paragraph.firstChild && paragraph.firstChild !== first) before.append(paragraph.firstChild);
      first.remove();
      if (before.textContent.trim()) paragraph.before(before);
    }
  }
}

function hasBefore(node) {
  for (let before = node.previousSibling; before; before = before.previousSibling) if (before.textContent.trim()) return true;
  return false;
}

// Which words differ between two texts?

import { base } from "./direction.js";
import { h } from "./dom.js";
import { parse } from "./read.js";

/** The paragraphs of markup, as words. */
export function plain(markup) {
  const body = parse(markup);
  // A note moves the numbers of all that come after it.
  for (const number of body.querySelectorAll("sup.fn")) number.remove();
  for (const element of body.querySelectorAll("p,h2,h3,h4,h5,h6,li,blockquote,figcaption,tr,div,pre,br")) element.append("\n");
  for (const cell of body.querySelectorAll("td,th")) cell.append(" ");
  return body.textContent.replace(/[ \t]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
}

/** Words, and the white space between them. */
const tokens = (text) => text.match(/\n|[^\S\n]+|[^\s]+/g) ?? [];

/** Runs of tokens: `{ kind: "same" | "del" | "ins", text }`. Myers' algorithm with a limit; beyond it all is changed. */
export function difference(before, after) {
  const [a, b] = [tokens(before), tokens(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const parts = [];
  const add = (kind, words) => {
    if (!words.length) return;
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += words.join("");
    else parts.push({ kind, text: words.join("") });
  };
  add("same", a.slice(0, start));
  for (const [kind, word] of edits(a.slice(start, a.length - end), b.slice(start, b.length - end))) add(kind, [word]);
  add("same", a.slice(a.length - end));
  return parts;
}

const MOST_EDITS = 1500;

function edits(a, b) {
  const all = () => [...a.map((word) => ["del", word]), ...b.map((word) => ["ins", word])];
  if (!a.length || !b.length) return all();
  const reached = new Map([[1, 0]]);
  const trace = [];
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_EDITS); d += 1) {
    trace.push(new Map(reached));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && reached.get(k - 1) < reached.get(k + 1)) ? reached.get(k + 1) : reached.get(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return back(a, b, trace, d);
    }
  }
  return all();
}

function back(a, b, trace, length) {
  const steps = [];
  let [x, y] = [a.length, b.length];
  for (let d = length; d >= 0; d -= 1) {
    const reached = trace[d];
    const k = x - y;
    const before = k === -d || (k !== d && reached.get(k - 1) < reached.get(k + 1)) ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : reached.get(before);
    const fromY = fromX - before;
    while (x > Math.max(fromX, 0) && y > Math.max(d === 0 ? 0 : fromY, 0)) {
      steps.push(["same", a[x - 1]]);
      x -= 1;
      y -= 1;
    }
    if (d === 0) break;
    steps.push(x === fromX ? ["ins", b[y - 1]] : ["del", a[x - 1]]);
    [x, y] = [fromX, fromY];
  }
  return steps.reverse();
}

/** How many words are in one text and not in the other. */
export function changedWords(before, after) {
  return difference(before, after).reduce((sum, { kind, text }) => sum + (kind === "same" ? 0 : text.split(/\s+/).filter(Boolean).length), 0);
}

/** Two texts side by side, what is only in one of them marked. Paragraphs find their own direction. */
export function sideBySide(before, after, [beforeTitle, afterTitle]) {
  const parts = difference(before, after);
  const side = (title, drop, tag) => {
    const column = h("section", { class: "diff__side" }, h("h3", {}, title));
    let paragraph = h("p");
    for (const { kind, text } of parts) {
      if (kind === drop) continue;
      text.split("\n").forEach((line, place) => {
        if (place) {
          if (paragraph.childNodes.length) column.append(paragraph);
          paragraph = h("p");
        }
        if (line) paragraph.append(kind === tag && line.trim() ? h(tag, {}, line) : line);
      });
    }
    column.append(paragraph);
    for (const one of column.querySelectorAll("p")) {
      const dir = base(one.textContent);
      if (dir) one.dir = dir;
    }
    return column;
  };
  return h("div", { class: "diff" }, side(beforeTitle, "ins", "del"), side(afterTitle, "del", "ins"));
}

// What goes on the clipboard, and comes back from it?
//
// The markup of the article itself, so that another program gets figures and links, and another story of this newsroom gets
// blocks that no schema knows as well. A mark says that it came from here.

import { DOMSerializer, Fragment, Slice } from "prosemirror-model";
import { fold } from "./fold.js";
import { parse, read } from "./read.js";
import { schema } from "./schema.js";
import { block } from "./write.js";

const MARK = "data-warraq";
const plain = DOMSerializer.fromSchema(schema);

/** For `EditorView`: whole blocks as they are written, parts of lists and tables as ProseMirror writes them. */
export function serializer(around) {
  return {
    serializeFragment(fragment, options = {}, target) {
      const nodes = [];
      fragment.forEach((node) => nodes.push(node));
      if (target || !options.document || !nodes.every((node) => node.type.isInGroup("block"))) return plain.serializeFragment(fragment, options, target);
      const result = options.document.createDocumentFragment();
      for (const child of parse(fold(nodes.map((node) => block(node, around())).join(""))).childNodes) result.append(options.document.importNode(child, true));
      result.firstElementChild?.setAttribute(MARK, "");
      return result;
    },
    serializeNode: (node, options) => plain.serializeNode(node, options),
  };
}

/** What another page of this newsroom copied, or null. */
export function fromHere(html, around) {
  if (!html.includes(`${MARK}=""`)) return null;
  const markup = html
    .replace(/^[\s\S]*?<!--StartFragment-->|<!--EndFragment-->[\s\S]*$/g, "")
    .replace(/^\s*<meta[^>]*>/, "")
    .replace(` ${MARK}=""`, "");
  const [, start, end] = / data-pm-slice="(\d+) (\d+)[^"]*"/.exec(markup) ?? [null, 0, 0];
  const nodes = read(markup.replace(/ data-pm-slice="[^"]*"/, ""), around).content;
  const opens = (node, depth) => (node.type === schema.nodes.paragraph && Number(depth) > 0 ? 1 : 0);
  return new Slice(Fragment.from(nodes), opens(nodes.firstChild, start), opens(nodes.lastChild, end));
}

// What can an article be made of?
//
// The nodes are the elements that the sanitiser keeps (crates/warraq/src/news/html.rs). What is none of them stays in the
// document as it came: a block as `kept`, a piece of a line as `kept_inline`, an element around words as the mark `other`.

import { Schema } from "prosemirror-model";

/** Elements within a line that have no button and are carried along. */
export const CARRIED = ["span", "bdi", "bdo", "abbr", "mark", "q", "time", "kbd", "small", "u", "ins", "del", "cite"];
const CARRIED_ATTRIBUTES = ["lang", "dir", "title", "datetime", "cite"];
const IMAGE_ATTRIBUTES = ["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"];

/** Whether a link may be followed: the sanitiser keeps no other. Relative addresses are of this site. */
export function isFollowed(href) {
  const scheme = /^[\u0000-\u0020]*([a-z][a-z0-9+.-]*):/i.exec(href.replace(/[\t\n\r]/g, ""));
  return !scheme || ["http", "https", "mailto", "tel"].includes(scheme[1].toLowerCase());
}

/** Blocks of words: the ones that have a direction of their own. */
const leaf = (tag, more = {}) => ({
  content: "inline*",
  attrs: { dir: { default: null }, lang: { default: null } },
  parseDOM: [{ tag, getAttrs: leafAttributes }],
  toDOM: () => [tag, 0],
  ...more,
});

/** What a leaf block's element says about itself. `dir` is what was written; read.js decides what that means. */
export function leafAttributes(element) {
  return { dir: element.getAttribute("dir"), lang: element.getAttribute("lang") };
}

const nodes = {
  doc: { content: "block+" },
  paragraph: leaf("p", { group: "block plain" }),
  heading: {
    ...leaf("h2"),
    group: "block plain",
    defining: true,
    attrs: { level: { default: 2 }, dir: { default: null }, lang: { default: null } },
    parseDOM: [2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, getAttrs: (element) => ({ level, ...leafAttributes(element) }) })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  quote: {
    content: "(paragraph | list)+ attribution?",
    group: "block",
    defining: true,
    attrs: { pull: { default: false }, cite: { default: null } },
    parseDOM: [{
      tag: "blockquote",
      getAttrs: (element) => ({ pull: element.classList.contains("pull-quote"), cite: element.getAttribute("cite") }),
    }],
    toDOM: (node) => ["blockquote", node.attrs.pull ? { class: "pull-quote" } : {}, 0],
  },
  // Who said it. Stands as a paragraph of its own, or bare as WordPress writes it. `bare` has no default: a block without
  // one is nothing that Enter makes by itself.
  attribution: {
    ...leaf("cite"),
    defining: true,
    attrs: { dir: { default: null }, lang: { default: null }, bare: {} },
    parseDOM: [
      { tag: "p[data-attribution]", priority: 60, context: "quote/", getAttrs: (element) => ({ ...leafAttributes(element), bare: false }) },
      { tag: "cite[data-attribution]", priority: 60, context: "quote/", getAttrs: (element) => ({ ...leafAttributes(element), bare: true }) },
    ],
    toDOM: () => ["p", { "data-attribution": "" }, 0],
  },
  bullet_list: { content: "list_item+", group: "block list", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: {
    content: "list_item+",
    group: "block list",
    attrs: { start: { default: null }, reversed: { default: false } },
    parseDOM: [{
      tag: "ol",
      getAttrs: (element) => ({ start: element.getAttribute("start"), reversed: element.hasAttribute("reversed") }),
    }],
    toDOM: (node) => ["ol", node.attrs.start ? { start: node.attrs.start } : {}, 0],
  },
  list_item: {
    content: "paragraph (paragraph | list)*",
    defining: true,
    attrs: { value: { default: null } },
    parseDOM: [{ tag: "li", getAttrs: (element) => ({ value: element.getAttribute("value") }) }],
    toDOM: (node) => ["li", node.attrs.value ? { value: node.attrs.value } : {}, 0],
  },
  // A picture. Whatever else is in its <figure> makes the block a kept one (read.js looks).
  picture: {
    content: "caption credit",
    group: "block",
    isolating: true,
    draggable: true,
    attrs: { image: { default: { src: "", alt: "" } }, wide: { default: false }, href: { default: null } },
    parseDOM: [{
      tag: "figure",
      priority: 40,
      getAttrs: (element) => {
        const image = element.querySelector("img");
        if (!image || !isFollowed(image.closest("a")?.getAttribute("href") ?? "")) return false;
        return {
          image: attributesOf(image, IMAGE_ATTRIBUTES),
          wide: element.classList.contains("wide"),
          href: image.closest("a")?.getAttribute("href") ?? null,
        };
      },
      contentElement: (element) => element.querySelector("figcaption") ?? element.appendChild(element.ownerDocument.createElement("figcaption")),
    }],
    toDOM: (node) => ["figure", ["img", node.attrs.image], ["figcaption", 0]],
  },
  caption: leaf("div", {
    isolating: true,
    parseDOM: [{ tag: "[data-caption]", getAttrs: leafAttributes }],
    toDOM: () => ["div", { "data-caption": "" }, 0],
  }),
  credit: leaf("small", {
    content: "text*",
    marks: "link",
    isolating: true,
    parseDOM: [{ tag: "[data-credit]", getAttrs: leafAttributes }],
    toDOM: () => ["small", { "data-credit": "" }, 0],
  }),
  gallery: {
    content: "picture+ caption",
    group: "block",
    isolating: true,
    draggable: true,
    attrs: { named: { default: true }, wide: { default: false } },
    parseDOM: [{
      tag: "figure:has(figure)",
      priority: 60,
      getAttrs: (element) => ({ named: element.classList.contains("gallery"), wide: element.classList.contains("wide") }),
    }],
    toDOM: () => ["figure", { class: "gallery" }, 0],
  },
  // A link on a line of its own, shown as a card. Nothing is fetched from where it leads.
  card: {
    group: "block",
    atom: true,
    draggable: true,
    attrs: { href: {}, title: { default: "" } },
    parseDOM: [{
      tag: "figure:has(> a:only-child)",
      priority: 70,
      getAttrs: (element) => {
        const link = element.firstElementChild;
        if (element.querySelector("img, figure") || !link.hasAttribute("href") || !isFollowed(link.getAttribute("href"))) return false;
        return { href: link.getAttribute("href"), title: link.textContent };
      },
    }],
    toDOM: (node) => ["figure", ["a", { href: node.attrs.href }, node.attrs.title || node.attrs.href]],
  },
  table: {
    content: "table_row+",
    tableRole: "table",
    isolating: true,
    group: "block",
    parseDOM: [{ tag: "table" }],
    toDOM: () => ["table", ["tbody", 0]],
  },
  table_row: {
    content: "(table_cell | table_header)*",
    tableRole: "row",
    attrs: { part: { default: null } },
    parseDOM: [{
      tag: "tr",
      getAttrs: (element) => {
        const part = element.parentElement?.localName;
        return { part: part === "thead" || part === "tfoot" ? part : null };
      },
    }],
    toDOM: () => ["tr", 0],
  },
  table_cell: cell("td", "cell"),
  table_header: cell("th", "header_cell"),
  note: {
    content: "(paragraph | heading | list)+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "aside.note" }],
    toDOM: () => ["aside", { class: "note" }, 0],
  },
  divider: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  code_block: {
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    attrs: { code: { default: true }, dir: { default: null }, lang: { default: null } },
    parseDOM: [{
      tag: "pre",
      preserveWhitespace: "full",
      getAttrs: (element) => ({ code: element.firstElementChild?.localName === "code", ...leafAttributes(element) }),
    }],
    toDOM: () => ["pre", ["code", 0]],
  },
  kept: { group: "block", atom: true, draggable: true, attrs: { html: {} }, toDOM: (node) => ["div", { "data-kept": node.attrs.html }] },
  text: { group: "inline" },
  // A note, where the text refers to it. It has no marks of what is around it: it is no part of a link.
  footnote: {
    inline: true,
    group: "inline",
    content: "(text | break | kept_inline)*",
    atom: true,
    draggable: true,
    parseDOM: [{ tag: "foot-note" }],
    toDOM: () => ["foot-note", 0],
  },
  break: { inline: true, group: "inline", selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  kept_inline: {
    inline: true,
    group: "inline",
    atom: true,
    attrs: { html: {} },
    parseDOM: [{ tag: "ruby, img", getAttrs: (element) => ({ html: element.outerHTML }) }],
    toDOM: (node) => ["span", { "data-kept": node.attrs.html }],
  },
};

const marks = {
  link: {
    attrs: { href: {}, title: { default: null }, hreflang: { default: null } },
    inclusive: false,
    parseDOM: [{
      tag: "a[href]",
      getAttrs: (element) => isFollowed(element.getAttribute("href")) && {
        href: element.getAttribute("href"),
        title: element.getAttribute("title"),
        hreflang: element.getAttribute("hreflang"),
      },
    }],
    toDOM: (mark) => ["a", mark.attrs, 0],
  },
  other: {
    attrs: { tag: {}, attrs: { default: {} } },
    excludes: "",
    parseDOM: CARRIED.map((tag) => ({ tag, getAttrs: (element) => ({ tag, attrs: attributesOf(element, CARRIED_ATTRIBUTES) }) })),
    toDOM: (mark) => [mark.attrs.tag, mark.attrs.attrs, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  strike: { parseDOM: [{ tag: "s" }], toDOM: () => ["s", 0] },
  sub: { excludes: "sub sup", parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
  sup: { excludes: "sub sup", parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
  code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
};

export const schema = new Schema({ nodes, marks });

function cell(tag, role) {
  return {
    content: "(paragraph | list)+",
    tableRole: role,
    isolating: true,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null }, scope: { default: null } },
    parseDOM: [{
      tag,
      getAttrs: (element) => ({
        colspan: Number(element.getAttribute("colspan") || 1),
        rowspan: Number(element.getAttribute("rowspan") || 1),
        scope: element.getAttribute("scope"),
      }),
    }],
    toDOM: (node) => {
      const { colspan, rowspan } = node.attrs;
      return [tag, { ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }) }, 0];
    },
  };
}

function attributesOf(element, names) {
  const found = {};
  for (const name of names) if (element.hasAttribute(name)) found[name] = element.getAttribute(name);
  return found;
}

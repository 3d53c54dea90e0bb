// What does each block look like while it is edited?

import { base, effective } from "./direction.js";
import { h } from "./dom.js";
import { Footnote } from "./footnotes.js";
import { parse } from "./read.js";

/** What a kept block may show of itself: the elements and attributes of the sanitiser, nothing that loads from elsewhere. */
const SHOWN = new Set(
  ("p h2 h3 h4 h5 h6 blockquote cite q ul ol li dl dt dd a strong em b i u s sub sup small mark abbr code pre kbd br hr figure figcaption " +
    "img table caption thead tbody tfoot tr th td bdi bdo span div time del ins ruby rt rp aside audio video source").split(" "),
);
const CLASSES = ["note", "pull-quote", "wide", "gallery"];
const ATTRIBUTES = new Set("lang dir title alt width height colspan rowspan scope start datetime controls".split(" "));

/** Node views by type, for a document whose language runs `around()`. */
export function nodeViews({ texts, around, link = () => {}, save = () => {} }) {
  const leaf = (tag, more) => (node) => new Leaf(node, tag, around, more);
  return {
    paragraph: leaf(() => "p", { placeholder: texts("placeholder") }),
    heading: leaf((node) => `h${node.attrs.level}`, { placeholder: texts("placeholder-heading") }),
    attribution: leaf(() => "p", { className: "attribution", placeholder: texts("placeholder-attribution") }),
    caption: leaf(() => "div", { className: "caption", placeholder: texts("placeholder-caption") }),
    credit: leaf(() => "div", { className: "credit-line", placeholder: texts("placeholder-credit") }),
    picture: (node, view, position) => new Picture(node, view, position, texts),
    card: (node, view, position) => new Card(node, view, position, texts),
    kept: (node, view, position) => new Kept(node, view, position, texts, around),
    footnote: (node, view, position) => new Footnote(node, view, position, { texts, around, link, save }),
    kept_inline: (node) => {
      const dom = h("span", { class: "kept-inline", title: texts("kept") });
      dom.append(shown(parse(node.attrs.html), texts));
      return { dom };
    },
  };
}

/** Words that find their direction while they are typed. */
class Leaf {
  constructor(node, tag, around, { className = null, placeholder = null } = {}) {
    Object.assign(this, { node, tag, around });
    this.dom = this.contentDOM = h(tag(node), { class: className });
    if (placeholder) this.dom.setAttribute("data-placeholder", placeholder);
    this.show();
  }

  update(node) {
    if (node.type !== this.node.type || this.tag(node) !== this.tag(this.node)) return false;
    this.node = node;
    this.show();
    return true;
  }

  show() {
    const direction = effective(this.node, this.around());
    if (this.dom.dir !== direction) this.dom.dir = direction;
    if (this.dom.lang !== (this.node.attrs.lang ?? "")) this.dom.lang = this.node.attrs.lang ?? "";
    const isEmpty = this.node.content.size === 0;
    if (isEmpty !== this.dom.classList.contains("is-empty")) this.dom.classList.toggle("is-empty", isEmpty);
  }

  ignoreMutation(mutation) {
    return mutation.type === "attributes";
  }
}

/** A block with a frame and buttons, around content or a thing. */
class Framed {
  constructor(node, view, position, texts) {
    Object.assign(this, { node, view, position, texts });
  }

  remove() {
    const at = this.position();
    if (at === undefined || !this.view.editable) return;
    const { doc, tr } = this.view.state;
    const $at = doc.resolve(at);
    // A gallery ends with its last picture.
    const goesWhole = $at.parent.type.name === "gallery" && $at.parent.childCount === 2;
    const [from, to] = goesWhole ? [$at.before(), $at.after()] : [at, at + this.node.nodeSize];
    this.view.dispatch(tr.delete(from, to).scrollIntoView());
    this.view.focus();
  }

  change(attrs) {
    const at = this.position();
    if (at !== undefined && this.view.editable) this.view.dispatch(this.view.state.tr.setNodeMarkup(at, null, { ...this.node.attrs, ...attrs }));
  }

  button(key, act, attrs = {}) {
    return h("button", { type: "button", class: "button button--quiet button--small", click: act, ...attrs }, this.texts(key));
  }

  removeButton() {
    return this.button("remove", () => this.remove());
  }

  /** Buttons and fields of the frame are no part of the text. */
  stopEvent(event) {
    return event.target instanceof Element && event.target.closest(".frame__tools") !== null;
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM?.contains(mutation.target);
  }
}

class Picture extends Framed {
  constructor(node, view, position, texts) {
    super(node, view, position, texts);
    this.alt = h("input", {
      type: "text", dir: "auto", value: node.attrs.image.alt ?? "", "aria-label": texts("alt"), placeholder: texts("alt-hint"),
      change: () => this.change({ image: { ...this.node.attrs.image, alt: this.alt.value } }),
    });
    this.wide = this.button("wide", () => this.change({ wide: !this.node.attrs.wide }), { "aria-pressed": String(node.attrs.wide) });
    this.contentDOM = h("figcaption");
    this.dom = h("figure", { class: "frame frame--picture" }, image(node.attrs.image, texts),
      h("div", { class: "frame__tools", contenteditable: "false" }, this.alt, this.wide, this.removeButton()), this.contentDOM);
    this.show();
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.image.src !== this.node.attrs.image.src) return false;
    this.node = node;
    this.show();
    return true;
  }

  show() {
    const alt = this.node.attrs.image.alt ?? "";
    if (this.alt.value !== alt && document.activeElement !== this.alt) this.alt.value = alt;
    this.dom.classList.toggle("wide", this.node.attrs.wide);
    this.dom.classList.toggle("frame--lacks", !alt.trim());
    this.wide.setAttribute("aria-pressed", String(this.node.attrs.wide));
  }
}

class Card extends Framed {
  constructor(node, view, position, texts) {
    super(node, view, position, texts);
    const { href } = node.attrs;
    this.name = h("input", {
      type: "text", dir: "auto", value: node.attrs.title === href ? "" : node.attrs.title, "aria-label": texts("card-title"), placeholder: texts("card-title"),
      change: () => this.change({ title: this.name.value.trim() }),
    });
    this.dom = h("figure", { class: "frame frame--card", contenteditable: "false" },
      h("strong", {}, h("bdi", {}, service(href))), h("bdi", { class: "frame__address", dir: "ltr" }, href),
      h("div", { class: "frame__tools" }, this.name, this.removeButton()));
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.href !== this.node.attrs.href) return false;
    this.node = node;
    return true;
  }
}

class Kept extends Framed {
  constructor(node, view, position, texts, around) {
    super(node, view, position, texts);
    const body = parse(node.attrs.html);
    const content = h("div", { class: "frame__kept" });
    // Notes of a block that is kept are shown where they belong.
    for (const note of body.querySelectorAll("foot-note")) note.replaceWith(` [${note.textContent}]`);
    content.append(shown(body, texts));
    content.dir = base(body.textContent) ?? around();
    const tools = h("div", { class: "frame__tools" }, h("span", { class: "frame__label" }, texts("kept")));
    tools.append(this.button("kept-edit", () => this.dom.dispatchEvent(new CustomEvent("kept-edit", { bubbles: true, detail: this.position() }))));
    tools.append(this.removeButton());
    this.dom = h("div", { class: "frame frame--kept", contenteditable: "false" }, tools, content);
  }
}

/** Where a link leads, in one word. */
function service(href) {
  const names = { "youtube.com": "YouTube", "youtu.be": "YouTube", "x.com": "X", "twitter.com": "X", "t.me": "Telegram", "facebook.com": "Facebook", "instagram.com": "Instagram", "tiktok.com": "TikTok" };
  try {
    const host = new URL(href, location.href).hostname.replace(/^(www|m)\./, "");
    return names[host] ?? host;
  } catch {
    return href;
  }
}

/** Whether an address is of this site: nothing is loaded from another. */
export function isOurs(address) {
  try {
    return new URL(address, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

function image(attrs, texts) {
  if (!isOurs(attrs.src)) {
    return h("div", { class: "frame__elsewhere", contenteditable: "false" }, texts("picture-elsewhere"), " ", h("bdi", { dir: "ltr" }, attrs.src ?? ""));
  }
  const element = h("img", { src: attrs.src, alt: attrs.alt ?? "", width: attrs.width, height: attrs.height });
  element.draggable = false;
  return element;
}

/** Copies of the children of `source`, element by element, with nothing that runs, leads away or loads from elsewhere. */
function shown(source, texts) {
  const fragment = document.createDocumentFragment();
  for (const child of source.childNodes) {
    if (child.nodeType === 3) fragment.append(child.data);
    if (child.nodeType !== 1) continue;
    const tag = child.localName;
    if (!SHOWN.has(tag)) {
      fragment.append(shown(child, texts));
      continue;
    }
    if (tag === "img") {
      fragment.append(image({ src: child.getAttribute("src"), alt: child.getAttribute("alt") }, texts));
      continue;
    }
    // A link is shown and not followed.
    const copy = document.createElement(tag === "a" ? "u" : tag);
    for (const { name, value } of child.attributes) if (ATTRIBUTES.has(name)) copy.setAttribute(name, value);
    copy.classList.add(...CLASSES.filter((name) => child.classList.contains(name)));
    if (["audio", "video", "source"].includes(tag) && child.hasAttribute("src")) {
      if (isOurs(child.getAttribute("src"))) {
        copy.setAttribute("src", child.getAttribute("src"));
        if (tag !== "source") copy.preload = "none";
      } else fragment.append(h("bdi", { dir: "ltr" }, child.getAttribute("src")));
    }
    copy.append(shown(child, texts));
    fragment.append(copy);
  }
  return fragment;
}

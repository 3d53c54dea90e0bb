// How are elements made? One by one: markup as text never reaches the page.

/**
 * An element. `attrs` whose value is a function are listeners, `false`, `null` and `undefined` are left out; `props` of the
 * same name as a property of the DOM (`hidden`, `disabled`, `value`, …) are set as such.
 */
export function h(tag, attrs = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Drawings on a field of 20 × 20, as lines; those that point somewhere are mirrored where text runs from the right. */
const DRAWINGS = {
  undo: ["M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4", true],
  redo: ["M16 8H8a4 4 0 0 0 0 8h4M16 8l-4-4M16 8l-4 4", true],
  link: ["M8 12l4-4M9 6l1.5-1.5a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.500 1.500a3.500 3.500 0 0 1-5-5L6 9"],
  footnote: ["M3 6h8M3 10.500h8M3 15h14M15.500 3v6M14 4.500L15.500 3"],
  bullets: ["M8 5h9M8 10h9M8 15h9M3.500 5h.01M3.500 10h.01M3.500 15h.01", true],
  numbers: ["M9 5h8M9 10h8M9 15h8M3 4l1.500-1v4M3 12.500c0-2 3-2 3 0L3 16h3", false],
  quote: ["M3 4v12M7 6h10M7 10h10M7 14h6", true],
  picture: ["M3 4h14v12H3zM3 14l4-4 3 3 3-4 4 5M7 7.500h.01"],
  plus: ["M10 4v12M4 10h12"],
  table: ["M3 4h14v12H3zM3 8h14M3 12h14M8 4v12M13 4v12"],
  direction: ["M3 6h14M14 3l3 3-3 3M17 14H3M6 11l-3 3 3 3"],
  rtl: ["M17 5H3M17 10H9M6 13l-3 3 3 3M3 16h14"],
  ltr: ["M3 5h14M3 10h8M14 13l3 3-3 3M17 16H3"],
  search: ["M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3zM13.500 13.500L17 17"],
  more: ["M5 10h.01M10 10h.01M15 10h.01"],
  help: ["M7.500 7.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M10 14.500h.01"],
  close: ["M5 5l10 10M15 5L5 15"],
};

export function icon(name) {
  const [path, mirrored] = DRAWINGS[name];
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  svg.setAttribute("class", mirrored ? "icon icon--mirrored" : "icon");
  svg.append(line);
  return svg;
}

/** A modal dialog with a title; it goes away when it closes. `fill` gets the body and a function that closes. */
export function openDialog(title, texts, fill, { wide = false } = {}) {
  const heading = h("h2", { class: "dialog__title", id: "editor-dialog-title" }, title);
  const body = h("div", { class: "dialog__body" });
  const dialog = h(
    "dialog",
    { class: `dialog${wide ? " dialog--wide" : ""}`, "aria-labelledby": heading.id },
    h("div", { class: "dialog__head" }, heading,
      h("button", { type: "button", class: "button button--quiet button--icon", "aria-label": texts("close"), click: () => dialog.close() }, icon("close"))),
    body,
  );
  const before = document.activeElement;
  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
      if (document.activeElement === document.body) before?.focus?.();
    });
  });
  fill(body, (value) => dialog.close(value));
  document.body.append(dialog);
  dialog.showModal();
  // What differs is what somebody wants to see.
  dialog.querySelector(".diff :is(ins, del)")?.scrollIntoView({ block: "center" });
  return { dialog, closed };
}

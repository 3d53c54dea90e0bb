// Which buttons are there, and how are they reached without a mouse?
//
// One stop for Tab; arrow keys go on in the direction of the page, Home and End to the ends, Escape back to the text.

import * as commands from "./commands.js";
import { effective } from "./direction.js";
import { h, icon, openDialog } from "./dom.js";

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** The list of tools: groups of buttons and menus. `acts` are those that open something. */
function tools(acts) {
  const { heading, table } = commands;
  const mark = (id, run, keys, face) => ({ id, run, keys, face, on: (state) => commands.isMarked(state, id) });
  return [
    [{ id: "undo", run: commands.undo, keys: "Mod-z", icon: "undo" }, { id: "redo", run: commands.redo, keys: "Mod-y", icon: "redo" }],
    [{
      id: "style",
      menu: [
        { id: "paragraph", run: commands.paragraph, keys: "Mod-Alt-0", on: (state) => commands.isIn(state, "paragraph") && !commands.isIn(state, "quote") && !commands.isIn(state, "note") },
        ...[2, 3, 4].map((level) => ({ id: `heading-${level}`, run: heading(level), keys: `Mod-Alt-${level}`, on: (state) => commands.isIn(state, "heading", { level }) })),
        { id: "quote", run: commands.quote, keys: "Mod-Shift-9", on: (state) => commands.isIn(state, "quote", { pull: false }) },
        { id: "pull-quote", run: commands.pullQuote, keys: "Mod-Alt-9", on: (state) => commands.isIn(state, "quote", { pull: true }) },
        { id: "note", run: commands.note, keys: "Mod-Alt-n", on: (state) => commands.isIn(state, "note") },
        { id: "code-block", run: commands.codeBlock, keys: "Mod-Alt-c", on: (state) => commands.isIn(state, "code_block") },
      ],
    }],
    [
      mark("strong", commands.bold, "Mod-b", "bold"), mark("em", commands.italic, "Mod-i", "italic"),
      { id: "link", run: acts.link, keys: "Mod-k", icon: "link", on: (state) => commands.isMarked(state, "link") },
      { id: "footnote", run: commands.footnote, keys: "Mod-Alt-r", icon: "footnote", opens: true },
      { id: "more", icon: "more", menu: [mark("strike", commands.strike, "Mod-Shift-s"), mark("sup", commands.sup, "Mod-."), mark("sub", commands.sub, "Mod-,"), mark("code", commands.code, "Mod-e")] },
    ],
    [
      { id: "bullet-list", run: commands.bulletList, keys: "Mod-Shift-8", icon: "bullets", on: (state) => commands.isIn(state, "bullet_list") },
      { id: "ordered-list", run: commands.orderedList, keys: "Mod-Shift-7", icon: "numbers", on: (state) => commands.isIn(state, "ordered_list") },
    ],
    [
      { id: "picture", run: acts.picture, keys: "Mod-Alt-p", icon: "picture" },
      {
        id: "insert", icon: "plus",
        menu: [
          { id: "card", run: acts.card },
          { id: "table", run: table.insert, keys: "Mod-Alt-t" },
          { id: "divider", run: commands.divider, keys: "Mod-Alt-h" },
        ],
      },
      {
        id: "table-menu", icon: "table", shown: table.isInTable,
        menu: [
          { id: "row-before", run: table.rowBefore }, { id: "row-after", run: table.rowAfter },
          { id: "column-before", run: table.columnBefore }, { id: "column-after", run: table.columnAfter },
          { id: "header-row", run: table.headerRow }, { id: "merge-cells", run: table.merge }, { id: "split-cell", run: table.split },
          { id: "delete-row", run: table.deleteRow }, { id: "delete-column", run: table.deleteColumn }, { id: "delete-table", run: table.delete },
        ],
      },
    ],
    [
      { id: "direction", run: commands.turn, keys: "Mod-Shift-x", icon: "direction" },
      { id: "find", run: acts.find, keys: "Mod-h", icon: "search", always: true },
      { id: "help", run: acts.help, keys: "Mod-/", icon: "help", always: true },
    ],
  ];
}

/** A key as people read it: «Ctrl+Shift+X». */
export function spoken(keys) {
  const names = isMac ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl", Alt: "Alt", Shift: "Shift" };
  return keys.split("-").map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)).join(isMac ? "" : "+");
}

const forMachines = (keys) => keys.replace("Mod", isMac ? "Meta" : "Control").replaceAll("-", "+");

export function toolbar(view, texts, acts, around) {
  const groups = tools(acts);
  const bar = h("div", { class: "tools", role: "toolbar", "aria-label": texts("tools"), "aria-controls": view.dom.id, keydown });
  const faces = [];
  let open = null;
  for (const group of groups) {
    const box = h("div", { class: "tools__group" });
    for (const tool of group) box.append(tool.menu ? menuOf(tool) : faceOf(tool));
    bar.append(box);
  }
  const buttons = () => faces.filter(({ element, inMenu }) => !inMenu && !element.hidden).map(({ element }) => element);
  buttons().forEach((button, place) => { button.tabIndex = place ? -1 : 0; });

  function faceOf(tool, inMenu = false) {
    const name = texts(`tool-${tool.id}`);
    const label = tool.keys ? `${name} (${texts.isolate(spoken(tool.keys))})` : name;
    const element = h("button", {
      type: "button", class: inMenu ? "tools__item" : `tools__button tools__button--${tool.id}`, title: inMenu ? null : label,
      "aria-label": inMenu ? null : name, "aria-keyshortcuts": tool.keys ? forMachines(tool.keys) : null,
      "aria-pressed": tool.on && !inMenu ? "false" : null, role: inMenu ? (tool.on ? "menuitemcheckbox" : "menuitem") : null,
      "aria-checked": tool.on && inMenu ? "false" : null,
      // The text keeps its selection while a button is pressed.
      mousedown: (event) => event.preventDefault(),
      click: () => act(tool),
    });
    if (inMenu) element.append(h("span", {}, name), tool.keys ? h("kbd", { dir: "ltr" }, spoken(tool.keys)) : "");
    else if (tool.face) element.append(h("span", { "aria-hidden": "true", class: `tools__letter tools__letter--${tool.face}` }, texts(`letter-${tool.face}`)));
    else element.append(icon(tool.icon));
    if (inMenu) element.tabIndex = -1;
    faces.push({ element, tool, inMenu });
    return element;
  }

  function menuOf(tool) {
    const name = texts(`tool-${tool.id}`);
    const list = h("div", { class: "tools__menu", role: "menu", "aria-label": name, hidden: true }, tool.menu.map((item) => faceOf(item, true)));
    const element = h("button", {
      type: "button", class: `tools__button tools__button--${tool.id}`, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": tool.icon ? name : null, title: name,
      mousedown: (event) => event.preventDefault(),
      click: () => (open?.list === list ? close() : show(element, list)),
    }, tool.icon ? icon(tool.icon) : h("span", { class: "tools__current" }, name));
    faces.push({ element, tool, list, inMenu: false });
    return h("div", { class: "tools__holder" }, element, list);
  }

  function act(tool) {
    close();
    if (!view.editable && !tool.always) return;
    tool.run(view.state, view.dispatch, view);
    if (!tool.opens && !document.querySelector("dialog[open]") && !bar.parentElement.querySelector(".editor__find:focus-within")) view.focus();
  }

  function show(element, list) {
    close();
    list.hidden = false;
    element.setAttribute("aria-expanded", "true");
    // Beside the window's edges, not beyond them. Under the button, at its beginning.
    const box = element.getBoundingClientRect();
    const rtl = getComputedStyle(bar).direction === "rtl";
    const left = Math.min(Math.max(rtl ? box.right - list.offsetWidth : box.left, 8), document.documentElement.clientWidth - list.offsetWidth - 8);
    list.style.left = `${left}px`;
    list.style.top = `${Math.min(box.bottom + 4, Math.max(8, innerHeight - list.offsetHeight - 8))}px`;
    open = { element, list };
    update();
    (list.querySelector("[aria-checked=true]") ?? list.querySelector("button:not([disabled])"))?.focus();
    addEventListener("pointerdown", outside, true);
    addEventListener("scroll", away, { passive: true });
  }

  function close(back = false) {
    if (!open) return;
    open.list.hidden = true;
    open.element.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", outside, true);
    removeEventListener("scroll", away);
    if (back) open.element.focus();
    open = null;
  }
  const outside = (event) => { if (!open.list.contains(event.target) && !open.element.contains(event.target)) close(); };
  const away = () => close();

  function keydown(event) {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const steps = { ArrowRight: forward === "ArrowRight" ? 1 : -1, ArrowLeft: forward === "ArrowLeft" ? 1 : -1 };
    if (open && open.list.contains(event.target)) {
      const items = [...open.list.querySelectorAll("button:not([disabled])")];
      const at = items.indexOf(event.target);
      const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at + items.length - 1) % items.length, Home: 0, End: items.length - 1 }[event.key];
      if (to !== undefined) items[to].focus();
      else if (event.key === "Escape") close(true);
      else if (event.key === "Tab") return close();
      else if (steps[event.key]) {
        const { element } = open;
        close();
        focus(element, steps[event.key]);
      } else return;
    } else if (event.key === "Escape") view.focus();
    else if (event.key === "ArrowDown" && event.target.getAttribute("aria-haspopup")) event.target.click();
    else if (steps[event.key]) focus(event.target, steps[event.key]);
    else if (event.key === "Home") focusOn(buttons()[0]);
    else if (event.key === "End") focusOn(buttons().at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function focus(from, by) {
    const list = buttons();
    focusOn(list[(list.indexOf(from) + by + list.length) % list.length]);
  }
  function focusOn(button) {
    for (const other of buttons()) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  }

  let due = false;
  function update() {
    due = false;
    const { state } = view;
    for (const { element, tool } of faces) {
      if (tool.shown) element.hidden = !tool.shown(state);
      if (tool.on) element.setAttribute(element.hasAttribute("aria-checked") ? "aria-checked" : "aria-pressed", String(tool.on(state)));
      if (tool.id === "style") {
        const current = tool.menu.find(({ on }) => on(state)) ?? tool.menu[0];
        element.firstElementChild.textContent = texts(`tool-${current.id}`);
      }
      if (tool.id === "direction") directionFace(element, state);
      if (["undo", "redo"].includes(tool.id)) element.setAttribute("aria-disabled", String(!tool.run(state)));
      if (open && open.list.contains(element)) element.disabled = !tool.run(state) && !tool.on?.(state);
    }
    if (!buttons().some(({ tabIndex }) => tabIndex === 0)) buttons()[0].tabIndex = 0;
  }
  function directionFace(element, state) {
    const [leaf] = commands.leaves(state);
    const chosen = leaf?.node.attrs.dir ?? "auto";
    const shown = leaf ? effective(leaf.node, around()) : around();
    if (element.dataset.shown === chosen + shown) return;
    element.dataset.shown = chosen + shown;
    element.replaceChildren(icon(shown), h("span", { class: "tools__small", "aria-hidden": "true" }, texts(`direction-${chosen}-short`)));
    element.setAttribute("aria-label", `${texts("tool-direction")}: ${texts(`direction-${chosen}-short`)}`);
    element.title = `${texts("tool-direction")}: ${texts(`direction-${chosen}`)} (${texts.isolate(spoken("Mod-Shift-x"))})`;
  }
  update();
  return {
    element: bar,
    /** Called after each change; looks once a frame. */
    update: () => { if (!due) { due = true; requestAnimationFrame(update); } },
    focus: () => focusOn(buttons().find(({ tabIndex }) => tabIndex === 0) ?? buttons()[0]),
  };
}

/** The list of all keys. */
export function showKeys(texts, acts) {
  openDialog(texts("keys-title"), texts, (body) => {
    const rows = tools(acts).flat().flatMap((tool) => tool.menu ?? [tool]).filter(({ keys }) => keys).map(({ id, keys }) => [keys, texts(`tool-${id}`)]);
    rows.push(["Mod-s", texts("save-now")], ["Alt-F10", texts("key-tools")], ["Tab", texts("key-tab")], ["Shift-Enter", texts("key-break")], ["Enter", texts("key-enter-quote")]);
    body.append(h("dl", { class: "keys" }, rows.map(([keys, name]) => h("div", {}, h("dt", {}, h("kbd", { dir: "ltr" }, spoken(keys))), h("dd", {}, name)))),
      h("p", { class: "field__hint" }, texts("keys-typing")));
  });
}

/** Asks for an address. */
export function askLink(view, texts, { asCard = false } = {}) {
  const range = commands.linkRange(view.state);
  openDialog(texts(asCard ? "card-dialog" : "link-dialog"), texts, (body, close) => {
    const address = h("input", { type: "text", inputmode: "url", dir: "ltr", id: "link-address", autofocus: true, value: range.href, required: true, placeholder: "https://" });
    const words = h("input", { type: "text", dir: "auto", id: "link-words" });
    const wantsWords = asCard || range.empty;
    const form = h("form", { method: "dialog", submit: (event) => {
      event.preventDefault();
      const href = complete(address.value);
      close();
      if (asCard) commands.insertBlock(view.state.schema.nodes.card.create({ href, title: words.value.trim() || href }))(view.state, view.dispatch);
      else commands.link(href, words.value.trim())(view.state, view.dispatch);
      view.focus();
    } },
    h("div", { class: "field" }, h("label", { for: "link-address" }, texts("link-address")), address),
    wantsWords ? h("div", { class: "field" }, h("label", { for: "link-words" }, texts(asCard ? "card-title" : "link-words")), words) : null,
    h("div", { class: "dialog__foot" }, h("button", { class: "button button--primary" }, texts("insert")),
      range.href && !asCard ? h("button", { type: "button", class: "button button--danger", click: () => { close(); commands.link("")(view.state, view.dispatch); view.focus(); } }, texts("link-remove")) : null,
      h("button", { type: "button", class: "button", click: () => close() }, texts("cancel"))));
    body.append(form);
  });
}

/** «example.com» is an address as well; one of this site stays short. */
function complete(value) {
  const address = value.trim();
  if (/^[\w.+-]+@[\w-]+\.[\w.]+$/.test(address)) return `mailto:${address}`;
  if (/^(https?|mailto|tel):/i.test(address) || address.startsWith("/")) return address;
  return `https://${address}`;
}

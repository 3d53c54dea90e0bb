// Help for the pages of the newsroom. Every page works without it: what stands here saves a step or a reload.

import { h } from "../editor/dom.js";
import { textsOf } from "../editor/texts.js";

const texts = textsOf(document.getElementById("room-texts"), {
  language: document.documentElement.lang || "ar",
  digits: document.documentElement.dataset.digits ?? "latn",
});
/** Said to those who do not see what moved. */
const voice = h("p", { class: "hidden", role: "status", "aria-live": "polite" });
document.body.append(voice);

document.addEventListener("click", confirmFirst, true);
document.querySelectorAll("form[data-autosubmit]").forEach(submitBySelf);
document.querySelectorAll("[data-select-all]").forEach(selectAll);
document.querySelectorAll("[data-keys]").forEach(listByKeys);
document.querySelectorAll("[data-order]").forEach(orderByHand);
document.querySelectorAll("form[data-upload]").forEach(uploadInPlace);
document.querySelectorAll("input[data-complete]").forEach(completeTags);
document.querySelectorAll("[data-focus-point]").forEach(choosePoint);
document.querySelectorAll("[data-session-ends]").forEach(tellTimeLeft);
if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(askForPasskey);
closeMenus();

// ── Questions ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** `data-confirm="Really?"` on a button asks first; `data-confirm-yes` names the button that goes on. */
function confirmFirst(event) {
  const button = event.target.closest?.("[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopPropagation();
  const yes = h("button", { class: "button button--danger", value: "yes" }, button.dataset.confirmYes ?? (button.textContent.trim() || texts("yes")));
  const dialog = show(h("form", { method: "dialog", class: "dialog__body" }, h("p", { id: "confirm-words" }, button.dataset.confirm),
    h("div", { class: "dialog__foot" }, yes, h("button", { class: "button", value: "", autofocus: true }, texts("cancel")))), { "aria-labelledby": "confirm-words", role: "alertdialog" });
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
    if (dialog.returnValue !== "yes") return;
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  });
}

function show(content, attrs = {}) {
  const dialog = h("dialog", { class: "dialog", ...attrs }, content);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// ── Lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Filters apply when they are chosen; words when Enter is pressed. */
function submitBySelf(form) {
  form.addEventListener("change", (event) => { if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date], input[type=month]")) form.requestSubmit(); });
}

/** A box that selects all boxes of its table; with Shift a click selects from the last one. */
function selectAll(master) {
  const list = master.closest("form, table") ?? document;
  const boxes = () => [...list.querySelectorAll(".rows__check input[type=checkbox]")].filter((box) => box !== master && !box.disabled);
  const count = document.querySelector("[data-selected]");
  let last = null;
  master.addEventListener("change", () => { for (const box of boxes()) box.checked = master.checked; told(); });
  list.addEventListener("click", (event) => {
    const all = boxes();
    if (!all.includes(event.target)) return;
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
      for (const box of all.slice(from, to + 1)) box.checked = event.target.checked;
    }
    last = event.target;
  });
  list.addEventListener("change", told);
  told();

  function told() {
    const all = boxes();
    const chosen = all.filter((box) => box.checked).length;
    master.checked = chosen > 0 && chosen === all.length;
    master.indeterminate = chosen > 0 && chosen < all.length;
    if (count) count.textContent = chosen ? texts.count("selected", chosen) : "";
  }
}

/**
 * `j` and `k` go through the rows, `x` selects, `o` opens; in the row that is current `[data-key="a"]` is pressed by its key.
 * `?` lists them. Without modifiers, never while somebody types.
 */
function listByKeys(list) {
  const rows = () => [...list.querySelectorAll("tbody tr, [data-row]")];
  let current = null;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]")) return;
    const key = latin(event);
    if (key === "?") help();
    else if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (current?.isConnected && key === "x") current.querySelector("input[type=checkbox]")?.click();
    else if (current?.isConnected && key === "o") current.querySelector(".rows__title a, a")?.click();
    else {
      const button = current?.isConnected && /^[a-z0-9]$/.test(key) ? current.querySelector(`[data-key="${key}"]`) : null;
      if (!button) return;
      button.click();
    }
    event.preventDefault();
  });
  function go(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current);
    const next = all[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by, 0), all.length - 1)];
    current?.classList.remove("is-current");
    current = next;
    current.classList.add("is-current");
    current.scrollIntoView({ block: "nearest" });
    (current.querySelector(".rows__title a, a, button, input") ?? current).focus({ preventScroll: true });
  }
  function help() {
    const own = new Map([...list.querySelectorAll("[data-key]")].map((button) => [button.dataset.key, button.dataset.keyName ?? button.textContent.trim()]));
    const lines = [["j", texts("key-next")], ["k", texts("key-previous")], ["x", texts("key-select")], ["o", texts("key-open")], ...own, ["?", texts("key-help")]];
    const dialog = show([
      h("div", { class: "dialog__head" }, h("h2", { class: "dialog__title", id: "list-keys" }, texts("keys"))),
      h("form", { method: "dialog", class: "dialog__body" }, h("dl", { class: "keys" }, lines.map(([key, name]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, name)))), h("button", { class: "button" }, texts("close"))),
    ], { "aria-labelledby": "list-keys" });
    dialog.addEventListener("close", () => dialog.remove());
  }
}

/** The key as it is on a Latin keyboard: in Arabic the same keys do the same. */
function latin({ key, code }) {
  if (key === "?" || key === "؟") return "?";
  return /^Key[A-Z]$/.test(code) ? code[3].toLowerCase() : key.toLowerCase();
}

/**
 * A list whose order is changed by dragging or by its buttons (`data-move="up"`, `"down"`). The form sends the hidden
 * inputs of the items in their order; with an address in `data-order` the new order is sent at once.
 */
function orderByHand(list) {
  let dragged = null;
  const items = () => [...list.children];
  for (const item of items()) item.draggable = true;
  // Words in a field are selected by dragging, too.
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    if (item) item.draggable = !event.target.closest("input, select, label");
  });
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("li");
    if (!over || over === dragged || over.parentElement !== list) return;
    const box = over.getBoundingClientRect();
    over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    if (dragged) moved(dragged);
    dragged = null;
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const up = button.dataset.move === "up";
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    other[up ? "before" : "after"](item);
    button.focus();
    moved(item);
  });

  async function moved(item) {
    voice.textContent = texts("moved", { at: texts.number(items().indexOf(item) + 1), n: texts.number(items().length) });
    const input = item.querySelector("input[type=hidden]");
    input?.dispatchEvent(new Event("change", { bubbles: true }));
    if (!list.dataset.order) return;
    const order = [...list.querySelectorAll("input[type=hidden]")].map(({ name, value }) => [name, value]);
    const answer = await fetch(list.dataset.order, { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(order) }).catch(() => null);
    voice.textContent = texts(answer?.ok ? "order-saved" : "order-failed");
    voice.classList.toggle("hidden", Boolean(answer?.ok));
  }
}

// ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Files go one by one, each with its progress; the page is read again when all are there. */
function uploadInPlace(form) {
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector(".drop") ?? form;
  const lines = h("div", { role: "status" });
  zone.after(lines);
  // The label is the button; what was chosen is sent at once.
  input.classList.add("hidden");
  form.querySelector("button:not([type=button])").hidden = true;
  input.addEventListener("change", () => send(input.files));
  for (const name of ["dragover", "dragenter"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("drop--over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("drop--over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("drop--over");
    send(event.dataTransfer.files);
  });
  form.addEventListener("submit", (event) => { if (lines.querySelector("progress")) event.preventDefault(); });

  async function send(files) {
    let failed = 0;
    for (const file of [...files]) {
      const bar = h("progress", { max: 1, value: 0, "aria-label": file.name });
      const line = h("p", { class: "notice notice--info" }, h("bdi", {}, file.name), " ", bar);
      lines.append(line);
      const problem = await one(file, (share) => { bar.value = share; });
      if (!problem) line.remove();
      else {
        failed += 1;
        line.className = "notice notice--bad";
        line.replaceChildren(h("bdi", {}, file.name), ": ", problem);
      }
    }
    input.value = "";
    if (!failed) location.reload();
  }

  /** Resolves to nothing, or to a sentence. */
  function one(file, progress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
      request.onload = () => resolve(request.status === 201 ? "" : request.response?.error && request.status === 422 ? request.response.error : texts("upload-failed"));
      request.onerror = () => resolve(texts("upload-failed"));
      const data = new FormData();
      for (const field of form.querySelectorAll("input[type=hidden]")) data.append(field.name, field.value);
      data.append("file", file, file.name);
      request.send(data);
    });
  }
}

// ── Tags ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * An input that proposes what the server knows. What is chosen becomes a chip with a hidden input `data-name`; with
 * `data-new` what nobody knows yet becomes one as well, under that name. Without scripts the input is sent as it is.
 */
function completeTags(input) {
  const { complete, name, new: newName } = input.dataset;
  const field = input.closest(".field");
  const chips = field.querySelector(".chips") ?? field.insertBefore(h("div", { class: "chips" }), input);
  const list = h("ul", { class: "options", role: "listbox", id: `${input.id}-options`, hidden: true, "aria-label": input.labels?.[0]?.textContent ?? "" });
  input.after(list);
  input.removeAttribute("name");
  input.autocomplete = "off";
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(key, value);
  let [found, at, asked, waiting] = [[], -1, 0, 0];

  // Names that stood in the input, as those without scripts write them.
  for (const words of newName ? input.value.split(/[،,]/).map((text) => text.trim()).filter(Boolean) : []) chip(newName, words, words);
  if (newName) input.value = "";

  // A copy that somebody takes back brings its own.
  input.addEventListener("chips", ({ detail }) => {
    chips.replaceChildren();
    for (const one of detail) chip(...one);
  });
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && !list.hidden) mark((at + 1) % found.length);
    else if (event.key === "ArrowUp" && !list.hidden) mark((at + found.length - 1) % found.length);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (["Enter", ",", "،"].includes(event.key) && (input.value.trim() || event.key !== "Enter")) take(found[at] ?? null);
    else if (event.key === "Enter") { /* an empty field sends no form either */ }
    else if (event.key === "Backspace" && !input.value) return chips.lastElementChild?.querySelector("button")?.click();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const place = [...list.children].indexOf(event.target.closest("li")); if (place >= 0) take(found[place]); });
  chips.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const chip = button.closest(".chip");
    const value = chip.querySelector("input");
    // Whoever saves by itself hears of it while the chip is still there, and looks later.
    value?.dispatchEvent(new Event("change", { bubbles: true }));
    voice.textContent = texts("tag-removed", { name: chip.textContent.trim() });
    chip.remove();
    input.focus();
  });

  async function look() {
    const words = input.value.trim();
    const mine = (asked += 1);
    if (!words) return close();
    const answer = await fetch(complete + encodeURIComponent(words), { headers: { accept: "application/json" } }).catch(() => null);
    if (mine !== asked) return;
    const there = new Set([...chips.querySelectorAll("input")].map(({ value }) => value));
    found = answer?.ok ? (await answer.json()).filter(({ id }) => !there.has(String(id))).slice(0, 12) : [];
    list.replaceChildren(...found.map((tag, place) => h("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false" }, h("bdi", {}, tag.name))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.findIndex((tag) => tag.name === words));
  }
  function mark(place) {
    at = place;
    [...list.children].forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    if (place >= 0) {
      input.setAttribute("aria-activedescendant", `${list.id}-${place}`);
      list.children[place].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }
  function close() {
    asked += 1;
    list.hidden = true;
    found = [];
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }
  function take(tag) {
    clearTimeout(waiting);
    const words = input.value.trim();
    if (!tag && (!newName || !words)) return;
    const shown = tag?.name ?? words;
    const value = chip(tag ? name : newName, tag ? tag.id : words, shown);
    input.value = "";
    close();
    value.dispatchEvent(new Event("change", { bubbles: true }));
    voice.textContent = texts("tag-added", { name: shown });
  }
  function chip(field, value, shown) {
    const hidden = h("input", { type: "hidden", name: field, value });
    chips.append(h("span", { class: "chip" }, h("bdi", {}, shown), hidden, h("button", { type: "button", "aria-label": texts("remove-tag", { name: shown }) }, "×")));
    return hidden;
  }
}

// ── Passkeys ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A form that a passkey fills in: `data-passkey` is the address of the question; what the form asks for goes along. */
function askForPasskey(form) {
  const told = h("p", { class: "notice notice--bad", role: "alert", hidden: true });
  form.prepend(told);
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = told.hidden = true;
    try {
      const answer = await fetch(form.dataset.passkey, { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(new FormData(form)) });
      const asked = await answer.json();
      if (!answer.ok) throw new Error(asked.says ?? Object.values(asked.errors ?? {}).join(" "));
      const { rawId, response } = await (asked.rp ? make(asked) : use(asked));
      const filled = { credential: rawId, client: response.clientDataJSON, attestation: response.attestationObject, data: response.authenticatorData, signature: response.signature, user: response.userHandle };
      for (const [name, value] of Object.entries(filled)) if (value) form.append(h("input", { type: "hidden", name, value: written(value) }));
      // The password has been asked for; it need not be sent twice.
      for (const field of form.querySelectorAll("[type=password]")) field.disabled = true;
      form.submit();
    } catch (error) {
      told.textContent = error.name === "InvalidStateError" ? texts("passkey-there") : (error.name === "Error" && error.message) || texts("passkey-failed");
      told.hidden = button.disabled = false;
    }
  });
  const make = ({ challenge, user, excludeCredentials, ...rest }) => navigator.credentials.create({
    publicKey: { ...rest, challenge: read(challenge), user: { ...user, id: read(user.id) }, excludeCredentials: excludeCredentials.map((one) => ({ ...one, id: read(one.id) })) },
  });
  const use = ({ challenge, ...rest }) => navigator.credentials.get({ publicKey: { ...rest, challenge: read(challenge) } });
  /** Bytes as base64url, there and back. */
  const read = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const written = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

// ── Small things ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The point of a picture that must stay in sight: by a click, by arrow keys, or by the two number fields (0 to 100). */
function choosePoint(box) {
  const [x, y] = ["x", "y"].map((axis) => document.getElementById(box.dataset[`focus${axis.toUpperCase()}`]));
  const mark = box.querySelector(".focus-point__mark") ?? box.appendChild(h("span", { class: "focus-point__mark" }));
  const place = () => {
    mark.style.left = `${x.value || 50}%`;
    mark.style.top = `${y.value || 50}%`;
  };
  const set = (left, top) => {
    [x.value, y.value] = [left, top].map((value) => Math.round(Math.min(Math.max(value, 0), 100)));
    x.dispatchEvent(new Event("change", { bubbles: true }));
    place();
  };
  box.addEventListener("click", (event) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    set(((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100);
  });
  for (const field of [x, y]) field.addEventListener("input", place);
  place();
}

/** Shows itself ten minutes before the session ends. */
function tellTimeLeft(line) {
  const ends = new Date(line.dataset.sessionEnds);
  const look = () => {
    const minutes = Math.ceil((ends - Date.now()) / 60_000);
    line.hidden = minutes > 10;
    if (!line.hidden) line.textContent = minutes > 0 ? texts.count("session-ends", minutes) : texts("session-ended");
  };
  look();
  setInterval(look, 30_000);
}

/** One menu is open at a time; Escape and a click beside it close it. */
function closeMenus() {
  const others = (one) => document.querySelectorAll("details.menu[open]").forEach((menu) => { if (menu !== one) menu.open = false; });
  document.addEventListener("click", (event) => others(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

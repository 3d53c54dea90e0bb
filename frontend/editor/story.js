// Is every word safe?
//
// What is typed is kept in the browser within 300 ms and sent to the server when the typing rests. The copy in the browser
// goes when the server has said that it has this very state.

import { changedWords, plain, sideBySide } from "./compare.js";
import { h, openDialog } from "./dom.js";
import { parse as parsePage } from "./read.js";
import { Keeper } from "./keep.js";
import { watchLock } from "./lock.js";

const KEEP_AFTER = 250;
const SAVE_AFTER = 1_500;
const SAVE_AT_LATEST = 10_000;
const LONGEST_WAIT = 30_000;
/** What a browser lets through while a page goes away. */
const KEEPALIVE_LIMIT = 60_000;
/** Fields that say nothing about the story. */
const OUTSIDE = new Set(["version", "do"]);

export class Story {
  /** `editors`: `{ flush(), replace(html), setEditable(yes), textarea }` each. */
  constructor(form, editors, texts) {
    Object.assign(this, { form, editors, texts });
    // States are numbered: the newest, the one that the server has, the one that is kept here.
    Object.assign(this, { now: 0, saved: 0, kept: 0, sending: null, tries: 0, stopped: null, submitting: false });
    this.bar = h("div", { class: "editor-status", role: "status", "aria-live": "polite" });
    this.notices = h("div", { class: "editor-notices" });
    this.wait = { keep: 0, save: 0, latest: 0 };
  }

  async start() {
    const { form } = this;
    (form.querySelector("[data-editor-status]") ?? form).append(this.bar);
    // What the page said about the lock when it was made is from now on asked again and again.
    if (form.dataset.lock) for (const old of document.querySelectorAll("[data-locked]")) old.remove();
    form.prepend(this.notices);
    this.first = this.fields();
    this.say("idle");
    form.addEventListener("input", (event) => { if (event.target.name && event.target.type !== "file") this.changed(); });
    form.addEventListener("change", (event) => { if (event.target.name && event.target.type !== "file") this.changed(); });
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => { if (this.now > this.saved) this.save(); });
    addEventListener("focus", () => { if (this.stopped === "signed-out") this.resume(); });
    addEventListener("beforeunload", (event) => {
      if (this.submitting || this.now === this.saved || this.kept === this.now) return;
      event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.leave(); });
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => { if (event.persisted) this.submitting = false; });
    if (form.dataset.lock) this.lock = watchLock({ address: form.dataset.lock, changed: (who, before) => this.locked(who, before) });
    this.keeper = new Keeper(form.dataset.story ? `story-${form.dataset.story}` : `new-${new URL(form.action, location.href).pathname}`);
    try {
      this.offer(await this.keeper.open());
    } catch {
      this.keeper = null;
    }
  }

  /** All fields that make up the story, in order. */
  fields() {
    for (const editor of this.editors) editor.flush();
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !OUTSIDE.has(name));
  }

  /** Chips of tags: name, value and words of each, for the fields alone do not say the words. */
  chips() {
    return [...this.form.querySelectorAll(".chip")].map((chip) => {
      const { name, value } = chip.querySelector("input");
      return [name, value, chip.querySelector("bdi")?.textContent ?? value];
    });
  }

  changed() {
    this.now += 1;
    if (!this.wait.keep) this.wait.keep = setTimeout(() => this.keepNow(), KEEP_AFTER);
    if (this.stopped) return;
    clearTimeout(this.wait.save);
    this.wait.save = setTimeout(() => this.save(), this.tries ? this.backOff() : SAVE_AFTER);
    this.wait.latest ||= setTimeout(() => this.save(), SAVE_AT_LATEST);
    if (!this.tries) this.say("changed");
  }

  /** `sent`: the form is on its way; what the next page says in the same words has arrived. */
  async keepNow({ sent = false } = {}) {
    clearTimeout(this.wait.keep);
    this.wait.keep = 0;
    if (!this.keeper || this.now === this.saved) return;
    const state = this.now;
    try {
      await this.keeper.keep({ fields: this.fields(), chips: this.chips(), at: Date.now(), sent, version: this.form.elements.version?.value });
      this.kept = Math.max(this.kept, state);
      if (this.tries || this.stopped) this.say(this.state);
    } catch {
      // A browser that keeps nothing: the page asks before it is closed.
    }
  }

  // ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────────────

  async save({ force = false } = {}) {
    clearTimeout(this.wait.save);
    clearTimeout(this.wait.latest);
    this.wait.save = this.wait.latest = 0;
    if (this.sending || (this.stopped && !force) || (this.now === this.saved && !force)) return this.sending;
    this.stopped = null;
    const state = this.now;
    const fields = this.fields();
    this.say("saving");
    this.sending = this.send(fields).then((answer) => this.answered(answer, state));
    try {
      await this.sending;
    } finally {
      this.sending = null;
    }
    if (!this.stopped && !this.tries && this.now > this.saved) this.wait.save = setTimeout(() => this.save(), SAVE_AFTER);
  }

  body(fields) {
    return new URLSearchParams([...fields, ["version", this.form.elements.version?.value ?? ""]]);
  }

  /** What the server said: `{ status, … }`; status 0 when it said nothing. */
  async send(fields, options = {}) {
    try {
      const answer = await fetch(this.form.dataset.draft, { method: "POST", headers: { accept: "application/json" }, body: this.body(fields), signal: AbortSignal.timeout?.(30_000), ...options });
      const said = await answer.json().catch(() => ({}));
      return { ...said, status: answer.redirected && !said.version ? 401 : answer.status };
    } catch {
      return { status: 0 };
    }
  }

  answered(answer, state) {
    const { status } = answer;
    const stop = (why) => {
      this.stopped = why;
      this.tries = 0;
    };
    if (status === 200 && answer.version !== undefined) {
      this.tries = 0;
      this.saved = state;
      this.form.dataset.version = answer.version;
      if (this.form.elements.version) this.form.elements.version.value = answer.version;
      // What goes out is what is before these eyes: the forms that let it out say so.
      for (const seen of document.querySelectorAll("input[name=seen]")) seen.value = answer.version;
      this.at = new Date(answer.saved_at ?? Date.now());
      if (this.now === state) this.keeper?.forget().catch(() => {});
      this.fieldErrors({});
      this.dismiss("signed-out", "not-allowed", "changed");
      this.say(this.now === state ? "saved" : "changed");
    } else if (status === 403) {
      stop("not-allowed");
      this.say("not-allowed");
      this.notice("not-allowed", "bad", this.texts("not-allowed-text"), [this.button("try-again", () => this.resume())]);
    } else if (status === 401) {
      stop("signed-out");
      this.say("signed-out");
      this.notice("signed-out", "bad", this.texts("signed-out-text"), [
        h("a", { class: "button", href: this.form.dataset.signIn ?? `/newsroom/sign-in?next=${encodeURIComponent(location.pathname)}`, target: "_blank", rel: "opener" }, this.texts("sign-in")),
        this.button("try-again", () => this.resume()),
      ]);
    } else if (status === 409) {
      stop("changed");
      this.say("conflict");
      this.conflict(answer);
    } else if (status === 423) {
      stop("locked");
      this.say("locked");
      this.locked({ by: answer.by }, "mine");
    } else if (status === 422) {
      stop("invalid");
      this.say("invalid");
      this.fieldErrors(answer.errors ?? {});
    } else if (status === 413) {
      stop("too-big");
      this.say("too-big");
    } else {
      this.tries += 1;
      this.wait.save = setTimeout(() => this.save(), this.backOff());
      this.say(status === 0 ? "unreachable" : status === 507 ? "full" : "failed");
    }
    // What does not go away by waiting is tried again when something has changed.
    if (this.stopped === "invalid" || this.stopped === "too-big") this.stopped = null;
    if (status !== 200) this.keepNow();
  }

  backOff() {
    return Math.min(LONGEST_WAIT, 1000 * 2 ** Math.max(0, this.tries - 1));
  }

  resume() {
    this.stopped = null;
    if (this.now > this.saved) this.save();
    else this.say("idle");
  }

  /** The page is hidden or goes away: what is not safe yet is sent and kept now. */
  leave() {
    if (this.now === this.saved || this.submitting) return;
    this.keepNow();
    if (this.stopped || this.sending) return;
    const state = this.now;
    const fields = this.fields();
    if (String(this.body(fields)).length > KEEPALIVE_LIMIT) return;
    clearTimeout(this.wait.save);
    this.sending = this.send(fields, { keepalive: true }).then((answer) => this.answered(answer, state)).finally(() => { this.sending = null; });
  }

  /** The form goes the plain way, after an autosave that is under way has said which version is now the last. */
  async submit(event) {
    for (const editor of this.editors) editor.flush();
    if (event.defaultPrevented) return;
    if (this.sending && !this.submitting) {
      event.preventDefault();
      const { submitter } = event;
      await Promise.race([this.sending, new Promise((resolve) => { setTimeout(resolve, 5_000); })]);
      if (this.stopped) return;
      this.submitting = true;
      // Something may have been typed while it waited.
      this.keepNow({ sent: true });
      this.form.requestSubmit(submitter);
      return;
    }
    clearTimeout(this.wait.save);
    clearTimeout(this.wait.latest);
    this.submitting = true;
    this.keepNow({ sent: true });
  }

  // ── What the page says ───────────────────────────────────────────────────────────────────────────────────────────

  say(state) {
    const { texts } = this;
    this.state = state;
    const words = {
      idle: () => texts("status-idle"),
      changed: () => texts("status-changed"),
      saving: () => texts("status-saving"),
      saved: () => texts("status-saved", { time: texts.isolate(texts.time(this.at)) }),
    }[state]?.() ?? texts(`status-${state}`);
    const isBad = !["idle", "changed", "saving", "saved"].includes(state);
    const isKept = isBad && this.kept === this.now && this.now > this.saved;
    const said = isKept ? `${words} ${texts("status-kept")}` : words;
    // Whoever listens is told of the first save, of trouble and of its end, not of every save.
    this.troubled ||= isBad;
    this.bar.setAttribute("aria-live", this.troubled || !this.told ? "polite" : "off");
    if (state === "saved") [this.troubled, this.told] = [false, true];
    this.bar.className = `editor-status editor-status--${isBad ? "bad" : state}`;
    this.bar.dataset.state = state;
    this.bar.dataset.kept = String(this.kept >= this.now);
    if (this.bar.textContent !== said) this.bar.textContent = said;
  }

  button(key, act, style = "") {
    return h("button", { type: "button", class: `button ${style}`, click: act }, this.texts(key));
  }

  notice(id, kind, words, actions = []) {
    this.dismiss(id);
    this.notices.append(h("div", { class: `notice notice--${kind}`, "data-notice": id, role: kind === "bad" ? "alert" : "status" }, h("p", {}, words), h("div", { class: "notice__actions" }, actions)));
  }

  dismiss(...ids) {
    for (const id of ids) this.notices.querySelector(`[data-notice="${id}"]`)?.remove();
  }

  /** Sentences beside the fields that they are about. */
  fieldErrors(errors) {
    for (const old of this.form.querySelectorAll(".field__error[data-autosave]")) {
      const field = this.form.querySelector(`[aria-describedby~="${old.id}"]`);
      field?.removeAttribute("aria-invalid");
      if (field) unlink(field, old.id);
      old.remove();
    }
    const left = [];
    for (const [name, sentence] of Object.entries(errors)) {
      const field = this.form.elements[name];
      const element = field instanceof RadioNodeList ? field[0] : field;
      if (!element) {
        left.push(sentence);
        continue;
      }
      const id = `autosave-error-${name}`;
      element.setAttribute("aria-invalid", "true");
      element.setAttribute("aria-describedby", `${element.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
      element.closest(".field")?.append(h("p", { class: "field__error", id, "data-autosave": true }, sentence));
    }
    this.dismiss("errors");
    if (left.length) this.notice("errors", "bad", left.join(" "));
  }

  // ── Others ───────────────────────────────────────────────────────────────────────────────────────────────────────

  conflict({ by, version }) {
    const { texts } = this;
    this.notice("changed", "bad", texts("conflict-text", { name: texts.isolate(by ?? "?") }), [
      this.button("look-at-both", () => this.lookAtBoth()),
      this.button("keep-mine", () => {
        this.form.elements.version.value = version;
        this.dismiss("changed");
        this.save({ force: true });
      }),
      this.button("take-theirs", async () => {
        // What was written here is offered again on the page that comes.
        await this.keepNow();
        this.submitting = true;
        location.reload();
      }),
    ]);
  }

  /** The text of the server's page beside the one of this page. */
  async lookAtBoth() {
    const { texts } = this;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const theirs = serverText(await answer.text());
      openDialog(texts("look-at-both"), texts, (body) => body.append(sideBySide(theirs, this.text(), [texts("theirs"), texts("mine")])), { wide: true });
    } catch {
      this.notice("look", "bad", texts("look-failed"));
    }
  }

  text(fields = this.fields()) {
    return readable(Object.fromEntries(fields));
  }

  locked(who, before) {
    const { form, texts } = this;
    const isOthers = who !== null;
    for (const editor of this.editors) editor.setEditable(!isOthers);
    form.classList.toggle("story-form--locked", isOthers);
    for (const field of form.querySelectorAll("input[name], textarea[name]:not([data-editor])")) field.readOnly = isOthers;
    for (const field of form.querySelectorAll("select, button[name=do], input[type=checkbox], input[type=radio]")) {
      if (isOthers && !field.disabled) field.dataset.unlock = "";
      if (isOthers || field.dataset.unlock !== undefined) field.disabled = isOthers;
      if (!isOthers) delete field.dataset.unlock;
    }
    if (isOthers) {
      this.stopped = "locked";
      this.say("locked");
      if (this.now > this.saved) this.keepNow();
      const name = texts.isolate(who.by ?? "?");
      const words = texts(before === "mine" ? "taken-text" : "locked-text", { name, since: who.since ? texts.isolate(texts.time(new Date(who.since))) : "" });
      if (this.notices.querySelector('[data-notice="locked"] p')?.textContent !== words) this.notice("locked", "info", words, [this.button("take-over", () => this.takeOver())]);
    } else if (this.stopped === "locked") {
      this.dismiss("locked");
      // What the other one wrote is on the server.
      if (this.now === this.saved) {
        this.submitting = true;
        location.reload();
      } else this.save({ force: true });
    }
  }

  takeOver() {
    const { texts } = this;
    openDialog(texts("take-over"), texts, (body, close) => {
      body.append(h("p", {}, texts("take-over-text")), h("div", { class: "dialog__foot" },
        h("button", { type: "button", class: "button button--primary", click: () => { close(); this.lock?.take(); } }, texts("take-over")),
        h("button", { type: "button", class: "button", click: () => close() }, texts("cancel"))));
    });
  }

  // ── Copies of earlier visits ─────────────────────────────────────────────────────────────────────────────────────

  offer(copies) {
    const { texts } = this;
    const text = this.text(this.first);
    const same = (copy) => JSON.stringify(copy.fields) === JSON.stringify(this.first) || (copy.sent && this.text(copy.fields) === text);
    for (const copy of copies.filter(same)) this.keeper.settle(copy).catch(() => {});
    const copy = copies.find((other) => !same(other));
    this.dismiss("copy");
    if (!copy) return;
    const [there, here] = [this.text(this.first), this.text(copy.fields)];
    const words = changedWords(there, here);
    const settle = () => {
      this.keeper.settle(copy).catch(() => {});
      this.offer(this.keeper.record.offered);
    };
    this.notice("copy", "info", `${texts("copy-text", { time: texts.isolate(texts.moment(new Date(copy.at))) })} ${words ? texts.count("copy-words", words) : texts("copy-other-fields")}`, [
      this.button("copy-look", () => openDialog(texts("copy-look"), texts, (body) => body.append(sideBySide(there, here, [texts("copy-server"), texts("copy-here")])), { wide: true })),
      this.button("copy-take", async () => {
        this.fill(copy);
        this.changed();
        // Not before what is on the page now is kept again.
        await this.keepNow();
        settle();
      }, "button--primary"),
      this.button("copy-drop", settle),
    ]);
  }

  /** Puts a copy into the form. Fields that the form does not have any more are left out. */
  fill({ fields, chips = [] }) {
    for (const input of this.form.querySelectorAll("input[data-complete]")) {
      const names = [input.dataset.name, input.dataset.new];
      input.dispatchEvent(new CustomEvent("chips", { detail: chips.filter(([name]) => names.includes(name)) }));
    }
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const element of this.form.elements) {
      if (!element.name || OUTSIDE.has(element.name) || ["submit", "button", "file"].includes(element.type) || element.closest(".chip")) continue;
      const given = values.get(element.name) ?? [];
      if (element.type === "checkbox" || element.type === "radio") element.checked = given.includes(element.value);
      else if (element.multiple) for (const option of element.options) option.selected = given.includes(option.value);
      else if (given.length) {
        const value = given.length > 1 ? given.shift() : given[0];
        const editor = this.editors.find(({ textarea }) => textarea === element);
        if (editor) editor.replace(value);
        else element.value = value;
      }
    }
  }
}

function unlink(field, id) {
  const rest = field.getAttribute("aria-describedby").split(" ").filter((other) => other !== id).join(" ");
  if (rest) field.setAttribute("aria-describedby", rest);
  else field.removeAttribute("aria-describedby");
}

/** Kicker, headline, standfirst and body as plain text. */
function readable({ kicker = "", headline = "", standfirst = "", body = "" }) {
  return [kicker, headline, standfirst, plain(body)].map((part) => part.trim()).filter(Boolean).join("\n");
}

function serverText(page) {
  const body = parsePage(page);
  const value = (name) => {
    const field = body.querySelector(`#story [name="${name}"]`);
    return field?.localName === "textarea" ? field.textContent.replace(/^\n/, "") : field?.getAttribute("value") ?? "";
  };
  return readable({ kicker: value("kicker"), headline: value("headline"), standfirst: value("standfirst"), body: value("body") });
}

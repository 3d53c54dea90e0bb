// Somebody at the editor.

import { openReader } from "../lib/browser.mjs";

export const PAGE = "/newsroom/articles/12/";

/** Opens the story on `desk` for a writer of their own. */
export async function openWriter(browser, desk, { ui = "ar", story, init, ...options } = {}) {
  if (story) desk.reset(story);
  const reader = await openReader(browser, desk, options);
  if (init) await reader.context.addInitScript(init);
  const writer = new Writer(reader, desk, ui);
  await writer.come();
  return writer;
}

export class Writer {
  constructor(reader, desk, ui = "ar") {
    Object.assign(this, { reader, page: reader.page, desk, ui });
  }

  async come() {
    // A question about the lock that the page did not wait for.
    this.reader.expects("net::ERR_ABORTED");
    await this.reader.open(`${PAGE}?ui=${this.ui}`);
    await this.page.waitForSelector(".editor__text", { timeout: 5_000 });
  }

  get text() {
    return this.page.locator(".editor__text");
  }

  /** The markup that the form would send. */
  markup() {
    return this.page.evaluate(() => new FormData(document.querySelector("#story")).get("body"));
  }

  /** Puts the caret at the end of the text. */
  async toEnd() {
    await this.text.focus();
    await this.page.keyboard.press("Control+End");
    // The browser tells of a moved caret a moment later.
    await this.page.waitForTimeout(50);
  }

  async type(words) {
    await this.page.keyboard.type(words);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Pastes as another program's clipboard would say it. */
  async paste({ html = "", text = "", files = [] }) {
    await this.page.evaluate(({ html, text, files }) => {
      const data = new DataTransfer();
      if (html) data.setData("text/html", html);
      if (text) data.setData("text/plain", text);
      for (const { name, type } of files) data.items.add(new File(["x"], name, { type }));
      document.querySelector(".editor__text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, { html, text, files });
  }

  status() {
    return this.page.locator(".editor-status").getAttribute("data-state");
  }

  /** Waits until the status line says so. */
  async waitFor(state, timeout = 8_000) {
    await this.page.waitForSelector(`.editor-status[data-state="${state}"]`, { timeout });
  }

  notice(name) {
    return this.page.locator(`[data-notice="${name}"]`);
  }

  leave() {
    return this.reader.leave();
  }
}

// Debian's Chromium, and an eye on everything that it complains about.

import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";
import { check } from "./tally.mjs";

export const PHONE = { name: "phone", width: 390, height: 844 };
export const DESKTOP = { name: "desktop", width: 1280, height: 900 };

/** A browser that speaks to nobody but the addresses that a story opens. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim(),
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}

let block = 0;

/**
 * A reader: a fresh context (no cache, no cookie) with one page, looking at `publication`.
 *
 * Each reader comes from another network, as a trusted proxy would say, so that none waits for another's throttle.
 */
export async function openReader(browser, publication, { screen = DESKTOP, scripts = true, dark = false, bypassCSP = false } = {}) {
  block += 1;
  const context = await browser.newContext({
    baseURL: publication.base,
    viewport: { width: screen.width, height: screen.height },
    isMobile: screen.name === "phone",
    hasTouch: screen.name === "phone",
    javaScriptEnabled: scripts,
    colorScheme: dark ? "dark" : "light",
    locale: "ar",
    bypassCSP,
    extraHTTPHeaders: { "X-Forwarded-For": `10.${block >> 8}.${block & 255}.7` },
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  return new Reader(context, page, publication);
}

class Reader {
  #expected = new Set();
  #complaints = [];

  constructor(context, page, publication) {
    Object.assign(this, { context, page, publication });
    const complain = (words) => this.#complaints.push(words);
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      const status = /status of (\d+)/.exec(message.text())?.[1];
      if (status && this.#expected.has(Number(status))) return;
      if ([...this.#expected].some((words) => typeof words === "string" && message.text().includes(words))) return;
      complain(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complain(`script: ${error.message}`));
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      // A picture, or the site's icon, that a reader did not wait for.
      if (why === "net::ERR_ABORTED" && ["image", "other"].includes(request.resourceType())) return;
      if (this.#expected.has(why)) return;
      complain(`failed: ${request.url()} ${why}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "data:" && url.origin !== publication.base) complain(`third party: ${url.href}`);
    });
    page.on("response", (response) => {
      const status = response.status();
      if (status >= 400 && !this.#expected.has(status)) complain(`${status}: ${response.url()}`);
    });
  }

  /** From now on these are no complaints: statuses, or errors of the network such as `net::ERR_CONNECTION_REFUSED`. */
  expects(...what) {
    for (const one of what) this.#expected.add(one);
  }

  /** Opens an address and returns the answer. A status of 400 or more must be expected. */
  async open(address, { status = 200 } = {}) {
    if (status >= 400) this.#expected.add(status);
    const answer = await this.page.goto(address, { waitUntil: "load" });
    check(answer.status() === status, `${decodeURI(address)} answers ${status}`, `got ${answer.status()}`);
    return answer;
  }

  /** Follows a link, or presses a button, that leads to another page. */
  async follow(locator, { status = 200 } = {}) {
    if (status >= 400) this.#expected.add(status);
    const navigation = this.page.waitForEvent("response", (response) => response.request().isNavigationRequest() && ![301, 302, 303].includes(response.status()));
    const [answer] = await Promise.all([navigation, this.page.waitForEvent("load"), locator.click()]);
    check(answer.status() === status, `${decodeURI(new URL(answer.url()).pathname)} answers ${status}`, `got ${answer.status()}`);
    return answer;
  }

  text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  count(selector) {
    return this.page.locator(selector).count();
  }

  /** The decoded path of the page at hand. */
  get path() {
    return decodeURI(new URL(this.page.url()).pathname);
  }

  /** What a reader has of the page: all of its words and links, without what only scripts add. */
  content() {
    return this.page.evaluate(() => {
      const main = document.querySelector("main").cloneNode(true);
      for (const added of main.querySelectorAll("button.copy")) added.remove();
      const links = [...main.querySelectorAll("a")].map((link) => link.getAttribute("href"));
      return { words: main.textContent.replace(/\s+/g, " ").trim(), links };
    });
  }

  /** Says whether the browser had nothing to complain about, and leaves. */
  async leave() {
    check(this.#complaints.length === 0, "the browser has nothing to complain about", [...new Set(this.#complaints)].join("\n"));
    await this.context.close();
  }
}

// Pictures of the main pages, for people to look at: target/e2e/screens.

import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { check, tell } from "../lib/tally.mjs";
import { DESKTOP, PHONE, openReader } from "../lib/browser.mjs";
import { KEPT } from "../lib/publication.mjs";

export async function screens(browser, publications) {
  const folder = path.join(KEPT, "screens");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const publication of publications) {
    await tell(`pictures of ${publication.name}`, async () => {
      let taken = 0;
      for (const screen of [PHONE, DESKTOP]) {
        for (const dark of [false, true]) {
          const reader = await openReader(browser, publication, { screen, dark });
          for (const [name, address] of Object.entries(publication.portraits)) {
            await reader.page.goto(address, { waitUntil: "load" });
            await settle(reader.page);
            const file = `${publication.name}-${name}-${screen.name}-${dark ? "dark" : "light"}.png`;
            taken += (await reader.page.screenshot({ path: path.join(folder, file), fullPage: true })).length > 5_000 ? 1 : 0;
          }
          await reader.context.close();
        }
      }
      const wanted = Object.keys(publication.portraits).length * 4;
      check(taken === wanted, "every picture shows something", `${taken} of ${wanted}`);
    });
  }
}

/** Pictures load when they come near; scroll past all of them once. */
async function settle(page) {
  await page.evaluate(async () => {
    for (let place = 0; place < document.documentElement.scrollHeight; place += innerHeight) {
      scrollTo(0, place);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    scrollTo(0, 0);
    // A lazy picture that is not displayed at this width never comes.
    const coming = [...document.images].filter((image) => !image.complete && image.getClientRects().length > 0);
    const come = Promise.all(coming.map((image) => new Promise((done) => { image.onload = image.onerror = done; })));
    await Promise.race([come, new Promise((resolve) => setTimeout(resolve, 3000))]);
    await document.fonts.ready;
  });
}

// What does an article without pictures cost a reader who comes for the first time?

import { check, tell } from "../lib/tally.mjs";
import { DESKTOP, PHONE, openReader } from "../lib/browser.mjs";

const MAX_BYTES = 60_000;
const MAX_REQUESTS = 6;

/**
 * @param plain the demonstration without pictures
 * @param articles those that hold Arabic alone: Chinese or Latin words bring the fonts of those scripts with them
 */
export async function weight(browser, plain, articles) {
  for (const screen of [PHONE, DESKTOP]) {
    for (const address of articles) {
      await tell(`weight of ${address} (${screen.name})`, async () => {
        const { bytes, requests, parts } = await load(browser, plain, address, screen);
        console.log(`  ${bytes} bytes in ${requests} requests\n${parts.map((part) => `    ${part}`).join("\n")}`);
        check(bytes <= MAX_BYTES, `at most ${MAX_BYTES} bytes`, `${bytes}`);
        check(requests <= MAX_REQUESTS, `at most ${MAX_REQUESTS} requests`, `${requests}`);
      });
    }
  }
}

/** Loads a page in a browser that has nothing of it yet, scrolls to its end, and counts what came over the wire. */
async function load(browser, plain, address, screen) {
  const reader = await openReader(browser, plain, { screen });
  const network = await reader.context.newCDPSession(reader.page);
  await network.send("Network.enable");
  const wire = new Map();
  const urls = new Map();
  network.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => wire.set(requestId, encodedDataLength));
  await reader.open(address);
  await reader.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await reader.page.waitForLoadState("networkidle");
  // Headless Chromium leaves the icon out; other browsers ask for it.
  const icon = await reader.page.locator("link[rel=icon]").getAttribute("href");
  const seen = [...wire].filter(([id]) => !urls.get(id)?.startsWith("data:"));
  const parts = seen.map(([id, bytes]) => `${String(bytes).padStart(6)} ${decodeURI(new URL(urls.get(id)).pathname)}`);
  let [bytes, requests] = [seen.reduce((sum, [, size]) => sum + size, 0), seen.length];
  if (!seen.some(([id]) => urls.get(id).endsWith(icon))) {
    const answer = await plain.get(icon, { headers: { "Accept-Encoding": "identity" } });
    const size = (await answer.arrayBuffer()).byteLength + 600;
    [bytes, requests] = [bytes + size, requests + 1];
    parts.push(`${String(size).padStart(6)} ${icon} (with its headers, about)`);
  }
  await reader.leave();
  return { bytes, requests, parts };
}

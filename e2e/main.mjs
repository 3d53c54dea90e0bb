// A real browser reads the demonstration, answers it, and is watched for complaints.
//
//   node e2e/main.mjs                  everything
//   node e2e/main.mjs reading weight   some stories
//
// WARRAQ names the program (default: target/release/warraq), CHROMIUM the browser (default: chromium).

import { readFile } from "node:fs/promises";
import path from "node:path";
import { openBrowser } from "./lib/browser.mjs";
import { DEMO, Publication } from "./lib/publication.mjs";
import { close, twice } from "./lib/tally.mjs";
import { access, passkeys } from "./stories/access.mjs";
import { answering } from "./stories/answering.mjs";
import { hostile, poisoned } from "./stories/hostile.mjs";
import { newsroom } from "./stories/newsroom.mjs";
import { punctual } from "./stories/punctual.mjs";
import { reading } from "./stories/reading.mjs";
import { screens } from "./stories/screens.mjs";
import { weight } from "./stories/weight.mjs";

const plan = await readFile(path.join(DEMO, "site.toml"), "utf8");
const opened = [];

async function open(name, { found, change, serve } = {}) {
  const publication = await Publication.found(name, found);
  opened.push(publication);
  if (change) await publication.fill(change);
  return publication.serve(serve);
}

/** The demonstration as it is: from the right, with pictures. */
async function openDemo() {
  // A browser types faster than any person; the guard against that has tests of its own.
  const demo = await open("demo", { found: { plan: `${plan}\n[settings.comments]\nmin_seconds = 0\n` }, change: (article) => article });
  demo.pages = [
    "/", "/a/1", "/a/10", "/a/14", "/a/15", "/category/ثقافة/", "/tag/شاي/", "/author/layan-zaafarani/", "/2026/", "/2026/11/20/",
    "/page/2/", "/من-نحن/",
  ];
  demo.missing = "/لا-شيء/";
  demo.portraits = {
    front: "/", article: "/a/1", opinion: "/a/14", section: "/category/ثقافة/", author: "/author/layan-zaafarani/", year: "/2026/",
    english: "/a/15", about: "/من-نحن/", missing: demo.missing,
  };
  const article = new URL((await demo.get("/a/1")).headers.get("location"), demo.base).pathname;
  demo.portraits.waiting = `${article}comments/waiting/`;
  return demo;
}

/** A publication in English: from the left. */
async function openEnglish() {
  const options = ["--title", "Warraq of China", "--tagline", "A demonstration magazine about Chinese affairs", "--language", "en"];
  const english = await open("english", {
    found: { options },
    change: (article) => article.language === "en" ? { ...article, translation_of: undefined } : null,
  });
  english.pages = ["/", "/a/15", "/a/16", "/a/17", "/author/layan-zaafarani/", "/2025/"];
  english.missing = "/nothing/";
  english.portraits = { front: "/", article: "/a/15", opinion: "/a/17", year: "/2025/", missing: "/nothing/" };
  return english;
}

async function openWithoutPictures() {
  const change = (article) => article.language === "en" ? null : { ...article, lead_picture: undefined };
  return open("plain", { found: { plan }, change });
}

async function openNewsrooms() {
  const arabic = await open("newsroom", { found: { plan }, change: (article) => article });
  const english = await open("newsroom-en", {
    found: { options: ["--title", "Warraq of China", "--language", "en"] },
    change: (article) => article.language === "en" ? { ...article, translation_of: undefined } : null,
  });
  return { arabic, english };
}

/** What several groups look at is opened once. */
const shared = new Map();
function once(openOne) {
  if (!shared.has(openOne)) shared.set(openOne, openOne());
  return shared.get(openOne);
}

async function closeAll() {
  shared.clear();
  for (const publication of opened.splice(0)) await publication.stop();
}

const groups = {
  screens: async (browser) => screens(browser, [await once(openDemo), await once(openEnglish)]),
  weight: async (browser) => weight(browser, await once(openWithoutPictures), ["/a/2", "/a/5", "/a/18"]),
  access: async (browser) => {
    const [demo, english] = [await once(openDemo), await once(openEnglish)];
    const gallery = await open("gallery", { serve: { options: ["--dev"] } });
    await access(browser, { gallery, demo, english });
    await passkeys(browser, await open("passkeys", { found: { plan, host: "localhost" } }), "ar");
    await passkeys(browser, await open("passkeys-en", { found: { options: ["--title", "Warraq of China", "--language", "en"], host: "localhost" } }), "en");
  },
  newsroom: async (browser) => {
    const { arabic, english } = await openNewsrooms();
    await newsroom(browser, arabic, "ar");
    await newsroom(browser, english, "en");
  },
  hostile: async (browser) => {
    const settings = `${plan}\n[settings.comments]\nmin_seconds = 0\nmax_links = 9\n`;
    await hostile(browser, await open("hostile", { found: { plan: settings }, change: poisoned }));
  },
  answering: async (browser) => answering(browser, await once(openDemo)),
  reading: async (browser) => reading(browser, await once(openDemo)),
  // Takes minutes and tells figures: only when it is asked for.
  punctual: async () => punctual(open),
};
const wanted = process.argv.slice(2);
const chosen = wanted.length ? wanted : Object.keys(groups).filter((group) => group !== "punctual");

const began = Date.now();
const browser = await openBrowser();
try {
  for (const group of chosen) await twice(group, () => groups[group](browser), closeAll);
} finally {
  await browser.close();
  await closeAll();
}
console.log(`${((Date.now() - began) / 1000).toFixed(0)} s`);
process.exitCode = close("e2e");

// A saved page from outside becomes an article that can be read and answered, on both databases.
//
//   node e2e/seed.mjs      SQLite, and the PostgreSQL of WARRAQ_TEST_POSTGRES
//
// The page is no part of the project; it lies beside the checkout, and without it there is nothing to do here.

import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { DESKTOP, PHONE, openBrowser, openReader } from "./lib/browser.mjs";
import { PROJECT, Publication } from "./lib/publication.mjs";
import { check, close, equal, tell, twice } from "./lib/tally.mjs";
import { weight } from "./stories/weight.mjs";

const PAGE = path.resolve(PROJECT, "../shared/data/seed/article.txt");
const PUBLISHED = "2020-10-23";
const SECTION = "أخبار";
/** The text of a comment. */
const KNOWN = "شكرًا على هذه المادة المفيدة.";
const run = promisify(execFile);

/** What the page says, read by hand: tagline, headline, counter, sixteen paragraphs, the form's furniture. */
async function expected() {
  const lines = (await readFile(PAGE, "utf8")).split("\n").map((line) => line.trim()).filter(Boolean);
  const [tagline, headline, counter, ...rest] = lines;
  const furniture = rest.slice(16);
  return { tagline, headline, counter, paragraphs: rest.slice(0, 16), furniture };
}

async function sequence(browser, engine, database) {
  const page = await expected();
  const email = `Canary.Reader+${engine}@Private-Mail.example.net`;
  const publication = await Publication.found(`seed-${engine}`, { database, options: ["--title", "الصين بالعربية", "--tagline", page.tagline] });
  try {
    await tell(`${engine}: the saved page is taken in`, async () => {
      equal(page.paragraphs.length, 16, "the page has sixteen paragraphs");
      check(page.furniture.length >= 2, "and a form after them");
      const words = ["import", "page", PAGE, "--published", PUBLISHED, "--section", SECTION, "--publish", "--json"];
      const receipt = JSON.parse(await publication.run(...words));
      equal([receipt.items, receipt.imported, receipt.refused], [receipt.imported, receipt.imported, 0], "everything was taken in");
      equal(receipt.by_type.post.imported, 1, "one article");
      const again = JSON.parse(await publication.run(...words));
      equal([again.unchanged, again.imported, again.changed], [again.items, 0, 0], "a second time nothing changes");
    });
    // The log is read for the address later on, so it tells all that it can.
    await publication.serve({ log: "debug" });
    await tell(`${engine}: it can be read`, () => reading(browser, publication, page));
    await tell(`${engine}: it is in the feeds`, () => feeds(publication, page));
    for (const scripts of [true, false]) {
      await tell(`${engine}: it can be answered (${scripts ? "with" : "without"} scripts)`, () => answering(browser, publication, email, scripts));
    }
    if (engine === "sqlite") await weight(browser, publication, ["/a/1"]);
    await tell(`${engine}: the address is nowhere`, () => nowhere(publication, email, database));
    await tell(`${engine}: all is well`, async () => {
      await publication.stop();
      const report = JSON.parse(await publication.run("doctor", "--json"));
      equal(report.well, true, "the doctor finds nothing");
      await nowhereInFiles(publication, email, database, "after the end");
    });
  } finally {
    await publication.stop();
  }
}

async function reading(browser, publication, { tagline, headline, paragraphs, furniture }) {
  for (const screen of [PHONE, DESKTOP]) {
    const reader = await openReader(browser, publication, { screen });
    await reader.open("/");
    check((await reader.text(".masthead__tagline")).includes(tagline), "the front has the tagline");
    await reader.follow(reader.page.locator(".card__headline a", { hasText: headline }).first());
    check(reader.path.startsWith("/2020/10/23/"), "the address has the day", reader.path);
    equal(await reader.text("h1"), headline, "the headline is that of the page");
    const body = reader.page.locator(".prose");
    equal(await body.locator("p").evaluateAll((all) => all.map((one) => one.textContent.trim())), paragraphs, "the sixteen paragraphs, in order, letter for letter");
    equal(await body.locator("> *").count(), 16, "and nothing else");
    const words = await body.innerText();
    for (const line of [tagline, headline, ...furniture]) check(!words.includes(line), `no furniture in the body: ${line}`);
    check(!/^\s*[0٠]\s*$/m.test(words), "no counter in the body");
    equal(await reader.text("#comments-title"), "لا تعليقات", "nobody has answered");
    check((await reader.text("#respond")).includes("لن يتم نشر عنوان بريدك الإلكتروني"), "there is a form, with its promise");
    const article = reader.page.url();
    await reader.follow(reader.page.locator(".trail a", { hasText: SECTION }).first());
    equal(await reader.page.locator("main .card__headline a").evaluateAll((links) => links.map((link) => link.href)), [article], "its section lists it");
    await reader.open("/2020/10/23/");
    equal(await reader.count("main .card"), 1, "and so does its day");
    await reader.leave();
  }
}

async function feeds(publication, { headline, paragraphs }) {
  const article = new URL((await publication.get("/a/1")).headers.get("location"), publication.base).pathname;
  for (const address of ["/feed/", "/feed/atom/", "/feed/json/", `/category/${encodeURIComponent(SECTION)}/feed/`]) {
    const text = await (await publication.get(address)).text();
    check(text.includes(headline), `${decodeURI(address)} has the headline`);
    check(text.includes(paragraphs[15]), `${decodeURI(address)} has the last paragraph`);
  }
  check((await (await publication.get(`${article}feed/`)).text()).includes(headline), "the article has a feed of its comments");
  const sitemap = await (await publication.get("/sitemap-2020-10.xml")).text();
  check(sitemap.includes(article), "the sitemap has the article");
}

async function answering(browser, publication, email, scripts) {
  const reader = await openReader(browser, publication, { scripts });
  const { page } = reader;
  const text = scripts ? KNOWN : "قرأتها بلا نصوص برمجية، وشكرًا.";
  await reader.open("/a/1");
  const before = await reader.text("#comments-title");
  equal(before, scripts ? "لا تعليقات" : "تعليق واحد", "the counter before");
  for (const [field, value] of Object.entries({ author: "قارئة", email, comment: text })) await page.locator(`#respond [name=${field}]`).fill(value);
  await reader.follow(page.locator("#respond button[type=submit]"));
  const [waiting] = (await publication.comments()).filter((comment) => comment.text.includes(text));
  if (waiting) {
    equal(await reader.text("h1"), "وصل تعليقك", "what waits is said to wait");
    await publication.approve(waiting.id);
  }
  await reader.open("/a/1");
  equal(await reader.text("#comments-title"), scripts ? "تعليق واحد" : "تعليقان", "the counter after");
  equal(await page.locator(".comment__body", { hasText: text }).count(), 1, "the comment is on the page");
  await reader.leave();
}

/** Every form in which an address might slip out. */
function disguises(email) {
  const forms = new Map();
  for (const [spelling, text] of [["as typed", email], ["lower case", email.toLowerCase()], ["upper case", email.toUpperCase()]]) {
    forms.set(spelling, text);
    forms.set(`${spelling}, for URLs`, encodeURIComponent(text));
    forms.set(`${spelling}, for forms`, new URLSearchParams({ e: text }).toString().slice(2));
    forms.set(`${spelling}, for HTML`, text.replaceAll("@", "&#64;").replaceAll("+", "&#43;").replaceAll(".", "&#46;"));
    forms.set(`${spelling}, base64`, Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1));
    for (const hash of ["md5", "sha1", "sha256"]) {
      const digest = createHash(hash).update(text).digest();
      forms.set(`${spelling}, ${hash}`, digest.toString("hex"));
      forms.set(`${spelling}, ${hash}, raw`, digest);
    }
  }
  forms.set("its name", email.split("@")[0].split("+")[0]);
  forms.set("its host", email.split("@")[1]);
  forms.set("its host, lower case", email.split("@")[1].toLowerCase());
  return forms;
}

function slips(bytes, email) {
  return [...disguises(email)].filter(([, form]) => bytes.includes(form)).map(([name]) => name);
}

/** Walks through everything that the publication says to anybody. */
async function nowhere(publication, email, database) {
  const seen = new Set();
  const waiting = ["/", "/feed/", "/feed/atom/", "/feed/json/", "/comments/feed/", "/comments/feed/atom/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/a/1", "/healthz", "/readyz"];
  const found = [];
  while (waiting.length && seen.size < 500) {
    const address = waiting.shift();
    if (seen.has(address)) continue;
    seen.add(address);
    const answer = await publication.get(address);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const headers = [...answer.headers].map((pair) => pair.join(": ")).join("\n");
    const slipped = [...slips(bytes, email), ...slips(Buffer.from(headers), email)];
    if (slipped.length) found.push(`${address}: ${slipped.join(", ")}`);
    const links = [answer.headers.get("location") ?? "", ...[...bytes.toString("utf8").matchAll(/(?:href|src|action|<loc|<link|"url)"?[=>:]\s*"?([^"<\s]+)/g)].map(([, link]) => link.replaceAll("&#x2f;", "/").replaceAll("&amp;", "&"))];
    for (const link of links) {
      const url = URL.canParse(link, publication.base) ? new URL(link, publication.base) : null;
      if (url?.origin === publication.base) waiting.push(url.pathname + url.search);
    }
  }
  check(seen.size > 20, "many addresses were opened", `${seen.size}`);
  equal(found, [], `no page, feed or header of ${seen.size} has it in any disguise`);
  const posted = await publication.get("/wp-comments-post.php", {
    method: "POST",
    headers: { "X-Forwarded-For": "203.0.115.1" },
    body: new URLSearchParams({ comment_post_ID: "1", author: "زائر", email, comment: "أرسله برنامج لا متصفّح." }),
  });
  equal(slips(Buffer.from((posted.headers.get("location") ?? "") + (await posted.text())), email), [], "nor has the answer to a comment");
  await nowhereInFiles(publication, email, database, "while serving");
}

/** Looks into the log, the site folder and the database. */
async function nowhereInFiles(publication, email, database, when) {
  check((await readFile(publication.log)).length > 0, "there is a log");
  const found = [];
  const files = [publication.log, ...(await readdir(publication.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))];
  let known = 0;
  for (const file of files) {
    const bytes = await readFile(file);
    known += bytes.includes(KNOWN) ? 1 : 0;
    const slipped = slips(bytes, email);
    if (slipped.length) found.push(`${path.basename(file)}: ${slipped.join(", ")}`);
  }
  if (database) {
    // Text, as a dump, and every binary column as its bytes.
    const { stdout } = await run(path.join(process.env.POSTGRES_BIN ?? "", "pg_dump"), ["--dbname", database, "--inserts"], { maxBuffer: 1 << 28 });
    known += stdout.includes(KNOWN) ? 1 : 0;
    const binary = [...stdout.matchAll(/\\x([0-9a-f]{16,})/g)].map(([, hex]) => Buffer.from(hex, "hex"));
    const slipped = slips(Buffer.concat([Buffer.from(stdout), ...binary]), email);
    if (slipped.length) found.push(`database: ${slipped.join(", ")}`);
  }
  check(known > 0, "the words of the comment are found there, so the search can find something");
  equal(found, [], `no file, log or database has it (${when}, ${files.length} files)`);
}

/** A database of its own on the server of the tests. */
async function freshDatabase(server) {
  const name = `warraq_e2e_${randomBytes(6).toString("hex")}`;
  const psql = (...words) => run(path.join(process.env.POSTGRES_BIN ?? "", "psql"), ["--quiet", "--dbname", server, "--command", ...words]);
  await psql(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => psql(`DROP DATABASE ${name} WITH (FORCE)`) };
}

const browser = await openBrowser();
try {
  await twice("sqlite", () => sequence(browser, "sqlite"));
  const server = process.env.WARRAQ_TEST_POSTGRES;
  await tell("both databases", async () => check(Boolean(server), "WARRAQ_TEST_POSTGRES names a PostgreSQL server"));
  if (server) {
    await twice("postgres", async () => {
      const database = await freshDatabase(server);
      try {
        await sequence(browser, "postgres", database.url);
      } finally {
        await database.drop();
      }
    });
  }
} finally {
  await browser.close();
}
process.exitCode = close("seed");

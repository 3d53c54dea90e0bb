// Does the newsroom work for those who work in it? From the door to the readers, with a network that goes away in between.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { mkdir } from "node:fs/promises";
import { check, equal, tell } from "../lib/tally.mjs";
import { DESKTOP, PHONE, openReader } from "../lib/browser.mjs";
import { KEPT } from "../lib/publication.mjs";

const axe = createRequire(import.meta.url)("axe-core");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const EMAIL = "laila@news.example";
const PASSWORD = "correct horse battery";
const SHOTS = path.join(KEPT, "newsroom");

const WORDS = {
  ar: { agency: "وكالة القوافل", wire: "سفينة شاي ترسو في الإسكندرية", rest: "افتتاح مكتبة في حي قديم بالقاهرة", wireText: "رست السفينة صباح الجمعة.", headline: "قافلة الشاي تصل إلى القاهرة", again: "قافلة الشاي تصل القاهرة أخيرًا", first: "وصلت القافلة صباح الخميس.", offline: " وانقطع الاتصال قبل الظهر.", note: "وصلت القافلة يوم الخميس لا الأربعاء", stage: "مراجعة قانونية" },
  en: { agency: "Caravan News Agency", wire: "A ship full of tea reaches Alexandria", rest: "A library opens in an old quarter of Cairo", wireText: "The ship moored on Friday morning.", headline: "The tea caravan reaches Cairo", again: "The tea caravan reaches Cairo at last", first: "The caravan arrived on Thursday.", offline: " The line went dead at noon.", note: "The caravan arrived on Thursday, not on Wednesday", stage: "Legal check" },
};

export async function newsroom(browser, publication, language) {
  const words = WORDS[language];
  await mkdir(SHOTS, { recursive: true });
  await publication.hires(EMAIL, language === "ar" ? "ليلى" : "Laila", "owner", PASSWORD);
  const laila = await openReader(browser, publication);
  const { page } = laila;
  const shot = (name) => page.screenshot({ path: path.join(SHOTS, `${language}-${name}.png`), fullPage: true });

  await tell(`newsroom ${language}: through the door`, async () => {
    await laila.open("/newsroom/");
    check(page.url().includes("/newsroom/sign-in"), "whoever is not signed in is asked to");
    await page.fill("[name=email]", EMAIL);
    await page.fill("[name=password]", "something else entirely");
    laila.expects(422);
    await page.click("main button[type=submit]");
    check(await page.locator("[role=alert]").isVisible(), "a wrong password is told");
    await page.fill("[name=password]", PASSWORD);
    await page.click("main button[type=submit]");
    await page.waitForURL(`${publication.base}/newsroom/`);
    check((await page.locator("h1").innerText()).length > 0, "inside");
    await shot("home");
  });

  let address = "";
  await tell(`newsroom ${language}: a story, written through a dead line`, async () => {
    await laila.open("/newsroom/articles/new");
    await page.fill("#headline", words.headline);
    await page.click("main form button[type=submit]");
    await page.waitForURL(/\/newsroom\/articles\/\d+\/$/);
    address = new URL(page.url()).pathname;
    await page.locator(".ProseMirror").click();
    await page.keyboard.type(words.first);
    await page.waitForResponse((response) => response.url().endsWith("/draft") && response.status() === 200);
    await laila.context.setOffline(true);
    laila.expects("ERR_INTERNET_DISCONNECTED", "net::ERR_INTERNET_DISCONNECTED");
    await page.keyboard.type(words.offline);
    await page.waitForTimeout(2_500);
    check(await page.locator(".editor-status").innerText() !== "", "a save that fails says so");
    await page.close();
    await laila.context.setOffline(false);
    const again = await laila.context.newPage();
    await again.goto(`${publication.base}${address}`);
    const offer = again.locator(".editor-notices button").first();
    await offer.waitFor();
    await again.screenshot({ path: path.join(SHOTS, `${language}-offer.png`) });
    check((await again.locator(".editor-notices").innerText()).length > 0, "what the server does not have is offered");
    await again.close();
  });

  const editor = await laila.context.newPage();
  const open = async (where) => { await editor.goto(`${publication.base}${where}`); };
  await tell(`newsroom ${language}: out to the readers`, async () => {
    await open(address);
    const buttons = editor.locator(".editor-notices button");
    await buttons.first().waitFor();
    // The offer's way to take it is the one that is marked.
    const take = editor.locator(".editor-notices .button--primary");
    await (await take.count() ? take.first() : buttons.first()).click();
    await editor.waitForTimeout(300);
    const text = await editor.locator(".ProseMirror").innerText();
    check(text.includes(words.offline.trim()), "nothing that was typed is lost", text);
    await editor.locator("button[value=publish]").first().click();
    await editor.waitForURL(/done=published/);
    const number = /articles\/(\d+)\//.exec(address)[1];
    const article = await (await fetch(`${publication.base}/a/${number}`)).text();
    check(article.includes(words.headline) && article.includes(words.offline.trim()), "readers see all of it");
    const [front, feed] = await Promise.all(["/", "/feed/"].map(async (place) => (await fetch(publication.base + place)).text()));
    check(front.includes(words.headline) && feed.includes(words.headline), "front and feed, too");
    await editor.screenshot({ path: path.join(SHOTS, `${language}-published.png`), fullPage: true });
    await editor.fill("#headline", words.again);
    await editor.locator("button[value=save]").first().click();
    await editor.waitForURL(/done=saved/);
    check(!(await (await fetch(`${publication.base}/a/${number}`)).text()).includes(words.again), "a change waits until it is published");
    await editor.fill("#correction-note", words.note);
    await editor.click("button[value=correct]");
    await editor.waitForURL(/done=corrected/);
    check((await (await fetch(`${publication.base}/a/${number}`)).text()).includes(words.note), "readers are told what was put right");
  });

  await tell(`newsroom ${language}: a wire story, taken in by its key`, async () => {
    const agency = await openAgency(words);
    try {
      await open("/newsroom/wire/");
      await editor.screenshot({ path: path.join(SHOTS, `${language}-wire-empty.png`), fullPage: true });
      await editor.click(".empty a");
      await editor.fill("#name", words.agency);
      await editor.fill("#address", agency.address);
      await editor.fill("#licence", "CC BY 4.0");
      await editor.selectOption("#section", { index: 1 });
      await editor.click("form.panel button[type=submit]");
      await editor.waitForURL(/done=added/);
      const until = Date.now() + 10_000;
      do await open("/newsroom/wire/"); while (await editor.locator("tbody tr").count() < 2 && Date.now() < until);
      equal(await editor.locator("tbody .rows__title").allInnerTexts(), [words.wire, words.rest], "both came, the newest first");
      await editor.screenshot({ path: path.join(SHOTS, `${language}-wire.png`), fullPage: true });
      await editor.keyboard.press("j");
      await editor.keyboard.press("t");
      await editor.waitForURL(/\/newsroom\/articles\/\d+\/$/);
      const number = /articles\/(\d+)\//.exec(editor.url())[1];
      equal(await editor.inputValue("#headline"), words.wire, "it is open in the editor");
      check((await editor.locator(".ProseMirror").innerText()).includes(words.wireText), "with its text");
      equal(await editor.inputValue("[name=source_name]"), words.agency, "and its source");
      await editor.locator("button[value=publish]").first().click();
      await editor.waitForURL(/done=published/);
      const article = await (await fetch(`${publication.base}/a/${number}`)).text();
      for (const part of [words.wire, words.wireText, words.agency, "CC BY 4.0"]) check(article.includes(part), `readers see «${part}»`);
      await open("/newsroom/wire/");
      equal(await editor.locator("tbody .rows__title").allInnerTexts(), [words.rest], "what was taken in is off the desk");
      await editor.keyboard.press("j");
      await editor.keyboard.press("d");
      await editor.waitForURL(/done=dismissed/);
      equal(await editor.locator("tbody tr").count(), 0, "dismissed");
      await editor.click(".notice button");
      await editor.waitForURL(/done=undone/);
      equal(await editor.locator("tbody .rows__title").allInnerTexts(), [words.rest], "and back again");
    } finally {
      await agency.close();
    }
  });

  await tell(`newsroom ${language}: planned, kept back, in the calendar`, async () => {
    await open("/newsroom/calendar/");
    const tops = await editor.locator(".calendar tbody tr:nth-child(2) td").evaluateAll((days) => days.map((day) => Math.round(day.getBoundingClientRect().top)));
    check(tops.length === 7 && new Set(tops).size === 1, "a week is a row of seven days", tops);
    await editor.locator(".calendar__begin a").first().click();
    await editor.fill("#headline", words.again);
    await editor.click("main form button[type=submit]");
    await editor.waitForURL(/\/newsroom\/articles\/\d+\/$/);
    const story = new URL(editor.url()).pathname;
    const until = new Date(Date.now() + 72 * 3_600_000).toISOString().slice(0, 16);
    await editor.fill("#embargo-at", until);
    await editor.click("button[value=plan]");
    await editor.waitForURL(/done=planned/);
    check(await editor.locator(".state--embargo").first().isVisible(), "the story says that it is under embargo");
    await open("/newsroom/calendar/");
    check((await editor.locator(".calendar__entry--planned").innerText()).includes(words.again), "the story stands on its day");
    await editor.screenshot({ path: path.join(SHOTS, `${language}-calendar-week.png`), fullPage: true });
    await open(story);
    laila.expects(422, 409);
    await editor.locator("button[value=publish]").first().click();
    await editor.locator(".notice--bad").first().waitFor();
    check(!editor.url().includes("done=published"), "nobody publishes it before");
  });

  await tell(`newsroom ${language}: fifty comments, by keyboard alone`, async () => {
    const number = /articles\/(\d+)\//.exec(address)[1];
    for (let reader = 0; reader < 50; reader += 1) {
      const answer = await publication.get("/wp-comments-post.php", {
        method: "POST",
        headers: { "X-Forwarded-For": `10.${language === "ar" ? 100 : 160}.${reader}.7` },
        body: new URLSearchParams({ comment_post_ID: number, author: `${words.headline} ${reader}`, email: `r${reader}@mail.example.net`, comment: `${words.note} ${reader}` }),
      });
      check(answer.status === 302 || answer.status === 303, "a comment came", String(answer.status));
    }
    await open("/newsroom/comments/");
    await editor.screenshot({ path: path.join(SHOTS, `${language}-comments-fifty.png`) });
    const decided = { a: 0, s: 0, h: 0 };
    const began = Date.now();
    for (let turn = 0; turn < 50; turn += 1) {
      const key = "ash"[turn % 3];
      await editor.keyboard.press("j");
      await Promise.all([editor.waitForEvent("load"), editor.keyboard.press(key)]);
      decided[key] += 1;
    }
    console.log(`  fifty comments in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    const ours = async (status) => (await publication.comments(status)).filter((comment) => comment.author.startsWith(words.headline)).length;
    equal([await ours("published"), await ours("spam"), await ours("hidden"), await ours("held")], [decided.a, decided.s, decided.h, 0], "each is where its key sent it");
    // The last decision is taken back by its button.
    await editor.locator(".notice button").first().click();
    await editor.waitForLoadState("load");
    equal(await ours("held"), 1, "and one waits again");
  });

  await tell(`newsroom ${language}: the stages of drafts, by hand`, async () => {
    const editor = await openReader(browser, publication);
    await editor.context.addCookies(await laila.context.cookies());
    const { page } = editor;
    await editor.open("/newsroom/stages/");
    await page.fill("#name", words.stage);
    await editor.follow(page.locator("button[value=add]"));
    const names = () => page.locator("[name=stage-name]").evaluateAll((fields) => fields.map((field) => field.value));
    const place = async () => (await names()).indexOf(words.stage);
    equal([(await names()).length, await place()], [6, 4], "the new one stands before the last");
    // By its button, without a reload, told to those who do not see it; the form sends the new order.
    const up = page.locator("[data-move=up]").nth(4);
    await up.focus();
    await page.keyboard.press("Enter");
    const held = await page.evaluate(() => document.activeElement.closest("li")?.querySelector("[name=stage-name]").value);
    equal([await place(), held], [3, words.stage], "it went up, and the focus with it");
    check((await page.locator("p[role=status].hidden").innerText()) !== "", "and it is said");
    await page.locator(".order > li").nth(3).dragTo(page.locator(".order > li").nth(1), { targetPosition: { x: 5, y: 5 }, sourcePosition: { x: 4, y: 4 } });
    equal(await place(), 1, "dragged between the first two");
    await page.locator("[name=stage-name]").first().focus();
    await editor.follow(page.locator("form .button--primary"));
    equal(await place(), 1, "and stays there");
    // Enter in a field saves, and moves nothing.
    const before = await names();
    await Promise.all([page.waitForURL(/done=1/), page.locator("[name=stage-name]").nth(2).press("Enter")]);
    equal(await names(), before, "Enter saves");
    await editor.open(address);
    equal((await page.locator("select[name=stage] option").allInnerTexts())[1], words.stage, "stories are handed on to it");
    await editor.context.close();
  });

  await tell(`newsroom ${language}: every room, by axe, both widths and schemes`, async () => {
    const rooms = [
      "/newsroom/", "/newsroom/calendar/", "/newsroom/calendar/?form=list", "/newsroom/articles/", "/newsroom/articles/?list=published", "/newsroom/articles/new", address, `${address}revisions/`, `${address}revisions/1`,
      "/newsroom/wire/", "/newsroom/wire/?state=taken", "/newsroom/wire/?state=dismissed", "/newsroom/wire/1/", "/newsroom/wire/sources/", "/newsroom/wire/sources/1/",
      "/newsroom/front/", "/newsroom/sections/", "/newsroom/menus/", "/newsroom/people/", "/newsroom/people/1/", "/newsroom/tags/", "/newsroom/tags/1/", "/newsroom/redirects/", "/newsroom/settings/", "/newsroom/stages/", "/newsroom/comments/", "/newsroom/media/", "/newsroom/accounts/", "/newsroom/account/", "/newsroom/audit/",
    ];
    const cookies = await laila.context.cookies();
    for (const screen of [DESKTOP, PHONE]) {
      for (const dark of [false, true]) {
        const reader = await openReader(browser, publication, { screen, dark, bypassCSP: true });
        await reader.context.addCookies(cookies);
        for (const room of rooms) {
          await reader.open(room);
          const name = `${room}, ${screen.name}, ${dark ? "dark" : "light"}`;
          await reader.page.evaluate(axe.source);
          const { violations } = await reader.page.evaluate((levels) => window.axe.run(document, { runOnly: levels, resultTypes: ["violations"] }), LEVELS);
          equal(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")}`), [], name);
          const wide = await reader.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          check(wide <= 0, `${name} does not scroll sideways`, `${wide} pixels`);
          if (!dark) await reader.page.screenshot({ path: path.join(SHOTS, `${language}-${screen.name}-${room.replaceAll(/[^a-z]+/g, "-")}.png`), fullPage: true });
        }
        await reader.context.close();
      }
    }
  });
  await laila.context.close();
}

/** A feed with two stories, on the loopback. */
async function openAgency({ wire, wireText, rest }) {
  const item = (name, title, text, minute) => `<item><title>${title}</title><link>https://agency.example/${name}</link><guid isPermaLink="false">${name}</guid><pubDate>Sun, 01 Mar 2026 09:0${minute}:00 GMT</pubDate><description><![CDATA[<p>${text}</p><script>document.title = "fired"</script>]]></description></item>`;
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title><link>https://agency.example/</link><description>x</description>${item("ship", wire, wireText, 2)}${item("library", rest, rest, 1)}</channel></rss>`;
  const server = createServer((request, response) => response.writeHead(200, { "content-type": "application/rss+xml", etag: '"one"' }).end(feed));
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return { address: `http://127.0.0.1:${server.address().port}/feed`, close: () => new Promise((resolve) => { server.close(resolve); }) };
}

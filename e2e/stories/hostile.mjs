// Does anything run that somebody else wrote? In every field that readers, agencies, an older site or a colleague can fill,
// on every page of the newsroom and for readers, with the policy of the pages taken away.

import { createServer } from "node:http";
import { check, equal, tell } from "../lib/tally.mjs";
import { openReader } from "../lib/browser.mjs";
import { PAYLOADS } from "../lib/payloads.mjs";

const EMAIL = "owner@news.example";
const PASSWORD = "correct horse battery";
/** Fewer than this would prove little. */
const FEWEST = 500;

let placed = 0;
/** The next payload; with letters before it, because a name needs some. */
function payload(words = "كلام") {
  placed += 1;
  return `${words} ${placed} ${PAYLOADS[placed % PAYLOADS.length]}`;
}

/** An article of the demonstration, with a payload in every field that has words. */
export function poisoned(article) {
  return {
    ...article,
    slug: undefined,
    title: payload("عنوان"), kicker: payload(), standfirst: payload(), body: `<p>${payload()}</p>${payload()}`,
    bylines: [{ name: payload("كاتب"), role: "writer", bio: payload() }],
    categories: [{ name: payload("قسم") }],
    tags: [{ name: payload("وسم") }, { name: payload("وسم") }],
    lead_picture: article.lead_picture && { ...article.lead_picture, alt: payload(), caption: payload(), credit: payload() },
    corrections: undefined,
    source: { name: payload("وكالة"), url: "https://example.org/x", licence: payload() },
    comments: [{ id: 1, author: payload("قارئ"), email: "reader@example.org", date: article.date, text: payload() }],
    translation_of: undefined,
  };
}

export async function hostile(browser, publication) {
  await tell("hostile words: they come in from everywhere", async () => {
    let taken = 0;
    for (let number = 0; number < 60; number += 1) {
      const answer = await publication.get("/wp-comments-post.php", {
        method: "POST",
        headers: { "X-Forwarded-For": `10.${100 + number}.1.7` },
        body: new URLSearchParams({ comment_post_ID: String(1 + number % 10), author: payload("زائر"), email: `r${number}@mail.example.net`, url: `https://example.org/?${payload("x")}`, comment: payload() }),
      });
      // A name that is too long is refused.
      check([302, 303, 422].includes(answer.status), "a comment is taken, or refused", String(answer.status));
      taken += answer.status === 422 ? 0 : 1;
    }
    check(taken >= 40, `${taken} of 60 comments are taken`);
    await publication.hires(EMAIL, payload("مالكة"), "owner", PASSWORD);
    check(placed >= FEWEST - PAYLOADS.length * 3, `${placed} payloads so far`);
  });

  const owner = await openReader(browser, publication, { bypassCSP: true });
  const { page } = owner;
  const agency = await openAgency();
  const looked = [];
  const quiet = async (place) => {
    await owner.open(place);
    await page.waitForTimeout(30);
    const fired = await page.evaluate(() => window.fired ?? null);
    if (fired !== null || new URL(page.url()).origin !== publication.base) looked.push(place);
  };
  const links = (selector) => page.locator(selector).evaluateAll((found) => [...new Set(found.map((link) => new URL(link.href).pathname))]);

  await tell("hostile words: every page of the newsroom stays quiet", async () => {
    await owner.open("/newsroom/");
    await page.fill("[name=email]", EMAIL);
    await page.fill("[name=password]", PASSWORD);
    await page.click("main button[type=submit]");
    await page.waitForURL(`${publication.base}/newsroom/`);
    // What a colleague can write, and what an agency says.
    await owner.open("/newsroom/menus/");
    await page.locator("[name=menu-name]").first().fill(payload());
    await page.locator("[name=menu-address]").first().fill("/about/");
    await owner.follow(page.locator("main form .button--primary"));
    await owner.open("/newsroom/redirects/");
    await page.fill("#from", `/old/${payload("x")}`);
    await page.fill("#to", "/a/1");
    await owner.follow(page.locator("main .panel .button--primary"));
    await owner.open("/newsroom/stages/");
    await page.fill("#name", payload("x").slice(0, 40));
    await owner.follow(page.locator("button[value=add]"));
    await owner.open("/newsroom/wire/sources/");
    await page.fill("#name", payload("وكالة"));
    await page.fill("#address", agency.address);
    await page.fill("#licence", payload());
    await owner.follow(page.locator("form.panel button[type=submit]"));
    const until = Date.now() + 10_000;
    do await owner.open("/newsroom/wire/"); while (await page.locator("tbody tr").count() < 10 && Date.now() < until);
    const places = new Set([
      "/newsroom/", "/newsroom/calendar/", "/newsroom/front/", "/newsroom/sections/", "/newsroom/menus/", "/newsroom/redirects/", "/newsroom/settings/", "/newsroom/stages/", "/newsroom/accounts/",
      "/newsroom/account/", "/newsroom/audit/", "/newsroom/comments/bans/", "/newsroom/wire/sources/", "/newsroom/wire/sources/1/", "/newsroom/articles/new", "/newsroom/articles/?list=published",
    ]);
    for (const [list, selector] of [
      ["/newsroom/articles/?list=published", ".rows__title a"], ["/newsroom/comments/", "tbody a[href^='/newsroom/comments/']"], ["/newsroom/media/", "main a[href^='/newsroom/media/']"],
      ["/newsroom/people/", ".rows__title a"], ["/newsroom/tags/", ".rows__title a"], ["/newsroom/wire/", "tbody a[href^='/newsroom/wire/']"], ["/newsroom/accounts/", "tbody a"],
    ]) {
      await quiet(list);
      const found = await links(selector);
      check(found.length > 0, `${list} leads on`);
      for (const place of found.slice(0, 25)) places.add(place);
      if (list.includes("articles")) for (const story of found.slice(0, 10)) for (const part of ["preview", "revisions/", "revisions/1"]) places.add(`${story}${part}`);
    }
    for (const place of places) await quiet(place);
    check(placed >= FEWEST, `${placed} payloads, on ${places.size} pages`);
    equal(looked.splice(0), [], "nothing ran");
  });

  await tell("hostile words: nor does anything run for readers", async () => {
    const places = ["/", "/feed/", "/search?q=كلام", "/2026/", ...Array.from({ length: 20 }, (_, number) => `/a/${number + 1}`)];
    await owner.open("/");
    places.push(...await links(".sections a[href^='/']"), ...(await links("main a[href*='/author/'], main a[href*='/tag/'], main a[href*='/category/']")).slice(0, 20));
    for (const place of places) if (place !== "/feed/" && place !== "/about/") await quiet(place);
    equal(looked.splice(0), [], "nothing ran");
  });
  await agency.close();
  await owner.context.close();
}

/** A feed with a payload in every field. */
async function openAgency() {
  const cdata = (text) => `<![CDATA[${text.replaceAll("]]>", "")}]]>`;
  const items = PAYLOADS.map((_, number) => `<item><title>${cdata(payload("خبر"))}</title><link>https://agency.example/${number}</link><guid isPermaLink="false">${number}</guid><dc:creator>${cdata(payload("مراسل"))}</dc:creator><description>${cdata(payload())}</description><content:encoded>${cdata(`<p>${payload()}</p>${payload()}`)}</content:encoded></item>`);
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${cdata(payload())}</title><link>https://agency.example/</link><description>x</description><copyright>${cdata(payload())}</copyright>${items.join("")}</channel></rss>`;
  const server = createServer((_, response) => response.writeHead(200, { "content-type": "application/rss+xml" }).end(feed));
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return { address: `http://127.0.0.1:${server.address().port}/feed`, close: () => new Promise((resolve) => { server.close(resolve); }) };
}

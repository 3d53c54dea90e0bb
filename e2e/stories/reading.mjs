// A reader goes from the front to the oldest story, on a phone and a desk, with and without scripts.

import { check, equal, tell } from "../lib/tally.mjs";
import { DESKTOP, PHONE, openReader } from "../lib/browser.mjs";

export async function reading(browser, demo) {
  const walks = new Map();
  for (const screen of [PHONE, DESKTOP]) {
    for (const scripts of [true, false]) {
      const way = `${screen.name}, ${scripts ? "with" : "without"} scripts`;
      await tell(`reading (${way})`, async () => {
        const reader = await openReader(browser, demo, { screen, scripts });
        const pages = await walk(reader);
        await reader.leave();
        walks.set(way, pages);
      });
      await tell(`a story in two languages (${way})`, () => translatedPair(browser, demo, screen, scripts));
    }
  }
  await tell("reading is the same with and without scripts", async () => {
    const [first, ...others] = [...walks.entries()];
    equal(walks.size, 4, "all walks came to their end");
    for (const [way, pages] of others) {
      for (const [place, content] of Object.entries(first[1])) equal(pages[place], content, `${place}: ${way} as ${first[0]}`);
    }
  });
  await tell("addresses that lead nowhere", () => nowhere(browser, demo));
  await tell("old and short addresses lead on", () => leadOn(demo));
}

/** From the front to the oldest story; returns the content of every page on the way. */
async function walk(reader) {
  const { page } = reader;
  const pages = {};
  const keep = async (place) => {
    pages[place] = await reader.content();
    equal(await reader.count("h1"), 1, `${place} has one first heading`);
    check(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${place} does not scroll sideways`);
  };

  await reader.open("/");
  equal(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["ar", "rtl"], "the front is Arabic, from the right");
  await keep("front");
  const headlines = await page.locator(".card__headline a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  check(headlines.length >= 8, "the front shows stories", `${headlines.length}`);
  equal(headlines.filter((href, place) => headlines.indexOf(href) !== place), [], "no story stands on the front twice");

  const section = page.locator("nav.sections a").first();
  const sectionName = (await section.innerText()).trim();
  await reader.follow(section);
  await keep("section");
  check((await reader.text("h1")).includes(sectionName), "the section page says which section it is");
  equal(await reader.count("nav.sections a[aria-current]"), 1, "the section is marked in the navigation");

  const card = page.locator("main .card__headline a").first();
  const headline = (await card.innerText()).trim();
  await reader.follow(card);
  await keep("article");
  const article = reader.path;
  check((await reader.text("h1")).includes(headline), "the article has the headline of its card");
  check((await reader.count(".prose p")) >= 3, "the article has paragraphs");
  await machinesUnderstand(reader, headline);

  await reader.follow(page.locator("a[rel=tag]").first());
  await keep("tag");
  equal(await reader.count(`main .card__headline a[href="${encodeURI(article)}"]`), 1, "the tag lists the article once");

  await reader.open(encodeURI(article));
  await reader.follow(page.locator("a[rel=author]").first());
  await keep("author");
  equal(await reader.count(`main .card__headline a[href="${encodeURI(article)}"]`), 1, "the author's page lists the article once");

  const year = /^\/(\d{4})\//.exec(article)[1];
  await reader.open(`/${year}/`);
  await keep("year");
  check((await reader.text("h1")).includes(year), "the archive says its year");
  const first = await page.locator("main .card__headline a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await reader.follow(page.locator("nav.pages a[rel=next]"));
  await keep("year, page 2");
  equal(reader.path, `/${year}/page/2/`, "the next page has its address");
  const second = await page.locator("main .card__headline a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  equal(second.filter((href) => first.includes(href)), [], "page 2 repeats nothing of page 1");
  await reader.follow(page.locator("main .card__headline a").last());
  await keep("older story");
  await reader.follow(page.locator("nav.onward a[rel=prev]"));
  await keep("the story before it");

  await reader.open("/page/2/");
  await keep("front, page 2");
  check((await reader.count("main .card")) > 0, "the front has a second page");
  return pages;
}

/** What search engines and social networks read. */
async function machinesUnderstand(reader, headline) {
  const { page, publication } = reader;
  const facts = await page.evaluate(() => ({
    title: document.title,
    canonical: document.querySelector("link[rel=canonical]")?.href,
    shortlink: document.querySelector("link[rel=shortlink]")?.href,
    description: document.querySelector("meta[name=description]")?.content,
    graph: document.querySelector('meta[property="og:title"]')?.content,
    data: document.querySelector('script[type="application/ld+json"]')?.textContent,
    feeds: document.querySelectorAll('link[rel=alternate][type*="xml"]').length,
  }));
  check(facts.title.includes(headline), "the title names the article", facts.title);
  equal(decodeURI(facts.canonical), `${publication.base}${reader.path}`, "the canonical address is this one");
  check(/\/a\/\d+$/.test(facts.shortlink), "there is a short address", facts.shortlink);
  check(facts.description?.length > 20, "there is a description");
  equal(facts.graph, headline, "Open Graph has the headline");
  const data = JSON.parse(facts.data);
  equal([data["@type"], data.headline], ["NewsArticle", headline], "the structured data is that of this article");
  check(facts.feeds >= 2, "the feeds are announced");
}

async function translatedPair(browser, demo, screen, scripts) {
  const reader = await openReader(browser, demo, { screen, scripts });
  const { page } = reader;
  await reader.open("/a/1");
  const arabic = reader.path;
  await reader.follow(page.locator(".story__margin a[hreflang=en]"));
  const english = await page.locator("article.story").evaluate((story) => {
    const near = (name) => story.closest(`[${name}]`).getAttribute(name);
    return [near("lang"), near("dir"), getComputedStyle(story).direction];
  });
  equal(english, ["en", "ltr", "ltr"], "the English story reads from the left");
  await reader.follow(page.locator(".story__margin a[hreflang=ar]"));
  equal(reader.path, arabic, "and leads back to the Arabic one");
  equal(await page.locator("article.story").evaluate((story) => getComputedStyle(story).direction), "rtl", "which reads from the right");
  await reader.leave();
}

async function nowhere(browser, demo) {
  const withdrawn = decodeURI(new URL((await demo.get("/a/13")).headers.get("location"), demo.base).pathname);
  await demo.withdraw(13, "نُشرت قبل أوانها.");
  for (const scripts of [true, false]) {
    const reader = await openReader(browser, demo, { screen: PHONE, scripts });
    await reader.open("/2026/11/20/لا-وجود-لها/", { status: 404 });
    check((await reader.text("h1")).includes("لم نجد"), "the page says that there is nothing");
    check((await reader.count('main a[href="/"]')) > 0, "and leads to the front");
    check((await reader.count("main .card")) > 0, "and to stories");
    await reader.open(encodeURI(withdrawn), { status: 410 });
    check((await reader.text("h1")).includes("سُحبت"), "a withdrawn story says so");
    check((await reader.text("main")).includes("نُشرت قبل أوانها."), "with the reason");
    await reader.leave();
  }
}

async function leadOn(demo) {
  const leads = async (from, to) => {
    const answer = await demo.get(encodeURI(from));
    const location = answer.headers.get("location");
    equal([answer.status, location && decodeURI(new URL(location, demo.base).pathname)], [301, to], `${from} leads to ${to}`);
  };
  const article = decodeURI(new URL((await demo.get("/a/1")).headers.get("location"), demo.base).pathname);
  await leads("/a/1", article);
  await leads("/?p=1", article);
  await leads(article.slice(0, -1), article);
  await leads(article.replace("/2026/", "/2025/"), article);
  await leads("/author/layan-zaafarani", "/author/layan-zaafarani/");
  await leads("/page/1/", "/");
}

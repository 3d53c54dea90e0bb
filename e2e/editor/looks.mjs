// How does it look, and can everybody use it? Pictures are kept in target/e2e/editor.

import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { DESKTOP, PHONE, openReader } from "../lib/browser.mjs";
import { KEPT } from "../lib/publication.mjs";
import { check, tell } from "../lib/tally.mjs";
import { openWriter } from "./writer.mjs";

const axe = createRequire(import.meta.url)("axe-core");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const FOLDER = path.join(KEPT, "editor");

const STORIES = {
  ar: {
    language: "ar", kicker: "الشاي وطرقه", headline: "كأس الشاي التي سلكت طريقين", standfirst: "كلمة واحدة خرجت من الصين بنطقين، فحملت القوافل أحدهما وحملت السفن الآخر.",
    body: `<p>اطلب كأسًا في القاهرة تُجَبْ بكلمة «شاي»، وفي طهران «چاي»، وفي لشبونة «شا». والرمز واحد هو <span lang="zh-Hans">茶</span>، كما قالت <a href="/a/1" rel="noopener">China Daily</a> في 20 نوفمبر 2026.</p>
<h2>رمز واحد ونطقان</h2>
<p dir="ltr">China Daily said 5.2% of the tea (茶) came «by land» in 2024.</p>
<ul><li>«شاي» و«چاي»: أسماء البرّ.</li><li><p dir="ltr">“Tea”: the name that came by sea.</p></li><li>«أتاي»: اسم المغرب.</li></ul>
<blockquote><p>عند فتح الباب كلَّ صباح سبعةُ أشياء.</p><p><cite>مثل صينيّ: <span lang="zh-Hans">开门七件事</span></cite></p></blockquote>
<figure><img src="/media/one.png" alt="ميناء" width="800" height="300"><figcaption>الميناء مساءً <small>تصوير: سلمى</small></figcaption></figure>
<table><thead><tr><th>السنة</th><th>الطن</th></tr></thead><tbody><tr><td>2024</td><td>12.5</td></tr></tbody></table>
<aside class="note"><p>نُشرت المادة أول مرة في 2025.</p></aside>
<figure><a href="https://youtu.be/abc" rel="noopener">كيف يُصنع الشاي</a></figure>
<div><div><p>عمود من موقع قديم</p></div><div><p>وعمود آخر</p></div></div>
<p>الخاتمة<sup class="fn"><a href="#fn-1" id="fnref-1" rel="noopener">1</a></sup>.</p>
<ol class="footnotes"><li id="fn-1">انظر <em>تاريخ الشاي</em>، باب السفن.</li></ol>`,
  },
  en: {
    language: "en", kicker: "Tea", headline: "The cup that took two roads", standfirst: "One word left China in two sounds.",
    body: `<p>Ask for a cup in Cairo and say <bdi lang="ar">شاي</bdi>, in Lisbon <em>chá</em>. The sign is <span lang="zh-Hans">茶</span>.</p>
<h2>One sign</h2>
<p dir="rtl">قالت الصحيفة إن China Daily نشرت الخبر في 2024.</p>
<ul><li>“Tea” came by sea.</li><li><p dir="rtl">«شاي» جاء برًّا.</p></li></ul>
<blockquote class="pull-quote"><p>Seven things when the door opens.</p></blockquote>
<div><p>A column of an old site</p></div>
<p>The end<sup class="fn"><a href="#fn-1" id="fnref-1" rel="noopener">1</a></sup>.</p>
<ol class="footnotes"><li id="fn-1">See <em>A History of Tea</em>.</li></ol>`,
  },
};

export async function looks(browser, desk) {
  await mkdir(FOLDER, { recursive: true });
  for (const ui of ["ar", "en"]) {
    for (const screen of [DESKTOP, PHONE]) {
      for (const dark of [false, true]) {
        const name = `${ui}-${screen.name}${dark ? "-dark" : ""}`;
        await tell(`looks: the editor, ${name}`, async () => {
          const writer = await openWriter(browser, desk, { ui, story: STORIES[ui], screen, dark, bypassCSP: true });
          const { page } = writer;
          await page.waitForTimeout(300);
          await page.screenshot({ path: path.join(FOLDER, `editor-${name}.png`), fullPage: true });
          await examine(page, "the form");
          await fits(page, "the form");
          // Every state in half of the cases: each language, each screen, each scheme twice.
          if ((ui === "ar") === (screen === DESKTOP) === dark) return writer.reader.leave();
          await page.locator(".footnote").click();
          await page.waitForSelector(".footnote-panel");
          await examine(page, "a note");
          await fits(page, "a note");
          await page.screenshot({ path: path.join(FOLDER, `note-${name}.png`) });
          await page.locator(".footnote-panel__text").click();
          await page.keyboard.press("Escape");
          await page.locator(".tools__button--style").click();
          await examine(page, "a menu");
          await page.screenshot({ path: path.join(FOLDER, `menu-${name}.png`) });
          await page.keyboard.press("Escape");
          await page.locator(".tools__button--picture").click();
          await page.waitForSelector(".grid__item");
          await examine(page, "the pictures");
          await page.screenshot({ path: path.join(FOLDER, `pictures-${name}.png`) });
          await page.keyboard.press("Escape");
          await page.locator(".tools__button--help").click();
          await examine(page, "the keys");
          await page.keyboard.press("Escape");
          await page.locator(".tools__button--find").click();
          writer.reader.expects(409, 423);
          desk.story.version = 99;
          await writer.toEnd();
          await writer.type(ui === "ar" ? " كلمة" : " word");
          await writer.waitFor("conflict");
          await examine(page, "a conflict");
          await page.locator(".notice__actions button").first().click();
          await page.waitForSelector(".diff");
          await examine(page, "both texts");
          await page.screenshot({ path: path.join(FOLDER, `both-${name}.png`) });
          await page.keyboard.press("Escape");
          await page.screenshot({ path: path.join(FOLDER, `conflict-${name}.png`) });
          desk.holder = "سلمى الكرخي";
          await writer.come();
          await writer.waitFor("locked");
          await examine(page, "locked");
          await writer.reader.leave();
        });
        await tell(`looks: the parts, ${name}`, async () => {
          const reader = await openReader(browser, desk, { screen, dark, bypassCSP: true });
          await reader.open(`/look?ui=${ui}`);
          await reader.page.screenshot({ path: path.join(FOLDER, `parts-${name}.png`), fullPage: true });
          await examine(reader.page, "all parts");
          await fits(reader.page, "all parts");
          await reader.leave();
        });
      }
    }
    await tell(`looks: 320 pixels, ${ui}`, async () => {
      const narrow = { name: "phone", width: 320, height: 640 };
      const writer = await openWriter(browser, desk, { ui, story: STORIES[ui], screen: narrow });
      await fits(writer.page, "the form");
      await writer.reader.open(`/look?ui=${ui}`);
      await fits(writer.page, "all parts");
      await writer.leave();
    });
  }
}

async function examine(page, name) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((levels) => window.axe.run(document, { runOnly: levels, resultTypes: ["violations"] }), LEVELS);
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 3).map((node) => `  ${node.target.join(" ")}  ${node.any[0]?.message ?? ""}`).join("\n")}`);
  check(violations.length === 0, `axe: ${name}`, told.join("\n"));
}

/** No sideways scrolling; if there is, names what sticks out. */
async function fits(page, name) {
  const out = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const sticks = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1) && !element.closest(".tools, .room__nav, .tabs");
    });
    return [`${root.scrollWidth} > ${root.clientWidth}`, ...sticks.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`)];
  });
  check(out.length === 0, `${name} does not scroll sideways`, out.join("\n"));
}

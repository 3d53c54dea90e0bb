// What fingers do: directions, keys, tools, pictures.

import { check, equal, tell } from "../lib/tally.mjs";
import { openWriter } from "./writer.mjs";

export async function typing(browser, desk) {
  await tell("typing: every block finds its direction", async () => {
    const writer = await openWriter(browser, desk, { story: {} });
    await writer.toEnd();
    const directions = () => writer.page.evaluate(() => [...document.querySelectorAll(".editor__text :is(p, h2, h3, h4, pre)")].map((block) => getComputedStyle(block).direction).join(" "));
    equal(await directions(), "rtl", "an empty line runs as the story");
    await writer.type("2026: ");
    equal(await directions(), "rtl", "digits decide nothing");
    await writer.type("الصين");
    await writer.press("Enter");
    await writer.type("China الصين");
    await writer.press("Enter");
    await writer.type("«中国» 2026");
    equal(await directions(), "rtl ltr ltr", "the first letter decides");
    equal(await writer.markup(), "<p>2026: الصين</p>\n<p dir=\"ltr\">China الصين</p>\n<p dir=\"ltr\">«中国» 2026</p>", "dir is written where it differs from the story");
    await writer.press("Control+Shift+x");
    equal(await directions(), "rtl ltr rtl", "a key turns the block to the right");
    await writer.press("Control+Shift+x");
    equal(await directions(), "rtl ltr ltr", "then to the left");
    await writer.press("Control+Shift+x");
    // The tools are drawn with the next picture, not with the key.
    const automatic = await writer.page.waitForSelector('.tools__button--direction[aria-label*="تلقائي"]', { timeout: 2_000 }).then(() => true, () => false);
    check(automatic, "then back to automatic");
    await writer.press("ArrowUp");
    // The browser tells of a moved caret a moment later.
    await writer.page.waitForTimeout(50);
    await writer.press("Control+Shift+x");
    await writer.waitFor("saved");
    await writer.come();
    equal(await directions(), "rtl rtl ltr", "what was chosen stays chosen");
    equal(await writer.markup(), "<p>2026: الصين</p>\n<p>China الصين</p>\n<p dir=\"ltr\">«中国» 2026</p>", "and nothing is written that the story says already");
    await writer.leave();
  });

  await tell("typing: bullets and bars stay on the side of the story", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "<ul><li>عربي</li><li><p dir=\"ltr\">English</p></li></ul>\n<blockquote><p dir=\"ltr\">A quotation</p></blockquote>" } });
    equal(await writer.page.locator(".editor__text :is(ul, li, blockquote)[dir]").count(), 0, "no container has a direction");
    const sides = await writer.page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return [style(".editor__text ul").direction, style(".editor__text li:nth-child(2)").direction, style(".editor__text blockquote").borderRightWidth !== "0px", style(".editor__text blockquote").borderLeftWidth];
    });
    equal(sides, ["rtl", "rtl", true, "0px"], "bullets and the bar are at the right");
    await writer.leave();
  });

  await tell("typing: lines that begin with a sign", async () => {
    const writer = await openWriter(browser, desk, { story: {} });
    await writer.toEnd();
    const line = async (words) => { await writer.type(words); await writer.press("Enter"); };
    await line("## عنوان");
    await line("- أول");
    await line("ثانٍ");
    await writer.press("Tab");
    await line("داخلي");
    await writer.press("Enter", "Enter");
    await line("١. واحد");
    await writer.press("Enter");
    await line("> قول <<بليغ>>");
    await writer.press("Enter");
    await writer.type("القائل");
    await writer.press("Enter");
    await writer.type("---");
    await line("https://t.me/warraq/5");
    await writer.type("نهاية");
    equal(await writer.markup(), [
      "<h2>عنوان</h2>", "<ul><li>أول</li><li>ثانٍ<ul><li>داخلي</li></ul></li></ul>", "<ol><li>واحد</li></ol>",
      "<blockquote><p>قول «بليغ»</p><p><cite>القائل</cite></p></blockquote>", "<hr>",
      "<figure><a href=\"https://t.me/warraq/5\" rel=\"noopener\">https://t.me/warraq/5</a></figure>", "<p>نهاية</p>",
    ].join("\n"), "headings, lists, quotations with who said it, dividers, cards");
    await writer.leave();
  });

  await tell("typing: keys and tools", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "<p>كلمة هنا</p>" } });
    const { page } = writer;
    await writer.toEnd();
    const selectAll = () => writer.press("Control+a");
    const after = async (key, expected, what) => {
      await selectAll();
      await writer.press(key);
      equal(await writer.markup(), expected, what);
      await selectAll();
      await writer.press(key);
      equal(await writer.markup(), "<p>كلمة هنا</p>", `${what}, and back`);
    };
    await after("Control+b", "<p><strong>كلمة هنا</strong></p>", "bold");
    await after("Control+i", "<p><em>كلمة هنا</em></p>", "emphasis");
    await after("Control+Shift+s", "<p><s>كلمة هنا</s></p>", "struck");
    await after("Control+.", "<p><sup>كلمة هنا</sup></p>", "superscript");
    await after("Control+Alt+2", "<h2>كلمة هنا</h2>", "heading");
    await after("Control+Shift+8", "<ul><li>كلمة هنا</li></ul>", "list");
    await after("Control+Shift+9", "<blockquote><p>كلمة هنا</p></blockquote>", "quotation");
    await after("Control+Alt+9", "<blockquote class=\"pull-quote\"><p>كلمة هنا</p></blockquote>", "pull quote");
    await after("Control+Alt+n", "<aside class=\"note\"><p>كلمة هنا</p></aside>", "note");
    await selectAll();
    await writer.press("Control+k");
    await page.locator("#link-address").fill("example.com/x");
    await writer.press("Enter");
    equal(await writer.markup(), "<p><a href=\"https://example.com/x\" rel=\"noopener\">كلمة هنا</a></p>", "a link");
    await writer.press("Control+z");
    equal(await writer.markup(), "<p>كلمة هنا</p>", "undone");

    await writer.press("Alt+F10");
    const focused = () => page.evaluate(() => document.activeElement.className);
    check((await focused()).includes("tools__button--undo"), "a key leads to the tools", await focused());
    await writer.press("ArrowLeft");
    check((await focused()).includes("tools__button--redo"), "arrows go the way of the page", await focused());
    await writer.press("ArrowRight", "ArrowRight");
    check((await focused()).includes("tools__button--help"), "and around", await focused());
    await writer.press("Home", "ArrowLeft", "ArrowLeft", "ArrowDown");
    await writer.press("ArrowDown", "Enter");
    equal(await writer.markup(), "<h2>كلمة هنا</h2>", "a menu by keyboard");
    check(await page.evaluate(() => document.activeElement.classList.contains("editor__text")), "and back in the text");
    equal(await page.locator(".tools__button[tabindex=\"0\"]").count(), 1, "the tools are one stop for Tab");
    await writer.press("Control+/");
    check(await page.locator("dialog .keys").isVisible(), "the list of keys");
    await writer.press("Escape");
    check(await page.evaluate(() => document.activeElement.classList.contains("editor__text")), "Escape returns to the text");

    await writer.press("Control+a", "Control+Alt+0");
    await writer.toEnd();
    await writer.press("Control+Alt+t");
    await writer.type("س");
    await writer.press("Tab");
    await writer.type("ع");
    const table = await writer.markup();
    check(table.includes("<th>س</th><th>ع</th>"), "a table, its cells by Tab", table);
    for (let cell = 0; cell < 8; cell += 1) await writer.press("Tab");
    await writer.type("ف");
    check((await writer.markup()).includes("<tr><td>ف</td>"), "Tab in the last cell begins a row", await writer.markup());
    await writer.leave();
  });

  await tell("typing: from the left", async () => {
    const writer = await openWriter(browser, desk, { ui: "en", story: { language: "en", body: "<p>One</p>" } });
    await writer.toEnd();
    await writer.press("Enter");
    await writer.type("نص عربي");
    equal(await writer.markup(), "<p>One</p>\n<p dir=\"rtl\">نص عربي</p>", "in an English story the Arabic block says so");
    await writer.press("Alt+F10", "ArrowRight");
    check(await writer.page.evaluate(() => document.activeElement.className.includes("redo")), "arrows go the other way");
    await writer.leave();
  });

  await tell("typing: find and replace, as readers find", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "<p>مدرسة الأُمّ وأمّ المدرسه</p>" } });
    const { page } = writer;
    await writer.toEnd();
    await writer.press("Control+h");
    await page.locator(".editor__find input[type=search]").fill("مدرسه");
    equal(await page.locator(".editor__found").innerText(), "1 من 2", "forms of a letter are one");
    await page.locator(".editor__find input[type=text]").fill("كلية");
    await page.getByRole("button", { name: "استبدل الكل" }).click();
    equal(await writer.markup(), "<p>كلية الأُمّ وأمّ الكلية</p>", "all are replaced");
    await page.locator(".editor__find input[type=search]").fill("ام");
    check(await page.locator(".found").count() === 2, "harakat do not matter");
    await writer.press("Escape");
    check(await page.locator(".editor__find").isHidden(), "closed");
    await writer.leave();
  });

  await tell("typing: words and minutes", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "<p>وَقَالَ الرَّئِيسُ: «3.5 مليون» طن، 中国</p>" } });
    equal(await writer.page.locator(".editor__words").innerText(), "7 كلمات · قراءة في دقيقة", "counted as the server counts");
    await writer.leave();
  });

  await tell("typing: pictures", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "<p>نص</p>" } });
    const { page } = writer;
    await writer.toEnd();
    await page.locator(".tools__button--picture").click();
    await page.locator("#pictures-search").fill("ميناء");
    await page.waitForFunction(() => document.querySelectorAll(".grid__item").length === 1);
    await page.locator(".grid__item input").check();
    await page.locator("dialog .button--primary").click();
    equal(await writer.markup(), "<p>نص</p>\n<figure><img src=\"/media/one.png\" alt=\"ميناء عند الغروب\" width=\"800\" height=\"500\"><figcaption>الميناء مساءً <small>تصوير: سلمى</small></figcaption></figure>", "one of the library");
    await page.locator(".frame--picture .frame__tools input").fill("قوارب");
    await writer.press("Enter");
    check((await writer.markup()).includes("alt=\"قوارب\""), "its description is edited in place");
    await page.locator("[data-lead] button").click();
    await page.locator(".grid__item input").nth(0).check();
    await page.locator(".grid__item input").nth(2).check();
    await page.locator("dialog .button--primary").click();
    equal([await page.locator("#f-lead").inputValue(), await page.locator("#f-lead_alt").inputValue()], ["3", "A market in Xi'an"], "the lead picture is one, with its words");
    await writer.toEnd();
    writer.reader.expects(422);
    await page.locator(".tools__button--picture").click();
    await page.locator("#pictures-file").setInputFiles([{ name: "a.png", mimeType: "image/png", buffer: Buffer.from("x") }, { name: "broken.png", mimeType: "image/png", buffer: Buffer.from("broken") }]);
    await page.waitForSelector("dialog .notice--bad");
    check((await page.locator("dialog .notice--bad").innerText()).includes("ليس صورة"), "what the server refuses is said in its words");
    await page.locator(".grid__item input").nth(1).check();
    await page.locator("dialog .button--primary").click();
    check((await writer.markup()).includes("<figure class=\"gallery\"><figure><img src=\"/media/"), "several are a gallery", await writer.markup());
    await writer.toEnd();
    await writer.paste({ files: [{ name: "shot.png", type: "image/png" }] });
    await page.waitForFunction(() => document.querySelectorAll(".frame--picture").length === 4);
    check(true, "a picture is pasted");
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "dropped.png", { type: "image/png" }));
      const first = document.querySelector(".editor__text > p");
      first.scrollIntoView();
      const { left, top } = first.getBoundingClientRect();
      first.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 10 }));
    });
    await page.waitForFunction(() => document.querySelectorAll(".frame--picture").length === 5);
    check(/^<p>نص<\/p>\n<figure><img src="\/media\/new/.test(await writer.markup()), "and another dropped where it belongs", await writer.markup());
    await writer.leave();
  });
}

// Footnotes: written, numbered, taken away, moved, pasted; what is kept is what readers get.

import { check, equal, tell } from "../lib/tally.mjs";
import { openWriter } from "./writer.mjs";

const ref = (n) => `<sup class="fn"><a href="#fn-${n}" id="fnref-${n}" rel="noopener">${n}</a></sup>`;
const list = (...notes) => `\n<ol class="footnotes">${notes.map((words, place) => `<li id="fn-${place + 1}">${words}</li>`).join("")}</ol>`;

/** Bodies that come out as they went in. */
const ROUND = [
  `<p>نص${ref(1)} وآخر${ref(2)}.</p>${list("أول <strong>مهم</strong> <a href=\"/x\" rel=\"noopener\">رابط</a>", "سطر<br>آخر")}`,
  `<p dir="ltr">China Daily${ref(1)}</p>\n<p>ثم <b>العربية</b>${ref(2)}</p>${list("عن الصحيفة", "About <em>it</em>")}`,
  `<h2>عنوان${ref(1)}</h2>\n<ul><li>بند${ref(2)}</li></ul>\n<blockquote><p>قول${ref(3)}</p></blockquote>\n<table><tbody><tr><td>خلية${ref(4)}</td><td>1</td></tr></tbody></table>${list("أ", "ب", "ج", "د")}`,
  `<dl><dt>مصطلح${ref(1)}</dt><dd>شرحه</dd></dl>\n<p>نص${ref(2)}</p>${list("في كتلة باقية", "<b>ثانية</b>")}`,
  `<p>حاشية بلا كلمات${ref(1)}</p>${list("")}`,
  `<p>${ref(1)}${ref(2)} في أول السطر</p>${list("أ", "ب")}`,
  // What is not in order is kept as it is.
  `<p>نص${ref(2)}</p>${list("أ", "ب")}`,
  `<p>نص${ref(1)}</p>${list("أ", "ب")}`,
  `<p>نص${ref(1)}</p>`,
];

/** What other programs put on the clipboard. */
const PASTES = [
  ["Word",
    "<html xmlns:w=\"urn:schemas-microsoft-com:office:word\"><body><!--StartFragment--><p class=MsoNormal dir=RTL>قالت الوزارة<a style='mso-footnote-id:ftn1' href=\"#_ftn1\" name=\"_ftnref1\" title=\"\"><span class=MsoFootnoteReference><span dir=LTR><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span style='font-size:12.0pt'>[1]</span></span><![endif]></span></span></span></a> ثم قال<a style='mso-footnote-id:ftn2' href=\"#_ftn2\" name=\"_ftnref2\"><span class=MsoFootnoteReference>[2]</span></a>.</p><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width=\"33%\"><![endif]><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText dir=RTL><a style='mso-footnote-id:ftn1' href=\"#_ftnref1\" name=\"_ftn1\" title=\"\"><span class=MsoFootnoteReference>[1]</span></a><span> بيان <b>الوزارة</b><o:p></o:p></span></p></div><div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href=\"#_ftnref2\" name=\"_ftn2\"><span>[2]</span></a> سطر</p><p class=MsoFootnoteText>آخر</p></div></div><!--EndFragment--></body></html>",
    `<p>قالت الوزارة${ref(1)} ثم قال${ref(2)}.</p>${list("بيان <strong>الوزارة</strong>", "سطر<br>آخر")}`],
  ["Google Docs, with a remark that is no note",
    "<p dir=\"rtl\"><span>نص</span><sup><a href=\"#ftnt1\" id=\"ftnt_ref1\">[1]</a></sup><span> بعده</span><sup><a href=\"#cmnt1\" id=\"cmnt_ref1\">[a]</a></sup></p><hr><div><p dir=\"rtl\"><a href=\"#ftnt_ref1\" id=\"ftnt1\">[1]</a><span>&nbsp;حاشية </span><span style=\"font-style:italic\">مائلة</span></p></div>",
    `<p>نص${ref(1)} بعده<sup>[a]</sup></p>\n<hr>${list("حاشية <em>مائلة</em>")}`],
  ["WordPress",
    "<p>نص<sup data-fn=\"0f-1\" class=\"fn\"><a href=\"https://old.example/post/#0f-1\" id=\"0f-1-link\">1</a></sup> وآخر</p><ol class=\"wp-block-footnotes\"><li id=\"0f-1\">من <a href=\"https://example.com/\">المصدر</a> <a href=\"https://old.example/post/#0f-1-link\" aria-label=\"Jump\">↩︎</a></li></ol>",
    `<p>نص${ref(1)} وآخر</p>${list("من <a href=\"https://example.com/\" rel=\"noopener\">المصدر</a>")}`],
  ["a page of this site",
    "<p>نص<sup class=\"fn\"><a href=\"https://here.example/a/#fn-12-1\" id=\"fnref-12-1\" role=\"doc-noteref\">١</a></sup></p><section class=\"footnotes\" role=\"doc-endnotes\"><h2>الحواشي</h2><ol><li id=\"fn-12-1\"><p>كلمات <a href=\"https://here.example/a/#fnref-12-1\" role=\"doc-backlink\">↑</a></p></li></ol></section>",
    `<p>نص${ref(1)}</p>${list("كلمات")}`],
  ["a link within a page is no note", "<p>انظر <a href=\"#more\">المزيد</a></p><p id=\"more\">هنا</p>", "<p>انظر المزيد</p>\n<p>هنا</p>"],
  ["a chapter that leads back to the contents is no note", "<p>الفهرس: <a href=\"#one\" id=\"contents\">الفصل الأول</a></p><div id=\"one\"><h2>الفصل الأول</h2><p>نص <a href=\"#contents\">إلى الفهرس</a></p></div>", "<p>الفهرس: الفصل الأول</p>\n<h2>الفصل الأول</h2>\n<p>نص إلى الفهرس</p>"],
];

/** Moves the caret; the browser tells of it a moment later. */
async function go(writer, ...keys) {
  for (const key of keys) {
    await writer.press(key);
    await writer.page.waitForTimeout(60);
  }
}

export async function notes(browser, desk) {
  await tell("notes: what is there is there again", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "" } });
    for (const body of ROUND) {
      desk.reset({ body });
      await writer.come();
      equal(await writer.markup(), body, "as it was", body);
      await writer.toEnd();
    }
    // A block that nobody touched keeps its letters when its numbers move.
    desk.reset({ body: `<p>أول</p>\n<p>ثم <b>العربية</b>${ref(1)}</p>${list("<i>ب</i>")}` });
    await writer.come();
    await writer.text.focus();
    await go(writer, "Control+Home", "End");
    await writer.press("Control+Alt+r");
    await writer.type("أ");
    equal(await writer.markup(), `<p>أول${ref(1)}</p>\n<p>ثم <b>العربية</b>${ref(2)}</p>${list("أ", "<i>ب</i>")}`, "a note before others moves their numbers, and nothing else");
    desk.reset({ body: `<dl><dt>مصطلح${ref(1)}</dt><dd>شرحه</dd></dl>\n<p>نص</p>${list("باقية")}` });
    await writer.come();
    equal(await writer.page.locator(".frame--kept").count(), 1, "a block that is kept keeps its note");
    await writer.page.getByRole("button", { name: "حرّره نصًّا" }).click();
    equal(await writer.markup(), `<p>مصطلح${ref(1)}</p>\n<p>شرحه</p>\n<p>نص</p>${list("باقية")}`, "and takes it along into the text");
    await writer.leave();
  });

  await tell("notes: written with the keyboard", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "<p>قالت الوزارة</p>\n<p>ثانية</p>" } });
    const { page } = writer;
    await writer.text.focus();
    await go(writer, "Control+Home", "End");
    await writer.press("Control+Alt+r");
    check(await page.locator(".footnote-panel__text").evaluate((text) => text === document.activeElement), "the key leads into the note");
    await writer.type("بيان ");
    await writer.press("Control+b");
    await writer.type("مهم");
    await writer.press("Enter");
    check(!(await page.locator(".footnote-panel").count()), "Enter closes it");
    await writer.type(" إن");
    equal(await writer.markup(), `<p>قالت الوزارة${ref(1)} إن</p>\n<p>ثانية</p>${list("بيان <strong>مهم</strong>")}`, "and goes on in the line");
    await page.waitForTimeout(400);
    equal(await page.locator(".editor__words").innerText().then((said) => /[6٦]/.test(said)), true, "its words count", await page.locator(".editor__words").innerText());
    await go(writer, "Control+Home");
    await writer.press("Control+Alt+r");
    await writer.type("China first");
    equal(await page.locator(".footnote-panel__text").getAttribute("dir"), "ltr", "a note finds its direction");
    await writer.press("Escape");
    equal(await writer.markup(), `<p>${ref(1)}قالت الوزارة${ref(2)} إن</p>\n<p>ثانية</p>${list("China first", "بيان <strong>مهم</strong>")}`, "numbers follow the order");
    equal(await page.locator(".editor__text > p").first().getAttribute("dir"), "rtl", "a note does not turn its paragraph");
    // By arrow keys: selected, shown, typed behind.
    await go(writer, "Control+Home", "ArrowRight");
    check(await page.locator(".footnote-panel").count() === 1, "an arrow key shows the note");
    await writer.type("ظ");
    check((await writer.markup()).startsWith(`<p>${ref(1)}ظقالت`), "typing goes on behind it", await writer.markup());
    await go(writer, "Control+z", "Control+Home", "ArrowRight", "Enter");
    await writer.type("!");
    await writer.press("Control+z");
    check((await writer.markup()).includes("China first<"), "undo within the note", await writer.markup());
    await go(writer, "Escape", "Control+Home", "ArrowRight", "Delete");
    equal(await writer.markup(), `<p>قالت الوزارة${ref(1)} إن</p>\n<p>ثانية</p>${list("بيان <strong>مهم</strong>")}`, "Delete takes the note away, and numbers follow");
    await writer.press("Control+z");
    check((await writer.markup()).includes("China first"), "undo brings it back");
    await writer.press("Control+y");
    // An empty note goes with Backspace.
    await go(writer, "Control+End", "Control+Alt+r", "Backspace");
    equal(await writer.markup(), `<p>قالت الوزارة${ref(1)} إن</p>\n<p>ثانية</p>${list("بيان <strong>مهم</strong>")}`, "an empty note goes");
    await writer.type("!");
    check((await writer.markup()).includes("ثانية!"), "and the caret is in the line again");
    await writer.waitFor("saved");
    equal(desk.story.body, await writer.markup(), "the server has it");
    await writer.leave();
  });

  await tell("notes: with the mouse, in English, found and replaced", async () => {
    const writer = await openWriter(browser, desk, { ui: "en", story: { language: "en", body: `<p>One${ref(1)} two</p>${list("the Port of Aden")}` } });
    const { page } = writer;
    await page.locator(".footnote").click();
    check((await page.locator(".footnote-panel").innerText()).includes("Footnote 1"), "a click shows the note");
    await page.getByRole("button", { name: "Delete the footnote" }).click();
    equal(await writer.markup(), "<p>One two</p>", "a button takes it away");
    await writer.press("Control+z");
    await writer.press("Control+h");
    await writer.type("aden");
    equal(await page.locator(".editor__found").innerText(), "1 of 1", "words of a note are found");
    check(await page.locator(".footnote.found--at").count() === 1, "and its number is marked");
    await page.getByRole("textbox", { name: "Replace with" }).fill("Mocha");
    await page.getByRole("button", { name: "Replace", exact: true }).click();
    await writer.press("Escape");
    equal(await writer.markup(), `<p>One${ref(1)} two</p>${list("the Port of Mocha")}`, "and replaced");
    await page.getByRole("searchbox").fill("two").catch(() => {});
    await writer.press("Escape");
    await writer.toEnd();
    await page.getByRole("button", { name: "Footnote", exact: true }).click();
    await writer.type("by button");
    await page.getByRole("button", { name: "Done" }).click();
    equal(await writer.markup(), `<p>One${ref(1)} two${ref(2)}</p>${list("the Port of Mocha", "by button")}`, "the button of the tools makes one");
    // Paste into a note stands on its line.
    await page.locator(".footnote").nth(1).click();
    await page.locator(".footnote-panel__text").click();
    await writer.press("Control+a");
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/html", "<p>a <b>b</b></p><ul><li>c</li></ul><script>alert(1)</script>");
      document.querySelector(".footnote-panel__text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    check((await writer.markup()).endsWith("<li id=\"fn-2\">a <strong>b</strong><br>c</li></ol>"), "a paste into a note is one line", await writer.markup());
    await writer.leave();
  });

  await tell("notes: copied, moved, pasted", async () => {
    const body = `<p>نص${ref(1)} أول</p>\n<p>نص${ref(2)} ثانٍ</p>${list("أ", "ب")}`;
    const writer = await openWriter(browser, desk, { story: { body } });
    await writer.text.focus();
    await writer.press("Control+a", "Control+c", "Control+End");
    await writer.page.waitForTimeout(50);
    await writer.press("Enter", "Control+v");
    equal(await writer.markup(), `<p>نص${ref(1)} أول</p>\n<p>نص${ref(2)} ثانٍ</p>\n<p>نص${ref(3)} أول</p>\n<p>نص${ref(4)} ثانٍ</p>${list("أ", "ب", "أ", "ب")}`, "a copy has notes of its own");
    desk.reset({ body: "<p>أخرى</p>" });
    await writer.come();
    await writer.toEnd();
    await writer.press("Enter", "Control+v");
    equal(await writer.markup(), `<p>أخرى</p>\n<p>نص${ref(1)} أول</p>\n<p>نص${ref(2)} ثانٍ</p>${list("أ", "ب")}`, "also in another story");
    // Within a list, which goes on the clipboard another way.
    desk.reset({ body: `<ul><li>بند${ref(1)}</li><li>آخر</li></ul>\n<p>نهاية</p>${list("أ")}` });
    await writer.come();
    await writer.page.locator(".editor__text li p").first().click();
    await go(writer, "Home", "Shift+End", "Control+x", "Control+End", "Control+v");
    await writer.page.waitForTimeout(50);
    equal((await writer.markup()).split("<ol")[0].includes(`نهايةبند${ref(1)}`), true, "cut and put elsewhere", await writer.markup());
    for (const [name, html, expected] of PASTES) {
      await writer.text.focus();
      await writer.press("Control+a", "Delete", "Control+Alt+0");
      await writer.paste({ html, text: "x y" });
      equal(await writer.markup(), expected, name);
    }
    await writer.leave();
  });
}

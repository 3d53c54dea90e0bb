// What comes in goes out: letter by letter where nobody wrote, and in the same words where somebody did.

import { check, equal, tell } from "../lib/tally.mjs";
import { openWriter } from "./writer.mjs";

/** Blocks that are edited. */
const KNOWN = [
  "<p>نص <strong>مهم</strong> و<em>آخر</em> ثم <a href=\"/a/1\" rel=\"noopener\">رابط</a>.</p>",
  "<p>السطر الأول<br>السطر الثاني &amp; &lt;آخر&gt;</p>",
  "<p dir=\"ltr\">China Daily said so.</p>",
  "<p>Huawei شركة، ويبقى السطر من اليمين كما كان</p>",
  "<p>رمزه <span lang=\"zh-Hans\">茶</span> و<bdi>Li Na</bdi> و<abbr title=\"منظمة\">م</abbr> <sub>2</sub><sup>3</sup> <s>قديم</s> <code>x</code></p>",
  "<h2>عنوان</h2>", "<h3 dir=\"ltr\" lang=\"en\">Heading</h3>", "<h5>عنوان صغير</h5>",
  "<ul><li>واحد</li><li>اثنان<ul><li>داخلي</li></ul></li></ul>",
  "<ol start=\"3\"><li>ثالث</li><li><p dir=\"ltr\">Fourth</p></li></ol>",
  "<blockquote><p>قول.</p><p><cite>قائل: <span lang=\"zh-Hans\">茶</span></cite></p></blockquote>",
  "<blockquote><p>قول.</p><cite>قائل</cite></blockquote>",
  "<blockquote class=\"pull-quote\"><p>بارز</p></blockquote>",
  "<figure><img src=\"/media/one.png\" alt=\"ميناء\" width=\"800\" height=\"500\"><figcaption>تعليق <small>تصوير: سلمى</small></figcaption></figure>",
  "<figure class=\"wide\"><a href=\"/x\" rel=\"noopener\"><img src=\"/media/one.png\" alt=\"\"></a></figure>",
  "<figure class=\"gallery\"><figure><img src=\"/media/one.png\" alt=\"أ\"></figure><figure><img src=\"/media/two.png\" alt=\"ب\"><figcaption>ثانية</figcaption></figure><figcaption>معرض</figcaption></figure>",
  "<figure><a href=\"https://youtu.be/abc\" rel=\"noopener\">https://youtu.be/abc</a></figure>",
  "<table><thead><tr><th>السنة</th><th>الطن</th></tr></thead><tbody><tr><td>2024</td><td>12</td></tr></tbody></table>",
  "<table><tbody><tr><td colspan=\"2\">واسع</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
  "<aside class=\"note\"><p>ملاحظة</p><ul><li>بند</li></ul></aside>",
  "<hr>",
  "<pre><code>let x = 1;\n  let y;</code></pre>",
  "<p>صورة <img src=\"/media/two.png\" alt=\"صغيرة\"> في السطر</p>",
];

/** Blocks that no schema of ours knows, as imports bring them. */
const KEPT = [
  "<div><div><p>عمود أول</p></div><div><p>عمود ثانٍ</p></div></div>",
  "<figure><div><p>لوحة <b>مهمة</b></p></div><figcaption>شرح</figcaption></figure>",
  "<dl><dt>مصطلح</dt><dd>شرحه</dd></dl>",
  "<video src=\"/media/x.mp4\" controls=\"\"></video>",
  "<figure><audio src=\"/media/x.mp3\" controls=\"\"></audio><figcaption>تسجيل</figcaption></figure>",
  "<table><caption>عنوان الجدول</caption><tbody><tr><td>1</td></tr></tbody></table>",
  "<figure><table><tbody><tr><td>1</td></tr></tbody></table><figcaption>شرح الجدول</figcaption></figure>",
  "<blockquote dir=\"ltr\"><p>A quotation that is turned as a whole</p></blockquote>",
  "<ul><li><h3>عنوان في قائمة</h3></li></ul>",
  "<blockquote><blockquote><p>قول في قول</p></blockquote></blockquote>",
  "<div>نص  بمسافتين <i>وغيره</i><br><br></div>",
  "<p>نص <q cite=\"/x\" lang=\"fr\" dir=\"ltr\">mot</q> <a title=\"بلا عنوان\" rel=\"noopener\">رابط بلا وجهة</a></p>",
];

export async function round(browser, desk) {
  await tell("round: nothing is lost", async () => {
    const body = [...KNOWN, ...KEPT, "<p>آخر سطر</p>"].join("\n");
    const writer = await openWriter(browser, desk, { story: { body } });
    equal(await writer.markup(), body, "a story that nobody changed is the same, letter by letter");
    check(!(await writer.page.locator(".editor-status[data-state=changed]").count()), "opening a story changes nothing");
    equal(await writer.page.locator(".frame--kept").count(), KEPT.length, "as many blocks are kept as the schema does not know");
    await writer.toEnd();
    await writer.type(" وزيادة");
    equal(await writer.markup(), body.replace("آخر سطر", "آخر سطر وزيادة"), "a change in one block changes no other");
    await writer.waitFor("saved");
    equal(desk.story.body, body.replace("آخر سطر", "آخر سطر وزيادة"), "the server has the same");
    await writer.leave();
  });

  await tell("round: every known block is written again as it was", async () => {
    const body = KNOWN.join("\n");
    const writer = await openWriter(browser, desk, { story: { body } });
    for (const [place, block] of KNOWN.entries()) {
      // Nobody types into these two.
      if (block === "<hr>" || block.startsWith("<figure><a")) continue;
      const top = writer.page.locator(".editor__text > *").nth(place);
      // A letter more and a letter less: the block is made anew.
      await top.locator("xpath=descendant-or-self::*[self::p or self::h2 or self::h3 or self::h5 or self::code[parent::pre] or self::div[contains(@class,'caption')]]").last().click();
      await writer.press("End");
      await writer.type("ظ");
      check((await writer.markup()).includes("ظ"), "the letter is there", block);
      await writer.press("Backspace");
      equal(await writer.markup(), body, "and gone again");
    }
    await writer.leave();
  });

  await tell("round: text beside blocks, nothing, and a kept block that is edited", async () => {
    const writer = await openWriter(browser, desk, { story: { body: "كلمات بلا فقرة <b>مهمة</b>\n<p>فقرة</p>" } });
    equal(await writer.page.locator(".editor__text > p").count(), 2, "loose words are a paragraph");
    desk.reset({ body: "" });
    await writer.come();
    equal(await writer.markup(), "", "an empty story is empty");
    desk.reset({ body: "<div><p>أول <b>مهم</b></p><p>ثانٍ</p></div>" });
    await writer.come();
    await writer.page.getByRole("button", { name: "حرّره نصًّا" }).click();
    equal(await writer.markup(), "<p>أول <strong>مهم</strong></p>\n<p>ثانٍ</p>", "a kept block becomes text when somebody asks for it");
    await writer.leave();
  });
}

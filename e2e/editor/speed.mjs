// How long does a key take in an article of 5,000 words?

import { check, tell } from "../lib/tally.mjs";
import { openWriter } from "./writer.mjs";

const WORDS = 5_000;
const KEYS = 200;
/** A frame at 60 Hz. */
const MOST = 16;
// Long tasks are told and not judged: on a machine that compiles beside, any task may wait for its turn.
const SENTENCE = "قالت الوزارة إن صادرات البلاد من الشاي إلى أسواق آسيا ارتفعت في العام الماضي بنسبة 5.2% لتبلغ 12 ألف طن وفق China Daily ";

/** Paragraphs, headings, lists and quotations of about so many words. */
function article(words) {
  const blocks = [];
  const each = SENTENCE.trim().split(" ").length;
  for (let written = 0, place = 0; written < words; place += 1) {
    const sentences = place % 9 === 8 ? 1 : 3;
    const text = SENTENCE.repeat(sentences).trim();
    blocks.push(place % 9 === 8 ? `<h2>${text.slice(0, 40)}</h2>` : place % 9 === 5 ? `<ul><li>${text}</li><li>${text}</li></ul>` : place % 9 === 7 ? `<blockquote><p>${text}</p></blockquote>` : `<p>${text}</p>`);
    written += each * sentences * (place % 9 === 5 ? 2 : 1);
  }
  return blocks.join("\n");
}

export async function speed(browser, desk) {
  await tell("speed: a key in 5,000 words", async () => {
    const writer = await openWriter(browser, desk, { story: { body: article(WORDS) } });
    const { page } = writer;
    const ready = await page.evaluate(() => performance.getEntriesByName("editor-ready")[0]?.duration.toFixed(0));
    const counted = await page.locator(".editor__words").innerText();
    const session = await writer.reader.context.newCDPSession(page);
    await session.send("Performance.enable");
    await page.evaluate(() => {
      window.seen = { keys: [], long: [] };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (entry.name === "keydown" || entry.name === "keypress" || entry.name === "input") window.seen.keys.push({ name: entry.name, processing: entry.processingEnd - entry.processingStart, duration: entry.duration });
      }).observe({ type: "event", durationThreshold: 16 });
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.seen.long.push(entry.duration); }).observe({ type: "longtask" });
      // What one key costs the main thread: from the key to the frame that shows it, idle time not counted.
      window.costs = [];
      const text = document.querySelector(".editor__text");
      text.addEventListener("keydown", () => { window.began = performance.now(); }, true);
      text.addEventListener("input", () => { window.costs.push(performance.now() - window.began); });
    });
    // In the middle of the story, in the middle of a paragraph.
    await page.locator(".editor__text > p").nth(20).click();
    await page.waitForTimeout(500);
    const before = await metrics(session);
    const letters = "وقال الوزير إن النمو ";
    for (let key = 0; key < KEYS; key += 1) {
      const letter = letters[key % letters.length];
      // As an Arabic keyboard sends it.
      await session.send("Input.dispatchKeyEvent", { type: "keyDown", key: letter, text: letter, windowsVirtualKeyCode: 65, code: "KeyA" });
      await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: letter, windowsVirtualKeyCode: 65, code: "KeyA" });
      await page.waitForTimeout(35);
    }
    const after = await metrics(session);
    await page.waitForTimeout(500);
    const { keys, long } = await page.evaluate(() => window.seen);
    const costs = (await page.evaluate(() => window.costs)).sort((a, b) => a - b);
    const share = (of) => costs[Math.min(costs.length - 1, Math.floor(costs.length * of))].toFixed(1);
    const each = (name) => (((after[name] - before[name]) * 1000) / KEYS).toFixed(2);
    const shown = keys.filter(({ name }) => name === "keydown").map(({ duration }) => duration).sort((a, b) => a - b);
    console.log(`  ${counted}; read and mounted in ${ready} ms; of ${costs.length} keys, from the key to the text: median ${share(0.5)} ms, 95 % ${share(0.95)} ms, most ${share(1)} ms; ` +
      `main thread a key, all that it caused: ${each("TaskDuration")} ms (script ${each("ScriptDuration")}, layout ${each("LayoutDuration")}, style ${each("RecalcStyleDuration")}); ` +
      `event timing, from the key to the picture, in steps of 8 ms with the wait for the screen: median ${shown[shown.length >> 1] ?? "below 16"} ms, most ${shown.at(-1) ?? "below 16"} ms (work in the handlers at most ${Math.max(0, ...keys.map(({ processing }) => processing)).toFixed(1)} ms); long tasks (above 50 ms): ${long.length}`);
    check(costs.length >= KEYS - 2, "every key is seen", String(costs.length));
    check(Number(share(0.95)) < MOST, `95 of 100 keys are in the text within ${MOST} ms`, share(0.95));
    check(Number(each("ScriptDuration")) + Number(each("LayoutDuration")) < MOST, `script and layout of a key take less than ${MOST} ms`);
    await writer.waitFor("saved", 15_000);
    check(desk.story.body.includes("وقال الوزير إن النمو"), "and is saved");
    await writer.leave();
  });
}

async function metrics(session) {
  const { metrics: list } = await session.send("Performance.getMetrics");
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

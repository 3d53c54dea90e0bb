// Nothing that somebody wrote runs: not in a story that nobody sanitised, not from a clipboard, not in what the server
// hands on from others. The policy is taken away, so that the editor's own care is what is tested.

import { check, equal, tell } from "../lib/tally.mjs";
import { FIRE, PAYLOADS } from "../lib/payloads.mjs";
import { openWriter } from "./writer.mjs";

const SENTENCE = `"><img src=x onerror="${FIRE}"><script>${FIRE}</script>`;

export async function hostile(browser, desk) {
  await tell("hostile: nothing runs, nothing is loaded from elsewhere", async () => {
    const writer = await openWriter(browser, desk, { bypassCSP: true, story: {} });
    const { page } = writer;
    writer.reader.expects(404, 409);
    desk.reset({ headline: SENTENCE, body: PAYLOADS.join("\n") });
    await writer.come();
    const quiet = async (where) => {
      await page.waitForTimeout(150);
      equal(await page.evaluate(() => window.fired ?? null), null, where);
      check(new URL(page.url()).origin === desk.base, "the page is still ours");
    };
    await quiet("a story that nobody sanitised");
    check((await page.locator(".editor__text [onerror], .editor__text [onload], .editor__text [onclick], .editor__text [style]").count()) === 0, "no handler is on the page");
    equal(await page.evaluate(() => [...document.querySelectorAll(".editor__text a[href]")].filter(({ protocol }) => protocol === "javascript:").length), 0, "no link runs anything");
    for (const button of await page.getByRole("button", { name: "حرّره نصًّا" }).all()) await button.click({ timeout: 1_000 }).catch(() => {});
    await quiet("blocks that are edited as text");
    for (const payload of PAYLOADS) await writer.paste({ html: payload, text: "x" });
    for (const payload of PAYLOADS.slice(0, 8)) await writer.paste({ html: `<p data-warraq="" data-pm-slice="1 1 []">x</p>${payload}`, text: "x" });
    await quiet("pastes");
    desk.pictures = [{ id: SENTENCE, src: "javascript:window.fired=1", width: 1, height: 1, alt: SENTENCE, credit: SENTENCE, caption: SENTENCE }];
    await writer.toEnd();
    await page.locator(".tools__button--picture").click();
    await page.locator(".grid__item input").check();
    await page.locator("dialog .button--primary").click();
    await quiet("what the library says");
    desk.breaks = { status: 409, said: { by: SENTENCE, version: 99 } };
    await writer.waitFor("conflict");
    await page.locator(".notice__actions button").first().click();
    await page.waitForSelector(".diff");
    await quiet("names, and both texts side by side");
    await writer.leave();
  });
}

// Never lose a word: whatever happens to the server, the session, the tab or the network.

import { openReader } from "../lib/browser.mjs";
import { check, equal, tell } from "../lib/tally.mjs";
import { PAGE, Writer, openWriter } from "./writer.mjs";

const DEAD = ["net::ERR_CONNECTION_REFUSED", "net::ERR_CONNECTION_RESET", "net::ERR_EMPTY_RESPONSE", "net::ERR_SOCKET_NOT_CONNECTED", "net::ERR_ABORTED"];
const BODY = "<p>البداية</p>";

/** What IndexedDB holds for the story: the words of the copy, or null. */
function copy(writer) {
  return writer.page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open("warraq", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("copies");
    request.onsuccess = () => {
      const get = request.result.transaction("copies").objectStore("copies").get("story-12");
      get.onsuccess = () => { request.result.close(); resolve(get.result?.current ? new Map(get.result.current.fields).get("body") : null); };
    };
  }));
}

export async function safety(browser, desk) {
  await tell("safety: saved when the typing rests", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    await writer.toEnd();
    await writer.type(" ثم");
    equal(await writer.status(), "changed", "a change is said");
    await writer.page.waitForTimeout(300);
    equal(await copy(writer), "<p>البداية ثم</p>", "within 300 ms a copy is kept here");
    equal(desk.saves.length, 0, "and nothing is sent while somebody types");
    await writer.waitFor("saved");
    equal(desk.story.body, "<p>البداية ثم</p>", "the server has it");
    equal(await writer.page.locator("[name=version]").inputValue(), "8", "the form knows the new version");
    await writer.page.waitForTimeout(100);
    equal(await copy(writer), null, "the copy is gone");
    await writer.page.locator("#f-headline").fill("عنوان جديد");
    await writer.waitFor("changed");
    await writer.waitFor("saved");
    equal(desk.story.headline, "عنوان جديد", "other fields are saved as well");
    await writer.toEnd();
    const began = Date.now();
    while (desk.saves.length < 3 && Date.now() - began < 13_000) {
      await writer.type("م");
      await writer.page.waitForTimeout(400);
    }
    const waited = Date.now() - began;
    check(desk.saves.length === 3 && waited > 8_000 && waited < 12_000, "who never rests is saved after ten seconds", `${waited} ms`);
    await writer.page.waitForTimeout(2_500);
    // A field that the next page shows empty again, and a text that the server writes in its own way.
    await writer.page.locator("[name=note]").fill("كلمة للتحرير");
    desk.tidies = (body) => body.replaceAll("<p>", "<p lang=\"ar\">");
    await writer.page.getByRole("button", { name: "احفظ", exact: true }).click();
    await writer.page.waitForLoadState("load");
    await writer.page.waitForSelector(".editor__text");
    desk.tidies = null;
    await writer.page.waitForTimeout(200);
    equal(await writer.notice("copy").count(), 0, "after the plain form nothing is offered");
    await writer.leave();
  });

  await tell("safety: the plain form waits for an autosave", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    await writer.page.route("**/draft", async (route) => { await new Promise((resolve) => { setTimeout(resolve, 1_000); }); await route.continue(); });
    await writer.toEnd();
    await writer.type(" واحد");
    await writer.waitFor("saving");
    await writer.type(" اثنان");
    await writer.page.getByRole("button", { name: "احفظ", exact: true }).click();
    await writer.page.waitForFunction(() => document.querySelector("[name=version]")?.value === "9");
    equal(desk.story.body, "<p>البداية واحد اثنان</p>", "both came, in order");
    await writer.leave();
  });

  await tell("safety: a dead server, a closed tab", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY, headline: "عنوان" } });
    writer.reader.expects(...DEAD);
    await desk.die();
    await writer.toEnd();
    await writer.type(" وما كُتب والخادم ميت");
    await writer.page.locator("#f-tags").fill("جديد");
    await writer.press("Enter");
    await writer.waitFor("unreachable");
    await writer.page.waitForSelector(".editor-status[data-kept=true]");
    check((await writer.page.locator(".editor-status").innerText()).includes("نسخة محفوظة"), "says why, and that a copy is kept", await writer.page.locator(".editor-status").innerText());
    // The tab is closed, and nobody is asked: everything is kept.
    let asked = false;
    writer.page.on("dialog", (dialog) => { asked = true; return dialog.accept(); });
    await writer.page.close({ runBeforeUnload: true });
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    check(!asked, "closing asks nothing when all is kept");
    await desk.revive();
    writer.reader.page = await writer.reader.context.newPage();
    const again = new Writer(writer.reader, desk);
    await again.come();
    equal(await again.markup(), BODY, "the page shows what the server has");
    const words = await again.notice("copy").innerText();
    check(words.includes("تختلف في 4 كلمات"), "the copy is offered, with how many words differ", words);
    // Somebody types before deciding: neither is lost.
    await again.toEnd();
    await again.type(" ثالث");
    await again.waitFor("saved");
    await again.come();
    check(await again.notice("copy").isVisible(), "still offered after other changes");
    await again.page.getByRole("button", { name: "اعرضها" }).click();
    check((await again.page.locator(".diff ins").allInnerTexts()).join(" ").includes("والخادم ميت"), "both are shown side by side");
    await again.press("Escape");
    await again.page.getByRole("button", { name: "استعدها" }).click();
    equal(await again.markup(), "<p>البداية وما كُتب والخادم ميت</p>", "taken");
    equal(await again.page.locator(".chip bdi").allInnerTexts(), ["شاي", "موانئ", "جديد"], "with its tags");
    await again.waitFor("saved");
    await again.come();
    equal(await again.notice("copy").count(), 0, "nothing is left to offer");
    equal(await again.markup(), "<p>البداية وما كُتب والخادم ميت</p>", "the server has it");
    await again.leave();
  });

  await tell("safety: the server comes back", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    writer.reader.expects(...DEAD, 500, 507);
    await desk.die();
    await writer.toEnd();
    await writer.type(" أ");
    await writer.waitFor("unreachable");
    await desk.revive();
    await writer.waitFor("saved", 10_000);
    equal(desk.story.body, "<p>البداية أ</p>", "saved by itself");
    desk.breaks = { status: 507, said: {} };
    await writer.type("ب");
    await writer.waitFor("full");
    desk.breaks = { status: 500, said: {} };
    await writer.waitFor("failed");
    desk.breaks = null;
    await writer.waitFor("saved", 10_000);
    equal(desk.story.body, "<p>البداية أب</p>", "after a full disk and an error");
    await writer.leave();
  });

  await tell("safety: a browser that keeps nothing", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY }, init: () => { indexedDB.open = () => { throw new Error("not here"); }; } });
    writer.reader.expects(...DEAD);
    await writer.toEnd();
    await desk.die();
    await writer.type(" أ");
    await writer.waitFor("unreachable");
    check(!(await writer.page.locator(".editor-status").innerText()).includes("نسخة"), "promises no copy");
    const question = writer.page.waitForEvent("dialog");
    const closing = writer.page.close({ runBeforeUnload: true });
    const dialog = await question;
    equal(dialog.type(), "beforeunload", "asks before the page is closed");
    await dialog.dismiss();
    await closing;
    await desk.revive();
    await writer.waitFor("saved", 10_000);
    await writer.leave();
  });

  await tell("safety: offline", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    writer.reader.expects("net::ERR_INTERNET_DISCONNECTED");
    await writer.reader.context.setOffline(true);
    await writer.toEnd();
    await writer.type(" أ");
    await writer.waitFor("unreachable");
    await writer.page.waitForTimeout(3_500);
    await writer.reader.context.setOffline(false);
    await writer.waitFor("saved", 2_500);
    check(true, "saved as soon as the network is there");
    await writer.leave();
  });

  await tell("safety: the session ends", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    writer.reader.expects(401);
    desk.breaks = { status: 401, said: { error: "signed-out" } };
    await writer.toEnd();
    await writer.type(" أ");
    await writer.waitFor("signed-out");
    equal(await copy(writer), "<p>البداية أ</p>", "the text is kept");
    check((await writer.notice("signed-out").locator("a").getAttribute("target")) === "_blank", "signing in opens another tab");
    await writer.type("ب");
    desk.breaks = null;
    await writer.notice("signed-out").getByRole("button").click();
    await writer.waitFor("saved");
    equal(desk.story.body, "<p>البداية أب</p>", "goes on where it stopped");
    equal(await writer.notice("signed-out").count(), 0, "and says nothing more");
    await writer.leave();
  });

  await tell("safety: the story is no longer theirs", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    writer.reader.expects(403);
    desk.breaks = { status: 403, said: { error: "not-allowed" } };
    await writer.toEnd();
    await writer.type(" أ");
    await writer.waitFor("not-allowed");
    equal(await copy(writer), "<p>البداية أ</p>", "the text is kept");
    equal(await writer.notice("not-allowed").locator("a").count(), 0, "nobody is sent to sign in");
    desk.breaks = null;
    await writer.notice("not-allowed").getByRole("button").click();
    await writer.waitFor("saved");
    equal(await writer.notice("not-allowed").count(), 0, "it is theirs again, and nothing more is said");
    await writer.leave();
  });

  await tell("safety: somebody else has saved", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    writer.reader.expects(409);
    await writer.toEnd();
    await writer.type(" من هنا");
    desk.story.version = 20;
    desk.story.body = "<p>البداية من هناك</p>";
    await writer.waitFor("conflict");
    equal(desk.story.body, "<p>البداية من هناك</p>", "nothing is overwritten");
    check((await writer.notice("changed").innerText()).includes("سلمى الكرخي"), "says who");
    await writer.page.getByRole("button", { name: "قارن النصين" }).click();
    await writer.page.waitForSelector(".diff");
    equal(await writer.page.locator(".diff del").allInnerTexts(), ["هناك"], "theirs");
    equal(await writer.page.locator(".diff ins").allInnerTexts(), ["هنا"], "ours");
    await writer.press("Escape");
    await writer.page.getByRole("button", { name: "خذ نصّه" }).click();
    await writer.page.waitForSelector('[data-notice="copy"]');
    equal(await writer.markup(), "<p>البداية من هناك</p>", "theirs is taken, ours is offered");
    await writer.page.getByRole("button", { name: "تخلّص منها" }).click();
    await writer.toEnd();
    await writer.type("!");
    desk.story.version = 30;
    await writer.waitFor("conflict");
    await writer.page.getByRole("button", { name: "احفظ نصّي فوقه" }).click();
    await writer.waitFor("saved");
    equal(desk.story.body, "<p>البداية من هناك!</p>", "ours is saved when somebody says so");
    await writer.leave();
  });

  await tell("safety: somebody takes over", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    writer.reader.expects(423);
    await writer.toEnd();
    await writer.type(" أ");
    desk.holder = "سلمى الكرخي";
    await writer.waitFor("locked");
    equal(await writer.text.getAttribute("contenteditable"), "false", "the text is read only");
    check(await writer.page.locator("button[name=do]").first().isDisabled(), "buttons are off");
    check((await writer.notice("locked").innerText()).includes("سلمى الكرخي"), "says who has it");
    equal(await copy(writer), "<p>البداية أ</p>", "what was not saved is kept");
    await writer.page.getByRole("button", { name: "تولَّ التحرير" }).click();
    await writer.page.locator("dialog .button--primary").click();
    await writer.waitFor("saved");
    equal(desk.story.body, "<p>البداية أ</p>", "taken back, and saved");
    equal(await writer.text.getAttribute("contenteditable"), "true", "and writing goes on");

    desk.holder = "سلمى الكرخي";
    await writer.come();
    await writer.waitFor("locked");
    equal(await writer.text.getAttribute("contenteditable"), "false", "who comes later reads");
    await writer.leave();
  });

  await tell("safety: what the server refuses", async () => {
    const writer = await openWriter(browser, desk, { story: { body: BODY } });
    writer.reader.expects(422, 413);
    desk.breaks = { status: 422, said: { errors: { headline: "اكتب عنوانًا." } } };
    await writer.toEnd();
    await writer.type(" أ");
    await writer.waitFor("invalid");
    equal(await writer.page.locator("#f-headline").getAttribute("aria-invalid"), "true", "the field is marked");
    equal(await writer.page.locator(".field__error").innerText(), "اكتب عنوانًا.", "and says why");
    desk.breaks = { status: 413, said: {} };
    await writer.page.locator("#f-headline").fill("عنوان");
    await writer.waitFor("too-big");
    desk.breaks = null;
    await writer.type("!");
    await writer.waitFor("saved");
    equal(await writer.page.locator(".field__error").count(), 0, "and forgets it");
    await writer.leave();
  });

  await tell("safety: without a script the form works", async () => {
    desk.reset({ body: BODY });
    const reader = await openReader(browser, desk, { scripts: false });
    await reader.open(PAGE);
    await reader.page.locator("textarea[name=body]").fill("<p>بلا نص برمجي</p>");
    await reader.follow(reader.page.getByRole("button", { name: "احفظ", exact: true }));
    equal(desk.story.body, "<p>بلا نص برمجي</p>", "saved");
    await reader.leave();
  });
}

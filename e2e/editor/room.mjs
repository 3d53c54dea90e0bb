// The script of the newsroom's pages: questions, lists, order, tags, files.

import { openReader } from "../lib/browser.mjs";
import { check, equal, tell } from "../lib/tally.mjs";

export async function room(browser, desk) {
  const open = async () => {
    const reader = await openReader(browser, desk);
    reader.expects("net::ERR_ABORTED");
    await reader.open("/look?ui=ar");
    return reader;
  };

  await tell("room: questions and lists", async () => {
    const reader = await open();
    const { page } = reader;
    desk.posted = null;
    await page.locator("tbody tr:nth-child(2) [data-confirm]").click();
    check((await page.locator("dialog").innerText()).includes("أتسحب"), "a question is asked");
    await page.keyboard.press("Escape");
    equal(desk.posted, null, "Escape does nothing");
    await page.locator("tbody tr:nth-child(2) [data-confirm]").click();
    await reader.follow(page.getByRole("button", { name: "اسحبها" }));
    equal(desk.posted, "do=withdraw-340", "yes sends the form with its button");

    await page.locator("[data-select-all]").check();
    equal(await page.locator("tbody input:checked").count(), 3, "all are selected");
    check((await page.locator("[data-selected]").innerText()).includes("3"), "and counted");
    await page.locator("tbody tr:nth-child(2) input").uncheck();
    check(await page.locator("[data-select-all]").evaluate((box) => box.indeterminate), "some are selected");
    await page.locator("[data-select-all]").check();
    await page.locator("[data-select-all]").uncheck();

    await page.locator("#main").focus();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    equal(await page.locator("tbody input:checked").getAttribute("value"), "340", "j, j, x select the second row");
    await page.keyboard.press("k");
    check((await page.locator("tr.is-current").innerText()).includes("كأس"), "k goes back");
    await page.keyboard.press("e");
    equal(new URL(page.url()).hash, "#edit-812", "a key of the row");
    await page.keyboard.press("?");
    check((await page.locator("dialog .keys").innerText()).includes("اسحب"), "the keys are listed, with those of the rows");
    await page.keyboard.press("Escape");
    await page.locator("#filter-section").selectOption("1");
    await page.waitForURL(/section=1/);
    check(true, "a filter applies when it is chosen");
    check((await page.locator("#session").innerText()).includes("5 دقائق"), "says when the session ends", await page.locator("#session").innerText());
    await page.locator("details.menu summary").click();
    await page.keyboard.press("Escape");
    check(!(await page.locator("details.menu").evaluate((menu) => menu.open)), "Escape closes a menu");
    await reader.leave();
  });

  await tell("room: tags", async () => {
    const reader = await open();
    const { page } = reader;
    const input = page.locator("#tags");
    await input.pressSequentially("الصين");
    await page.waitForSelector("[role=option]");
    equal(await page.locator("[role=option]").count(), 2, "what fits is proposed");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await input.pressSequentially("موانئ");
    await page.waitForTimeout(300);
    await page.keyboard.press("Enter");
    const sent = () => page.evaluate(() => [...new FormData(document.querySelector("form.panel"))].filter(([name]) => name.includes("tag")).map((pair) => pair.join("=")));
    equal(await sent(), ["tag=3", "tag=2", "new_tag=موانئ"], "known ones by number, new ones by name");
    await page.keyboard.press("Backspace");
    await page.getByRole("button", { name: "أزل شاي" }).click();
    equal(await sent(), ["tag=2"], "chips go");
    await reader.leave();
  });

  await tell("room: order, focal point, files", async () => {
    const reader = await open();
    const { page } = reader;
    const order = () => page.evaluate(() => [...document.querySelectorAll(".order input")].map(({ value }) => value).join(" "));
    await page.locator(".order li:nth-child(3) [data-move=up]").click();
    equal(await order(), "1 3 2", "a button moves an item");
    check(await page.evaluate(() => document.activeElement.dataset.move === "up"), "and keeps the focus");
    await page.locator(".order li:nth-child(1)").dragTo(page.locator(".order li:nth-child(3)"), { targetPosition: { x: 30, y: 35 } });
    equal(await order(), "3 2 1", "dragging moves it as well");
    const box = await page.locator(".focus-point").boundingBox();
    await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.2);
    equal([await page.locator("#focus-x").inputValue(), await page.locator("#focus-y").inputValue()], ["75", "20"], "a click chooses the focal point");
    reader.expects(422);
    await page.locator("#files").setInputFiles([{ name: "broken.png", mimeType: "image/png", buffer: Buffer.from("broken") }]);
    await page.waitForSelector("form[data-upload] .notice--bad");
    check((await page.locator("form[data-upload] .notice--bad").innerText()).includes("ليس صورة"), "what is refused is said");
    const load = page.waitForEvent("load");
    await page.locator("#files").setInputFiles([{ name: "good.png", mimeType: "image/png", buffer: Buffer.from("x") }]);
    await load;
    check(true, "the page is read again when all are there");
    await reader.leave();
  });
}

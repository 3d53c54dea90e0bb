// A reader answers: what is missing is said, what is good is held or appears, and counts.

import { check, equal, tell } from "../lib/tally.mjs";
import { DESKTOP, PHONE, openReader } from "../lib/browser.mjs";

/** Articles of the demonstration on which nobody has said anything yet: one for each way of reading. */
const SILENT = [3, 9, 12, 19];

export async function answering(browser, demo) {
  const silent = [...SILENT];
  for (const screen of [PHONE, DESKTOP]) {
    for (const scripts of [true, false]) {
      await tell(`answering (${screen.name}, ${scripts ? "with" : "without"} scripts)`, () => answer(browser, demo, screen, scripts, silent.shift()));
    }
  }
  await tell("what no reader sends", () => machines(browser, demo));
  await tell("a form from elsewhere", () => elsewhere(demo));
}

async function answer(browser, demo, screen, scripts, id) {
  const reader = await openReader(browser, demo, { screen, scripts });
  const { page } = reader;
  const email = `Reader.${id}@mail.example.net`;
  const name = `قارئ ${id} Reader`;
  const counter = () => reader.text("#comments-title");

  await reader.open(`/a/${id}`);
  const article = reader.path;
  equal(await counter(), "لا تعليقات", "nobody has answered yet");
  check((await reader.text("#respond")).includes("لن يتم نشر عنوان بريدك الإلكتروني"), "the form promises that the address stays private");

  // Browsers check what they can before they send; here the server's own answers are looked at.
  const send = async (fields, status) => {
    for (const [field, value] of Object.entries(fields)) await page.locator(`#respond [name=${field}]`).fill(value);
    await page.locator("#respond form").evaluate((form) => { form.noValidate = true; });
    await reader.follow(page.locator("#respond button[type=submit]"), { status });
  };
  const wrong = () => page.locator("#respond [aria-invalid=true]").evaluateAll((fields) => fields.map((field) => field.name).sort());

  await send({}, 422);
  equal(await wrong(), ["author", "comment", "email"], "an empty form: three fields are missing");
  equal(await reader.count("#problems[role=alert] a"), 3, "the list of problems leads to them");
  await send({ author: name, email: "no address", url: "nothing", comment: "كلام طيب" }, 422);
  equal(await wrong(), ["email", "url"], "what cannot be is said");
  const kept = await page.locator("#respond form").evaluate((form) => ["author", "email", "url", "comment"].map((field) => form.elements[field].value));
  equal(kept, [name, "no address", "nothing", "كلام طيب"], "what was typed is kept");
  check((await page.locator("#email").getAttribute("aria-describedby")).includes("email-error"), "the field names its error");

  const words = `فقرة أولى من القارئ ${id} عن «المادة».\n\nفقرة ثانية <b>بلا وسوم</b> & in English.`;
  await send({ author: name, email, url: "", comment: words }, 200);
  check(reader.path.endsWith("/comments/waiting/"), "a first comment waits, and the page says so", reader.path);
  equal(await reader.text("h1"), "وصل تعليقك", "it has come");
  await reader.follow(page.locator(`main a[href^="${encodeURI(article)}"]`).first());
  equal(await counter(), "لا تعليقات", "what waits is not counted");
  check(!(await page.content()).includes(`القارئ ${id} عن`), "nor shown");

  const held = (await demo.comments()).filter((comment) => comment.author === name);
  equal(held.map((comment) => comment.reason), ["first-comment"], "the newsroom sees it, with the reason");
  await demo.approve(held[0].id);
  await reader.open(encodeURI(article));
  equal(await counter(), "تعليق واحد", "approved, it counts");
  const comment = page.locator(`#comment-${held[0].id}`);
  equal(await comment.locator(".comment__body p").count(), 2, "in two paragraphs");
  check((await comment.innerText()).includes("<b>بلا وسوم</b>"), "with its letters as typed");

  // An answer within the thread, from an address that is known by now.
  const reply = comment.locator("[data-reply]");
  if (scripts) {
    await reply.click();
    equal(await page.evaluate(() => document.activeElement.name), "comment", "the form comes to the comment and is ready");
  } else {
    await reader.follow(reply);
  }
  equal(await page.locator("#respond [name=comment_parent]").inputValue(), String(held[0].id), "the form answers this comment");
  check((await reader.text("#respond-title")).includes(name), "and says whom");
  await send({ author: name, email: email.toLowerCase(), comment: `ردّ على نفسي، رقم ${id}.` }, 200);
  const anchor = new URL(page.url()).hash;
  check(/^#comment-\d+$/.test(anchor), "a known reader's answer appears at once", page.url());
  equal(await counter(), "تعليقان", "and counts");
  equal(await page.locator(`${anchor} .comment__parent a`).getAttribute("href"), `#comment-${held[0].id}`, "it stands in the thread");
  check(await page.locator(anchor).evaluate((place) => { const box = place.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0; }), "where the page now is");

  await send({ author: name, email, comment: `ردّ على نفسي، رقم ${id}.` }, 200);
  equal([new URL(page.url()).hash, await counter()], [anchor, "تعليقان"], "who sends it twice is led to the one that is there");
  check(!(await page.content()).toLowerCase().includes("mail.example.net"), "the address is not on the page");
  await send({ author: "آخر", email: `other.${id}@mail.example.net`, comment: `ردّ على نفسي، رقم ${id}.` }, 422);
  check((await reader.text("#problems")).includes("سبق"), "another reader's copy of it is not taken");

  await reader.open("/");
  check((await page.locator(`main a[href="${encodeURI(article)}#comments"]`).allInnerTexts()).every((text) => text.trim() === "تعليقان"), "the front counts the same");
  await reader.leave();
}

async function machines(browser, demo) {
  const reader = await openReader(browser, demo, { scripts: false });
  const { page } = reader;
  await reader.open("/a/2");
  await page.locator("[name=website_confirm]").evaluate((trap) => { trap.value = "https://example.com/"; });
  for (const [field, value] of Object.entries({ author: "Bot", email: "bot@example.net", comment: "Good site, visit me" })) {
    await page.locator(`#respond [name=${field}]`).fill(value);
  }
  await reader.follow(page.locator("#respond button[type=submit]"), { status: 422 });
  check((await reader.text("#problems")).includes("تعذّر"), "who fills in the trap is refused");
  check(!(await demo.comments()).some((comment) => comment.author === "Bot"), "and not kept");
  await reader.leave();

  // One network that sends without end.
  const statuses = [];
  for (let round = 0; round < 22; round += 1) {
    const answer = await demo.get("/wp-comments-post.php", {
      method: "POST",
      headers: { "X-Forwarded-For": "203.0.113.9" },
      body: new URLSearchParams({ comment_post_ID: "2", author: "", email: "", comment: "" }),
    });
    statuses.push(answer.status);
  }
  equal([statuses[0], statuses.at(-1)], [422, 429], "one network may not send without end");
}

async function elsewhere(demo) {
  const post = async (headers) => {
    const body = new URLSearchParams({ comment_post_ID: "2", author: "Guest", email: "guest@example.net", comment: "From elsewhere" });
    const answer = await demo.get("/wp-comments-post.php", { method: "POST", headers: { "X-Forwarded-For": "203.0.114.9", ...headers }, body });
    return answer.status;
  };
  equal(await post({ "Sec-Fetch-Site": "cross-site" }), 403, "a form of another site is refused");
  equal(await post({ Origin: "https://elsewhere.example" }), 403, "by older browsers too");
}

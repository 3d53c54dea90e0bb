// Can everybody use it? axe-core on every template, the keyboard, a very narrow screen; the door without a password.

import { createRequire } from "node:module";
import { check, equal, tell } from "../lib/tally.mjs";
import { DESKTOP, PHONE, openReader } from "../lib/browser.mjs";

const axe = createRequire(import.meta.url)("axe-core");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What another colour scheme can spoil; the rest is the same markup as in the light. */
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
/** Templates that are looked at side by side. */
const READERS = 2;
const NARROW = { name: "phone", width: 320, height: 640 };

export async function access(browser, { gallery, demo, english }) {
  const samples = await list(gallery);
  for (const dark of [false, true]) {
    for (const screen of [DESKTOP, PHONE]) {
      await tell(`axe: every template, ${dark ? "dark" : "light"}, ${screen.name}`, async () => {
        check(samples.length >= 20, "the gallery has samples", `${samples.length}`);
        const waiting = [...samples.entries()]
          // The newsroom in its second language has the same elements: once is enough.
          .filter(([, name]) => !((dark || screen === PHONE) && name.startsWith("newsroom/") && name.endsWith("(en)")));
        const examineAll = async () => {
          const reader = await openReader(browser, gallery, { screen, dark, bypassCSP: true });
          for (let next = waiting.shift(); next; next = waiting.shift()) {
            await reader.open(`/dev/gallery/${next[0]}`);
            await examine(reader, `sample ${next[0]}, ${next[1]}`, dark ? COLOURS : LEVELS);
          }
          await reader.context.close();
        };
        await Promise.all(Array.from({ length: READERS }, examineAll));
      });
    }
  }
  for (const publication of [demo, english]) {
    for (const dark of [false, true]) {
      await tell(`axe: ${publication.name}, ${dark ? "dark" : "light"}`, async () => {
        for (const screen of [DESKTOP, PHONE]) {
          const reader = await openReader(browser, publication, { screen, dark, bypassCSP: true });
          for (const address of publication.pages) {
            await reader.open(address);
            await examine(reader, `${address}, ${screen.name}`);
          }
          await reader.open(publication.missing, { status: 404 });
          await examine(reader, `${publication.missing}, ${screen.name}`);
          await reader.context.close();
        }
      });
    }
    await tell(`320 pixels: ${publication.name}`, async () => {
      const reader = await openReader(browser, publication, { screen: NARROW });
      for (const address of publication.pages) {
        await reader.open(address);
        await fits(reader, address);
      }
      await reader.context.close();
    });
    await tell(`by keyboard: ${publication.name}`, () => byKeyboard(browser, publication));
  }
  await tell("320 pixels: every template", async () => {
    const reader = await openReader(browser, gallery, { screen: NARROW });
    for (const [place, name] of samples.entries()) {
      await reader.open(`/dev/gallery/${place}`);
      await fits(reader, `sample ${place}, ${name}`);
    }
    await reader.context.close();
  });
}

const EMAIL = "laila@news.example";
const PASSWORD = "correct horse battery";
const WORDS = {
  ar: { phone: "هاتفي", renamed: "هاتف العمل", wrong: "كلمة السر الحالية غير صحيحة.", there: "على هذا الجهاز مفتاح مرور", failed: "لم يُستعمل مفتاح المرور" },
  en: { phone: "My phone", renamed: "The phone at work", wrong: "Your present password is another one.", there: "This device has a passkey", failed: "The passkey was not used" },
};

/** A passkey is added, named, shown at the door and taken away: on a device that Chromium plays. */
export async function passkeys(browser, publication, language) {
  const words = WORDS[language];
  await publication.hires(EMAIL, language === "ar" ? "ليلى" : "Laila", "owner", PASSWORD);
  const laila = await openReader(browser, publication);
  const { page } = laila;
  // Chromium would like RS256, too; decision 0015 says why it is not offered.
  laila.expects("pubKeyCredParams");
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", { options });
  const held = async () => (await device.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  const recognised = (isUserVerified) => device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  const adding = page.locator("form[action='/newsroom/account/passkeys']");
  const door = page.locator("form[action='/newsroom/sign-in/passkey']");
  const add = async (name, password) => {
    await laila.open("/newsroom/account/");
    await adding.locator("[name=name]").fill(name);
    await adding.locator("[name=present]").fill(password);
    await adding.locator("button").click();
  };
  const leave = async () => {
    await page.click("form[action='/newsroom/sign-out'] button");
    await page.waitForURL(/sign-in/);
  };

  await tell(`passkeys ${language}: added on the own account`, async () => {
    await laila.open("/newsroom/sign-in");
    await page.fill("[name=email]", EMAIL);
    await page.fill("[name=password]", PASSWORD);
    await page.click("main button[type=submit]");
    await page.waitForURL(`${publication.base}/newsroom/`);
    laila.expects(422);
    await add(words.phone, "something else entirely");
    await adding.locator("[role=alert]", { hasText: words.wrong }).waitFor();
    equal((await held()).length, 0, "nothing is made for a wrong password");
    await add(words.phone, PASSWORD);
    await page.locator("ol.codes li").first().waitFor();
    equal(await page.locator("ol.codes li").count(), 10, "recovery codes come with the first one");
    const [made] = await held();
    equal([made?.rpId, made?.isResidentCredential], ["localhost", true], "the device holds it, for this host");
    await add(words.phone, PASSWORD);
    await adding.locator("[role=alert]", { hasText: words.there }).waitFor();
    check(await adding.locator("button").isEnabled(), "one may try again");
    await examine(laila, "the own account with a passkey");
  });

  await tell(`passkeys ${language}: named`, async () => {
    const row = page.locator("form[action^='/newsroom/account/passkeys/'] [name=name]").first();
    await row.fill(words.renamed);
    await row.press("Enter");
    await page.waitForURL(/done=passkey-named/);
    equal(await row.inputValue(), words.renamed, "it is called so");
  });

  await tell(`passkeys ${language}: the door, without a name`, async () => {
    await leave();
    await examine(laila, "the door with passkeys");
    await recognised(false);
    await door.locator("button").click();
    await door.locator("[role=alert]", { hasText: words.failed }).waitFor();
    await recognised(true);
    await laila.open("/newsroom/articles/");
    await door.locator("button").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${publication.base}/newsroom/articles/`);
    check((await held())[0].signCount > 0, "the device has signed");
    await leave();
    await door.locator("button").click();
    await page.waitForURL(`${publication.base}/newsroom/`);
    await leave();
    await page.fill("[name=email]", EMAIL);
    await page.fill("[name=password]", PASSWORD);
    await page.click("main button[type=submit]");
    await page.waitForURL(/sign-in\/code/);
    await door.locator("button").click();
    await page.waitForURL(`${publication.base}/newsroom/`);
  });

  await tell(`passkeys ${language}: taken away`, async () => {
    await laila.open("/newsroom/account/");
    const removal = page.locator("form[action='/newsroom/account/passkeys/removal']");
    await removal.locator("[name=present]").fill(PASSWORD);
    await removal.locator("button").click();
    await page.waitForURL(/done=passkey-removed/);
    await leave();
    await door.locator("button").click();
    await page.locator("main > section > [role=alert]").waitFor();
    check(page.url().endsWith("/newsroom/sign-in/passkey"), "what the device still holds opens nothing");
  });
  await laila.leave();
}

/** Names of the gallery's samples, in order. */
async function list(gallery) {
  const html = await (await gallery.get("/dev/gallery")).text();
  return [...html.matchAll(/<a href="\/dev\/gallery\/\d+">([^<]*)<\/a>/g)].map(([, name]) => name);
}

async function examine(reader, name, rules = LEVELS) {
  await reader.page.evaluate(axe.source);
  const { violations } = await reader.page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), rules);
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 3).map((node) => `  ${node.target.join(" ")}  ${node.any[0]?.message ?? ""}`).join("\n")}`);
  check(violations.length === 0, name, told.join("\n"));
}

/** No sideways scrolling; if there is, names what sticks out. */
async function fits(reader, name) {
  const out = await reader.page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const sticks = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
    });
    return [`${root.scrollWidth} > ${root.clientWidth}`, ...sticks.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`)];
  });
  check(out.length === 0, `${name} does not scroll sideways`, out.join("\n"));
}

/** The first stop leads past the navigation; every stop can be seen. */
async function byKeyboard(browser, publication) {
  const reader = await openReader(browser, publication);
  const { page } = reader;
  await reader.open(publication.pages[1]);
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return [document.activeElement.className, box.width > 20 && box.height > 15 && box.top >= 0 && box.left >= 0 && box.right <= innerWidth];
  });
  equal(skip, ["skip", true], "the first stop is the way to the content, and it can be seen");
  await page.keyboard.press("Enter");
  equal(await page.evaluate(() => document.activeElement.id), "main", "it leads there");
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });

  await page.reload({ waitUntil: "load" });
  const stops = [];
  for (let count = 0; count < 120; count += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
      const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
      return { name: `${element.tagName.toLowerCase()}.${element.className}#${element.id} ${element.getAttribute("href") ?? ""}`, ring, inside };
    });
    if (!stop) break;
    stops.push(stop);
  }
  check(stops.length > 15, "there are many stops", `${stops.length}`);
  equal(stops.filter((stop) => !stop.ring).map((stop) => stop.name), [], "every stop shows that it has the focus");
  equal(stops.filter((stop) => !stop.inside).map((stop) => stop.name), [], "and is on the screen");
  await reader.leave();
}

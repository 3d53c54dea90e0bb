// The editor by itself: a browser, and a small newsroom that breaks on demand (lib/desk.mjs). No program is needed.
//
//   node e2e/editor.mjs                  everything
//   node e2e/editor.mjs safety pasting   some stories
//
// CHROMIUM names the browser (default: chromium). `bin/frontend` must have run.

import { openBrowser } from "./lib/browser.mjs";
import { Desk } from "./lib/desk.mjs";
import { close, twice } from "./lib/tally.mjs";
import { hostile } from "./editor/hostile.mjs";
import { looks } from "./editor/looks.mjs";
import { notes } from "./editor/notes.mjs";
import { pasting } from "./editor/pasting.mjs";
import { room } from "./editor/room.mjs";
import { round } from "./editor/round.mjs";
import { safety } from "./editor/safety.mjs";
import { speed } from "./editor/speed.mjs";
import { typing } from "./editor/typing.mjs";

const stories = { round, typing, notes, pasting, hostile, safety, room, looks, speed };
const wanted = process.argv.slice(2);
const began = Date.now();
const browser = await openBrowser();
const desk = await Desk.open();
try {
  for (const [name, story] of Object.entries(stories)) {
    if (!wanted.length || wanted.includes(name)) await twice(name, () => story(browser, desk), () => desk.revive());
  }
} finally {
  await browser.close();
  if (desk.server) await desk.die();
}
console.log(`${((Date.now() - began) / 1000).toFixed(0)} s`);
process.exitCode = close("editor");

// How many checks held, and which did not?

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

let passed = 0;
const failures = [];
let story = "";

/** Notes one check. What did not hold is told at once, and the story goes on: one run shows all that is wrong. */
export function check(holds, sentence, detail = "") {
  if (holds) {
    passed += 1;
    return true;
  }
  const told = typeof detail === "string" ? detail : JSON.stringify(detail, null, 1);
  failures.push(`${story}: ${sentence}`);
  console.log(`  ✗ ${story}: ${sentence}${told ? `\n      ${told.replaceAll("\n", "\n      ")}` : ""}`);
  return false;
}

/** Compares by value. */
export function equal(actual, expected, sentence) {
  const same = JSON.stringify(actual) === JSON.stringify(expected);
  return check(same, sentence, same ? "" : `expected ${JSON.stringify(expected)}\ngot      ${JSON.stringify(actual)}`);
}

/** Tells a story; whatever throws ends this story only. */
export async function tell(name, run) {
  story = name;
  const [before, broken, began] = [passed, failures.length, Date.now()];
  try {
    await run();
  } catch (error) {
    check(false, "the story broke off", error.stack ?? String(error));
  }
  const failed = failures.length - broken;
  console.log(`${failed ? "✗" : "✓"} ${name}: ${passed - before} held${failed ? `, ${failed} did not` : ""} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

/** Prints the count, leaves it for `bin/test` in the folder TALLY, and says with which status to end. */
export function close(name) {
  if (failures.length) console.log(`\nWhat did not hold:\n${failures.map((failure) => `  ${failure}`).join("\n")}`);
  console.log(`${name}: ${passed} passed, ${failures.length} failed`);
  if (process.env.TALLY) {
    mkdirSync(process.env.TALLY, { recursive: true });
    writeFileSync(path.join(process.env.TALLY, name), `${passed} ${failures.length}\n`);
  }
  return failures.length ? 1 : 0;
}

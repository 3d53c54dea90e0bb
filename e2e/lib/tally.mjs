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

const shaky = [];

/**
 * Runs a group of stories, and once more from scratch if something in it did not hold: the second answer counts, the
 * first is told at the end. On a busy machine a browser is late now and then; what is broken is broken twice.
 * @param afresh prepares the ground for the second try
 */
export async function twice(name, run, afresh = () => {}) {
  const [before, broken] = [passed, failures.length];
  const attempt = async () => {
    try {
      await run();
    } catch (error) {
      story = name;
      check(false, "the ground could not be prepared", error.stack ?? String(error));
    }
  };
  await attempt();
  if (failures.length === broken) return;
  shaky.push(...failures.splice(broken));
  passed = before;
  console.log(`→ ${name}: once more, from scratch`);
  await afresh();
  await attempt();
}

/** Prints the count, leaves it for `bin/test` in the folder TALLY, and says with which status to end. */
export function close(name) {
  if (shaky.length) console.log(`\nWhat did not hold at the first try (a story that is late, or one that is wrong):\n${shaky.map((failure) => `  ${failure}`).join("\n")}`);
  if (failures.length) console.log(`\nWhat did not hold:\n${failures.map((failure) => `  ${failure}`).join("\n")}`);
  console.log(`${name}: ${passed} passed, ${failures.length} failed`);
  if (process.env.TALLY) {
    mkdirSync(process.env.TALLY, { recursive: true });
    writeFileSync(path.join(process.env.TALLY, name), `${passed} ${failures.length}\n`);
  }
  return failures.length ? 1 : 0;
}

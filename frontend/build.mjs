// Makes everything a reader's browser loads: one style sheet, one script, font subsets, the icon.
//
// Every file carries a hash of its content in its name, so that it may be kept for ever; `manifest.json` says which
// name is today's. The same sources give the same bytes on every machine.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import subset from "subset-font";
import { FACES } from "./fonts.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(HERE, "dist");
const require = createRequire(import.meta.url);
/** Browsers of the last four years or so; nesting is written out for the older ones. */
const TARGET = ["chrome105", "firefox105", "safari15.4"];
/** What a page that holds nothing but Arabic loads of fonts, in bytes: bold text is the only further file. */
const FIRST_FONTS_BUDGET = 36_000;
/** Digits of the hash in a name: enough to tell the versions of one file apart. */
const HASH_LENGTH = 10;

const manifest = {};

await rm(DIST, { recursive: true, force: true });
await mkdir(path.join(DIST, "fonts"), { recursive: true });

const fontRules = await fonts();
await styles(fontRules);
await scripts();
await write("favicon.svg", await readFile(path.join(HERE, "favicon.svg")));
await writeFile(path.join(DIST, "manifest.json"), `${JSON.stringify(sorted(manifest), null, 2)}\n`);

/** Subsets every face and returns the `@font-face` rules that name the results. */
async function fonts() {
  const rules = [];
  let first = 0;
  for (const face of FACES) {
    const source = await readFile(require.resolve(face.file));
    const bytes = await subset(source, letters(face.range), {
      targetFormat: "woff2",
      noHinting: true,
      keepFeatures: face.features,
      variationAxes: face.axes,
    });
    const name = await write(`fonts/${face.name}.woff2`, bytes);
    if (face.first) first += bytes.length;
    for (const [family, size] of Object.entries(face.families)) {
      rules.push(
        `@font-face{font-family:"${family}";font-style:${face.style ?? "normal"};font-weight:${face.weight};` +
          (size === 100 ? "" : `size-adjust:${size}%;`) +
          `font-display:swap;src:url("${name}") format("woff2");unicode-range:${face.range.join(",")}}`,
      );
    }
  }
  if (first > FIRST_FONTS_BUDGET) {
    throw new Error(`the first fonts weigh ${first} bytes, more than the ${FIRST_FONTS_BUDGET} they may`);
  }
  return rules.join("\n");
}

/** The styles in the order of their file names, after the fonts. */
async function styles(fontRules) {
  const folder = path.join(HERE, "styles");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".css")).sort();
  const sources = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  const { code } = await transform([fontRules, ...sources].join("\n"), { loader: "css", minify: true, target: TARGET });
  await write("reader.css", Buffer.from(code));
}

async function scripts() {
  const source = await readFile(path.join(HERE, "scripts", "reader.js"), "utf8");
  const { code } = await transform(source, { loader: "js", minify: true, format: "iife", target: TARGET });
  await write("reader.js", Buffer.from(code));
}

/** Writes `bytes` under `logical` with their hash in the name, notes it in the manifest and returns the name. */
async function write(logical, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, HASH_LENGTH);
  const { dir, name, ext } = path.posix.parse(logical);
  const hashed = path.posix.join(dir, `${name}.${hash}${ext}`);
  await writeFile(path.join(DIST, hashed), bytes);
  manifest[logical] = hashed;
  return hashed;
}

/** `["U+41-43"]` → `"ABC"`. */
function letters(range) {
  let text = "";
  for (const part of range) {
    const [from, to = from] = part.slice(2).split("-").map((hex) => Number.parseInt(hex, 16));
    for (let code = from; code <= to; code += 1) text += String.fromCodePoint(code);
  }
  return text;
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

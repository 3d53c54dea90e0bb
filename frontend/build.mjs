// Makes everything that browsers load. For readers one style sheet, one script, font subsets, the icon; for the newsroom a
// style sheet, a script, and the editor of stories.
//
// Every file carries a hash of its content in its name, so that it may be kept for ever; `manifest.json` says which
// name is today's. The same sources give the same bytes on every machine.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import subset from "subset-font";
import { FACES } from "./fonts.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(HERE, "dist");
const require = createRequire(import.meta.url);
/** Browsers of the last four years or so; nesting is written out for the older ones. */
const TARGET = ["chrome105", "firefox105", "safari15.4"];
/** What a page that holds nothing but Arabic loads of fonts, in bytes: bold text is the only further file. */
const FIRST_FONTS_BUDGET = 36_000;
/** What the newsroom may load, in bytes after gzip. */
const BUDGETS = { "editor.js": 250_000, "newsroom.js": 10_000, "newsroom.css": 24_000 };
/** Styles of the reading site that the newsroom is set in as well. */
const SHARED_STYLES = ["10-base.css", "40-story.css"];
/** Digits of the hash in a name: enough to tell the versions of one file apart. */
const HASH_LENGTH = 10;

const manifest = {};

await rm(DIST, { recursive: true, force: true });
await mkdir(path.join(DIST, "fonts"), { recursive: true });

const fontLicences = await licences();
const fontRules = await fonts();
await styles(fontRules);
await scripts();
await newsroom(fontRules);
await write("favicon.svg", await readFile(path.join(HERE, "favicon.svg")));
await writeFile(path.join(DIST, "manifest.json"), `${JSON.stringify(sorted(manifest), null, 2)}\n`);

/** Writes the licences of the typefaces, which must go wherever their letters go, and returns the name of that file. */
async function licences() {
  const packages = [...new Set(FACES.map((face) => face.file.split("/").slice(0, 2).join("/")))].sort();
  const texts = packages.map(async (name) => {
    const folder = path.dirname(require.resolve(`${name}/package.json`));
    const file = (await readdir(folder)).includes("LICENSE_FONT") ? "LICENSE_FONT" : "LICENSE";
    return `${name}\n\n${(await readFile(path.join(folder, file), "utf8")).trim()}\n`;
  });
  return write("fonts/licences.txt", Buffer.from((await Promise.all(texts)).join(`\n${"=".repeat(72)}\n\n`)));
}

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
  await sheet("reader.css", fontRules, await stylesOf("styles"));
}

/** The style sheets of a folder, in the order of their names. */
async function stylesOf(folder) {
  return (await readdir(path.join(HERE, folder))).filter((name) => name.endsWith(".css")).sort().map((name) => path.join(folder, name));
}

async function sheet(logical, fontRules, files) {
  const sources = await Promise.all(files.map((file) => readFile(path.join(HERE, file), "utf8")));
  const { code } = await transform([fontRules, ...sources].join("\n"), { loader: "css", minify: true, target: TARGET });
  return write(logical, Buffer.from(`/* Typefaces under the SIL Open Font License: ${fontLicences} */\n${code}`));
}

/** Styles and scripts of the newsroom, each within its budget. */
async function newsroom(fontRules) {
  const shared = SHARED_STYLES.map((name) => path.join("styles", name));
  await sheet("newsroom.css", fontRules, [...shared, ...(await stylesOf("newsroom"))]);
  await bundle("newsroom.js", "newsroom/newsroom.js", "iife");
  await bundle("editor.js", "editor/main.js", "esm");
}

async function bundle(logical, entry, format) {
  const { outputFiles } = await build({
    entryPoints: [path.join(HERE, entry)], absWorkingDir: HERE, bundle: true, write: false, minify: true, format, target: TARGET, legalComments: "none",
    banner: { js: "/* With ProseMirror, MIT licence, © Marijn Haverbeke and others */" },
  });
  await write(logical, Buffer.from(outputFiles[0].contents));
}

async function scripts() {
  const source = await readFile(path.join(HERE, "scripts", "reader.js"), "utf8");
  const { code } = await transform(source, { loader: "js", minify: true, format: "iife", target: TARGET });
  await write("reader.js", Buffer.from(code));
}

/** Writes `bytes` under `logical` with their hash in the name, notes it in the manifest and returns the name. */
async function write(logical, bytes) {
  const most = BUDGETS[logical];
  const weight = most && gzipSync(bytes, { level: 9 }).length;
  if (weight > most) throw new Error(`${logical} weighs ${weight} bytes after gzip, more than the ${most} it may`);
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

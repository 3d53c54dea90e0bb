// A newsroom for one story, small enough to break on demand: the page of the editor, the contract behind it, the
// policy of the real one.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { PROJECT } from "./publication.mjs";

const DIST = path.join(PROJECT, "frontend/dist");
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8", ".png": "image/png" };
export const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "media-src 'self'", "connect-src 'self'",
  "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types warraq-editor",
].join("; ");
/** One grey pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==", "base64");

export class Desk {
  static async open(story = {}) {
    const desk = new Desk();
    desk.manifest = JSON.parse(await readFile(path.join(DIST, "manifest.json"), "utf8"));
    desk.texts = { ar: await textsOf("ar", "editor"), en: await textsOf("en", "editor") };
    desk.roomTexts = { ar: await textsOf("ar", "room"), en: await textsOf("en", "room") };
    desk.reset(story);
    await desk.listen(0);
    return desk;
  }

  /** The story anew, everything well. */
  reset({ language = "ar", body = "", headline = "", kicker = "", standfirst = "" } = {}) {
    this.story = { language, body, headline, kicker, standfirst, version: 7 };
    /** What goes wrong: `{ status, … }` for the draft, or nothing. */
    this.breaks = null;
    this.holder = null;
    this.saves = [];
    this.pictures = [
      { id: "1", src: "/media/one.png", width: 800, height: 500, alt: "ميناء عند الغروب", credit: "تصوير: سلمى", caption: "الميناء مساءً" },
      { id: "2", src: "/media/two.png", width: 640, height: 640, alt: "", credit: "", caption: "" },
      { id: "3", src: "/media/three.png", width: 800, height: 450, alt: "A market in Xi'an", credit: "Photo: Li Na", caption: "" },
    ];
  }

  async listen(port) {
    this.server = createServer((request, response) => this.answer(request, response).catch((error) => response.writeHead(500).end(String(error))));
    await new Promise((resolve) => { this.server.listen(port, "127.0.0.1", resolve); });
    this.port = this.server.address().port;
    this.base = `http://127.0.0.1:${this.port}`;
  }

  /** As if somebody pulled the plug. */
  async die() {
    const { server } = this;
    this.server = null;
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
  }

  async revive() {
    if (!this.server) await this.listen(this.port);
  }

  async answer(request, response) {
    const url = new URL(request.url, this.base);
    const say = (status, type, body) => response.writeHead(status, { "content-type": type, "content-security-policy": POLICY, "cache-control": "no-store", "x-content-type-options": "nosniff" }).end(body);
    const json = (status, value) => say(status, "application/json", JSON.stringify(value));
    if (url.pathname.startsWith("/assets/")) {
      const file = path.join(DIST, path.normalize(url.pathname.slice(8)));
      return say(200, TYPES[path.extname(file)], await readFile(file));
    }
    if (url.pathname === "/favicon.ico") return say(204, "image/png", "");
    if (url.pathname.endsWith(".png")) return say(200, "image/png", PIXEL);
    if (url.pathname === "/look" && request.method === "POST") {
      this.posted = await read(request);
      return response.writeHead(303, { location: `/look?${url.searchParams}` }).end();
    }
    if (url.pathname === "/look") return say(200, TYPES[".html"], await this.look(url.searchParams.get("ui") ?? "ar"));
    if (url.pathname === "/tags") {
      const q = url.searchParams.get("q");
      return json(200, [{ id: "1", name: "الصين" }, { id: "2", name: "الصين الشعبية" }, { id: "3", name: "شاي" }].filter(({ name }) => name.includes(q)));
    }
    if (url.pathname === "/newsroom/articles/12/draft") return this.draft(await read(request), json);
    if (url.pathname === "/newsroom/articles/12/lock") {
      const asked = new URLSearchParams(await read(request));
      if (this.breaks?.status === 401) return json(401, { error: "signed-out" });
      if (this.breaks?.status === 403) return json(403, { error: "not-allowed" });
      if (asked.get("take") === "1") this.holder = null;
      return this.holder ? json(423, { error: "locked", by: this.holder, since: "2026-11-23T10:00:00Z" }) : json(200, { holder: "me" });
    }
    if (url.pathname === "/newsroom/media/") {
      if (request.method === "GET") {
        const q = url.searchParams.get("q") ?? "";
        return json(200, { pictures: this.pictures.filter(({ alt, caption }) => `${alt} ${caption}`.includes(q)) });
      }
      const body = await read(request, "latin1");
      if (body.includes("broken")) return json(422, { error: "هذا الملف ليس صورة." });
      const picture = { id: String(this.pictures.length + 1), src: `/media/new-${this.pictures.length}.png`, width: 600, height: 400, alt: "", credit: "", caption: "" };
      this.pictures.push(picture);
      return json(201, picture);
    }
    if (url.pathname === "/newsroom/articles/12/") {
      if (request.method === "POST") {
        this.take(new URLSearchParams(await read(request)));
        this.story.version += 1;
        return response.writeHead(303, { location: "/newsroom/articles/12/" }).end();
      }
      return say(200, TYPES[".html"], this.page(url.searchParams.get("ui") ?? "ar"));
    }
    return say(404, "text/plain", "nothing here");
  }

  draft(text, json) {
    const fields = new URLSearchParams(text);
    if (this.breaks) return json(this.breaks.status, this.breaks.said ?? { error: "x" });
    if (this.holder) return json(423, { error: "locked", by: this.holder });
    if (Number(fields.get("version")) !== this.story.version) return json(409, { error: "changed", by: "سلمى الكرخي", version: this.story.version });
    this.take(fields);
    this.story.version += 1;
    this.saves.push(Object.fromEntries(fields));
    return json(200, { version: this.story.version, saved_at: new Date().toISOString(), words: 1 });
  }

  take(fields) {
    for (const name of ["headline", "kicker", "standfirst", "body"]) if (fields.has(name)) this.story[name] = fields.get(name).replaceAll("\r\n", "\n");
    if (this.tidies) this.story.body = this.tidies(this.story.body);
  }

  asset(name) {
    return `/assets/${this.manifest[name]}`;
  }

  frame(ui, title, content, scripts = ["newsroom.js"]) {
    return `<!doctype html><html lang="${ui}" dir="${ui === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><title>${title}</title>` +
      `<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="${this.asset("newsroom.css")}"><link rel="icon" href="${this.asset("favicon.svg")}">` +
      `${scripts.map((name) => `<script type="module" src="${this.asset(name)}"></script>`).join("")}</head><body>${content}<script type="application/json" id="room-texts">${inScript(this.roomTexts[ui])}</script></body></html>`;
  }

  page(ui) {
    const { language, body, headline, kicker, standfirst, version } = this.story;
    const t = WORDS[ui];
    const field = (name, label, control) => `<div class="field"><label for="f-${name}">${label}</label>${control}</div>`;
    return this.frame(ui, t.title, `
<div class="room"><header class="room__bar"><p class="room__title"><a href="/">${t.site}</a></p><div class="room__who"><bdi>${t.me}</bdi></div></header>
<nav class="room__nav" aria-label="${t.nav}"><ul><li><a href="#a" aria-current="page">${t.stories}<span class="room__count">12</span></a></li><li><a href="#b">${t.comments}</a></li><li><a href="#c">${t.pictures}</a></li></ul></nav>
<main class="room__main"><div class="page-head"><h1>${t.title}</h1><span class="state state--draft">${t.draft}</span></div>
<form id="story" class="story-form" method="post" action="/newsroom/articles/12/" data-story="12" data-version="${version}" data-draft="/newsroom/articles/12/draft" data-lock="/newsroom/articles/12/lock" data-pictures="/newsroom/media/">
<div class="story-form__text">
${field("kicker", t.kicker, `<input id="f-kicker" name="kicker" dir="auto" value="${escape(kicker)}">`)}
${field("headline", t.headline, `<input id="f-headline" name="headline" dir="auto" class="story-form__headline" value="${escape(headline)}">`)}
${field("standfirst", t.standfirst, `<textarea id="f-standfirst" name="standfirst" dir="auto" class="story-form__standfirst">\n${escape(standfirst)}</textarea>`)}
${field("body", t.body, `<textarea id="f-body" name="body" data-editor dir="auto" lang="${language}" rows="20">\n${escape(body)}</textarea>`)}
</div><div class="story-form__side"><section class="panel"><h2>${t.publish}</h2><div class="story-form__acts"><button class="button button--primary" name="do" value="publish">${t.publish}</button><button class="button" name="do" value="save">${t.save}</button></div></section>
<section class="panel"><h2>${t.about}</h2>${field("section", t.section, `<select id="f-section" name="section"><option value="1">${t.culture}</option><option value="2">${t.economy}</option></select>`)}
<fieldset class="choices"><legend>${t.kind}</legend><label><input type="radio" name="kind" value="own" checked> ${t.own}</label><label><input type="radio" name="kind" value="wire"> ${t.wire}</label></fieldset></section>
<section class="panel" data-lead><h2>${t.lead}</h2>${field("lead", t.number, `<input id="f-lead" name="lead" type="number" dir="ltr" data-picture>`)}${field("lead_alt", t.alt, `<input id="f-lead_alt" name="lead_alt" dir="auto">`)}</section>
<section class="panel"><h2>${t.tags}</h2>${field("tags", t.tags, `<input id="f-tags" name="tags" dir="auto" value="شاي، موانئ" data-complete="/tags?q=" data-name="tag" data-new="tag">`)}<input name="note" aria-label="note"></section></div>
<input type="hidden" name="version" value="${version}"></form></main></div>
<script type="application/json" id="editor-texts">${inScript(this.texts[ui])}</script>`, ["newsroom.js", "editor.js"]);
  }

  async look(ui) {
    const { look } = await import("./look.mjs");
    return this.frame(ui, ui === "ar" ? "أجزاء غرفة الأخبار" : "Parts of the newsroom", look(ui));
  }
}

const WORDS = {
  ar: { title: "تحرير مادة", site: "ورّاق", me: "ليان الزعفراني", nav: "غرفة الأخبار", stories: "المواد", comments: "التعليقات", pictures: "الصور", draft: "مسودة", kicker: "عنوان علوي", headline: "العنوان", standfirst: "المقدمة", body: "متن المادة", publish: "انشر", save: "احفظ", about: "عن المادة", section: "القسم", culture: "ثقافة", economy: "اقتصاد", kind: "نوع المادة", own: "خاص", wire: "وكالات", lead: "الصورة الرئيسة", number: "رقمها", alt: "وصفها", tags: "وسوم" },
  en: { title: "Edit a story", site: "Warraq", me: "Layan Zaafarani", nav: "Newsroom", stories: "Stories", comments: "Comments", pictures: "Pictures", draft: "draft", kicker: "Kicker", headline: "Headline", standfirst: "Standfirst", body: "Text of the story", publish: "Publish", save: "Save", about: "About the story", section: "Section", culture: "Culture", economy: "Economy", kind: "Kind of story", own: "Own", wire: "Wire", lead: "Lead picture", number: "Its number", alt: "Its description", tags: "Tags" },
};

const inScript = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The texts of the editor, or of the newsroom's script, as the server hands them on. */
async function textsOf(language, prefix) {
  const source = await readFile(path.join(PROJECT, `crates/warraq/locales/${language}.ftl`), "utf8");
  return Object.fromEntries([...source.matchAll(new RegExp(`^${prefix}-([a-z0-9-]+) = (.*)$`, "gm"))].map(([, key, text]) => [key, text]));
}

async function read(request, encoding = "utf8") {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString(encoding);
}

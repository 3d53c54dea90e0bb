// Does what is scheduled go out on time, once, whatever happens to the server? How soon does everybody see what is published?
//
// Whether it happens is checked; how long it took is told. No browser is needed.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { check, equal, tell } from "../lib/tally.mjs";
import { KEPT } from "../lib/publication.mjs";

const EMAIL = "punctual@news.example";
const PASSWORD = "correct horse battery";
const STORIES = 1_000;
/** Seconds over which they go out. */
const SPREAD = 24;
/** Stories that are published by hand. */
const BY_HAND = 20;

/** Somebody at work without a browser. */
class Colleague {
  constructor(publication) {
    this.publication = publication;
  }

  async comesIn() {
    const door = await this.sends("/newsroom/sign-in", { email: EMAIL, password: PASSWORD });
    this.cookie = door.headers.get("set-cookie").split(";")[0];
    return this;
  }

  sends(address, fields) {
    const headers = { origin: this.publication.base, "content-type": "application/x-www-form-urlencoded", cookie: this.cookie ?? "" };
    return this.publication.get(address, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
  }

  /** Rows of the log about one act: article and time. */
  async did(act) {
    const file = await (await this.sends("/newsroom/audit/file", { act })).text();
    const rows = file.trim().split("\n").slice(1).map((line) => line.match(/"([^"]*)"/g).map((cell) => cell.slice(1, -1)));
    return rows.filter((row) => row.includes(act)).map((row) => ({ at: Date.parse(row.find((cell) => /^\d{4}-.*Z$/.test(cell))), row }));
  }
}

export async function punctual(open) {
  const publication = await open("punctual", { found: { options: ["--title", "Punctual", "--language", "en", "--time-zone", "UTC"] } });
  await publication.hires(EMAIL, "Laila", "owner", PASSWORD);
  const laila = await new Colleague(publication).comesIn();

  await tell("punctual: published, and seen by everybody", async () => {
    await laila.sends("/newsroom/sections/", { do: "add", name: "Harbours", slug: "harbours" });
    const took = {};
    for (let number = 0; number < BY_HAND; number += 1) {
      const word = `xylograph${String.fromCharCode(97 + number)}`;
      const fields = { headline: `A ${word} in the harbour`, body: `<p>Somebody found a ${word}.</p>`, section: "1", comments_open: "1" };
      const story = (await laila.sends("/newsroom/articles/new", fields)).headers.get("location");
      // Every page is in the memory of the server, as readers left it.
      const pages = { front: "/", section: "/category/harbours/", feed: "/feed/", sitemap: `/sitemap-${new Date().toISOString().slice(0, 7)}.xml`, search: `/?s=${word}` };
      await Promise.all(Object.values(pages).map(async (address) => (await publication.get(address)).text()));
      const began = performance.now();
      const sent = await laila.sends(story, { ...fields, version: "0", do: "publish" });
      if (!check(sent.status === 303, "published", `${sent.status} ${await sent.text()}`)) return;
      const answered = performance.now() - began;
      const short = `/a/${story.match(/\d+/)[0]}`;
      const seen = async (name, address) => {
        for (;;) {
          const answer = await publication.get(address, name === "article" ? {} : { redirect: "follow" });
          const text = await answer.text();
          const there = name === "article" ? answer.status === 301 : text.includes(name === "sitemap" ? word : `A ${word} in`) || text.includes(`<mark>${word}`);
          if (there) break;
          if (performance.now() - began > 5_000) {
            check(false, `${name} shows it within five seconds`);
            break;
          }
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        (took[name] ??= []).push(performance.now() - began);
      };
      (took["answer to whoever published"] ??= []).push(answered);
      await Promise.all([...Object.entries(pages), ["article", short]].map(([name, address]) => seen(name, address)));
    }
    check(true, "seen everywhere");
    for (const [name, times] of Object.entries(took)) {
      times.sort((one, other) => one - other);
      console.log(`  from «publish» to the ${name}: median ${times[times.length >> 1].toFixed(0)} ms, most ${times.at(-1).toFixed(0)} ms`);
    }
  });

  await tell(`punctual: ${STORIES} stories, two servers that end in between`, async () => {
    const lines = Array.from({ length: STORIES }, (_, number) => JSON.stringify({
      id: 10_000 + number, guid: `urn:punctual:${number}`, title: `Story ${number}`, slug: `story-${number}`, date: "2024-01-01T00:00:00Z", paragraphs: ["On time."],
    }));
    const folder = path.join(KEPT, "sites", "punctual-articles");
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, "articles.jsonl");
    await writeFile(file, lines.join("\n"));
    await publication.run("import", "articles", file);
    const ids = [];
    for (let next = "/newsroom/articles/?list=draft"; next;) {
      const page = await (await publication.get(next, { headers: { cookie: laila.cookie } })).text();
      ids.push(...[...page.matchAll(/href="\/newsroom\/articles\/(\d+)\/"/g)].map((found) => Number(found[1])));
      next = page.match(/rel="next" href="([^"]+)"/)?.[1].replaceAll("&amp;", "&").replaceAll("&#x2f;", "/");
    }
    equal(new Set(ids).size, STORIES, "all of them are drafts");
    const wanted = new Map();
    const begin = Math.ceil(Date.now() / 1_000) * 1_000 + 20_000;
    const waiting = [...new Set(ids)];
    const schedule = async () => {
      for (let id = waiting.pop(); id; id = waiting.pop()) {
        const at = begin + (id % SPREAD) * 1_000;
        const answer = await laila.sends(`/newsroom/articles/${id}/state`, { do: "schedule", at: new Date(at).toISOString().slice(0, 19) });
        if (answer.status === 303) wanted.set(id, at);
      }
    };
    await Promise.all(Array.from({ length: 8 }, schedule));
    equal(wanted.size, STORIES, "all of them are scheduled");
    check(Date.now() < begin, "before the first goes out", `${Date.now() - begin} ms late`);
    const until = (moment) => new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - Date.now())));
    const down = [];
    for (const [seconds, signal] of [[6.5, "SIGKILL"], [15.5, "SIGTERM"]]) {
      await until(begin + seconds * 1_000);
      const from = Date.now();
      publication.server.kill(signal);
      await publication.ended;
      await publication.serve();
      down.push([from, Date.now()]);
    }
    const out = async () => {
      const page = await (await publication.get("/newsroom/articles/?list=scheduled", { headers: { cookie: laila.cookie } })).text();
      return !/href="\/newsroom\/articles\/\d+\/"/.test(page);
    };
    await until(begin + SPREAD * 1_000);
    const patience = Date.now() + 30_000;
    while (!await out() && Date.now() < patience) await new Promise((resolve) => setTimeout(resolve, 100));
    const went = new Map();
    for (const { at, row } of await laila.did("published")) {
      const id = row.map(Number).find((cell) => wanted.has(cell));
      if (id) went.set(id, [...went.get(id) ?? [], at]);
    }
    equal([...wanted.keys()].filter((id) => went.get(id)?.length !== 1).length, 0, "each went out exactly once");
    equal([...wanted].filter(([id, at]) => went.get(id)?.[0] < at).length, 0, "none before its time");
    const late = [...wanted].filter(([id]) => went.has(id)).map(([id, at]) => {
      const pause = down.find(([from, to]) => at >= from - 1_000 && at <= to);
      return went.get(id)[0] - Math.max(at, pause?.[1] ?? at);
    }).sort((one, other) => one - other);
    console.log(`  after its time, or after the server was there again: median ${late[late.length >> 1]} ms, 99 % ${late[Math.floor(late.length * 0.99)]} ms, most ${late.at(-1)} ms; the server was away for ${down.map(([from, to]) => `${to - from} ms`).join(" and ")}`);
    const gone = await Promise.all([...wanted.keys()].slice(0, 200).map(async (id) => (await publication.get(`/a/${id}`)).status));
    equal(gone.filter((status) => status !== 301).length, 0, "readers have them");
  });
}

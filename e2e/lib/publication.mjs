// A publication of its own for a story: founded, filled, served on a free port, stopped by its process.

import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { appendFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
/** Everything that a run leaves behind. */
export const KEPT = path.join(PROJECT, "target/e2e");
export const DEMO = path.join(PROJECT, "crates/warraq/demo");
const WARRAQ = process.env.WARRAQ ?? path.join(PROJECT, "target/release/warraq");
/** How long a server may take to be ready. */
const READY_WITHIN = 15_000;
const run = promisify(execFile);
const serving = new Set();

// Nothing that was started outlives this process, however it ends.
process.on("exit", () => { for (const server of serving) server.kill("SIGKILL"); });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

export class Publication {
  /**
   * Founds one.
   * @param name of its folder under target/e2e/sites
   * @param plan `init --from` file as text, or nothing
   * @param options further arguments of `init`
   * @param database a URL, where it is not to be SQLite
   * @param host by which browsers know it; passkeys want a name
   */
  static async found(name, { plan, options = [], database, host = "127.0.0.1" } = {}) {
    const publication = new Publication();
    publication.name = name;
    publication.folder = path.join(KEPT, "sites", name);
    publication.log = path.join(KEPT, `${name}.log`);
    publication.database = database;
    publication.port = await freePort();
    publication.base = `http://${host}:${publication.port}`;
    await rm(publication.folder, { recursive: true, force: true });
    await mkdir(path.dirname(publication.folder), { recursive: true });
    await rm(publication.log, { force: true });
    if (plan) {
      const file = path.join(KEPT, "sites", `${name}.toml`);
      await writeFile(file, plan);
      options = ["--from", file, ...options];
    }
    await publication.run("init", "--base-url", publication.base, ...options);
    // Readers of the stories come from networks of their own, which a proxy on this machine vouches for.
    // So do the feeds that it asks.
    await appendFile(path.join(publication.folder, "warraq.toml"), 'trusted_proxies = ["127.0.0.1"]\n\n[fetch]\nallow = ["127.0.0.1"]\npause = 0\n');
    return publication;
  }

  /** Runs a command on this publication and returns what it printed; throws when it fails. */
  async run(...words) {
    // Later commands read in the settings which database it is.
    const database = this.database && words[0] === "init" ? ["--database", this.database] : [];
    const { stdout } = await run(WARRAQ, [...words, "--site", this.folder, ...database], { maxBuffer: 1 << 26 });
    return stdout;
  }

  /** Opens a staff account. */
  async hires(email, name, role, password) {
    const words = ["user", "add", email, "--name", name, "--role", role, "--password-stdin", "--site", this.folder];
    const command = execFile(WARRAQ, words);
    command.stdin.end(password);
    const status = await new Promise((resolve) => command.once("exit", resolve));
    if (status !== 0) throw new Error(`no account for ${name}: status ${status}`);
  }

  /** Takes in articles of the demonstration; `change` may leave some out (null) or alter them. */
  async fill(change = (article) => article) {
    const lines = (await readFile(path.join(DEMO, "articles.jsonl"), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
    const articles = lines.map(change).filter(Boolean);
    const folder = path.join(KEPT, "sites", `${this.name}-articles`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await cp(path.join(DEMO, "media"), path.join(folder, "media"), { recursive: true });
    const file = path.join(folder, "articles.jsonl");
    await writeFile(file, articles.map((article) => JSON.stringify(article)).join("\n"));
    await this.run("import", "articles", file, "--publish");
    return articles;
  }

  /** Serves, and waits until it answers. */
  async serve({ options = [], log = "info" } = {}) {
    const output = createWriteStream(this.log, { flags: "a" });
    const server = spawn(WARRAQ, ["serve", "--site", this.folder, "--listen", `127.0.0.1:${this.port}`, ...options], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, WARRAQ_LOG: log },
    });
    server.stdout.pipe(output, { end: false });
    server.stderr.pipe(output, { end: false });
    serving.add(server);
    this.ended = new Promise((resolve) => server.once("exit", resolve));
    server.once("exit", () => serving.delete(server));
    this.server = server;
    const until = Date.now() + READY_WITHIN;
    while (Date.now() < until && server.exitCode === null) {
      const answer = await fetch(`${this.base}/readyz`).catch(() => null);
      if (answer?.ok) return this;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${this.name} is not ready; see ${this.log}`);
  }

  /** Asks the server to stop, and waits. */
  async stop() {
    if (!this.server) return;
    this.server.kill("SIGTERM");
    const late = setTimeout(() => this.server.kill("SIGKILL"), 10_000);
    await this.ended;
    clearTimeout(late);
    this.server = undefined;
  }

  /** Comments in a state, as the command line lists them. */
  async comments(status = "held") {
    return JSON.parse(await this.run("comments", "list", "--status", status, "--limit", "500", "--json"));
  }

  async withdraw(id, reason) {
    await this.run("article", "withdraw", String(id), "--reason", reason);
  }

  async approve(...ids) {
    await this.run("comments", "approve", ...ids.map(String));
  }

  /** One answer, redirects not followed. */
  async get(address, options = {}) {
    return fetch(new URL(address, this.base), { redirect: "manual", ...options });
  }
}

async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// What was typed here that the server does not know yet?
//
// One record a story in IndexedDB: the state that is being written (`current`), and what earlier visits left behind and
// nobody has decided about yet (`offered`).

const DATABASE = "warraq";
const STORE = "copies";

let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
  return opening;
}

async function run(mode, act) {
  const transaction = (await database()).transaction(STORE, mode, { durability: "relaxed" });
  const request = act(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export class Keeper {
  /** @param story the name of the story among those of this site */
  constructor(story) {
    this.story = story;
    this.record = { current: null, offered: [] };
    this.writing = Promise.resolve();
  }

  /** What earlier visits left, newest first. */
  async open() {
    const record = (await run("readonly", (store) => store.get(this.story))) ?? this.record;
    this.record = { current: null, offered: [record.current, ...record.offered].filter(Boolean).slice(0, 5) };
    return this.record.offered;
  }

  /** Keeps a state: `{ fields, at }`. Resolves when it is written. */
  keep(copy) {
    this.record.current = copy;
    return this.write();
  }

  /** The server has what is being written. */
  forget() {
    if (!this.record.current) return this.writing;
    this.record.current = null;
    return this.write();
  }

  /** Somebody decided about a copy of an earlier visit. */
  settle(copy) {
    this.record.offered = this.record.offered.filter((other) => other !== copy);
    return this.write();
  }

  write() {
    const record = { current: this.record.current, offered: [...this.record.offered] };
    const isEmpty = !record.current && !record.offered.length;
    this.writing = run("readwrite", (store) => (isEmpty ? store.delete(this.story) : store.put(record, this.story)));
    return this.writing;
  }
}

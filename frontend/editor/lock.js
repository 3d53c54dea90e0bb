// Whose turn is it to write?

const EVERY = 20_000;

/**
 * Says every twenty seconds, while the page is seen, that somebody works here.
 * `changed` hears `null` when it is ours, `{ by, since }` when it is another's.
 */
export function watchLock({ address, changed }) {
  let timer = 0;
  let state = "unknown";

  async function ask(take = false) {
    clearTimeout(timer);
    try {
      const answer = await fetch(address, {
        method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(take ? { take: "1" } : {}),
      });
      if (answer.status === 423) tell("other", await answer.json());
      else if (answer.ok) tell("mine", null, take);
    } catch {
      // Without the server nobody else can write either; saving says that it is gone.
    }
    if (document.visibilityState === "visible") timer = setTimeout(ask, EVERY);
  }
  function tell(next, who, asked = false) {
    const isNews = next !== state || who || asked;
    const before = state;
    state = next;
    if (isNews) changed(who, before);
  }
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") ask(); else clearTimeout(timer); });
  ask();
  return { take: () => ask(true), ask: () => ask() };
}

// Small comforts; every page is complete without them. Nothing is remembered and nobody is asked.

const form = document.querySelector(".respond form");
if (form) {
  answerInPlace(document.querySelector(".respond"));
  const opened = performance.now();
  form.addEventListener("submit", () => {
    // Nobody types a comment within a second or two; machines do.
    form.elements.seconds_open.value = Math.round((performance.now() - opened) / 1000);
    // One click, one comment. A page that the reader returns to must work again.
    const button = form.querySelector("button");
    setTimeout(() => { button.disabled = true; });
    addEventListener("pageshow", () => { button.disabled = false; });
  });
}
document.querySelector("#problems")?.focus();
offerCopy(document.querySelector(".short-address"));
document.querySelectorAll("[data-proposals]").forEach(proposeHeadlines);

/** «Reply» brings the form below the comment instead of loading the page again. */
function answerInPlace(respond) {
  const title = respond.querySelector(".respond__title");
  const cancel = respond.querySelector(".respond__cancel");
  const parent = form.elements.comment_parent;
  const home = document.createComment("");
  respond.before(home);

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const reply = event.target.closest("[data-reply]");
    if (reply) {
      event.preventDefault();
      parent.value = reply.dataset.reply;
      // The name goes in as text between isolating characters, whatever its direction.
      const name = document.querySelector(`#author-${CSS.escape(parent.value)} bdi`).textContent;
      title.textContent = form.dataset.replyTitle.replace("{name}", () => `\u2068${name}\u2069`);
      cancel.hidden = false;
      reply.closest("article").append(respond);
      form.elements.comment.focus();
    } else if (event.target.closest("[data-cancel]")) {
      event.preventDefault();
      const answered = parent.value;
      parent.value = 0;
      title.textContent = form.dataset.title;
      cancel.hidden = true;
      home.after(respond);
      document.querySelector(`[data-reply="${CSS.escape(answered)}"]`)?.focus();
    }
  });
}

/** A button beside the short address that copies it. */
function offerCopy(address) {
  if (!address || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = address.dataset.copy;
  button.setAttribute("aria-describedby", "short-address");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address.href);
    button.textContent = address.dataset.copied;
  });
  address.after(button);
}

/** Headlines that fit what is typed so far, under the search field. */
function proposeHeadlines(field) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-proposals`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting;
  field.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // A headline that was chosen is looked for at once.
    if (event.inputType === "insertReplacementText" || !event.inputType) return;
    waiting = setTimeout(async () => {
      const words = field.value.trim();
      if (words.length < 2) return list.replaceChildren();
      try {
        const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(words)}`);
        const headlines = answer.ok ? await answer.json() : [];
        list.replaceChildren(...headlines.map((headline) => new Option("", headline)));
      } catch {
        // Without proposals the field works as before.
      }
    }, 150);
  });
}

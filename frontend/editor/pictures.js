// Which picture? Those that are there, found by words, or new ones: chosen, dragged or pasted.

import { h, openDialog } from "./dom.js";
import { schema } from "./schema.js";
import { isOurs } from "./views.js";

const SEARCH_AFTER = 250;

/** Sends one file. `progress` gets a share from 0 to 1. Resolves to the picture, rejects with a sentence. */
export function upload(address, file, texts, progress = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
    request.addEventListener("load", () => {
      if (request.status === 201 && request.response?.src) resolve(request.response);
      else reject(new Error(request.response?.error && request.status === 422 ? request.response.error : texts(request.status === 401 ? "upload-signed-out" : request.status === 413 ? "upload-too-big" : "upload-failed")));
    });
    request.addEventListener("error", () => reject(new Error(texts("upload-failed"))));
    const data = new FormData();
    data.append("file", file, file.name);
    request.send(data);
  });
}

/** The block for what the media library says about a picture. */
export function pictureNode({ src, width, height, alt, credit, caption }) {
  const image = { src, alt: alt ?? "" };
  if (width && height) Object.assign(image, { width: String(width), height: String(height) });
  const words = (text) => (text?.trim() ? schema.text(text.trim()) : null);
  return schema.nodes.picture.create({ image }, [schema.nodes.caption.create(null, words(caption)), schema.nodes.credit.create(null, words(credit))]);
}

export function galleryNode(pictures) {
  return schema.nodes.gallery.create(null, [...pictures.map(pictureNode), schema.nodes.caption.create()]);
}

/** Opens the dialog; `chosen` gets what was chosen, `most` pictures of it. */
export function choosePictures({ address, texts, chosen, most = Infinity }) {
  openDialog(texts("pictures-title"), texts, (body, close) => {
    const picked = new Map();
    const list = h("ul", { class: "grid" });
    const empty = h("p", { class: "empty", hidden: true }, texts("pictures-none"));
    const problems = h("div", { role: "alert" });
    const insert = h("button", { type: "button", class: "button button--primary", disabled: true, click: take }, texts("insert"));
    const search = h("input", { type: "search", dir: "auto", id: "pictures-search", autofocus: true, input: later });
    const file = h("input", { type: "file", accept: "image/*", multiple: true, id: "pictures-file", class: "hidden", change: () => send(file.files) });
    const drop = h("div", { class: "drop" }, h("label", { class: "button", for: "pictures-file" }, texts("upload")), file, h("span", {}, texts("upload-hint")));
    for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("drop--over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("drop--over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("drop--over");
      send(event.dataTransfer.files);
    });
    body.append(
      h("div", { class: "field" }, h("label", { for: "pictures-search" }, texts("pictures-search")), search),
      drop, problems, list, empty, h("div", { class: "dialog__foot" }, insert, h("button", { type: "button", class: "button", click: () => close() }, texts("cancel"))),
    );
    let [waiting, asked] = [0, 0];
    look();

    function later() {
      clearTimeout(waiting);
      waiting = setTimeout(look, SEARCH_AFTER);
    }

    async function look() {
      const mine = (asked += 1);
      const url = new URL(address, location.href);
      url.searchParams.set("q", search.value.trim());
      try {
        const answer = await fetch(url, { headers: { accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const { pictures } = await answer.json();
        if (mine !== asked) return;
        list.replaceChildren(...[...picked.values()].map((picture) => item(picture)), ...pictures.filter(({ id }) => !picked.has(id)).map((picture) => item(picture)));
        empty.hidden = list.children.length > 0;
      } catch {
        if (mine === asked) problems.replaceChildren(h("p", { class: "notice notice--bad" }, texts("pictures-unreachable")));
      }
    }

    function item(picture) {
      const box = h("input", { type: "checkbox", checked: picked.has(picture.id), change: () => {
        if (box.checked && most === 1) {
          picked.clear();
          for (const other of list.querySelectorAll("input:checked")) other.checked = other === box;
        }
        if (box.checked) picked.set(picture.id, picture);
        else picked.delete(picture.id);
        counted();
      } });
      return h("li", {}, h("label", { class: "grid__item" }, box, h("img", { src: isOurs(picture.src) && picture.src, alt: "", loading: "lazy", width: picture.width, height: picture.height }),
        h("span", { dir: "auto" }, picture.alt || picture.caption || texts("alt-missing")), picture.credit ? h("small", { dir: "auto" }, picture.credit) : null));
    }

    function counted() {
      insert.disabled = picked.size === 0;
      insert.textContent = picked.size > 1 ? texts.count("insert-gallery", picked.size) : texts("insert");
    }

    async function send(files) {
      for (const one of files) {
        const bar = h("progress", { max: 1, value: 0, "aria-label": one.name });
        const line = h("p", { class: "notice notice--info" }, h("bdi", {}, one.name), " ", bar);
        problems.append(line);
        try {
          const picture = await upload(address, one, texts, (share) => { bar.value = share; });
          if (most === 1) {
            picked.clear();
            for (const other of list.querySelectorAll("input:checked")) other.checked = false;
          }
          picked.set(picture.id, picture);
          list.prepend(item(picture));
          empty.hidden = true;
          line.remove();
        } catch (error) {
          line.className = "notice notice--bad";
          line.replaceChildren(h("bdi", {}, one.name), ": ", error.message);
        }
        counted();
      }
    }

    function take() {
      close();
      chosen([...picked.values()]);
    }
  }, { wide: true });
}

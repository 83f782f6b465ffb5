import { fetchJson } from "../api.js";

// When an attempt has ended, what it held is free again, or what it made need not be made twice.
const ENDED = ["done", "failed", "cancelled"];

/** Does the server know it? What is still on its way there has a name of ours. */
function isNamed(id) {
  return Boolean(id) && !id.startsWith("upload-");
}

/** What the button says that its click will cost, take and give. */
export class Quote {
  seconds = null;
  /** The price that is on the screen. */
  credits = null;
  #root;
  #asked = "";

  constructor(root) {
    this.#root = root;
  }

  async ask(photo, tool, settings, { attempt, parent }) {
    if (!photo || photo.local) return;
    // Without its picture nobody knows, and to ask would be an error.
    if (settings.background === "picture" && !isNamed(settings.picture)) return;
    const url = `/tools/${tool}/quote/?${new URLSearchParams({ photo: photo.id, ...settings, ...(parent && { parent }) })}`;
    const key = `${url} ${photo.state} ${ENDED.includes(attempt?.status) ? attempt.id : ""}`;
    if (key === this.#asked) return;
    this.#asked = key;
    const quote = await fetchJson(url).catch(() => null);
    if (!quote || key !== this.#asked) return;
    this.seconds = quote.seconds ?? null;
    this.credits = quote.credits ?? null;
    // A new element: words that grow in place would push the line about.
    const words = Object.assign(document.createElement("small"), { className: "quote" });
    words.textContent = quote.words;
    this.#root.querySelector(".quote").replaceWith(words);
  }
}

/** What a click on a button that starts several attempts at once will cost in all; until that is known it rests. */
export class TotalQuote {
  /** The price that is on the button. */
  credits = null;
  #button;
  #asked = "";

  constructor(button) {
    this.#button = button;
  }

  async ask(photo, tool, settings, { attempt, parent, name, values, resting }) {
    const known = photo && !photo.local && isNamed(photo.id) && !(settings.background === "picture" && !isNamed(settings.picture));
    const query = new URLSearchParams({ photo: photo?.id ?? "", ...settings, ...(parent && { parent }), over: name });
    query.delete(name);
    for (const value of values) query.append(name, value);
    const url = `/tools/${tool}/quote/all/?${query}`;
    const key = known ? `${url} ${photo.state} ${ENDED.includes(attempt?.status) ? attempt.id : ""}` : "";
    if (key && key === this.#asked) return;
    this.#asked = key;
    this.credits = null;
    this.#button.disabled = true;
    this.#button.textContent = resting;
    const total = key ? await fetchJson(url).catch(() => null) : null;
    if (!total || key !== this.#asked) return;
    this.credits = total.credits;
    this.#button.textContent = total.words;
    this.#button.disabled = false;
  }
}

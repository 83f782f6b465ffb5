import { fetchJson } from "../api.js";

// When an attempt has ended, what it held is free again, or what it made need not be made twice.
const ENDED = ["done", "failed", "cancelled"];

/** Does the server know it? What is still on its way there has a name of ours. */
function isNamed(id) {
  return Boolean(id) && !id.startsWith("upload-");
}

/** What a click will cost, take and give, said in the ".quote" at a place of the element. */
export class Quote {
  seconds = null;
  /** The price that is on the screen. */
  credits = null;
  /** What it said was of another tool, and what it will say is not there yet. */
  waits = false;
  #root;
  #place;
  #asked = "";

  constructor(root, place) {
    this.#root = root;
    this.#place = `${place} .quote`;
  }

  /** Say nothing more of what was asked before. */
  forget() {
    [this.seconds, this.credits, this.#asked, this.waits] = [null, null, "", true];
    this.#say("");
  }

  /** Resolves when it is said, or will not be. */
  async ask(photo, tool, settings, { attempt, parent }) {
    // Without its picture nobody knows, and to ask would be an error.
    const isUnknown = settings.background === "picture" && !isNamed(settings.picture);
    if (isUnknown) this.waits = false;
    if (!photo || photo.local || isUnknown) return;
    const url = `/tools/${tool}/quote/?${new URLSearchParams({ photo: photo.id, ...settings, ...(parent && { parent }) })}`;
    const key = `${url} ${photo.state} ${ENDED.includes(attempt?.status) ? attempt.id : ""}`;
    if (key === this.#asked) return;
    this.#asked = key;
    const quote = await fetchJson(url).catch(() => null);
    if (key !== this.#asked) return;
    this.waits = false;
    if (!quote) return;
    this.seconds = quote.seconds ?? null;
    this.credits = quote.credits ?? null;
    this.#say(quote.words);
  }

  #say(textContent) {
    // A new element: words that grow in place would push the line about.
    const words = Object.assign(document.createElement("small"), { className: "quote", textContent });
    this.#root.querySelector(this.#place).replaceWith(words);
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

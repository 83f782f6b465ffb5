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

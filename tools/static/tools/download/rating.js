import { postForm } from "../editor/api.js";
import { emitEvent, setSlotText } from "../editor/dom.js";
import { locale, getMessage } from "../editor/messages.js";

/** The tools that this browser was asked about. */
const ASKED = "packshot-asked";

/** Asks what the visitor thinks of a tool, once, after a download. Tells "rated". */
class Rating extends HTMLElement {
  #workspace = null;
  #attempt = null;

  connectedCallback() {
    this.form = document.getElementById("rating");
    this.closest("packshot-editor").addEventListener("downloaded", ({ detail }) => this.#ask(detail.attempt));
    this.querySelector("[data-rating]").addEventListener("click", () => this.#end(""));
    this.addEventListener("change", () => this.#chosen());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  show(workspace) {
    this.#workspace = workspace;
  }

  #ask(attemptId) {
    const attempt = this.#workspace.attempts.get(attemptId);
    const asked = (localStorage.getItem(ASKED) ?? "").split(" ");
    if (!attempt || asked.includes(attempt.tool)) return;
    localStorage.setItem(ASKED, [...asked, attempt.tool].join(" ").trim());
    this.#attempt = attempt;
    this.form.reset();
    this.#open(true);
    this.hidden = false;
  }

  #chosen() {
    for (const part of ["words", "send"]) this.querySelector(`[data-part="${part}"]`).hidden = false;
  }

  async #send() {
    const fields = Object.fromEntries(new FormData(this.form));
    if (!fields.stars) return;
    try {
      await postForm("/ratings/", { ...fields, attempt: this.#attempt.id, locale });
      emitEvent(this, "rated", { stars: Number(fields.stars) });
      this.#end(getMessage("thanks"));
    } catch (error) {
      this.#end(error.words ?? getMessage("lost"));
    }
  }

  /** What is said stays where the question was; with nothing to say, the question goes. */
  #end(words) {
    this.#open(false);
    setSlotText(this, "thanks", words);
    this.querySelector('[data-slot="thanks"]').hidden = !words;
    this.hidden = !words;
    if (words) emitEvent(this, "said", { words });
  }

  #open(open) {
    for (const part of this.querySelectorAll("fieldset, .acts")) part.hidden = !open;
    for (const part of this.querySelectorAll("[data-part]")) part.hidden = true;
  }
}

customElements.define("packshot-rating", Rating);

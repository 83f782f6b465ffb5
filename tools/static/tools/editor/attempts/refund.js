import { postForm } from "../api.js";
import { emitEvent } from "../dom.js";
import { getMessage } from "../messages.js";

/** Bad result? Credits back, with a reason. Tells "said" with words, and "credits" to the page. */
class Refund extends HTMLElement {
  #attempt = null;
  #seen = "";

  connectedCallback() {
    this.form = document.getElementById("credits-back");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(new FormData(this.form));
    });
  }

  show(workspace) {
    const attempt = workspace.attempt?.status === "done" ? workspace.attempt : null;
    this.#attempt = attempt;
    this.hidden = !attempt || (!attempt.credits && !attempt.given_back);
    this.querySelector("details").hidden = attempt?.given_back ?? false;
    this.querySelector("[data-slot=given]").hidden = !attempt?.given_back;
    this.#follow(workspace);
  }

  /** Credits move when attempts start and end: whoever shows them looks again. */
  #follow(workspace) {
    const states = [...workspace.attempts.values()].filter(({ local }) => !local);
    const seen = states.map(({ id, status }) => `${id} ${status}`).join();
    if (seen !== this.#seen) document.dispatchEvent(new CustomEvent("credits"));
    this.#seen = seen;
  }

  async #ask(fields) {
    const attempt = this.#attempt;
    fields.set("attempt", attempt.id);
    try {
      const { words } = await postForm(this.form.action, fields);
      this.querySelector("details").open = false;
      emitEvent(this, "back", { attempt });
      emitEvent(this, "said", { words });
      document.dispatchEvent(new CustomEvent("credits"));
    } catch (error) {
      emitEvent(this, "said", { words: error.words ?? getMessage("lost"), bad: true });
    }
  }
}

customElements.define("packshot-refund", Refund);

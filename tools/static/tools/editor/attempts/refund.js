import { post } from "../api.js";
import { tell } from "../dom.js";
import { say } from "../messages.js";

/** Bad result? Credits back, with a reason. Tells "said" with words, and "credits" to the page. */
class Back extends HTMLElement {
  #attempt = null;
  #seen = "";

  connectedCallback() {
    this.form = document.getElementById("credits-back");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(new FormData(this.form));
    });
  }

  show(desk) {
    const attempt = desk.attempt?.status === "done" ? desk.attempt : null;
    this.#attempt = attempt;
    this.hidden = !attempt || (!attempt.credits && !attempt.given_back);
    this.querySelector("details").hidden = attempt?.given_back ?? false;
    this.querySelector("[data-slot=given]").hidden = !attempt?.given_back;
    this.#follow(desk);
  }

  /** Credits move when attempts start and end: whoever shows them looks again. */
  #follow(desk) {
    const states = [...desk.attempts.values()].filter(({ local }) => !local);
    const seen = states.map(({ id, status }) => `${id} ${status}`).join();
    if (seen !== this.#seen) document.dispatchEvent(new CustomEvent("credits"));
    this.#seen = seen;
  }

  async #ask(fields) {
    const attempt = this.#attempt;
    fields.set("attempt", attempt.id);
    try {
      const { words } = await post(this.form.action, fields);
      this.querySelector("details").open = false;
      tell(this, "back", { attempt });
      tell(this, "said", { words });
      document.dispatchEvent(new CustomEvent("credits"));
    } catch (error) {
      tell(this, "said", { words: error.words ?? say("lost"), bad: true });
    }
  }
}

customElements.define("packshot-back", Back);

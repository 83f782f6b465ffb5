import { ask, post } from "../editor/api.js";
import { reconcile, stamp, tell, write } from "../editor/dom.js";
import { say } from "../editor/words.js";

const NEW = "new";

/** What makes the same again, to copy, and the same on another photo. Tells "attempt" and "act". */
class Recipe extends HTMLElement {
  #desk = null;
  #attempt = null;
  #recipe = null;

  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.text = this.querySelector("textarea");
    this.addEventListener("change", () => this.#draw());
    this.addEventListener("click", ({ target }) => {
      const other = target.closest(".others li")?.dataset.key;
      if (other) this.#again(other);
      if (target.closest("[data-recipe]")) this.#copy();
    });
  }

  show(desk) {
    this.#desk = desk;
    if (this.dialog.open) this.#offer();
  }

  async open() {
    this.#attempt = this.#desk.attempt;
    this.#recipe = null;
    this.#say("");
    this.#offer();
    this.#draw();
    this.dialog.showModal();
    try {
      this.#recipe = await ask(`/attempts/${this.#attempt.id}/recipe/`);
      this.#draw();
    } catch (error) {
      this.#say(error.words ?? say("lost"), { bad: true });
    }
  }

  #draw() {
    const { command, call, ...rest } = this.#recipe ?? {};
    const as = this.querySelector('[name="as"]:checked').value;
    const written = { json: this.#recipe ? JSON.stringify(rest, null, 2) : "", command, call };
    const none = this.#recipe && written[as] === null;
    this.text.value = none ? say("recipe.none") : (written[as] ?? "");
    this.querySelector("[data-recipe]").disabled = !this.#recipe || none;
  }

  /** The visitor's other photos, and a new one: it gets the settings that the form has now. */
  #offer() {
    const others = this.#desk.own.filter(
      ({ id, thumb, state }) => id !== this.#attempt.photo && thumb && state === "ready",
    );
    reconcile(this.querySelector(".others"), [...others, { id: NEW }], {
      key: ({ id }) => id,
      make: ({ id }) => stamp(id === NEW ? "other-new" : "other").firstElementChild,
      update: (item, { id, thumb, name }) => {
        if (id === NEW) return;
        const image = item.querySelector("img");
        if (image.getAttribute("src") !== thumb) image.src = thumb;
        write(item, "name", name);
      },
    });
  }

  async #again(photo) {
    if (photo === NEW) {
      this.dialog.close();
      tell(this, "act", { act: "choose" });
      return;
    }
    try {
      const attempt = await post(`/attempts/${this.#attempt.id}/again/`, { photo });
      this.dialog.close();
      tell(this, "attempt", { attempt, look: true });
    } catch (error) {
      this.#say(error.words ?? say("lost"), { bad: true });
    }
  }

  async #copy() {
    this.text.select();
    try {
      await navigator.clipboard.writeText(this.text.value);
      this.#say(say("recipe.copied"));
    } catch {
      this.#say(say("not-copied"), { bad: true });
    }
  }

  #say(words, { bad = false } = {}) {
    this.querySelector(".said").textContent = bad ? "" : words;
    const notice = this.querySelector(".wrong");
    notice.hidden = !bad;
    notice.textContent = bad ? words : "";
  }
}

customElements.define("packshot-recipe", Recipe);

import { fetchJson, postForm } from "../editor/api.js";
import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../editor/dom.js";
import { getMessage } from "../editor/messages.js";

const NEW = "new";

/** What makes the same again, to copy, and the same on another photo. Tells "attempt" and "act". */
class Recipe extends HTMLElement {
  #workspace = null;
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

  show(workspace) {
    this.#workspace = workspace;
    if (this.dialog.open) this.#offer();
  }

  async open() {
    this.#attempt = this.#workspace.attempt;
    this.#recipe = null;
    this.#say("");
    this.#offer();
    this.#draw();
    this.dialog.showModal();
    try {
      this.#recipe = await fetchJson(`/attempts/${this.#attempt.id}/recipe/`);
      this.#draw();
    } catch (error) {
      this.#say(error.words ?? getMessage("lost"), { bad: true });
    }
  }

  #draw() {
    const { command, call, ...rest } = this.#recipe ?? {};
    const as = this.querySelector('[name="as"]:checked').value;
    const written = { json: this.#recipe ? JSON.stringify(rest, null, 2) : "", command, call };
    const none = this.#recipe && written[as] === null;
    this.text.value = none ? getMessage("recipe.none") : (written[as] ?? "");
    this.querySelector("[data-recipe]").disabled = !this.#recipe || none;
  }

  /** The visitor's other photos, and a new one: it gets the settings that the form has now. */
  #offer() {
    const others = this.#workspace.own.filter(
      ({ id, thumb, state }) => id !== this.#attempt.photo && thumb && state === "ready",
    );
    reconcileChildren(this.querySelector(".others"), [...others, { id: NEW }], {
      key: ({ id }) => id,
      make: ({ id }) => cloneTemplate(id === NEW ? "other-new" : "other").firstElementChild,
      update: (item, { id, thumb, name }) => {
        if (id === NEW) return;
        const image = item.querySelector("img");
        if (image.getAttribute("src") !== thumb) image.src = thumb;
        setSlotText(item, "name", name);
      },
    });
  }

  async #again(photo) {
    if (photo === NEW) {
      this.dialog.close();
      emitEvent(this, "act", { act: "choose" });
      return;
    }
    try {
      const attempt = await postForm(`/attempts/${this.#attempt.id}/again/`, { photo });
      this.dialog.close();
      emitEvent(this, "attempt", { attempt, look: true });
    } catch (error) {
      this.#say(error.words ?? getMessage("lost"), { bad: true });
    }
  }

  async #copy() {
    this.text.select();
    try {
      await navigator.clipboard.writeText(this.text.value);
      this.#say(getMessage("recipe.copied"));
    } catch {
      this.#say(getMessage("not-copied"), { bad: true });
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

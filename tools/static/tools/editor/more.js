import { post, news } from "./api.js";
import { tell } from "./dom.js";
import { commandOf, recipeOf } from "../pure/recipe.js";
import { say } from "./words.js";

/** What else can be done with a result: copied, repeated elsewhere, deleted. Tells "said" and "act". */
class More extends HTMLElement {
  #attempt = null;

  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const what = target.closest("button")?.dataset.more;
      if (what) this.#act(what);
    });
  }

  show(desk) {
    this.#attempt = desk.attempt;
    const done = desk.attempt?.status === "done";
    for (const button of this.querySelectorAll("button")) {
      button.disabled = button.dataset.more === "delete" ? !desk.attempt || desk.attempt.local : !done;
    }
  }

  async #act(what) {
    const recipe = recipeOf(this.#attempt);
    if (what === "delete") return tell(this, "act", { act: "delete-attempt" });
    try {
      if (what === "picture") await this.#copyPicture();
      if (what === "recipe") await navigator.clipboard.writeText(JSON.stringify(recipe, null, 2));
      if (what === "command") await navigator.clipboard.writeText(commandOf(recipe));
      tell(this, "said", { words: say("copied") });
    } catch (error) {
      tell(this, "said", { words: error.words ?? say("not-copied"), bad: true });
    }
  }

  /** The clipboard is asked at once, as browsers demand; the file may come later. */
  #copyPicture() {
    const file = this.#file(this.#attempt.id);
    return navigator.clipboard.write([new ClipboardItem({ "image/png": file })]);
  }

  async #file(attempt) {
    let file = await post(`/attempts/${attempt}/exports/`, { format: "png" });
    while (!file.url && !file.error) {
      await new Promise((next) => setTimeout(next, 400));
      file = (await news(`/exports/${file.id}/`)) ?? file;
    }
    const answer = await fetch(file.url);
    return answer.blob();
  }
}

customElements.define("packshot-more", More);

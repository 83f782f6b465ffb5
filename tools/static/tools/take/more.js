import { ask, post } from "../editor/api.js";
import { tell } from "../editor/dom.js";
import { say } from "../editor/words.js";
import { watched } from "./save.js";

/** What else can be done with a result: copied, shared, repeated elsewhere, deleted. */
class More extends HTMLElement {
  #attempt = null;

  connectedCallback() {
    this.editor = this.closest("packshot-editor");
    this.addEventListener("click", ({ target }) => {
      const what = target.closest("button")?.dataset.more;
      if (what) this.#acts[what]();
    });
  }

  show(desk) {
    this.#attempt = desk.attempt;
    const done = desk.attempt?.status === "done";
    for (const button of this.querySelectorAll("[data-more]")) {
      button.disabled = button.dataset.more === "delete" ? !desk.attempt || desk.attempt.local : !done;
    }
    this.querySelector("packshot-zip").show(desk);
    for (const name of ["share", "recipe"]) this.#dialog(name).show(desk);
  }

  #dialog(name) {
    return this.editor.querySelector(`packshot-${name}`);
  }

  #acts = {
    picture: () => this.#copy(),
    share: () => this.#dialog("share").open(),
    recipe: () => this.#dialog("recipe").open(),
    delete: () => tell(this, "act", { act: "delete-attempt" }),
  };

  get #colour() {
    return this.editor.querySelector("packshot-download").ground;
  }

  /** The clipboard is asked at once, as browsers demand; the file may come later. */
  async #copy() {
    const { id } = this.#attempt;
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture(id, this.#colour) })]);
      tell(this, "said", { words: say("copied") });
      tell(this, "downloaded", { label: "clipboard", attempt: id });
    } catch (error) {
      tell(this, "said", { words: error.words ?? say("not-copied"), bad: true });
    }
  }
}

/** The attempt's result at full size, as the one kind of picture that clipboards take. */
async function picture(attempt, colour) {
  const asked = await post(`/attempts/${attempt}/exports/`, { format: "png", ...(colour && { colour }) });
  const file = await watched(asked, ({ id }) => ask(`/exports/${id}/`));
  if (!file.url) throw Object.assign(new Error(file.error), { words: file.words });
  return (await fetch(file.url)).blob();
}

customElements.define("packshot-more", More);

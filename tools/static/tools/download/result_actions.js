import { fetchJson, postForm } from "../editor/api.js";
import { emitEvent } from "../editor/dom.js";
import { getMessage } from "../editor/messages.js";
import { pollUntilDone } from "./save_file.js";

/** What else can be done with a result: copied, shared, repeated elsewhere, deleted. */
class ResultActions extends HTMLElement {
  #attempt = null;

  connectedCallback() {
    this.editor = this.closest("packshot-editor");
    this.addEventListener("click", ({ target }) => {
      const what = target.closest("button")?.dataset.more;
      if (what) this.#acts[what]();
    });
  }

  show(workspace) {
    this.#attempt = workspace.attempt;
    const done = workspace.attempt?.status === "done";
    for (const button of this.querySelectorAll("[data-more]")) {
      button.disabled = button.dataset.more === "delete" ? !workspace.attempt || workspace.attempt.local : !done;
    }
    this.querySelector("packshot-zip").show(workspace);
    for (const name of ["share", "recipe"]) this.#dialog(name).show(workspace);
  }

  #dialog(name) {
    return this.editor.querySelector(`packshot-${name}`);
  }

  #acts = {
    picture: () => this.#copy(),
    share: () => this.#dialog("share").open(),
    recipe: () => this.#dialog("recipe").open(),
    delete: () => emitEvent(this, "act", { act: "delete-attempt" }),
  };

  get #colour() {
    return this.editor.querySelector("packshot-download").background.colour;
  }

  /** The clipboard is asked at once, as browsers demand; the file may come later. */
  async #copy() {
    const { id } = this.#attempt;
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture(id, this.#colour) })]);
      emitEvent(this, "said", { words: getMessage("copied") });
      emitEvent(this, "downloaded", { label: "clipboard", attempt: id });
    } catch (error) {
      emitEvent(this, "said", { words: error.words ?? getMessage("not-copied"), bad: true });
    }
  }
}

/** The attempt's result at full size, as the one kind of picture that clipboards take. */
async function picture(attempt, colour) {
  const asked = await postForm(`/attempts/${attempt}/exports/`, { format: "png", ...(colour && { colour }) });
  const file = await pollUntilDone(asked, ({ id }) => fetchJson(`/exports/${id}/`));
  if (!file.url) throw Object.assign(new Error(file.error), { words: file.words });
  return (await fetch(file.url)).blob();
}

customElements.define("packshot-result-actions", ResultActions);

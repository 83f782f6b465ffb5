import { waitForFrame } from "./frames.js";

/**
 * The editor's door: little enough to come with the page. The rest comes when a hand is near, or
 * at once when there are photos to show.
 */
class Editor extends HTMLElement {
  #controller = null;

  connectedCallback() {
    const root = document.documentElement;
    root.toggleAttribute("data-alive", true);
    if (root.hasAttribute("data-known")) this.open();
    for (const sign of ["pointermove", "click", "keydown", "dragenter"]) {
      addEventListener(sign, () => this.open(), { once: true, passive: true });
    }
  }

  /** Resolves when everything is there to work with; what did not come is asked for again. */
  open() {
    this.#controller ??= this.#opened().catch((error) => {
      this.#controller = null;
      throw error;
    });
    return this.#controller;
  }

  async #opened() {
    await waitForFrame();
    const { EditorController } = await this.#unpacked();
    return new EditorController(this);
  }

  /** Dialogs wait in templates: they are nothing that a page says before somebody works with it. */
  #unpacked() {
    for (const late of this.querySelectorAll("template[data-late]")) late.replaceWith(late.content);
    return import("./elements.js");
  }
}

customElements.define("packshot-editor", Editor);

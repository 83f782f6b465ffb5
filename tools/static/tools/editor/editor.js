// Milliseconds after which nobody waits for a frame: a page in the background draws none.
const HIDDEN = 200;

/**
 * The editor's door: little enough to come with the page. The rest comes when a hand is near, or
 * at once when there are photos to show.
 */
class Editor extends HTMLElement {
  #bench = null;

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
    this.#bench ??= this.#opened().catch((error) => {
      this.#bench = null;
      throw error;
    });
    return this.#bench;
  }

  async #opened() {
    await painted();
    const { Bench } = await this.#unpacked();
    return new Bench(this);
  }

  /** Dialogs wait in templates: they are nothing that a page says before somebody works with it. */
  #unpacked() {
    for (const late of this.querySelectorAll("template[data-late]")) late.replaceWith(late.content);
    return import("./all.js");
  }
}

/** Once the page has shown what was done to it: on a slow phone the rest may take a second. */
export function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, HIDDEN);
  });
}

customElements.define("packshot-editor", Editor);

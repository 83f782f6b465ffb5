/**
 * The editor's door: little enough to come with the page. The rest comes when a hand is near, or
 * at once when there are photos to show.
 */
class Editor extends HTMLElement {
  #bench = null;

  connectedCallback() {
    const root = document.documentElement;
    root.toggleAttribute("data-alive", true);
    if (root.hasAttribute("data-working")) this.open();
    for (const sign of ["pointermove", "pointerdown", "keydown", "dragenter"]) {
      addEventListener(sign, () => this.open(), { once: true, passive: true });
    }
  }

  /** Resolves when everything is there to work with. */
  open() {
    this.#bench ??= this.#unpacked().then(({ Bench }) => new Bench(this));
    return this.#bench;
  }

  /** Dialogs wait in templates: they are nothing that a page says before somebody works with it. */
  #unpacked() {
    for (const late of this.querySelectorAll("template[data-late]")) late.replaceWith(late.content);
    return import("./all.js");
  }
}

customElements.define("packshot-editor", Editor);

import { emitEvent } from "../dom.js";

/** Which tool the next attempt is made with. Tells "tool" with its slug and name. */
class ToolTabs extends HTMLElement {
  #seen = null;

  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) emitEvent(this, "tool", { slug: button.dataset.tool, name: button.textContent.trim() });
    });
  }

  show(slug) {
    for (const button of this.querySelectorAll("button")) {
      const current = button.dataset.tool === slug;
      button.setAttribute("aria-pressed", String(current));
      if (current) this.#reveal(button);
    }
  }

  /** Where they do not all fit, the one in use is to be seen; then a hand may push them about. */
  #reveal(button) {
    if (this.#seen === button || !this.clientWidth) return;
    this.#seen = button;
    this.scrollLeft = button.offsetLeft - (this.clientWidth - button.offsetWidth) / 2;
  }

  nameOf(slug) {
    return this.querySelector(`[data-tool="${CSS.escape(slug)}"]`)?.textContent.trim() ?? slug;
  }
}

customElements.define("packshot-tool-tabs", ToolTabs);

import { tell } from "./dom.js";

/** Which tool the next attempt is made with. Tells "tool" with its slug and name. */
class Tools extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) tell(this, "tool", { slug: button.dataset.tool, name: button.textContent.trim() });
    });
  }

  show(slug) {
    for (const button of this.querySelectorAll("button")) {
      const current = button.dataset.tool === slug;
      button.setAttribute("aria-pressed", String(current));
    }
  }

  nameOf(slug) {
    return this.querySelector(`[data-tool="${CSS.escape(slug)}"]`)?.textContent.trim() ?? slug;
  }
}

customElements.define("packshot-tools", Tools);

import { emitEvent } from "../dom.js";

/** A photo by its address on the web. Tells "address" with it. */
class ImageLink extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.querySelector("button").addEventListener("click", (event) => this.#give(event));
    this.input.addEventListener("keydown", (event) => event.key === "Enter" && this.#give(event));
  }

  async #give(event) {
    event.preventDefault();
    const url = this.input.value.trim();
    if (!url) return this.input.focus();
    await this.closest("packshot-editor").open();
    this.input.value = "";
    emitEvent(this, "address", { url });
  }
}

customElements.define("packshot-image-link", ImageLink);

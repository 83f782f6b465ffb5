/** What lies behind a result that lets something through: a choice of the eye, not of the file. */
class Backdrop extends HTMLElement {
  connectedCallback() {
    this.frame = this.closest(".desk").querySelector(".frame");
    this.picker = this.querySelector("input");
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-backdrop]");
      if (button) this.#lay(button.dataset.backdrop);
    });
    this.picker.addEventListener("input", () => this.#lay("colour"));
  }

  #lay(backdrop) {
    this.frame.dataset.backdrop = backdrop;
    this.frame.style.setProperty("--backdrop", this.picker.value);
    for (const button of this.querySelectorAll("button[data-backdrop]")) {
      button.setAttribute("aria-pressed", String(button.dataset.backdrop === backdrop));
    }
    this.picker.parentElement.toggleAttribute("data-on", backdrop === "colour");
  }
}

customElements.define("packshot-backdrop", Backdrop);

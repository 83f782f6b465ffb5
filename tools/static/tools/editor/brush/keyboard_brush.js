import { emitEvent } from "../dom.js";

/**
 * For those who cannot draw: buttons that put the brush down in one of nine parts of what is seen.
 * Tells "dab" with the point, in shares of the picture.
 */
class KeyboardBrush extends HTMLElement {
  connectedCallback() {
    this.compare = this.closest("packshot-editor").querySelector("packshot-compare");
    this.addEventListener("click", ({ target }) => {
      const part = target.closest("[data-dab]")?.dataset.dab;
      if (part) emitEvent(this, "dab", { point: this.#point(...part.split(" ").map(Number)) });
    });
  }

  #point(column, row) {
    const { left, top, width, height } = this.compare.getBoundingClientRect();
    const { shown } = this.compare;
    const [wide, high] = [Math.min(width, shown.width), Math.min(height, shown.height)];
    return this.compare.placeOf({
      clientX: left + width / 2 + ((column - 1) * wide) / 3,
      clientY: top + height / 2 + ((row - 1) * high) / 3,
    });
  }
}

customElements.define("packshot-keyboard-brush", KeyboardBrush);

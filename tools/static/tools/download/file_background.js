import { computeBackground } from "../logic/export_options.js";

/** What the file has behind what is clear in the result: a colour, or the product alone on white. */
export class FileBackground {
  #form;
  #row;
  #picker;
  /** Has a hand chosen the file type? Else it is what the colour asks for. */
  #typed = false;

  /** `changed()` hears of another colour. */
  constructor(panel, form, changed) {
    this.#form = form;
    this.#row = panel.querySelector('[data-for="ground"]');
    this.#picker = panel.querySelector("[data-ground]");
    this.#picker.addEventListener("input", () => {
      this.lay(this.#picker.value);
      changed();
    });
    panel.addEventListener("change", ({ target }) => {
      if (target.name === "format") this.#typed = true;
    });
  }

  /** Empty for nothing. A colour behind it makes a JPEG of what would be a PNG. */
  lay(colour) {
    const { elements } = this.#form;
    elements.colour.value = colour;
    if (!this.#typed) elements.format.value = colour && this.#usual === "png" ? "jpeg" : this.#usual;
  }

  /** The product alone on white, whatever stands behind it; "" for as it is. */
  setWhite(value) {
    this.#form.elements.white.value = value;
  }

  get colour() {
    return computeBackground(Object.fromEntries(new FormData(this.#form)));
  }

  draw() {
    const { colour } = this;
    this.#row.hidden = !colour;
    if (colour) this.#picker.value = colour;
  }

  /** The file type that the page came with. */
  get #usual() {
    return [...this.#form.elements.format].find(({ defaultChecked }) => defaultChecked).value;
  }
}

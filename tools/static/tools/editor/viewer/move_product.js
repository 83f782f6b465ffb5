import { readArrowKey } from "../../logic/geometry.js";
import { movePlace, resizePlace } from "../../logic/product_placement.js";
import { emitEvent } from "../dom.js";

const GROWTH = 1.05;
const SIZES = { "+": 1, "=": 1, "-": -1, "_": -1 };

/**
 * The product under the hand: dragged to its place, pulled at a corner, pinched or wheeled to its
 * size, or both by keys. What comes out is written into the settings' own fields.
 */
class MoveProduct extends HTMLElement {
  connectedCallback() {
    this.editor = this.closest("packshot-editor");
    this.compare = this.editor.querySelector("packshot-compare");
    this.preview = this.compare.querySelector("packshot-live-preview");
    this.frame = this.preview.querySelector(".frame");
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.turn(!this.on));
    this.frame.addEventListener("keydown", (event) => this.#key(event));
    const home = { x: "", y: "", scale: "" };
    this.editor.querySelector("[data-place=home]").addEventListener("click", () => this.#write(home));
    this.editor.addEventListener("brushing", ({ detail }) => detail.on && this.turn(false));
  }

  get on() {
    return this.compare.hasAttribute("data-moving");
  }

  get #fields() {
    const { x, y, scale } = this.editor.querySelector("form.sheet").elements;
    return { x, y, scale };
  }

  /** Can what is looked at be moved, with the settings as they are? */
  show(possible) {
    this.hidden = !possible;
    if (!possible && this.on) this.turn(false);
  }

  turn(on) {
    if (on === this.on) return;
    this.compare.toggleAttribute("data-moving", on);
    this.compare.hand = on ? this.#hand : null;
    this.button.setAttribute("aria-pressed", String(on));
    emitEvent(this, "moving", { on });
    if (on) this.frame.focus({ preventScroll: true });
  }

  #hand = {
    take: (event) => this.#take(event),
    pinch: ({ by }) => this.#size(by),
    wheel: (event) => this.#size(Math.exp(-event.deltaY / 600)),
  };

  /** A corner sizes, anything else moves. */
  #take(event) {
    if (event.target.closest("button")) return null;
    const begun = this.preview.place;
    if (!begun) return null;
    const end = ({ cancelled }) => cancelled && this.#write(begun);
    if (event.target.closest("[data-corner]")) {
      const from = this.#reach(event, begun);
      return { move: (to) => this.#write(resizePlace(begun, this.#reach(to, begun) / from)), end };
    }
    const from = this.#at(event);
    const move = (to) => {
      const now = this.#at(to);
      this.#write(movePlace(begun, { x: now.x - from.x, y: now.y - from.y }));
    };
    return { move, end };
  }

  /** A pointer's place on the canvas, in shares of it. */
  #at({ clientX, clientY }) {
    const { left, top, width, height } = this.preview.canvas.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  /** How far a pointer is from the product's foot, in pixels. */
  #reach({ clientX, clientY }, { x, y }) {
    const { left, top, width, height } = this.preview.canvas.getBoundingClientRect();
    return Math.max(8, Math.hypot(clientX - left - x * width, clientY - top - y * height));
  }

  #size(by) {
    if (this.preview.place) this.#write(resizePlace(this.preview.place, by, { snap: false }));
  }

  #key(event) {
    const [by, growth] = [readArrowKey(event), SIZES[event.key]];
    const { place } = this.preview;
    if ((!by && !growth) || !place || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (by) this.#write(movePlace(place, by, { snap: false }));
    else this.#write(resizePlace(place, GROWTH ** growth));
  }

  #write(place) {
    const fields = this.#fields;
    for (const [name, field] of Object.entries(fields)) field.value = place[name];
    fields.scale.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("packshot-move-product", MoveProduct);

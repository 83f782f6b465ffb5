import { WHOLE_VIEW, fitBox, splitBox, toPicturePoint, panView, zoomViewAt } from "../../logic/geometry.js";
import { cloneTemplate, emitEvent } from "../dom.js";
import { trackPointer } from "./pointer.js";
import { swapImage } from "./swap_image.js";
import { makePinchHandler, enableZoom } from "./zoom.js";

/** So near the line, in pixels, a hand means the line and not the picture. */
const REACH = 28;

/**
 * Two pictures: one over the other with a line between, both beside or under each other, or one for
 * the other while held. Both are looked at alike, up to four times as large. The range input moves
 * the line by keys; a pointer may take hold anywhere. Tells "viewed" when the zoom changes.
 */
class Compare extends HTMLElement {
  view = WHOLE_VIEW;
  ratio = 1.5;
  /**
   * Set while something else has the hand, a brush or what moves the product: {take} gives
   * {move, end} for a pointer; {pinch} and {wheel}, if there, hear of those.
   */
  hand = null;

  connectedCallback() {
    this.append(cloneTemplate("compare"));
    this.range = this.querySelector("input");
    this.range.addEventListener("input", () => this.#line());
    this.addEventListener("dragstart", (event) => event.preventDefault());
    trackPointer(this, { take: (event) => this.#take(event), pinch: makePinchHandler(this) });
    enableZoom(this);
    this.#line();
    new ResizeObserver(() => this.#halve()).observe(this);
  }

  get mode() {
    return this.dataset.mode;
  }

  set mode(mode) {
    this.dataset.mode = mode;
    this.#halve();
    this.look(WHOLE_VIEW);
  }

  /** Show these two pictures; resolves with the upper one when they can be seen. */
  async show({ before, after }) {
    const [under, over] = ["after", "before"].map((name) => this.querySelector(`.${name} img`));
    await Promise.all([swapImage(under, after), swapImage(over, before)]);
    return over;
  }

  shape({ width, height }) {
    if (!width || !height || this.ratio === width / height) return;
    this.ratio = width / height;
    this.parentElement.style.setProperty("--ratio", String(this.ratio));
    this.#halve();
    this.look(WHOLE_VIEW);
  }

  look(view) {
    this.view = view;
    for (const name of ["zoom", "x", "y"]) this.style.setProperty(`--view-${name}`, String(view[name]));
    this.toggleAttribute("data-zoomed", view.zoom > 1);
    emitEvent(this, "viewed", view);
  }

  zoomTo(zoom, point = { x: 0, y: 0 }) {
    this.look(zoomViewAt(this.view, point, zoom, this.box, this.ratio));
  }

  get #whole() {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  get #isHalved() {
    const whole = this.hasAttribute("data-brushing") || this.hasAttribute("data-moving");
    return this.mode === "side" && !whole;
  }

  /** The box that a picture has: the whole, or one of two halves. */
  get box() {
    return this.#isHalved ? splitBox(this.#whole, this.ratio) : this.#whole;
  }

  /** The size at which the picture is seen, beyond the box when it is zoomed. */
  get shown() {
    const { width, height } = fitBox(this.box, this.ratio);
    return { width: width * this.view.zoom, height: height * this.view.zoom };
  }

  /** A pointer's place from the middle of the box that it is in. */
  pointOf({ clientX, clientY }) {
    const { left, top } = this.getBoundingClientRect();
    const box = this.box;
    const within = (at, side) => (this.#isHalved && at > side ? at - side : at) - side / 2;
    return { x: within(clientX - left, box.width), y: within(clientY - top, box.height) };
  }

  /** A pointer's place in the picture, in shares of its width and height. */
  placeOf(event) {
    return toPicturePoint(this.view, this.pointOf(event), this.box, this.ratio);
  }

  #halve() {
    this.toggleAttribute("data-stacked", this.mode === "side" && splitBox(this.#whole, this.ratio).stacked);
  }

  #line() {
    this.style.setProperty("--at", String(this.range.value / 100));
  }

  #take(event) {
    if (this.hand) return this.hand.take(event);
    if (!this.hasAttribute("data-live")) return null;
    if (this.mode === "slider" && (this.view.zoom === 1 || this.#nearLine(event))) return this.#slide(event);
    if (this.mode === "hold" && this.view.zoom === 1) return this.#hold();
    return this.#pan(event);
  }

  #nearLine(event) {
    return Math.abs(this.querySelector(".handle").getBoundingClientRect().left - event.clientX) < REACH;
  }

  #slide(event) {
    const move = (to) => {
      this.range.value = String(100 * toPicturePoint(WHOLE_VIEW, this.pointOf(to), this.box, this.ratio).x);
      this.#line();
    };
    move(event);
    return { move, end: () => emitEvent(this, "compared") };
  }

  #hold() {
    this.toggleAttribute("data-held", true);
    return { move: () => {}, end: () => this.toggleAttribute("data-held", false) };
  }

  #pan(start) {
    let from = start;
    const move = (to) => {
      const by = { x: to.clientX - from.clientX, y: to.clientY - from.clientY };
      this.look(panView(this.view, by, this.box, this.ratio));
      from = to;
    };
    return { move, end: () => {} };
  }
}

customElements.define("packshot-compare", Compare);

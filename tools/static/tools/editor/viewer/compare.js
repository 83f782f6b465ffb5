import { WHOLE_VIEW, fitBox, splitBox, toPicturePoint, zoomViewAt } from "../../logic/geometry.js";
import { cloneTemplate, emitEvent } from "../dom.js";
import { holdPhoto, panPicture, slideLine, wipeIn } from "./compare_drags.js";
import { trackPointer } from "./pointer.js";
import { swapImage } from "./swap_image.js";
import { makePinchHandler, enableZoom } from "./zoom.js";

/** So near the line, in pixels, a hand means the line and not the picture. */
const REACH = 28;

/**
 * Two pictures: the result whole, the photo over it as far as a line is pushed or while held, both beside or under each other, or one for
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
  #stopWipe = () => {};

  connectedCallback() {
    this.append(cloneTemplate("compare"));
    this.range = this.querySelector("input");
    this.range.addEventListener("input", () => this.split(this.range.value));
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
    this.split(50);
    this.#halve();
    this.look(WHOLE_VIEW);
  }

  /** Push the line so far, in hundredths: at 0 the result is whole, at 100 the photo. */
  split(at) {
    this.#stopWipe();
    this.pushLine(at);
  }

  pushLine(at) {
    this.range.value = String(at);
    this.#line();
  }

  /** Show the result whole; `wipe` lets it come over the photo first. */
  reveal({ wipe }) {
    this.split(0);
    if (wipe && this.mode === "slider") this.#stopWipe = wipeIn(this);
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
    const at = this.range.value / 100;
    this.style.setProperty("--at", String(at));
    this.toggleAttribute("data-split", at > 0 && at < 1);
  }

  #take(event) {
    if (this.hand) return this.hand.take(event);
    if (!this.hasAttribute("data-live")) return null;
    const near = this.#nearLine(event);
    this.#stopWipe();
    if (this.mode === "slider" && (this.view.zoom === 1 || near)) return slideLine(this, event, { near });
    if (this.mode === "hold" && this.view.zoom === 1) return holdPhoto(this, event);
    return panPicture(this, event);
  }

  #nearLine(event) {
    const handle = this.querySelector(".handle");
    return handle.checkVisibility() && Math.abs(handle.getBoundingClientRect().left - event.clientX) < REACH;
  }
}

customElements.define("packshot-compare", Compare);

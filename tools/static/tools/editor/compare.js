import { WHOLE, inPicture, panned, zoomedAt } from "../pure/geometry.js";
import { stamp, tell } from "./dom.js";
import { follow } from "./hand.js";
import { swap } from "./picture.js";

/** So near the line, in pixels, a hand means the line and not the picture. */
const REACH = 28;

/**
 * Two pictures: one over the other with a line between, side by side, or one for the other while
 * held. Both are looked at alike, up to four times as large. The range input moves the line by
 * keys; a pointer may take hold anywhere. Tells "viewed" when the zoom changes.
 */
class Compare extends HTMLElement {
  view = WHOLE;
  ratio = 1.5;
  /** Set while something else, a brush, has the hand: gives {move, end} for a pointer. */
  brush = null;

  connectedCallback() {
    this.append(stamp("compare"));
    this.range = this.querySelector("input");
    this.range.addEventListener("input", () => this.#line());
    this.addEventListener("dragstart", (event) => event.preventDefault());
    this.addEventListener("dblclick", (event) => this.#magnify(event));
    this.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    follow(this, {
      take: (event) => this.#take(event),
      pinch: ({ by, at }) => this.zoomTo(this.view.zoom * by, this.pointOf(at)),
    });
    this.#line();
  }

  get mode() {
    return this.dataset.mode;
  }

  set mode(mode) {
    this.dataset.mode = mode;
    this.look(WHOLE);
  }

  /** Show these two pictures; resolves with the upper one when they can be seen. */
  async show({ before, after }) {
    const [under, over] = ["after", "before"].map((name) => this.querySelector(`.${name} img`));
    await Promise.all([swap(under, after), swap(over, before)]);
    return over;
  }

  shape({ width, height }) {
    if (!width || !height || this.ratio === width / height) return;
    this.ratio = width / height;
    this.style.setProperty("--ratio", String(this.ratio));
    this.look(WHOLE);
  }

  look(view) {
    this.view = view;
    for (const name of ["zoom", "x", "y"]) this.style.setProperty(`--view-${name}`, String(view[name]));
    this.toggleAttribute("data-zoomed", view.zoom > 1);
    tell(this, "viewed", view);
  }

  zoomTo(zoom, point = { x: 0, y: 0 }) {
    this.look(zoomedAt(this.view, point, zoom, this.box, this.ratio));
  }

  /** The box that a picture has: the whole, or one of two halves. */
  get box() {
    const { clientWidth: width, clientHeight: height } = this;
    return this.mode === "side" && !this.brush ? { width: width / 2, height } : { width, height };
  }

  /** A pointer's place from the middle of the box that it is in. */
  pointOf({ clientX, clientY }) {
    const { left, top, height } = this.getBoundingClientRect();
    const { width } = this.box;
    const x = clientX - left;
    return { x: (x > width && this.mode === "side" ? x - width : x) - width / 2, y: clientY - top - height / 2 };
  }

  /** A pointer's place in the picture, in shares of its width and height. */
  placeOf(event) {
    return inPicture(this.view, this.pointOf(event), this.box, this.ratio);
  }

  #line() {
    this.style.setProperty("--at", String(this.range.value / 100));
  }

  #take(event) {
    if (this.brush) return this.brush(event);
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
      this.range.value = String(100 * inPicture(WHOLE, this.pointOf(to), this.box, this.ratio).x);
      this.#line();
    };
    move(event);
    return { move, end: () => tell(this, "compared") };
  }

  #hold() {
    this.toggleAttribute("data-held", true);
    return { move: () => {}, end: () => this.toggleAttribute("data-held", false) };
  }

  #pan(start) {
    let from = this.pointOf(start);
    const move = (event) => {
      const to = this.pointOf(event);
      this.look(panned(this.view, { x: to.x - from.x, y: to.y - from.y }, this.box, this.ratio));
      from = to;
    };
    return { move, end: () => {} };
  }

  #magnify(event) {
    if (this.brush || !this.hasAttribute("data-live")) return;
    this.zoomTo(this.view.zoom > 1 ? 1 : 2, this.pointOf(event));
  }

  /** A wheel scrolls the page; with Ctrl, or as a pinch on a pad, it zooms. */
  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomTo(this.view.zoom * Math.exp(-event.deltaY / 200), this.pointOf(event));
  }
}

customElements.define("packshot-compare", Compare);

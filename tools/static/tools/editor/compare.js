import { stamp } from "./dom.js";

/**
 * Photo and result, one over the other, with a line between that follows the hand. The range
 * input is for keys and for assistive technology; a pointer may take hold anywhere.
 */
class Compare extends HTMLElement {
  connectedCallback() {
    this.append(stamp("compare"));
    this.range = this.querySelector("input");
    this.range.addEventListener("input", () => this.#draw());
    this.addEventListener("pointerdown", (event) => this.#hold(event));
    this.addEventListener("dragstart", (event) => event.preventDefault());
    this.#draw();
  }

  /** Show these two pictures; resolves when they can be seen. The result may be null. */
  async show({ before, after }) {
    const [under, over] = ["after", "before"].map((name) => this.querySelector(`.${name}`));
    await Promise.all([swap(under, after), swap(over, before)]);
    return over;
  }

  #draw() {
    this.style.setProperty("--at", String(this.range.value / 100));
  }

  /** How far into the photo, between its own left and right edge, a point lies. */
  #shareAt(clientX) {
    const { left, width, height } = this.getBoundingClientRect();
    const ratio = Number(getComputedStyle(this).getPropertyValue("--ratio"));
    const shown = Math.min(width, height * ratio);
    return (clientX - left - (width - shown) / 2) / shown;
  }

  #hold(event) {
    if (event.button !== 0 || this.range.offsetParent === null) return;
    const move = ({ clientX }) => {
      this.range.value = String(100 * this.#shareAt(clientX));
      this.#draw();
    };
    const over = new AbortController();
    const end = () => over.abort();
    move(event);
    this.setPointerCapture(event.pointerId);
    this.addEventListener("pointermove", move, { signal: over.signal });
    this.addEventListener("pointerup", end, { signal: over.signal });
    this.addEventListener("pointercancel", end, { signal: over.signal });
  }
}

/** Change a picture without showing an empty one in between; one that cannot be shown is hidden. */
async function swap(image, url) {
  if (image.dataset.shown === (url ?? "")) return;
  image.dataset.shown = url ?? "";
  if (!url) {
    image.hidden = true;
    return;
  }
  const next = new Image();
  next.src = url;
  const seen = await next.decode().then(
    () => true,
    () => false,
  );
  if (image.dataset.shown !== url) return;
  if (seen) {
    image.src = url;
    image.width = next.naturalWidth;
    image.height = next.naturalHeight;
  }
  image.hidden = !seen;
}

customElements.define("packshot-compare", Compare);

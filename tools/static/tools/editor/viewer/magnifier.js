import { emitEvent } from "../dom.js";

const TIMES = 4;

/** A round glass over the picture: four times as near, where the pointer is. For edges. */
class Magnifier extends HTMLElement {
  connectedCallback() {
    this.compare = this.closest("packshot-viewer").querySelector("packshot-compare");
    this.button = this.querySelector("button");
    this.glass = Object.assign(document.createElement("div"), { className: "glass", hidden: true });
    this.compare.append(this.glass);
    this.button.addEventListener("click", () => this.turn(!this.on));
    this.compare.addEventListener("pointermove", (event) => this.on && event.pointerType === "mouse" && this.#look(event));
    this.compare.addEventListener("pointerleave", () => this.#away());
    const editor = this.closest("packshot-editor");
    for (const other of ["brushing", "moving"]) {
      editor.addEventListener(other, ({ detail }) => detail.on && this.turn(false));
    }
  }

  get on() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  show(attempt) {
    this.hidden = attempt?.status !== "done";
    if (this.hidden) this.turn(false);
  }

  turn(on) {
    if (on === this.on) return;
    this.button.setAttribute("aria-pressed", String(on));
    // A finger holds the glass; a mouse only points, and still slides when pressed.
    this.compare.toggleAttribute("data-magnifier", on);
    this.compare.hand = on ? { take: (event) => this.#take(event) } : null;
    if (!on) this.#away();
    emitEvent(this, "looking", { on });
  }

  #take(event) {
    this.#look(event);
    return { move: (to) => this.#look(to), end: () => event.pointerType !== "mouse" && this.#away() };
  }

  #away() {
    this.glass.hidden = true;
  }

  #look(event) {
    const image = this.compare.querySelector(".after img");
    const at = this.compare.placeOf(event);
    const inside = at.x >= 0 && at.x <= 1 && at.y >= 0 && at.y <= 1;
    this.glass.hidden = !inside || image.hidden;
    if (this.glass.hidden) return;
    const { left, top } = this.compare.getBoundingClientRect();
    const { width, height } = this.compare.shown;
    const { style, offsetWidth: size } = this.glass;
    // Above a finger, not under it.
    const lift = event.pointerType === "mouse" ? 0 : 0.75 * size;
    style.translate = `${event.clientX - left - size / 2}px ${Math.max(0, event.clientY - top - size / 2 - lift)}px`;
    style.setProperty("--picture", `url("${image.currentSrc}")`);
    style.setProperty("--wide", `${width * TIMES}px`);
    style.setProperty("--high", `${height * TIMES}px`);
    style.setProperty("--left", `${size / 2 - at.x * width * TIMES}px`);
    style.setProperty("--top", `${size / 2 - at.y * height * TIMES}px`);
  }
}

customElements.define("packshot-magnifier", Magnifier);

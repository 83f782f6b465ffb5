import { percent } from "../../logic/number_format.js";
import { tell, write } from "../dom.js";
import { locale, say } from "../messages.js";

const number = (value, digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);

/** The measured numbers behind "product unchanged", with the map of differences over the picture. */
class Proof extends HTMLElement {
  #attempt = null;

  connectedCallback() {
    this.stage = this.closest("packshot-stage");
    this.map = this.stage.querySelector(".map");
    this.stage.addEventListener("click", ({ target }) => {
      const act = target.closest("[data-proof]")?.dataset.proof;
      if (act) this.#open(act === "open" && this.hidden);
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#open(false);
    });
  }

  show(attempt) {
    const proved = attempt?.status === "done" && attempt.map ? attempt : null;
    if (proved?.id === this.#attempt?.id) return;
    this.#attempt = proved;
    this.#open(false, { focus: false });
  }

  #open(open, { focus = true } = {}) {
    if (open) this.#fill(this.#attempt);
    const was = !this.hidden;
    this.hidden = !open;
    this.map.hidden = !open;
    this.stage.toggleAttribute("data-proving", open);
    if (!focus || open === was) return;
    this.stage.querySelector(open ? '[data-proof="close"]' : '[data-proof="open"]')?.focus();
    if (open) tell(this, "compared");
  }

  #fill({ map, fidelity }) {
    const { core, identical, mean, high, ssim, edge_shift: edge, scale } = fidelity;
    if (this.map.getAttribute("src") !== map) this.map.src = map;
    write(this, "core", number(core, 0));
    // Rounded down: 99.97 % is not all.
    write(this, "identical", percent(Math.floor(identical * 1000) / 1000, locale, 1));
    write(this, "mean", number(mean, 2));
    write(this, "high", number(high, 2));
    write(this, "ssim", number(ssim, 4));
    write(this, "edge", percent(edge, locale, 2));
    write(this, "scale", scale === 1 ? say("scale.own") : percent(scale, locale, 0));
    write(this, "map", say(identical === 1 ? "map.clear" : "map.marked"));
  }
}

customElements.define("packshot-proof", Proof);

import { formatPercent } from "../../logic/number_format.js";
import { summariseOutline } from "../../logic/outline.js";
import { emitEvent, setSlotText } from "../dom.js";
import { locale, getMessage } from "../messages.js";

const number = (value, digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);

/** The measured numbers behind the mark of the pixels, with the map of differences on the picture. */
class FidelityReport extends HTMLElement {
  #attempt = null;

  connectedCallback() {
    this.viewer = this.closest("packshot-viewer");
    this.map = this.viewer.querySelector(".map");
    this.viewer.addEventListener("click", ({ target }) => {
      const act = target.closest("[data-fidelity]")?.dataset.fidelity;
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
    this.viewer.toggleAttribute("data-fidelity-open", open);
    if (!focus || open === was) return;
    this.viewer.querySelector(open ? '[data-fidelity="close"]' : '[data-fidelity="open"]')?.focus();
    if (open) emitEvent(this, "compared");
  }

  #fill({ map, fidelity, outline }) {
    const { core, identical, mean, high, ssim, edge_shift: edge, scale } = fidelity;
    if (this.map.getAttribute("src") !== map) this.map.src = map;
    setSlotText(this, "core", number(core, 0));
    // Rounded down: 99.97 % is not all.
    setSlotText(this, "identical", formatPercent(Math.floor(identical * 1000) / 1000, locale, 1));
    setSlotText(this, "mean", number(mean, 2));
    setSlotText(this, "high", number(high, 2));
    setSlotText(this, "ssim", number(ssim, 4));
    setSlotText(this, "edge", formatPercent(edge, locale, 2));
    const said = summariseOutline(outline);
    this.querySelector('[data-slot="outline"]').parentElement.hidden = !said;
    if (said) setSlotText(this, "outline", getMessage(said.key));
    setSlotText(this, "scale", scale === 1 ? getMessage("scale.own") : formatPercent(scale, locale, 0));
    setSlotText(this, "map", getMessage(identical === 1 ? "map.clear" : "map.marked"));
  }
}

customElements.define("packshot-fidelity-report", FidelityReport);

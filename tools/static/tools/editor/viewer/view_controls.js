import { formatPercent } from "../../logic/number_format.js";
import { emitEvent } from "../dom.js";
import { locale, getMessage } from "../messages.js";

const STEP = 1.5;
/** The grounds that have a button of their own, and the colour that each is in the file. */
const GROUNDS = { checker: "", white: "#ffffff", black: "#000000" };

/** How the result is looked at: what behind it, beside what, how near. Tells "with" for the other picture, and "ground" with the colour of what is to lie behind. */
class ViewControls extends HTMLElement {
  connectedCallback() {
    this.compare = this.closest(".workspace").querySelector("packshot-compare");
    this.picker = this.querySelector("input[type=color]");
    this.other = this.querySelector("select");
    this.addEventListener("click", ({ target }) => this.#click(target));
    this.picker.addEventListener("input", () => emitEvent(this, "ground", { colour: this.picker.value }));
    this.other.addEventListener("change", () => emitEvent(this, "with", { other: this.other.value }));
    this.addEventListener("change", ({ target }) => {
      if (target.name === "mode") this.compare.mode = target.value;
    });
    this.compare.addEventListener("viewed", ({ detail }) => this.#zoomed(detail.zoom));
    this.closest("packshot-editor").addEventListener("brushing", ({ detail }) =>
      this.toggleAttribute("data-brushing", detail.on),
    );
    this.#zoomed(1);
  }

  /** Offer the photo and its other finished attempts to compare with. */
  offer(workspace, otherId) {
    const others = workspace.photo
      ? workspace.of(workspace.photoId).filter(({ id, status }) => status === "done" && id !== workspace.attemptId)
      : [];
    const options = [
      ["", getMessage("your-photo")],
      ...others.map(({ id, title }) => [id, title]),
    ].map(([value, text]) => Object.assign(document.createElement("option"), { value, text }));
    const key = options.map(({ value, text }) => value + text).join("\n");
    if (key !== this.dataset.key) this.other.replaceChildren(...options);
    this.dataset.key = key;
    this.other.value = otherId ?? "";
    this.toggleAttribute("data-live", workspace.attempt?.status === "done");
  }

  /** The line is asked for, and may lie where it is not seen. */
  #click(target) {
    if (target.matches('[name="mode"][value="slider"]')) this.compare.split(50);
    this.#press(target.closest("button"));
  }

  #press(button) {
    if (!button) return;
    const { backdrop, zoom } = button.dataset;
    if (backdrop) emitEvent(this, "ground", { colour: GROUNDS[backdrop] });
    const { compare } = this;
    if (zoom === "in") compare.zoomTo(compare.view.zoom * STEP);
    if (zoom === "out") compare.zoomTo(compare.view.zoom / STEP);
    if (zoom === "whole") compare.zoomTo(1);
  }

  #zoomed(zoom) {
    const [out, whole, near] = ["out", "whole", "in"].map((name) => this.querySelector(`[data-zoom="${name}"]`));
    whole.querySelector("span").textContent = formatPercent(zoom, locale);
    out.toggleAttribute("data-end", zoom <= 1);
    near.toggleAttribute("data-end", zoom >= 4);
  }

  /** Show the result on that colour, or on the checkerboard that stands for none. */
  lay(colour) {
    const backdrop = Object.keys(GROUNDS).find((name) => GROUNDS[name] === colour) ?? "colour";
    if (backdrop === "colour") this.picker.value = colour;
    this.compare.dataset.backdrop = backdrop;
    this.compare.style.setProperty("--backdrop", this.picker.value);
    for (const button of this.querySelectorAll("button[data-backdrop]")) {
      button.setAttribute("aria-pressed", String(button.dataset.backdrop === backdrop));
    }
    this.picker.parentElement.toggleAttribute("data-on", backdrop === "colour");
  }
}

customElements.define("packshot-view-controls", ViewControls);

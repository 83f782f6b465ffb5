import { OTHER_ANSWER, listPlaces, summariseOutline } from "../../logic/outline.js";
import { emitEvent } from "../dom.js";

/**
 * What to do about an outline that is not sure: another answer to tap, the brush, another engine;
 * and, when asked, the doubtful places on the picture. Tells "act".
 */
class OutlineDoubt extends HTMLElement {
  #attempt = null;

  connectedCallback() {
    this.editor = this.closest("packshot-editor");
    this.viewer = this.closest("packshot-viewer");
    this.compare = this.viewer.querySelector("packshot-compare");
    this.places = this.compare.querySelector(".places");
    this.viewer.addEventListener("click", ({ target }) => {
      const what = target.closest("[data-outline]")?.dataset.outline;
      if (what) this.#acts[what]();
    });
    this.editor.addEventListener("brushing", ({ detail }) => this.toggleAttribute("data-brushing", detail.on));
  }

  /** After the settings, which may have come with the attempt. */
  show(attempt) {
    const done = attempt?.status === "done" ? attempt : null;
    const outline = done?.outline;
    this.hidden = summariseOutline(outline)?.kind !== "warning";
    if (done?.id !== this.#attempt?.id) this.#ask(false);
    this.#attempt = done;
    if (this.hidden) return;
    const [second, engine] = ["second", "engine"].map((name) => this.querySelector(`[data-outline="${name}"]`));
    second.hidden = !outline.second || !this.#field;
    const image = second.querySelector("img");
    if (outline.second && image.getAttribute("src") !== outline.second) image.src = outline.second;
    engine.hidden = !this.#engines;
  }

  /** Another setting of that name, a colour say, is not it. */
  get #field() {
    return this.editor.querySelector(`packshot-settings input[type="hidden"][name="${OTHER_ANSWER}"]`);
  }

  get #engines() {
    return this.editor.querySelector('packshot-settings [data-name="engine.matte"]');
  }

  #acts = {
    places: () => this.#ask(this.places.hidden),
    second: () => this.#takeSecond(),
    engine: () => this.#chooseEngine(),
  };

  #takeSecond() {
    const field = this.#field;
    field.value = field.value === "on" ? "" : "on";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    emitEvent(this, "act", { act: "again" });
  }

  #chooseEngine() {
    this.editor.querySelector("packshot-action-bar").turn(true);
    this.#engines.scrollIntoView({ block: "nearest" });
    this.#engines.querySelector("input:not(:checked)").focus();
  }

  /** They are places of the photo: where the product was put elsewhere, it is the photo that is shown. */
  #ask(asked) {
    this.viewer.querySelector('[data-outline="places"]')?.setAttribute("aria-pressed", String(asked));
    const placed = Boolean(this.#attempt?.facts?.placement);
    this.compare.toggleAttribute("data-held", asked && placed);
    if (asked) this.compare.querySelector(placed ? ".before" : ".after").append(this.places);
    if (asked) this.places.firstElementChild.replaceChildren(...listPlaces(this.#attempt.outline).map(draw));
    this.places.hidden = !asked;
  }
}

function draw(box) {
  const element = document.createElement("i");
  for (const [side, share] of Object.entries(box)) element.style[side] = `${share}%`;
  return element;
}

customElements.define("packshot-outline-doubt", OutlineDoubt);

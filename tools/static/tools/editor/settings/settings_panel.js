import { findParentId, findMissingInput, findRepeat, readAttemptSettings, readSettings } from "../../logic/settings_values.js";
import { fetchHtml } from "../api.js";
import { fillControls, isControlTouched, labelSliders, sayWrong } from "./form_controls.js";
import { parseHtml } from "../html_fragment.js";
import { Quote } from "./quote.js";
import { Totals } from "./totals.js";

/** The settings of the next attempt, and the button that says what it will cost. */
class SettingsPanel extends HTMLElement {
  #photo = null;
  #attempt = null;
  #timer = null;
  quote = new Quote(this, ".go");
  #wanted = "";
  #totals = new Totals(this, () => this.#controls());

  connectedCallback() {
    this.form = this.closest("form");
    this.addEventListener("input", () => this.#changed());
    this.addEventListener("click", ({ target }) => this.#press(target.closest("button")));
    labelSliders(this);
  }

  get tool() {
    return this.form.elements.tool.value;
  }

  /** The seconds that the next attempt is expected to take, if anybody knows. */
  get usual() {
    return this.quote.seconds;
  }

  /** What is asked for: the tool, its settings, and the pictures of its scenes. */
  get asked() {
    const scenes = [...this.querySelectorAll('.scene-list input[name="scene"]')];
    const pictures = new Map(scenes.map(({ value, nextElementSibling: image }) => [value, image.src]));
    return { tool: this.tool, settings: this.current(), pictures };
  }

  /** What the tool waits for before it can begin: something painted, or words. */
  get waitsFor() {
    const [painted, worded] = ["painted", "worded"].map((name) => this.querySelector(`[data-${name}]`));
    return findMissingInput(this.current(), { painted, worded });
  }

  /** An attempt's own settings come with it, to go on from; the photo's size changes the price. */
  async show(photo, attempt) {
    const other = attempt?.id !== this.#attempt?.id;
    [this.#photo, this.#attempt] = [photo, attempt];
    this.querySelector("packshot-tool-tabs")?.show(this.tool);
    this.querySelector("packshot-scene-picker")?.show(photo, attempt);
    if (other && attempt?.params) {
      await this.use(attempt.tool);
      if (this.#attempt !== attempt) return;
      this.#fill(readAttemptSettings(attempt));
      this.querySelector("packshot-scene-picker")?.show(photo, attempt);
    }
    this.#compare();
    this.#ask();
  }

  /** Change to another tool's settings; what both have stays as it is set. */
  async use(slug) {
    this.#wanted = slug;
    if (slug === this.tool) return;
    const fields = parseHtml(await fetchHtml(`/tools/${slug}/settings/`));
    // Another one was wanted in the meantime?
    if (this.#wanted !== slug) return;
    const touched = new Set(this.#controls().filter(isControlTouched).map(({ name }) => name));
    const paints = Boolean(this.querySelector("[data-painted]"));
    const kept = Object.fromEntries(Object.entries(this.current()).filter(([name]) => touched.has(name)));
    this.form.elements.tool.value = slug;
    // Another tool's price is not on the screen for as long as it takes to press the button.
    this.quote.forget();
    const tabs = this.querySelector("packshot-tool-tabs");
    this.querySelector(".fields").replaceChildren(fields);
    this.form.dataset.name = this.querySelector(".go span").textContent = tabs?.nameOf(slug) ?? slug;
    tabs?.show(slug);
    // What was painted to be kept says nothing of what is to go.
    if (paints !== Boolean(this.querySelector("[data-painted]"))) delete kept.strokes;
    this.#fill(kept, { only: true });
    this.querySelector("packshot-scene-picker")?.show(this.#photo, this.#attempt);
    this.#compare();
    this.#ask();
  }

  /** Say beside each control what the server found wrong with it. */
  wrong(fields) {
    sayWrong(this, this.#controls(), fields);
  }

  /** A colour that is often chosen, or one setting over all its values. */
  #press(button) {
    const { swatch } = button?.dataset ?? {};
    if (swatch) {
      const control = button.closest(".field").querySelector("input");
      control.value = swatch;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.#totals.press(button);
  }

  #controls() {
    const found = [...this.querySelectorAll("input, select, textarea")];
    return found.filter(({ name, form }) => name && form === this.form);
  }

  #fill(values, options) {
    fillControls(this.#controls(), values, options);
    labelSliders(this);
  }

  #changed() {
    for (const old of this.querySelectorAll(".wrong")) old.remove();
    labelSliders(this);
    this.#compare();
    this.querySelector("packshot-scene-picker")?.show(this.#photo, this.#attempt);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), 150);
  }

  #ask() {
    const [attempt, parent] = [this.#attempt, findParentId(this.#attempt, this.tool)];
    const settings = this.current();
    for (const one of [this.quote, this.querySelector("packshot-scene-picker")]) {
      one?.ask(this.#photo, this.tool, settings, { attempt, parent })?.then(() => this.#compare());
    }
    this.#totals.ask(this.#photo, this.tool, settings, { attempt, parent });
  }

  current() {
    return readSettings(new FormData(this.form));
  }

  #compare() {
    const names = this.#controls().map(({ name }) => name);
    const { done, rests } = findRepeat(this.#attempt, this.tool, this.current(), names);
    this.form.toggleAttribute("data-same", done);
    const photo = this.#photo;
    this.querySelector(".go").disabled = !photo || photo.local || photo.state === "refused" || rests || this.quote.waits;
  }
}

customElements.define("packshot-settings", SettingsPanel);

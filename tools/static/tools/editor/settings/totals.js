import { emitEvent } from "../dom.js";
import { getMessage } from "../messages.js";
import { TotalQuote } from "./quote.js";

/** The buttons that start one attempt for each value of a setting, and what all of them cost together. */
export class Totals {
  #panel;
  #controls;
  #quotes = new WeakMap();

  /** `controls()` gives the controls that are there now. */
  constructor(panel, controls) {
    this.#panel = panel;
    this.#controls = controls;
  }

  press(button) {
    const total = this.#quotes.get(button);
    if (total) emitEvent(this.#panel, "all", { ...this.#over(button), most: total.credits });
  }

  ask(photo, tool, settings, context) {
    for (const button of this.#panel.querySelectorAll("[data-all-of], [data-all]")) {
      const { name, values, also } = this.#over(button);
      if (!this.#quotes.has(button)) this.#quotes.set(button, new TotalQuote(button));
      // Nothing is suggested yet, and nobody sees the button.
      if (values.length === 0) continue;
      const resting = getMessage("scenes.all", { count: values.length });
      this.#quotes.get(button).ask(photo, tool, { ...settings, ...also }, { ...context, name, values, resting });
    }
  }

  /** The setting that a button tries in all its values: their names are beside them. */
  #over({ dataset: { allOf } }) {
    if (!allOf) return this.#panel.querySelector("packshot-scene-picker").all;
    const choices = this.#controls().filter(({ name }) => name === allOf);
    const [values, labels] = [choices.map(({ value }) => value), choices.map(({ dataset }) => dataset.label)];
    return { name: allOf, values, labels };
  }
}

import { percent } from "../pure/amounts.js";
import { askedOf, same, settingsOf } from "../pure/choice.js";
import { ask, piece } from "./api.js";
import { fill, isTouched } from "./controls.js";
import { nodesOf } from "./fragment.js";
import { locale } from "./words.js";

/** The settings of the next attempt, and the button that says what it will cost. */
class Settings extends HTMLElement {
  #photo = null;
  #attempt = null;
  #timer = null;
  #asked = "";
  #wanted = "";
  usual = null;

  connectedCallback() {
    this.form = this.closest("form");
    this.addEventListener("input", () => this.#changed());
    this.#label();
  }

  get tool() {
    return this.form.elements.tool.value;
  }

  /** An attempt's own settings come with it, to go on from; the photo's size changes the price. */
  async show(photo, attempt) {
    const other = attempt?.id !== this.#attempt?.id;
    this.#photo = photo;
    this.#attempt = attempt;
    this.querySelector("packshot-tools")?.show(this.tool);
    this.querySelector("packshot-scenes")?.show(photo);
    if (other && attempt?.params) {
      await this.use(attempt.tool);
      if (this.#attempt !== attempt) return;
      this.#fill(askedOf(attempt));
      this.querySelector("packshot-scenes")?.show(photo);
    }
    this.#compare();
    this.#quote();
  }

  /** Change to another tool's settings; what both have stays as it is set. */
  async use(slug) {
    this.#wanted = slug;
    if (slug === this.tool) return;
    const fields = nodesOf(await piece(`/tools/${slug}/settings/`));
    // Another one was wanted in the meantime?
    if (this.#wanted !== slug) return;
    const touched = new Set(this.#controls().filter(isTouched).map(({ name }) => name));
    const kept = Object.fromEntries(Object.entries(this.current()).filter(([name]) => touched.has(name)));
    this.form.elements.tool.value = slug;
    const tabs = this.querySelector("packshot-tools");
    this.querySelector(".fields").replaceChildren(fields);
    this.querySelector(".go span").textContent = tabs?.nameOf(slug) ?? slug;
    this.form.dataset.name = tabs?.nameOf(slug) ?? slug;
    tabs?.show(slug);
    this.#fill(kept, { only: true });
    this.querySelector("packshot-scenes")?.show(this.#photo);
    this.#compare();
    this.#quote();
  }

  /** Say beside each control what the server found wrong with it. */
  wrong(fields) {
    for (const old of this.querySelectorAll(".wrong")) old.remove();
    for (const [name, words] of Object.entries(fields)) {
      const control = this.#controls().find((element) => element.name === name);
      const note = Object.assign(document.createElement("p"), { className: "wrong", textContent: words.join(" ") });
      (control?.closest(".field") ?? this.querySelector(".fields")).append(note);
      control?.focus();
    }
  }

  #controls() {
    return [...this.querySelectorAll("input, select, textarea")].filter(
      ({ name, form }) => name && form === this.form,
    );
  }

  #fill(values, options) {
    fill(this.#controls(), values, options);
    this.#label();
  }

  #changed() {
    for (const old of this.querySelectorAll(".wrong")) old.remove();
    this.#label();
    this.#compare();
    this.querySelector("packshot-scenes")?.show(this.#photo);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#quote(), 150);
  }

  /** Write the value beside each slider: a share reads as a percentage. */
  #label() {
    for (const output of this.querySelectorAll("output")) {
      const control = this.querySelector(`#${CSS.escape(output.htmlFor.value)}`);
      const isShare = Number(control.max) <= 1;
      output.value = isShare ? percent(Number(control.value), locale) : control.value;
    }
  }

  current() {
    return settingsOf(new FormData(this.form));
  }

  #compare() {
    const names = new Set(this.#controls().map(({ name }) => name));
    const asked = this.#attempt?.params ? askedOf(this.#attempt) : null;
    const isSame =
      this.#attempt?.status === "done" &&
      this.#attempt.tool === this.tool &&
      same(asked, this.current(), names);
    this.form.toggleAttribute("data-same", isSame);
  }

  async #quote() {
    if (!this.#photo || this.#photo.local) return;
    const query = new URLSearchParams({ photo: this.#photo.id, ...this.current() });
    const url = `/tools/${this.tool}/quote/?${query}`;
    const key = `${url} ${this.#photo.state}`;
    if (key === this.#asked) return;
    this.#asked = key;
    const quote = await ask(url).catch(() => null);
    if (!quote || key !== this.#asked) return;
    this.usual = quote.seconds ?? null;
    // A new element: words that grow in place would push the line about.
    const words = Object.assign(document.createElement("small"), { className: "quote" });
    words.textContent = quote.words;
    this.querySelector(".quote").replaceWith(words);
  }
}

customElements.define("packshot-settings", Settings);

import { emitEvent } from "./dom.js";

const FIELDS = 'input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, select';
const OFF = "packshot-keys-off";

/**
 * Everything by keys, and the sheet that lists them. Single keys can be turned off, for those
 * whose speech or switches would press them by accident.
 */
class KeyboardShortcuts extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector("dialog");
    this.editor = this.closest("packshot-editor");
    this.toggle = this.querySelector('[name="single-keys"]');
    this.toggle.checked = localStorage.getItem(OFF) === null;
    this.toggle.addEventListener("change", () => {
      if (this.toggle.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
    this.querySelector("button").addEventListener("click", () => this.sheet.showModal());
    document.addEventListener("keydown", (event) => this.#down(event));
    document.addEventListener("keyup", ({ key }) => key === "c" && this.#hold(false));
  }

  #down(event) {
    const { key, target } = event;
    const withUndo = (event.ctrlKey || event.metaKey) && key.toLowerCase() === "z";
    if (target.matches(FIELDS) || document.querySelector("dialog[open]")) return;
    if (withUndo) {
      event.preventDefault();
      emitEvent(this, "undo", { redo: event.shiftKey });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key.length === 1 && !this.toggle.checked) return;
    const act = this.#acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #acts = {
    "?": () => this.sheet.showModal(),
    "[": () => this.#step(-1),
    "]": () => this.#step(1),
    "+": () => this.#press('[data-zoom="in"]'),
    "=": () => this.#press('[data-zoom="in"]'),
    "-": () => this.#press('[data-zoom="out"]'),
    0: () => this.#press('[data-zoom="whole"]'),
    b: () => this.#press('[data-brush="toggle"]'),
    c: () => this.#hold(true),
    d: () => this.#press(".get"),
    f: () => this.#press('li:has([aria-current]) [data-mark="favour"]'),
    l: () => this.#press('[data-magnifier="toggle"]'),
    m: () => this.#press('[data-move="toggle"]'),
    Delete: () => this.#press('li:has([aria-current]) [data-mark="remove"]'),
    F2: () => this.editor.querySelector("li:has([aria-current]) > input")?.focus(),
    o: () => emitEvent(this, "act", { act: "choose" }),
    s: () => this.#nextMode(),
    t: () => this.#press(".go"),
    Escape: () => this.#escape(),
  };

  #find(name) {
    return this.editor.querySelector(`packshot-${name}`);
  }

  #press(selector) {
    const button = this.editor.querySelector(selector);
    if (button?.checkVisibility()) button.click();
  }

  /** Whatever is out is put away; with nothing out, what goes on is called off. */
  #escape() {
    const out = ["brush", "move", "magnifier"].map((name) => `[data-${name}="toggle"][aria-pressed="true"]`);
    const open = out.find((selector) => this.editor.querySelector(selector));
    this.#press(open ?? '[data-act="cancel"]:not([data-off])');
  }

  #hold(held) {
    this.#find("compare").toggleAttribute("data-held", held);
  }

  /** To the attempt before or after the one that is looked at. */
  #step(by) {
    const cards = [...this.editor.querySelectorAll("packshot-attempt-strip .card")];
    const at = cards.findIndex((card) => card.hasAttribute("aria-current"));
    cards[at + by]?.click();
    cards[at + by]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #nextMode() {
    const modes = [...this.editor.querySelectorAll('[name="mode"]')];
    const at = modes.findIndex((mode) => mode.checked);
    modes[(at + 1) % modes.length].click();
  }
}

customElements.define("packshot-keyboard-shortcuts", KeyboardShortcuts);

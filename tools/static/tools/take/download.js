import { percent, pixels, size } from "../pure/amounts.js";
import { fileFor, groundOf, isOpen, sizeOf, wishOf } from "../pure/wish.js";
import { ask, post } from "../editor/api.js";
import { tell, write } from "../editor/dom.js";
import { locale, say } from "../editor/words.js";
import { drawChecks } from "./checks.js";
import { save, watched } from "./save.js";

/** A hand may still be choosing: nothing is made for a marketplace before it has rested so long. */
const REST = 500;

/**
 * The way out with the result. What it will be is chosen here; for a marketplace it is made at
 * once, because only the file itself can be checked. Tells "export", "downloaded", "said", and
 * "grounded" with the colour that lies behind what is clear.
 */
class Download extends HTMLElement {
  #desk = null;
  #attempt = null;
  #making = null;
  #timer = null;
  /** Has a hand chosen the file type? Else it is what the ground asks for. */
  #typed = false;

  connectedCallback() {
    this.form = document.getElementById("download");
    this.picker = this.querySelector("[data-ground]");
    this.picker.addEventListener("input", () => this.lay(this.picker.value));
    this.button = this.querySelector(".get");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#get();
    });
    this.addEventListener("change", ({ target }) => {
      if (target.name === "format") this.#typed = true;
      if (target.form === this.form) this.#changed();
    });
    this.addEventListener("click", ({ target }) => {
      if (target.closest("[data-white]")) this.#white("1");
      if (target.closest("[data-check], [data-white]")) this.#make();
    });
  }

  /** What is seen behind the result is what the file has there; empty for nothing. */
  lay(colour) {
    this.form.elements.colour.value = colour;
    if (!this.#typed) this.form.elements.format.value = colour ? "jpeg" : "png";
    this.#changed();
  }

  get ground() {
    return groundOf(Object.fromEntries(new FormData(this.form)));
  }

  #white(value) {
    this.form.elements.white.value = value;
  }

  show(desk) {
    this.#desk = desk;
    const done = desk.attempt?.status === "done" ? desk.attempt : null;
    if (done?.id !== this.#attempt?.id) {
      this.#complain("");
      this.#white("");
    }
    this.#attempt = done;
    this.querySelector("packshot-rating").show(desk);
    this.#draw();
  }

  get wish() {
    return wishOf(Object.fromEntries(new FormData(this.form)));
  }

  get #market() {
    return this.form.elements.market.selectedOptions[0];
  }

  #file() {
    return this.#attempt && fileFor(this.#desk.exports.values(), this.#attempt.id, this.wish);
  }

  #changed() {
    this.#complain("");
    this.#white("");
    this.#draw();
    clearTimeout(this.#timer);
    if (this.#market.value) this.#timer = setTimeout(() => this.#make(), REST);
  }

  #draw() {
    const { market } = Object.fromEntries(new FormData(this.form));
    const { ground } = this;
    this.querySelector('[data-for="ground"]').hidden = !ground;
    if (ground) this.picker.value = ground;
    tell(this, "grounded", { colour: ground });
    this.querySelector('[data-for="size"]').hidden = Boolean(market);
    const file = this.#file();
    const making = Boolean(this.#making) || Boolean(file && isOpen(file));
    this.button.disabled = !this.#attempt || making;
    const weight = file?.bytes ? size(file.bytes, locale) : "";
    write(this, "what", [this.#pixels, weight].filter(Boolean).join(" · "));
    write(this, "name", file?.status === "done" ? file.name : "");
    this.querySelector(".making").hidden = !making;
    const share = file?.share;
    write(this, "making", share ? say("making.share", { share: percent(share, locale) }) : say("making.wait"));
    this.querySelector(".making progress").value = share ?? 0;
    const rows = file?.status === "done" ? file.preflight : null;
    drawChecks(this.querySelector(".checks"), {
      market: market && this.#attempt ? this.#market.text : "",
      rows,
      making,
      white: Boolean(file?.offers_white),
    });
  }

  get #pixels() {
    const size = this.#attempt && sizeOf(this.#attempt, this.wish);
    return size ? pixels(...size) : "";
  }

  /** The file that is wished for now, made if it is not there; null when it could not be. */
  async #make() {
    const attempt = this.#attempt;
    if (!attempt) return null;
    const turn = {};
    this.#making = turn;
    this.#complain("");
    this.#draw();
    try {
      const told = (file) => tell(this, "export", { file });
      const asked = await post(`/attempts/${attempt.id}/exports/`, this.wish);
      if (this.#making === turn) this.#making = null;
      const made = await watched(asked, ({ id }) => this.#look(id), { onNews: told });
      told(made);
      if (made.status !== "done") throw Object.assign(new Error(made.error), { words: made.words });
      return made;
    } catch (error) {
      if (this.#making === turn) this.#making = null;
      if (this.#attempt?.id === attempt.id) this.#complain(error.words ?? say("lost"));
      return null;
    } finally {
      this.#draw();
    }
  }

  /** What the stream of events has told already is not asked for. */
  async #look(id) {
    const known = this.#desk.exports.get(id);
    return known && !isOpen(known) ? known : ask(`/exports/${id}/`);
  }

  async #get() {
    const file = await this.#make();
    if (!file) return;
    save(file.url);
    tell(this, "said", { words: say("made", { size: size(file.bytes, locale) }) });
    tell(this, "downloaded", { label: file.format, attempt: file.attempt });
  }

  #complain(words) {
    const notice = this.querySelector(".wrong");
    notice.hidden = !words;
    notice.textContent = words;
    if (words) tell(this, "said", { words });
  }
}

customElements.define("packshot-download", Download);

import { formatBytes } from "../logic/number_format.js";
import { computeExportSize, findExport, isExportOpen, readExportOptions } from "../logic/export_options.js";
import { fetchJson, postForm } from "../editor/api.js";
import { emitEvent } from "../editor/dom.js";
import { locale, getMessage } from "../editor/messages.js";
import { describeFile } from "./describe_file.js";
import { FileBackground } from "./file_background.js";
import { drawMarketplaceChecks } from "./marketplace_checks.js";
import { saveFile, pollUntilDone } from "./save_file.js";

/** A hand may still be choosing: nothing is made for a marketplace before it has rested so long. */
const REST = 500;

/**
 * The way out with the result. What it will be is chosen here; for a marketplace it is made at
 * once, because only the file itself can be checked. Tells "export", "downloaded", "said", and
 * "grounded" with the colour that lies behind what is clear.
 */
class DownloadPanel extends HTMLElement {
  #workspace = null;
  #attempt = null;
  #making = null;
  #timer = null;

  connectedCallback() {
    this.form = document.getElementById("download");
    this.background = new FileBackground(this, this.form, () => this.#changed());
    this.buttons = [this.querySelector(".get"), this.closest("packshot-editor").querySelector('[data-bar="download"]')];
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#get();
    });
    this.addEventListener("change", ({ target }) => target.form === this.form && this.#changed());
    this.addEventListener("click", ({ target }) => {
      if (target.closest("[data-white]")) this.background.setWhite("1");
      if (target.closest("[data-check], [data-white]")) this.#make();
    });
  }

  /** What is seen behind the result is what the file has there; empty for nothing. */
  lay(colour) {
    this.background.lay(colour);
    this.#changed();
  }

  show(workspace) {
    this.#workspace = workspace;
    const done = workspace.attempt?.status === "done" ? workspace.attempt : null;
    const isNew = done?.id !== this.#attempt?.id;
    if (isNew) this.#begin();
    this.#attempt = done;
    // Where the page is for a marketplace, its verdict stands beside the picture without a click.
    if (isNew && done && this.#market.value && !this.#file()) this.#soon();
    this.querySelector("packshot-rating").show(workspace);
    this.#draw();
  }

  get exportOptions() {
    return readExportOptions(Object.fromEntries(new FormData(this.form)));
  }

  get #market() {
    return this.form.elements.market.selectedOptions[0];
  }

  #file() {
    return this.#attempt && findExport(this.#workspace.exports.values(), this.#attempt.id, this.exportOptions);
  }

  /** Nothing is said yet of this file, and nothing has been put on white. */
  #begin() {
    this.#complain("");
    this.background.setWhite("");
  }

  #changed() {
    this.#begin();
    this.#draw();
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#timer);
    if (this.#market.value) this.#timer = setTimeout(() => this.#make(), REST);
  }

  #draw() {
    this.background.draw();
    emitEvent(this, "grounded", { colour: this.background.colour });
    this.querySelector('[data-for="size"]').hidden = Boolean(this.#market.value);
    const file = this.#file();
    const making = Boolean(this.#making) || Boolean(file && isExportOpen(file));
    for (const button of this.buttons) button.disabled = !this.#attempt || making;
    describeFile(this, file, { size: this.#attempt && computeExportSize(this.#attempt, this.exportOptions), making });
    drawMarketplaceChecks(this.querySelector(".checks"), {
      market: this.#market.value && this.#attempt ? this.#market.text : "",
      rows: file?.status === "done" ? file.preflight : null,
      making,
      white: Boolean(file?.offers_white),
    });
  }

  /** The file that is wanted now, made if it is not there; null when it could not be. */
  async #make() {
    const attempt = this.#attempt;
    if (!attempt) return null;
    const turn = {};
    this.#making = turn;
    this.#complain("");
    this.#draw();
    try {
      const told = (file) => emitEvent(this, "export", { file });
      const asked = await postForm(`/attempts/${attempt.id}/exports/`, this.exportOptions);
      if (this.#making === turn) this.#making = null;
      const made = await pollUntilDone(asked, ({ id }) => this.#look(id), { onNews: told });
      told(made);
      if (made.status !== "done") throw Object.assign(new Error(made.error), { words: made.words });
      return made;
    } catch (error) {
      if (this.#making === turn) this.#making = null;
      if (this.#attempt?.id === attempt.id) this.#complain(error.words ?? getMessage("lost"));
      return null;
    } finally {
      this.#draw();
    }
  }

  /** What the stream of events has told already is not asked for. */
  async #look(id) {
    const known = this.#workspace.exports.get(id);
    return known && !isExportOpen(known) ? known : fetchJson(`/exports/${id}/`);
  }

  async #get() {
    const file = await this.#make();
    if (!file) return;
    saveFile(file.url);
    emitEvent(this, "said", { words: getMessage("made", { size: formatBytes(file.bytes, locale) }) });
    emitEvent(this, "downloaded", { label: file.format, attempt: file.attempt });
  }

  #complain(words) {
    const notice = this.querySelector(".wrong");
    notice.hidden = !words;
    notice.textContent = words;
    if (words) emitEvent(this, "said", { words });
  }
}

customElements.define("packshot-download", DownloadPanel);

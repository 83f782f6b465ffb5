import { pixels, size } from "../pure/amounts.js";
import { post } from "./api.js";
import { tell, write } from "./dom.js";
import { locale, say } from "./words.js";

/** The way out with the result, at full size. Tells "export" with the file to be, "said" with words. */
class Download extends HTMLElement {
  #attempt = null;
  #waiting = null;

  connectedCallback() {
    this.form = document.getElementById("download");
    this.button = this.querySelector(".get");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#get();
    });
    this.addEventListener("change", () => this.#draw());
  }

  show(desk) {
    this.#attempt = desk.attempt?.status === "done" ? desk.attempt : null;
    const file = desk.exports.get(this.#waiting);
    if (file && file.status !== "queued" && file.status !== "running") this.#arrived(file);
    this.#draw();
  }

  #draw() {
    const onColour = this.form.elements.format.value === "jpeg";
    this.querySelector("[data-for]").hidden = !onColour;
    this.button.disabled = !this.#attempt || this.#waiting !== null;
    const what = this.#attempt?.width ? pixels(this.#attempt.width, this.#attempt.height) : "";
    write(this, "what", this.#waiting ? say("making") : what);
  }

  async #get() {
    if (!this.#attempt) return;
    this.#waiting = "asked";
    this.#draw();
    const { format, colour } = Object.fromEntries(new FormData(this.form));
    const fields = format === "jpeg" ? { format, colour } : { format };
    try {
      const file = await post(`/attempts/${this.#attempt.id}/exports/`, fields);
      this.#waiting = file.id;
      tell(this, "export", { file });
    } catch (error) {
      this.#waiting = null;
      tell(this, "said", { words: error.words ?? say("lost"), bad: true });
    }
    this.#draw();
  }

  #arrived(file) {
    this.#waiting = null;
    if (file.status !== "done") {
      tell(this, "said", { words: file.words || say("error"), bad: true });
      return;
    }
    const link = document.createElement("a");
    link.href = file.url;
    link.download = "";
    link.click();
    const weight = file.bytes ? size(file.bytes, locale) : "";
    tell(this, "said", { words: say("made", { size: weight }) });
  }
}

customElements.define("packshot-download", Download);

import { size } from "../logic/number_format.js";
import { news, post } from "../editor/api.js";
import { tell, write } from "../editor/dom.js";
import { locale, say, sayCount } from "../editor/messages.js";
import { save, watched } from "./save_file.js";

/** All favourites of a photo as one file. Tells "downloaded" and "said". */
class Zip extends HTMLElement {
  #desk = null;
  /** The archive that is being made. */
  #archive = null;

  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const what = target.closest("button")?.dataset.zip;
      if (what === "start") this.#start();
      if (what === "cancel") this.#cancel();
    });
  }

  show(desk) {
    this.#desk = desk;
    this.#draw();
  }

  get #favourites() {
    const mine = this.#desk.of(this.#desk.photoId);
    return mine.filter(({ favourite, status }) => favourite && status === "done").length;
  }

  #draw() {
    const count = this.#favourites;
    this.hidden = count === 0 && !this.#archive;
    this.querySelector('[data-zip="start"]').hidden = Boolean(this.#archive);
    this.querySelector(".making").hidden = !this.#archive;
    if (count) write(this, "what", sayCount("zip", count));
    if (!this.#archive) return;
    write(this, "making", say("zip.making", this.#archive));
    this.querySelector("progress").value = this.#archive.share ?? 0;
  }

  async #start() {
    this.#complain("");
    const { photoId } = this.#desk;
    const wish = this.closest("packshot-editor").querySelector("packshot-download").wish;
    try {
      const asked = await post(`/photos/${photoId}/zip/`, wish);
      this.#take(asked);
      const look = ({ url }) => (this.#archive?.status === "cancelled" ? this.#archive : news(url));
      const made = await watched(asked, look, { onNews: (archive) => this.#take(archive) });
      if (made.status === "done") this.#save(made);
      else if (made.status === "failed") this.#complain(made.words);
      else tell(this, "said", { words: made.words });
    } catch (error) {
      this.#complain(error.words ?? say("lost"));
    }
    this.#take(null);
  }

  /** What was cancelled meanwhile is not brought back by older news. */
  #take(archive) {
    if (archive && this.#archive?.id === archive.id && this.#archive.status === "cancelled") return;
    this.#archive = archive;
    this.#draw();
  }

  #save(archive) {
    save(archive.file);
    tell(this, "said", { words: say("zip.made", { size: size(archive.bytes, locale) }) });
    tell(this, "downloaded", { label: "zip", attempt: this.#desk.attemptId });
  }

  async #cancel() {
    try {
      this.#archive = await post(`${this.#archive.url}cancel/`);
    } catch (error) {
      this.#complain(error.words ?? say("lost"));
    }
    this.querySelector('[data-zip="start"]').focus();
  }

  #complain(words) {
    const notice = this.querySelector(".wrong");
    notice.hidden = !words;
    notice.textContent = words;
  }
}

customElements.define("packshot-zip", Zip);

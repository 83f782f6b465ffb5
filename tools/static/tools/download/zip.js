import { formatBytes } from "../logic/number_format.js";
import { fetchIfChanged, postForm } from "../editor/api.js";
import { emitEvent, setSlotText } from "../editor/dom.js";
import { locale, getMessage, getCountMessage } from "../editor/messages.js";
import { saveFile, pollUntilDone } from "./save_file.js";

/** All favourites of a photo as one file. Tells "downloaded" and "said". */
class Zip extends HTMLElement {
  #workspace = null;
  /** The archive that is being made. */
  #archive = null;

  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const what = target.closest("button")?.dataset.zip;
      if (what === "start") this.#start();
      if (what === "cancel") this.#cancel();
    });
  }

  show(workspace) {
    this.#workspace = workspace;
    this.#draw();
  }

  get #favourites() {
    const mine = this.#workspace.of(this.#workspace.photoId);
    return mine.filter(({ favourite, status }) => favourite && status === "done").length;
  }

  #draw() {
    const count = this.#favourites;
    this.hidden = count === 0 && !this.#archive;
    this.querySelector('[data-zip="start"]').hidden = Boolean(this.#archive);
    this.querySelector(".making").hidden = !this.#archive;
    if (count) setSlotText(this, "what", getCountMessage("zip", count));
    if (!this.#archive) return;
    setSlotText(this, "making", getMessage("zip.making", this.#archive));
    this.querySelector("progress").value = this.#archive.share ?? 0;
  }

  async #start() {
    this.#complain("");
    const { photoId } = this.#workspace;
    const options = this.closest("packshot-editor").querySelector("packshot-download").exportOptions;
    try {
      const asked = await postForm(`/photos/${photoId}/zip/`, options);
      this.#take(asked);
      const look = ({ url }) => (this.#archive?.status === "cancelled" ? this.#archive : fetchIfChanged(url));
      const made = await pollUntilDone(asked, look, { onNews: (archive) => this.#take(archive) });
      if (made.status === "done") this.#save(made);
      else if (made.status === "failed") this.#complain(made.words);
      else emitEvent(this, "said", { words: made.words });
    } catch (error) {
      this.#complain(error.words ?? getMessage("lost"));
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
    saveFile(archive.file);
    emitEvent(this, "said", { words: getMessage("zip.made", { size: formatBytes(archive.bytes, locale) }) });
    emitEvent(this, "downloaded", { label: "zip", attempt: this.#workspace.attemptId });
  }

  async #cancel() {
    try {
      this.#archive = await postForm(`${this.#archive.url}cancel/`);
    } catch (error) {
      this.#complain(error.words ?? getMessage("lost"));
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

import { carriesFiles } from "../../logic/file_checks.js";
import { emitEvent } from "../dom.js";

/**
 * Where photos come in: the zone's own input, a drop anywhere on the page, a paste, a sample.
 * Tells "files" with the files, or "sample" with the sample's name.
 */
class DropZone extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.input.multiple = true;
    this.input.required = false;
    this.addEventListener("change", ({ target }) => target.type === "file" && this.#take(target));
    this.#listen();
    // Chosen or dropped before this script came.
    if (this.input.files.length) this.#take(this.input);
  }

  choose() {
    this.input.click();
  }

  #take(input) {
    const files = [...input.files];
    input.value = "";
    if (files.length) this.#give("files", { files });
  }

  /** Whoever is to hear it may still be on the way. */
  async #give(type, detail) {
    this.toggleAttribute("data-taking", true);
    try {
      await this.closest("packshot-editor").open();
    } finally {
      this.toggleAttribute("data-taking", false);
    }
    emitEvent(this, type, detail);
  }

  #listen() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-sample]");
      if (!button) return;
      event.preventDefault();
      const preview = button.querySelector("img").currentSrc;
      this.#give("sample", { name: button.dataset.sample, preview });
    });
    document.addEventListener("dragover", (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      document.documentElement.toggleAttribute("data-dropping", true);
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.#endDrag();
    });
    document.addEventListener("drop", (event) => {
      this.#endDrag();
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      this.#give("files", { files: [...event.dataTransfer.files] });
    });
    document.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) this.#give("files", { files });
    });
  }

  #endDrag() {
    document.documentElement.removeAttribute("data-dropping");
  }
}

customElements.define("packshot-drop-zone", DropZone);

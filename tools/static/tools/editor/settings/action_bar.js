import { emitEvent } from "../dom.js";

/**
 * On a phone the settings are a sheet at the foot of the page: the button that uses them is always
 * under the thumb, and the picture stays in sight above. Tells "settings-sheet" when it opens and closes.
 */
class ActionBar extends HTMLElement {
  connectedCallback() {
    this.settings = this.closest("packshot-settings");
    this.editor = this.closest("packshot-editor");
    this.keys = Object.fromEntries([...this.querySelectorAll("[data-bar]")].map((key) => [key.dataset.bar, key]));
    this.keys.settings.addEventListener("click", () => this.turn(!this.on));
    this.keys.download.addEventListener("click", () => document.getElementById("download").requestSubmit());
    this.keys.options.addEventListener("click", () => this.#toDownload());
    this.editor.addEventListener("brushing", ({ detail }) => detail.on && this.turn(false));
    // A tool's name opens its settings; the name of the one in use closes them again.
    this.editor.addEventListener("tool", ({ detail }) => {
      this.turn(!this.on || detail.slug !== this.settings.tool);
    });
  }

  get on() {
    return this.settings.hasAttribute("data-open");
  }

  show(attempt) {
    this.keys.options.disabled = attempt?.status !== "done";
  }

  turn(on) {
    if (on === this.on) return;
    this.settings.toggleAttribute("data-open", on);
    this.keys.settings.setAttribute("aria-expanded", String(on));
    emitEvent(this, "settings-sheet", { on });
  }

  #toDownload() {
    this.turn(false);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const download = this.editor.querySelector("packshot-download");
    // Beside the picture it comes no farther than it must: the picture stays in sight.
    const block = getComputedStyle(this.settings).position === "fixed" ? "start" : "nearest";
    download.scrollIntoView({ block, behavior: calm ? "instant" : "smooth" });
    download.querySelector(".get").focus({ preventScroll: true });
  }
}

customElements.define("packshot-action-bar", ActionBar);

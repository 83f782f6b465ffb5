import { formatTimeUntil } from "../../logic/number_format.js";
import { cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { locale, getMessage, getCountMessage } from "../messages.js";

/** When the photo dies, and the way to end it now, asked once more. Tells "act". */
class Expiry extends HTMLElement {
  connectedCallback() {
    this.append(cloneTemplate("expiry"));
    this.addEventListener("click", ({ target }) => {
      const act = target.closest("button")?.dataset.act;
      if (act === "delete") emitEvent(this, "act", { act });
      if (act) this.#ask(act === "ask");
    });
  }

  get #hours() {
    return Number(this.closest("packshot-editor").dataset.hours);
  }

  show(workspace) {
    const { photo } = workspace;
    // What was refused before it was sent is kept nowhere.
    this.hidden = !photo || (photo.local && photo.state === "refused");
    if (photo?.id !== this.dataset.photo) this.#ask(false, { focus: false });
    this.dataset.photo = photo?.id ?? "";
    if (!photo) return;
    const expires = photo.expires ?? new Date(Date.now() + this.#hours * 3_600_000);
    setSlotText(this, "left", getMessage("expires", { when: formatTimeUntil(expires, Date.now(), locale) }));
    setSlotText(this, "sure", getCountMessage("sure", workspace.of(photo.id).length));
  }

  #ask(sure, { focus = true } = {}) {
    const [left, question] = ["left", "sure"].map((part) => this.querySelector(`[data-part="${part}"]`));
    left.hidden = sure;
    question.hidden = !sure;
    if (focus) (sure ? question : left).querySelector("button").focus();
  }
}

customElements.define("packshot-expiry", Expiry);

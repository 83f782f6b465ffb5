import { countProgress } from "../../logic/variations.js";
import { drawAttemptCard } from "./attempt_card.js";
import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { getMessage } from "../messages.js";

/** A contact sheet: several attempts beside each other while they come; one is picked. Tells "pick". */
class ContactSheet extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) emitEvent(this, "pick", { attempt: item.dataset.key });
      if (target.closest("[data-close]")) emitEvent(this, "pick", {});
    });
  }

  /** Show these attempts at a photo, or nothing when there are none. */
  show(attempts, photo) {
    this.hidden = attempts.length === 0;
    if (this.hidden) return;
    const { done, of } = countProgress(attempts);
    setSlotText(this, "progress", getMessage("contact", { done, of }));
    reconcileChildren(this.list, attempts, {
      key: ({ id }) => id,
      make: () => cloneTemplate("contact").firstElementChild,
      update: (element, attempt) => draw(element.firstElementChild, attempt, photo),
    });
  }
}

function draw(button, attempt, photo) {
  button.disabled = attempt.status !== "done";
  drawAttemptCard(button, { ...attempt, picture: attempt.preview, from: photo.thumb });
  setSlotText(button, "name", attempt.label || attempt.title);
}

customElements.define("packshot-contact-sheet", ContactSheet);

import { progress } from "../../logic/variations.js";
import { drawCard } from "./attempt_card.js";
import { reconcile, stamp, tell, write } from "../dom.js";
import { say } from "../messages.js";

/** A contact sheet: several attempts beside each other while they come; one is picked. Tells "pick". */
class Contact extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) tell(this, "pick", { attempt: item.dataset.key });
      if (target.closest("[data-close]")) tell(this, "pick", {});
    });
  }

  /** Show these attempts at a photo, or nothing when there are none. */
  show(attempts, photo) {
    this.hidden = attempts.length === 0;
    if (this.hidden) return;
    const { done, of } = progress(attempts);
    write(this, "progress", say("contact", { done, of }));
    reconcile(this.list, attempts, {
      key: ({ id }) => id,
      make: () => stamp("contact").firstElementChild,
      update: (element, attempt) => draw(element.firstElementChild, attempt, photo),
    });
  }
}

function draw(button, attempt, photo) {
  button.disabled = attempt.status !== "done";
  drawCard(button, { ...attempt, picture: attempt.preview, from: photo.thumb });
  write(button, "name", attempt.label || attempt.title);
}

customElements.define("packshot-contact", Contact);

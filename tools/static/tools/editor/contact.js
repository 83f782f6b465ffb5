import { progress } from "../pure/batch.js";
import { reconcile, stamp, tell, write } from "./dom.js";
import { say } from "./words.js";

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

  /** Show these attempts, or nothing when there are none. */
  show(attempts) {
    this.hidden = attempts.length === 0;
    if (this.hidden) return;
    const { done, of } = progress(attempts);
    write(this, "progress", say("contact", { done, of }));
    reconcile(this.list, attempts, {
      key: ({ id }) => id,
      make: () => stamp("contact").firstElementChild,
      update: (element, attempt) => draw(element.firstElementChild, attempt),
    });
  }
}

function draw(button, { status, preview, label, share, title }) {
  const image = button.querySelector("img");
  const bar = button.querySelector("progress");
  button.disabled = status !== "done";
  button.dataset.status = status;
  image.hidden = !preview;
  if (preview && image.getAttribute("src") !== preview) image.src = preview;
  bar.hidden = status !== "running";
  bar.value = share ?? 0;
  write(button, "name", label || title);
  write(button, "state", status === "done" ? "" : say(`strip.${status}`));
}

customElements.define("packshot-contact", Contact);

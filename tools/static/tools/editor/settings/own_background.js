import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { sendFile } from "../uploads/send_file.js";
import { getMessage } from "../messages.js";

/**
 * The visitor's own picture as a background: one of their photos here, or one that is sent in for
 * it. Tells "arrived" with a photo that the server has taken.
 */
class OwnBackground extends HTMLElement {
  #sent = null;

  connectedCallback() {
    this.list = this.querySelector(".own");
    this.field = this.querySelector('input[name="picture"]');
    this.input = this.querySelector('input[type="file"]');
    this.words = this.querySelector(".add span");
    this.label = this.words.textContent;
    this.input.addEventListener("change", (event) => this.#send(event));
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) this.#choose(item.dataset.key);
    });
  }

  show(workspace) {
    const sent = workspace.photos.get(this.#sent);
    if (sent && sent.state !== "received") this.#arrived(sent);
    const fits = ({ id, state }) => state === "ready" && id !== workspace.photoId;
    reconcileChildren(this.list, [...workspace.photos.values()].filter(fits), {
      key: ({ id }) => id,
      make: () => cloneTemplate("own-picture").firstElementChild,
      update: (element, { id, name, thumb }) => {
        const button = element.firstElementChild;
        const image = button.querySelector("img");
        if (image.getAttribute("src") !== thumb) image.src = thumb;
        image.hidden = false;
        button.setAttribute("aria-pressed", String(this.field.value === id));
        setSlotText(button, "name", name);
      },
    });
  }

  #choose(id) {
    this.field.value = id;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async #send(event) {
    event.stopPropagation();
    const [file] = this.input.files;
    this.input.value = "";
    if (!file) return;
    this.words.textContent = getMessage("picture.on-its-way");
    const never = new AbortController();
    try {
      const nothing = () => {};
      const hooks = { onShare: nothing, onWait: nothing, signal: never.signal };
      const photo = await sendFile(file, hooks);
      this.#sent = photo.id;
      emitEvent(this, "arrived", { photo });
    } catch (error) {
      this.words.textContent = this.label;
      emitEvent(this, "said", { words: error.words ?? getMessage("lost"), bad: true });
    }
  }

  #arrived(photo) {
    this.#sent = null;
    this.words.textContent = this.label;
    if (photo.state === "ready") this.#choose(photo.id);
    else emitEvent(this, "said", { words: photo.words, bad: true });
  }
}

customElements.define("packshot-own-background", OwnBackground);

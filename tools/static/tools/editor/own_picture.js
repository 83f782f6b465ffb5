import { percent } from "../pure/amounts.js";
import { reconcile, stamp, tell, write } from "./dom.js";
import { locale, say } from "./words.js";

/**
 * The visitor's own picture as a background: one of their photos here, or one that is sent in for
 * it. Tells "picture" with the file of a new one.
 */
class OwnPicture extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".own");
    this.field = this.querySelector('input[name="picture"]');
    this.input = this.querySelector('input[type="file"]');
    this.words = this.querySelector(".add span");
    this.label = this.words.textContent;
    this.input.addEventListener("change", (event) => this.#give(event));
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) this.choose(item.dataset.key);
    });
  }

  show(desk) {
    // It has another name when the server has it, and none when it never came.
    const { value } = this.field;
    const chosen = desk.photos.get(desk.nameOf(value));
    if (chosen) this.field.value = chosen.id;
    else if (value.startsWith("upload-")) this.field.value = "";
    const coming = chosen && chosen.state !== "ready";
    const share = chosen?.share ? percent(chosen.share, locale) : "";
    this.words.textContent = coming ? [say("picture.on-its-way"), share].filter(Boolean).join(" ") : this.label;
    const fits = ({ id, state, background }) => id !== desk.photoId && (background || state === "ready");
    reconcile(this.list, [...desk.photos.values()].filter(fits), {
      key: ({ id }) => id,
      make: () => stamp("own-picture").firstElementChild,
      update: (element, { id, name, thumb, localPreview, state }) => {
        const button = element.firstElementChild;
        const image = button.querySelector("img");
        const url = thumb ?? localPreview;
        if (url && image.getAttribute("src") !== url) image.src = url;
        image.hidden = !url;
        button.dataset.state = state;
        button.setAttribute("aria-pressed", String(this.field.value === id));
        write(button, "name", name);
      },
    });
  }

  /** Where a picture is chosen is seen, and has the focus. */
  ask() {
    this.input.focus();
    this.scrollIntoView({ block: "nearest" });
  }

  choose(id) {
    this.field.value = id;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #give(event) {
    event.stopPropagation();
    const [file] = this.input.files;
    this.input.value = "";
    if (file) tell(this, "picture", { file });
  }
}

customElements.define("packshot-picture", OwnPicture);

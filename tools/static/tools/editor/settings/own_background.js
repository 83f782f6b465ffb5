import { formatPercent } from "../../logic/number_format.js";
import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { locale, getMessage } from "../messages.js";

/**
 * The visitor's own picture as a background: one of their photos here, or one that is sent in for
 * it. Tells "picture" with the file of a new one.
 */
class OwnBackground extends HTMLElement {
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

  show(workspace) {
    // It has another name when the server has it, and none when it never came.
    const { value } = this.field;
    const chosen = workspace.photos.get(workspace.findCurrentId(value));
    if (chosen) this.field.value = chosen.id;
    else if (value.startsWith("upload-")) this.field.value = "";
    const coming = chosen && chosen.state !== "ready";
    const share = chosen?.share ? formatPercent(chosen.share, locale) : "";
    this.words.textContent = coming ? [getMessage("picture.on-its-way"), share].filter(Boolean).join(" ") : this.label;
    const fits = ({ id, state, background }) => id !== workspace.photoId && (background || state === "ready");
    reconcileChildren(this.list, [...workspace.photos.values()].filter(fits), {
      key: ({ id }) => id,
      make: () => cloneTemplate("own-picture").firstElementChild,
      update: (element, { id, name, thumb, localPreview, state }) => {
        const button = element.firstElementChild;
        const image = button.querySelector("img");
        const url = thumb ?? localPreview;
        if (url && image.getAttribute("src") !== url) image.src = url;
        image.hidden = !url;
        button.dataset.state = state;
        button.setAttribute("aria-pressed", String(this.field.value === id));
        setSlotText(button, "name", name);
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
    if (file) emitEvent(this, "picture", { file });
  }
}

customElements.define("packshot-own-background", OwnBackground);

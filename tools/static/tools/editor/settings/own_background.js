import { formatPercent } from "../../logic/number_format.js";
import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { locale, getCountMessage, getMessage } from "../messages.js";

/**
 * The visitor's own picture as a background: one of their photos here, or one that is sent in for
 * it. Tells "picture" with the file of a new one, "at-once" when one that is here was tapped, and
 * "picture-remove" with the id of one that is to be had no more, asked once before.
 */
class OwnBackground extends HTMLElement {
  /** The picture whose end is asked about. */
  #doomed = "";
  #workspace = null;

  connectedCallback() {
    this.list = this.querySelector(".own");
    this.field = this.querySelector('input[name="picture"]');
    this.input = this.querySelector('input[type="file"]');
    this.words = this.querySelector(".add span");
    this.label = this.words.textContent;
    this.input.addEventListener("change", (event) => this.#give(event));
    this.addEventListener("click", ({ target }) => {
      const [item, act] = [target.closest("li"), target.closest("[data-picture]")?.dataset.picture];
      if (act === "delete") emitEvent(this, "picture-remove", { photo: this.#doomed });
      if (act) return this.#ask(act === "ask" ? item.dataset.key : "");
      if (!item) return;
      this.choose(item.dataset.key);
      emitEvent(this, "at-once");
    });
  }

  #ask(id) {
    this.#doomed = id;
    this.show(this.#workspace);
    (id ? this.querySelector('[data-picture="keep"]') : this.input).focus();
  }

  show(workspace) {
    this.#workspace = workspace;
    this.#drawQuestion();
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
      update: (element, { id, name, thumb, localPreview, state, background }) => {
        const button = element.firstElementChild;
        button.nextElementSibling.hidden = !background;
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

  /** What goes with it is said before it goes. */
  #drawQuestion() {
    const { photos, attempts } = this.#workspace;
    this.querySelector(".sure").hidden = !photos.has(this.#doomed);
    const count = [...attempts.values()].filter(({ params }) => params?.picture === this.#doomed).length;
    setSlotText(this, "sure", count ? getCountMessage("picture.sure", count) : getMessage("picture.sure"));
  }

  /** It is here no more, and stands behind nothing. */
  forget(id) {
    if (this.field.value === id) this.choose("");
  }

  /** Where a picture is chosen is seen, and has the focus. */
  ask() {
    this.input.focus();
    this.scrollIntoView({ block: "nearest" });
  }

  choose(id) {
    this.field.value = id;
    for (const ground of this.field.form.elements.background) ground.checked = ground.value === "picture";
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

import { reconcileChildren, cloneTemplate, setSlotText } from "../dom.js";

/** Scenes that suit the product, with it in them, to choose from; the panel tries all at once. */
class ScenePicker extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) this.#choose(item.dataset.key);
    });
  }

  get #field() {
    return this.closest("form").elements.scene;
  }

  /** What "all" of them are: the field, its values and their names. */
  get all() {
    const items = [...this.list.children];
    return { name: "scene", values: items.map(({ dataset }) => dataset.key), labels: items.map((item) => item.textContent.trim()) };
  }

  show(photo, attempt) {
    const found = photo?.suggestions ?? [];
    const { title } = [...this.#field].find(({ checked }) => checked).closest("label");
    setSlotText(this.parentElement, "scene", title);
    // They come with the first cut-out: what stands under them is not to jump then.
    const waits = found.length === 0 && isBegun(photo, attempt);
    this.toggleAttribute("data-waits", waits);
    this.hidden = found.length === 0 && !waits;
    if (this.hidden) return;
    reconcileChildren(this.list, found, {
      key: ({ scene }) => scene,
      make: () => cloneTemplate("scene").firstElementChild,
      update: (element, { scene, name, words, preview }) => {
        const button = element.firstElementChild;
        const image = button.querySelector("img");
        if (image.getAttribute("src") !== preview) image.src = preview;
        setSlotText(button, "name", name);
        button.title = words;
        button.setAttribute("aria-pressed", String(this.#field.value === scene));
      },
    });
    const chosen = found.find(({ scene }) => scene === this.#field.value);
    setSlotText(this, "reason", (chosen ?? found[0])?.words ?? "");
  }

  #choose(slug) {
    const chosen = [...this.#field].find(({ value }) => value === slug);
    chosen.checked = true;
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    const shelf = chosen.closest(".scene-list");
    const { offsetTop, offsetLeft } = chosen.closest("label");
    shelf.scrollTo({ top: offsetTop - shelf.clientHeight / 2, left: offsetLeft - shelf.clientWidth / 2 });
  }
}

/** Whether the product is being looked for, or was found just now. */
function isBegun(photo, attempt) {
  if (!attempt) return ["uploading", "waiting", "received"].includes(photo?.state);
  const { local, engines, status } = attempt;
  return status !== "failed" && status !== "cancelled" && Boolean(local || engines?.matte);
}

customElements.define("packshot-scene-picker", ScenePicker);

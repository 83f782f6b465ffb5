import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { Quote } from "./quote.js";

/**
 * Scenes that suit the product, with it in them, and the visitor's own picture: one tap makes one, at
 * the price that stands over them; the panel tries all at once. Tells "at-once" when one was tapped,
 * and "picture" with the file of a picture.
 */
class ScenePicker extends HTMLElement {
  quote = new Quote(this, ".price");

  connectedCallback() {
    this.list = this.querySelector("ol");
    this.querySelector("input").addEventListener("change", (event) => this.#give(event));
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) this.#choose(item.dataset.key);
    });
  }

  get #field() {
    return this.closest("form").elements.scene;
  }

  get #grounds() {
    return [...(this.closest("form").elements.background ?? [])];
  }

  #isOn(scene) {
    return this.#field.value === scene && this.#grounds.every(({ checked, value }) => !checked || value === "scene");
  }

  /** What "all" of them are: the field, its values and their names, and what they ask for besides. */
  get all() {
    const items = [...this.list.children];
    const [values, labels] = [items.map(({ dataset }) => dataset.key), items.map((item) => item.textContent.trim())];
    return { name: "scene", values, labels, also: { background: "scene", picture: "" } };
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
        button.setAttribute("aria-pressed", String(this.#isOn(scene)));
      },
    });
    const chosen = found.find(({ scene }) => scene === this.#field.value);
    setSlotText(this, "reason", (chosen ?? found[0])?.words ?? "");
  }

  /** What a tap will cost: any drawn scene costs the same, and so does one's own picture. */
  ask(photo, tool, settings, state) {
    if (this.hidden || this.hasAttribute("data-waits")) return;
    const scene = this.list.firstElementChild?.dataset.key ?? settings.scene;
    this.quote.ask(photo, tool, { ...settings, background: "scene", scene, picture: "" }, state);
  }

  #give(event) {
    event.stopPropagation();
    const [file] = event.target.files;
    event.target.value = "";
    if (file) emitEvent(this, "picture", { file });
  }

  #choose(slug) {
    const chosen = [...this.#field].find(({ value }) => value === slug);
    chosen.checked = true;
    for (const ground of this.#grounds) ground.checked = ground.value === "scene";
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    const list = chosen.closest(".scene-list");
    const { offsetTop, offsetLeft } = chosen.closest("label");
    list.scrollTo({ top: offsetTop - list.clientHeight / 2, left: offsetLeft - list.clientWidth / 2 });
    emitEvent(this, "at-once");
  }
}

/** Whether the product is being looked for, or was found just now. */
function isBegun(photo, attempt) {
  if (!attempt) return ["uploading", "waiting", "received"].includes(photo?.state);
  const { local, engines, status } = attempt;
  return status !== "failed" && status !== "cancelled" && Boolean(local || engines?.matte);
}

customElements.define("packshot-scene-picker", ScenePicker);

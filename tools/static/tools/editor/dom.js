/** The few things that every element here does with the document. */

const root = () => document.querySelector("packshot-editor");

/** A new copy of what stands in <template data-item="name">. */
export function cloneTemplate(name) {
  const template = root().querySelector(`template[data-item="${name}"]`);
  return document.importNode(template.content, true);
}

/** Write words into the slot of that name; nothing is written twice, so that nothing flickers. */
export function setSlotText(element, name, words) {
  const slot = element.querySelector(`[data-slot="${name}"]`);
  if (slot.textContent !== words) slot.textContent = words;
}

/** Tell whoever listens above; a custom element has one such way out. */
export function emitEvent(element, type, detail = {}) {
  element.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
}

/** Make an element's children match a list by key: those that stay are kept, focus and all. */
export function reconcileChildren(parent, items, { key, make, update }) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const name = String(key(item));
    let child = old.get(name);
    if (!child) {
      child = make(item);
      child.dataset.key = name;
    }
    old.delete(name);
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
    update(child, item);
  });
  for (const child of old.values()) child.remove();
}

import { findMissingInput, readSettings } from "../../logic/settings_values.js";
import { computeNamedPrice } from "../../logic/price.js";

/**
 * What begins by itself when a photo is given: the page's own tool with the built-in engine, at the
 * price that the drop zone names. Other tools, other engines and what is dearer wait for a click.
 */
export class FirstAttempt {
  #form;
  #own;
  #tool;
  #zone;

  constructor(root) {
    this.#form = root.querySelector("form");
    this.#zone = root.querySelector("[data-price]");
    this.#tool = this.#form.getAttribute("action").split("/").at(-2);
    this.#own = readWrittenForm(this.#form);
    // Another tool's settings take the place of these, and with them go their signs.
    this.waits = Object.fromEntries(
      ["painted", "worded"].map((name) => [name, Boolean(this.#form.querySelector(`[data-${name}]`))]),
    );
  }

  /** The settings of the page's tool: as they are chosen, or as it came while another is chosen. */
  settings() {
    const now = new FormData(this.#form);
    const isOwn = now.get("tool") === this.#tool;
    const found = isOwn ? now : copyForm(this.#own);
    found.set("tool", this.#tool);
    for (const name of [...found.keys()]) if (name.startsWith("engine.")) found.set(name, "embedded");
    return found;
  }

  /** Start it, unless it waits for a hand, or its price was not on the screen. */
  start(requests, photo, settings) {
    // The picture to stand in may have been chosen after the photo was sent off.
    if (settings.get("picture") === "") settings.set("picture", this.#form.elements.picture?.value ?? "");
    if (!this.#zone || !photo || findMissingInput(readSettings(settings), this.waits)) return null;
    return requests.start(photo.id, { settings, most: computeNamedPrice(this.#zone.dataset, photo) });
  }
}

/** The form as the server wrote it, whatever the browser remembers of an earlier visit. */
function readWrittenForm(form) {
  const found = new FormData();
  for (const one of form.elements) {
    if (!one.name || one.matches("button, [type=file], fieldset")) continue;
    if (one.matches("[type=radio], [type=checkbox]")) {
      if (one.defaultChecked) found.append(one.name, one.value);
    } else if (one.matches("select")) {
      const first = [...one.options].find(({ defaultSelected }) => defaultSelected) ?? one.options[0];
      found.append(one.name, first?.value ?? "");
    } else found.append(one.name, one.defaultValue);
  }
  return found;
}

function copyForm(data) {
  const copy = new FormData();
  for (const [name, value] of data) copy.append(name, value);
  return copy;
}

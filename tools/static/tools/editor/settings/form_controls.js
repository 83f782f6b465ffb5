import { formatPercent } from "../../logic/number_format.js";
import { locale } from "../messages.js";

/** Put values into form controls; with `only`, leave alone those that there is no value for. */
export function fillControls(controls, values, { only = false } = {}) {
  for (const control of controls) {
    const value = values[control.name];
    // Of several one is always chosen.
    if (value === undefined && (only || control.type === "radio")) continue;
    if (control.type === "radio") control.checked = control.value === value;
    else if (control.type === "checkbox") control.checked = Boolean(value);
    else if (value !== undefined) control.value = value;
  }
}

/** Was it set by hand? A tool's own defaults are not another tool's; strokes are always a hand's. */
export function isControlTouched(control) {
  const { type, name, options } = control;
  if (type === "hidden") return name === "strokes";
  if (type === "radio" || type === "checkbox") return control.checked !== control.defaultChecked;
  if (options) return !control.selectedOptions[0]?.defaultSelected;
  return control.value !== control.defaultValue;
}

/** Write the value beside each slider: a share reads as a percentage. */
export function labelSliders(root) {
  for (const output of root.querySelectorAll("output")) {
    const control = root.querySelector(`#${CSS.escape(output.htmlFor.value)}`);
    const isShare = Number(control.max) <= 1;
    output.value = isShare ? formatPercent(Number(control.value), locale) : control.value;
  }
}

/** Say beside each control what the server found wrong with it, and nothing that it found before. */
export function sayWrong(root, controls, fields) {
  for (const old of [...root.getElementsByClassName("wrong")]) old.remove();
  for (const [name, words] of Object.entries(fields)) {
    const control = controls.find((element) => element.name === name);
    const note = Object.assign(document.createElement("p"), { className: "wrong", textContent: words.join(" ") });
    const field = control?.closest(".field") ?? root.querySelector(".fields");
    field.append(note);
    field.closest("details").open = true;
    control?.focus();
  }
}

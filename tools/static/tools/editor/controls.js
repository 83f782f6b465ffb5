/** Put values into form controls; with `only`, leave alone those that there is no value for. */
export function fill(controls, values, { only = false } = {}) {
  for (const control of controls) {
    const value = values[control.name];
    if (only && value === undefined) continue;
    if (control.type === "radio") control.checked = control.value === value;
    else if (control.type === "checkbox") control.checked = Boolean(value);
    else if (value !== undefined) control.value = value;
  }
}

/** Was it set by hand? A tool's own defaults are not another tool's; strokes are always a hand's. */
export function isTouched(control) {
  const { type, name, options } = control;
  if (type === "hidden") return name === "strokes";
  if (type === "radio" || type === "checkbox") return control.checked !== control.defaultChecked;
  if (options) return !control.selectedOptions[0]?.defaultSelected;
  return control.value !== control.defaultValue;
}

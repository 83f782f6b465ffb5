/** Settings as plain values: to compare two sets, and to put an attempt's back into the form. */

/** What a FormData says about the tool: no files, no ids. */
export function readSettings(data, skip = ["file", "photo", "parent", "tool", "sample", "url", "most"]) {
  const entries = [...data].filter(([name, value]) => !skip.includes(name) && typeof value === "string");
  return Object.fromEntries(entries);
}

/** Do two sets ask for the same in what has these names? Numbers are equal as numbers: "0" is "0.0". */
export function hasSameSettings(a, b, names = new Set([...Object.keys(a), ...Object.keys(b)])) {
  return [...names].every((name) => alike(sent(a[name]), sent(b[name])));
}

/** Those of a form's names that tell attempts apart: an engine that one had no need of does not. */
export function listComparedNames(names, asked) {
  return new Set(names.filter((name) => !name.startsWith("engine.") || name in asked));
}

/** States of an attempt that there is no need to ask for again. */
const REACHED = ["queued", "running", "done"];

/** Is this the attempt that these settings would make once more? Then `done` says it is over, too. */
export function findRepeat(attempt, tool, settings, controls) {
  const asked = attempt?.params ? readAttemptSettings(attempt) : null;
  const isSame = asked !== null && attempt.tool === tool && hasSameSettings(asked, settings, listComparedNames(controls, asked));
  const { status, given_back: back } = attempt ?? {};
  return { done: isSame && status === "done", rests: isSame && REACHED.includes(status) && !back };
}

/** What a tool that is painted for, written to, or given a picture, still waits for; null when it may begin. */
export function findMissingInput({ strokes = "[]", words = "", background = "words", picture }, { painted, worded }) {
  if (painted && strokes === "[]") return "paint-first";
  if (background === "picture" && picture === "") return "picture-first";
  // A tool with backgrounds is written to only where one is wished for in words.
  return worded && background === "words" && !words.trim() ? "write-first" : null;
}

function sent(value) {
  return value === undefined || value === "[]" || value === "False" ? "" : value;
}

function alike(a, b) {
  if (a === b) return true;
  return a !== "" && b !== "" && Number(a) === Number(b);
}

/** An attempt's parameter as a form would send it: what is not, or is not ticked, is not sent. */
export function toFormValue(param) {
  if (param === null || param === undefined || param === false) return "";
  if (param === true) return "on";
  if (Array.isArray(param) && param.length === 0) return "";
  return typeof param === "object" ? JSON.stringify(param) : String(param);
}

/** All that an attempt was asked, under the names its form gives it. */
export function readAttemptSettings(attempt) {
  const params = Object.entries(attempt.params ?? {}).map(([name, value]) => [name, toFormValue(value)]);
  const engines = Object.entries(attempt.engines ?? {}).map(([kind, name]) => [`engine.${kind}`, name]);
  return Object.fromEntries([...params, ...engines]);
}

/**
 * The attempt that the next one is asked for at: another tool goes on from this one, the same from
 * where this one began. That is gone where only the tools before are known; then it is known by this.
 */
export function findParentId(attempt, tool) {
  if (!attempt || attempt.local) return null;
  if (attempt.tool !== tool) return attempt.id;
  return attempt.parent ?? (attempt.after?.length ? attempt.id : null);
}

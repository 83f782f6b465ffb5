/** Several attempts started at once, looked at side by side until one is picked. */

/** The settings of each: the same, but for one field. */
export function variations(settings, name, values) {
  return values.map((value) => ({ ...settings, [name]: value }));
}

/** How far a batch is: all there, or how many of how many. */
export function progress(attempts) {
  const over = attempts.filter(({ status }) => ["done", "failed", "cancelled"].includes(status));
  return { done: over.length, of: attempts.length, over: over.length === attempts.length };
}

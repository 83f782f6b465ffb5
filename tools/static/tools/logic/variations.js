/** Several attempts started at once, looked at side by side until one is picked. */

/** The settings of each: the same, but for one field. */
export function makeVariations(settings, name, values) {
  return values.map((value) => ({ ...settings, [name]: value }));
}

/**
 * What a contact sheet shows of a batch of {id, label}: the attempts that are there, and in the place
 * of one that has no id yet one that starts.
 */
export function listSheetAttempts(batch, { attempts, hidden }) {
  const shown = ({ id, label }, place) => {
    if (id === null) return { id: `next-${place}`, status: "starting", label };
    return attempts.has(id) && !hidden.has(id) ? { ...attempts.get(id), label } : null;
  };
  return batch.map(shown).filter(Boolean);
}

/** How far a batch is: all there, or how many of how many. */
export function countProgress(attempts) {
  const over = attempts.filter(({ status }) => ["done", "failed", "cancelled"].includes(status));
  return { done: over.length, of: attempts.length, over: over.length === attempts.length };
}

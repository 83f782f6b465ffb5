/** The setting that asks for the second-best answer to where the product is. */
export const OTHER_ANSWER = "next_best";

/**
 * What may be said of an attempt's outline: a mark of its own beside that of the pixels, a key of
 * words; null where nobody judged it. What a visitor decided is not ours to vouch for.
 */
export function summariseOutline(outline) {
  if (typeof outline?.sure !== "boolean") return null;
  if (outline.sure) return { kind: "sure", key: "outline.sure" };
  const { by_hand: byHand = false, places = [] } = outline;
  if (byHand && places.length === 0) return { kind: "proof", key: "outline.own" };
  return { kind: "warning", key: "outline.check" };
}

/** The places to look at, where they are said, as percentages of the picture. */
export function listPlaces(outline) {
  return (outline?.places ?? []).map(({ box: [left, top, right, bottom] }) => ({
    left: 100 * left,
    top: 100 * top,
    width: 100 * (right - left),
    height: 100 * (bottom - top),
  }));
}

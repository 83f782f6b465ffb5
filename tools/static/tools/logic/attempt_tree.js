/**
 * Attempts as the tree they are: each after the one it goes on from, the oldest branch first.
 * Gives [{attempt, depth, from}]: `from` is the place of its parent in the list, -1 for the photo.
 */
export function orderAttempts(attempts) {
  const known = new Set(attempts.map(({ id }) => id));
  const rooted = ({ parent }) => !parent || !known.has(parent);
  const found = [];
  const visit = (attempt, depth, from) => {
    const at = found.push({ attempt, depth, from }) - 1;
    for (const child of attempts) if (child.parent === attempt.id) visit(child, depth + 1, at);
  };
  for (const attempt of attempts) if (rooted(attempt)) visit(attempt, 0, -1);
  return found;
}

/** Attempts of one name are told apart by a number, the oldest having none. */
export function numberTitles(attempts) {
  const count = new Map();
  return new Map(
    attempts.map(({ id, title }) => {
      const nth = (count.get(title) ?? 0) + 1;
      count.set(title, nth);
      return [id, nth === 1 ? title : `${title} ${nth}`];
    }),
  );
}

/**
 * The lines from cards to those they led to, as SVG paths: `rows` as given by `ordered`, the photo's
 * card first; cards `pitch` apart; deeper ones have their line lower. [{to, path}].
 */
export function computeBranches(rows, { pitch, middle, step = 6, foot = 22 }) {
  const centre = (place) => middle + (place + 1) * pitch;
  return rows.map(({ depth, from }, index) => {
    const level = Math.min(4 + depth * step, foot - 4);
    const shift = from === -1 ? 0 : 4;
    return {
      to: index,
      path: `M${centre(from) + shift} ${foot}V${level}H${centre(index)}V${foot}`,
    };
  });
}

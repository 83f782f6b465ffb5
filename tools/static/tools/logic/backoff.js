/** Milliseconds to wait before try number `tries` (from 0): doubling, with a ceiling. */
export function computeBackoff(tries, { first = 500, most = 15_000 } = {}) {
  return Math.min(most, first * 2 ** tries);
}

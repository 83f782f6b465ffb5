/** What is told of a page's use, as POST /measures/ takes it. */

/** A beacon may carry so many events, and so many bytes. */
const MOST = 60;
const MOST_BYTES = 7500;

/** Does this browser ask not to be counted? */
export function refusesTracking({ doNotTrack, globalPrivacyControl }) {
  return doNotTrack === "1" || globalPrivacyControl === true;
}

/** The bodies of as many beacons as these events need. */
export function packBeacons(events) {
  const packed = [];
  let batch = [];
  let length = 2;
  for (const event of events) {
    const bytes = new TextEncoder().encode(JSON.stringify(event)).length + 1;
    if (batch.length === MOST || (batch.length && length + bytes > MOST_BYTES)) {
      packed.push(JSON.stringify(batch));
      [batch, length] = [[], 2];
    }
    batch.push(event);
    length += bytes;
  }
  return batch.length ? [...packed, JSON.stringify(batch)] : packed;
}

/**
 * The largest sum of shifts in a session: shifts less than a second apart, five seconds at most.
 * Cumulative Layout Shift, as Chrome's own reports define it (web.dev/articles/cls).
 */
export function computeLayoutShift(shifts) {
  let [worst, sum, first, last] = [0, 0, 0, -Infinity];
  for (const { value, startTime } of shifts) {
    const goesOn = startTime - last < 1000 && startTime - first < 5000;
    [sum, first] = goesOn ? [sum + value, first] : [value, startTime];
    last = startTime;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/**
 * The longest delay of an interaction, leaving one out for each fifty (web.dev/articles/inp);
 * null when there was none.
 */
export function computeInteractionDelay(durations) {
  const longest = [...durations].sort((a, b) => b - a);
  return longest[Math.min(longest.length - 1, Math.floor(longest.length / 50))] ?? null;
}

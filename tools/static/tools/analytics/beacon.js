import { packBeacons, refusesTracking } from "../logic/analytics.js";

/** What was counted waits so long for more, in milliseconds; a page that is left sends at once. */
const REST = 10_000;

const waiting = [];
let timer = null;

/**
 * Count something that happened on this page. Sent to our own server in batches, off the way of
 * whatever the visitor does; of whoever does not want to be counted, nothing is kept or sent.
 */
export function countEvent(event, { tool = "", attempt = null, label = "", value = null } = {}) {
  if (refusesTracking(navigator)) return;
  const { lang, dataset } = document.documentElement;
  const page = { page: location.pathname, locale: lang, variant: dataset.variant };
  waiting.push({ event, ...page, tool, attempt, label, value });
  timer ??= setTimeout(sendEvents, REST);
}

export function sendEvents() {
  clearTimeout(timer);
  timer = null;
  for (const body of packBeacons(waiting.splice(0))) navigator.sendBeacon("/measures/", body);
}

/** Called when the page goes out of sight, with the event: it may never be seen again. */
export function onPageHidden(act) {
  document.addEventListener("visibilitychange", (event) => document.hidden && act(event));
  addEventListener("pagehide", act);
}

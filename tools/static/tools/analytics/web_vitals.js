import { computeInteractionDelay, computeLayoutShift } from "../logic/analytics.js";
import { countEvent } from "./beacon.js";

/** Shorter interactions are not reported one by one; nobody notices them. */
const SHORTEST = 40;

const shifts = [];
const delays = new Map();
let painted = null;
let told = document.hidden;

function observe(type, take, options = {}) {
  if (!PerformanceObserver.supportedEntryTypes?.includes(type)) return;
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
  observer.observe({ type, buffered: true, ...options });
}

export function observeVitals() {
  observe("largest-contentful-paint", ({ startTime }) => {
    painted = startTime;
  });
  observe("layout-shift", (shift) => shift.hadRecentInput || shifts.push(shift));
  const delayed = ({ interactionId, duration }) => {
    if (interactionId) delays.set(interactionId, Math.max(duration, delays.get(interactionId) ?? 0));
  };
  observe("event", delayed, { durationThreshold: SHORTEST });
  observe("first-input", delayed);
}

/** Once, when the page goes out of sight for the first time; one that was never seen has none. */
export function countVitals(tool) {
  if (told) return;
  told = true;
  const [{ responseStart = null } = {}] = performance.getEntriesByType("navigation");
  const found = {
    LCP: painted,
    INP: computeInteractionDelay(delays.values()),
    CLS: computeLayoutShift(shifts),
    TTFB: responseStart,
  };
  for (const [label, value] of Object.entries(found)) {
    if (value !== null) countEvent("vitals", { tool, label, value: Number(value.toFixed(4)) });
  }
}

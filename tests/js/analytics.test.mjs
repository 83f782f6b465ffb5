import assert from "node:assert/strict";
import test from "node:test";

import { packBeacons, computeInteractionDelay, refusesTracking, computeLayoutShift } from "../../tools/static/tools/logic/analytics.js";

test("who asks not to be counted is not", () => {
  assert.ok(refusesTracking({ doNotTrack: "1" }));
  assert.ok(refusesTracking({ doNotTrack: null, globalPrivacyControl: true }));
  assert.ok(!refusesTracking({ doNotTrack: "unspecified", globalPrivacyControl: false }));
});

test("a beacon carries no more than the server reads", () => {
  const events = Array.from({ length: 150 }, (_, attempt) => ({ event: "tool_start", attempt, page: "/ü".repeat(60) }));
  const sent = packBeacons(events);
  for (const body of sent) {
    assert.ok(new TextEncoder().encode(body).length <= 8192);
    assert.ok(JSON.parse(body).length <= 64);
  }
  assert.deepEqual(sent.flatMap((body) => JSON.parse(body)), events);
  assert.deepEqual(packBeacons([]), []);
});

test("shifts count by the worst session, not by all of them together", () => {
  const shift = (startTime, value) => ({ startTime, value });
  assert.equal(computeLayoutShift([]), 0);
  assert.equal(computeLayoutShift([shift(0, 0.1), shift(900, 0.1), shift(3000, 0.15)]), 0.2);
  const long = [0, 900, 1800, 2700, 3600, 4500, 5400].map((at) => shift(at, 1));
  assert.equal(computeLayoutShift(long), 6);
});

test("one slow interaction in fifty is left out", () => {
  assert.equal(computeInteractionDelay([]), null);
  assert.equal(computeInteractionDelay([40, 300, 80]), 300);
  const many = Array.from({ length: 50 }, () => 50);
  assert.equal(computeInteractionDelay([...many, 900]), 50);
});

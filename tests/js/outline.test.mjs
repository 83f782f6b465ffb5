import assert from "node:assert/strict";
import { test } from "node:test";

import { listPlaces, summariseOutline } from "../../tools/static/tools/logic/outline.js";

const place = { box: [0.25, 0.5, 0.75, 1], why: "edge" };

test("only an outline that is sure is marked as sure", () => {
  assert.equal(summariseOutline({ sure: true, places: [] }).kind, "sure");
  assert.equal(summariseOutline({ sure: false, places: [place] }).kind, "warning");
  assert.equal(summariseOutline({ sure: false, places: [] }).kind, "warning");
});

test("an outline that nobody judged has no mark", () => {
  assert.equal(summariseOutline(null), null);
  assert.equal(summariseOutline(undefined), null);
});

test("what a visitor decided is theirs, but for the places that they left", () => {
  assert.deepEqual(summariseOutline({ sure: false, by_hand: true, places: [] }), { kind: "proof", key: "outline.own" });
  assert.equal(summariseOutline({ sure: false, by_hand: true, places: [place] }).kind, "warning");
});

test("places are percentages of the picture", () => {
  assert.deepEqual(listPlaces({ places: [place] }), [{ left: 25, top: 50, width: 50, height: 50 }]);
  assert.deepEqual(listPlaces(null), []);
});

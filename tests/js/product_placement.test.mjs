import assert from "node:assert/strict";
import { test } from "node:test";

import { computeCanvas, computeFrame, movePlace, computeDefaultPlace, resizePlace } from "../../tools/static/tools/logic/product_placement.js";
import { computeShadow } from "../../tools/static/tools/logic/shadow.js";

const photo = { width: 1600, height: 1200 };
const layers = { box: [0.2, 0.1, 0.8, 0.9], product: [0.25, 0.15, 0.75, 0.85], cut: [] };

test("a canvas has the wished shape on the photo's long side", () => {
  assert.deepEqual(computeCanvas(photo, "photo"), photo);
  assert.deepEqual(computeCanvas(photo, "1:1"), { width: 1600, height: 1600 });
  assert.deepEqual(computeCanvas(photo, "4:5"), { width: 1280, height: 1600 });
});

test("a product keeps its own pixels where they fit", () => {
  const place = computeDefaultPlace({ photo, canvas: { width: 1600, height: 1600 }, layers });
  assert.deepEqual(place, { x: 0.5, y: 0.82, scale: 1 });
});

test("a product that is cut off below stays at the lower edge", () => {
  const place = computeDefaultPlace({ photo, canvas: photo, layers: { ...layers, cut: ["bottom"] } });
  assert.equal(place.y, 1);
});

test("the cut-out is laid so that the product's foot and middle are in their place", () => {
  const shape = { photo, canvas: { width: 1600, height: 1600 }, layers };
  const { left, top, width, height } = computeFrame({ x: 0.5, y: 0.8, scale: 1 }, shape);
  assert.ok(Math.abs(width - 0.6) < 1e-9 && Math.abs(height - 0.6) < 1e-9);
  assert.ok(Math.abs(left + 0.3 - 0.5) < 1e-9);
  // The product's foot is at 0.85 of the photo, the box begins at 0.1 of it.
  assert.ok(Math.abs(top + (0.75 * 1200) / 1600 - 0.8) < 1e-9);
});

test("a drag ends in the middle when it is near it, and keys do not jump", () => {
  const place = { x: 0.4, y: 0.8, scale: 1 };
  assert.equal(movePlace(place, { x: 0.095, y: 0 }).x, 0.5);
  assert.equal(movePlace(place, { x: 0.095, y: 0 }, { snap: false }).x, 0.495);
  assert.equal(movePlace(place, { x: 5, y: 5 }).x, 1);
});

test("a product near its own size takes it", () => {
  assert.equal(resizePlace({ x: 0, y: 0, scale: 0.9 }, 1.1).scale, 1);
  assert.equal(resizePlace({ x: 0, y: 0, scale: 1 }, 0.5).scale, 0.5);
  assert.equal(resizePlace({ x: 0, y: 0, scale: 1 }, 100).scale, 4);
});

test("a shadow falls away from the light", () => {
  const left = computeShadow({ shadow: "soft", direction: 270 });
  const right = computeShadow({ shadow: "soft", direction: 90 });
  // In CSS's matrix a point above the foot has a negative height.
  assert.ok(left.lean < 0 && right.lean > 0);
  assert.equal(computeShadow({ shadow: "none" }), null);
  assert.equal(computeShadow({ shadow: "soft", strength: 0 }), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  readArrowKey,
  movePointInside,
  WHOLE_VIEW,
  clampView,
  fitBox,
  splitBox,
  toPicturePoint,
  toBoxPoint,
  panView,
  zoomViewAt,
} from "../../tools/static/tools/logic/geometry.js";

const box = { width: 800, height: 400 };

test("a picture is fitted by its longer need", () => {
  assert.deepEqual(fitBox(box, 1), { width: 400, height: 400 });
  assert.deepEqual(fitBox(box, 4), { width: 800, height: 200 });
});

test("two pictures lie so that more of them is seen", () => {
  assert.deepEqual(splitBox(box, 1), { stacked: false, width: 400, height: 400 });
  const phone = { width: 330, height: 330 };
  assert.deepEqual(splitBox(phone, 1.33), { stacked: true, width: 330, height: 165 });
  assert.equal(splitBox(phone, 0.75).stacked, false);
});

test("what lies under the point stays there while zooming", () => {
  const point = { x: 120, y: -60 };
  const before = toPicturePoint(WHOLE_VIEW, point, box, 2);
  const after = toPicturePoint(zoomViewAt(WHOLE_VIEW, point, 3, box, 2), point, box, 2);
  assert.ok(Math.abs(before.x - after.x) < 1e-9 && Math.abs(before.y - after.y) < 1e-9);
});

test("zoom stays between all of the picture and four times", () => {
  assert.deepEqual(zoomViewAt(WHOLE_VIEW, { x: 10, y: 10 }, 0.2, box, 2), WHOLE_VIEW);
  assert.equal(zoomViewAt(WHOLE_VIEW, { x: 0, y: 0 }, 9, box, 2).zoom, 4);
});

test("a picture cannot be dragged off the box", () => {
  const view = panView({ zoom: 2, x: 0, y: 0 }, { x: 5000, y: -5000 }, box, 2);
  assert.deepEqual(view, { zoom: 2, x: 400, y: -200 });
});

test("a narrow picture does not move until it is wider than the box", () => {
  assert.deepEqual(clampView({ zoom: 1.5, x: 50, y: 0 }, box, 1), { zoom: 1.5, x: 0, y: 0 });
});

test("the middle of the box is the middle of the picture", () => {
  assert.deepEqual(toPicturePoint(WHOLE_VIEW, { x: 0, y: 0 }, box, 1), { x: 0.5, y: 0.5 });
  assert.deepEqual(toPicturePoint(WHOLE_VIEW, { x: 200, y: 200 }, box, 1), { x: 1, y: 1 });
});

test("a place in the picture is found again in the box", () => {
  const view = { zoom: 2, x: 30, y: -20 };
  const seen = toBoxPoint(view, { x: 0.7, y: 0.2 }, box, 2);
  const point = { x: seen.x - box.width / 2, y: seen.y - box.height / 2 };
  const place = toPicturePoint(view, point, box, 2);
  assert.ok(Math.abs(place.x - 0.7) < 1e-9 && Math.abs(place.y - 0.2) < 1e-9);
});

test("arrows move a step, with shift five, and other keys nothing", () => {
  assert.deepEqual(readArrowKey({ key: "ArrowLeft" }), { x: -0.01, y: 0 });
  assert.deepEqual(readArrowKey({ key: "ArrowDown", shiftKey: true }), { x: 0, y: 0.05 });
  assert.equal(readArrowKey({ key: "a" }), null);
  assert.equal(readArrowKey({ key: "constructor" }), null);
});

test("what keys move stays on the picture", () => {
  assert.deepEqual(movePointInside({ x: 0.005, y: 0.5 }, { x: -0.01, y: 0.01 }), { x: 0, y: 0.51 });
});

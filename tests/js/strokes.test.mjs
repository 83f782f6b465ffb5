import assert from "node:assert/strict";
import { test } from "node:test";

import { Strokes } from "../../tools/static/tools/logic/strokes.js";

const draw = (strokes, x) => strokes.begin({ keep: true, size: 0.0200001, point: { x, y: 0.5 } });

test("undo and redo walk the whole history", () => {
  const strokes = new Strokes();
  [0.1, 0.2, 0.3].forEach((x) => draw(strokes, x));
  strokes.undo();
  strokes.undo();
  assert.deepEqual(strokes.all.map(({ points }) => points[0][0]), [0.1]);
  strokes.redo();
  assert.deepEqual(strokes.all.map(({ points }) => points[0][0]), [0.1, 0.2]);
});

test("a new stroke ends what could be redone", () => {
  const strokes = new Strokes();
  draw(strokes, 0.1);
  strokes.undo();
  draw(strokes, 0.2);
  assert.equal(strokes.canRedo, false);
});

test("points that tell nothing new are left out", () => {
  const strokes = new Strokes();
  draw(strokes, 0.1);
  strokes.extend({ x: 0.1005, y: 0.5 });
  strokes.extend({ x: 0.2, y: 0.5 });
  assert.equal(strokes.all[0].points.length, 2);
});

test("strokes are sent as the server keeps them", () => {
  const strokes = new Strokes();
  draw(strokes, 1 / 3);
  assert.equal(String(strokes), '[{"keep":true,"size":0.02,"points":[[0.33333,0.5]]}]');
});

test("an attempt's strokes are where the next one begins", () => {
  const strokes = new Strokes();
  draw(strokes, 0.9);
  strokes.reset([{ keep: false, size: 0.1, points: [[0, 0]] }]);
  assert.equal(strokes.all.length, 1);
  assert.equal(strokes.canUndo, true);
  assert.equal(strokes.canRedo, false);
});

test("a stroke says that it means the whole thing only when it does", () => {
  const strokes = new Strokes();
  const stroke = { keep: false, size: 0.02, point: { x: 0.1, y: 0.2 } };
  strokes.begin({ ...stroke, whole: true });
  strokes.begin({ ...stroke, whole: false });
  assert.deepEqual(JSON.parse(String(strokes)).map(({ whole }) => whole), [true, undefined]);
});

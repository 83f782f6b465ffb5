import assert from "node:assert/strict";
import { test } from "node:test";

import { commandOf, recipeOf } from "../../tools/static/tools/pure/recipe.js";

const attempt = {
  id: "a",
  tool: "remove-background",
  params: { softness: 0.2, strokes: [], note: "it's" },
  engines: { matte: "embedded" },
};

test("a recipe is what makes the result, and nothing of whose it is", () => {
  assert.deepEqual(Object.keys(recipeOf(attempt)), ["tool", "params", "engines"]);
  assert.equal(recipeOf(null), null);
});

test("a command line survives the shell and leaves out what is empty", () => {
  assert.equal(
    commandOf(recipeOf(attempt)),
    "manage.py apply remove-background IN OUT --set softness=0.2 --set 'note=it'\\''s' --engine embedded",
  );
});

test("strokes go into a command line as JSON", () => {
  const strokes = [{ keep: true, size: 0.1, points: [[0, 0]] }];
  const line = commandOf({ tool: "t", params: { strokes }, engines: {} });
  assert.ok(line.includes(`--set 'strokes=[{"keep":true,"size":0.1,"points":[[0,0]]}]'`));
});

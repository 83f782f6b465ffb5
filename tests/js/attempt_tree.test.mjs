import assert from "node:assert/strict";
import { test } from "node:test";

import { computeBranches, numberTitles, orderAttempts } from "../../tools/static/tools/logic/attempt_tree.js";

const one = (id, parent = null, title = "Cut-out") => ({ id, parent, title });
const tries = [one("a"), one("b"), one("c", "a"), one("d", "c"), one("e", "b"), one("f", "a")];

test("each attempt comes after the one it goes on from", () => {
  const rows = orderAttempts(tries);
  assert.deepEqual(rows.map(({ attempt }) => attempt.id), ["a", "c", "d", "f", "b", "e"]);
  assert.deepEqual(rows.map(({ depth }) => depth), [0, 1, 2, 1, 0, 1]);
  assert.deepEqual(rows.map(({ from }) => from), [-1, 0, 1, 0, -1, 4]);
});

test("an attempt whose parent was deleted stays, at the photo", () => {
  assert.deepEqual(orderAttempts([one("x", "gone")]), [{ attempt: one("x", "gone"), depth: 0, from: -1 }]);
});

test("attempts of one name are told apart", () => {
  const names = numberTitles([one("a"), one("b"), one("c", null, "Oak")]);
  assert.deepEqual([...names.values()], ["Cut-out", "Cut-out 2", "Oak"]);
});

test("a line leads from each card to what came of it", () => {
  const found = computeBranches(orderAttempts(tries), { pitch: 100, middle: 50 });
  assert.equal(found.length, 6);
  assert.equal(found[0].path, "M50 22V4H150V22");
  assert.equal(found[1].path, "M154 22V10H250V22");
});

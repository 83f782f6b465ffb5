import assert from "node:assert/strict";
import test from "node:test";

import { fileFor, grants, gravest, groundOf, sizeOf, verdictOf, wishOf } from "../../tools/static/tools/pure/wish.js";

const form = { format: "png", colour: "", market: "", side: "", mode: "slider" };

test("what lies behind the result is what the file has there, whatever its type", () => {
  for (const format of ["png", "webp", "jpeg"]) {
    const given = { ...form, format, colour: "#123456" };
    assert.equal(wishOf(given).colour, "#123456");
    assert.equal(groundOf(given), "#123456");
  }
  assert.equal(groundOf(form), "");
  assert.equal(groundOf({ ...form, format: "jpeg" }), "#ffffff");
  assert.equal(groundOf({ ...form, market: "ebay" }), "#ffffff");
});

test("a marketplace says its own size, and only it takes white for a scene", () => {
  assert.deepEqual(wishOf(form), { format: "png" });
  assert.deepEqual(wishOf({ ...form, white: "1" }), { format: "png" });
  assert.deepEqual(wishOf({ ...form, white: "1", market: "ebay" }), { format: "png", market: "ebay", white: "1" });
  assert.deepEqual(wishOf({ ...form, format: "jpeg" }), { format: "jpeg", colour: "#ffffff" });
  assert.deepEqual(wishOf({ ...form, side: "1080" }), { format: "png", side: "1080" });
  assert.deepEqual(wishOf({ ...form, side: "1080", market: "ebay" }), { format: "png", market: "ebay" });
  assert.deepEqual(wishOf({ ...form, label: "1" }), { format: "png", label: "1" });
});

test("a file grants a wish that the server wrote out in full", () => {
  const file = { options: { format: "jpeg", colour: "#ffffff", market: "", label: "en", side: 1080 } };
  const wish = { format: "jpeg", colour: "#FFFFFF", side: "1080", label: "1" };
  assert.ok(grants(file, wish));
  for (const other of [{ side: "600" }, { label: "" }, { market: "etsy" }, { format: "png" }]) {
    assert.ok(!grants(file, { ...wish, ...other }), JSON.stringify(other));
  }
});

test("the file of a wish is one of the same attempt that was not lost", () => {
  const options = { format: "png", colour: "", market: "", label: "" };
  const file = { id: "1", attempt: "a", status: "done", options };
  const wish = { format: "png" };
  assert.equal(fileFor([file], "a", wish), file);
  assert.equal(fileFor([file], "b", wish), null);
  assert.equal(fileFor([{ ...file, status: "failed" }], "a", wish), null);
});

test("the size of a file is what the server says of it", () => {
  const attempt = { sizes: { "": [1600, 1200], 600: [600, 450], ebay: [1600, 1600] } };
  assert.deepEqual(sizeOf(attempt, {}), [1600, 1200]);
  assert.deepEqual(sizeOf(attempt, { side: "600" }), [600, 450]);
  assert.deepEqual(sizeOf(attempt, { market: "ebay" }), [1600, 1600]);
  assert.equal(sizeOf({}, { market: "ebay" }), null);
});

test("advice does not make a file unfit", () => {
  const row = (ok, severity) => ({ ok, severity });
  assert.deepEqual(verdictOf([row(true, "fail")]), { key: "passed", failed: 0 });
  assert.deepEqual(verdictOf([row(true, "fail"), row(false, "warn")]), { key: "warned", failed: 0 });
  assert.deepEqual(verdictOf([row(false, "fail"), row(false, "warn")]), { key: "failed", failed: 1 });
});

test("what forbids comes first, what is right last, and each in its own order", () => {
  const rows = [
    { id: "a", ok: true, severity: "fail" },
    { id: "b", ok: false, severity: "warn" },
    { id: "c", ok: false, severity: "fail" },
    { id: "d", ok: true, severity: "warn" },
  ];
  assert.deepEqual(gravest(rows).map(({ id }) => id), ["c", "b", "a", "d"]);
});

import assert from "node:assert/strict";
import test from "node:test";

import { findExport, matchesOptions, sortBySeverity, computeBackground, computeExportSize, summariseChecks, readExportOptions } from "../../tools/static/tools/logic/export_options.js";

const form = { format: "png", colour: "", market: "", side: "", mode: "slider" };

test("what lies behind the result is what the file has there, whatever its type", () => {
  for (const format of ["png", "webp", "jpeg"]) {
    const given = { ...form, format, colour: "#123456" };
    assert.equal(readExportOptions(given).colour, "#123456");
    assert.equal(computeBackground(given), "#123456");
  }
  assert.equal(computeBackground(form), "");
  assert.equal(computeBackground({ ...form, format: "jpeg" }), "#ffffff");
  assert.equal(computeBackground({ ...form, market: "ebay" }), "#ffffff");
});

test("a marketplace says its own size, and only it takes white for a scene", () => {
  assert.deepEqual(readExportOptions(form), { format: "png" });
  assert.deepEqual(readExportOptions({ ...form, white: "1" }), { format: "png" });
  assert.deepEqual(readExportOptions({ ...form, white: "1", market: "ebay" }), { format: "png", market: "ebay", white: "1" });
  assert.deepEqual(readExportOptions({ ...form, format: "jpeg" }), { format: "jpeg", colour: "#ffffff" });
  assert.deepEqual(readExportOptions({ ...form, side: "1080" }), { format: "png", side: "1080" });
  assert.deepEqual(readExportOptions({ ...form, side: "1080", market: "ebay" }), { format: "png", market: "ebay" });
  assert.deepEqual(readExportOptions({ ...form, label: "1" }), { format: "png", label: "1" });
});

test("a file has the options that are wanted, which the server writes out in full", () => {
  const file = { options: { format: "jpeg", colour: "#ffffff", market: "", label: "en", side: 1080 } };
  const wanted = { format: "jpeg", colour: "#FFFFFF", side: "1080", label: "1" };
  assert.ok(matchesOptions(file, wanted));
  for (const other of [{ side: "600" }, { label: "" }, { market: "etsy" }, { format: "png" }]) {
    assert.ok(!matchesOptions(file, { ...wanted, ...other }), JSON.stringify(other));
  }
});

test("the file that is wanted is one of the same attempt that has not failed", () => {
  const options = { format: "png", colour: "", market: "", label: "" };
  const file = { id: "1", attempt: "a", status: "done", options };
  const wanted = { format: "png" };
  assert.equal(findExport([file], "a", wanted), file);
  assert.equal(findExport([file], "b", wanted), null);
  assert.equal(findExport([{ ...file, status: "failed" }], "a", wanted), null);
});

test("the size of a file is what the server says of it", () => {
  const attempt = { sizes: { "": [1600, 1200], 600: [600, 450], ebay: [1600, 1600] } };
  assert.deepEqual(computeExportSize(attempt, {}), [1600, 1200]);
  assert.deepEqual(computeExportSize(attempt, { side: "600" }), [600, 450]);
  assert.deepEqual(computeExportSize(attempt, { market: "ebay" }), [1600, 1600]);
  assert.equal(computeExportSize({}, { market: "ebay" }), null);
});

test("advice does not make a file unfit", () => {
  const row = (ok, severity) => ({ ok, severity });
  assert.deepEqual(summariseChecks([row(true, "fail")]), { key: "passed", failed: 0 });
  assert.deepEqual(summariseChecks([row(true, "fail"), row(false, "warn")]), { key: "warned", failed: 0 });
  assert.deepEqual(summariseChecks([row(false, "fail"), row(false, "warn")]), { key: "failed", failed: 1 });
});

test("what forbids comes first, what is right last, and each in its own order", () => {
  const rows = [
    { id: "a", ok: true, severity: "fail" },
    { id: "b", ok: false, severity: "warn" },
    { id: "c", ok: false, severity: "fail" },
    { id: "d", ok: true, severity: "warn" },
  ];
  assert.deepEqual(sortBySeverity(rows).map(({ id }) => id), ["c", "b", "a", "d"]);
});

import assert from "node:assert/strict";
import { File } from "node:buffer";
import { test } from "node:test";

import { percent, pixels, seconds, size, until } from "../../tools/static/tools/pure/amounts.js";
import { delay } from "../../tools/static/tools/pure/backoff.js";
import { asValue, counting, lacking, same, settingsOf } from "../../tools/static/tools/pure/choice.js";
import { carriesFiles, pasted, refusal } from "../../tools/static/tools/pure/files.js";
import { viewOf } from "../../tools/static/tools/pure/view.js";
import { counted, fill } from "../../tools/static/tools/pure/words.js";

// Browsers have it, and Node from 20 on.
globalThis.File ??= File;

const limits = { bytes: 100 };

test("a sentence takes its values and keeps the holes it has none for", () => {
  assert.equal(fill("{share} of {size}", { share: "4 %" }), "4 % of {size}");
});

test("a counted sentence follows the language's own rules", () => {
  assert.equal(counted("attempts", 1, "en"), "attempts.one");
  assert.equal(counted("attempts", 0, "en"), "attempts.other");
  assert.equal(counted("attempts", 3, "pl"), "attempts.few");
});

test("amounts are read in the page's language", () => {
  assert.equal(size(820_000, "en"), "820 kB");
  assert.equal(size(3_450_000, "en"), "3.5 MB");
  assert.equal(percent(0.414, "en"), "41%");
  assert.equal(seconds(0.84, "en"), "0.8");
  assert.equal(seconds(12.4, "de"), "12");
  assert.equal(pixels(3000, 2000), "3000 × 2000");
});

test("the time that is left is never nothing", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(until("2026-01-01T23:40:00Z", now, "en"), "in 24 hours");
  assert.equal(until("2026-01-01T00:20:00Z", now, "en"), "in 20 minutes");
  assert.equal(until("2025-12-31T00:00:00Z", now, "en"), "in 1 minute");
});

test("waiting doubles up to a ceiling", () => {
  assert.deepEqual([0, 1, 2, 9].map((n) => delay(n)), [500, 1000, 2000, 15_000]);
});

test("a file that the server would refuse is refused before it is sent", () => {
  const refused = (name, type, bytes = 10) => refusal({ name, type, size: bytes }, limits);
  assert.equal(refused("a.jpg", "image/jpeg"), null);
  assert.equal(refused("a.heic", ""), null);
  assert.equal(refused("a.jpg", "image/jpeg", 0), "empty");
  assert.equal(refused("a.jpg", "image/jpeg", 101), "too-many-bytes");
  assert.equal(refused("a.svg", "image/svg+xml"), "svg");
  assert.equal(refused("a.pdf", "application/pdf"), "pdf");
  assert.equal(refused("a.txt", "text/plain"), "not-an-image");
});

test("a pasted picture gets a name of its own", () => {
  const now = new Date("2026-01-02T03:04:05Z");
  const file = new File(["x"], "image.png", { type: "image/png" });
  assert.equal(pasted(file, now).name, "pasted-2026-01-02-03-04-05.png");
  const named = new File(["x"], "mug.png", { type: "image/png" });
  assert.equal(pasted(named, now), named);
});

test("a drag of text is left to the browser", () => {
  assert.equal(carriesFiles({ types: ["text/plain"] }), false);
  assert.equal(carriesFiles({ types: ["text/plain", "Files"] }), true);
  assert.equal(carriesFiles(null), false);
});

test("the stage shows the refusal of a photo before any attempt at it", () => {
  const view = viewOf({ state: "refused", words: "No.", error: "svg" }, { status: "queued" });
  assert.equal(view.state, "refused");
  assert.equal(view.remedy, "choose");
});

test("each state of an attempt is a state of the stage", () => {
  const photo = { state: "ready" };
  const state = (status) => viewOf(photo, { status }).state;
  for (const status of ["queued", "running", "done", "failed", "cancelled"]) {
    assert.equal(state(status), status);
  }
  assert.equal(viewOf(null, null).state, "empty");
  assert.equal(viewOf(photo, null).state, "photo");
  assert.equal(viewOf({ state: "received" }, null).state, "reading");
  assert.equal(viewOf(photo, { status: "failed", error: "out-of-credits" }).remedy, "buy");
});

test("settings are compared by what they ask for", () => {
  const data = new FormData();
  data.set("softness", "0.0");
  data.set("photo", "p");
  assert.deepEqual(settingsOf(data), { softness: "0.0" });
  assert.equal(same({ softness: "0.0" }, { softness: "0" }), true);
  assert.equal(same({ softness: "0.1" }, { softness: "0" }), false);
  assert.equal(same({ strokes: "" }, {}), true);
  assert.equal(same({ strokes: "[]" }, {}), true);
  assert.equal(asValue([]), "");
  assert.equal(asValue(null), "");
  assert.equal(asValue(true), "on");
  assert.equal(asValue([{ keep: true }]), '[{"keep":true}]');
});

test("an engine that an attempt had no need of does not tell it from what is asked now", () => {
  const names = ["scene", "engine.matte", "engine.surround"];
  assert.deepEqual([...counting(names, { scene: "a", "engine.matte": "b" })], ["scene", "engine.matte"]);
});

test("a tool that is written to waits for words, and with backgrounds for those in words only", () => {
  const worded = { worded: true };
  assert.equal(lacking({ words: " " }, worded), "write-first");
  assert.equal(lacking({ words: "a beach" }, worded), null);
  assert.equal(lacking({ background: "scene" }, worded), null);
  assert.equal(lacking({ background: "picture", picture: "" }, {}), "picture-first");
  assert.equal(lacking({ background: "picture", picture: "upload-1" }, {}), null);
  assert.equal(lacking({ background: "words" }, worded), "write-first");
  assert.equal(lacking({ background: "words", words: "a beach" }, worded), null);
  assert.equal(lacking({}, { painted: true }), "paint-first");
  assert.equal(lacking({}, {}), null);
});

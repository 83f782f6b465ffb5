import assert from "node:assert/strict";
import { File } from "node:buffer";
import { test } from "node:test";

import { formatPercent, formatPixels, formatSeconds, formatBytes, formatTimeUntil } from "../../tools/static/tools/logic/number_format.js";
import { computeBackoff } from "../../tools/static/tools/logic/backoff.js";
import { toFormValue, listComparedNames, findMissingInput, findRepeat, hasSameSettings, readSettings } from "../../tools/static/tools/logic/settings_values.js";
import { carriesFiles, namePastedFile, findRefusal } from "../../tools/static/tools/logic/file_checks.js";
import { computeViewerState } from "../../tools/static/tools/logic/viewer_state.js";
import { makePluralKey, fillPlaceholders } from "../../tools/static/tools/logic/message_format.js";
import { Workspace } from "../../tools/static/tools/logic/workspace.js";
import { computeNamedPrice } from "../../tools/static/tools/logic/price.js";

// Browsers have it, and Node from 20 on.
globalThis.File ??= File;

const limits = { bytes: 100 };

test("a sentence takes its values and keeps the holes it has none for", () => {
  assert.equal(fillPlaceholders("{share} of {size}", { share: "4 %" }), "4 % of {size}");
});

test("a counted sentence follows the language's own rules", () => {
  assert.equal(makePluralKey("attempts", 1, "en"), "attempts.one");
  assert.equal(makePluralKey("attempts", 0, "en"), "attempts.other");
  assert.equal(makePluralKey("attempts", 3, "pl"), "attempts.few");
});

test("amounts are read in the page's language", () => {
  assert.equal(formatBytes(820_000, "en"), "820 kB");
  assert.equal(formatBytes(3_450_000, "en"), "3.5 MB");
  assert.equal(formatPercent(0.414, "en"), "41%");
  assert.equal(formatSeconds(0.84, "en"), "0.8");
  assert.equal(formatSeconds(12.4, "de"), "12");
  assert.equal(formatPixels(3000, 2000), "3000 × 2000");
});

test("the time that is left is never nothing", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(formatTimeUntil("2026-01-01T23:40:00Z", now, "en"), "in 24 hours");
  assert.equal(formatTimeUntil("2026-01-01T00:20:00Z", now, "en"), "in 20 minutes");
  assert.equal(formatTimeUntil("2025-12-31T00:00:00Z", now, "en"), "in 1 minute");
});

test("waiting doubles up to a ceiling", () => {
  assert.deepEqual([0, 1, 2, 9].map((n) => computeBackoff(n)), [500, 1000, 2000, 15_000]);
});

test("a file that the server would refuse is refused before it is sent", () => {
  const refused = (name, type, bytes = 10) => findRefusal({ name, type, size: bytes }, limits);
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
  assert.equal(namePastedFile(file, now).name, "pasted-2026-01-02-03-04-05.png");
  const named = new File(["x"], "mug.png", { type: "image/png" });
  assert.equal(namePastedFile(named, now), named);
});

test("a drag of text is left to the browser", () => {
  assert.equal(carriesFiles({ types: ["text/plain"] }), false);
  assert.equal(carriesFiles({ types: ["text/plain", "Files"] }), true);
  assert.equal(carriesFiles(null), false);
});

test("the stage shows the refusal of a photo before any attempt at it", () => {
  const view = computeViewerState({ state: "refused", words: "No.", error: "svg" }, { status: "queued" });
  assert.equal(view.state, "refused");
  assert.equal(view.remedy, "choose");
});

test("each state of an attempt is a state of the stage", () => {
  const photo = { state: "ready" };
  const state = (status) => computeViewerState(photo, { status }).state;
  for (const status of ["queued", "running", "done", "failed", "cancelled"]) {
    assert.equal(state(status), status);
  }
  assert.equal(computeViewerState(null, null).state, "empty");
  assert.equal(computeViewerState(photo, null).state, "photo");
  assert.equal(computeViewerState({ state: "received" }, null).state, "reading");
  assert.equal(computeViewerState(photo, { status: "failed", error: "out-of-credits" }).remedy, "buy");
  assert.equal(computeViewerState(photo, { status: "failed", error: "free-is-used-up" }).remedy, "buy");
});

test("settings are compared by what they ask for", () => {
  const data = new FormData();
  data.set("softness", "0.0");
  data.set("photo", "p");
  assert.deepEqual(readSettings(data), { softness: "0.0" });
  assert.equal(hasSameSettings({ softness: "0.0" }, { softness: "0" }), true);
  assert.equal(hasSameSettings({ softness: "0.1" }, { softness: "0" }), false);
  assert.equal(hasSameSettings({ strokes: "" }, {}), true);
  assert.equal(hasSameSettings({ strokes: "[]" }, {}), true);
  assert.equal(toFormValue([]), "");
  assert.equal(toFormValue(null), "");
  assert.equal(toFormValue(true), "on");
  assert.equal(toFormValue([{ keep: true }]), '[{"keep":true}]');
});

test("an engine that an attempt had no need of does not tell it from what is asked now", () => {
  const names = ["scene", "engine.matte", "engine.surround"];
  assert.deepEqual([...listComparedNames(names, { scene: "a", "engine.matte": "b" })], ["scene", "engine.matte"]);
});

test("a tool that is written to waits for words, and with backgrounds for those in words only", () => {
  const worded = { worded: true };
  assert.equal(findMissingInput({ words: " " }, worded), "write-first");
  assert.equal(findMissingInput({ words: "a beach" }, worded), null);
  assert.equal(findMissingInput({ background: "scene" }, worded), null);
  assert.equal(findMissingInput({ background: "picture", picture: "" }, {}), "picture-first");
  assert.equal(findMissingInput({ background: "picture", picture: "upload-1" }, {}), null);
  assert.equal(findMissingInput({ background: "words" }, worded), "write-first");
  assert.equal(findMissingInput({ background: "words", words: "a beach" }, worded), null);
  assert.equal(findMissingInput({}, { painted: true }), "paint-first");
  assert.equal(findMissingInput({}, {}), null);
});

test("a button rests where the same would come once more, and where it went back it does not", () => {
  const attempt = { tool: "cut", params: { softness: 0.5 }, engines: { matte: "embedded" }, status: "done" };
  const says = (over, settings = { softness: "0.50" }) =>
    findRepeat({ ...attempt, ...over }, "cut", settings, ["softness", "engine.matte"]);
  assert.deepEqual(says({}, { softness: "0.50", "engine.matte": "embedded" }), { done: true, rests: true });
  assert.equal(says({}, { softness: "0.6", "engine.matte": "embedded" }).rests, false);
  assert.equal(says({}, { softness: "0.5", "engine.matte": "other" }).rests, false);
  const same = { softness: "0.5", "engine.matte": "embedded" };
  assert.deepEqual(says({ status: "running" }, same), { done: false, rests: true });
  assert.equal(says({ status: "failed" }, same).rests, false);
  assert.equal(says({ given_back: true }, same).rests, false);
  assert.equal(findRepeat(null, "cut", same, []).rests, false);
});

test("the price that is named rises with the megapixels begun above what is included", () => {
  const named = { run: "1", included: "4", step: "8", times: "1" };
  assert.equal(computeNamedPrice(named, { width: 2000, height: 2000 }), 1);
  assert.equal(computeNamedPrice(named, { width: 2001, height: 2000 }), 2);
  assert.equal(computeNamedPrice(named, { width: 4000, height: 3001 }), 3);
  assert.equal(computeNamedPrice({ ...named, times: "2" }, { width: 100, height: 100 }), 2);
});

test("photos from before are not looked at until a hand takes one", () => {
  const workspace = new Workspace();
  workspace.waits = true;
  workspace.merge({ photos: [{ id: "a", attempts: [] }] });
  assert.equal(workspace.photo, null);
  workspace.look("a");
  assert.equal(workspace.photoId, "a");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { listSheetAttempts, countProgress, makeVariations } from "../../tools/static/tools/logic/variations.js";
import { summariseFidelity } from "../../tools/static/tools/logic/fidelity.js";

test("a batch differs in one setting only", () => {
  const tries = makeVariations({ scene: "a", shadow: "soft" }, "scene", ["x", "y"]);
  assert.deepEqual(tries, [
    { scene: "x", shadow: "soft" },
    { scene: "y", shadow: "soft" },
  ]);
});

test("a failed attempt is over too", () => {
  const batch = ["done", "failed", "running"].map((status) => ({ status }));
  assert.deepEqual(countProgress(batch), { done: 2, of: 3, over: false });
});

test("a contact sheet has its places from the beginning", () => {
  const attempts = new Map([["a", { id: "a", status: "done" }], ["b", { id: "b", status: "running" }]]);
  const batch = [{ id: "a", label: "Oak" }, { id: "b", label: "" }, { id: "gone", label: "" }, { id: null, label: "Sea" }];
  const shown = listSheetAttempts(batch, { attempts, hidden: new Set(["b"]) });
  assert.deepEqual(shown, [
    { id: "a", status: "done", label: "Oak" },
    { id: "next-3", status: "starting", label: "Sea" },
  ]);
});

test("almost all pixels are not all pixels", () => {
  const proof = summariseFidelity({ kept: true, identical: 0.99999, scale: 1 });
  assert.deepEqual(proof, { kind: "proof", key: "proof.most", share: 0.999 });
  assert.equal(summariseFidelity({ kept: true, identical: 1, scale: 1 }).key, "proof.kept");
});

test("a product that was changed is said to be, and one that was not compared is not praised", () => {
  assert.equal(summariseFidelity({ kept: false, identical: 0.4, scale: 1, broken: ["ssim"] }).kind, "warning");
  assert.equal(summariseFidelity({ kept: false, broken: ["core"] }), null);
  assert.equal(summariseFidelity({}), null);
});

test("an enhanced photo is said to show what the photo shows, at any size", () => {
  const kept = { kept: true, expected: "structure", identical: 0.01, scale: 2 };
  assert.deepEqual(summariseFidelity(kept), { kind: "proof", key: "proof.structure" });
  assert.equal(summariseFidelity({ ...kept, kept: false, broken: ["text"] }).kind, "warning");
});

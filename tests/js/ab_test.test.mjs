import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const SCRIPT = readFileSync(new URL("../../seo/static/seo/ab_test.js", import.meta.url), "utf8");

/** What a browser of this kind, with this lot, shows of a variant. */
function shown(number, lot, navigator = {}) {
  const document = { currentScript: { dataset: { variant: String(number) } }, documentElement: { dataset: {} } };
  const kept = new Map(lot === null ? [] : [["packshot-lot", String(lot)]]);
  const localStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, String(value)) };
  const agent = { doNotTrack: null, userAgent: "Mozilla/5.0", ...navigator };
  vm.runInNewContext(SCRIPT, { document, localStorage, navigator: agent, crypto, Uint8Array, addEventListener() {} });
  return { variant: document.documentElement.dataset.variant, kept };
}

test("half of the lots see a variant, another half the next one", () => {
  const halves = [1, 2, 40].map((number) =>
    Array.from({ length: 256 }, (_, lot) => shown(number, lot).variant === `${number}b`),
  );
  for (const half of halves) assert.equal(half.filter(Boolean).length, 128);
  assert.notDeepEqual(halves[0], halves[1]);
});

test("a browser draws its lot once", () => {
  const { variant, kept } = shown(7, null);
  assert.equal(shown(7, kept.get("packshot-lot")).variant, variant);
});

test("who is not to be counted, and who reads for a search engine, sees the page as it is", () => {
  const others = [{ doNotTrack: "1" }, { globalPrivacyControl: true }, { userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1)" }];
  for (const navigator of others) {
    const { variant, kept } = shown(7, null, navigator);
    assert.equal(variant, undefined);
    assert.equal(kept.size, 0);
  }
});

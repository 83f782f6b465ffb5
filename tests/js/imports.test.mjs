import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const FOLDERS = ["billing/static", "seo/static", "seo/desk/static", "tools/static"];
const IMPORT = /^\s*(?:import|export)\b[^"'`;]*?["'](\.[^"']+)["']|\bimport\(\s*["'](\.[^"']+)["']\s*\)/gm;

const modules = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(ROOT, folder, name)),
);

/** Each module with those that it imports, at once or later. */
const graph = new Map(
  modules.map((path) => {
    const found = [...readFileSync(path, "utf8").matchAll(IMPORT)];
    return [path, found.map(([, now, later]) => resolve(dirname(path), now ?? later))];
  }),
);

/** The first way from a module back to itself, or null. */
function circleIn(links) {
  const over = new Set();
  const walk = (path, way) => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (over.has(path)) return null;
    for (const next of links.get(path) ?? []) {
      const circle = walk(next, [...way, path]);
      if (circle) return circle;
    }
    over.add(path);
    return null;
  };
  for (const path of links.keys()) {
    const circle = walk(path, []);
    if (circle) return circle;
  }
  return null;
}

test("every import leads to a module that is there", () => {
  const lost = [...graph].flatMap(([path, links]) => links.filter((link) => !graph.has(link)).map((link) => `${path} ${link}`));
  assert.deepEqual(lost, []);
  // Some that are known to be there: the pattern sees imports, re-exports and late ones.
  const editor = graph.get(join(ROOT, "tools/static/tools/editor/editor.js")).map((path) => relative(ROOT, path));
  assert.deepEqual(editor, ["tools/static/tools/editor/frames.js", "tools/static/tools/editor/elements.js"]);
  assert.ok(graph.get(join(ROOT, "tools/static/tools/editor/elements.js")).some((path) => path.endsWith("controller.js")));
});

test("no module imports itself by a way around", () => {
  assert.deepEqual(circleIn(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]);
  assert.deepEqual(circleIn(graph)?.map((path) => relative(ROOT, path)) ?? [], []);
});

test("what decides without a page imports nothing that has one", () => {
  const logic = join(ROOT, "tools/static/tools/logic/");
  const out = [...graph].filter(([path]) => path.startsWith(logic)).flatMap(([, links]) => links.filter((link) => !link.startsWith(logic)));
  assert.deepEqual(out, []);
});

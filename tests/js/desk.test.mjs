import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "../../tools/static/tools/pure/desk.js";

const photo = (id, more = {}) => ({ id, state: "ready", ...more });
const attempt = (id, photoId, second, more = {}) => ({
  id,
  photo: photoId,
  status: "done",
  created: `2026-01-01T00:00:0${second}Z`,
  ...more,
});

test("the newest photo and its newest attempt are looked at first", () => {
  const desk = new Desk();
  desk.merge({
    photos: [
      photo("new", { attempts: [attempt("b", "new", 2), attempt("a", "new", 1)] }),
      photo("old", { attempts: [] }),
    ],
  });
  assert.equal(desk.photoId, "new");
  assert.equal(desk.attemptId, "b");
  assert.deepEqual([...desk.photos.keys()], ["old", "new"]);
  assert.deepEqual(desk.of("new").map((a) => a.id), ["a", "b"]);
});

test("what is over never opens again when an answer comes late", () => {
  const desk = new Desk();
  desk.putAttempt(attempt("a", "p", 1));
  desk.putAttempt(attempt("a", "p", 1, { status: "running" }));
  assert.equal(desk.attempts.get("a").status, "done");
});

test("an upload keeps its place and its local preview when the server names it", () => {
  const desk = new Desk();
  desk.putPhoto(photo("local-1", { local: true, localPreview: "blob:x" }));
  desk.putPhoto(photo("local-2", { local: true }));
  desk.look("local-1");
  desk.rename("local-1", photo("p1", { local: false }));
  assert.deepEqual([...desk.photos.keys()], ["p1", "local-2"]);
  assert.equal(desk.photo.localPreview, "blob:x");
});

test("a merge drops what the server no longer has and keeps what is still being sent", () => {
  const desk = new Desk();
  desk.putPhoto(photo("dead"));
  desk.putPhoto(photo("local-1", { local: true, state: "uploading" }));
  desk.look("dead");
  desk.merge({ photos: [photo("p", { attempts: [] })] });
  assert.deepEqual([...desk.photos.keys()], ["local-1", "p"]);
  assert.equal(desk.photoId, "local-1");
});

test("deleting the photo looked at shows the one before it", () => {
  const desk = new Desk();
  desk.merge({ photos: [photo("b", { attempts: [attempt("x", "b", 1)] }), photo("a", { attempts: [] })] });
  desk.removePhoto("b");
  assert.equal(desk.photoId, "a");
  assert.equal(desk.attempts.size, 0);
});

test("a picture to stand in is never looked at, whatever comes and goes", () => {
  const desk = new Desk();
  const behind = photo("behind", { background: true, attempts: [] });
  desk.merge({ photos: [behind] });
  assert.equal(desk.photoId, null);
  desk.merge({ photos: [behind, photo("mug", { attempts: [] })] });
  assert.equal(desk.photoId, "mug");
  assert.deepEqual(desk.own.map(({ id }) => id), ["mug"]);
  desk.removePhoto("mug");
  assert.equal(desk.photoId, null);
});

test("what had a name of ours is found by it when the server has named it", () => {
  const desk = new Desk();
  desk.putPhoto(photo("upload-1", { local: true, background: true }));
  desk.rename("upload-1", photo("p1", { local: false, background: true }));
  assert.equal(desk.nameOf("upload-1"), "p1");
  assert.equal(desk.nameOf("p1"), "p1");
});

test("many changes in one turn are told once", async () => {
  const desk = new Desk();
  let told = 0;
  desk.addEventListener("change", () => (told += 1));
  desk.putPhoto(photo("a"));
  desk.putPhoto(photo("b"));
  desk.look("a");
  await Promise.resolve();
  assert.equal(told, 1);
});

test("a desk is busy while the server has something open", () => {
  const desk = new Desk();
  desk.putPhoto(photo("p"));
  assert.equal(desk.busy, false);
  desk.putAttempt(attempt("a", "p", 1, { status: "queued" }));
  assert.equal(desk.busy, true);
});

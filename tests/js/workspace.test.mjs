import assert from "node:assert/strict";
import { test } from "node:test";

import { Workspace } from "../../tools/static/tools/logic/workspace.js";

const photo = (id, more = {}) => ({ id, state: "ready", ...more });
const attempt = (id, photoId, second, more = {}) => ({
  id,
  photo: photoId,
  status: "done",
  created: `2026-01-01T00:00:0${second}Z`,
  ...more,
});

test("the newest photo and its newest attempt are looked at first", () => {
  const workspace = new Workspace();
  workspace.merge({
    photos: [
      photo("new", { attempts: [attempt("b", "new", 2), attempt("a", "new", 1)] }),
      photo("old", { attempts: [] }),
    ],
  });
  assert.equal(workspace.photoId, "new");
  assert.equal(workspace.attemptId, "b");
  assert.deepEqual([...workspace.photos.keys()], ["old", "new"]);
  assert.deepEqual(workspace.of("new").map((a) => a.id), ["a", "b"]);
});

test("what is over never opens again when an answer comes late", () => {
  const workspace = new Workspace();
  workspace.putAttempt(attempt("a", "p", 1));
  workspace.putAttempt(attempt("a", "p", 1, { status: "running" }));
  assert.equal(workspace.attempts.get("a").status, "done");
});

test("an upload keeps its place and its local preview when the server names it", () => {
  const workspace = new Workspace();
  workspace.putPhoto(photo("local-1", { local: true, localPreview: "blob:x" }));
  workspace.putPhoto(photo("local-2", { local: true }));
  workspace.look("local-1");
  workspace.rename("local-1", photo("p1", { local: false }));
  assert.deepEqual([...workspace.photos.keys()], ["p1", "local-2"]);
  assert.equal(workspace.photo.localPreview, "blob:x");
});

test("a merge drops what the server no longer has and keeps what is still being sent", () => {
  const workspace = new Workspace();
  workspace.putPhoto(photo("dead"));
  workspace.putPhoto(photo("local-1", { local: true, state: "uploading" }));
  workspace.look("dead");
  workspace.merge({ photos: [photo("p", { attempts: [] })] });
  assert.deepEqual([...workspace.photos.keys()], ["local-1", "p"]);
  assert.equal(workspace.photoId, "local-1");
});

test("deleting the photo looked at shows the one before it", () => {
  const workspace = new Workspace();
  workspace.merge({ photos: [photo("b", { attempts: [attempt("x", "b", 1)] }), photo("a", { attempts: [] })] });
  workspace.removePhoto("b");
  assert.equal(workspace.photoId, "a");
  assert.equal(workspace.attempts.size, 0);
});

test("a picture to stand in is never looked at, whatever comes and goes", () => {
  const workspace = new Workspace();
  const behind = photo("behind", { background: true, attempts: [] });
  workspace.merge({ photos: [behind] });
  assert.equal(workspace.photoId, null);
  workspace.merge({ photos: [behind, photo("mug", { attempts: [] })] });
  assert.equal(workspace.photoId, "mug");
  assert.deepEqual(workspace.own.map(({ id }) => id), ["mug"]);
  workspace.removePhoto("mug");
  assert.equal(workspace.photoId, null);
});

test("what had a name of ours is found by it when the server has named it", () => {
  const workspace = new Workspace();
  workspace.putPhoto(photo("upload-1", { local: true, background: true }));
  workspace.rename("upload-1", photo("p1", { local: false, background: true }));
  assert.equal(workspace.findCurrentId("upload-1"), "p1");
  assert.equal(workspace.findCurrentId("p1"), "p1");
});

test("many changes in one turn are told once", async () => {
  const workspace = new Workspace();
  let told = 0;
  workspace.addEventListener("change", () => (told += 1));
  workspace.putPhoto(photo("a"));
  workspace.putPhoto(photo("b"));
  workspace.look("a");
  await Promise.resolve();
  assert.equal(told, 1);
});

test("a desk is busy while the server has something open", () => {
  const workspace = new Workspace();
  workspace.putPhoto(photo("p"));
  assert.equal(workspace.busy, false);
  workspace.putAttempt(attempt("a", "p", 1, { status: "queued" }));
  assert.equal(workspace.busy, true);
});

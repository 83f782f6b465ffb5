import { ChangeEmitter } from "./change_emitter.js";
import { compareAge, isOpen, isStale } from "./freshness.js";

/** What lies on the workspace: photos, their attempts, and which of each is looked at. */
export class Workspace extends ChangeEmitter {
  photos = new Map();
  attempts = new Map();
  exports = new Map();
  /** Attempts that are on their way out: they are there, and not seen. */
  hidden = new Set();
  photoId = null;
  attemptId = null;
  waits = false; // Photos from before are not looked at until a hand takes one.
  #names = new Map(); // The ids that the server has given to what had one of ours.

  /** The photos that are worked on; the others are pictures to stand in, and never looked at. */
  get own() {
    return [...this.photos.values()].filter(({ background }) => !background);
  }

  get photo() {
    return this.photos.get(this.photoId) ?? null;
  }

  get attempt() {
    return this.attempts.get(this.attemptId) ?? null;
  }

  /** The attempts at a photo, the oldest first. */
  of(photoId) {
    const mine = ({ id, photo }) => photo === photoId && !this.hidden.has(id);
    return [...this.attempts.values()].filter(mine).sort(compareAge);
  }

  /** Add a photo or change it; what the page alone knows (a local preview) stays. */
  putPhoto(photo) {
    this.photos.set(photo.id, { ...this.photos.get(photo.id), ...photo });
    this.emitChange();
  }

  /** The server has named an upload: the same photo goes on under its new id, in its place. */
  rename(oldId, photo) {
    const named = ([id, old]) => (id === oldId ? [photo.id, { ...old, ...photo }] : [id, old]);
    this.photos = new Map([...this.photos].map(named));
    if (this.photoId === oldId) this.photoId = photo.id;
    this.#names.set(oldId, photo.id);
    this.emitChange();
  }

  /** The id that it has now. */
  findCurrentId(id) {
    return this.#names.get(id) ?? id;
  }

  putAttempt(attempt) {
    const old = this.attempts.get(attempt.id);
    if (old && isStale(old, attempt)) return;
    this.attempts.set(attempt.id, { ...old, ...attempt });
    for (const file of attempt.exports ?? []) this.putExport(file);
    this.emitChange();
  }

  /** Take in an attempt that the server speaks of unasked, unless its own answer is on the way. */
  hear(attempt) {
    const awaited = this.of(attempt.photo).some(({ status }) => status === "starting");
    if (this.attempts.has(attempt.id) || !awaited) this.putAttempt(attempt);
  }

  putExport(file) {
    const old = this.exports.get(file.id);
    if (old && isStale(old, file)) return;
    this.exports.set(file.id, { ...old, ...file });
    this.emitChange();
  }

  removeAttempt(id) {
    const photoId = this.attempts.get(id)?.photo;
    this.attempts.delete(id);
    this.hidden.delete(id);
    if (this.attemptId === id) this.attemptId = this.of(photoId).at(-1)?.id ?? null;
    this.emitChange();
  }

  /** Take an attempt out of sight, and look at the one beside it. */
  hide(id) {
    const rest = this.of(this.attempts.get(id).photo);
    const at = rest.findIndex((one) => one.id === id);
    this.hidden.add(id);
    if (this.attemptId === id) this.attemptId = (rest[at + 1] ?? rest[at - 1])?.id ?? null;
    this.emitChange();
  }

  reveal(id) {
    this.hidden.delete(id);
    if (this.attempts.has(id)) this.look(this.attempts.get(id).photo, id);
  }

  /** The server has let go of something: {kind: "photo" or "attempt", id}. */
  gone({ kind, id }) {
    if (kind === "photo") this.removePhoto(id);
    else this.removeAttempt(id);
  }

  removeExport(id) {
    this.exports.delete(id);
    this.emitChange();
  }

  removePhoto(id) {
    for (const attempt of this.of(id)) this.attempts.delete(attempt.id);
    this.photos.delete(id);
    if (this.photoId === id) this.look(this.own.at(-1)?.id ?? null);
    this.emitChange();
  }

  /** Look at a photo, and at one of its attempts: the newest, unless told which. */
  look(photoId, attemptId) {
    [this.waits, this.photoId] = [false, photoId];
    this.attemptId = attemptId === undefined ? (this.of(photoId).at(-1)?.id ?? null) : attemptId;
    this.emitChange();
  }

  /** Take in /mine/, newest photo first; photos that the server no longer has are gone. */
  merge(mine) {
    const known = new Set(mine.photos.map((photo) => photo.id));
    for (const photo of this.photos.values()) {
      if (!photo.local && !known.has(photo.id)) this.removePhoto(photo.id);
    }
    for (const { attempts, ...photo } of [...mine.photos].reverse()) {
      this.putPhoto(photo);
      const there = new Set(attempts.map((attempt) => attempt.id));
      for (const old of this.of(photo.id)) {
        if (!old.local && !there.has(old.id)) this.removeAttempt(old.id);
      }
      for (const attempt of attempts) this.hear(attempt);
    }
    if (!this.waits && !this.photos.has(this.photoId)) this.look(this.own.at(-1)?.id ?? null);
  }

  get busy() {
    return this.open.length > 0;
  }

  /** All that is not over yet: photos to be read, attempts and files to be made. */
  get open() {
    const jobs = [...this.attempts.values(), ...this.exports.values()];
    const received = [...this.photos.values()].filter((photo) => photo.state === "received" && !photo.local);
    return [...received, ...jobs.filter(isOpen)];
  }
}

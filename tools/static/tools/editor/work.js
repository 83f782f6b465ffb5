import { pasted, refusal } from "../pure/files.js";
import { Refusal, Unreachable, post } from "./api.js";
import { sendPatiently } from "./upload.js";
import { say } from "./words.js";

/** What a visitor can do with photos and attempts; the desk says how it went. */
export class Work {
  #desk;
  #form;
  #bytes;
  #made = 0;
  #turn = Promise.resolve();
  #stops = new Map();

  constructor(desk, form, { bytes }) {
    this.#desk = desk;
    this.#form = form;
    this.#bytes = bytes;
  }

  /** Each file becomes a photo of its own, sent one after the other, with its first attempt. */
  add(files) {
    const named = [...files].map((file) => pasted(file, new Date()));
    const ids = named.map((file) => this.#lay(file));
    if (ids.length) this.#desk.look(ids[0]);
  }

  addSample(name) {
    const id = this.#begin({ name, state: "uploading", share: 1 });
    this.#desk.look(id);
    this.#line(id, () => post("/photos/", { sample: name }));
  }

  #lay(file) {
    const wrong = refusal(file, { bytes: this.#bytes });
    const { name, size } = file;
    const localPreview = wrong ? null : URL.createObjectURL(file);
    const id = this.#begin({ name, size, localPreview, state: "uploading" });
    if (wrong) {
      this.#refuse(id, new Refusal(422, { error: wrong, words: say(`refusal.${wrong}`) }));
      return id;
    }
    const stop = new AbortController();
    this.#stops.set(id, stop);
    this.#line(id, () => {
      const body = new FormData();
      body.set("file", file);
      return sendPatiently("/photos/", body, {
        signal: stop.signal,
        onShare: (share) => this.#desk.putPhoto({ id, state: "uploading", share }),
        onWait: () => this.#desk.putPhoto({ id, state: "waiting" }),
      });
    });
    return id;
  }

  #begin(photo) {
    this.#made += 1;
    const id = `local-${this.#made}`;
    this.#desk.putPhoto({ id, local: true, share: 0, ...photo });
    return id;
  }

  #line(id, send) {
    const settings = new FormData(this.#form);
    this.#turn = this.#turn.then(() => this.#receive(id, send, settings));
  }

  async #receive(id, send, settings) {
    try {
      const photo = await send();
      this.#desk.rename(id, { ...photo, local: false });
      await this.start(photo.id, { settings });
    } catch (error) {
      if (error.name === "AbortError") this.#desk.removePhoto(id);
      else this.#refuse(id, error);
    } finally {
      this.#stops.delete(id);
    }
  }

  #refuse(id, error) {
    const { id: reason = "error", words = say("error") } = error;
    this.#desk.putPhoto({ id, state: "refused", error: reason, words });
  }

  /** Start an attempt. Gives words for single fields when the settings are wrong, else null. */
  async start(photo, { settings = new FormData(this.#form), parent = null } = {}) {
    const id = this.#placeholder(photo);
    for (const name of ["file", "sample"]) settings.delete(name);
    settings.set("photo", photo);
    if (parent) settings.set("parent", parent);
    try {
      const attempt = await post("/attempts/", settings);
      this.#desk.putAttempt(attempt);
      if (this.#desk.attemptId === id) this.#desk.look(photo, attempt.id);
      this.#desk.removeAttempt(id);
      return null;
    } catch (error) {
      return this.#notStarted(id, error);
    }
  }

  /** What is shown from the click until the server has answered. */
  #placeholder(photo) {
    this.#made += 1;
    const id = `local-${this.#made}`;
    for (const old of this.#desk.of(photo)) if (old.local) this.#desk.removeAttempt(old.id);
    this.#desk.putAttempt({ id, photo, local: true, status: "starting", title: this.#form.dataset.name });
    if (this.#desk.photoId === photo) this.#desk.look(photo, id);
    return id;
  }

  #notStarted(id, error) {
    const fields = error.fields ?? {};
    if (Object.keys(fields).length) {
      this.#desk.removeAttempt(id);
      return fields;
    }
    const words = error instanceof Unreachable ? say("lost") : (error.words ?? say("error"));
    this.#desk.putAttempt({ id, status: "failed", error: error.id ?? "error", words });
    return null;
  }

  /** Stop what is looked at: the upload that goes on, or the attempt. */
  async cancel() {
    const { photo, attempt } = this.#desk;
    const stop = this.#stops.get(photo.id);
    if (stop) stop.abort();
    else if (attempt) this.#desk.putAttempt(await post(`/attempts/${attempt.id}/cancel/`));
  }

  /** Delete the attempt looked at. */
  async forget() {
    const { id } = this.#desk.attempt;
    await post(`/attempts/${id}/delete/`);
    this.#desk.removeAttempt(id);
  }

  /** Delete the photo looked at, and all that was made from it, now. */
  async remove() {
    const { photo } = this.#desk;
    this.#stops.get(photo.id)?.abort();
    if (!photo.local) await post(`/photos/${photo.id}/delete/`);
    if (photo.localPreview) URL.revokeObjectURL(photo.localPreview);
    this.#desk.removePhoto(photo.id);
  }
}

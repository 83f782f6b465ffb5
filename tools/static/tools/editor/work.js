import { Unreachable, post } from "./api.js";
import { say } from "./words.js";

/** What a visitor can do with attempts and photos that are there; the desk says how it went. */
export class Work {
  #desk;
  #form;
  #uploads;
  #made = 0;

  constructor(desk, form, uploads) {
    this.#desk = desk;
    this.#form = form;
    this.#uploads = uploads;
  }

  /** Start an attempt. Gives words for single fields when the settings are wrong, else null. */
  async start(photo, { settings = new FormData(this.#form), parent = null } = {}) {
    const id = this.#placeholder(photo);
    for (const name of ["file", "sample"]) settings.delete(name);
    settings.set("photo", photo);
    if (parent) settings.set("parent", parent);
    try {
      if (settings.get("background") === "picture") {
        // It may have been chosen after the photo was sent off with what was set then.
        const picture = settings.get("picture") || this.#form.elements.picture?.value;
        if (picture) settings.set("picture", await this.#picture(picture, id));
      }
      if (!this.#desk.attempts.has(id)) return null;
      const attempt = await post("/attempts/", settings);
      this.#desk.putAttempt(attempt);
      if (this.#desk.attemptId === id) this.#desk.look(photo, attempt.id);
      this.#desk.removeAttempt(id);
      return null;
    } catch (error) {
      return this.#notStarted(id, error);
    }
  }

  /** The picture to stand in, waited for: whoever waits sees how far it is. */
  async #picture(picture, id) {
    const said = (share) => {
      const old = this.#desk.attempts.get(id);
      if (old && old.share !== share) this.#desk.putAttempt({ id, share, words: say("picture.waits") });
    };
    const ready = this.#desk.photos.has(this.#desk.nameOf(picture))
      ? await this.#uploads.whenReady(picture, said)
      : picture;
    if (ready) return ready;
    throw Object.assign(new Error(picture), { id: "photo-gone", words: say("picture.lost") });
  }

  /** Start one attempt for each of these settings, or take the one that is `made`; `taken` hears of each. */
  async startAll(photo, all, { parent, taken }) {
    for (const { settings, made } of all) {
      if (made) {
        taken(made.id);
        continue;
      }
      const { picture } = settings;
      if (settings.background === "picture" && picture) {
        settings.picture = (await this.#uploads.whenReady(picture)) ?? picture;
      }
      const tool = this.#form.elements.tool.value;
      const attempt = await post("/attempts/", { ...settings, photo, tool, ...(parent && { parent }) });
      taken(attempt.id);
      this.#desk.putAttempt(attempt);
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
    if (this.#uploads.stop(photo.id)) return;
    if (attempt) this.#desk.putAttempt(await post(`/attempts/${attempt.id}/cancel/`));
  }

  /** Delete the photo looked at, and all that was made from it, now. */
  async remove() {
    const { photo } = this.#desk;
    this.#uploads.stop(photo.id);
    if (!photo.local) await post(`/photos/${photo.id}/delete/`);
    if (photo.localPreview) URL.revokeObjectURL(photo.localPreview);
    this.#desk.removePhoto(photo.id);
    if (this.#desk.own.length) return;
    // The pictures that it was to stand in go with the last.
    for (const { id, local } of [...this.#desk.photos.values()]) {
      this.#uploads.stop(id);
      if (!local) await post(`/photos/${id}/delete/`);
      this.#desk.removePhoto(id);
    }
  }
}

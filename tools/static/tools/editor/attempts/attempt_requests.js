import { Unreachable, postForm } from "../api.js";
import { getMessage } from "../messages.js";

/** What a visitor can do with attempts and photos that are there; the workspace says how it went. */
export class AttemptRequests {
  #workspace;
  #form;
  #uploads;
  #made = 0;

  constructor(workspace, form, uploads) {
    this.#workspace = workspace;
    this.#form = form;
    this.#uploads = uploads;
  }

  /** Start an attempt, at the `most` that was said to cost. Gives words for single fields when the settings are wrong, else null. */
  async start(photo, { settings = new FormData(this.#form), parent = null, most = null } = {}) {
    const id = this.#placeholder(photo);
    for (const name of ["file", "sample"]) settings.delete(name);
    settings.set("photo", photo);
    if (parent) settings.set("parent", parent);
    if (most !== null) settings.set("most", most);
    try {
      if (settings.get("background") === "picture") {
        // It may have been chosen after the photo was sent off with what was set then.
        const picture = settings.get("picture") || this.#form.elements.picture?.value;
        if (picture) settings.set("picture", await this.#picture(picture, id));
      }
      if (!this.#workspace.attempts.has(id)) return null;
      const attempt = await postForm("/attempts/", settings);
      this.#workspace.putAttempt(attempt);
      if (this.#workspace.attemptId === id) this.#workspace.look(photo, attempt.id);
      this.#workspace.removeAttempt(id);
      return null;
    } catch (error) {
      return this.#notStarted(id, error);
    }
  }

  /** The picture to stand in, waited for: whoever waits sees how far it is. */
  async #picture(picture, id) {
    const said = (share) => {
      const old = this.#workspace.attempts.get(id);
      if (old && old.share !== share) this.#workspace.putAttempt({ id, share, words: getMessage("picture.waits") });
    };
    const ready = this.#workspace.photos.has(this.#workspace.findCurrentId(picture))
      ? await this.#uploads.whenReady(picture, said)
      : picture;
    if (ready) return ready;
    throw Object.assign(new Error(picture), { id: "photo-gone", words: getMessage("picture.lost") });
  }

  /**
   * Start one attempt for each of these settings, none dearer than the `most` that was said for all, or
   * take the one that is `made`; `taken` hears of each.
   */
  async startAll(photo, all, { parent, most = null, taken }) {
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
      const attempt = await postForm("/attempts/", { ...settings, photo, tool, ...(parent && { parent }), ...(most !== null && { most }) });
      taken(attempt.id);
      this.#workspace.putAttempt(attempt);
    }
  }

  /** What is shown from the click until the server has answered. */
  #placeholder(photo) {
    this.#made += 1;
    const id = `local-${this.#made}`;
    for (const old of this.#workspace.of(photo)) if (old.local) this.#workspace.removeAttempt(old.id);
    this.#workspace.putAttempt({ id, photo, local: true, status: "starting", title: this.#form.dataset.name });
    if (this.#workspace.photoId === photo) this.#workspace.look(photo, id);
    return id;
  }

  #notStarted(id, error) {
    const fields = error.fields ?? {};
    if (Object.keys(fields).length) {
      this.#workspace.removeAttempt(id);
      return fields;
    }
    const words = error instanceof Unreachable ? getMessage("lost") : (error.words ?? getMessage("error"));
    this.#workspace.putAttempt({ id, status: "failed", error: error.id ?? "error", words });
    return null;
  }

  /** Stop what is looked at: the upload that goes on, or the attempt. */
  async cancel() {
    const { photo, attempt } = this.#workspace;
    if (this.#uploads.stop(photo.id)) return;
    if (attempt) this.#workspace.putAttempt(await postForm(`/attempts/${attempt.id}/cancel/`));
  }

  /** Delete a photo, the one looked at, and all that was made from it, now. */
  async remove(photo = this.#workspace.photo) {
    this.#uploads.stop(photo.id);
    if (!photo.local) await postForm(`/photos/${photo.id}/delete/`);
    if (photo.localPreview) URL.revokeObjectURL(photo.localPreview);
    this.#workspace.removePhoto(photo.id);
    if (this.#workspace.own.length) return;
    // The pictures that it was to stand in go with the last.
    for (const { id, local } of [...this.#workspace.photos.values()]) {
      this.#uploads.stop(id);
      if (!local) await postForm(`/photos/${id}/delete/`);
      this.#workspace.removePhoto(id);
    }
  }
}

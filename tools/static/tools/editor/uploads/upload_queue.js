import { readUrlName, namePastedFile, findRefusal } from "../../logic/file_checks.js";
import { Refusal, postForm } from "../api.js";
import { sendFile } from "./send_file.js";
import { getMessage } from "../messages.js";
import { waitForPhoto } from "./wait_for_photo.js";

/** A page that is left takes the file with it: the browser asks whether that is meant. */
const hold = (event) => event.preventDefault();

/** Photos on their way in: each is on the workspace from the moment it is given, and says how far it is. */
export class UploadQueue {
  #workspace;
  #bytes;
  #settings;
  #start;
  #lost;
  #made = 0;
  #turn = Promise.resolve();
  #stops = new Map();

  /** `start(photoId, settings)` makes the first attempt at a photo that has arrived, with what
   * `settings()` said when it was given; `lost(words)` hears why a picture to stand in will not come.
   */
  constructor(workspace, { bytes, settings, start, lost }) {
    this.#workspace = workspace;
    this.#bytes = bytes;
    this.#settings = settings;
    this.#start = start;
    this.#lost = lost;
  }

  /** Each file becomes a photo of its own, sent one after the other, with its first attempt. */
  add(files) {
    for (const { id, local, state } of this.#workspace.photos.values()) {
      if (local && state === "refused") this.#workspace.removePhoto(id);
    }
    const named = [...files].map((file) => namePastedFile(file, new Date()));
    const ids = named.map((file) => this.#lay(file));
    if (ids.length) this.#workspace.look(ids[0]);
  }

  addSample({ name, preview = null }) {
    const id = this.#begin({ name, localPreview: preview, state: "uploading", share: 1 });
    this.#workspace.look(id);
    this.#line(id, () => postForm("/photos/", { sample: name }));
  }

  /** The server fetches it; the attempt is made when the photo's size, and so its price, is known. */
  addAddress(url) {
    const id = this.#begin({ name: readUrlName(url), state: "received" });
    this.#workspace.look(id);
    const settings = this.#settings();
    this.#receive(id, () => postForm("/photos/", { url }), settings);
  }

  /** A picture for a product to stand in: sent in its turn, and nothing is begun with it. */
  addPicture(file) {
    return this.#lay(namePastedFile(file, new Date()), { background: true });
  }

  /** The server's id of a photo, once it is read; null when it never will be. `onShare` hears of it. */
  async whenReady(id, onShare) {
    const photo = await waitForPhoto(this.#workspace, id, ({ state, local }) => !local && state === "ready", onShare);
    return photo?.id ?? null;
  }

  #lay(file, { background = false } = {}) {
    const wrong = findRefusal(file, { bytes: this.#bytes });
    const { name, size } = file;
    const localPreview = wrong ? null : URL.createObjectURL(file);
    const id = this.#begin({ name, size, localPreview, state: "uploading", background });
    if (wrong) {
      this.#refuse(id, new Refusal(422, { error: wrong, words: getMessage(`refusal.${wrong}`) }));
      return id;
    }
    const stop = new AbortController();
    this.#stops.set(id, stop);
    addEventListener("beforeunload", hold);
    this.#line(id, () =>
      sendFile(file, {
        signal: stop.signal,
        purpose: background ? "background" : "",
        onShare: (share) => stop.signal.aborted || this.#workspace.putPhoto({ id, state: "uploading", share }),
        onWait: (share) => this.#workspace.putPhoto({ id, state: "waiting", share }),
      }),
    );
    return id;
  }

  #begin(photo) {
    this.#made += 1;
    const id = `upload-${this.#made}`;
    this.#workspace.putPhoto({ id, local: true, share: 0, ...photo });
    return id;
  }

  #line(id, send) {
    const settings = this.#settings();
    this.#turn = this.#turn.then(() => this.#receive(id, send, settings));
  }

  async #receive(id, send, settings) {
    const isUnwanted = () => this.#stops.get(id)?.signal.aborted;
    try {
      const photo = await send();
      if (isUnwanted()) {
        await postForm(`/photos/${photo.id}/delete/`);
        this.#workspace.removePhoto(photo.id);
        return;
      }
      this.#workspace.rename(id, { ...photo, local: false });
      if (this.#workspace.photos.get(photo.id)?.background) return await this.#follow(photo.id);
      if (await this.#isSized(photo.id)) await this.#start(photo.id, settings);
    } catch (error) {
      if (!isUnwanted()) this.#refuse(id, error);
    } finally {
      this.#stops.delete(id);
      if (this.#stops.size === 0) removeEventListener("beforeunload", hold);
    }
  }

  /** Resolves when the photo's size is known; false when it never will be. */
  async #isSized(id) {
    return Boolean(await waitForPhoto(this.#workspace, id, ({ width }) => width > 0));
  }

  /** A picture that cannot be read is nobody's photo: it goes, and it is said why. */
  async #follow(id) {
    if (await this.whenReady(id)) return;
    const photo = this.#workspace.photos.get(id);
    if (photo) this.#refuse(id, { id: photo.error, words: photo.words });
  }

  #refuse(id, error) {
    const { id: reason = "error", words = getMessage("error") } = error;
    if (this.#workspace.photos.get(id)?.background) {
      this.#workspace.removePhoto(id);
      this.#lost(words);
    } else this.#workspace.putPhoto({ id, state: "refused", error: reason, words });
  }

  /** Have that photo no more, sent or not; false when it is not on its way. */
  stop(id) {
    const stop = this.#stops.get(id);
    if (!stop) return false;
    stop.abort();
    this.#workspace.removePhoto(id);
    return true;
  }
}

import { nameOf, pasted, refusal } from "../pure/files.js";
import { Refusal, post } from "./api.js";
import { sendPatiently } from "./upload.js";
import { say } from "./words.js";

/** A page that is left takes the file with it: the browser asks whether that is meant. */
const hold = (event) => event.preventDefault();

/** Photos on their way in: each is on the desk from the moment it is given, and says how far it is. */
export class Uploads {
  #desk;
  #form;
  #bytes;
  #start;
  #lost;
  #made = 0;
  #turn = Promise.resolve();
  #stops = new Map();

  /** `start(photoId, {settings})` makes the first attempt at a photo that has arrived. */
  constructor(desk, form, { bytes, start, lost }) {
    this.#desk = desk;
    this.#form = form;
    this.#bytes = bytes;
    this.#start = start;
    this.#lost = lost;
  }

  /** Each file becomes a photo of its own, sent one after the other, with its first attempt. */
  add(files) {
    for (const { id, local, state } of this.#desk.photos.values()) {
      if (local && state === "refused") this.#desk.removePhoto(id);
    }
    const named = [...files].map((file) => pasted(file, new Date()));
    const ids = named.map((file) => this.#lay(file));
    if (ids.length) this.#desk.look(ids[0]);
  }

  addSample({ name, preview = null }) {
    const id = this.#begin({ name, localPreview: preview, state: "uploading", share: 1 });
    this.#desk.look(id);
    this.#line(id, () => post("/photos/", { sample: name }));
  }

  /** The server fetches it; the attempt is made when the photo's size, and so its price, is known. */
  addAddress(url) {
    const id = this.#begin({ name: nameOf(url), state: "received" });
    this.#desk.look(id);
    const settings = new FormData(this.#form);
    this.#receive(id, () => post("/photos/", { url }), settings);
  }

  /** A picture for a product to stand in: sent in its turn, and nothing is begun with it. */
  addPicture(file) {
    return this.#lay(pasted(file, new Date()), { background: true });
  }

  /** The server's id of a photo, once it is read; null when it never will be. `onShare` hears of it. */
  async whenReady(id, onShare) {
    const photo = await this.#until(id, ({ state, local }) => !local && state === "ready", onShare);
    return photo?.id ?? null;
  }

  #lay(file, { background = false } = {}) {
    const wrong = refusal(file, { bytes: this.#bytes });
    const { name, size } = file;
    const localPreview = wrong ? null : URL.createObjectURL(file);
    const id = this.#begin({ name, size, localPreview, state: "uploading", background });
    if (wrong) {
      this.#refuse(id, new Refusal(422, { error: wrong, words: say(`refusal.${wrong}`) }));
      return id;
    }
    const stop = new AbortController();
    this.#stops.set(id, stop);
    addEventListener("beforeunload", hold);
    this.#line(id, () =>
      sendPatiently(file, {
        signal: stop.signal,
        purpose: background ? "background" : "",
        onShare: (share) => stop.signal.aborted || this.#desk.putPhoto({ id, state: "uploading", share }),
        onWait: (share) => this.#desk.putPhoto({ id, state: "waiting", share }),
      }),
    );
    return id;
  }

  #begin(photo) {
    this.#made += 1;
    const id = `upload-${this.#made}`;
    this.#desk.putPhoto({ id, local: true, share: 0, ...photo });
    return id;
  }

  #line(id, send) {
    const settings = new FormData(this.#form);
    this.#turn = this.#turn.then(() => this.#receive(id, send, settings));
  }

  async #receive(id, send, settings) {
    const isUnwanted = () => this.#stops.get(id)?.signal.aborted;
    try {
      const photo = await send();
      if (isUnwanted()) {
        await post(`/photos/${photo.id}/delete/`);
        this.#desk.removePhoto(photo.id);
        return;
      }
      this.#desk.rename(id, { ...photo, local: false });
      if (this.#desk.photos.get(photo.id)?.background) return await this.#follow(photo.id);
      if (await this.#isSized(photo.id)) await this.#start(photo.id, { settings });
    } catch (error) {
      if (!isUnwanted()) this.#refuse(id, error);
    } finally {
      this.#stops.delete(id);
      if (this.#stops.size === 0) removeEventListener("beforeunload", hold);
    }
  }

  /** Resolves when the photo's size is known; false when it never will be. */
  async #isSized(id) {
    return Boolean(await this.#until(id, ({ width }) => width > 0));
  }

  /** Resolves with the photo when it is so far; with null when it is refused or gone. */
  #until(id, isSo, onShare = () => {}) {
    return new Promise((settle) => {
      const look = () => {
        const photo = this.#desk.photos.get(this.#desk.nameOf(id));
        const lost = !photo || photo.state === "refused";
        if (!lost && !isSo(photo)) return onShare(photo.local ? photo.share : null);
        this.#desk.removeEventListener("change", look);
        settle(lost ? null : photo);
      };
      this.#desk.addEventListener("change", look);
      look();
    });
  }

  /** A picture that cannot be read is nobody's photo: it goes, and it is said why. */
  async #follow(id) {
    if (await this.whenReady(id)) return;
    const photo = this.#desk.photos.get(id);
    if (photo) this.#refuse(id, { id: photo.error, words: photo.words });
  }

  #refuse(id, error) {
    const { id: reason = "error", words = say("error") } = error;
    if (this.#desk.photos.get(id)?.background) {
      this.#desk.removePhoto(id);
      this.#lost(words);
    } else this.#desk.putPhoto({ id, state: "refused", error: reason, words });
  }

  /** Have that photo no more, sent or not; false when it is not on its way. */
  stop(id) {
    const stop = this.#stops.get(id);
    if (!stop) return false;
    stop.abort();
    this.#desk.removePhoto(id);
    return true;
  }
}

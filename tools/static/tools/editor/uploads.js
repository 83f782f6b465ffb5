import { pasted, refusal } from "../pure/files.js";
import { Refusal, post } from "./api.js";
import { sendPatiently } from "./upload.js";
import { say } from "./words.js";

/** Photos on their way in: each is on the desk from the moment it is given, and says how far it is. */
export class Uploads {
  #desk;
  #form;
  #bytes;
  #start;
  #made = 0;
  #turn = Promise.resolve();
  #stops = new Map();

  /** `start(photoId, {settings})` makes the first attempt at a photo that has arrived. */
  constructor(desk, form, { bytes, start }) {
    this.#desk = desk;
    this.#form = form;
    this.#bytes = bytes;
    this.#start = start;
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
    const id = `upload-${this.#made}`;
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
      await this.#start(photo.id, { settings });
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

  /** Stop sending that photo; false when it is not being sent. */
  stop(id) {
    const stop = this.#stops.get(id);
    stop?.abort();
    return Boolean(stop);
  }
}

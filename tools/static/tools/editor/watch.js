import { delay } from "../pure/backoff.js";
import { news } from "./api.js";

/**
 * Keeps the desk as the server has it: by the stream of events while the page is seen, and by
 * asking after what is open whenever there is no stream.
 */
export class Watch {
  #desk;
  #source = null;
  #timer = null;
  #tries = 0;

  constructor(desk) {
    this.#desk = desk;
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => event.persisted && this.start());
    addEventListener("online", () => this.#again());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.start();
      else if (!desk.busy) this.stop();
    });
  }

  /** Begin to listen, if there is anything to hear. */
  start() {
    if (this.#source || this.#desk.photos.size === 0) return;
    const source = new EventSource("/events/");
    const on = (type, take) =>
      source.addEventListener(type, (event) => take(JSON.parse(event.data)));
    on("mine", (mine) => this.#desk.merge(mine));
    on("photo", (photo) => this.#desk.putPhoto(photo));
    on("attempt", (attempt) => this.#desk.hear(attempt));
    on("gone", (what) => this.#desk.gone(what));
    source.onopen = () => this.#rest();
    source.onerror = () => this.#poll();
    this.#source = source;
  }

  stop() {
    this.#source?.close();
    this.#source = null;
    this.#rest();
  }

  #again() {
    this.stop();
    this.start();
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#tries = 0;
  }

  #poll() {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#look(), delay(this.#tries, { first: 700, most: 4000 }));
  }

  async #look() {
    await Promise.all(this.#desk.open.map((job) => this.#lookAfter(job)));
    if (this.#timer === null) return;
    this.#timer = null;
    this.#tries += 1;
    const closed = this.#source?.readyState === EventSource.CLOSED;
    if (closed && !this.#desk.busy) this.stop();
    else this.#poll();
  }

  async #lookAfter({ id }) {
    const [address, put, remove] = this.#kindOf(id);
    try {
      const fresh = await news(`/${address}/${id}/`);
      if (!fresh) return;
      put.call(this.#desk, fresh);
      this.#tries = 0;
    } catch (error) {
      if (error.status === 404) remove.call(this.#desk, id);
    }
  }

  #kindOf(id) {
    const desk = this.#desk;
    if (desk.photos.has(id)) return ["photos", desk.putPhoto, desk.removePhoto];
    if (desk.attempts.has(id)) return ["attempts", desk.putAttempt, desk.removeAttempt];
    return ["exports", desk.putExport, desk.removeExport];
  }
}

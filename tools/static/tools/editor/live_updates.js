import { computeBackoff } from "../logic/backoff.js";
import { fetchIfChanged } from "./api.js";

/** So long may a stream be silent about what is open before we ask ourselves. */
const SILENCE = 3000;

/**
 * Keeps the workspace as the server has it: by the stream of events while the page is seen, and by
 * asking after what is open whenever there is no stream, or it says nothing.
 */
export class LiveUpdates {
  #workspace;
  #source = null;
  #timer = null;
  #tries = 0;
  #heard = 0;
  #later = null;
  #refused = 0;

  constructor(workspace) {
    this.#workspace = workspace;
    workspace.addEventListener("change", () => {
      if (!document.hidden) this.start();
      if (workspace.busy) this.#poll();
    });
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => event.persisted && this.start());
    addEventListener("online", () => this.#again());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.start();
      else if (!workspace.busy) this.stop();
    });
  }

  /** Begin to listen, if there is anything to hear: nothing is while no photo has arrived. */
  start() {
    if (this.#source || ![...this.#workspace.photos.values()].some(({ local }) => !local)) return;
    const source = new EventSource("/events/");
    const on = (type, take) =>
      source.addEventListener(type, (event) => {
        this.#heard = Date.now();
        take(JSON.parse(event.data));
      });
    on("mine", (mine) => this.#workspace.merge(mine));
    on("photo", (photo) => this.#workspace.putPhoto(photo));
    on("attempt", (attempt) => this.#workspace.hear(attempt));
    on("gone", (what) => this.#workspace.gone(what));
    source.addEventListener("open", () => {
      this.#refused = 0;
    });
    source.addEventListener("error", () => this.#closed(source));
    this.#source = source;
  }

  /** Refused for good, as before the first photo has made us known: the browser asks no more. */
  #closed(source) {
    if (source !== this.#source || source.readyState !== EventSource.CLOSED) return;
    this.#source = null;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.start(), computeBackoff(this.#refused));
    this.#refused += 1;
  }

  stop() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#later);
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #again() {
    this.stop();
    this.start();
    if (this.#workspace.busy) this.#poll();
  }

  get #streams() {
    return this.#source?.readyState === EventSource.OPEN;
  }

  #poll() {
    if (this.#timer !== null) return;
    const wait = this.#streams ? SILENCE : computeBackoff(this.#tries, { first: 700, most: 4000 });
    this.#timer = setTimeout(() => this.#look(), wait);
  }

  async #look() {
    const spoken = this.#streams && Date.now() - this.#heard < SILENCE;
    if (!spoken) await Promise.all(this.#workspace.open.map((job) => this.#lookAfter(job)));
    // Stopped in the meantime?
    if (this.#timer === null) return;
    this.#timer = null;
    this.#tries += 1;
    if (this.#workspace.busy) this.#poll();
    else this.#tries = 0;
  }

  async #lookAfter({ id }) {
    const [address, put, remove] = this.#kindOf(id);
    try {
      const fresh = await fetchIfChanged(`/${address}/${id}/`);
      if (!fresh) return;
      this.#tries = 0;
      put.call(this.#workspace, fresh);
    } catch (error) {
      if (error.status === 404) remove.call(this.#workspace, id);
    }
  }

  #kindOf(id) {
    const workspace = this.#workspace;
    if (workspace.photos.has(id)) return ["photos", workspace.putPhoto, workspace.removePhoto];
    if (workspace.attempts.has(id)) return ["attempts", workspace.putAttempt, workspace.removeAttempt];
    return ["exports", workspace.putExport, workspace.removeExport];
  }
}

/** Emits "change" once per turn of the event loop, however much changed. */
export class ChangeEmitter extends EventTarget {
  #told = false;

  emitChange() {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      this.dispatchEvent(new Event("change"));
    });
  }
}

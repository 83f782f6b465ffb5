import { post } from "../api.js";
import { say } from "../messages.js";

/** So long may a deleted attempt still be brought back. */
const GRACE = 7000;

/** Stars, names and deletions. What is deleted is gone from view at once, and from the server when nobody took it back. */
export class Marks {
  #desk;
  #toast;
  #pending = null;

  constructor(desk, toast) {
    this.#desk = desk;
    this.#toast = toast;
    toast.querySelector("button").addEventListener("click", () => this.undo());
    addEventListener("pagehide", () => this.#settle());
  }

  async favour(id) {
    const { favourite, title } = this.#desk.attempts.get(id);
    const fresh = await post(`/attempts/${id}/favourite/`, { on: favourite ? "0" : "1" });
    this.#desk.putAttempt(fresh);
    return say(fresh.favourite ? "marked" : "unmarked", { title });
  }

  async rename(id, title) {
    const fresh = await post(`/attempts/${id}/title/`, { title });
    this.#desk.putAttempt(fresh);
    return say("renamed", { title: fresh.title });
  }

  /** Take it out of sight; the server hears of it in a while. */
  remove(id) {
    this.#settle();
    const attempt = this.#desk.attempts.get(id);
    if (!attempt || attempt.local) return;
    const timer = setTimeout(() => this.#settle(), GRACE);
    this.#pending = { attempt, timer };
    this.#desk.hide(id);
    this.#toast.querySelector("span").textContent = say("removed", { title: attempt.title });
    this.#toast.hidden = false;
  }

  /** Bring back what was deleted last, if there is still time; false if there is none. */
  undo() {
    if (!this.#pending) return false;
    const { attempt, timer } = this.#pending;
    clearTimeout(timer);
    this.#pending = null;
    this.#toast.hidden = true;
    this.#desk.reveal(attempt.id);
    return true;
  }

  #settle() {
    if (!this.#pending) return;
    const { attempt, timer } = this.#pending;
    clearTimeout(timer);
    this.#pending = null;
    this.#toast.hidden = true;
    // The page may be on its way out.
    const options = { method: "POST", keepalive: true, headers: { Accept: "application/json" } };
    fetch(`/attempts/${attempt.id}/delete/`, options).then(
      () => this.#desk.removeAttempt(attempt.id),
      () => this.#desk.reveal(attempt.id),
    );
  }
}

import { postForm } from "../api.js";
import { getMessage } from "../messages.js";

/** So long may a deleted attempt still be brought back. */
const GRACE = 7000;

/** Stars, names and deletions. What is deleted is gone from view at once, and from the server when nobody took it back. */
export class Bookmarks {
  #workspace;
  #toast;
  #pending = null;

  constructor(workspace, toast) {
    this.#workspace = workspace;
    this.#toast = toast;
    toast.querySelector("button").addEventListener("click", () => this.undo());
    addEventListener("pagehide", () => this.#settle());
  }

  async favour(id) {
    const { favourite, title } = this.#workspace.attempts.get(id);
    const fresh = await postForm(`/attempts/${id}/favourite/`, { on: favourite ? "0" : "1" });
    this.#workspace.putAttempt(fresh);
    return getMessage(fresh.favourite ? "marked" : "unmarked", { title });
  }

  async rename(id, title) {
    const fresh = await postForm(`/attempts/${id}/title/`, { title });
    this.#workspace.putAttempt(fresh);
    return getMessage("renamed", { title: fresh.title });
  }

  /** Take it out of sight; the server hears of it in a while. */
  remove(id) {
    this.#settle();
    const attempt = this.#workspace.attempts.get(id);
    if (!attempt || attempt.local) return;
    const timer = setTimeout(() => this.#settle(), GRACE);
    this.#pending = { attempt, timer };
    this.#workspace.hide(id);
    this.#toast.querySelector("span").textContent = getMessage("removed", { title: attempt.title });
    this.#toast.hidden = false;
  }

  /** Bring back what was deleted last, if there is still time; false if there is none. */
  undo() {
    if (!this.#pending) return false;
    const { attempt, timer } = this.#pending;
    clearTimeout(timer);
    this.#pending = null;
    this.#toast.hidden = true;
    this.#workspace.reveal(attempt.id);
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
      () => this.#workspace.removeAttempt(attempt.id),
      () => this.#workspace.reveal(attempt.id),
    );
  }
}

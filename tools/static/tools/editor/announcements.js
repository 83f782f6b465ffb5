import { formatPixels, formatSeconds } from "../logic/number_format.js";
import { locale, getMessage } from "./messages.js";

const MOMENT = 3000;

/** Says what happens, once: in the status line, and as a notice where it is bad. */
export class Announcements {
  #line;
  #notice;
  #flash;
  #timer = null;
  #said = "";

  constructor(root) {
    this.#flash = root.querySelector(".flash");
    this.#line = root.querySelector("[role=status]");
    this.#notice = root.querySelector(".notice");
  }

  say(words, { bad = false } = {}) {
    this.#line.textContent = words;
    if (bad) this.notice(words);
  }

  /** Show for a moment what the hand asked for and cannot see otherwise. */
  flash(words) {
    this.#flash.textContent = words;
    this.#flash.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flash.toggleAttribute("hidden", true), MOMENT);
  }

  notice(words) {
    this.#notice.hidden = !words;
    this.#notice.textContent = words;
  }

  /** Each change of state of what is looked at. */
  follow({ photo, attempt }) {
    const state = photo?.local ? photo.state : attempt?.status;
    const key = `${photo?.id} ${attempt?.id} ${state}`;
    if (!state || key === this.#said) return;
    this.#said = key;
    this.say(sentence(state, photo, attempt));
  }
}

function sentence(state, photo, attempt) {
  if (state === "done") {
    const size = formatPixels(attempt.width, attempt.height);
    return getMessage("done", { seconds: formatSeconds(attempt.seconds ?? 0, locale), pixels: size });
  }
  const words = state === "failed" ? attempt.words : state === "refused" ? photo.words : null;
  return words ?? getMessage(state, { name: photo.name });
}

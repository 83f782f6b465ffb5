import { pixels, seconds } from "../pure/amounts.js";
import { locale, say } from "./words.js";

/** Says what happens, once: in the status line, and as a notice where it is bad. */
export class Status {
  #line;
  #notice;
  #said = "";

  constructor(root) {
    this.#line = root.querySelector("[role=status]");
    this.#notice = root.querySelector(".notice");
  }

  say(words, { bad = false } = {}) {
    this.#line.textContent = words;
    if (bad) this.notice(words);
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
    const size = pixels(attempt.width, attempt.height);
    return say("done", { seconds: seconds(attempt.seconds ?? 0, locale), pixels: size });
  }
  const words = state === "failed" ? attempt.words : state === "refused" ? photo.words : null;
  return words ?? say(state, { name: photo.name });
}

import { variations } from "../pure/batch.js";
import { askedOf, goesOnFrom, same } from "../pure/choice.js";
import { say } from "./words.js";

// More than one attempt takes, and those that there are.
const [SEEDS, MOST] = [100, 10_000];

/** The next attempt, or several at once, with the settings as they are. */
export class Tries {
  #bench;

  constructor(bench) {
    this.#bench = bench;
  }

  async again() {
    const { desk, work, watch } = this.#bench;
    const { photo } = desk;
    if (!photo || photo.local) return;
    toStage(this.#bench);
    const { waitsFor } = this.#bench.find("settings");
    if (waitsFor) {
      if (waitsFor === "paint-first") this.#bench.find("brush").turn(true);
      else if (waitsFor === "picture-first") this.#bench.find("picture").ask();
      else this.#write();
      this.#bench.status.say(say(waitsFor), { bad: true });
      return;
    }
    if (desk.attempt?.error === "not-obedient") this.#elsewhere();
    this.#bench.find("mover").turn(false);
    const wrong = await work.start(photo.id, { parent: this.#parent });
    this.#bench.find("settings").wrong(wrong ?? {});
    watch.start();
  }

  /** With the seeds that it had, a model would draw the same pictures again. */
  #elsewhere() {
    const seed = this.#bench.root.querySelector('[name="seed"]');
    if (seed) seed.value = String((Number(seed.value) + SEEDS) % MOST);
  }

  #write() {
    this.#bench.find("dock").turn(true);
    this.#bench.root.querySelector('[name="words"]').focus();
  }

  /** One attempt for each value of a setting, side by side until one is picked. */
  async all({ name, values, labels = [] }) {
    const { desk, work, watch } = this.#bench;
    const { tool, settings } = this.#bench.find("settings").asked;
    const made = desk.of(desk.photoId).filter((one) => one.status === "done" && one.tool === tool && one.parent === this.#parent);
    const all = variations(settings, name, values).map((each) => ({
      settings: each,
      made: made.find((one) => same(askedOf(one), each, new Set(Object.keys(each)))),
    }));
    const batch = all.map((_, place) => ({ id: null, label: labels[place] ?? "" }));
    let begun = 0;
    const taken = (id) => {
      batch[begun].id = id;
      begun += 1;
    };
    this.#bench.batch = batch;
    this.#bench.show();
    toStage(this.#bench);
    watch.start();
    try {
      await work.startAll(desk.photoId, all, { parent: this.#parent, taken });
    } finally {
      // The credits may have been too few for all.
      batch.length = begun;
      this.#bench.show();
    }
  }

  get #parent() {
    return goesOnFrom(this.#bench.desk.attempt, this.#bench.find("settings").tool);
  }
}

/** What was asked for below is seen above. */
export function toStage(bench) {
  const { top, bottom } = bench.find("stage").getBoundingClientRect();
  const settings = bench.find("settings");
  const isOver = getComputedStyle(settings).position === "fixed";
  const floor = isOver ? settings.getBoundingClientRect().top : innerHeight;
  if (top >= 0 && bottom <= floor) return;
  // Under a sheet that has just opened the page is moved at once: on a slow phone whatever comes in
  // meanwhile would end a smooth way there.
  const calm = isOver || matchMedia("(prefers-reduced-motion: reduce)").matches;
  bench.find("photos").scrollIntoView({ behavior: calm ? "instant" : "smooth" });
}

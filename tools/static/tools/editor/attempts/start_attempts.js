import { makeVariations } from "../../logic/variations.js";
import { readAttemptSettings, findParentId, hasSameSettings } from "../../logic/settings_values.js";
import { getMessage } from "../messages.js";

// More than one attempt takes, and those that there are.
const [SEEDS, MOST] = [100, 10_000];

/** The next attempt, or several at once, with the settings as they are. */
export class AttemptStarter {
  #controller;

  constructor(controller) {
    this.#controller = controller;
  }

  /** What was tapped is made, where what a tap costs was on the screen and it is not there already. */
  async atOnce() {
    const { credits } = this.#controller.find("scene-picker").quote;
    const rests = this.#controller.root.querySelector(".go").disabled;
    if (credits !== null && !rests) await this.again({ most: credits });
  }

  async again({ most = this.#controller.find("settings").quote.credits } = {}) {
    const { workspace, requests, updates } = this.#controller;
    const { photo } = workspace;
    // Clicked twice: the server has not answered the first yet, and what is looked at is its place.
    if (!photo || photo.local || workspace.attempt?.status === "starting") return;
    scrollToViewer(this.#controller);
    const { waitsFor } = this.#controller.find("settings");
    if (waitsFor) {
      if (waitsFor === "paint-first") this.#controller.find("brush").turn(true);
      else if (waitsFor === "picture-first") this.#controller.find("own-background").ask();
      else this.#write();
      this.#controller.announcements.say(getMessage(waitsFor), { bad: true });
      return;
    }
    if (workspace.attempt?.error === "not-obedient") this.#elsewhere();
    this.#controller.find("move-product").turn(false);
    const wrong = await requests.start(photo.id, { parent: this.#parent, most });
    this.#controller.find("settings").wrong(wrong ?? {});
    updates.start();
  }

  /** With the seeds that it had, a model would draw the same pictures again. */
  #elsewhere() {
    const seed = this.#controller.root.querySelector('[name="seed"]');
    if (seed) seed.value = String((Number(seed.value) + SEEDS) % MOST);
  }

  #write() {
    this.#controller.find("action-bar").turn(true);
    this.#controller.root.querySelector('[name="words"]').focus();
  }

  /** One attempt for each value of a setting, side by side until one is picked. */
  async all({ name, values, labels = [], also = {}, most = null }) {
    const { workspace, requests, updates } = this.#controller;
    const { tool, settings } = this.#controller.find("settings").asked;
    const made = workspace.of(workspace.photoId).filter((one) => one.status === "done" && one.tool === tool && one.parent === this.#parent);
    const all = makeVariations({ ...settings, ...also }, name, values).map((each) => ({
      settings: each,
      made: made.find((one) => hasSameSettings(readAttemptSettings(one), each, new Set(Object.keys(each)))),
    }));
    const batch = all.map((_, place) => ({ id: null, label: labels[place] ?? "" }));
    let begun = 0;
    const taken = (id) => {
      batch[begun].id = id;
      begun += 1;
    };
    this.#controller.batch = batch;
    this.#controller.show();
    scrollToViewer(this.#controller);
    updates.start();
    try {
      await requests.startAll(workspace.photoId, all, { parent: this.#parent, most, taken });
    } finally {
      // The credits may have been too few for all.
      batch.length = begun;
      this.#controller.show();
    }
  }

  get #parent() {
    return findParentId(this.#controller.workspace.attempt, this.#controller.find("settings").tool);
  }
}

/** What was asked for below is seen above. */
export function scrollToViewer(controller) {
  const { top, bottom } = controller.find("viewer").getBoundingClientRect();
  const settings = controller.find("settings");
  const isOver = getComputedStyle(settings).position === "fixed";
  const floor = isOver ? settings.getBoundingClientRect().top : innerHeight;
  if (top >= 0 && bottom <= floor) return;
  // Under a sheet that has just opened the page is moved at once: on a slow phone whatever comes in
  // meanwhile would end a smooth way there.
  const calm = isOver || matchMedia("(prefers-reduced-motion: reduce)").matches;
  controller.find("photo-list").scrollIntoView({ behavior: calm ? "instant" : "smooth" });
}

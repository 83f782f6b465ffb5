import { variations } from "../pure/batch.js";
import { say } from "./words.js";

/** What the parts tell of the hand, and what is then done about it. */
export class Hands {
  #bench;

  constructor(bench) {
    this.#bench = bench;
    const on = (type, act) => bench.root.addEventListener(type, (event) => act(event.detail, event));
    on("files", ({ files }) => this.#open(() => bench.uploads.add(files)));
    on("sample", ({ name }) => this.#open(() => bench.uploads.addSample(name)));
    on("address", ({ url }) => this.#open(() => bench.uploads.addAddress(url)));
    on("attempt", ({ attempt, look }) => this.#put(attempt, look));
    on("photo", ({ photo }) => bench.desk.look(photo));
    on("pick", ({ attempt }) => this.#pick(attempt));
    on("with", ({ other }) => bench.compareWith(other));
    on("tool", ({ slug }) => this.tried(() => bench.find("settings").use(slug)));
    on("all", (what) => this.tried(() => this.#tryAll(what)));
    on("act", ({ act }) => this.tried(this.#acts[act]));
    on("export", ({ file }) => bench.desk.putExport(file));
    on("back", ({ attempt }) => bench.desk.putAttempt({ ...attempt, given_back: true }));
    on("said", ({ words, bad }) => bench.status.say(words, { bad }));
    on("submit", (_, event) => {
      if (event.target !== bench.form) return;
      event.preventDefault();
      this.tried(this.#acts.again);
    });
  }

  #acts = {
    choose: () => this.#bench.find("drop").choose(),
    cancel: () => this.#bench.work.cancel(),
    again: () => this.#again(),
    "delete-attempt": () => this.#bench.work.forget(),
    delete: async () => {
      await this.#bench.work.remove();
      this.#bench.status.say(say("deleted"));
    },
  };

  /** Do it, and say so when it did not work. */
  async tried(act) {
    const { status } = this.#bench;
    status.notice("");
    try {
      await act();
    } catch (error) {
      status.say(error.words ?? say("lost"), { bad: true });
    }
  }

  /** The first photo turns the page into a desk, with one empty frame between: nothing jumps. */
  async #open(add) {
    const root = document.documentElement;
    if (this.#bench.desk.photos.size === 0) {
      root.toggleAttribute("data-turning", true);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      scrollTo({ top: 0, behavior: "instant" });
    }
    add();
    this.#bench.show();
    root.removeAttribute("data-turning");
    this.#bench.watch.start();
  }

  async #again() {
    const { desk, work, watch } = this.#bench;
    const { photo } = desk;
    if (!photo || photo.local) return;
    this.#toStage();
    const wrong = await work.start(photo.id, { parent: this.#parent });
    this.#bench.find("settings").wrong(wrong ?? {});
    watch.start();
  }

  /** Something that a part has heard of an attempt; `look` to go to it. */
  #put(attempt, look = false) {
    const { desk, watch } = this.#bench;
    desk.putAttempt(attempt);
    if (look) desk.look(attempt.photo, attempt.id);
    watch.start();
  }

  /** One attempt for each value of a setting, side by side until one is picked. */
  async #tryAll({ name, values }) {
    const { desk, work, watch } = this.#bench;
    const all = variations(this.#bench.find("settings").current(), name, values);
    const batch = [];
    this.#bench.batch = batch;
    this.#toStage();
    watch.start();
    await work.startAll(desk.photoId, all, { parent: this.#parent, taken: (id) => batch.push(id) });
  }

  #pick(attempt) {
    const { desk } = this.#bench;
    this.#bench.batch = [];
    if (attempt !== undefined) desk.look(desk.photoId, attempt);
    this.#bench.show();
  }

  /** What the next attempt goes on from: with another tool from this one, else from where this did. */
  get #parent() {
    const { attempt } = this.#bench.desk;
    if (!attempt || attempt.local) return null;
    return attempt.tool === this.#bench.find("settings").tool ? attempt.parent : attempt.id;
  }

  /** What was asked for below is seen above. */
  #toStage() {
    const { top, bottom } = this.#bench.find("stage").getBoundingClientRect();
    if (top >= 0 && bottom <= innerHeight) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#bench.find("photos").scrollIntoView({ behavior: calm ? "instant" : "smooth" });
  }
}

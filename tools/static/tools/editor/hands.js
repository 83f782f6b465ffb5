import { variations } from "../pure/batch.js";
import { say } from "./words.js";

/** What the parts tell of the hand, and what is then done about it. */
export class Hands {
  #editor;

  constructor(editor) {
    this.#editor = editor;
    const on = (type, act) => editor.addEventListener(type, (event) => act(event.detail, event));
    on("files", ({ files }) => this.#open(() => editor.uploads.add(files)));
    on("sample", ({ name }) => this.#open(() => editor.uploads.addSample(name)));
    on("photo", ({ photo }) => editor.desk.look(photo));
    on("pick", ({ attempt }) => this.#pick(attempt));
    on("with", ({ other }) => editor.compareWith(other));
    on("tool", ({ slug }) => this.tried(() => editor.find("settings").use(slug)));
    on("all", (what) => this.tried(() => this.#tryAll(what)));
    on("act", ({ act }) => this.tried(this.#acts[act]));
    on("export", ({ file }) => editor.desk.putExport(file));
    on("said", ({ words, bad }) => editor.status.say(words, { bad }));
    on("submit", (_, event) => {
      if (event.target !== editor.form) return;
      event.preventDefault();
      this.tried(this.#acts.again);
    });
  }

  #acts = {
    choose: () => this.#editor.find("drop").choose(),
    cancel: () => this.#editor.work.cancel(),
    again: () => this.#again(),
    "delete-attempt": () => this.#editor.work.forget(),
    delete: async () => {
      await this.#editor.work.remove();
      this.#editor.status.say(say("deleted"));
    },
  };

  /** Do it, and say so when it did not work. */
  async tried(act) {
    const { status } = this.#editor;
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
    if (this.#editor.desk.photos.size === 0) {
      root.toggleAttribute("data-turning", true);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      scrollTo({ top: 0, behavior: "instant" });
    }
    add();
    this.#editor.show();
    root.removeAttribute("data-turning");
    this.#editor.watch.start();
  }

  async #again() {
    const { desk, work, watch } = this.#editor;
    const { photo } = desk;
    if (!photo || photo.local) return;
    this.#toStage();
    const wrong = await work.start(photo.id, { parent: this.#parent });
    this.#editor.find("settings").wrong(wrong ?? {});
    watch.start();
  }

  /** One attempt for each value of a setting, side by side until one is picked. */
  async #tryAll({ name, values }) {
    const { desk, work, watch } = this.#editor;
    const all = variations(this.#editor.find("settings").current(), name, values);
    const batch = [];
    this.#editor.batch = batch;
    this.#toStage();
    watch.start();
    await work.startAll(desk.photoId, all, { parent: this.#parent, taken: (id) => batch.push(id) });
  }

  #pick(attempt) {
    const { desk } = this.#editor;
    this.#editor.batch = [];
    if (attempt !== undefined) desk.look(desk.photoId, attempt);
    this.#editor.show();
  }

  /** What the next attempt goes on from: with another tool from this one, else from where this did. */
  get #parent() {
    const { attempt } = this.#editor.desk;
    if (!attempt || attempt.local) return null;
    return attempt.tool === this.#editor.find("settings").tool ? attempt.parent : attempt.id;
  }

  /** What was asked for below is seen above. */
  #toStage() {
    const { top, bottom } = this.#editor.find("stage").getBoundingClientRect();
    if (top >= 0 && bottom <= innerHeight) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#editor.find("photos").scrollIntoView({ behavior: calm ? "instant" : "smooth" });
  }
}

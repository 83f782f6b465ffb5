import { Tries, toStage } from "./tries.js";
import { say } from "./words.js";

/** What the parts tell of the hand, and what is then done about it. */
export class Hands {
  #bench;
  #tries;

  constructor(bench) {
    this.#bench = bench;
    this.#tries = new Tries(bench);
    const on = (type, act) => bench.root.addEventListener(type, (event) => act(event.detail, event));
    on("files", ({ files }) => this.#open(() => bench.uploads.add(files)));
    on("sample", (sample) => this.#open(() => bench.uploads.addSample(sample)));
    on("address", ({ url }) => this.#open(() => bench.uploads.addAddress(url)));
    on("attempt", ({ attempt, look }) => this.#put(attempt, look));
    on("photo", ({ photo }) => bench.desk.look(photo));
    on("pick", ({ attempt }) => this.#pick(attempt));
    on("with", ({ other }) => bench.compareWith(other));
    on("tool", ({ slug }) => this.tried(() => this.#use(slug)));
    on("all", (what) => this.#all(what));
    on("act", ({ act }) => this.tried(this.#acts[act]));
    on("ground", ({ colour }) => bench.find("download").lay(colour));
    on("grounded", ({ colour }) => bench.find("viewbar").lay(colour));
    on("export", ({ file }) => bench.desk.putExport(file));
    on("back", ({ attempt }) => bench.desk.putAttempt({ ...attempt, given_back: true }));
    on("said", ({ words, bad }) => {
      bench.status.say(words, { bad });
      if (!bad) bench.status.flash(words);
    });
    on("favour", ({ attempt }) => this.#mark(() => bench.marks.favour(attempt)));
    on("rename", ({ attempt, title }) => this.#mark(() => bench.marks.rename(attempt, title)));
    on("undo", ({ redo }) => (!redo && bench.marks.undo()) || bench.find("brush").act(redo ? "redo" : "undo"));
    on("remove", ({ attempt }) => bench.marks.remove(attempt));
    on("picture", ({ file }) => this.#stand(file));
    on("moving", ({ on: moving }) => moving && bench.find("brush").turn(false));
    for (const type of ["moving", "brushing", "docking"]) on(type, (how) => this.#out(how));
    on("input", (_, { target }) => target.closest("packshot-settings") && bench.draft());
    on("submit", (_, event) => {
      if (event.target !== bench.form) return;
      event.preventDefault();
      this.tried(this.#acts.again);
    });
  }

  #acts = {
    choose: () => this.#bench.find("drop").choose(),
    cancel: () => this.#bench.work.cancel(),
    again: () => this.#tries.again(),
    brush: () => this.#bench.find("brush").turn(true),
    "delete-attempt": () => this.#bench.marks.remove(this.#bench.desk.attemptId),
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

  /** Something has the hand now: what it works on is to be seen. */
  #out({ on }) {
    this.#bench.draft();
    if (on) toStage(this.#bench);
  }

  /** Several are looked at beside each other: nothing lies over them. */
  #all(what) {
    this.#bench.find("dock").turn(false);
    return this.tried(() => this.#tries.all(what));
  }

  #mark(act) {
    return this.tried(async () => this.#bench.status.say(await act()));
  }

  async #use(slug) {
    await this.#bench.find("settings").use(slug);
    this.#bench.show();
    // Other settings may cover more of it.
    if (this.#bench.find("dock").on) toStage(this.#bench);
  }

  /** A picture to stand in is on the desk and chosen at once, and not what is looked at. */
  #stand(file) {
    const id = this.#bench.uploads.addPicture(file);
    this.#bench.find("picture").choose(id);
    this.#bench.watch.start();
  }

  /** The first photo turns the page into a desk, with one empty frame between: nothing jumps. */
  async #open(add) {
    const root = document.documentElement;
    if (this.#bench.desk.own.length === 0) {
      root.toggleAttribute("data-turning", true);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      scrollTo({ top: 0, behavior: "instant" });
    }
    add();
    this.#bench.show();
    root.removeAttribute("data-turning");
    this.#bench.watch.start();
  }

  /** Something that a part has heard of an attempt; `look` to go to it. */
  #put(attempt, look = false) {
    const { desk, watch } = this.#bench;
    desk.putAttempt(attempt);
    if (look) desk.look(attempt.photo, attempt.id);
    watch.start();
  }

  #pick(attempt) {
    const { desk } = this.#bench;
    this.#bench.batch = [];
    if (attempt !== undefined) desk.look(desk.photoId, attempt);
    this.#bench.show();
  }
}

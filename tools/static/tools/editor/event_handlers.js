import { AttemptStarter, scrollToViewer } from "./attempts/start_attempts.js";
import { getMessage } from "./messages.js";

/** What the parts tell of the hand, and what is then done about it. */
export class EventHandlers {
  #controller;
  #starter;

  constructor(controller) {
    this.#controller = controller;
    this.#starter = new AttemptStarter(controller);
    const on = (type, act) => controller.root.addEventListener(type, (event) => act(event.detail, event));
    on("files", ({ files }) => this.#open(() => controller.uploads.add(files)));
    on("sample", (sample) => this.#open(() => controller.uploads.addSample(sample)));
    on("address", ({ url }) => this.#open(() => controller.uploads.addAddress(url)));
    on("attempt", ({ attempt, look }) => this.#put(attempt, look));
    on("photo", ({ photo }) => controller.workspace.look(photo));
    on("pick", ({ attempt }) => this.#pick(attempt));
    on("with", ({ other }) => controller.compareWith(other));
    on("tool", ({ slug }) => this.tried(() => this.#use(slug)));
    on("all", (what) => this.#all(what));
    on("act", ({ act }) => this.tried(this.#acts[act]));
    on("ground", ({ colour }) => controller.find("download").lay(colour));
    on("grounded", ({ colour }) => controller.find("view-controls").lay(colour));
    on("export", ({ file }) => controller.workspace.putExport(file));
    on("back", ({ attempt }) => controller.workspace.putAttempt({ ...attempt, given_back: true }));
    on("said", ({ words, bad }) => {
      controller.announcements.say(words, { bad });
      if (!bad) controller.announcements.flash(words);
    });
    on("favour", ({ attempt }) => this.#mark(() => controller.bookmarks.favour(attempt)));
    on("rename", ({ attempt, title }) => this.#mark(() => controller.bookmarks.rename(attempt, title)));
    on("undo", ({ redo }) => (!redo && controller.bookmarks.undo()) || controller.find("brush").act(redo ? "redo" : "undo"));
    on("remove", ({ attempt }) => controller.bookmarks.remove(attempt));
    on("picture", ({ file }) => this.tried(() => this.#stand(file)));
    on("picture-remove", ({ photo }) => this.tried(() => this.#unstand(photo)));
    on("at-once", () => this.tried(() => this.#starter.atOnce()));
    on("moving", ({ on: moving }) => moving && controller.find("brush").turn(false));
    for (const type of ["moving", "brushing", "settings-sheet"]) on(type, (how) => this.#out(how));
    on("input", (_, { target }) => target.closest("packshot-settings") && controller.preview());
    on("submit", (_, event) => {
      if (event.target !== controller.form) return;
      event.preventDefault();
      this.tried(this.#acts.again);
    });
  }

  #acts = {
    choose: () => this.#controller.find("drop-zone").choose(),
    cancel: () => this.#controller.requests.cancel(),
    again: () => this.#starter.again(),
    brush: () => this.#controller.find("brush").turn(true),
    "delete-attempt": () => this.#controller.bookmarks.remove(this.#controller.workspace.attemptId),
    delete: async () => {
      await this.#controller.requests.remove();
      this.#controller.announcements.say(getMessage("deleted"));
    },
  };

  /** Do it, and say so when it did not work. */
  async tried(act) {
    const { announcements } = this.#controller;
    announcements.notice("");
    try {
      await act();
    } catch (error) {
      announcements.say(error.words ?? getMessage("lost"), { bad: true });
    }
  }

  /** Something has the hand now: what it works on is to be seen. */
  #out({ on }) {
    this.#controller.preview();
    if (on) scrollToViewer(this.#controller);
  }

  /** Several are looked at beside each other: nothing lies over them. */
  #all(what) {
    this.#controller.find("action-bar").turn(false);
    return this.tried(() => this.#starter.all(what));
  }

  #mark(act) {
    return this.tried(async () => this.#controller.announcements.say(await act()));
  }

  async #use(slug) {
    await this.#controller.find("settings").use(slug);
    this.#controller.show();
    // Other settings may cover more of it.
    if (this.#controller.find("action-bar").on) scrollToViewer(this.#controller);
  }

  /** A picture to stand in is on the workspace and chosen at once, and not what is looked at. */
  #stand(file) {
    const id = this.#controller.uploads.addPicture(file);
    this.#controller.find("own-background").choose(id);
    this.#controller.updates.start();
    return this.#starter.atOnce();
  }

  /** A picture goes, and with it all that it is seen in. */
  async #unstand(id) {
    const { workspace, requests, announcements } = this.#controller;
    await requests.remove(workspace.photos.get(id));
    for (const one of [...workspace.attempts.values()]) if (one.params?.picture === id) workspace.removeAttempt(one.id);
    this.#controller.find("own-background")?.forget(id);
    announcements.say(getMessage("deleted"));
  }

  /** The first photo turns the page into a workspace, with one empty frame between: nothing jumps. */
  async #open(add) {
    const root = document.documentElement;
    if (!this.#controller.workspace.photo) {
      root.toggleAttribute("data-turning", true);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      scrollTo({ top: 0, behavior: "instant" });
    }
    add();
    this.#controller.show();
    root.removeAttribute("data-turning");
    this.#controller.updates.start();
  }

  /** Something that a part has heard of an attempt; `look` to go to it. */
  #put(attempt, look = false) {
    const { workspace, updates } = this.#controller;
    workspace.putAttempt(attempt);
    if (look) workspace.look(attempt.photo, attempt.id);
    updates.start();
  }

  #pick(attempt) {
    const { workspace } = this.#controller;
    this.#controller.batch = [];
    if (attempt !== undefined) workspace.look(workspace.photoId, attempt);
    this.#controller.show();
  }
}

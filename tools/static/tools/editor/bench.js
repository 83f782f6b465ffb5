import { onSheet } from "../pure/batch.js";
import { Desk } from "../pure/desk.js";
import { Journey } from "../measure/journey.js";
import { ask } from "./api.js";
import { Hands } from "./hands.js";
import { Marks } from "./marks.js";
import { Status } from "./status.js";
import { Uploads } from "./uploads.js";
import { Watch } from "./watch.js";
import { Work } from "./work.js";
import { learn, say } from "./words.js";

/** Holds the desk and the parts together: parts tell what the hand did, the desk what is so. */
export class Bench {
  desk = new Desk();
  /** The attempts on the contact sheet, as `pure/batch.js` has them. */
  batch = [];
  #restoring = document.documentElement.hasAttribute("data-working");
  #with = "";

  constructor(root) {
    for (const template of root.querySelectorAll("template[data-words]")) learn(template);
    this.root = root;
    this.form = root.querySelector("form");
    this.form.noValidate = true;
    this.status = new Status(root);
    this.watch = new Watch(this.desk);
    // A tool that works where one paints, or does what one writes, does not begin by itself.
    const waits = () => this.find("settings").waitsFor;
    const start = async (...args) => {
      if (!waits()) this.find("settings").wrong((await this.work.start(...args)) ?? {});
    };
    const lost = (words) => this.status.say(words, { bad: true });
    this.uploads = new Uploads(this.desk, this.form, { bytes: Number(root.dataset.bytes), start, lost });
    this.work = new Work(this.desk, this.form, this.uploads);
    this.marks = new Marks(this.desk, root.querySelector(".toast"));
    this.hands = new Hands(this);
    this.desk.addEventListener("change", () => this.show());
    new Journey(this.desk, root);
    addEventListener("offline", () => this.#connected(false));
    addEventListener("online", () => this.#connected(true));
    this.#connected(navigator.onLine);
    if (this.#restoring) this.#restore();
  }

  find(name) {
    return this.root.querySelector(`packshot-${name}`);
  }

  show() {
    const { desk } = this;
    const working = this.#restoring || desk.own.length > 0;
    document.documentElement.toggleAttribute("data-working", working);
    const settings = this.find("settings");
    const other = this.#other;
    // First of all: what it asks the server for is what the visitor waits for.
    this.find("stage").show(desk.photo, desk.attempt, {
      restoring: this.#restoring,
      waitsFor: settings.waitsFor,
      usual: settings.usual,
      other,
    });
    for (const name of ["photos", "expiry", "strip", "download", "more", "back"]) this.find(name).show(desk);
    if (working) settings.show(desk.photo, desk.attempt).then(() => this.draft());
    if (working) this.find("brush").show(desk);
    this.find("contact").show(onSheet(this.batch, desk), desk.photo);
    this.find("viewbar").offer(desk, other?.id);
    for (const name of ["proof", "loupe", "dock"]) this.find(name).show(desk.attempt);
    this.draft();
    this.status.follow(desk);
  }

  /** What the settings would give, as far as the page can tell by itself. */
  draft() {
    const [settings, draft, mover] = ["settings", "draft", "mover"].map((name) => this.find(name));
    this.find("picture")?.show(this.desk);
    const busy = this.find("brush").on || this.batch.length > 0;
    const shown = { desk: this.desk, ...settings.asked, moving: mover.on };
    draft.show(busy ? { ...shown, settings: {} } : shown);
    mover.show(draft.canShow(shown) && this.batch.length === 0);
  }

  /** The attempt that stands for the photo in the comparison, as long as it is there. */
  get #other() {
    const found = this.desk.attempts.get(this.#with);
    const fits = found?.photo === this.desk.photoId && found.id !== this.desk.attemptId;
    return fits && found.status === "done" ? found : null;
  }

  compareWith(id) {
    this.#with = id;
    this.show();
  }

  async #restore() {
    await this.hands.tried(async () => this.desk.merge(await ask("/mine/")));
    this.#restoring = false;
    this.show();
    this.watch.start();
  }

  #connected(online) {
    this.root.querySelector(".offline").hidden = online;
    if (this.desk.photos.size) this.status.say(say(online ? "online" : "offline"));
  }
}

import { Desk } from "../pure/desk.js";
import { ask } from "./api.js";
import { Status } from "./status.js";
import { Watch } from "./watch.js";
import { Work } from "./work.js";
import { learn, say } from "./words.js";

/** Holds the desk and the parts together: parts tell what the hand did, the desk what is so. */
class Editor extends HTMLElement {
  desk = new Desk();
  #restoring = document.documentElement.hasAttribute("data-working");
  #with = "";

  connectedCallback() {
    learn(this.querySelector("template[data-words]"));
    this.form = this.querySelector("form");
    this.form.noValidate = true;
    this.status = new Status(this);
    this.watch = new Watch(this.desk);
    this.work = new Work(this.desk, this.form, { bytes: Number(this.dataset.bytes) });
    this.desk.addEventListener("change", () => this.#show());
    this.#listen();
    if (this.#restoring) this.#restore();
  }

  find(name) {
    return this.querySelector(`packshot-${name}`);
  }

  #listen() {
    const on = (type, act) => this.addEventListener(type, (event) => act(event.detail, event));
    on("files", ({ files }) => this.#open(() => this.work.add(files)));
    on("sample", ({ name }) => this.#open(() => this.work.addSample(name)));
    on("photo", ({ photo }) => this.desk.look(photo));
    on("pick", ({ attempt }) => this.desk.look(this.desk.photoId, attempt));
    on("with", ({ other }) => this.#compareWith(other));
    on("act", ({ act }) => this.#act(act));
    on("export", ({ file }) => this.desk.putExport(file));
    on("said", ({ words, bad }) => this.status.say(words, { bad }));
    on("submit", (_, event) => {
      if (event.target !== this.form) return;
      event.preventDefault();
      this.#act("again");
    });
    addEventListener("offline", () => this.#connected(false));
    addEventListener("online", () => this.#connected(true));
    this.#connected(navigator.onLine);
  }

  /** The first photo turns the page into a desk, with one empty frame between: nothing jumps. */
  async #open(add) {
    const root = document.documentElement;
    if (this.desk.photos.size === 0) {
      root.toggleAttribute("data-turning", true);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      scrollTo({ top: 0, behavior: "instant" });
    }
    add();
    this.#show();
    root.removeAttribute("data-turning");
    this.watch.start();
  }

  async #act(act) {
    this.status.notice("");
    try {
      if (act === "choose") this.find("drop").choose();
      if (act === "cancel") await this.work.cancel();
      if (act === "again") await this.#again();
      if (act === "delete-attempt") await this.work.forget();
      if (act === "delete") {
        await this.work.remove();
        this.status.say(say("deleted"));
      }
    } catch (error) {
      this.status.say(error.words ?? say("lost"), { bad: true });
    }
  }

  /** What was asked for below is seen above. */
  #toStage() {
    const { top, bottom } = this.find("stage").getBoundingClientRect();
    if (top >= 0 && bottom <= innerHeight) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.find("photos").scrollIntoView({ behavior: calm ? "instant" : "smooth" });
  }

  async #again() {
    const { photo, attempt } = this.desk;
    if (!photo || photo.local) return;
    this.#toStage();
    const wrong = await this.work.start(photo.id, { parent: attempt?.parent });
    this.find("settings").wrong(wrong ?? {});
    this.watch.start();
  }

  /** The attempt that stands for the photo in the comparison, as long as it is there. */
  get #other() {
    const found = this.desk.attempts.get(this.#with);
    const fits = found?.photo === this.desk.photoId && found.id !== this.desk.attemptId;
    return fits && found.status === "done" ? found : null;
  }

  #compareWith(id) {
    this.#with = id;
    this.#show();
  }

  async #restore() {
    try {
      this.desk.merge(await ask("/mine/"));
    } catch (error) {
      this.status.say(error.words ?? say("lost"), { bad: true });
    }
    this.#restoring = false;
    this.#show();
    this.watch.start();
  }

  #show() {
    const { desk } = this;
    const working = this.#restoring || desk.photos.size > 0;
    document.documentElement.toggleAttribute("data-working", working);
    this.find("photos").show(desk);
    this.find("expiry").show(desk);
    this.find("strip").show(desk);
    this.find("download").show(desk);
    this.find("more").show(desk);
    const settings = this.find("settings");
    if (working) settings.show(desk.photo, desk.attempt);
    if (working) this.find("brush").show(desk);
    const { usual } = settings;
    const other = this.#other;
    this.find("viewbar").offer(desk, other?.id);
    this.find("stage").show(desk.photo, desk.attempt, { restoring: this.#restoring, usual, other });
    this.status.follow(desk);
  }

  #connected(online) {
    this.querySelector(".offline").hidden = online;
    if (this.desk.photos.size) this.status.say(say(online ? "online" : "offline"));
  }
}

customElements.define("packshot-editor", Editor);

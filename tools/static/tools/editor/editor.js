import { pixels, seconds } from "../pure/amounts.js";
import { Desk } from "../pure/desk.js";
import { ask } from "./api.js";
import { Watch } from "./watch.js";
import { Work } from "./work.js";
import { learn, locale, say } from "./words.js";

/** Holds the desk and the parts together: parts tell what the hand did, the desk what is so. */
class Editor extends HTMLElement {
  desk = new Desk();
  #restoring = document.documentElement.hasAttribute("data-working");
  #said = "";

  connectedCallback() {
    learn(this.querySelector("template[data-words]"));
    this.form = this.querySelector("form");
    this.form.noValidate = true;
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
    on("act", ({ act }) => this.#act(act));
    on("export", ({ file }) => this.desk.putExport(file));
    on("said", ({ words, bad }) => this.#say(words, bad));
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
    this.#notice("");
    try {
      if (act === "choose") this.find("drop").choose();
      if (act === "cancel") await this.work.cancel();
      if (act === "again") await this.#again();
      if (act === "delete") {
        await this.work.remove();
        this.#say(say("deleted"));
      }
    } catch (error) {
      this.#say(error.words ?? say("lost"), true);
    }
  }

  async #again() {
    const { photo, attempt } = this.desk;
    if (!photo || photo.local) return;
    const wrong = await this.work.start(photo.id, { parent: attempt?.parent });
    this.find("settings").wrong(wrong ?? {});
    this.watch.start();
  }

  async #restore() {
    try {
      this.desk.merge(await ask("/mine/"));
    } catch (error) {
      this.#say(error.words ?? say("lost"), true);
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
    const settings = this.find("settings");
    if (working) settings.show(desk.photo, desk.attempt);
    const { usual } = settings;
    this.find("stage").show(desk.photo, desk.attempt, { restoring: this.#restoring, usual });
    this.#tellStatus();
  }

  /** Say each change of state once, for who listens and does not look. */
  #tellStatus() {
    const { photo, attempt } = this.desk;
    const state = photo?.local ? photo.state : attempt?.status;
    const key = `${photo?.id} ${attempt?.id} ${state}`;
    if (!state || key === this.#said) return;
    this.#said = key;
    if (state === "done") {
      const time = seconds(attempt.seconds ?? 0, locale);
      this.#say(say("done", { seconds: time, pixels: pixels(attempt.width, attempt.height) }));
    } else {
      const words = state === "failed" ? attempt.words : state === "refused" ? photo.words : null;
      this.#say(words ?? say(state, { name: photo.name }));
    }
  }

  #say(words, bad = false) {
    this.querySelector("[role=status]").textContent = words;
    if (bad) this.#notice(words);
  }

  #notice(words) {
    const notice = this.querySelector(".notice");
    notice.hidden = !words;
    notice.textContent = words;
  }

  #connected(online) {
    this.querySelector(".offline").hidden = online;
    if (this.desk.photos.size) this.#say(say(online ? "online" : "offline"));
  }
}

customElements.define("packshot-editor", Editor);

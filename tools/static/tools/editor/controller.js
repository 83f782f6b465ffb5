import { listSheetAttempts } from "../logic/variations.js";
import { Workspace } from "../logic/workspace.js";
import { AttemptEvents } from "../analytics/attempt_events.js";
import { fetchJson } from "./api.js";
import { FirstAttempt } from "./uploads/first_attempt.js";
import { EventHandlers } from "./event_handlers.js";
import { Bookmarks } from "./attempts/bookmarks.js";
import { Announcements } from "./announcements.js";
import { UploadQueue } from "./uploads/upload_queue.js";
import { LiveUpdates } from "./live_updates.js";
import { AttemptRequests } from "./attempts/attempt_requests.js";
import { loadMessages, getMessage } from "./messages.js";

/** Holds the workspace and the parts together: parts tell what the hand did, the workspace what is so. */
export class EditorController {
  workspace = new Workspace();
  /** The attempts on the contact sheet, as `logic/variations.js` has them. */
  batch = [];
  #restoring = document.documentElement.hasAttribute("data-known");
  #reloaded = document.documentElement.hasAttribute("data-working");
  #with = "";

  constructor(root) {
    for (const template of root.querySelectorAll("template[data-words]")) loadMessages(template);
    this.root = root;
    this.form = root.querySelector("form");
    this.form.noValidate = true;
    this.announcements = new Announcements(root);
    this.updates = new LiveUpdates(this.workspace);
    this.workspace.waits = this.#restoring && !this.#reloaded;
    const firstAttempt = new FirstAttempt(root);
    this.uploads = new UploadQueue(this.workspace, {
      bytes: Number(root.dataset.bytes),
      settings: () => firstAttempt.settings(),
      start: async (photo, settings) => {
        const begun = firstAttempt.start(this.requests, this.workspace.photos.get(photo), settings);
        if (begun) this.find("settings").wrong((await begun) ?? {});
      },
      lost: (words) => this.announcements.say(words, { bad: true }),
    });
    this.requests = new AttemptRequests(this.workspace, this.form, this.uploads);
    this.bookmarks = new Bookmarks(this.workspace, root.querySelector(".toast"));
    this.handlers = new EventHandlers(this);
    this.workspace.addEventListener("change", () => this.show());
    new AttemptEvents(this.workspace, root);
    addEventListener("offline", () => this.#connected(false));
    addEventListener("online", () => this.#connected(true));
    this.#connected(navigator.onLine);
    if (this.#restoring) this.#restore();
  }

  find(name) {
    return this.root.querySelector(`packshot-${name}`);
  }

  show() {
    const { workspace } = this;
    const working = (this.#restoring && this.#reloaded) || workspace.photo !== null;
    document.documentElement.toggleAttribute("data-working", working);
    document.documentElement.toggleAttribute("data-waiting", !working && workspace.own.length > 0);
    const settings = this.find("settings");
    const other = this.#other;
    // First of all: what it asks the server for is what the visitor waits for.
    this.find("viewer").show(workspace.photo, workspace.attempt, {
      restoring: this.#restoring,
      waitsFor: settings.waitsFor,
      usual: settings.usual,
      other,
    });
    for (const name of ["photo-list", "expiry", "attempt-strip", "download", "result-actions", "refund"]) this.find(name).show(workspace);
    if (working) settings.show(workspace.photo, workspace.attempt).then(() => this.preview());
    if (working) this.find("brush").show(workspace);
    this.find("contact-sheet").show(listSheetAttempts(this.batch, workspace), workspace.photo);
    this.find("view-controls").offer(workspace, other?.id);
    for (const name of ["fidelity-report", "outline-doubt", "magnifier", "action-bar"]) this.find(name).show(workspace.attempt);
    this.preview();
    this.announcements.follow(workspace);
  }

  /** What the settings would give, as far as the page can tell by itself. */
  preview() {
    const [settings, preview, mover] = ["settings", "live-preview", "move-product"].map((name) => this.find(name));
    this.find("own-background")?.show(this.workspace);
    const busy = this.find("brush").on || this.batch.length > 0;
    const shown = { workspace: this.workspace, ...settings.asked, moving: mover.on };
    preview.show(busy ? { ...shown, settings: {} } : shown);
    mover.show(preview.canShow(shown) && this.batch.length === 0);
  }

  /** The attempt that stands for the photo in the comparison, as long as it is there. */
  get #other() {
    const found = this.workspace.attempts.get(this.#with);
    const fits = found?.photo === this.workspace.photoId && found.id !== this.workspace.attemptId;
    return fits && found.status === "done" ? found : null;
  }

  compareWith(id) {
    this.#with = id;
    this.show();
  }

  async #restore() {
    await this.handlers.tried(async () => this.workspace.merge(await fetchJson("/mine/")));
    this.#restoring = false;
    this.show();
    this.updates.start();
  }

  #connected(online) {
    this.root.querySelector(".offline").hidden = online;
    if (this.workspace.photos.size) this.announcements.say(getMessage(online ? "online" : "offline"));
  }
}

import { countEvent } from "./beacon.js";

/** How many attempts this tab has asked for, kept over a reload. */
const COUNTED = "packshot-attempts";
/** Refusals that offer an account or credits. */
const PROMPTS = ["out-of-credits", "free-is-used-up", "cap-reached"];
const ATTEMPTS = /^\/attempts\/([0-9a-f-]{36}\/again\/)?$/;
const EXPORTS = /\/(exports|zip)\/$/;

/** What a visitor does at the workspace, told as numbers: which attempt it was, how long it took. */
export class AttemptEvents {
  #workspace;
  #root;
  #begun = new Map();
  /** What is counted once for an attempt, however often it is done. */
  #done = new Set();
  #given = null;

  constructor(workspace, root) {
    this.#workspace = workspace;
    this.#root = root;
    workspace.addEventListener("change", () => this.#look());
    document.addEventListener("posted", ({ detail }) => this.#posted(detail));
    const on = (type, act) => root.addEventListener(type, (event) => act(event.detail, event));
    for (const type of ["files", "sample", "address"]) on(type, () => this.#input(type));
    on("compared", () => this.#compared());
    on("change", (_, { target }) => target.name === "mode" && this.#compared());
    on("pick", ({ attempt }) => attempt && this.#count("attempt_selected", attempt));
    on("downloaded", ({ label, attempt }) => this.#count("download", attempt, { label }));
    on("rated", ({ stars }) => this.#count("rating", workspace.attemptId, { value: stars }));
  }

  #input(label) {
    this.#given = performance.now();
    countEvent("tool_input", { tool: this.#tool, label });
  }

  get #tool() {
    return this.#root.querySelector('[name="tool"]').value;
  }

  #posted({ url, at, answer, error }) {
    if (EXPORTS.test(url) && answer?.options?.market) {
      this.#once("preset_used", answer.attempt, { label: answer.options.market });
    }
    if (!ATTEMPTS.test(url)) return;
    if (error) this.#refused(error.id ?? "unreachable");
    else this.#start(answer, at);
  }

  /** The first attempt's time begins when the photo was given: that is what a visitor waits for. */
  #start(attempt, at) {
    const number = counted();
    this.#begun.set(attempt.id, { number, at: this.#given ?? at });
    this.#given = null;
    this.#count("tool_start", attempt.id, { tool: attempt.tool });
    const { background, scene } = attempt.params ?? {};
    if (background === "scene" && scene) {
      this.#count("preset_used", attempt.id, { tool: attempt.tool, label: scene });
    }
    this.#look();
  }

  #refused(error) {
    countEvent("tool_error", { tool: this.#tool, label: error });
    if (PROMPTS.includes(error)) countEvent("signup_prompt", { tool: this.#tool, label: error });
  }

  /** Attempts of this page that have come to an end. */
  #look() {
    for (const [id, begun] of this.#begun) {
      const { status, error } = this.#workspace.attempts.get(id) ?? {};
      if (begun.over || !["done", "failed", "cancelled"].includes(status)) continue;
      begun.over = true;
      if (status === "done") this.#seen(id, begun);
      if (status === "failed") this.#count("tool_error", id, { label: error });
    }
  }

  /** Counted when it can be seen: after the next frame, which paints it. */
  #seen(id, { at }) {
    const told = () => this.#count("tool_result", id, { value: Math.round(performance.now() - at) });
    if (document.hidden) told();
    else requestAnimationFrame(() => setTimeout(told));
  }

  #compared() {
    if (this.#workspace.attemptId) this.#once("compare_used", this.#workspace.attemptId);
  }

  #once(event, attemptId, { label = "" } = {}) {
    const key = `${event} ${attemptId} ${label}`;
    if (!this.#done.has(key)) this.#count(event, attemptId, { label });
    this.#done.add(key);
  }

  #count(event, attemptId, more = {}) {
    const tool = this.#workspace.attempts.get(attemptId)?.tool ?? this.#tool;
    countEvent(event, { tool, attempt: this.#begun.get(attemptId)?.number ?? null, ...more });
  }
}

/** One more; a browser that stores nothing counts each page for itself. */
let here = 0;

function counted() {
  try {
    here = Number(sessionStorage.getItem(COUNTED)) + 1;
    sessionStorage.setItem(COUNTED, String(here));
  } catch {
    here += 1;
  }
  return here;
}

import { readArrowKey, movePointInside } from "../../logic/geometry.js";
import { Strokes } from "../../logic/strokes.js";
import { emitEvent } from "../dom.js";
import { waitForFrame } from "../frames.js";
import { drawStrokes } from "./draw_strokes.js";

/**
 * Hints to the matte, drawn over the picture: what to keep, what to erase. They are a setting of
 * the next attempt, in the form's own field. Keys move and press the brush as a hand does.
 */
class Brush extends HTMLElement {
  strokes = new Strokes();
  #attempt = null;
  #at = { x: 0.5, y: 0.5 };
  #frame = 0;
  #clean = true;
  #offered = "";
  #seen = "";

  connectedCallback() {
    this.editor = this.closest("packshot-editor");
    this.compare = this.editor.querySelector("packshot-compare");
    this.toggle = this.editor.querySelector('[data-brush="toggle"]');
    this.toggle.addEventListener("click", () => this.turn(!this.on));
    this.canvas = this.compare.querySelector("canvas");
    this.addEventListener("click", ({ target }) => this.act(target.closest("button")?.dataset.brush));
    this.addEventListener("dab", ({ detail }) => {
      this.strokes.begin({ ...this.#hint, point: detail.point });
      this.#changed();
    });
    this.addEventListener("input", (event) => event.stopPropagation());
    this.compare.addEventListener("viewed", () => this.#draw());
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.compare);
  }

  get field() {
    return this.editor.querySelector('form.sheet [name="strokes"]');
  }

  get on() {
    return this.compare.hasAttribute("data-brushing");
  }

  /** An attempt's strokes come with it, when its settings do. */
  show(workspace) {
    this.hidden = !this.field;
    const usable = workspace.photo?.state === "ready" && Boolean(this.field);
    if (!usable && this.on) this.turn(false);
    this.toggle.disabled = !usable;
    this.#offer(usable && workspace.photo, workspace.attempt);
    const id = workspace.attempt?.local ? this.#attempt : (workspace.attempt?.id ?? workspace.photoId);
    if (id === this.#attempt) return;
    this.#attempt = id;
    this.strokes.reset(JSON.parse(this.field?.value || "[]"));
    this.#changed({ quiet: true });
  }

  /** A tool that works where one paints has the brush out, once a photo, and away for its results. */
  #offer(photo, attempt) {
    const painted = Boolean(this.editor.querySelector("[data-painted]"));
    this.toggleAttribute("data-only-erase", painted);
    // Strokes are on the photo: a product that was moved elsewhere would only confuse.
    const placed = Boolean(this.editor.querySelector('form.sheet [name="scale"]'));
    this.compare.toggleAttribute("data-photo-only", painted || placed);
    if (painted) this.querySelector('[name="brush"][value="erase"]').checked = true;
    const key = painted && photo ? photo.id : "";
    if (key && key !== this.#offered) this.turn(true);
    this.#offered = key;
    const seen = attempt?.status === "done" ? attempt.id : this.#seen;
    if (painted && seen !== this.#seen) this.turn(false);
    this.#seen = seen;
  }

  act(what) {
    if (what === "away") this.turn(false);
    this.strokes[{ undo: "undo", redo: "redo", clear: "reset" }[what]]?.();
    if (what && what !== "away") this.#changed();
  }

  turn(on) {
    if (on === this.on) return;
    this.compare.toggleAttribute("data-brushing", on);
    this.canvas.hidden = !on;
    this.toggle.setAttribute("aria-pressed", String(on));
    this.closest("form").toggleAttribute("data-brushing", on);
    this.querySelector(".tools").hidden = !on;
    emitEvent(this, "brushing", { on });
    // Now whatever else had the hand has let go of it.
    this.compare.hand = on ? { take: (event) => this.#press(event) } : null;
    if (on) this.canvas.focus({ preventScroll: true });
    this.#draw();
  }

  get #hint() {
    const [size, hard] = ["size", "hard"].map((name) => Number(this.querySelector(`[name="brush-${name}"]`).value));
    const whole = this.querySelector('[name="brush-whole"]').checked;
    return { keep: this.querySelector('[name="brush"]:checked').value === "keep", size, hard, whole };
  }

  #press(event) {
    this.strokes.begin({ ...this.#hint, point: this.compare.placeOf(event) });
    this.#draw();
    return {
      move: (to) => {
        this.strokes.extend(this.compare.placeOf(to));
        this.#draw();
      },
      end: ({ cancelled }) => {
        if (cancelled) this.strokes.undo();
        this.#changed();
      },
    };
  }

  #key(event) {
    const by = readArrowKey(event);
    if (!by && event.key !== " ") return;
    event.preventDefault();
    if (by) this.#at = movePointInside(this.#at, by);
    else this.strokes.begin({ ...this.#hint, point: this.#at });
    this.#changed({ quiet: Boolean(by) });
  }

  #changed({ quiet = false } = {}) {
    for (const [name, can] of [["undo", "canUndo"], ["redo", "canRedo"], ["clear", "canUndo"]]) {
      this.querySelector(`[data-brush="${name}"]`).disabled = !this.strokes[can];
    }
    if (this.field && !quiet) {
      this.field.value = String(this.strokes);
      // The stroke is seen first.
      waitForFrame().then(() => this.field?.dispatchEvent(new Event("input", { bubbles: true })));
    }
    this.#draw();
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.compare.toggleAttribute("data-painted-on", this.strokes.all.length > 0);
    if (!this.on) return;
    this.#frame = requestAnimationFrame(() => {
      const cursor = this.canvas.matches(":focus-visible") ? { ...this.#hint, at: this.#at } : null;
      const empty = this.strokes.all.length === 0 && !cursor;
      if (!empty || !this.#clean) drawStrokes(this.canvas, this.strokes.all, this.compare, cursor);
      this.#clean = empty;
    });
  }
}

customElements.define("packshot-brush", Brush);

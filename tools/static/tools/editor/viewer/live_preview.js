import { readAttemptSettings } from "../../logic/settings_values.js";
import { computeCanvas, computeFrame, computeDefaultPlace } from "../../logic/product_placement.js";
import { computeShadow } from "../../logic/shadow.js";
import { cloneTemplate, emitEvent } from "../dom.js";

/** What a preview can show by itself: a change of anything else waits for the true result. */
const CHEAP = [
  "background", "scene", "colour", "second", "angle", "picture",
  "ratio", "shaded", "shadow", "strength", "direction", "x", "y", "scale",
];
const BUSY = ["starting", "queued", "running"];

/**
 * The next composite, before it is asked for: the product's cut-out over its background, laid
 * together by the browser. Tells "previewed" when it comes and goes.
 */
class LivePreview extends HTMLElement {
  place = null;
  #frame = 0;

  connectedCallback() {
    this.append(cloneTemplate("live-preview"));
    this.canvas = this.querySelector(".canvas");
  }

  /** Is it seen? */
  get on() {
    return !this.hidden;
  }

  /** Is there a product to lay on something, by a tool that does? */
  canShow({ workspace, settings }) {
    return Boolean(workspace.photo?.width && "scale" in settings && layersOf(workspace));
  }

  /** Show what these settings of the tool would give, if that is not what is shown already. */
  show({ workspace, tool, settings, pictures, moving }) {
    const { photo, attempt } = workspace;
    const layered = this.canShow({ workspace, settings }) ? layersOf(workspace) : null;
    const own = attempt?.tool === tool && attempt.status === "done" ? attempt : null;
    const open = !attempt || attempt.status === "done" || BUSY.includes(attempt.status);
    const differs = own ? changed(readAttemptSettings(own), settings) : open;
    const on = Boolean(layered) && (moving || differs);
    if (on) this.#lay({ photo, workspace, settings, pictures, ...layered });
    else this.#clear();
    if (this.hidden !== on) return;
    this.hidden = !on;
    this.closest("packshot-viewer").toggleAttribute("data-live-preview", on);
    emitEvent(this, "previewed", { on });
  }

  #lay({ photo, workspace, settings, pictures, layers, from }) {
    // The photo, or what another tool has made of it.
    const [width, height] = layers.size ?? [photo.width, photo.height];
    const canvas = computeCanvas({ width, height }, settings.ratio);
    const found = from.facts?.placement;
    const same = from.params?.ratio === settings.ratio;
    const home = found && same ? found : computeDefaultPlace({ photo: { width, height }, canvas, layers });
    const wished = (name) => (settings[name] === "" ? home[name] : Number(settings[name]));
    this.place = { x: wished("x"), y: wished("y"), scale: wished("scale") };
    this.shape = { photo: { width, height }, canvas, layers };
    const light = { direction: found?.direction, elevation: found?.elevation };
    if (settings.direction !== "") light.direction = Number(settings.direction);
    // Who paints a picture paints its shadows too.
    const shadow = settings.background === "words" && !settings.shaded ? "none" : settings.shadow;
    const shade = computeShadow({ ...settings, shadow, strength: Number(settings.strength), ...light });
    const ground = behind({ workspace, settings, pictures });
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint({ canvas, ground, shade, url: layers.cut_out }));
  }

  #clear() {
    cancelAnimationFrame(this.#frame);
    this.place = null;
  }

  #paint({ canvas, ground, shade, url }) {
    const { style } = this.canvas;
    style.setProperty("--preview-ratio", String(canvas.width / canvas.height));
    style.background = ground.css ?? "";
    show(this.querySelector(".behind"), ground.url);
    for (const name of ["product", "cast"]) show(this.querySelector(`.${name}`), url);
    const frame = computeFrame(this.place, this.shape);
    for (const [name, value] of Object.entries(frame)) style.setProperty(`--${name}`, `${100 * value}%`);
    const cast = this.querySelector(".cast");
    cast.hidden = !shade;
    if (!shade) return;
    const wide = frame.width * this.canvas.clientWidth;
    const [, top, , bottom] = this.shape.layers.box;
    const foot = (this.shape.layers.product[3] - top) / (bottom - top);
    cast.style.transformOrigin = `50% ${98 * foot}%`;
    cast.style.transform = `translateY(${100 * shade.drop}%) matrix(1, 0, ${shade.lean}, ${shade.squash}, 0, 0)`;
    cast.style.filter = `brightness(0) blur(${shade.blur * wide}px)`;
    cast.style.opacity = String(shade.dark);
  }
}

/** The layers to draw with: those of what is looked at, or else of the newest that has any. */
function layersOf(workspace) {
  const known = workspace.of(workspace.photoId).filter((one) => one.layers);
  const placed = known.findLast((one) => one.facts?.placement);
  const from = workspace.attempt?.layers ? workspace.attempt : (placed ?? known.at(-1));
  return from ? { from, layers: from.layers } : null;
}

function changed(asked, settings) {
  return CHEAP.some((name) => name in settings && !alike(asked[name] ?? "", settings[name]));
}

function alike(a, b) {
  return a === b || (a !== "" && b !== "" && Number(a) === Number(b));
}

/** What lies behind the product: as CSS, or as a picture's address. */
function behind({ workspace, settings, pictures }) {
  const { background, scene, colour, second, angle, picture, ratio } = settings;
  if (background === "colour") return { css: colour };
  if (background === "gradient") {
    return { css: `linear-gradient(in srgb-linear ${Number(angle)}deg, ${colour}, ${second})` };
  }
  if (background === "picture") return { css: "#8882", url: previewOf(workspace.photos.get(workspace.findCurrentId(picture))) };
  const drawn = workspace
    .of(workspace.photoId)
    .filter(({ layers, params }) => layers?.behind && params.background === background)
    .findLast(({ params }) => params[background] === settings[background] && params.ratio === ratio);
  if (background === "words") return { css: "#8882", url: drawn?.layers.behind ?? null };
  return { url: drawn?.layers.behind ?? pictures.get(scene) ?? null };
}

function previewOf(photo) {
  return photo?.preview ?? photo?.localPreview ?? null;
}

function show(image, url) {
  if (url && image.getAttribute("src") !== url) image.src = url;
  image.hidden = !url;
}

customElements.define("packshot-live-preview", LivePreview);

import { formatPercent, formatSeconds, formatBytes } from "../../logic/number_format.js";
import { summariseFidelity } from "../../logic/fidelity.js";
import { summariseOutline } from "../../logic/outline.js";
import { isUrlError, computeViewerState } from "../../logic/viewer_state.js";
import { cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { locale, getMessage } from "../messages.js";

/** What is looked at: the photo, how far the work on it is, the result. Tells "act". */
class Viewer extends HTMLElement {
  #turn = 0;
  #opened = "";

  connectedCallback() {
    this.compare = this.querySelector("packshot-compare");
    this.addEventListener("click", ({ target }) => {
      const act = target.closest("button[data-act]")?.dataset.act;
      if (act) emitEvent(this, "act", { act });
    });
  }

  /** Show an attempt at a photo, or the photo alone; `restoring` while nobody knows yet. */
  async show(photo, attempt, { restoring = false, waitsFor = null, usual = null, other = null } = {}) {
    this.#turn += 1;
    const turn = this.#turn;
    const view = restoring ? { state: "restoring" } : computeViewerState(photo, attempt, { waitsFor });
    const done = view.state === "done";
    // Its result, or a first look at it.
    const { picture: after = null } = view;
    if (!done) this.#state(view, photo, usual);
    if (photo) this.compare.shape(after ? attempt : photo);
    const own = (after && attempt.before) || photo?.preview || photo?.localPreview || null;
    const before = done && other ? other.preview : own;
    const over = await this.compare.show({ before, after });
    if (turn !== this.#turn) return;
    if (!photo?.width && !over.hidden) this.compare.shape(over);
    this.compare.toggleAttribute("data-live", after !== null);
    this.toggleAttribute("data-looked", after !== null && !done);
    if (done) this.#open(attempt);
    if (done) this.#state(view, photo, usual);
    this.#tags(done ? attempt : null);
  }

  #state(view, photo, usual) {
    const { state, share, cancel = false, remedy } = view;
    const [title, detail] = lines(view, photo, usual);
    this.dataset.state = state;
    for (const slot of ["title", "verdict"]) setSlotText(this, slot, title);
    for (const slot of ["detail", "why"]) setSlotText(this, slot, detail);
    const bar = this.querySelector(".panel progress");
    bar.toggleAttribute("data-off", typeof share !== "number");
    bar.value = share ?? 0;
    this.querySelector('[data-act="cancel"]').toggleAttribute("data-off", !cancel);
    for (const offer of this.querySelectorAll(".verdict [data-act]")) {
      offer.hidden = offer.dataset.act !== remedy;
    }
  }

  /** A result is whole when it is first seen; one that has just been made wipes over the photo. */
  #open({ id }) {
    if (id === this.#opened) return;
    const made = this.dataset.state !== "done" && this.dataset.state !== "restoring";
    this.#opened = id;
    this.compare.reveal({ wipe: made });
  }

  /** Two facts, two marks: whether pixels were repainted, and whether the outline is to be trusted. */
  #tags(attempt) {
    const list = this.querySelector(".tags");
    const [proof, outline] = [summariseFidelity(attempt?.fidelity), summariseOutline(attempt?.outline)];
    const share = formatPercent(proof?.share ?? 0, locale, proof?.key === "proof.most" ? 1 : 0);
    const tags = [
      ...(proof ? [["proof", proof.kind, getMessage(proof.key, { share })]] : []),
      ...(outline ? [["outline", outline.kind, getMessage(outline.key)]] : []),
      // What would be warned of is what the mark of the outline says.
      ...(outline ? [] : (attempt?.warnings ?? [])).map((words) => ["tag", "warning", words]),
    ];
    const key = JSON.stringify([attempt?.id, tags]);
    if (key === list.dataset.key) return;
    list.dataset.key = key;
    list.hidden = tags.length === 0;
    list.replaceChildren(...tags.map(drawTag));
  }
}

/** Those that a hand may ask more of are buttons. */
function drawTag([name, kind, words]) {
  const asked = (name === "proof" && kind === "proof") || (name === "outline" && kind === "warning");
  const tag = cloneTemplate(asked ? `${name}-tag` : "tag").firstElementChild;
  tag.dataset.kind = kind;
  (tag.querySelector("span") ?? tag).textContent = words;
  return tag;
}

/** The two lines of the card over the photo. */
function lines({ state, words, error, share, place, fetching, remedy }, photo, usual) {
  const sofar = typeof share === "number" ? formatPercent(share, locale) : null;
  const wait = usual ? getMessage("usual", { seconds: formatSeconds(usual, locale) }) : "";
  switch (state) {
    case "uploading":
      return [
        getMessage("uploading", { name: photo.name }),
        photo.size ? getMessage("uploading.detail", { share: sofar, size: formatBytes(photo.size, locale) }) : "",
      ];
    case "waiting":
      return [getMessage("waiting"), share ? getMessage("resuming", { share: sofar }) : getMessage("waiting.detail")];
    case "queued":
      if (!place) return [getMessage("queued"), wait];
      return [place === 1 ? getMessage("queued.next") : getMessage("queued.place", { place }), wait];
    case "running":
      return [words || getMessage("running"), sofar ? getMessage("running.detail", { share: sofar }) : wait];
    case "failed":
      return [getMessage(remedy === "buy" ? "spent" : state), words ?? ""];
    case "refused":
      return [getMessage(isUrlError(error) ? "refused.address" : state), words ?? ""];
    case "picture-first":
      return [getMessage(state), getMessage("picture-first.detail")];
    case "paint-first":
    case "write-first":
      return [getMessage(state), getMessage("paint-first.detail")];
    case "reading":
      return [getMessage(fetching ? "fetching" : "reading"), fetching && sofar ? sofar : ""];
    case "starting":
      return [words || getMessage(state), sofar ?? ""];
    case "restoring":
    case "cancelled":
      return [getMessage(state), ""];
    default:
      return ["", ""];
  }
}

customElements.define("packshot-viewer", Viewer);

import { percent, seconds, size } from "../pure/amounts.js";
import { proofOf } from "../pure/proof.js";
import { ofAddress, viewOf } from "../pure/view.js";
import { stamp, tell, write } from "./dom.js";
import { locale, say } from "./words.js";

/** What is looked at: the photo, how far the work on it is, the result. Tells "act". */
class Stage extends HTMLElement {
  #turn = 0;

  connectedCallback() {
    this.compare = this.querySelector("packshot-compare");
    this.addEventListener("click", ({ target }) => {
      const act = target.closest("button[data-act]")?.dataset.act;
      if (act) tell(this, "act", { act });
    });
  }

  /** Show an attempt at a photo, or the photo alone; `restoring` while nobody knows yet. */
  async show(photo, attempt, { restoring = false, waitsFor = null, usual = null, other = null } = {}) {
    this.#turn += 1;
    const turn = this.#turn;
    const view = restoring ? { state: "restoring" } : viewOf(photo, attempt, { waitsFor });
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
    if (done) this.#state(view, photo, usual);
    this.#tags(done ? attempt : null);
  }

  #state(view, photo, usual) {
    const { state, share, cancel = false, remedy } = view;
    const [title, detail] = lines(view, photo, usual);
    this.dataset.state = state;
    for (const slot of ["title", "verdict"]) write(this, slot, title);
    for (const slot of ["detail", "why"]) write(this, slot, detail);
    const bar = this.querySelector(".panel progress");
    bar.toggleAttribute("data-off", typeof share !== "number");
    bar.value = share ?? 0;
    this.querySelector('[data-act="cancel"]').toggleAttribute("data-off", !cancel);
    for (const offer of this.querySelectorAll(".verdict [data-act]")) {
      offer.hidden = offer.dataset.act !== remedy;
    }
  }

  #tags(attempt) {
    const list = this.querySelector(".tags");
    const proof = proofOf(attempt?.fidelity);
    const share = percent(proof?.share ?? 0, locale, proof?.key === "proof.kept" ? 1 : 0);
    const tags = [
      ...(proof ? [[proof.kind, say(proof.key, { share })]] : []),
      ...(attempt?.warnings ?? []).map((words) => ["warning", words]),
    ];
    list.hidden = tags.length === 0;
    list.replaceChildren(
      ...tags.map(([kind, words]) => {
        const tag = stamp(kind === "proof" ? "proof-tag" : "tag").firstElementChild;
        tag.dataset.kind = kind;
        (tag.querySelector("span") ?? tag).textContent = words;
        return tag;
      }),
    );
  }
}

/** The two lines of the card over the photo. */
function lines({ state, words, error, share, place, fetching }, photo, usual) {
  const sofar = typeof share === "number" ? percent(share, locale) : null;
  const wait = usual ? say("usual", { seconds: seconds(usual, locale) }) : "";
  switch (state) {
    case "uploading":
      return [
        say("uploading", { name: photo.name }),
        photo.size ? say("uploading.detail", { share: sofar, size: size(photo.size, locale) }) : "",
      ];
    case "waiting":
      return [say("waiting"), share ? say("resuming", { share: sofar }) : say("waiting.detail")];
    case "queued":
      if (!place) return [say("queued"), wait];
      return [place === 1 ? say("queued.next") : say("queued.place", { place }), wait];
    case "running":
      return [words || say("running"), sofar ? say("running.detail", { share: sofar }) : wait];
    case "failed":
      return [say(error === "out-of-credits" ? "spent" : state), words ?? ""];
    case "refused":
      return [say(ofAddress(error) ? "refused.address" : state), words ?? ""];
    case "picture-first":
      return [say(state), say("picture-first.detail")];
    case "paint-first":
    case "write-first":
      return [say(state), say("paint-first.detail")];
    case "reading":
      return [say(fetching ? "fetching" : "reading"), fetching && sofar ? sofar : ""];
    case "starting":
      return [words || say(state), sofar ?? ""];
    case "restoring":
    case "cancelled":
      return [say(state), ""];
    default:
      return ["", ""];
  }
}

customElements.define("packshot-stage", Stage);

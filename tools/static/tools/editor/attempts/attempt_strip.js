import { computeBranches, numberTitles, orderAttempts } from "../../logic/attempt_tree.js";
import { formatSeconds } from "../../logic/number_format.js";
import { drawAttemptCard } from "./attempt_card.js";
import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../dom.js";
import { locale, getMessage } from "../messages.js";

const SVG = "http://www.w3.org/2000/svg";
/** So far a card's outline reaches, and the fading of what goes on beyond. */
const EDGE = 36;

/**
 * The photo and the tree of attempts at it, each after the one it goes on from. Tells "pick" with
 * the attempt's id or null, "with" to compare, "favour", "rename" and "remove".
 */
class AttemptStrip extends HTMLElement {
  #seen = "";

  connectedCallback() {
    this.list = this.querySelector("ol");
    this.lines = this.querySelector("svg");
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("change", ({ target }) => this.#rename(target));
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  show(workspace) {
    const { photo, attemptId } = workspace;
    const there = photo && photo.state !== "refused";
    const rows = there ? orderAttempts(workspace.of(photo.id)) : [];
    const names = numberTitles(workspace.of(photo?.id));
    const items = there ? [{ key: "photo", photo }, ...rows.map((row) => ({ key: row.attempt.id, ...row }))] : [];
    const current = attemptId ?? "photo";
    reconcileChildren(this.list, items, {
      key: ({ key }) => key,
      make: () => cloneTemplate("attempt").firstElementChild,
      update: (element, { key, attempt, from }) => {
        const named = rows[from] && names.get(rows[from].attempt.id);
        if (attempt) drawAttempt(element, attempt, { name: names.get(key), from: named, photo });
        else drawPhoto(element, photo);
        mark(element, current === key);
      },
    });
    this.#branch(rows, current);
    this.#reveal(`${photo?.id} ${current} ${items.length}`);
  }

  /** What is looked at is seen here too; then a hand may push the strip about. */
  #reveal(key) {
    if (key === this.#seen) return;
    this.#seen = key;
    const item = this.list.querySelector("li:has([aria-current])");
    if (!item) return;
    const { offsetLeft: left, offsetWidth: wide } = item;
    const { scrollLeft: from, clientWidth: room } = this;
    if (left < from + EDGE) this.scrollLeft = left - wide / 2;
    else if (left + wide + EDGE > from + room) this.scrollLeft = left + 1.5 * wide - room;
  }

  /** Lines from each to what came of it; the way to what is looked at stands out. */
  #branch(rows, current) {
    const way = new Set();
    for (let at = rows.findIndex(({ attempt }) => attempt.id === current); at >= 0; at = rows[at].from) way.add(at);
    const [first, second] = this.list.children;
    const pitch = second ? second.offsetLeft - first.offsetLeft : 0;
    const middle = first ? first.offsetLeft + first.offsetWidth / 2 : 0;
    const found = computeBranches(rows, { pitch, middle });
    const key = JSON.stringify([found, [...way]]);
    if (key === this.lines.dataset.key) return;
    this.lines.dataset.key = key;
    // The way last: it lies over the others.
    found.sort((a, b) => way.has(a.to) - way.has(b.to));
    this.lines.setAttribute("width", String(2 * middle + rows.length * pitch));
    this.lines.replaceChildren(
      ...found.map(({ to, path }) => {
        const line = document.createElementNS(SVG, "path");
        line.setAttribute("d", path);
        line.toggleAttribute("data-way", way.has(to));
        return line;
      }),
    );
  }

  #click({ target, shiftKey }) {
    const item = target.closest("li");
    if (!item || target.matches("input")) return;
    const attempt = item.dataset.key === "photo" ? null : item.dataset.key;
    const act = target.closest("[data-mark]")?.dataset.mark;
    if (act === "favour") emitEvent(this, "favour", { attempt });
    else if (act === "remove") emitEvent(this, "remove", { attempt });
    else if (shiftKey) emitEvent(this, "with", { other: attempt ?? "" });
    else emitEvent(this, "pick", { attempt });
  }

  #rename(input) {
    emitEvent(this, "rename", { attempt: input.closest("li").dataset.key, title: input.value.trim() });
  }

  #key(event) {
    const { key, target } = event;
    if (target.matches("input")) {
      if (key === "Enter" || key === "Escape") event.preventDefault();
      if (key === "Escape") target.value = target.defaultValue;
      if (key === "Enter" || key === "Escape") target.closest("li").querySelector(".card").focus();
      return;
    }
    const item = target.closest("li");
    if (!target.matches(".card") || item.dataset.key === "photo") return;
    if (!["Delete", "Backspace", "F2"].includes(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === "F2") item.querySelector("input").focus();
    else emitEvent(this, "remove", { attempt: item.dataset.key });
  }
}

function mark(element, current) {
  const card = element.querySelector(".card");
  if (current) card.setAttribute("aria-current", "true");
  else card.removeAttribute("aria-current");
}

function drawPhoto(element, photo) {
  element.classList.add("original");
  setSlotText(element, "title", getMessage("your-photo"));
  setSlotText(element, "note", photo.width ? `${photo.width} × ${photo.height}` : "");
  drawAttemptCard(element.querySelector(".card"), { status: "done", picture: photo.thumb ?? photo.localPreview });
}

function drawAttempt(element, attempt, { name, from, photo }) {
  const { status, title, favourite = false, local = false } = attempt;
  const input = element.querySelector("input");
  element.dataset.status = status;
  element.toggleAttribute("data-local", local);
  setSlotText(element, "title", title);
  setSlotText(element, "nth", name.slice(title.length));
  setSlotText(element, "note", status === "done" ? getMessage("strip.done", { seconds: formatSeconds(attempt.seconds ?? 0, locale) }) : "");
  element.querySelector(".card").title = from ? getMessage("from", { title: from }) : "";
  drawAttemptCard(element.querySelector(".card"), { ...attempt, picture: attempt.thumb, from: photo.thumb ?? photo.localPreview });
  element.querySelector('[data-mark="favour"]').setAttribute("aria-pressed", String(favourite));
  element.querySelector('[data-mark="remove"]').setAttribute("aria-label", getMessage("remove", { title: name }));
  if (input !== document.activeElement) input.value = input.defaultValue = name;
}

customElements.define("packshot-attempt-strip", AttemptStrip);

import { seconds } from "../pure/amounts.js";
import { reconcile, stamp, tell, write } from "./dom.js";
import { locale, say } from "./words.js";

/** The photo and all attempts at it, the oldest first. Tells "pick" with the attempt's id or null. */
class Strip extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) tell(this, "pick", { attempt: item.dataset.key === "photo" ? null : item.dataset.key });
    });
  }

  show(desk) {
    const { photo, attemptId } = desk;
    const items = photo && photo.state !== "refused" ? [photo, ...desk.of(photo.id)] : [];
    const keyed = items.map((item, index) => ({ item, key: index === 0 ? "photo" : item.id }));
    const before = this.list.children.length;
    reconcile(this.list, keyed, {
      key: ({ key }) => key,
      make: () => stamp("attempt").firstElementChild,
      update: (element, { item, key }) => {
        const card = element.firstElementChild;
        if (key === "photo") drawPhoto(card, item);
        else drawAttempt(card, item, photo);
        const current = (attemptId ?? "photo") === key;
        card.toggleAttribute("aria-current", current);
        if (current) card.setAttribute("aria-current", "true");
      },
    });
    if (keyed.length > before) this.list.scrollTo({ left: this.list.scrollWidth });
  }
}

function drawPhoto(card, photo) {
  card.classList.add("original");
  write(card, "title", say("your-photo"));
  write(card, "note", photo.width ? `${photo.width} × ${photo.height}` : "");
  picture(card, photo.thumb ?? photo.localPreview);
}

function drawAttempt(card, attempt, { suggestions = [] }) {
  const { status, share } = attempt;
  const scene = suggestions.find((one) => one.scene === attempt.params?.scene);
  card.dataset.status = status;
  write(card, "title", scene?.name || attempt.title || attempt.tool_name);
  write(card, "note", say(`strip.${status}`, { seconds: seconds(attempt.seconds ?? 0, locale) }));
  picture(card, attempt.thumb);
  const bar = card.querySelector("progress");
  bar.hidden = status !== "running";
  bar.value = share ?? 0;
}

function picture(card, url) {
  const image = card.querySelector("img");
  image.hidden = !url;
  if (url && image.getAttribute("src") !== url) image.src = url;
}

customElements.define("packshot-strip", Strip);

import { formatTimeUntil } from "../logic/number_format.js";
import { fetchJson, postForm } from "../editor/api.js";
import { emitEvent, setSlotText } from "../editor/dom.js";
import { locale, getMessage } from "../editor/messages.js";

/** A link to the result for anybody, made, copied and ended here. Tells "attempt" with the news. */
class ShareLink extends HTMLElement {
  #attempt = null;

  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.field = this.querySelector("#share-link");
    this.may = this.querySelector('[name="download"]');
    this.addEventListener("click", ({ target }) => {
      const what = target.closest("[data-share]")?.dataset.share;
      if (what in this.#acts) this.#tried(this.#acts[what]);
    });
    this.may.addEventListener("change", () => this.#attempt.link && this.#tried(() => this.#allow()));
  }

  show(workspace) {
    this.#attempt = workspace.attempt;
    if (!this.dialog.open) return;
    if (workspace.attempt) this.#draw();
    else this.dialog.close();
  }

  open() {
    this.#say("");
    this.may.checked = Boolean(this.#attempt.link?.download);
    this.#draw();
    this.dialog.showModal();
  }

  #draw() {
    const { link } = this.#attempt;
    this.querySelector('[data-part="make"]').hidden = Boolean(link);
    this.querySelector('[data-part="made"]').hidden = !link;
    this.querySelector('[data-share="make"]').hidden = Boolean(link);
    for (const name of ["open", "revoke"]) this.querySelector(`[data-share="${name}"]`).hidden = !link;
    if (!link) return;
    this.field.value = new URL(link.path, location.origin);
    this.querySelector('[data-share="open"]').href = link.path;
    setSlotText(this, "ends", getMessage("share.ends", { when: formatTimeUntil(link.expires, Date.now(), locale) }));
  }

  #acts = {
    make: async () => {
      await this.#ask({ hours: this.querySelector('[name="hours"]').value });
      this.querySelector('[data-share="copy"]').focus();
    },
    copy: async () => {
      this.field.select();
      try {
        await navigator.clipboard.writeText(this.field.value);
        this.#say(getMessage("share.copied"));
      } catch {
        this.#say(getMessage("not-copied"));
      }
    },
    revoke: async () => {
      await postForm(`/attempts/${this.#attempt.id}/unshare/`);
      await this.#look();
      this.#say(getMessage("share.ended"));
      this.querySelector('[data-share="make"]').focus();
    },
  };

  async #allow() {
    await this.#ask({});
    this.#say(getMessage(this.may.checked ? "share.may" : "share.may-not"));
  }

  async #ask(fields) {
    const download = this.may.checked ? "1" : "0";
    await postForm(`/attempts/${this.#attempt.id}/share/`, { ...fields, download });
    await this.#look();
  }

  async #look() {
    const attempt = await fetchJson(`/attempts/${this.#attempt.id}/`, { cache: "no-store" });
    this.#attempt = attempt;
    this.#draw();
    emitEvent(this, "attempt", { attempt });
  }

  async #tried(act) {
    this.#say("");
    try {
      await act();
    } catch (error) {
      this.#say(error.words ?? getMessage("lost"), { bad: true });
    }
  }

  #say(words, { bad = false } = {}) {
    this.querySelector(".said").textContent = bad ? "" : words;
    const notice = this.querySelector(".wrong");
    notice.hidden = !bad;
    notice.textContent = bad ? words : "";
  }
}

customElements.define("packshot-share", ShareLink);

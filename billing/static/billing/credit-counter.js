/**
 * <credit-counter data-src="…">: shows what is left, and keeps it true on a page that is the same
 * for everybody.
 *
 * Asks when there may be something to tell (the cookie "known"), when the page is looked at again,
 * when an attempt may have moved credits ("credits" on the document), and for a minute after
 * coming back from the checkout.
 */
const EVERY = 2000;
const PATIENCE = 60_000;
const locale = document.documentElement.lang || "en";

class CreditCounter extends HTMLElement {
  connectedCallback() {
    this.ask = () => {
      if (!document.hidden && /\bknown=1\b/.test(document.cookie)) this.refresh();
    };
    document.addEventListener("visibilitychange", this.ask);
    document.addEventListener("credits", this.ask);
    this.again = ({ persisted }) => persisted && this.ask();
    addEventListener("pageshow", this.again);
    if (this.hasAttribute("data-awaits")) {
      this.timer = setInterval(this.ask, EVERY);
      setTimeout(() => clearInterval(this.timer), PATIENCE);
    }
    this.ask();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.ask);
    document.removeEventListener("credits", this.ask);
    removeEventListener("pageshow", this.again);
    clearInterval(this.timer);
  }

  async refresh() {
    const answer = await fetch(this.dataset.src, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const { available, signed_in: signedIn } = await answer.json();
    document.documentElement.toggleAttribute("data-signed-in", signedIn);
    if (available === null) return;
    this.querySelector("b").textContent = available.toLocaleString(locale);
    for (const part of this.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when === "unknown";
    }
  }
}

customElements.define("credit-counter", CreditCounter);

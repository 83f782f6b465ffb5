// <credit-counter src="…"><span>12</span> credits</credit-counter>: keeps the number true.
//
// Asks again when the page is looked at, when somebody dispatches "credits-changed" on the
// document, and for a minute after coming back from the till.
const EVERY = 2000;
const PATIENCE = 60_000;

class CreditCounter extends HTMLElement {
  connectedCallback() {
    this.ask = () => {
      if (!document.hidden) this.refresh();
    };
    document.addEventListener("visibilitychange", this.ask);
    document.addEventListener("credits-changed", this.ask);
    this.timer = setInterval(this.ask, EVERY);
    this.rest = setTimeout(() => clearInterval(this.timer), PATIENCE);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.ask);
    document.removeEventListener("credits-changed", this.ask);
    clearInterval(this.timer);
    clearTimeout(this.rest);
  }

  async refresh() {
    const answer = await fetch(this.getAttribute("src")).catch(() => null);
    if (!answer?.ok) return;
    const { available } = await answer.json();
    const number = this.querySelector("span");
    if (number && available !== null) number.textContent = String(available);
  }
}

customElements.define("credit-counter", CreditCounter);

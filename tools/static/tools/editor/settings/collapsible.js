/** What few people need is folded away; it stays as it was left, for this tab's visit. */
class Collapsible extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const key = `packshot-fold-${this.dataset.name}`;
    if (sessionStorage.getItem(key)) details.open = true;
    details.addEventListener("toggle", () => sessionStorage.setItem(key, details.open ? "1" : ""));
  }
}

customElements.define("packshot-collapsible", Collapsible);

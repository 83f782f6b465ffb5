import { reconcile, stamp, tell, write } from "./dom.js";

/** The photos on the desk, to switch between, and the way to add one. Tells "photo" or "act". */
class Photos extends HTMLElement {
  connectedCallback() {
    this.list = document.createElement("ol");
    this.append(this.list);
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item?.dataset.key === "add") tell(this, "act", { act: "choose" });
      else if (item) tell(this, "photo", { photo: item.dataset.key });
    });
  }

  show(desk) {
    const items = [...desk.own, { id: "add" }];
    reconcile(this.list, items, {
      key: ({ id }) => id,
      make: ({ id }) => stamp(id === "add" ? "add" : "photo").firstElementChild,
      update: (element, photo) => photo.id !== "add" && draw(element, photo, desk.photoId),
    });
  }
}

function draw(element, photo, currentId) {
  const button = element.firstElementChild;
  const image = button.querySelector("img");
  const url = photo.thumb ?? photo.localPreview;
  button.dataset.state = photo.state;
  if (photo.id === currentId) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
  write(button, "name", photo.name);
  image.hidden = !url;
  if (url && image.getAttribute("src") !== url) image.src = url;
}

customElements.define("packshot-photos", Photos);

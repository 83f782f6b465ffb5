import { reconcileChildren, cloneTemplate, emitEvent, setSlotText } from "../dom.js";

/** The photos on the workspace, to switch between, and the way to add one. Tells "photo" or "act". */
class PhotoList extends HTMLElement {
  connectedCallback() {
    this.list = document.createElement("ol");
    this.append(this.list);
    this.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item?.dataset.key === "add") emitEvent(this, "act", { act: "choose" });
      else if (item) emitEvent(this, "photo", { photo: item.dataset.key });
    });
  }

  show(workspace) {
    const items = [...workspace.own, { id: "add" }];
    reconcileChildren(this.list, items, {
      key: ({ id }) => id,
      make: ({ id }) => cloneTemplate(id === "add" ? "add" : "photo").firstElementChild,
      update: (element, photo) => photo.id !== "add" && draw(element, photo, workspace.photoId),
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
  setSlotText(button, "name", photo.name);
  image.hidden = !url;
  if (url && image.getAttribute("src") !== url) image.src = url;
}

customElements.define("packshot-photo-list", PhotoList);

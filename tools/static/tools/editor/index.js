/*
 * The door: little enough to come with the page. The rest of the editor comes when a hand is near,
 * or at once when there are photos to show.
 */
import { open } from "./drop.js";

const root = document.documentElement;
root.toggleAttribute("data-alive", true);
if (root.hasAttribute("data-working")) open();
for (const sign of ["pointermove", "pointerdown", "keydown", "dragenter"]) {
  addEventListener(sign, open, { once: true, passive: true });
}

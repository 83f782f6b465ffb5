import { WHOLE_VIEW, toPicturePoint, panView } from "../../logic/geometry.js";
import { emitEvent } from "../dom.js";

/** So little, in pixels, a hand moves that holds still; so long, in ms, a finger may be about to scroll. */
const STILL = 6;
const TOUCH = 120;
/** How long a new result takes to come over the photo, in ms. */
const WIPE = 450;

/* What a hand does with the two pictures: each takes hold with an event, and gives {move, end}. */

/** A hand that holds still sees the photo; one that moves pushes the line, at once where it is `near`. */
export function slideLine(compare, event, { near }) {
  const held = near ? null : holdPhoto(compare, event);
  let slides = near;
  const move = (to) => {
    slides ||= Math.abs(to.clientX - event.clientX) > STILL;
    if (!slides) return;
    held?.end();
    compare.split(100 * toPicturePoint(WHOLE_VIEW, compare.pointOf(to), compare.box, compare.ratio).x);
  };
  const end = () => {
    held?.end();
    emitEvent(compare, "compared");
  };
  return { move, end };
}

export function holdPhoto(compare, { pointerType }) {
  const hold = (held) => compare.toggleAttribute("data-held", held);
  const timer = pointerType === "touch" ? setTimeout(hold, TOUCH, true) : hold(true);
  const end = () => {
    clearTimeout(timer);
    hold(false);
  };
  return { move: () => {}, end };
}

export function panPicture(compare, start) {
  let from = start;
  const move = (to) => {
    const by = { x: to.clientX - from.clientX, y: to.clientY - from.clientY };
    compare.look(panView(compare.view, by, compare.box, compare.ratio));
    from = to;
  };
  return { move, end: () => {} };
}

/** Let the result come over the photo; gives what stops it. */
export function wipeIn(compare) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return () => {};
  const begun = performance.now();
  let frame = 0;
  const step = (now) => {
    const left = 1 - Math.min(1, Math.max(0, now - begun) / WIPE);
    compare.pushLine(100 * left ** 2);
    if (left > 0) frame = requestAnimationFrame(step);
  };
  step(begun);
  return () => cancelAnimationFrame(frame);
}

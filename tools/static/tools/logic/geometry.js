/**
 * Where a picture lies in a box, and how it is looked at. A view is {zoom, x, y}: x and y are the
 * shift of the picture's middle from the box's, in the box's pixels. Points are from the middle too.
 */

export const WHOLE_VIEW = { zoom: 1, x: 0, y: 0 };
const MOST = 4;

/** The size of a picture of that shape when all of it is in the box. */
export function fitBox({ width, height }, ratio) {
  return { width: Math.min(width, height * ratio), height: Math.min(height, width / ratio) };
}

/** Two boxes for a picture each, beside or under one another: whichever shows more of it. */
export function splitBox({ width, height }, ratio) {
  const beside = { width: width / 2, height };
  const under = { width, height: height / 2 };
  const stacked = fitBox(under, ratio).width > fitBox(beside, ratio).width;
  return { stacked, ...(stacked ? under : beside) };
}

/** The view, with no more shift than keeps the picture over the box. */
export function clampView({ zoom, x, y }, box, ratio) {
  const shown = fitBox(box, ratio);
  const room = (whole, part) => Math.max(0, (part * zoom - whole) / 2);
  const within = (value, most) => Math.max(-most, Math.min(most, value)) || 0;
  return {
    zoom,
    x: within(x, room(box.width, shown.width)),
    y: within(y, room(box.height, shown.height)),
  };
}

/** Zoom so that what lies under the point stays there. */
export function zoomViewAt(view, point, zoom, box, ratio) {
  const next = Math.max(1, Math.min(MOST, zoom));
  const by = next / view.zoom;
  const x = point.x - (point.x - view.x) * by;
  const y = point.y - (point.y - view.y) * by;
  return clampView({ zoom: next, x, y }, box, ratio);
}

export function panView(view, by, box, ratio) {
  return clampView({ zoom: view.zoom, x: view.x + by.x, y: view.y + by.y }, box, ratio);
}

/** Where in the picture a point of the box lies: shares of its width and height, beyond 0..1 outside. */
export function toPicturePoint(view, point, box, ratio) {
  const { width, height } = fitBox(box, ratio);
  return {
    x: (point.x - view.x) / (width * view.zoom) + 0.5,
    y: (point.y - view.y) / (height * view.zoom) + 0.5,
  };
}

/** The other way: where in the box, from its upper left corner, a place in the picture is seen. */
export function toBoxPoint(view, { x, y }, box, ratio) {
  const { width, height } = fitBox(box, ratio);
  return {
    x: (x - 0.5) * width * view.zoom + view.x + box.width / 2,
    y: (y - 0.5) * height * view.zoom + view.y + box.height / 2,
  };
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.01;
const FAR = 5;

/** How far an arrow key moves, in shares of the picture; farther with Shift; null for other keys. */
export function readArrowKey({ key, shiftKey }) {
  if (!Object.hasOwn(ARROWS, key)) return null;
  const [x, y] = ARROWS[key].map((way) => way * STEP * (shiftKey ? FAR : 1));
  return { x, y };
}

/** A place in shares of the picture that is moved, but not out of it. */
export function movePointInside(at, by) {
  const inside = (value) => Math.max(0, Math.min(1, value));
  return { x: inside(at.x + by.x), y: inside(at.y + by.y) };
}

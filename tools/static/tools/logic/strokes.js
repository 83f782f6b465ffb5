/**
 * Brush strokes with undo and redo without limit. A stroke is {keep, size, points}: the size a
 * share of the photo's long side, points [x, y] shares of its width and height; "hard", if there,
 * the share of its size in which it is sure; "whole", if there, all of the thing that it touches.
 */

const round = (value) => Math.round(value * 1e5) / 1e5;

export class Strokes {
  #done = [];
  #undone = [];

  get all() {
    return this.#done;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** Begin from what an attempt was made with. */
  reset(strokes = []) {
    this.#done = strokes.map((stroke) => ({ ...stroke }));
    this.#undone = [];
  }

  /** A stroke is as hard as it can be unless it says otherwise: a soft one decides in its middle alone. */
  begin({ keep, size, hard = 1, whole = false, point }) {
    const stroke = { keep, size: round(size), points: [rounded(point)], ...(whole && { whole }) };
    this.#done = [...this.#done, hard < 1 ? { ...stroke, hard: round(hard) } : stroke];
    this.#undone = [];
  }

  /** Go on with the newest stroke; a point too near the last one tells nothing new. */
  extend(point, least = 0.002) {
    const { points } = this.#done.at(-1);
    const [x, y] = points.at(-1);
    if (Math.hypot(point.x - x, point.y - y) >= least) points.push(rounded(point));
  }

  undo() {
    if (this.canUndo) this.#undone.push(this.#done.pop());
  }

  redo() {
    if (this.canRedo) this.#done.push(this.#undone.pop());
  }

  /** As the form sends them. */
  toString() {
    return JSON.stringify(this.#done);
  }
}

function rounded({ x, y }) {
  return [round(x), round(y)];
}

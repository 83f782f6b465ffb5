/**
 * Where a product lies on a canvas. A place is {x, y, scale}: x the middle of the product's box and
 * y its foot, in shares of the canvas; scale is canvas pixels for each pixel of the photo. Layers say
 * where in the photo the product is: boxes [left, top, right, bottom], in shares of the photo.
 */

const GROUND = 0.82;
const FILL = 0.66;
const WIDEST = 0.86;
const HEADROOM = 0.05;
const SMALLEST = 0.34;
const MOST = 4;
/** Near enough, in shares, to mean the middle, or the size at which no pixel is resampled. */
const NEAR = 0.012;

const round = (value) => Math.round(value * 1e4) / 1e4;

/** Width and height of the result: the wished shape ("4:5", or "photo") on the photo's long side. */
export function computeCanvas({ width, height }, shape = "photo") {
  const [wide, high] = shape.split(":").map(Number);
  if (!high) return { width, height };
  const side = Math.max(width, height);
  const ratio = wide / high;
  return ratio >= 1
    ? { width: side, height: Math.round(side / ratio) }
    : { width: Math.round(side * ratio), height: side };
}

/** About where the server would put it in an open studio, if nobody says where. */
export function computeDefaultPlace({ photo, canvas, layers: { product, cut = [] }, ground = GROUND }) {
  const [left, top, right, bottom] = product;
  const across = canvas.width / ((right - left) * photo.width);
  const down = canvas.height / ((bottom - top) * photo.height);
  const limit = Math.min(WIDEST * across, (cut.includes("bottom") ? 1 : ground - HEADROOM) * down);
  const shows = Math.max(1 / across, 1 / down) >= SMALLEST;
  const scale = limit >= 1 && shows ? 1 : Math.min(FILL * Math.min(across, down), limit);
  return { x: 0.5, y: cut.includes("bottom") ? 1 : ground, scale };
}

/** The rectangle of the stored cut-out on the canvas, in shares of its width and height. */
export function computeFrame(place, { photo, canvas, layers: { box, product } }) {
  const wide = (photo.width * place.scale) / canvas.width;
  const high = (photo.height * place.scale) / canvas.height;
  const [left, top, right, bottom] = box;
  return {
    left: place.x - ((product[0] + product[2]) / 2 - left) * wide,
    top: place.y - (product[3] - top) * high,
    width: (right - left) * wide,
    height: (bottom - top) * high,
  };
}

/** Moved by shares of the canvas; it never leaves it altogether, and it likes the middle. */
export function movePlace(place, by, { snap = true } = {}) {
  const x = Math.max(0, Math.min(1, place.x + by.x));
  const y = Math.max(0.05, Math.min(1.5, place.y + by.y));
  return { ...place, x: round(snap && Math.abs(x - 0.5) < NEAR ? 0.5 : x), y: round(y) };
}

/** Sized about its foot. Near its own size it takes just that: then no pixel of it is resampled. */
export function resizePlace(place, by, { snap = true } = {}) {
  const scale = Math.max(0.05, Math.min(MOST, place.scale * by));
  return { ...place, scale: round(snap && Math.abs(scale - 1) < 2 * NEAR ? 1 : scale) };
}

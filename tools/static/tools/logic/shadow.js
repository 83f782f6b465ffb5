/**
 * A shadow as a browser can throw it: the product's own silhouette, black, blurred, and leant over
 * on the floor about its foot. Rough; the server's follows the solid and the scene.
 */

const KINDS = {
  soft: { blur: 0.055, dark: 0.4, long: 0.8 },
  hard: { blur: 0.008, dark: 0.6, long: 1.1 },
  floating: { blur: 0.07, dark: 0.32, long: 0.25 },
};
const TILT = 0.3;
const LEAST = 0.07;
const LIFT = 0.09;

/**
 * {lean, squash, blur, dark, drop}: a CSS matrix(1, 0, lean, squash, 0, 0) about the foot, the blur in
 * shares of the product's width, and how far under the foot it begins, in shares of its height. Null
 * without a shadow. `direction` is where the light comes from, in degrees, 0 behind the product.
 */
export function computeShadow({ shadow, strength = 0.7, direction = 305, elevation = 58 }) {
  const kind = KINDS[shadow];
  if (!kind || strength <= 0) return null;
  const way = (direction * Math.PI) / 180;
  const reach = kind.long / Math.tan((Math.max(20, elevation) * Math.PI) / 180);
  const towards = -Math.cos(way) * TILT * reach;
  const squash = Math.abs(towards) < LEAST ? LEAST * (towards > 0 ? 1 : -1) : towards;
  return {
    lean: Math.sin(way) * reach,
    squash,
    blur: kind.blur,
    dark: Math.min(1, kind.dark * 1.35 * strength),
    drop: shadow === "floating" ? LIFT : 0,
  };
}

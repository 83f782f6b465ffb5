/**
 * What pointers do on a surface, as one drag or one pinch. `take(event)` says what a drag means:
 * {move(event), end()} or nothing; `pinch({by, at})` hears how far two fingers have gone apart.
 */
export function trackPointer(surface, { take, pinch }) {
  const down = new Map();
  let drag = null;
  let apart = 0;

  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    down.set(event.pointerId, event);
    surface.setPointerCapture(event.pointerId);
    if (down.size === 1) {
      drag = take(event) ?? null;
      return;
    }
    drag?.end({ cancelled: true });
    drag = null;
    apart = distance(down);
  });

  surface.addEventListener("pointermove", (event) => {
    if (!down.has(event.pointerId)) return;
    down.set(event.pointerId, event);
    if (down.size === 2) {
      const now = distance(down);
      pinch({ by: now / (apart || now), at: middle(down) });
      apart = now;
    } else drag?.move(event);
  });

  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    if (down.size === 0) drag?.end({ cancelled: event.type === "pointercancel" });
    if (down.size === 0) drag = null;
  };
  surface.addEventListener("pointerup", up);
  surface.addEventListener("pointercancel", up);
}

function distance(down) {
  const [a, b] = [...down.values()];
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}

function middle(down) {
  const [a, b] = [...down.values()];
  return { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
}

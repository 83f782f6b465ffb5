/** Nearer and farther by hand: a double click, a wheel with Ctrl, a pinch. What has the hand comes first. */

export function enableZoom(compare) {
  compare.addEventListener("dblclick", (event) => {
    if (compare.hand || !compare.hasAttribute("data-live")) return;
    compare.zoomTo(compare.view.zoom > 1 ? 1 : 2, compare.pointOf(event));
  });
  compare.addEventListener("wheel", (event) => wheel(compare, event), { passive: false });
}

export function makePinchHandler(compare) {
  return ({ by, at }) => {
    if (compare.hand?.pinch) compare.hand.pinch({ by, at });
    else compare.zoomTo(compare.view.zoom * by, compare.pointOf(at));
  };
}

/** A wheel alone scrolls the page. */
function wheel(compare, event) {
  const zooms = event.ctrlKey || event.metaKey;
  if (!compare.hand?.wheel && !zooms) return;
  event.preventDefault();
  if (compare.hand?.wheel) compare.hand.wheel(event);
  else compare.zoomTo(compare.view.zoom * Math.exp(-event.deltaY / 200), compare.pointOf(event));
}

// Runs before the first paint. Opened anew a page is what it is for, and photos from before wait in
// the bar. Who reloads it, or comes back to it from the checkout or from signing in, sees the workspace at
// once, not the drop zone and then a jump. Without this script the page is the drop zone, which works
// by itself.
(() => {
  const root = document.documentElement;
  const LEFT = "packshot-left";
  const known = /\bhas_photos=1\b/.test(document.cookie);
  let goesOn = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  try {
    goesOn ||= sessionStorage.getItem(LEFT) === location.pathname;
    sessionStorage.removeItem(LEFT);
    addEventListener("submit", ({ target }) => {
      if (["buy", "sign-in"].includes(target.id)) sessionStorage.setItem(LEFT, location.pathname);
    });
  } catch {
    // Nothing may be kept in this browser: then the photos wait in the bar.
  }
  root.toggleAttribute("data-script", true);
  root.toggleAttribute("data-known", known);
  root.toggleAttribute("data-working", known && goesOn);
})();

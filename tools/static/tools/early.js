// Runs before the first paint: who comes back to a page by reloading it sees the desk at once, not the
// drop zone and then a jump. Opened anew a page is what it is for; photos from before wait in the bar.
// Without this script the page is the drop zone, which works by itself.
document.documentElement.toggleAttribute("data-script", true);
document.documentElement.toggleAttribute("data-known", /\bhas_photos=1\b/.test(document.cookie));
document.documentElement.toggleAttribute(
  "data-working",
  document.documentElement.hasAttribute("data-known") &&
    performance.getEntriesByType("navigation")[0]?.type !== "navigate",
);

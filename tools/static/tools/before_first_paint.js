// Runs before the first paint: a visitor who has photos here sees the workspace at once, not the drop
// zone and then a jump. Without this script the page is the drop zone, which works by itself.
document.documentElement.toggleAttribute("data-script", true);
document.documentElement.toggleAttribute("data-working", /\bhas_photos=1\b/.test(document.cookie));

import { countEvent, onPageHidden, sendEvents } from "./beacon.js";
import { observeVitals, countVitals } from "./web_vitals.js";

/* A page with a tool on it: that it was seen, how it behaved, and how long it was open. */
const tool = document.querySelector('packshot-editor [name="tool"]')?.value ?? "";
let left = false;

countEvent("tool_view", { tool });
observeVitals();
onPageHidden(({ type }) => {
  countVitals(tool);
  if (type === "pagehide" && !left) {
    left = true;
    const working = document.documentElement.hasAttribute("data-working");
    countEvent("leave", { tool, label: working ? "desk" : "door", value: Math.round(performance.now()) });
  }
  sendEvents();
});

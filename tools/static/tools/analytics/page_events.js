import { count, onLeaving, send } from "./beacon.js";
import { observeVitals, tellVitals } from "./web_vitals.js";

/* A page with a tool on it: that it was seen, how it behaved, and how long it was open. */
const tool = document.querySelector('packshot-editor [name="tool"]')?.value ?? "";
let left = false;

count("tool_view", { tool });
observeVitals();
onLeaving(({ type }) => {
  tellVitals(tool);
  if (type === "pagehide" && !left) {
    left = true;
    const working = document.documentElement.hasAttribute("data-working");
    count("leave", { tool, label: working ? "desk" : "door", value: Math.round(performance.now()) });
  }
  send();
});

import { gravest, verdictOf } from "../pure/wish.js";
import { reconcile, stamp, write } from "../editor/dom.js";
import { say, sayCount } from "../editor/words.js";

/** Show what a marketplace will say to the file, or that nobody has asked yet. */
export function drawChecks(element, { market, rows, making, white }) {
  element.hidden = !market;
  if (!market) return;
  const { key, failed } = rows ? verdictOf(rows) : { key: making ? "checking" : "unknown" };
  element.dataset.verdict = key;
  write(element, "verdict", sentence(key, failed, market));
  const offer = element.querySelector("[data-check]");
  if (key !== "unknown") offer?.remove();
  else if (!offer) element.append(stamp("check-now"));
  const remedy = element.querySelector("[data-white]");
  if (!white) remedy?.remove();
  else if (!remedy) element.append(stamp("on-white"));
  reconcile(element.querySelector("ul"), gravest(rows ?? []), {
    key: ({ id }) => id,
    make: () => stamp("check").firstElementChild,
    update: (item, { ok, severity, words }) => {
      const state = ok ? "passed" : severity === "fail" ? "failed" : "warned";
      item.dataset.state = state;
      write(item, "state", say(`check.${state}`));
      write(item, "words", words);
    },
  });
}

function sentence(key, failed, market) {
  if (key === "checking") return say("checking", { market });
  if (key !== "failed") return say(`checks.${key}`, { market });
  return sayCount("checks.failed", failed).replace("{market}", () => market);
}


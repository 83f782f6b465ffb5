import { sortBySeverity, summariseChecks } from "../logic/export_options.js";
import { reconcileChildren, cloneTemplate, setSlotText } from "../editor/dom.js";
import { getMessage, getCountMessage } from "../editor/messages.js";

/** Show what a marketplace will say to the file, or that nobody has asked yet. */
export function drawMarketplaceChecks(element, { market, rows, making, white }) {
  element.hidden = !market;
  if (!market) return;
  const { key, failed } = rows ? summariseChecks(rows) : { key: making ? "checking" : "unknown" };
  element.dataset.verdict = key;
  setSlotText(element, "verdict", sentence(key, failed, market));
  const offer = element.querySelector("[data-check]");
  if (key !== "unknown") offer?.remove();
  else if (!offer) element.append(cloneTemplate("check-now"));
  const remedy = element.querySelector("[data-white]");
  if (!white) remedy?.remove();
  else if (!remedy) element.append(cloneTemplate("on-white"));
  reconcileChildren(element.querySelector("ul"), sortBySeverity(rows ?? []), {
    key: ({ id }) => id,
    make: () => cloneTemplate("check").firstElementChild,
    update: (item, { ok, severity, words }) => {
      const state = ok ? "passed" : severity === "fail" ? "failed" : "warned";
      item.dataset.state = state;
      setSlotText(item, "state", getMessage(`check.${state}`));
      setSlotText(item, "words", words);
    },
  });
}

function sentence(key, failed, market) {
  if (key === "checking") return getMessage("checking", { market });
  if (key !== "failed") return getMessage(`checks.${key}`, { market });
  return getCountMessage("checks.failed", failed).replace("{market}", () => market);
}


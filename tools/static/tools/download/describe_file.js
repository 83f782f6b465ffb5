import { formatBytes, formatPercent, formatPixels } from "../logic/number_format.js";
import { setSlotText } from "../editor/dom.js";
import { getMessage, locale } from "../editor/messages.js";

/** Say of a file, there or not, what it is: its pixels, its weight, its name, and how far it is. */
export function describeFile(panel, file, { size, making }) {
  const pixels = size ? formatPixels(...size) : "";
  const weight = file?.bytes ? formatBytes(file.bytes, locale) : "";
  setSlotText(panel, "what", [pixels, weight].filter(Boolean).join(" · "));
  setSlotText(panel, "name", file?.status === "done" ? file.name : "");
  panel.querySelector(".making").hidden = !making;
  const share = file?.share;
  setSlotText(panel, "making", share ? getMessage("making.share", { share: formatPercent(share, locale) }) : getMessage("making.wait"));
  panel.querySelector(".making progress").value = share ?? 0;
}

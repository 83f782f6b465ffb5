/** What file a visitor wants, in the words of POST /attempts/<id>/exports/. */

const WHITE = "#ffffff";

/** What lies behind a result that is clear there; empty where it stays clear. JPEG is never clear. */
export function computeBackground({ format = "png", colour = "", market = "" }) {
  return colour || (format === "jpeg" || market ? WHITE : "");
}

/** Only what counts: a marketplace says its own size, and white instead of a scene is for it alone. */
export function readExportOptions({ format = "png", colour = "", market = "", side = "", label = "", white = "" }) {
  const wanted = { format };
  if (colour || format === "jpeg") wanted.colour = colour || WHITE;
  if (market && white) wanted.white = "1";
  if (market) wanted.market = market;
  else if (side) wanted.side = side;
  if (label) wanted.label = label;
  return wanted;
}

/** Is this the file that was wanted? The server writes all options out in full. */
export function matchesOptions({ options = {} }, wanted) {
  const given = ["format", "colour", "market", "side"];
  const ticked = (name) => Boolean(options[name]) === Boolean(wanted[name]);
  const as = (value) => String(value ?? "").toLowerCase();
  return given.every((name) => as(options[name]) === as(wanted[name])) && ["label", "white"].every(ticked);
}

/** The attempt's file of those options that is there or on its way, if any. */
export function findExport(files, attemptId, wanted) {
  const fits = (file) => file.attempt === attemptId && matchesOptions(file, wanted);
  return [...files].find((file) => fits(file) && !isExportLost(file)) ?? null;
}

export function isExportLost({ status }) {
  return status === "failed" || status === "cancelled";
}

export function isExportOpen({ status }) {
  return status === "queued" || status === "running";
}

/** The pixels that the file will have, as the server that makes it says; null where it does not. */
export function computeExportSize({ sizes = {} }, { market, side }) {
  return sizes[market || side || ""] ?? null;
}

/** What a pre-flight comes to: how many rows forbid the file, and whether any advises against it. */
export function summariseChecks(rows) {
  const failed = rows.filter(({ ok, severity }) => !ok && severity === "fail").length;
  if (failed) return { key: "failed", failed };
  return { key: rows.every(({ ok }) => ok) ? "passed" : "warned", failed };
}

/** First what forbids, then what advises, then what is right. */
export function sortBySeverity(rows) {
  const weight = ({ ok, severity }) => (ok ? 2 : severity === "fail" ? 0 : 1);
  return [...rows].sort((a, b) => weight(a) - weight(b));
}

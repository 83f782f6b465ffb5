/** What file a visitor wants, in the words of POST /attempts/<id>/exports/. */

/** Only what counts: a colour is JPEG's alone, and a marketplace says its own size. */
export function readExportOptions({ format = "png", colour = "", market = "", side = "", label = "" }) {
  const wanted = { format };
  if (format === "jpeg") wanted.colour = colour;
  if (market) wanted.market = market;
  else if (side) wanted.side = side;
  if (label) wanted.label = label;
  return wanted;
}

/** Is this the file that was wanted? The server writes all options out in full. */
export function matchesOptions({ options = {} }, wanted) {
  const given = ["format", "colour", "market", "side"];
  const as = (value) => String(value ?? "").toLowerCase();
  return given.every((name) => as(options[name]) === as(wanted[name])) && Boolean(options.label) === Boolean(wanted.label);
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

/** The pixels that the file will have: nothing is made larger than it is. */
export function computeExportSize({ width, height }, { side }) {
  const scale = Math.min(1, Number(side || Infinity) / Math.max(width, height));
  return [width, height].map((length) => Math.max(1, Math.floor(length * scale + 1e-6)));
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

/** What file a visitor wishes for, in the words of POST /attempts/<id>/exports/. */

/** Only what counts: a colour is JPEG's alone, and a marketplace says its own size. */
export function readExportOptions({ format = "png", colour = "", market = "", side = "", label = "" }) {
  const wish = { format };
  if (format === "jpeg") wish.colour = colour;
  if (market) wish.market = market;
  else if (side) wish.side = side;
  if (label) wish.label = label;
  return wish;
}

/** Is this the file that was wished for? The server writes a wish out in full. */
export function matchesOptions({ options = {} }, wish) {
  const given = ["format", "colour", "market", "side"];
  const as = (value) => String(value ?? "").toLowerCase();
  return given.every((name) => as(options[name]) === as(wish[name])) && Boolean(options.label) === Boolean(wish.label);
}

/** The attempt's file of that wish that is there or on its way, if any. */
export function findExport(files, attemptId, wish) {
  const fits = (file) => file.attempt === attemptId && matchesOptions(file, wish);
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

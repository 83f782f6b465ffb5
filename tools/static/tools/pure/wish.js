/** What file a visitor wishes for, in the words of POST /attempts/<id>/exports/. */

const WHITE = "#ffffff";

/** What lies behind a result that is clear there; empty where it stays clear. JPEG is never clear. */
export function groundOf({ format = "png", colour = "", market = "" }) {
  return colour || (format === "jpeg" || market ? WHITE : "");
}

/** Only what counts: a marketplace says its own size, and white instead of a scene is for it alone. */
export function wishOf({ format = "png", colour = "", market = "", side = "", label = "", white = "" }) {
  const wish = { format };
  if (colour || format === "jpeg") wish.colour = colour || WHITE;
  if (market && white) wish.white = "1";
  if (market) wish.market = market;
  else if (side) wish.side = side;
  if (label) wish.label = label;
  return wish;
}

/** Is this the file that was wished for? The server writes a wish out in full. */
export function grants({ options = {} }, wish) {
  const given = ["format", "colour", "market", "side"];
  const ticked = (name) => Boolean(options[name]) === Boolean(wish[name]);
  const as = (value) => String(value ?? "").toLowerCase();
  return given.every((name) => as(options[name]) === as(wish[name])) && ["label", "white"].every(ticked);
}

/** The attempt's file of that wish that is there or on its way, if any. */
export function fileFor(files, attemptId, wish) {
  const fits = (file) => file.attempt === attemptId && grants(file, wish);
  return [...files].find((file) => fits(file) && !isLost(file)) ?? null;
}

export function isLost({ status }) {
  return status === "failed" || status === "cancelled";
}

export function isOpen({ status }) {
  return status === "queued" || status === "running";
}

/** The pixels that the file will have, as the server that makes it says; null where it does not. */
export function sizeOf({ sizes = {} }, { market, side }) {
  return sizes[market || side || ""] ?? null;
}

/** What a pre-flight comes to: how many rows forbid the file, and whether any advises against it. */
export function verdictOf(rows) {
  const failed = rows.filter(({ ok, severity }) => !ok && severity === "fail").length;
  if (failed) return { key: "failed", failed };
  return { key: rows.every(({ ok }) => ok) ? "passed" : "warned", failed };
}

/** First what forbids, then what advises, then what is right. */
export function gravest(rows) {
  const weight = ({ ok, severity }) => (ok ? 2 : severity === "fail" ? 0 : 1);
  return [...rows].sort((a, b) => weight(a) - weight(b));
}

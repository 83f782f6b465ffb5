/** Numbers as people read them, in the page's language. */

const style = (locale, options) => new Intl.NumberFormat(locale, options);

export function formatBytes(bytes, locale) {
  const [unit, step] = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const digits = unit === "megabyte" && bytes < 1e7 ? 1 : 0;
  const options = { style: "unit", unit, maximumFractionDigits: digits };
  return style(locale, options).format(bytes / step);
}

export function formatPercent(share, locale, digits = 0) {
  return style(locale, { style: "percent", maximumFractionDigits: digits }).format(share);
}

/** A duration's number; its unit stands in the sentence. */
export function formatSeconds(count, locale) {
  return style(locale, { maximumFractionDigits: count < 10 ? 1 : 0 }).format(count);
}

/** "in 23 hours", "in 12 minutes": what is left until that moment, never less than a minute. */
export function formatTimeUntil(moment, now, locale) {
  const minutes = Math.max(1, Math.round((new Date(moment) - now) / 60_000));
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  return minutes < 90
    ? relative.format(minutes, "minute")
    : relative.format(Math.round(minutes / 60), "hour");
}

export function formatPixels(width, height) {
  return `${width} × ${height}`;
}

const ORDER = ["queued", "running", "done", "failed", "cancelled"];

/** Answers and events overtake each other: what is over never opens again. */
export function isStale(old, fresh) {
  return ORDER.indexOf(old.status) >= 2 && ORDER.indexOf(fresh.status) < 2;
}

/** The oldest first; what the server has not named yet is the newest. */
export function compareAge(one, other) {
  const [a, b] = [one, other].map(({ local, created }) => (local ? Infinity : Date.parse(created)));
  return a > b ? 1 : a < b ? -1 : 0;
}

export function isOpen({ status }) {
  return status === "queued" || status === "running";
}

/** What the viewer shows for a photo and an attempt at it: one state, and what belongs to it. */

/** What to offer after an error, by its id; anything else is worth trying again. */
const REMEDIES = {
  "out-of-credits": "buy",
  "free-is-used-up": "buy",
  "cap-reached": "cap",
  "photo-gone": "choose",
  "no-subject": "brush",
  "engine-unavailable": "none",
};

/** What is said of a photo's address on the web, not of a file. */
const OF_ADDRESS = new Set([
  "bad-address",
  "private-address",
  "unreachable",
  "timed-out",
  "too-many-redirects",
]);

export function isUrlError(error) {
  return OF_ADDRESS.has(error);
}

export function computeViewerState(photo, attempt, { waitsFor = null } = {}) {
  if (!photo) return { state: "empty" };
  if (photo.state === "refused") {
    return { state: "refused", words: photo.words, remedy: "choose", error: photo.error };
  }
  if (photo.state === "uploading" || photo.state === "waiting") {
    return { state: photo.state, share: photo.share ?? 0, cancel: true };
  }
  if (attempt) return ofAttempt(attempt);
  if (photo.state !== "received") return { state: waitsFor ?? "photo" };
  // From the web: how much of it has come.
  const fetching = typeof photo.share === "number";
  return { state: "reading", ...(fetching && { fetching, share: photo.share }) };
}

function ofAttempt(attempt) {
  const { status, error } = attempt;
  if (status === "failed") return { state: "failed", words: attempt.words, error, remedy: REMEDIES[error] ?? "again" };
  if (status === "cancelled") return { state: "cancelled", remedy: "again" };
  if (status === "starting") return { state: "starting", words: attempt.words, share: attempt.share };
  if (status === "queued") return { state: "queued", place: attempt.place, cancel: true };
  if (status === "running") {
    const { step_words: words, share, look } = attempt;
    return { state: "running", words, share, cancel: true, ...(look && { picture: look }) };
  }
  return { state: status, picture: attempt.preview };
}

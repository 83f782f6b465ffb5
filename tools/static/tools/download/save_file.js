/** Have the browser save what is at that address, under the name that the server gives it. */
export function saveFile(url) {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}

/** Milliseconds between two looks at something that is being made. */
const STEP = 400;

/** Look at something again and again until it is over; null when `wanted` says that nobody cares. */
export async function pollUntilDone(first, look, { wanted = () => true, onNews = () => {} } = {}) {
  let found = first;
  while (found.status === "queued" || found.status === "running") {
    onNews(found);
    await new Promise((next) => setTimeout(next, STEP));
    if (!wanted()) return null;
    found = (await look(found)) ?? found;
  }
  return found;
}

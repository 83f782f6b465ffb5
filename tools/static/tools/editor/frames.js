// Milliseconds after which nobody waits for a frame: a page in the background draws none.
const HIDDEN = 200;

/** Once the page has shown what was done to it: on a slow phone the rest may take a second. */
export function waitForFrame() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, HIDDEN);
  });
}

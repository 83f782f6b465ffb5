/* Runs before the first paint, on pages of which half of the visitors see a variant. The lot is one
   of 256 numbers that this browser draws and keeps: too few to know anybody by. Whoever is not to be
   counted, keeps nothing or reads for a search engine sees the page as it is. */
(() => {
  const number = Number(document.currentScript.dataset.variant);
  const { doNotTrack, globalPrivacyControl, userAgent } = navigator;
  if (doNotTrack === "1" || globalPrivacyControl || /bot|crawl|spider|slurp/i.test(userAgent)) return;
  try {
    let lot = localStorage.getItem("packshot-lot");
    if (lot === null) {
      [lot] = crypto.getRandomValues(new Uint8Array(1));
      localStorage.setItem("packshot-lot", lot);
    }
    // Exactly half of the lots, another half for every variant.
    const which = (Number(lot) * (2 * number + 1) + 73 * number) & 128 ? "b" : "a";
    document.documentElement.dataset.variant = `${number}${which}`;
    if (which === "b") addEventListener("DOMContentLoaded", reorder);
  } catch {
    // Storage is shut: there is nothing to keep a lot in.
  }

  /** Read and focused in the order in which the style sheet shows it from the start. */
  function reorder() {
    document.querySelector(".page-sections")?.prepend(...document.querySelectorAll(".page-sections > [data-first]"));
  }
})();

/** Change a picture without showing an empty one in between; one that cannot be shown is hidden. */
export async function swapImage(image, url) {
  if (image.dataset.shown === (url ?? "")) return;
  image.dataset.shown = url ?? "";
  if (!url) {
    image.hidden = true;
    return;
  }
  const next = new Image();
  // What is waited for comes before thumbnails.
  next.fetchPriority = "high";
  next.src = url;
  const seen = await next.decode().then(
    () => true,
    () => false,
  );
  if (image.dataset.shown !== url) return;
  if (seen) {
    image.src = url;
    image.width = next.naturalWidth;
    image.height = next.naturalHeight;
  }
  image.hidden = !seen;
}

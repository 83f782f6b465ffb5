/** Which of the files a hand gave us are worth sending, and what is wrong with the rest. */

const ENDINGS = /\.(jpe?g|png|webp|avif|hei[cf]|tiff?|bmp|gif)$/i;

/** The id of the refusal that the server would give as well, or null: saves a useless upload. */
export function findRefusal(file, limits) {
  if (file.size === 0) return "empty";
  if (file.size > limits.bytes) return "too-many-bytes";
  if (/svg/.test(file.type) || /\.svgz?$/i.test(file.name)) return "svg";
  if (file.type === "application/pdf" || /\.pdf$/i.test(file.name)) return "pdf";
  if (file.type && !file.type.startsWith("image/") && !ENDINGS.test(file.name)) return "not-an-image";
  return null;
}

/** A pasted picture has the same name each time ("image.png"): the clock tells them apart. */
export function namePastedFile(file, now) {
  if (file.name && !/^image\.\w+$/.test(file.name)) return file;
  const stamp = now.toISOString().slice(0, 19).replace(/[T:]/g, "-");
  return new File([file], `pasted-${stamp}.${file.type.split("/")[1] ?? "png"}`, {
    type: file.type,
  });
}

/** What a photo from the web is called until it is here: its file, or the site that has it. */
export function readUrlName(address) {
  try {
    const { pathname, hostname } = new URL(address);
    return pathname.split("/").pop() || hostname;
  } catch {
    return address;
  }
}

/** Does a drag carry files at all? Text and links are left to the browser. */
export function carriesFiles(transfer) {
  return Boolean(transfer) && [...transfer.types].includes("Files");
}

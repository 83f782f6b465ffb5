import { setSlotText } from "../dom.js";
import { getMessage } from "../messages.js";

/** The picture of an attempt on its card; until that is there, what it is made from and how it stands. */
export function drawAttemptCard(card, { status, share, picture, from }) {
  const [image, bar, face] = ["img", "progress", ".face"].map((part) => card.querySelector(part));
  const url = picture ?? from;
  const settle = () => {
    face.hidden = card.dataset.status === "done";
  };
  card.dataset.status = status;
  image.hidden = !url;
  if (url && image.getAttribute("src") !== url) {
    image.src = url;
    image.decode().then(settle, settle);
  } else settle();
  bar.hidden = status !== "running";
  bar.value = share ?? 0;
  if (status !== "done") setSlotText(face, "state", getMessage(`strip.${status}`));
}

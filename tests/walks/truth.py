"""What a delivered file is held against: mattes that are known, not what the site says of itself."""

import io
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from tools.storage.samples import FOLDER

ROOT = Path(__file__).resolve().parents[2]

MATTES = ROOT / "tests" / "data" / "samples"
WHITE = 250


class WrongFileError(Exception):
    """The delivered file is not what was wished for."""


@dataclass(frozen=True)
class Known:
    """A photo, as bytes of a file, and the matte (h, w) in 0..255 of what it shows."""

    name: str
    photo: bytes
    matte: np.ndarray

    @property
    def upload(self):
        return {"name": self.name, "mimeType": "image/jpeg", "buffer": self.photo}


def sample(name="mug-on-paper"):
    """One of our own, written anew: as bytes it is nobody's sample, and it costs what a photo costs."""
    with Image.open(FOLDER / f"{name}.jpg") as picture:
        photo = jpeg(np.asarray(picture.convert("RGB")))
    return Known(f"{name}.jpg", photo, matte_of(name))


def matte_of(name):
    with Image.open(MATTES / f"{name}.alpha.png") as picture:
        return np.asarray(picture.convert("L"))


def window():
    """A thin dark frame around a pane that looks like the paper behind it. Whoever finds products
    sees an empty frame, and only its seller knows that the pane is glass and belongs to it.
    """
    paper = np.random.default_rng(4).normal(228, 2.5, (900, 1200, 3))
    matte = np.zeros((900, 1200), np.uint8)
    cv2.rectangle(matte, (340, 200), (860, 720), 255, -1)
    frame = matte.copy()
    cv2.rectangle(frame, (380, 240), (820, 680), 0, -1)
    paper[frame > 0] = (52, 64, 96)
    soft = cv2.GaussianBlur(np.clip(paper, 0, 255).astype(np.uint8), (3, 3), 0)
    return Known("window.jpg", jpeg(soft), matte)


def stripes():
    """A ground that no scene of ours looks like."""
    rows = np.arange(1000)[:, None] // 50 % 2
    ground = np.where(rows[..., None] == 0, (214, 30, 160), (20, 190, 90)) * np.ones((1, 1400, 1))
    return {
        "name": "stripes.jpg",
        "mimeType": "image/jpeg",
        "buffer": jpeg(ground.astype(np.uint8)),
    }


def jpeg(pixels):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=93)
    return buffer.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


def hold(claim, words):
    if not claim:
        raise WrongFileError(words)


def overlap(data, matte):
    """How far a file's alpha and a matte agree: intersection over union."""
    picture = opened(data)
    hold(picture.mode in {"RGBA", "LA"}, f"no transparency: {picture.mode}")
    hold(picture.size == matte.shape[::-1], f"{picture.size}, not {matte.shape[::-1]}")
    found, true = np.asarray(picture)[..., -1] > 127, matte > 127
    return (found & true).sum() / (found | true).sum()


def is_cut_out(data, matte, least=0.95):
    hold((share := overlap(data, matte)) >= least, f"IoU {share:.3f}, not {least}")
    return f"IoU {share:.3f}"


def is_on_white(data, known):
    """White wherever the matte, with a margin, has nothing; the photo's own pixels inside it."""
    picture = opened(data)
    hold(picture.format == "JPEG", f"{picture.format}, not JPEG")
    pixels = np.asarray(picture.convert("RGB")).astype(int)
    hold(pixels.shape[:2] == known.matte.shape, f"{picture.size}")
    margin = np.ones((41, 41), np.uint8)
    beyond = cv2.dilate(known.matte, margin) == 0
    white = (pixels[beyond].min(1) >= WHITE).mean()
    hold(white > 0.99, f"{white:.1%} white around it")
    within = cv2.erode(known.matte, margin) == 255
    off = np.abs(pixels - np.asarray(opened(known.photo).convert("RGB")))[within].mean()
    hold(off < 6, f"inside it {off:.1f} of 255 from the photo")
    return f"{white:.1%} white, inside {off:.1f} off"


def is_for_amazon(data):
    """At least 1000 pixels, square, pure white at the border, the product 85 % of it or more."""
    picture = opened(data).convert("RGB")
    pixels = np.asarray(picture)
    hold(min(picture.size) >= 1000 and picture.width == picture.height, f"{picture.size}")
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    hold((border == 255).all(), "the border is not pure white")
    rows, columns = np.nonzero(pixels.min(2) < WHITE)
    fill = max(np.ptp(rows), np.ptp(columns)) / picture.width
    hold(0.84 <= fill < 1, f"the product fills {fill:.0%}")
    return f"{picture.width} px, fills {fill:.0%}"


def is_on_stripes(data):
    picture = opened(data).convert("RGB")
    pixels = np.asarray(picture).astype(int)
    border = np.concatenate([pixels[:, 0], pixels[:, -1]])
    colours = np.array([(214, 30, 160), (20, 190, 90)])
    near = np.abs(border[:, None] - colours).sum(2).min(1) < 120
    hold(near.mean() > 0.85, f"{near.mean():.0%} of the border is the ground that was given")
    return f"{near.mean():.0%} of the border is the ground"


def is_same_product_elsewhere(first, data):
    """The same pixels where the product is, others around it."""
    one, two = (np.asarray(opened(each).convert("RGB")).astype(int) for each in (first, data))
    hold(one.shape == two.shape, f"{one.shape}, then {two.shape}")
    same = np.abs(one - two).max(2) <= 2
    edge = np.concatenate([same[0], same[-1], same[:, 0], same[:, -1]]).mean()
    hold(same.mean() > 0.05, f"only {same.mean():.1%} is as it was")
    hold(edge < 0.5, f"{edge:.0%} of the border is as it was: the same scene")
    return f"{same.mean():.0%} as it was, {edge:.0%} of the border"

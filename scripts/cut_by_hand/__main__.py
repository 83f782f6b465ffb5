"""Mattes of the photographed samples, from outlines drawn by hand: `python -m scripts.cut_by_hand`.

`outlines.json` has them in pixels of the photo, drawn at four times its size and looked at over it.
Writes each matte beside the rendered ones, and the photo's thumbnails; with `--look FOLDER` also
the photo with its outline, to be looked at again. No engine has a part in it.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scripts.render_samples import output

OUTLINES = Path(__file__).with_name("outlines.json")
# Drawn this much finer than the photo, and made smaller: that softens the edge over a pixel.
FINER, LOOKED_AT, SHIFT = 8, 5, 4
HALF = 127
GREEN = (0, 255, 0)

Grey = NDArray[np.uint8]
Outline = list[list[float]]


def draw_matte(product: Outline, holes: list[Outline], size: tuple[int, int]) -> Grey:
    """(h, w) in 0..255: how much of each pixel is the product's."""
    width, height = size
    fine = np.zeros((height * FINER, width * FINER), np.uint8)
    for outline, value in ((product, 255), *((hole, 0) for hole in holes)):
        corners = np.round(np.array(outline) * FINER * 2**SHIFT).astype(np.int32)
        cv2.fillPoly(fine, [corners], value, shift=SHIFT)
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.uint8)


def draw_over(photo: Image.Image, matte: Grey) -> Image.Image:
    """The photo in large with the matte's outline on it."""
    size = (photo.width * LOOKED_AT, photo.height * LOOKED_AT)
    large = np.asarray(photo.resize(size, Image.Resampling.BICUBIC)).copy()
    inside = cv2.resize(matte, size, interpolation=cv2.INTER_CUBIC) > HALF
    found, _ = cv2.findContours(inside.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(large, found, -1, GREEN, 1)
    return Image.fromarray(large)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", type=Path, help="where photos with their outlines go")
    looked = parser.parse_args().look
    for name, drawn in json.loads(OUTLINES.read_text("utf-8")).items():
        photo = Image.open(output.PICTURES / f"{name}.jpg").convert("RGB")
        matte = draw_matte(drawn["product"], drawn["holes"], photo.size)
        output.publish_matte(name, photo, Image.fromarray(matte))
        if looked:
            looked.mkdir(parents=True, exist_ok=True)
            draw_over(photo, matte).save(looked / f"{name}.png")


if __name__ == "__main__":
    main()

"""The calibration curve as a picture: what was said against what was so."""

from collections.abc import Sequence

import cv2
import numpy as np

from tools.pipeline.pixels import Rgb

SIDE, MARGIN = 480, 60
PAPER, INK, FAINT, LINE = (255, 255, 255), (30, 30, 30), (205, 205, 205), (20, 110, 190)
FONT = cv2.FONT_HERSHEY_SIMPLEX


def draw_calibration(slices: Sequence[tuple[float, float, int]], threshold: float) -> Rgb:
    """A picture (H×W×3 uint8 sRGB): `slices` as `calibration.calibration` gives them: a dot for each, as large as the root of how
    many pictures it is of; on the diagonal, what was said is so. From the threshold on it is "sure".
    """
    picture = np.full((SIDE + 2 * MARGIN, SIDE + 2 * MARGIN, 3), PAPER, np.uint8)

    def at(said: float, so: float) -> tuple[int, int]:
        return round(MARGIN + said * SIDE), round(MARGIN + (1 - so) * SIDE)

    for tenth in range(0, 11, 2):
        share = tenth / 10
        cv2.line(picture, at(share, 0), at(share, 1), FAINT)
        cv2.line(picture, at(0, share), at(1, share), FAINT)
        x, y = at(share, 0)
        cv2.putText(picture, f"{share:.1f}", (x - 12, y + 20), FONT, 0.42, INK, 1, cv2.LINE_AA)
        x, y = at(0, share)
        cv2.putText(picture, f"{share:.1f}", (x - 36, y + 5), FONT, 0.42, INK, 1, cv2.LINE_AA)
    cv2.line(picture, at(0, 0), at(1, 1), INK, 1, cv2.LINE_AA)
    cv2.line(picture, at(threshold, 0), at(threshold, 1), LINE, 1, cv2.LINE_AA)
    points = np.array([at(said, so) for said, so, _ in slices], np.int32)
    cv2.polylines(picture, [points], isClosed=False, color=LINE, thickness=2, lineType=cv2.LINE_AA)
    for count, (x, y) in zip((each[2] for each in slices), points.tolist(), strict=True):
        cv2.circle(picture, (x, y), 3 + round(count**0.5), LINE, cv2.FILLED, cv2.LINE_AA)
        cv2.putText(picture, str(count), (x + 10, y - 8), FONT, 0.4, INK, 1, cv2.LINE_AA)
    words = ("confidence said", "share at IoU 0.9 or more", "sure from here")
    cv2.putText(picture, words[0], (MARGIN, SIDE + 2 * MARGIN - 14), FONT, 0.5, INK, 1, cv2.LINE_AA)
    cv2.putText(picture, words[1], (8, 28), FONT, 0.5, INK, 1, cv2.LINE_AA)
    x, _ = at(threshold, 1)
    cv2.putText(picture, words[2], (x - 100, 52), FONT, 0.42, LINE, 1, cv2.LINE_AA)
    return Rgb(picture)

"""What the pictures are drawn with: one throw of the dice per picture, the same for the same seed."""

import random
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

# Each picture is made by one process; threads of OpenCV would only take turns with the training.
cv2.setNumThreads(0)

Plane = NDArray[np.float32]  # (H, W), 0..1
Colours = NDArray[np.float32]  # (H, W, 3), RGB, 0..1


@dataclass(frozen=True)
class Dice:
    """`own` throws single numbers, `many` whole planes."""

    own: random.Random
    many: np.random.Generator

    def chance(self, share: float) -> bool:
        return self.own.random() < share

    def between(self, low: float, high: float) -> float:
        return self.own.uniform(low, high)


def thrown(seed: str) -> Dice:
    own = random.Random(seed)
    return Dice(own, np.random.default_rng(own.getrandbits(32)))


def opened(path: Path) -> Colours:
    return rgb(cv2.imread(str(path))).astype(np.float32) / 255


def rgb(bgr: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def shrunk(picture: Colours, side: int) -> Colours:
    return cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)


def blurred(plane: Plane | Colours, sigma: float) -> Plane | Colours:
    return cv2.GaussianBlur(plane, (0, 0), sigma)


def recoloured(
    picture: Colours, dice: Dice, turn: float = 180, saturation: tuple[float, float] = (0.4, 1.6)
) -> Colours:
    hsv = cv2.cvtColor(np.clip(picture, 0, 1), cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0] + dice.between(-turn, turn)) % 360
    hsv[..., 1] = np.clip(hsv[..., 1] * dice.between(*saturation), 0, 1)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)


def clouds(side: int, dice: Dice, octaves: int = 4) -> Plane:
    """Uneven light, or the grain of a surface, about 0."""
    plane = np.zeros((side, side), np.float32)
    for octave in range(octaves):
        cells = max(2, int(dice.between(2, 5) * 2**octave))
        grid = dice.many.random((cells, cells), np.float32) - 0.5
        plane += cv2.resize(grid, (side, side), interpolation=cv2.INTER_CUBIC) / 1.7**octave
    return plane


def over(below: Colours, above: Colours, share: Plane) -> Colours:
    return below * (1 - share[..., None]) + above * share[..., None]

from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray


@dataclass(frozen=True)
class Staged:
    """A drawn picture whose true alpha is known."""

    photo: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    subject: NDArray[np.float32]  # its colours before they were mixed, 0..1


def cloth(side: int, colour: tuple[float, float, float], rough: float) -> NDArray[np.float32]:
    random = np.random.default_rng(3)
    grain = cv2.GaussianBlur(random.normal(0, 1, (side, side, 3)).astype(np.float32), (0, 0), 1.2)
    fall = np.linspace(1.05, 0.92, side, dtype=np.float32)[:, None, None]
    return np.clip((np.array(colour, np.float32) + rough * grain) * fall, 0, 1)


def staged(side: int = 640, *, handle: bool = True) -> Staged:
    """A red mug, with a hole in its handle, on grey-green cloth."""
    big = 4 * side
    alpha = np.zeros((big, big), np.uint8)
    cv2.rectangle(
        alpha, (int(0.3 * big), int(0.3 * big)), (int(0.6 * big), int(0.75 * big)), 255, -1
    )
    if handle:
        middle = int(0.6 * big), int(0.52 * big)
        cv2.ellipse(alpha, middle, (int(0.14 * big), int(0.15 * big)), 0, 0, 360, 255, big // 24)
    alpha = cv2.resize(alpha, (side, side), interpolation=cv2.INTER_AREA)
    subject = cloth(side, (0.72, 0.13, 0.1), 0.02)
    share = alpha[..., None].astype(np.float32) / 255
    mixed = share * subject + (1 - share) * cloth(side, (0.55, 0.62, 0.56), 0.03)
    return Staged(np.round(mixed * 255).astype(np.uint8), alpha, subject)


@pytest.fixture(scope="session")
def mug() -> Staged:
    return staged()


@pytest.fixture(scope="session")
def lawn() -> NDArray[np.uint8]:
    random = np.random.default_rng(5)
    blades = random.normal(0, 1, (500, 640)).astype(np.float32)
    blades = cv2.GaussianBlur(blades, (0, 0), 1, sigmaY=3) * 2
    green = np.array([0.3, 0.48, 0.18], np.float32) * (1 + 0.35 * blades[..., None])
    return np.round(np.clip(green, 0, 1) * 255).astype(np.uint8)

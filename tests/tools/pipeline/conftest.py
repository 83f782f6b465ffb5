from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray


def soft_bottle(width=200, height=250, *, fill=0.7, colour=(40, 90, 160)):
    """(photo, alpha): a soft-edged bottle in the middle, on a ground that shows at its edge."""
    alpha = np.zeros((height, width), np.uint8)
    tall = int(height * fill)
    top, wide = (height - tall) // 2, int(tall * 0.34)
    left = (width - wide) // 2
    cv2.rectangle(alpha, (left, top + tall // 3), (left + wide, top + tall), 255, -1)
    cv2.rectangle(alpha, (left + wide // 3, top), (left + 2 * wide // 3, top + tall // 3), 255, -1)
    alpha = cv2.GaussianBlur(alpha, (0, 0), 1.2)
    photo = np.full((height, width, 3), (200, 190, 170))
    photo[alpha > 0] = colour
    photo = photo + np.random.default_rng(3).integers(-12, 13, photo.shape)
    return np.clip(photo, 0, 255).astype(np.uint8), alpha


@pytest.fixture
def bottle():
    """Makes a photo and its alpha."""
    return soft_bottle


@pytest.fixture
def cut_at():
    """Makes the alpha of a block that runs off the photo at the edge named."""

    def make(edge, side=200):
        alpha = np.zeros((side, side), np.uint8)
        near, far = slice(0, side // 2), slice(side // 2, None)
        middle = slice(side * 3 // 10, side * 7 // 10)
        part = {
            "left": (middle, near),
            "right": (middle, far),
            "top": (near, middle),
            "bottom": (far, middle),
        }
        alpha[part[edge]] = 255
        return alpha

    return make


@dataclass(frozen=True)
class Written:
    photo: NDArray[np.uint8]
    letters: NDArray[np.uint8]


@pytest.fixture(scope="session")
def written():
    """A label with a line of writing in its lower half."""
    letters = np.zeros((300, 400), np.uint8)
    cv2.putText(letters, "Organic Tea 250 g", (40, 220), cv2.FONT_HERSHEY_SIMPLEX, 1, 255, 2)
    grain = np.random.default_rng(2).normal(0, 2, (300, 400, 3))
    photo = np.where(letters[..., None] > 0, 40, 225) + grain
    return Written(np.clip(photo, 0, 255).astype(np.uint8), letters)

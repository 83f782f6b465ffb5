import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tools.pipeline.pixels import Rgb


def _drawn(height: int, width: int) -> Rgb:
    """Smooth shading, round edges, stripes and a patch of fine cloth: a little of everything."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    picture = np.dstack([90 + 60 * x / width, 120 + 40 * y / height, 110 + 30 * (x + y) / width])
    disc = np.hypot(x - width * 0.35, y - height * 0.4) < height * 0.25
    picture[disc] = (180, 60, 50)
    stripes = (np.sin(x / 5 + y / 9) > 0) & (x > width * 0.7)
    picture[stripes] = (40, 70, 120)
    cloth = (y > height * 0.75) & (x < width * 0.5)
    picture[cloth] += (18 * np.sin(x / 2) * np.sin(y / 2))[cloth][:, None]
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 0.6), 0, 255).astype(np.uint8)


@pytest.fixture
def scene() -> Rgb:
    return _drawn(256, 320)


@pytest.fixture
def label() -> Rgb:
    """Small dark print on a pale label."""
    image = Image.new("RGB", (320, 160), (244, 240, 230))
    draw = ImageDraw.Draw(image)
    for line, size in enumerate((30, 22, 16)):
        words = ("Earl Grey 250 g", "No. 8 / 35 mm B 6", "Best before: 08.2031")[line]
        draw.text((12, 14 + 48 * line), words, (30, 30, 60), ImageFont.load_default(size))
    return np.asarray(image)


@pytest.fixture
def noisy():
    def add(picture: Rgb, sigma: float, seed: int = 3) -> Rgb:
        grain = np.random.default_rng(seed).normal(0, sigma, picture.shape)
        return np.clip(np.rint(picture + grain), 0, 255).astype(np.uint8)

    return add


@pytest.fixture
def as_jpeg():
    def encode(picture: Rgb, quality: int) -> Rgb:
        settings = [cv2.IMWRITE_JPEG_QUALITY, quality]
        data = cv2.imencode(".jpg", picture[..., ::-1], settings)[1]
        return cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1].copy()

    return encode

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image


@pytest.fixture(scope="session")
def quarters() -> np.ndarray:
    """48 rows of 64: four plain quarters of which no turn or mirroring looks like another."""
    picture = np.empty((48, 64, 3), np.uint8)
    picture[:24, :32] = (200, 30, 40)
    picture[:24, 32:] = (30, 180, 60)
    picture[24:, :32] = (40, 60, 190)
    picture[24:, 32:] = (230, 220, 90)
    return picture


@pytest.fixture(scope="session")
def saved() -> Callable[..., bytes]:
    def save(picture: np.ndarray | Image.Image, form: str, **options) -> bytes:
        out = io.BytesIO()
        image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
        if form == "HEIF":
            import pillow_heif

            heif = pillow_heif.HeifFile()
            heif.add_from_pillow(image)
            heif.save(out, quality=options.pop("quality", 95), **options)
        else:
            image.save(out, form, **options)
        return out.getvalue()

    return save

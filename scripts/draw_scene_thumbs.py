"""Draws tools/static/tools/scenes/SLUG.webp for every scene, or for those named as arguments."""

import io
import sys
from pathlib import Path

from PIL import Image

from tools.pipeline.scenes import draw, registry

FOLDER = Path(__file__).parent.parent / "tools" / "static" / "tools" / "scenes"
SIZE = (240, 180)
MOST_BYTES = 6 * 1024


def main(slugs: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for slug in slugs or [scene.slug for scene in registry.SCENES]:
        data = encoded(slug)
        (FOLDER / f"{slug}.webp").write_bytes(data)
        print(f"{slug}: {len(data)} bytes")


def encoded(slug: str) -> bytes:
    """The best quality that fits. Drawn at twice the size: grain costs bytes and shows nothing."""
    width, height = SIZE
    large = Image.fromarray(draw.draw_scene(slug=slug, width=width * 2, height=height * 2))
    small = large.resize(SIZE, Image.Resampling.LANCZOS)
    for quality in range(86, 30, -4):
        buffer = io.BytesIO()
        small.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= MOST_BYTES:
            break
    return buffer.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])

"""How much of a file we are ready to take."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What an upload may ask of us. The first three are for visitors to know, the rest are ours."""

    bytes: int = 25 * MIB
    # What phones call 64 megapixels are 64.2 million.
    pixels: int = 64 * MIB
    frames: int = 1_000
    # So many times its width a picture may be high, or the other way round: the preview of a longer
    # one (two megapixels) would be longer than a WebP can be.
    ratio: int = 100
    # Chunks, boxes and segments walked in one file: real files of 25 MB have under 100,000.
    blocks: int = 200_000
    # What all compressed texts and colour profiles of one file may unfold to.
    metadata: int = 32 * MIB
    # Each scan of a progressive JPEG costs a pass over the whole picture; encoders write 10 to 14.
    scans: int = 64
    # 15 passes over 64 megapixels, 64 over 16.
    scan_pixels: int = 1_010_000_000
    # What decoding lays out beside the picture (whole tiles, masks, layers), in pictures, and how
    # much of that is no matter however small the picture is.
    layers: int = 4
    layer_pixels: int = 4_194_304
    # Over so many pixels, a file with more than `bomb_ratio` pixels to each byte is called a bomb
    # and not just a large picture.
    bomb_pixels: int = 200_000_000
    bomb_ratio: int = 64


DEFAULT = Limits()

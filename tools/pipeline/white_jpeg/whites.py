"""White that stays white in a JPEG, also in the blocks that the product reaches into.

What is quantised rings: around an edge the white of its block comes out a few levels darker here
and brighter there. But a decoder cuts off what is brighter than white. So the white of such a block
is aimed higher, as far above 255 as it takes for the darkest of it to end at 255 (known from
mozjpeg as overshoot deringing). A colour has no such end: there the coefficients are whole numbers
in steps of one, and those are looked for with which no white pixel has a tint that is a level.
"""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats, Mask, Rgb
from tools.pipeline.white_jpeg.blocks import as_blocks, restore, transform

# Smaller spots of 255 are highlights of the product, not paper.
PAPER = 256
# Brightness about 0 of 255, with what decoders differ by.
WHITE = 127.25
# The blue and the red difference between which brightness of 255 comes out as 255 in all three: of
# the blue a level more still rounds to that.
BLUE, RED = (-0.42, 1.42), (-0.42, 0.42)
ROUNDS, TURNS = 24, 240
# What the product's pixels weigh beside the paper's in a search; and how much of the colour of its
# edge it has in the next search where one found nothing.
BESIDE, PALER = 0.002, (1, 0.8, 0.6, 0.4, 0.2)
# A coefficient that is not the mean has ten bits.
LARGEST = 1023
# What a coefficient more by 1, or less, changes in a block.
CHANGES = np.concatenate(
    [restore(np.eye(64, dtype=np.float32)), -restore(np.eye(64, dtype=np.float32))]
)


def find_paper(pixels: Rgb, beyond: Mask | None) -> Mask:
    """(H, W) bool: what of a picture (H×W×3 uint8 sRGB) is paper of the purest white: of what lies
    `beyond` the product (H, W), or, where nobody knows that, of areas that are no mere highlights.
    """
    white = np.asarray((pixels == 255).all(2))
    if beyond is not None:
        return np.asarray(white & beyond)
    areas = cv2.connectedComponentsWithStats(white.astype(np.uint8), connectivity=4)
    large = areas[2][:, cv2.CC_STAT_AREA] >= PAPER
    large[0] = False
    return np.asarray(large[areas[1]])


def cut_paper(paper: Mask) -> Mask:
    """(N, 64) bool: where the blocks of a picture are paper (H, W)."""
    return np.asarray(as_blocks(np.asarray(paper, np.float32)[..., None])[:, 0] > 0)


def quantise_bright(blocks: Floats, white: Mask, steps: Floats) -> Floats:
    """The quantised coefficients (N, 64) of blocks of brightness, -128 to 127 (N, 64), by which all that
    is white ends at 255.
    """
    aimed = blocks.copy()
    levels = np.round(transform(aimed) / steps)
    left = np.flatnonzero(white.any(1))
    for _ in range(ROUNDS):
        lack = np.where(white[left], WHITE - restore(levels[left] * steps), 0).clip(0)
        dark = lack.any(1)
        left, lack = left[dark], lack[dark]
        if not left.size:
            break
        aimed[left] += 1.2 * lack
        levels[left] = np.round(transform(aimed[left]) / steps)
    if left.size:
        # What does not come out so is brighter as a whole.
        lack = np.where(white[left], WHITE - restore(levels[left] * steps), 0).max(1).clip(0)
        levels[left, 0] += np.ceil(8 * lack / steps[0])
    levels[:, 1:] = levels[:, 1:].clip(-LARGEST, LARGEST)
    return levels


def quantise_tint(
    blocks: Floats, white: Mask, coarse: Floats, *, tint: tuple[float, float]
) -> Floats:
    """The coefficients (N, 64), whole numbers, of blocks of a colour, -128 to 127 (N, 64):
    multiples of `coarse` (64,), or as fine as keeps all that is white between the two of `tint`.
    """
    levels = np.round(transform(blocks) / coarse) * coarse
    levels[white.all(1)] = 0
    left = np.flatnonzero(white.any(1) & ~white.all(1))
    for share in PALER:
        if left.size:
            found, done = search(blocks[left] * np.float32(share), white[left], tint)
            levels[left[done]] = found[done]
            left = left[~done]
    levels[left] = 0
    return levels.clip(-LARGEST, LARGEST)


def search(blocks: Floats, white: Mask, tint: tuple[float, float]) -> tuple[Floats, Mask]:
    """Coefficients (N, 64) of blocks (N, 64), of any range, that keep what is white between the two, and for which
    blocks they do (N): one is changed by 1 after the other, whichever brings all nearest, and is not
    changed back at once.
    """
    middle, half = sum(tint) / 2, (tint[1] - tint[0]) / 2
    aimed = np.where(white, np.float32(middle), blocks)
    levels = np.round(transform(aimed))
    shown, lately = restore(levels), np.zeros((len(blocks), len(CHANGES)), np.int64)
    left, done = np.arange(len(blocks)), np.zeros(len(blocks), bool)
    for turn in range(1, TURNS + 1):
        off = shown[left] - aimed[left]
        good = (np.where(white[left], np.abs(off), 0) < half).all(1)
        done[left[good]] = True
        left, off = left[~good], off[~good]
        if not left.size:
            break
        paper = 1 + 8 * (np.abs(off) > 0.9 * half)
        weight = np.asarray(np.where(white[left], paper, BESIDE), np.float32)
        worse = 2 * (weight * off) @ CHANGES.T + weight @ (CHANGES**2).T
        best = np.where(lately[left] > turn, np.inf, worse).argmin(1)
        shown[left] += CHANGES[best]
        levels[left, best % 64] += np.where(best < 64, 1, -1)
        lately[left, best] = turn + 2
        lately[left, (best + 64) % 128] = turn + 8
    return levels, done

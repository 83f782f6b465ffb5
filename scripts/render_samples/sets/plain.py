"""Plain sets: a paper sweep, a desk against a wall."""

import math

from scripts.render_samples import light, materials
from scripts.render_samples.meshes import box, sheet
from scripts.render_samples.scene import Point, place


def sweep(colour: str = "#e9e6e0", size: float = 1.0, roughness: float = 0.8) -> None:
    """Paper that rises behind the product in one curve. `size` is about the product's height × 4."""
    stuff = materials.paint(colour, roughness, relief=0.00025)

    def shape(u: float, v: float) -> Point:
        run = (v * 6 - 2.2) * size
        bend = 0.5 * size
        start = 0.9 * size
        x = (u - 0.5) * 7 * size
        if run < start:
            return (x, run, 0)
        turn = min((run - start) / bend, math.pi / 2)
        rest = max(run - start - bend * math.pi / 2, 0)
        return (x, start + bend * math.sin(turn), bend * (1 - math.cos(turn)) + rest)

    sheet("paper", 4, 120, shape, stuff)


def studio(size: float = 0.5, power: float = 1.0) -> None:
    """One large soft box from the left, a fill from the right, a strip behind for the edge."""
    light.room("#cfcfcf", "#77736c", 0.22)
    key, fill, edge = 62 * power * size**2, 5 * power * size**2, 16 * power * size**2
    light.soft_box(
        (-1.7 * size, -0.35 * size, 1.5 * size),
        (0, 0, 0.2 * size),
        (0.9 * size, 0.9 * size),
        key,
        5400,
    )
    light.soft_box(
        (1.9 * size, -0.9 * size, 0.9 * size), (0, 0, 0.2 * size), (0.8 * size, 1.6 * size), fill
    )
    light.soft_box(
        (0.7 * size, 1.3 * size, 1.9 * size), (0, 0, 0.2 * size), (1.6 * size, 0.4 * size), edge
    )


def desk(
    wall: str = "#c9d0cc",
    board: tuple[str, str] = ("#c79b6b", "#8a5f38"),
    depth: float = 0.5,
    fine: float = 1,
) -> None:
    """A wooden desk, window light from the left, a painted wall out of focus."""
    top = box(
        "desk",
        (3, depth + 1.6, 0.04),
        materials.wood(*board, roughness=0.38, fine=fine),
        bevel=0.003,
    )
    place(top, (0, depth - (depth + 1.6) / 2, -0.04))
    place(box("wall", (6, 0.1, 4), materials.paint(wall), bevel=0.001), (0, depth + 0.25, -1.2))
    light.room("#d9d6d0", "#6f6255", 0.5, ((-75, 50, 9),))
    light.soft_box((-1.5, -0.25, 0.95), (0, 0, 0.05), (1.0, 1.2), 44, 5900)

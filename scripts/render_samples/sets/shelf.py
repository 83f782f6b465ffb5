"""A lived-in bookshelf: upright books, a trailing pot, a frame. The product stands in the gap."""

import random

from scripts.render_samples import light, materials, things
from scripts.render_samples.meshes import box
from scripts.render_samples.products.plant import plant
from scripts.render_samples.scene import place

COVERS = (
    "#7d3f31",
    "#2f4453",
    "#c9b78f",
    "#55664f",
    "#a8794d",
    "#d8d0c0",
    "#3b3a42",
    "#8f9aa0",
    "#b6582f",
)
TITLES = (
    "THE LONG FJORD", "SALT & STONE", "A WINTER GARDEN", "HAREBELL", "NORTH OF SIXTY", "THE QUIET ROOM",
    "BREAD", "LETTERS FROM VARDØ", "COLOUR AND LIGHT", "THE ISLANDERS", "SMALL HOUSES",
)  # fmt: skip


def upright(left: float, count: int, *, lean: float = 0) -> float:
    """Books standing side by side from `left`; returns where the last one ends."""
    x = left
    for index in range(count):
        thick, tall, deep = (
            random.uniform(0.016, 0.038),
            random.uniform(0.19, 0.25),
            random.uniform(0.13, 0.16),
        )
        book = things.book(
            (tall, deep, thick),
            COVERS[(index * 4 + count) % len(COVERS)],
            TITLES[(index * 3 + count * 5) % len(TITLES)],
        )
        slant = lean if index == count - 1 else random.uniform(-0.6, 0.6)
        # The spine, which lies at -y, stays towards the camera; the length stands up.
        place(book, (x + thick, 0.06 + random.uniform(-0.008, 0.01), tall / 2), (0, -90 + slant, 0))
        x += thick + 0.0015
    return x


def shelf(wall: str = "#cfc6b6") -> None:
    oak = materials.wood("#b98a58", "#74491f", roughness=0.4)
    for height in (-0.024, 0.34):
        place(box("board", (2.2, 0.3, 0.024), oak, bevel=0.0025), (0, 0.05, height))
    place(box("wall", (5, 0.1, 3), materials.paint(wall), bevel=0.001), (0, 0.26, -1.4))
    upright(-0.5, 16, lean=3)
    upright(0.2, 6)
    place(things.bowl("#8a9a94", "#c9b79c"), (0.47, 0.06, 0), scale=0.7)
    stack = 0.0
    for thick, colour in ((0.03, "#2f4453"), (0.024, "#c9b78f")):
        place(
            things.book((0.2, 0.15, thick), colour),
            (-0.02, 0.1, 0.364 + stack),
            (0, 0, random.uniform(-8, 8)),
        )
        stack += thick
    place(plant(leaves=40), (-0.3, 0.07, 0.364), scale=0.7)
    upright(-0.46, 9)
    light.room("#d0cbc2", "#6f5d4c", 0.5, ((-70, 50, 8), (-140, 50, 7)))
    light.soft_box((-1.1, -1.3, 0.9), (0, 0.05, 0.1), (0.9, 1.3), 42, 5500)
    light.soft_box((1.2, -0.8, 0.6), (0.1, 0.1, 0.1), (0.5, 0.5), 7, 3400)

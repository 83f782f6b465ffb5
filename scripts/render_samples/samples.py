"""The list: which product stands on which set, seen from where, and the words that go with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import bpy

from scripts.render_samples.products.bear import bear
from scripts.render_samples.products.bottle import bottle
from scripts.render_samples.products.headphones import headphones
from scripts.render_samples.products.lamp import lamp
from scripts.render_samples.products.mug import mug
from scripts.render_samples.products.plant import plant
from scripts.render_samples.products.tea import tea
from scripts.render_samples.products.tote import tote
from scripts.render_samples.products.tumbler import tumbler
from scripts.render_samples.products.watch import watch
from scripts.render_samples.scene import View, place, settle
from scripts.render_samples.sets import kitchen, living_room, plain, shelf, workbench

LANDSCAPE, PORTRAIT, SQUARE = (1600, 1200), (1200, 1600), (1600, 1600)


@dataclass(frozen=True)
class Sample:
    name: str
    title: str
    alt: str
    category: str
    kind: Literal["plain", "cluttered"]
    size: tuple[int, int]
    compose: Callable[[], tuple[bpy.types.Object, View]]


def mug_on_paper() -> tuple[bpy.types.Object, View]:
    plain.sweep("#93ab9f", 0.5)
    plain.studio(0.5)
    return place(mug(), turn=(0, 0, -28)), View(
        (0.05, -0.62, 0.25), (0.014, 0, 0.046), 105, 22, exposure=0.35
    )


def bottle_in_kitchen() -> tuple[bpy.types.Object, View]:
    kitchen.table()
    return place(bottle(), turn=(0, 0, 8)), View(
        (0.05, -0.72, 0.24), (0.0, 0, 0.095), 74, 9, exposure=0.45
    )


def tote_on_rug() -> tuple[bpy.types.Object, View]:
    living_room.floor()
    return place(tote(), turn=(0, 0, 22)), View(
        (0.1, -1.5, 0.5), (0.0, 0, 0.205), 90, 7, exposure=0.35
    )


def tea_on_paper() -> tuple[bpy.types.Object, View]:
    plain.sweep("#e0d2bd", 0.6)
    plain.studio(0.6)
    return place(tea(), turn=(0, 0, 32)), View(
        (0.04, -0.8, 0.26), (0.0, 0, 0.06), 132, 25, exposure=0.75
    )


def watch_on_desk() -> tuple[bpy.types.Object, View]:
    plain.desk(board=("#8a5c3b", "#4d2f1c"), fine=2.6)
    product = settle(place(watch(), turn=(58, 0, 24)))
    return product, View(
        (0.02, -0.42, 0.13), (0.002, 0, 0.035), 148, 32, focus=(0.01, -0.025, 0.04), exposure=0.45
    )


def plant_by_wall() -> tuple[bpy.types.Object, View]:
    plain.desk("#d9b8a2", ("#e2d3bd", "#b99f80"), depth=0.3)
    return place(plant()), View((0.0, -1.7, 0.42), (0.0, 0, 0.17), 104, 11, exposure=0.75)


def glass_in_kitchen() -> tuple[bpy.types.Object, View]:
    kitchen.table(warm=True)
    return place(tumbler(), turn=(0, 0, 10)), View(
        (-0.06, -0.62, 0.2), (0.012, 0, 0.068), 80, 9, exposure=0.45
    )


def lamp_in_living_room() -> tuple[bpy.types.Object, View]:
    living_room.side_table()
    return place(lamp()), View((-0.1, -2.0, 0.38), (0.0, 0, 0.255), 82, 5.6, exposure=0.4)


def headphones_on_paper() -> tuple[bpy.types.Object, View]:
    plain.sweep("#7f95a6", 0.8)
    plain.studio(0.8)
    return settle(place(headphones(), turn=(-6, 0, 38))), View(
        (0.0, -1.1, 0.36), (0.0, 0, 0.098), 105, 22, exposure=0.5
    )


def bear_on_rug() -> tuple[bpy.types.Object, View]:
    living_room.floor(("#d8d2c6", "#a9a294"), sofa_colour="#5f7a70")
    return place(bear(), turn=(0, 0, 20)), View(
        (0.06, -1.15, 0.36), (0.03, -0.02, 0.13), 80, 11, exposure=0.5
    )


def watch_in_workshop() -> tuple[bpy.types.Object, View]:
    workbench.bench()
    product = settle(place(watch(("#3a3d40", "#191a1c")), turn=(52, 0, -20)))
    return product, View(
        (-0.02, -0.45, 0.16), (0.0, 0, 0.035), 110, 20, focus=(0, -0.025, 0.04), exposure=0.4
    )


def bottle_on_paper() -> tuple[bpy.types.Object, View]:
    plain.sweep("#dcc7b4", 0.7)
    plain.studio(0.7)
    return place(bottle(), turn=(0, 0, -14)), View(
        (0.02, -1.0, 0.3), (-0.004, 0, 0.093), 118, 22, exposure=0.35
    )


def tote_on_paper() -> tuple[bpy.types.Object, View]:
    plain.sweep("#e4e0d8", 1.5)
    plain.studio(1.5)
    return place(tote("#4c5a48", "#2b3529"), turn=(0, 0, -24)), View(
        (0.0, -2.4, 0.62), (0.0, 0, 0.203), 125, 16, exposure=0.5
    )


def tea_in_kitchen() -> tuple[bpy.types.Object, View]:
    kitchen.table()
    return place(tea(), turn=(0, 0, 24)), View(
        (0.03, -0.72, 0.22), (0.012, 0, 0.07), 78, 10, exposure=0.55
    )


def mug_on_shelf() -> tuple[bpy.types.Object, View]:
    shelf.shelf()
    return place(mug("#5f7f86", "#a98a6a"), (0.09, -0.02, 0), (0, 0, -24)), View(
        (0.03, -0.95, 0.16), (0.075, 0, 0.075), 85, 9, exposure=0.45
    )


def headphones_on_side_table() -> tuple[bpy.types.Object, View]:
    living_room.side_table()
    product = settle(
        place(headphones("#2b2d30", ("#3a3a3d", "#1b1b1d")), (-0.02, 0, 0), turn=(-5, 0, -34))
    )
    return product, View((-0.05, -1.15, 0.34), (-0.01, 0, 0.1), 82, 9, exposure=0.75)


SAMPLES = [
    Sample(
        "mug-on-paper", "Stoneware mug on paper", "A speckled cream stoneware mug on pale green paper.",
        "kitchen", "plain", LANDSCAPE, mug_on_paper,
    ),
    Sample(
        "bottle-in-kitchen", "Soap bottle on a kitchen table",
        "An amber glass bottle of hand wash with a black pump, among lemons and a towel on a kitchen table.",
        "beauty", "cluttered", PORTRAIT, bottle_in_kitchen,
    ),
    Sample(
        "tote-on-rug", "Leather tote on a living-room rug",
        "A tan leather tote with rolled handles on a jute rug, a sofa and books behind it.",
        "bags", "cluttered", PORTRAIT, tote_on_rug,
    ),
    Sample(
        "tea-on-paper", "Tea carton on sand-coloured paper",
        "A tea carton printed with northern lights and the name Nordlys Tea, on sand-coloured paper.",
        "food", "plain", SQUARE, tea_on_paper,
    ),
    Sample(
        "watch-on-desk", "Wrist watch on a desk",
        "A steel watch with a blue dial and a brown stitched strap, standing on a wooden desk.",
        "jewellery", "plain", LANDSCAPE, watch_on_desk,
    ),
    Sample(
        "plant-by-wall", "Spider plant against a wall",
        "A spider plant with striped, arching leaves in a ribbed cream pot, before a plain wall.",
        "home", "plain", PORTRAIT, plant_by_wall,
    ),
    Sample(
        "glass-in-kitchen", "Glass of iced water on a kitchen table",
        "A fluted drinking glass with water, ice and a slice of lemon on a kitchen table.",
        "kitchen", "cluttered", LANDSCAPE, glass_in_kitchen,
    ),
    Sample(
        "lamp-in-living-room", "Table lamp in a living room",
        "A green ceramic table lamp with a glowing linen shade on a side table, a sofa behind it.",
        "home", "cluttered", PORTRAIT, lamp_in_living_room,
    ),
    Sample(
        "headphones-on-paper", "Headphones on blue paper",
        "Cream over-ear headphones with brown leather cushions, standing on blue paper.",
        "electronics", "plain", LANDSCAPE, headphones_on_paper,
    ),
    Sample(
        "bear-on-rug", "Teddy bear on a rug",
        "A curly-haired teddy bear in a red scarf on a pale rug, a sofa and a stack of books behind it.",
        "toys", "cluttered", LANDSCAPE, bear_on_rug,
    ),
    Sample(
        "watch-in-workshop", "Wrist watch on a workbench",
        "A steel watch with a blue dial and a black strap among chisels and shavings on a workbench.",
        "jewellery", "cluttered", LANDSCAPE, watch_in_workshop,
    ),
    Sample(
        "bottle-on-paper", "Soap bottle on beige paper",
        "An amber glass bottle of hand wash with a black pump, on beige paper.",
        "beauty", "plain", PORTRAIT, bottle_on_paper,
    ),
    Sample(
        "tote-on-paper", "Green leather tote on white",
        "A dark green leather tote with rolled handles on an off-white studio sweep.",
        "bags", "plain", SQUARE, tote_on_paper,
    ),
    Sample(
        "tea-in-kitchen", "Tea carton on a kitchen table",
        "A carton of Nordlys Tea on an oak kitchen table with jars, a towel and lemons.",
        "food", "cluttered", PORTRAIT, tea_in_kitchen,
    ),
    Sample(
        "mug-on-shelf", "Stoneware mug on a bookshelf",
        "A blue-grey speckled mug in a gap between books on an oak shelf.",
        "kitchen", "cluttered", LANDSCAPE, mug_on_shelf,
    ),
    Sample(
        "headphones-on-side-table", "Headphones on a side table",
        "Black over-ear headphones on a side table with books and a bowl, a sofa behind.",
        "electronics", "cluttered", SQUARE, headphones_on_side_table,
    ),
]  # fmt: skip

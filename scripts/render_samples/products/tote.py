"""A leather tote with rolled handles: two big holes, a soft outline, stitches and brass."""

import math

import bpy
from mathutils import Vector, noise

from scripts.render_samples import labels, materials
from scripts.render_samples.curves import circle
from scripts.render_samples.meshes import box, lathe, sheet, stitches, sweep, thicken, torus
from scripts.render_samples.scene import Point, group, place

HEIGHT = 0.265


def skin(around: float, height: float, out: float = 0) -> Point:
    """The bag's wall, `around` 0..1 from the right side, `out` metres proud of it."""
    rise = height / HEIGHT
    half_width = 0.165 + 0.022 * rise + out
    half_depth = 0.066 - 0.03 * rise**1.6 + out
    round_off = min(height / 0.02, 1)
    inset = 0.012 * (1 - math.sqrt(1 - (1 - round_off) ** 2))
    power = 2 / (4.4 - 1.3 * rise)
    angle = 2 * math.pi * around
    x = math.copysign(abs(math.cos(angle)) ** power, math.cos(angle)) * (half_width - inset)
    y = math.copysign(abs(math.sin(angle)) ** power, math.sin(angle)) * (half_depth - inset)
    lump = noise.noise(Vector((x * 9, y * 9, height * 11))) + 0.5 * noise.noise(
        Vector((x * 22, y * 22 + 5, height * 16))
    )
    soft = 0.0045 * rise * (1.3 - rise) * 2.2
    sag = 0.006 * rise**3 * math.cos(math.pi * x / 0.36) ** 2
    return (
        x * (1 + lump * soft * 3),
        y + math.copysign(lump * soft, y),
        height - sag + 0.002 * rise * lump,
    )


def body(stuff: bpy.types.Material) -> bpy.types.Object:
    def shape(u: float, v: float) -> Point:
        if v < 0.12:
            x, y, _ = skin(u, 0)
            return (x * v / 0.12, y * v / 0.12, 0)
        climb = (v - 0.12) / 0.88
        return skin(u, HEIGHT * (0.35 * climb + 0.65 * climb**1.4))

    return thicken(sheet("tote", 220, 90, shape, stuff, wrap=True), 0.0028)


def hem(
    stuff: bpy.types.Material, thread: bpy.types.Material, low: float, high: float
) -> list[bpy.types.Object]:
    def shape(u: float, v: float) -> Point:
        edge = 0.0006 if 0 < v < 1 else 0
        return skin(u, low + (high - low) * v, 0.0012 + edge)

    steps = [step / 500 for step in range(501)]
    band = thicken(sheet("band", 220, 8, shape, stuff, wrap=True), 0.0018)
    rows = [
        stitches("thread", [skin(step, height, 0.0021) for step in steps], thread)
        for height in (low + 0.004, high - 0.004)
    ]
    return [band, *rows]


def tab(
    side: int,
    x: float,
    leather: bpy.types.Material,
    thread: bpy.types.Material,
    brass: bpy.types.Material,
) -> list[bpy.types.Object]:
    """The patch that holds a handle: side -1 is the front."""
    top, low = HEIGHT - 0.004, HEIGHT - 0.085

    def wall(px: float, height: float, out: float) -> Point:
        quarter = 0.75 if side < 0 else 0.25
        spots = [skin(quarter + step / 1600, height, out) for step in range(-330, 331)]
        return min(spots, key=lambda spot: abs(spot[0] - px))

    def shape(u: float, v: float) -> Point:
        height = low + (top - low) * v
        half = 0.0135 * math.sqrt(max(1 - max(0, (low + 0.0135 - height) / 0.0135) ** 2, 0.02))
        _, y, z = wall(x, height, 0.0032)
        return (x + (u * 2 - 1) * half, y, z)

    patch = thicken(sheet("tab", 10, 40, shape, leather), 0.0026, 0)
    rim = [
        shape(u, v)
        for u, v in [(0.13, 0.97 - step / 30) for step in range(27)]
        + [(0.13 + step / 12 * 0.74, 0.06) for step in range(13)]
        + [(0.87, 0.1 + step / 30) for step in range(27)]
    ]
    seam = stitches(
        "thread", [(px, py + side * 0.0017, pz) for px, py, pz in rim], thread, pitch=0.0036
    )
    rivet_at = wall(x, low + 0.018, 0.0048)
    rivet = lathe(
        "rivet", [(0, 0.0022), (0.0025, 0.002), (0.0042, 0.0011), (0.0046, 0)], brass, turns=32
    )
    place(rivet, rivet_at, (90 if side < 0 else -90, 0, 0))
    return [patch, seam, rivet]


def handle(
    side: int,
    lean: float,
    stuffs: tuple[bpy.types.Material, bpy.types.Material, bpy.types.Material],
) -> list[bpy.types.Object]:
    leather, thread, brass = stuffs
    half = 0.072
    y = side * (abs(skin(0.75, HEIGHT - 0.012)[1]) + 0.004)
    foot = HEIGHT - 0.006
    line = []
    for step in range(91):
        turn = math.pi * step / 90
        rise = 0.147 * math.sin(turn) ** 0.85
        x = -half * math.copysign(abs(math.cos(turn)) ** 0.62, math.cos(turn))
        line.append((x, y + side * lean * rise**1.3 * 2, foot + 0.017 + rise))
    roll = circle(0.0056)
    parts = [sweep("handle", line, roll, leather, up=(0, 1, 0))]
    for x, end in ((-half, line[:7]), (half, line[-7:])):
        ring = torus("ring", 0.0105, circle(0.0017, 16), brass)
        place(ring, (x, y, foot + 0.008), (90, 0, 0))
        cuff = sweep("cuff", end, circle(0.0068), leather, up=(0, 1, 0))
        parts += [ring, cuff, *tab(side, x, leather, thread, brass)]
    return parts


def foil() -> bpy.types.Object:
    """The maker's name, stamped in gold."""

    def shape(u: float, v: float) -> Point:
        x = (u - 0.5) * 0.085
        spots = [skin(0.75 + step / 2400, 0.158 + v * 0.02, 0.0004) for step in range(-300, 301)]
        _, y, z = min(spots, key=lambda spot: abs(spot[0] - x))
        return (x, y, z)

    return sheet("foil", 60, 10, shape, materials.foil(labels.maker()))


def tote(colour: str = "#a8622f", dark: str = "#6d3716") -> bpy.types.Object:
    leather = materials.leather(colour, dark)
    thread, brass = materials.cloth("#e2c9a0", "#b99a6c"), materials.metal("#d9b36a", 0.22)
    stuffs = (leather, thread, brass)
    lining = box(
        "lining", (0.25, 0.07, 0.003), materials.cloth("#6b5a48", "#4c3f32"), at=(0, 0, 0.02)
    )
    parts = [
        body(leather),
        *hem(leather, thread, HEIGHT - 0.02, HEIGHT + 0.0005),
        *hem(leather, thread, 0.004, 0.05),
        lining,
        foil(),
    ]
    return group("tote", [*parts, *handle(-1, 0.55, stuffs), *handle(1, -0.1, stuffs)])

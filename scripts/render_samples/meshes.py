"""Shapes that products are made of: turned, swept, bevelled. Lengths are metres."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import bmesh
import bpy
from mathutils import Vector

from scripts.render_samples.curves import Flat
from scripts.render_samples.scene import Point, add

Thing = bpy.types.Object
Stuff = bpy.types.Material


def build(
    name: str,
    points: Sequence[Point],
    faces: Sequence[Sequence[int]],
    stuff: Stuff | None = None,
    *,
    smooth: bool = True,
) -> Thing:
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], faces)
    work = bmesh.new()
    work.from_mesh(mesh)
    bmesh.ops.remove_doubles(work, verts=work.verts, dist=1e-6)
    bmesh.ops.recalc_face_normals(work, faces=work.faces)
    work.to_mesh(mesh)
    work.free()
    for face in mesh.polygons:
        face.use_smooth = smooth
    if stuff:
        mesh.materials.append(stuff)
    return add(name, mesh)


def lathe(
    name: str,
    profile: Sequence[Flat],
    stuff: Stuff | None = None,
    *,
    turns: int = 128,
    ridges: tuple[int, float, float, float] | None = None,
) -> Thing:
    """Turn a profile of (radius, height) about z. `ridges`: count, depth, from height, to height."""
    points: list[Point] = []
    for radius, height in profile:
        for turn in range(turns):
            angle = 2 * math.pi * turn / turns
            reach = radius
            if ridges and ridges[2] <= height <= ridges[3]:
                reach -= ridges[1] * (0.5 + 0.5 * math.cos(angle * ridges[0]))
            points.append((reach * math.cos(angle), reach * math.sin(angle), height))
    faces = [
        (
            ring * turns + turn,
            ring * turns + (turn + 1) % turns,
            (ring + 1) * turns + (turn + 1) % turns,
            (ring + 1) * turns + turn,
        )
        for ring in range(len(profile) - 1)
        for turn in range(turns)
    ]
    return build(name, points, faces, stuff)


def sweep(
    name: str,
    path: Sequence[Point],
    section: Sequence[Flat],
    stuff: Stuff | None = None,
    *,
    up: Point = (0, 0, 1),
    closed: bool = False,
    swell: Callable[[float], float] = lambda _: 1,
) -> Thing:
    """Pull a section along a path; its y axis stays towards `up`. `swell` scales it along 0..1."""
    line = [Vector(point) for point in path]
    count, sides = len(line), len(section)
    points: list[Point] = []
    for index, here in enumerate(line):
        after = line[(index + 1) % count] if closed else line[min(index + 1, count - 1)]
        before = line[index - 1] if closed or index else line[0]
        along = (after - before).normalized()
        side = along.cross(Vector(up)).normalized()
        over = side.cross(along)
        size = swell(index / (count - 1))
        points += [tuple(here + side * (x * size) + over * (y * size)) for x, y in section]
    faces: list[tuple[int, ...]] = [
        (
            ring * sides + turn,
            ring * sides + (turn + 1) % sides,
            (ring + 1) % count * sides + (turn + 1) % sides,
            (ring + 1) % count * sides + turn,
        )
        for ring in range(count if closed else count - 1)
        for turn in range(sides)
    ]
    if not closed:
        faces += [tuple(range(sides)), tuple(range((count - 1) * sides, count * sides))]
    return build(name, points, faces, stuff)


def box(
    name: str,
    size: Point,
    stuff: Stuff | None = None,
    *,
    bevel: float = 0.001,
    at: Point = (0, 0, 0),
) -> Thing:
    """A box that stands on `at`, its edges rounded."""
    x, y, z = size[0] / 2, size[1] / 2, size[2]
    points = [(sx * x, sy * y, sz * z) for sz in (0, 1) for sy in (-1, 1) for sx in (-1, 1)]
    faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    thing = build(name, points, faces, stuff, smooth=True)
    round_edges(thing, bevel)
    thing.location = at
    return thing


def round_edges(thing: Thing, width: float, segments: int = 4) -> None:
    edges = thing.modifiers.new("edges", "BEVEL")
    edges.width = width
    edges.segments = segments
    edges.harden_normals = True


def subdivide(thing: Thing, levels: int = 2) -> Thing:
    finer = thing.modifiers.new("finer", "SUBSURF")
    finer.levels = finer.render_levels = levels
    return thing


def thicken(thing: Thing, thickness: float, offset: float = -1) -> Thing:
    solid = thing.modifiers.new("solid", "SOLIDIFY")
    solid.thickness = thickness
    solid.offset = offset
    return thing


def melt(name: str, parts: Sequence[Thing], voxel: float, rounds: int, stuff: Stuff) -> Thing:
    """One skin around overlapping closed parts, with fillets where they meet."""
    work = bmesh.new()
    for part in parts:
        shape = part.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
        shape.transform(part.matrix_world)
        work.from_mesh(shape)
    mesh = bpy.data.meshes.new(name)
    work.to_mesh(mesh)
    work.free()
    for part in parts:
        bpy.data.objects.remove(part)
    mesh.materials.append(stuff)
    thing = add(name, mesh)
    skin = thing.modifiers.new("skin", "REMESH")
    skin.mode = "VOXEL"
    skin.voxel_size = voxel
    skin.use_smooth_shade = True
    calm = thing.modifiers.new("calm", "SMOOTH")
    calm.factor = 0.5
    calm.iterations = rounds
    return thing


def ball(name: str, radius: Point, at: Point, stuff: Stuff | None = None) -> Thing:
    """An ellipsoid with its middle on `at`."""
    work = bmesh.new()
    bmesh.ops.create_uvsphere(work, u_segments=48, v_segments=32, radius=1)
    mesh = bpy.data.meshes.new(name)
    for vertex in work.verts:
        vertex.co = Vector(value * scale for value, scale in zip(vertex.co, radius, strict=True))
    work.to_mesh(mesh)
    work.free()
    for face in mesh.polygons:
        face.use_smooth = True
    if stuff:
        mesh.materials.append(stuff)
    thing = add(name, mesh)
    thing.location = at
    bpy.context.view_layer.update()
    return thing


def sheet(
    name: str,
    across: int,
    along: int,
    shape: Callable[[float, float], Point],
    stuff: Stuff | None = None,
    *,
    wrap: bool = False,
) -> Thing:
    """A surface from a function of (u, v) in 0..1, with those as its texture coordinates."""
    columns = across if wrap else across + 1
    points = [
        shape(column / across, row / along) for row in range(along + 1) for column in range(columns)
    ]
    mesh = bpy.data.meshes.new(name)
    faces = [
        (
            row * columns + column,
            row * columns + (column + 1) % columns,
            (row + 1) * columns + (column + 1) % columns,
            (row + 1) * columns + column,
        )
        for row in range(along)
        for column in range(across)
    ]
    mesh.from_pydata(points, [], faces)
    layer = mesh.uv_layers.new(name="uv")
    for face in mesh.polygons:
        face.use_smooth = True
        row, column = divmod(face.index, across)
        corners = ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
        for loop, (u, v) in zip(face.loop_indices, corners, strict=True):
            layer.data[loop].uv = (u / across, v / along)
    if stuff:
        mesh.materials.append(stuff)
    return add(name, mesh)


def stitches(
    name: str,
    path: Sequence[Point],
    stuff: Stuff,
    *,
    pitch: float = 0.0042,
    radius: float = 0.00042,
) -> Thing:
    """Thread along a path: one short fat stitch after another, in one mesh."""
    line = [Vector(point) for point in path]
    points: list[Point] = []
    faces: list[tuple[int, ...]] = []
    walked, due = 0.0, 0.0
    for here, after in pairwise(line):
        step = after - here
        while due < walked + step.length:
            middle = here + step * ((due - walked) / step.length)
            add_stitch(points, faces, middle, step.normalized() * pitch * 0.36, radius)
            due += pitch
        walked += step.length
    return build(name, points, faces, stuff)


def add_stitch(
    points: list[Point], faces: list[tuple[int, ...]], middle: Vector, reach: Vector, radius: float
) -> None:
    along = reach.normalized()
    side = along.orthogonal().normalized()
    over = along.cross(side)
    first, sides = len(points), 8
    for offset, size in ((-1, 0.35), (-0.75, 0.85), (0, 1.0), (0.75, 0.85), (1, 0.35)):
        for turn in range(sides):
            angle = 2 * math.pi * turn / sides
            spoke = side * math.cos(angle) + over * math.sin(angle)
            points.append(tuple(middle + reach * offset + spoke * (radius * size)))
    for ring in range(4):
        for turn in range(sides):
            one, two = first + ring * sides, first + (ring + 1) * sides
            after = (turn + 1) % sides
            faces.append((one + turn, one + after, two + after, two + turn))


def torus(
    name: str,
    radius: float,
    section: Sequence[Flat],
    stuff: Stuff | None = None,
    *,
    stretch: float = 1,
    sides: int = 64,
) -> Thing:
    """A ring about z; `section` is (outwards, up), `stretch` makes it longer along y."""
    points: list[Point] = []
    for side in range(sides):
        angle = 2 * math.pi * side / sides
        points += [
            ((radius + x) * math.cos(angle), (radius + x) * math.sin(angle) * stretch, y)
            for x, y in section
        ]
    count = len(section)
    faces = [
        (
            side * count + turn,
            side * count + (turn + 1) % count,
            (side + 1) % sides * count + (turn + 1) % count,
            (side + 1) % sides * count + turn,
        )
        for side in range(sides)
        for turn in range(count)
    ]
    return build(name, points, faces, stuff)

"""What things are made of: one principled shader each, with the flaws of real surfaces."""

from pathlib import Path

from scripts.render_samples.nodes import Nodes, Socket, Stuff, Value, rgb


def plastic(colour: str, roughness: float = 0.4, *, grain: float = 0.00003) -> Stuff:
    nodes = Nodes("plastic")
    wear = nodes.noise(40, 6)
    return nodes.principled(
        base_color=rgb(colour),
        roughness=nodes.scaled(wear, roughness - 0.06, roughness + 0.08, 0.3, 0.7),
        normal=nodes.bump(nodes.noise(2200, 2), grain),
    )


def metal(colour: str, roughness: float = 0.2, *, brushed: bool = False) -> Stuff:
    nodes = Nodes("metal")
    where = nodes.coords((1, 1, 60)) if brushed else nodes.coords()
    wear = nodes.noise(300 if brushed else 30, 8, where)
    return nodes.principled(
        base_color=rgb(colour),
        metallic=1.0,
        roughness=nodes.scaled(wear, roughness * 0.75, roughness * 1.35, 0.3, 0.7),
    )


def glass(colour: str = "#ffffff", ior: float = 1.5, roughness: float = 0.0) -> Stuff:
    """Clear to shadow rays: without caustics its shadow would be that of a stone."""
    nodes = Nodes("glass")
    nodes.principled(base_color=rgb(colour), transmission_weight=1.0, ior=ior, roughness=roughness)
    shadow = nodes.node("LightPath", {}).outputs["Is Shadow Ray"]
    clear = nodes.node("BsdfTransparent", {"Color": rgb(colour)}).outputs[0]
    both = nodes.node("MixShader", {0: shadow, 1: nodes.surface.outputs[0], 2: clear})
    nodes.tree.links.new(both.outputs[0], nodes.output.inputs[0])
    return nodes.stuff


def tinted_glass(colour: str, density: float) -> Stuff:
    """Glass that darkens with its thickness; `density` is per metre."""
    stuff = glass()
    tree = stuff.node_tree
    absorb = tree.nodes.new("ShaderNodeVolumeAbsorption")
    absorb.inputs[0].default_value = rgb(colour)
    absorb.inputs[1].default_value = density
    tree.links.new(absorb.outputs[0], tree.nodes["Material Output"].inputs["Volume"])
    return stuff


def stoneware(glaze: str, clay: str, bare_below: float) -> Stuff:
    """Speckled glaze over raw clay, which shows below a height and through the glaze on edges."""
    nodes = Nodes("stoneware")
    height = nodes.node("SeparateXYZ", {0: nodes.coords()}).outputs[2]
    edge = nodes.maths("ADD", height, nodes.scaled(nodes.noise(60, 3), -0.0012, 0.0012))
    glazed = nodes.scaled(edge, 0, 1, bare_below - 0.0002, bare_below + 0.0002)
    cells = nodes.node("TexVoronoi", {"Vector": nodes.coords(), "Scale": 260.0, "Randomness": 1.0})
    big = nodes.node("SeparateColor", {0: cells.outputs["Color"]}).outputs[0]
    reach = nodes.scaled(big, 0.0, 0.34, 0.55, 1.0)
    speckle = nodes.maths("LESS_THAN", cells.outputs["Distance"], reach)
    cloud = nodes.mix(nodes.scaled(nodes.noise(18, 5), 0, 0.25, 0.3, 0.7), rgb(glaze), rgb(clay))
    spots = nodes.mix(nodes.maths("MULTIPLY", speckle, 0.62), cloud, rgb("#4a3626"))
    raw = nodes.mix(nodes.scaled(nodes.noise(400, 6), 0, 1), rgb(clay), rgb("#8d6e52"))
    rough_clay = nodes.bump(nodes.noise(1500, 4), 0.0002)
    wavy = nodes.bump(nodes.noise(35, 3), 0.0009, 0.5)
    normal = nodes.node("Mix", {0: glazed}, data_type="VECTOR")
    nodes.fill(normal, {4: rough_clay, 5: wavy})
    return nodes.principled(
        base_color=nodes.mix(glazed, raw, spots),
        roughness=nodes.scaled(glazed, 0.85, 0.24),
        coat_weight=nodes.scaled(glazed, 0.0, 0.5),
        coat_roughness=0.12,
        normal=normal.outputs[1],
    )


def leather(colour: str, dark: str, roughness: float = 0.45, fine: float = 1) -> Stuff:
    nodes = Nodes("leather")
    where = nodes.coords()
    cells = nodes.node(
        "TexVoronoi",
        {"Vector": where, "Scale": 520.0 * fine, "Randomness": 1.0},
        feature="DISTANCE_TO_EDGE",
    ).outputs[0]
    grain = nodes.scaled(cells, 0, 1, 0.0, 0.12)
    folds = nodes.noise(22, 7, where, distortion=0.6)
    patina = nodes.noise(7, 6, where)
    base = nodes.mix(nodes.scaled(patina, 0, 1, 0.3, 0.72), rgb(dark), rgb(colour))
    base = nodes.mix(nodes.scaled(grain, 0.35, 0), base, rgb(dark))
    normal = nodes.bump(folds, 0.004, 0.35)
    return nodes.principled(
        base_color=base,
        roughness=nodes.scaled(patina, roughness - 0.08, roughness + 0.14, 0.3, 0.7),
        specular_ior_level=0.45,
        normal=nodes.bump(grain, 0.00018 / fine, 0.7, under=normal),
    )


def boards(nodes: Nodes, width: float, *, turned: bool) -> tuple[Socket, Socket]:
    """A number for each board, and 0 in the gaps between them."""
    flat = nodes.node("TexCoord", {}).outputs["Object"]
    turn = (0, 0, 1.5708 if turned else 0)
    laid = {
        "Vector": nodes.node("Mapping", {"Vector": flat, "Rotation": turn}).outputs[0],
        "Color1": (0, 0, 0, 1),
        "Color2": (1, 1, 1, 1),
        "Mortar": (0, 0, 0, 1),
        "Scale": 1.0,
        "Mortar Size": 0.0012,
        "Mortar Smooth": 0.1,
        "Brick Width": width * 9,
        "Row Height": width,
    }
    brick = nodes.node("TexBrick", laid)
    number = nodes.node("SeparateColor", {0: brick.outputs[0]}).outputs[0]
    return number, nodes.scaled(brick.outputs["Fac"], 1, 0)


def wood(
    light: str,
    dark: str,
    *,
    along: str = "x",
    roughness: float = 0.42,
    plank: float = 0,
    fine: float = 1,
) -> Stuff:
    """Grain runs along an axis. With `plank` (metres wide) it is boards with gaps between them."""
    nodes = Nodes("wood")
    stretch = (0.07 * fine, fine, fine) if along == "x" else (fine, 0.07 * fine, fine)
    where = nodes.coords(stretch)
    gap: Value = 1.0
    shift: Value = 0.5
    if plank:
        shift, gap = boards(nodes, plank, turned=along != "x")
        apart = nodes.node(
            "CombineXYZ", {0: shift, 1: nodes.maths("MULTIPLY", shift, 7.0), 2: shift}
        )
        moved = {0: where, 1: apart.outputs[0]}
        where = nodes.node("VectorMath", moved, operation="ADD").outputs[0]
    figure = nodes.noise(9, 5, where, distortion=1.6)
    rings = nodes.maths("FRACT", nodes.maths("MULTIPLY", figure, 9.0))
    rings = nodes.maths("PINGPONG", rings, 0.5)
    fibre = nodes.noise(260, 5, where)
    tone = nodes.maths(
        "ADD", nodes.maths("MULTIPLY", rings, 0.9), nodes.maths("MULTIPLY", fibre, 0.55)
    )
    base = nodes.mix(nodes.scaled(tone, 0, 1, 0.2, 0.85), rgb(dark), rgb(light))
    base = nodes.mix(nodes.scaled(nodes.noise(3, 3), 0, 0.3, 0.35, 0.7), base, rgb(dark))
    if plank:
        base = nodes.mix(nodes.scaled(shift, 0, 0.45), base, rgb(dark))
        base = nodes.mix(gap, (0.01, 0.007, 0.005, 1), base)
    relief = nodes.maths("MULTIPLY", fibre, gap)
    return nodes.principled(
        base_color=base,
        roughness=nodes.scaled(
            nodes.maths("ADD", fibre, nodes.noise(5, 4)),
            roughness - 0.1,
            roughness + 0.18,
            0.6,
            1.4,
        ),
        normal=nodes.bump(relief, 0.0006, 0.35),
    )


def cloth(colour: str, other: str, *, thread: float = 0.0007, roughness: float = 0.9) -> Stuff:
    """A plain weave with slubs; `thread` is the width of one thread."""
    nodes = Nodes("cloth")
    where = nodes.node("TexCoord", {}).outputs["Object"]
    wobble = nodes.noise(90, 2, where)
    wave = {"Scale": 0.314 / thread, "Distortion": 1.2, "Detail": 2.0}
    warp = nodes.node("TexWave", {"Vector": where, **wave}, bands_direction="X").outputs[1]
    weft = nodes.node("TexWave", {"Vector": where, **wave}, bands_direction="Z").outputs[1]
    weave = nodes.maths("MULTIPLY", nodes.maths("ADD", warp, weft), 0.5)
    tone = nodes.maths(
        "ADD", nodes.maths("MULTIPLY", weave, 0.7), nodes.maths("MULTIPLY", wobble, 0.5)
    )
    return nodes.principled(
        base_color=nodes.mix(nodes.scaled(tone, 0, 1, 0.25, 0.85), rgb(other), rgb(colour)),
        roughness=roughness,
        sheen_weight=0.3,
        sheen_roughness=0.5,
        normal=nodes.bump(weave, thread * 0.6, 0.6),
    )


def paint(colour: str, roughness: float = 0.7, relief: float = 0.0004) -> Stuff:
    """A wall, or paper: nearly flat, never quite."""
    nodes = Nodes("paint")
    tone = nodes.noise(2.5, 5)
    return nodes.principled(
        base_color=nodes.mix(
            nodes.scaled(tone, 0, 0.05, 0.3, 0.7), rgb(colour), (0.1, 0.1, 0.1, 1)
        ),
        roughness=roughness,
        normal=nodes.bump(nodes.noise(350, 4), relief, 0.4),
    )


def printed(path: Path, roughness: float = 0.42, coat: float = 0.0) -> Stuff:
    """A picture on paper, by the mesh's own texture coordinates."""
    nodes = Nodes("printed")
    where = nodes.node("TexCoord", {}).outputs["UV"]
    return nodes.principled(
        base_color=nodes.picture(path, where).outputs[0],
        roughness=roughness,
        coat_weight=coat,
        normal=nodes.bump(nodes.noise(900, 5), 0.00004),
    )


def glow(colour: str, strength: float) -> Stuff:
    nodes = Nodes("glow")
    return nodes.principled(emission_color=rgb(colour), emission_strength=strength)


def foil(path: Path, colour: str = "#e0b765") -> Stuff:
    """Metal where the picture is dark, nothing elsewhere."""
    nodes = Nodes("foil")
    where = nodes.node("TexCoord", {}).outputs["UV"]
    ink = nodes.maths(
        "SUBTRACT",
        1.0,
        nodes.node("SeparateColor", {0: nodes.picture(path, where).outputs[0]}).outputs[0],
    )
    return nodes.principled(base_color=rgb(colour), metallic=1.0, roughness=0.32, alpha=ink)


def sheer(colour: str, other: str, thread: float = 0.0006, through: float = 0.5) -> Stuff:
    """Cloth that glows when lit from behind."""
    stuff = cloth(colour, other, thread=thread)
    tree = stuff.node_tree
    surface = tree.nodes["Principled BSDF"]
    glowing = tree.nodes.new("ShaderNodeBsdfTranslucent")
    tree.links.new(surface.inputs["Base Color"].links[0].from_socket, glowing.inputs[0])
    both = tree.nodes.new("ShaderNodeMixShader")
    both.inputs[0].default_value = through
    tree.links.new(surface.outputs[0], both.inputs[1])
    tree.links.new(glowing.outputs[0], both.inputs[2])
    tree.links.new(both.outputs[0], tree.nodes["Material Output"].inputs[0])
    return stuff


def leaf(green: str, stripe: str) -> Stuff:
    """A striped blade, lit through; u runs across it."""
    nodes = Nodes("leaf")
    where = nodes.node("TexCoord", {}).outputs["UV"]
    across = nodes.node("SeparateXYZ", {0: where}).outputs[0]
    middle = nodes.maths("ABSOLUTE", nodes.maths("SUBTRACT", across, 0.5))
    veins = nodes.node(
        "TexWave", {"Vector": where, "Scale": 4.5, "Distortion": 0.4}, bands_direction="X"
    ).outputs[1]
    edge = nodes.scaled(
        nodes.maths("ADD", middle, nodes.scaled(veins, -0.05, 0.05)), 1, 0, 0.12, 0.2
    )
    body = nodes.mix(nodes.scaled(nodes.noise(25, 4), 0, 1, 0.3, 0.7), rgb(green), rgb("#2c4a1c"))
    base = nodes.mix(nodes.maths("MULTIPLY", edge, 0.85), body, rgb(stripe))
    nodes.principled(base_color=base, roughness=0.36, normal=nodes.bump(veins, 0.0006, 0.5))
    through = nodes.node("BsdfTranslucent", {0: base}).outputs[0]
    both = nodes.node("MixShader", {0: 0.3, 1: nodes.surface.outputs[0], 2: through})
    nodes.tree.links.new(both.outputs[0], nodes.output.inputs[0])
    return nodes.stuff

"""Node trees written as Python calls."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bpy

Stuff = bpy.types.Material
Socket = bpy.types.NodeSocket
Colour = tuple[float, float, float, float]
Value = Socket | float | Colour | tuple[float, float, float]


def rgb(text: str) -> Colour:
    """`#c8b79d` as linear light."""

    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return (*(linear(text[index : index + 2]) for index in (1, 3, 5)), 1.0)


class Nodes:
    """A material's tree, written as calls: an input that is a socket is linked, any other is set."""

    def __init__(self, name: str) -> None:
        self.stuff = bpy.data.materials.new(name)
        self.stuff.use_nodes = True
        self.tree = self.stuff.node_tree
        self.surface = self.tree.nodes["Principled BSDF"]
        self.output = self.tree.nodes["Material Output"]

    def node(self, kind: str, inputs: dict[str | int, Value], **settings: Any) -> bpy.types.Node:
        made = self.tree.nodes.new(f"ShaderNode{kind}")
        for key, value in settings.items():
            setattr(made, key, value)
        self.fill(made, inputs)
        return made

    def fill(self, node: bpy.types.Node, inputs: dict[str | int, Value]) -> None:
        for key, value in inputs.items():
            if isinstance(value, Socket):
                self.tree.links.new(value, node.inputs[key])
            else:
                node.inputs[key].default_value = value

    def principled(self, **inputs: Value) -> Stuff:
        """`base_color=…` fills the input `Base Color`."""
        names = {key: key.replace("_", " ").title().replace("Ior", "IOR") for key in inputs}
        self.fill(self.surface, {names[key]: value for key, value in inputs.items()})
        return self.stuff

    def coords(
        self, stretch: tuple[float, float, float] = (1, 1, 1), source: str = "Object"
    ) -> Socket:
        where = self.node("TexCoord", {}).outputs[source]
        return self.node("Mapping", {"Vector": where, "Scale": stretch}).outputs[0]

    def noise(
        self, scale: float, detail: float = 4, where: Socket | None = None, distortion: float = 0
    ) -> Socket:
        vector = where or self.coords()
        inputs = {"Vector": vector, "Scale": scale, "Detail": detail, "Distortion": distortion}
        return self.node("TexNoise", inputs).outputs[0]

    def ramp(self, factor: Value, stops: Sequence[tuple[float, Colour]]) -> Socket:
        node = self.node("ValToRGB", {"Fac": factor})
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (position, colour) in zip(elements, stops, strict=True):
            element.position = position
            element.color = colour
        return node.outputs[0]

    def scaled(
        self, factor: Value, low: float, high: float, start: float = 0, end: float = 1
    ) -> Socket:
        """`factor` from start..end to low..high, clamped."""
        inputs = {"Value": factor, 1: start, 2: end, 3: low, 4: high}
        return self.node("MapRange", inputs).outputs[0]

    def mix(self, factor: Value, one: Value, two: Value, blend: str = "MIX") -> Socket:
        node = self.node("Mix", {}, data_type="RGBA", blend_type=blend)
        self.fill(node, {0: factor, 6: one, 7: two})
        return node.outputs[2]

    def maths(self, operation: str, one: Value, two: Value = 0.0) -> Socket:
        return self.node("Math", {0: one, 1: two}, operation=operation).outputs[0]

    def bump(
        self, height: Value, distance: float, strength: float = 1, under: Socket | None = None
    ) -> Socket:
        inputs: dict[str | int, Value] = {
            "Height": height,
            "Distance": distance,
            "Strength": strength,
        }
        if under:
            inputs["Normal"] = under
        return self.node("Bump", inputs).outputs[0]

    def picture(self, path: Path, where: Socket | None = None) -> bpy.types.Node:
        inputs: dict[str | int, Value] = {"Vector": where} if where else {}
        image = bpy.data.images.load(str(path), check_existing=True)
        return self.node("TexImage", inputs, image=image, interpolation="Cubic", extension="EXTEND")

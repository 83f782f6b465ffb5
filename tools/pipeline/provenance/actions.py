"""What each op does to a picture, as files tell it: C2PA's action, IPTC's source, a plain name.

Standard library only. Every op of `ops` is in one of the two tables, and a test sees to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Op
from tools.pipeline.graph import Step as Planned
from tools.pipeline.provenance.record import Action, Step
from tools.pipeline.provenance.sources import Source

# Who did what no engine was chosen for.
OURS = "Packshot"


@dataclass(frozen=True, slots=True)
class Act:
    """`name` is for people with other software; our own pages have words for it in their language.
    `told` are the arguments that everyone who has the file may know.
    """

    name: str
    action: Action = "c2pa.edited"
    source: Source = "algorithmicallyEnhanced"
    told: tuple[str, ...] = ()


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "subject": Act("Product found"),
        "refine": Act("Outline followed"),
        "detail": Act("Soft edges seen again"),
        "retouch": Act("Outline brushed by hand"),
        "moved": Act("Outline softened or moved"),
        "foreground": Act("Old background taken out of the edge"),
        "cut_out": Act("Background removed"),
        "scene": Act("Drawn scene put behind it", "c2pa.placed", "composite", told=("slug",)),
        "colour": Act("Colour put behind it", "c2pa.placed", "composite", told=("colour",)),
        "gradient": Act("Gradient put behind it", "c2pa.placed", "composite"),
        "own_picture": Act("Another picture put behind it", "c2pa.placed", "compositeCapture"),
        "surroundings": Act("Surroundings painted around it by words", source="composite"),
        "clean": Act("Noise, blocks, blur or light corrected", "c2pa.filtered"),
        "upscale": Act("Enlarged", "c2pa.resized", told=("factor",)),
        # Filled by rules from the photo itself, and yet with what no camera saw there.
        "erase": Act(
            "Things erased and the place filled from the picture itself", source="composite"
        ),
        "expand": Act("Canvas extended and its background continued", source="composite"),
        "edit": Act("Surroundings drawn anew by words", source="composite"),
        "put_back": Act("The photo's own product put back over it", "c2pa.placed", "composite"),
        "compose": Act("Product set into the picture"),
        "to_market": Act("Laid out for a marketplace", "c2pa.resized", "composite"),
        "frame_for_market": Act("Cut to a marketplace's shape", "c2pa.cropped", "composite"),
        "fitted": Act("Fitted to a size before the work", "c2pa.resized"),
        "part": Act("A part of the photo taken", "c2pa.cropped"),
        "lay_on_canvas": Act("Product laid on a canvas as asked for", source="composite"),
        # Not ops of a graph, but done to a file on its way out.
        "flatten": Act("Laid on a plain colour", "c2pa.edited", "composite", told=("colour",)),
        "sized": Act("Made smaller", "c2pa.resized", told=("side",)),
        "label": Act("Visible label written into the corner"),
    }
)
# What only reads, measures or decides leaves nothing in the picture; a shadow is laid by `compose`.
SILENT = frozenset(
    {
        "source",
        "proxy",
        "reshape",
        "second",
        "result",
        "on_smaller",
        "placement",
        "shade",
        "stage",
        "place_on_market",
        # A scene for a marketplace is drawn and composed on its canvas: nothing is left to do.
        "scene_to_market",
        "mask_placed",
        "resize_mask",
        "pad_mask",
        "behind",
        "product",
        "measure",
        "untouched",
        "prove_enhanced",
        "prove_in_place",
        "prove_continued",
        "prove_composite",
    }
)
BY_NAME: Mapping[str, str] = MappingProxyType({act.name: op for op, act in ACTS.items()})


def list_actions(planned: Iterable[Planned], engines: Mapping[str, Engine]) -> Iterator[Step]:
    """The steps of a plan that did something to the picture, in their order."""
    for step in planned:
        op = step.node.op
        if op.name not in SILENT:
            yield describe_action(op, step.node.arguments, engines.get(step.node.kind))


def describe_action(op: Op, arguments: Mapping[str, object], engine: Engine | None = None) -> Step:
    """One step. A model that makes pixels of its own makes the step a generated one, whatever
    the op; an op that nobody described is told by its own name.
    """
    act = ACTS.get(op.name) or Act(op.name.replace("_", " ").capitalize())
    told = {name: str(arguments[name]) for name in act.told if name in arguments}
    generated = engine is not None and engine.generative
    return Step(
        name=act.name,
        engine=engine.name if engine else OURS,
        version=engine.version if engine else str(op.version),
        source="compositeWithTrainedAlgorithmicMedia" if generated else act.source,
        action=act.action,
        parameters=told,
    )

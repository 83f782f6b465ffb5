"""Networks that find the subject, as ONNX on the CPU: rembg's local sessions, by their names.

Only the network is rembg's. Its answer is taken as it is, where rembg stretches it over the range
of each picture (so that a bare wall gets a subject), and the outline is followed by us.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.engines.readiness import lacking, opened
from tools.pipeline.engines.subject_finder import Finder
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Matte, Rgb

Three = tuple[float, float, float]
IMAGENET: tuple[Three, Three] = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
CENTRED: tuple[Three, Three] = ((0.5, 0.5, 0.5), (1.0, 1.0, 1.0))


@dataclass(frozen=True, kw_only=True)
class Net:
    """How one of rembg's sessions wants its picture: a square of `side` pixels, normalised.

    `logits` says that the network leaves the sigmoid to whoever runs it.
    """

    name: str
    title: str
    side: int
    normal: tuple[Three, Three] = IMAGENET
    logits: bool = False
    memory: int = 1000
    pace: float = 0.5


NETS = (
    Net(name="u2netp", title="U²-Net light", side=320, memory=400, pace=0.3),
    Net(name="u2net", title="U²-Net", side=320, memory=1000, pace=0.5),
    Net(name="isnet-general-use", title="IS-Net", side=1024, normal=CENTRED, memory=2500, pace=1.2),
    Net(
        name="birefnet-general-lite",
        title="BiRefNet light",
        side=1024,
        logits=True,
        memory=6000,
        pace=5.0,
    ),
    Net(
        name="birefnet-general",
        title="BiRefNet",
        side=1024,
        logits=True,
        memory=9000,
        pace=12.0,
    ),
    # The operator's own files, by the two ways in which such networks are fed.
    Net(name="u2net_custom", title="Own network", side=320),
    Net(name="dis_custom", title="Own network (IS-Net)", side=1024, normal=CENTRED, memory=2500),
)


class Saliency(Finder):
    """One of rembg's sessions."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.side = net.side
        self.session = opened(net.name, lambda folder: session(net, folder))

    def segment(self, batch: Sequence[Rgb]) -> list[Matte]:
        """On a processor photos gain nothing together."""
        return [self.belief(photo) for photo in batch]

    def belief(self, photo: Rgb) -> Any:
        """What the network believes of each pixel of H×W×3 uint8 sRGB: side×side float32 0–1."""
        import numpy as np
        from PIL import Image

        picture = Image.fromarray(np.ascontiguousarray(photo))
        size = self.side, self.side
        fed = self.session.normalize(picture, *self.net.normal, size)
        first = self.session.inner_session.run(None, fed)[0][0, 0]
        if self.net.logits:
            first = 1 / (1 + np.exp(-first))
        return np.clip(first, 0, 1).astype(np.float32)


def session(net: Net, folder: Path) -> Any:
    """One of rembg's sessions on the CPU, with its file out of that folder and from nowhere else."""
    # Its alpha matting, which we never ask for, would be compiled for a minute and a half.
    os.environ.setdefault("NUMBA_DISABLE_JIT", "1")
    try:
        import onnxruntime
        import rembg
    except (ImportError, SystemExit) as error:
        # It ends the process when onnxruntime is missing.
        raise EngineUnavailableError(f"rembg cannot be used: {error}") from error
    weights = WEIGHTS[net.name]
    given = {"model_path": str(next(iter(sorted(folder.glob(weights.own)))))} if weights.own else {}
    options = onnxruntime.SessionOptions()
    # Threads that wait for one another in a loop take the processor from the other workers.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with home(folder):
        return rembg.new_session(
            net.name, sess_opts=options, providers=["CPUExecutionProvider"], **given
        )


@contextmanager
def home(folder: Path) -> Iterator[None]:
    """Rembg looks for files, and downloads what it does not find, where its environment says."""
    name = "U2NET_HOME"
    before = os.environ.get(name)
    os.environ[name] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def engine(net: Net) -> Engine:
    weights = WEIGHTS[net.name]
    return Engine(
        name=net.name,
        title=net.title,
        kind="matte",
        version="1",
        licence=weights.licence,
        commercial=weights.commercial,
        load=lambda: Saliency(net),
        missing=lacking("onnx", ("rembg", "onnxruntime"), net.name),
        needs=Needs(memory=net.memory, weights=(net.name,)),
        pace=net.pace,
    )


ENGINES = tuple(engine(net) for net in NETS)

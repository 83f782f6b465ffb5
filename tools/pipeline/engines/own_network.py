"""The matte network of our own, which lies in the repository and needs no download: ONNX on the
processor. Where onnxruntime is not installed the classical search does it alone.

What it learned from, how well it does and how to train it again: docs/matte-network.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines import readiness
from tools.pipeline.errors import EngineUnavailableError

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.matting.strokes import Stroke
    from tools.pipeline.pixels import Alpha, Matte, Rgb, Rgba

WEIGHTS = Path(__file__).parents[1] / "weights" / "matte.onnx"
RUNTIME = "onnxruntime"


def there() -> bool:
    return readiness.installed(RUNTIME) and WEIGHTS.is_file()


class OwnNetwork:
    """The ops of the kind `matte`."""

    def __init__(self) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise EngineUnavailableError(f"onnxruntime cannot be used: {error}") from error
        from tools.pipeline.parallel import CORES

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = CORES
        # Threads that wait for one another in a loop take the processor from the other workers.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            str(WEIGHTS), sess_options=options, providers=["CPUExecutionProvider"]
        )

    def belief(self, photo: Rgb, side: int, *, mirrored: bool = False) -> Matte:
        """What the network believes of each pixel of H×W×3 uint8 sRGB: side×side float32 0–1."""
        import numpy as np

        from tools.pipeline.matting import network
        from tools.pipeline.pixels import Matte

        fed = network.feed_of(photo, side)
        answer = self.session.run(None, {"photo": fed[..., ::-1] if mirrored else fed})[0][0, 0]
        return Matte(np.ascontiguousarray(answer[:, ::-1] if mirrored else answer, np.float32))

    def subject(self, photo: Rgb | Rgba, *, strokes: Sequence[Stroke]) -> Mapping[str, Any]:
        """See `matting.opinions.find_subject`."""
        from tools.pipeline.matting import opinions

        return opinions.find_subject(photo, self.belief, strokes=strokes)

    def detail(self, photo: Rgb | Rgba, alpha: Alpha, *, strokes: Sequence[Stroke]) -> Alpha:
        """See `matting.steps.detail`: so small a network sees no more of hair than the outline."""
        from tools.pipeline.matting import steps

        return steps.detail(photo, alpha, strokes=strokes)

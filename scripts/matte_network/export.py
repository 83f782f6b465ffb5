"""Write a trained network as ONNX, its weights in half precision or in eight bits.

    python scripts/matte_network/export.py RUN/last.pt OUT.onnx DATA [--bits 8]

It takes a picture (1, 3, side, side), normalised as ImageNet's, of any side that 32 divides, and
answers a matte (1, 1, side, side) in 0..1.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from network import Matte
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from pictures import Pictures
from torch import nn
from torch.nn import functional

CALIBRATING = 96
# Smaller tensors stay as they are.
SMALL = 64


class Answering(nn.Module):
    def __init__(self, net: Matte) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits = self.net(x)
        large = functional.interpolate(
            logits, scale_factor=2.0, mode="bilinear", align_corners=False
        )
        return large.sigmoid()


class Composed(CalibrationDataReader):
    """Pictures that nothing was trained on, to see how large the values become."""

    def __init__(self, folder: Path, side: int) -> None:
        pictures = Pictures(folder, side, seed="calibration", photos=0.25, doubtful=False)
        self.left: Iterator[Any] = (pictures[n][0].numpy()[None] for n in range(CALIBRATING))

    def get_next(self) -> dict[str, Any] | None:
        picture = next(self.left, None)
        return None if picture is None else {"photo": picture}


def exported(net: Matte, side: int, path: Path) -> None:
    torch.onnx.export(
        Answering(net).eval(),
        (torch.randn(1, 3, side, side),),
        str(path),
        input_names=["photo"],
        output_names=["matte"],
        dynamic_axes={"photo": {2: "height", 3: "width"}, "matte": {2: "height", 3: "width"}},
        opset_version=17,
        dynamo=False,
    )


def halved(path: Path, out: Path) -> None:
    """Weights are kept in half precision and cast when it is loaded: any runtime, no speed lost."""
    model, casts = onnx.load(path), []
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > SMALL:
            half = f"{tensor.name}_half"
            model.graph.initializer.remove(tensor)
            kept = numpy_helper.from_array(values.astype(np.float16), half)
            model.graph.initializer.append(kept)
            casts.append(helper.make_node("Cast", [half], [tensor.name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)
    onnx.checker.check_model(model)
    onnx.save(model, out)


def in_eight_bits(path: Path, out: Path, folder: Path, side: int) -> None:
    """By channel; all but the last head, whose small differences are the outline."""
    before = path.with_suffix(".before.onnx")
    quant_pre_process(str(path), str(before), skip_symbolic_shape=True)
    graph = onnx.load(before).graph
    heads = {t.name for t in graph.initializer if len(t.dims) == 4 and t.dims[0] == 1}
    last = [n.name for n in graph.node if n.op_type == "Conv" and n.input[1] in heads]
    quantize_static(
        str(before),
        str(out),
        Composed(folder, side),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=last,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--bits", type=int, choices=(8, 16), default=8)
    given = parser.parse_args()
    kept = torch.load(given.trained, map_location="cpu")
    net = Matte(pretrained=False)
    net.load_state_dict(kept["net"])
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        exported(net.eval(), kept["side"], whole)
        if given.bits == 8:
            in_eight_bits(whole, given.out, given.data, kept["side"])
        else:
            halved(whole, given.out)
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

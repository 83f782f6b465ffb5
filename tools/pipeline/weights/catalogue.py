"""The weights that we know: each pinned to a revision, each file to its SHA-256."""

from collections.abc import Mapping
from dataclasses import dataclass

# Of whoever holds the rights to a file that the operator brought along.
OWNERS = "as its owner grants it"


@dataclass(frozen=True, kw_only=True)
class File:
    """One file at a fixed address. Sizes are in bytes; 0 is unknown."""

    path: str
    url: str
    sha256: str
    bytes: int = 0


@dataclass(frozen=True, kw_only=True)
class Weights:
    """One model's files. They come from fixed addresses (`files`), from a repository of the hub at
    a commit (`repo`, `revision`; the hub names each file's SHA-256 for that commit), or from the
    operator's own hand (`own`, a pattern).
    """

    name: str
    licence: str
    commercial: bool
    files: tuple[File, ...] = ()
    repo: str = ""
    revision: str = ""
    # Which files of the repository, as shell patterns, and those without which it is nothing.
    include: tuple[str, ...] = ("*",)
    required: tuple[str, ...] = ()
    own: str = ""
    # Whether the hub asks for the visitor's agreement to the licence, and so for a token.
    gated: bool = False


REMBG = "https://github.com/danielgatis/rembg/releases/download/v0.0.0"
PIPELINE = ("*.json", "*.txt", "*.model", "*.jinja", "*/*.json", "*/*.txt", "*/*.model")


def onnx(name: str, asset: str, sha256: str, size: int, licence: str) -> Weights:
    """A file of rembg's release, kept under the name by which rembg looks for it."""
    file = File(path=f"{name}.onnx", url=f"{REMBG}/{asset}", sha256=sha256, bytes=size)
    return Weights(name=name, licence=licence, commercial=True, files=(file,))


def own(name: str, pattern: str) -> Weights:
    return Weights(name=name, licence=OWNERS, commercial=False, own=pattern)


_ALL = (
    onnx(
        "u2net",
        "u2net.onnx",
        "8d10d2f3bb75ae3b6d527c77944fc5e7dcd94b29809d47a739a7a728a912b491",
        175_997_641,
        "Apache-2.0",
    ),
    onnx(
        "u2netp",
        "u2netp.onnx",
        "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8",
        4_574_861,
        "Apache-2.0",
    ),
    onnx(
        "isnet-general-use",
        "isnet-general-use.onnx",
        "60920e99c45464f2ba57bee2ad08c919a52bbf852739e96947fbb4358c0d964a",
        178_648_008,
        "Apache-2.0",
    ),
    onnx(
        "birefnet-general-lite",
        "BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx",
        "5600024376f572a557870a5eb0afb1e5961636bef4e1e22132025467d0f03333",
        224_005_088,
        "MIT",
    ),
    onnx(
        "birefnet-general",
        "BiRefNet-general-epoch_244.onnx",
        "58f621f00f5d756097615970a88a791584600dcf7c45b18a0a6267535a1ebd3c",
        972_666_916,
        "MIT",
    ),
    own("u2net_custom", "*.onnx"),
    own("dis_custom", "*.onnx"),
)

WEIGHTS: Mapping[str, Weights] = {weights.name: weights for weights in _ALL}

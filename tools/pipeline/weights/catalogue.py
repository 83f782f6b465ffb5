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
FLUX_DEV = "FLUX.1-dev Non-Commercial"
REPACKAGED = "https://huggingface.co/Comfy-Org/Real-ESRGAN_repackaged"


def onnx(name: str, asset: str, sha256: str, size: int, licence: str) -> Weights:
    """A file of rembg's release, kept under the name by which rembg looks for it."""
    file = File(path=f"{name}.onnx", url=f"{REMBG}/{asset}", sha256=sha256, bytes=size)
    return Weights(name=name, licence=licence, commercial=True, files=(file,))


def birefnet(name: str, repo: str, revision: str) -> Weights:
    """A repository that holds the network's code beside its weights."""
    return Weights(
        name=name,
        licence="MIT",
        commercial=True,
        repo=f"ZhengPeng7/{repo}",
        revision=revision,
        include=("*.json", "*.py", "model.safetensors"),
        required=("config.json", "model.safetensors"),
    )


def pipeline(
    name: str,
    repo: str,
    revision: str,
    licence: str,
    *,
    parts: tuple[str, ...],
    variant: str = "",
    commercial: bool = True,
) -> Weights:
    """A pipeline of diffusers: all that is small, and the weights of its parts."""
    weights = f"*.{variant}*.safetensors" if variant else "*.safetensors"
    return Weights(
        name=name,
        licence=licence,
        commercial=commercial,
        repo=repo,
        revision=revision,
        include=("*.json", "*.txt", "*.model", "*.jinja", *(f"{part}/{weights}" for part in parts)),
        required=("model_index.json", *(f"{part}/config.json" for part in parts)),
        gated=not commercial,
    )


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
    birefnet("birefnet", "BiRefNet", "e2bf8e4460fc8fa32bba5ea4d94b3233d367b0e4"),
    birefnet("birefnet-lite", "BiRefNet_lite", "aa62cd87eafb9cc43056d08ef3615a14628b831d"),
    birefnet("birefnet-hr", "BiRefNet_HR", "a7a562f6fd16021180f2f4348f4de003a2d3d1e1"),
    birefnet("birefnet-matting", "BiRefNet-matting", "eccde0a8cbdce7ac5fecfeb06340fe7b949e85d9"),
    Weights(
        name="realesrgan-x4plus",
        licence="BSD-3-Clause",
        commercial=True,
        files=(
            File(
                path="RealESRGAN_x4plus.safetensors",
                url=f"{REPACKAGED}/resolve/main/RealESRGAN_x4plus.safetensors",
                sha256="37f9a931c215f040aa6d50f711f2cb115f713c46df1d0d6469a8bd7bfe9a60bb",
                bytes=66_857_836,
            ),
        ),
    ),
    # The licence is CreativeML Open RAIL++-M: commercial use is free, some uses are forbidden.
    pipeline(
        "sdxl-inpaint",
        "diffusers/stable-diffusion-xl-1.0-inpainting-0.1",
        "115134f363124c53c7d878647567d04daf26e41e",
        "OpenRAIL++-M",
        parts=("unet", "vae", "text_encoder", "text_encoder_2"),
        variant="fp16",
    ),
    Weights(
        name="sdxl-controlnet-canny",
        licence="OpenRAIL++-M",
        commercial=True,
        repo="diffusers/controlnet-canny-sdxl-1.0",
        revision="eb115a19a10d14909256db740ed109532ab1483c",
        include=("config.json", "diffusion_pytorch_model.fp16.safetensors"),
        required=("config.json", "diffusion_pytorch_model.fp16.safetensors"),
    ),
    Weights(
        name="sdxl-lightning",
        licence="OpenRAIL++-M",
        commercial=True,
        repo="ByteDance/SDXL-Lightning",
        revision="c9a24f48e1c025556787b0c58dd67a091ece2e44",
        include=("sdxl_lightning_8step_lora.safetensors",),
        required=("sdxl_lightning_8step_lora.safetensors",),
    ),
    pipeline(
        "flux-fill",
        "black-forest-labs/FLUX.1-Fill-dev",
        "358293da0354175698b67ec8299acf928313a78a",
        FLUX_DEV,
        parts=("transformer", "vae", "text_encoder", "text_encoder_2"),
        commercial=False,
    ),
    pipeline(
        "flux-kontext",
        "black-forest-labs/FLUX.1-Kontext-dev",
        "af58063aa431f4d2bbc11ae46f57451d4416a170",
        FLUX_DEV,
        parts=("transformer", "vae", "text_encoder", "text_encoder_2"),
        commercial=False,
    ),
    pipeline(
        "flux2-klein",
        "black-forest-labs/FLUX.2-klein-4B",
        "5e67da950fce4a097bc150c22958a05716994cea",
        "Apache-2.0",
        parts=("transformer", "vae", "text_encoder"),
    ),
    pipeline(
        "qwen-image-edit",
        "Qwen/Qwen-Image-Edit-2511",
        "6f3ccc0b56e431dc6a0c2b2039706d7d26f22cb9",
        "Apache-2.0",
        parts=("transformer", "vae", "text_encoder"),
    ),
    # Published as pickles only, which can run code: an operator brings it as .safetensors.
    own("lama", "*.safetensors"),
    own("own_enlarger", "*.safetensors"),
    own("own_cleaner", "*.safetensors"),
)

WEIGHTS: Mapping[str, Weights] = {weights.name: weights for weights in _ALL}
